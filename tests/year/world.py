"""Sites that are watched over weeks: what was told of them, and what those who run the monitor
were told, each when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from conftest import Desk

from monitor.alert.event import NoticeKind
from monitor.render.alert import compose_alert
from monitor.render.plain import render_plain
from monitor.source.schedule import compute_next_poll
from monitor.store import ALERTS, OPS, addresses

HOUR = timedelta(hours=1)
MOST = 30  # rows of a table that count as told


@dataclass(frozen=True)
class Heard:
    """A message: when it was owed, since the world began, of which kind, by which key, and all
    that it says.
    """

    at: timedelta
    kind: NoticeKind
    key: str
    head: str
    text: str


class World:
    """Sources that are looked at: when which act was told, and which signs there were of their
    lists.
    """

    def __init__(self, desk: Desk, *sources: str) -> None:
        self.desk, self.sources = desk, sources
        self.heard: dict[str, list[Heard]] = {ALERTS: [], OPS: []}
        self._began, self._latest = desk.clock.now(), {ALERTS: 0, OPS: 0}

    @property
    def now(self) -> timedelta:
        return self.desk.clock.now() - self._began

    @property
    def told(self) -> dict[str, timedelta]:
        """When each message of an act came first, by its key."""
        acts = [
            one for one in self.heard[ALERTS] if one.kind in (NoticeKind.ACT, NoticeKind.AMENDED)
        ]
        return {one.key: one.at for one in reversed(acts)}

    @property
    def signs(self) -> list[tuple[str, timedelta]]:
        """What those who run the monitor were told to look at."""
        return [
            (one.head, one.at)
            for one in self.heard[OPS]
            if one.kind in (NoticeKind.PROBLEM, NoticeKind.REMARK)
        ]

    async def live(
        self, over: timedelta, every: timedelta = HOUR, sources: Sequence[str] = ()
    ) -> None:
        """Look at the sources, or at some of them, so often for so long."""
        until = self.now + over
        while self.now < until:
            self.desk.clock.move_to(self.desk.clock.now() + every)
            await self.look(sources)

    async def live_by_schedule(self, source: str, *, since: timedelta, until: timedelta) -> None:
        """Look at a source whenever that is due, to the minute."""
        found = self.desk.pipeline.registry.source(source)
        self.desk.clock.move_to(self._began + since)
        while self.now < until:
            self.desk.clock.move_to(self.desk.clock.now() + timedelta(minutes=1))
            tried = (await self.desk.pipeline.history(addresses.load_last_polls)).get(source)
            if compute_next_poll(found, tried, self.desk.clock.now()) <= self.desk.clock.now():
                await self.look((source,))

    async def look(self, sources: Sequence[str] = ()) -> None:
        """Look at them now."""
        for source in sources or self.sources:
            await self.desk.poll(after=timedelta(), source=source)
        for destination, heard in self.heard.items():
            waiting = await self.desk.waiting(destination)
            for owed in waiting:
                if owed.id > self._latest[destination]:
                    alert = compose_alert(await self.desk.notice(owed))
                    text = "\n".join((alert.headline, *render_plain(alert, MOST)))
                    heard.append(Heard(self.now, owed.kind, owed.key, alert.headline, text))
            self._latest[destination] = max(
                [self._latest[destination], *(owed.id for owed in waiting)]
            )
