"""Run the history on a thread of its own: the event loop never waits for the disk, and SQLite sees
one thread.
"""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Concatenate, Generic, ParamSpec, TypeVar

from monitor.errors import StoreError
from monitor.store import History, names
from monitor.store.session import Session

P = ParamSpec("P")
T = TypeVar("T")
Asked = TypeVar("Asked")


class HistoryThread:
    """Runs a History on a thread of its own, one call after another.

    `await thread(polls.list_due_pages, source, now)` runs `history(polls.list_due_pages, source,
    now)` there.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self.is_shared = history.is_shared  # whether other processes write it as well
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="history")

    async def __call__(
        self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self.run(lambda history: history(function, *args, **kwargs))

    async def run(
        self, method: Callable[Concatenate[History, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function on the history in its thread: several queries, or another task."""
        # the task in progress, for the log
        loop, asked_by = asyncio.get_running_loop(), contextvars.copy_context()
        return await loop.run_in_executor(
            self._executor, lambda: asked_by.run(method, self._history, *args, **kwargs)
        )

    def close(self) -> None:
        """Finish the running queries, then close the database."""
        self._executor.shutdown()
        self._history.close()


async def prepare_names(history: HistoryThread) -> None:
    """Have the tables of names as they should be; others have their turn meanwhile."""
    while await history(names.count_lag):
        await history(names.make_some)


# Joins concurrent calls of the history into one transaction. So a thousand polls without news need
# a few transactions, and a third of the processor time.


class Together(Generic[Asked, T]):
    """Joins concurrent calls. No caller waits longer than `patience` seconds for others, or once
    all `expected` callers have called.
    """

    def __init__(
        self, ask: Callable[[Sequence[Asked]], Awaitable[Sequence[T]]], *, patience: float
    ) -> None:
        self._put_to, self._patience = ask, patience
        self._waiting: list[tuple[Asked, asyncio.Future[T]]] = []
        self._expected = 0
        self._complete = asyncio.Event()
        self._asker: asyncio.Task[None] | None = None

    @contextmanager
    def expected(self) -> Iterator[None]:
        """Announce a call before the end of the block."""
        self._expected += 1
        try:
            yield
        finally:
            self._expected -= 1
            self._look_round()

    async def __call__(self, asked: Asked) -> T:
        """Return the result, once it is there for all joined calls."""
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
                # the caller may be gone
                if still := [(asked, answer) for asked, answer in some if not answer.done()]:
                    await self._put(still)
        except BaseException:  # called off while it waited for others
            for _, answer in self._waiting:
                answer.cancel()
            self._waiting = []
            raise
        finally:
            self._asker = None

    async def _gathered(self) -> None:
        await asyncio.sleep(0)  # the announced call now counts as made
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
                _fail_all(some, error)
            else:  # what one of them brought about is no failure of the others
                for alone in some:
                    await self._put([alone])
        except BaseException as error:
            # our cancellation also ends the waiting callers, which would otherwise wait for ever
            _fail_all(some, error)
            if isinstance(error, asyncio.CancelledError):
                raise
        else:
            for (_, answer), given in zip(some, answers, strict=True):
                if not answer.done():  # the caller may be gone
                    answer.set_result(given)


def _fail_all(some: Sequence[tuple[Asked, asyncio.Future[T]]], error: BaseException) -> None:
    """Pass an error to every waiting caller."""
    for _, answer in some:
        if not answer.done():
            answer.set_exception(error)
