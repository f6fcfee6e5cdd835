"""What those who run the monitor are told of a source, as long as it lasts and once it is over."""

from dataclasses import replace

import pytest
from notices import saved

from monitor.alert.event import Freshness, Notice, NoticeKind, Trouble
from monitor.errors import ErrorKind
from monitor.model import Problem, Severity
from monitor.render.alert import compose_alert

READ = Freshness("cn_mofcom.orders", "2025-10-09T08:00:00Z")
TROUBLE = Trouble("2025-10-09T01:05:00Z", "7 h", last_ok="2025-10-09T01:00:00Z")
SINCE = "It has given nothing since 9 Oct 2025 01:05 UTC"
LAST = "last read well at 9 Oct 2025 01:00 UTC"
OVER = replace(TROUBLE, over="2025-10-09T08:03:12Z")


def notice(
    kind: NoticeKind,
    cause: ErrorKind | None = ErrorKind.SERVER,
    trouble: Trouble | None = TROUBLE,
    **more,
) -> Notice:
    problem = Problem(kind=cause, text="e.cn answered 503.") if cause else None
    return replace(
        saved("problem-smallest"),
        **{
            "kind": kind,
            "source": "cn_mofcom.list",
            "problem": problem,
            "body": trouble,
            **more,
        },
    )


def told(kind: NoticeKind, *about, **more) -> tuple[str, str]:
    alert = compose_alert(notice(kind, *about, **more))
    return alert.headline, alert.summary


@pytest.mark.parametrize(
    ("cause", "trouble", "headline"),
    [
        (ErrorKind.SERVER, TROUBLE, "cn_mofcom.list gives nothing: unreachable (server)"),
        (ErrorKind.SERVER, OVER, "cn_mofcom.list gave nothing for 7 h: unreachable (server)"),
        (ErrorKind.GAP, replace(TROUBLE, sign="gap"), "cn_mofcom.list needs a look: gap"),
        (ErrorKind.GAP, replace(OVER, sign="gap"), "cn_mofcom.list needed a look for 7 h: gap"),
    ],
)
def test_what_is_wrong_with_a_source_is_told_as_of_now_and_once_it_is_over_as_what_was(
    cause, trouble, headline
):
    assert told(NoticeKind.UPDATED, cause, trouble)[0] == headline


@pytest.mark.parametrize("kind", [NoticeKind.PROBLEM, NoticeKind.UPDATED])
@pytest.mark.parametrize(
    ("source", "whose"),
    [("cn-mofcom", "of MOFCOM"), ("monitor", "at all")],
)
def test_of_a_whole_authority_or_of_all_it_is_told_since_when_nothing_could_be_seen(
    kind, source, whose
):
    for cause in (ErrorKind.BLIND, ErrorKind.NETWORK):
        assert (
            told(kind, cause, source=source)[0]
            == f"Nothing can be seen {whose} since 9 Oct 2025 01:05 UTC"
        )
        assert told(kind, cause, OVER, source=source)[0] == f"Nothing could be seen {whose} for 7 h"


def test_an_edited_message_says_how_long_it_lasts_and_the_first_one_does_not():
    first, later, over = (
        told(*about)[1]
        for about in (
            (NoticeKind.PROBLEM,),
            (NoticeKind.UPDATED,),
            (NoticeKind.UPDATED, ErrorKind.SERVER, OVER),
        )
    )

    way_out = "`monitor doctor cn_mofcom.list` says what to do."
    cause, last = "e.cn answered 503. The page could not be fetched.", f"it was {LAST}."
    assert first == f"{cause} {SINCE}; {last} {way_out}"
    assert later == f"{cause} {SINCE}, now for this cause; {last} For 7 h so far. {way_out}"
    assert over == "It was over at 9 Oct 2025 08:03 UTC. The last cause was: e.cn answered 503."


def test_a_source_that_was_never_read_well_is_said_to_be_that():
    summary = told(NoticeKind.PROBLEM, trouble=replace(TROUBLE, last_ok=""))[1]

    assert f"{SINCE}; it was never read well." in summary


def among(*paths: Freshness, severity: Severity = Severity.NORMAL, **more) -> str:
    summary = told(
        NoticeKind.PROBLEM, trouble=replace(TROUBLE, paths=paths, **more), severity=severity
    )[1]
    return summary.partition(f"{LAST}.")[2].partition("`monitor")[0].strip()


def test_who_else_looks_at_the_authority_is_named():
    others = tuple(replace(READ, source=f"cn.s{at}") for at in range(1, 10))

    assert among(READ) == "One other source of its authority is read: cn_mofcom.orders."
    assert among(*others[:2]) == "Two other sources of its authority are read: cn.s1, cn.s2."
    assert among(*others[:8]).endswith("cn.s7, cn.s8.")
    assert among(*others).endswith("cn.s7, cn.s8 and 1 more.")


def test_a_source_in_trouble_or_never_read_is_none_that_looks_meanwhile():
    ill = replace(READ, source="b", problem=Problem(kind=ErrorKind.DNS, text="no such name"))

    assert (
        among(READ, ill, Freshness("c", None))
        == "One other source of its authority is read: cn_mofcom.orders."
    )


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        (Severity.NORMAL, ""),
        (Severity.HIGH, "It is the only source of its authority that is read."),
    ],
)
def test_that_a_source_is_the_only_one_is_said_where_its_silence_weighs(severity, said):
    assert among(severity=severity) == said


def test_nobody_else_is_named_where_the_source_is_read_or_gives_again():
    sign = told(
        NoticeKind.PROBLEM,
        ErrorKind.GAP,
        replace(TROUBLE, sign="gap", paths=(READ,)),
        severity=Severity.HIGH,
    )
    over = told(
        NoticeKind.UPDATED, ErrorKind.SERVER, replace(OVER, paths=(READ,)), severity=Severity.HIGH
    )

    assert "of its authority" not in sign[1] + over[1]


def test_two_records_with_one_id_are_no_new_columns():
    alike = "two records have the id 516: the second is not told as added"
    problem = Problem(kind=ErrorKind.LAYOUT, text=alike)

    assert told(NoticeKind.LAYOUT, None, None, problem=problem) == (
        "cn_mofcom.list has two records with one id",
        f"T{alike[1:]}. Open the page to see whether they matter.",
    )


@pytest.mark.parametrize(
    ("kind", "cause", "headline", "summary"),
    [
        (
            NoticeKind.HELD,
            ErrorKind.HELD,
            "cn_mofcom.list lacks rows that it had: not proven",
            "e.cn answered 503.",
        ),
        (
            NoticeKind.LAYOUT,
            ErrorKind.LAYOUT,
            "cn_mofcom.list has new columns or tags",
            "E.cn answered 503. No change of them is reported. Open the page to see whether they matter.",
        ),
        (
            NoticeKind.REMARK,
            ErrorKind.EVIDENCE,
            "cn_mofcom.list needs a look: an archived page is damaged",
            "e.cn answered 503.",
        ),
        (
            NoticeKind.PROBLEM,
            None,
            "cn_mofcom.list gives nothing: no cause was recorded",
            "no cause was recorded.",
        ),
        (
            NoticeKind.REMARK,
            ErrorKind.SETTINGS,
            "New settings are not taken up",
            "e.cn answered 503.",
        ),
        (
            NoticeKind.REMARK,
            ErrorKind.WATCH_LIST,
            "Your watch list can't be read whole",
            "e.cn answered 503.",
        ),
    ],
)
def test_what_else_the_keepers_have_to_know_is_told_with_its_cause(kind, cause, headline, summary):
    assert told(kind, cause, None) == (headline, summary)


@pytest.mark.parametrize(
    ("source", "cause", "trouble", "headline", "summary"),
    [
        ("s", ErrorKind.SERVER, OVER, "s is back after 7 h", "Nothing new was found."),
        (
            "s",
            ErrorKind.SERVER,
            replace(OVER, brought=1),
            "s is back after 7 h",
            "1 new page or change was found: what it announces is reported now.",
        ),
        (
            "s",
            ErrorKind.SERVER,
            replace(OVER, brought=2),
            "s is back after 7 h",
            "2 new pages or changes were found: what they announce is reported now.",
        ),
        (
            "cn-mofcom",
            ErrorKind.BLIND,
            OVER,
            "Back after 7 h: MOFCOM can be read again",
            "Nothing new was found.",
        ),
        (
            "monitor",
            ErrorKind.NETWORK,
            OVER,
            "Back after 7 h: some source can be read again",
            "Nothing new was found.",
        ),
        (
            "s",
            ErrorKind.FROZEN,
            replace(OVER, sign="frozen"),
            "s is well again after 7 h: frozen",
            "",
        ),
        (
            "s",
            ErrorKind.GAP,
            replace(OVER, sign="gap", subject="n", brought=1),
            "s: what was missing has come after 7 h",
            "e.cn answered 503.",
        ),
        (
            "s",
            ErrorKind.GAP,
            replace(OVER, sign="gap", subject="n"),
            "s: what was missing is not waited for any more after 7 h",
            "e.cn answered 503.",
        ),
        ("s", ErrorKind.SERVER, None, "s is back", ""),
        ("s", None, OVER, "s is back", ""),
        (
            "monitor",
            ErrorKind.DISK_FULL,
            None,
            "There is room on the disk again",
            "e.cn answered 503.",
        ),
        (
            "monitor",
            ErrorKind.DATABASE_AWAY,
            None,
            "The database answers again",
            "e.cn answered 503.",
        ),
    ],
)
def test_what_is_over_is_told_with_what_it_brought(source, cause, trouble, headline, summary):
    assert told(NoticeKind.RECOVERED, cause, trouble, source=source) == (headline, summary)
