import pytest

from monitor.names.numerals import parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [("28", 28), ("二十八", 28), ("二〇二五", 2025), ("两", 2), ("十", 10), ("百般", None)],
)
def test_numerals(text, value):
    assert parse_number(text) == value
