"""Run the history on a thread of its own: the event loop never waits for the disk, and SQLite sees
one thread.
"""

import asyncio
import contextvars
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar

from monitor.store import History, names
from monitor.store.session import Session

P = ParamSpec("P")
T = TypeVar("T")


class HistoryThread:
    """`await thread(polls.due, source, now)` runs `history(polls.due, source, now)` there, one
    call after another.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self.is_shared = history.is_shared  # whether other processes write it as well
        # destinations checked since our start: they have no message unknown to us
        self.compared: set[str] = set()
        self.unanswered: Counter[str] = Counter()  # how often that check failed at a destination
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="history")

    async def __call__(
        self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await self.run(lambda history: history(function, *args, **kwargs))

    async def run(
        self, method: Callable[Concatenate[History, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function on the history itself there: several queries, or something that is
        none.
        """
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
        await history.run(names.make_some)
