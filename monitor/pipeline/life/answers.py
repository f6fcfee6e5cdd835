"""What is answered to GET /healthz and /metrics."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from monitor.clock import iso
from monitor.errors import StoreError
from monitor.history import vitals
from monitor.pipeline.life import metrics
from monitor.pipeline.life.listener import Answer, Ask
from monitor.pipeline.life.proof import Proof
from monitor.pipeline.life.pulse import Complaint, DaemonTrouble

ASIDE = 8.0  # seconds for what only the store knows; who asks gives up after ten
JSON = "application/json"
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


class Healthz(msgspec.Struct, frozen=True, kw_only=True):
    """Whether all is well, and all that is wrong; instants are UTC, ISO. Sources that are `muted` until then are not."""

    healthy: bool
    since: str
    last_tick: str | None
    last_good_cycle: str | None
    wrong: tuple[Complaint, ...]
    muted: Mapping[str, str]


@dataclass
class Answers:
    """The answers of one daemon."""

    proof: Proof
    _metrics: metrics.Metrics | None = None
    _told_until: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._told_until = self.proof.pulse.began

    @property
    def by_path(self) -> dict[str, Ask]:
        """Where each is given."""
        return {"/healthz": self.healthz, "/metrics": self.figures}

    async def healthz(self) -> Answer:
        """200 where nothing is wrong, else 503; the body says what."""
        (wrong, muted), pulse = await self._seen(), self.proof.pulse
        healthz = Healthz(
            healthy=not wrong,
            since=iso(pulse.began),
            last_tick=iso(pulse.ticked) if pulse.ticked else None,
            last_good_cycle=iso(pulse.through) if pulse.through else None,
            wrong=wrong,
            muted={source: iso(until) for source, until in muted.items()},
        )
        return Answer(503 if wrong else 200, msgspec.json.encode(healthz) + b"\n", JSON)

    async def _seen(self) -> tuple[tuple[Complaint, ...], Mapping[str, datetime]]:
        """What is wrong, and who is muted."""
        try:
            async with asyncio.timeout(ASIDE):
                vitals = await self.proof.vitals()
                return tuple(self.proof.of(vitals)), vitals.muted
        except TimeoutError:
            silent = Complaint(DaemonTrouble.STORE, f"the store did not answer within {ASIDE:g} seconds")
        except StoreError as error:
            silent = Complaint(DaemonTrouble.STORE, str(error))
        return (*self.proof.of_itself(), silent), {}

    async def figures(self) -> Answer:
        """All figures; 503 where the store can't be asked."""
        try:
            async with asyncio.timeout(ASIDE):
                measured = await self._measured()
        except (TimeoutError, StoreError) as error:
            return Answer(503, f"the store can't be asked: {error}\n".encode())
        self._metrics = self._metrics or metrics.Metrics()
        return Answer(200, await asyncio.to_thread(self._metrics.exposition, measured), EXPOSITION)

    async def _measured(self) -> metrics.Measured:
        pipeline, now = self.proof.pipeline, self.proof.pipeline.clock.now()
        state = await pipeline.history(vitals.vitals, now)
        newest = await pipeline.history(vitals.newest)
        polling = set(self.proof.polling())
        waiting = set((await self.proof.timetable()).owed) - polling
        told = await pipeline.history(vitals.told_after, self._told_until)
        self._told_until = max((alert.at for alert in told), default=self._told_until)
        return metrics.Measured(
            pulse=self.proof.pulse,
            vitals=state,
            newest=newest,
            told=told,
            sources=len(pipeline.registry.sources),
            polling=len(polling),
            due=len(waiting),
            complaints=len(self.proof.of(state)),
        )
