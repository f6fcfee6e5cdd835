"""`python -m tests.bench.matching [PAIRS] [--beside PYTHON]`: names matched, with nomenklatura's logic-v2 beside it in one run.

PAIRS has a pair a line: `watch_name`, `aliases`, `country`, `ids`, `listed` (by language), `listed_aliases`, `listed_country`,
`listed_ids`, `person`, `label` (match, no, review), `reach` (name, knowledge, id). Without it those of tests/watch are taken.
PYTHON is an interpreter that has nomenklatura: it needs ICU and half a gigabyte, so it is no dependency of ours. Printed for each
group: precision and recall at 0.70 and 0.85, and the most recall that either reaches at a precision of 0.97.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from monitor.model import Entity
from monitor.watch.entries import Party
from monitor.watch.match import Thresholds, WatchList, screen
from tests.watch.labelled import PAIRS

Pair = dict[str, Any]
REVIEW, MATCH, SURE = 0.70, 0.85, 0.97
BESIDE = Path(__file__).parent / "logic_v2.py"
GROUPS: dict[str, Callable[[Pair], bool]] = {
    "names": lambda _: True,
    "names of registers": lambda pair: not pair.get("kind", "").startswith("nk_"),
    "organisations": lambda pair: not pair["person"],
    "persons": lambda pair: pair["person"],
    "Chinese, Japanese": lambda pair: any(letter > "\u2e80" for letter in pair["watch_name"]),
}


def own() -> list[Pair]:
    """Our own pairs in the same form."""
    blank = {"aliases": [], "country": None, "ids": [], "listed_aliases": [], "listed_country": None, "listed_ids": []}
    return [
        {**blank, "watch_name": pair.other, "listed": {"en": pair.one}, "person": pair.kind == "person",
         "label": "match" if pair.same else "no", "reach": "name"}
        for pair in PAIRS
    ]  # fmt: skip


def ours(pairs: Sequence[Pair]) -> list[float]:
    """Each pair's score, the entry among all the others."""
    watch = WatchList([_party(number, pair) for number, pair in enumerate(pairs)], Thresholds(review=0.01))
    return [
        max((match.score for match in screen(_entity(pair), watch) if match.entry.origin == str(number)), default=0.0)
        for number, pair in enumerate(pairs)
    ]


def _party(number: int, pair: Pair) -> Party:
    return Party(
        name=pair["watch_name"], aliases=tuple(pair["aliases"]), country=pair["country"], ids=tuple(pair["ids"]),
        person=pair["person"], origin=str(number),
    )  # fmt: skip


def _entity(pair: Pair) -> Entity:
    ids = {str(number): said for number, said in enumerate(pair["listed_ids"])}
    kind = "person" if pair["person"] else "org"
    aliases = tuple(pair["listed_aliases"])
    return Entity(names=pair["listed"], aliases=aliases, country=pair["listed_country"], kind=kind, ids=ids)  # type: ignore[arg-type]  # one of both


def theirs(pairs: Sequence[Pair], python: str) -> list[float]:
    """Each pair's score by logic-v2."""
    asked = "".join(json.dumps(pair) + "\n" for pair in pairs)
    answer = subprocess.run([python, str(BESIDE)], input=asked, capture_output=True, text=True, check=True)
    return [float(line) for line in answer.stdout.split()]


def figures(labels: Sequence[str], scores: Sequence[float], least: float) -> tuple[float, float]:
    """Precision and recall of what scores at least so much; pairs for a person count in neither."""
    found = [label for label, score in zip(labels, scores, strict=True) if score >= least and label != "review"]
    true = found.count("match")
    return true / len(found) if found else 1.0, true / max(labels.count("match"), 1)


def best(labels: Sequence[str], scores: Sequence[float]) -> float:
    """The most recall at a precision of 0.97 or more."""
    every = (figures(labels, scores, least) for least in sorted(set(scores)) if least > 0)
    return max((recall for precision, recall in every if precision >= SURE), default=0.0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="?", type=Path)
    parser.add_argument("--beside", metavar="PYTHON")
    asked = parser.parse_args()
    lines = asked.pairs.read_text(encoding="utf-8").splitlines() if asked.pairs else []
    pairs = [pair for pair in (map(json.loads, lines) if lines else own()) if pair["reach"] == "name"]
    scored = {"ours": ours(pairs), **({"logic-v2": theirs(pairs, asked.beside)} if asked.beside else {})}
    for group, has in GROUPS.items():
        rows = [number for number, pair in enumerate(pairs) if has(pair)]
        labels = [pairs[number]["label"] for number in rows]
        for name, scores in scored.items():
            mine = [scores[number] for number in rows]
            told = " ".join(
                f"{least:.2f}: P {p:.3f} R {r:.3f} " for least in (REVIEW, MATCH) for p, r in (figures(labels, mine, least),)
            )
            sys.stdout.write(f"{group:20} {len(rows):4} {name:9} {told} R at P {SURE}: {best(labels, mine):.3f}\n")


if __name__ == "__main__":
    main()
