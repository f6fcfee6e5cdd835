"""Every source, as it is listed: what is polled, where and how often. Apart from the other answers, since it needs no history."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from monitor.config.stores import Store
from monitor.days import SHORT_WEEKDAYS
from monitor.history import History, sightings
from monitor.model import Value
from monitor.source.hours import HOUR, HOURS_OF_A_WEEK, MEMORY
from monitor.source.schedule import cadence, habits
from monitor.source.scraper import Source

MINUTE = timedelta(minutes=1)


class Learnt(Value, frozen=True, kw_only=True):
    """Hours of a day of the week, in a zone, in which a source was seen to bring news, and its pace in them, in words."""

    day: str
    hours: str
    zone: str
    every: str


class Listed(Value, frozen=True, kw_only=True):
    """A source, its address, its pace in words as it is set, and the hours that were `learnt`; `attribution` is whom to name
    where what it gave is passed on, "" where nobody asks for that.
    """

    id: str
    name: str
    authority: str
    url: str
    every: str
    learnt: tuple[Learnt, ...] = ()
    attribution: str = ""


def listed(sources: Iterable[Source], now: datetime) -> tuple[Listed, ...]:
    """The sources in their order; what is learnt of them holds for the week from now on."""
    return tuple(_listed(source, now) for source in sources)


def _listed(source: Source, now: datetime) -> Listed:
    return Listed(
        id=source.id,
        name=source.name,
        authority=source.authority,
        url=source.request.url,
        every=_pace(source),
        learnt=tuple(_learnt(source, now)),
        attribution=source.attribution,
    )


def _learnt(source: Source, now: datetime) -> Iterator[Learnt]:
    """The hours of the week that bring news, those together that follow each other at one pace."""
    if source.habit is None:
        return
    zone, haste = source.habit.zone, source.habit.haste
    first = now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    week = [(hour.weekday(), hour.hour, cadence(source, hour)) for hour in (first + n * HOUR for n in range(HOURS_OF_A_WEEK))]
    known = sorted((day, hour, pace) for day, hour, pace in week if (day, hour) in haste)
    runs = groupby(enumerate(known), key=lambda place: (place[1][0], place[1][1] - place[0], place[1][2]))
    for (day, _, pace), run in runs:
        hours = [hour for _, (_, hour, _) in run]
        yield Learnt(
            day=SHORT_WEEKDAYS[day], hours=f"{hours[0]:02}:00-{hours[-1] + 1:02}:00", zone=str(zone), every=_minutes(pace)
        )


def _pace(source: Source) -> str:
    """`5 min; 1 min Mon-Fri 08:30-17:30 Asia/Shanghai; 1 min from Mon-Fri 08:45 11:15 America/New_York on`."""
    return "; ".join(_paces(source))


def _paces(source: Source) -> Iterator[str]:
    yield _minutes(source.every)
    if busy := source.busy:
        yield f"{_minutes(busy.period)} {busy.days} {busy.hours} {busy.zone}"
    if at := source.at:
        yield f"{_minutes(at.period)} from {at.days} {at.times} {at.zone} on"


def _minutes(period: timedelta) -> str:
    return f"{period / MINUTE:.3g} min"


# When the publishers of sources were seen to publish, as a history shows it.


def with_habits(store: Store, sources: Iterable[Source], now: datetime) -> list[Source]:
    """The sources with what a daemon over this store knows of their hours.

    Raises:
        StoreError: the history can't be read.
    """
    sources = list(sources)
    with History(store, read_only=True) as history:
        learnt = habits(sources, history(sightings.published, now - MEMORY), now)
    return [replace(source, habit=learnt.get(source.id)) for source in sources]
