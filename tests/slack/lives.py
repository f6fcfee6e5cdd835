"""The real daemon over a prepared store, as many lives of it as a test wants to end."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from command import environment

CONFIG = """
store = "{store}"
packages = ["toy_scrapers"]
[slack]
api = "{api}"
channel = "{alerts}"
ops_channel = "{troubles}"
gap = "{gap} seconds"
grace = "{grace} seconds"
[fetch]
allow_private = true
{others}"""


class Lives:
    """One after another; each is a process of its own."""

    def __init__(self, log: Path, *modules: str) -> None:
        self._log = log
        self._nursery = subprocess.Popen(
            [sys.executable, Path(__file__).parent / "nursery.py", *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        self._pid = 0

    def begin(self, *arguments: str | Path, **secrets: str) -> None:
        asked = {
            "arguments": [str(each) for each in arguments],
            "environment": secrets,
            "log": str(self._log),
        }
        self._pid = int(self._told(json.dumps(asked)))

    def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """Its exit status: minus the signal it died of."""
        os.kill(self._pid, how)
        return int(self._told(""))

    def _told(self, line: str) -> str:
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(f"{line}\n")
        self._nursery.stdin.flush()
        return self._nursery.stdout.readline()

    def close(self) -> None:
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.close()
        self._nursery.wait()
        self._nursery.stdout.close()
