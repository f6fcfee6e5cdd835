"""Compose what a running daemon reports of itself: its state, its problems, and a summary line."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor import vocabulary
from monitor.clock import format_instant
from monitor.deliver.channel import DeliveryPolicy, run_in_thread
from monitor.errors import DeliveryError, MonitorError
from monitor.model import frozen
from monitor.poll.poll import Pipeline
from monitor.render import words
from monitor.render.text import join_first_names
from monitor.run.life.pulse import Complaint, DaemonTrouble, Next, Pulse, Working
from monitor.source.health import Health
from monitor.source.schedule import Timetable, compute_longest_silence
from monitor.source.scraper import Source
from monitor.store import MONITOR, Vitals, Waiting, looks

ASIDE = 2.0  # seconds for a query of the store: a status request must not wait for a large register


@frozen
class Proof:
    """A daemon as others may see it. `policies` are those of its destinations by name."""

    pipeline: Pipeline
    pulse: Pulse
    policies: Mapping[str, DeliveryPolicy]
    timetable: Callable[[], Awaitable[Timetable]]
    polling: Callable[[], Collection[str]]
    is_full: Callable[[], bool]
    awake: Callable[[], datetime]

    async def working(self) -> Working:
        """Return its present state; while the store is busy or fails, without the store's part."""
        coming = None
        with suppress(TimeoutError, MonitorError):  # of which `find_wrong` says the same
            async with asyncio.timeout(ASIDE):
                coming = await self._next()
        wrong, _ = await self.find_wrong(ASIDE)
        sources = len(self.pipeline.registry.sources)
        return self.pulse.working(sources, self.polling(), coming, wrong)

    async def find_wrong(self, seconds: float) -> tuple[list[Complaint], Mapping[str, datetime]]:
        """List all known problems, and until when which sources are muted; where the store does not
        answer in so many `seconds`, what is known without it.
        """
        try:
            async with asyncio.timeout(seconds):
                vitals = await self.vitals()
                return self.of(vitals), vitals.muted
        except (TimeoutError, MonitorError) as error:
            late = f"the store did not answer within {seconds:g} seconds"
            why = late if isinstance(error, TimeoutError) else str(error)
            text = f"what waits and which sources fail is not known: {why}"
            return [*self.of_itself(), Complaint(DaemonTrouble.STORE, text)], {}

    async def vitals(self) -> Vitals:
        """Load the health of sources and outbox.

        Raises:
            StoreError: the history can't be read.
        """
        return await self.pipeline.history(looks.load_vitals, self.pipeline.now)

    def of(self, vitals: Vitals) -> list[Complaint]:
        """List all problems, from the history's view of outbox and sources; muted sources do not
        count.
        """
        now, awake = self.pipeline.now, self.awake()
        sources = [
            source for source in self.pipeline.registry.sources if source.id not in vitals.muted
        ]
        patience = self.pipeline.config.health.patience
        bounds = {source.id: compute_longest_silence(source, patience, now) for source in sources}
        told = {trouble.about for trouble in vitals.troubles} | {
            each for each, state in vitals.health.items() if state.told
        }
        return [
            *self.of_itself(),
            *list_outbox_complaints(vitals.waiting, self._quiet(now), awake, now),
            *list_source_complaints(sources, vitals.health, told, bounds, awake, now),
        ]

    def status(self) -> str:
        """Summarize its state in a line, without queries."""
        reading = len(self.polling())
        through = (
            f"; all that was due was looked at by {format_instant(self.pulse.through)}"
            if self.pulse.through
            else ""
        )
        full = "; no room on the disk" if self.is_full() else ""
        return (
            f"watching {words.format_count(len(self.pipeline.registry.sources), 'source')}, reading"
            f" {reading} now{through}{full}"
        )

    def of_itself(self) -> list[Complaint]:
        """List the problems that need no query."""
        return list(list_own_complaints(self.pulse, full=self.is_full()))

    def _quiet(self, now: datetime) -> set[str]:
        """List destinations in quiet hours now, or a moment ago, so that their messages are still
        on the way.
        """
        moments = (now, now - STUCK)
        return {
            name
            for name, way in self.policies.items()
            if any(way.quiet_until(moment) for moment in moments)
        }

    async def _next(self) -> Next | None:
        coming = (await self.timetable()).coming()
        return (
            Next(coming[1], format_instant(max(coming[0], self.pipeline.now))) if coming else None
        )


# A daemon's problems with itself: it stands still, delivers nothing, or is blind without a report.
# No I/O.

# for a message that waits, and nothing else arrives at its destination
STUCK = timedelta(minutes=15)
# beyond a source's bound: its next failure, maybe one back-off later, reports it
GRACE = timedelta(minutes=15)
NAMED = 8  # sources that one complaint names
UNREAD = Health()


def list_own_complaints(pulse: Pulse, *, full: bool) -> Iterator[Complaint]:
    """List the problems that a daemon knows without its store."""
    if pulse.is_late:
        last = f"since {format_instant(pulse.ticked)}" if pulse.ticked else "yet"
        yield Complaint(DaemonTrouble.TICKS, f"no tick has come to a good end {last}")
    if full:
        yield Complaint(DaemonTrouble.STORE, "there is no room on the disk: polls wait")


def list_outbox_complaints(
    waiting: Iterable[Waiting], quiet: Collection[str], awake: datetime, now: datetime
) -> Iterator[Complaint]:
    """List destinations with pending messages and no arrivals; those in `quiet` hours may wait."""
    for place in waiting:
        moved = max(filter(None, (place.since, place.last_sent, awake)))
        if now - moved > STUCK and place.destination not in quiet:
            text = (
                f"{place.messages} to {place.destination} wait since {format_instant(place.since)},"
                " and nothing arrives there"
            )
            yield Complaint(DaemonTrouble.OUTBOX, text)


def list_source_complaints(
    sources: Sequence[Source],
    health: Mapping[str, Health],
    told: Collection[str],
    bounds: Mapping[str, timedelta],
    awake: datetime,
    now: datetime,
) -> Iterator[Complaint]:
    """List sources past their bounds without a report, and authorities that can't be seen at all.
    `told` are the sources and authorities (or MONITOR, for all) with an open report or a mute.
    """
    named = {
        source.id for source in sources if {source.id, source.authority, MONITOR}.intersection(told)
    }
    read = {source.id: health.get(source.id, UNREAD).last_ok or awake for source in sources}
    # while we were awake to read it
    unread = {name: now - max(last, awake) for name, last in read.items()}
    if silent := sorted(
        name for name, long in unread.items() if long > bounds[name] + GRACE and name not in named
    ):
        yield Complaint(
            DaemonTrouble.BLIND,
            f"no good poll for too long, and no report: {join_first_names(silent, NAMED)}",
        )
    blind = {name for name, long in unread.items() if long > bounds[name]}
    for authority, paths in _group_by_authority(sources).items():
        if blind.issuperset(paths):
            name = vocabulary.authority(authority)
            yield Complaint(
                DaemonTrouble.BLIND,
                f"{name}: none of its sources was read well for too long:"
                f" {join_first_names(sorted(paths), NAMED)}",
            )


def _group_by_authority(sources: Iterable[Source]) -> Mapping[str, set[str]]:
    paths: defaultdict[str, set[str]] = defaultdict(set)
    for source in sources:
        if source.kind == "acts":
            paths[source.authority].add(source.id)
    return paths


# Pings the dead-man's switch: after a cycle in which all due polls ended and were stored, and
# messages arrive.

log = logging.getLogger(__name__)

RARELY = 60.0  # seconds from one question to the next


@dataclass
class Switch:
    """A dead-man's switch; `ask` pings it, and may block and fail. Made inside the running event
    loop.
    """

    proof: Proof
    ask: Callable[[], None]
    rarely: float = RARELY
    _asked: float | None = None
    _through: datetime | None = None
    _asking: asyncio.Task[None] | None = None
    _withheld: str = field(default="")

    def after_tick(self) -> None:
        """Ping, if a good cycle ended since the last ping, and that was not a moment ago. Nothing
        waits for it.
        """
        through, now = self.proof.pulse.through, time.monotonic()
        too_soon = self._asked is not None and now - self._asked < self.rarely
        if through is None or through == self._through or too_soon or self.tasks:
            return
        self._asking = asyncio.get_running_loop().create_task(self._ask(through, now))

    @property
    def tasks(self) -> Sequence[asyncio.Task[None]]:
        """The running ping."""
        return [self._asking] if self._asking and not self._asking.done() else []

    async def _ask(self, through: datetime, now: float) -> None:
        try:
            why = self._why_not(await self.proof.vitals())
            self._say(why)
            if not why:
                self._through, self._asked = through, now
                await run_in_thread(self.ask)
        except DeliveryError as error:
            log.warning("%s", error)
        except MonitorError as error:
            self._say(str(error))

    def _why_not(self, vitals: Vitals) -> str:
        """Return what spoils this cycle. Failures of single sources are reported to people, and do
        not count.
        """
        wrong = [
            complaint.text
            for complaint in self.proof.of(vitals)
            if complaint.kind is not DaemonTrouble.BLIND
        ]
        states = [vitals.health.get(source.id) for source in self.proof.pipeline.registry.sources]
        if states and not any(state and state.last_ok and not state.problem for state in states):
            wrong.append("no source at all is read well")
        return "; ".join(wrong)

    def _say(self, why: str) -> None:
        """Once for each reason."""
        if why and why != self._withheld:
            log.warning("life.ping: no ping was sent: %s", why)
        self._withheld = why
