"""What other commands have the running daemon do: it alone writes the store."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from monitor.errors import StoreError
from monitor.pipeline import muting, outbox, triage
from monitor.pipeline.control import Poll, Polled
from monitor.pipeline.hand_in import hand_in
from monitor.pipeline.outcome import Outcome
from monitor.pipeline.poll import Pipeline
from monitor.pipeline.round import asked_for
from monitor.source.scraper import Source


@dataclass(frozen=True)
class Orders:
    """Carries them out within the daemon: `begin` a poll, `wake` those who deliver, and it has `met` an error of the store."""

    pipeline: Pipeline
    begin: Callable[[Source, Pipeline], asyncio.Task[Outcome]]
    wake: Callable[[], None]
    met: Callable[[BaseException], None]

    async def answer(self, asked: Poll) -> list[Polled]:
        """Do at once what another command asks for, and say how it went."""
        if asked.triage or asked.mute or asked.order or asked.handed or asked.release:
            with self._noticing():
                outcomes = await self._carried_out(asked)
            self.wake()
        else:
            outcomes = await self._polled(asked)
        return [Polled.of(outcome) for outcome in outcomes]

    async def _carried_out(self, asked: Poll) -> Sequence[Outcome]:
        pipeline, now = self.pipeline, self.pipeline.clock.now()
        if asked.order:
            await outbox.carry_out(pipeline.history, asked.order, now)
            return ()
        if asked.triage:
            await triage.carry_out_or_refuse(pipeline.history, asked.triage, now)
            return ()
        if asked.mute:
            await muting.carry_out(pipeline.history, pipeline.registry, asked.mute, now)
            return ()
        if asked.handed:
            return [await hand_in(pipeline, asked.handed)]
        return [await pipeline.release(reader) for reader in asked.sources]

    async def _polled(self, asked: Poll) -> Sequence[Outcome]:
        pipeline = replace(self.pipeline, since=asked.first_day)
        sources = await asked_for(pipeline, asked.sources, every=asked.all)
        return await asyncio.gather(*(self.begin(source, pipeline) for source in sources))

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """The daemon learns of a store that fails, also from who asked."""
        try:
            yield
        except StoreError as error:
            self.met(error)
            raise
