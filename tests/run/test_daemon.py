import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from acts import control, listing
from command import Running, apart, environment, eventually, one_line, run
from werkzeug import Response

from monitor.run.daemon import Daemon
from monitor.store import DATABASE


def tells(daemon: Running, words: str) -> None:
    """Wait until it has told them."""
    eventually(lambda: words in daemon.out)


def looked(settings: Path) -> bool:
    """Whether the source was read to its end."""
    return '"last_ok":"2' in run("--config", settings, "status", "--json").stdout


EXTRAS = (
    *("apprise", "chinese_calendar", "jinja2", "multipart", "pgqueuer", "playwright", "psycopg"),
    *("rfc3161_client", "slack_bolt", "starlette", "uvicorn"),
)


@pytest.fixture
def plain(tmp_path: Path) -> dict[str, str]:
    """The environment of an install without extras."""
    folder = tmp_path / "absent"
    folder.mkdir()
    for name in EXTRAS:
        (folder / f"{name}.py").write_text(f"raise ModuleNotFoundError(name={name!r})")
    return {"PYTHONPATH": os.pathsep.join([str(folder), environment()["PYTHONPATH"]])}


def test_where_no_extra_is_installed_it_runs_and_says_what_buttons_need(
    settings: Path, tmp_path: Path, plain
):
    slack = '[slack]\nchannel = "C0123456789"\napi = "http://127.0.0.1:1/"\n'
    settings.write_text(settings.read_text() + slack)
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    running = Running(settings, tmp_path, **plain, **tokens)

    eventually(lambda: running.over or looked(settings))

    assert running.stopped() == 0, running.err
    assert "buttons need the library slack-bolt: pip install 'regulatory-monitor[triage]'" in (
        running.err
    )


def test_sigterm_ends_it_cleanly(daemon, tmp_path: Path):
    assert daemon.stopped() == 0
    assert "Traceback" not in daemon.err
    assert not (tmp_path / "store" / "socket").exists()


@pytest.mark.long
def test_sigterm_does_not_wait_for_a_ministry_that_never_answers(
    daemon, settings: Path, ministry, httpserver
):
    asked, over = threading.Event(), threading.Event()

    def never(_request):
        asked.set()
        over.wait()
        return Response("at last")

    httpserver.expect_request("/slow").respond_with_handler(never)
    ministry.pages["slow"] = b""
    with ThreadPoolExecutor(1) as beside:
        asking = beside.submit(apart, "--config", settings, "poll", "toy")
        eventually(asked.is_set)
        status = daemon.stopped()
        over.set()
        asking.result()

    assert status == 0
    assert "Traceback" not in daemon.err
    assert "deadline" not in daemon.err  # which the page would have missed


def test_a_poll_while_it_runs_goes_through_it_and_the_daemon_tells_what_is_new(
    daemon, settings: Path, ministry
):
    eventually(lambda: looked(settings))
    ministry.publish("10", listing(10, "Dedrone by Axon"))

    # One that joins the poll that is under way finds what was there when that began.
    eventually(
        lambda: (
            run("--config", settings, "poll", "toy").returncode == 0
            and ("10", 200) in ministry.asked
        )
    )
    tells(daemon, "Dedrone by Axon")
    assert daemon.stopped() == 0


@pytest.mark.long
def test_beside_a_daemon_another_is_refused_and_who_asks_it_needs_no_secret_but_the_right_name(
    daemon, settings: Path
):
    second = apart("--config", settings, "run")
    assert second.returncode == 3
    assert f"process {daemon.pid}" in one_line(second)

    misspelt = run("--config", settings, "poll", "toy.notice5")
    assert misspelt.returncode == 2
    assert "did you mean 'toy.notices'" in one_line(misspelt)

    # the daemon alone delivers there
    settings.write_text(settings.read_text() + '[destinations.desk]\nwebhook = "DESK_URL"\n')
    assert run("--config", settings, "poll", "toy").returncode == 0


def test_a_store_held_by_one_that_does_not_listen_is_exit_3(
    settings: Path, tmp_path: Path, ministry
):
    ministry.publish("18", control(18, "1C902.a"))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "store")],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert holder.stdout is not None
    holder.stdout.readline()

    result = run("--config", settings, "poll", "toy")
    holder.kill()
    holder.communicate()

    assert result.returncode == 3
    assert "can't be reached" in one_line(result)


HOLD = """
import sys, time
from pathlib import Path
from monitor.store.lock import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.long
def test_a_store_that_cannot_be_written_for_a_while_is_one_line_and_no_end(
    daemon, settings: Path, tmp_path: Path, ministry
):
    eventually(lambda: looked(settings))
    locked = sqlite3.connect(tmp_path / "store" / DATABASE, isolation_level=None)
    locked.execute("BEGIN IMMEDIATE")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    eventually(lambda: "database is locked" in daemon.err)
    locked.execute("ROLLBACK")
    locked.close()
    eventually(lambda: run("--config", settings, "poll", "toy").returncode == 0)
    tells(daemon, "Dedrone by Axon")

    assert daemon.stopped() == 0
    assert "Traceback" not in daemon.err


async def test_a_tick_that_the_end_cuts_short_is_no_mistake(
    desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog
):
    ticks = count()

    async def never_over(daemon: Daemon) -> None:
        if next(ticks):  # the first is the daemon's own, before it listens
            daemon.signals.end()
            await asyncio.Event().wait()

    monkeypatch.setattr("monitor.run.daemon.TICK", timedelta(milliseconds=10))
    monkeypatch.setattr(Daemon, "tick", never_over)
    await Daemon(desk.pipeline, {}).run(tmp_path / "socket", lambda: None)
    await asyncio.sleep(0.1)

    assert "raised an exception" not in caplog.text


async def test_a_tick_that_falls_due_as_the_work_ends_leaves_no_traceback(
    desk, tmp_path, monkeypatch, caplog
):
    async def nothing(_: Daemon) -> None:
        pass

    monkeypatch.setattr("monitor.run.daemon.TICK", timedelta(milliseconds=10))
    monkeypatch.setattr(Daemon, "tick", nothing)
    daemon = Daemon(desk.pipeline, {})
    for steps in range(6):
        async with daemon._at_work(tmp_path / "socket"):
            time.sleep(0.02)  # noqa: ASYNC251 - the loop itself has to be late
            for _ in range(steps):
                await asyncio.sleep(0)
        await asyncio.sleep(0)

    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
