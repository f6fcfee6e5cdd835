"""The daemon's timetable of polls: kept in step with the history, the clock, and daily statistics."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.poll.outcome import Outcome
from monitor.poll.poll import Pipeline
from monitor.source.schedule import Timetable, learn_habits
from monitor.source.scraper import MEMORY, Source
from monitor.store import addresses, sightings

REST = timedelta(minutes=1)  # for a source whose failure can't be saved: its schedule lacks it
SLEEP = timedelta(minutes=1)  # between two ticks: the machine slept, or its clock jumped
LESSON = timedelta(days=1)  # between two looks at when publishers publish
MOST_POLLS = 400  # at a time: each holds a page, and most only wait for their publishers


@dataclass
class Rota:
    """The sources of a pipeline in order of their due times. It is notified of each tick and each
    ended poll. A gap between ticks longer than `sleep` counts as sleep of the machine.
    """

    pipeline: Pipeline
    sleep: timedelta = SLEEP
    awake: datetime | None = None  # since when one tick has followed the other
    _timetable: Timetable | None = None
    _ticked: datetime | None = None
    _learnt: datetime | None = None

    async def timetable(self) -> Timetable:
        """Compute each source's due time; query the history once for the last polls."""
        if self._timetable is None:
            tried = await self.pipeline.history(addresses.load_last_polls)
            if self._timetable is None:
                self._timetable = Timetable(self.pipeline.registry.sources, tried, self._now)
        return self._timetable

    @property
    def _now(self) -> datetime:
        return self.pipeline.now

    async def ticked(self) -> datetime:
        """A tick begins. Since when we are awake: after a long sleep no source can be blamed for
        its silence.
        """
        now, timetable = self._now, await self.timetable()
        if self.awake is None or self._ticked is None:
            self.awake = now
        elif not timedelta() <= now - self._ticked < self.sleep:
            timetable.begin_anew(now)
            self.awake = now
        self._ticked = now
        # also where the clock was set back
        if self._learnt is None or not timedelta() <= now - self._learnt < LESSON:
            self._learnt = now
            published = await self.pipeline.history(sightings.list_publishing_times, now - MEMORY)
            timetable.learn(learn_habits(self.pipeline.registry.sources, published, now), now)
        return self.awake

    async def due(self, under_way: int) -> Sequence[Source]:
        """List the sources to poll now, with so many polls under way."""
        return (await self.timetable()).due(self._now, MOST_POLLS - under_way)

    async def just_due(self) -> Collection[str]:
        """Return the sources whose polls are under way, or begin, since a moment ago."""
        return (await self.timetable()).just_due(self._now)

    async def ended(self, outcome: Outcome) -> None:
        """Note an ended poll; if it could not be recorded, its source pauses, or waits for room."""
        timetable, source = self._timetable, outcome.source.id
        if timetable is None:
            return  # what will be read of the history has it
        if outcome.recorded:
            timetable.polled(
                source,
                self._now,
                failed=bool(outcome.failures),
                hold=outcome.hold,
                again=outcome.wait,
            )
        else:
            timetable.rest(source, self._now if outcome.full else self._now + REST)
