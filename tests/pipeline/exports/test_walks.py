"""The history walked from where an earlier export had come, and what each record says."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acts import control, entity, listing, suspension
from arrivals import arrive

from monitor.errors import ConfigError
from monitor.history import BEGINNING, Cursor, History, taken
from monitor.model import Item, to_json
from monitor.pipeline.exports import cursor, walks
from monitor.pipeline.exports.kinds import CSV, FTM, JSONL, KINDS, Tally, form, kind_named, written

NOW = datetime(2025, 12, 15, tzinfo=UTC)
SEEN, GONE = "2025-10-09T01:00:00Z", "2025-11-08T01:00:00Z"
CODES = {"rolls.roll": ("un-sc", "https://un.example/")}
FIRM, GOODS = (to_json(thing).decode() for thing in (entity("Alpha Ltd"), Item(names={"zh": "钬"}, codes=("1C909.a",))))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """A control and a listing."""
    with History(tmp_path) as opened:
        arrive(opened, control(57, "1C909.a"), listing(10, "Alpha Ltd", "Beta GmbH"))
        yield opened


def suspended(history: History) -> Cursor:
    """How far the history had come before the control was suspended."""
    before = history(taken.last)
    arrive(history, suspension(70, "mofcom-2025-57", "mofcom-2024-9"))
    return before


def test_what_an_act_changed_since_is_exported_again_and_what_it_left_alone_is_not(history: History):
    before = suspended(history)

    def measures(since: Cursor) -> set[str]:
        return {exported.measure.act for exported in walks.measures(history, since, NOW)}

    assert measures(before) == {"mofcom-2025-57", "mofcom-2025-70", "mofcom-2024-9"} & measures(BEGINNING)
    assert {"mofcom-2025-57", "uel-2025-10"} <= measures(BEGINNING)
    assert "uel-2025-10" not in measures(before)
    assert [item.act for item in walks.items(history, before, NOW)] == ["mofcom-2025-57"]
    assert list(walks.entities(history, before, NOW)) == []
    assert [act.id for act in walks.acts(history, before)] == ["mofcom-2025-70"]
    assert list(walks.measures(history, history(taken.last), NOW)) == []


def test_whom_and_what_an_act_names_is_exported_with_its_days_and_how_it_stands(history: History):
    suspended(history)
    firms = list(walks.entities(history, BEGINNING, NOW))
    (goods,) = walks.items(history, BEGINNING, NOW)

    assert [(firm.entity.names["en"], firm.action, firm.register, firm.starts, firm.ends) for firm in firms] == [
        (name, "add", "cn-unreliable-entities", "2025-10-09", "") for name in ("Alpha Ltd", "Beta GmbH")
    ]
    assert {(firm.state, firm.authority) for firm in firms} == {("in force", "cn-mofcom")}
    assert (goods.item.codes, goods.starts, goods.state) == (
        *(("1C909.a",), "2025-11-08", "suspended until 10 Nov 2026 (Beijing)"),
    )
    assert len({firm.id for firm in firms}) == 2


@pytest.mark.parametrize(
    ("gone", "held", "state"),
    [("", "", "listed"), ("", GONE, "missing, and not believed to be gone"), (GONE, "", "gone"), (GONE, GONE, "gone")],
)
def test_a_row_says_how_it_stands_on_its_register(gone: str, held: str, state: str):
    firm = walks.of_row(("rolls.roll", "7", "Alpha Ltd", FIRM, SEEN, gone, held), CODES)

    assert (firm.state, firm.gone, firm.held, firm.register, firm.url) == (state, gone, held, *CODES["rolls.roll"])
    assert firm.id == f"rolls.roll:7:{SEEN}"


@pytest.mark.parametrize(("text", "is_firm"), [(FIRM, True), (GOODS, False)])
def test_a_row_lists_somebody_or_something(text: str, is_firm: bool):
    row = ("my.list", "7", "x", text, SEEN, "", "")
    exported, listed = walks.exported_row(row, CODES), walks.of_row(row, CODES)

    assert (exported.entity is not None, exported.item is not None) == (is_firm, not is_firm)
    assert hasattr(listed, "entity") is is_firm
    assert exported.register == listed.register == "my.list"  # of which we know no code
    assert listed.url == ""


def test_an_alert_is_exported_with_what_it_is_about_and_the_bytes_it_rests_on(history: History):
    alerts = {alert.about: alert for alert in walks.alerts(history, BEGINNING)}

    assert alerts.keys() == {"mofcom-2025-57", "uel-2025-10"}
    assert {(alert.sha256, alert.touches, bool(alert.headline)) for alert in alerts.values()} == {("0" * 64, (), True)}


@pytest.mark.parametrize("kind", ["acts", "measures", "entities", "items", "alerts"])
def test_records_are_counted_as_they_pass_in_every_form(history: History, kind: str):
    for way, beside in ((CSV, 1), (JSONL, 0)):
        tally = Tally()
        walk = KINDS[kind].walk(history, BEGINNING, NOW)
        lines = b"".join(written(KINDS[kind], way, walk, tally)).splitlines()

        assert tally.records == len(lines) - beside > 0
        assert tally.nobody == 0


def test_who_is_listed_is_somebody_and_goods_are_nobody():
    tally = Tally()
    rows = [(("rolls.roll", row, "x", text, SEEN, "", ""), CODES) for row, text in (("7", FIRM), ("8", GOODS))]
    lines = [json.loads(line) for line in written(KINDS["rows"], FTM, rows, tally)]

    assert [line["schema"] for line in lines] == ["Company", "Sanction"]
    assert (tally.records, tally.nobody) == (2, 1)


def test_a_kind_and_a_form_go_by_their_names():
    assert kind_named("items") is KINDS["items"]
    assert [form(name, "items") for name in (CSV, JSONL)] == [CSV, JSONL]
    assert form(FTM, "rows") == FTM
    with pytest.raises(ConfigError, match="say what to export: acts, measures"):
        kind_named("")


def test_an_export_goes_on_from_a_cursor_a_day_or_the_beginning(history: History):
    last = history(taken.last)

    assert cursor.since(None, history) == BEGINNING
    assert cursor.since(f" {cursor.spelt(last)} ", history) == last
    assert cursor.since("2025-10-09", history) == history(taken.cursor_before, datetime(2025, 10, 9, tzinfo=UTC))
    for beyond in (replace(last, change=last.change + 1), replace(last, message=last.message + 1)):
        with pytest.raises(ConfigError, match=f"this store has come as far as {cursor.spelt(last)}, and not to"):
            cursor.since(cursor.spelt(beyond), history)
    with pytest.raises(ConfigError, match="neither a day"):
        cursor.since("soon", history)
