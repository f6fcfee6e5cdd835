"""A store of an older version is brought up to date with what its recent events are about."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from happenings import ONE_MORE, happened

from monitor.alert.event import NoticeKind
from monitor.history import ALERTS, DATABASE, History

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def _tables_are_made_once() -> None:
    """Not here, where making them is what is tested."""


def test_an_edition_finds_its_act_in_a_store_that_knew_no_marks(tmp_path: Path):
    with History(tmp_path) as history:
        happened(history, 40, NOW)
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.executescript("DROP TABLE mark; UPDATE alembic_version SET version_num = '0004';")
    connection.close()

    with History(tmp_path) as history:
        ONE_MORE["an edition"](history, 3, NOW + timedelta(hours=1))
        (notice,) = [history.notice(owed) for owed in history.waiting(ALERTS)]

    assert (notice.kind, notice.event) == (NoticeKind.EDITION, "uel-2025-3")
