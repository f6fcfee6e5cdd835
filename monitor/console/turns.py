"""Questions one after the other, on the thread that holds the store: what was answered is answered again until the store moves,
and who asks while too many wait is sent away.
"""

import asyncio
import hashlib
import logging
import traceback
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from monitor.console.desk import ConsoleDesk
from monitor.errors import MonitorError

log = logging.getLogger(__name__)

T = TypeVar("T")
WAITING = 64  # questions
KEPT = 32  # answers, some of them as long as a page may be
NOT_NOW = 503  # the status of what is to be asked again, and so is not kept


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    body: bytes
    status: int = 200

    @cached_property
    def tag(self) -> str:
        """What tells it from others: its ETag."""
        return f'"{hashlib.blake2b(self.body, digest_size=12).hexdigest()}"'


class TooMany(Exception):
    """More questions wait than can be answered soon."""


class Mistake(Exception):
    """A mistake of ours, which is said where the console is served and nowhere else."""


@dataclass(frozen=True)
class _Asked:
    """A question, and how its answer is looked up, by which no two questions differ."""

    question: Hashable
    look_up: Callable[[], Answer] = field(compare=False)


def _looked_up(asked: _Asked) -> Answer:
    return asked.look_up()


@dataclass
class Turns:
    """The desk, from an event loop."""

    desk: ConsoleDesk
    _waiting: int = 0
    _stamp: object = None
    _ahead: asyncio.Task[None] | None = None
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="console"))

    def __post_init__(self) -> None:
        self._answered = lru_cache(KEPT)(_looked_up)

    async def answer(self, question: Hashable, look_up: Callable[[ConsoleDesk], Answer]) -> Answer:
        """What was looked up for this question since the store last moved, or is looked up now.

        Raises:
            TooMany: others wait already.
            MonitorError: as the desk has it.
            Mistake: anything else went wrong.
        """
        return await self._in_turn(lambda: self._known(question, look_up))

    async def once(self, look_up: Callable[[ConsoleDesk], T]) -> T:
        """What is looked up now, and not kept. Raises as `answer` does."""
        return await self._in_turn(lambda: self._looked(look_up))

    async def _in_turn(self, do: Callable[[], T]) -> T:
        if self._waiting >= WAITING:
            raise TooMany
        self._waiting += 1
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._thread, _minding, do)
        finally:
            self._waiting -= 1
        if isinstance(found, Answer) and found.status == NOT_NOW:
            self.begin()
        return found

    def begin(self) -> None:
        """Have the desk read ahead between questions, for as long as anything is left to be read."""
        if self._ahead is None or self._ahead.done():
            self._ahead = asyncio.get_running_loop().create_task(self._read_ahead())

    async def _read_ahead(self) -> None:
        with suppress(MonitorError, Mistake):  # whoever asks is told
            while await asyncio.get_running_loop().run_in_executor(self._thread, _minding, self.desk.read_ahead):
                """Whoever has asked meanwhile has his turn."""

    def _looked(self, look_up: Callable[[ConsoleDesk], T]) -> T:
        with self.desk.at_one_moment():
            found = look_up(self.desk)
        self.desk.rest()
        return found

    def _known(self, question: Hashable, look_up: Callable[[ConsoleDesk], Answer]) -> Answer:
        with self.desk.at_one_moment() as stamp:
            if stamp != self._stamp:  # nobody is given again what was answered before
                self._answered.cache_clear()
            self._stamp = stamp
            answer = self._answered(_Asked(question, lambda: look_up(self.desk)))
        self.desk.rest()
        if answer.status == NOT_NOW:
            self._answered.cache_clear()
        return answer

    def close(self) -> None:
        """Let go of the store once all is answered."""
        if self._ahead is not None:
            self._ahead.cancel()
        self._thread.submit(self.desk.close)
        self._thread.shutdown()


def _minding(do: Callable[[], T]) -> T:
    try:
        return do()
    except MonitorError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody elsewhere reads it
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"
        log.critical("console: a mistake of the monitor's own, please report it: %s", what)
        raise Mistake from None
