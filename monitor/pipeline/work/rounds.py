"""What a day brings beside polls, owed by whichever worker takes the round: reminders, the word of the day, calls, silence."""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from functools import cached_property

import msgspec

from monitor.errors import DeliveryError, MonitorError
from monitor.pipeline.calendar_file import CalendarFile, calendar_file
from monitor.pipeline.outcome import Outcome
from monitor.pipeline.poll import Pipeline
from monitor.pipeline.round import make_round
from monitor.pipeline.work.scheduler import Round
from monitor.pipeline.work.tasks import Met

log = logging.getLogger(__name__)


class Rounds:
    """Makes rounds; `wake` has delivered what is owed then, `met` hears of what goes wrong with the store."""

    def __init__(self, pipeline: Pipeline, destinations: Collection[str], wake: Callable[[], None], met: Met) -> None:
        self._pipeline, self._destinations, self._wake, self._met = pipeline, destinations, wake, met

    @cached_property
    def _calendar_file(self) -> CalendarFile | None:
        return calendar_file(self._pipeline.config)

    async def __call__(self, text: str) -> timedelta | None:
        """Make one as whoever says what is due sees it."""
        try:
            await self._make(msgspec.json.decode(text, type=Round))
        except MonitorError as error:
            self._met(error)
        except Exception:  # a mistake of ours in what the day brings must not hold up all else
            log.exception("what the day brings could not be owed")
        return None

    async def _make(self, told: Round) -> None:
        pipeline = self._pipeline
        await make_round(
            pipeline,
            pipeline.registry.sources,
            self._destinations,
            look=_nothing,
            tell=self._tell,
            calendar=self._calendar_file,
            awake=told.awake,
            is_caught_up=told.is_caught_up,
        )

    async def _tell(self) -> Sequence[DeliveryError]:
        self._wake()
        return ()


async def _nothing() -> Sequence[Outcome]:
    """Sources are polled by themselves."""
    return ()
