"""A search is narrowed by authority, register, year and state, and downloaded as it is narrowed."""

import csv
import io
import re

from bs4 import BeautifulSoup

ASKED = "/search?q=cn-mofcom"


def page(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def facet(answer, name: str) -> dict[str, tuple[int, str]]:
    """The values of a facet, each with its count and its address."""
    links = page(answer).select(f"nav[aria-label={name}] a")
    counted = (re.fullmatch(r"(.+) (\d+)", link.get_text()) for link in links)
    return {
        found[1]: (int(found[2]), link["href"])
        for found, link in zip(counted, links, strict=True)
        if found
    }


def lines(answer) -> list[str]:
    return [line.get_text(" ") for line in page(answer).select("main .lines .how")]


async def test_each_value_of_a_facet_leads_to_as_many_parts_as_it_says(client):
    whole = await client.get(ASKED)
    states = facet(whole, "state")

    assert len(states) > 1
    assert sum(number for number, _ in states.values()) == len(lines(whole))
    narrowed = [lines(await client.get(address)) for _, address in states.values()]
    assert [len(some) for some in narrowed] == [number for number, _ in states.values()]
    assert sorted(line for some in narrowed for line in some) == sorted(lines(whole))


async def test_a_chosen_value_is_marked_and_leads_back_and_narrows_the_others(client):
    number, address = facet(await client.get(ASKED), "register")["dual-use export control list"]
    narrowed = await client.get(address)
    chosen = page(narrowed).select_one("nav[aria-label=register] a[aria-current]")

    assert sum(count for count, _ in facet(narrowed, "state").values()) == number
    assert chosen["href"] == ASKED
    assert "Unreliable Entity List" in facet(narrowed, "register")


async def test_the_file_has_the_lines_that_are_shown_and_all_of_them(client):
    _, address = facet(await client.get(ASKED), "register")["dual-use export control list"]
    shown = await client.get(address)
    link = page(shown).select_one("a[href^='/search.csv']")["href"]
    _, *rows = csv.reader(io.StringIO((await client.get(link)).text.removeprefix("\ufeff")))

    assert len(rows) == len(lines(shown)) > 1
    assert {row[2] for row in rows} == {"dual-use export control list"}


async def test_a_choice_that_nothing_has_is_not_taken_for_nothing_on_record(client):
    shown = page(await client.get(f"{ASKED}&year=1999")).select_one("main").get_text(" ")

    assert "Nothing on record about it is of what is chosen" in shown
    assert "othing on record is about it" not in shown


async def test_passages_are_narrowed_by_the_acts_that_they_stand_in(client):
    asked = "/search?q=用于军事用途的出口申请"
    whole = await client.get(asked)
    state, (_, address) = min(facet(whole, "state").items(), key=lambda one: one[1][0])
    narrowed = await client.get(address)

    passages = [len(page(answer).select(".passage")) for answer in (whole, narrowed)]
    assert 0 < passages[1] < passages[0], state
