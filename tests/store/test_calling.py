"""Whom a history calls to what waits for them: once each, there where it was told, and where a
desk turns to.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import control, listing
from clicks import ANA, LI, asked
from happenings import record

from monitor.alert.event import NoticeKind
from monitor.clock import format_instant
from monitor.store import ALERTS, OPS, History, handling, notices, outbox, owing, reminders
from monitor.triage.values import DeskRules, Person, Stage, Verb

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LISTED, CONTROLLED = "uel-2025-10", "mofcom-2025-57"
CALLS = (NoticeKind.UNTAKEN, NoticeKind.DUE)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """A listing and a control that begins on 8 November, both told and arrived at once."""
    with History(tmp_path) as history:
        record(history, control(57, "1C909"), NOW - HOUR)
        record(history, listing(10, "Dedrone"), NOW)
        for owed in history(outbox.list_pending, ALERTS):
            history(outbox.mark_sent, owed.id, f"at {owed.key}", NOW)
        yield history


def do(history: History, verb: Verb, event: str = LISTED, person: Person = LI, **more: str) -> None:
    history(handling.handle, asked(verb, event, person, **more), NOW + HOUR)


def called(
    history: History, at: datetime, to: str = "", after: timedelta | None = 4 * HOUR
) -> list[tuple[str, str]]:
    """To what people are called by then, and where."""
    history(
        reminders.call_people,
        {ALERTS: DeskRules(after=after, mentions=("S0COMPLIANCE",), to=to)},
        at,
    )
    return [
        (where, owed.key)
        for where in (ALERTS, OPS)
        for owed in history(outbox.list_pending, where)
        if owed.kind in CALLS
    ]


def untaken(event: str) -> tuple[str, str]:
    return ALERTS, f"{event}:untaken"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(hours=3), []),
        (timedelta(hours=4), [untaken(LISTED), untaken(CONTROLLED)]),
        (timedelta(days=60), []),
    ],
    ids=["not late yet", "just late", "so long ago that nobody is called any more"],
)
def test_what_nobody_took_calls_people_once_it_is_late(
    history: History, after: timedelta, expected: list[tuple[str, str]]
):
    assert sorted(called(history, NOW + after)) == sorted(expected)


def test_nobody_is_called_twice_to_the_same_and_it_is_on_record(history: History):
    first = called(history, NOW + 5 * HOUR)

    assert called(history, NOW + 9 * HOUR) == first
    assert [each.verb for each in history(handling.list_handlings, LISTED)] == [Verb.ESCALATED]


def test_a_desk_that_wants_no_calls_has_none(history: History):
    assert called(history, NOW + 5 * HOUR, after=None) == []


@pytest.mark.parametrize("verb", [Verb.TAKE, Verb.SNOOZE, Verb.DONE])
def test_what_somebody_has_taken_let_rest_or_decided_calls_nobody_to_take_it(
    history: History, verb: Verb
):
    more = {
        Verb.SNOOZE: {"until": format_instant(NOW + 9 * DAY)},
        Verb.DONE: {"decision": "no effect"},
    }
    do(history, verb, **more.get(verb, {}))

    assert called(history, NOW + 5 * HOUR) == [untaken(CONTROLLED)]


@pytest.mark.parametrize(
    ("to", "elsewhere"),
    [("", []), (ALERTS, []), (OPS, [(OPS, f"{CONTROLLED}:untaken:alerts@ops")])],
    ids=["nowhere else", "only where it was told", "to another"],
)
def test_a_desk_turns_to_another_in_a_message_of_its_own_there(
    history: History, to: str, elsewhere: list[tuple[str, str]]
):
    do(history, Verb.TAKE)

    assert called(history, NOW + 5 * HOUR, to=to) == [untaken(CONTROLLED), *elsewhere]
    said = [
        history(notices.compose_notice, owed.id)
        for where in (ALERTS, OPS)
        for owed in history(outbox.list_pending, where)
        if owed.kind in CALLS
    ]
    assert [(notice.in_thread, notice.mentions) for notice in said] == [
        (True, ("S0COMPLIANCE",)),
        (False, ()),
    ][: len(said)]


def test_what_has_rested_calls_who_let_it_rest_and_is_late_only_after_that(history: History):
    until = NOW + 3 * DAY
    do(history, Verb.TAKE, CONTROLLED)
    do(history, Verb.SNOOZE, person=ANA, until=format_instant(until))

    assert called(history, until - HOUR) == []
    assert called(history, until) == [(ALERTS, f"returned:{LISTED}:{format_instant(until)}")]
    (owed,) = (owed for owed in history(outbox.list_pending, ALERTS) if owed.kind in CALLS)
    assert history(notices.compose_notice, owed.id).mentions == ("U0ANA",)
    handled = history(handling.find_case, LISTED).handled
    assert (handled.stage, handled.until) == (Stage.OPEN, "")
    assert untaken(LISTED) not in called(history, until + 3 * HOUR)
    assert untaken(LISTED) in called(history, until + 4 * HOUR)


@pytest.mark.parametrize(
    ("person", "mentions"),
    [(ANA, ("U0ANA",)), (Person("email:ana@example.org", "Ana Ruiz"), ())],
    ids=["of Slack", "of none"],
)
def test_who_has_it_is_called_on_the_day_on_which_it_begins_in_its_country(
    history: History, person: Person, mentions
):
    begins = datetime(2025, 11, 7, 16, 0, tzinfo=UTC)  # midnight in Beijing
    do(history, Verb.TAKE, LISTED)
    do(history, Verb.TAKE, CONTROLLED, person)

    assert called(history, begins - HOUR) == []
    assert called(history, begins) == [(ALERTS, f"reminded:{CONTROLLED}:2025-11-08")]
    assert called(history, begins + DAY) == [(ALERTS, f"reminded:{CONTROLLED}:2025-11-08")]
    (owed,) = (owed for owed in history(outbox.list_pending, ALERTS) if owed.kind in CALLS)
    notice = history(notices.compose_notice, owed.id)
    assert notice.mentions == mentions
    assert notice.why == "it is yours, its day has come, and nothing is decided"


def week(history: History, now: datetime) -> tuple[int, int]:
    """How many events the summary of this moment has as told, and as kept back by a mute."""
    key = f"weekly:{now:%Y-%m-%dT%H}"
    history(owing.enqueue_weekly, key.removeprefix("weekly:"), ALERTS, now)
    (owed,) = [owed for owed in history(outbox.list_pending, ALERTS) if owed.key == key]
    counted = history(notices.compose_notice, owed.id).body
    return counted.told, counted.kept_back


@pytest.fixture
def muted(history: History) -> History:
    """What a mute kept back an hour after the two were told."""
    until = format_instant(NOW + 90 * DAY)
    history(handling.handle, asked(Verb.MUTE, "", LI, to="source:toy", until=until), NOW)
    record(history, control(61, "1C905"), NOW + HOUR)
    return history


@pytest.mark.parametrize(
    ("end", "weeks"),
    [
        (NOW - HOUR, [(1, 0), (1, 1)]),
        (NOW, [(2, 0), (0, 1)]),
        (NOW + HOUR, [(2, 1), (0, 0)]),
    ],
)
def test_what_came_at_the_very_end_of_a_week_is_in_that_one_and_not_in_the_next(
    muted: History, end: datetime, weeks: list[tuple[int, int]]
):
    assert [week(muted, end), week(muted, end + 7 * DAY)] == weeks


@pytest.mark.parametrize(("end", "counted"), [(NOW, (0, 1)), (NOW + HOUR, (0, 0))])
def test_a_first_week_begins_where_one_before_it_would_end(
    muted: History, end: datetime, counted: tuple[int, int]
):
    assert week(muted, end + 7 * DAY) == counted


@pytest.mark.parametrize(("late", "following"), [(-DAY, (2, 1)), (DAY, (0, 0))])
def test_a_week_begins_with_the_summary_before_whenever_that_came(
    muted: History, late: timedelta, following: tuple[int, int]
):
    week(muted, NOW + late)

    assert week(muted, NOW + 7 * DAY) == following


@pytest.mark.parametrize(
    ("end", "counted"), [(NOW + 8 * DAY, (2, 1)), (NOW + 8 * DAY + HOUR, (0, 0))]
)
def test_a_week_has_up_to_nine_days_and_where_a_summary_was_left_out_seven(
    muted: History, end: datetime, counted: tuple[int, int]
):
    week(muted, NOW - DAY)

    assert week(muted, end) == counted
