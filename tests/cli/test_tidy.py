"""`monitor poll --tidy`: what nothing rests on leaves the archive without a daemon."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import control
from arrivals import arrive
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.errors import MonitorError, StoreHeld
from monitor.store import History, proofs
from monitor.store.archive import ARCHIVE, FolderArchive
from monitor.store.lock import Lock

NOW = datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with an act; in its archive lie an old body and a young one on which nothing
    rests.
    """
    with History(tmp_path) as history:
        history(proofs.take_for_proofs, [], NOW)
        arrive(history, control(57, "1C909.a"))
    archive = FolderArchive(tmp_path / ARCHIVE)
    for body in (b"old", b"young"):
        archive.put(body)
    old = next(
        path for _, path in archive.files() if archive.get(path.name.partition(".")[0]) == b"old"
    )
    os.utime(old, times=((NOW - timedelta(days=91)).timestamp(),) * 2)
    return tmp_path


def tidied(store: Path):
    return CliRunner().invoke(app, ["--store", str(store), "poll", "--tidy"])


def test_an_old_body_on_which_nothing_rests_goes_and_a_young_one_stays(store: Path):
    done = [tidied(store) for _ in range(2)]

    assert [each.exit_code for each in done] == [0, 0]
    assert ["rests 1 (" in done[0].stdout, "rests 0 (" in done[1].stdout] == [True, True]
    archive = FolderArchive(store / ARCHIVE)
    assert [archive.get(sha256) for sha256, _ in archive.files()] == [b"young"]


def test_what_a_fact_rests_on_stays_however_old_it_is(store: Path):
    archive = FolderArchive(store / ARCHIVE)
    sha256 = archive.put(b"evidence")
    with History(store) as history:
        history(proofs.prove, frozenset({sha256}))
    for _, path in archive.files():
        os.utime(path, times=(0, 0))
    tidied(store)

    assert [archive.get(kept) for kept, _ in archive.files()] == [b"evidence"]


def test_where_a_monitor_runs_it_is_said_that_it_does_this_itself(store: Path):
    with Lock(store):
        done = tidied(store)

    assert isinstance(done.exception, StoreHeld)
    assert "once a day" in str(done.exception)


def test_where_no_history_is_nothing_is_kept(tmp_path: Path):
    done = tidied(tmp_path / "nowhere")

    assert isinstance(done.exception, MonitorError)
