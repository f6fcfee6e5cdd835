import pytest

from monitor.model import PageChange, Rewording
from monitor.watch.entries import Party, Product
from monitor.watch.in_words import spoken_of
from monitor.watch.match import WatchList
from monitor.watch.screening import screened

WATCH = WatchList(
    [
        Party(name="Harbour Metals Ltd"),
        Party(name="港口金属有限公司"),
        Party(name="Ace Inc."),
        Product(name="Pump", eccn=("2B350",)),
    ]
)


def names(before: str, after: str) -> list[str]:
    return [next(iter(subject.names.values())) for subject in spoken_of(before, after, WATCH)]


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        ("", "Added: HARBOUR METALS LTD, of Garden Road", ["Harbour Metals Ltd"]),
        ("", "licences of Harbour Metals are revoked", ["Harbour Metals Ltd"]),
        ("", "现将港口金属有限公司列入名单", ["港口金属有限公司"]),
        ("", "items of 2B350 need a licence", ["Pump"]),
        ("", "the harbour, metals and others", ["Harbour Metals Ltd"]),
        ("", "Harbourside Metals", []),
        ("", "an ace of spades", []),
        ("", "Ace Inc. is listed", ["Ace Inc."]),
        ("Harbour Metals Ltd may export", "Harbour Metals Ltd may not export", []),
        ("Harbour Metals Ltd is named", "", []),
    ],
)
def test_whoever_stands_in_words_that_came_is_found_and_nobody_else(before: str, after: str, who: list[str]):
    assert names(before, after) == who


def test_a_name_in_the_words_that_came_to_a_page_is_a_hit():
    change = PageChange(page="page:x", rewordings=(Rewording(after="Harbour Metals Ltd is listed"),))
    result = screened(change, WATCH)
    assert [match.entry for match in result.sure] == ["Harbour Metals Ltd"]
    assert (result.names, result.products) == (3, 1)
