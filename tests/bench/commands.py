"""What commands take, beside an import of the libraries that they use."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.harness import Row, compare, fill_store

RUNS = 7
LIBRARIES = "import httpx, sqlmodel, bs4, lxml, typer, rich"
MOST = {"--help": "300", "status": "1,200", "screen Huaxin": "1,200"}


def measure_cpu(*command: str) -> float:
    """The median of some runs in seconds of a processor, after one that warms the disk."""
    spent = []
    for _ in range(RUNS + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(spent[1:])


def measure() -> Iterator[Row]:
    """Each command, asked of a store with a register of a thousand rows."""
    floor = measure_cpu(sys.executable, "-c", LIBRARIES)
    monitor = str(Path(sys.executable).with_name("monitor"))
    with tempfile.TemporaryDirectory() as store:
        fill_store(Path(store), 1_000)
        for asked, most in MOST.items():
            took = measure_cpu(monitor, "--store", store, *asked.split())
            yield compare(f"`monitor {asked}`", took, "imports", floor, most)
