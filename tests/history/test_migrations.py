"""A store of an older version is brought up to date, all of it or nothing."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from happenings import ONE_MORE, happened
from sqlalchemy import event

from monitor.alert.event import NoticeKind
from monitor.history import ALERTS, DATABASE, NEWEST, History, engine, notices, outbox, sightings
from monitor.history.migrating import config

pytestmark = pytest.mark.files  # those of a database are taken back and made again in test_postgres.py

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def _tables_are_made_once() -> None:
    """Not here, where making them is what is tested."""


def taken_back(store: Path, revision: str) -> None:
    """The store as a version left it that knew no later revision."""
    opened = engine.open_engine(store / DATABASE, read_only=False)
    with opened.connect() as connection:
        command.downgrade(config(connection), revision)
        connection.commit()
    opened.dispose()


def asked(store: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(store / DATABASE)) as connection:
        return connection.execute(query).fetchall()


def shape(database: Path) -> dict[str, list[list[tuple]]]:
    """Every table with its columns, its indexes, the rows that it refers to and its constraints, whatever their order."""
    with closing(sqlite3.connect(database)) as connection:
        made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
        asked = {name: [f"{pragma}('{name}')" for pragma in ("table_xinfo", "index_list", "foreign_key_list")] for name in made}
        told = {name: [sorted(_rows(connection, pragma)) for pragma in pragmas] for name, pragmas in asked.items()}
    return {name: [*rows, sorted(re.findall(r"CONSTRAINT [a-z_]+", made[name]))] for name, rows in told.items()}


def _rows(connection: sqlite3.Connection, pragma: str) -> Iterator[tuple]:
    for _, *row in connection.execute(f"PRAGMA {pragma}").fetchall():
        columns = connection.execute(f"PRAGMA index_info('{row[0]}')").fetchall() if pragma.startswith("index") else []
        yield tuple(map(str, row)), tuple(name for *_, name in columns)


def test_a_new_store_has_the_tables_that_its_revisions_would_have_made(tmp_path: Path):
    made, migrated = tmp_path / "made.sqlite", tmp_path / "migrated.sqlite"
    engine.open_engine(made, read_only=False).dispose()
    opened = engine._engine(migrated, read_only=False)
    engine._migrate(opened, migrated, read_only=False)
    opened.dispose()

    assert shape(made) == shape(migrated)
    assert len(shape(made)) > 10
    newest = [sqlite3.connect(path).execute("SELECT version_num FROM alembic_version").fetchall() for path in (made, migrated)]
    assert newest == [[(NEWEST,)]] * 2


def test_an_edition_finds_its_act_in_a_store_that_knew_no_marks(tmp_path: Path):
    with History(tmp_path) as history:
        happened(history, 40, NOW)
    taken_back(tmp_path, "0004")

    with History(tmp_path) as history:
        ONE_MORE["an edition"](history, 3, NOW + timedelta(hours=1))
        (notice,) = [history(notices.notice, owed.id) for owed in history(outbox.waiting, ALERTS)]

    assert (notice.kind, notice.event) == (NoticeKind.EDITION, "uel-2025-3")


def test_every_revision_can_be_taken_back_and_made_again(tmp_path: Path):
    with History(tmp_path) as history:
        happened(history, 3, NOW)
        known = list(history(sightings.law).acts.values())
    taken_back(tmp_path, "0001")
    with History(tmp_path) as history:
        assert list(history(sightings.law).acts.values()) == known


@pytest.mark.parametrize("statement", ["ALTER TABLE change DROP COLUMN sha256", "UPDATE alembic_version"])
def test_a_migration_that_is_cut_short_leaves_all_as_it_was_and_is_made_when_the_store_is_opened_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
):
    with History(tmp_path) as history:
        happened(history, 3, NOW)
        known = list(history(sightings.law).acts.values())
    taken_back(tmp_path, "0005")
    tables = "SELECT sql FROM sqlite_master ORDER BY name"
    before = asked(tmp_path, tables)
    cut = []

    def power_loss(_connection, _cursor, sql, *_):
        if sql.startswith(statement):
            cut.append(sql)
            raise KeyboardInterrupt

    made = engine._engine

    def failing(path, *, read_only):
        opened = made(path, read_only=read_only)
        event.listen(opened, "before_cursor_execute", power_loss)
        return opened

    with monkeypatch.context() as patch:
        patch.setattr(engine, "_engine", failing)
        with pytest.raises(KeyboardInterrupt):
            History(tmp_path)

    assert cut
    assert asked(tmp_path, "SELECT version_num FROM alembic_version") == [("0005",)]
    assert asked(tmp_path, tables) == before
    with History(tmp_path) as history:
        assert list(history(sightings.law).acts.values()) == known
    assert asked(tmp_path, "SELECT version_num FROM alembic_version") == [(NEWEST,)]
