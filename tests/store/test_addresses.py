"""What is kept of an address between two looks at it."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.clock import format_instant
from monitor.errors import ErrorKind
from monitor.model import Evidence, Problem
from monitor.source import schedule
from monitor.source.page import Link, Request
from monitor.store import (
    OPS,
    Address,
    Annexed,
    History,
    PageRead,
    PollBegins,
    PollEnds,
    Stamp,
    addresses,
    facts,
    notices,
    outbox,
    polls,
)

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
INDEX = Request("https://toy.example/")
READ = Evidence(url=INDEX.url, sha256="0" * 64, fetched_at="2026-11-26T08:00:00Z")
STAMP = Stamp("0" * 64, '"v1"')
PROBLEM = Problem(kind=ErrorKind.SOURCE, text="no answer")


def test_a_server_that_says_that_nothing_moved_and_bytes_that_say_so_are_kept_apart(
    history: History,
):

    def place(at: datetime):
        begins = PollBegins("toy.s", [Request("https://toy.example/")], "toy.s", at)
        return history(polls.begin, [begins])[0].starts[0]

    history(addresses.mark_page_unchanged, place(NOW).id, NOW)
    assert (place(NOW).same_at, place(NOW).came_at) == (NOW, None)

    history(addresses.mark_page_unchanged, place(NOW).id, NOW + MINUTE, came=True)
    assert (place(NOW).same_at, place(NOW).came_at) == (NOW, NOW + MINUTE)

    history(addresses.mark_page_unchanged, place(NOW).id, NOW + 2 * MINUTE)
    assert (place(NOW).same_at, place(NOW).came_at) == (NOW + 2 * MINUTE, NOW + MINUTE)


def index(history: History, at: datetime = NOW) -> Address:
    return history(addresses.take_up, "toy.s", [INDEX], "toy.s", at)[0]


def link(name: str) -> tuple[Link, str]:
    return Link(f"https://toy.example/{name}", None, name), "toy.act"


def show(history: History, *names: str, at: datetime = NOW, stamp: Stamp = STAMP) -> None:
    """The index shows these pages, the first at its top."""
    history(
        facts.record_page,
        index(history, at),
        PageRead((), tuple(link(name) for name in names), READ, stamp),
        judge,
        at,
    )


def judge(_found, _known):
    raise AssertionError("nothing was found that could be judged")


def lists_no_more_news(history: History) -> None:
    """The source was read well once: what is new from then on is no baseline."""
    history(polls.end, [PollEnds("toy.s", None, NOW, HOUR)])


def due(history: History, at: datetime) -> list[str]:
    return [place.title for place in history(polls.list_due_pages, "toy.s", at)]


def test_what_an_index_shows_is_owed_a_read_from_its_end_to_its_top_and_each_once(history: History):
    show(history, "3", "2", "1")
    show(history, "4", "3", "2", "1", at=NOW + MINUTE)

    assert (index(history).came_at, index(history).same_at) == (NOW + MINUTE, None)
    assert due(history, NOW) == ["1", "2", "3"]
    assert due(history, NOW + MINUTE) == ["1", "2", "3", "4"]
    assert [(page.title, page.first_read) for page in history(addresses.list_known_pages)] == [
        *((name, None) for name in "123"),
        ("4", None),
    ]


def test_what_was_there_at_the_first_read_is_silent_and_what_came_later_is_told(history: History):
    show(history, "1")
    lists_no_more_news(history)
    show(history, "2", "1", at=NOW + DAY)

    assert [
        (place.title, place.silent) for place in history(polls.list_due_pages, "toy.s", NOW + DAY)
    ] == [
        ("1", True),
        ("2", False),
    ]


@pytest.mark.parametrize(("taken_out", "silent"), [("3", True), ("", False)])
def test_what_comes_up_from_below_the_end_of_an_index_was_there_before(
    history: History, taken_out: str, silent: bool
):
    show(history, "3", "2")
    lists_no_more_news(history)
    show(history, "4", "3", "2", at=NOW + DAY)
    show(history, *(name for name in ("4", "3", "2", "1") if name != taken_out), at=NOW + 2 * DAY)

    places = {
        place.title: place.silent for place in history(polls.list_due_pages, "toy.s", NOW + 2 * DAY)
    }
    assert places == {"3": True, "2": True, "4": False, "1": silent}


@pytest.mark.parametrize("news", [(), ("2",)], ids=["nothing new", "a new entry"])
def test_a_page_on_which_a_list_goes_on_is_due_with_it_and_owed_where_it_has_a_new_entry(
    history: History, news
):
    on = Link("https://toy.example/on", None, "on"), "toy.s"

    def show_with(*names: str, at: datetime) -> None:
        links = (*(link(name) for name in names), on)
        history(facts.record_page, index(history, at), PageRead((), links, READ, STAMP), judge, at)

    show_with("1", at=NOW)
    for place in history(polls.list_due_pages, "toy.s", NOW):
        history(addresses.mark_page_unchanged, place.id, NOW)
    show_with(*news, "1", at=NOW + MINUTE)

    due = {
        place.title: place.owed for place in history(polls.list_due_pages, "toy.s", NOW + MINUTE)
    }
    assert due == {"on": bool(news), **dict.fromkeys(news, True)}


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 0), (2, 2), (3, 4), (5, 16)])
def test_a_page_that_can_not_be_read_is_tried_ever_more_rarely_and_said_to_be_unread(
    history: History, attempts: int, minutes: int
):
    show(history, "1")
    for _ in range(attempts):
        history(
            polls.record_page_failure,
            history(polls.list_due_pages, "toy.s", NOW + DAY)[0],
            PROBLEM,
            NOW,
        )

    assert due(history, NOW + minutes * MINUTE) == ["1"]
    assert not minutes or due(history, NOW + (minutes - 1) * MINUTE) == []
    assert history(addresses.list_unread_pages_of_source, "toy.s") == [
        "https://toy.example/1: source: no answer"
    ]
    assert history(addresses.leave_unread) == {"toy.s"}
    assert history(addresses.list_unread_pages_of_source, "toy.other") == []


def test_a_page_that_was_read_is_owed_nothing_until_it_is_looked_at_again(history: History):
    show(history, "1")
    (place,) = history(polls.list_due_pages, "toy.s", NOW)
    history(polls.record_page_failure, place, PROBLEM, NOW)
    history(addresses.mark_page_unchanged, place.id, NOW, came=True)

    assert (
        history(addresses.list_unread_pages_of_source, "toy.s"),
        history(addresses.leave_unread),
    ) == ([], set())
    assert (due(history, NOW + 59 * MINUTE), due(history, NOW + HOUR)) == ([], ["1"])
    (again,) = history(polls.list_due_pages, "toy.s", NOW + HOUR)
    assert (again.owed, again.attempts, again.first_read, again.silent) == (False, 0, NOW, False)
    assert [(page.first_read, page.problem) for page in history(addresses.list_known_pages)] == [
        (format_instant(NOW), None)
    ]

    history(polls.record_page_failure, again, PROBLEM, NOW + HOUR)
    assert history(addresses.list_unread_pages_of_source, "toy.s") == []
    assert due(history, NOW + HOUR + 59 * MINUTE) == []


def test_the_index_itself_is_no_page_that_is_owed_though_it_could_not_be_read(history: History):
    history(polls.record_page_failure, index(history), PROBLEM, NOW)

    assert (
        history(addresses.list_unread_pages_of_source, "toy.s"),
        history(addresses.leave_unread),
        due(history, NOW + DAY),
        history(addresses.list_known_pages),
    ) == ([], set(), [], [])
    assert index(history).attempts == 1


@pytest.mark.parametrize(
    ("bodies", "rests"),
    [(["a"], None), (["a", "a"], "a"), (["a", "b"], None), (["a", "b", "b"], "b")],
)
def test_bytes_that_stopped_their_reader_twice_rest_for_a_day_and_people_are_told(
    history: History, bodies: list[str], rests: str | None
):
    show(history, "1")
    for body in bodies:
        history(
            polls.record_reader_stop,
            history(polls.list_due_pages, "toy.s", NOW + DAY)[0],
            body,
            PROBLEM,
            NOW,
        )

    at = NOW + DAY - MINUTE
    assert history(polls.list_due_pages, "toy.s", at)[0].quarantine == rests
    assert history(polls.list_due_pages, "toy.s", NOW + DAY)[0].quarantine is None
    told = [
        history(notices.compose_notice, owed.id).problem
        for owed in history(outbox.list_pending, OPS)
    ]
    assert [problem.kind for problem in told] == ([ErrorKind.QUARANTINED] if rests else [])


def test_what_a_person_hands_in_is_news_and_known_by_its_address_from_then_on(history: History):
    request = Request("https://toy.example/9")
    place = history(addresses.save_handed_in_page, "toy.s", request, "toy.act", NOW)

    assert (place.silent, place.start, place.annex) == (False, False, False)
    assert (
        history(addresses.save_handed_in_page, "toy.s", request, "toy.act", NOW + DAY).id
        == place.id
    )
    assert history(addresses.save_handed_in_page, "toy.s", request, "toy.other", NOW).id != place.id
    history(addresses.mark_page_arrived, place.id, NOW - DAY)
    assert (
        history(addresses.save_handed_in_page, "toy.s", request, "toy.act", NOW).came_at
        == NOW - DAY
    )


def test_an_annex_that_came_late_has_its_act_read_again_and_one_that_failed_stays_owed(
    history: History,
):
    show(history, "1")
    (act,) = history(polls.list_due_pages, "toy.s", NOW)
    there, lacking = (
        Link(f"https://toy.example/{name}", None, name) for name in ("there", "lacking")
    )
    annexes = (
        Annexed(there, "toy.act", Stamp("1" * 64)),
        Annexed(lacking, "toy.act", failure=PROBLEM),
    )
    history(
        facts.record_page,
        act,
        PageRead((), (), READ, Stamp("2" * 64, '"v1"'), annexes=annexes),
        judge,
        NOW,
    )

    (late,) = history(polls.list_due_pages, "toy.s", NOW + MINUTE)
    assert (late.title, late.annex, late.attempts) == ("lacking", True, 1)
    history(addresses.mark_annex_changed, late, Stamp("3" * 64), NOW + MINUTE)
    (again,) = history(polls.list_due_pages, "toy.s", NOW + MINUTE)
    assert (again.title, again.annex, again.sha256, again.etag) == ("1", False, None, None)
    assert [page.problem for page in history(addresses.list_known_pages)] == [None] * 3
    kept = {
        place.title: (place.came_at, place.same_at)
        for place in history(polls.list_due_pages, "toy.s", NOW + DAY)
    }
    assert (kept["there"], kept["lacking"]) == ((NOW, None), (NOW + MINUTE, None))


@pytest.mark.parametrize(
    ("hours", "shown", "stamp", "asked_for_all_in"),
    [
        (25, "21", Stamp("1" * 64, '"v1"'), 1),
        (25, "1", Stamp("1" * 64, '"v1"'), 24),
        (25, "21", Stamp("1" * 64, '"v2"'), 24),
        (25, "21", Stamp("1" * 64), 24),
        (2, "21", Stamp("1" * 64, '"v1"'), 24),
    ],
    ids=["the same stamp", "no news", "another stamp", "no stamp", "before it was asked for all"],
)
def test_a_server_that_denied_news_under_its_old_stamp_is_believed_for_an_hour_only(
    history: History, hours: int, shown: str, stamp: Stamp, asked_for_all_in: int
):
    show(history, "1")
    lists_no_more_news(history)
    history(addresses.mark_page_unchanged, index(history).id, NOW + HOUR)
    at = NOW + hours * HOUR
    show(history, *shown, at=at, stamp=stamp)

    place = index(history, at)
    in_hours = next(
        n
        for n in range(99)
        if schedule.should_ask_for_all(place.came_at, at + n * HOUR, lies=place.lies)
    )
    assert in_hours == asked_for_all_in


def test_how_the_last_polls_went_is_told_of_all_sources_or_of_those_polled_since_then(
    history: History,
):
    history(polls.end, [PollEnds("toy.a", PROBLEM, NOW, HOUR, hold=MINUTE)])
    history(polls.end, [PollEnds("toy.b", None, NOW + HOUR, HOUR)])
    first, second = schedule.Tried(NOW, 1, MINUTE), schedule.Tried(NOW + HOUR, 0, timedelta())

    assert history(addresses.load_last_polls) == {"toy.a": first, "toy.b": second}
    assert history(addresses.load_last_polls, NOW) == {"toy.a": first, "toy.b": second}
    assert history(addresses.load_last_polls, NOW + HOUR) == {"toy.b": second}
