"""Registers in rows: which cells stand under which heading."""

from monitor.source.formats.table import Columns, named


def test_a_row_may_have_empty_cells_beyond_the_last_heading():
    columns = Columns({"id": ("No.",), "name": ("Name",)}, needed=("id", "name"))
    rows = [["No.", "Name"], ["1", "Sirius", "", ""], ["2", "Vega"]]

    assert named(rows, columns).rows == ({"id": "1", "name": "Sirius"}, {"id": "2", "name": "Vega"})
