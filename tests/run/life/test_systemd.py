import asyncio
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from command import FAR

from monitor.run.life import systemd


@pytest.fixture(params=["file", "abstract"])
def heard(request, tmp_path: Path, monkeypatch) -> Iterator[Callable[[], list[str]]]:
    """What a supervisor hears, line by line, at each of the two kinds of places that it may
    listen at.
    """
    place = (
        str(tmp_path / "notify")
        if request.param == "file"
        else f"@monitor-{os.getpid()}-{time.monotonic_ns()}"
    )
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as ear:
        ear.bind(place.replace("@", "\0") if place.startswith("@") else place)
        ear.settimeout(5)
        monkeypatch.setenv(systemd.PLACE, place)
        yield lambda: ear.recv(4096).decode().splitlines()


def test_a_supervisor_hears_that_the_service_is_ready_works_and_stops(heard):
    systemd.notify_ready("watching 1 source")
    systemd.notify_working("reading 1 now")
    systemd.notify_stopping()

    assert heard() == ["READY=1", "STATUS=watching 1 source"]
    assert heard() == ["WATCHDOG=1", "STATUS=reading 1 now"]
    assert heard() == ["STOPPING=1", "STATUS=stopping"]


def test_a_reload_is_told_with_the_moment_of_it_by_the_clock_that_systemd_asks_for(heard):
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    systemd.notify_reloading()
    word, moment, _ = heard()

    assert word == "RELOADING=1"
    assert (
        before
        <= int(moment.removeprefix("MONOTONIC_USEC="))
        <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    )


@pytest.mark.parametrize("place", [None, "", "relative", "/no/such/place", "@nobody-listens"])
def test_without_a_supervisor_that_listens_nothing_happens(
    place: str | None, monkeypatch, tmp_path: Path
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(systemd.PLACE, raising=False)
    if place is not None:
        monkeypatch.setenv(systemd.PLACE, place)

    systemd.notify_working("nobody hears this")

    assert list(tmp_path.iterdir()) == []


def test_a_supervisor_that_hears_nothing_any_more_holds_nobody_up(tmp_path: Path, monkeypatch):
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as deaf:
        deaf.bind(str(tmp_path / "notify"))
        monkeypatch.setenv(systemd.PLACE, str(tmp_path / "notify"))
        before = time.monotonic()
        for _ in range(1_000):
            systemd.notify_working("and again")

    # a thirtieth of a second for each, however busy the machine is
    assert time.monotonic() - before < 30


@pytest.mark.parametrize(
    ("variables", "beats"),
    [
        ({"WATCHDOG_USEC": "40000"}, True),
        ({"WATCHDOG_USEC": "40000", "WATCHDOG_PID": str(os.getpid())}, True),
        ({"WATCHDOG_USEC": "40000", "WATCHDOG_PID": "1"}, False),  # it watches another
        ({"WATCHDOG_USEC": "20000000"}, False),  # ticks are enough
        ({"WATCHDOG_USEC": "soon"}, False),
        ({}, False),
    ],
)
async def test_a_watchdog_of_less_patience_than_two_ticks_hears_more_as_long_as_ticks_succeed(
    heard, monkeypatch, variables: dict[str, str], beats: bool
):
    for name in ("WATCHDOG_USEC", "WATCHDOG_PID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    asked, unwell = 0, asyncio.Event()

    def is_well() -> bool:
        nonlocal asked
        asked += 1
        if asked > 3:
            unwell.set()
        return asked <= 3

    beating = asyncio.get_running_loop().create_task(systemd.keep_beating(5.0, is_well))
    await asyncio.wait_for(unwell.wait(), FAR) if beats else await asyncio.sleep(0.5)
    beating.cancel()
    systemd.notify_stopping()
    told = [heard()[0]]
    while told[-1] != "STOPPING=1":
        told.append(heard()[0])

    assert told == [*["WATCHDOG=1"] * (3 if beats else 0), "STOPPING=1"]
