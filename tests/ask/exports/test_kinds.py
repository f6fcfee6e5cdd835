"""Every kind in every form, from a store with acts, registers and alerts."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import exports_schema
import jsonschema
import pytest

from monitor.ask import exports
from monitor.ask.exports import COLUMNS, CSV, JSONL, KINDS, Tally, check_form, find_kind
from monitor.ask.knowledge import Knowledge
from monitor.errors import ConfigError
from monitor.store import BEGINNING, History

NOW = datetime(2025, 12, 15, tzinfo=UTC)
SCHEMA = json.loads(exports_schema.FILE.read_text(encoding="utf-8"))
TYPES = {
    "acts": "ExportedAct",
    "measures": "ExportedMeasure",
    "entities": "ExportedEntity",
    "items": "ExportedItem",
    "rows": "ExportedRow",
    "alerts": "ExportedAlert",
    "unconfirmed": "Unconfirmed",
}


WRITTEN: dict[tuple[str, str], str] = {}  # of a store that nobody changes


def whole(history: History, kind: str, form: str) -> str:
    if (kind, form) not in WRITTEN:
        WRITTEN[kind, form] = written(history, kind, form, Tally())
    return WRITTEN[kind, form]


def written(history: History, kind: str, form: str, tally: Tally) -> str:
    return b"".join(
        exports.write_records(
            kind, form, KINDS[kind].walk(Knowledge(history), BEGINNING, NOW), tally
        )
    ).decode()


def rows(history: History, kind: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(whole(history, kind, CSV), newline=""), strict=True))


def test_the_schema_in_the_documents_is_that_of_the_types():
    assert exports_schema.FILE.read_text(encoding="utf-8") == exports_schema.text(), (
        "python -m tests.support.exports_schema"
    )
    assert TYPES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_is_right_by_the_schema_and_has_an_id_of_its_own(history: History, kind: str):
    lines = list(map(json.loads, whole(history, kind, JSONL).splitlines()))
    validator = jsonschema.Draft202012Validator(
        {"$ref": f"#/$defs/{TYPES[kind]}", "$defs": SCHEMA["$defs"]}
    )

    assert lines
    assert [error.message for line in lines for error in validator.iter_errors(line)] == []
    assert len({line["id"] for line in lines}) == len(lines)


@pytest.mark.parametrize("kind", KINDS)
def test_a_spreadsheet_has_the_same_records_as_the_lines_each_cell_under_its_heading(
    history: History, kind: str
):
    told, lines = rows(history, kind), whole(history, kind, JSONL).splitlines()

    assert len(told) == len(lines)
    assert all(tuple(row) == COLUMNS[kind] and None not in row.values() for row in told)


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_says_what_the_line_says_under_the_same_name(history: History, kind: str):
    both = list(
        zip(
            rows(history, kind),
            map(json.loads, whole(history, kind, JSONL).splitlines()),
            strict=True,
        )
    )
    held = [
        (row[name], said) for row, line in both for name, said in plain(line).items() if name in row
    ]

    assert len(held) > 5 * len(both)
    assert [cell for cell, _ in held] == [said for _, said in held]


def plain(line: dict[str, Any]) -> dict[str, str]:
    """What a record says in one piece, and whom or what it is about."""
    about = (part for part in line.values() if isinstance(part, dict))
    return {
        name: said
        for part in (*about, line)
        for name, said in part.items()
        if isinstance(said, str)
    }


def test_an_act_says_what_it_does_where_and_in_how_many_measures(history: History):
    (act,) = (row for row in rows(history, "acts") if row["id"] == "uel-2025-10")

    assert (act["actions"], act["registers"], act["measures"]) == (
        "add",
        "cn-unreliable-entities",
        "1",
    )
    assert {row["baseline"] for row in rows(history, "acts")} <= {"", "yes"}


def test_a_measure_says_what_became_of_it_by_today(history: History):
    states = {row["act"]: row["state"] for row in rows(history, "measures")}

    assert states["mofcom-2025-61"].startswith("suspended until 10 Nov 2026")


def test_somebody_on_record_says_by_which_act_or_in_which_row_and_how_that_stands(history: History):
    told = rows(history, "entities")
    act = next(row for row in told if row["name"] == "Dedrone by Axon")
    row = next(row for row in told if row["name"] == "Gamma SA")

    assert (act["act"], act["action"], act["register"], act["state"]) == (
        "uel-2025-10",
        "add",
        "cn-unreliable-entities",
        "in force",
    )
    assert (row["register"], row["row"], row["state"], row["gone"]) == (
        "un-sc",
        "3",
        "gone",
        "2025-11-08T01:40:00Z",
    )


def test_a_row_that_is_missing_without_proof_is_listed_as_held(history: History):
    held = [row for row in rows(history, "rows") if row["held"]]

    assert len(held) == 22
    assert not any(row["gone"] for row in held)


def test_an_alert_stands_once_whatever_the_ways_it_went(history: History):
    alerts = {row["id"]: row for row in rows(history, "alerts")}

    assert alerts["uel-2025-90:act"]["to"] == "alerts sent; desk sent"
    assert alerts["uel-2025-90:act"]["touches"] == "customer:acmemetals"
    assert alerts["un-sc-2025-11-08-b5dfbcb1:edition"]["to"] == "night undeliverable"
    assert not any("@" in known or ":thread:" in known for known in alerts)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: find_kind(""), "say what to export: acts, measures"),
        (lambda: find_kind("entity"), "did you mean 'entities'?"),
        (lambda: check_form("xlsx", "acts"), "there are: csv, jsonl, ftm"),
        (lambda: check_form("ftm", "items"), "entities and rows can be written so"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(asked, said: str):
    with pytest.raises(ConfigError, match=r".") as refused:
        asked()

    assert said in str(refused.value)
