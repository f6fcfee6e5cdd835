"""The day some days, months or years after another."""

import pytest
from cases import read_cases

from monitor import days


@pytest.mark.parametrize(
    ("begins", "length", "unit", "ends"),
    read_cases(
        """
        2030-05-06 | 90 | D | 2030-08-04
        2030-01-31 | 1 | M | 2030-02-28
        2030-01-05 | 11 | M | 2030-12-05
        2030-11-05 | 1 | M | 2030-12-05
        2030-11-05 | 2 | M | 2031-01-05
        2030-12-05 | 1 | M | 2031-01-05
        2030-05-06 | 12 | M | 2031-05-06
        2028-02-29 | 1 | Y | 2029-02-28
        2028-02-29 | 4 | Y | 2032-02-29
        9999-12-31 | 1 | D | None
        9999-12-31 | 1 | M | None
        2030-05-06 | 9999 | Y | None
        """
    ),
)
def test_a_length_ends_on_the_same_day_or_on_the_last_of_a_shorter_month(
    begins, length, unit, ends
):
    assert days.add_duration(begins, length, unit) == ends
