import io
import json
from dataclasses import replace
from io import StringIO

import pytest
from each import for_each
from notices import BARE, NAMES, saturated, saved
from rich.cells import cell_len
from rich.console import Console

from monitor.alert.event import Notice, NoticeKind
from monitor.deliver.terminal import Terminal, show
from monitor.errors import DeliveryError
from monitor.render.alert import compose_alert
from monitor.render.values import Alert
from monitor.render.words import ANNEX, Line, Table


def test_terminal_is_a_channel_without_memory():
    channel = Terminal(io.StringIO())

    assert channel.post(saved("act-smallest"), thread=None) == ""
    assert channel.update(saved("parent-smallest"), "") == ""
    assert channel.find("uel-2024-2:act", thread=None, since=None) is None
    assert not channel.searchable


def test_an_address_that_is_broken_at_the_edge_is_one_link_on_a_terminal_and_plain_in_a_file():
    alert = compose_alert(saved("act-largest"))
    seen, kept = io.StringIO(), io.StringIO()
    show(alert, Console(file=seen, width=80, force_terminal=True, color_system="truecolor"))
    show(alert, Console(file=kept, width=80))

    assert seen.getvalue().count(f";{alert.url}\x1b\\") == 2  # both pieces open the whole of it
    assert "\x1b" not in kept.getvalue()


@for_each("name", [name for name in NAMES if not name.startswith(("rows", "details"))])
def test_json_is_one_object_a_line(name):
    out = io.StringIO()
    Terminal(out, json=True).post(saved(name))

    (line,) = out.getvalue().splitlines()
    told = json.loads(line)
    assert (told["key"], told["at"]) == (saved(name).key, saved(name).first_seen)
    assert told["headline"]
    assert told.get("summary") or told["kind"] == "recovered"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gb2312", "cp1252"])
@pytest.mark.parametrize("as_json", [False, True])
def test_narrow_stdout_never_raises(encoding, as_json):
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding)
    terminal = Terminal(out, json=as_json)
    for notice in [*map(saved, NAMES), *saturated("甲\u202e😀 é")]:
        terminal.post(notice)

    out.flush()
    assert raw.getvalue()
    if as_json:
        assert all(json.loads(line) for line in raw.getvalue().decode(encoding).splitlines())


def test_console_of_a_few_columns_never_raises():
    for width in (1, 5, 12):
        out = io.StringIO()
        Terminal(Console(file=out, width=width)).post(saved("act-largest"))
        assert out.getvalue().startswith("╭")


def test_closed_output_is_a_refusal():
    out = io.StringIO()
    terminal = Terminal(out)
    out.close()

    with pytest.raises(DeliveryError) as refusal:
        terminal.post(saved("act-smallest"))
    assert refusal.value.outcome == "refused"


def printed(notice: Notice, width: int = 100) -> str:
    return looks(compose_alert(notice), width)


def looks(alert: Alert, width: int = 100) -> str:
    out = StringIO()
    show(alert, Console(file=out, width=width, color_system=None))
    return out.getvalue()


@for_each("name", NAMES)
@for_each("width", [100, 60, 20])
def test_no_line_is_wider_than_the_terminal(name, width):
    assert max(cell_len(line) for line in printed(saved(name), width).splitlines()) <= width


def test_edited_first_message_says_so():
    assert "first message, edited" in printed(saved("parent-largest")).splitlines()[0]


def test_trouble_of_a_source_is_one_line():
    (trouble,), (end,) = (
        printed(saved(name)).splitlines() for name in ("problem-smallest", "recovered-smallest")
    )

    assert (
        trouble
        == "9 Oct 2025 08:03 UTC  PROBLEM ⚙️ cn_mofcom.announcements gives nothing: unreachable. 503."
    )
    assert end.endswith("RECOVERED ⚙️ cn_mofcom.announcements is back")


def test_foreign_markup_is_printed_as_it_stands():
    said = saturated("[bold]甲[/bold] [/] [link=http://e]x[/link] :smile:")
    for notice in [notice for notice in said if notice.kind is not NoticeKind.RECOVERED]:
        assert "[bold]甲[/bold] [/] [link=http://e]x[/link]" in printed(notice, 400)


def test_no_escape_reaches_the_terminal():
    for notice in saturated("\x1b[31mred\x07\u202e\x9b31m"):
        assert not set("\x1b\x07\u202e\x9b") & set(printed(notice))


def test_json_shows_foreign_characters_as_they_are_where_the_output_has_them():
    lines = []
    for encoding in ("utf-8", "ascii"):
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        Terminal(out, json=True).post(saved("act-largest"))
        out.seek(0)
        lines.append(out.read())

    assert ["反无人机技术公司" in line for line in lines] == [True, False]
    assert json.loads(lines[0]) == json.loads(lines[1])


def told(notice: Notice, **more: str) -> str:
    out = StringIO()
    assert (
        Terminal(Console(file=out, width=100), json=more.pop("json", "") == "yes").told(
            notice, **more
        )
        == ""
    )
    return out.getvalue()


def test_where_it_would_go_stands_above_an_alert_but_neither_above_trouble_nor_in_json():
    assert told(saved("act-smallest"), where="→ to desk").startswith("→ to desk\n╭")
    assert told(saved("act-smallest")).startswith("╭")
    assert "desk" not in told(saved("problem-smallest"), where="→ to desk")
    assert (
        json.loads(told(saved("act-smallest"), json="yes", to="desk", where="→ to desk"))["to"]
        == "desk"
    )
    assert "to" not in json.loads(told(saved("act-smallest"), json="yes", where="→ to desk"))


@pytest.mark.parametrize("name", ["rows-smallest", "details-smallest"])
def test_what_hangs_from_another_message_is_left_out_for_that_had_it(name):
    assert told(saved(name)) == ""


def test_trouble_is_printed_anew_where_it_goes_on_and_its_end_is_told_by_itself():
    updated = saved("updated-largest")
    seen = []
    for trouble in (
        replace(updated.body, over=""),
        replace(updated.body, over="2025-10-09T10:00:00Z"),
        None,
    ):
        out = StringIO()
        Terminal(out).update(replace(updated, body=trouble))
        seen.append(bool(out.getvalue()))

    assert seen == [True, False, True]


def test_what_an_alert_does_not_say_leaves_nothing_behind():
    said = looks(replace(BARE, summary="From 9 Oct 2025.")).splitlines()

    assert [line.strip("│ ") for line in said[1:-1]] == [BARE.title, "From 9 Oct 2025.", "", "seen"]
    assert len(looks(replace(BARE, summary="")).splitlines()) == len(said) - 1


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ({"touches": (Line("", "Your supplier Acme is listed"),)}, "Your supplier Acme is listed"),
        ({"facts": (Line("Starts", "at once"),)}, "Starts  at once"),
        (
            {"acts": (Line("MOFCOM No. 57", "controls holmium"),)},
            "• MOFCOM No. 57: controls holmium",
        ),
        ({"acts": (Line("", "controls holmium"),)}, "• controls holmium"),
        ({"details": (Line("Clause", "第三条"),)}, "Clause  第三条"),
        ({"not_read": ("annex 2",)}, "• annex 2"),
        ({"not_read": ("annex 2",)}, "Not fully understood: open the notice for"),
        ({"quotes": ("now therefore",)}, "“now therefore”"),
        ({"status": ("Suspended until 10 Nov 2026",)}, "Suspended until 10 Nov 2026"),
        ({"why": "a rule names it"}, "You get this because a rule names it"),
        ({"url": "https://e.cn/57"}, "Open notice https://e.cn/57"),
        ({"tables": (Table("Names", ("Name", "Was"), (("甲", "乙"),)),)}, "甲    乙"),
        ({"tables": (Table("Names", ("Name", "Was"), (("甲", "乙"),)),)}, "Name  Was"),
        ({"thread": "MOFCOM No. 57 of 2025"}, "↳ in the thread of MOFCOM No. 57 of 2025"),
    ],
)
def test_each_part_of_an_alert_is_printed_where_it_has_one(part, shown):
    with_it, without = looks(replace(BARE, **part)), looks(BARE)
    words = " ".join(shown.split()[:2])

    assert shown in with_it
    assert words not in without


@pytest.mark.parametrize(
    ("kind", "more", "whole"),
    [
        (NoticeKind.STATE, {}, False),
        (NoticeKind.PARENT, {"status": ("Suspended",)}, False),
        (NoticeKind.PARENT, {"acts": (Line("MOFCOM No. 57", "controls holmium"),)}, False),
        (NoticeKind.PARENT, {}, True),
        (NoticeKind.ACT, {"status": ("Suspended",)}, True),
    ],
)
def test_of_what_edits_a_message_only_what_it_brings_is_printed(kind, more, whole):
    said = looks(replace(BARE, kind=kind, facts=(Line("Starts", "at once"),), **more))

    assert BARE.headline in said
    assert ("Starts  at once" in said) == whole
    assert all(
        ("• MOFCOM No. 57: controls holmium" if name == "acts" else "Suspended") in said
        for name in more
    )


def test_an_annex_has_its_address_below_it_and_nothing_else_has():
    lines = (
        Line(ANNEX, "list.pdf", "https://e.cn/list.pdf"),
        Line("Law", "Art. 12", "https://e.cn/law"),
        Line(ANNEX, "none"),
    )
    said = [line.strip("│ ") for line in looks(replace(BARE, facts=lines)).splitlines()]
    at = said.index("Annex  list.pdf")

    assert said[at : at + 4] == [
        "Annex  list.pdf",
        "https://e.cn/list.pdf",
        "Law    Art. 12",
        "Annex  none",
    ]


@pytest.mark.parametrize(("rows", "last"), [(40, "firm 39"), (41, "… and 1 more")])
def test_that_rows_were_left_out_is_said_only_where_some_were(rows, last):
    said = looks(
        replace(
            BARE,
            tables=(
                Table("Names", ("Name",), tuple((f"firm {number}",) for number in range(rows))),
            ),
        )
    )

    assert "firm 39" in said
    assert "firm 40" not in said
    assert last in said
    assert ("more" in said) == (rows > 40)


def test_neither_a_label_nor_a_time_is_broken_on_a_narrow_terminal():
    fact = Line(
        "Comes into force",
        "on the day after the one on which it was published in the Official Journal",
    )

    assert "Comes into force  on the" in looks(replace(BARE, facts=(fact,)), 40)
    assert printed(saved("problem-smallest"), 40).startswith("9 Oct 2025 08:03 UTC  PROBLEM")


def test_what_is_printed_nowhere_in_particular_goes_to_standard_output(capsys):
    Terminal().post(saved("act-smallest"))

    assert capsys.readouterr().out.startswith("╭")
