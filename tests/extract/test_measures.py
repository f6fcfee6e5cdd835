"""What acts do, in our own words, however much of them is understood: `texts/measures.txt`.

A page opens with `===` and what it is; behind `---` stands what it does, a line a measure; nothing
where it does nothing.
"""

from pathlib import Path

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement
from tests.extract.told import tell_measure

TEXTS = (Path(__file__).parent / "texts" / "measures.txt").read_text(encoding="utf-8")
PAGES = [page.partition("\n---\n") for page in TEXTS.removeprefix("=== ").split("\n=== ")]


@pytest.mark.parametrize(
    ("page", "lines"),
    [(page, lines) for page, _, lines in PAGES],
    ids=[page.split("\n")[0] for page, *_ in PAGES],
)
def test_what_an_act_does(page: str, lines: str) -> None:
    facts = extract.understand(read_text(page.partition("\n")[2]))

    done = [
        tell_measure(measure)
        for fact in facts
        if isinstance(fact, Announcement)
        for measure in fact.measures
    ]

    assert done == [line for line in lines.split("\n") if line]
