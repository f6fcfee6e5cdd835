"""A history is moved into a database and back: all of it, or nothing."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import postgres
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from command import apart, run
from kept import kept
from sqlalchemy import Connection, event, insert, select
from sqlalchemy.engine import Engine

from monitor.config.stores import Store
from monitor.errors import ConfigError, StoreError
from monitor.history import ALERTS, BEGINNING, History, moving, rows, there, views
from monitor.history.archive import FolderArchive, of_store
from monitor.history.backup import back_up, put_back
from monitor.history.tables import BodyRow, ChangeRow, PieceRow, whole

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
BODIES = (b"a page" * 50_000, os.urandom(3_000_000))
pytestmark = pytest.mark.long  # each makes a database or two, and moves a history there

ARCHIVED = {BodyRow.__tablename__, PieceRow.__tablename__}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A history with an archive, one of whose bodies is old."""
    store = kept(tmp_path)
    archive = FolderArchive(store / "archive")
    for body in BODIES:
        archive.put(body)
    _, oldest = next(archive.files())
    os.utime(oldest, (1_600_000_000, 1_600_000_000))
    return store


@pytest.fixture
def database(tmp_path: Path, postgres_database: str) -> Store:
    return Store(tmp_path / "own", postgres_database)


def digests(store: Store | Path) -> dict[str, str]:
    """Every table but those of the archive, by what tells its rows from others."""
    with History(store, read_only=True) as history, history.tables() as connection:
        tables = [table for table in whole().sorted_tables if table.name not in ARCHIVED]
        return {table.name: str(rows.digest(connection, table)) for table in tables}


def archived(store: Store | Path) -> dict[str, tuple[bytes, bool]]:
    """Every body, and whether it is old."""
    archive = of_store(store)
    old = archive.older(NOW - timedelta(days=365))
    return {sha256: (archive.get(sha256), sha256 in old) for sha256 in archive.bodies()}


def answers(store: Store | Path) -> list[object]:
    with History(store, read_only=True) as history:
        taken = [*history.acts_since(), *history.rows_since(), *history.alerts_since(BEGINNING)]
        return [
            list(history.law().acts.values()),
            history.health(),
            history.waiting(ALERTS),
            history.happenings(),
            taken,
            history.registers(),
        ]


def ties(store: Store) -> set[tuple[str, str]]:
    """Which tables of a folder name rows of which others."""
    with History(store, read_only=True) as history, history.tables() as connection:
        tables = [table.name for table in whole().sorted_tables]
        return {(name, row[2]) for name in tables for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list('{name}')")}


def test_what_is_moved_into_a_database_and_back_has_the_same_rows_and_answers(folder: Path, database: Store, tmp_path: Path):
    moved = moving.move(Store(folder), database, NOW)
    back = Store(tmp_path / "back")
    moving.move(database, back, NOW)

    assert moved.bodies == len(archived(folder)) > len(BODIES)
    assert sum(moved.rows.values()) > 100
    assert digests(folder) == digests(database) == digests(back)
    assert archived(folder) == archived(database) == archived(back)
    assert answers(folder) == answers(database) == answers(back)
    assert {old for _, old in archived(back).values()} == {True, False}
    assert ties(back) == ties(Store(folder)) > {("act", "event"), ("address", "address")}


def test_a_store_that_was_moved_can_be_read_and_is_written_no_more_until_it_is_moved_back(
    folder: Path, database: Store, postgres_server, tmp_path: Path
):
    moving.move(Store(folder), database, NOW)

    assert answers(folder) == answers(database)
    with pytest.raises(StoreError, match=f"was moved to {database}, and goes on there; delete {folder / 'moved'}"):
        History(folder)
    moving.move(database, back := Store(tmp_path / "back"), NOW)
    with pytest.raises(StoreError, match="was moved to"):
        History(database)
    again = Store(database.folder, postgres_server.create(postgres.a_name()))
    moving.move(back, again, NOW)
    with History(again) as history:
        assert history.is_shared


def viewed(store: Store | Path) -> dict[str, list[tuple[str, ...]]]:
    """The rows of every view, as text in the words of SQLite."""
    with History(store, read_only=True) as history, history.tables() as connection:
        rows_of = {name: connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in views.view_definitions()}
    return {name: sorted(tuple(map(in_sqlite, row)) for row in seen) for name, seen in rows_of.items()}


def in_sqlite(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    return str(int(value) if isinstance(value, bool) else value)


def test_the_views_of_a_database_show_what_those_of_a_folder_do(folder: Path, database: Store):
    moving.move(Store(folder), database, NOW)
    shown = viewed(folder)

    assert viewed(database) == shown
    assert {name: len(seen) > 1 for name, seen in shown.items()} == dict.fromkeys(views.view_definitions(), True)


def test_what_is_recorded_in_a_history_that_was_moved_comes_behind_all_that_was(folder: Path, database: Store):
    moving.move(Store(folder), database, NOW)
    with History(database) as history, history.tables() as connection:
        last = connection.execute(select(ChangeRow.id).order_by(ChangeRow.id.desc())).scalars().first()
        made = insert(ChangeRow).values(at=NOW, kind="new", key="k", source="s", fact="{}").returning(ChangeRow.id)

        assert connection.execute(made).scalar_one() == last + 1
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": False}), whole()) == []


def test_the_tables_of_a_database_into_which_a_folder_was_moved_are_made_like_those_that_were_empty_at_first(
    folder: Path, database: Store, postgres_server, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    first = Store(tmp_path / "first", postgres_server.create(postgres.a_name()))
    moved = apart("move", folder, database.database)  # where no table was made on a server before
    History(first).close()

    assert moved.returncode == 0, moved.stderr
    assert postgres.shape_of(database.database) == postgres.shape_of(first.database)


class Cut(BaseException):
    """The power fails."""


@pytest.mark.parametrize("back", [False, True])
def test_a_move_that_is_cut_off_left_nothing_and_is_begun_anew(folder: Path, database: Store, tmp_path: Path, back: bool):
    source, target = Store(folder), database
    if back:
        moving.move(source, database, NOW)
        source, target = database, Store(tmp_path / "back")

    def cut(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO source"):
            raise Cut

    event.listen(Engine, "before_cursor_execute", cut)
    try:
        with suppress(Cut):
            moving.move(source, target, NOW)
    finally:
        event.remove(Engine, "before_cursor_execute", cut)

    assert not there(target)
    moving.move(source, target, NOW)
    assert digests(target) == digests(folder)


def test_a_row_that_is_written_otherwise_than_it_was_read_is_noticed_and_nothing_is_moved(folder: Path, database: Store):
    def spoilt(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if connection.dialect.name != "sqlite" and statement.startswith("SELECT change"):
            connection.exec_driver_sql("UPDATE change SET source = 'another' WHERE id = (SELECT min(id) FROM change)")

    event.listen(Engine, "before_cursor_execute", spoilt)
    try:
        with pytest.raises(StoreError, match="change: .* were read, and .* written; nothing was moved"):
            moving.move(Store(folder), database, NOW)
    finally:
        event.remove(Engine, "before_cursor_execute", spoilt)

    assert not there(database)


def test_what_postgresql_can_not_keep_of_a_text_is_a_sign_there_and_the_rest_is_moved(folder: Path, database: Store):
    with History(folder) as history, history.tables() as connection:
        connection.exec_driver_sql("UPDATE source SET id = 'nul' || char(0) || 'id' WHERE id = (SELECT min(id) FROM source)")
    moving.move(Store(folder), database, NOW)

    with History(database, read_only=True) as history:
        assert "nul\ufffdid" in history.health()


def test_a_page_that_is_damaged_stays_behind_and_is_named(folder: Path, database: Store):
    _, path = next(FolderArchive(folder / "archive").files())
    path.write_bytes(b"damaged")
    moved = moving.move(Store(folder), database, NOW)

    assert moved.lost == (path.stem,)
    assert path.stem not in set(of_store(database).bodies())


def test_a_backup_of_a_database_is_put_back_into_a_folder_with_all_that_it_had(folder: Path, database: Store, tmp_path: Path):
    moving.move(Store(folder), database, NOW)
    made = back_up(database, tmp_path / "made.tar", NOW)
    put_back(tmp_path / "made.tar", back := tmp_path / "back")

    assert (made.bodies, made.lost) == (len(archived(database)), ())
    assert archived(back).keys() == archived(folder).keys()
    assert answers(back) == answers(database)
    assert not [*tmp_path.glob(".backup*")]


def test_a_page_that_a_database_has_lost_is_named_by_its_backup_and_the_rest_is_kept(
    folder: Path, database: Store, tmp_path: Path
):
    moving.move(Store(folder), database, NOW)
    with History(database) as history, history.tables() as connection:
        proof = connection.exec_driver_sql(
            "SELECT b.sha256 FROM body b JOIN reading r ON r.sha256 = b.sha256 LIMIT 1"
        ).scalar_one()
        connection.exec_driver_sql(f"UPDATE piece SET packed = 'worn' WHERE sha256 = '{proof}'")
    made = back_up(database, tmp_path / "made.tar", NOW)

    assert made.lost == (proof,)
    assert made.bodies == len(archived(folder)) - 1


def test_a_move_needs_a_history_and_an_empty_place_one_of_which_is_a_database(folder: Path, database: Store, tmp_path: Path):
    with pytest.raises(ConfigError, match="one of both has to be a database"):
        moving.move(Store(folder), Store(tmp_path / "other"), NOW)
    with pytest.raises(StoreError, match="no history here"):
        moving.move(database, Store(tmp_path / "other"), NOW)
    moving.move(Store(folder), database, NOW)
    with pytest.raises(StoreError, match="was moved to"):
        moving.move(Store(folder), database, NOW)
    (folder / "moved").unlink()
    with pytest.raises(StoreError, match="has a history already; name an empty database"):
        moving.move(Store(folder), database, NOW)
    with pytest.raises(StoreError, match="is not empty; name a folder that is not there yet"):
        moving.move(database, Store(folder), NOW)


def test_the_command_says_what_it_moved_and_no_password(folder: Path, postgres_database: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("move", folder, postgres_database.replace("monitor@", "monitor:hidden@"))

    assert done.returncode == 0, done.stderr
    assert "rows and" in done.stderr
    assert "hidden" not in done.stderr + done.stdout
    assert run("--store", folder, "show", "1C909").stdout == run("--store", postgres_database, "show", "1C909").stdout
