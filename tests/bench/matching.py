"""Our recall of labelled pairs of names beside that of nomenklatura's logic-v2, which runs in an
environment of its own (`logic_v2`).
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.harness import Row
from tests.bench.peers import install

ALL = re.compile(
    r"^names at (\w+): precision (\S+), recall (\S+); logic-v2 .* on (\S+), (\S+)$", re.MULTILINE
)


def measure(pairs: str) -> Iterator[Row]:
    """All pairs, as matches and as what is to be reviewed; `pairs` is a `pairs.jsonl`."""
    commands = install("nomenklatura") if pairs else None
    if not commands:
        yield Row("labelled pairs", "not measured: `make bench PAIRS=pairs.jsonl` would")
        return
    monitor = Path(sys.executable).with_name("monitor")
    script = [commands / "python", Path(__file__).with_name("logic_v2.py")]
    done = subprocess.run([*script, pairs, monitor], check=True, capture_output=True, text=True)
    for called, sure, ours, their_sure, theirs in ALL.findall(done.stdout):
        yield Row(
            f"labelled pairs, {called}",
            f"recall {ours}, precision {sure}",
            f"logic-v2: {theirs}, {their_sure}",
            f"{float(ours) / float(theirs):.2f}" if float(theirs) else "",
        )
