from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from acts import control, listing, press, suspension

from monitor.alert.event import (
    Event,
    Known,
    NoticeKind,
    Post,
    judge,
    place_edition,
    place_page,
)
from monitor.config import EventSettings
from monitor.diff import ChangeKind
from monitor.diff.flaps import STEADY
from monitor.model import Announcement, Edition, Fact, Mentions, Report, RowChange

NOW = datetime(2025, 10, 9, 8, 1, tzinfo=UTC)


def decide(found: Fact, *events: Event, known: Known | None = None, silent: bool = False):
    return judge(
        found,
        known or Known(events=events),
        authority="cn-mofcom",
        now=NOW,
        silent=silent,
        windows=EventSettings(),
    )


def event(act, *, minutes_ago: int = 0, told: bool = True) -> Event:
    return Event(act.key, "cn-mofcom", NOW - timedelta(minutes=minutes_ago), told, (act,))


def test_an_act_of_its_own_opens_an_event_with_a_message_of_its_own():
    decision = decide(listing(10, "Dedrone"))

    assert decision.opens
    assert decision.posts == (Post(NoticeKind.ACT, "uel-2025-10"),)


def test_an_act_within_a_quarter_of_an_hour_joins_the_package_and_edits_its_first_message():
    decision = decide(control(56, "2B902.a"), event(control(55, "2C902.a"), minutes_ago=14))

    assert not decision.opens
    assert decision.posts == (
        Post(NoticeKind.ACT, "mofcom-2025-55", in_thread=True),
        Post(NoticeKind.PARENT, "mofcom-2025-55"),
    )


def test_an_act_sixteen_minutes_later_stands_alone():
    assert decide(control(56, "2B902.a"), event(control(55, "2C902.a"), minutes_ago=16)).opens


def test_a_baseline_is_recorded_with_its_event_and_told_to_nobody():
    decision = decide(listing(10, "Dedrone"), silent=True)

    assert decision.opens
    assert decision.posts == ()


def test_an_act_does_not_join_a_package_nobody_was_told_of():
    assert decide(control(56, "2B902.a"), event(control(18, "1C902.a"), told=False)).opens


def test_an_act_that_nobody_understands_is_a_message_of_its_own_however_near_to_others():
    unknown = Announcement(
        key="mofcom-2025-58", authority="cn-mofcom", title="公告", understood="none"
    )

    assert decide(unknown, event(control(55, "2C902.a"), minutes_ago=1)).posts == (
        Post(NoticeKind.ACT, "mofcom-2025-58"),
    )


def test_a_suspension_is_a_message_of_its_own_and_is_told_in_the_thread_of_each_act_it_touches():
    earlier = event(control(57, "1C909.a"), minutes_ago=60 * 24 * 29)
    other = event(control(18, "1C902.a"), minutes_ago=60 * 24 * 29)

    assert decide(suspension(70, "mofcom-2025-57"), earlier, other).posts == (
        Post(NoticeKind.ACT, "mofcom-2025-70"),
        Post(NoticeKind.EFFECT, "mofcom-2025-57", in_thread=True),
        Post(NoticeKind.PARENT, "mofcom-2025-57"),
    )


def test_a_suspension_stands_alone_even_minutes_after_the_act_it_suspends():
    minutes_ago = event(control(57, "1C909.a"), minutes_ago=5)

    assert decide(suspension(70, "mofcom-2025-57"), minutes_ago).posts[0] == Post(
        NoticeKind.ACT, "mofcom-2025-70"
    )


def test_an_edited_act_is_told_in_its_thread():
    act = listing(10, "Dedrone")
    own = event(act, minutes_ago=600)
    known = Known(act=act, last=act, event=own, events=(own,))

    decision = decide(listing(10, "Dedrone", "Epirus"), known=known)

    assert decision.kind is ChangeKind.AMENDED
    assert decision.posts[0] == Post(NoticeKind.AMENDED, "uel-2025-10", in_thread=True)


def test_an_edited_act_of_the_baseline_is_a_message_of_its_own_since_it_has_no_thread():
    act = listing(10, "Dedrone")
    own = event(act, told=False)
    known = Known(act=act, last=act, event=own, events=(own,))

    assert decide(listing(10, "Dedrone", "Epirus"), known=known).posts == (
        Post(NoticeKind.AMENDED, "uel-2025-10"),
    )


def test_the_press_joins_the_event_whose_names_it_shares():
    listed, controlled = event(listing(10, "Dedrone by Axon")), event(control(57, "1C909.a"))

    decision = decide(press("Dedrone by Axon"), controlled, listed)

    assert decision.posts == (Post(NoticeKind.PRESS, "uel-2025-10", in_thread=True),)


def test_the_press_joins_an_act_it_names_however_late():
    old = event(control(57, "1C909.a"), minutes_ago=60 * 24 * 60)

    assert (
        decide(press(published="2026-03-01", keys=("mofcom-2025-57",)), old).event
        == "mofcom-2025-57"
    )


def test_a_report_from_before_the_act_is_not_on_it():
    assert decide(press("Dedrone", published="2025-09-01"), event(listing(10, "Dedrone"))).opens


def test_the_press_ahead_of_every_authority_is_an_early_sign():
    decision = decide(press("Dedrone"))

    assert [post.kind for post in decision.posts] == [NoticeKind.EARLY]


def test_the_official_act_is_told_in_the_thread_of_its_early_sign():
    early = Event(
        "press:https://news.example/1",
        "press",
        NOW - timedelta(hours=2),
        told=True,
        report=press("Dedrone"),
    )

    assert decide(listing(10, "Dedrone"), early).posts == (
        Post(NoticeKind.ACT, "uel-2025-10"),
        Post(NoticeKind.EFFECT, early.key, in_thread=True),
    )


def test_talk_of_a_register_without_names_is_no_sign():
    talk = Report(
        kind="press", title="Talk", mentions=Mentions(registers=("cn-unreliable-entities",))
    )

    assert decide(talk).posts == ()


def test_an_official_reply_that_repeats_an_act_is_kept_with_its_event_and_told_to_nobody():
    reply = Report(
        kind="restatement",
        title="答记者问",
        published="2025-10-09",
        mentions=Mentions(registers=("cn-unreliable-entities",)),
    )

    decision = decide(reply, event(listing(10, "Dedrone")))

    assert (decision.event, decision.posts) == ("uel-2025-10", ())


def test_an_edit_of_an_act_that_changes_another_is_told_there_and_its_first_message_edited():
    before, after = (
        suspension(70, "mofcom-2025-57"),
        suspension(70, "mofcom-2025-57", "mofcom-2025-58"),
    )
    own, told, untold = (
        event(before),
        event(control(57, "1C909")),
        event(control(58, "1C909"), told=False),
    )
    decision = decide(
        after, known=Known(act=before, last=before, event=own, events=(own, told, untold))
    )

    assert [(post.kind, post.event) for post in decision.posts] == [
        (NoticeKind.AMENDED, "mofcom-2025-70"),
        (NoticeKind.PARENT, "mofcom-2025-70"),
        (NoticeKind.EFFECT, "mofcom-2025-57"),
        (NoticeKind.PARENT, "mofcom-2025-57"),
    ]


@pytest.mark.parametrize("published", ["2025", "9 Oct 2025", "2025-10-09T25:00"])
def test_a_report_with_a_date_that_is_none_is_near_to_no_act(published):
    report = Report(
        kind="press", title="China lists firms", url="https://news.example/1", published=published
    )
    report = msgspec.structs.replace(
        report, mentions=Mentions(registers=("cn-unreliable-entities",))
    )

    assert decide(report, event(listing(10, "Dedrone"))).posts == ()


def carried(*changes: tuple[str, str], register: str = "cn-unreliable-entities") -> Edition:
    rows = tuple(RowChange(action=action, id=name, name=name) for action, name in changes)
    return Edition(
        key="edition-1", register=register, authority="cn-mofcom", rows=9, before=8, changes=rows
    )


def test_an_edition_is_told_in_the_thread_of_the_newest_act_that_it_carries_out():
    older, newer = (
        event(listing(9, "Dedrone"), minutes_ago=600),
        event(listing(10, "DEDRONE "), minutes_ago=60),
    )
    decision = place_edition(carried(("add", "Epirus"), ("add", "Dedrone")), [newer, older])

    assert (decision.event, decision.opens) == ("uel-2025-10", False)
    assert decision.posts == (Post(NoticeKind.EDITION, "uel-2025-10", in_thread=True),)


@pytest.mark.parametrize(
    ("edition", "told"),
    [
        (carried(("add", "Epirus")), True),  # another name
        (carried(("remove", "Dedrone")), True),  # the other way
        (carried(("add", "Dedrone"), register="cn-watch-list"), True),
        (carried(("add", "Dedrone")), False),  # an act that nobody was told of has no thread
    ],
)
def test_an_edition_that_carries_out_no_act_is_a_message_of_its_own(edition, *, told):
    decision = place_edition(
        edition, [event(listing(10, "Dedrone"), told=told), event(control(57, "1C909.a"))]
    )

    assert decision.opens
    assert decision.posts == (Post(NoticeKind.EDITION, "edition-1"),)


def test_an_act_joins_the_edition_that_carried_it_out_ahead_of_it_and_no_other():
    ahead, other = (
        Event(key, "cn-mofcom", NOW - timedelta(hours=2), told=True, edition=carried(("add", name)))
        for key, name in (("edition-1", "Dedrone"), ("edition-2", "Epirus"))
    )

    assert decide(listing(10, "Dedrone"), ahead, other).posts == (
        Post(NoticeKind.ACT, "uel-2025-10"),
        Post(NoticeKind.EFFECT, "edition-1", in_thread=True),
    )


def test_what_alternates_is_held_and_told_once_in_the_thread_of_its_act():
    one, other = control(57, "1C909.a"), control(57, "1C909.b")
    flaps = STEADY
    for read, last in ((other, one), (one, other), (other, one)):
        known = Known(act=one, last=last, flaps=flaps, event=event(one), events=(event(one),))
        decision = decide(read, known=known)
        flaps = decision.flaps

    assert decision.kind is ChangeKind.ALTERNATES
    assert decision.held
    assert decision.act is None
    assert decision.event == one.key
    assert decision.posts == (Post(NoticeKind.ALTERNATES, one.key, in_thread=True),)


def test_a_baseline_tells_of_a_second_address_only_where_people_rely_on_what_it_adds_to():
    act, more = listing(10, "Dedrone"), listing(10, "Dedrone", "Elbit")

    def told(found, *, told: bool) -> tuple[Post, ...]:
        of = event(act, told=told)
        return decide(found, known=Known(act=act, event=of, events=(of,)), silent=True).posts

    assert [post.kind for post in told(more, told=True)] == [NoticeKind.AMENDED, NoticeKind.PARENT]
    assert told(more, told=False) == ()
    assert told(act, told=True) == ()


@pytest.mark.parametrize(
    ("published", "joins"), [("2025-10-07", False), ("2025-10-08", True), ("2025-10-09", True)]
)
def test_a_report_may_be_dated_a_day_before_the_act_for_its_zone_is_another(published, joins):
    decision = decide(
        press("Dedrone", published=published), event(listing(10, "Dedrone"), minutes_ago=30)
    )

    assert (decision.event == "uel-2025-10") is joins


def test_what_is_told_is_neither_held_nor_a_baseline():
    decision = decide(listing(10, "Dedrone"))

    assert (decision.held, decision.baseline) == (False, False)
    assert decide(listing(10, "Dedrone"), silent=True).baseline


def test_a_page_of_the_baseline_that_is_read_anew_is_told_to_nobody_though_its_event_was_told():
    act = listing(10, "Dedrone")
    known = Known(act=act, last=act, event=event(act), events=(event(act),))

    assert decide(listing(10, "Dedrone", "Epirus"), known=known, silent=True).posts == ()


@pytest.mark.parametrize("told", [True, False])
def test_what_another_address_only_repeats_stays_with_its_event_and_is_told_to_nobody(*, told):
    act = listing(10, "Dedrone")
    own = event(act, told=told)
    decision = decide(act, known=Known(act=act, elsewhere=(act,), event=own, events=(own,)))

    assert (decision.kind, decision.event, decision.posts) == (
        ChangeKind.REPEATED,
        "uel-2025-10",
        (),
    )


def test_an_edit_of_an_act_that_has_no_event_is_recorded_alone():
    act = listing(10, "Dedrone")
    decision = decide(listing(10, "Dedrone", "Epirus"), known=Known(act=act, last=act))

    assert (decision.kind, decision.event, decision.posts) == (ChangeKind.AMENDED, None, ())


@pytest.mark.parametrize(
    "known",
    [Known(), Known(event=event(control(57, "1C909.a"), told=False))],
    ids=["no event", "untold"],
)
def test_what_alternates_is_told_to_nobody_who_was_not_told_of_its_act(known):
    one, other = control(57, "1C909.a"), control(57, "1C909.b")
    flaps = STEADY
    for read, last in ((other, one), (one, other), (other, one)):
        decision = decide(read, known=replace(known, act=one, last=last, flaps=flaps))
        flaps = decision.flaps

    assert (decision.kind, decision.held, decision.posts) == (ChangeKind.ALTERNATES, True, ())


def test_an_act_from_before_a_package_was_opened_is_not_part_of_it():
    later = event(control(55, "2C902.a"), minutes_ago=-1)

    assert decide(control(56, "2B902.a"), later).opens
    assert not decide(control(56, "2B902.a"), event(control(55, "2C902.a"))).opens


def test_an_act_joins_no_package_of_another_authority_and_none_without_acts():
    other = Event("bis-2025-1", "us-bis", NOW, told=True, acts=(control(55, "2C902.a"),))
    empty = Event(
        "press:https://news.example/1", "cn-mofcom", NOW, told=True, report=press("Epirus")
    )

    assert decide(control(56, "2B902.a"), other, empty).opens
    assert not decide(control(56, "2B902.a"), event(control(55, "2C902.a"), minutes_ago=15)).opens


@pytest.mark.parametrize(
    ("early", "told"),
    [(press("Dedrone"), False), (press("Epirus", published="2025-08-01"), True)],
    ids=["of which nobody was told", "of another time"],
)
def test_an_act_is_not_told_in_the_thread_of_what_was_no_sign_of_it(early, *, told):
    sign = Event(
        "press:https://news.example/1", "press", NOW - timedelta(hours=2), told=told, report=early
    )

    assert decide(listing(10, "Dedrone"), sign).posts == (Post(NoticeKind.ACT, "uel-2025-10"),)


def test_an_act_is_not_told_in_the_thread_of_an_edition_that_nobody_was_told_of():
    untold = Event("edition-1", "cn-mofcom", NOW, told=False, edition=carried(("add", "Dedrone")))

    assert decide(listing(10, "Dedrone"), untold).posts == (Post(NoticeKind.ACT, "uel-2025-10"),)


def test_the_press_on_an_act_that_nobody_was_told_of_is_kept_with_it_and_told_to_nobody():
    decision = decide(press("Dedrone"), event(listing(10, "Dedrone"), told=False))

    assert (decision.event, decision.opens, decision.posts) == ("uel-2025-10", False, ())


def test_the_press_joins_the_newer_of_two_events_that_it_is_as_near_to():
    older, newer = event(listing(9, "Dedrone"), minutes_ago=60), event(listing(10, "Dedrone"))

    assert decide(press("Dedrone"), newer, older).event == "uel-2025-10"
    assert decide(press("Dedrone"), older, newer).event == "uel-2025-10"


def test_an_act_that_a_report_names_outweighs_those_whose_names_it_shares():
    named, alike = (
        event(control(57, "1C909.a"), minutes_ago=600),
        event(listing(10, "Dedrone", "Epirus")),
    )

    assert (
        decide(press("Dedrone", "Epirus", keys=("mofcom-2025-57",)), named, alike).event
        == "mofcom-2025-57"
    )


def test_names_alone_are_no_sign_of_an_act_on_another_register():
    report = Report(
        kind="press",
        title="News",
        published="2025-10-09",
        mentions=Mentions(entities=press("Dedrone").mentions.entities),
    )

    assert decide(report, event(listing(10, "Dedrone"))).event is None


@pytest.mark.parametrize(("published", "joins"), [("2025-10-16", True), ("2025-10-17", False)])
def test_the_press_may_speak_of_an_act_for_a_week(published, *, joins):
    decision = decide(
        press("Dedrone", published=published), event(listing(10, "Dedrone"), minutes_ago=30)
    )

    assert (decision.event == "uel-2025-10") is joins


def test_a_report_that_names_an_act_nobody_has_shown_us_is_an_early_sign_without_any_register():
    names = Report(
        kind="press",
        title="News",
        url="https://news.example/2",
        mentions=Mentions(keys=("mofcom-2025-99",)),
    )
    reply = msgspec.structs.replace(names, kind="restatement")

    assert decide(names).posts == (Post(NoticeKind.EARLY, "press:https://news.example/2"),)
    assert decide(reply).posts == ()


def test_a_report_without_an_address_is_told_by_its_title():
    names = Report(
        kind="press", title="China lists firms", mentions=Mentions(keys=("mofcom-2025-99",))
    )

    assert decide(names).event == "press:China lists firms"


def test_a_change_of_a_watched_page_is_a_message_of_its_own_and_of_no_event():
    decision = place_page()

    assert (decision.event, decision.opens, decision.posts) == (
        None,
        False,
        (Post(NoticeKind.PAGE, ""),),
    )
