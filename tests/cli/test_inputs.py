"""Whatever a person, a cron line or a mistake hands us: one clear line that names it, and the
way out; never a traceback.
"""

import json
import os
import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cases import read_cases
from command import FAR, environment, one_line, run

from monitor.ask.screen import parse_question
from monitor.ask.watchlist import read_list_file
from monitor.cli.read import read_file
from monitor.clock import parse_duration
from monitor.config import load
from monitor.errors import ConfigError, MonitorError
from monitor.poll.scenarios import load as load_scenario
from monitor.store import History
from monitor.watch import lists
from monitor.watch.values import Relation

LONG = "x" * 5_000


def bounded() -> None:
    """No more memory than a small machine has."""
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))


def said(*arguments: str | bytes | Path) -> tuple[int, str]:
    """How a command ends, and the one line that it says on stderr."""
    done = run(*arguments)
    return done.returncode, one_line(done)


def said_within_bounds(*arguments: str | Path) -> tuple[int, str]:
    """The same in a process of its own, that it takes no more memory along than there is."""
    done = subprocess.run(
        [sys.executable, "-m", "monitor", *arguments],
        capture_output=True,
        check=False,
        env=environment(),
        timeout=FAR,
        preexec_fn=bounded,
    )
    (line,) = done.stderr.decode().splitlines()
    return done.returncode, line


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that nobody ever writes into."""
    os.mkfifo(tmp_path / "pipe.csv")
    return tmp_path / "pipe.csv"


@pytest.fixture(params=["device", "pipe", "folder", "missing", "long", "null", "large"])
def unreadable(request, tmp_path: Path, pipe: Path) -> Path:
    large = tmp_path / "large.csv"
    large.touch()
    os.truncate(large, 2**40)  # it takes no room
    (tmp_path / "folder.csv").mkdir()
    return {
        "device": Path("/dev/zero"),
        "pipe": pipe,
        "folder": tmp_path / "folder.csv",
        "missing": tmp_path / "missing.csv",
        "long": tmp_path / f"{LONG}.csv",
        "null": tmp_path / "a\0b.csv",
        "large": large,
    }[request.param]


WHY = (
    r"is no regular file|is a folder|Is a directory|No such file|name too long|null byte|is larger"
    r" than \d+ MB"
)


def test_what_is_no_file_of_a_sensible_size_is_refused_at_once_wherever_a_file_is_named(
    unreadable: Path,
):
    with pytest.raises(ConfigError, match=WHY):
        read_list_file(unreadable, Relation.SUPPLIER)
    with pytest.raises(ConfigError, match=WHY):
        load(unreadable)
    with pytest.raises(MonitorError, match=WHY):
        read_file(unreadable)
    with pytest.raises(ConfigError, match=WHY + "|Not a directory"):
        load_scenario(unreadable)


def test_a_register_to_compare_is_refused_in_the_same_way(tmp_path: Path, pipe: Path):
    for path in (Path("/dev/zero"), pipe, tmp_path):
        status, line = said_within_bounds(
            "read", path, "--as", "un_sc.consolidated", "--against", path
        )
        assert (status, str(path) in line) == (1, True)


def test_a_path_is_told_in_part_where_it_is_long(tmp_path: Path):
    with pytest.raises(ConfigError) as raised:
        read_list_file(tmp_path / f"{LONG}.csv", Relation.SUPPLIER)
    assert len(str(raised.value)) < 250


def test_a_name_that_is_a_path_to_no_file_is_not_screened_as_a_name(tmp_path: Path, pipe: Path):
    for path in ("/dev/zero", str(tmp_path), str(pipe), str(tmp_path / "suppliers.csv")):
        with pytest.raises(ConfigError):
            parse_question(path)
    assert [entry.name for entry in parse_question(LONG).entries] == [LONG, LONG]


def test_quotes_and_line_ends_as_spreadsheets_write_them_are_read():
    for end in ("\n", "\r\n", "\r"):
        body = end.join(["Name,Country", '"Acme, ""the"" Ltd",GB', "Beta,DE", ""])
        assert [
            entry.name
            for entry in lists.read_entries("x.csv", body.encode(), Relation.SUPPLIER).entries
        ] == [
            'Acme, "the" Ltd',
            "Beta",
        ]


TOML = {
    "a nest of brackets": ("a = " + "[" * 100_000, "nested too deeply"),
    "a nest of tables": ("a = " + "{a=" * 50_000, "nested too deeply|not valid TOML"),
    "a number of thousands of digits": ("a = " + "9" * 10_000, "not valid TOML"),
    "a null in a path": ('store = "a\\u0000b"', "store: holds a control character"),
    "a null in a list's path": (
        '[watch]\nsuppliers = ["a\\u0000b"]',
        "watch.suppliers: holds a control character",
    ),
    "an escape in a name": (
        '[destinations."\\u001b[2J"]\nslack = "C1"',
        "holds a control character",
    ),
    "a folder of zones": ('[daily]\nat = "09:00 Asia"', "daily.at: '09:00 Asia' is no time"),
    "a zone without end": (f'[daily]\nat = "09:00 {"A" * 5_000}"', "daily.at: .* is no time"),
    "a threshold that is no number": ("[watch]\nmatch = nan", "watch.match"),
    "a long wait": (
        '[fetch]\ndeadline = "99999999999999999999 days"',
        "fetch.deadline: .* is not a duration",
    ),
}


@pytest.mark.parametrize(("text", "why"), TOML.values(), ids=TOML)
def test_a_config_that_nobody_meant_is_one_line(text: str, why: str, tmp_path: Path):
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(ConfigError, match=why) as raised:
        load(tmp_path / "config.toml")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "99999999999999999999 days",
        "9" * 400 + " seconds",
        "1e400 seconds",
        "0.0000001 seconds",
        "0 days",
        "4000 days",
        "١ day",
    ],
)
def test_a_duration_that_nobody_means_is_refused(text: str):
    with pytest.raises(ConfigError, match="is not a duration"):
        parse_duration(text)


def test_the_shortest_and_the_longest_duration():
    assert parse_duration("0.001 seconds") == timedelta(milliseconds=1)
    assert parse_duration("3650 days") == timedelta(days=3650)


def test_a_store_that_cannot_be_one_is_one_line(tmp_path: Path):
    (tmp_path / "file").write_text("mine")
    for store in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / LONG):
        for command in (["status"], ["screen", "Acme"], ["poll"], ["watch"]):
            status, line = said("--store", store, *command)
            assert status in (1, 2)
            assert "file" in line or "too long" in line


def test_bytes_that_are_no_text_are_one_line_too(tmp_path: Path, settings: Path):
    for words in (
        [b"watch", b"add", b"Acme \xff"],
        [b"poll", b"\xff"],
        [b"read", b"\xff\xfe.html"],
    ):
        status, line = said("--config", settings, *words)
        assert status in (1, 2)
        assert "?" in line
    page = os.fsencode(tmp_path) + b"/\xff.html"
    Path(os.fsdecode(page)).write_text("<p>nothing</p>")
    done = run("read", os.fsdecode(page), "--json")
    assert json.loads(done.stdout)["file"].endswith("/\ufffd.html")


@pytest.mark.parametrize(
    "words",
    read_cases(
        """
        asof | 0001-01-01
        asof | 9999-12-31
        asof | 2025-01-01 | --known | 9999-12-31
        calendar | --from | 0001-01-01 | --to | 9999-12-31
        poll | --since | 0001-01-01
        """
    ),
)
def test_the_first_and_the_last_day_are_days(
    words: tuple[str, ...], settings: Path, tmp_path: Path
):
    History(tmp_path / "store").close()
    done = run("--config", settings, *words)

    asked_of_nothing = words[0] != "poll"
    assert (done.returncode, "mistake" in done.stderr) == (
        int(asked_of_nothing),
        False,
    ), done.stderr
    assert ("no act and no register was read yet" in done.stderr) == asked_of_nothing
