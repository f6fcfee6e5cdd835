"""The mark at the head of a message: what matters is seen before it is read."""

from dataclasses import replace

import msgspec
import pytest
from each import for_each
from notices import act, changed, company, listing, of_act, saved

from monitor.alert.event import Notice, NoticeKind
from monitor.model import Action, End, Measure, Severity, Start, Target, Unread
from monitor.render.alert import compose_alert
from monitor.render.values import Mark, choose_mark
from monitor.triage.values import Handled, Stage
from monitor.watch.values import ScreeningResult

MATCH = saved("watch-smallest").touches.found[0]
CLEAR = ScreeningResult(names=212, products=40, listed=24)
TOUCHED = msgspec.structs.replace(CLEAR, found=(MATCH,))


def listed_on(day: str, **more) -> Notice:
    return of_act(act(listing(company("甲"), starts=Start(on=day, basis="explicit"))), **more)


def doing(action: Action, day: str = "2025-10-09") -> Notice:
    return of_act(
        act(
            Measure(
                action=action,
                amends=(Target(key="mofcom-2024-1"),),
                starts=Start(on=day, basis="immediate"),
            )
        )
    )


def unread(*parts: Unread, title: str = "公告") -> Notice:
    return of_act(msgspec.structs.replace(act(), title=title, understood="none", not_read=parts))


@for_each(
    ("notice", "mark"),
    [
        (listed_on("2025-10-09"), Mark.ACT_NOW),
        (listed_on("2025-10-11"), Mark.ACT_NOW),
        (listed_on("2025-10-12"), Mark.NEW_LAW),
        (listed_on("2024-05-20"), Mark.NEW_LAW),  # long in force, and seen only now
        # all was compared with it: there is nothing to do
        (listed_on("2025-10-09", touches=CLEAR), Mark.NEW_LAW),
        (
            listed_on("2025-10-09", touches=msgspec.structs.replace(CLEAR, unread=("a file",))),
            Mark.ACT_NOW,
        ),
        (
            listed_on(
                "2026-01-01",
                touches=msgspec.structs.replace(CLEAR, found=(MATCH,)),
                severity=Severity.CRITICAL,
            ),
            Mark.ACT_NOW,
        ),
        (doing(Action.SUSPEND), Mark.NEW_LAW),
        (doing(Action.REPEAL), Mark.NEW_LAW),
        (doing(Action.RESUME), Mark.ACT_NOW),
        # its title names goods, or a list, or somebody is listed in what was not understood
        (saved("listed-largest"), Mark.NEW_LAW),
        (unread(title="关于列入不可靠实体清单的公告"), Mark.NEW_LAW),
        (
            unread(Unread("annex", "no entry found below it", "(1) the following is added")),
            Mark.NEW_LAW,
        ),
        (unread(Unread("sentence", "not understood", "列入关注名单。")), Mark.NEW_LAW),
        (unread(Unread("sentence", "not understood", "有关规定如下。")), Mark.EARLY),
        (unread(title="公布有关规定"), Mark.EARLY),
        (saved("early-largest"), Mark.EARLY),
        (replace(saved("early-largest"), severity=Severity.CRITICAL), Mark.ACT_NOW),
        (saved("edition-smallest"), Mark.CHANGED),
        (saved("amended-smallest"), Mark.CHANGED),
        (saved("reminder-largest"), Mark.NEW_LAW),
        (saved("problem-largest"), Mark.MONITOR),
        (saved("held-largest"), Mark.MONITOR),
        (saved("daily-smallest"), Mark.MONITOR),
        (
            replace(
                saved("daily-smallest"), gathered=(saved("edition-smallest"), doing(Action.RESUME))
            ),
            Mark.ACT_NOW,
        ),
        (replace(saved("untaken-smallest"), gathered=(saved("edition-smallest"),)), Mark.CHANGED),
        (
            replace(
                saved("state-smallest"),
                shows=NoticeKind.EDITION,
                body=saved("edition-smallest").body,
            ),
            Mark.CHANGED,
        ),
    ],
)
def test_a_message_is_marked_by_what_it_asks_of_its_reader(notice, mark):
    assert choose_mark(notice) is mark


def test_what_a_later_act_has_suspended_asks_nothing_any_more():
    suspended = doing(Action.SUSPEND).fact
    now = listed_on("2025-10-09")
    lifted = msgspec.structs.replace(
        suspended,
        measures=(
            msgspec.structs.replace(suspended.measures[0], amends=(Target(key=now.fact.key),)),
        ),
    )

    assert choose_mark(changed(now, touched_by=(suspended,))) is Mark.ACT_NOW
    assert choose_mark(changed(now, touched_by=(lifted,))) is Mark.NEW_LAW


def test_what_is_decided_asks_nobody_to_act_now_and_what_is_taken_not_to_be_taken():
    of = listed_on("2025-10-09", touches=TOUCHED, event="uel-2025-10")
    taken, decided = (
        replace(of, handled=Handled(stage, by="Li", since="2025-10-09T09:05:00Z"))
        for stage in (Stage.TAKEN, Stage.DONE)
    )

    assert [choose_mark(one) for one in (of, taken, decided)] == [
        Mark.ACT_NOW,
        Mark.ACT_NOW,
        Mark.NEW_LAW,
    ]
    assert [compose_alert(one).next_step for one in (of, taken, decided)] == [
        "Take it, and read the notice",
        "Read the notice",
        "",
    ]
    told_after = replace(decided, first_seen="2025-10-10T09:05:00Z")
    assert choose_mark(told_after) is Mark.ACT_NOW
    assert compose_alert(told_after).next_step == "Take it, and read the notice"
    # nobody was told of it
    assert compose_alert(replace(of, event="")).next_step == "Read the notice"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("watch-smallest", "Take it, and look at each in the list below"),
        ("reminder-largest", "Screen your suppliers and goods: this was not compared with them"),
        ("edition-smallest", "Screen your suppliers and goods: this was not compared with them"),
        ("problem-largest", ""),
    ],
)
def test_a_day_that_comes_an_edition_and_a_changed_list_say_what_to_do(name, said):
    assert compose_alert(saved(name)).next_step == said


def test_the_mark_stands_before_the_headline_and_its_word_before_the_evidence():
    alert = compose_alert(listed_on("2025-10-09"))

    assert alert.title == f"🔴 {alert.headline}"
    assert alert.evidence[0] == "Act now"


def test_a_message_leads_to_what_it_is_about_in_the_console():
    def link(notice: Notice) -> str:
        return compose_alert(replace(notice, console="https://monitor.example/")).console

    assert link(listed_on("2025-10-09")) == "https://monitor.example/act/mofcom-2025-99"
    assert link(replace(saved("untaken-smallest"), gathered=(listed_on("2025-10-09"),))) == link(
        listed_on("2025-10-09")
    )
    assert link(saved("reminder-largest")) == "https://monitor.example/act/mofcom-2025-70"
    assert link(saved("problem-largest")) == "https://monitor.example/sources"
    for name in ("listed-smallest", "early-smallest"):
        assert (
            link(replace(saved(name), event="page:1")) == "https://monitor.example/event/page%3A1"
        )
    assert compose_alert(listed_on("2025-10-09")).console == ""


def edit(before: Measure, after: Measure) -> Notice:
    return of_act(act(after), kind=NoticeKind.AMENDED, before=act(before), in_thread=True)


def test_an_edit_that_takes_a_name_away_or_moves_a_last_day_matters_as_an_act_does():
    starts = Start(on="2026-01-01", basis="explicit")
    one = listing(company("甲"), starts=starts)
    two = listing(company("甲"), company("乙"), starts=starts)
    to_2026, to_2027 = (
        msgspec.structs.replace(one, ends=End(on=day, basis="explicit"))
        for day in ("2026-11-10", "2027-11-10")
    )
    for notice in (edit(two, one), edit(to_2026, to_2027)):
        assert (choose_mark(notice), notice.reaches_channel) == (Mark.NEW_LAW, True)
    grown = edit(one, two)
    assert (choose_mark(grown), grown.reaches_channel) == (Mark.CHANGED, False)
    assert "is no removal" in compose_alert(edit(two, one)).summary
    assert "is no removal" not in compose_alert(grown).summary
