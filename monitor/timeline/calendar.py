"""The days that change the law without any page changing, and which of them somebody has to be reminded of now. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec

from monitor import vocabulary
from monitor.model import Action, Announcement, KeyDate, KeyDateKind, Reminder, Target
from monitor.timeline import Cause, Ending, Lifecycle, Span, Status, Timeline
from monitor.timeline.effects import extends

BEFORE = (30, 7, 1, 0)  # days before a key date on which people are reminded of it
LATEST = timedelta(days=30)  # a reminder that could not be owed on its day is owed up to so much later


def calendar(timeline: Timeline, since: date = date.min, until: date = date.max) -> list[KeyDate]:
    """The key dates from `since` to `until`, as far as is known: what a later act has overtaken is not among them."""
    alike_dates: dict[tuple[str, str, str, str], list[KeyDate]] = defaultdict(list)
    for key_date in _once([*_of_lifecycles(timeline)]):
        if since.isoformat() <= key_date.on <= until.isoformat():
            alike_dates[key_date.act, key_date.kind, key_date.on, key_date.action].append(key_date)
    marks = _marks(timeline)
    return sorted(
        (_joined(alike, marks) for alike in alike_dates.values()), key=lambda key_date: (key_date.on, key_date.act, key_date.kind)
    )


def _of_lifecycles(timeline: Timeline) -> Iterator[tuple[Lifecycle, KeyDate]]:
    for lifecycle in timeline.lifecycles:
        for key_date in _of_lifecycle(lifecycle):
            yield lifecycle, key_date


def _once(dates: Sequence[tuple[Lifecycle, KeyDate]]) -> Iterator[KeyDate]:
    """Without the last day of what gives another act its last day, where it is told of that one."""
    given = {(key_date.act, key_date.on) for _, key_date in dates if key_date.kind is KeyDateKind.END and key_date.amends}
    for lifecycle, key_date in dates:
        told = key_date.kind is KeyDateKind.END and not key_date.amends and (key_date.act, key_date.on) in given
        if not (told and extends(lifecycle.measure)):
            yield key_date


def _of_lifecycle(lifecycle: Lifecycle) -> Iterator[KeyDate]:
    """What the words of others say of an act that nobody has shown us is of them, so it has its days as well."""
    for before, after in pairwise(lifecycle.spans):
        if before.status is Status.ANNOUNCED and after.status is Status.IN_FORCE:
            yield _start(lifecycle, after)
        elif after.status is Status.SUSPENSION_ENDED:
            yield _suspension_end(lifecycle, after)
        elif after.why is Ending.EXPIRED and lifecycle.measure.action is not Action.SUSPEND:
            yield _end(lifecycle, before, after.because[0])


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


def _end(lifecycle: Lifecycle, before: Span, stated: Cause) -> KeyDate:
    """Its last day, by its own text or by the act that gave it another."""
    own = stated.measure is lifecycle.measure
    return _last_day(KeyDateKind.END, before.until, stated.act, lifecycle, stated, () if own else (_of(lifecycle),))


def _suspension_end(lifecycle: Lifecycle, after: Span) -> KeyDate:
    """A suspension's last day; a suspension of its own says nothing on its last day that its targets don't."""
    assert after.last is not None
    suspended_by, stated = after.because[0].act, after.because[-1]
    return _last_day(KeyDateKind.SUSPENSION_END, after.last, suspended_by, lifecycle, stated, (_of(lifecycle),))


def _of(lifecycle: Lifecycle) -> Target:
    return Target(key=lifecycle.act.key, clauses=lifecycle.clauses)


def _last_day(
    kind: KeyDateKind, on: date, act: Announcement, lifecycle: Lifecycle, stated: Cause, amends: tuple[Target, ...]
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
    )


def _marks(timeline: Timeline) -> Mapping[str, set[str]]:
    """All clauses of each act that have a life of their own."""
    marks: dict[str, set[str]] = defaultdict(set)
    for lifecycle in timeline.lifecycles:
        marks[lifecycle.act.key].update(lifecycle.clauses)
    return marks


def _joined(alike: Sequence[KeyDate], marks: Mapping[str, set[str]]) -> KeyDate:
    """Parts of one act that share a day, as one."""
    parts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for target in (target for key_date in alike for target in key_date.amends):
        parts[target.key].append(target.clauses)
    amends = (Target(key=key, clauses=_clauses(of, marks[key])) for key, of in parts.items())
    return msgspec.structs.replace(
        alike[0],
        clauses=_clauses([key_date.clauses for key_date in alike], set()),
        amends=tuple(sorted(amends, key=lambda target: (len(target.key), target.key))),
    )


def _clauses(parts: Sequence[tuple[str, ...]], all_of_it: set[str]) -> tuple[str, ...]:
    """The clauses of all parts; none where one part is not limited to some, or where these are all there are."""
    named = tuple(dict.fromkeys(mark for part in parts for mark in part))
    return () if not all(parts) or set(named) == all_of_it else named


def reminders(dates: Iterable[KeyDate], first_seen: Mapping[str, datetime], now: datetime) -> list[Reminder]:
    """For each date the last reminder that has fallen due, unless its act was first seen on that day or later.

    Older ones say nothing that it does not. On the day on which an act is first seen, the act itself is told.
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
    fallen = [(on - timedelta(days=days), days) for days in BEFORE if on - timedelta(days=days) <= today]
    due, days = max(fallen, default=(date.min, 0))
    if not known < due or today - due > LATEST:
        return None
    return Reminder(dates=(key_date,), before=days, due=due.isoformat(), late=(today - due).days)
