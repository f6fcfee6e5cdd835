"""Run readers in a few processes of their own, so that a bad page stops neither polls nor delivery.

They start with the first changed page, and stay for the next. A reader past its deadline is killed,
and that is the page's failure. A poll without news starts none.
"""

import asyncio
import multiprocessing
import pickle
import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

import pebble

from monitor.diff import rows
from monitor.errors import ErrorKind, ReaderKilled, SourceError
from monitor.model import Excerpt, Fact
from monitor.poll import reader_process
from monitor.poll.outcome import Content
from monitor.poll.reader_process import Answer, Explained, Named, Task
from monitor.source.page import Found, Link, Page, Register
from monitor.source.registry import Registry

SECONDS = 60.0  # for a page of ordinary size; a ministry's longest takes a hundredth of it
# bytes of a large register and its companions, for which their reader is given one second more
A_SECOND = 1024 * 1024
# what readers load when they meet a page, loaded once for all of them
PARSERS = ("monitor.document.article", "monitor.document.html")
LARGE = 1024 * 1024  # bytes of an answer that is unpacked beside the loop
MOST = 2  # processes: a page that takes its whole time holds up no other
# seconds of grace after a deadline: pebble gets no signal of a process killed in mid-answer
DEAD = 5.0
LOOK = 0.5  # seconds between looks whether a process that is waited for is still there
# seconds that pebble waits for a process to end by SIGTERM, which ours ignore, before it kills it:
# its locks are gone by then, and one that is just beginning would print that it finds none
DEAF = 0


@contextmanager
def _ignore_signals() -> Iterator[None]:
    """Make processes started in the block ignore signals of a terminal or supervisor: their parent
    ends them. Otherwise a reader that ends before its parent's own signal would count as a failure
    of its page.
    """
    resource_tracker.ensure_running()  # the parent reacts to all signals again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, reader_process.TO_ALL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Readers:
    """The readers of a registry's scrapers, each page in one of a few processes. `seconds` is the
    limit for a page of ordinary size; `reread` states that the scrapers were loaded again since
    this process began.
    """

    def __init__(
        self, registry: Registry, *, seconds: float = SECONDS, reread: bool = False
    ) -> None:
        self._registry = registry
        self._outdated = reread
        self._seconds = seconds
        # one process each, so that none waits for another's unfinished message
        self._pools: list[pebble.ProcessPool] = []
        self._idle: list[pebble.ProcessPool] = []
        self._turns = asyncio.Semaphore(MOST)
        self.begun = asyncio.Event()  # once a process is on its way

    async def read(self, reader: str, page: Page) -> Sequence[Found] | Register:
        """Read a page's facts and links, or its register, as in `read_page`."""
        content = await self.read_page(reader, page)
        return content if isinstance(content, Register) else content.found

    async def read_page(
        self, reader: str, page: Page, *, with_links: bool = False
    ) -> Content | Register:
        """Read a page with the reader of this name; for a register return its description, without
        its records. `with_links` adds the links that the reader does not take.

        Raises:
            SourceError: the reader refuses the page or fails.
            ReaderKilled: it does not end.
        """
        answer = await self._ask(reader_process.ToRead(reader, _copy_bare(page), with_links))
        if isinstance(answer, Register):
            return answer
        assert isinstance(answer, reader_process.Said), "a page is facts and links, or a register"
        found = [self._decode_part(part) for part in answer.parts]
        return Content(found, answer.days, answer.words, answer.beside)

    async def walk(self, reader: str, page: Page, known: Mapping[str, bytes]) -> rows.Scanned:
        """Compare the register's records with the `known` digests: new, changed or missing; errors
        as in `read`.
        """
        answer = await self._ask(
            reader_process.ToWalk(reader_process.ToRead(reader, _copy_bare(page)), known)
        )
        assert isinstance(answer, rows.Scanned), "that was asked"
        return answer

    async def explain(
        self, reader: str, page: Page, known: Mapping[str, bytes], before: Mapping[str, bytes]
    ) -> Explained:
        """Describe the changed records, `before` being the known records' bytes; errors as in
        `read`.
        """
        answer = await self._ask(
            reader_process.ToExplain(reader_process.ToRead(reader, _copy_bare(page)), known, before)
        )
        assert isinstance(answer, reader_process.Explained), "that was asked"
        return answer

    def _decode_part(self, part: Fact | Excerpt | Named) -> Found:
        if not isinstance(part, reader_process.Named):
            return part
        return Link(part.url, self._registry.reader(part.reader), part.title, part.of, part.request)

    async def _ask(self, task: Task) -> Answer:
        asked = task if isinstance(task, reader_process.ToRead) else task.asked
        bodies = (asked.page.body, *(page.body for page in asked.page.companions.values()))
        seconds = self._seconds + sum(body.size for body in bodies) // A_SECOND
        async with self._turns:
            told = await self._run_task(task, f"{asked.page.url}: {asked.reader}", seconds)
        unpack = partial(pickle.loads, told)
        answer: Answer | SourceError = (
            await asyncio.to_thread(unpack) if len(told) > LARGE else unpack()
        )
        if isinstance(answer, SourceError):
            raise answer
        return answer

    async def _run_task(self, task: Task, called: str, seconds: float) -> bytes:
        """Run a task in a process and return the encoded result; `called` names the page.

        Raises:
            ReaderKilled: it took longer than `seconds`, or its process died.
        """
        for last in (False, True):
            pool = await self._take_idle_pool()
            try:
                future = pool.schedule(reader_process.answer_task, (task, seconds), timeout=seconds)
                async with asyncio.timeout(seconds + DEAD):
                    return await _wait_for(future, pool)
            except TimeoutError as error:
                if future.cancelled():  # by us: pebble should have done so before
                    await self._end(pool)
                raise ReaderKilled(
                    f"{called} came to no end within {seconds:g} s and was stopped"
                ) from error
            except pebble.ProcessExpired as error:
                status = error.exitcode
                cause = signal.Signals(-status).name if status < 0 else f"status {status}"
                raise ReaderKilled(f"{called} took its process along ({cause})") from error
            except RuntimeError as error:
                # its process ended before it had the page: once that is no page's fault
                if last:
                    raise ReaderKilled(f"{called} took its process along") from error
            finally:
                self._idle.append(pool)
        raise AssertionError("the second time it is an answer or an error")

    async def _take_idle_pool(self) -> pebble.ProcessPool:
        """Return an idle process, the last used one first: it may have the register open. Otherwise
        start one.
        """
        while self._idle:
            pool = self._idle.pop()
            if pool.active:
                return pool
            await self._end(pool)
        if not self.begun.is_set():
            await asyncio.to_thread(self._begin)
            self.begun.set()
        pool = self._open_pool()
        self._pools.append(pool)
        try:
            # it starts with its first task, and that takes a while
            await asyncio.to_thread(pool.schedule, int)
        except OSError as error:
            self._pools.remove(pool)
            raise SourceError(
                f"no process to read pages can begin: {error}; it needs free memory and"
                " files, and, as in a container, a /dev/shm to write in",
                ErrorKind.MONITOR,
            ) from error
        except BaseException:
            self._idle.append(pool)
            raise
        return pool

    def _begin(self) -> None:
        """Start the process that all others are forked from: it takes a while until that has
        loaded everything.
        """
        assert self._context, "which says what that is"
        with _ignore_signals():
            forkserver.ensure_running()

    def _open_pool(self) -> pebble.ProcessPool:
        pebble.CONSTS.term_timeout = DEAF
        registry = self._registry
        begun_with = (
            self._life[0],
            registry.modules,
            registry.terms,
            registry.page_readers_named,
            self._outdated,
        )
        return pebble.ProcessPool(
            1, initializer=reader_process.begin, initargs=begun_with, context=self._context
        )

    @cached_property
    def _life(self) -> tuple[Connection, Connection]:
        """A pipe with a second end only here, which closes when this process ends."""
        return self._context.Pipe(duplex=False)

    @cached_property
    def _context(self) -> ForkServerContext:
        """Processes are forked from one with all modules loaded, and without threads, secrets or an
        open store.
        """
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(
            ["__main__", reader_process.__name__, *PARSERS, *self._registry.modules]
        )
        return context

    async def aclose(self) -> None:
        """Stop all processes, even busy ones."""
        self._idle.clear()
        await asyncio.gather(*map(self._end, tuple(self._pools)))

    async def _end(self, pool: pebble.ProcessPool) -> None:
        """Stop the process of a pool, and remove it."""
        if pool in self._pools:
            self._pools.remove(pool)
            await asyncio.to_thread(pool.stop)
            await asyncio.to_thread(pool.join)


async def _wait_for(future: Future[bytes], pool: pebble.ProcessPool) -> bytes:
    """Wait for a result. A pool whose process died in this moment never answers.

    Raises:
        RuntimeError: the pool has ended.
    """
    answer = asyncio.wrap_future(future)
    try:
        while not (await asyncio.wait([answer], timeout=LOOK))[0]:
            if not pool.active:
                raise RuntimeError("it was given to a pool that had ended")
        return answer.result()
    finally:
        future.cancel()


def _copy_bare(page: Page) -> Page:
    """Copy the page without its parsed forms and open file, so that it can go to another
    process.
    """
    body = replace(page.body, holder=None)
    return replace(
        page,
        body=body,
        companions={name: _copy_bare(companion) for name, companion in page.companions.items()},
    )
