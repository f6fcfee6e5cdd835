from datetime import date, datetime

import pytest
from cases import read_cases

from monitor.config.times import DailyTime, QuietHours


@pytest.mark.parametrize(
    ("hours", "local", "over"),
    read_cases(
        """
        22:00-07:00 Asia/Shanghai | 2025-10-09T21:59+08:00 | None
        22:00-07:00 Asia/Shanghai | 2025-10-09T22:00+08:00 | 2025-10-10T07:00+08:00
        22:00-07:00 Asia/Shanghai | 2025-10-10T06:59+08:00 | 2025-10-10T07:00+08:00
        22:00-07:00 Asia/Shanghai | 2025-10-10T07:00+08:00 | None
        12:00-13:00 Europe/Brussels | 2025-10-09T12:30+02:00 | 2025-10-09T13:00+02:00
        12:00-13:00 Europe/Brussels | 2025-10-09T13:00+02:00 | None
        """
    ),
)
def test_quiet_hours_end_in_their_own_zone_and_may_go_over_midnight(
    hours: str, local: str, over: str | None
):
    quiet = QuietHours.of(hours)

    assert quiet.until(datetime.fromisoformat(local)) == (
        datetime.fromisoformat(over) if over else None
    )


def test_the_word_of_the_day_is_due_from_its_hour_on_in_its_zone():
    daily = DailyTime.of("09:00 Asia/Shanghai")

    assert daily.day_due(datetime.fromisoformat("2025-10-09T00:59+00:00")) is None
    assert daily.day_due(datetime.fromisoformat("2025-10-09T01:00+00:00")) == date(2025, 10, 9)
    assert daily.day_due(datetime.fromisoformat("2025-10-09T15:59+00:00")) == date(2025, 10, 9)
