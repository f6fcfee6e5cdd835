"""What is strange about a source that is read well: each sign by itself, and none on a source
that is well.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cases import read_cases
from msgspec.structs import replace as replace_value

from monitor.errors import ErrorKind
from monitor.source.habits import (
    Entries,
    Expected,
    Habits,
    LinkBeside,
    Seen,
    find_signs,
    update_beside,
    update_newest,
)

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def watched(
    *, moved: int = 0, newest: int = 1, moves: int = 300, longest: timedelta = DAY
) -> Habits:
    """A source that was watched for a year, whose bytes moved and whose newest act came so many
    days ago.
    """
    days = tuple(f"{NOW - (newest + n * 7) * DAY:%Y-%m-%d}" for n in reversed(range(40)))
    return Habits(
        since=NOW - 365 * DAY,
        moves=moves,
        moved=NOW - moved * DAY,
        longest=longest.total_seconds(),
        days=days,
    )


WELL = Seen(since=NOW - 365 * DAY, habits=watched())
LIST = Entries(since=NOW - 90 * DAY, reads=30, count=20, least=18, standing=tuple(range(20)))
NEW = Habits(since=NOW - 3 * DAY, moves=4, moved=NOW - 2 * DAY, days=("2025-10-08",))


def told(seen: Seen, expected: Expected = Expected(), now: datetime = NOW) -> dict[str, str]:  # noqa: B008 - a value
    return {str(sign.kind): sign.text for sign in find_signs(expected, seen, now)}


@pytest.mark.parametrize(
    "seen",
    [
        WELL,
        replace(WELL, entries=LIST, rows=400),
        Seen(since=NOW, habits=NEW),
        Seen(since=NOW, habits=Habits(since=NOW)),
    ],
    ids=["well", "with a list", "new", "never read"],
)
def test_of_a_source_that_is_well_or_new_nothing_is_said(seen):
    assert told(seen) == {}


def test_bytes_that_stay_the_same_for_too_long_are_frozen_and_it_is_said_on_what_that_rests():
    assert told(replace(WELL, habits=watched(moved=30))) == {}
    assert (
        told(replace(WELL, habits=watched(moved=31)))["frozen"]
        == "its bytes are the same since 2025-09-08, for 31 days; too long is more than 30 days: in"
        " 300 changes since 2024-10-09 they never stayed the same for longer than 24 h"
    )


def test_a_source_that_is_frozen_is_not_also_told_to_bring_nothing_new():
    assert set(told(replace(WELL, habits=watched(moved=80, newest=80)))) == {"frozen"}


def test_a_source_that_moves_and_brings_nothing_new_for_too_long_is_a_zombie():
    assert told(replace(WELL, habits=watched(newest=29))) == {}
    assert told(replace(WELL, habits=watched(newest=31)))["zombie"].startswith(
        "the newest it has is of 2025-09-08, 31 days ago"
    )


def test_on_the_last_day_that_is_still_normal_nothing_is_said():
    midnight = NOW.replace(hour=0)

    assert told(replace(WELL, habits=watched(newest=30)), now=midnight) == {}
    assert set(
        told(replace(WELL, habits=watched(newest=30)), now=midnight + timedelta(seconds=1))
    ) == {"zombie"}


def test_of_a_source_of_which_little_is_known_the_past_is_no_measure():
    old = Habits(since=NOW - 3 * DAY, days=("2019-05-01", "2021-02-03"))

    assert told(Seen(NOW - 3 * DAY, old)) == {}
    assert set(told(Seen(NOW, old), now=NOW + 398 * DAY)) == {"frozen"}


def test_a_source_may_say_itself_what_is_normal():
    expected = Expected(absence=5 * DAY, unmoved=2 * DAY)

    assert set(told(replace(WELL, habits=watched(moved=3)), expected)) == {"frozen"}
    assert set(told(replace(WELL, habits=watched(newest=6)), expected)) == {"zombie"}
    assert (
        told(
            replace(WELL, habits=watched(moved=300, newest=300)),
            Expected(absence=500 * DAY, unmoved=500 * DAY),
        )
        == {}
    )


def test_fewer_entries_than_declared_or_than_half_of_what_it_ever_had_do_not_count_up():
    assert (
        told(replace(WELL, entries=LIST), Expected(floor=21))["count"]
        == "it has 20 entries, where it is said to have at least 21"
    )
    assert set(told(replace(WELL, rows=299), Expected(floor=300))) == {"count"}
    few = Entries(since=LIST.since, reads=31, count=8, least=18, standing=LIST.standing)
    assert (
        told(replace(WELL, entries=few))["count"]
        == "it has 8 entries, and had never fewer than 18 in 31 readings"
    )


def test_as_many_entries_as_are_declared_are_enough_and_a_register_is_counted_by_its_rows():
    assert told(replace(WELL, entries=LIST), Expected(floor=20)) == {}
    assert told(replace(WELL, rows=300), Expected(floor=300)) == {}
    assert told(WELL, Expected(floor=300)) == {}
    assert told(replace(WELL, rows=300, entries=LIST), Expected(floor=300)) == {}
    assert (
        "it has 0 entries" in told(replace(WELL, rows=0, entries=LIST), Expected(floor=1))["count"]
    )


def test_of_a_list_that_is_short_it_is_not_also_said_which_entries_are_gone():
    short = Entries(
        since=LIST.since, reads=31, count=8, least=18, standing=LIST.standing, missing=(3, 4, 5)
    )

    assert set(told(replace(WELL, entries=short))) == {"count"}


def test_one_entry_that_is_gone_is_one():
    gone = Entries(
        since=LIST.since, reads=31, count=17, least=17, standing=LIST.standing, missing=(3,)
    )

    assert (
        told(replace(WELL, entries=gone))["canary"]
        == "1 entry that always stood there is gone; in 31 readings since 2025-07-11 none ever left"
    )


def test_a_canary_that_is_gone_is_told_whether_it_was_declared_or_learnt():
    gone = Entries(
        since=LIST.since, reads=31, count=17, least=17, standing=LIST.standing, missing=(3, 4, 5)
    )

    assert (
        told(replace(WELL, has_canary=False), Expected(canary="art_1"))["canary"]
        == "art_1 is declared to stand there always, and is not there"
    )
    assert told(replace(WELL, has_canary=True), Expected(canary="art_1")) == {}
    assert told(replace(WELL, entries=gone))["canary"].startswith(
        "3 entries that always stood there are gone; in 31 readings"
    )


@pytest.mark.parametrize(
    ("lies", "kinds"), [(0, set()), (1, set()), (2, set()), (3, {"not-modified"})]
)
def test_a_server_that_denied_a_change_once_may_have_been_asked_a_moment_too_early(lies, kinds):
    assert set(told(replace(WELL, lies=lies))) == kinds


def test_two_readings_of_one_register_with_other_rows_disagree():
    assert (
        told(replace(WELL, apart=2), Expected(mirror="us_ofac.sdn"))["mirror"]
        == "2 rows stand only in one of it and us_ofac.sdn, for more than 2 days"
    )
    assert told(replace(WELL, apart=1), Expected(mirror="us_ofac.sdn"))["mirror"].startswith(
        "1 row stands only in one of it"
    )


def test_every_sign_has_a_kind_of_its_own():
    bare = Entries(since=NOW, count=1, least=1, standing=())
    bad = replace(WELL, habits=watched(moved=60), entries=bare, has_canary=False, lies=3, apart=1)

    assert set(told(bad, Expected(floor=5, canary="x", mirror="y"))) == {
        ErrorKind.FROZEN, ErrorKind.COUNT, ErrorKind.CANARY, ErrorKind.NOT_MODIFIED, ErrorKind.MIRROR,
    }  # fmt: skip


# What a list shows from its first week on.

HOUR = timedelta(hours=1)
FRESH = Entries(
    since=NOW, count=3, least=3, standing=(3, 2, 1), newest=3, beside={7: 2}, beside_known=(70, 71)
)


@pytest.mark.parametrize(
    ("after", "kinds"),
    [(2 * HOUR, set()), (3 * HOUR, {"outdated"}), (13 * DAY, {"outdated"}), (14 * DAY, set())],
)
def test_a_newest_entry_that_is_gone_is_a_sign_from_three_hours_to_two_weeks(
    after: timedelta, kinds: set[str]
):
    gone = update_newest(FRESH, [2, 1], NOW)

    assert set(told(replace(WELL, entries=gone), now=NOW + after)) - {"frozen"} == kinds
    assert told(replace(WELL, entries=gone, is_withdrawn=True), now=NOW + 3 * HOUR) == {}
    assert update_newest(gone, [2, 1], NOW + after).newest_gone == (
        None if after == 14 * DAY else NOW
    )


def test_a_newest_entry_that_is_back_is_remembered_and_a_newer_one_takes_its_place():
    gone = update_newest(FRESH, [2, 1], NOW)
    back, overtaken = update_newest(gone, [3, 2], NOW + HOUR), update_newest(FRESH, [4, 2], NOW)

    assert (back.newest_gone, back.returned) == (None, NOW + HOUR)
    assert (overtaken.newest, overtaken.newest_gone, overtaken.returned) == (4, None, None)


def link(number: int, place: int = 7, *, act: bool = False) -> LinkBeside:
    return LinkBeside(id=number, place=place, words="Notice No. 62", is_of_act=act)


@pytest.mark.parametrize(
    ("counts", "links", "is_sign"),
    [
        ({7: 3}, [link(72, act=True)], True),
        ({8: 1}, [link(72, 8, act=True)], True),
        ({7: 3}, [link(72)], False),  # one alone may be a banner
        ({7: 4}, [link(72), link(73)], True),
        # as many as ever: others in their places
        ({7: 2}, [link(72, act=True), link(73, act=True)], False),
        ({7: 3}, [link(72, act=True), link(73)], False),  # more are new than came
        ({7: 3}, [link(70, act=True)], False),  # it stood there before
    ],
)
def test_links_beside_a_list_are_a_sign_where_more_than_ever_stand_there(
    counts, links, is_sign: bool
):
    seen = update_beside(FRESH, counts, links, NOW)

    assert told(replace(WELL, entries=seen), now=NOW + 2 * HOUR) == {}
    assert set(told(replace(WELL, entries=seen), now=NOW + 3 * HOUR)) == (
        {"links-not-read"} if is_sign else set()
    )
    assert update_beside(seen, counts, [], NOW + HOUR).beside_new == ()


def test_two_links_that_came_one_after_the_other_are_two_and_the_first_read_knows_all():
    one = update_beside(FRESH, {7: 3}, [link(72)], NOW)
    two = update_beside(one, {7: 4}, [link(72), link(73)], NOW + HOUR)
    text = told(replace(WELL, entries=two), now=NOW + 3 * HOUR)["links-not-read"]
    first = update_beside(replace_value(FRESH, beside=None), {7: 9}, [link(72, act=True)], NOW)

    assert text.startswith("“Notice No. 62” and 1 more came to its page since 2025-10-09")
    assert (first.beside, first.beside_new) == ({7: 9}, ())
    assert update_beside(one, {7: 3}, [link(72)], NOW + 14 * DAY).beside_new == ()


@pytest.mark.parametrize(
    ("first", "then", "is_elsewhere"),
    read_cases("""
        "" | https://a.example/other/ | True
        "" | "" | False
        https://a.example/2025/10/09/list | https://a.example/2025/10/10/list/index.html | False
        https://a.example/2025/10/09/list | "" | False  # it answers by itself now
        """),
)
def test_an_address_that_leads_to_another_path_than_it_did_is_a_sign(
    first: str, then: str, is_elsewhere: bool
):
    habits = WELL.habits.with_landing(first, NOW - DAY).with_landing(then, NOW)

    assert ("moved" in told(replace(WELL, habits=habits), now=NOW + 3 * HOUR)) is is_elsewhere
    assert habits.with_landing(then, NOW + 14 * DAY).elsewhere_since is None
