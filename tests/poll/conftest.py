"""Pages are read in the process of their test, as another would read them: that another one does,
and what it stands, is tested in `test_readers.py`, `test_private_scraper.py` and by those that are
marked long. One that is long only for what it costs says the same in either.
"""

import pickle

import costly
import pytest

from monitor.poll.reader_process import DESK, ReaderDesk, Task, answer_task
from monitor.poll.readers import Readers

IN_PROCESSES = ("test_readers", "test_private_scraper")  # modules


async def _run_here(readers: Readers, task: Task, _called: str, seconds: float) -> bytes:
    desk = vars(readers).setdefault(
        "desk_here", ReaderDesk(readers._registry.modules, readers._registry.page_readers_named)
    )
    before = DESK.set(desk)
    try:
        return answer_task(pickle.loads(pickle.dumps(task)), seconds)
    finally:
        DESK.reset(before)


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    marked = request.node.get_closest_marker("long") and not costly.is_costly(request.node)
    if request.path.stem not in IN_PROCESSES and not marked:
        monkeypatch.setattr(Readers, "_run_task", _run_here)
