"""The columns of a table that people keep."""

import pytest

from monitor.watch.columns import letter


@pytest.mark.parametrize(("place", "called"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_a_column_is_called_as_a_spreadsheet_calls_it(place: int, called: str):
    assert letter(place) == called
