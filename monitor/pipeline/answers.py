"""What somebody may ask of the history, and the answers, as values: whoever shows them needs neither the store nor its rules.

Each function takes a History, which may be opened read-only, and writes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor import vocabulary
from monitor.errors import MonitorError
from monitor.history import Act, History, Recorded, RegisterStatus, Stay
from monitor.model import Announcement, KeyDate, Problem
from monitor.source.health import Health
from monitor.source.schedule import Tried, next_poll
from monitor.source.scraper import Source
from monitor.timeline import Asked, Life, Sighting, Status, Stood, Timeline, known
from monitor.timeline.calendar import calendar

NEWEST = 10  # acts in a state of affairs
NEAR = 60.0  # of 100; below, a name is not what somebody may have meant


@dataclass(frozen=True, slots=True)
class AsOf:
    """How everything that is about what was asked stood on a day: the parts of measures, and the rows of whole registers.

    Parts come in the order of `Status`, the earliest first; of whom and what one names, only that which was asked for is there.
    """

    stood: tuple[Stood, ...]
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of what somebody asks for: acts, the lives in them, what was recorded, rows of whole registers."""

    acts: tuple[Sighting, ...]
    lives: tuple[Life, ...]
    recorded: tuple[Recorded, ...]
    stays: tuple[Stay, ...]


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
    messages: Mapping[str, int]
    newest: tuple[Act, ...]


def asof(history: History, day: date, known_on: date | None, asked: Asked) -> AsOf:
    """How what is asked stood on a day, as it is known now or was known at the end of another day."""
    found = Timeline(known(history.sightings(), known_on)).on(day, asked)
    stood = tuple(_narrowed(each, asked) for each in sorted(found, key=_order))
    return AsOf(stood, _stays(history, asked.entity, day, known_on) if asked.entity else ())


def _order(stood: Stood) -> tuple[int, str, str]:
    return list(Status).index(stood.span.status), stood.life.act.published or "", stood.life.act.key


def _narrowed(stood: Stood, asked: Asked) -> Stood:
    """The same, of what it names only that which is asked for."""
    life = stood.life
    named = tuple(each for each in life.entities if not asked.entity or asked.names(each))
    controlled = tuple(each for each in life.items if not asked.item or asked.about(each))
    return replace(stood, life=replace(life, entities=named, items=controlled))


def _stays(history: History, name: str, day: date, known_on: date | None) -> tuple[Stay, ...]:
    every = (_as_known(stay, known_on) for stay in history.stays(name))
    return tuple(stay for stay in every if stay and _stood(stay, day))


def _as_known(stay: Stay, on: date | None) -> Stay | None:
    """What was known of a record at the end of a day; None where it had not been seen."""
    if on is None:
        return stay
    gone = stay.gone if stay.gone and vocabulary.today(stay.register, stay.gone) <= on else None
    return replace(stay, gone=gone) if vocabulary.today(stay.register, stay.first_seen) <= on else None


def _stood(stay: Stay, day: date) -> bool:
    """Whether a record stood on its register on a day; days are those of the publisher."""
    left = vocabulary.today(stay.register, stay.gone) if stay.gone else date.max
    return vocabulary.today(stay.register, stay.first_seen) <= day < left


def show(history: History, about: str) -> Story:
    """The whole story of an act, an entity or a code, with its evidence.

    Raises:
        MonitorError: nothing that is known is called that; it names the nearest.
    """
    sightings = history.sightings()
    timeline = Timeline(known(sightings))
    lives = timeline.of_act(about)
    if lives or any(each.now.key == about for each in sightings):
        return _told(history, sightings, lives, _related(timeline, about))
    lives, stays = _about(timeline, about), tuple(history.stays(about))
    if not lives and not stays:
        raise MonitorError(f"{about}: no act, name or code that is known is called that; {_nearest(sightings, about)}")
    return _told(history, sightings, lives, _concerned(lives), stays)


def _told(
    history: History, sightings: Iterable[Sighting], lives: Iterable[Life], keys: set[str], stays: tuple[Stay, ...] = ()
) -> Story:
    """The story that these lives and all acts with these keys are part of."""
    acts = tuple(each for each in sightings if each.now.key in keys)
    return Story(acts, tuple(lives), tuple(history.recorded(keys)), stays)


def _about(timeline: Timeline, about: str) -> list[Life]:
    """What names an entity or an item that is called so."""
    return [life for life in timeline.lives if Asked(entity=about).meets(life) or Asked(item=about).meets(life)]


def _related(timeline: Timeline, key: str) -> set[str]:
    """An act, those that name it, and those it names."""
    amends = {(life.act.key, target.key) for life in timeline.lives for target in life.measure.amends}
    return {key} | {by for by, target in amends if target == key} | {target for by, target in amends if by == key}


def _concerned(lives: Sequence[Life]) -> set[str]:
    """The acts of these lives, and those that made them what they are."""
    causes = {cause.act.key for life in lives for span in life.spans for cause in span.because}
    return {life.act.key for life in lives} | causes


def _nearest(sightings: Iterable[Sighting], about: str) -> str:
    """The act or name that somebody may have meant."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a wrong name pays for it

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
