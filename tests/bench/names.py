"""A name among 175,000 on record, beside rapidfuzz over the same names in memory."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

from rapidfuzz import fuzz, process

from monitor.ask.knowledge import KeptRecords, make_names_ready
from monitor.ask.screen import check
from monitor.store import History
from monitor.watch.entries import Party
from monitor.watch.match import WatchList
from tests.bench.harness import Row, compare, draw_names, fill_store

NAMES, ASKED = 175_000, 300
SCAN = "`rapidfuzz.process.extract`"


def time_once(work: Callable[[str], object], name: str) -> float:
    """Seconds of a processor, once: whoever asks has not asked before."""
    began = time.process_time()
    work(name)
    return time.process_time() - began


def measure() -> Iterator[Row]:
    """Half of the names that are asked for are on record."""
    every, others, dice = list(draw_names(NAMES)), draw_names(ASKED, seed=8), random.Random(11)
    asked = [dice.choice((other, dice.choice(every))) for other in others]
    low = [name.casefold() for name in every]
    with tempfile.TemporaryDirectory() as folder:
        fill_store(Path(folder), NAMES)
        with History(Path(folder)) as history:
            make_names_ready(history)
            records, nobody = KeptRecords(history), WatchList(())
            ask = lambda name: check([Party(name=name)], nobody, records)  # noqa: E731
            ask(asked[0])  # tables of letters and places are made once
            took = [time_once(ask, name) for name in asked]
    scan = lambda name: process.extract(  # noqa: E731
        name.casefold(), low, scorer=fuzz.token_sort_ratio, limit=10
    )
    floor = median(time_once(scan, name) for name in asked[:20])
    yield compare(f"one of {NAMES:,} names, median", median(took), SCAN, floor, "25")
    yield compare("the same, 99 of 100", quantiles(took, n=100)[98], SCAN, floor, "250")
