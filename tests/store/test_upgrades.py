"""A store of an earlier version is brought up to date, all of it or nothing, and kept as it was
beside.
"""

import fcntl
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import listing
from arrivals import arrive
from cuts import power_cut
from happenings import ONE_MORE, happened

from monitor.alert.event import NoticeKind
from monitor.errors import StoreError, StoreHeld
from monitor.store import (
    ALERTS,
    DATABASE,
    NEWEST,
    History,
    backup,
    mutes,
    notices,
    outbox,
    sightings,
    upgrades,
)
from monitor.store.lock import Lock

# that of a database is in test_postgres.py
pytestmark = [pytest.mark.files, pytest.mark.usefixtures("made_anew")]

NOW = datetime.now(UTC).replace(microsecond=0)
VERSIONS = {version: revision for revision, version in upgrades.RELEASED.items()}


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return request.param


def left_by(version: str, store: Path) -> None:
    """The store as an earlier version would have left it, with what it could keep of all that
    happened.
    """
    new, old = store / DATABASE, store / "old"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(upgrades.load_old_tables(version))
        connection.execute("ATTACH ? AS new", (str(new),))
        version_table, *tables = (
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("page_line_")  # the index of words keeps its own
        )
        for table in {version_table, *tables} - {"alembic_version", "mute", "naming"}:
            ours, theirs = (
                [name for _, name, *_ in connection.execute(f"PRAGMA {of}.table_info({table})")]
                for of in ("main", "new")
            )
            both = ", ".join(f'"{name}"' for name in ours if name in theirs)
            if both:
                connection.execute(f"INSERT INTO {table} ({both}) SELECT {both} FROM new.{table}")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (VERSIONS[version],))
        connection.commit()
    old.replace(new)


def made(version: str, store: Path) -> None:
    """A store with an act, as an earlier version would have left it."""
    with History(store) as history:
        arrive(history, listing(10, "Dedrone"))
    left_by(version, store)


def asked(database: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


REVISION = "SELECT version_num FROM alembic_version"


def test_a_store_that_was_brought_up_to_date_has_all_that_it_had_and_the_tables_and_views_of_a_new_one(
    tmp_path: Path, version: str
):
    made(version, tmp_path)

    with History(tmp_path) as history:
        assert [*history(sightings.load_law).acts] == ["uel-2025-10"]
        assert len(history(outbox.list_pending, ALERTS)) == 2
    assert asked(tmp_path / DATABASE, REVISION) == [(NEWEST,)]
    assert asked(tmp_path / DATABASE, "PRAGMA foreign_key_check") == []
    with backup.open_untrusted(tmp_path / DATABASE, "it", ""):
        """Which has exactly these."""


def test_it_is_kept_as_it_was(tmp_path: Path, version: str):
    made(version, tmp_path)
    rows = "SELECT * FROM act ORDER BY key"
    before, kept = asked(tmp_path / DATABASE, rows), tmp_path / f"history-{version}.sqlite"
    kept.write_text("of an upgrade that was taken back")
    History(tmp_path).close()

    assert asked(kept, rows) == before != []
    assert asked(kept, REVISION) == [(VERSIONS[version],)]
    assert kept.stat().st_mode & 0o077 == 0
    assert not [*tmp_path.glob(".*")]
    with backup.open_untrusted(kept, "it", ""):
        """Which is a history of that version."""


def test_it_is_left_alone_while_another_process_runs_on_it(tmp_path: Path, version: str):
    made(version, tmp_path)
    with (tmp_path / "lock").open("w") as lock:
        lock.write("1")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(
            StoreHeld, match=f"process 1 uses this store of version {version}; stop it"
        ):
            History(tmp_path)
    assert asked(tmp_path / DATABASE, REVISION) == [(VERSIONS[version],)]

    with Lock(tmp_path):
        History(tmp_path).close()
    assert asked(tmp_path / DATABASE, REVISION) == [(NEWEST,)]


def test_where_it_can_not_be_kept_nothing_is_done(tmp_path: Path, version: str):
    made(version, tmp_path)
    (tmp_path / f".history-{version}.sqlite.part").mkdir()

    with pytest.raises(StoreError, match="can't be opened"):
        History(tmp_path)
    assert asked(tmp_path / DATABASE, REVISION) == [(VERSIONS[version],)]


def test_an_edition_finds_its_act_in_a_store_that_knew_no_marks(tmp_path: Path):
    with History(tmp_path) as history:
        happened(history, 40, NOW)
    left_by("0.1.0", tmp_path)

    with History(tmp_path) as history:
        ONE_MORE["an edition"](history, 3, NOW + timedelta(hours=1))
        (notice,) = [
            history(notices.compose_notice, owed.id)
            for owed in history(outbox.list_pending, ALERTS)
        ]

    assert (notice.kind, notice.event) == (NoticeKind.EDITION, "uel-2025-3")


def test_what_was_muted_in_two_tables_is_in_one(tmp_path: Path):
    until, moment = (
        f"{NOW + timedelta(days=1):%Y-%m-%d %H:%M:%S}.000000",
        f"{NOW:%Y-%m-%d %H:%M:%S}.000000",
    )
    History(tmp_path).close()
    left_by("0.2.0", tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        connection.execute("INSERT INTO person VALUES (7, 'login:mei', 'Mei Lin', 'admin', NULL)")
        mute = "INSERT INTO mute VALUES (?, ?, ?, 'Li Wei', 'moves', ?, ?, ?)"
        connection.execute(mute, (1, "toy.gone", until, moment, "Ana Ruiz", moment))
        connection.execute(mute, (2, "toy.notices", until, moment, None, None))
        silence = "INSERT INTO silence VALUES (?, 'register', ?, ?, 7, 'known', ?, ?, ?)"
        connection.execute(silence, (1, "us-ccl", until, moment, None, None))
        connection.execute(silence, (2, "un-sc", until, moment, 7, moment))

    with History(tmp_path) as history:
        (troubles,), (news,) = (
            history(mutes.list_source_mutes, NOW),
            history(mutes.list_news_mutes, NOW),
        )
    assert (troubles.source, troubles.by, troubles.reason, troubles.at) == (
        "toy.notices",
        "Li Wei",
        "moves",
        NOW,
    )
    assert (news.subject, news.by, news.reason, news.until) == (
        "register:us-ccl",
        "Mei Lin",
        "known",
        NOW + timedelta(days=1),
    )
    kept = asked(
        tmp_path / DATABASE,
        "SELECT name, withdrawn_by, withdrawn_person FROM mute WHERE withdrawn_at IS NOT NULL",
    )
    assert kept == [("un-sc", None, 7), ("toy.gone", "Ana Ruiz", None)]


@pytest.mark.parametrize(
    "statement", ["DROP TABLE", "CREATE TABLE", "CREATE VIEW alerts", "UPDATE alembic_version"]
)
def test_one_that_is_cut_short_leaves_all_as_it_was_and_is_made_when_the_store_is_opened_next(
    tmp_path: Path, version: str, statement: str
):
    made(version, tmp_path)
    tables = "SELECT sql FROM sqlite_master ORDER BY name"
    before = asked(tmp_path / DATABASE, tables)
    with power_cut(statement):
        History(tmp_path)

    assert asked(tmp_path / DATABASE, REVISION) == [(VERSIONS[version],)]
    assert asked(tmp_path / DATABASE, tables) == before
    with History(tmp_path) as history:
        assert len(history(sightings.load_law).acts) == 1
    assert asked(tmp_path / DATABASE, REVISION) == [(NEWEST,)]


@pytest.mark.parametrize("read_only", [False, True])
def test_one_of_a_version_that_was_never_released_is_refused(tmp_path: Path, read_only: bool):
    History(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0023'")

    with pytest.raises(
        StoreError,
        match="never released .revision 0023.*put a backup by 0.1.0 or 0.2.0 back",
    ):
        History(tmp_path, read_only=read_only)


def test_who_only_reads_takes_a_copy_that_is_gone_afterwards(
    tmp_path: Path, version: str, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    made(version, tmp_path / "store")
    before = {path: path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file()}

    with History(tmp_path / "store", read_only=True) as history:
        assert len(history(sightings.load_law).acts) == 1
        assert history.folder == tmp_path / "store"
        assert [*(tmp_path / "temporary").iterdir()]
    assert {
        path: path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file()
    } == before
    assert not [*(tmp_path / "temporary").iterdir()]
    with (
        History(tmp_path / "store", read_only=True) as history,
        pytest.raises(StoreError, match="from an older version; a comm"),
    ):
        history.refuse_copy_of_older()
