"""The monitor's own state: how its sources are, what is not delivered, and what it may have missed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import Problem
from monitor.source.health import Health, Mute
from monitor.source.schedule import Tried, compute_next_poll
from monitor.source.scraper import Source
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
    troubles,
)
from monitor.store import acts as stored_acts

NEWEST = 10  # acts in a state of affairs


@dataclass(frozen=True, slots=True)
class SourceState:
    """The health of a source: its last good poll (None: never), its next poll, and why each page in
    `unread` is pending; whether it is `muted`.
    """

    source: str
    last_ok: datetime | None
    due: datetime
    problem: Problem | None
    unread: tuple[str, ...]
    muted: Mute | None = None


@dataclass(frozen=True, slots=True)
class State:
    """The monitor's health: its sources, whole registers, `messages` by state, the newest acts;
    `troubles` are the reported open incidents.
    """

    sources: tuple[SourceState, ...]
    registers: tuple[RegisterStatus, ...]
    messages: Mapping[OutboxState, int]
    newest: tuple[Act, ...]
    troubles: tuple[TroubleState, ...] = ()


@dataclass(frozen=True, slots=True)
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
    """Return when a source is polled next, or a page of it is to be handed in."""
    last = (state.last_ok if state else None) or now
    return last + source.by_hand if source.by_hand else compute_next_poll(source, tried, now)


def load_state(history: History, sources: Sequence[Source], now: datetime) -> State:
    """Load each source's health, the pending messages, the newest acts."""
    health, tried = history(troubles.load_source_healths), history(addresses.load_last_polls)
    muted = {mute.source: mute for mute in history(mutes.list_active_mutes, now)}
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
