"""What we are measured beside, each installed in a folder of its own, away from ours."""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "peers"
VERSIONS = {"urlwatch": "2.29", "webchanges": "3.37.0", "nomenklatura": "4.17.4"}


def install(name: str) -> Path | None:
    """The folder of a peer's commands; None, and a line that says why, where it can't be had."""
    commands = FOLDER / name / "bin"
    if not (FOLDER / "bin" / name).exists():  # which is made last
        place = {"UV_TOOL_DIR": str(FOLDER), "UV_TOOL_BIN_DIR": str(FOLDER / "bin")}
        asked = [Path(sys.executable).with_name("uv"), "tool", "install", "--quiet"]
        done = subprocess.run(
            [*asked, f"{name}=={VERSIONS[name]}"],
            env=os.environ | place,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.stderr.write(f"left out, for it can't be installed: {name}: {done.stderr[-300:]}\n")
            return None
    return commands
