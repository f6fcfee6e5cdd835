"""The demonstration as a newcomer runs it: how it ends, and that what is said to come next works."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from command import ROOT, Done, run
from demonstration import STORE, played
from documents import shell_lines

from monitor.cli import replay
from monitor.pipeline.replay import Played
from monitor.pipeline.scenarios import BUNDLED, load

PLAYED = Played(10, (("toy.acts", "answered 503"), ("toy.acts", "answered 503"), ("toy.acts", "answered 404")))
DOCUMENTED = [line for name in ("README.md", "docs/use.md") for line in shell_lines(ROOT / name) if ".replay" in line]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """`monitor replay` in a folder of its own, in which what follows is run as well."""
    folder, done = played(tmp_path_factory)
    own = tmp_path_factory.mktemp("demo")
    shutil.copytree(folder / STORE, own / STORE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(own)
        yield done


def words(line: str) -> list[str]:
    """What a command line says to the monitor, by whatever name it calls it."""
    return shlex.split(re.sub(r"^\s*(?:python -m |\S*/)?monitor ", "", line))


def test_the_demonstration_ends_with_three_commands_that_answer(demo: Done):
    offered = [line for line in demo.stderr.splitlines() if " --store .replay " in line]
    answers = [run(*words(line)) for line in offered]

    assert len(offered) == 3
    assert [answer.returncode for answer in answers] == [0, 0, 0]
    assert all(answer.stdout.strip() for answer in answers)


def test_the_demonstration_says_what_failed_and_that_nothing_was_lost(demo: Done):
    told = demo.stderr
    total = int(re.search(r"(\d+) of them failed", told)[1])
    by_cause = [int(times) for times in re.findall(r"^ +(\d+) × ", told, re.MULTILINE)]

    assert sum(by_cause) == total > 0
    assert "no page is left unread and no message unsent" in told


def test_number_61_is_told_with_the_goods_of_its_annex(demo: Done):
    first = demo.stdout.partition("╯")[0]

    assert "MOFCOM No. 61 of 2025: puts rare earths (23 items) under export control" in first
    assert "钐钴永磁材料" in first
    assert "Not fully understood" not in first
    assert "404" not in demo.stdout


@pytest.mark.parametrize("line", DOCUMENTED)
def test_what_the_documents_run_after_the_demonstration_works(demo: Done, line: str):
    done = run(*words(line))

    assert demo.returncode == 0
    assert (done.returncode, bool(done.stdout.strip())) == (0, True), done.stderr


def test_what_is_still_owed_at_the_end_is_said():
    story = load(BUNDLED)
    kept = list(replay.end_lines(PLAYED, story, Path("store"), "monitor"))
    owing = list(replay.end_lines(replace(PLAYED, unread=("/1",), unsent=2), story, Path("store"), "monitor"))

    assert kept[1:4] == [
        "replay: 3 of them failed, as such sites do; what failed:",
        "    2 × toy.acts: answered 503",
        "    1 × toy.acts: answered 404",
    ]
    assert kept[4].endswith("no page is left unread and no message unsent")
    assert owing[4].endswith("still owed: 1 pages to be read, 2 messages to be sent")


def test_the_next_commands_are_called_as_this_one_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    program = tmp_path / "monitor"
    program.touch(mode=0o755)

    assert replay.program_name(str(program)) == str(program)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert replay.program_name(str(program)) == "monitor"
    assert replay.program_name("/somewhere/monitor/__main__.py") == "python -m monitor"
