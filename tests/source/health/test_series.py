"""Numbers that were passed over, and acts that only another address shows; what is no gap is not called one."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.source.health.series import Sight, gaps, keys, missing, parts

START = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def sights(*numbers: int, source: str = "a.b", baseline: int = 0, year: int = 2025, apart: timedelta = DAY) -> list[Sight]:
    """A source that shows these numbers one after another; those up to `baseline` from the first read on."""
    return [
        Sight(source, f"mofcom-{year}-{number}", START if number <= baseline else START + n * apart, baseline=number <= baseline)
        for n, number in enumerate(numbers)
    ]


def told(own: list[Sight], after: timedelta = 100 * DAY, elsewhere=(), before=()) -> list[tuple[str, str]]:
    return [(gap.subject, gap.text) for gap in gaps(own, elsewhere, before, START + after)]


TWENTY = tuple(range(41, 61))


def test_a_number_that_was_passed_over_is_named_after_a_week_with_what_came_behind_it():
    own = sights(*TWENTY, 61, 62, 64, baseline=60)

    assert told(own, 22 * DAY + 6 * DAY) == []
    assert told(own, 22 * DAY + 7 * DAY) == [
        ("mofcom-2025-63", "No. 63 of 2025 (mofcom) is missing, though No. 64 came on 2025-01-28")
    ]


def test_a_number_that_is_known_from_elsewhere_is_not_missing():
    own = sights(*TWENTY, 61, 62, 64, baseline=60)

    assert told(own, 40 * DAY, elsewhere=sights(63, source="c.d")) == []


def test_what_was_not_there_at_the_first_read_is_no_gap():
    assert told(sights(*(number for number in TWENTY if number != 47), 61, 62, baseline=60), 40 * DAY) == []


@pytest.mark.parametrize("step", [2, 3, 7])
def test_a_series_with_holes_by_nature_has_no_gaps(step):
    assert told(sights(*range(1, 160, step), baseline=40), 60 * DAY) == []


def test_a_series_of_which_little_was_seen_has_no_gaps():
    assert told(sights(1, 2, 3, 5, 6), 40 * DAY) == []


def test_numbers_that_come_late_by_custom_are_waited_for_twice_as_long_as_they_ever_took():
    swapped = [*TWENTY, 62, 63, *range(64, 75), 61, 76]
    own = sights(*swapped, baseline=60)

    assert told(own, 32 * DAY + 20 * DAY) == []
    assert [subject for subject, _ in told(own, 34 * DAY + 27 * DAY)] == ["mofcom-2025-75"]


def test_a_jump_is_one_gap_and_a_number_is_told_once_whatever_becomes_of_the_others():
    own = sights(*TWENTY, 61, 70, baseline=60)
    ((subject, text),) = told(own, 40 * DAY)
    later = [*own, *sights(65, 71, apart=30 * DAY)]

    assert (subject, text.partition(" is")[0]) == (
        "mofcom-2025-62..69",
        "No. 62 to 69 (8 numbers) of 2025 (mofcom) are missing, though No. 70 came on 2025-01-27",
    )
    assert told(later, 50 * DAY, before=[subject])[0] == (
        "mofcom-2025-62..69",
        "7 numbers from No. 62 to 69 of 2025 (mofcom) are missing, though No. 70 came on 2025-01-27".replace(
            "7 numbers from No. 62 to 69", "No. 62, 63, 64, 66, 67, 68, 69"
        ),
    )
    assert len(told(later, 50 * DAY, before=[subject])) == 1


def test_what_was_told_is_over_when_it_came_wherever_it_came():
    own = sights(*TWENTY, 61, 62, 64, baseline=60)

    assert told([*own, *sights(63)], 40 * DAY, before=["mofcom-2025-63"]) == []
    assert told(own, 40 * DAY, elsewhere=sights(63, source="c.d"), before=["mofcom-2025-63"]) == []
    assert told(own, 40 * DAY, before=["mofcom-2025-63"]) != []


def test_nobody_waits_for_ever():
    own = sights(*TWENTY, 61, 62, 64, baseline=60)

    assert told(own, 90 * DAY) == []
    assert told(own, 90 * DAY, before=["mofcom-2025-63"]) == []


def test_a_new_year_begins_anew():
    own = [*sights(*TWENTY, baseline=60), *sights(1, 2, 4, year=2026, apart=DAY)]

    assert [subject for subject, _ in told(own, 20 * DAY)] == ["mofcom-2026-3"]


@pytest.mark.parametrize("key", ["cn-mfa-2025-10-09-8f3a", "press:https://m.example/2025-10", "fr-2025-1234567"])
def test_what_has_no_number_is_of_no_series(key):
    assert parts(key) is None


def test_the_numbers_of_a_gap_are_known_by_its_subject():
    assert keys("mofcom-2025-62..64") == ["mofcom-2025-62", "mofcom-2025-63", "mofcom-2025-64"]
    assert keys("") == keys("frozen") == []


def compared(here: list[Sight], elsewhere: list[Sight], after: timedelta) -> list[str]:
    return [miss.text for miss in missing(here, elsewhere, START - DAY, START + after)]


BOTH = tuple(range(1, 13))


def test_an_act_that_only_another_address_shows_is_missed_after_two_days_where_all_others_came():
    elsewhere, here = sights(*BOTH, 13, source="cn_gov.policies"), sights(*BOTH)
    (text,) = compared(here, elsewhere, 14 * DAY)

    assert compared(here, elsewhere, 13 * DAY) == []
    assert text.startswith(
        "mofcom-2025-13 is at cn_gov.policies since 2025-01-18 and not here, where 12 of 12 others came within"
    )


def test_an_address_that_is_always_late_is_given_three_times_as_long():
    elsewhere = sights(*BOTH, 13, source="c.d")
    late = [Sight("a.b", sight.key, sight.seen_at + 4 * DAY) for sight in elsewhere[:-1]]

    assert compared(late, elsewhere, 12 * DAY + 11 * DAY) == []
    assert len(compared(late, elsewhere, 12 * DAY + 12 * DAY)) == 1


def test_an_address_that_carries_a_part_by_nature_misses_nothing():
    elsewhere, here = sights(*range(1, 60), source="c.d"), sights(*range(1, 60, 2))

    assert compared(here, elsewhere, 70 * DAY) == []


def test_a_few_acts_in_common_prove_nothing():
    assert compared(sights(1, 2, 3), sights(1, 2, 3, 4, source="c.d"), 20 * DAY) == []


def test_what_lay_there_before_we_looked_is_not_missed():
    assert compared(sights(*BOTH), sights(*BOTH, 13, source="c.d", baseline=13), 20 * DAY) == []
