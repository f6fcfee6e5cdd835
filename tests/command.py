"""The command line as tests run it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = Path(__file__).parent


def environment() -> dict[str, str]:
    """That of a user without Slack. Byte code is kept: hundreds of processes would compile us anew each."""
    ours = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(TESTS)]), "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": ""}
    return {key: value for key, value in os.environ.items() if not key.startswith("SLACK_")} | ours


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "monitor", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment())


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    (line,) = result.stderr.splitlines()
    return line


def eventually(happened: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
