import io
import json

import pytest
from notices import NAMES, saturated, saved
from rich.console import Console

from monitor.deliver.terminal import Terminal
from monitor.errors import DeliveryError
from monitor.model import Announcement, fact_from_json


def test_terminal_is_a_channel_without_memory() -> None:
    channel = Terminal(io.StringIO())

    assert channel.post(saved("act-smallest"), thread=None) == ""
    assert channel.update(saved("parent-smallest"), "") == ""
    assert channel.find("uel-2024-2:act", thread=None, since=None) is None
    assert not channel.searchable


def test_alert_is_printed_as_it_would_look() -> None:
    out = io.StringIO()
    Terminal(Console(file=out, width=100)).post(saved("act-largest"))

    assert "MOFCOM adds 24 names (14 entries) to the Unreliable Entity List" in out.getvalue()
    assert "╭" in out.getvalue()


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("rows")])
def test_json_is_one_object_a_line(name: str) -> None:
    out = io.StringIO()
    Terminal(out, json=True).post(saved(name))

    (line,) = out.getvalue().splitlines()
    told = json.loads(line)
    assert (told["key"], told["at"]) == (saved(name).key, saved(name).first_seen)
    assert told["headline"]
    assert told["summary"]


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
