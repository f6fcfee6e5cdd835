from datetime import UTC, datetime

import msgspec
import pytest
from acts import control

from monitor.diff.held import is_back_dated

ABSENT = datetime(2025, 10, 19, 1, 0, tzinfo=UTC)  # 9:00 in Beijing


@pytest.mark.parametrize(
    ("published", "is_so"),
    [
        ("2025-10-09", True),
        ("2025-10-15", True),
        ("2025-10-16", False),
        ("2025-10-15T23:59:00+08:00", True),
        ("2025-10-15T16:30:00Z", False),
        ("2025-12-24", False),
        ("of late", False),
        (None, False),
    ],
)
def test_an_act_is_back_dated_that_bears_a_day_more_than_three_before_a_look_without_it(published, is_so):
    act = msgspec.structs.replace(control(61, "2B902.a"), published=published)

    assert is_back_dated(act, ABSENT) is is_so
