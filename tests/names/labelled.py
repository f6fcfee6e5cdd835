"""The labelled pairs: are these two one and the same? The rules were tuned on all but every
third.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from monitor.model import Entity
from monitor.watch.entries import Party
from monitor.watch.match import Thresholds, WatchList, screen_subject


class Pair(NamedTuple):
    """A row of pairs.csv."""

    one: str
    other: str
    same: bool
    kind: str
    about: str


class Scored(NamedTuple):
    """A pair and how alike the screening found the two."""

    pair: Pair
    score: float


def _pairs() -> list[Pair]:
    with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return [
            Pair(row["one"], row["other"], row["same"] == "yes", row["kind"], row["about"])
            for row in csv.DictReader(file)
        ]


PAIRS = _pairs()
TUNED = [pair for number, pair in enumerate(PAIRS) if number % 3]


def scored(pairs: Sequence[Pair]) -> list[Scored]:
    """Each pair screened: the first as listed, the second as one entry among all the others of
    the set.
    """
    watch = WatchList(dict.fromkeys(_party(pair) for pair in pairs), Thresholds(review=0.01))
    return [Scored(pair, _score(pair, watch)) for pair in pairs]


def _party(pair: Pair) -> Party:
    return Party(name=pair.other, person=pair.kind == "person")


def _score(pair: Pair, watch: WatchList) -> float:
    entity = Entity(names={"en": pair.one}, kind="person" if pair.kind == "person" else "org")
    return max(
        (match.score for match in screen_subject(entity, watch) if match.entry == _party(pair)),
        default=0.0,
    )


def precision_and_recall(found: Iterable[Scored], threshold: float) -> tuple[float, float]:
    """How many of the matches are true, and how many of the true ones are matched."""
    rows = list(found)
    matched = [row.pair.same for row in rows if row.score >= threshold]
    return sum(matched) / len(matched), sum(matched) / sum(row.pair.same for row in rows)
