"""A history that is gone, or another store's, is never taken for a new one; a new store and a
first start cut off still are.
"""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from acts import control, listing
from command import TESTS, apart, environment, eventually, one_line, run
from examples import long, sweep

from monitor.errors import StoreAway, StoreBroken, StoreError
from monitor.source.page import Request
from monitor.store import DATABASE, IDENTITY, History, acts, addresses, has_store, identity
from monitor.store.archive import FolderArchive

FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")
LOST = "the history is gone, but not the"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with a history and an archive."""
    folder = tmp_path / "store"
    History(folder).close()
    FolderArchive(folder / "archive").put(b"evidence")
    return folder


def forget(store: Path) -> None:
    for name in FILES:
        (store / name).unlink(missing_ok=True)


@pytest.mark.files
@pytest.mark.parametrize("left", [IDENTITY, "archive"])
def test_what_belongs_to_a_history_without_it_refuses_to_begin_anew_and_says_the_way_out(
    store: Path, left: str
):
    forget(store)
    if left == IDENTITY:
        shutil.rmtree(store / "archive")
    else:
        (store / IDENTITY).unlink()

    for read_only in (False, True):
        with pytest.raises(
            StoreError, match=f"{LOST} {left} beside it; put a backup of it back, or move"
        ):
            History(store, read_only=read_only)
    with pytest.raises(StoreError, match=LOST):
        has_store(store)
    assert not (store / DATABASE).exists()


@pytest.mark.files
def test_a_folder_of_its_own_begins_anew(store: Path, tmp_path: Path):
    forget(store)
    store.rename(tmp_path / "away")

    with History(store) as history:
        assert history(acts.list_newest_acts, 1) == []


@pytest.mark.files
def test_a_database_of_another_store_is_refused(store: Path, tmp_path: Path):
    History(tmp_path / "other").close()
    forget(store)
    shutil.copy(tmp_path / "other" / DATABASE, store / DATABASE)

    with pytest.raises(StoreError, match="another store than the identity beside it names"):
        History(store)
    (store / IDENTITY).unlink()
    History(store).close()  # as the message says


@pytest.mark.files
def test_a_first_start_that_was_cut_off_before_it_had_a_name_goes_on(store: Path):
    """Between the tables and the row, and between the row and the file."""
    shutil.rmtree(store / "archive")
    (store / IDENTITY).unlink()
    with closing(sqlite3.connect(store / DATABASE)) as database, database:
        database.execute("DELETE FROM store")
    History(store).close()
    named = (store / IDENTITY).read_text()
    (store / IDENTITY).unlink()
    History(store).close()

    assert (store / IDENTITY).read_text() == named


@pytest.mark.files
def test_a_backup_from_before_stores_had_names_is_taken_back(store: Path):
    named = (store / IDENTITY).read_text()
    forget(store)
    shutil.copy(TESTS / "stores" / "0.1.0" / "store" / DATABASE, store)
    History(store).close()

    assert (store / IDENTITY).read_text() == named


def test_a_damaged_name_is_one_line(store: Path):
    (store / IDENTITY).write_text("?")

    with pytest.raises(StoreError, match="identity: damaged; delete it if"):
        History(store)


def deleted(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def replaced(path: Path) -> None:
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


HARM = [
    pytest.param(deleted, DATABASE, "deleted while", id="deleted"),
    pytest.param(replaced, DATABASE, "replaced by another file while", id="replaced"),
    pytest.param(emptied, DATABASE, "cut off while", id="emptied"),
    pytest.param(deleted, f"{DATABASE}-wal", "deleted while", id="log-deleted"),
    pytest.param(deleted, f"{DATABASE}-shm", "deleted while", id="index-deleted"),
]


@pytest.mark.files
@pytest.mark.parametrize(("harm", "name", "said"), HARM)
def test_a_database_that_is_taken_away_while_it_is_open_is_written_no_more(
    store: Path, clock, harm: Callable[[Path], None], name: str, said: str
):
    with History(store) as history:
        history(
            addresses.take_up,
            "toy.notices",
            [Request("https://ministry.example/")],
            "toy.notices",
            clock.now(),
        )
        harm(store / name)
        for _ in range(2):
            with pytest.raises(StoreBroken, match=said):
                history(
                    addresses.take_up,
                    "toy.notices",
                    [Request("https://ministry.example/new")],
                    "toy.notices",
                    clock.now(),
                )


@pytest.mark.files
@pytest.mark.parametrize(("harm", "name", "said"), [*long(*HARM[1:3]), *sweep(HARM[0], HARM[3])])
def test_the_daemon_ends_when_its_database_is_taken_away(
    daemon,
    settings: Path,
    ministry,
    tmp_path: Path,
    harm: Callable[[Path], None],
    name: str,
    said: str,
):
    eventually(lambda: '"last_ok":"2' in run("--config", settings, "status", "--json").stdout)
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    harm(tmp_path / "store" / name)

    assert daemon.ended() == 1
    assert said in daemon.err.splitlines()[-1]
    assert "Traceback" not in daemon.err
    assert daemon.out == ""


def emptied(store: Path) -> None:
    forget(store)
    (store / DATABASE).touch()


def swapped(store: Path) -> None:
    forget(store)
    History(store.with_name("other")).close()
    shutil.copy(store.with_name("other") / DATABASE, store)


def truncated(store: Path) -> None:
    with closing(sqlite3.connect(store / DATABASE)):
        whole = (store / DATABASE).read_bytes()
    forget(store)
    (store / DATABASE).write_bytes(whole[:3_000])


@pytest.mark.files
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (forget, LOST),
        (emptied, LOST),
        (swapped, "the history of another store"),
        (truncated, "malformed"),
    ],
)
def test_no_command_takes_a_lost_history_for_a_new_one_or_anothers_for_its_own(
    settings: Path, ministry, tmp_path: Path, harm: Callable[[Path], None], said: str
):
    ministry.publish("18", control(18, "1C902.a"))
    run("--config", settings, "poll")
    harm(tmp_path / "store")
    for command in (
        ["poll"],
        ["poll", "--dry-run"],
        ["run"],
        ["status"],
        ["screen", "Dedrone"],
        ["watch", "add", "Dedrone"],
    ):
        result = (apart if command == ["run"] else run)("--config", settings, *command)

        assert result.returncode == 1
        assert said in one_line(result)
        assert str(tmp_path / "store" / DATABASE) in one_line(result)


@pytest.mark.files
@pytest.mark.long
def test_a_first_start_killed_at_any_moment_is_no_lost_history(tmp_path: Path):
    waits = range(0, 60, 4)
    command = [sys.executable, "-c", KILLED, str(tmp_path), *map(str, waits)]
    done = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)
    for wait in waits:
        History(tmp_path / str(wait)).close()

    assert len(done.stdout.split()) == len(waits)
    assert {*map(int, done.stdout.split())} <= {0, -signal.SIGKILL}


# Each start is a process of its own, with all that it loads before it opens the store.
KILLED = """
import os, signal, sys
from pathlib import Path
def count(frame, event, _argument):
    global left
    if "/monitor/store/" in frame.f_code.co_filename and event == "call":
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
from monitor.store import History
for wait in sys.argv[2:]:
    if process := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
        continue
    left = int(wait)
    sys.setprofile(count)
    History(Path(sys.argv[1]) / wait).close()
    os._exit(0)
"""


def test_a_history_that_can_not_be_opened_after_all_says_why_and_nothing_else(
    tmp_path, monkeypatch
):
    def gone(*_):
        raise StoreAway("nobody answers")

    monkeypatch.setattr(identity, "settle", gone)
    with pytest.raises(StoreAway, match="nobody answers"):
        History(tmp_path)
