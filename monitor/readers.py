"""Readers run in a few processes of their own, so that a page nobody can read stops neither the polls nor the delivery.

A process is started when the first page has moved, and kept for the next; one whose reader takes longer than its deadline is
killed, and that is the page's failure. A poll that finds nothing new starts none.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from multiprocessing.context import ForkServerContext
from typing import TypeVar

from monitor import reader_process
from monitor.errors import ReaderKilled, SourceError
from monitor.model import Fact
from monitor.page import Found, Link, Page
from monitor.reader_process import Answer, Explained, Named, Task, ToExplain, ToRead, Walked
from monitor.registry import Registry

SECONDS = 60.0  # for one page; a ministry's longest takes a tenth of one
A_SECOND = 1024 * 1024  # bytes of a large register for which its reader is given one second more
MOST = 2  # processes: a page that takes its whole time holds up no other

T = TypeVar("T")


class Worker:
    """One process that reads. Not for use by two at a time."""

    def __init__(self, context: ForkServerContext, modules: tuple[str, ...], seconds: float) -> None:
        self._seconds = seconds
        self._child, theirs = context.Pipe()
        self._process = context.Process(target=reader_process.serve, args=(theirs, modules, seconds), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.is_alive()

    def ask(self, task: Task, called: str, seconds: float) -> Answer:
        """What the process makes of it; `called` says whose page it is.

        Raises:
            SourceError: the page gave nothing.
            ReaderKilled: it took longer than `seconds`, or took the process along.
        """
        try:
            self._child.send(task)
            if not self._child.poll(seconds):
                raise ReaderKilled(f"{called} was stopped after {seconds:g} s and had not come to an end")
            answer: Answer | SourceError = self._child.recv()
        except (EOFError, OSError) as error:
            raise ReaderKilled(f"{called} took its process along ({self._cause()})") from error
        if isinstance(answer, SourceError):
            raise answer
        return answer

    def _cause(self) -> str:
        self._process.join(1)
        status = self._process.exitcode or 0
        return signal.Signals(-status).name if status < 0 else f"status {status}"

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.join()
        self._child.close()
        self._process.close()


class Readers:
    """The readers of a registry's scrapers, each page read in one of a few processes.

    `seconds` is what a page of ordinary size may take.
    """

    def __init__(self, registry: Registry, *, seconds: float = SECONDS) -> None:
        self._registry = registry
        self._seconds = seconds
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._turns = asyncio.Semaphore(MOST)
        self._threads = ThreadPoolExecutor(MOST, thread_name_prefix="reader")

    async def read(self, reader: str, page: Page, known: Mapping[str, bytes] | None = None) -> list[Found] | Walked:
        """Everything the reader of this name finds on a page; a register walked against the digests of what is `known` of it.

        Raises:
            SourceError: it refuses the page, or fell over it.
            ReaderKilled: it did not come to an end.
        """
        answer = await self._answer(ToRead(reader, _bare(page), known or {}), page, reader)
        assert not isinstance(answer, Explained), "that was not asked"
        return answer if isinstance(answer, Walked) else [self._found(each) for each in answer]

    async def explain(self, reader: str, page: Page, known: Mapping[str, bytes], before: Mapping[str, bytes]) -> Explained:
        """What the records mean that have moved in a register; as `read`, and `before` has the bytes of those that were known.

        Raises:
            SourceError: as for `read`.
        """
        answer = await self._answer(ToExplain(ToRead(reader, _bare(page), known), before), page, reader)
        assert isinstance(answer, Explained), "that was asked"
        return answer

    def _found(self, each: Fact | Named) -> Found:
        if not isinstance(each, Named):
            return each
        return Link(each.url, self._registry.reader(each.reader), each.title, each.of, each.request)

    async def _answer(self, task: Task, page: Page, reader: str) -> Answer:
        seconds = self._seconds + page.body.size // A_SECOND
        async with self._turns:
            worker = self._idle.pop() if self._idle else await self._in_thread(self._start)
            self._busy.add(worker)
            try:
                answer = await self._in_thread(lambda: worker.ask(task, f"{page.url}: {reader}", seconds))
            except (ReaderKilled, asyncio.CancelledError):
                worker.end()
                raise
            except SourceError:
                self._idle.append(worker)
                raise
            finally:
                self._busy.discard(worker)
            self._idle.append(worker)
            return answer
