import json
import os
import pty
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from acts import control, listing
from command import FAR, ROOT, apart, environment, eventually, one_line, run, typed
from examples import long
from msgspec.structs import replace
from sqlalchemy import update
from tampering import tamper

from monitor.model import Term
from monitor.store import OutboxState
from monitor.store.tables import OutboxRow


def test_a_first_poll_is_silent_and_the_next_tells_what_is_new(settings: Path, ministry):
    ministry.publish("18", control(18, "1C902.a"))
    first = typed(settings, "poll")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    second = typed(settings, "poll toy")

    assert (first.returncode, first.stdout) == (0, "")
    assert (second.returncode, "Dedrone by Axon" in second.stdout) == (0, True)


@pytest.mark.parametrize(
    "words",
    [
        ("poll", "cn_mofcm"),
        *long(
            *map(
                pytest.param,
                [("--help",), ("sources", "--json"), ("--store", "nowhere", "status"), ("--no",)],
            )
        ),
    ],
)
def test_a_process_of_its_own_says_what_tests_hear_in_theirs(
    words: tuple[str, ...], tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)  # where a store may be begun
    here, there = run(*words), apart(*words)
    said = [text.replace("python -m monitor", "monitor") for text in (there.stdout, there.stderr)]

    assert [here.returncode, here.stdout, here.stderr] == [there.returncode, *said]


def test_since_tells_the_baseline(settings: Path, ministry):
    ministry.publish("10", listing(10, "Dedrone by Axon"))

    assert "Dedrone by Axon" in typed(settings, "poll --since 2025-10-01").stdout


def test_a_dry_run_shows_what_would_be_told_and_leaves_no_trace(
    settings: Path, ministry, tmp_path: Path
):
    settings.write_text(f'{settings.read_text()}\n[calendar]\nfile = "{tmp_path / "dates.ics"}"\n')
    typed(settings, "poll")
    (tmp_path / "dates.ics").unlink()
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    before = {path: path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file()}

    dry = typed(settings, "poll toy --dry-run")

    assert "Dedrone by Axon" in dry.stdout
    assert not (tmp_path / "dates.ics").exists()
    assert {
        path: path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file()
    } == before
    assert "Dedrone by Axon" in typed(settings, "poll toy").stdout


def test_what_a_destination_was_owed_that_is_no_longer_in_config_is_told_here(
    settings: Path, ministry, tmp_path: Path
):
    typed(settings, "poll")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    typed(settings, "poll toy")
    tamper(
        tmp_path / "store",
        update(OutboxRow).values(
            destination="desk", key=OutboxRow.key + "@desk", state=OutboxState.PENDING
        ),
    )

    told = typed(settings, "poll toy").stdout
    assert "This was meant for desk, which can't be reached." in told
    assert "Dedrone by Axon" in told


def run_on_a_terminal(*arguments: str | Path) -> str:
    """What a command writes to stderr where that is a terminal."""
    command = [sys.executable, "-m", "monitor", *map(str, arguments)]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment() | {"TERM": "xterm"}
    ) as process:
        os.close(theirs)
        seen = b""
        with suppress(OSError):  # the other end was closed
            while more := os.read(ours, 4096):
                seen += more
    os.close(ours)
    assert process.returncode == 0
    return seen.decode()


@pytest.mark.long
def test_a_long_poll_shows_on_a_terminal_how_many_pages_are_read_and_owed(settings: Path, ministry):
    ministry.publish("18", control(18, "1C902.a"))
    ministry.publish("19", control(19, "1C902.b"))
    seen = run_on_a_terminal("--config", settings, "poll", "toy.notices")

    assert "toy.notices" in seen
    assert "4/4" in seen  # the index, two acts, and a page on nothing


def test_json_is_never_accompanied_by_a_picture(settings: Path):
    seen = run_on_a_terminal("--config", settings, "poll", "toy.notices", "--json")

    assert "toy.notices: first read" in seen
    assert "\x1b" not in seen


@pytest.mark.long
def test_a_checkup_shows_on_a_terminal_which_addresses_are_awaited_unless_it_is_json(
    settings: Path, ministry
):
    ministry.publish("18", control(18, "1C902.a"))
    command = ("--config", settings, "doctor", "toy.notices")

    assert "addresses" in run_on_a_terminal(*command)
    assert run_on_a_terminal(*command, "--json") == ""


def test_polling_again_at_once_says_that_nothing_is_due(settings: Path):
    typed(settings, "poll")

    assert "nothing is due" in typed(settings, "poll").stderr


def test_a_ministry_that_is_down_is_one_line_and_exit_1_and_history_stays(settings: Path, ministry):
    ministry.publish("18", control(18, "1C902.a"))
    typed(settings, "poll")
    ministry.status["index"] = 503

    result = typed(settings, "poll toy")
    status = typed(settings, "status --json")

    assert result.returncode == 1
    assert (
        one_line(result)
        == "monitor: toy.notices: server: localhost: answered 503 Service Unavailable;"
        " `monitor doctor toy.notices` says what to do"
    )
    assert '"mofcom-2025-18"' in status.stdout


def test_poll_as_json_is_one_object_a_line(settings: Path, ministry):
    typed(settings, "poll")
    ministry.publish("10", listing(10, "Dedrone by Axon"))

    lines = [json.loads(line) for line in typed(settings, "poll toy --json").stdout.splitlines()]

    assert [line["key"] for line in lines if "key" in line] == ["uel-2025-10:act"]
    assert {"source": "toy.notices"} in lines


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ("--config {tmp}/none.toml sources", 2, "none.toml: can't be read"),
        (
            "--config {tmp}/typo.toml sources",
            2,
            "unknown key 'fetch.deadlin'; did you mean 'deadline'?",
        ),
        ("poll cn_mofcm", 2, "did you mean 'cn_mofcom"),
        ("poll --since yesterday", 2, "write it as 2025-10-09"),
        ("read {tmp}/none.html", 1, "none.html: can't be read: No such file"),
        (
            "read --as cn_mofcom.announcment {tmp}/typo.toml",
            2,
            "did you mean 'cn_mofcom.announcement'",
        ),
        (
            "calendar --to 2025-02-30",
            1,
            "--to: '2025-02-30' is no day; did you mean 2025-02-28?",
        ),
        (
            "--store {tmp}/nowhere screen ' '",
            2,
            "a name is empty; say whom or what to screen",
        ),
        (
            "--store {tmp}/typo.toml poll",
            1,
            "typo.toml: is a file, and a store is a folder",
        ),
        ("replay {tmp}", 2, "a scenario is a folder with scenario.toml"),
    ],
)
def test_bad_input_is_one_clear_line_and_the_right_exit_code(
    tmp_path: Path, monkeypatch, words: str, code: int, line: str
):
    monkeypatch.chdir(tmp_path)  # where a store may be begun
    (tmp_path / "typo.toml").write_text("[fetch]\ndeadlin = '1 second'\n")

    result = run(*shlex.split(words.format(tmp=tmp_path)))

    assert result.returncode == code
    assert line in one_line(result)


def test_read_answers_every_file_and_says_why_one_gave_nothing(tmp_path: Path):
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "latin.html").write_bytes("公告".encode("utf-16") * 3 + b"\xff\xfe\x00")
    (tmp_path / "plain.txt").write_text("今天天气很好。")

    result = run(
        "read", "--json", tmp_path / "empty.html", tmp_path / "latin.html", tmp_path / "plain.txt"
    )
    answers = [json.loads(line) for line in result.stdout.splitlines()]

    assert [Path(answer["file"]).name for answer in answers] == [
        "empty.html",
        "latin.html",
        "plain.txt",
    ]
    assert [bool(answer["problems"]) for answer in answers] == [True, True, False]
    assert all(answer["facts"] == [] for answer in answers)
    assert result.returncode == 1
    assert [line.rpartition("/")[2].partition(":")[0] for line in result.stderr.splitlines()] == [
        "empty.html",
        "latin.html",
    ]


def test_read_as_a_reader_prints_the_links_it_would_follow():
    page = next((ROOT / "monitor/poll/scenarios/2025-10/mofcom").glob("index-1009-morning.html"))

    (answer,) = [
        json.loads(line)
        for line in run(
            "read", "--json", "--as", "cn_mofcom.announcements", page
        ).stdout.splitlines()
    ]

    assert {fact["type"] for fact in answer["facts"]} == {"link"}
    assert all(fact["read"] == "announcement" for fact in answer["facts"])


def test_a_watch_list_that_breaks_stops_no_poll(settings: Path, ministry, tmp_path: Path):
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text('Name\n"Dedrone\n')
    settings.write_text(settings.read_text() + f'[watch]\nsuppliers = ["{suppliers}"]\n')
    typed(settings, "poll")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    done = typed(settings, "poll toy")

    assert done.returncode == 1
    assert one_line(done).startswith(
        "monitor: watch list: suppliers.csv row 2: a quotation mark is opened and not closed"
    )
    assert "Your watch list could not be read whole: suppliers.csv row 2" in " ".join(
        done.stdout.split()
    )


def test_ctrl_c_ends_a_poll_in_one_line_that_says_so_whatever_its_readers_do(
    settings: Path, ministry
):
    typed(settings, "poll toy.notices")
    ministry.publish("54", "never ends")
    command = [sys.executable, "-m", "monitor", "--config", settings, "poll", "toy.notices"]
    options = {"text": True, "env": environment(), "start_new_session": True}
    # Tests that were started behind `&` have it ignored, and so would what they start.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=heard, **options) as process:  # noqa: PLW1509
        # the process of its reader is being started, or has begun
        eventually(lambda: ("54", 200) in ministry.asked)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=FAR)

    assert (process.returncode, said) == (
        130,
        "monitor: interrupted; pending messages stay pending\n",
    )


def test_of_an_act_of_which_no_measure_was_understood_what_it_demands_is_shown(
    settings: Path, ministry
):
    keep = Term(kind="duty", text="must keep the records for 6 years", value=6.0, unit="years")
    act = replace(control(14, "1C902.a"), measures=(), terms=(keep,), understood="none")
    ministry.publish("14", act)
    typed(settings, "poll toy.notices")

    shown = typed(settings, "show", act.key)

    assert "Duties: must keep the records for 6 years" in shown.stdout
