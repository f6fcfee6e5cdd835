"""`uv run --no-project --with nomenklatura python tests/bench/logic_v2.py PAIRS MONITOR`: our recall
of labelled pairs of names beside that of nomenklatura's logic-v2 at a precision no lower.

PAIRS is a `pairs.jsonl` of labelled names, MONITOR the command. It imports nothing of ours, so that
neither has to live with what the other needs.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from followthemoney import EntityProxy
from nomenklatura.matching import get_algorithm

Pair = dict[str, Any]
MATCH, REVIEW = 0.85, 0.70
GROUPS: dict[str, Callable[[Pair], bool]] = {
    "names": lambda _: True,
    "organisations": lambda pair: not pair["person"],
    "persons": lambda pair: pair["person"],
    "cjk": lambda pair: any(letter > "\u2e80" for letter in pair["watch_name"]),
}


def score_ours(pairs: Iterable[Pair], monitor: str) -> dict[str, float]:
    """Each pair's score by `monitor screen`, all entries being one list."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "asked.jsonl", Path(folder) / "list.jsonl"
        for file, make in zip(files, (make_subject, make_entry), strict=True):
            file.write_text("\n".join(json.dumps(make(pair)) for pair in pairs), encoding="utf-8")
        command = (monitor, "--store", folder, "screen", str(files[0]), "--list", str(files[1]))
        told = subprocess.run(
            (*command, "--review", "0.01", "--json"), check=True, capture_output=True, text=True
        ).stdout
    hits = [hit for hit in map(json.loads, told.splitlines()) if hit.get("match")]
    own = [hit for hit in hits if hit["asked"]["ref"] == hit["match"]["entry"]["ref"]]
    return {hit["asked"]["ref"]: hit["match"]["score"] for hit in own}


def make_subject(pair: Pair) -> Pair:
    """What is listed, as `monitor screen` takes it."""
    return {
        "ref": str(pair["id"]),
        "names": pair["listed"],
        "aliases": pair["listed_aliases"],
        "country": pair["listed_country"],
        "kind": "person" if pair["person"] else "org",
        "ids": {str(number): mark for number, mark in enumerate(pair["listed_ids"])},
    }


def make_entry(pair: Pair) -> Pair:
    """An entry of a watch list, ditto."""
    kept = {field: pair[field] for field in ("aliases", "country", "ids")}
    kind = "person" if pair["person"] else "org"
    return {"ref": str(pair["id"]), "name": pair["watch_name"], "kind": kind, **kept}


def score_theirs(pairs: Iterable[Pair]) -> Iterator[tuple[str, float]]:
    """Each pair's score by logic-v2."""
    algorithm = get_algorithm("logic-v2")
    assert algorithm is not None
    for pair in pairs:
        ours = (pair["watch_name"], *pair["aliases"]), pair["country"], pair["ids"]
        listed = (*pair["listed"].values(), *pair["listed_aliases"])
        theirs = listed, pair["listed_country"], pair["listed_ids"]
        # it remembers names by the id of their owner
        two = [
            make_proxy(f"{side}{pair['id']}", pair["person"], *about)
            for side, about in (("w", ours), ("l", theirs))
        ]
        yield str(pair["id"]), algorithm.compare(*two, algorithm.default_config()).score


def make_proxy(
    key: str, person: bool, names: Iterable[str], country: str | None, ids: Iterable[str]
) -> EntityProxy:
    """A person or a firm of FollowTheMoney."""
    where, number = (
        ("nationality", "idNumber") if person else ("jurisdiction", "registrationNumber")
    )
    told = {"name": [*names], where: [country.lower()] if country else [], number: [*ids]}
    schema = "Person" if person else "Company"
    return EntityProxy.from_dict({"id": key, "schema": schema, "properties": told})


def measure(pairs: Iterable[Pair], scores: dict[str, float], least: float) -> tuple[float, float]:
    """Precision and recall from a threshold on."""
    rows = [(pair["label"], scores.get(str(pair["id"]), 0.0)) for pair in pairs]
    true, false = (
        sum(label == said and score >= least for label, score in rows) for said in ("match", "no")
    )
    of = sum(label == "match" for label, _ in rows)
    return true / (true + false) if true + false else 1.0, true / of if of else 1.0


def main(file: Path, monitor: str) -> None:
    """Measure and print each group and kind of pairs, at the threshold of logic-v2 from which all
    names together are no less precise than ours.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = [pair for pair in map(json.loads, lines) if pair["reach"] == "name"]
    ours, theirs = score_ours(pairs, monitor), dict(score_theirs(pairs))
    groups = {group: [*filter(belongs, pairs)] for group, belongs in GROUPS.items()}
    for pair in pairs:
        groups.setdefault(pair["kind"], []).append(pair)
    groups = {
        group: some
        for group, some in groups.items()
        if any(pair["label"] == "match" for pair in some)
    }
    for called, least in (("match", MATCH), ("review", REVIEW)):
        sure = measure(pairs, ours, least)[0]
        tries = (number / 100 for number in range(1, 102))
        their_least = next(one for one in tries if measure(pairs, theirs, one)[0] >= sure)
        for group, some in groups.items():
            mine, other = measure(some, ours, least), measure(some, theirs, their_least)
            sys.stdout.write(
                f"{group} at {called}: precision {mine[0]:.3f}, recall {mine[1]:.3f};"
                f" logic-v2 from {their_least:.2f} on {other[0]:.3f}, {other[1]:.3f}\n"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
