"""Readers run in a few processes of their own, so that a page nobody can read stops neither the polls nor the delivery.

A process is started when the first page has moved, and kept for the next; one whose reader takes longer than its deadline is
killed, and that is the page's failure. A poll that finds nothing new starts none.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from monitor.errors import ReaderKilled, SourceError
from monitor.lazy import lazy
from monitor.source.page import Found, Link, Page
from monitor.source.register import Register
from monitor.source.registry import Registry

if TYPE_CHECKING:
    import multiprocessing
    from multiprocessing import forkserver, resource_tracker
    from multiprocessing.context import ForkServerContext

    from monitor.diff import rows
    from monitor.model import Excerpt, Fact
    from monitor.pipeline import reader_process
    from monitor.pipeline.reader_process import Answer, Explained, Named, Task
else:
    multiprocessing = lazy("multiprocessing")
    forkserver, resource_tracker = (lazy(f"multiprocessing.{name}") for name in ("forkserver", "resource_tracker"))
    rows, reader_process = lazy("monitor.diff.rows"), lazy("monitor.pipeline.reader_process")

SECONDS = 60.0  # for a page of ordinary size; a ministry's longest takes a hundredth of it
A_SECOND = 1024 * 1024  # bytes of a large register and its companions, for which their reader is given one second more
PARSERS = ("bs4", "monitor.document")  # what readers load when they meet a page, loaded once for all of them
MOST = 2  # processes: a page that takes its whole time holds up no other

T = TypeVar("T")


class Worker:
    """One process that reads, one page at a time; it ends with the first page that it came to no end with."""

    def __init__(self, context: "ForkServerContext", registry: Registry, *, outdated: bool) -> None:
        self._child, theirs = context.Pipe()
        thread, self._thread = context.Pipe(duplex=False)  # held until it ends, by us or with us
        self._process = context.Process(
            target=reader_process.serve,
            args=(theirs, thread, registry.modules, registry.terms, registry.page_readers_named),
            kwargs={"outdated": outdated},
            daemon=True,
        )
        with _unheard():
            self._process.start()
        theirs.close()
        thread.close()
        self._killed = False

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._killed and self._process.is_alive()

    def ask(self, task: "Task", called: str, seconds: float) -> "Answer":
        """What it makes of the task; `called` names whose page it is.

        Raises:
            SourceError: the page gave nothing.
            ReaderKilled: it took longer than `seconds`, or took the process along, which has ended.
        """
        try:
            answer = self._answer(task, called, seconds)
        except ReaderKilled:
            self.end()
            raise
        if isinstance(answer, SourceError):
            raise answer
        return answer

    def _answer(self, task: "Task", called: str, seconds: float) -> "Answer | SourceError":
        try:
            self._child.send((task, seconds))
            if not self._child.poll(seconds):
                raise ReaderKilled(f"{called} came to no end within {seconds:g} s and was stopped")
            answer: Answer | SourceError = self._child.recv()
        except (EOFError, OSError) as error:
            raise ReaderKilled(f"{called} took its process along ({self._cause()})") from error
        return answer

    def _cause(self) -> str:
        self._process.join(1)
        status = self._process.exitcode or 0
        return signal.Signals(-status).name if status < 0 else f"status {status}"

    def kill(self) -> None:
        """Stop it at once, whatever it does; whoever waits for its answer is told."""
        self._killed = True
        self._process.kill()

    def end(self) -> None:
        """Stop it, and let go of it."""
        self.kill()
        self._process.join()
        self._child.close()
        self._thread.close()


@contextmanager
def _unheard() -> Iterator[None]:
    """What is started in the block is deaf to what a terminal or a supervisor sends to every process: its parent ends it.

    Else the end of a reader, which was told to end before its parent heard of it, were the fault of its page.
    """
    resource_tracker.ensure_running()  # whoever starts it hears everything again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, reader_process.TO_ALL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Readers:
    """The readers of a registry's scrapers, each page read in one of a few processes.

    `seconds` is what a page of ordinary size may take; `reread` says that the scrapers were read again since this process began.
    """

    def __init__(self, registry: Registry, *, seconds: float = SECONDS, reread: bool = False) -> None:
        self._registry = registry
        self._outdated = reread
        self._seconds = seconds
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._turns = asyncio.Semaphore(MOST)
        self.begun = asyncio.Event()  # once a process is on its way; until it reads a page, all else has time

    async def read(self, reader: str, page: Page) -> list[Found] | Register:
        """Everything the reader of this name finds on a page; of a register what it says of itself, without its records.

        Raises:
            SourceError: it refuses the page, or fell over it.
            ReaderKilled: it came to no end.
        """
        answer = await self._ask(reader_process.ToRead(reader, _bare(page)))
        if isinstance(answer, Register):
            return answer
        assert isinstance(answer, tuple), "a page is facts and links, or a register"
        return [self._found(part) for part in answer]

    async def walk(self, reader: str, page: Page, known: Mapping[str, bytes]) -> "rows.Scanned":
        """Which records of the register on a page are new, moved or missing against the digests of what is `known`; as `read`."""
        answer = await self._ask(reader_process.ToWalk(reader_process.ToRead(reader, _bare(page)), known))
        assert isinstance(answer, rows.Scanned), "that was asked"
        return answer

    async def explain(self, reader: str, page: Page, known: Mapping[str, bytes], before: Mapping[str, bytes]) -> "Explained":
        """What has moved in it, where `before` are the bytes of the records that were known; as `read`."""
        answer = await self._ask(
            reader_process.ToExplain(reader_process.ToWalk(reader_process.ToRead(reader, _bare(page)), known), before)
        )
        assert isinstance(answer, reader_process.Explained), "that was asked"
        return answer

    def _found(self, part: "Fact | Excerpt | Named") -> Found:
        if not isinstance(part, reader_process.Named):
            return part
        return Link(part.url, self._registry.reader(part.reader), part.title, part.of, part.request)

    async def _ask(self, task: "Task") -> "Answer":
        asked = (
            task
            if isinstance(task, reader_process.ToRead)
            else task.asked
            if isinstance(task, reader_process.ToWalk)
            else task.walked.asked
        )
        bodies = (asked.page.body, *(page.body for page in asked.page.companions.values()))
        seconds = self._seconds + sum(body.size for body in bodies) // A_SECOND
        async with self._turns:
            if not self.begun.is_set():
                await self._in_thread(self._begin)
                self.begun.set()
            worker = await self._in_thread(self._worker)
            self._busy.add(worker)
            try:
                return await self._in_thread(lambda: worker.ask(task, f"{asked.page.url}: {asked.reader}", seconds))
            except asyncio.CancelledError:
                worker.kill()
                raise
            finally:
                self._busy.discard(worker)
                if worker.alive:
                    self._idle.append(worker)

    def _begin(self) -> None:
        """Start the process that all others are forked from: it takes a while until that has loaded everything."""
        assert self._context, "which says what that is"
        with _unheard():
            forkserver.ensure_running()

    def _worker(self) -> Worker:
        """One that is there already, and alive; else a new one."""
        while self._idle:
            if (worker := self._idle.pop()).alive:
                return worker
            worker.end()
        worker = Worker(self._context, self._registry, outdated=self._outdated)
        self._busy.add(worker)  # here, since whoever asked for it may be gone by now
        return worker

    @cached_property
    def _context(self) -> "ForkServerContext":
        """Processes are forked from one that has everything loaded and neither threads, secrets nor the store open."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["__main__", reader_process.__name__, *PARSERS, *self._registry.modules])
        return context

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(MOST, thread_name_prefix="reader")

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def aclose(self) -> None:
        """Stop all of them, whatever they do."""
        for worker in list(self._busy):
            worker.kill()
        if "_threads" in self.__dict__:
            await asyncio.to_thread(self._threads.shutdown)
        for worker in (*self._idle, *self._busy):
            worker.end()
        self._idle.clear()
        self._busy.clear()


def _bare(page: Page) -> Page:
    """The page without what was parsed of it and without what holds its file: what can be sent to another process."""
    body = replace(page.body, holder=None)
    return replace(page, body=body, companions={name: _bare(companion) for name, companion in page.companions.items()})
