"""The lives of all measures, indexed so that a day and a question are answered at once. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain, pairwise

from monitor import vocabulary
from monitor.model import (
    Action,
    Announcement,
    KeyDate,
    KeyDateKind,
    LastRead,
    Reminder,
    Target,
    frozen,
)
from monitor.timeline.lifecycle import build_lifecycles, is_extension, list_nodes
from monitor.timeline.values import (
    CHANGING,
    Cause,
    Ending,
    FindActs,
    Lifecycle,
    MeasureQuery,
    Path,
    Sighting,
    Span,
    Status,
    StatusOnDay,
    add_hedges,
    find_no_acts,
    list_codes,
    make_identities,
)


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
                _mark_last_read(lifecycle, reads[lifecycle.act.authority], last_read)
                for lifecycle in self.lifecycles
            )
            marked = self
            if lifecycles != self.lifecycles:
                marked = Timeline(())
                marked.lifecycles = lifecycles
            self._seen = reads, marked
        return self._seen[1]

    def on(self, day: date) -> list[StatusOnDay]:
        """List each measure's status on a day, but of those that only change others or are over."""
        starts, running = self._running
        some = [life for last, life in running[: bisect_right(starts, day)] if last >= day]
        return [StatusOnDay(life, span) for life in some if (span := life.on(day))]

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


def _mark_last_read(
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
    for path in (path for item in lifecycle.items for path in list_codes(item)):
        yield "at", path
        yield from (("under", path[:length]) for length in range(1, len(path) + 1))


# All acts on record and their effects, each part computed on first use. No I/O.


@frozen
class Oldest:
    """How far the record goes back: the first day of publication, and the first day of sight.
    `then`: the number of acts known by the end of the day in question.
    """

    then: int
    published: date | None
    seen: date | None


class Law:
    """All acts by key, in the order of their first sight, with their timeline. `find_acts` finds
    the acts that a sentence names.
    """

    def __init__(self, sightings: Iterable[Sighting], find_acts: FindActs = find_no_acts) -> None:
        self._find_acts = find_acts
        self.acts: Mapping[str, Sighting] = {sighting.now.key: sighting for sighting in sightings}
        self._known_on: tuple[date, Timeline] | None = None

    @cached_property
    def timeline(self) -> Timeline:
        """The law as it is known now."""
        return Timeline(list_known(self.acts.values()), self._find_acts)

    @cached_property
    def key_dates(self) -> tuple[KeyDate, ...]:
        """All days on which it changes by itself."""
        return tuple(list_key_dates(self.timeline))

    def list_key_dates(self, since: date, until: date) -> list[KeyDate]:
        """List the key dates from `since` to `until`."""
        return [
            key_date
            for key_date in self.key_dates
            if since.isoformat() <= key_date.on <= until.isoformat()
        ]

    def known_on(self, day: date) -> Timeline:
        """Return the law as known at the end of a day; the last such day is cached."""
        if self._known_on is None or self._known_on[0] != day:
            known = list_known(self.acts.values(), day)
            self._known_on = day, Timeline(known, self._find_acts)
        return self._known_on[1]

    def of(self, keys: Container[str]) -> list[Sighting]:
        """These acts, in the order in which they were first seen."""
        return [sighting for key, sighting in self.acts.items() if key in keys]

    def oldest(self, known_on: date | None) -> Oldest:
        """Compute how far the record goes back, and how many acts were known on a day."""
        first = [sighting.readings[0] for sighting in self.acts.values()]
        return Oldest(
            then=sum(
                known_on is None or sighting.on(known_on) is not None
                for sighting in self.acts.values()
            ),
            published=min(filter(None, map(find_published_day, self.acts.values())), default=None),
            seen=min(
                (vocabulary.today(reading.act.authority, reading.at) for reading in first),
                default=None,
            ),
        )


def find_published_day(sighting: Sighting) -> date | None:
    """The day on which an act was published, as its authority counts it."""
    return vocabulary.day(sighting.now.published or "", sighting.now.authority)


# Key dates without a change of any page, and the reminders that are due. No I/O.

BEFORE = (30, 7, 1, 0)  # days before a key date on which people are reminded of it
LATEST = timedelta(days=30)  # the longest delay of a reminder that could not be sent on its day


def list_key_dates(timeline: Timeline) -> list[KeyDate]:
    """All key dates, as far as is known: what a later act has overtaken is not among them."""
    alike_dates: dict[tuple[str, str, str, str], list[KeyDate]] = defaultdict(list)
    every = [
        (lifecycle, key_date)
        for lifecycle in timeline.lifecycles
        for key_date in _list_key_dates(lifecycle)
    ]
    for key_date in _drop_repeated(every):
        alike_dates[key_date.act, key_date.kind, key_date.on, key_date.action].append(key_date)
    marks = _map_marks(timeline)
    return sorted(
        (_join_dates(alike, marks) for alike in alike_dates.values()),
        key=lambda key_date: (key_date.on, key_date.act, key_date.kind),
    )


def _drop_repeated(dates: Sequence[tuple[Lifecycle, KeyDate]]) -> Iterator[KeyDate]:
    """Leave out the last day of a measure that sets another act's last day: the other one
    reports it.
    """
    given = {
        (key_date.act, key_date.on)
        for _, key_date in dates
        if key_date.kind is KeyDateKind.END and key_date.amends
    }
    for lifecycle, key_date in dates:
        told = (
            key_date.kind is KeyDateKind.END
            and not key_date.amends
            and (key_date.act, key_date.on) in given
        )
        if not (told and is_extension(lifecycle.measure, lifecycle.act)):
            yield key_date


def _list_key_dates(lifecycle: Lifecycle) -> Iterator[KeyDate]:
    """An act known only from other acts' words has their days."""
    target = (Target(key=lifecycle.act.key, clauses=lifecycle.clauses),)
    for before, after in pairwise(lifecycle.spans):
        if before.status is Status.ANNOUNCED and after.status is Status.IN_FORCE:
            yield _make_start(lifecycle, after)
        elif after.status is Status.SUSPENSION_ENDED and after.last:
            # A suspension's last day adds nothing to that of its targets.
            yield _make_last_day(
                KeyDateKind.SUSPENSION_END,
                after.last,
                after.because[0].act,
                lifecycle,
                after.because[-1],
                target,
                [cause for cause in after.changed if _is_begun_by(cause, after.since)],
            )
        elif after.why is Ending.EXPIRED and lifecycle.measure.action is not Action.SUSPEND:
            stated = after.because[0]
            own = stated.measure is lifecycle.measure  # else another act gave it its last day
            yield _make_last_day(
                KeyDateKind.END, before.until, stated.act, lifecycle, stated, () if own else target
            )


def _is_begun_by(cause: Cause, day: date) -> bool:
    """Return whether a change already counts on a day: not if it begins later."""
    starts = cause.measure.starts
    return starts is None or starts.on[:10] <= day.isoformat()


def _make_start(lifecycle: Lifecycle, span: Span) -> KeyDate:
    starts = lifecycle.measure.starts
    return KeyDate(
        kind=KeyDateKind.START,
        on=span.since.isoformat(),
        act=lifecycle.act.key,
        authority=lifecycle.act.authority,
        action=lifecycle.measure.action,
        clauses=lifecycle.clauses,
        amends=lifecycle.measure.amends,
        register=lifecycle.measure.register,
        quote=starts.quote if starts else "",
    )


def _make_last_day(
    kind: KeyDateKind,
    on: date,
    act: Announcement,
    lifecycle: Lifecycle,
    stated: Cause,
    amends: tuple[Target, ...],
    changed: Sequence[Cause] = (),
) -> KeyDate:
    ends = stated.measure.ends
    return KeyDate(
        kind=kind,
        on=on.isoformat(),
        act=act.key,
        authority=act.authority,
        action=Action.SUSPEND if kind is KeyDateKind.SUSPENSION_END else lifecycle.measure.action,
        clauses=() if amends else lifecycle.clauses,
        amends=amends,
        register=lifecycle.measure.register,
        computed=bool(ends and ends.basis == "computed"),
        duration=ends.duration if ends else None,
        quote=ends.quote if ends else "",
        changed=tuple(dict.fromkeys(cause.act.key for cause in changed)),
    )


OTHERS = ("",)  # stands for clauses that nobody has shown us


def _map_marks(timeline: Timeline) -> Mapping[str, set[str]]:
    """Map acts to their clauses with a history of their own; an act not `seen` may have others."""
    marks: dict[str, set[str]] = defaultdict(set)
    for lifecycle in timeline.lifecycles:
        marks[lifecycle.act.key].update(lifecycle.clauses if lifecycle.seen else OTHERS)
    return marks


def _join_dates(alike: Sequence[KeyDate], marks: Mapping[str, set[str]]) -> KeyDate:
    """Join the parts of one act that share a day."""
    parts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for target in (target for key_date in alike for target in key_date.amends):
        parts[target.key].append(target.clauses)
    amends = (Target(key=key, clauses=_join_clauses(of, marks[key])) for key, of in parts.items())
    return alike[0].replace(
        clauses=_join_clauses([key_date.clauses for key_date in alike], set()),
        amends=tuple(sorted(amends, key=lambda target: (len(target.key), target.key))),
    )


def _join_clauses(parts: Sequence[tuple[str, ...]], all_of_it: set[str]) -> tuple[str, ...]:
    """List the clauses of all parts; none if one part has no limit, or if these are all clauses."""
    named = tuple(dict.fromkeys(mark for part in parts for mark in part))
    return () if not all(parts) or set(named) == all_of_it else named


def list_due_reminders(
    dates: Iterable[KeyDate], first_seen: Mapping[str, datetime], now: datetime
) -> list[Reminder]:
    """Find the last due reminder of each date, unless its act was first seen on that day or later.
    Older ones add nothing. On the day of its first sight, the act itself has a message.
    """
    return [
        reminder
        for key_date in dates
        if key_date.act in first_seen
        if (reminder := _find_due_reminder(key_date, first_seen[key_date.act], now))
    ]


def _find_due_reminder(key_date: KeyDate, first_seen: datetime, now: datetime) -> Reminder | None:
    on, today = date.fromisoformat(key_date.on), vocabulary.today(key_date.authority, now)
    known = vocabulary.today(key_date.authority, first_seen)
    fallen = [
        (on - timedelta(days=days), days) for days in BEFORE if on - timedelta(days=days) <= today
    ]
    due, days = max(fallen, default=(date.min, 0))
    if not known < due or today - due > LATEST:
        return None
    return Reminder(dates=(key_date,), before=days, due=due.isoformat(), late=(today - due).days)
