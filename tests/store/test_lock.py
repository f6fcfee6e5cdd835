"""One writer a store: whoever else comes is told who holds it, however many come at once."""

import errno
import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from command import Running, environment, eventually
from examples import long, sweep

from monitor.errors import StoreError, StoreFull, StoreHeld
from monitor.store.lock import Lock, find_lock_holder

pytestmark = pytest.mark.files  # a database has none: test_shared.py says what its workers hold

MANY = 20
HOLD_AND_DIE = """
import os
from pathlib import Path
from monitor.store.lock import Lock
with Lock(Path({store!r})):
    os.abort()
"""


def test_of_twenty_that_come_at_once_exactly_one_holds_the_store_and_the_others_are_told_which(
    tmp_path: Path,
):
    came, over, outcomes = threading.Barrier(MANY), threading.Barrier(MANY), Counter[str]()

    def come() -> None:
        came.wait()
        try:
            with Lock(tmp_path):
                outcomes["held"] += 1
                over.wait()
        except StoreHeld as error:
            outcomes[str(error)] += 1
            over.wait()

    threads = [threading.Thread(target=come) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes == {
        "held": 1,
        f"{tmp_path}: held by another monitor (process {os.getpid()}): stop it, or choose another --store": (
            MANY - 1
        ),
    }


def test_who_holds_a_store_and_who_held_it_last_is_known_without_a_trace(tmp_path: Path):
    assert find_lock_holder(tmp_path) is None
    with Lock(tmp_path):
        held = find_lock_holder(tmp_path)
    left = find_lock_holder(tmp_path)

    assert held
    assert left
    assert [(held.is_held, held.pid), (left.is_held, left.pid)] == [
        (True, os.getpid()),
        (False, os.getpid()),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock"]


def test_a_lock_that_can_t_be_read_is_not_taken_for_one_that_nobody_holds(tmp_path: Path):
    (tmp_path / "lock").mkdir()

    with pytest.raises(
        StoreError, match=r"lock: can't be read: Is a directory; the store's holder is unknown"
    ):
        find_lock_holder(tmp_path)
    assert find_lock_holder(tmp_path / "lock" / "none") is None


@pytest.mark.parametrize("many", [*long(4), *sweep(MANY)])
def test_of_daemons_that_are_started_at_once_exactly_one_runs_and_each_other_is_exit_3_with_its_number(
    many: int, settings: Path, tmp_path: Path, ministry
):
    folders = [tmp_path / str(number) for number in range(many)]
    for folder in folders:
        folder.mkdir()
    daemons = [Running(settings, folder) for folder in folders]
    eventually(lambda: sum(daemon.over for daemon in daemons) == many - 1)
    (running,) = [daemon for daemon in daemons if not daemon.over]
    others = [daemon for daemon in daemons if daemon is not running]
    eventually((tmp_path / "store" / "socket").exists)

    assert {daemon.ended() for daemon in others} == {3}
    assert all(f"process {running.pid}" in daemon.err for daemon in others)
    assert running.stopped() == 0


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path):
    script = HOLD_AND_DIE.format(store=str(tmp_path))
    subprocess.run(
        [sys.executable, "-c", script], env=environment(), check=False, capture_output=True
    )

    with Lock(tmp_path):
        assert find_lock_holder(tmp_path)


def test_a_disk_without_room_for_a_number_is_said_with_the_way_out(tmp_path: Path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", refuse)
    with (
        pytest.raises(
            StoreFull, match="No space left on device .make room, or choose another --store"
        ),
        Lock(tmp_path),
    ):
        pass
