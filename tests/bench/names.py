"""`python -m tests.bench.names`: a name among 175,000 on record, beside rapidfuzz over the same
names in memory.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from rapidfuzz import fuzz, process

from monitor.ask.knowledge import KeptRecords, make_names_ready
from monitor.ask.screen import check
from monitor.store import History
from monitor.watch.entries import Party
from monitor.watch.match import WatchList
from tests.bench.harness import draw_names, fill_store, print_line

NAMES, ASKED = 175_000, 300


def measure(work: Callable[[], object]) -> float:
    """Seconds of a processor, once: whoever asks has not asked before."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    every, others, dice = list(draw_names(NAMES)), draw_names(ASKED, seed=8), random.Random(11)
    asked = [dice.choice((other, dice.choice(every))) for other in others]
    low = [name.casefold() for name in every]
    with tempfile.TemporaryDirectory() as folder:
        fill_store(Path(folder), NAMES)
        with History(Path(folder)) as history:
            made = measure(lambda: make_names_ready(history))
            records, nobody = KeptRecords(history), WatchList(())
            # tables of letters and places are made once
            check([Party(name=asked[0])], nobody, records)
            took = [
                measure(lambda name=name: check([Party(name=name)], nobody, records))
                for name in asked
            ]  # type: ignore[misc]  # bound at once
    scan = lambda name: process.extract(  # noqa: E731
        name.casefold(), low, scorer=fuzz.token_sort_ratio, limit=10
    )
    floor = median(measure(lambda name=name: scan(name)) for name in asked[:20])  # type: ignore[misc]  # ditto
    sys.stdout.write(f"{NAMES:,} names made ready in {made:.0f} s\n")
    print_line("rapidfuzz.process.extract over all of them", floor, floor)
    print_line("a name on record, the median", median(took), floor, "at most 25 ms")
    print_line("a name on record, 99 of 100", quantiles(took, n=100)[98], floor, "at most 250 ms")


if __name__ == "__main__":
    main()
