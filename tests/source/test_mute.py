from datetime import UTC, datetime, timedelta

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError
from monitor.source.health import LONGEST, end_of

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2026-12-01", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2026-12-01T09:00", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("2026-12-01T09:00+08:00", datetime(2026, 12, 1, 1, tzinfo=UTC)),
        ("3 days", NOW + timedelta(days=3)),
        (" 90 minutes ", NOW + timedelta(minutes=90)),
    ],
)
def test_a_mute_ends_on_a_day_at_a_moment_or_after_a_while(text: str, until: datetime):
    assert end_of(text, NOW) == until


@pytest.mark.parametrize(
    ("text", "why"),
    read_cases(
        """
        2026-11-25 | is over
        2026-11-25T11:59 | is over
        2027-01-01 | more than 30 days ahead
        31 days | more than 30 days ahead
        for ever | is no moment; write it as 2026-12-01, 2026-12-01T09:00 or 3 days
        2026-13-01 | is no moment
        0001-01-01T00:00+14:00 | is no moment
        "" | is no moment
        """
    ),
)
def test_a_mute_without_an_end_near_enough_is_refused_in_one_line(text: str, why: str):
    with pytest.raises(ConfigError, match=f"^--until: .*{why}"):
        end_of(text, NOW)


def test_a_mute_may_last_for_thirty_days_to_the_second_or_for_as_long_as_is_allowed():
    assert end_of("30 days", NOW) == NOW + LONGEST
    assert end_of("2026-12-25T12:00", NOW) == NOW + LONGEST
    with pytest.raises(ConfigError, match="more than 30 days ahead"):
        end_of("2026-12-25T12:00:01", NOW)
    with pytest.raises(ConfigError, match="more than 2 days ahead; mute it again then"):
        end_of("3 days", NOW, timedelta(days=2))
    assert end_of("2031-01-01", NOW, None) == datetime(2031, 1, 1, tzinfo=UTC)


@given(text=st.text(max_size=30))
def test_whatever_is_said_a_mute_ends_within_thirty_days_or_is_refused(text: str):
    try:
        until = end_of(text, NOW)
    except ConfigError:
        return

    assert NOW < until <= NOW + LONGEST
