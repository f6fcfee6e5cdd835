"""The line by which a reader checks a message: which act, when published and seen, by which
source, in which bytes.
"""

from dataclasses import replace

import msgspec
import pytest
from notices import act, of_act, saved

from monitor.alert.event import NoticeKind, ToldAct, Trouble
from monitor.errors import ErrorKind
from monitor.model import Evidence, HandedIn, Problem
from monitor.render.provenance import list_annex_lines, make_evidence_line

SEEN = "2025-10-09T08:03:12Z"


def of(**more) -> tuple[str, ...]:
    return make_evidence_line(of_act(act(**more)))


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2025-10-09T16:03:12+08:00", "first seen 9 Oct 2025 08:03 UTC (0 min after)"),
        ("2025-10-09T16:00:00+08:00", "first seen 9 Oct 2025 08:03 UTC (3 min after)"),
        # as if it came before it was published
        ("2025-10-09T16:03:13+08:00", "first seen 9 Oct 2025 08:03 UTC"),
        ("2025-10-08T16:04:00+08:00", "first seen 9 Oct 2025 08:03 UTC (1,439 min after)"),
        # a day ago: it was looked for late
        ("2025-10-08T16:03:12+08:00", "first seen 9 Oct 2025 08:03 UTC"),
        ("2025-10-09", "first seen 9 Oct 2025 08:03 UTC"),
        (None, "first seen 9 Oct 2025 08:03 UTC"),
    ],
)
def test_how_soon_it_was_seen_is_told_where_the_publisher_gives_the_time(published, said):
    assert said in of(published=published)


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2025-10-09", ["published 9 Oct 2025 (Beijing)"]),
        ("2025-10-09T15:50:00+08:00", ["published 9 Oct 2025, 15:50 Beijing"]),
        (None, []),
    ],
)
def test_the_day_of_publication_is_the_authoritys_own(published, said):
    assert [part for part in of(published=published) if "published" in part] == said


def test_a_report_has_a_day_of_nobodys_clock_and_no_act():
    assert make_evidence_line(saved("press-largest"))[:2] == (
        "published 9 Oct 2025",
        "first seen 9 Oct 2025 08:03 UTC",
    )


def first(notice) -> str:
    return next(part for part in make_evidence_line(notice) if SEEN[11:16] in part).partition(
        " 9 Oct"
    )[0]


def test_news_was_first_seen_and_what_is_only_counted_is_as_of_then():
    problem = Problem(kind=ErrorKind.SERVER, text="503")
    remark = replace(saved("remark-smallest"), problem=problem, first_seen=SEEN)

    assert [
        first(replace(saved(name), first_seen=SEEN))
        for name in ("edition-smallest", "page-smallest", "early-smallest")
    ] == ["first seen"] * 3
    assert first(remark) == "first seen"
    # it has a moment of its own in its words
    assert first(replace(remark, body=Trouble(SEEN, "1 h"))) == "as of"
    assert first(replace(remark, problem=None)) == "as of"
    assert [
        first(replace(saved(name), first_seen=SEEN))
        for name in ("daily-smallest", "reminder-smallest")
    ] == ["as of"] * 2


def test_a_message_that_is_edited_later_names_its_first_act_and_the_bytes_of_the_last_change():
    acts = (
        act(key="mofcom-2025-57", published="2025-10-09T16:00:00+08:00"),
        act(key="mofcom-2025-58"),
    )
    edited = of_act(acts[1], NoticeKind.PARENT, acts=acts)

    assert make_evidence_line(edited) == (
        "MOFCOM No. 57 of 2025",
        "published 9 Oct 2025, 16:00 Beijing",
        "edited 9 Oct 2025 08:03 UTC",
        "cn_mofcom.announcements",
        "last change SHA-256 60ca2f189974",
    )
    assert make_evidence_line(replace(edited, acts=()))[0] == "MOFCOM No. 58 of 2025"
    assert make_evidence_line(replace(edited, kind=NoticeKind.EFFECT))[0] == "MOFCOM No. 58 of 2025"


def test_the_monitor_itself_is_no_source_and_without_bytes_there_is_no_hash():
    told = make_evidence_line(replace(of_act(act()), source="monitor", evidence=None))

    assert told == ("MOFCOM No. 99 of 2025", "first seen 9 Oct 2025 08:03 UTC")


@pytest.mark.parametrize(
    ("note", "ends"), [("", "not fetched"), ("from the web", "not fetched (from the web)")]
)
def test_a_page_that_a_person_gave_us_says_who_when_and_that_we_did_not_fetch_it(note, ends):
    handed = HandedIn(by="Li Wei", at="2025-10-09T09:00:00Z", note=note)
    given = replace(
        of_act(act()),
        evidence=Evidence(
            url="", sha256="a" * 64, fetched_at="2025-10-08T07:00:00Z", handed=handed
        ),
    )

    assert f"handed in by Li Wei, saved 8 Oct 2025 07:00 UTC, {ends}" in make_evidence_line(given)
    assert "handed" not in " ".join(of())


def test_of_the_annexes_that_were_read_the_first_five_have_their_bytes():
    read = Evidence(url="https://e.cn/a.pdf", sha256="b" * 64, fetched_at=SEEN)
    lines = list_annex_lines(
        ToldAct(act(), annexes=(("附件1", read), ("", read), *(("x", read),) * 4))
    )

    assert [each.text for each in lines] == [
        f"{name}, SHA-256 bbbbbbbbbbbb" for name in ("附件1", "annex", "x", "x", "x")
    ]
    assert {each.url for each in lines} == {"https://e.cn/a.pdf"}


def test_an_act_of_no_series_is_named_as_it_names_itself():
    assert (
        make_evidence_line(of_act(msgspec.structs.replace(act(), key="k", number="商务部令")))[0]
        == "商务部令"
    )
