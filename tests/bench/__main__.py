"""`python -m tests.bench [PAIRS]` prints the table of docs/performance.md, and writes the page."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.bench import commands, console, matching, names, registers, trial
from tests.bench.harness import Row

DOCUMENT = Path(__file__).parents[2] / "docs/performance.md"
INTRODUCTION = """# What it costs

`make bench` wrote this page on {day}: Python {python}, {cores} cores, load {load}.
Milliseconds of a processor, beside others in the same run; a first alert by the clock.

"""
HEAD = ("|what|figure|beside|times|at most|", "|---|---|---|---|---|")


def introduce() -> str:
    """When and where it is measured."""
    now, python = datetime.now(UTC), ".".join(map(str, sys.version_info[:2]))
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    day = f"{now.day} {now:%B %Y}"
    return INTRODUCTION.format(day=day, python=python, cores=os.cpu_count(), load=load)


def measure(pairs: str) -> Iterator[Row]:
    """All that is measured, one after the other."""
    benches = (commands, console, trial, registers, names)
    for bench in (*(one.measure for one in benches), partial(matching.measure, pairs)):
        yield from bench()


def main(pairs: str) -> None:
    """Print each row once it is measured, and write the page in the end."""
    lines = [*HEAD]
    sys.stdout.write("\n".join(lines) + "\n")
    for row in measure(pairs):
        lines.append(str(row))
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()
    DOCUMENT.write_text(introduce() + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main("".join(sys.argv[1:2]))
