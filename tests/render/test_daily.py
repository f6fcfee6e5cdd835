"""The summary of a day: what is well is said only of what was read."""

from dataclasses import replace

import pytest
from notices import act, changed, company, listing, of_act, saved

from monitor.alert.event import Day, Freshness
from monitor.model import Action, KeyDate, KeyDateKind, Problem, Severity
from monitor.render.alert import compose_alert
from monitor.render.keepers import list_daily_facts
from monitor.render.values import Alert

READ = Freshness("cn_mofcom.announcements", "2025-10-09T08:02:00Z")


def summary(*sources: Freshness) -> str:
    return compose_alert(changed(saved("daily-smallest"), sources=sources)).summary


def test_what_was_read_all_day_for_nothing_is_counted_with_how_often():
    quiet = replace(READ, quiet=True)
    sources = (
        replace(quiet, pace=301),
        replace(quiet, pace=86_000),
        replace(quiet, pace=None),
        replace(READ, source="b"),
    )

    assert summary(*sources).endswith(
        "3 sources brought nothing new and were read without a gap, every 5 minutes to 1 day."
    )
    assert summary(quiet).endswith("1 source brought nothing new and was read without a gap.")


def test_of_a_source_in_trouble_or_whose_looks_are_not_on_record_nobody_says_that_it_brought_nothing():
    trouble = replace(READ, quiet=True, problem=Problem(kind="server", text="503"))

    assert "nothing new" not in summary(READ, trouble)


def test_after_a_stop_of_all_one_line_says_of_how_many_and_between_when():
    gaps = [((f"2025-10-09T02:0{at}:00Z", f"2025-10-09T05:1{at}:00Z"),) for at in range(7)]
    sources = tuple(replace(READ, source=f"a.s{at}", gaps=gap) for at, gap in enumerate(gaps))
    message = compose_alert(changed(saved("daily-smallest"), sources=sources))

    assert message.headline.endswith("7 of 7 sources were not read all the while")
    assert [(line.label, line.text) for line in message.facts if "read" in line.label] == [
        (
            "7 sources were not read well",
            (
                "at times between 9 Oct 2025 02:00 UTC and 9 Oct 2025 05:16 UTC: a.s0, a.s1, a.s2,"
                " a.s3, a.s4 and 2 more"
            ),
        )
    ]


def test_a_summary_is_shown_beside_the_headlines_of_its_messages():
    assert not compose_alert(saved("digest-smallest")).is_package
    assert compose_alert(saved("parent-largest")).is_package


def message(*sources: Freshness, **more) -> Alert:
    return compose_alert(changed(saved("daily-smallest"), sources=sources, **more))


NEVER, TROUBLE = (
    Freshness("b", None),
    replace(READ, source="c", problem=Problem(kind="server", text="503")),
)
GAP = ("2025-10-09T02:00:00Z", "2025-10-09T05:10:00Z")
GAPPED = replace(READ, source="d", gaps=(GAP,))


@pytest.mark.parametrize(
    ("sources", "told", "said"),
    [
        ((), 0, "No change told in the last day: no source is polled"),
        ((READ,), 0, "No change told in the last day: the one source is well"),
        ((GAPPED,), 0, "No change told in the last day: the one source was not read all the while"),
        ((READ, NEVER), 0, "No change told in the last day: 1 of 2 sources gives nothing"),
        ((READ,), 1, "1 change told in the last day: the one source is well"),
        ((READ, READ), 1_200, "1,200 changes told in the last day: all 2 sources are well"),
        ((TROUBLE,), 0, "No change told in the last day: 1 of 1 source gives nothing"),
        ((TROUBLE, NEVER, READ), 0, "No change told in the last day: 2 of 3 sources give nothing"),
        (
            (READ, GAPPED),
            0,
            "No change told in the last day: 1 of 2 sources was not read all the while",
        ),
        (
            (GAPPED, GAPPED, READ),
            0,
            "No change told in the last day: 2 of 3 sources were not read all the while",
        ),
        ((TROUBLE, GAPPED), 0, "No change told in the last day: 1 of 2 sources gives nothing"),
        (
            (replace(NEVER, gaps=(GAP,)), replace(TROUBLE, gaps=(GAP,))),
            0,
            "No change told in the last day: 2 of 2 sources give nothing",
        ),
    ],
)
def test_a_headline_counts_alerts_and_what_is_not_well(sources, told, said):
    assert message(*sources, told=told).headline == said


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (
            (READ, replace(READ, last_ok="2025-10-09T07:00:00Z")),
            "Every source that was ever read was read at 9 Oct 2025 07:00 UTC or later.",
        ),
        (
            (READ, NEVER),
            (
                "Every source that was ever read was read at 9 Oct 2025 08:02 UTC or later. 1"
                " source was never read."
            ),
        ),
        (
            (READ, NEVER, NEVER),
            (
                "Every source that was ever read was read at 9 Oct 2025 08:02 UTC or later. 2"
                " sources were never read."
            ),
        ),
        ((NEVER,), "1 source was never read."),
        ((), ""),
    ],
)
def test_how_old_what_is_known_may_be_is_said(sources, said):
    assert summary(*sources) == said


def test_how_often_quiet_sources_were_read_is_one_figure_where_it_is_one():
    quiet = replace(READ, quiet=True, pace=300)

    assert summary(quiet, replace(quiet, pace=302)).endswith(
        "2 sources brought nothing new and were read without a gap, every 5 minutes."
    )
    assert "brought nothing" not in summary(READ)


def lines(*sources: Freshness, **more) -> list[tuple[str, str]]:
    return [(line.label, line.text) for line in list_daily_facts(Day(sources=sources, **more), "")]


def test_what_gives_nothing_is_named_with_its_last_reading_and_its_cause():
    assert lines(READ, TROUBLE, NEVER, replace(TROUBLE, source="e", last_ok=None)) == [
        ("c gives nothing", "last read 9 Oct 2025 08:02 UTC; unreachable (server): 503"),
        ("b gives nothing", "never read"),
        ("e gives nothing", "never read; unreachable (server): 503"),
    ]


def test_five_sources_with_gaps_have_a_line_each_and_six_one_together():
    assert (
        lines(*(GAPPED,) * 5)
        == [("d was not read well", "from 9 Oct 2025 02:00 UTC to 9 Oct 2025 05:10 UTC")] * 5
    )
    assert [label for label, _ in lines(*(GAPPED,) * 6)] == ["6 sources were not read well"]


@pytest.mark.parametrize(
    ("gaps", "ends"),
    [
        (8, "from 9 Oct 2025 07:00 UTC to 9 Oct 2025 07:30 UTC"),
        (9, " and 1 time more"),
        (10, " and 2 times more"),
    ],
)
def test_eight_gaps_of_a_source_are_told_and_others_counted(gaps, ends):
    times = tuple(
        (f"2025-10-09T{hour:02}:00:00Z", f"2025-10-09T{hour:02}:30:00Z") for hour in range(gaps)
    )
    ((_, told),) = lines(replace(READ, gaps=times))

    assert told.endswith(ends)
    assert told.count("from") == 8


def test_a_muted_source_is_named_with_the_moment_until_which_it_is():
    assert lines(replace(READ, muted_until="2025-10-12T08:00:00Z"), READ) == [
        (
            "cn_mofcom.announcements is muted",
            "nobody is warned of its troubles until 12 Oct 2025 08:00 UTC",
        )
    ]


def key_date(day: int) -> KeyDate:
    return KeyDate(
        kind=KeyDateKind.START,
        on=f"2025-11-{day:02}",
        act="mofcom-2025-57",
        authority="cn-mofcom",
        action=Action.ADD,
    )


def test_eight_days_to_come_are_named_and_the_others_counted():
    eight, nine, ten = (
        lines(ahead=tuple(key_date(day) for day in range(1, days + 1))) for days in (8, 9, 10)
    )

    assert eight[0] == ("1 Nov 2025 (Beijing)", "MOFCOM No. 57 of 2025 takes effect")
    assert len(eight) == 8
    assert (nine[8:], ten[8:]) == ([("", "… and 1 more day")], [("", "… and 2 more days")])


FIRST, SECOND = (
    of_act(act(listing(company("甲", "A")), url="https://e.cn/1")),
    of_act(act(listing(company("乙", "B")))),
)


@pytest.mark.parametrize(
    ("told", "more"),
    [(2, []), (3, ["… and 1 more change"]), (4, ["… and 2 more changes"]), (0, [])],
)
def test_what_was_told_stands_there_worst_first_and_what_has_no_room_is_counted(told, more):
    digest = message(READ, told=told, gathered=(FIRST, replace(SECOND, severity=Severity.HIGH)))

    assert [line.text for line in digest.acts] == [
        f"🔴 China adds {name} to the Unreliable Entity List" for name in "BA"
    ] + more
    assert digest.acts[1].url == "https://e.cn/1"


def test_what_has_not_arrived_is_named_with_where_the_way_out_is():
    digest = message(READ, undelivered=((FIRST, "desk answered 500"),))

    assert [(line.label, line.text) for line in digest.facts] == [
        ("Has not arrived", "China adds A to the Unreliable Entity List, desk answered 500"),
        ("", "`monitor outbox` lists what is owed, and has it tried or dropped."),
    ]
    assert message(READ).facts == ()
