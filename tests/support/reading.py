"""Pages and files are read in the process of their test, as another would read them: starting one
takes longer than most pages.

That other processes do it, and what they stand, is tested in `APART` and by those that are marked
long. One that is long only for what it costs says the same in either.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import costly
import msgspec
import pytest

from monitor.document import sandbox, sandbox_child
from monitor.document.sandbox import Kind
from monitor.poll.reader_process import DESK, ReaderDesk, Task, answer_task
from monitor.poll.readers import Readers

APART = ("poll/test_readers.py", "poll/test_private_scraper.py", "document/test_sandbox.py")
RUN_TASK, RUN_CHILD = Readers._run_task, sandbox._run_child


def reads_apart(item: pytest.Item) -> bool:
    """Whether other processes read for a test."""
    long = item.get_closest_marker("long") and not costly.is_costly(item)
    return bool(long) or item.path.as_posix().endswith(APART)


class Here:
    """What reads in this process, but while a test wants others to."""

    def __init__(self) -> None:
        self.apart = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Whatever this process reads in the block is read so."""

        async def run_task(readers: Readers, task: Task, called: str, seconds: float) -> bytes:
            if self.apart:
                return await RUN_TASK(readers, task, called, seconds)
            return _answered(readers, task, seconds)

        def run_child(
            kind: Kind, sent: IO[bytes], told: IO[bytes], seconds: float, manner: str
        ) -> int:
            if self.apart:
                return RUN_CHILD(kind, sent, told, seconds, manner)
            outcome = sandbox_child.read_outcome(kind, sent.read(), every_row=bool(manner))
            told.write(msgspec.msgpack.encode(outcome))
            return 0

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Readers, "_run_task", run_task)
            patch.setattr(sandbox, "_run_child", run_child)
            yield


def _answered(readers: Readers, task: Task, seconds: float) -> bytes:
    desk = vars(readers).setdefault(
        "desk_here", ReaderDesk(readers._registry.modules, readers._registry.page_readers_named)
    )
    before = DESK.set(desk)
    try:
        return answer_task(pickle.loads(pickle.dumps(task)), seconds)
    finally:
        DESK.reset(before)
