"""A blocking order → the firms that the act protects from foreign measures."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.extract.zh import places
from monitor.extract.zh.annexes import entities_listed as annex
from monitor.extract.zh.annexes import headed
from monitor.extract.zh.lines import Line, marked
from monitor.extract.zh.names import ORG_END, Piece, listed, mask
from monitor.extract.zh.operations import Operation, sentences
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import BLOCKED, CHINESE
from monitor.model import Entity, Stated

WORDS = CHINESE.table("forms")
ON_THESE = WORDS.on_these


def with_protected(operations: Sequence[Operation], page: Sections) -> list[Operation]:
    """The operations, the blocking order once, with the firms that the act protects and how many
    it says there are.
    """
    order = next(operation for operation in operations if operation.register == BLOCKED)
    firms = _protected_by(page)
    stated, _ = places.stated([*(line.text for line in page.body), page.title.text])
    own = Stated(entities=stated.entities) if stated else None
    unclear = (
        ""
        if firms or not WORDS.listed.search(page.text)
        else "the firms that it protects stand in a list that was not read"
    )
    whole = replace(order, read_whole=True, entities=firms, stated=own, unclear=unclear)
    return [
        whole if operation is order else operation
        for operation in operations
        if operation is order or operation.register != BLOCKED
    ]


def _protected_by(page: Sections) -> tuple[Entity, ...]:
    below = annex(list(headed(page.body))).entities or [
        entity for part in page.annexes for entity in annex(part).entities
    ]
    entities = [*below, *(entity for line in page.body for entity in _protected(line))]
    return tuple({str(entity.names): entity for entity in entities}.values())


def _protected(line: Line) -> Iterator[Entity]:
    entry = marked(line)
    if entry.level in ("number", "sub", "dash", "bracket") and WORDS.firm.fullmatch(entry.words):
        yield from _firms(Piece(line, entry.start, len(line.text)))
    for sentence in sentences(line):
        words = mask(sentence.text)
        for match in WORDS.against.finditer(words):
            if not WORDS.unnamed.search(match["who"]) and not WORDS.pointers.match(match["who"]):
                yield from _firms(sentence.part(*match.span("who")))


def _firms(piece: Piece) -> Iterator[Entity]:
    """The names of a phrase; whoever is protected beside others (`等两家企业`) is a firm, by whatever
    name.
    """
    others = "等" in mask(piece.text)
    for entity in listed(piece):
        if others or ORG_END.search(entity.names.get("zh", "")) or "en" in entity.names:
            yield entity.replace(kind="org", role=None)
