"""Blocking orders (阻断办法): what nobody may recognise, carry out or obey, and the firms that the order protects."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec

from monitor.extract.zh import places
from monitor.extract.zh.annex_lines import annex, headed
from monitor.extract.zh.clauses import Operation, sentences
from monitor.extract.zh.lines import Line, marked
from monitor.extract.zh.names import ORG_END, ORG_WORDS, Piece, listed, mask
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.tables import BLOCKED
from monitor.model import Entity, Stated

ON_THESE = re.compile("阻断|禁令|禁执令|不当(?:限制|禁止|域外)|域外(?:适用|管辖)")
# Whom the foreign measure that is blocked was taken against.
AGAINST = re.compile(
    r"(?:将|对|就|涉及?|针对)(?P<who>[^。;]{2,400}?)(?:列入|采取|实施|作出|施加|实行|发起|的[^。;,]{0,10}?(?:制裁|措施))"
)
UNNAMED = re.compile(r"(?<!等)(?:\d{1,3}|[一二两三四五六七八九十]{1,3})家")  # `云南五家边贸企业`: they are counted, and not named
POINTERS = re.compile("上述|前述|以下|下列|有关|我(?:国)?(?:企业|公司)|中国(?:企业|公司)|中方")
LISTED = re.compile(
    "(?:附件|附表|附后|下列|以下|如下)[^。;,]{0,12}(?:企业|公司|名单)|(?:企业|公司|名单)[^。;,]{0,6}(?:附后|见附[件表]|如下)"
)
FIRM = re.compile(rf"[^,。;:]{{2,60}}?(?:{ORG_WORDS})(?:\([^()]{{1,120}}\))?[;。,]?$")


def with_protected(operations: Sequence[Operation], page: Sections) -> list[Operation]:
    """The operations, the blocking order once, with the firms that the act protects and how many it says there are."""
    order = next(operation for operation in operations if operation.register == BLOCKED)
    firms = _protected_by(page)
    stated, _ = places.stated([*(line.text for line in page.body), page.title.text])
    own = Stated(entities=stated.entities) if stated else None
    unclear = "" if firms or not LISTED.search(page.text) else "the firms that it protects stand in a list that was not read"
    whole = replace(order, read_whole=True, entities=firms, stated=own, unclear=unclear)
    return [
        whole if operation is order else operation
        for operation in operations
        if operation is order or operation.register != BLOCKED
    ]


def _protected_by(page: Sections) -> tuple[Entity, ...]:
    below = annex(list(headed(page.body))).entities or [entity for part in page.annexes for entity in annex(part).entities]
    entities = [*below, *(entity for line in page.body for entity in _protected(line))]
    return tuple({str(entity.names): entity for entity in entities}.values())


def _protected(line: Line) -> Iterator[Entity]:
    entry = marked(line)
    if entry.level in ("number", "sub", "dash", "bracket") and FIRM.fullmatch(entry.words):
        yield from _firms(Piece(line, entry.start, len(line.text)))
    for sentence in sentences(line):
        words = mask(sentence.text)
        for match in AGAINST.finditer(words):
            if not UNNAMED.search(match["who"]) and not POINTERS.match(match["who"]):
                yield from _firms(sentence.part(*match.span("who")))


def _firms(piece: Piece) -> Iterator[Entity]:
    """The names of a phrase; whoever is protected beside others (`等两家企业`) is a firm, by whatever name."""
    others = "等" in mask(piece.text)
    for entity in listed(piece):
        if others or ORG_END.search(entity.names.get("zh", "")) or "en" in entity.names:
            yield msgspec.structs.replace(entity, kind="org", role=None)
