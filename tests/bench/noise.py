"""`python -m tests.bench.noise FILERS LISTINGS [MONTHS]`: how often a supplier list is touched by listings that are none of its.

FILERS has a real firm's name on each line (what a stock exchange or a registrar publishes), LISTINGS whom authorities listed in
so many MONTHS, as `monitor screen FILE --list` takes them. The filers become 50,000 suppliers as companies keep them: in capitals
cut at 35 characters, with another legal form or none, a place, a number before. Printed, never asserted: all that touches is
noise, but for the few that are listed indeed, so the first ones are printed as well.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from monitor.watch import exchange
from monitor.watch.entries import Party
from monitor.watch.lists import cleaned
from monitor.watch.match import WatchList, screen

SUPPLIERS = 50_000
SHOWN = 25
CUT = 35  # characters that the name field of an old system has
FORMS = ("Ltd", "GmbH", "Inc.", "Co., Ltd.", "S.A.", "LLC", "B.V.", "K.K.")
PLACES = ("Germany", "Shanghai", "USA", "Asia", "Europe", "Singapore", "UK")


def kept(filers: Sequence[str], dice: random.Random) -> Iterator[str]:
    """The filers as a company would keep them, each in several ways until there are enough."""
    ways = (
        lambda name: name,
        lambda name: name.upper(),
        lambda name: name[:CUT].strip(),
        lambda name: f"{name.split(',')[0].rsplit(' ', 1)[0]} {dice.choice(FORMS)}" if name.isascii() else name,
        lambda name: f"{name} {dice.choice(PLACES)}" if name.isascii() else name,
        lambda name: f"{dice.randrange(10_000, 999_999)} - {name}",
    )
    for number in range(SUPPLIERS):
        said = ways[number // len(filers) % len(ways)](filers[number % len(filers)])
        yield cleaned(said).name or said


def main(filers: Path, listings: Path, months: float) -> None:
    """Screen every listing against the suppliers and print how many touch."""
    names = [line for line in filers.read_text(encoding="utf-8").splitlines() if line.strip()]
    watch = WatchList(dict.fromkeys(Party(name=name) for name in kept(names, random.Random(5))))
    asked = list(exchange.asked(listings.name, listings.read_bytes(), print))
    found = [(each, match) for each in asked for match in screen(each.subject, watch)]
    for verdict in ("match", "possible"):
        touching = [(each, match) for each, match in found if match.verdict == verdict]
        rate = len(touching) / len(watch.entries) * 10_000 / months
        sys.stdout.write(f"{verdict}: {len(touching)} of {len(asked):,} listings × {len(watch.entries):,} suppliers,")
        sys.stdout.write(f" {rate:.2f} per 10,000 suppliers a month\n")
        for each, match in touching[:SHOWN]:
            sys.stdout.write(f"    {match.score:.2f} {each.name} | {match.entry.name} | {match.reason[-100:]}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 1.0)
