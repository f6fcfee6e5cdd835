"""A history is taken from a folder into a database and back, by a backup that is put back: all
of it, or nothing.
"""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import postgres
import pytest
from command import ROOT, apart, run
from cuts import power_cut
from kept import kept
from sqlalchemy import Connection, event, insert, select
from sqlalchemy.engine import Engine

from monitor.config.stores import Store
from monitor.errors import StoreError
from monitor.store import (
    ALERTS,
    BEGINNING,
    NEWEST,
    History,
    backup,
    dialect,
    has_store,
    identity,
    outbox,
    registers,
    sightings,
    troubles,
)
from monitor.store import exported as stored_exports
from monitor.store.archive import FolderArchive, open_archive
from monitor.store.backup import BackupMade, put_back, write_backup
from monitor.store.columns import Table
from monitor.store.tables import BodyRow, ChangeRow, PieceRow, StoreRow

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
BODIES = (b"a page" * 50_000, os.urandom(3_000_000))
pytestmark = pytest.mark.long  # each makes a database or two, and copies a history there

# files of a folder; what is doubted since
OTHERWISE = {BodyRow.__tablename__, PieceRow.__tablename__, "store"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A history with an archive, which doubts already what a history that is put back does."""
    store = kept(tmp_path)
    mark = identity.read(store)
    identity.save_count_to_file(store, identity.Mark(mark.identity, mark.sendings + 1))
    with History(store) as history:
        assert history(outbox.doubt_if_behind, NOW)
    archive = FolderArchive(store / "archive")
    for body in BODIES:
        archive.put(body)
    return store


@pytest.fixture
def database(tmp_path: Path, postgres_database: str) -> Store:
    return Store(tmp_path / "own", postgres_database)


def take(source: Store | Path, target: Store | Path) -> BackupMade:
    """Take a history elsewhere."""
    source = Store.of(source)
    file = source.folder.with_name(f"{source.folder.name}.tar")
    made = write_backup(source, file, NOW)
    put_back(file, target, NOW)
    file.unlink()
    return made


def digests(store: Store | Path) -> dict[str, str]:
    """Tables, by what tells their rows from others."""
    with History(store, read_only=True) as history, history.tables() as connection:
        tables = [table for table in Table.metadata.sorted_tables if table.name not in OTHERWISE]
        return {
            table.name: str(
                [row for some in backup._iterate_rows(connection, table) for row in some]
            )
            for table in tables
        }


def archived(store: Store | Path) -> dict[str, bytes]:
    """Every body."""
    archive = open_archive(store)
    return {sha256: archive.get(sha256) for sha256 in archive.bodies()}


def answers(store: Store | Path) -> list[object]:
    with History(store, read_only=True) as history:
        taken = [
            *history.walk(stored_exports.list_acts_since),
            *history.walk(stored_exports.iterate_rows_since),
            *history(stored_exports.list_alerts_since, BEGINNING),
        ]
        return [
            list(history(sightings.load_law).acts.values()),
            history(troubles.load_source_healths),
            history(outbox.list_pending, ALERTS),
            history(sightings.list_happenings),
            taken,
            history(registers.list_register_statuses),
        ]


def ties(store: Store) -> set[tuple[str, str]]:
    """Which tables of a folder name rows of which others."""
    with History(store, read_only=True) as history, history.tables() as connection:
        tables = [table.name for table in Table.metadata.sorted_tables]
        return {
            (name, row[2])
            for name in tables
            for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list('{name}')")
        }


def test_what_is_taken_into_a_database_and_back_has_the_same_rows_and_answers(
    folder: Path, database: Store, tmp_path: Path
):
    made = take(folder, database)
    back = Store(tmp_path / "back")
    take(database, back)

    assert made.bodies == len(archived(folder)) > len(BODIES)
    assert digests(folder) == digests(database) == digests(back)
    assert archived(folder) == archived(database) == archived(back)
    assert answers(folder) == answers(database) == answers(back)
    assert ties(back) == ties(Store(folder)) > {("act", "event"), ("address", "address")}
    assert not [*tmp_path.glob(".*")]


def test_what_is_taken_into_a_database_is_taken_into_another_from_there(
    folder: Path, database: Store, postgres_server, tmp_path: Path
):
    take(folder, database)
    other = Store(tmp_path / "other", postgres_server.create(postgres.a_name()))
    take(database, other)

    assert digests(other) == digests(folder)
    assert archived(other) == archived(folder)


def test_a_backup_of_an_earlier_version_is_brought_up_to_date_on_its_way(
    database: Store, folder: Path, tmp_path: Path
):
    old = shutil.copytree(ROOT / "tests/stores/0.1.0/store", tmp_path / "old")
    write_backup(old, tmp_path / "old.tar", NOW)
    contents = put_back(tmp_path / "old.tar", database, NOW)
    History(old).close()

    assert contents.made_at == NOW
    assert digests(database) == digests(old)
    with History(database, read_only=True) as history, history.tables() as connection:
        assert connection.exec_driver_sql(
            "SELECT version_num FROM alembic_version"
        ).scalars().all() == [NEWEST]


@pytest.mark.parametrize("machine", ["own", "another"])
def test_what_a_database_takes_for_unsaid_is_doubted_wherever_a_worker_begins(
    folder: Path, database: Store, tmp_path: Path, machine: str
):
    take(folder, database)
    later = NOW + timedelta(days=9)
    with History(Store(tmp_path / machine, database.database)) as history:
        begun_late = history(outbox.doubt_if_behind, later)
        with history.tables() as connection:
            doubted = connection.execute(select(StoreRow.doubted_at)).scalar_one()

    assert (begun_late, doubted) == ((True, later) if machine == "own" else (False, NOW))


def test_a_folder_that_an_earlier_version_took_elsewhere_is_written_no_more_and_a_history_that_is_put_back_goes_on(
    folder: Path, database: Store
):
    for store in (folder, database.folder):
        store.mkdir(exist_ok=True)
        (store / "moved").write_text("postgresql:///elsewhere\n")
    with pytest.raises(
        StoreError,
        match=f"was moved to postgresql:///elsewhere, and goes on there; delete {folder / 'moved'}",
    ):
        History(folder)
    take(folder, database)
    with History(database) as history:
        assert history.is_shared


def test_a_machine_that_has_the_identity_of_another_store_puts_nothing_back(
    folder: Path, database: Store
):
    database.folder.mkdir()
    (database.folder / "identity").write_text(f"{'a' * 32} {3:020}\n")
    with pytest.raises(StoreError, match="the history of another store than the identity"):
        take(folder, database)
    (database.folder / "identity").unlink()

    assert not has_store(database)


def viewed(store: Store | Path) -> dict[str, list[tuple[str, ...]]]:
    """The rows of every view, as text in the words of SQLite."""
    with History(store, read_only=True) as history, history.tables() as connection:
        rows_of = {
            name: connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            for name in dialect.make_view_definitions()
        }
    return {
        name: sorted(tuple(map(in_sqlite, row)) for row in seen) for name, seen in rows_of.items()
    }


def in_sqlite(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    return str(int(value) if isinstance(value, bool) else value)


def test_the_views_of_a_database_show_what_those_of_a_folder_do(folder: Path, database: Store):
    take(folder, database)
    shown = viewed(folder)

    assert viewed(database) == shown
    assert {name: len(seen) > 1 for name, seen in shown.items()} == dict.fromkeys(
        dialect.make_view_definitions(), True
    )


def test_what_is_recorded_in_a_history_that_was_moved_comes_behind_all_that_was(
    folder: Path, database: Store
):
    take(folder, database)
    with History(database) as history, history.tables() as connection:
        last = (
            connection.execute(select(ChangeRow.id).order_by(ChangeRow.id.desc())).scalars().first()
        )
        made = (
            insert(ChangeRow)
            .values(at=NOW, kind="new", key="k", source="s", fact="{}")
            .returning(ChangeRow.id)
        )

        assert connection.execute(made).scalar_one() == last + 1


def test_the_tables_of_a_database_into_which_a_folder_was_moved_are_made_like_those_that_were_empty_at_first(
    folder: Path, database: Store, postgres_server, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    first = Store(tmp_path / "first", postgres_server.create(postgres.a_name()))
    write_backup(folder, tmp_path / "made.tar", NOW)
    # where no table was made on a server before
    put = apart("--store", database.database, "restore", tmp_path / "made.tar")
    History(first).close()

    assert put.returncode == 0, put.stderr
    assert postgres.shape_of(database.database) == postgres.shape_of(first.database)


def test_what_is_cut_off_on_its_way_left_nothing_and_is_begun_anew(folder: Path, database: Store):
    write_backup(folder, file := folder.with_name("made.tar"), NOW)
    with power_cut("INSERT INTO source"):
        put_back(file, database, NOW)

    assert not has_store(database)
    put_back(file, database, NOW)
    assert digests(database) == digests(folder)


def test_a_row_that_is_written_otherwise_than_it_was_read_is_noticed_and_nothing_is_copied(
    folder: Path, database: Store
):
    def spoilt(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if connection.dialect.name != "sqlite" and statement.startswith("SELECT change"):
            connection.exec_driver_sql(
                "UPDATE change SET source = 'another' WHERE id = (SELECT min(id) FROM change)"
            )

    event.listen(Engine, "before_cursor_execute", spoilt)
    try:
        with pytest.raises(
            StoreError, match="change: .* were read, and .* written; nothing was copied"
        ):
            take(folder, database)
    finally:
        event.remove(Engine, "before_cursor_execute", spoilt)

    assert not has_store(database)


def test_what_postgresql_can_not_keep_of_a_text_is_a_sign_there_and_the_rest_is_moved(
    folder: Path, database: Store
):
    with History(folder) as history, history.tables() as connection:
        connection.exec_driver_sql(
            "UPDATE source SET id = 'nul' || char(0) || 'id' WHERE id = (SELECT min(id) FROM"
            " source)"
        )
    take(folder, database)

    with History(database, read_only=True) as history:
        assert "nul\ufffdid" in history(troubles.load_source_healths)


def test_a_page_that_is_damaged_stays_behind(folder: Path, database: Store):
    _, path = next(FolderArchive(folder / "archive").files())
    path.write_bytes(b"damaged")
    take(folder, database)

    assert path.stem not in set(open_archive(database).bodies())


def test_a_page_that_a_database_has_lost_is_named_by_its_backup_and_the_rest_is_kept(
    folder: Path, database: Store, tmp_path: Path
):
    take(folder, database)
    with History(database) as history, history.tables() as connection:
        proof = connection.exec_driver_sql(
            "SELECT b.sha256 FROM body b JOIN reading r ON r.sha256 = b.sha256 LIMIT 1"
        ).scalar_one()
        connection.exec_driver_sql(f"UPDATE piece SET packed = 'worn' WHERE sha256 = '{proof}'")
    made = write_backup(database, tmp_path / "made.tar", NOW)

    assert made.lost == (proof,)
    assert made.bodies == len(archived(folder)) - 1


def test_a_history_and_an_empty_database_are_needed(folder: Path, database: Store, tmp_path: Path):
    with pytest.raises(StoreError, match="no history here"):
        write_backup(database, tmp_path / "made.tar", NOW)
    take(folder, database)
    with pytest.raises(StoreError, match="has a history already; name an empty database"):
        take(folder, database)


def test_the_commands_say_what_is_done_and_no_password(
    folder: Path, postgres_database: str, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    refused = run(
        "--store", postgres_database.replace("monitor@", "monitor:hidden@"), "backup", "again.tar"
    )
    monkeypatch.setenv("PGPASSWORD", "hidden")
    made = run("--store", folder, "backup", "made.tar")
    put = run("--store", postgres_database, "restore", "made.tar")
    again = run("--store", postgres_database, "backup", "again.tar")

    assert (refused.returncode, made.returncode, put.returncode, again.returncode) == (
        2,
        0,
        0,
        0,
    ), put.stderr
    assert "as it was at" in put.stderr
    assert "hidden" not in "".join(done.stdout + done.stderr for done in (refused, put, again))
    assert (
        run("--store", folder, "show", "1C909").stdout
        == run("--store", postgres_database, "show", "1C909").stdout
    )
