"""The columns of a table that people keep."""

import pytest

from monitor.watch.columns import layout, letter


@pytest.mark.parametrize(("place", "called"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_a_column_is_called_as_a_spreadsheet_calls_it(place: int, called: str):
    assert letter(place) == called


def test_a_heading_spans_those_below_it_to_the_end_of_its_row_also_where_that_is_shorter():
    rows = [["", "Item"], ["No.", "Name", "HS code"], ["1", "gallium", "811292"]]

    made = layout(rows, {})

    assert made is not None
    assert (made.below, made.fields) == (2, {"ref", "name", "hs"})
