"""The child process of `readers`: it runs one reader at a time on the pages that it gets, until its
parent closes it.
"""

import importlib
import os
import pickle
import resource
import signal
import sys
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import replace
from multiprocessing.connection import Connection
from statistics import median
from typing import Any
from zlib import crc32

from monitor import vocabulary
from monitor.diff.listings import describe_listing
from monitor.diff.rows import Changes, Scanned, explain, read_listings, scan
from monitor.errors import ErrorKind, SourceError
from monitor.model import Excerpt, Fact, frozen
from monitor.source.configured import PageReader
from monitor.source.page import Found, Link, LinksBeside, Page, Reader, Register, Request
from monitor.source.registry import unload_modules
from monitor.source.scraper import Source, guard_reader, make_reader_name, read_with_days
from monitor.vocabulary import Term

# bytes of address space: far above what a register of 120 MB takes, far below what takes the
# machine along
MEMORY = 4 * 1024**3
# seconds after which a reader that outlived its deadline ends itself, should nobody be left to end
# it
GRACE = 5
# sent to every process by a terminal; our end is the parent's to decide
TO_ALL = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
# of the environment: tokens are none of a reader's business
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR")


@frozen
class Named:
    """A link with its reader by name, since a function may be another one on the other side."""

    url: str
    title: str
    of: str | None
    request: Request | None
    reader: str


@frozen
class Explained:
    """The result of changed records: the changes, layout problems, and each record's content by
    column.
    """

    changes: Changes
    described: Mapping[str, Mapping[str, str]]


@frozen
class Said:
    """A page's content: the facts, the days in its list, the article's lines (for facts or an
    annex), and on request its other links.
    """

    parts: tuple["Fact | Excerpt | Named", ...]
    days: tuple[str, ...]
    words: tuple[str, ...]
    beside: LinksBeside | None = None


Answer = Said | Register | Scanned | Explained


@frozen
class ToRead:
    """Read this page; `with_links` adds a list's other links."""

    reader: str
    page: Page
    with_links: bool = False

    def run(self, desk: "ReaderDesk") -> Answer:
        """Facts and links; for a register its description, with its records unread."""
        content, days = desk.read(self)
        if isinstance(content, Register):
            return replace(content, records=(), read=_refuse_record, shape=None)
        parts = tuple(
            Named(part.url, part.title, part.of, part.request, make_reader_name(part.read))
            if isinstance(part, Link)
            else part
            for part in content
        )
        beside = (
            next(iter(list_links_beside(self.page, content)), None) if self.with_links else None
        )
        has_facts = self.page.of or not all(isinstance(part, Named | Excerpt) for part in parts)
        words = tuple(self.page.list_words()) if has_facts else ()
        return Said(parts, days, words, beside)


@frozen
class ToWalk:
    """A task: walk the register on this page against the digests of its known records."""

    asked: ToRead
    known: Mapping[str, bytes]

    def run(self, desk: "ReaderDesk") -> Answer:
        """Compare the records: new, changed or missing."""
        return desk.walk(self)[1]


@frozen
class ToExplain:
    """Report the changes in a register that was read; `before` has the known records' raw bytes."""

    asked: ToRead
    known: Mapping[str, bytes]
    before: Mapping[str, bytes]

    def run(self, desk: "ReaderDesk") -> Answer:
        """The changes; of a register of which nothing was known only what is odd about it
        counts.
        """
        register, scanned = desk.walk(self)
        with desk.guard_reader(self.asked):
            now = read_listings(register, scanned)
            changes = explain(register, scanned, self.before, now)
            return Explained(changes, {name: describe_listing(one) for name, one in now.items()})


Task = ToRead | ToWalk | ToExplain
DESK: "ContextVar[ReaderDesk]" = ContextVar("desk")  # of this process


class ReaderDesk:
    """The readers of some modules, and of config.toml's pages by name. It keeps the last register
    open, because a second question follows.
    """

    def __init__(self, modules: Sequence[str], pages: Mapping[str, PageReader]) -> None:
        self._pages = pages
        self._modules = {name.rpartition(".")[2]: name for name in modules}
        self._open: tuple[tuple[str, str], Register] | None = None
        self._walked: tuple[ToWalk | ToExplain, Register, Scanned] | None = None

    def read(self, task: ToRead) -> tuple[list[Found] | Register, tuple[str, ...]]:
        """Read a page with a reader; with the days of its list."""
        self._open = self._walked = None
        content, days = read_with_days(self._reader(task), task.page)
        if isinstance(content, Register):
            self._open = (_make_identity(task), content)
        return content, days

    def walk(self, task: ToWalk | ToExplain) -> tuple[Register, Scanned]:
        """Find a register's changed records; read the page again if another one is open."""
        if (
            self._walked
            and _make_identity(self._walked[0].asked) == _make_identity(task.asked)
            and self._walked[0].known == task.known
        ):
            return self._walked[1:]
        register = self._taken(task.asked)
        with self.guard_reader(task.asked):
            scanned = scan(register, task.known)
        self._walked = (task, register, scanned)
        return register, scanned

    def _taken(self, task: ToRead) -> Register:
        if self._open and self._open[0] == _make_identity(task):
            content: list[Found] | Register = self._open[1]
        else:
            content, _ = self.read(task)
        self._open = None  # its records can be walked once
        assert isinstance(content, Register), "what is walked is a register"
        return content

    def guard_reader(self, task: ToRead) -> AbstractContextManager[None]:
        """Turn any error in the block into a failure of this page's reader."""
        return guard_reader(self._reader(task), task.page.url)

    def _reader(self, task: ToRead) -> Reader:
        if task.reader in self._pages:
            return self._pages[task.reader]
        module, _, function = task.reader.partition(".")
        read = getattr(importlib.import_module(self._modules[module]), function)
        return read.read if isinstance(read, Source) else read


def _make_identity(task: ToRead) -> tuple[str, str]:
    return task.reader, task.page.identity


def begin(
    life: Connection,
    modules: Sequence[str],
    terms: Sequence[Term],
    pages: Mapping[str, PageReader],
    outdated: bool,
) -> None:
    """Turn this process into a reader; it ends with its parent, when the other end of `life`
    closes. The modules are `outdated` if the parent loaded its scrapers again after our template
    process began. Then this process loads them again too.
    """
    _isolate_process()
    threading.Thread(target=_end_with, args=[life], daemon=True).start()
    if outdated:
        unload_modules(modules)
    # what any of the scrapers declares counts on every page, not only on its own
    vocabulary.use(terms)
    DESK.set(ReaderDesk(modules, pages))


def _isolate_process() -> None:
    """Take nothing along that a hostile page could use, and leave what belongs to the parent
    alone.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, TO_ALL)  # also if the template process handles them
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in set(os.environ) - set(KEPT):
        del os.environ[name]
    sys.stdout = sys.stderr  # results are the parent's to print


def _end_with(life: Connection) -> None:
    """End when the other end is gone, however deep in a page we are then."""
    life.poll(None)
    os._exit(1)


def answer_task(task: Task, seconds: float) -> bytes:
    """Run a task and encode its result or error. Long after these seconds the process ends by
    itself.
    """
    signal.alarm(int(seconds) + GRACE)
    try:
        return pickle.dumps(task.run(DESK.get()))
    except SourceError as error:
        return pickle.dumps(error)
    except BaseException as error:  # noqa: BLE001 - readers are others' code: whatever goes wrong is an answer too
        return pickle.dumps(SourceError(f"{type(error).__name__}: {error}", ErrorKind.READER))
    finally:
        signal.alarm(0)


def list_links_beside(page: Page, content: Sequence[Found]) -> Sequence[LinksBeside]:
    """Describe the HTML page's links that its reader ignores; those far shorter than the reader's
    own are no candidates. Each anchor counts. So a link shown twice, or in the list and beside it,
    gives the same count each day.
    """
    taken = [link for link in content if isinstance(link, Link) and not link.of]
    if (
        not taken
        or "<" not in page.body.whole[:200].decode("latin-1")
        or page.body.whole[:5] == b"<?xml"
    ):
        return ()
    known, words = (
        {_strip_address(link.url) for link in taken},
        {link.title for link in taken if link.title},
    )
    least = max(median(len(link.title) for link in taken) / 2, 2)
    counts, first, links = Counter[int](), set[str](), []
    for anchor in page.soup.select("a[href]"):
        url, text = page.absolute(str(anchor["href"])), anchor.get_text(" ", strip=True)
        if (where := _strip_address(url)) in known and where not in first:
            first.add(where)
            continue
        place = crc32(" ".join(f"{tag.name}.{tag.get('class')}" for tag in anchor.parents).encode())
        counts[place] += 1
        if (
            where not in known
            and text not in words
            and len(text) >= least
            and url.startswith("http")
        ):
            links.append((url, text, place))
    return (LinksBeside(counts, tuple(links)),)


def _strip_address(url: str) -> str:
    """Strip from an address what readers change in it."""
    return url.partition("://")[2].partition("#")[0].removeprefix("www.").rstrip("/")


def _refuse_record(_raw: bytes) -> Any:
    """Stands for a register's `read` where the register came from a child: only the child can
    understand a record.
    """
    raise AssertionError("the records of a register are understood where it was read")
