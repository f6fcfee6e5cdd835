"""Ask the second reader about new acts, one at a time, beside all else: no message waits for it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.clock import Clock
from monitor.config import Config
from monitor.config.settings import SecondReaderSettings
from monitor.errors import EvidenceLost, StoreError
from monitor.evidence.contents import extract_words
from monitor.poll.poll import Pipeline
from monitor.second.answer import name_reader
from monitor.second.client import Client
from monitor.second.reading import Asked, Reader, count_cost, read_act
from monitor.store import opinions
from monitor.store.archive import Archive
from monitor.store.opinions import Question, Reply
from monitor.store.threaded import HistoryThread

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=30)


async def keep_reading(pipeline: Pipeline, wake: Callable[[], None]) -> None:
    """Ask about acts as they come, until this is cancelled.

    Raises:
        ConfigError: the variable with its key is not set.
    """
    reader = open_reader(pipeline.config)
    if reader is None:
        return
    settings = pipeline.config.second_reader
    try:
        await SecondReading(
            pipeline.history, pipeline.archive, pipeline.clock, settings, reader, wake
        ).keep_reading()
    finally:
        await reader.aclose()


def open_reader(config: Config) -> Client | None:
    """The second reader of config.toml; None where it has none.

    Raises:
        ConfigError: the variable with its key is not set.
    """
    settings = config.second_reader
    if not settings.url:
        return None
    key = (
        settings.key.held("second_reader.key", "the key of the second reader")
        if settings.key
        else None
    )
    return Client(settings, config.fetch.name, key)


@dataclass
class SecondReading:
    """Asks about acts within the caps of a day and a month (UTC)."""

    history: HistoryThread
    archive: Archive
    clock: Clock
    settings: SecondReaderSettings
    reader: Reader
    wake: Callable[[], None] = lambda: None

    async def keep_reading(self) -> None:
        """Ask until this is cancelled; a store that is full or away for a while ends nothing."""
        while True:
            try:
                await self.step()
            except StoreError as error:
                log.warning("second reader: %s", error)
            await self.clock.sleep(EVERY.total_seconds())

    async def step(self) -> int:
        """Ask about all acts that this reader has not read; return how many.

        Raises:
            StoreError: the history or archive can't be used.
        """
        reader, always = name_reader(self.settings.model), self.settings.when == "always"
        questions = await self.history(
            opinions.list_questions, reader, self.clock.now(), always=always
        )
        for count, question in enumerate(questions):
            if cap := await self._find_cap(self.clock.now()):
                await self.history(opinions.enqueue_trouble, cap, self.clock.now())
                return count
            reply = await self._ask(question)
            await self.history(opinions.record_reply, question, reader, reply, self.clock.now())
            self.wake()
        return len(questions)

    async def _ask(self, question: Question) -> Reply:
        try:
            body = await asyncio.to_thread(self.archive.get, question.sha256)
            words = await asyncio.to_thread(extract_words, body)
        except EvidenceLost:  # its own keeper reports it; the other acts are read all the same
            words = None
        if words is None:
            return Reply(failure=f"{question.act.key}: its page can't be read as words")
        text = words[max(0, words.find(question.act.title)) :]
        asked = await read_act(self.reader, self.settings, text, question.act)
        return _make_reply(asked, self.clock.now())

    async def _find_cap(self, now: datetime) -> str:
        """Name the reached cap; empty for none."""
        day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        settings = self.settings
        caps = (
            ("day", day, settings.tokens_a_day, settings.money_a_day),
            ("month", day.replace(day=1), settings.tokens_a_month, settings.money_a_month),
        )
        for name, since, tokens, money in caps:
            asked, answered = await self.history(opinions.sum_tokens, since)
            if asked + answered >= tokens:
                return (
                    f"{asked + answered:,} of {tokens:,} tokens of the {name} from {since:%Y-%m-%d}"
                    " are used; no act is read"
                )
            if money and (cost := count_cost(settings, asked, answered)) >= money:
                return (
                    f"{cost:.2f} of {money:.2f} of the {name} from {since:%Y-%m-%d} is spent; no"
                    " act is read"
                )
        return ""


def _make_reply(asked: Asked, now: datetime) -> Reply:
    again = now + timedelta(seconds=asked.wait) if asked.failure else None
    return Reply(asked.used.asked, asked.used.answered, asked.opinion, asked.failure, again)
