"""The child's side of `readers`: runs one reader at a time on the pages it is sent, until its parent lets go of it."""

import importlib
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from typing import Any

from monitor.diff.listings import name_of
from monitor.diff.rows import Changes, Sifted, explain, sift, understood
from monitor.errors import SourceError
from monitor.model import Fact, to_json
from monitor.page import Found, Link, Page, Reader, Request
from monitor.register import Register
from monitor.scraper import Source, blamed, read_all, reader_name

MEMORY = 4 * 1024**3  # bytes of address space: far above what a register of 120 MB takes, far below what takes the machine along
GRACE = 5  # seconds after which a reader that outlived its deadline ends itself, should nobody be left to end it
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR")  # of the environment: tokens are none of a reader's business


@dataclass(frozen=True, slots=True)
class Named:
    """A link with its reader by name, since a function may be another one on the other side."""

    url: str
    title: str
    of: str | None
    request: Request | None
    reader: str


@dataclass(frozen=True, slots=True)
class Walked:
    """A register walked to its end: all that it says of itself, and which of its records are new, moved or missing."""

    register: Register
    sifted: Sifted


@dataclass(frozen=True, slots=True)
class Explained:
    """What moved records mean: the changes, what is odd about the layout, and each record's name and subject as JSON."""

    changes: Changes
    described: Mapping[str, tuple[str, str]]


Answer = tuple["Fact | Named", ...] | Walked | Explained


@dataclass(frozen=True, slots=True)
class ToRead:
    """Read this page; should it be a register, hold it against these digests of what is known of it."""

    reader: str
    page: Page
    known: Mapping[str, bytes] = field(default_factory=dict)

    def run(self, desk: "Desk") -> Answer:
        """Facts and links, or the register walked."""
        found = desk.read(self)
        if isinstance(found, Walked):
            return Walked(replace(found.register, records=(), read=_nothing_here), found.sifted)
        return tuple(_named(each) if isinstance(each, Link) else each for each in found)


@dataclass(frozen=True, slots=True)
class ToExplain:
    """Say what a register that was read means; `before` has the raw bytes of each moved or missing record that was known."""

    asked: ToRead
    before: Mapping[str, bytes]

    def run(self, desk: "Desk") -> Answer:
        """The changes; of a register of which nothing was known only what is odd about it counts."""
        found = desk.read(self.asked)
        assert isinstance(found, Walked), "what was walked is a register"
        with blamed(desk.reader(self.asked.reader), self.asked.page.url):
            new = understood(found.register, found.sifted)
            changes = explain(found.register, found.sifted, self.before, new)
            return Explained(changes, {name: (name_of(each), to_json(each.subject).decode()) for name, each in new.items()})


Task = ToRead | ToExplain


class Desk:
    """The readers of some modules, and the register that was read last, since it is asked for twice."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = {name.rpartition(".")[2]: name for name in modules}
        self._last: tuple[tuple[str, str], Walked] | None = None

    def reader(self, name: str) -> Reader:
        """The reader of this name, which the parent knows to be there."""
        module, _, function = name.partition(".")
        read = getattr(importlib.import_module(self._modules[module]), function)
        found: Reader = read.read if isinstance(read, Source) else read
        return found

    def read(self, asked: ToRead) -> list[Found] | Walked:
        """What a reader makes of a page; a register is walked to its end."""
        place = (asked.reader, asked.page.identity)
        if self._last and self._last[0] == place:
            return self._last[1]
        read = self.reader(asked.reader)
        found = read_all(read, asked.page)
        if not isinstance(found, Register):
            return found
        with blamed(read, asked.page.url):
            walked = Walked(found, sift(found, asked.known))
        self._last = (place, walked)
        return walked


def serve(parent: Connection, modules: Sequence[str], seconds: float) -> None:
    """Do what the parent asks, and answer; end when it lets go of the connection."""
    _live_apart()
    desk = Desk(modules)
    while (task := _next(parent)) is not None:
        signal.alarm(int(seconds) + GRACE)
        parent.send(_answered(lambda: task.run(desk)))  # noqa: B023 - called at once
        signal.alarm(0)


def _live_apart() -> None:
    """Take nothing along that a hostile page could use, and leave what belongs to the parent alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when we end
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in set(os.environ) - set(KEPT):
        del os.environ[name]
    sys.stdout = sys.stderr  # results are the parent's to print


def _next(parent: Connection) -> Task | None:
    try:
        task: Task = parent.recv()
    except (EOFError, OSError):
        return None
    return task


def _answered(run: Callable[[], Answer]) -> Answer | SourceError:
    try:
        return run()
    except SourceError as error:
        error.__traceback__ = error.__cause__ = error.__context__ = None
        return error
    except Exception as error:  # noqa: BLE001 - readers are others' code: whatever went wrong is an answer too
        return SourceError(f"{type(error).__name__}: {error}", kind="reader")


def _named(link: Link) -> Named:
    return Named(link.url, link.title, link.of, link.request, reader_name(link.read))


def _nothing_here(_raw: bytes) -> Any:
    """Stands for a register's `read` where the register came from a child: only the child can understand a record."""
    raise AssertionError("the records of a register are understood where it was read")
