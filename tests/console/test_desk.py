import asyncio
import os
import shutil
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from acts import listing
from arrivals import arrive
from consoles import NOW
from sqlalchemy import update
from starlette.exceptions import HTTPException
from tampering import tamper

from monitor.ask.screen import Asking, make_entries
from monitor.config import Config, WatchSettings
from monitor.console import desk
from monitor.console.desk import READ, WAITING, ConsoleDesk
from monitor.errors import MonitorError, StoreError
from monitor.names.name import read_name
from monitor.store import History, PollEnds, polls, sightings, watched
from monitor.store import engine as engines
from monitor.store.tables import NamingRow, RegisterRow
from monitor.vocabulary.letters import bare
from monitor.watch.entries import Party


@pytest.fixture
def open_desk(every_source):
    opened = []

    def desk(store: Path) -> ConsoleDesk:
        made = ConsoleDesk(store, Config(), every_source, lambda: NOW)
        opened.append(made)
        return made

    yield desk
    for made in opened:
        made.close()


def look(desk: ConsoleDesk) -> None:
    """Ask something, after which the desk knows the store as it is."""
    with desk.at_one_moment():
        """Nothing is looked up."""


def test_the_store_is_opened_to_be_read_and_never_as_a_file_that_stays_as_it_is(
    open_desk, store, monkeypatch
):
    asked = []
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda place, **more: (asked.append(place), connect(place, **more))[1]
    )
    desk = open_desk(store)
    look(desk)
    desk.matches()

    assert asked
    assert all(place.endswith("?mode=ro") for place in asked)
    with pytest.raises(StoreError):
        desk.history(watched.add, [Party(name="Anybody")], NOW)


def test_a_store_that_can_be_read_only_as_a_copy_is_refused(open_desk, store, monkeypatch):
    monkeypatch.setattr(engines, "_is_copy", lambda _: True)

    with pytest.raises(StoreError, match="can be read only as a copy"):
        look(open_desk(store))


def test_a_store_at_which_nobody_can_look_is_no_store_that_was_never_filled(open_desk, tmp_path):
    with pytest.raises(StoreError, match="can't be read"):
        # a name that is too long fails as a folder does that is another's
        look(open_desk(tmp_path / ("x" * 300)))


def test_a_store_that_was_put_back_is_seen(open_desk, store, kept_store):
    desk = open_desk(store)
    look(desk)
    shutil.rmtree(store)
    look(desk)
    with pytest.raises(MonitorError, match="no act and no register was read yet"):
        desk.story("mofcom-2025-61")
    shutil.copytree(kept_store, store)
    look(desk)

    assert desk.story("mofcom-2025-61").acts


def test_the_watch_list_is_held_anew_once_more_is_recorded(open_desk, store):
    desk = open_desk(store)
    # or its first poll would make it fresh, which is said of what is known
    with History(store) as history:
        history(polls.end, [PollEnds("cn_mofcom.announcements", None, NOW, timedelta(1))])
    look(desk)
    matches = desk.matches()
    with History(store) as history:
        history(polls.end, [PollEnds("cn_mofcom.announcements", None, NOW, timedelta(1))])
    look(desk)
    assert desk.matches() is matches
    tamper(store, update(RegisterRow).values(read_at=datetime(2026, 1, 1, tzinfo=UTC)))
    look(desk)
    assert desk.matches() is not matches


def test_what_is_kept_of_the_watch_list_is_what_a_new_desk_finds(open_desk, store):
    owner = Party(name="Holding KG", parent="TechInsights", share=60.0)
    other = Party(name="Zweite Dedrone GmbH")
    desk = open_desk(store)

    def compare() -> set[tuple[str, str, bool]]:
        found = []
        for one in (desk, open_desk(store)):
            look(one)
            found.append(one.matches())
        assert found[0] == found[1]
        return {
            (hit.asked, hit.match.kind, hit.match.dismissed is not None) for hit in found[0].found
        }

    with History(store) as history:
        history(watched.add, [Party(name="TechInsights")], NOW)
    seen = [compare()]
    for change in (
        lambda history: history(watched.add, [owner, other], NOW),
        lambda _: desk.dismiss_match("TechInsights", "TechInsights Inc.", "li", undo=False),
        lambda history: arrive(history, listing(99, "Dedrone")),
        lambda history: history(watched.remove, owner.key),
    ):
        with History(store) as history:
            change(history)
        seen.append(compare())
    assert all(before != after for before, after in pairwise(seen))


@pytest.mark.parametrize("is_writable", [True, False])
async def test_names_of_an_earlier_version_are_made_ready_before_anybody_asks(
    open_console, store, monkeypatch, is_writable
):
    def refused(_: History):
        raise StoreError("it can't be written from here")

    asked = (
        "/search?q=Dedrone",
        "/asof?day=2025-11-15&entity=Dedrone",
        "/api/v1/entities?name=Dedrone",
    )
    answers = []
    for rules in ("as they are", "of an earlier version"):
        if rules == "of an earlier version":
            tamper(store, update(NamingRow).values(rules=rules))
            if not is_writable:
                monkeypatch.setattr(History, "to_write", refused)
        async with open_console(store) as client:
            screened = await client.post(
                "/api/v1/screen", json={"names": ["Dedrone"], "record": False}
            )
            answers.append([screened.text, *[(await client.get(path)).text for path in asked]])

    assert answers[0] == answers[1]
    assert all("Dedrone" in answer for answer in answers[0])


async def test_who_comes_while_too_many_wait_is_sent_away_and_nobody_else(open_desk, kept_store):
    turns, door = desk.Turns(open_desk(kept_store)), threading.Event()
    waiting = [asyncio.create_task(turns.once(lambda _: door.wait(30))) for _ in range(WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(HTTPException, match="too many questions wait"):
        await turns.once(lambda _: None)
    door.set()

    assert await asyncio.gather(*waiting) == [True] * WAITING
    assert await turns.once(lambda _: "again") == "again"
    turns.close()


def test_an_act_is_found_by_whatever_part_of_its_title_the_moment_it_is_known(open_desk, store):
    desk = open_desk(store)
    with History(store) as history:
        for key, number in (("", 0), ("uel-2025-777", 777)):
            if key:
                arrive(
                    history,
                    msgspec.structs.replace(
                        listing(number, "Dedrone"), title="关于进一步规范镝铽出口的公告"
                    ),
                )
            look(desk)
            titles = {
                act: bare(sighting.now.title)
                for act, sighting in history(sightings.load_law).acts.items()
            }
            for text in {
                title[begins:ends]
                for title in titles.values()
                for begins, ends in ((0, 9), (3, 12), (-9, None))
            }:
                assert (
                    desk.knowledge.acts.named(text)
                    == {act for act, title in titles.items() if text in title}
                    != set()
                ), text
            assert desk.knowledge.acts.named("规范镝铽出口的公") == ({key} if key else set())


def test_all_of_a_question_is_told_as_it_stood_at_one_moment(open_desk, store):
    desk = open_desk(store)
    with History(store) as history, desk.at_one_moment():
        before = desk.history(sightings.find_latest_change), len(desk.knowledge.law.acts)
        arrive(history, listing(777, "Dedrone"))
        assert (desk.history(sightings.find_latest_change), len(desk.knowledge.law.acts)) == before
    with desk.at_one_moment():
        assert desk.history(sightings.find_latest_change) > before[0]
        assert len(desk.knowledge.law.acts) == before[1] + 1


def test_a_watch_list_that_has_changed_is_read_anew(open_desk, store, tmp_path):
    desk, file = open_desk(store), tmp_path / "suppliers.csv"
    desk.config = msgspec.structs.replace(Config(), watch=WatchSettings(suppliers=(str(file),)))
    told = []
    for names_of in ("Zeta Oy", "Omega Oy"):
        file.write_text(f"Name\n{names_of}\n")
        os.utime(file, ns=(len(told), len(told)))
        look(desk)
        found = desk.screening(Asking(tuple(make_entries("Omega Oy")))).found
        told.append(
            (
                {entry.name for entry in desk.watched} & {"Zeta Oy", "Omega Oy"},
                [hit.match.entry.name for hit in found],
            )
        )

    assert told == [({"Zeta Oy"}, []), ({"Omega Oy"}, ["Omega Oy"])]


def test_of_very_many_names_that_were_read_none_is_kept_for_the_next_question(open_desk, store):
    read_name.cache_clear()
    desk = open_desk(store)
    read_name("Teal Drones, Inc.")
    look(desk)
    assert read_name.cache_info().currsize
    for number in range(READ):
        read_name(f"Teal Drones {number}, Inc.")
    look(desk)

    assert not read_name.cache_info().currsize
