import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from each import for_each
from examples import examples, long, sweep
from hypothesis import given
from hypothesis import strategies as st
from notices import NAMES, PAYLOADS, act, company, extremes, listing, of_act, saturated, saved

from monitor.alert.event import Notice, NoticeKind
from monitor.deliver.slack.blocks import fits_slack, make_payload, make_plain_payload
from monitor.render.alert import compose_alert
from monitor.render.values import Alert
from monitor.render.words import Line, Table

EXTREMES = extremes()
GOLDEN = sorted([*NAMES, *EXTREMES])
HOSTILE = (
    "<!channel>",
    "<!here> <!everyone>",
    "<@U1>",
    "<#C1|general>",
    "<http://evil.example|the ministry>",
    "https://evil.example/login",
    "*bold* _it_ ~no~ `code`",
    "&lt;!channel&gt;",
    "rich [bold]markup[/bold] [link=http://evil.example]x[/link]",
    "\x1b[31mred\x1b[0m",
    "\u202egnp.exe\u202c",
    '"}],"type":"actions"',
    "a|b<c>d\n<!channel>",
)
LIVE = re.compile(r"<[@#!]|<[a-z]+:|@channel|@here")


def strings(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string of a payload, with the keys that lead to it."""
    if isinstance(value, str):
        yield path, value
    for key, part in (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    ):
        yield from strings(part, (*path, str(key)))


def assert_fits(form: dict[str, Any]) -> None:
    """Slack's limits, written down here again from its documentation."""
    blocks = form["blocks"]
    assert 0 < len(form["text"]) <= 4000
    assert 1 <= len(blocks) <= 10
    assert len({block["block_id"] for block in blocks}) == len(blocks)
    assert sum(len(text) for path, text in strings(blocks) if path[-1] == "text") <= 9500
    assert len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")).encode()) <= 15500
    assert all(text for _, text in strings(blocks))
    assert sum(block["type"] == "table" for block in blocks) <= 1
    for block in blocks:
        LIMITS.get(block["type"], lambda block: None)(block)


def header_fits(block: dict[str, Any]) -> None:
    assert block["text"]["type"] == "plain_text"
    assert len(block["text"]["text"]) <= 120


def table_fits(block: dict[str, Any]) -> None:
    assert len(block["rows"]) <= 41
    assert len({len(row) for row in block["rows"]}) == 1
    assert {cell["type"] for row in block["rows"] for cell in row} == {"raw_text"}


def context_fits(block: dict[str, Any]) -> None:
    assert len(block["elements"]) <= 10
    assert {element["type"] for element in block["elements"]} == {"plain_text"}


def actions_fit(block: dict[str, Any]) -> None:
    (button,) = block["elements"]
    assert len(button["url"]) <= 3000
    assert len(button["value"]) <= 2000
    assert button["url"].startswith(("http://", "https://"))


LIMITS = {
    "header": header_fits,
    "table": table_fits,
    "context": context_fits,
    "actions": actions_fit,
}


def shown(form: dict[str, Any]) -> dict[str, Any]:
    """The payload as Slack would get it."""
    return json.loads(json.dumps(form))


@for_each("name", GOLDEN)
def test_payload_is_the_golden_one(name):
    """UPDATE_PAYLOADS=1 writes it anew; read the difference before it is believed."""
    path = PAYLOADS / f"{name}.json"
    form = {
        "channel": "C0123456789",
        **make_payload(compose_alert(EXTREMES[name] if name in EXTREMES else saved(name))),
    }
    written = path.exists()
    if os.environ.get("UPDATE_PAYLOADS") or not written:
        path.write_text(json.dumps(form, ensure_ascii=False, indent=1) + "\n")

    assert written, f"wrote {path.name}: please review it, then commit it"
    assert_fits(form)
    assert form == json.loads(path.read_text())


def test_every_kind_has_its_smallest_and_its_largest():
    assert {f"{kind}-{size}" for kind in NoticeKind for size in ("smallest", "largest")} == set(
        NAMES
    )


def test_no_golden_payload_is_left_without_its_notice():
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(GOLDEN)


def test_each_revision_has_block_ids_of_its_own():
    notice = saved("parent-largest")
    ids = [
        {block["block_id"] for block in make_payload(compose_alert(each))["blocks"]}
        for each in (notice, replace(notice, key="later"))
    ]

    assert ids[0].isdisjoint(ids[1])


def test_second_table_is_a_list_below_the_first():
    both = act(listing(company("甲", "A")), *saved("parent-smallest").acts[0].measures)
    texts = [text for _, text in strings(make_payload(compose_alert(of_act(both)))["blocks"])]

    assert "1C909.a · holmium, metal, alloys … · 金属钬、含钬的合金及相关制品 · 28053019" in texts
    assert "… and 3 more items" in texts


def test_reply_in_its_thread_does_not_name_it_and_elsewhere_does():
    alert = compose_alert(saved("effect-smallest"))

    assert "MOFCOM No. 57 of 2025, which puts" in make_payload(alert)["text"]
    assert "MOFCOM No. 57 of 2025, which puts" not in json.dumps(make_payload(alert, threaded=True))


TEXTS = (
    "甲" * 5000,
    "😀" * 5000,
    '"\\' * 2500,
    "<&>" * 2000,
    "a" * 5000,
    "",
    " ",
    "\u202e",
    "e\u0301" * 3000,
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        *((text, 1) for text in TEXTS),
        *long(*((text, 4) for text in TEXTS[:4:3])),
        *sweep(*((text, 4) for text in (*TEXTS[1:3], *TEXTS[4:]))),
    ],
)
def test_names_of_any_length_fit(text, rows):
    for notice in saturated(text, rows):
        alert = compose_alert(notice)
        assert_fits(make_payload(alert))
        assert len(make_plain_payload(alert)["text"]) <= 4000


foreign = (
    st.text(max_size=60)
    | st.sampled_from(HOSTILE)
    | st.builds(lambda text, times: text * times, st.text(max_size=9), st.just(600))
)


@st.composite
def listings(draw: st.DrawFn) -> Notice:
    names = draw(st.lists(st.tuples(foreign, foreign), max_size=6))
    times = draw(st.sampled_from([1, 12]))
    listed = listing(
        *(company(own, english) for own, english in names * times), quote=draw(foreign)
    )
    return of_act(
        act(listed, title=draw(foreign), number=draw(foreign), url=draw(foreign)),
        kind=draw(st.sampled_from(["act", "parent"])),
    )


@examples(200)
@given(listings())
def test_no_text_breaks_a_limit_or_comes_alive(notice):
    form = shown(make_payload(compose_alert(notice)))

    assert_fits(form)
    assert not LIVE.search(form["text"])


def test_blocks_fit_by_all_their_texts_together_and_by_their_size():
    def blocks(texts: int, length: int, letter: str = "x") -> list[dict[str, Any]]:
        return [
            {"type": "section", "text": {"type": "mrkdwn", "text": letter * length}}
            for _ in range(texts)
        ]

    assert fits_slack(blocks(3, 3_000))
    assert not fits_slack(blocks(4, 3_000))  # 12,000 letters, though fewer bytes than Slack takes
    assert not fits_slack(blocks(300, 10))  # 3,000 letters, but more bytes
    assert fits_slack(blocks(1, 4_000, "甲"))  # 12,000 bytes as Slack gets it
    assert fits_slack(blocks(5, 1_900))
    assert not fits_slack(blocks(5, 1_901))  # 9,505 letters
    size = len(json.dumps(blocks(200, 20), separators=(",", ":")))
    assert fits_slack([*blocks(200, 20), "x" * (15_500 - size - 3)])
    assert not fits_slack([*blocks(200, 20), "x" * (15_500 - size - 2)])


def sections(alert: Alert, **more: bool) -> list[list[dict[str, Any]]]:
    """What stands in each line of the text of a message, lists apart."""
    rich = [
        block for block in make_payload(alert, **more)["blocks"] if block["type"] == "rich_text"
    ]
    return [
        element["elements"]
        for block in rich
        for element in block["elements"]
        if element["type"] == "rich_text_section"
    ]


def texts(alert: Alert, **more: bool) -> list[str]:
    return [text for _, text in strings(make_payload(alert, **more)["blocks"])]


BARE = replace(
    compose_alert(saved("act-smallest")),
    lines=(),
    next_step="",
    details=(),
    quotes=(),
    facts=(),
    acts=(),
    tables=(),
    touches=(),
    not_read=(),
)


def test_each_who_is_called_is_called_as_what_they_are():
    called, *_ = sections(replace(BARE, mentions=("U0LI", "W0MEI", "S0COMPLIANCE", "here")))

    assert called == [
        {"type": "user", "user_id": "U0LI"},
        {"type": "user", "user_id": "W0MEI"},
        {"type": "usergroup", "usergroup_id": "S0COMPLIANCE"},
        {"type": "broadcast", "range": "here"},
    ]
    assert "broadcast" not in str(make_payload(BARE))


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (Line("Starts", "at once"), [("Starts: ", True), ("at once", False)]),
        (Line("Starts", ""), [("Starts", True)]),
        (Line("", "at once"), [("at once", False)]),
        (Line("", ""), [("–", False)]),
    ],
)
def test_a_line_has_its_label_in_bold_and_a_colon_where_something_follows(line, shown):
    last = sections(replace(BARE, facts=(line,)))[-1]

    assert [(part["text"], part.get("style", {}).get("bold", False)) for part in last] == shown


@pytest.mark.parametrize(
    ("address", "kind"),
    [("", "text"), ("https://e.cn/1", "link"), (f"https://e.cn/{'1' * 400}", "text")],
)
def test_a_line_is_a_link_where_it_has_an_address_that_slack_takes(address, kind):
    (said,) = sections(replace(BARE, facts=(Line("", "annex 1", address),)))[-1]

    assert (said["type"], said["text"], said.get("url", "")) == (
        kind,
        "annex 1",
        address if kind == "link" else "",
    )


@pytest.mark.parametrize(
    ("part", "rows", "count", "left"),
    [
        (
            "facts",
            tuple(Line("Fact", f"f{number}") for number in range(14)),
            12,
            "… and 2 more lines",
        ),
        (
            "touches",
            tuple(Line("Yours", f"f{number}") for number in range(13)),
            12,
            "… and 1 more line",
        ),
        ("acts", tuple(Line("Act", f"f{number}") for number in range(14)), 12, "… and 2 more acts"),
        ("not_read", tuple(f"f{number}" for number in range(14)), 12, "… and 2 more parts"),
        (
            "tables",
            (Table("Names", ("Name",), tuple((f"f{number}",) for number in range(42))),),
            40,
            "… and 2 more names",
        ),
    ],
)
def test_what_there_is_no_room_for_is_counted_and_what_has_room_is_not(part, rows, count, left):
    shown = texts(replace(BARE, **{part: rows}))
    few = rows[:12] if part != "tables" else (replace(rows[0], rows=rows[0].rows[:40]),)

    assert len([text for text in shown if re.fullmatch(r"f\d+", text)]) == count
    assert [text for text in shown if text.startswith("… and")] == [left]
    assert [text for text in texts(replace(BARE, **{part: few})) if text.startswith("… and")] == []


def test_what_is_left_out_is_in_italics_and_of_messages_it_is_messages():
    daily = replace(
        compose_alert(saved("daily-smallest")),
        acts=tuple(Line("", f"told {number}") for number in range(13)),
    )
    (left,) = (
        part for line in sections(daily) for part in line if part["text"].startswith("… and 1 more")
    )

    assert (left["text"], left["style"]) == ("… and 1 more message", {"italic": True})


def test_details_and_quotes_stand_in_the_message_only_where_there_is_no_thread_for_them():
    alert = replace(
        BARE,
        details=(Line("Clause", "第三条"),),
        quotes=tuple(f"quote {number}" for number in range(5)),
    )
    reply = replace(alert, kind=NoticeKind.EFFECT)
    answering = replace(alert, thread="MOFCOM No. 57 of 2025")

    assert "第三条" not in texts(alert)
    for shown in (texts(alert, detailed=True), texts(reply), texts(answering)):
        assert "第三条" in shown
        assert [text for text in shown if text.startswith("quote")] == [
            "quote 0",
            "quote 1",
            "quote 2",
        ]


def test_of_several_acts_each_says_what_it_changes_and_one_says_it_itself():
    alone = replace(BARE, summary="From 9 Oct 2025.")
    package = replace(alone, acts=(Line("MOFCOM No. 57", "controls holmium"),))

    assert "From 9 Oct 2025." in texts(alone)
    assert "From 9 Oct 2025." not in texts(package)
    assert "controls holmium" in texts(package)
    assert texts(replace(BARE, summary="")).count("–") == 0


def test_why_it_came_here_stands_beside_the_evidence():
    alert = replace(BARE, evidence=("first seen 9 Oct 2025",), why="a rule names it")

    def context(alert: Alert) -> list[str]:
        blocks = [block for block in make_payload(alert)["blocks"] if block["type"] == "context"]
        return [element["text"] for block in blocks for element in block["elements"]]

    assert context(alert) == ["first seen 9 Oct 2025", "You get this because a rule names it"]
    assert context(replace(alert, why="")) == ["first seen 9 Oct 2025"]
    assert context(replace(alert, why="", evidence=())) == []


def test_the_plain_message_names_the_thread_unless_it_stands_there_and_keeps_its_link_whatever_its_length():
    alert = compose_alert(saved("effect-smallest"))
    long = replace(alert, summary="word " * 2_000)

    assert make_plain_payload(alert)["text"].startswith(f"About “{alert.thread}”")
    assert "About" not in make_plain_payload(alert, threaded=True)["text"]
    assert "About" not in make_plain_payload(replace(alert, thread=""))["text"]
    assert len(make_plain_payload(long)["text"]) <= 4_000
    assert make_plain_payload(long)["text"].endswith(f"\n<{alert.url}>")
    assert not make_plain_payload(replace(alert, url=""))["text"].endswith(">")


def test_the_sentence_says_of_an_act_what_it_is_called_and_what_it_does():
    alert = replace(BARE, acts=(Line("MOFCOM No. 57", "controls holmium"), Line("", "and more.")))

    assert make_payload(alert)["text"].endswith("MOFCOM No. 57: controls holmium. and more.")
