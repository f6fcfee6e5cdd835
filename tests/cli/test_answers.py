import json
import re
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from acts import control, listing, suspension
from arrivals import arrive
from command import one_line, run, typed
from rich.cells import cell_len
from rich.text import Text

from monitor.clock import SystemClock
from monitor.errors import ErrorKind
from monitor.model import Problem
from monitor.store import History, PollEnds, polls


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that knows a control, a listing and the suspension of the control, all seen on 9
    October 2025.
    """
    with History(tmp_path) as history:
        arrive(
            history,
            control(57, "1C909.a", "1C910.a"),
            listing(10, "Dedrone by Axon", "TechInsights Inc."),
        )
        arrive(history, suspension(70, "mofcom-2025-57"))
    return tmp_path


@pytest.fixture
def read_now(store: Path) -> Path:
    """The same, whose source was read just now."""
    with History(store) as history:
        history(
            polls.end,
            [PollEnds("cn_mofcom.announcements", None, SystemClock().now(), timedelta(minutes=30))],
        )
    return store


def lines(store: Path, words: str) -> list[dict]:
    """The lines of an answer but for the last, which says what it rests on."""
    result = typed(store, words, "--json")
    assert result.returncode == 0, result.stderr
    *answer, last = [json.loads(line) for line in result.stdout.splitlines()]
    assert list(last) == ["coverage"]
    return answer


TERMINAL = {"TTY_COMPATIBLE": "1", "NO_COLOR": "1", "COLUMNS": "80"}
NEVER_READ = "the source cn_export_control.control_lists was never read"


def test_asof_says_how_a_code_stood_on_a_day_and_which_act_says_so(read_now: Path):
    (line,) = lines(read_now, "asof 2026-11-11 --item 1C909")

    assert (line["act"], line["said"]) == (
        "mofcom-2025-57",
        (
            f"{NEVER_READ}: an extension would not have been seen there; the suspension was to"
            " end on 10 Nov 2026"
        ),
    )
    assert [item["codes"] for item in line["items"]] == [["1C909.a"]]
    assert line["because"][0]["act"] == "mofcom-2025-70"


YEAR = timedelta(days=386)


@pytest.mark.parametrize(
    ("question", "unseen"),
    [
        ("asof 2026-11-11 --item 1C909", "an extension"),
        ("show mofcom-2025-57", "an extension"),
        ("screen 1C909.a", "an extension"),
        ("calendar --from 2026-11-01", "an act that changes this"),
        ("calendar --from 2030-01-01", "a day since"),
    ],
)
def test_of_sources_that_were_read_long_ago_each_answer_says_first_what_they_would_not_have_shown(
    read_now: Path, monkeypatch, question: str, unseen: str
):
    later = SystemClock().now() + YEAR
    monkeypatch.setattr(SystemClock, "now", lambda _: later)
    result = typed(read_now, question)

    said = rf"MOFCOM was last read on \d+ \w+ \d{{4}}: {unseen} would not have been seen"
    assert re.search(said, result.stdout + result.stderr)
    assert "no extension" not in result.stdout.lower()


def test_asof_behind_a_pipe_is_tab_separated_and_ends_with_what_it_rests_on(store: Path):
    heads, *rows, coverage = typed(store, "asof 2025-11-15").stdout.splitlines()

    assert heads.split("\t") == ["subject", "state", "list", "since", "act", "why", "link"]
    assert [row.split("\t")[:5] for row in rows][1] == [
        "1C909.a 物项1C909.a; 1C910.a 物项1C910.a",
        "MOFCOM was never read; by what is on record, suspended until 10 Nov 2026 (Beijing)",
        "dual-use export control list",
        "was to begin 8 Nov 2025 (Beijing)",
        "MOFCOM No. 57 of 2025",
    ]
    assert coverage.startswith("coverage: 0 of ")


def test_asof_on_a_terminal_is_a_record_of_lines_that_fit(store: Path):
    shown = typed(store, "asof 2025-11-15", **TERMINAL).stdout

    assert (
        "MOFCOM was never read; by what is on record, in force · Unreliable Entity"
        in shown.replace("\x1b[0m", "")
    )
    words = [line for line in shown.splitlines() if "://" not in line]
    assert max(cell_len(Text.from_ansi(line).plain) for line in words) <= 80


def test_who_asks_for_a_register_reads_all_names_and_beneath_which_act_each_stands(store: Path):
    with History(store) as history:
        arrive(
            history,
            listing(9, "Alpha Ltd", "Beta Ltd", "Gamma Ltd", "Delta Ltd"),
            listing(8, *map("Firm {}".format, range(98))),
        )
    asked = "asof 2025-11-15 --register cn-unreliable-entities"
    shown = Text.from_ansi(typed(store, asked, **TERMINAL).stdout).plain
    piped = typed(store, asked).stdout.splitlines()

    named = shown.partition("Named\n")[2]
    never = "MOFCOM was never read; by what is on record, in"
    assert (
        f"    UEL Notice No. 9 of 2025 · {never}\n    force\n        Alpha Ltd\n        Beta Ltd\n"
        in named
    )
    assert "    and 2 more, see --json\n" in named
    notices = [line for line in piped if line.startswith("UEL Notice No. ")]
    assert sum(line.endswith(f"\t{never} force") for line in notices) == 102
    assert f"UEL Notice No. 9 of 2025\tDelta Ltd\t{never} force" in piped


def test_a_register_that_was_looked_for_and_of_which_nothing_is_on_record_is_said_to_be_so(
    store: Path,
):
    nothing = typed(store, "asof 2025-11-15 --register 关注名单")

    said = nothing.stdout.partition("\ncoverage: ")[0]
    assert (
        said
        == "MOFCOM was never read: a measure would not have been seen; nothing on record that you"
        " asked about was in force on that day"
    )


def test_show_on_a_terminal_begins_with_words_that_are_not_broken(store: Path):
    shown = typed(
        store,
        "show cn-unreliable-entities",
        **TERMINAL,
    ).stdout
    piped = typed(store, "show cn-unreliable-entities").stdout

    title, _, _rest = piped.partition("\n")
    assert title.startswith("Unreliable Entity List (不可靠实体清单): ")
    lines = [Text.from_ansi(line).plain for line in shown.splitlines()]
    assert len(title) > 80 >= max(cell_len(line) for line in lines if "://" not in line)
    assert " ".join(lines).startswith(title)


def test_the_calendar_prints_its_days_and_writes_them_as_a_file(store: Path, tmp_path: Path):
    result = typed(store, "calendar --from 2025-10-01 --ics", tmp_path / "law.ics")
    event, after = icalendar.Calendar.from_ical((tmp_path / "law.ics").read_bytes()).walk("VEVENT")

    assert "Suspension of MOFCOM No. 57 of 2025 under No. 70 of 2025 ends" in result.stdout
    assert [each["DTSTART"].dt.isoformat() for each in (event, after)] == [
        "2026-11-10",
        "2026-11-11",
    ]
    assert "law.ics: 1 date" in result.stderr.splitlines()[0]


def test_the_calendar_as_json_is_one_day_a_line(store: Path):
    (line,) = lines(store, "calendar --from 2026-11-10 --to 2026-11-10")

    assert (line["kind"], line["on"], line["act"]) == (
        "suspension end",
        "2026-11-10",
        "mofcom-2025-70",
    )
    assert lines(store, "calendar --from 2026-11-11") == []


def test_a_calendar_file_that_cannot_be_written_is_one_line(store: Path, tmp_path: Path):
    result = typed(store, "calendar --ics", tmp_path / "nowhere" / "law.ics")

    assert result.returncode == 1
    assert "law.ics: can't be written" in one_line(result)


def test_before_the_first_good_poll_the_status_names_what_failed(tmp_path: Path):
    why = Problem(kind=ErrorKind.CONNECT, text="the connection was refused")
    with History(tmp_path) as history:
        history(
            polls.end,
            [PollEnds("cn_mofcom.orders", why, SystemClock().now(), timedelta(minutes=30))],
        )

    done = typed(tmp_path, "status")

    assert done.returncode == 1
    assert re.search(r"cn_mofcom\.orders\tnever\t.*the connection was refused", done.stdout)
    assert "no act and no register was read yet" in one_line(done)


def test_sources_lists_only_those_that_are_named():
    said = run("sources", "us_npr").stdout.splitlines()

    assert [line.split("\t")[0] for line in said] == ["id", "us_npr.news"]
