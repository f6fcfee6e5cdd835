from datetime import UTC, date, datetime

import pytest

from monitor import vocabulary
from monitor.vocabulary import AUTHORITIES, REGISTERS


@pytest.mark.parametrize(
    ("authority", "day"),
    [
        ("cn-mofcom", "2025-11-08"),
        ("jp-meti", "2025-11-08"),
        ("gb-fcdo", "2025-11-07"),
        ("un-sc", "2025-11-07"),
        ("xx", "2025-11-07"),
    ],
)
def test_a_day_is_the_authoritys_own(authority: str, day: str):
    assert vocabulary.today(authority, datetime(2025, 11, 7, 16, 0, tzinfo=UTC)).isoformat() == day


def test_every_authority_and_register_we_have_a_name_for_has_a_zone():
    assert {code.partition("-")[0] for code in (*AUTHORITIES, *REGISTERS)} <= set(vocabulary.ZONES)


def test_what_is_no_date_is_none():
    assert vocabulary.day("soon", "cn-mofcom") is None
    assert vocabulary.day("2025-04-10T12:01", "us-bis") == date(2025, 4, 10)
