"""What a source is compared with that its own page showed: an entry that always stands there, how
long it brought nothing new.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model import Evidence
from monitor.source.habits import Expected
from monitor.source.page import Link, Request
from monitor.store import History, PageRead, PollEnds, Stamp, addresses, facts, polls, troubles

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
INDEX = Request("https://toy.example/")
READ = Evidence(url=INDEX.url, sha256="0" * 64, fetched_at="2026-11-26T08:00:00Z")


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
    place = history(addresses.take_up, "toy.s", [INDEX], "toy.s", NOW)[0]
    links = tuple((Link(f"https://toy.example/{name}", None), "toy.act") for name in shown)
    history(
        facts.record_page, place, PageRead((), links, READ, Stamp("0" * 64)), lambda *_: None, NOW
    )
    history(
        polls.end,
        [PollEnds("toy.s", None, NOW, timedelta(hours=1), expected=Expected(canary=canary))],
    )

    assert (
        [trouble.about for trouble in history(troubles.list_incident_states)] == ["toy.s"]
    ) == is_strange


@pytest.mark.parametrize(
    ("shown", "is_strange"),
    [(("1",), True), (("2", "1"), False)],
    ids=["nothing new", "a new entry"],
)
def test_a_source_that_brings_nothing_new_for_longer_than_it_says_is_strange(
    tmp_path: Path, shown: tuple[str, ...], is_strange: bool
):
    expected = Expected(absence=timedelta(days=30))
    with History(tmp_path) as history:
        for days, names in ((0, ("1",)), (20, shown), (40, shown)):
            at = NOW + timedelta(days=days)
            place = history(addresses.take_up, "toy.s", [INDEX], "toy.s", at)[0]
            links = tuple((Link(f"https://toy.example/{name}", None), "toy.act") for name in names)
            history(
                facts.record_page,
                place,
                PageRead((), links, READ, Stamp("0" * 64)),
                lambda *_: None,
                at,
            )
            history(polls.end, [PollEnds("toy.s", None, at, timedelta(hours=1), expected=expected)])

        assert (
            [trouble.about for trouble in history(troubles.list_incident_states)] == ["toy.s"]
        ) == is_strange


@pytest.mark.parametrize(("moves", "is_strange"), [("another page", True), ("its own page", False)])
def test_a_source_whose_own_page_is_the_same_for_longer_than_it_says_is_strange(
    tmp_path: Path, moves: str, is_strange: bool
):
    expected = Expected(unmoved=timedelta(days=30))
    with History(tmp_path) as history:
        for days in (0, 20, 40):
            at = NOW + timedelta(days=days)
            own = history(addresses.take_up, "toy.s", [INDEX], "toy.s", at)[0]
            other = history(
                addresses.save_handed_in_page,
                "toy.s",
                Request("https://toy.example/1"),
                "toy.act",
                at,
            )
            moved = other if moves == "another page" and days else own
            history(
                facts.record_page,
                moved,
                PageRead((), (), READ, Stamp(f"{days:064}")),
                lambda *_: None,
                at,
            )
            history(polls.end, [PollEnds("toy.s", None, at, timedelta(hours=1), expected=expected)])

        assert (
            [trouble.about for trouble in history(troubles.list_incident_states)] == ["toy.s"]
        ) == is_strange
