"""Cells of strangers in a CSV: read by whatever reads the dialect of spreadsheets, and none of
them run.
"""

import csv
import io
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from statutes import act, measure, timeline

from monitor.ask.exports import (
    COLUMNS,
    CSV,
    ExportedEntity,
    ExportedMeasure,
    Tally,
    write_csv,
    write_records,
)
from monitor.ask.lines import make_measure_line
from monitor.model import Entity, Item
from monitor.render.csv_rows import FORMULA, disarm_cell
from monitor.store.exported import ExportedRow

SEEN = "2025-11-08T01:10:00Z"
NOW = datetime(2025, 12, 15, tzinfo=UTC)


def cells(kind: str, record: object) -> dict[str, str]:
    heads, row = read(write_records(kind, CSV, [record], Tally()))
    assert tuple(heads) == COLUMNS[kind]
    return dict(zip(heads, row, strict=True))


def read(pieces) -> list[list[str]]:
    return list(
        csv.reader(io.StringIO(b"".join(pieces).decode(), newline=""), dialect="excel", strict=True)
    )


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=4), st.integers(0, 2))
def test_no_cell_is_a_formula_or_holds_what_can_not_be_seen_whatever_strangers_write(
    rows: list[list[str]], at: int
):
    rows.insert(at, ["plain", "=1+1", "-1"])
    _, *told = read(write_csv(("a", "b", "c"), rows))

    assert told == [[disarm_cell(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(FORMULA) for row in told for cell in row)


def test_a_row_of_a_register_has_all_that_its_subject_says():
    entity = Entity(
        names={"en": "Acme", "zh": "极致"}, kind="person", aliases=("A", "B"), country="CN", role="chief", parent="Group",
        ids={"IMO": "1; 2"}, addresses=("1 Road",),
    )  # fmt: skip
    item = Item(names={"zh": "钬"}, codes=("1C909.a",), hs=("28053019",), note="pure")
    about = {"first_seen": SEEN, "register": "un-sc", "reader": "r.x"}
    first = cells("rows", (ExportedRow(id="1", row="7", name="Acme", entity=entity, **about), ""))
    second = cells(
        "rows",
        (ExportedRow(id="2", row="8", name="钬", item=item, gone=SEEN, held=SEEN, **about), ""),
    )

    assert first == {
        **dict.fromkeys(COLUMNS["rows"], ""),
        "register": "un-sc", "reader": "r.x", "row": "7", "name": "Acme", "names": "极致", "aliases": "A; B", "kind": "person",
        "country": "CN", "role": "chief", "parent": "Group", "ids": "IMO 1; 2", "addresses": "1 Road", "first_seen": SEEN,
    }  # fmt: skip
    assert second == {
        **dict.fromkeys(COLUMNS["rows"], ""),
        "register": "un-sc", "reader": "r.x", "row": "8", "name": "钬", "kind": "item", "codes": "1C909.a", "hs": "28053019",
        "note": "pure", "first_seen": SEEN, "gone": SEEN, "held": SEEN,
    }  # fmt: skip


def test_a_measure_has_its_days_its_list_and_each_stretch_of_its_life():
    ending = measure(
        "add",
        starts="2025-11-08",
        ends="2026-11-10",
        register="cn-dual-use-items",
        clauses=("一", "二"),
    )
    suspending = measure("suspend", "x-2025-1 一", starts="2025-12-01")
    law = timeline(
        act("x-2025-1", ending),
        act("x-2025-2", suspending),
        act("x-2025-3", measure("add"), published=None),
    )
    of_key = {
        key: [
            cells("measures", ExportedMeasure(id="1", measure=make_measure_line(life, (), NOW)))
            for life in law.of_act(key)
        ]
        for key in ("x-2025-1", "x-2025-2", "x-2025-3")
    }
    full, amending, bare = of_key["x-2025-1"][-1], of_key["x-2025-2"][0], of_key["x-2025-3"][0]

    assert (full["published"], full["action"], full["register"]) == (
        "2025-11-01",
        "add",
        "cn-dual-use-items",
    )
    assert (full["starts"], full["ends"]) == ("2025-11-08", "2026-11-10")
    assert full["life"].startswith(
        "announced 2025-11-01–2025-11-07; in force 2025-11-08–2026-11-10"
    )
    assert amending["amends"] == "x-2025-1 一"
    assert {bare[name] for name in ("published", "register", "ends", "amends")} == {""}
    assert all(stretch.endswith("–") for stretch in bare["life"].split("; ")[-1:])


def test_a_name_is_the_one_that_most_can_read_and_the_others_stand_beside_it():
    def names(**names: str) -> tuple[str, ...]:
        row = cells("entities", ExportedEntity(id="1", entity=Entity(names=names, kind="org")))
        return row["name"], row["names"], row["country"], row["role"], row["parent"]

    assert names(zh="极致", en="Acme", ja="アクメ") == ("Acme", "极致; アクメ", "", "", "")
    assert names(zh="极致") == ("极致", "", "", "", "")
