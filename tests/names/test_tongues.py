"""Pairs of listed firms and names of ours in another tongue of Latin letters, labelled before the
rules: `tongues.csv`.
"""

import csv
from pathlib import Path

from each import for_each

from monitor.model import Entity
from monitor.watch.entries import Party
from monitor.watch.match import MATCH, REVIEW, WatchList, screen_subject

with Path(__file__).with_name("tongues.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
RANGES = {
    "found": (REVIEW, 1.01),
    "none": (0, REVIEW),
    "possible": (REVIEW, MATCH),
    "match": (MATCH, 1.01),
}


@for_each("row", ROWS, ids=lambda row: f"{row['listed']}-{row['ours']}")
def test_a_firm_is_found_by_its_name_in_another_tongue_and_no_other_is(row: dict[str, str]):
    listed = Entity(names={"en": row["listed"]}, kind="org", country=row["country"] or None)
    watch = WatchList([Party(name=row["ours"], country=row["at"] or None), Party(name="Zymurgy")])
    score = max((one.score for one in screen_subject(listed, watch)), default=0)
    least, below = RANGES[row["verdict"]]

    assert least <= score < below
