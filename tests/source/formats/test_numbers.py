"""Numbers of ships, in one form on all registers."""

import pytest

from monitor.source.formats.numbers import imo


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        (["IMO9826902"], "9826902"),
        (["IMO 9826902", "9826902"], "9826902"),
        (["9826902 (formerly 9187629)"], "9826902; 9187629"),
        (["not  known", "IMO 9826902"], "not known; 9826902"),
        (["98269021"], "98269021"),
        (["", " "], ""),
        ([], ""),
    ],
)
def test_an_imo_number_is_its_seven_digits_and_what_has_none_stays_as_it_is_printed(printed: list[str], number: str):
    assert imo(printed) == number
