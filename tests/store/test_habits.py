"""What a source is compared with that its own page showed: an entry that always stands there, how
long it brought nothing new.
"""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Evidence
from monitor.source.habits import Expected
from monitor.source.page import Link, Request
from monitor.store import (
    Address,
    History,
    PageRead,
    PollEnds,
    Stamp,
    addresses,
    facts,
    polls,
    troubles,
)

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
INDEX = Request("https://toy.example/")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
READ = Evidence(url=INDEX.url, sha256="0" * 64, fetched_at="2026-11-26T08:00:00Z")


def show(
    history: History, place: Address, *names: str, at: datetime = NOW, body: str = "0" * 64
) -> None:
    """A page of the source shows these entries."""
    links = tuple((Link(f"https://toy.example/{name}", None), "toy.act") for name in names)
    history(facts.record_page, place, PageRead((), links, READ, Stamp(body)), lambda *_: None, at)


def index(history: History, at: datetime = NOW) -> Address:
    return history(addresses.take_up, "toy.s", [INDEX], "toy.s", at)[0]


def strange(history: History, expected: Expected, at: datetime = NOW) -> bool:
    """Whether the source is in trouble after a good poll."""
    history(polls.end, [PollEnds("toy.s", None, at, HOUR, expected=expected)])
    return [one.about for one in history(troubles.list_incident_states)] == ["toy.s"]


@pytest.mark.parametrize(
    ("canary", "shown", "is_strange"),
    [
        ("toy.example/1", ("2", "1"), False),
        ("toy.example/1", ("2",), True),
        ("toy%1", ("2", "1"), True),
        ("", ("2",), False),
        ("toy.example/1", (), False),
    ],
    ids=[
        "it stands there",
        "it does not",
        "its address has no such words",
        "none is declared",
        "nothing was ever listed",
    ],
)
def test_a_source_is_strange_where_what_always_stands_on_its_page_does_not(
    history: History, canary: str, shown: tuple[str, ...], is_strange: bool
):
    show(history, index(history), *shown)

    assert strange(history, Expected(canary=canary)) == is_strange


@pytest.mark.parametrize(
    ("shown", "is_strange"),
    [(("1",), True), (("2", "1"), False)],
    ids=["nothing new", "a new entry"],
)
def test_a_source_that_brings_nothing_new_for_longer_than_it_says_is_strange(
    history: History, shown: tuple[str, ...], is_strange: bool
):
    looks = []
    for days, names in ((0, ("1",)), (20, shown), (40, shown)):
        at = NOW + days * DAY
        show(history, index(history, at), *names, at=at)
        looks.append(strange(history, Expected(absence=30 * DAY), at))

    assert looks == [False, False, is_strange]


@pytest.mark.parametrize(("moves", "is_strange"), [("another page", True), ("its own page", False)])
def test_a_source_whose_own_page_is_the_same_for_longer_than_it_says_is_strange(
    history: History, moves: str, is_strange: bool
):
    page, looks = Request("https://toy.example/1"), []
    for days in (0, 20, 40):
        at = NOW + days * DAY
        own = index(history, at)
        other = history(addresses.save_handed_in_page, "toy.s", page, "toy.act", at)
        moved = other if moves == "another page" and days else own
        show(history, moved, at=at, body=f"{days:064}")
        looks.append(strange(history, Expected(unmoved=30 * DAY), at))

    assert looks == [False, False, is_strange]
