"""`monitor run` on a database: what it refuses; and what `monitor move` of an earlier version
says.
"""

import sys
from pathlib import Path

import pytest
from acts import control
from command import run, typed
from editions import board, firms

NOWHERE = "postgresql://nobody@/nothing"


def test_a_store_in_a_folder_has_one_process_that_does_all(settings: Path):
    done = typed(settings, "run --queues polls")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        (
            "monitor: run: --queues: is for a store in a database (store = postgresql://…); on a folder"
            " one does all"
        )
    ]


def test_a_queue_that_there_is_not_is_named(settings: Path):
    done = typed(settings, "--store", NOWHERE, "run", "--queues", "polls,bolls")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "monitor: run: --queues: 'bolls' is none of polls, deliveries, rounds"
    ]


def test_without_the_extra_it_says_which_one_it_needs(settings: Path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("monitor.run.work", "pgqueuer"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pgqueuer", None)
    done = typed(settings, "--store", NOWHERE, "run")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "monitor: run: needs the extra `workers`: pip install 'regulatory-monitor[workers]'"
    ]


@pytest.mark.parametrize("words", [["a", "postgresql:///b"], [], ["a", "b", "--json"]])
def test_what_moved_a_history_in_an_earlier_version_says_what_to_do(words: list[str]):
    done = run("move", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        (
            "monitor: move: stop all writers of the store, then `monitor --store FROM backup FILE`,"
            " `monitor --store TO restore FILE`"
        )
    ]


@pytest.mark.parametrize(
    ("before", "left", "said"),
    [
        (8, 6, "2 rows missing, no removal told yet: a read 10 minutes later may confirm it"),
        (40, 39, "1 row missing, no removal told yet: a read 1 minute later may confirm it"),
        (
            8,
            5,
            (
                "3 rows missing, no removal told yet: if they were removed, `monitor poll --release"
                " rolls.board`"
            ),
        ),
    ],
)
def test_a_poll_says_which_removals_it_does_not_tell_yet(
    settings: Path, ministry, before: int, left: int, said: str
):
    toys = settings.read_text().replace("toy_scrapers", "toy_registers").partition("[sources")[0]
    url = ministry.index.replace("index", "board")
    settings.write_text(f'{toys}[sources."rolls.board"]\nurl = "{url}"\n')
    ministry.publish("board", board(firms(before)))
    typed(settings, "poll rolls.board")
    ministry.publish("board", board(firms(left)))
    rehearsed = typed(settings, "poll rolls.board --dry-run")

    assert f"monitor: rolls.board: {said}\n" in rehearsed.stderr.replace("\n  ", " ")


def test_a_dry_run_that_tells_of_a_time_records_no_baseline_and_says_so(settings: Path, ministry):
    ministry.publish("1", control(1, "1C909"))
    done = typed(settings, "poll toy --dry-run --since 2020-01-01")

    assert "1C909" in done.stdout
    assert (
        "monitor: toy.notices: first read, not recorded in a dry run; the next poll is the first one"
        " again\n"
    ) in done.stderr


def test_a_poll_by_hand_works_beside_workers(settings: Path, ministry, in_databases):
    assert typed(settings, "poll").returncode == 0
    ministry.publish("1", control(1, "1C909"))
    done = typed(settings, "poll --all")

    assert done.returncode == 0
    assert "1C909" in done.stdout
