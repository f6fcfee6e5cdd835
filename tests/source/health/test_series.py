"""Numbers that were passed over, and acts that only another address shows; what is no gap is not
called one.
"""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.source.series import Sight, find_gaps, find_missing, run_words

START = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def sights(
    *numbers: int, source: str = "a.b", baseline: int = 0, year: int = 2025, apart: timedelta = DAY
) -> list[Sight]:
    """A source that shows these numbers one after another; those up to `baseline` from the first
    read on.
    """
    return [
        Sight(
            source,
            f"mofcom-{year}-{number}",
            START if number <= baseline else START + n * apart,
            baseline=number <= baseline,
        )
        for n, number in enumerate(numbers)
    ]


def told(
    own: list[Sight], after: timedelta = 100 * DAY, elsewhere=(), before=()
) -> list[tuple[str, str]]:
    return [(gap.subject, gap.text) for gap in find_gaps(own, elsewhere, before, START + after)]


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


def test_of_numbers_of_which_some_are_known_from_elsewhere_only_the_others_are_named_with_what_came_above_them():
    own = sights(*TWENTY, 61, 67, baseline=60)

    assert told(own, 40 * DAY, elsewhere=sights(63, 66, source="c.d")) == [
        (
            "mofcom-2025-62..65",
            "No. 62, 64, 65 of 2025 (mofcom) are missing, though No. 67 came on 2025-01-27",
        )
    ]


def test_the_number_behind_what_was_there_at_the_first_read_is_missed():
    assert [subject for subject, _ in told(sights(*TWENTY, 62, baseline=60), 40 * DAY)] == [
        "mofcom-2025-61"
    ]


@pytest.mark.parametrize(("days", "missed"), [(59, 1), (60, 0)])
def test_a_number_is_given_up_after_sixty_days(days: int, missed: int):
    own = sights(*TWENTY, 62, baseline=60)
    after = 20 * DAY + days * DAY

    assert len(told(own, after)) == len(told(own, after, before=["mofcom-2025-61"])) == missed


@pytest.mark.parametrize(("shown", "missed"), [(10, 1), (9, 0)])
def test_ten_numbers_tell_whether_a_series_is_seen_whole(shown: int, missed: int):
    assert len(told(sights(*range(1, shown + 1), shown + 2, baseline=shown), 40 * DAY)) == missed


@pytest.mark.parametrize(("left_out", "missed"), [(3, 1), (4, 0)])
def test_a_series_of_which_one_in_seven_was_never_seen_may_have_holes_by_nature(
    left_out: int, missed: int
):
    shown = [number for number in range(1, 21) if not 2 <= number < 2 + left_out]

    assert len(told(sights(*shown, 22, baseline=20), 40 * DAY)) == missed


def test_other_years_of_a_series_tell_whether_it_is_seen_whole_and_other_series_do_not():
    new = sights(1, 2, 4, year=2026)
    whole, holey = sights(*range(1, 20), baseline=30), sights(*range(1, 60, 3), baseline=60)
    other = [
        Sight("a.b", sight.key.replace("mofcom", "gac"), sight.seen_at, sight.baseline)
        for sight in whole
    ]

    assert len(told([*whole, *new], 20 * DAY)) == 1
    assert told([*holey, *new], 20 * DAY) == []
    assert told([*other, *new], 20 * DAY) == []


def test_the_lowest_number_of_a_series_that_came_late_tells_how_late_numbers_come():
    # the first came nineteen days after the second, and the last two days behind it
    numbers = [2, *range(3, 21), 1, 22]

    assert told(sights(*numbers), 20 * DAY + 37 * DAY) == []
    assert len(told(sights(*numbers), 20 * DAY + 38 * DAY)) == 1


@pytest.mark.parametrize(
    "before", ["mofcom-2025-99", "mofcom-2024-63", "gac-2025-63", "frozen", "mofcom-2025-58..60"]
)
def test_what_was_told_of_other_numbers_is_not_told_of_these(before: str):
    assert told(sights(*TWENTY, 61, baseline=60), 40 * DAY, before=[before]) == []


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ([63], "No. 63"),
        ([63, 64, 65], "No. 63, 64, 65"),
        ([63, 64, 65, 66], "No. 63 to 66 (4 numbers)"),
        ([63, 64, 65, 67], "No. 63, 64, 65, 67"),
        ([*range(1, 24, 2)], "No. 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23"),
        ([*range(1, 26, 2)], "13 numbers from No. 1 to 25"),
    ],
)
def test_few_numbers_are_named_and_many_counted(run: list[int], words: str):
    assert run_words(run) == words


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


def test_a_new_year_begins_anew():
    own = [*sights(*TWENTY, baseline=60), *sights(1, 2, 4, year=2026, apart=DAY)]

    assert [subject for subject, _ in told(own, 20 * DAY)] == ["mofcom-2026-3"]


def compared(here: list[Sight], elsewhere: list[Sight], after: timedelta) -> list[str]:
    return [miss.text for miss in find_missing(here, elsewhere, START - DAY, START + after)]


BOTH = tuple(range(1, 13))


def test_an_act_that_only_another_address_shows_is_missed_after_two_days_where_all_others_came():
    elsewhere, here = sights(*BOTH, 13, source="cn_gov.policies"), sights(*BOTH)
    (text,) = compared(here, elsewhere, 14 * DAY)

    assert compared(here, elsewhere, 13 * DAY) == []
    assert text.startswith(
        "mofcom-2025-13 is at cn_gov.policies since 2025-01-18 and not here, where 12 of 12 others"
        " came within"
    )


def test_an_address_that_is_always_late_is_given_three_times_as_long():
    elsewhere = sights(*BOTH, 13, source="c.d")
    late = [Sight("a.b", sight.key, sight.seen_at + 4 * DAY) for sight in elsewhere[:-1]]

    assert compared(late, elsewhere, 12 * DAY + 11 * DAY) == []
    assert len(compared(late, elsewhere, 12 * DAY + 12 * DAY)) == 1


def test_what_lay_there_before_we_looked_is_not_missed():
    assert compared(sights(*BOTH), sights(*BOTH, 13, source="c.d", baseline=13), 20 * DAY) == []


def late(*days: int) -> list[Sight]:
    """Acts 1 to so many, each of which came here so many days after it came elsewhere."""
    return [
        Sight("a.b", f"mofcom-2025-{n}", START + n * DAY + after * DAY)
        for n, after in enumerate(days, 1)
    ]


@pytest.mark.parametrize(("others", "missed"), [(8, 1), (7, 0)])
def test_eight_acts_tell_whether_an_address_carries_what_another_does(others: int, missed: int):
    elsewhere = [Sight("c.d", f"mofcom-2025-{n}", START + n * DAY) for n in range(1, others + 2)]

    assert len(compared(late(*[0] * others), elsewhere, 30 * DAY)) == missed


@pytest.mark.parametrize(("shown", "missed"), [(9, 2), (8, 1)])
def test_an_address_that_carries_nine_of_ten_is_trusted_to_carry_the_next(shown: int, missed: int):
    elsewhere = [Sight("c.d", f"mofcom-2025-{n}", START + n * DAY) for n in range(1, shown + 3)]

    assert len(compared(late(*[1] * shown), elsewhere, 30 * DAY)) == missed


def test_of_two_that_are_missed_for_two_days_the_first_is_evidence_on_the_second():
    elsewhere = [Sight("c.d", f"mofcom-2025-{n}", START + min(n, 9) * DAY) for n in range(1, 11)]

    assert len(compared(late(*[0] * 8), elsewhere, 11 * DAY)) == 1


@pytest.mark.parametrize(("days", "missed"), [(59, 1), (60, 0)])
def test_an_act_that_is_not_here_after_sixty_days_is_given_up(days: int, missed: int):
    elsewhere = [Sight("c.d", f"mofcom-2025-{n}", START + n * DAY) for n in range(1, 10)]

    assert len(compared(late(*[0] * 8), elsewhere, 9 * DAY + days * DAY)) == missed


def test_an_act_that_came_here_first_came_in_time_and_one_in_two_places_is_one():
    elsewhere = [
        Sight(source, f"mofcom-2025-{n}", START + n * DAY)
        for n in range(1, 10)
        for source in ("c.d", "e.f")
    ]
    (text,) = compared(late(*[-3] * 8), elsewhere, 30 * DAY)

    assert (
        text
        == "mofcom-2025-9 is at c.d since 2025-01-15 and not here, where 8 of 8 others came within"
        " less than a minute"
    )


def test_what_came_elsewhere_at_the_very_first_read_tells_nothing_and_each_series_speaks_for_itself():
    elsewhere = [Sight("c.d", f"mofcom-2025-{n}", START + n * DAY) for n in range(1, 10)]
    others = [Sight("c.d", f"gac-2025-{n}", START + n * DAY) for n in range(1, 10)]
    here = late(*[0] * 8)
    # of the eight that came, one came at the first read
    found = find_missing(here, elsewhere, START + DAY, START + 30 * DAY)

    assert [*found] == []
    assert [
        sight.subject
        for sight in find_missing(here, [*elsewhere, *others], START, START + 30 * DAY)
    ] == ["mofcom-2025-9"]
    assert (
        compared(
            here,
            [*elsewhere[:8], Sight("c.d", "press:https://m.example/9", START + 9 * DAY)],
            30 * DAY,
        )
        == []
    )
