"""What a running daemon does when it is told to read its settings again, and when its terminal
closes.
"""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from acts import listing
from command import FAR, Running, environment, eventually, run

SCRAPER = """
import msgspec
from monitor import source
from monitor.model import fact_from_json

@source(name="Own notices", authority="cn-mofcom", url="http://127.0.0.1:1/", every="5 minutes")
def notices(page):
    yield from page.links("ul a", read=notice, at_least=1)

def notice(page):
    if page.text != "nothing":
        yield msgspec.structs.replace(fact_from_json(page.body.whole), title="{words} an act")
"""


@pytest.fixture
def settings(settings: Path, tmp_path: Path, ministry, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A daemon whose scraper lies in a folder of its own."""
    package = _package(tmp_path)
    package.mkdir()
    (package / "__init__.py").touch()
    _write_scraper(package, "As first written:")
    monkeypatch.syspath_prepend(tmp_path)
    settings.write_text(f"""
store = "{tmp_path / "store"}"
packages = ["{package.name}"]
[fetch]
allow_private = true
gap = "0.01 seconds"
[sources."own.notices"]
url = "{ministry.index}"
""")
    return settings


@pytest.fixture
def daemon(settings: Path, tmp_path: Path) -> Iterator[Running]:
    running = Running(
        settings, tmp_path, PYTHONPATH=os.pathsep.join([environment()["PYTHONPATH"], str(tmp_path)])
    )
    eventually(lambda: "baseline" in running.err or running.over)
    yield running
    running.kill()


def _package(tmp_path: Path) -> Path:
    """Called as no other test's: commands that run in this process import it."""
    return tmp_path / tmp_path.name


def _write_scraper(package: Path, words: str) -> None:
    (package / "own.py").write_text(SCRAPER.replace("{words}", words))


def _watching(daemon: Running) -> int:
    return daemon.err.count('"event":"started","sources":1,')


def test_sighup_takes_up_settings_and_scrapers_as_they_are_now(
    daemon: Running, settings: Path, tmp_path: Path, ministry
):
    pid = daemon.pid
    _write_scraper(_package(tmp_path), "As it was written since:")

    daemon.told(signal.SIGHUP)
    eventually(lambda: _watching(daemon) == 2)
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    eventually(lambda: run("--config", settings, "poll", "own").returncode == 0)
    eventually(lambda: "As it was written since: an act" in daemon.out)

    assert "As first written" not in daemon.out
    assert daemon.pid == pid
    assert daemon.stopped() == 0
    assert "Traceback" not in daemon.err


def test_what_the_daemon_goes_on_by_is_kept_and_status_says_where_config_toml_is_another(
    daemon: Running, settings: Path, tmp_path: Path
):
    first = settings.read_text()
    settings.write_text(f"{first}# a word more\n")
    changed = run("--config", settings, "status").stderr
    polled = run("--config", settings, "poll").stderr
    kept = (tmp_path / "store" / "config.kept").read_text()

    daemon.told(signal.SIGHUP)
    eventually(lambda: _watching(daemon) == 2)

    assert kept == first
    told = (
        f"the daemon goes on by other settings than {settings} has now; `systemctl reload monitor`"
        " (SIGHUP) makes it read its own file again"
    )
    assert told in changed
    assert told in polled
    for command in ("status", "poll"):
        assert "other settings" not in run("--config", settings, command).stderr


@pytest.mark.long
def test_settings_that_are_wrong_are_named_and_not_taken_up(
    daemon: Running, settings: Path, tmp_path: Path, ministry
):
    right = settings.read_text()
    wrong = {
        "[fetch]\ngap = 'soon'": "gap",
        f"store = '{tmp_path / 'store'}'\npackages = ['no_such_package']": "no_such_package",
        "store = 'elsewhere'": "store: can't be changed while the monitor runs",
    }

    for number, broken in enumerate(wrong, 1):
        settings.write_text(broken)
        daemon.told(signal.SIGHUP)
        eventually(lambda number=number: len(_refusals(daemon)) == number)
    eventually(lambda: "New settings are not taken up" in daemon.out)
    settings.write_text(right)
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    eventually(lambda: run("--config", settings, "poll", "own").returncode == 0)
    eventually(lambda: "As first written" in daemon.out)

    assert [said in line for said, line in zip(wrong.values(), _refusals(daemon), strict=True)] == [
        True
    ] * 3
    assert _watching(daemon) == 1
    assert daemon.stopped() == 0


def _refusals(daemon: Running) -> list[str]:
    return [line for line in daemon.err.splitlines() if "the old ones stay in use" in line]


@pytest.mark.long
def test_a_scraper_that_cannot_be_imported_leaves_the_one_that_runs(
    daemon: Running, settings: Path, tmp_path: Path, ministry
):
    for number, mistake in enumerate(("from nowhere import nothing", "raise SystemExit(2)"), 1):
        (_package(tmp_path) / "own.py").write_text(mistake)
        daemon.told(signal.SIGHUP)
        eventually(lambda number=number: len(_refusals(daemon)) == number)
    assert all(".own can't be imported" in line for line in _refusals(daemon))
    _write_scraper(_package(tmp_path), "As first written:")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    eventually(lambda: run("--config", settings, "poll", "own").returncode == 0)
    eventually(lambda: "As first written: an act" in daemon.out)

    assert daemon.stopped() == 0


@pytest.mark.long
def test_a_terminal_that_closes_ends_the_daemon_in_it(settings: Path, tmp_path: Path):
    ours, theirs = pty.openpty()
    with (tmp_path / "daemon.err").open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "monitor", "--config", str(settings), "run"],
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=err,
            env=environment(
                PYTHONPATH=os.pathsep.join([environment()["PYTHONPATH"], str(tmp_path)])
            ),
        )
    os.close(theirs)
    eventually((tmp_path / "store" / "socket").exists)

    os.close(ours)
    process.send_signal(signal.SIGHUP)

    assert process.wait(FAR) == 0
    assert "stopped" in (tmp_path / "daemon.err").read_text()


CLEAN = 60.0  # seconds within which a daemon ends that is told to


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_daemon_that_nobody_reads_any_more_works_on_and_ends_cleanly_and_what_could_not_be_said_stays_owed(
    settings: Path, tmp_path: Path, ministry, number: signal.Signals
):
    reading, writing = os.pipe()
    with (tmp_path / "daemon.err").open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "monitor", "--config", str(settings), "run"],
            stdout=writing,
            stderr=err,
            env=environment(
                PYTHONPATH=os.pathsep.join([environment()["PYTHONPATH"], str(tmp_path)])
            ),
        )
    os.close(writing)
    eventually(lambda: "baseline" in (tmp_path / "daemon.err").read_text())
    os.close(reading)  # as of a pipe into a program that has ended
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    eventually(lambda: run("--config", settings, "poll", "own").returncode == 0)
    eventually(lambda: "undelivered" in (tmp_path / "daemon.err").read_text())
    (tmp_path / "daemon.err").rename(tmp_path / "daemon.err.1")  # as logrotate does

    told = time.monotonic()
    process.send_signal(number)
    status = process.wait(FAR)
    assert time.monotonic() - told < CLEAN
    assert status == 0
    assert "Traceback" not in (tmp_path / "daemon.err.1").read_text()

    outbox = run("--config", settings, "outbox", "--json").stdout
    assert '"state":"pending"' in outbox or '"state":"sending"' in outbox
    # What failed waits before it is tried again.
    eventually(lambda: "As first written" in run("--config", settings, "poll").stdout)
