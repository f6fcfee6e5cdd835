"""All acts on record and their effects, each part computed on first use. No I/O."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from monitor import vocabulary
from monitor.model import Action, Announcement, KeyDate, KeyDateKind, Reminder, Target, frozen
from monitor.timeline.lifecycle import is_extension
from monitor.timeline.timeline import Timeline, list_known
from monitor.timeline.unread import FindActs, find_no_acts
from monitor.timeline.values import Cause, Ending, Lifecycle, Sighting, Span, Status


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
        for key_date in _of_lifecycle(lifecycle)
    ]
    for key_date in _once(every):
        alike_dates[key_date.act, key_date.kind, key_date.on, key_date.action].append(key_date)
    marks = _marks(timeline)
    return sorted(
        (_joined(alike, marks) for alike in alike_dates.values()),
        key=lambda key_date: (key_date.on, key_date.act, key_date.kind),
    )


def _once(dates: Sequence[tuple[Lifecycle, KeyDate]]) -> Iterator[KeyDate]:
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
        if not (told and is_extension(lifecycle.measure)):
            yield key_date


def _of_lifecycle(lifecycle: Lifecycle) -> Iterator[KeyDate]:
    """An act known only from other acts' words has their days."""
    target = (Target(key=lifecycle.act.key, clauses=lifecycle.clauses),)
    for before, after in pairwise(lifecycle.spans):
        if before.status is Status.ANNOUNCED and after.status is Status.IN_FORCE:
            yield _start(lifecycle, after)
        elif after.status is Status.SUSPENSION_ENDED and after.last:
            # A suspension's last day adds nothing to that of its targets.
            yield _last_day(
                KeyDateKind.SUSPENSION_END,
                after.last,
                after.because[0].act,
                lifecycle,
                after.because[-1],
                target,
                [cause for cause in after.changed if _begins_by(cause, after.since)],
            )
        elif after.why is Ending.EXPIRED and lifecycle.measure.action is not Action.SUSPEND:
            stated = after.because[0]
            own = stated.measure is lifecycle.measure  # else another act gave it its last day
            yield _last_day(
                KeyDateKind.END, before.until, stated.act, lifecycle, stated, () if own else target
            )


def _begins_by(cause: Cause, day: date) -> bool:
    """Return whether a change already counts on a day: not if it begins later."""
    starts = cause.measure.starts
    return starts is None or starts.on[:10] <= day.isoformat()


def _start(lifecycle: Lifecycle, span: Span) -> KeyDate:
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


def _last_day(
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


def _marks(timeline: Timeline) -> Mapping[str, set[str]]:
    """Map acts to their clauses with a history of their own; an act not `seen` may have others."""
    marks: dict[str, set[str]] = defaultdict(set)
    for lifecycle in timeline.lifecycles:
        marks[lifecycle.act.key].update(lifecycle.clauses if lifecycle.seen else OTHERS)
    return marks


def _joined(alike: Sequence[KeyDate], marks: Mapping[str, set[str]]) -> KeyDate:
    """Join the parts of one act that share a day."""
    parts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for target in (target for key_date in alike for target in key_date.amends):
        parts[target.key].append(target.clauses)
    amends = (Target(key=key, clauses=_clauses(of, marks[key])) for key, of in parts.items())
    return alike[0].replace(
        clauses=_clauses([key_date.clauses for key_date in alike], set()),
        amends=tuple(sorted(amends, key=lambda target: (len(target.key), target.key))),
    )


def _clauses(parts: Sequence[tuple[str, ...]], all_of_it: set[str]) -> tuple[str, ...]:
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
        if (reminder := _fallen_due(key_date, first_seen[key_date.act], now))
    ]


def _fallen_due(key_date: KeyDate, first_seen: datetime, now: datetime) -> Reminder | None:
    on, today = date.fromisoformat(key_date.on), vocabulary.today(key_date.authority, now)
    known = vocabulary.today(key_date.authority, first_seen)
    fallen = [
        (on - timedelta(days=days), days) for days in BEFORE if on - timedelta(days=days) <= today
    ]
    due, days = max(fallen, default=(date.min, 0))
    if not known < due or today - due > LATEST:
        return None
    return Reminder(dates=(key_date,), before=days, due=due.isoformat(), late=(today - due).days)
