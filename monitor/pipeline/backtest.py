"""The history on record played against the rules and the watch list of today: what would have been told, where, when, to whom.

It is played in a store of its own that is gone afterwards; nothing else is written.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from monitor import vocabulary
from monitor.alert.route import ALERTS, described
from monitor.clock import iso
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.history import OPS, Happening, History, sightings
from monitor.history.threaded import HistoryThread
from monitor.model import Announcement, Value
from monitor.pipeline.coverage import WAY_OUT
from monitor.pipeline.play import Play, ToldLine
from monitor.pipeline.replay import StoryClock
from monitor.pipeline.routing import watch_list_of_today


class RuleLine(Value, frozen=True, kw_only=True):
    """A rule (without a number: none fitted), and how many of the changes it fitted."""

    rule: int | None
    asks: str
    to: tuple[str, ...]
    fitted: int


class DestinationLine(Value, frozen=True, kw_only=True):
    """A destination: messages of its own and replies, those that touch the watch list, those that call somebody."""

    destination: str
    messages: int
    replies: int
    touching: int
    mentioning: int


@dataclass(frozen=True, slots=True)
class Played:
    """What would have been told from `first` on, how each rule and destination fared; `begins` is the oldest day on record."""

    told: tuple[ToldLine, ...]
    rules: tuple[RuleLine, ...]
    destinations: tuple[DestinationLine, ...]
    changes: int
    first: date
    begins: date


def _moment(happening: Happening) -> datetime:
    """When it is played: as it was found; an act that was there already, at noon of the day it was published."""
    act = happening.found
    if not (happening.baseline and isinstance(act, Announcement)):
        return happening.at
    day = vocabulary.day(act.published or "", act.authority)
    return (
        min(happening.at, datetime.combine(day, time(12), vocabulary.zone(act.authority)).astimezone(UTC))
        if day
        else happening.at
    )


async def played(config: Config, history: History, first: date, last: date) -> Played:
    """What would have been told from the first day to the last (days of UTC).

    Raises:
        MonitorError: nothing is on record: that no rule fits it says nothing of any rule.
    """
    watch = watch_list_of_today(config, history)
    happenings = sorted(
        ((_moment(happening), happening) for happening in history(sightings.happenings)), key=lambda pair: pair[0]
    )
    start, end = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
    if not happenings:
        raise MonitorError(f"nothing is on record that could be played; {WAY_OUT}")
    begins = happenings[0][0]
    with tempfile.TemporaryDirectory(prefix="monitor-backtest-") as folder:
        scratch = HistoryThread(History(Path(folder)))
        try:
            play = Play(config, scratch, StoryClock(min(begins, start) - timedelta(seconds=1)), watch, start)
            for moment, happening in happenings:
                if moment < end:
                    await play.happen(happening, moment)
            await play.up_to(end)
        finally:
            scratch.close()
    told = tuple(line for line in play.heard if line.at < iso(end))
    return Played(told, tuple(_rules(play)), tuple(_destinations(config, told)), play.changes, first, begins.date())


def _rules(play: Play) -> Iterator[RuleLine]:
    for number, rule in enumerate(play.config.routes, 1):
        yield RuleLine(rule=number, asks=described(rule), to=rule.to, fitted=play.fitted[number])
    yield RuleLine(rule=None, asks="(what no rule fits)", to=(ALERTS,), fitted=play.fitted[0])


def _destinations(config: Config, told: Sequence[ToldLine]) -> Iterator[DestinationLine]:
    for name in (ALERTS, OPS, *config.destinations):
        here = [line for line in told if line.to == name]
        yield DestinationLine(
            destination=name,
            messages=sum(not line.in_thread for line in here),
            replies=sum(line.in_thread for line in here),
            touching=sum(bool(line.touches) for line in here),
            mentioning=sum(bool(line.mentions) for line in here),
        )
