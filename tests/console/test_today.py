"""The first page is narrowed by what matters to its reader, and marks what came since they looked."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from consoles import NOW
from sqlalchemy import delete, update
from tampering import tamper

from monitor.ask import replayed
from monitor.clock import format_instant
from monitor.config import Config
from monitor.config.settings import WatchSettings
from monitor.console import banner
from monitor.console.pages import read_visit
from monitor.model import to_json
from monitor.store.tables import ChangeRow, WatchedRow
from monitor.watch.values import ScreeningResult


def cards(answer) -> list:
    return BeautifulSoup(answer.text, "html.parser").select("section[aria-labelledby=told] li.line")


def titles(answer) -> set[str]:
    return {card.select_one(".subject").get_text() for card in cards(answer)}


async def test_what_was_told_is_narrowed_and_each_card_leads_to_its_act(client):
    whole = await client.get("/")
    open_ones = await client.get("/?only=open")
    marked = await client.get("/?severity=CHANGED")
    unreliable = await client.get("/?register=cn-unreliable-entities")

    assert titles(open_ones) < titles(whole)
    assert all("Nobody has taken it" in card.get_text() for card in cards(open_ones))
    assert {card.select_one(".how").get_text().split(" · ")[0] for card in cards(marked)} == {
        "Changed"
    }
    assert 0 < len(cards(unreliable)) < len(cards(whole))
    links = {link["href"] for card in cards(whole) for link in card.select(".subject a")}
    assert any(link.startswith("/act/") for link in links)
    assert {(await client.get(link)).status_code for link in links} == {200}


async def test_what_touches_us_is_told_once_in_full(client):
    answer = await client.get("/")
    page = BeautifulSoup(answer.text, "html.parser")
    touching = page.select("section[aria-labelledby=touching] li.line")
    above = {card.select_one(".subject").get_text() for card in touching}
    below = [card for card in cards(answer) if card.select_one(".subject").get_text() in above]

    assert len(below) == len(above) > 0
    assert all(card.select(".told, .touch") for card in touching)
    assert not any(card.select(".told, .touch") for card in below)


@pytest.mark.parametrize(
    "ours", ["NdFeB magnets,8505.11,neodymium; dysprosium", "Hammers,8205.20,"]
)
async def test_what_was_told_without_a_list_is_held_against_that_of_now(
    open_console, store, tmp_path, ours
):
    told = update(ChangeRow).where(ChangeRow.key == "mofcom-2025-70")
    tamper(store, told.values(touches=None), delete(WatchedRow))
    file = tmp_path / "products.csv"
    file.write_text(f"name,hs,materials\n{ours}\n")
    config = Config(watch=WatchSettings(products=(str(file),)))
    async with open_console(store, config=config) as client:
        answer = await client.get("/")
        of_act = BeautifulSoup((await client.get("/act/mofcom-2025-70")).text, "html.parser")
    page = BeautifulSoup(answer.text, "html.parser")
    (card,) = (
        one
        for one in page.select("li.line")
        if "six export controls" in one.get_text() and one.select(".told, .touch")
    )
    said = [
        line.get_text()
        for line in of_act.select(".told, .touch")
        if re.search("Your .*product", line.get_text())
    ]

    assert said
    assert all(f"Your watch list as it is now: {text}" in card.get_text() for text in said)
    assert "this was not compared with them" not in card.get_text()
    assert (card in page.select("section[aria-labelledby=touching] li")) == ("magnets" in ours)
    assert page.select("section[aria-labelledby=touching] a[href='/us']")


async def test_of_several_acts_one_told_without_a_list_is_held_against_that_of_now(
    open_console, store
):
    held = ScreeningResult(names=4, products=1, listed=2)
    tamper(store, update(ChangeRow).where(ChangeRow.key == "mofcom-2025-62").values(touches=held))
    async with open_console(store) as client:
        page = BeautifulSoup((await client.get("/")).text, "html.parser")
    both = [one for one in page.select("li.line") if "No. 61 and 62 of 2025 now" in one.text]
    (card,) = (one for one in both if one.select(".told, .touch"))

    assert "not compared with it" not in card.text
    assert "Your watch list as it is now: " in card.text


@pytest.mark.parametrize(("act", "said"), [("mofcom-2025-62", True), ("uel-2025-10", False)])
async def test_that_nothing_of_ours_is_touched_goes_as_far_as_goods_without_a_number_can_tell(
    open_console, store, tmp_path, act, said
):
    tamper(store, delete(WatchedRow))
    file = tmp_path / "products.csv"
    file.write_text("name,hs\nHammers,8205.20\n")
    config = Config(watch=WatchSettings(products=(str(file),)))
    async with open_console(store, config=config) as client:
        shown = (await client.get(f"/act/{act}")).text

    assert "is not touched by it" in shown
    assert ("goods that bear no tariff number are compared by code and words" in shown) == said


async def test_a_choice_that_nothing_has_is_said_to_be_of_what_was_told(client):
    shown = await client.get("/?authority=us-bis&only=ours")

    assert "alerts matches your choice" in shown.text


async def test_what_came_since_the_reader_looked_is_new_to_them(open_console):
    async with open_console() as client:
        first = await client.get("/")
        client.cookies.set("seen", f"2025-11-08T12:00:00Z|{format_instant(NOW)}")
        again = await client.get("/")
        new = await client.get("/?only=new")

    assert "New ·" not in " ".join(card.get_text(" ") for card in cards(first))
    assert titles(new) == {
        card.select_one(".subject").get_text() for card in cards(again) if card.select_one(".how b")
    }
    assert 0 < len(titles(new)) < len(titles(again))


@pytest.mark.parametrize(
    ("cookie", "seen"),
    [
        ("", ""),
        ("|2025-11-08T08:50:00Z", ""),
        ("2025-11-01T08:00:00Z|2025-11-08T08:50:00Z", "2025-11-01T08:00:00Z"),
        ("2025-11-01T08:00:00Z|2025-11-08T08:00:00Z", "2025-11-08T08:00:00Z"),
        ("<script>|x", ""),
    ],
)
def test_a_visit_lasts_half_an_hour(cookie, seen):
    assert read_visit(cookie, NOW) == seen


async def test_of_many_suspensions_that_ran_out_the_banner_names_the_latest(
    open_console, monkeypatch
):
    monkeypatch.setattr(banner, "NAMED", 1)
    async with open_console(now=NOW + timedelta(days=400)) as client:
        shown = BeautifulSoup((await client.get("/feeds")).text, "html.parser")
    said = next(
        line.get_text() for line in shown.select(".banner li") if "that ended" in line.get_text()
    )

    assert "seen since: 7, the last after " in said
    assert "No. 96 of 2025" in said
    assert "No. 70 of 2025" not in said


async def test_a_replay_says_on_every_page_that_it_is_not_of_today(open_console, store):
    mark = replayed.Mark(scenario="toy", finished=True, ended=NOW)
    (store / replayed.FILE).write_bytes(to_json(mark))
    async with open_console(store) as client:
        shown = BeautifulSoup((await client.get("/feeds")).text, "html.parser")

    first = shown.select_one(".banner li").get_text()
    assert first.startswith("Not of today: a replay, as of its own end on 8 Nov 2025 09:00 UTC")


async def test_a_source_that_was_never_read_is_named_though_others_of_its_authority_were(
    open_console,
):
    async with open_console(now=datetime(2025, 11, 7, 9, 10, tzinfo=UTC)) as client:
        shown = BeautifulSoup((await client.get("/feeds")).text, "html.parser")
    said = [line.get_text() for line in shown.select(".banner li")]

    never = next(line for line in said if line.startswith("Never read: "))
    (far,) = shown.select(".coverage")
    assert re.match(r"Never read: \d+ other sources of MOFCOM, ", never)
    assert never.removeprefix("Never read: ").partition(" · ")[0] in far.get_text()
    assert not any(line.startswith("Read as they should be: MOFCOM") for line in said)
