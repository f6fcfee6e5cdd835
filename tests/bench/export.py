"""`python -m tests.bench.export`: a register of 175,000 rows exported, against a bare SELECT of its columns written by csv.

As many as all registers name together. Each in a process of its own: CPU seconds from where its modules are there to where the
file is, those of the whole process, and its peak memory, interpreter and libraries included.
"""

import csv
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 175_000
RUNS = 3
MOST_MEGABYTES, MOST_TIMES = 120, 5.0
COLUMNS = "reader, row, name, subject, first_seen, gone, held_since"


def bare(store: Path, file: Path) -> None:
    """The floor."""
    database = sqlite3.connect(f"file:{store / 'history.sqlite'}?mode=ro", uri=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(database.execute(f"SELECT {COLUMNS} FROM listed ORDER BY id"))


def export(store: Path, file: Path) -> None:
    """The command, whole."""
    from monitor.cli.app import app  # noqa: PLC0415 - for the process that measures it alone

    app(["--store", str(store), "export", "rows", "--out", str(file)], standalone_mode=False)


def imports() -> None:
    """What the command loads when it runs."""
    import monitor.cli.app  # noqa: PLC0415
    import monitor.cli.asking  # noqa: PLC0415
    import monitor.pipeline.exports  # noqa: PLC0415
    from monitor.config import Config  # noqa: PLC0415
    from monitor.source.registry import Registry  # noqa: PLC0415

    assert monitor
    Registry(Config())


def fill(store: Path, _: Path) -> None:
    """The store that is exported; in a process of its own, since a large one would hand its peak down to those it starts."""
    from tests.bench import console  # noqa: PLC0415 - which those that are measured do without

    console.fill(store, 100, ROWS)


ACTIONS = {"bare": bare, "export": export, "fill": fill}


def act(action: str, store: Path, file: Path) -> None:
    """Do it, and print CPU seconds, those of the whole process, peak megabytes."""
    if action == "export":
        imports()
    began = time.process_time()
    ACTIONS[action](store, file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stderr.write(f"{time.process_time() - began} {sum(os.times()[:2])} {peak}\n")


def alone(action: str, store: Path, file: Path) -> tuple[float, float, float]:
    """The same, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.export", action, str(store), str(file)]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, whole, peak = map(float, ended.stderr.splitlines()[-1].split())
    return seconds, whole, peak


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        store, file = Path(folder) / "store", Path(folder) / "rows.csv"
        alone("fill", store, file)
        runs = [[alone(action, store, file) for action in ("bare", "export")] for _ in range(RUNS)]
        (floor, floor_whole), (ours, ours_whole) = ([min(run[side][part] for run in runs) for part in (0, 1)] for side in (0, 1))
        peak = max(run[1][2] for run in runs)
    sys.stdout.write(f"bare SELECT, csv      {floor:6.2f} s CPU, the whole process {floor_whole:6.2f} s\n")
    sys.stdout.write(f"monitor export rows   {ours:6.2f} s CPU {ours / floor:5.2f} x (at most {MOST_TIMES:g}), ")
    sys.stdout.write(f"the whole process {ours_whole:6.2f} s {ours_whole / floor_whole:5.2f} x, ")
    sys.stdout.write(f"peak {peak:4.0f} MB (at most {MOST_MEGABYTES})\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        act(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
