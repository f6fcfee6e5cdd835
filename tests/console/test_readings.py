"""Two readings of a page stand side by side, with the words marked that went and that came."""

import re

import pytest
from bs4 import BeautifulSoup

from monitor.console.archived import fold_pairs, mark_words
from monitor.render.wordings import align_lines

EDITED = "/readings?of=mofcom-2025-80"


def page(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def marked(answer, side: str) -> list[str]:
    return [mark.get_text() for mark in page(answer).select(f"td.{side} mark")]


async def test_the_last_two_readings_are_compared_and_the_other_way_round_where_that_is_asked(
    client,
):
    last = await client.get(EDITED)
    older, newer = [option["value"] for option in page(last).select("#old option")]
    turned = await client.get(f"{EDITED}&old={newer}&new={older}")

    assert "（更正）" in marked(last, "came")
    assert "（更正）" not in marked(last, "went")
    assert "（更正）" in marked(turned, "went")
    assert "Both have the same words" in (await client.get(f"{EDITED}&old={newer}")).text


async def test_an_act_of_which_two_readings_are_on_record_leads_to_them(client):
    edited, other = [
        page(await client.get(f"/act/mofcom-2025-{number}")).select_one("a[href^='/readings']")
        for number in (80, 61)
    ]

    assert edited["href"] == EDITED
    assert edited.get_text() == "its 2 readings side by side"
    assert other is None


async def test_one_reading_is_said_to_be_alone_on_record(client):
    shown = " ".join(page(await client.get("/readings?of=mofcom-2025-62")).get_text().split())

    assert re.search(
        r"No other reading of it is on record; none of \d+ sources is up to date", shown
    )


@pytest.mark.parametrize("asked", ["of=mofcom-1999-1", "of=mofcom-2025-80&old=ab", "of="])
async def test_what_is_not_on_record_is_not_compared(client, asked):
    assert (await client.get(f"/readings?{asked}")).status_code == 404


async def test_a_page_that_is_asked_for_by_its_address_is_found(client):
    shown = await client.get("/readings?of=http://ministry.example/80")

    assert len(page(shown).select("#old option")) == 2


def test_a_line_that_was_reworded_stands_beside_what_it_was_and_others_beside_nothing():
    before = ["Head", "A licence is needed from 1 May 2026 on.", "It goes."]
    after = ["Head", "A licence is needed from 1 June 2026 on.", "第三条"]

    assert list(align_lines(before, after)) == [
        ("Head", "Head"),
        (before[1], after[1]),
        ("It goes.", ""),
        ("", after[2]),
    ]


def test_of_two_wordings_the_words_are_marked_that_are_in_one_of_them_only():
    old, new = mark_words("自5月1日起施行", "自6月1日起施行")

    assert [piece.text for piece in old if piece.marked] == ["5"]
    assert [piece.text for piece in new if piece.marked] == ["6"]
    assert "".join(piece.text for piece in new) == "自6月1日起施行"


def test_far_from_what_differs_lines_are_only_counted():
    lines = [(f"{at}", f"{at}") for at in range(9)] + [("old", "new")]

    assert [pair.same for pair in fold_pairs(lines)] == [7, 0, 0, 0]
