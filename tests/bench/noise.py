"""`python -m tests.bench.noise CONFIG [SUPPLIERS]`: how many suppliers have a match, or a possible
one, on the `[[screen_against]]` lists of CONFIG, and each hit.

SUPPLIERS is any list that `monitor screen` takes; without it 5,000 names are drawn. Who of them is
listed in truth only the reader can tell.
"""

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from monitor.ask.screen import Screened, screen_questions
from monitor.clock import SystemClock
from monitor.config import load
from monitor.watch.values import MatchVerdict
from tests.bench.harness import draw_names

DRAWN = 5_000


def write_suppliers(file: Path) -> None:
    """A list of drawn names."""
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["Supplier"], *([name] for name in draw_names(DRAWN))])


def find_worst(hits: Sequence[Screened]) -> dict[str, Screened]:
    """The surest hit of each supplier."""
    order = sorted(hits, key=lambda hit: (hit.match.verdict, -hit.match.score))
    return {hit.asked: hit for hit in reversed(order)}


def main(config: Path, suppliers: Path) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as store:
        answer = screen_questions(
            load(config), Path(store), [str(suppliers)], now=SystemClock().now()
        )
    worst = find_worst(answer.by_others)
    counts = Counter(hit.match.verdict for hit in worst.values())
    listed = sum(one.entries for one in answer.lists)
    sys.stdout.write(
        f"{len(answer.asked):,} suppliers, {listed:,} listed on {len(answer.lists)} lists:"
        f" {counts[MatchVerdict.MATCH]} matches, {counts[MatchVerdict.POSSIBLE]} possible\n"
    )
    for problem in (one for one in answer.lists if one.problem):
        sys.stdout.write(f"not read: {problem.list}: {problem.problem}\n")
    for name, hit in sorted(worst.items(), key=lambda pair: (pair[1].match.verdict, pair[0])):
        said = hit.theirs.list if hit.theirs else ""
        sys.stdout.write(
            f"{hit.match.verdict} {hit.match.score:.2f} {name} | {said} | {hit.match.reason}\n"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "drawn.csv"
        write_suppliers(drawn)
        main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else drawn)
