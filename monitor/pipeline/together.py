"""What many ask of the history at about the same time, put to it in one transaction.

A thousand polls that find nothing new are a few transactions so, and cost a third of the processor time of a thousand.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

from monitor.errors import StoreError

T = TypeVar("T")
Asked = TypeVar("Asked")


class Together(Generic[Asked, T]):
    """What many `ask` at about the same time, as of the history, put to it at once.

    Nobody waits longer than `patience` seconds for others, and nobody waits where all who are `expected` have asked.
    """

    def __init__(self, ask: Callable[[Sequence[Asked]], Awaitable[Sequence[T]]], *, patience: float) -> None:
        self._put_to, self._patience = ask, patience
        self._waiting: list[tuple[Asked, asyncio.Future[T]]] = []
        self._expected = 0
        self._complete = asyncio.Event()
        self._asker: asyncio.Task[None] | None = None

    @contextmanager
    def expected(self) -> Iterator[None]:
        """Whoever is in the block will ask before it ends."""
        self._expected += 1
        try:
            yield
        finally:
            self._expected -= 1
            self._look_round()

    async def __call__(self, asked: Asked) -> T:
        """The answer, once it is there for all who asked with us."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        self._look_round()
        if self._asker is None:
            self._asker = asyncio.create_task(self._ask())
        return await answer

    def _look_round(self) -> None:
        if len(self._waiting) >= self._expected:
            self._complete.set()

    async def _ask(self) -> None:
        try:
            while self._waiting:
                await self._gathered()
                some, self._waiting = self._waiting, []
                if still := [(asked, answer) for asked, answer in some if not answer.done()]:  # whoever asked may be gone
                    await self._put(still)
        except BaseException:  # called off while it waited for others
            for _, answer in self._waiting:
                answer.cancel()
            self._waiting = []
            raise
        finally:
            self._asker = None

    async def _gathered(self) -> None:
        await asyncio.sleep(0)  # whoever is about to ask, asks
        if len(self._waiting) < self._expected:
            self._complete.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience):
                    await self._complete.wait()

    async def _put(self, some: Sequence[tuple[Asked, asyncio.Future[T]]]) -> None:
        try:
            answers = await self._put_to([asked for asked, _ in some])
        except Exception as error:  # noqa: BLE001 - whoever asked hears of it
            if len(some) == 1 or isinstance(error, StoreError):
                _end(some, error)
            else:  # what one of them brought about is no failure of the others
                for alone in some:
                    await self._put([alone])
        except BaseException as error:  # what ends us ends those who wait for us, who would wait for ever
            _end(some, error)
            if isinstance(error, asyncio.CancelledError):
                raise
        else:
            for (_, answer), given in zip(some, answers, strict=True):
                if not answer.done():  # whoever asked may be gone
                    answer.set_result(given)


def _end(some: Sequence[tuple[Asked, asyncio.Future[T]]], error: BaseException) -> None:
    """Whoever still waits hears of what went wrong."""
    for _, answer in some:
        if not answer.done():
            answer.set_exception(error)
