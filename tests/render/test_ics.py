"""Key dates as a calendar has them."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from icalendar import Calendar, Event
from notices import act

from monitor.model import Action, KeyDate, KeyDateKind, Target
from monitor.render.ics import render_ics

NOW = datetime(2025, 10, 9, 8, tzinfo=UTC)
ACT = act(key="mofcom-2025-70", url="https://e.cn/70")


def day(on: str = "2026-11-10", **more) -> KeyDate:
    about = {
        "kind": KeyDateKind.SUSPENSION_END,
        "act": ACT.key,
        "authority": "cn-mofcom",
        "action": Action.SUSPEND,
    }
    return KeyDate(on=on, **{**about, "amends": (Target(key="mofcom-2025-57"),), **more})


def events(key: KeyDate, *known) -> list[Event]:
    return Calendar.from_ical(render_ics([key], {of.key: of for of in known}, NOW)).walk("VEVENT")


def event(key: KeyDate, *known) -> Event:
    return events(key, *known)[0]


def test_a_day_of_law_is_a_whole_day_that_keeps_nobody_busy():
    told = event(day(quote="至2026年11月10日"), ACT)

    assert str(told["SUMMARY"]) == "Suspension of MOFCOM No. 57 of 2025 under No. 70 of 2025 ends"
    assert str(told["DESCRIPTION"]).startswith("MOFCOM No. 70 of 2025: ")
    assert str(told["DESCRIPTION"]).endswith(": “至2026年11月10日”")
    assert (told["DTSTART"].dt, told["DTEND"].dt) == (date(2026, 11, 10), date(2026, 11, 11))
    assert (told["DTSTAMP"].dt, str(told["TRANSP"]), str(told["URL"])) == (
        NOW,
        "TRANSPARENT",
        "https://e.cn/70",
    )
    assert [str(category) for category in told["CATEGORIES"].cats] == [
        "suspension end",
        "cn-mofcom",
    ]


@pytest.mark.parametrize(
    ("more", "known", "status"),
    [
        ({"kind": "start"}, [ACT], "CONFIRMED"),
        ({"kind": "end"}, [ACT], "CONFIRMED"),
        ({}, [ACT], "TENTATIVE"),  # the end of a suspension, which may be extended
        ({"kind": "start", "computed": True}, [ACT], "TENTATIVE"),
        ({"kind": "start"}, [], "TENTATIVE"),
        (
            {"kind": "start"},
            [msgspec.structs.replace(ACT, understood="part")],
            "TENTATIVE",
        ),
    ],
)
def test_a_day_is_confirmed_only_where_an_act_that_was_understood_prints_it(more, known, status):
    told = event(day(**more), *known)

    assert str(told["STATUS"]) == status
    assert ("(computed)" in str(told["SUMMARY"])) is ("computed" in more)


def test_the_last_day_that_calendars_know_has_no_day_after_it():
    assert "DTEND" not in event(day("9999-12-31"))
    assert event(day("9999-12-30"))["DTEND"].dt == date.max


def test_an_act_that_was_not_seen_or_has_no_web_address_has_no_link():
    assert "URL" not in event(day())
    assert "URL" not in event(day(), act(key=ACT.key, url="javascript:alert(1)"))
    assert str(event(day())["DESCRIPTION"]) == "MOFCOM No. 70 of 2025"


def test_an_event_stays_the_same_whatever_else_is_learnt_of_its_day():
    first = event(day())["UID"]

    assert event(day(quote="至2026年11月10日", computed=True), ACT)["UID"] == first
    others = [
        day("2026-11-11"),
        day(kind="start"),
        day(action=Action.ADD),
        day(clauses=("一",)),
        day(act="mofcom-2025-71"),
    ]
    assert len({str(event(other)["UID"]) for other in others} | {str(first)}) == 6


def test_the_day_after_a_suspension_is_an_event_of_its_own_that_no_text_promises():
    last, after = events(day(quote="至2026年11月10日"), ACT)
    starts, ends = events(day(kind="start")), events(day(kind="end"))

    assert (last["DTSTART"].dt, after["DTSTART"].dt, after["DTEND"].dt) == (
        date(2026, 11, 10),
        date(2026, 11, 11),
        date(2026, 11, 12),
    )
    assert (
        str(after["SUMMARY"])
        == "Suspension of MOFCOM No. 57 of 2025 under No. 70 of 2025 was until 10 Nov 2026"
        " (Beijing), no extension seen"
    )
    assert (str(last["STATUS"]), str(after["STATUS"])) == ("TENTATIVE", "TENTATIVE")
    assert str(after["UID"]) != str(last["UID"])
    assert (len(starts), len(ends), len(events(day("9999-12-31")))) == (1, 1, 1)


def test_the_title_of_an_act_stands_in_english_with_its_own_words_behind():
    told = event(day(), act(key=ACT.key, title="关于废止商务部公告2025年第57号的公告"))

    assert (
        str(told["DESCRIPTION"])
        == "MOFCOM No. 70 of 2025: repeal of No. 57 of 2025 (关于废止商务部公告2025年第57号的公告)"
    )
