"""Cells of strangers in a CSV: read by whatever reads the dialect of spreadsheets, and none of them run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Entity, Item, to_json
from monitor.pipeline.exports.spreadsheet import AT_ONCE, ROWS, written
from monitor.pipeline.exports.spreadsheet import rows as listed
from monitor.render.csv_rows import FORMULA, harmless

SEEN = "2025-11-08T01:10:00Z"


def read(pieces) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(pieces).decode(), newline=""), dialect="excel", strict=True))


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=4), st.integers(0, 2))
def test_no_cell_is_a_formula_or_holds_what_can_not_be_seen_whatever_strangers_write(rows: list[list[str]], at: int):
    rows.insert(at, ["plain", "=1+1", "-1"])
    _, *told = read(written(("a", "b", "c"), rows))

    assert told == [[harmless(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(FORMULA) for row in told for cell in row)


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", " =1", "＝1", "a\nb", "a\u202eb", "¤=1"])
def test_one_such_cell_among_many_harmless_ones_is_seen_and_the_others_stay_as_they_are(cell: str):
    rows = [["harmless", "a¤b", str(number)] for number in range(AT_ONCE + 2)]
    rows[AT_ONCE - 1][1] = cell
    _, *told = read(written(("a", "b", "c"), rows))

    assert told[AT_ONCE - 1][1] == harmless(cell)
    assert told[: AT_ONCE - 1] == rows[: AT_ONCE - 1]


def test_a_row_of_a_register_has_all_that_its_subject_says():
    entity = Entity(
        names={"en": "Acme", "zh": "极致"}, kind="person", aliases=("A", "B"), country="CN", role="chief", parent="Group",
        ids={"IMO": "1; 2"}, addresses=("1 Road",),
    )  # fmt: skip
    item = Item(names={"zh": "钬"}, codes=("1C909.a",), hs=("28053019",), note="pure")
    walk = [(("r.x", "7", "Acme", to_json(entity).decode(), SEEN, "", ""), {"r.x": ("un-sc", "")})]
    walk += [(("r.y", "8", "钬", to_json(item).decode(), SEEN, SEEN, SEEN), {})]
    first, second = (dict(zip(ROWS, row, strict=True)) for row in listed(walk))

    assert first == {
        **dict.fromkeys(ROWS, ""),
        "register": "un-sc", "reader": "r.x", "row": "7", "name": "Acme", "names": "极致", "aliases": "A; B", "kind": "person",
        "country": "CN", "role": "chief", "parent": "Group", "ids": "IMO 1; 2", "addresses": "1 Road", "first_seen": SEEN,
    }  # fmt: skip
    assert second == {
        **dict.fromkeys(ROWS, ""),
        "register": "r.y", "reader": "r.y", "row": "8", "name": "钬", "kind": "item", "codes": "1C909.a", "hs": "28053019",
        "note": "pure", "first_seen": SEEN, "gone": SEEN, "held": SEEN,
    }  # fmt: skip
