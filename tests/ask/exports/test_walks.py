"""The history walked from where an earlier export had come, and what each record says."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acts import control, entity, listing, suspension
from arrivals import arrive

from monitor.ask.exports import (
    CSV,
    FTM,
    JSONL,
    KINDS,
    Tally,
    format_cursor,
    parse_since,
    write_records,
)
from monitor.ask.knowledge import Knowledge
from monitor.errors import ConfigError
from monitor.model import Item
from monitor.store import BEGINNING, Cursor, History, exported
from monitor.store.exported import ExportedRow

NOW = datetime(2025, 12, 15, tzinfo=UTC)
SEEN, GONE = "2025-10-09T01:00:00Z", "2025-11-08T01:00:00Z"


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """A control and a listing."""
    with History(tmp_path) as opened:
        arrive(opened, control(57, "1C909.a"), listing(10, "Alpha Ltd", "Beta GmbH"))
        yield opened


def walk(history: History, kind: str, since: Cursor = BEGINNING) -> list:
    return list(KINDS[kind].walk(Knowledge(history), since, NOW))


def suspended(history: History) -> Cursor:
    """How far the history had come before the control was suspended."""
    before = history(exported.find_last_cursor)
    arrive(history, suspension(70, "mofcom-2025-57", "mofcom-2024-9"))
    return before


def test_what_an_act_changed_since_is_exported_again_and_what_it_left_alone_is_not(
    history: History,
):
    before = suspended(history)

    def measures(since: Cursor) -> set[str]:
        return {exported.measure.act for exported in walk(history, "measures", since)}

    assert measures(before) == {"mofcom-2025-57", "mofcom-2025-70", "mofcom-2024-9"} & measures(
        BEGINNING
    )
    assert {"mofcom-2025-57", "uel-2025-10"} <= measures(BEGINNING)
    assert "uel-2025-10" not in measures(before)
    assert [item.act for item in walk(history, "items", before)] == ["mofcom-2025-57"]
    assert walk(history, "entities", before) == []
    assert [act.id for act in walk(history, "acts", before)] == ["mofcom-2025-70"]
    assert walk(history, "measures", history(exported.find_last_cursor)) == []


def test_whom_and_what_an_act_names_is_exported_with_its_days_and_how_it_stands(history: History):
    suspended(history)
    firms = walk(history, "entities")
    (goods,) = walk(history, "items")

    assert [
        (firm.entity.names["en"], firm.action, firm.register, firm.starts, firm.ends)
        for firm in firms
    ] == [
        (name, "add", "cn-unreliable-entities", "2025-10-09", "")
        for name in ("Alpha Ltd", "Beta GmbH")
    ]
    assert {(firm.state, firm.authority) for firm in firms} == {("in force", "cn-mofcom")}
    assert (goods.item.codes, goods.starts, goods.state) == (
        *(("1C909.a",), "2025-11-08", "suspended until 10 Nov 2026 (Beijing)"),
    )
    assert len({firm.id for firm in firms}) == 2


@pytest.mark.parametrize(
    ("gone", "held", "state"),
    [
        ("", "", "listed"),
        ("", GONE, "missing, and not believed to be gone"),
        (GONE, "", "gone"),
        (GONE, GONE, "gone"),
    ],
)
def test_a_row_says_how_it_stands_on_its_register_and_goods_are_nobody(
    gone: str, held: str, state: str
):
    tally = Tally()
    about = {"register": "un-sc", "reader": "rolls.roll", "first_seen": SEEN}
    about |= {"gone": gone, "held": held}
    firm = ExportedRow(id="7", row="7", entity=entity("Alpha Ltd"), **about)
    goods = ExportedRow(id="8", row="8", item=Item(names={"zh": "钬"}, codes=("1C909.a",)), **about)
    lines = [
        json.loads(line)
        for line in write_records("rows", FTM, [(firm, "https://un.example/"), (goods, "")], tally)
    ]

    assert [line["schema"] for line in lines] == ["Company", "Sanction"]
    assert (lines[1]["properties"]["status"], lines[1]["properties"]["sourceUrl"]) == (
        [state],
        ["https://un.example/"],
    )
    assert (tally.records, tally.nobody) == (2, 1)


def test_an_alert_is_exported_with_what_it_is_about_and_the_bytes_it_rests_on(history: History):
    alerts = {alert.about: alert for alert in walk(history, "alerts")}

    assert alerts.keys() == {"mofcom-2025-57", "uel-2025-10"}
    assert {(alert.sha256, alert.touches, bool(alert.headline)) for alert in alerts.values()} == {
        ("0" * 64, (), True)
    }


@pytest.mark.parametrize("kind", ["acts", "measures", "entities", "items", "alerts"])
def test_records_are_counted_as_they_pass_in_every_form(history: History, kind: str):
    for way, beside in ((CSV, 1), (JSONL, 0)):
        tally = Tally()
        lines = b"".join(write_records(kind, way, walk(history, kind), tally)).splitlines()

        assert tally.records == len(lines) - beside > 0
        assert tally.nobody == 0


def test_an_export_goes_on_from_a_cursor_a_day_or_the_beginning(history: History):
    last = history(exported.find_last_cursor)

    assert parse_since(None, history) == BEGINNING
    assert parse_since(f" {format_cursor(last)} ", history) == last
    assert parse_since("2025-10-09", history) == history(
        exported.find_cursor_before, datetime(2025, 10, 9, tzinfo=UTC)
    )
    for beyond in (replace(last, change=last.change + 1), replace(last, message=last.message + 1)):
        with pytest.raises(
            ConfigError, match=f"this store has come as far as {format_cursor(last)}, and not to"
        ):
            parse_since(format_cursor(beyond), history)
    with pytest.raises(ConfigError, match="neither a day"):
        parse_since("soon", history)
