import pytest

from monitor.model import End
from monitor.render import dates


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2025-11-08", "8 Nov 2025"),
        ("2025-04-10T12:01+08:00", "10 Apr 2025 12:01 UTC+08:00"),
        ("2025-10-09T01:03:00Z", "9 Oct 2025 01:03 UTC"),
        ("2025-13-40", "2025-13-40"),
        ("soon", "soon"),
    ],
)
def test_days_are_written_as_people_write_them(on: str, said: str) -> None:
    assert dates.day(on) == said


def test_durations_are_words() -> None:
    assert [dates.duration(iso) for iso in ("P1Y", "P90D", "P1Y6M", "soon")] == ["1 year", "90 days", "1 year, 6 months", "soon"]
    assert dates.end(End(on="2026-11-10", basis="computed")) == "10 Nov 2026 (computed)"
