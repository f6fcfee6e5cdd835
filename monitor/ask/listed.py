"""The sources as a person lists them: their pace in words, and the hours of news that were learnt."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from monitor.config.stores import Store
from monitor.days import SHORT_WEEKDAYS
from monitor.model import Value
from monitor.source.schedule import get_cadence, learn_habits
from monitor.source.scraper import HOUR, HOURS_OF_A_WEEK, MEMORY, Source
from monitor.store import History, sightings


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
