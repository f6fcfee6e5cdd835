"""A copy of a store on a medium that nothing can be written to: read as what it is, and never
while somebody writes it.
"""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import Done, environment, run
from lacking import lacking

from monitor.errors import StoreError
from monitor.store import DATABASE, History, acts, make_scratch_copy
from monitor.store.backup import put_back, write_backup
from monitor.store.engine import is_copy

pytestmark = pytest.mark.files  # a database lies on no medium that somebody carries away

KEPT = Path(__file__).parents[1] / "stores/0.2.0"
QUESTIONS = {
    "status": ("status",),
    "asof": ("asof", "2025-12-10"),
    "show": ("show", "mofcom-2025-80"),
    "screen": ("screen", "Dedrone", "--no-record"),
    "calendar": ("calendar", "--from", "2025-10-01"),
}


def read_only(folder: Path) -> list[str]:
    """How a command is called for which nothing can be written there, whoever it is: root heeds
    no mode of a folder.
    """
    script = (
        f'mount --bind "{folder}" "{folder}" && mount -o remount,ro,bind "{folder}" && exec "$@"'
    )
    return ["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh"]


def hindrance(tmp_path: Path) -> str:
    made = subprocess.run(
        [*read_only(tmp_path), "touch", str(tmp_path / "x")],
        capture_output=True,
        text=True,
        check=False,
    )
    return (
        "" if "Read-only" in made.stderr else f"no folder can be made read-only here: {made.stderr}"
    )


def asked(store: Path, *words: str) -> Done:
    """What a command answers that can't write the store."""
    command = [
        *read_only(store),
        sys.executable,
        "-m",
        "monitor",
        "--config",
        str(KEPT / "config.toml"),
        "--store",
        str(store),
    ]
    done = subprocess.run(
        [*command, *words], capture_output=True, text=True, check=False, env=environment()
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    if why := hindrance(tmp_path):
        lacking(why)
    return tmp_path / "medium"


@pytest.fixture(scope="module")
def of_today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kept store with the tables of today."""
    copy = shutil.copytree(KEPT / "store", tmp_path_factory.mktemp("kept") / "store")
    History(copy).close()
    return copy


@pytest.fixture
def store(of_today: Path, tmp_path: Path) -> Path:
    return shutil.copytree(of_today, tmp_path / "store")


@pytest.fixture
def written(store: Path) -> Iterator[sqlite3.Connection]:
    """Somebody has it open who wrote it just now."""
    with closing(sqlite3.connect(store / DATABASE)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE act SET first_seen = '2025-01-01 00:00:00.000000'")
        connection.commit()
        yield connection


def answers(done: Done) -> list[dict]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.long
@pytest.mark.parametrize(
    "question", [pytest.param(question, id=name) for name, question in QUESTIONS.items()]
)
def test_a_copy_that_can_t_be_written_answers_as_the_store_and_says_that_it_is_one(
    question: tuple[str, ...], store: Path, medium: Path
):
    shutil.copytree(store, medium)
    *original, at_its_end = answers(
        run("--config", KEPT / "config.toml", "--store", store, *question, "--json")
    )
    *copied, said = answers(asked(medium, *question, "--json"))

    assert [{**line, "next": ""} for line in copied] == [{**line, "next": ""} for line in original]
    assert at_its_end["coverage"]["copy_of"] is None
    assert said["coverage"]["copy_of"] == "2025-12-14T06:10:00Z"


@pytest.mark.long
def test_what_was_copied_while_somebody_wrote_it_is_read_with_its_newest_part(
    store: Path, written, medium: Path
):
    shutil.copytree(store, medium)
    listed = [line for line in answers(asked(medium, "status", "--json")) if "act" in line]

    assert {line["first_seen"] for line in listed} == {"2025-01-01T00:00:00Z"}


def test_a_copy_whose_newest_part_can_t_be_read_answers_nothing_and_says_why(
    store: Path, written, medium: Path
):
    shutil.copytree(store, medium)
    (medium / f"{DATABASE}-shm").unlink()
    done = asked(medium, "status")

    assert done.returncode == 1
    assert f"its newest part lies in {DATABASE}-wal" in done.stderr
    assert "copy all of" in done.stderr


@pytest.mark.long
def test_a_restored_backup_on_such_a_medium_answers(store: Path, medium: Path, tmp_path: Path):
    write_backup(store, tmp_path / "backup.tar", datetime.now(UTC))
    put_back(tmp_path / "backup.tar", medium, datetime.now(UTC))

    said = asked(medium, "asof", "2025-12-10").stdout
    assert "this is a copy that nobody writes, as of 14 Dec 2025" in said


def test_a_store_that_may_be_written_is_no_copy(store: Path):
    with History(store, read_only=True) as history:
        assert not history.is_copy


class NoPlace:
    """Stands for a folder in which SQLite can make no file, for whoever runs the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._connect = sqlite3.connect
        monkeypatch.setattr("monitor.store.engine.sqlite3.connect", self)

    def __call__(self, database, **options):
        if "mode=ro" in str(database) and "immutable" not in str(database):
            error = sqlite3.OperationalError("attempt to write a readonly database")
            error.sqlite_errorcode = sqlite3.SQLITE_READONLY_DIRECTORY
            raise error
        return self._connect(database, **options)


def test_a_store_that_somebody_writes_is_never_read_as_a_copy(store: Path, monkeypatch):
    NoPlace(monkeypatch)
    assert is_copy(store / DATABASE)
    with (store / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(StoreError, match="can't be opened"):
            is_copy(store / DATABASE)


def test_a_copy_that_is_written_after_all_while_it_is_read_is_no_answer(store: Path, monkeypatch):
    NoPlace(monkeypatch)
    with History(store, read_only=True) as history:
        assert history.is_copy
        assert history(acts.list_newest_acts, 1)
        os.utime(store / DATABASE)

        with pytest.raises(StoreError, match="was written while it was read; ask again"):
            history(acts.list_newest_acts, 1)


def test_a_rehearsal_over_a_copy_has_a_copy_of_its_own(store: Path, monkeypatch):
    NoPlace(monkeypatch)
    with make_scratch_copy(store) as copy, closing(sqlite3.connect(copy / DATABASE)) as connection:
        assert connection.execute("SELECT count(*) FROM act").fetchone() > (0,)
