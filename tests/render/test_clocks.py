"""Days of law by the clock of those who read them."""

from dataclasses import replace

import msgspec
import pytest
from notices import act, company, listing, of_act, saved

from monitor.alert.event import NoticeKind
from monitor.model import Action, End, KeyDate, KeyDateKind, Measure, Start
from monitor.render.alert import compose_alert
from monitor.render.keepers import format_law_day, list_local_times


def dated(starts: str | None = None, ends: str | None = None, **more):
    start = Start(on=starts, basis="explicit") if starts else None
    measure = Measure(
        action=Action.SUSPEND,
        starts=start,
        ends=End(on=ends, basis="explicit") if ends else None,
        register="cn-dual-use-items",
    )
    return of_act(act(measure), **more)


def told(notice, zone: str) -> list[str]:
    return [f"{line.label}: {line.text}" for line in list_local_times(replace(notice, zone=zone))]


@pytest.mark.parametrize(
    ("zone", "starts", "ends", "line"),
    [
        ("Europe/Berlin", "2025-11-08", None, "By the clock of Berlin: from 7 Nov 2025, 17:00"),
        # over at midnight in Beijing
        ("Europe/Berlin", None, "2026-11-10", "By the clock of Berlin: until 10 Nov 2026, 17:00"),
        # summer time there alone
        ("Europe/Berlin", "2026-06-01", None, "By the clock of Berlin: from 31 May 2026, 18:00"),
        ("America/New_York", "2025-11-08", "2026-11-10", "By the clock of New York: from 7 Nov 2025, 11:00; until 10 Nov 2026, 11:00"),  # noqa: E501
        ("Asia/Tokyo", "2025-04-10T12:01+08:00", None, "By the clock of Tokyo: from 10 Apr 2025, 13:01"),
    ],
)  # fmt: skip
def test_a_day_is_told_by_the_readers_clock(zone, starts, ends, line):
    assert told(dated(starts, ends), zone) == [line]


@pytest.mark.parametrize("zone", ["", "Asia/Shanghai", "Asia/Singapore"])
def test_nothing_is_added_where_nobody_said_a_zone_or_the_clocks_agree(zone):
    assert told(dated("2025-11-08", "2026-11-10"), zone) == []


def test_what_began_when_it_was_published_has_no_hour_to_wait_for():
    assert told(of_act(act(listing(company("甲")))), "Europe/Berlin") == []


@pytest.mark.parametrize("on", ["soon", "9999-12-31", "2025-13-01"])
def test_a_text_that_is_no_day_adds_nothing(on):
    assert told(dated(None, on), "America/New_York") == []


def test_a_reminder_says_when_its_day_ends_where_the_reader_is():
    (line,) = told(saved("reminder-largest"), "Europe/Berlin")

    assert line == "By the clock of Berlin: ends 10 Nov 2026, 17:00"


def test_an_effect_has_the_days_of_the_later_act_alone():
    earlier = act(
        Measure(action=Action.ADD, starts=Start(on="2025-11-08", basis="explicit")),
        key="mofcom-2025-57",
    )
    (line,) = told(
        dated(None, "2026-11-10", kind=NoticeKind.EFFECT, acts=(earlier,)), "Europe/Berlin"
    )

    assert line.endswith(": until 10 Nov 2026, 17:00")


def test_the_authoritys_day_stands_first_in_the_message():
    alert = compose_alert(replace(dated(None, "2026-11-10"), zone="Europe/Berlin"))

    assert "10 Nov 2026" in alert.headline
    assert "17:00" not in alert.headline + alert.summary
    assert [line.text for line in alert.facts] == ["until 10 Nov 2026, 17:00"]


def test_the_days_to_come_of_a_digest_have_both_clocks():
    key = KeyDate(
        kind=KeyDateKind.SUSPENSION_END,
        on="2026-11-10",
        act="mofcom-2025-70",
        authority="cn-mofcom",
        action=Action.SUSPEND,
    )

    assert format_law_day(key, "") == "10 Nov 2026 (Beijing)"
    assert (
        format_law_day(key, "Europe/Berlin")
        == "10 Nov 2026 (Beijing), ends 10 Nov 2026, 17:00 Berlin"
    )


def test_four_turns_are_told_each_once():
    measures = [
        Measure(action=Action.ADD, starts=Start(on=f"2025-11-0{day}", basis="explicit"))
        for day in (1, 1, 2, 3, 4, 5)
    ]
    (line,) = told(of_act(act(*measures)), "Europe/Berlin")

    assert (
        line
        == "By the clock of Berlin: from 31 Oct 2025, 17:00; from 1 Nov 2025, 17:00; from 2 Nov"
        " 2025, 17:00; from 3 Nov 2025, 17:00"
    )


def test_all_acts_of_a_message_have_their_days_told_once_whether_they_caused_it_or_not():
    first, second = (dated(None, f"2026-11-1{day}").fact for day in (0, 1))
    second = msgspec.structs.replace(second, key="mofcom-2025-100")
    both = of_act(second, NoticeKind.PARENT, acts=(first, second))

    assert told(both, "Europe/Berlin") == [
        "By the clock of Berlin: until 11 Nov 2026, 17:00; until 10 Nov 2026, 17:00"
    ]
    assert told(replace(both, body=None), "Europe/Berlin") == [
        "By the clock of Berlin: until 10 Nov 2026, 17:00; until 11 Nov 2026, 17:00"
    ]


@pytest.mark.parametrize(
    "kind", [NoticeKind.PRESS, NoticeKind.DETAILS, NoticeKind.DISAGREEMENT, NoticeKind.ROWS]
)
def test_a_message_that_is_of_no_day_tells_none(kind):
    assert told(dated("2025-11-08", kind=kind), "Europe/Berlin") == []


def test_a_clock_time_without_a_place_is_the_authoritys_own():
    assert told(dated("2025-04-10T12:01"), "Europe/Berlin") == [
        "By the clock of Berlin: from 10 Apr 2025, 06:01"
    ]


def test_a_day_that_begins_begins_at_its_first_moment():
    key = KeyDate(
        kind=KeyDateKind.START,
        on="2026-11-10",
        act="mofcom-2025-70",
        authority="cn-mofcom",
        action=Action.ADD,
    )

    assert (
        format_law_day(key, "Europe/Berlin")
        == "10 Nov 2026 (Beijing), begins 9 Nov 2026, 17:00 Berlin"
    )
    assert format_law_day(key, "Asia/Shanghai") == "10 Nov 2026 (Beijing)"
