"""Show an archived page as words, never as a page.

Either its lines in reading order, with quotes marked, or two readings side by side, with the
changed words marked.
"""

from collections.abc import Iterator, Sequence

from monitor.ask import rows
from monitor.ask.absences import Absence, word_absence
from monitor.console.desk import ConsoleDesk, Given, Shown
from monitor.document import Block, BlockKind, Document
from monitor.errors import MonitorError, SourceError, StoreError
from monitor.evidence.contents import list_quotes
from monitor.model import Announcement, Evidence, frozen
from monitor.render.wordings import align_lines, compare_words
from monitor.source.page import Body, Page
from monitor.store import Recorded, sightings
from monitor.store.archive import Archive

MOST = 1_500  # lines that are shown
SHORTEST = 2  # characters of a quote, the least that is marked


@frozen
class Piece:
    """A run of words, and whether it is marked: an answer quotes it, or two readings differ in it."""

    text: str
    marked: bool = False


@frozen
class ShownBlock:
    """A line of the page: `cells` of a row of a table, or one cell."""

    kind: str
    cells: tuple[tuple[Piece, ...], ...]


@frozen
class ShownPage:
    """A page: `more` lines are not shown, `missing` says why there is none."""

    blocks: tuple[ShownBlock, ...] = ()
    more: int = 0
    missing: str = ""


def mark_quotes(archive: Archive, evidence: Evidence, act: Announcement) -> ShownPage:
    """Read archived bytes as words, and mark the quotes by which an act is understood."""
    try:
        words = read_words(archive, evidence)
    except MonitorError as error:
        return ShownPage(missing=str(error))
    lines = list(
        _list_lines(
            words, tuple(dict.fromkeys(_join_words(quote.words) for quote in list_quotes(act)))
        )
    )
    return ShownPage(tuple(lines[:MOST]), max(len(lines) - MOST, 0))


def read_words(archive: Archive, evidence: Evidence) -> Document:
    """Read archived bytes as words.

    Raises:
        MonitorError: they are lost, or have no words; it says so.
    """
    try:
        return Page(evidence.url, Body(archive.get(evidence.sha256))).article()
    except StoreError as error:
        raise MonitorError("the page is missing from the archive, or damaged there") from error
    except SourceError as error:
        raise MonitorError(f"the page can't be shown as words: {error}") from error


def _list_lines(words: Document, quoted: Sequence[str]) -> Iterator[ShownBlock]:
    for block in words.blocks:
        for cells in _list_cells(block):
            yield ShownBlock(
                block.kind, tuple(tuple(split_pieces(_join_words(cell), quoted)) for cell in cells)
            )


def _list_cells(block: Block) -> Iterator[tuple[str, ...]]:
    if block.kind is BlockKind.TABLE:
        yield from block.rows
    else:
        yield (block.text,)


def split_pieces(text: str, quoted: Sequence[str]) -> Iterator[Piece]:
    """Split a line into quoted and other runs. A quote of several lines marks each of its lines as
    a whole.
    """
    marked = bytearray(len(text))
    for quote in quoted:
        for start, end in _find_places(text, quote):
            marked[start:end] = b"\1" * (end - start)
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[start]:
            yield Piece(text[start:place], bool(marked[start]))
            start = place


def _find_places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Find the places of a quote in a line; the whole line if it is part of the quote."""
    if len(text) > len(quote):
        place = text.find(quote)
        while place >= 0:
            yield place, place + len(quote)
            place = text.find(quote, place + len(quote))
    elif len(text) >= SHORTEST and text in quote:
        yield 0, len(text)


def _join_words(text: str) -> str:
    return " ".join(text.split())


# Two readings side by side.

AROUND = 2  # lines that read the same, shown beside those that differ


@frozen
class Pair:
    """A line before and after. For unchanged lines only their number (`same`)."""

    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    same: int = 0


def compare_readings(archive: Archive, before: Evidence, after: Evidence) -> list[Pair]:
    """Compare two archived readings line by line.

    Raises:
        MonitorError: the bytes of one are lost, or have no words.
    """
    old, new = (list_lines(read_words(archive, one)) for one in (before, after))
    return fold_pairs(list(align_lines(old, new)))


def list_lines(words: Document) -> list[str]:
    """List the lines of a page that have words; of a table a line for each row."""
    lines = (
        " | ".join(map(_join_words, cells))
        for block in words.blocks
        for cells in _list_cells(block)
    )
    return [line for line in lines if line.strip(" |")]


def fold_pairs(lines: Sequence[tuple[str, str]]) -> list[Pair]:
    """Keep the lines that differ, with their words marked, and those around them."""
    differing = [at for at, (before, after) in enumerate(lines) if before != after]
    near = {at + step for at in differing for step in range(-AROUND, AROUND + 1)}
    pairs: list[Pair] = []
    for at, (before, after) in enumerate(lines):
        if at in near:
            pairs.append(Pair(*mark_words(before, after)))
        elif pairs and pairs[-1].same:
            pairs[-1] = Pair(same=pairs[-1].same + 1)
        else:
            pairs.append(Pair(same=1))
    return pairs


def mark_words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both wordings, with the words marked that are in one of them only."""
    runs = compare_words(before, after)
    sides = ([(run.went, run.same) for run in runs], [(run.came, run.same) for run in runs])
    old, new = (
        tuple(Piece("".join(words), not same) for words, same in side if words) for side in sides
    )
    return old, new


def list_readings(recorded: Sequence[Recorded]) -> list[Recorded]:
    """List the recorded readings of a page, each body once, the oldest first."""
    first: dict[str, Recorded] = {}
    for one in recorded:
        first.setdefault(one.evidence.sha256, one)
    return list(first.values())


def show_readings(desk: ConsoleDesk, given: Given) -> Shown:
    """Show two readings of an act or of a page at an address; by default the last two.

    Raises:
        MonitorError: no reading of it is on record, or none has these bytes.
    """
    of = given["of"]
    readings = list_readings(
        desk.history(sightings.list_recorded, [of])
        or desk.history(sightings.find_recorded_by_url, of)
    )
    if not readings:
        raise MonitorError(f"no page of {of!r} was recorded; give an act's key or an address")
    before = _choose_reading(readings, given["old"], readings[max(len(readings) - 2, 0)])
    after = _choose_reading(readings, given["new"], readings[-1])
    pairs = (
        compare_readings(desk.archive, before.evidence, after.evidence)
        if len(readings) > 1
        else _list_told(desk, after)
    )
    return {
        "title": "Two readings of",
        "title_of": of,
        "of": of,
        "readings": [
            (one.evidence.sha256, rows.format_utc(one.at), one.kind, one.evidence.url)
            for one in readings
        ],
        "sides": (before.evidence, after.evidence),
        "pairs": pairs,
        "differ": any(not pair.same for pair in pairs),
        "alone": word_absence(Absence.READING, {}, desk.coverage()),
    }


def _choose_reading(readings: Sequence[Recorded], sha256: str, otherwise: Recorded) -> Recorded:
    if not sha256:
        return otherwise
    found = next((one for one in readings if one.evidence.sha256 == sha256), None)
    if found is None:
        raise MonitorError(f"no reading of it has the SHA-256 {sha256[:64]!r}")
    return found


def _list_told(desk: ConsoleDesk, after: Recorded) -> list[Pair]:
    """List the reported changes of a watched page; its first bytes are not kept."""
    told = [
        one.change
        for one in desk.history(sightings.list_page_alerts, after.key)
        if one.evidence.url == after.evidence.url
    ]
    return [
        Pair(*mark_words(one.before, one.after)) for last in told[-1:] for one in last.rewordings
    ]
