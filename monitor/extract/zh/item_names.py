"""What a line of a Chinese list names: the thing without its tariff numbers, its conditions, its remarks."""

import re
from collections.abc import Iterator

from monitor.extract import codes
from monitor.extract.item_tree import IN_BRACKETS, Thing, before_bracket, merged
from monitor.extract.zh.lines import Line
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


def things(line: Line, start: int) -> tuple[tuple[Thing, ...], tuple[str, ...]]:
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
