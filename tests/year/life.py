"""The pipeline lived through a plan by an injected clock: polled when it is due, killed and
begun again, told to two channels.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

from toy_offices import offices

from monitor.alert.event import Notice, NoticeKind
from monitor.clock import Clock
from monitor.config import Config, FetchSettings, SourceSettings
from monitor.config.times import Duration
from monitor.deliver.channel import Channel, Pace
from monitor.deliver.sending import deliver
from monitor.errors import DeliveryError
from monitor.poll import assembly
from monitor.poll.assembly import open_pipeline, poll
from monitor.poll.outcome import Outcome
from monitor.poll.poll import Pipeline
from monitor.poll.replay import StoryClock
from monitor.poll.rota import Rota
from monitor.poll.round import enqueue_due
from monitor.store import ALERTS, OPS, outbox
from monitor.store.threaded import HistoryThread
from year.plan import Plan, Stretch
from year.web import Web

TICK = timedelta(seconds=5)
RETRY = timedelta(minutes=1)  # between two rounds while something is owed to people
DOWN = timedelta(seconds=40)  # from a kill until the process is there again
# between two looks for sources that give nothing: the daemon's minute would cost most of the time
SILENCE = timedelta(minutes=30)
NEVER = timedelta(days=1)  # no two ticks are so far apart, so that none is taken for a sleep
MEMORY = Path("/dev/shm")  # where there is such a place: what a disk syncs is not what is simulated


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it is done."""


class Mortal(HistoryThread):
    """A history asked without a thread; once it is `doomed` the process dies at one of the next
    questions.
    """

    doomed: int | None = None

    async def run(self, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if Mortal.doomed is not None:
            Mortal.doomed -= 1
            if Mortal.doomed < 0:
                raise Killed
        return method(self._history, *args, **kwargs)


@dataclass
class Told:
    """A message that stands in a channel: when, and what of."""

    at: datetime
    notice: Notice


@dataclass
class Room(Channel):
    """A channel of Slack that is away for hours, and loses the answer to what it took when it
    begins to be.
    """

    name: str
    clock: Clock
    out: Sequence[Stretch]
    searchable: bool = True
    pace: Pace = field(default_factory=lambda: Pace(gap=1.0))
    said: list[Told] = field(default_factory=list)
    _lost: set[datetime] = field(default_factory=set)

    def post(self, notice: Notice, *, thread: str | None) -> str:
        now = self.clock.now()
        out = next((stretch for stretch in self.out if stretch.holds(now)), None)
        if out is None or out.begins not in self._lost:
            self.said.append(Told(now, notice))
        if out is None:
            return str(len(self.said))
        if out.begins not in self._lost:
            self._lost.add(out.begins)
            raise DeliveryError("the line broke", outcome="unknown")
        raise DeliveryError("no answer", outcome="refused")

    def update(self, notice: Notice, receipt: str) -> str:
        if any(stretch.holds(self.clock.now()) for stretch in self.out):
            raise DeliveryError("no answer", outcome="refused")
        self.said.append(Told(self.clock.now(), notice))
        return receipt

    def find(self, key: str, *, thread: str | None, since: str | None) -> str | None:
        if any(stretch.holds(self.clock.now()) for stretch in self.out):
            raise DeliveryError("no answer", outcome="unknown")
        return next(
            (str(at) for at, told in enumerate(self.said, 1) if told.notice.key == key), None
        )


@dataclass
class Lived:
    """How it went: what was told."""

    plan: Plan
    alerts: list[Told]
    ops: list[Told]


def live(plan: Plan) -> Lived:
    """Live through a plan from its begin to its end."""
    with _folder() as store, mock.patch.object(assembly, "HistoryThread", Mortal):
        return asyncio.run(Life(plan, store).live())


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="year-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


class Life:
    """One store from begin to end, through all the processes that serve it."""

    def __init__(self, plan: Plan, store: Path) -> None:
        self._plan, self._store = plan, store
        self._clock = StoryClock(plan.whole.begins)
        self._web = Web(plan, self._clock)
        self._rooms = {name: Room(name, self._clock, plan.slack_out) for name in (ALERTS, OPS)}
        self._kills, self._asleep = list(plan.kills), list(plan.asleep)
        self._dice, self._owed = count(), False
        self._looked: datetime | None = None
        others = set(offices.NAMES) - set(plan.offices)
        self._config = Config(
            packages=("toy_offices",),
            fetch=FetchSettings(robots=False, gap=Duration(milliseconds=1)),
            sources={f"offices.{name}": SourceSettings(enabled=False) for name in others},
        )

    async def live(self) -> Lived:
        while self._clock.now() < self._plan.whole.ends:
            Mortal.doomed = None
            try:
                async with open_pipeline(
                    self._config, self._store, self._clock, transport=lambda _: self._web
                ) as pipeline:
                    await self._awake(pipeline)
                    Mortal.doomed = None
            except Killed:
                self._clock.move_to(self._clock.now() + DOWN)
        rooms = self._rooms
        return Lived(self._plan, rooms[ALERTS].said, rooms[OPS].said)

    async def _awake(self, pipeline: Pipeline) -> None:
        """One process, until it is killed or all is over; a sleep of the machine in between is a
        new rota in the same process.
        """
        while self._clock.now() < self._plan.whole.ends:
            await self._until_asleep(pipeline, Rota(pipeline, sleep=NEVER))
            if self._asleep:
                self._clock.move_to(self._asleep.pop(0).ends)

    async def _until_asleep(self, pipeline: Pipeline, rota: Rota) -> None:
        ends = self._asleep[0].begins if self._asleep else self._plan.whole.ends
        while self._clock.now() < ends:
            if self._kills and self._kills[0] <= self._clock.now():
                self._kills.pop(0)
                Mortal.doomed = next(self._dice) * 7 % 23
            owed = await self._round(pipeline, rota)
            due, _ = (await rota.timetable()).coming() or (ends, "")
            self._clock.move_to(
                min(_on_the_tick(min(due, self._clock.now() + RETRY) if owed else due), ends)
            )

    async def _round(self, pipeline: Pipeline, rota: Rota) -> bool:
        """One pass as the daemon makes it; whether something is still owed to people."""
        history = pipeline.history
        awake = await rota.ticked()
        looks = self._looked is None or self._clock.now() - self._looked >= SILENCE
        self._looked = self._clock.now() if looks else self._looked
        sources = pipeline.registry.sources
        await pipeline.watching.refresh(history, pipeline.now)
        outcomes = list[Outcome]()
        for source in await rota.due(0):
            outcomes.append(await poll(pipeline, source))
            await rota.ended(outcomes[-1])
        since = awake if looks else None
        await enqueue_due(pipeline, sources, self._rooms, outcomes=outcomes, awake=since)
        undelivered = await deliver(history, self._rooms, self._clock)
        self._owed = bool(undelivered) or (self._owed and await self._waits(pipeline))
        return self._owed

    async def _waits(self, pipeline: Pipeline) -> bool:
        return any([await pipeline.history(outbox.list_pending, name) for name in self._rooms])


def _on_the_tick(moment: datetime) -> datetime:
    """The first tick at or after a moment."""
    seconds = moment.timestamp()
    return moment + timedelta(seconds=-seconds % TICK.total_seconds())


QUIET_KINDS = frozenset({NoticeKind.DETAILS, NoticeKind.ROWS, NoticeKind.PARENT, NoticeKind.DIGEST})
