"""Whom a sentence means: the names that it prints, and those of earlier ones that a pronoun points back to."""

import re
from collections.abc import Iterator, Sequence

from monitor.extract.named import Phrase
from monitor.extract.zh import places
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import COUNT, ORG_WORDS, ORGAN, Piece, entity, listed, mask
from monitor.extract.zh.numerals import number
from monitor.model import Entity
from monitor.vocabulary.letters import HAN_RANGE

LATIN_NAME = re.compile(rf"\({{1,3}}[A-Z0-9][^(){HAN_RANGE}]{{2,160}}\)")  # what stands behind a name: `甲公司(Alpha Inc.)`
STOPS = re.compile("[,。;:、(]|\\)")
LONGEST = 60  # characters before the brackets in which a name begins
# What stands before a name and is none of it; of a clause that says more of somebody (`参与对台军售的`) the name stands last.
LEADS = Phrase(
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
JOINT = re.compile("[、和与及]")


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


def points(who: Piece) -> bool:
    """Whether the words name nobody and point back (`其`, `该企业`, `上述2家企业和人员`)."""
    first, *others = JOINT.split(mask(who.text))
    return bool(POINTS.match(first)) and all(POINTS.match(part) or ALSO.fullmatch(part) for part in others)


def meant(who: Piece, lines: Sequence[Line]) -> list[Entity]:
    """Those whom words that point back mean, by their own line and the `lines` before it; nobody where these name nobody."""
    before = list(_earlier(who, lines))
    entities = [entity for part in JOINT.split(who.text) if (match := POINTS.match(part)) for entity in _pointed(match, before)]
    return list({str(entity.names): entity for entity in entities}.values())


def _earlier(who: Piece, lines: Sequence[Line]) -> Iterator[list[Entity]]:
    """The names of the lines before a place, the nearest first."""
    yield entities_named(Piece(who.line, 0, who.start))
    for line in reversed(lines):
        yield entities_named(Piece(line, 0, len(line.text)))


def before(sentence: Piece, lines: Sequence[Line]) -> list[Entity]:
    """The nearest names before a sentence; nobody where none are named."""
    return next((names for names in _earlier(sentence.part(0, 0), lines) if names), [])


def _pointed(match: re.Match[str], before: Sequence[list[Entity]]) -> list[Entity]:
    nearest = next((names for names in before if names), [])
    if match["self"]:
        return [entity for entity in nearest if entity.kind == "person"][-1:]
    if match["one"]:
        return [entity for entity in nearest if entity.kind == "org"][-1:]
    count = number(match["count"][:-1]) if match["count"] else None
    entities = [entity for names in reversed(before) for entity in names]
    return entities[-count:] if count else nearest
