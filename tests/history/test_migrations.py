"""A store of an older version is brought up to date, all of it or nothing."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config as Alembic
from happenings import ONE_MORE, happened
from sqlalchemy import event

from monitor.alert.event import NoticeKind
from monitor.history import ALERTS, DATABASE, NEWEST, History, engine

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def _tables_are_made_once() -> None:
    """Not here, where making them is what is tested."""


def taken_back(store: Path, revision: str) -> None:
    """The store as a version left it that knew no later revision."""
    config = Alembic()
    config.set_main_option("script_location", str(engine.MIGRATIONS))
    config.attributes["engine"] = opened = engine.open_engine(store / DATABASE, read_only=False)
    command.downgrade(config, revision)
    opened.dispose()


def asked(store: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(store / DATABASE)) as connection:
        return connection.execute(query).fetchall()


def test_an_edition_finds_its_act_in_a_store_that_knew_no_marks(tmp_path: Path):
    with History(tmp_path) as history:
        happened(history, 40, NOW)
    taken_back(tmp_path, "0004")

    with History(tmp_path) as history:
        ONE_MORE["an edition"](history, 3, NOW + timedelta(hours=1))
        (notice,) = [history.notice(owed) for owed in history.waiting(ALERTS)]

    assert (notice.kind, notice.event) == (NoticeKind.EDITION, "uel-2025-3")


def test_every_revision_can_be_taken_back_and_made_again(tmp_path: Path):
    with History(tmp_path) as history:
        happened(history, 3, NOW)
        known = history.sightings()
    taken_back(tmp_path, "0001")
    with History(tmp_path) as history:
        assert history.sightings() == known


@pytest.mark.parametrize("statement", ["ALTER TABLE change DROP COLUMN sha256", "UPDATE alembic_version"])
def test_a_migration_that_is_cut_short_leaves_all_as_it_was_and_is_made_when_the_store_is_opened_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
):
    with History(tmp_path) as history:
        happened(history, 3, NOW)
        known = history.sightings()
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
        assert history.sightings() == known
    assert asked(tmp_path, "SELECT version_num FROM alembic_version") == [(NEWEST,)]
