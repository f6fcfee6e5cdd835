"""The demonstration as a newcomer runs it: how it ends, and that what is said to come next
works.
"""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from command import Done, run
from demonstration import STORE, played

from monitor.cli import replay
from monitor.poll.replay import Played
from monitor.poll.scenarios import BUNDLED, load

PLAYED = Played(
    10, (("toy.acts", "answered 503"), ("toy.acts", "answered 503"), ("toy.acts", "answered 404"))
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """`monitor replay` in a folder of its own, in which what follows is run as well."""
    folder, story = played(tmp_path_factory)
    own = tmp_path_factory.mktemp("demo")
    shutil.copytree(folder / STORE, own / STORE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(own)
        yield story.done


def words(line: str) -> list[str]:
    """What a command line says to the monitor, by whatever name it calls it."""
    return shlex.split(re.sub(r"^\s*(?:python -m |\S*/)?monitor ", "", line))


def test_the_demonstration_ends_with_three_questions_and_how_their_answers_begin(demo: Done):
    _, *ends = re.split(r"^\$ (.* --store \.replay .*)\n", demo.stdout, flags=re.MULTILINE)
    answers = [run(*words(line), COLUMNS="80") for line in ends[::2]]

    assert [answer.returncode for answer in answers] == [0, 0, 0]
    for shown, answer in zip(ends[1::2], answers, strict=True):
        begins, _, more = shown.rstrip().partition("\n… and ")
        assert begins.strip()
        assert answer.stdout.startswith(begins)
        assert len(answer.stdout.splitlines()) == len(begins.splitlines()) + (
            int(more.split()[0]) if more else 0
        )


def test_the_demonstration_is_a_story_of_some_170_lines(demo: Done):
    assert len((demo.stdout + demo.stderr).splitlines()) <= 180
    for headline in ("China adds 24 names", "press: NPR reports", "changed by a later act"):
        assert f"    ↳ {headline}" in demo.stdout
    assert demo.stdout.count("╭─ new act") == 3
    assert demo.stdout.count("╭─ reminder") == 1
    assert re.search(r"^ +… +and 20 more", demo.stdout.replace("│", ""), re.MULTILINE)
    assert "--full shows each message whole" in demo.stderr


@pytest.mark.long
def test_all_of_the_demonstration_is_shown_where_that_is_asked_for(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("replay", "--full", COLUMNS="80")

    assert done.stdout.count("╭─ new act") == 8
    assert "钐钴永磁材料" in done.stdout.partition("╯")[0]
    assert "more lines" not in done.stdout


def test_the_demonstration_says_what_failed_and_that_nothing_was_lost(demo: Done):
    told = demo.stderr
    total = int(re.search(r"(\d+) of them failed", told)[1])
    by_cause = [int(times) for times in re.findall(r"^ +(\d+) × ", told, re.MULTILINE)]

    assert sum(by_cause) == total > 0
    assert "no page is left unread and no message unsent" in told


def test_number_61_is_told_with_the_goods_of_its_annex(demo: Done):
    first, whole = (
        demo.stdout.partition("╯")[0],
        run("--store", STORE, "show", "MOFCOM No. 61 of 2025").stdout,
    )

    assert "MOFCOM No. 61 of 2025: puts rare earths (23 items) under export control" in first
    assert "钐钴永磁材料" in whole
    said = " ".join(first.replace("│", " ").split())
    assert "No. 61: made abroad: listed content that originates in China, of 0.1 % of" in said
    assert "military potential (chips of 14 nm or less, memory chips of 256 layers or more)" in said
    assert "404" not in demo.stdout


def test_what_is_still_owed_at_the_end_is_said():
    story = load(BUNDLED)
    kept = list(replay.end_lines(PLAYED, story, Path("store")))
    owing = list(replay.end_lines(replace(PLAYED, unread=("/1",), unsent=2), story, Path("store")))

    assert kept[1:4] == [
        "replay: 3 of them failed, as such sites do; what failed:",
        "    2 × toy.acts: answered 503",
        "    1 × toy.acts: answered 404",
    ]
    assert kept[4].endswith("no page is left unread and no message unsent")
    assert owing[4].endswith("still owed: 1 pages to be read, 2 messages to be sent")


def test_the_next_commands_are_called_as_this_one_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    program = tmp_path / "monitor"
    program.touch(mode=0o755)

    assert replay.find_own_command(str(program)) == str(program)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert replay.find_own_command(str(program)) == "monitor"
    assert replay.find_own_command("/somewhere/monitor/__main__.py") == "python -m monitor"
