"""Names that a page, a spreadsheet, a server or a file gives are printed by every command, and
none does anything but be read.
"""

import csv
import io
import re
from pathlib import Path

import msgspec
import pytest
from acts import control, listing, suspension
from command import run
from notices import of_act, saturated
from rich.console import Console
from terminals import look_on

from monitor.cli.progress import watch_progress
from monitor.config.redact import clean, make_one_line
from monitor.deliver.terminal import Terminal
from monitor.model import Action, Entity, Measure
from monitor.render.csv_rows import render_csv

# What a terminal obeys: colours, titles, a cleared screen; C1's own introducer; a bell, line ends;
# words turned round.
HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07\x9b31m\r\n2026-01-01 INFO forged\u2028\u202egnp.\u2066x\u200b\ufeff"
)
RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\ufeff]|^2026-01-01"
    " INFO forged",
    re.MULTILINE,
)
NAME = f"Dedrone {HOSTILE}by Axon"


def test_a_line_is_one_line_and_keeps_its_spaces():
    assert (
        make_one_line(f"  a{HOSTILE}b  c")
        == "  a [2J ]0;owned 31m 2026-01-01 INFO forged gnp.xb  c"
    )
    assert clean(f"  a{HOSTILE}b  c") == "a [2J ]0;owned 31m 2026-01-01 INFO forged gnp.xb c"


@pytest.fixture
def spoilt(settings: Path, ministry, tmp_path: Path) -> Path:
    """A store, a watch list and files whose every foreign word is hostile."""
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text(
        f'Name,Country,Owner\n"{NAME}",US,"Ann {HOSTILE}"\n"{HOSTILE}",US,\nBeta,"{HOSTILE}",\n',
        newline="",
    )
    settings.write_text(settings.read_text() + f'[watch]\nsuppliers = ["{suppliers}"]\n')
    return settings


def spoken(settings: Path, *words: str | Path) -> str:
    """All that a command says, on a terminal, for people."""
    done = run("--config", settings, *words, TTY_COMPATIBLE="1", TERM="dumb")
    return done.stdout + done.stderr


def commands(page: str, folder: str) -> list[tuple[str, ...]]:
    """Every way to have foreign words printed, as an answer or as what is wrong with a question."""
    answers = (
        ("status",), ("sources",), ("asof", "2026-01-01"), ("show", "mofcom-2025-11"), ("show", NAME), ("calendar",),
        ("screen", NAME), ("screen", HOSTILE), ("screen", page), ("watch", "list"), ("watch", "add", NAME),
        ("watch", "dismiss", NAME, HOSTILE, "--by", HOSTILE), ("watch", "remove", NAME), ("read", page),
        ("doctor", "toy.notices"), ("calendar", "--ics", f"{folder}/dates.ics"),
    )  # fmt: skip
    refusals = (
        ("show", HOSTILE), ("asof", HOSTILE), ("poll", HOSTILE), ("poll", "--since", HOSTILE), ("release", HOSTILE), (HOSTILE,),
        ("read", f"{folder}/{HOSTILE}none"), ("read", page, "--as", f"toy.{HOSTILE}"), ("diff", f"toy.{HOSTILE}", page, page),
        ("new", HOSTILE, "https://a.example/"), ("new", "cn_toy", HOSTILE), ("replay", f"{folder}/{HOSTILE}"),
    )  # fmt: skip
    return [*answers, *refusals]


def test_no_command_lets_foreign_words_act_on_a_terminal(spoilt: Path, ministry, tmp_path: Path):
    first = spoken(spoilt, "poll")
    ministry.publish("10", listing(10, NAME))
    act = listing(11, NAME)
    ministry.publish(
        "11", msgspec.structs.replace(act, title=f"商务部{HOSTILE}公告", number=f"11{HOSTILE}")
    )
    ministry.publish("12", suspension(12, 11))
    ministry.publish("13", "stumble")
    ministry.publish("14", control(14, f"1C909.a{HOSTILE}"))
    page = tmp_path / f"page{HOSTILE.replace('/', '')}.html"
    page.write_text(f"<html><body><p>商务部公告2025年第11号 {HOSTILE}</p></body></html>")
    said = {"first poll": first, "poll": spoken(spoilt, "poll", "toy")}
    said |= {
        " ".join(words): spoken(spoilt, *words) for words in commands(str(page), str(tmp_path))
    }
    said["the calendar"] = (tmp_path / "dates.ics").read_bytes().decode().replace("\r\n", "\n")

    assert {
        command: found[0] for command, text in said.items() if (found := RAW.findall(text))
    } == {}
    assert "Dedrone [2J ]0;owned" in said["poll"]


def test_a_progress_bar_is_not_told_what_to_do(monkeypatch: pytest.MonkeyPatch):
    out = look_on(monkeypatch)
    with watch_progress("pages", quiet=False) as progress:
        progress(f"toy[bold]{HOSTILE}", 1)
    assert "]0;owned\x07" not in out.getvalue()
    assert "toy[bold]" in out.getvalue()


CELLS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u200b=1",
    f"{HOSTILE}",
    "\u3000=1",
]


@pytest.mark.parametrize("cell", CELLS, ids=ascii)
def test_a_spreadsheet_runs_no_cell_of_a_list(cell: str):
    named = Entity(names={"en": cell}, kind="org", aliases=(cell,))
    measure = Measure(action=Action.ADD, register="cn-unreliable-entities", entities=(named,))
    act = msgspec.structs.replace(listing(10, "Acme"), measures=(measure,))
    text = render_csv(of_act(act))
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))

    assert not RAW.search(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    for value in (row["name"], row["aliases"]):
        assert value[:1] in ("'", "[")


def test_an_alert_of_any_kind_does_nothing_to_a_terminal():
    for each in saturated(HOSTILE):
        out = io.StringIO()
        Terminal(Console(file=out, width=120)).post(each)
        assert RAW.findall(out.getvalue()) == []
