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
from monitor.model import Announcement
from monitor.vocabulary import Authority, Series
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


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Notice No. 17 of 2026: Export ban on tungsten", "nz-mft-2026-17"),
        ("Order No. 3 of 2026: Export ban on tungsten", "nz-mft-order-2026-3"),
    ],
)
def test_an_authority_may_declare_how_it_numbers_its_acts_in_english(title, key):
    series = (Series("nz-mft", "MFT"), Series("nz-mft-order", "MFT Order"))
    vocabulary.use((Authority("nz-mft", "Ministry of Foreign Trade", "Pacific/Auckland", series),))
    page = f"{title}\nThe Ministry of Foreign Trade has decided to suspend Notice No. 14 of 2026."

    (act,) = extract.understand(read_text(page), authority="nz-mft")

    assert isinstance(act, Announcement)
    assert (act.key, act.number) == (key, title.partition(":")[0].partition(" ")[2])
    assert [target.key for one in act.measures for target in one.amends] == ["nz-mft-2026-14"]
