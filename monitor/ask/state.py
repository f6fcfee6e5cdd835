"""The monitor's own state: how its sources are, what is not delivered, and what it may have missed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from monitor.config.stores import Store
from monitor.days import SHORT_WEEKDAYS
from monitor.model import Problem, Value, frozen
from monitor.source.health import Health, SourceMute
from monitor.source.schedule import Tried, compute_next_poll, get_cadence, learn_habits
from monitor.source.scraper import HOUR, HOURS_OF_A_WEEK, MEMORY, Source
from monitor.store import (
    Act,
    History,
    OutboxState,
    RegisterStatus,
    TroubleState,
    addresses,
    looks,
    mutes,
    outbox,
    registers,
    sightings,
    troubles,
)
from monitor.store import acts as stored_acts

NEWEST = 10  # acts in a state of affairs


@frozen
class SourceState:
    """The health of a source: its last good poll (None: never), its next poll, and why each page in
    `unread` is pending; whether it is `muted`.
    """

    source: str
    last_ok: datetime | None
    due: datetime
    problem: Problem | None
    unread: tuple[str, ...]
    muted: SourceMute | None = None


@frozen
class State:
    """The monitor's health: its sources, whole registers, `messages` by state, the newest acts;
    `troubles` are the reported open incidents.
    """

    sources: tuple[SourceState, ...]
    registers: tuple[RegisterStatus, ...]
    messages: Mapping[OutboxState, int]
    newest: tuple[Act, ...]
    troubles: tuple[TroubleState, ...] = ()


@frozen
class SourceGaps:
    """A source's gaps since a moment; `last_ok` is its last good read (None: never)."""

    source: str
    gaps: tuple[tuple[datetime, datetime], ...]
    last_ok: datetime | None


def find_gaps(
    history: History, sources: Sequence[Source], since: datetime, now: datetime
) -> list[SourceGaps]:
    """List what each source may have missed since a moment; the longest gap first."""
    looked = history(
        lambda session: {
            each.source: each.gaps for each in looks.list_coverage(session, since, now)
        }
    )
    health = history(troubles.load_source_healths)
    found = [
        _make_source_gaps(
            source.id, health.get(source.id, Health()), looked.get(source.id), since, now
        )
        for source in sources
    ]
    return sorted(found, key=lambda each: sum((gap[0] - gap[1] for gap in each.gaps), timedelta()))


def _make_source_gaps(
    source: str,
    health: Health,
    looked: tuple[tuple[datetime, datetime], ...] | None,
    since: datetime,
    now: datetime,
) -> SourceGaps:
    first = health.first_ok
    if first is None or looked is None:
        return SourceGaps(source, ((max(since, health.last_ok or since), now),), health.last_ok)
    before = ((since, first),) if first > since else ()
    return SourceGaps(
        source, (*before, *((max(begin, since), end) for begin, end in looked)), health.last_ok
    )


def _find_next(
    source: Source, tried: Tried | None, state: Health | None, now: datetime
) -> datetime:
    """Return when a source is polled next, or a page from it must be handed in."""
    last = (state.last_ok if state else None) or now
    return last + source.by_hand if source.by_hand else compute_next_poll(source, tried, now)


def load_state(history: History, sources: Sequence[Source], now: datetime) -> State:
    """Load each source's health, the pending messages, the newest acts."""
    health, tried = history(troubles.load_source_healths), history(addresses.load_last_polls)
    muted = {mute.source: mute for mute in history(mutes.list_source_mutes, now)}
    states = (
        SourceState(
            source.id,
            # No later than now: of a clock that was ahead, and was set back since, nobody knows the
            # true time.
            min(state.last_ok, now) if (state := health.get(source.id)) and state.last_ok else None,
            max(_find_next(source, tried.get(source.id), health.get(source.id), now), now),
            state.problem if state else None,
            tuple(history(addresses.list_unread_pages_of_source, source.id)),
            muted.get(source.id),
        )
        for source in sources
    )
    return State(
        tuple(states),
        tuple(history(registers.list_register_statuses)),
        history(outbox.count_by_state),
        tuple(history(stored_acts.list_newest_acts, NEWEST)),
        tuple(
            sorted(
                history(troubles.list_incident_states),
                key=lambda trouble: (-trouble.severity.rank, trouble.since),
            )
        ),
    )


# The sources as a person lists them: their pace in words, and the hours of news that were learnt.


class Learnt(Value, kw_only=True):
    """A source's learnt hours of news, by weekday and zone, and its pace in them, in words."""

    day: str
    hours: str
    zone: str
    every: str


class Listed(Value, kw_only=True):
    """A source, its address, its set pace in words, and its `learnt` hours. `attribution` is the
    name to give when its data is passed on, "" if none is required.
    """

    id: str
    name: str
    authority: str
    url: str
    every: str
    learnt: tuple[Learnt, ...] = ()
    attribution: str = ""


def list_sources(sources: Iterable[Source], now: datetime) -> tuple[Listed, ...]:
    """The sources in their order; what is learnt of them holds for the week from now on."""
    return tuple(
        Listed(
            id=source.id,
            name=source.name,
            authority=source.authority,
            url=source.request.url,
            every="; ".join(_describe_paces(source)),
            learnt=tuple(_describe_learnt(source, now)),
            attribution=source.attribution,
        )
        for source in sources
    )


def _describe_learnt(source: Source, now: datetime) -> Iterator[Learnt]:
    """The hours of the week that bring news, those together that follow each other at one pace."""
    if source.habit is None:
        return
    zone, haste = source.habit.zone, source.habit.haste
    first = now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    week = [
        (hour.weekday(), hour.hour, get_cadence(source, hour))
        for hour in (first + n * HOUR for n in range(HOURS_OF_A_WEEK))
    ]
    known = sorted((day, hour, pace) for day, hour, pace in week if (day, hour) in haste)
    runs = groupby(
        enumerate(known), key=lambda place: (place[1][0], place[1][1] - place[0], place[1][2])
    )
    for (day, _, pace), run in runs:
        hours = [hour for _, (_, hour, _) in run]
        yield Learnt(
            day=SHORT_WEEKDAYS[day],
            hours=f"{hours[0]:02}:00-{hours[-1] + 1:02}:00",
            zone=str(zone),
            every=_format_minutes(pace),
        )


def _describe_paces(source: Source) -> Iterator[str]:
    """`5 min; 1 min Mon-Fri 08:30-17:30 Asia/Shanghai; 1 min from Mon-Fri 08:45 11:15
    America/New_York on`.
    """
    yield "by hand" if source.by_hand else _format_minutes(source.every)
    if busy := source.busy:
        yield f"{_format_minutes(busy.period)} {busy.days} {busy.hours} {busy.zone}"
    if at := source.at:
        yield f"{_format_minutes(at.period)} from {at.days} {at.times} {at.zone} on"


def _format_minutes(period: timedelta) -> str:
    return f"{period / timedelta(minutes=1):.3g} min"


def add_learned_hours(store: Store, sources: Iterable[Source], now: datetime) -> list[Source]:
    """Load the sources with their learnt hours, as a daemon over this store has them.

    Raises:
        StoreError: the history can't be read.
    """
    sources = list(sources)
    with History(store, read_only=True) as history:
        learnt = learn_habits(sources, history(sightings.list_publishing_times, now - MEMORY), now)
    return [replace(source, habit=learnt.get(source.id)) for source in sources]
