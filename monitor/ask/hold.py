"""Screen one file against another, without any store. Reads files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from monitor.ask.lines import make_line
from monitor.ask.screen import make_entry_names, make_subject
from monitor.ask.watchlist import LARGEST, refuse_strangers
from monitor.config import files
from monitor.errors import ConfigError
from monitor.model import Value, frozen
from monitor.watch import exchange, lists
from monitor.watch.entries import Entry
from monitor.watch.exchange import Listed, Ref, ScreenedLine
from monitor.watch.lists import Imported
from monitor.watch.match import DEFAULT, Thresholds, WatchList, screen_subject
from monitor.watch.parties import Kind
from monitor.watch.values import MatchVerdict


class Called(Value, kw_only=True):
    """A person, firm or item on a line of a file."""

    ref: Ref
    name: str


class Hit(Value, kw_only=True, omit_defaults=False):
    """An entry of the list that may match, its score, and the reasons."""

    entry: Called
    kind: Kind
    score: float
    verdict: MatchVerdict
    reason: str


class Holding(Value, kw_only=True, omit_defaults=False):
    """A match of one queried line."""

    asked: Called
    match: Hit


@frozen
class ListComparison:
    """All matches, the numbers `asked` and `listed`, and the unused parts of both files, a
    sentence each.
    """

    hits: tuple[Holding, ...]
    asked: tuple[ScreenedLine, ...]
    listed: int
    unused: tuple[str, ...]


def compare_lists(
    paths: Sequence[Path],
    against: Path,
    thresholds: Thresholds = DEFAULT,
    mapped: Mapping[str, str] | None = None,
) -> ListComparison:
    """Screen every line of some files against the entries of a list; `mapped` explains unknown
    headings.

    Raises:
        ConfigError: a file can't be read, or has nothing to screen.
    """
    told: list[str] = []
    read: list[Imported] = []
    listed = list(_read_listed(against, told, mapped, read))
    if not listed:
        raise ConfigError(
            f"{files.shorten_path(against)}: not one entry could be used;"
            f" {told[0] if told else 'it is empty'}"
        )
    wanted = tuple(subject for path in paths for subject in _read_asked(path, told, mapped, read))
    refuse_strangers(mapped or {}, read)
    if not wanted:
        raise ConfigError(
            "not one line could be compared with the list;"
            f" {told[-1] if told else 'the files are empty'}"
        )
    hits = tuple(_hold(wanted, listed, thresholds))
    return ListComparison(hits, wanted, len(listed), tuple(dict.fromkeys(told)))


def _hold(
    wanted: Iterable[ScreenedLine], listed: Sequence[Listed], thresholds: Thresholds
) -> Iterator[Holding]:
    watch = WatchList((row.entry for row in listed), thresholds)
    refs = {row.entry: row for row in listed}  # each has its file and row
    for subject in wanted:
        asked = make_line(Called, subject)
        for match in screen_subject(subject.subject, watch, subject.register, subject.known):
            found = make_line(Called, refs[match.entry])
            yield Holding(asked=asked, match=make_line(Hit, match, entry=found))


def _read_listed(
    path: Path, notes: list[str], mapped: Mapping[str, str] | None, seen: list[Imported]
) -> Iterator[Listed]:
    file, body = _read_named_file(path)
    if exchange.is_json_lines(file, body):
        yield from exchange.read_listed(file, body, notes.append)
        return
    for ref, entry in _read_table(file, body, notes, mapped, seen):
        yield Listed(ref, entry.name, entry)


def _read_asked(
    path: Path, notes: list[str], mapped: Mapping[str, str] | None, seen: list[Imported]
) -> Iterator[ScreenedLine]:
    file, body = _read_named_file(path)
    if exchange.is_json_lines(file, body):
        yield from exchange.read_questions(file, body, notes.append)
        return
    for ref, entry in _read_table(file, body, notes, mapped, seen):
        yield ScreenedLine(ref, entry.name, make_subject(entry), known=make_entry_names(entry))


def _read_table(
    file: str,
    body: bytes,
    notes: list[str],
    mapped: Mapping[str, str] | None,
    seen: list[Imported],
) -> Iterator[tuple[Ref, Entry]]:
    read = lists.read_entries(file, body, None, mapped, every=True)
    seen.append(read)
    notes += (*read.taken, *read.unused, *read.remarks, *read.unusable)
    yield from zip(read.refs, read.entries, strict=True)


def _read_named_file(path: Path) -> tuple[str, bytes]:
    return files.make_path_text(path).rpartition("/")[2], files.read_file_bytes(
        path, most=LARGEST, error=ConfigError
    )
