import pytest
from cases import read_cases

from monitor.model import End
from monitor.render import dates


@pytest.mark.parametrize(
    ("on", "said"),
    read_cases(
        """
        2025-11-08 | 8 Nov 2025
        2025-04-10T12:01+08:00 | 10 Apr 2025 12:01 UTC+08:00
        2025-10-09T01:03:00Z | 9 Oct 2025 01:03 UTC
        2025-13-40 | 2025-13-40
        soon | soon
        Tsoon | Tsoon
        2025-04-10T12:01 | 10 Apr 2025 12:01
        """
    ),
)
def test_days_are_written_as_people_write_them(on, said):
    assert dates.format_date(on) == said


def test_durations_are_words():
    assert [dates.format_iso_duration(iso) for iso in ("P1Y", "P90D", "P1Y6M", "soon")] == [
        "1 year",
        "90 days",
        "1 year, 6 months",
        "soon",
    ]
    assert (
        dates.format_last_day(End(on="2026-11-10", basis="computed", duration="P1Y"))
        == "10 Nov 2026, counted as 1 year"
    )
    assert dates.format_last_day(End(on="2026-11-10", basis="explicit")) == "10 Nov 2026"
    assert (
        dates.format_last_day(End(on="2026-11-10", basis="explicit", duration="P1Y"))
        == "10 Nov 2026"
    )
    assert dates.format_last_day(End(on="2026-11-10", basis="computed")) == "10 Nov 2026"
    assert [dates.format_iso_duration(iso) for iso in ("P2M", "P1W3D", "P1M1D")] == [
        "2 months",
        "1 week, 3 days",
        "1 month, 1 day",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("since 2025-10-09 01:20 UTC: it alternates", "since 9 Oct 2025 01:20 UTC: it alternates"),
        ("(since 2025-10-09)", "(since 9 Oct 2025)"),
        ("2025-10-09T01:20:33Z, 2025-10-10", "9 Oct 2025 01:20 UTC, 10 Oct 2025"),
        (
            "at https://e.cn/2025-10-09/x of 2025-13-40",
            "at https://e.cn/2025-10-09/x of 2025-13-40",
        ),
    ],
)
def test_days_within_a_sentence_are_written_so_too(text, told):
    assert dates.format_dates_in(text) == told


@pytest.mark.parametrize(
    ("on", "authority", "told"),
    read_cases(
        """
        2025-11-08 | cn-mofcom | 8 Nov 2025 (Beijing)
        2025-04-10T12:01+08:00 | cn-mofcom | 10 Apr 2025, 12:01 Beijing
        2025-04-10T04:01Z | cn-mofcom | 10 Apr 2025, 12:01 Beijing
        2026-11-10T00:00 | us-bis | 10 Nov 2026, 00:00 Washington
        2026-11-10 | un-sc | 10 Nov 2026 (New York)
        2026-11-10 | jp-meti | 10 Nov 2026 (Tokyo)
        Tsoon | cn-mofcom | Tsoon
        2026-11-10 | de-bafa | 10 Nov 2026 (Berlin)
        2026-11-10 | ar-x | 10 Nov 2026 (Buenos Aires)
        """
    ),
)
def test_days_of_law_name_the_town_whose_days_they_are(on, authority, told):
    assert dates.format_local_date(on, authority) == told
