"""On the channel of an authority that a scraper declares no act is silent, whatever the form of its
page, and what only speaks of one is none.

`texts/own-channel.txt`: the authority, the page, and behind `=>` what a reader learns of it; where
nothing stands behind, the page decides nothing.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor import extract, vocabulary
from monitor.document import read_text
from monitor.vocabulary import Authority
from tests.extract.told import tell

TEXT = (Path(__file__).parent / "texts" / "own-channel.txt").read_text(encoding="utf-8")
PAGES = TEXT.strip().split("\n\n")


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    vocabulary.use(
        (
            Authority("nz-mft", "Ministry of Foreign Trade", zone="Pacific/Auckland"),
            Authority("ke-tcb", "Trade Controls Bureau"),
        )
    )
    yield
    vocabulary.use()


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.split("\n")[1])
def test_an_act_on_its_own_channel_is_told_and_what_speaks_of_one_is_none(case):
    page, _, expected = case.partition("\n=>\n")
    authority, _, text = page.partition("\n")

    told = [tell(fact) for fact in extract.understand(read_text(text), authority=authority)]

    assert told == ([expected.split("\n")] if expected else [])
