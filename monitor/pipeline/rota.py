"""Which sources the daemon polls next: a timetable kept up with the history, the clock, and what is learnt once a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.history import addresses, sightings
from monitor.pipeline.outcome import Outcome
from monitor.pipeline.poll import Pipeline
from monitor.source.hours import MEMORY
from monitor.source.schedule import habits
from monitor.source.scraper import Source
from monitor.source.timetable import Timetable

REST = timedelta(minutes=1)  # for a source whose failure can't be kept: its schedule does not know of it
AGAIN = timedelta(minutes=1)  # until what is missing for the first time is looked at once more
SLEEP = timedelta(minutes=1)  # between two ticks: the machine slept, or its clock jumped
SILENCE = timedelta(minutes=1)  # between two looks for sources that give nothing
LESSON = timedelta(days=1)  # between two looks at when publishers publish
MOST_POLLS = 400  # at a time: each holds a page, and most only wait for their publishers


class Rota:
    """The sources of a pipeline, by when they are due. To be told of each tick and of each poll that ended.

    `sleep` is how far two ticks may be apart before it is taken for a sleep of the machine.
    """

    def __init__(self, pipeline: Pipeline, sleep: timedelta = SLEEP) -> None:
        self._pipeline = pipeline
        self._sleep = sleep
        self._timetable: Timetable | None = None
        self.awake: datetime | None = None  # since when one tick has followed the other
        self._ticked: datetime | None = None
        self._looked: datetime | None = None
        self._learnt: datetime | None = None

    async def timetable(self) -> Timetable:
        """When each source is due; the history is asked once of their last polls."""
        if self._timetable is None:
            tried = await self._pipeline.history(addresses.tried)
            if self._timetable is None:
                self._timetable = Timetable(self._pipeline.registry.sources, tried, self._now)
        return self._timetable

    @property
    def _now(self) -> datetime:
        return self._pipeline.clock.now()

    async def ticked(self) -> datetime:
        """A tick begins. Since when we are awake: after a long sleep no source can be blamed for its silence."""
        now, timetable = self._now, await self.timetable()
        if self.awake is None or self._ticked is None:
            self.awake = now
        elif not timedelta() <= now - self._ticked < self._sleep:
            timetable.begin_anew(now)
            self.awake = now
        self._ticked = now
        if not _within(LESSON, self._learnt, now):
            self._learnt = now
            published = await self._pipeline.history(sightings.published, now - MEMORY)
            timetable.learn(habits(self._pipeline.registry.sources, published, now), now)
        return self.awake

    def looks_for_silence(self) -> bool:
        """Whether it is time to: that costs by how many sources there are, and half an hour is not told to the second."""
        if _within(SILENCE, self._looked, self._now):
            return False
        self._looked = self._now
        return True

    async def due(self, under_way: int) -> Sequence[Source]:
        """Those to be polled now, where so many polls are under way."""
        return (await self.timetable()).due(self._now, MOST_POLLS - under_way)

    async def ended(self, outcome: Outcome) -> None:
        """A poll ended; where that could not be kept its source rests, or waits for room."""
        timetable, source = self._timetable, outcome.source.id
        if timetable is None:
            return  # what will be read of the history has it
        if outcome.recorded:
            timetable.polled(
                source, self._now, failed=bool(outcome.failures), hold=outcome.hold, again=AGAIN if outcome.again else None
            )
        else:
            timetable.rest(source, self._now if outcome.full else self._now + REST)


def _within(period: timedelta, before: datetime | None, now: datetime) -> bool:
    """Whether something was done so shortly before, and not later than now, as it is where the clock was set back."""
    return before is not None and timedelta() <= now - before < period
