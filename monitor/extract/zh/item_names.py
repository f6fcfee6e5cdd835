"""What goods are called in Chinese, on a line of a list and in prose: without numbers, conditions and remarks."""

import re
from collections.abc import Iterator

from monitor.extract import codes
from monitor.extract.item_tree import IN_BRACKETS, Thing, before_bracket, merged
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import JOINT, Piece, mask
from monitor.model import Item
from monitor.vocabulary.letters import HAN_RANGE

COMPARED = re.compile(
    r"[大小高低优多少短长]于|等于|不低于|不超过|超过|[≥≤<>＞＜±]|以上|以下(?=[,的。;]|$)|以内|之间|至少|不足|介于|达到"
)
MEASURED = re.compile(
    r"\d|[大小高低优多少]于|不低于|不超过|以上|以下|以内|以外|之外|特性|特征|条件|专门设计|专用于|项所|项管[制控]|含有|任[一意]|制成|构成|专用(?=的)|"
    r"上述|前述"
)
PURPOSE = re.compile(r"用于(?!生产|制造|研制|研发|开发)")
MAKING = re.compile(r"用于(?=生产|制造|研制|研发|开发)")
LONG = 30  # characters: what is made with it stays in a shorter name
DULL = re.compile(
    r"(?:专用|专门|相关|有关|关键|重要|核心|所需|下列|以下|其他|其|成套|配套|上述|等|用|、|和|及|或|与|/|研制|研发|设计|开发|生产|制造|"
    r"加工|使用|维护|维修|检测|测试|装配|零部件|部件|组件|元件|附件|配件|工具|模具|夹具|胎具|卡具|量具|工装|工艺|装备|设备|装置|仪器|"
    r"机器|材料|原料|物项|物质|物品|货物|商品|软件|技术|产品|制品|系统|合金|靶材|化合物|混合物|资料|数据|载体|服务)++"
)
CONTENT = re.compile("含(?![有量])|掺")
QUOTES = re.compile('"')
OF = re.compile("的")
DEEPER = {"(": 1, ")": -1}
LONGEST_DULL = 40  # characters; what is longer says enough
ANY_KIND = re.compile(r"^(?:以下|下列|上述)?(?:任一|任意|任何|各类|各种)(?:一种)?")
# The commas of `2,4-二硝基甲苯`, `N,N-二甲基`, `1,1'-`: letters or digits on both sides, and a dash after them.
LOCANT = re.compile(r"(?<![A-Za-z\d.])(?:\d{1,2}|[A-Z])'?(?:,(?:\d{1,2}|[A-Z])'?){1,9}(?=[-(\[])")
# What a thing endures in a test is no part of its name: `缆在断裂强力≥20 kN的情况下,衰减…`.
TESTED = re.compile(r"(?:\([^()]*\))?在[^,。;]{1,40}?(?:情况|条件)下,")
# A clause that only says what the thing can do or has; the thing is named by the last of them.
ONLY_SAYS = re.compile(
    r"除[^,的]{1,30}(?:以?外|之外)$|"
    r"(?:并|且|同时|以及)*(?:可(?!充|编程|视|燃|溶|变|降)|"
    r"能够|能(?!量)|具有|具备|满足|符合|支持|带有|装有|携带|配备|采用|处理|由)"
)
# A measure that stands before its noun without `的`: `直径400 mm以上石英坩埚`.
OVER = re.compile(
    rf"[{HAN_RANGE}]{{1,8}}\d[\d.]{{0,8}} ?[^\d,。;:的]{{0,8}}?(?:以上|以下|以内)(?=[{HAN_RANGE}]{{2}})(?![且或并及])"
)
# A clause that ends in a figure and its unit: `加热温度500~1200 ℃`.
ENDS_IN_UNIT = re.compile(r"\d ?(?:[a-zA-Z℃°%‰μΩ/·^]{1,8}\d?|[毫厘微纳千]?米|千?克|摄氏度|小时|分钟|秒)$")
JOINED = re.compile(r"[,、;。]{0,3}(?:或者|以及|或|及其|及|和|与)?[,、]{0,3}")
CLOSED = re.compile(r"[。;]\s*$")


def things_of_line(line: Line, start: int) -> tuple[tuple[Thing, ...], tuple[str, ...]]:
    """What a line names from a place on, each thing with its numbers; and the numbers that stand behind the sentence's end."""
    text = line.text
    tariffs = list(codes.TARIFF.finditer(text, start))
    if not tariffs:
        return (Thing(name(line, start, len(text))),), ()
    if CLOSED.search(text[start : tariffs[0].start()][-4:]):
        numbers = tuple(number for tariff in tariffs for number in codes.numbers(tariff))
        return (Thing(name(line, start, tariffs[0].start())),), numbers
    return tuple(merged(_parts(line, start, tariffs))), ()


def _parts(line: Line, start: int, tariffs: list[re.Match[str]]) -> Iterator[Thing]:
    for begin, tariff in zip((start, *(tariff.end() for tariff in tariffs)), tariffs, strict=False):
        joint = JOINED.match(line.text, begin, tariff.start()) if begin > start else None
        here = joint.end() if joint else begin
        yield Thing(name(line, here, before_bracket(line.text, here, tariff.start())), codes.numbers(tariff))


def name(line: Line, start: int, end: int) -> str:
    """The shortest name of the thing itself between two places; empty where the words only measure."""
    text = line.text[start:end]
    begin, stop = _clause(text)
    if begin == stop:
        return ""
    begin += _head_noun(text[begin:stop])
    measure = OVER.match(text, begin, stop)
    if measure and not is_dull(text[measure.end() : stop]):
        begin = measure.end()
    kind = ANY_KIND.match(text[begin:stop])
    if kind and stop - begin - kind.end() > len("设备"):
        begin += kind.end()
    return line.said(start + begin, start + stop).strip("：:。；;，,、")


def _clause(text: str) -> tuple[int, int]:
    """The clause that names the thing: the first that does not only measure or tell what it can do."""
    begin = 0
    for end in _clause_ends(text):
        if end < begin:
            continue
        clause = text[begin:end]
        if clause and not _only_measures(clause):
            tested = TESTED.search(text, begin)
            return begin, min(end, tested.start()) if tested and tested.start() > begin else end
        if text[end : end + 1] in (":", ";", "。") and clause:
            break
        begin = _brackets_end(text, end) if text[end : end + 1] == "(" else end + 1
    return 0, 0


def _only_measures(clause: str) -> bool:
    bare = IN_BRACKETS.sub("", clause).rstrip()
    if not (COMPARED.search(bare) or ONLY_SAYS.match(clause) or ENDS_IN_UNIT.search(bare[-14:])):
        return False
    over = OVER.match(clause)
    if over and over.end() + 1 < len(clause):
        return False
    noun = clause.rfind("的")
    last = max((match.end() for match in COMPARED.finditer(clause)), default=0)
    return noun < 0 or noun + 1 < last or noun + 1 >= len(clause)


def _clause_ends(text: str) -> Iterator[int]:
    """Where its clauses end, and a bracket begins that says something about the thing rather than name it."""
    depth = after = 0
    locants = {place for match in LOCANT.finditer(text) for place in range(*match.span())}
    for place, character in enumerate(text):
        if character == "(":
            if not depth and place >= after:
                after = _brackets_end(text, place)
            if not depth and place and _is_remark(text, place, after):
                yield place
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif character in ";。" or (character in ",:" and not depth and place not in locants):
            yield place
    yield len(text)


def _is_remark(text: str, place: int, after: int) -> bool:
    """A bracket that nothing follows but punctuation and further brackets says something about the thing, it does not name it."""
    return after == len(text) or text[after] in "。;:," or text.startswith("(参考", place)


def _brackets_end(text: str, place: int) -> int:
    """Where the brackets end that follow each other from a place on; one that is never closed is only its own opening."""
    depth, opened = 0, place
    for here in range(place, len(text)):
        if not depth and text[here] != "(":
            return here
        opened = opened if depth else here
        depth += DEEPER.get(text[here], 0)
    return opened + 1 if depth else len(text)


def _head_noun(words: str) -> int:
    """Where the noun begins after measures and purposes; 0 where the noun alone would say too little."""
    bare = LOCANT.sub(lambda locant: "-" * len(locant[0]), words)
    qualifiers = [match for pattern in (MEASURED, PURPOSE) for match in pattern.finditer(bare)]
    if len(words) > LONG:
        qualifiers.extend(MAKING.finditer(bare))
    first = min((match.end() for match in qualifiers), default=len(words) + 1)
    joints = [joint.end() for joint in OF.finditer(words)]
    for joint in reversed(joints):
        if joint - 1 < first:
            break
        if len(words) - joint >= 2 and not is_dull(words[joint : joint + LONGEST_DULL]):
            return _with_content(words, joints, joint)
    return 0


def _with_content(words: str, joints: list[int], joint: int) -> int:
    """The noun with what it contains before it: `含铒的光纤材料` is no other material."""
    before = max((place for place in joints if place < joint), default=0)
    content = words[before:joint]
    return before if CONTENT.match(content) and not MEASURED.search(content) else joint


def is_dull(noun: str) -> bool:
    """Whether a noun alone names no kind of goods: `设备`, `专用零部件`, `技术及其载体`."""
    return bool(DULL.fullmatch(QUOTES.sub("", ANY_KIND.sub("", noun))))


LEADS = re.compile(
    "(?:出口(?!管制)|进口|含有?(?=.{3})|部分|特定|有关|相关|经营|所有|全部|任何|各类|一切|境内|民用(?=.*两用)|从事|原产|该|本|上述|其中?|携带|"
    "税号|年度?|全国|第[一二三四五]批|(?:19|20)\\d\\d年(?:度|上半年|下半年)?(?:第[一二三四五]批)?|增列|新增|增加|删除|对|将|外销|了|为|:|,)*"
)
TAILS = re.compile(
    "(?:的|等|以及|整机){0,3}(?:(?:相关|有关|等)?(?:两用|管制|军民两用)?(?:物项|货物|物品)?(?:和技术)?|(?:相关|有关|等)产品|保税[^,。;]*)"
    "(?:的)?(?:出口|进口|出境|外销|出厂)?(?:的)?(?:经营者|企业|发货人|货主|单位)?(?:[一二两三四五六七八九十\\d]{1,4}项)?(?:等)?$"
)
NOTHING = re.compile(
    "^(?:下列|以下|如下|\\d*条|附件.*|.*所列|编号|条目|类.{0,4}|(?:有关|相关)?(?:技术)?资料|.*(?:许可证?|证件|手续|通关|查验|年度|双方|批次)|两用物项|物项|货物|产品|商品|技术|材料|设备|军民两用物项|管制物项|两用物项和技术|"
    f"申请|许可|报关单?|[^》]*(?:目录|清单)》.*|[^{HAN_RANGE}A-Z]*|其他.*|[^{HAN_RANGE}]*\\d[^{HAN_RANGE}]*|[一二两三四五六七八九十]+[种类项].*|"
    ".*(?:企业|公司|组织|个人|用户|船舶|船只|经营者|单位|合同|措施|名单|目录|清单|行为|活动|情况|信息|原产地?|国家|地区|用途|人员))$"
)
NUMBER = re.compile(r"(?<!\d)\d{8,10}(?!\d)")
TECHNOLOGY = re.compile(rf"{codes.ENTRY}(?![A-Za-z])")
CODED = re.compile(rf"(?<![A-Za-z0-9])(?:{codes.CODE})")
# Names of one character are those of elements.
ELEMENTS = frozenset("镓锗锑铋钨碲钼铟镝铽钐钆镥钪钇铍铌钽锆铪铼铥铒钬铕镱铈镧钕镨锂钛镍钴铜铝锡铂钯铑铱银金铀钍硼硅磷锰铬镁钒")
QUOTED = re.compile(r'"(?P<name>[^"]{2,60})"[^"]{0,8}$')
INSIDE = re.compile(rf"编号:?{codes.ENTRY}\((?P<name>[{HAN_RANGE}][^()]{{1,60}})\)")  # the name behind the number


def things_in_prose(piece: Piece) -> tuple[Item, ...]:
    """The things a phrase names, each with the numbers that stand in the brackets behind it."""
    made = (_thing_in_prose(part) for part in _parts_of_prose(piece))
    return tuple({(str(item.names), item.hs, item.codes): item for item in made if item}.values())


def _parts_of_prose(piece: Piece) -> Iterator[Piece]:
    """The phrase cut where one thing ends and the next begins; what is joined before a last `的` only describes."""
    masked = mask(piece.text)
    tail = TAILS.search(masked)
    masked = masked[: tail.start()] if tail else masked
    described = max((match.end() for match in OF.finditer(masked)), default=0)
    joints = [joint for joint in JOINT.finditer(masked) if joint.start() >= described]
    here = 0
    for joint in joints:
        yield piece.part(here, joint.start())
        here = joint.end()
    yield piece.part(here, len(masked))


def _thing_in_prose(part: Piece) -> Item | None:
    masked = mask(part.text)
    stop = masked.find("(")
    end = stop if stop > 0 else len(masked)
    start = max((match.end() for match in OF.finditer(masked, 0, end - 1)), default=0)
    start = _lead(masked, start, end)
    start = coded.end() if (coded := codes.HEAD.match(masked, start, end)) else start
    tail = TAILS.search(masked, start, end)
    end = tail.start() if tail else end
    name = part.part(start, end).said().strip('“”"《》：:，,') if end > start else ""
    own_name = INSIDE.match(part.text) or QUOTED.search(masked[:end], start)
    own = tuple(dict.fromkeys([*CODED.findall(part.text), *TECHNOLOGY.findall(part.text)]))
    hs = codes.tariff_numbers(part.text) or tuple(dict.fromkeys(NUMBER.findall(part.text)))
    name = own_name["name"] if own_name else name
    if hs and NOTHING.match(name) and not own:
        name, own_name = hs[0], None
    elif (NOTHING.match(name) or (len(name) == 1 and name not in ELEMENTS)) and not own:
        return None
    return Item(names={"zh": name or own[0]}, codes=own, hs=hs, quote=part.line.quote(part.start, part.end).strip())


def _lead(text: str, start: int, end: int) -> int:
    match = LEADS.match(text, start, end)
    return match.end() if match else start
