"""What comes and goes, weighed without a page: which return is told, and which is held."""

from datetime import UTC, datetime, timedelta

from monitor.diff.flaps import Flaps, told, weighed

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PATIENCE = 10 * MINUTE


def test_a_first_return_is_held_without_a_word_until_it_has_stayed_for_a_while():
    became = told(Flaps(current="old"), "new", NOW)

    first = weighed(became, "old", NOW + HOUR, PATIENCE)
    still = weighed(first.flaps, "old", NOW + HOUR + 9 * MINUTE, PATIENCE)
    stayed = weighed(still.flaps, "old", NOW + HOUR + PATIENCE, PATIENCE)

    assert [(one.held, one.begins, one.flaps.current) for one in (first, still, stayed)] == [
        (True, False, "new"),
        (True, False, "new"),
        (False, False, "old"),
    ]


def test_from_the_second_return_on_what_alternates_is_held_and_that_is_said_once():
    became = told(told(Flaps(current="old"), "new", NOW), "old", NOW + HOUR)

    first = weighed(became, "new", NOW + 2 * HOUR)
    again = weighed(first.flaps, "new", NOW + 3 * HOUR)

    assert [(one.held, one.begins, one.flaps.begun) for one in (first, again)] == [
        (True, True, NOW + HOUR),
        (True, False, NOW + HOUR),
    ]
    assert not weighed(again.flaps, "third", NOW + 4 * HOUR).held
