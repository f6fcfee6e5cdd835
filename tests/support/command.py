"""The command line as tests run it: in this process, or `apart` in one of its own where only a
process shows what is asked.
"""

import asyncio
import functools
import io
import logging
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import typer.main

from monitor.cli.app import main
from monitor.config import redact

ROOT = Path(__file__).parent.parent.parent
TESTS = Path(__file__).parent.parent
# all the commands of the program, from their functions
MADE_ONCE = functools.cache(typer.main.get_command)
FAR = 120.0  # seconds: beyond what anything here takes on a machine with much else to do


@dataclass(frozen=True)
class Done:
    """What a command said, and its exit status."""

    returncode: int
    stdout: str
    stderr: str


def environment(**variables: str) -> dict[str, str]:
    """That of a user without Slack. Byte code is kept: hundreds of processes would compile us
    anew each.
    """
    ours = {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(TESTS), str(TESTS / "support")]),
        "COLUMNS": "200",
        "PYTHONDONTWRITEBYTECODE": "",
    }
    return (
        {key: value for key, value in os.environ.items() if not key.startswith("SLACK_")}
        | ours
        | variables
    )


def run(*arguments: str | bytes | Path, **variables: str) -> Done:
    """`monitor` in this process, as in a new one: nothing is left of it but what it wrote.
    `variables` are its environment's.
    """
    words = [os.fsdecode(argument) for argument in arguments]
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _ran(words, variables)
    with ThreadPoolExecutor(1) as thread:  # a command has a loop of its own
        return thread.submit(_ran, words, variables).result()


def typed(place: Path, words: str, *more: str | Path, **variables: str) -> Done:
    """`monitor` with words as they are typed, and more; `place` is its config.toml or its store."""
    named = "--config" if place.suffix == ".toml" else "--store"
    return run(named, place, *shlex.split(words), *more, **variables)


def apart(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`monitor` in a process of its own."""
    command = [sys.executable, "-m", "monitor", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=environment(**variables),
        timeout=FAR,
    )


def _ran(words: list[str], variables: dict[str, str]) -> Done:
    out, err = _stream("strict"), _stream("backslashreplace")
    with (
        mock.patch.dict(os.environ, environment(**variables), clear=True),
        mock.patch.object(sys, "argv", ["monitor", *words]),
        mock.patch.object(typer.main, "get_command", MADE_ONCE),
        _logging_of_its_own(),
        _secrets_of_its_own(),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            status = ended.code
    assert isinstance(status, int)
    return Done(status, _written(out), _written(err))


def _stream(errors: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors, newline="")


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


@contextmanager
def _logging_of_its_own() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("monitor")
    before = root.level, ours.level, list(root.handlers), sys.excepthook, threading.excepthook
    root.handlers.clear()
    with warnings.catch_warnings():
        try:
            yield
        finally:
            logging.captureWarnings(capture=False)
            root.handlers[:] = before[2]
            root.setLevel(before[0])
            ours.setLevel(before[1])
            sys.excepthook, threading.excepthook = before[3:]


@contextmanager
def _secrets_of_its_own() -> Iterator[None]:
    """What one command learnt of secrets must not hide what another would print."""
    with (
        mock.patch.object(redact, "_variables", set(redact.SLACK)),
        mock.patch.object(redact, "_written", set()),
    ):
        yield


class Running:
    """A daemon: a process of its own, and what it has said so far."""

    def __init__(self, settings: Path, folder: Path, **variables: str) -> None:
        self._out, self._err = folder / "daemon.out", folder / "daemon.err"
        command = [sys.executable, "-m", "monitor", "--config", str(settings), "run"]
        with self._out.open("w") as out, self._err.open("w") as err:
            self._process = subprocess.Popen(
                command, stdout=out, stderr=err, env=environment(**variables)
            )
        self.pid = self._process.pid

    @property
    def out(self) -> str:
        return read_printed(self._out)

    @property
    def err(self) -> str:
        return read_printed(self._err)

    @property
    def over(self) -> bool:
        return self._process.poll() is not None

    def ended(self) -> int:
        """Its exit status, once it has come to an end by itself."""
        return self._process.wait(FAR)

    def told(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def stopped(self) -> int:
        """Its exit status, once it was told to end."""
        self._process.send_signal(signal.SIGTERM)
        return self.ended()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def read_printed(file: Path) -> str:
    """What a running command has printed so far: it may be in the middle of a letter."""
    return file.read_text(errors="replace")


def one_line(result: Done | subprocess.CompletedProcess[str]) -> str:
    (line,) = result.stderr.splitlines()
    return line


def eventually(happened: Callable[[], bool], seconds: float = FAR) -> None:
    """Wait until it has happened; the time is there to end a test that waits in vain."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
