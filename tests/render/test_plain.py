"""A message where there is nothing but lines of text."""

from dataclasses import replace

from monitor.alert.event import NoticeKind
from monitor.render.plain import render_plain
from monitor.render.values import Alert
from monitor.render.words import Line, Table

ALERT = Alert("k", NoticeKind.ACT, "s", "Headline", "Summary.")


def told(most: int = 2, **more) -> list[str]:
    return list(render_plain(replace(ALERT, **more), most))


def test_all_that_a_message_says_stands_there_in_the_order_of_need():
    assert told(
        thread="MOFCOM No. 57 of 2025",
        status=("Suspended",),
        touches=(Line("", "Your supplier"),),
        next_step="Take it",
        facts=(Line("Start", "8 Nov 2025"),),
        acts=(Line("MOFCOM No. 58 of 2025", ""),),
        tables=(
            Table("Names", ("Name", "Note"), (("甲", "A"), ("乙", ""), ("丙", "C"), ("丁", ""))),
        ),
        not_read=("annex 2",),
        details=(Line("Title", "公告"),),
        quotes=("自公布之日起",),
        evidence=("MOFCOM", "published 9 Oct 2025"),
    ) == [
        "About “MOFCOM No. 57 of 2025”",
        "Suspended",
        "Your supplier",
        "Next: Take it",
        "Start: 8 Nov 2025",
        "MOFCOM No. 58 of 2025",
        "Names:",
        "- 甲 · A",
        "- 乙",
        "… and 2 more",
        "Not fully understood: annex 2",
        "Title: 公告",
        "“自公布之日起”",
        "MOFCOM · published 9 Oct 2025",
    ]


def test_a_table_that_is_shown_whole_has_no_more():
    table = Table("Names", ("Name",), (("甲",), ("乙",)))

    assert told(tables=(table,)) == ["Summary.", "Names:", "- 甲", "- 乙", ""]
    assert told(most=1, tables=(table,))[-2] == "… and 1 more"
