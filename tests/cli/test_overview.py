"""The program's own face: its overview, its global options, its completion, and what it says of
words that are wrong.
"""

import re

import pytest
from command import one_line, run
from each import for_each
from typer.main import get_command

from monitor.cli.app import app
from monitor.cli.overview import split_globals, translate_old
from monitor.config import VERSION

COMMANDS = get_command(app).commands
# the others are of an earlier version
SHOWN = [name for name, command in COMMANDS.items() if not command.hidden]


def list_shown(help_text: str) -> list[str]:
    return re.findall(r"^  ([\w-]+)  ", help_text.partition("Options:")[0], re.MULTILINE)


def test_monitor_alone_shows_the_first_eight_commands_and_where_the_others_are():
    alone, asked = run(COLUMNS="80"), run("-h", COLUMNS="80")

    assert (alone.returncode, alone.stderr, alone.stdout) == (0, "", asked.stdout)
    assert list_shown(alone.stdout) == [
        "replay",
        "run",
        "poll",
        "status",
        "doctor",
        "asof",
        "show",
        "screen",
    ]
    assert "monitor help all" in alone.stdout
    assert all(
        len(line) <= 80 and not line.endswith("...") for line in alone.stdout.splitlines()[1:]
    )


def test_help_all_shows_every_command_once_and_there_are_few_enough():
    shown = list_shown(run("help", "all", COLUMNS="80").stdout)
    children = [
        name for command in map(COMMANDS.get, SHOWN) for name in getattr(command, "commands", {})
    ]

    assert sorted(shown) == sorted(SHOWN)
    assert len(shown) + len(children) <= 35
    assert run("help", "watch", "add").stdout == run("watch", "add", "-h").stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("work --queues polls", "run --queues polls"),
        ("release us_fcc.covered", "poll --release us_fcc.covered"),
        ("tidy", "poll --tidy"),
        ("backtest --from 2025-10-01 --json", "route --from 2025-10-01 --json"),
        (
            "diff un_sc.consolidated old.xml new.xml --json",
            "read --as un_sc.consolidated --against old.xml new.xml --json",
        ),
        ("route test --authority cn-mofcom FILE", "route --authority cn-mofcom FILE"),
        ("watch list --json", "watch --json"),
        ("watch dismiss ENTRY SUBJECT --by Ann", "triage not-ours --entry ENTRY SUBJECT --by Ann"),
        (
            "watch undismiss --by Ann ENTRY SUBJECT",
            "triage not-ours --undo --by Ann --entry ENTRY SUBJECT",
        ),
        ("triage mute topic:x --until 2026-12-01", "mute topic:x --until 2026-12-01"),
        ("triage unmute topic:x", "mute --off topic:x"),
        ("triage muted", "mute"),
        ("triage snooze 1 --until begins", "mute 1 --until begins"),
        ("triage tell --reason=x 1 ops", "outbox resend --reason=x 1 --to ops"),
        ("triage why 1", "show --why 1"),
        (
            "triage audit --steps a.csv --from 2026-01-01",
            "export audit --steps --out a.csv --since 2026-01-01",
        ),
        ("triage export Li", "export audit --person Li"),
        ("triage erase Li --by Ann", "export audit --erase --person Li --by Ann"),
    ],
)
def test_words_of_an_earlier_version_are_those_of_this_one_and_a_line_says_which(
    old: str, new: str, capsys
):
    assert translate_old(old.split()) == new.split()
    assert f"write `monitor {new}`" in capsys.readouterr().err


def test_words_of_this_version_stay_as_they_are(capsys):
    for words in ([], ["watch", "add", "diff"], ["route", "x"]):
        assert translate_old(words) == words
    assert capsys.readouterr().err == ""


@for_each("command", [*COMMANDS, "watch add"])
def test_every_command_explains_itself_at_eighty_columns(command: str):
    done = run(*command.split(), "-h", COLUMNS="80")

    assert done.returncode == 0
    assert done.stdout.splitlines()[2].strip()
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert not [line for line in done.stdout.splitlines() if re.match(r"  \w.*\.\.\.$", line)], (
        "a sentence is cut"
    )


@pytest.mark.parametrize(
    ("words", "front", "rest"),
    [
        ("status --store DIR", "--store DIR", "status"),
        (
            "watch --config=FILE add --store DIR --json",
            "--config=FILE --store DIR",
            "watch add --json",
        ),
        ("--store DIR status", "--store DIR", "status"),
        ("show -- --store", "", "show -- --store"),
        ("status --store", "--store", ""),  # nothing of it is taken for the folder
        ("status --version", "--version", "status"),
    ],
)
def test_a_global_option_may_stand_anywhere(words: str, front: str, rest: str):
    assert split_globals(words.split()) == (front.split(), rest.split())


def test_a_store_that_is_named_after_the_command_is_the_one_that_is_asked(tmp_path):
    before, after = (
        run(*words) for words in (("--store", tmp_path, "status"), ("status", "--store", tmp_path))
    )

    assert (before.returncode, before.stdout, before.stderr) == (
        after.returncode,
        after.stdout,
        after.stderr,
    )
    assert run("status", "--version").stdout == f"monitor {VERSION}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("sttus", "monitor: no such command 'sttus'. Did you mean 'status'? See monitor -h"),
        ("asof", "monitor: missing argument 'DATE'; see monitor asof -h"),
        ("status --store", "monitor: option '--store' requires an argument"),
        (
            "status --jsn",
            (
                "monitor: no such option: --jsn (Possible options: --json, --since); see monitor"
                " status -h"
            ),
        ),
        ("new a b --kind", "monitor: option '--kind' requires an argument"),
    ],
)
def test_wrong_words_are_one_line_that_says_which_help_to_read(words: str, told: str):
    done = run(*words.split())

    assert (done.returncode, done.stdout, one_line(done)) == (2, "", told)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("monitor st", "status"),
        ("monitor watch rem", "remove"),
        ("monitor calendar --i", "--ics"),
        ("monitor poll un_", "un_sc.consolidated"),
    ],
)
def test_a_shell_completes_commands_and_options(typed: str, offered: str):
    done = run(
        _MONITOR_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(typed.split()) - 1)
    )

    assert done.stdout.split() == [offered]
