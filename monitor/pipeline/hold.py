"""One file held against another: whom and what it asks for against a list, without any store. Reads files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.config import files
from monitor.errors import ConfigError
from monitor.model import Value
from monitor.pipeline.screen import LARGEST, subject
from monitor.watch import exchange, lists
from monitor.watch.exchange import Asked, Listed, Ref
from monitor.watch.match import Kind, Pairing, Thresholds, Verdict, WatchList, screen


class Called(Value, frozen=True, kw_only=True):
    """Who or what a line of a file is."""

    ref: Ref
    name: str


class Hit(Value, frozen=True, kw_only=True, omit_defaults=False):
    """An entry of the list that may be the one that is asked for, how sure that is, and why."""

    entry: Called
    kind: Kind
    score: float
    verdict: Verdict
    reason: str


class Holding(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A hit of one that is asked for."""

    asked: Called
    match: Hit


@dataclass(frozen=True, slots=True)
class Held:
    """All hits, how many were `asked` for and `listed`, and what of both files was not used, a sentence each."""

    hits: tuple[Holding, ...]
    asked: tuple[Asked, ...]
    listed: int
    unused: tuple[str, ...]


def hold(asked: Sequence[Path], against: Path, thresholds: Thresholds) -> Held:
    """Every line of some files held against the entries of a list.

    Raises:
        ConfigError: a file can't be read, or holds nothing that can be held against another.
    """
    told: list[str] = []
    listed = list(_listed(against, told))
    if not listed:
        raise ConfigError(f"{files.named(against)}: not one entry could be used; {told[0] if told else 'it is empty'}")
    wanted = tuple(each for path in asked for each in _asked(path, told))
    watch = WatchList((each.entry for each in listed), thresholds)
    refs = {id(each.entry): each.ref for each in listed}
    hits = tuple(_holding(each, match, refs) for each in wanted for match in screen(each.subject, watch, each.register))
    return Held(hits, wanted, len(listed), tuple(dict.fromkeys(told)))


def _holding(asked: Asked, match: Pairing, refs: dict[int, Ref]) -> Holding:
    entry = Called(ref=refs[id(match.entry)], name=match.entry.name)
    hit = Hit(entry=entry, kind=match.kind, score=match.score, verdict=match.verdict, reason=match.reason)
    return Holding(asked=Called(ref=asked.ref, name=asked.name), match=hit)


def _listed(path: Path, told: list[str]) -> Iterator[Listed]:
    file, body = _read(path)
    if exchange.is_json_lines(file, body):
        yield from exchange.listed(file, body, told.append)
        return
    read = lists.entries(file, body, None, every=True)
    told.extend(read.unusable)
    yield from (Listed(ref, entry) for ref, entry in zip(read.refs, read.entries, strict=True))


def _asked(path: Path, told: list[str]) -> Iterator[Asked]:
    file, body = _read(path)
    if exchange.is_json_lines(file, body):
        yield from exchange.asked(file, body, told.append)
        return
    read = lists.entries(file, body, None, every=True)
    told.extend(read.unusable)
    for ref, entry in zip(read.refs, read.entries, strict=True):
        yield Asked(ref, entry.name, subject(entry))


def _read(path: Path) -> tuple[str, bytes]:
    return files.text_of(path).rpartition("/")[2], files.body(path, most=LARGEST, error=ConfigError)
