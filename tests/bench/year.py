"""`python -m tests.bench.year [SEED…]`: a simulated year of fifty sources and 300 changes in two processes, a table a seed."""

import logging
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from toy_offices import offices
from year.account import Account, Summary, together
from year.life import live
from year.plan import drawn

SEEDS = (0, 1, 2)
HALVES = (offices.NAMES[:25], offices.NAMES[25:])


def half(seed: int, which: int) -> Summary:
    """Half of the sources, with half of the changes, for a year."""
    logging.disable(logging.CRITICAL)  # each failure of a site is a line
    days, changes = (int(os.environ.get(name, usual)) for name, usual in (("YEAR_DAYS", 365), ("YEAR_CHANGES", 300)))
    plan = drawn(2 * seed + which, HALVES[which], lasting=timedelta(days=days), changes=changes // 2)
    return Account(live(plan)).summary()


def main() -> None:
    """Live and print."""
    for seed in map(int, sys.argv[1:]) if len(sys.argv) > 1 else SEEDS:
        began = time.perf_counter()
        with ProcessPoolExecutor(2) as pool:
            summaries = list(pool.map(half, (seed, seed), (0, 1)))
        sys.stdout.write(f"seed {seed}, in {time.perf_counter() - began:.0f} s\n")
        sys.stdout.writelines(f"  {line}\n" for line in together(summaries))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
