import os
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from acts import listing
from arrivals import arrive
from consoles import NOW

from monitor.config import Config, WatchSettings
from monitor.console import desk as desks
from monitor.console.desk import ConsoleDesk
from monitor.errors import StoreError
from monitor.history import History, PollEnds, polls, sightings, watched
from monitor.history import engine as engines
from monitor.history import names as kept_names
from monitor.history import registers as stored_registers
from monitor.pipeline.screen import Asking, entries_of
from monitor.vocabulary.letters import bare
from monitor.watch import names
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


def look(desk: ConsoleDesk) -> tuple[object, ...]:
    """What differs once an answer could."""
    with desk.at_one_moment() as stamp:
        return stamp


def test_the_store_is_opened_to_be_read_and_never_as_a_file_that_stays_as_it_is(open_desk, store: Path, monkeypatch):
    asked = []
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda place, **more: (asked.append(place), connect(place, **more))[1])
    desk = open_desk(store)
    look(desk)
    desk.matches()

    assert asked
    assert all(place.endswith("?mode=ro") for place in asked)
    with pytest.raises(StoreError):
        desk.history(watched.add, [Party(name="Anybody")], NOW)


def test_a_store_that_can_be_read_only_as_a_copy_is_refused(open_desk, store: Path, monkeypatch):
    monkeypatch.setattr(engines, "_is_copy", lambda _: True)

    with pytest.raises(StoreError, match="can be read only as a copy"):
        look(open_desk(store))


def test_a_store_at_which_nobody_can_look_is_no_store_that_was_never_filled(open_desk, tmp_path: Path):
    with pytest.raises(StoreError, match="can't be read"):
        look(open_desk(tmp_path / ("x" * 300)))  # a name that is too long fails as a folder does that is another's


def test_a_store_that_was_put_back_is_seen(open_desk, store: Path, kept_store: Path):
    desk = open_desk(store)
    before = look(desk)
    shutil.rmtree(store)
    gone = look(desk)
    shutil.copytree(kept_store, store)
    again = look(desk)

    assert len({before, gone, again}) == 3
    assert desk.story("mofcom-2025-61").acts


def test_what_is_known_is_kept_until_more_is_recorded(open_desk, store: Path):
    desk = open_desk(store)
    with History(store) as history:  # or its first poll would make it fresh, which is said of what is known
        history(polls.end, [PollEnds("cn_mofcom.announcements", None, NOW, timedelta(1))])
    look(desk)
    known, matches, registers = desk.knowledge, desk.matches(), desk.history(stored_registers.statuses)
    with History(store) as history:
        history(polls.end, [PollEnds("cn_mofcom.announcements", None, NOW, timedelta(1))])
    moved = look(desk)

    assert moved == look(desk)
    assert desk.knowledge is known
    assert desk.matches() is matches
    assert desk.history(stored_registers.statuses) is registers
    with closing(sqlite3.connect(store / "history.sqlite")) as database, database:
        database.execute("UPDATE register SET read_at = '2026-01-01 00:00:00'")
    look(desk)
    assert desk.knowledge is not known
    assert desk.history(stored_registers.statuses) != registers


def test_an_act_is_found_by_whatever_part_of_its_title_the_moment_it_is_known(open_desk, store: Path):
    desk = open_desk(store)
    with History(store) as history:
        for key, number in (("", 0), ("uel-2025-777", 777)):
            if key:
                arrive(history, msgspec.structs.replace(listing(number, "Dedrone"), title="关于进一步规范镝铽出口的公告"))
            look(desk)
            titles = {act: bare(sighting.now.title) for act, sighting in history(sightings.law).acts.items()}
            for text in {title[begins:ends] for title in titles.values() for begins, ends in ((0, 9), (3, 12), (-9, None))}:
                assert desk.knowledge.acts.named(text) == {act for act, title in titles.items() if text in title} != set(), text
            assert desk.knowledge.acts.named("规范镝铽出口的公") == ({key} if key else set())


def test_all_of_a_question_is_told_as_it_stood_at_one_moment(open_desk, store: Path):
    desk = open_desk(store)
    with History(store) as history, desk.at_one_moment():
        before = desk.history(sightings.latest_change), len(desk.knowledge.law.acts)
        arrive(history, listing(777, "Dedrone"))
        assert (desk.history(sightings.latest_change), len(desk.knowledge.law.acts)) == before
    with desk.at_one_moment():
        assert desk.history(sightings.latest_change) > before[0]
        assert len(desk.knowledge.law.acts) == before[1] + 1


async def test_while_names_are_made_ready_who_asks_for_one_is_told_so_and_others_are_answered(open_console, store, monkeypatch):
    ahead, may_go_on = ConsoleDesk.read_ahead, threading.Event()
    monkeypatch.setattr(kept_names.make_some, "__defaults__", (8,))
    monkeypatch.setattr(ConsoleDesk, "read_ahead", lambda desk: ahead(desk) if may_go_on.is_set() else not may_go_on.wait(0.01))
    asked = ("/search?q=Dedrone", "/asof?day=2025-11-15&entity=Dedrone", "/api/v1/entities?name=Dedrone")
    with closing(sqlite3.connect(store / "history.sqlite")) as database, database:
        database.execute("UPDATE naming SET rules = 'of an earlier version'")

    async def answers(client) -> list[httpx.Response]:
        screened = await client.post("/api/v1/screen", json={"names": ["Dedrone"]})
        return [screened, *[await client.get(path) for path in asked]]

    async with open_console(store) as client:
        early, other = await answers(client), await client.get("/act/uel-2025-10")
        may_go_on.set()
        while (await client.get(asked[0])).status_code == 503:
            """They are told so until nothing is left."""
        late = await answers(client)
    async with open_console(store) as client:
        once_more = await answers(client)

    assert {answer.status_code for answer in early} == {503}
    assert all("names are made ready to be searched" in answer.text for answer in early)
    assert other.status_code == 200
    assert [answer.text for answer in late] == [answer.text for answer in once_more]
    assert all("Dedrone" in answer.text for answer in late)


async def test_what_is_written_just_as_a_question_begins_is_not_kept_as_what_stood_before(open_console, store, monkeypatch):
    begin, waiting = History.at_one_moment, [Party(name="Zeta Oy")]

    def begin_late(history: History):
        if waiting:
            with History(store) as writer:
                writer(watched.add, [waiting.pop()], NOW)
        return begin(history)

    monkeypatch.setattr(History, "at_one_moment", begin_late)
    async with open_console(store) as client:
        with_it = (await client.get("/us")).text
        with History(store) as writer:
            writer(watched.remove, next(entry.key for entry in writer(watched.entries) if entry.name == "Zeta Oy"))
        without = (await client.get("/us")).text

    assert "Zeta Oy" in with_it
    assert "Zeta Oy" not in without


def test_a_watch_list_that_has_changed_is_read_anew(open_desk, store: Path, tmp_path: Path):
    desk, file = open_desk(store), tmp_path / "suppliers.csv"
    desk.config = msgspec.structs.replace(Config(), watch=WatchSettings(suppliers=(str(file),)))
    told = []
    for names_of in ("Zeta Oy", "Omega Oy"):
        file.write_text(f"Name\n{names_of}\n")
        os.utime(file, ns=(len(told), len(told)))
        look(desk)
        found = desk.screening(Asking(tuple(entries_of("Omega Oy")))).found
        told.append(({entry.name for entry in desk.watched} & {"Zeta Oy", "Omega Oy"}, [hit.match.entry.name for hit in found]))

    assert told == [({"Zeta Oy"}, []), ({"Omega Oy"}, ["Omega Oy"])]


def test_of_very_many_names_that_were_read_none_is_kept_for_the_next_question(open_desk, store: Path, monkeypatch):
    names.read.cache_clear()
    desk = open_desk(store)
    look(desk)
    names.read("Teal Drones, Inc.")
    desk.rest()
    assert names.read.cache_info().currsize
    monkeypatch.setattr(desks, "READ", 0)
    desk.rest()

    assert not names.read.cache_info().currsize
