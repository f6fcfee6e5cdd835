"""A name as printed (brackets, role, gender, country) → `Entity`; names in prose → its pieces; those that a pronoun means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.extract.named import phrase
from monitor.extract.zh import places
from monitor.extract.zh.lines import Line
from monitor.extract.zh.numerals import NUMERAL, number
from monitor.model import Entity, EntityKind
from monitor.vocabulary.letters import HAN, HAN_RANGE

ORG_WORDS = (
    "公司|集团|研究所|研究院|研究中心|中心|实验室|大学|学院|学校|协会|基金会|银行|论坛|委员会|联盟|株式会社|工厂|"
    "办公室|项目|理事会|智库|组织|机构|联合会|总会|学会|商会|"
    "事务所|会社|科技|能源|医疗|生技|电子|工业|制造厂|造船厂|船厂|厂|局|署|部|社|院|队|网|基地|医院|法人|合资企业|同盟|"
    "大会|议会|运动|网络|馆"
)
ORG_END = re.compile(rf"(?:{ORG_WORDS})[\"']?$")
LATIN_END = re.compile(r"[A-Za-z0-9.)&!\"']$")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
PERSON_END = re.compile(rf"[{HAN_RANGE}]{{1,8}}(?:·[{HAN_RANGE}A-Za-z.-]{{1,14}}){{1,8}}$")
ROLE = (
    f"(?:主席|总裁|首席[{HAN_RANGE}]{{1,6}}官|董事长|总经理|经理|所长|主任|议员|部长|创始人|创办人|总监|会长|院长|"
    "秘书长|委员|研究员|教授|代表|州长|市长|专员|大使|"
    "理事|董事(?!长)|负责人|顾问|主管|合伙人|司令|局长|署长|校长|成员|学者|律师|检察官|法官|执行长|主持人|网红|执行官|发起人|"
    "国务卿|总统|总理|[局厅处馆院校会部所台站队市州县区镇社]长)"
)
ROLE_FIRST = re.compile(rf"^(?P<role>.*{ROLE})(?P<name>[^、,]{{2,24}})$")
AFTER_ROLE = re.compile(rf"{ROLE}[^、,]{{2,6}}$")
SHORT_NAME = re.compile(rf"[{HAN_RANGE}]{{2,4}}")
GENDER = re.compile(r"[,、]?\(?(?:男|女)(?:性)?(?=[,。;)]|$)\)?")
COUNT = rf"{NUMERAL}(?:家|名|个|位|人|所)"
GENERIC = re.compile(
    rf"^(?:境内|境外|外国|任何|一切|全体|各类|以下|上述|前述|有关|相关|一批|部分|其|该|后附|下列|多家|所有|他们|她们|[二两]人|本人|家属|亲属)|^{COUNT}|"
    rf"(?:有关|相关)(?:议员|官员|人员|机构|企业|实体|人士|个人|政客)$|(?:分子|帮凶|金主|负责人|家属)$|(?:^|的){ROLE}$|"
    rf"^(?:美国|欧洲|联邦|国会|议会|参议院|众议院|参|众|州|地方|前|原|现任|反华|涉台|涉疆|涉藏|涉港|"
    rf"[一二三四五六七八九十]?位){{1,6}}{ROLE}$|"
    rf"^(?:实体|企业|机构|个人|人员|公司|组织)$|(?:实体|企业|人员|个人|机构)$"
)
MODIFIER = re.compile(r"^[^(]*的(?=[^的(]{2}|\()")
# `某国"某某项目"`: a country before a name in quotation marks is none of it.
COUNTRY_QUOTED = re.compile(rf"(?P<place>{places.country_pattern()})\"(?P<name>[^\"]{{2,40}})\"")
COUNTED_GROUP = re.compile(rf"^[^、(]*?{COUNT}[^、(A-Za-z]{{0,12}}?(?:子公司|企业|实体|机构|公司|人员|个人)(?=.)")
BRANCHES = re.compile(
    r"及其(?:所有|全部)?(?:分支机构|子公司|分公司|附属机构|关联企业|关联公司|关联机构|家属|亲属|配偶|总裁|高管|负责人|高级管理人员|董事|"
    rf"下属[{HAN_RANGE}]{{2,4}})(?:和[{HAN_RANGE}]{{2,6}})?$"
)
AND_OTHERS = re.compile(
    rf"(?:{COUNT}(?:[{HAN_RANGE}]{{0,6}})(?:议员|官员|政客|人士)$|(?<=[司团会所院心行厂室学馆)\"]){COUNT}[^、(]{{0,14}}(?:企业|实体|机构|公司|人员)$|等(?:后附|{COUNT}|"
    rf"[{HAN_RANGE}]{{0,14}}(?:实体|企业|机构|公司|个人|人员|组织|成员|分子|人士|帮凶|人)|在内|$).*|等)$"
)
# Whose firm it is: `顽固分子关联企业甲公司`.
OF_SOMEBODY = re.compile(
    rf"(?:\"[^\"]+\")?[{HAN_RANGE}]{{0,6}}(?:分子|头目|打手|帮凶|骨干|金主)的?(?:关联|所属|名下)(?:企业|机构|组织|公司|团体)(?=[{HAN_RANGE}]{{3}})"
)
ORGAN = re.compile("国会|众议院|参议院|国务院|政府")  # of a State: its country is a part of what it is called
# What somebody is called before the name: `"某某"`, `"某某"头目`, `顽固分子`; it is no office.
EPITHET = re.compile(
    rf"(?:\"[^\"]+\")?(?:[{HAN_RANGE}]{{0,6}}(?:分子|头目|打手|帮凶|骨干|金主|政客)|(?<=\"))(?=[{HAN_RANGE}·]{{2,4}}$)"
)
BRACKETS = {"(": re.compile(r"[()]"), "《": re.compile("[《》]")}
JOINT = re.compile(r"、|以及|和|与|及(?!其)")
NEXT_JOINT = re.compile(r"[、和(]")
NEXT_PERSON = re.compile("[、和与及,]")
LONGEST_END = 140  # characters: more than any words that show that a name is at its end
REST = re.compile(rf"[,、](?=男|女)|[;。]$|,(?=[{HAN_RANGE}])")
ALIAS = re.compile(r"[,;、]?(?:以下)?(?:简称|又名|又称|别名|曾用名|原名|常用名称)[:为]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A name's place in a line."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words to be parsed."""
        return self.line.text[self.start : self.end]

    def part(self, start: int, end: int) -> "Piece":
        """A piece of this piece."""
        return Piece(self.line, self.start + start, self.start + end)

    def said(self) -> str:
        """The words as printed, without quotation marks around them."""
        return self.line.said(self.start, self.end).strip("“”\"‘’'「」『』、,， ")


def mask(text: str, opening: str = "(") -> str:
    """The text with everything in brackets blotted out, so that a pattern sees only what stands outside."""
    if opening not in text:
        return text
    depth, here, out, opened = 0, 0, [], (0, 0)
    for bracket in BRACKETS[opening].finditer(text):
        place = bracket.start() + (bracket[0] == opening)
        out.append("\x00" * (place - here) if depth else text[here:place])
        opened = opened if depth else (len(out), place)
        depth = depth + 1 if bracket[0] == opening else max(depth - 1, 0)
        here = place
    if depth:  # a bracket that is never closed hides nothing
        return "".join(out[: opened[0]]) + text[opened[1] :]
    return "".join([*out, text[here:]])


def listed(piece: Piece) -> list[Entity]:
    """The names in a run of prose such as `A(a)、B(b)和C等6家实体`."""
    piece = _without_frame(piece)
    return [made for part in _split(piece) if (made := entity(part, prose=True))]


def _without_frame(piece: Piece) -> Piece:
    if others := AND_OTHERS.search(mask(piece.text)):
        piece = piece.part(0, others.start())
    for pattern in (COUNTED_GROUP, MODIFIER):
        masked = mask(piece.text)
        front = pattern.match(masked.split("、")[0])
        if pattern is MODIFIER and not front:
            front = _long_modifier(masked)
        if front:
            piece = piece.part(front.end(), len(piece.text))
    return piece


def _long_modifier(masked: str) -> re.Match[str] | None:
    """What is said of the first name, though it holds a joint itself (`无法核实用户、用途的甲公司`): none of it is a name."""
    front = MODIFIER.match(masked.partition("\x00")[0] + "(" if "\x00" in masked else masked)
    if front and any(ORG_END.search(part) for part in front[0].split("、")[:-1]):
        return None
    return front


def _split(piece: Piece) -> list[Piece]:
    masked = mask(piece.text)
    parts: list[Piece] = []
    here = 0
    for joint in JOINT.finditer(masked):
        if joint.start() <= here or not _may_end(masked, here, joint):
            continue
        parts.append(piece.part(here, joint.start()))
        here = joint.end()
    return [*parts, piece.part(here, len(masked))]


def _may_end(masked: str, here: int, joint: re.Match[str]) -> bool:
    """Whether a name may end before this joint, rather than hold it (`波音防务、空间与安全集团`)."""
    left = masked[max(here, joint.start() - LONGEST_END) : joint.start()]
    if left.endswith((")", '"')) or BRANCHES.search(left) or ORG_END.search(left):
        return True
    if joint[0] != "、" and _short_names(left, masked, joint.end()):
        return True
    if joint[0] == "以及":
        return len(left) > 1
    if joint[0] not in ("、", "和"):
        return False
    if LATIN_END.search(left) or PERSON_END.search(left):
        return True
    return joint[0] == "、" and not ORG_END.search(_up_to(NEXT_JOINT, masked, joint.end()))


def _short_names(left: str, masked: str, right: int) -> bool:
    """Whether a joint stands between two persons, or a person and a quoted name (`甲某某、乙某某和"某学院"`)."""
    if not SHORT_NAME.fullmatch(left.rpartition("、")[2]):
        return False
    following = _up_to(NEXT_PERSON, masked[right : right + LONGEST_END], 0)
    return bool(SHORT_NAME.fullmatch(following) and not ORG_END.search(following)) or masked.startswith('"', right)


def _up_to(stop: re.Pattern[str], text: str, start: int) -> str:
    """The words from a place to the next stop."""
    match = stop.search(text, start)
    return text[start : match.start() if match else len(text)]


def entity(piece: Piece, *, kind: EntityKind | None = None, prose: bool = False, country: str | None = None) -> Entity | None:
    """Who is named, or nothing where the words only speak of some entities."""
    if branches := BRANCHES.search(piece.text):
        piece = piece.part(0, branches.start())
    name, inside, rest = _bracket(piece)
    words = name.text.strip()
    if quoted := COUNTRY_QUOTED.fullmatch(words):
        country = country or places.first(quoted["place"])
        name, words = name.part(*quoted.span("name")), quoted["name"]
    if prose and not inside and GENERIC.search(words.strip('"')):
        return None
    if prose and (epithet := (OF_SOMEBODY if ORG_END.search(words) else EPITHET).match(words)):
        name, words = name.part(epithet.end(), len(words)), words[epithet.end() :]
    gender = GENDER.search(rest.text)
    role = rest.part(gender.end(), len(rest.text)).said() if gender else ""
    if inside and not LATIN.search(inside.text):
        role = role or inside.said()
        inside = None
    if inside and (behind := ROLE_INSIDE.search(inside.text)):
        role, inside = inside.part(*behind.span("role")).said(), inside.part(0, behind.start())
    person = _is_person(words, kind, gendered=bool(gender))
    if person and (before := ROLE_FIRST.match(words)):
        role = role or name.part(*before.span("role")).said()
        country = country or places.first(before["role"])
        name = name.part(*before.span("name"))
    elif prose:
        nation, width = places.leading(words)
        if nation and len(words) - width > 1 and not ORGAN.match(words, width):
            country = country or nation
            name = name.part(width, len(name.text))
    return _made(piece, name, inside, kind=kind or ("person" if person else "org"), role=role, country=country)


NO_ROLE = "以下|简称|又[名称]|别名|曾用名|原名|常用"
ROLE_INSIDE = re.compile(rf"(?<=[A-Za-z.]),(?P<role>(?!{NO_ROLE})[{HAN_RANGE}].*)$")  # `(Al Be, 某国议员)`


def _is_person(words: str, kind: EntityKind | None, *, gendered: bool) -> bool:
    if kind:
        return kind == "person"
    if ORG_END.search(words):
        return gendered
    return gendered or bool(PERSON_END.search(words) or AFTER_ROLE.search(words) or SHORT_NAME.fullmatch(words))


def _made(piece: Piece, name: Piece, inside: Piece | None, *, kind: EntityKind, role: str, country: str | None) -> Entity | None:
    printed = name.said()
    names: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    if HAN.search(printed):
        names["zh"] = printed
    elif LATIN.search(printed):
        names["en"] = printed
    if inside:
        latin, aliases = _latin(inside, printed if "en" in names else "")
        names |= {"en": latin} if latin else {}
    if not names:
        return None
    quote = piece.line.quote(piece.start, piece.end).strip()
    return Entity(names=names, kind=kind, aliases=aliases, country=country, role=role or None, quote=quote)


def _latin(inside: Piece, printed: str) -> tuple[str, tuple[str, ...]]:
    """The Latin name in the brackets, and what else the entity is called there."""
    words = ALIAS.split(inside.text, maxsplit=1)
    name = inside.part(0, len(words[0])).said()
    name = name.strip("()") if name.count("(") != name.count(")") or name.startswith("(") else name
    alias = inside.part(len(inside.text) - len(words[1]), len(inside.text)).said() if len(words) > 1 else ""
    others = tuple(word for word in (alias, name if printed else "") if word and word != printed)
    return printed or name, others


def _bracket(piece: Piece) -> tuple[Piece, Piece | None, Piece]:
    """A name, what stands in the brackets after it, and the rest: `甲(A Co.),男,职务`."""
    text = piece.text
    spans = _bracket_spans(text)
    latin = [span for span in spans if len(LATIN.findall(text[slice(*span)])) > len(HAN.findall(text[slice(*span)]))]
    last = [span for span in spans if span[1] + 1 >= len(text.rstrip(";。、"))]
    for start, end in latin[:1] or last[:1]:
        return piece.part(0, start - 1), piece.part(start, end), piece.part(min(end + 1, len(text)), len(text))
    stop = REST.search(text)
    cut = stop.start() if stop else len(text)
    return piece.part(0, cut), None, piece.part(cut, len(text))


def _bracket_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    depth, begins = 0, 0
    for place, character in enumerate(text):
        if character == "(":
            depth += 1
            begins = place + 1 if depth == 1 else begins
        elif character == ")" and depth:
            depth -= 1
            if not depth:
                spans.append((begins, place))
    return [*spans, (begins, len(text))] if depth else spans


LATIN_NAME = re.compile(rf"\({{1,3}}[A-Z0-9][^(){HAN_RANGE}]{{2,160}}\)")  # what stands behind a name: `甲公司(Alpha Inc.)`
STOPS = re.compile("[,。;:、(]|\\)")
LONGEST = 60  # characters before the brackets in which a name begins
# What stands before a name and is none of it; of a clause that says more of somebody (`参与对台军售的`) the name stands last.
LEADS = phrase(
    lambda: (
        r"(?:经(?:查明?|核实|核查|审查|评估|审核)|鉴于|因|由于|根据|对于?|现?将|把|向|与|同意?|应(?!用)|就|据|以及|以|和|及|或者?|包括|其中|"
        r"为|自|由|被|准予|禁止|撤销|取消|暂停|终止|恢复|停止|其|原|该|收到举报|行政长官|工作机制|指明|指定)*"
        rf"(?:[^的]{{0,40}}的|[^的对]{{0,40}}\d号(?:公告|令|决定)?(?:对|就|将))*(?:(?P<place>{places.country_pattern()})(?!{ORGAN.pattern})籍?(?:[{HAN_RANGE}]{{0,4}}(?:企业|机构|智库|承包商|制造商|供应商|军火商)|公司(?=.*公司$)|"
        r"公民|个人)?)?(?:(?:企业|机构|智库|公司(?=.{2,}公司$)))?"
    )
)
# The firm that a sentence opens with: `甲公司已采取补救措施,…将其移出…`.
OPENS = re.compile(
    rf"(?:^|[。;,])(?P<who>[^,。;()]{{2,40}}?(?:{ORG_WORDS})(?:\([^()]{{2,80}}\))?)"
    r"(?=已|因|经|自|主动|停止|纠正|在|履行|配合|完成|通过|涉嫌|长期|参与|协助|违反|拒绝|拒不|未|申请|不再|书面)"
)
COUNTED = re.compile(COUNT)  # `两家公司` are no name
KIND = "公司|企业|机构|实体|集团|组织|单位|基金会|协会|研究所|大学|学院|银行|智库"
POINTS = re.compile(
    rf"(?:(?P<self>其本人|本人|该人员?|该个人)|(?P<one>该(?:{KIND}))|其|(?:上述|前述|以上|该)(?P<count>{COUNT})?"
    rf"[^、和及与,。;()]{{0,8}}?(?:{KIND}|人员|个人|名单企业|人)?)(?:从|重新|再次|一并|同时)?$"
)
ALSO = re.compile(rf"(?:{KIND}|人员|个人|高级管理人员|高管)")  # beside the first (`上述企业和人员`)
PRONOUN_JOINT = re.compile("[、和与及]")


def entities_named(piece: Piece) -> list[Entity]:
    """The names of a stretch of prose: those with a Latin name behind them, else the firm that a sentence of it opens with."""
    text = piece.text
    latin = [made for bracket in LATIN_NAME.finditer(text) if (made := _before(piece, bracket))]
    if latin:
        return latin
    opening = (match for match in OPENS.finditer(text) if not COUNTED.search(match["who"]))
    return [entity for match in opening for entity in listed(piece.part(*match.span("who")))]


# A name that is one by itself, as `甲矿业有限公司` is and `境外组织` is not.
FIRM_END = re.compile(
    "(?:公司|集团|会社|研究所|研究院|大学|学院|银行|厂|实验室|基金会|协会|中心|事务所|律师行|论坛|智库|商会|学会)$"
)


def firms(piece: Piece) -> list[Entity]:
    """The names of a phrase that holds nothing but names of firms or has their Latin form; nobody for what only describes."""
    cut = before_goods(piece)
    entities = [entity for entity in listed(cut) if "en" in entity.names or FIRM_END.search(entity.names.get("zh", ""))]
    return entities or entities_named(piece)


def before_goods(piece: Piece) -> Piece:
    """The phrase up to the end of its last firm: behind it stands what that may do or have (`甲公司、乙公司石墨出口`)."""
    last = max((match.end() for match in COMPANY.finditer(mask(piece.text))), default=len(piece.text))
    rest = piece.text[last:]
    return piece.part(0, last) if rest and GOODS_AFTER.fullmatch(rest) else piece


COMPANY = re.compile("公司")
GOODS_AFTER = re.compile(rf"[{HAN_RANGE}]{{2,30}}(?:出口|进口|物项|材料|产品|技术|设备)?")


def _before(piece: Piece, bracket: re.Match[str]) -> Entity | None:
    """The name that stands before the brackets with its Latin form."""
    first = max(bracket.start() - LONGEST, 0)
    begin = max((stop.end() for stop in STOPS.finditer(piece.text, first, bracket.start())), default=first)
    lead = LEADS.match(piece.text, begin, bracket.start())
    assert lead
    country = places.first(lead["place"]) if lead["place"] else None
    return entity(piece.part(lead.end(), bracket.end()), prose=True, country=country)


def is_pointing_back(who: Piece) -> bool:
    """Whether the words name nobody and point back (`其`, `该企业`, `上述2家企业和人员`)."""
    first, *others = PRONOUN_JOINT.split(mask(who.text))
    return bool(POINTS.match(first)) and all(POINTS.match(part) or ALSO.fullmatch(part) for part in others)


def those_meant(who: Piece, lines: Sequence[Line]) -> list[Entity]:
    """Those whom words that point back mean, by their own line and the `lines` before it; nobody where these name nobody."""
    named_before = list(_earlier(who, lines))
    entities = [
        entity
        for part in PRONOUN_JOINT.split(who.text)
        if (match := POINTS.match(part))
        for entity in _pointed(match, named_before)
    ]
    return list({str(entity.names): entity for entity in entities}.values())


def _earlier(who: Piece, lines: Sequence[Line]) -> Iterator[list[Entity]]:
    """The names of the lines before a place, the nearest first."""
    yield entities_named(Piece(who.line, 0, who.start))
    for line in reversed(lines):
        yield entities_named(Piece(line, 0, len(line.text)))


def named_before(sentence: Piece, lines: Sequence[Line]) -> list[Entity]:
    """The nearest names before a sentence; nobody where none are named."""
    return next((names for names in _earlier(sentence.part(0, 0), lines) if names), [])


def _pointed(match: re.Match[str], named_before: Sequence[list[Entity]]) -> list[Entity]:
    nearest = next((names for names in named_before if names), [])
    if match["self"]:
        return [entity for entity in nearest if entity.kind == "person"][-1:]
    if match["one"]:
        return [entity for entity in nearest if entity.kind == "org"][-1:]
    count = number(match["count"][:-1]) if match["count"] else None
    entities = [entity for names in reversed(named_before) for entity in names]
    return entities[-count:] if count else nearest
