"""When a dead-man's switch is asked: after a cycle in which all that was due was looked at, kept, and what is owed arrives."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.deliver.channel import aside
from monitor.errors import DeliveryError, MonitorError
from monitor.history import Vitals, vitals
from monitor.pipeline.life.proof import Proof
from monitor.pipeline.life.pulse import DaemonTrouble

log = logging.getLogger(__name__)

RARELY = 60.0  # seconds from one question to the next


@dataclass
class Switch:
    """A dead-man's switch; `ask` asks it, and may block and fail. Made inside the running event loop."""

    proof: Proof
    ask: Callable[[], None]
    rarely: float = RARELY
    _asked: float | None = None
    _through: datetime | None = None
    _asking: asyncio.Task[None] | None = None
    _withheld: str = field(default="")

    def after_tick(self) -> None:
        """Ask, if a good cycle ended since it was asked last, and that was not a moment ago. Nobody waits for it."""
        through, now = self.proof.pulse.through, time.monotonic()
        too_soon = self._asked is not None and now - self._asked < self.rarely
        if through is None or through == self._through or too_soon or self.tasks:
            return
        self._asking = asyncio.get_running_loop().create_task(self._ask(through, now))

    @property
    def tasks(self) -> Sequence[asyncio.Task[None]]:
        """What goes on."""
        return [self._asking] if self._asking and not self._asking.done() else []

    async def _ask(self, through: datetime, now: float) -> None:
        try:
            why = self._why_not(await self.proof.pipeline.history(vitals.vitals, self.proof.pipeline.clock.now()))
            self._say(why)
            if not why:
                self._through, self._asked = through, now
                await aside(self.ask)
        except DeliveryError as error:
            log.warning("%s", error)
        except MonitorError as error:
            self._say(str(error))

    def _why_not(self, vitals: Vitals) -> str:
        """What keeps this cycle from being a good one; that single sources fail is told to people, and is no end of ours."""
        wrong = [complaint.text for complaint in self.proof.of(vitals) if complaint.kind is not DaemonTrouble.BLIND]
        states = [vitals.health.get(source.id) for source in self.proof.pipeline.registry.sources]
        if states and not any(state and state.last_ok and not state.problem for state in states):
            wrong.append("no source at all is read well")
        return "; ".join(wrong)

    def _say(self, why: str) -> None:
        """Once for each reason."""
        if why and why != self._withheld:
            log.warning("life.ping: the switch is not asked: %s", why)
        self._withheld = why
