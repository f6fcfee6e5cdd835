"""What a running daemon can prove of itself to whoever asks: what it does, what is wrong with it, and a line that sums it up."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.clock import iso
from monitor.deliver import DeliveryPolicy
from monitor.errors import MonitorError
from monitor.history import History, Vitals
from monitor.pipeline.life import complaints
from monitor.pipeline.life.pulse import Complaint, DaemonTrouble, Next, Pulse, Working
from monitor.pipeline.poll import Pipeline
from monitor.render import words
from monitor.source.schedule import longest_silence
from monitor.source.timetable import Timetable

ASIDE = 2.0  # seconds for what only the store knows: who asks what a daemon does must not wait for a large register


@dataclass(frozen=True)
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
        """What it does now; where its store is busy or fails, that it does, without what only that knows."""
        coming = None
        try:
            async with asyncio.timeout(ASIDE):
                coming = await self._next()
                wrong = await self.complaints()
        except (TimeoutError, MonitorError) as error:
            wrong = [
                *self.of_itself(),
                Complaint(DaemonTrouble.STORE, f"what waits and which sources fail is not known: {_why(error)}"),
            ]
        sources = len(self.pipeline.registry.sources)
        return self.pulse.working(sources, self.polling(), coming, wrong)

    async def complaints(self) -> list[Complaint]:
        """All that is known to be wrong.

        Raises:
            StoreError: the history can't be asked.
        """
        return self.of(await self.vitals())

    async def vitals(self) -> Vitals:
        """How sources and outbox are doing.

        Raises:
            StoreError: the history can't be asked.
        """
        return await self.pipeline.history(History.vitals, self.pipeline.clock.now())

    def of(self, vitals: Vitals) -> list[Complaint]:
        """All that is wrong, by what the history says of outbox and sources; of those that are muted nobody wants to hear."""
        now, awake = self.pipeline.clock.now(), self.awake()
        sources = [source for source in self.pipeline.registry.sources if source.id not in vitals.muted]
        patience = self.pipeline.config.health.patience
        bounds = {source.id: longest_silence(source, patience, now) for source in sources}
        told = {trouble.about for trouble in vitals.troubles} | {each for each, state in vitals.health.items() if state.told}
        return [
            *self.of_itself(),
            *complaints.of_outbox(vitals.waiting, self._quiet(now), awake, now),
            *complaints.of_sources(sources, vitals.health, told, bounds, awake, now),
        ]

    def status(self) -> str:
        """What it does, in a line, without asking anybody."""
        reading = len(self.polling())
        through = f"; all that was due was looked at by {iso(self.pulse.through)}" if self.pulse.through else ""
        full = "; no room on the disk" if self.is_full() else ""
        return f"watching {words.things(len(self.pipeline.registry.sources), 'source')}, reading {reading} now{through}{full}"

    def of_itself(self) -> list[Complaint]:
        """What is wrong as far as nobody need be asked."""
        return list(complaints.of_itself(self.pulse, full=self.is_full()))

    def _quiet(self, now: datetime) -> set[str]:
        """Where it is quiet, or was a moment ago, so that what waited is still on its way."""
        moments = (now, now - complaints.STUCK)
        return {name for name, way in self.policies.items() if any(way.quiet_until(moment) for moment in moments)}

    async def _next(self) -> Next | None:
        coming = (await self.timetable()).coming()
        return Next(coming[1], iso(max(coming[0], self.pipeline.clock.now()))) if coming else None


def _why(error: TimeoutError | MonitorError) -> str:
    return f"the store did not answer within {ASIDE:g} seconds" if isinstance(error, TimeoutError) else str(error)
