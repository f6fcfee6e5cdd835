"""A storm, and what came of it.

`PYTHONPATH=tests/support:tests/slack python -m tests.bench.storm [KILLS RESTARTS ACTS TROUBLES]`
"""

import sys
import tempfile
from pathlib import Path

from storm import storm

# four acts owe five messages, two days of troubles one each: 400 alerts
WHOLE = (200, 20, 160, 200)


def main() -> None:
    """Raise it, and print."""
    kills, restarts, acts, troubles = map(int, sys.argv[1:5]) if sys.argv[1:] else WHOLE
    with (
        tempfile.TemporaryDirectory(prefix="storm-") as folder,
        storm(Path(folder), seed=kills) as coming,
    ):
        coming.owe(acts, troubles)
        came = coming.endure(kills, restarts, 1.0)
        for line in (*came.lines(), *came.tracebacks):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
