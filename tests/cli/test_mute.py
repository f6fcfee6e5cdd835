"""`monitor mute` of a source's failures, by itself and through a daemon; news and alerts:
test_triage.py.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import one_line, typed

from monitor.store import History, mutes

SOURCE = "toy.notices"


@pytest.fixture
def read(settings: Path, ministry) -> Path:
    """A store whose source was read."""
    assert typed(settings, "poll toy.notices").returncode == 0
    return settings


def test_a_source_is_muted_for_a_while_and_heard_again_with_who_and_why(read: Path):
    done = typed(
        read,
        "mute toy.notices --until '3 days' --by 'Li Wei' --reason 'its server is moved' --json",
    )
    (line,) = map(json.loads, done.stdout.splitlines())

    assert done.returncode == 0
    assert (line["source"], line["by"], line["reason"]) == (SOURCE, "Li Wei", "its server is moved")
    assert (
        timedelta(days=2.9)
        < datetime.fromisoformat(line["until"]) - datetime.now(UTC)
        <= timedelta(days=3)
    )
    assert "its server is moved" in typed(read, "mute").stdout
    assert typed(read, "mute toy.notices --off").stdout == "nothing is muted\n"
    assert "is not muted" in one_line(typed(read, "mute toy.notices --off"))


def test_who_mutes_a_source_anew_says_when_it_ends(read: Path):
    typed(read, "mute toy.notices --until '3 days'")
    typed(read, "mute toy.notices --until '1 day' --by 'Li Wei'")
    (line,) = map(json.loads, typed(read, "mute --json").stdout.splitlines())

    assert line["by"] == "Li Wei"
    assert datetime.fromisoformat(line["until"]) - datetime.now(UTC) <= timedelta(days=1)


def test_all_sources_of_a_module_are_muted_by_its_name(read: Path):
    assert SOURCE in typed(read, "mute toy --until '3 days'").stdout


def test_what_can_t_be_muted_is_refused_in_one_line(read: Path):
    for words, why in (
        ("toy.notice5 --until '3 days'", "did you mean 'toy.notices'"),
        ("toy.notices", "--until '3 days', or --off"),
        ("toy.notices --until '3 days' --off", "--until '3 days', or --off"),
        ("toy.notices --until 'next year'", "is no moment"),
        ("toy.notices --until 2020-01-01", "is over"),
        ("--until '3 days'", "name what to mute"),
    ):
        done = typed(read, f"mute {words}")

        assert done.returncode == 2
        assert why in one_line(done)
    assert typed(read, "mute").stdout == "nothing is muted\n"


def test_a_store_without_a_history_has_nobody_to_mute(settings: Path):
    done = typed(settings, "mute toy.notices --until '3 days'")

    assert done.returncode == 1
    assert "there is no history here" in one_line(done)


@pytest.mark.long
def test_the_daemon_does_it_while_it_runs(daemon, settings: Path, tmp_path: Path):
    done = typed(settings, "mute toy.notices --until '3 days' --by 'Li Wei'")

    assert "Li Wei" in done.stdout
    assert '"event":"mute","source":"toy.notices","until":"20' in daemon.err
    wrong = typed(settings, "mute toy.notice5 --until '3 days'")
    assert (wrong.returncode, "did you mean 'toy.notices'" in one_line(wrong)) == (2, True)
    assert daemon.stopped() == 0


def test_status_and_every_answer_name_who_is_muted(read: Path):
    typed(read, "mute toy.notices --until '3 days' --by 'Li Wei' --reason 'its server is moved'")
    state = typed(read, "status").stdout
    *_, covered = map(json.loads, typed(read, "status --json").stdout.splitlines())
    line = next(
        json.loads(line)
        for line in typed(read, "status --json").stdout.splitlines()
        if SOURCE in line
    )

    assert "by Li Wei: its server is moved" in state
    assert "muted, so that nobody is warned of their troubles: toy.notices until" in state
    assert line["muted"]["by"] == "Li Wei"
    assert covered["coverage"]["muted"][0].startswith("toy.notices until ")


def test_a_mute_that_is_over_is_named_no_more(read: Path, tmp_path: Path):
    long_ago = datetime.now(UTC) - timedelta(days=40)
    with History(tmp_path / "store") as history:
        history(mutes.mute_sources, [SOURCE], long_ago + timedelta(days=30), "Li Wei", "", long_ago)

    assert typed(read, "mute").stdout == "nothing is muted\n"
    assert "muted" not in typed(read, "status").stdout
