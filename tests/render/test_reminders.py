"""What is said of a day that comes."""

import re
from dataclasses import replace

import msgspec
import pytest
from notices import act, saved

from monitor.alert.event import ToldReminder
from monitor.model import (
    Action,
    Announcement,
    Entity,
    Item,
    KeyDate,
    KeyDateKind,
    LastRead,
    Measure,
    Reminder,
    Report,
    Target,
    Term,
    Unread,
    tell_in_part,
)
from monitor.render.alert import compose_alert
from monitor.render.reminders import (
    Tense,
    compose_reminder_headline,
    describe_day,
    list_press_lines,
    list_reminder_details,
    summarize_reminder,
)
from monitor.render.titles import format_title

EARTHS, BATTERIES = (
    "公布对稀土相关物项实施出口管制的决定",
    "公布对锂电池和人造石墨负极材料相关物项实施出口管制的决定",
)


def control(number: int, title: str = EARTHS) -> Announcement:
    measure = Measure(
        action=Action.ADD, register="cn-dual-use-items", items=(Item(names={"zh": "某物项"}),)
    )
    return act(measure, key=f"mofcom-2025-{number}", title=title, url=f"https://e.cn/{number}")


KNOWN = {of.key: of for of in (control(55), control(56), control(57, BATTERIES))}


def targets(*numbers: int, clauses: tuple[str, ...] = ()) -> tuple[Target, ...]:
    return tuple(Target(key=f"mofcom-2025-{number}", clauses=clauses) for number in numbers)


def day(kind: str, number: int, action: Action = Action.ADD, **more) -> KeyDate:
    by = {"act": f"mofcom-2025-{number}", "authority": "cn-mofcom", "action": action}
    return KeyDate(kind=KeyDateKind(kind), on="2026-11-10", **by, **more)


def suspension(*numbers: int, **more) -> KeyDate:
    return day("suspension end", 70, Action.SUSPEND, amends=targets(*numbers), **more)


def reminder(*dates: KeyDate, left: int = 5, sources: int = 3) -> Reminder:
    """Due five days before, and told when so many are left."""
    return Reminder(dates=dates, before=5, due="2026-11-05", late=5 - left, sources=sources)


@pytest.mark.parametrize(("deed", "said"), [(Action.SUSPEND, "suspension"), (Action.REPEAL, "end")])
def test_a_day_of_what_an_act_does_for_some_only_says_what_it_does(deed: Action, said: str):
    measure = Measure(action=Action.AMEND, amends=targets(57), quote="对甲公司的措施")
    unread = Unread("measure", tell_in_part(deed), "暂停对甲公司的措施。")
    later = msgspec.structs.replace(act(measure, key="mofcom-2025-60"), not_read=(unread,))
    start = day("start", 60, Action.AMEND, amends=targets(57))

    assert (
        describe_day([start], {**KNOWN, later.key: later})
        == f"The {said} in part of MOFCOM No. 57 of 2025 by MOFCOM No. 60 of 2025 takes effect"
    )


@pytest.mark.parametrize(
    ("kind", "action", "said"),
    [
        (
            "end",
            "add",
            "The measures of MOFCOM No. 57 of 2025 have their last day, as MOFCOM No. 60 of 2025 states",
        ),
        (
            "start",
            "amend",
            "The amendment of MOFCOM No. 57 of 2025 by MOFCOM No. 60 of 2025 takes effect",
        ),
        (
            "start",
            "repeal",
            "The end of MOFCOM No. 57 of 2025 by MOFCOM No. 60 of 2025 takes effect",
        ),
        ("start", "add", "MOFCOM No. 60 of 2025 takes effect"),
    ],
)
def test_what_happens_to_another_act_is_said_of_that_act(kind, action, said):
    assert describe_day((day(kind, 60, Action(action), amends=targets(57)),), {}) == said


@pytest.mark.parametrize(
    ("dates", "said", "over"),
    [
        (
            (day("start", 60),),
            "MOFCOM No. 60 of 2025 takes effect",
            "MOFCOM No. 60 of 2025 took effect",
        ),
        (
            (day("start", 60), day("start", 61)),
            "MOFCOM No. 60 and 61 of 2025 take effect",
            "MOFCOM No. 60 and 61 of 2025 took effect",
        ),
        (
            (day("start", 60, clauses=("一",)),),
            "clause 1 of MOFCOM No. 60 of 2025 takes effect",
            None,
        ),
        (
            (day("start", 60, clauses=("一", "二")),),
            "clauses 1 and 2 of MOFCOM No. 60 of 2025 take effect",
            None,
        ),
        (
            (day("start", 60, clauses=("一",)), day("start", 61)),
            "clause 1 of MOFCOM No. 60 of 2025 and MOFCOM No. 61 of 2025 take effect",
            None,
        ),
        (
            (day("end", 60),),
            "MOFCOM No. 60 of 2025 has its last day",
            "MOFCOM No. 60 of 2025 had the last day",
        ),
        (
            (day("end", 60), day("end", 61)),
            "MOFCOM No. 60 and 61 of 2025 have their last day",
            None,
        ),
        ((day("start", 60, Action.REPEAL),), "MOFCOM No. 60 of 2025 takes effect", None),
        (
            (day("end", 60, amends=targets(57)),),
            "The measures of MOFCOM No. 57 of 2025 have their last day, as MOFCOM No. 60 of 2025 states",
            "The measures of MOFCOM No. 57 of 2025 had the last day, as MOFCOM No. 60 of 2025 states",
        ),
        (
            (suspension(55, 56),),
            "Suspension of MOFCOM No. 55 and 56 of 2025 under No. 70 of 2025 ends",
            "Suspension of MOFCOM No. 55 and 56 of 2025 under No. 70 of 2025 ended",
        ),
        ((suspension(),), "Suspension of the measures under MOFCOM No. 70 of 2025 ends", None),
        (
            (day("suspension end", 70, amends=(*targets(55), *targets(61, clauses=("二",)))),),
            (
                "Suspension of MOFCOM No. 55 of 2025 and clause 2 of MOFCOM No. 61 of 2025 under"
                " No. 70 of 2025 ends"
            ),
            None,
        ),
    ],
)
def test_what_a_day_brings_is_told_of_one_and_of_several_before_and_after_it(dates, said, over):
    assert describe_day(dates, {}) == said
    assert over is None or describe_day(dates, {}, Tense.OVER) == over


def test_an_act_that_has_no_number_of_a_series_is_called_what_it_calls_itself():
    circular = msgspec.structs.replace(
        control(1), key="cn-mofcom-2025-10-09-abc", number="商务部令〔2025〕第3号"
    )
    dates = (msgspec.structs.replace(day("start", 60), act=circular.key), day("start", 60))

    assert (
        describe_day(dates, {circular.key: circular})
        == "MOFCOM No. 60 of 2025 and “商务部令〔2025〕第3号” take effect"
    )
    assert (
        describe_day(dates[:1], {circular.key: circular}) == "“商务部令〔2025〕第3号” takes effect"
    )


@pytest.mark.parametrize(
    ("date", "soon", "over"),
    [
        (
            suspension(55, 57),
            "controls on rare earths, batteries and graphite may return",
            "may be back",
        ),
        (day("start", 55), "controls on rare earths take effect", "took effect"),
        (day("end", 57), "controls on batteries and graphite end", "have ended"),
    ],
)
def test_a_reminder_names_the_goods_and_how_near_the_day_is(date, soon, over):
    controls = soon.removesuffix(" may return").removesuffix(" take effect").removesuffix(" end")

    for left, near in ((5, "In 5 days"), (2, "In 2 days"), (1, "Tomorrow"), (0, "Today")):
        assert (
            compose_reminder_headline(reminder(date, left=left), KNOWN, 90)
            == f"{near}: China's export {soon}"
        )
    for left, near in ((-1, "Yesterday"), (-2, "2 days ago")):
        assert (
            compose_reminder_headline(reminder(date, left=left), KNOWN, 90)
            == f"{near}: China's export {controls} {over}"
        )


def test_of_goods_that_do_not_fit_the_first_are_named():
    whole = "In 5 days: China's export controls on rare earths, batteries and graphite may return"
    many = reminder(suspension(55, 57))

    assert compose_reminder_headline(many, KNOWN, len(whole)) == whole
    assert (
        compose_reminder_headline(many, KNOWN, len(whole) - 1)
        == "In 5 days: China's export controls on rare earths, batteries and more may return"
    )
    assert (
        compose_reminder_headline(many, KNOWN, 70)
        == "In 5 days: China's export controls on rare earths and more may return"
    )


@pytest.mark.parametrize(
    ("dates", "known"),
    [
        ((suspension(55, 58),), KNOWN),  # nobody has seen No. 58
        # which controls nothing
        (
            (suspension(55, 58),),
            KNOWN | {"mofcom-2025-58": act(key="mofcom-2025-58", title=EARTHS)},
        ),
        ((day("start", 55, amends=targets(56)),), KNOWN),
        ((day("start", 55, Action.REPEAL),), KNOWN),
        ((day("start", 55),), {}),
    ],
)
def test_goods_are_named_only_where_all_the_acts_are_known_to_control_goods(dates, known):
    assert (
        compose_reminder_headline(reminder(*dates), known, 90)
        == f"In 5 days: {describe_day(dates, known)}"
    )


@pytest.mark.parametrize(
    ("date", "left", "said"),
    [
        (suspension(*range(101, 121)), 5, "In 5 days: 20 suspended acts of MOFCOM may return"),
        (
            suspension(*range(101, 121)),
            -1,
            "Yesterday: 20 suspended acts of MOFCOM may be back",
        ),
        (suspension(*range(101, 121)), 0, "Today: 20 suspended acts of MOFCOM may return"),
        (
            suspension(101),
            0,
            "Today: Suspension of MOFCOM No. 101 of 2025 under No. 70 of 2025 ends",
        ),
        (
            suspension(101),
            -1,
            "Yesterday: Suspension of MOFCOM No. 101 of 2025 under No. 70 of 2025 ended",
        ),
        (suspension(*range(101, 113)), 5, "In 5 days: twelve suspended acts of MOFCOM may return"),
        (day("end", 60, amends=targets(*range(101, 121))), 5, "In 5 days: 20 acts of MOFCOM end"),
        (
            day("end", 60, amends=targets(57, clauses=("一",))),
            5,
            "In 5 days: one act of MOFCOM ends",
        ),
        (
            day("end", 60, amends=targets(57, clauses=("一",))),
            -1,
            "Yesterday: one act of MOFCOM has ended",
        ),
        (
            day("start", 60, clauses=tuple("一二三四五六七八九十") * 3),
            5,
            "In 5 days: one act of MOFCOM takes effect",
        ),
    ],
)
def test_acts_of_which_no_goods_are_known_are_named_and_those_that_do_not_fit_are_counted(
    date, left, said
):
    assert compose_reminder_headline(reminder(date, left=left), {}, 90) == said


@pytest.mark.parametrize(
    ("dates", "soon", "over"),
    [
        (
            (suspension(55, 56),),
            (
                "The suspension of MOFCOM No. 55 and 56 of 2025 under No. 70 of 2025 ends on"
                " 10 Nov 2026 (Beijing); what it suspends may apply again"
            ),
            (
                "The suspension of MOFCOM No. 55 and 56 of 2025 under No. 70 of 2025 ended on"
                " 10 Nov 2026 (Beijing); what it suspended may apply again"
            ),
        ),
        (
            (day("suspension end", 70, Action.SUSPEND, amends=targets(46, clauses=("二",))),),
            (
                "The suspension of clause 2 of MOFCOM No. 46 of 2025 under No. 70 of 2025 ends on"
                " 10 Nov 2026 (Beijing); what it suspends may apply again"
            ),
            (
                "The suspension of clause 2 of MOFCOM No. 46 of 2025 under No. 70 of 2025 ended on"
                " 10 Nov 2026 (Beijing); what it suspended may apply again"
            ),
        ),
        (
            (day("start", 55, clauses=("一",)),),
            "From 10 Nov 2026 (Beijing) clause 1 of MOFCOM No. 55 of 2025 will be applied",
            "From 10 Nov 2026 (Beijing) clause 1 of MOFCOM No. 55 of 2025 is applied",
        ),
        (
            (day("start", 55, clauses=("一", "二")),),
            "From 10 Nov 2026 (Beijing) clauses 1 and 2 of MOFCOM No. 55 of 2025 will be applied",
            "From 10 Nov 2026 (Beijing) clauses 1 and 2 of MOFCOM No. 55 of 2025 are applied",
        ),
        (
            (day("start", 55, clauses=("一", "二")), day("start", 56)),
            (
                "From 10 Nov 2026 (Beijing) clauses 1 and 2 of MOFCOM No. 55 of 2025 and MOFCOM No."
                " 56 of 2025 will be applied"
            ),
            (
                "From 10 Nov 2026 (Beijing) clauses 1 and 2 of MOFCOM No. 55 of 2025 and MOFCOM No."
                " 56 of 2025 are applied"
            ),
        ),
        (
            (day("start", 60, Action.REPEAL, amends=targets(55)),),
            (
                "From 10 Nov 2026 (Beijing) the end of MOFCOM No. 55 of 2025 by MOFCOM No. 60 of"
                " 2025 takes effect"
            ),
            (
                "From 10 Nov 2026 (Beijing) the end of MOFCOM No. 55 of 2025 by MOFCOM No. 60 of"
                " 2025 took effect"
            ),
        ),
        (
            (day("start", 60, amends=targets(55)),),
            "From 10 Nov 2026 (Beijing) MOFCOM No. 60 of 2025 takes effect",
            "From 10 Nov 2026 (Beijing) MOFCOM No. 60 of 2025 took effect",
        ),
        (
            (day("end", 60, amends=targets(55)),),
            (
                "On 10 Nov 2026 (Beijing) the measures of MOFCOM No. 55 of 2025 have their last day,"
                " as MOFCOM No. 60 of 2025 states"
            ),
            (
                "On 10 Nov 2026 (Beijing) the measures of MOFCOM No. 55 of 2025 had the last day,"
                " as MOFCOM No. 60 of 2025 states"
            ),
        ),
    ],
)
def test_what_holds_from_which_day_is_told_in_a_sentence(dates, soon, over):
    assert summarize_reminder(reminder(*dates), KNOWN).startswith(f"{soon}.")
    assert summarize_reminder(reminder(*dates, left=0), KNOWN).startswith(f"{soon}.")
    assert summarize_reminder(reminder(*dates, left=-1), KNOWN).startswith(f"{over}.")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((55,), "a MOFCOM licence."),
        (
            (55, 61),
            "a MOFCOM licence; whom and what MOFCOM No. 61 of 2025 binds, it says itself: read it.",
        ),
        (
            (61, 62),
            (
                "a MOFCOM licence; whom and what MOFCOM No. 61 and 62 of 2025 bind, they say"
                " themselves: read them."
            ),
        ),
    ],
)
@pytest.mark.parametrize("kind", ["start", "suspension end"])
def test_what_a_listing_means_is_not_all_where_an_act_says_itself_whom_and_what_it_binds(
    numbers, said, kind
):
    scope = (Term(kind="scope", text="binds organisations and persons outside China"),)
    wide = {
        of.key: msgspec.structs.replace(
            of, measures=(msgspec.structs.replace(of.measures[0], terms=scope),)
        )
        for of in (control(61), control(62))
    }
    register = {"register": "cn-dual-use-items"}
    dates = (
        [day(kind, number, **register) for number in numbers]
        if kind == "start"
        else [suspension(*numbers, **register)]
    )

    assert f": exports of these items need {said} No " in summarize_reminder(
        reminder(*dates), KNOWN | wide
    )


def beside(told: str) -> str:
    """What stands behind the first sentence."""
    return " ".join(re.split(r"(?<!No)\. ", told, maxsplit=1)[1:])


@pytest.mark.parametrize(
    ("date", "sources", "said"),
    [
        (suspension(55), 3, "No extension seen at 3 sources by 5 Nov 2026."),
        (suspension(55), 1, "No extension seen at 1 source by 5 Nov 2026."),
        (suspension(55), 0, "No source was read that could show an extension."),
        (day("end", 55), 3, "No act that changes this seen at 3 sources by 5 Nov 2026."),
        (day("end", 55), 0, "No source was read that could show an act that changes this."),
        (day("start", 55), 3, "No act that changes this seen at 3 sources by 5 Nov 2026."),
    ],
)
def test_what_would_make_it_untrue_is_said_to_be_unseen_and_at_how_many_sources(
    date, sources, said
):
    assert beside(summarize_reminder(reminder(date, sources=sources), KNOWN)) == said


STALE = LastRead(of="cn-mofcom", at="2025-11-07T09:00:00Z")


@pytest.mark.parametrize(
    ("date", "sources", "unseen", "said"),
    [
        (
            suspension(55),
            0,
            "an extension",
            (
                "The suspension of MOFCOM No. 55 of 2025 under No. 70 of 2025 was to end on"
                " 10 Nov 2026 (Beijing); what it suspended could apply again."
            ),
        ),
        (
            suspension(55, 56),
            2,
            "an extension",
            (
                "The suspension of MOFCOM No. 55 and 56 of 2025 under No. 70 of 2025 was to end on"
                " 10 Nov 2026 (Beijing); what it suspended could apply again."
            ),
        ),
        (
            day("end", 60, amends=targets(55)),
            2,
            "an act that changes this",
            "were to have their last day, as MOFCOM No. 60 of 2025 states",
        ),
        (
            day("start", 60),
            0,
            "an act that changes this",
            "From 10 Nov 2026 (Beijing) MOFCOM No. 60 of 2025 was to be applied.",
        ),
        (
            day("start", 60, Action.AMEND, amends=targets(55)),
            0,
            "an act that changes this",
            "by MOFCOM No. 60 of 2025 was to take effect",
        ),
    ],
)
def test_of_an_authority_that_was_not_read_lately_a_day_gone_by_is_no_fact(
    date, sources, unseen, said
):
    told = summarize_reminder(
        msgspec.structs.replace(reminder(date, left=-19, sources=sources), stale=STALE), KNOWN
    )

    assert told.startswith(
        f"MOFCOM was last read on 7 Nov 2025: {unseen} would not have been seen. "
    )
    assert said in told
    assert ("seen at 2 other sources by 29 Nov 2026." in told, "No source was read" in told) == (
        sources > 0,
        False,
    )


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (suspension(55), "19 days ago: China's export controls on rare earths might have returned"),
        (day("start", 60), "19 days ago: MOFCOM No. 60 of 2025 was to take effect"),
    ],
)
def test_neither_is_its_headline(date, said):
    assert (
        compose_reminder_headline(
            msgspec.structs.replace(reminder(date, left=-19), stale=STALE), KNOWN, 90
        )
        == said
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"computed": True, "duration": "P1Y"},
            "No text prints that day: it is computed from 1 year.",
        ),
        ({"computed": True}, "No text prints that day: it is computed."),
        ({}, ""),
    ],
)
def test_a_day_that_no_text_prints_is_said_to_be_computed_and_from_what(more, said):
    told = beside(summarize_reminder(reminder(day("start", 55, **more)), KNOWN))

    assert told.partition("by 5 Nov 2026.")[2].strip() == said


def test_a_reminder_that_comes_late_says_since_when_it_was_due():
    told = [
        summarize_reminder(reminder(day("start", 55), left=left), KNOWN).partition(" This ")[2]
        for left in (5, 4, 3)
    ]

    assert told == [
        "",
        "reminder is 1 day late: it was due on 5 Nov 2026.",
        "reminder is 2 days late: it was due on 5 Nov 2026.",
    ]


def test_what_the_day_means_to_whom_it_concerns_is_told_of_each_register_once():
    dates = [
        day("start", number, register=code)
        for number, code in enumerate(("cn-dual-use-items", "cn-dual-use-items", "xx", None), 55)
    ]

    assert " will be applied: exports of these items need a MOFCOM licence. " in summarize_reminder(
        reminder(dates[0]), KNOWN
    )
    assert summarize_reminder(reminder(*dates), KNOWN).count("need a MOFCOM licence") == 1
    assert ":" not in summarize_reminder(reminder(dates[2]), KNOWN)
    assert ":" not in summarize_reminder(reminder(dates[3]), KNOWN)


def test_the_acts_that_were_seen_are_named_once_with_title_and_address():
    circular = msgspec.structs.replace(
        control(1, title="关于管制的通知"), key="cn-mofcom-2025-10-09-abc"
    )
    also = day("suspension end", 70, Action.SUSPEND, amends=(Target(key=circular.key),))
    lines = list_reminder_details(
        reminder(suspension(55, 57), suspension(57, 58), also),
        KNOWN | {"mofcom-2025-70": control(70, title=""), circular.key: circular},
    )

    assert [(line.text, line.url) for line in lines] == [
        ("MOFCOM No. 70 of 2025", ""),  # where the message leads
        (f"MOFCOM No. 55 of 2025: export control on rare earths ({EARTHS})", "https://e.cn/55"),
        (f"MOFCOM No. 57 of 2025: {format_title(BATTERIES)}", "https://e.cn/57"),
        ("关于管制的通知", "https://e.cn/1"),
    ]


def report(title: str, **more) -> Report:
    return Report(kind="press", title=title, publisher="NPR", url="https://npr.example/1", **more)


def test_what_the_press_says_of_another_end_stands_beside_what_the_act_says():
    reports = [
        report("China to EXTEND truce", published="2026-11-01"),
        report("Rare earths in demand"),
        report("稀土管制延期"),
    ]

    assert [
        (line.label, line.text, line.url)
        for line in list_press_lines(reminder(suspension(55)), reports)
    ] == [
        (
            "End",
            "MOFCOM No. 70 of 2025: 10 Nov 2026 (Beijing); no official text of another was seen",
            "",
        ),
        (
            "Press",
            "unconfirmed (NPR, 1 Nov 2026): “China to EXTEND truce”",
            "https://npr.example/1",
        ),
        ("Press", "unconfirmed (NPR): “稀土管制延期”", "https://npr.example/1"),
    ]
    assert list_press_lines(reminder(day("end", 60)), reports)
    assert list_press_lines(reminder(day("start", 60)), reports) == ()
    assert list_press_lines(reminder(suspension(55)), reports[1:2]) == ()


def test_a_reminder_leads_to_the_act_that_says_the_day_and_quotes_it_once():
    dates = (
        suspension(55, quote="至2026年11月10日"),
        suspension(56, quote="至2026年11月10日"),
        suspension(57),
    )
    alert = compose_alert(
        replace(
            saved("reminder-smallest"),
            body=ToldReminder(reminder(*dates), known={"mofcom-2025-70": control(70)}),
        )
    )

    assert (alert.url, alert.quotes) == ("https://e.cn/70", ("至2026年11月10日",))


@pytest.mark.parametrize(
    ("dated", "action", "said"),
    [
        (
            suspension(57),
            Action.SUSPEND,
            "Suspension of MOFCOM No. 57 of 2025 for Foo under No. 70 of 2025 ends",
        ),
        (
            day("start", 70, Action.REMOVE, amends=targets(57)),
            Action.REMOVE,
            "The end of MOFCOM No. 57 of 2025 for Foo by MOFCOM No. 70 of 2025 takes effect",
        ),
    ],
)
def test_a_day_on_which_an_act_changes_for_some_names_them(dated, action, said):
    foo = Entity(names={"en": "Foo"}, kind="org")
    by = act(Measure(action=action, amends=targets(57), entities=(foo,)), key="mofcom-2025-70")

    assert describe_day((dated,), {by.key: by}) == said
