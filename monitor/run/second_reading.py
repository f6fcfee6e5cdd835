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
from monitor.model import Reply
from monitor.poll.poll import Pipeline
from monitor.second.answer import name_reader
from monitor.second.client import Client, Used
from monitor.second.reading import Reader, count_cost, find_most, read_act
from monitor.store import opinions
from monitor.store.archive import Archive
from monitor.store.opinions import Question
from monitor.store.threaded import HistoryThread

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=30)
LOST = timedelta(days=1)  # after which a lost page is looked for again: a restore brings it back


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
            text = await self._load_text(question)
            most = find_most(self.settings, text or "", question.act.title)
            if cap := await self._find_cap(self.clock.now(), most):
                await self.history(opinions.enqueue_trouble, cap, self.clock.now())
                return count
            reply = await self._ask(question, text, most)
            await self.history(opinions.record_reply, question, reader, reply, self.clock.now())
            self.wake()
        return len(questions)

    async def _load_text(self, question: Question) -> str | None:
        """The words of an act from its title on, or none; None where its page is lost."""
        if question.title_only:
            return ""
        try:
            body = await asyncio.to_thread(self.archive.get, question.sha256)
        except EvidenceLost:  # its own keeper reports it; the other acts are read all the same
            return None
        words = await asyncio.to_thread(extract_words, body) or ""
        is_page = not body.lstrip().startswith(b"{")  # the fields of JSON may have any order
        return words[max(0, words.find(question.act.title)) :] if is_page else words

    async def _ask(self, question: Question, text: str | None, most: Used) -> Reply:
        act = question.act
        if text is None:
            return Reply(failure=f"{act.key}: its page is lost", wait=LOST.total_seconds())
        if not text and not question.title_only:
            return Reply(failure=f"{act.key}: its page can't be read as words")
        if not self._fits(most):
            tokens = most.asked + most.answered
            return Reply(
                failure=f"{act.key}: it may take {tokens:,} tokens, more than a cap allows"
            )
        return await read_act(self.reader, self.settings, text, act)

    def _list_caps(self, now: datetime) -> list[tuple[str, datetime, int, float]]:
        """The name, beginning, tokens and money of each cap."""
        day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        settings = self.settings
        return [
            ("day", day, settings.tokens_a_day, settings.money_a_day),
            ("month", day.replace(day=1), settings.tokens_a_month, settings.money_a_month),
        ]

    def _fits(self, most: Used) -> bool:
        """Return whether a question fits into an unused cap."""
        cost = count_cost(self.settings, most.asked, most.answered)
        return all(
            most.asked + most.answered <= tokens and (not money or cost <= money)
            for _, _, tokens, money in self._list_caps(self.clock.now())
        )

    async def _find_cap(self, now: datetime, most: Used) -> str:
        """Name the cap that the next question could pass; empty for none, and for a question that
        passes each.
        """
        for name, since, tokens, money in self._list_caps(now) if self._fits(most) else ():
            used = Used(*await self.history(opinions.sum_tokens, since))
            then = used + most
            if then.asked + then.answered > tokens:
                return (
                    f"{used.asked + used.answered:,} of {tokens:,} tokens of the {name} from"
                    f" {since:%Y-%m-%d} are used; the next act may pass that, and is not read"
                )
            if money and count_cost(self.settings, then.asked, then.answered) > money:
                cost = count_cost(self.settings, used.asked, used.answered)
                return (
                    f"{cost:.2f} of {money:.2f} of the {name} from {since:%Y-%m-%d} is spent; the"
                    " next act may pass that, and is not read"
                )
        return ""
