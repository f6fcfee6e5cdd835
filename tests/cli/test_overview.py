"""The program's own face: its overview, its global options, its completion, and what it says of words that are wrong."""

import re

import pytest
from command import one_line, run
from typer.main import get_command

from monitor.cli.app import app
from monitor.cli.overview import SECTIONS, group_commands, move_globals_first
from monitor.config import VERSION

COMMANDS = get_command(app).commands
SHOWN = {name for name, command in COMMANDS.items() if not command.hidden}  # the others are of an earlier version


def test_monitor_alone_shows_the_commands_by_what_one_wants():
    alone, asked = run(COLUMNS="80"), run("-h", COLUMNS="80")
    shown = re.findall(r"^(\S.*):$|^  ([\w-]+)  ", alone.stdout.partition("Options:")[0], re.MULTILINE)

    assert (alone.returncode, alone.stderr, alone.stdout) == (0, "", asked.stdout)
    assert {name for _, name in shown if name} == SHOWN
    assert {title for title, _ in shown if title} == {title for title, _ in group_commands(SHOWN)}
    assert all(len(line) <= 80 and not line.endswith("...") for line in alone.stdout.splitlines()[1:])


def test_a_command_that_nobody_placed_is_shown_last():
    assert list(group_commands(("poll", "frob", "show")))[-1] == ("More", ["frob"])


def test_no_command_stands_in_two_sections():
    placed = [name for names in SECTIONS.values() for name in names]

    assert len(placed) == len(set(placed))


@pytest.mark.parametrize("command", [*COMMANDS, "watch add"])
def test_every_command_explains_itself_at_eighty_columns(command: str):
    done = run(*command.split(), "-h", COLUMNS="80")

    assert done.returncode == 0
    assert done.stdout.splitlines()[2].strip()
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert not [line for line in done.stdout.splitlines() if re.match(r"  \w.*\.\.\.$", line)], "a sentence is cut"


@pytest.mark.parametrize(
    ("words", "in_front"),
    [
        ("status --store DIR", "--store DIR status"),
        ("watch --config=FILE list --store DIR --json", "--config=FILE --store DIR watch list --json"),
        ("--store DIR status", "--store DIR status"),
        ("show -- --store", "show -- --store"),
        ("status --store", "--store"),  # nothing of it is taken for the folder
        ("status --version", "--version status"),
    ],
)
def test_a_global_option_may_stand_anywhere(words: str, in_front: str):
    assert move_globals_first(words.split()) == in_front.split()


def test_a_store_that_is_named_after_the_command_is_the_one_that_is_asked(tmp_path):
    before, after = (run(*words) for words in (("--store", tmp_path, "status"), ("status", "--store", tmp_path)))

    assert (before.returncode, before.stdout, before.stderr) == (after.returncode, after.stdout, after.stderr)
    assert run("status", "--version").stdout == f"monitor {VERSION}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("sttus", "monitor: no such command 'sttus'. Did you mean 'status'? See monitor -h"),
        ("asof", "monitor: missing argument 'DATE'; see monitor asof -h"),
        ("status --store", "monitor: option '--store' requires an argument"),
        ("status --jsn", "monitor: no such option: --jsn (Possible options: --json, --since); see monitor status -h"),
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
    done = run(_MONITOR_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(typed.split()) - 1))

    assert done.stdout.split() == [offered]
