"""What came since an earlier export: rows of a register come, change and go, acts are amended,
messages arrive.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from kept import kept

from monitor.store import BEGINNING, Cursor, History, exported


@pytest.fixture
def history(kept_store: Path) -> Iterator[History]:
    with History(kept_store, read_only=True) as opened:
        yield opened


def rows(history: History, since: Cursor) -> set[tuple[str, str, bool]]:
    return {
        (row.row, row.name, bool(row.gone))
        for row, _ in history.walk(exported.iterate_rows_since, since)
    }


def test_all_that_came_since_a_day_and_what_came_before_it_is_everything(history: History):
    since = history(exported.find_cursor_before, datetime(2025, 11, 9, tzinfo=UTC))
    later = {act.act.key for act in history.walk(exported.list_acts_since, since)}
    earlier = {
        act.act.key for act in history.walk(exported.list_acts_since) if act.changed < "2025-11-09"
    }

    assert later | earlier == {act.act.key for act in history.walk(exported.list_acts_since)}
    assert not later & earlier
    assert later == history(exported.list_keys_moved_since, since)


def test_before_everything_is_the_beginning_and_after_everything_nothing(history: History):
    assert history(exported.find_cursor_before, datetime(2000, 1, 1, tzinfo=UTC)) == BEGINNING
    ends = history(exported.find_cursor_before, datetime(2100, 1, 1, tzinfo=UTC))
    assert ends == history(exported.find_last_cursor)
    assert not [
        *history.walk(exported.list_acts_since, ends),
        *history.walk(exported.iterate_rows_since, ends),
        *history(exported.list_alerts_since, ends),
    ]


def test_rows_that_came_were_amended_or_went_since_are_told_and_no_others(history: History):
    since = history(exported.find_cursor_before, datetime(2025, 11, 8, 1, 30, tzinfo=UTC))
    told = rows(history, since)

    assert {("4", "Delta Oy", False), ("5", "Epsilon AB", False), ("3", "Gamma SA", True)} <= told
    assert ("2", "Beta AG", False) in told
    assert ("1", "Alpha Ltd", False) not in told


def test_a_row_whose_id_was_exchanged_is_told_as_gone_under_the_old_one(tmp_path: Path):
    """Its alteration names the new id alone."""
    store = kept(tmp_path)
    with History(store) as history:
        since = history(exported.find_last_cursor)
        with history.tables() as connection:
            at = "2025-12-20 00:00:00.000000"
            connection.exec_driver_sql(
                f"INSERT INTO change (at, kind, key, source, fact) VALUES ('{at}', 'edition', 'k',"
                " 's', '{}')"
            )
            connection.exec_driver_sql(f"UPDATE listed SET gone = '{at}' WHERE row = '1'")

        assert rows(history, since) == {("1", "Alpha Ltd", True)}


def test_an_alert_comes_after_the_message_before_its_own_and_not_after_its_own(history: History):
    alerts = [alert for alert in history(exported.list_alerts_since) if len(alert.to) == 1]

    assert alerts
    for alert in alerts:
        before, own = Cursor(message=alert.message - 1), Cursor(message=alert.message)
        assert alert in history(exported.list_alerts_since, before)
        assert alert not in history(exported.list_alerts_since, own)


def test_an_alert_that_is_still_owed_comes_again(history: History):
    first = history(exported.make_cursor)
    waits = {
        alert.key
        for alert in history(exported.list_alerts_since)
        if set(alert.to.values()) & {"pending", "sending"}
    }

    assert waits
    assert waits <= {alert.key for alert in history(exported.list_alerts_since, first)}


def test_an_alert_knows_when_its_event_was_told_of_last_and_whether_anybody_was_told(
    history: History,
):
    alerts = {alert.key: alert for alert in history(exported.list_alerts_since)}

    assert (
        alerts["mofcom-2025-61:act"].at
        < alerts["mofcom-2025-61:act"].changed
        == "2025-11-07T08:00:39Z"
    )
    assert not alerts["mofcom-2025-95:reminder:start:2025-12-20:7:add"].is_told
    assert alerts["mofcom-2025-96:act"].is_told


def test_a_walk_that_is_left_half_way_ends_with_the_history(kept_store: Path):
    history = History(kept_store, read_only=True)
    walk = history.walk(exported.iterate_rows_since)
    next(walk)
    history.close()  # nothing is left that could fail when it is thrown away

    assert list(walk) == []


def test_a_walk_that_nobody_follows_to_its_end_lets_go_of_the_store(history: History):
    walk = history.walk(exported.iterate_rows_since)
    next(walk)
    walk.close()

    assert history(exported.count_register_rows) == 46
