"""What somebody may ask of the history, and the answers, as values: whoever shows them needs neither the store nor its rules.

Each function takes a History, which may be opened read-only, and writes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from monitor import vocabulary
from monitor.errors import MonitorError
from monitor.history import Act, History, ListingPeriod, OutboxState, Recorded, RegisterStatus
from monitor.lazy import lazy
from monitor.model import Announcement, KeyDate, Problem
from monitor.source.health import Health
from monitor.source.schedule import Tried, next_poll
from monitor.source.scraper import Source
from monitor.timeline import Asked, Lifecycle, Sighting, Status, StatusOnDay, Timeline, known
from monitor.timeline.calendar import calendar

if TYPE_CHECKING:
    from rapidfuzz import fuzz, process
else:
    fuzz = lazy("rapidfuzz.fuzz")
    process = lazy("rapidfuzz.process")

NEWEST = 10  # acts in a state of affairs
NEAR = 60.0  # of 100; below, a name is not what somebody may have meant


@dataclass(frozen=True, slots=True)
class AsOf:
    """How everything that is about what was asked stood on a day: the parts of measures, and the rows of whole registers.

    Parts come in the order of `Status`, the earliest first; of whom and what one names, only that which was asked for is there.
    """

    on_day: tuple[StatusOnDay, ...]
    periods: tuple[ListingPeriod, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of what somebody asks for: acts, the lives in them, what was recorded, rows of whole registers."""

    acts: tuple[Sighting, ...]
    lifecycles: tuple[Lifecycle, ...]
    recorded: tuple[Recorded, ...]
    periods: tuple[ListingPeriod, ...]


@dataclass(frozen=True, slots=True)
class KeyDates:
    """Days on which the law changes and no page does, and all known acts by key, for those that a day is about."""

    dates: tuple[KeyDate, ...]
    acts: Mapping[str, Announcement]


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source is doing: its last good poll (None: never), when it is due, and why each page `unread` is still owed."""

    source: str
    last_ok: datetime | None
    due: datetime
    problem: Problem | None
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """How the monitor is doing: its sources, the registers that are read whole, `messages` by state, the newest acts."""

    sources: tuple[SourceState, ...]
    registers: tuple[RegisterStatus, ...]
    messages: Mapping[OutboxState, int]
    newest: tuple[Act, ...]


def asof(history: History, day: date, known_on: date | None, asked: Asked) -> AsOf:
    """How what is asked stood on a day, as it is known now or was known at the end of another day."""
    found = Timeline(known(history.sightings(), known_on)).on(day, asked)
    on_day = tuple(_narrowed(each, asked) for each in sorted(found, key=_order))
    return AsOf(on_day, _periods(history, asked.entity, day, known_on) if asked.entity else ())


def _order(on_day: StatusOnDay) -> tuple[int, str, str]:
    return list(Status).index(on_day.span.status), on_day.lifecycle.act.published or "", on_day.lifecycle.act.key


def _narrowed(on_day: StatusOnDay, asked: Asked) -> StatusOnDay:
    """The same, of what it names only that which is asked for."""
    lifecycle = on_day.lifecycle
    named = tuple(each for each in lifecycle.entities if not asked.entity or asked.names(each))
    controlled = tuple(each for each in lifecycle.items if not asked.item or asked.about(each))
    return replace(on_day, lifecycle=replace(lifecycle, entities=named, items=controlled))


def _periods(history: History, name: str, day: date, known_on: date | None) -> tuple[ListingPeriod, ...]:
    every = (_as_known(period, known_on) for period in history.listing_periods(name))
    return tuple(period for period in every if period and _on_day(period, day))


def _as_known(period: ListingPeriod, on: date | None) -> ListingPeriod | None:
    """What was known of a record at the end of a day; None where it had not been seen."""
    if on is None:
        return period
    gone = period.gone if period.gone and vocabulary.today(period.register, period.gone) <= on else None
    return replace(period, gone=gone) if vocabulary.today(period.register, period.first_seen) <= on else None


def _on_day(period: ListingPeriod, day: date) -> bool:
    """Whether a record stood on its register on a day; days are those of the publisher."""
    left = vocabulary.today(period.register, period.gone) if period.gone else date.max
    return vocabulary.today(period.register, period.first_seen) <= day < left


def show(history: History, about: str) -> Story:
    """The whole story of an act, an entity or a code, with its evidence.

    Raises:
        MonitorError: nothing that is known is called that; it names the nearest.
    """
    sightings = history.sightings()
    timeline = Timeline(known(sightings))
    lifecycles = timeline.of_act(about)
    if lifecycles or any(each.now.key == about for each in sightings):
        return _told(history, sightings, lifecycles, _related(timeline, about))
    lifecycles, periods = _about(timeline, about), tuple(history.listing_periods(about))
    if not lifecycles and not periods:
        raise MonitorError(f"{about}: no act, name or code that is known is called that; {_nearest(sightings, about)}")
    return _told(history, sightings, lifecycles, _concerned(lifecycles), periods)


def _told(
    history: History,
    sightings: Iterable[Sighting],
    lifecycles: Iterable[Lifecycle],
    keys: set[str],
    periods: tuple[ListingPeriod, ...] = (),
) -> Story:
    """The story that these lives and all acts with these keys are part of."""
    acts = tuple(each for each in sightings if each.now.key in keys)
    return Story(acts, tuple(lifecycles), tuple(history.recorded(keys)), periods)


def _about(timeline: Timeline, about: str) -> list[Lifecycle]:
    """What names an entity or an item that is called so."""
    return [
        lifecycle
        for lifecycle in timeline.lifecycles
        if Asked(entity=about).meets(lifecycle) or Asked(item=about).meets(lifecycle)
    ]


def _related(timeline: Timeline, key: str) -> set[str]:
    """An act, those that name it, and those it names."""
    amends = {(lifecycle.act.key, target.key) for lifecycle in timeline.lifecycles for target in lifecycle.measure.amends}
    return {key} | {by for by, target in amends if target == key} | {target for by, target in amends if by == key}


def _concerned(lifecycles: Sequence[Lifecycle]) -> set[str]:
    """The acts of these lives, and those that made them what they are."""
    causes = {cause.act.key for lifecycle in lifecycles for span in lifecycle.spans for cause in span.because}
    return {lifecycle.act.key for lifecycle in lifecycles} | causes


def _nearest(sightings: Iterable[Sighting], about: str) -> str:
    """The act or name that somebody may have meant."""
    best = process.extractOne(about, _called(sightings), scorer=fuzz.WRatio, score_cutoff=NEAR)
    return f"did you mean {best[0]!r}?" if best else "`monitor status` lists the newest acts"


def _called(sightings: Iterable[Sighting]) -> list[str]:
    """Everything by which acts and whom they name can be asked for, each once."""
    acts = [each.now for each in sightings]
    entities = [entity for act in acts for measure in act.measures for entity in measure.entities]
    return list(dict.fromkeys([*(act.key for act in acts), *(name for each in entities for name in each.names.values())]))


def key_dates(history: History, since: date, until: date) -> KeyDates:
    """The days from `since` to `until` on which the law changes by itself, as far as is known."""
    acts = known(history.sightings())
    return KeyDates(tuple(calendar(Timeline(acts), since, until)), {act.key: act for act, _ in acts})


def status(history: History, sources: Sequence[Source], now: datetime) -> State:
    """How each source is doing, what is owed, the newest acts."""
    health, tried = history.health(), history.tried()
    return State(
        tuple(_source(history, source, health.get(source.id), tried.get(source.id), now) for source in sources),
        tuple(history.registers()),
        history.counts(),
        tuple(history.acts(NEWEST)),
    )


def _source(history: History, source: Source, health: Health | None, tried: Tried | None, now: datetime) -> SourceState:
    return SourceState(
        source.id,
        health.last_ok if health else None,
        max(next_poll(source, tried, now), now),
        health.problem if health else None,
        tuple(history.unread(source.id)),
    )
