"""Many segments of an index of names → one that says the same, some packs at a time. Pure but for reading packs."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from monitor.watch.packed import Section, Segment
from monitor.watch.packs import (
    NAMES,
    NUMBER,
    OTHERS,
    SIZE,
    Pack,
    entries_in,
    left,
    of_entries,
    of_words,
    summed,
    words_in,
)


def merged(kind: str, segments: Sequence[Segment], behind: Pack | None, most: int) -> tuple[list[Pack], bool]:
    """About so many packs of one kind of what these segments are together, from `behind` a pack on; whether they are the last."""
    of_names = kind in (NAMES, OTHERS)
    last = _last(behind) if behind else None
    streams = [_behind(one, one.sections[kind], kind, last) for one in segments if kind in one.sections]
    level: Callable[[list[Any]], list[Any]] = left if of_names else summed
    entries, done = _woven(streams, level, most * SIZE)
    return list(of_entries(kind, entries) if of_names else of_words(kind, entries)), done


def _last(pack: Pack) -> Any:
    return entries_in(pack.body)[-1] if pack.kind in (NAMES, OTHERS) else words_in(pack.body, pack.size)[-1]


def _order(entry: Any) -> Any:
    """By what entries are in order: a number, with which whatever takes it back goes; or a word, however many names have it."""
    return entry | 1 if isinstance(entry, int) else entry[0]


def _behind(one: Segment, section: Section, kind: str, last: Any) -> Iterator[list[Any]]:
    """The entries of a segment behind this one, a pack at a time."""
    first = last if last is None else last >> NUMBER if kind in (NAMES, OTHERS) else last[0]
    begins = 0 if first is None else bisect_left(section.lasts, first)
    for place in range(begins, len(section.ids)):
        body = one.body(section.ids[place])
        entries: list[Any] = entries_in(body) if kind in (NAMES, OTHERS) else words_in(body, section.sizes[place])
        if some := entries if last is None else entries[bisect_right(entries, _order(last), key=_order) :]:
            yield some


def _woven(streams: list[Iterator[list[Any]]], level: Callable[[list[Any]], list[Any]], most: int) -> tuple[list[Any], bool]:
    """The entries of streams in one order, levelled, at least so many if there are; whether these are all."""
    made: list[Any] = []
    waiting = [(stream, some) for stream in streams if (some := next(stream, []))]
    while waiting and len(made) < most:
        until = min(_order(some[-1]) for _, some in waiting)
        cut = [(stream, some, bisect_right(some, until, key=_order)) for stream, some in waiting]
        made += level(sorted(chain.from_iterable(some[:place] for _, some, place in cut)))
        rest = ((stream, some[place:] or next(stream, [])) for stream, some, place in cut)
        waiting = [(stream, some) for stream, some in rest if some]
    return made, not waiting
