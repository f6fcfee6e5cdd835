"""An archived page as words, never as a page: its lines in reading order, in which what was
quoted is marked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.document import Block, BlockKind, Document
from monitor.errors import SourceError, StoreError
from monitor.evidence.contents import list_quotes
from monitor.model import Announcement, Evidence
from monitor.source.page import Body, Page
from monitor.store.archive import Archive

MOST = 1_500  # lines that are shown
SHORTEST = 2  # characters of a quote, the least that is marked


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, and whether an answer quotes it."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A line of the page: `cells` of a row of a table, or one cell."""

    kind: str
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: `more` lines are not shown, `missing` says why there is none."""

    blocks: tuple[ShownBlock, ...] = ()
    more: int = 0
    missing: str = ""


def mark_quotes(archive: Archive, evidence: Evidence, act: Announcement) -> Shown:
    """The archived bytes as words, with those marked by which an act is understood."""
    try:
        words = Page(evidence.url, Body(archive.get(evidence.sha256))).article()
    except StoreError:
        return Shown(missing="the page is missing from the archive, or damaged there")
    except SourceError as error:
        return Shown(missing=f"the page can't be shown as words: {error}")
    lines = list(
        _lines(words, tuple(dict.fromkeys(_plain(quote.words) for quote in list_quotes(act))))
    )
    return Shown(tuple(lines[:MOST]), max(len(lines) - MOST, 0))


def _lines(words: Document, quoted: Sequence[str]) -> Iterator[ShownBlock]:
    for block in words.blocks:
        for cells in _cells(block):
            yield ShownBlock(
                block.kind, tuple(tuple(split_pieces(_plain(cell), quoted)) for cell in cells)
            )


def _cells(block: Block) -> Iterator[tuple[str, ...]]:
    if block.kind is BlockKind.TABLE:
        yield from block.rows
    else:
        yield (block.text,)


def split_pieces(text: str, quoted: Sequence[str]) -> Iterator[Piece]:
    """A line in runs that are quoted and runs that are not; of a quote that goes over several
    lines, each whole line of it.
    """
    marked = bytearray(len(text))
    for quote in quoted:
        for start, end in _places(text, quote):
            marked[start:end] = b"\1" * (end - start)
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[start]:
            yield Piece(text[start:place], bool(marked[start]))
            start = place


def _places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where a quote stands in a line; all of the line where that is part of the quote."""
    if len(text) > len(quote):
        place = text.find(quote)
        while place >= 0:
            yield place, place + len(quote)
            place = text.find(quote, place + len(quote))
    elif len(text) >= SHORTEST and text in quote:
        yield 0, len(text)


def _plain(text: str) -> str:
    return " ".join(text.split())
