"""`monitor work`: what it refuses."""

import sys
from pathlib import Path

from acts import control
from command import run


def test_a_store_in_a_folder_has_one_process_that_works_on_it(settings: Path):
    done = run("--config", settings, "work")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "monitor: work: needs a store in a database (store = postgresql://…); on a folder works `monitor run`, alone"
    ]


def test_a_queue_that_there_is_not_is_named(settings: Path):
    done = run("--config", settings, "--store", "postgresql://nobody@/nothing", "work", "--queues", "polls,bolls")
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["monitor: work: --queues: 'bolls' is none of polls, deliveries, rounds"]


def test_without_the_extra_it_says_which_one_it_needs(settings: Path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("monitor.pipeline.work", "monitor.history.jobs", "pgqueuer"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pgqueuer", None)
    done = run("--config", settings, "--store", "postgresql://nobody@/nothing", "work")
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["monitor: work: needs the extra `workers`: pip install 'regulatory-monitor[workers]'"]


def test_the_daemon_that_works_alone_says_what_works_on_a_database(settings: Path):
    done = run("--config", settings, "--store", "postgresql://nobody@/nothing", "run")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "monitor: run: works on a store alone; on one in a database work any number of `monitor work`"
    ]


def test_a_poll_by_hand_works_beside_workers(settings: Path, ministry, in_databases):
    assert run("--config", settings, "poll").returncode == 0
    ministry.publish("1", control(1, "1C909"))
    done = run("--config", settings, "poll", "--all")

    assert done.returncode == 0
    assert "1C909" in done.stdout
