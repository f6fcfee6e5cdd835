"""A disk that is full, and one that fails: what can't be stored is not told; the first passes,
the second ends the process.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from acts import listing
from command import FAR, environment, eventually, read_printed, run
from disk import hindrance
from examples import long, sweep
from lacking import lacking
from log_lines import recorded
from polling import ended

from monitor.alert.event import NoticeKind
from monitor.deliver.channel import Channel, Pace
from monitor.deliver.sending import deliver
from monitor.errors import MonitorError
from monitor.poll.assembly import poll
from monitor.render.alert import compose_alert
from monitor.render.dates import format_date
from monitor.run.daemon import Daemon
from monitor.run.disk import FIRST, SAID
from monitor.run.orders import PollOrder
from monitor.store import ALERTS, DATABASE, OPS, History


class Ear(Channel):
    """A destination that takes everything."""

    name, pace = "ear", Pace(gap=0)

    def __init__(self) -> None:
        self.heard: list[str] = []

    def post(self, notice, *, thread):
        self.heard.append(notice.key)
        return ""

    def update(self, notice, receipt):
        return ""


REFUSING = """
CREATE FUNCTION refuse() RETURNS trigger AS
$$ BEGIN RAISE 'the disk is full' USING ERRCODE = 'disk_full'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER refusing BEFORE INSERT ON change EXECUTE FUNCTION refuse();
"""
TAKING = "DROP FUNCTION IF EXISTS refuse() CASCADE"


def turn(history: History, *, on: bool) -> None:
    """The disk of its database is full, or has room; of PostgreSQL's a trigger says what the
    server would, and in its code.
    """
    with history.tables() as connection:
        if connection.dialect.name != "sqlite":
            connection.exec_driver_sql(TAKING)
            connection.exec_driver_sql(REFUSING if on else "SELECT")
            return
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages if on else 1_000_000}")


@pytest.fixture
async def full(desk):
    """Makes the database's disk full, or gives it room again."""

    async def turned(*, on: bool) -> None:
        await desk.pipeline.history.run(partial(turn, on=on))

    yield turned
    await turned(on=False)  # for the next test, whose database it may be


async def settled(daemon: Daemon) -> None:
    """A tick, and what it began."""
    await daemon.tick()
    await ended(daemon)


def much(number: int):
    """An act too large for the free space of any page."""
    return listing(number, *(f"Firm {each}" for each in range(800)))


async def test_a_full_disk_is_passed_and_then_told_and_nothing_is_lost(
    desk, ministry, full, caplog
):
    desk.pipeline.registry.sources[:] = [desk.pipeline.registry.source("toy.notices")]
    daemon = Daemon(desk.pipeline, {ALERTS: Ear(), OPS: Ear()})
    await settled(daemon)
    await full(on=True)
    ministry.publish("10", much(10))
    desk.clock.move_to(desk.clock.now() + timedelta(minutes=10))
    began = desk.clock.now()
    await settled(daemon)
    asked = len(ministry.asked)
    await settled(daemon)  # at once: nobody is asked for what can't be kept
    while_full = (len(ministry.asked) - asked, await desk.owed(), await desk.troubles())
    await full(on=False)
    desk.clock.move_to(desk.clock.now() + FIRST)
    await settled(daemon)
    (word,) = await desk.waiting(OPS)
    alert = compose_alert(await desk.notice(word))

    assert while_full == (0, [], [])
    assert [key for _, key in await desk.owed()] == ["uel-2025-10:act", "uel-2025-10:act:rows"]
    assert word.kind is NoticeKind.RECOVERED
    assert alert.headline == "There is room on the disk again"
    assert alert.summary.startswith(f"From {format_date(began.isoformat())} to 9 Oct 2025 ")
    assert alert.summary.endswith("What came and went meanwhile may be missed.")
    assert not daemon.signals.stop
    assert "disk is full; alerts wait until the store works" in caplog.text
    assert "Traceback" not in caplog.text


async def test_in_the_log_a_source_fails_once_for_want_of_room_and_recovers_with_it(
    desk, ministry, full
):
    desk.pipeline.registry.sources[:] = [desk.pipeline.registry.source("toy.notices")]
    daemon = Daemon(desk.pipeline, {ALERTS: Ear(), OPS: Ear()})
    await settled(daemon)
    await full(on=True)
    ministry.publish("10", much(10))
    with recorded() as log:
        for _ in range(3):
            desk.clock.move_to(desk.clock.now() + timedelta(minutes=10))
            await daemon.answer(PollOrder(sources=("toy.notices",)))
        await full(on=False)
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=10))
        await daemon.answer(PollOrder(sources=("toy.notices",)))
        lines = [line for line in log() if line["event"] in ("failure", "recovery")]

    assert [line["event"] for line in lines] == ["failure", "recovery"]
    assert (lines[0]["kind"], lines[1]["duration"]) == ("store", 1800.0)


async def test_a_disk_that_is_full_now_and_again_is_told_once_an_hour(desk, ministry, full):
    desk.pipeline.registry.sources[:] = [desk.pipeline.registry.source("toy.notices")]
    daemon = Daemon(desk.pipeline, {ALERTS: Ear(), OPS: Ear()})
    for number in range(10, 14):
        await full(on=False)
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=5))
        await settled(daemon)
        await full(on=True)
        ministry.publish(str(number), much(number))
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=5))
        await settled(daemon)
    first = len(await desk.troubles())
    await full(on=False)
    desk.clock.move_to(desk.clock.now() + SAID)
    await settled(daemon)

    assert (first, len(await desk.troubles())) == (1, 2)


# What a system call may answer, and on which of the store's files; strace lets the n-th one fail.
STRACE = ["strace", "-f", "-qq", "-o", "/dev/null", "--seccomp-bpf"]


def failing(
    store: Path, name: str, call: str, error: str, when: str, command: list[str | Path]
) -> list[str | Path]:
    return [
        *STRACE,
        "-P",
        store / name,
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:error={error}:when={when}",
        "--",
        *command,
    ]


@pytest.fixture
def strace() -> None:
    if why := hindrance():
        (pytest.fail if os.environ.get("CI") and "installed" in why else pytest.skip)(why)


def polling(settings: Path) -> list[str | Path]:
    return [sys.executable, "-m", "monitor", "--config", settings, "poll", "toy.notices"]


@pytest.mark.files
@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("nth", [1, *long(2, 7), *sweep(4)])
def test_a_sync_that_fails_ends_the_process_in_one_line_and_loses_nothing(
    settings: Path, ministry, tmp_path: Path, nth: int
):
    store = (tmp_path / "store").resolve()
    run("--config", settings, "poll", "toy.notices")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    command = failing(store, f"{DATABASE}-wal", "fdatasync", "EIO", f"{nth}+", polling(settings))
    broken = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    again = run("--config", settings, "poll", "toy.notices")

    assert broken.returncode == 1
    (line,) = broken.stderr.splitlines()
    assert "disk I/O error" in line
    assert "the monitor ends" in line
    assert again.returncode == 0
    assert "Dedrone by Axon" in broken.stdout + again.stdout


@pytest.mark.files
@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("nth", [*long(1, 5, 12), *sweep(3, 8)])
def test_a_poll_that_finds_the_disk_full_tells_nothing_that_is_not_stored(
    settings: Path, ministry, tmp_path: Path, nth: int
):
    store = (tmp_path / "store").resolve()
    run("--config", settings, "poll", "toy.notices")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    command = failing(store, f"{DATABASE}-wal", "pwrite64", "ENOSPC", f"{nth}+", polling(settings))
    full = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    again = run("--config", settings, "poll", "toy.notices")

    assert full.returncode == 1
    assert "disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    assert again.returncode == 0
    assert "Dedrone by Axon" in full.stdout + again.stdout


@pytest.fixture
def failing_daemon(settings: Path, tmp_path: Path, ministry) -> Iterator[subprocess.Popen[str]]:
    """A daemon whose archive can't be synced."""
    run("--config", settings, "poll", "toy.notices")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    command = [sys.executable, "-m", "monitor", "--config", settings, "run"]
    inject = ["-e", "trace=fsync", "-e", "inject=fsync:error=EIO"]
    with subprocess.Popen(
        [*STRACE, *inject, "--", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as process:
        yield process
        process.kill()


@pytest.mark.files
@pytest.mark.long
@pytest.mark.usefixtures("strace")
def test_the_daemon_ends_when_its_archive_fails(failing_daemon, settings: Path, tmp_path: Path):
    eventually(
        lambda: (tmp_path / "store" / "socket").exists() or failing_daemon.poll() is not None
    )
    time.sleep(0.2)
    run("--config", settings, "poll", "toy.notices")
    out, err = failing_daemon.communicate(timeout=FAR)

    assert failing_daemon.returncode == 1
    assert "can't write to the archive: Input/output error" in err.splitlines()[-1]
    assert "Traceback" not in err
    assert out == ""
    assert "Dedrone by Axon" in run("--config", settings, "poll", "toy.notices").stdout


class SmallDisk:
    """A shell in which the store lies on a disk of four megabytes, as nobody else sees it."""

    def __init__(self, store: Path) -> None:
        store.mkdir(exist_ok=True)
        self._shell = subprocess.Popen(
            ["unshare", "--mount", "--map-root-user", "sh"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(),
        )
        self.can_be_made = self.done(f'mount -t tmpfs -o size=4m,mode=700 tmpfs "{store}"') == 0

    def done(self, command: str) -> int:
        """The exit status of a command."""
        self._shell.stdin.write(f"{command}\necho ended $?\n")
        self._shell.stdin.flush()
        return int(
            next(line for line in self._shell.stdout if line.startswith("ended ")).split()[1]
        )

    def close(self) -> None:
        self.done("kill $!")
        self._shell.communicate(timeout=FAR)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    disk = SmallDisk(tmp_path / "store")
    if not disk.can_be_made:
        lacking("no disk can be mounted here")
    yield disk
    disk.close()


@pytest.mark.files
@pytest.mark.long
def test_a_daemon_on_a_full_disk_tells_nothing_stays_up_and_tells_once_there_is_room(
    small_disk: SmallDisk, settings: Path, ministry, tmp_path: Path, record_property
):
    out, err, filler = tmp_path / "out", tmp_path / "err", tmp_path / "store" / "filler"
    out.touch()
    err.touch()
    quick = '[sources."toy.notices"]\nevery = "5 seconds"'
    settings.write_text(settings.read_text().replace('[sources."toy.notices"]', quick))
    small_disk.done(
        f'"{sys.executable}" -m monitor --config "{settings}" run > "{out}" 2> "{err}" &'
    )
    eventually(lambda: '"event":"baseline"' in err.read_text())
    small_disk.done(f'dd if=/dev/zero of="{filler}" bs=1k')
    ministry.publish("10", much(10))
    eventually(lambda: "disk is full" in err.read_text() or "No space left" in err.read_text())
    time.sleep(40)  # until it is tried as rarely as it ever is
    while_full = read_printed(out)
    small_disk.done(f'rm "{filler}"')
    began = time.monotonic()
    eventually(
        lambda: "UEL Notice No. 10" in read_printed(out) or "uel-2025-10" in read_printed(out)
    )
    eventually(lambda: "There is room on the disk again" in read_printed(out))
    record_property(
        "seconds until it was told after there was room", round(time.monotonic() - began)
    )

    assert while_full == ""
    assert time.monotonic() - began < 30
    assert err.read_text().count('"event":"act"') == 1
    assert "traceback" not in err.read_text()
    assert small_disk.done("kill -0 $!") == 0


@pytest.mark.files
@pytest.mark.parametrize("seeds", [[1, 2], *long(range(3, 60, 8))])
async def test_a_database_with_a_flipped_bit_never_takes_all_that_is_known_for_new(
    open_desk, ministry, tmp_path: Path, clock, seeds: Iterable[int]
):
    async with open_desk() as desk:
        await desk.poll()
        for number in range(10, 30):
            ministry.publish(str(number), listing(number, f"Firm {number}"))
        await desk.poll()
        ear = Ear()
        await deliver(desk.pipeline.history, {ALERTS: ear}, desk.clock)
    told = len(ear.heard)
    store, whole = tmp_path / "store", tmp_path / "whole"
    store.rename(whole)
    clock.move_to(clock.now() + timedelta(hours=1))
    again = {}
    for seed in seeds:
        shutil.copytree(whole, store)
        flip_bit(store / DATABASE, random.Random(seed))
        ear = Ear()
        with suppress(MonitorError):  # SQLite, or we, have noticed
            async with open_desk() as desk:
                await poll(desk.pipeline, desk.pipeline.registry.source("toy.notices"))
                await deliver(desk.pipeline.history, {ALERTS: ear}, clock)
        again[seed] = len([key for key in ear.heard if key.endswith(":act")])
        shutil.rmtree(store)

    assert told >= 20
    assert {seed: times for seed, times in again.items() if times > 1} == {}


def flip_bit(database: Path, chance: random.Random) -> None:
    content = bytearray(database.read_bytes())
    content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
    database.write_bytes(content)
