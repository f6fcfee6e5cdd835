"""The lives of all measures, indexed so that a day and a question are answered at once. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from itertools import chain

from monitor.model import Announcement, LastRead
from monitor.timeline.lifecycle import build_lifecycles, list_nodes
from monitor.timeline.unread import FindActs, add_hedges, find_no_acts
from monitor.timeline.values import (
    CHANGING,
    Lifecycle,
    MeasureQuery,
    Path,
    Sighting,
    Status,
    StatusOnDay,
    list_all_names,
    list_codes,
    make_identities,
)
from monitor.vocabulary.letters import bare


def list_known(
    sightings: Iterable[Sighting], on: date | None = None
) -> list[tuple[Announcement, datetime]]:
    """The acts known at the end of a day (None: now), each with its first sight."""
    acts = [
        (sighting.now if on is None else sighting.on(on), sighting.first_seen)
        for sighting in sightings
    ]
    return [(act, seen) for act, seen in acts if act is not None]


class Timeline:
    """The law on any day, by acts and their first sight; their order does not count."""

    def __init__(
        self,
        seen: Iterable[tuple[Announcement, datetime]],
        find_acts: FindActs = find_no_acts,
    ) -> None:
        acts = {act.key: (act, at) for act, at in seen}
        lives = build_lifecycles(node for act, at in acts.values() for node in list_nodes(act, at))
        self.lifecycles = add_hedges(tuple(lives), acts.values(), find_acts)
        self._seen: tuple[Mapping[str, LastRead], Timeline] | None = None

    def as_seen(self, last_read: Callable[[str], LastRead]) -> "Timeline":
        """Add last reads where later acts may be unseen.

        The authority is stale, or the question is about a later day, or it could extend a
        suspension.
        """
        reads = {
            code: last_read(code)
            for code in {lifecycle.act.authority for lifecycle in self.lifecycles}
        }
        if self._seen is None or self._seen[0] != reads:
            lifecycles = tuple(
                _marked(lifecycle, reads[lifecycle.act.authority], last_read)
                for lifecycle in self.lifecycles
            )
            marked = self
            if lifecycles != self.lifecycles:
                marked = Timeline(())
                marked.lifecycles = lifecycles
            self._seen = reads, marked
        return self._seen[1]

    def on(self, day: date, query: MeasureQuery | None = None) -> list[StatusOnDay]:
        """List each matching measure's status on a day. A measure that only changes others is left
        out; an ended one appears only in a query.
        """
        if not query:
            starts, running = self._running
            lifecycles = [
                lifecycle for last, lifecycle in running[: bisect_right(starts, day)] if last >= day
            ]
        else:
            lifecycles = self.about(query)
        return [
            StatusOnDay(lifecycle, span) for lifecycle in lifecycles if (span := lifecycle.on(day))
        ]

    def about(self, query: MeasureQuery) -> list[Lifecycle]:
        """List the histories that match the query, without measures that only change others."""
        if not query:
            return list(self.own)
        return self._in_order(set.intersection(*map(set, self._answers(query))))

    def naming(self, identities: Iterable[Hashable], acts: Iterable[str] = ()) -> list[Lifecycle]:
        """The lives that name one of these, and all of these acts."""
        named = chain.from_iterable(self._by_identity.get(one, ()) for one in identities)
        return self._in_order(
            {*named, *chain.from_iterable(self._by_act.get(act, ()) for act in acts)}
        )

    def of_act(self, key: str) -> list[Lifecycle]:
        """The lives of an act's measures, of those too that only change others."""
        return [self.lifecycles[place] for place in self._by_act.get(key, ())]

    def is_own(self, lifecycle: Lifecycle) -> bool:
        """Return whether it does more than change others."""
        return lifecycle in self._owns

    @cached_property
    def _running(self) -> tuple[list[date], list[tuple[date, Lifecycle]]]:
        """List all open periods by their first day: those days, and each last day with its
        measure.
        """
        spans = (
            (span, lifecycle)
            for lifecycle in self.own
            for span in lifecycle.spans
            if span.status is not Status.ENDED
        )
        every = sorted(spans, key=lambda pair: pair[0].since)
        return [span.since for span, _ in every], [
            (span.until, lifecycle) for span, lifecycle in every
        ]

    @cached_property
    def own(self) -> tuple[Lifecycle, ...]:
        """The histories of measures that are in force by themselves, or change
        something unknown.
        """
        because = (
            (lifecycle, cause)
            for lifecycle in self.lifecycles
            for span in lifecycle.spans
            for cause in span.because
        )
        changing = {cause for lifecycle, cause in because if cause is not lifecycle.cause}
        return tuple(
            lifecycle
            for lifecycle in self.lifecycles
            if lifecycle.measure.action not in CHANGING or lifecycle.cause not in changing
        )

    @cached_property
    def _owns(self) -> frozenset[Lifecycle]:
        return frozenset(self.own)

    def _in_order(self, places: Iterable[int]) -> list[Lifecycle]:
        return [self.lifecycles[place] for place in sorted(places)]

    def _answers(self, query: MeasureQuery) -> Iterator[list[int]]:
        """Map each term of a query to the matching histories."""
        if query.register:
            yield self._index.get(("register", query.register), [])
        if query.entity:
            yield self._index.get(("entity", bare(query.entity)), [])
        if query.destination:
            yield [
                place
                for code in (query.destination.upper(), "")
                for place in self._index.get(("destination", code), ())
            ]
        if query.item:
            yield self._akin(query.code)

    def _akin(self, asked: Path) -> list[int]:
        """Find the histories about a code: those under it, and those above it."""
        upper = (self._index.get(("at", asked[:length]), []) for length in range(1, len(asked)))
        return [*self._index.get(("under", asked), []), *chain.from_iterable(upper)]

    @cached_property
    def _index(self) -> Mapping[Hashable, list[int]]:
        return self._indexed(
            lambda lifecycle: set(_list_search_terms(lifecycle)) if self.is_own(lifecycle) else ()
        )

    @cached_property
    def _by_identity(self) -> Mapping[Hashable, list[int]]:
        return self._indexed(
            lambda lifecycle: make_identities((*lifecycle.entities, *lifecycle.items))
        )

    @cached_property
    def _by_act(self) -> Mapping[Hashable, list[int]]:
        return self._indexed(lambda lifecycle: (lifecycle.act.key,))

    def _indexed(
        self, words: Callable[[Lifecycle], Iterable[Hashable]]
    ) -> Mapping[Hashable, list[int]]:
        """The places of all lives, by words of each."""
        index: dict[Hashable, list[int]] = defaultdict(list)
        for place, lifecycle in enumerate(self.lifecycles):
            for word in words(lifecycle):
                index[word].append(place)
        return dict(index)


def _marked(
    lifecycle: Lifecycle, read: LastRead, last_read: Callable[[str], LastRead]
) -> Lifecycle:
    is_told = not read.fresh or read.last
    if not is_told and all(span.status is not Status.SUSPENSION_ENDED for span in lifecycle.spans):
        return lifecycle
    spans = (
        replace(span, read=last_read(span.because[-1].act.authority))
        if span.status is Status.SUSPENSION_ENDED
        else span
        for span in lifecycle.spans
    )
    return replace(lifecycle, spans=tuple(spans), read=read if is_told else None)


def _list_search_terms(lifecycle: Lifecycle) -> Iterator[Hashable]:
    """Return all search terms of a history."""
    yield "register", lifecycle.measure.register
    yield from (("destination", code) for code in lifecycle.destinations or ("",))
    yield from (
        ("entity", name) for entity in lifecycle.entities for name in list_all_names(entity)
    )
    for path in (path for item in lifecycle.items for path in list_codes(item)):
        yield "at", path
        yield from (("under", path[:length]) for length in range(1, len(path) + 1))
