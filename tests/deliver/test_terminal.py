import io
import json
from io import StringIO

import pytest
from notices import NAMES, act, company, listing, of_act, saturated, saved
from rich.cells import cell_len
from rich.console import Console

from monitor.alert.event import NoticeKind
from monitor.alert.notice import Notice
from monitor.deliver.terminal import Terminal
from monitor.deliver.terminal_look import show
from monitor.errors import DeliveryError
from monitor.model import Announcement, fact_from_json
from monitor.render.alert import compose


def test_terminal_is_a_channel_without_memory() -> None:
    channel = Terminal(io.StringIO())

    assert channel.post(saved("act-smallest"), thread=None) == ""
    assert channel.update(saved("parent-smallest"), "") == ""
    assert channel.find("uel-2024-2:act", thread=None, since=None) is None
    assert not channel.searchable


def test_alert_is_printed_as_it_would_look() -> None:
    out = io.StringIO()
    Terminal(Console(file=out, width=100)).post(saved("act-largest"))

    assert "China adds 24 names (14 entries) to the Unreliable Entity List" in out.getvalue()
    assert "╭" in out.getvalue()


def test_an_address_that_is_broken_at_the_edge_is_one_link_on_a_terminal_and_plain_in_a_file() -> None:
    alert = compose(saved("act-largest"))
    seen, kept = io.StringIO(), io.StringIO()
    show(alert, Console(file=seen, width=80, force_terminal=True, color_system="truecolor"))
    show(alert, Console(file=kept, width=80))

    assert seen.getvalue().count(f";{alert.url}\x1b\\") == 2  # both pieces open the whole of it
    assert "\x1b" not in kept.getvalue()


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(("rows", "details"))])
def test_json_is_one_object_a_line(name: str) -> None:
    out = io.StringIO()
    Terminal(out, json=True).post(saved(name))

    (line,) = out.getvalue().splitlines()
    told = json.loads(line)
    assert (told["key"], told["at"]) == (saved(name).key, saved(name).first_seen)
    assert told["headline"]
    assert told.get("summary") or told["kind"] == "recovered"


def test_json_holds_the_facts_and_their_evidence() -> None:
    notice = saved("act-largest")
    out = io.StringIO()
    Terminal(out, json=True).post(notice)
    told = json.loads(out.getvalue())

    assert isinstance(fact_from_json(json.dumps(told["facts"])), Announcement)
    assert len(told["facts"]["measures"][0]["entities"]) == 24
    assert told["event"] == "uel-2025-10"
    assert notice.evidence
    assert told["evidence"]["sha256"] == notice.evidence.sha256


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gb2312", "cp1252"])
@pytest.mark.parametrize("as_json", [False, True])
def test_narrow_stdout_never_raises(encoding: str, as_json: bool) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding)
    terminal = Terminal(out, json=as_json)
    for notice in [*map(saved, NAMES), *saturated("甲\u202e😀 é")]:
        terminal.post(notice)

    out.flush()
    assert raw.getvalue()
    if as_json:
        assert all(json.loads(line) for line in raw.getvalue().decode(encoding).splitlines())


def test_console_of_a_few_columns_never_raises() -> None:
    for width in (1, 5, 12):
        out = io.StringIO()
        Terminal(Console(file=out, width=width)).post(saved("act-largest"))
        assert out.getvalue().startswith("╭")


def test_closed_output_is_a_refusal() -> None:
    out = io.StringIO()
    terminal = Terminal(out)
    out.close()

    with pytest.raises(DeliveryError) as refusal:
        terminal.post(saved("act-smallest"))
    assert refusal.value.outcome == "refused"


def printed(notice: Notice, width: int = 100) -> str:
    out = StringIO()
    show(compose(notice), Console(file=out, width=width, color_system=None))
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [100, 60, 20])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    assert max(cell_len(line) for line in printed(saved(name), width).splitlines()) <= width


def test_alert_reads_from_headline_to_link() -> None:
    text = printed(saved("act-largest"))
    order = [
        "China adds 24 names",
        "From 9 Oct 2025 (Beijing)",
        "反无人机技术公司",
        "“决定将反无人机技术公司",
        "first seen 9 Oct 2025",
        "Open notice",
    ]

    places = [text.index(part) for part in order]

    assert places == sorted(places)


def test_all_24_names_are_there() -> None:
    notice = saved("act-largest")
    assert notice.act
    text = printed(notice, 160)

    assert all(entity.names["en"] in text for entity in notice.act.measures[0].entities)


def test_long_lists_end_with_a_count() -> None:
    many = listing(*(company(f"第{number}号公司", f"Company {number} Ltd") for number in range(553)))
    text = printed(of_act(act(many)))

    assert "Company 39 Ltd" in text
    assert "Company 40 Ltd" not in text
    assert "… and 513 more" in text


def test_reply_is_indented_under_the_name_of_its_thread() -> None:
    lines = printed(saved("effect-smallest")).splitlines()

    assert lines[0].startswith("    ↳ in the thread of MOFCOM No. 57 of 2025")
    assert all(line.startswith("    ") for line in lines)


def test_edited_first_message_says_so() -> None:
    assert "first message, edited" in printed(saved("parent-largest")).splitlines()[0]


def test_trouble_of_a_source_is_one_line() -> None:
    (trouble,), (end,) = (printed(saved(name)).splitlines() for name in ("problem-smallest", "recovered-smallest"))

    assert trouble == "9 Oct 2025 08:03 UTC  PROBLEM cn_mofcom.announcements gives nothing: fetch. 503."
    assert end.endswith("RECOVERED cn_mofcom.announcements gives facts again")


def test_foreign_markup_is_printed_as_it_stands() -> None:
    said = saturated("[bold]甲[/bold] [/] [link=http://e]x[/link] :smile:")
    for notice in [notice for notice in said if notice.kind is not NoticeKind.RECOVERED]:
        assert "[bold]甲[/bold] [/] [link=http://e]x[/link]" in printed(notice, 400)


def test_no_escape_reaches_the_terminal() -> None:
    for notice in saturated("\x1b[31mred\x07\u202e\x9b31m"):
        assert not set("\x1b\x07\u202e\x9b") & set(printed(notice))
