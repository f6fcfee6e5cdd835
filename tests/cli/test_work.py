"""`monitor work`: what it refuses."""

import sys
from pathlib import Path

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
