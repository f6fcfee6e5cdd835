import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from consoles import NOW

from monitor.config import Config
from monitor.console import desk as desks
from monitor.console.desk import Desk
from monitor.errors import StoreError
from monitor.history import History, PollEnds
from monitor.history import engine as engines
from monitor.watch import names
from monitor.watch.entries import Party


@pytest.fixture
def open_desk(every_source):
    opened = []

    def desk(store: Path) -> Desk:
        made = Desk(store, Config(), every_source, lambda: NOW)
        opened.append(made)
        return made

    yield desk
    for made in opened:
        made.close()


def test_the_store_is_opened_to_be_read_and_never_as_a_file_that_stays_as_it_is(open_desk, store: Path, monkeypatch):
    asked = []
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda place, **more: (asked.append(place), connect(place, **more))[1])
    desk = open_desk(store)
    desk.look()
    desk.matches()

    assert asked
    assert all(place.endswith("?mode=ro") for place in asked)
    with pytest.raises(StoreError):
        desk.history.watch([Party(name="Anybody")], NOW)


def test_a_store_that_can_be_read_only_as_a_copy_is_refused(open_desk, store: Path, monkeypatch):
    monkeypatch.setattr(engines, "_is_copy", lambda _: True)

    with pytest.raises(StoreError, match="can be read only as a copy"):
        open_desk(store).look()


def test_a_store_at_which_nobody_can_look_is_no_store_that_was_never_filled(open_desk, tmp_path: Path):
    with pytest.raises(StoreError, match="can't be read"):
        open_desk(tmp_path / ("x" * 300)).look()  # a name that is too long fails as a folder does that is another's


def test_a_store_that_was_put_back_is_seen(open_desk, store: Path, kept_store: Path):
    desk = open_desk(store)
    before = desk.look()
    shutil.rmtree(store)
    gone = desk.look()
    shutil.copytree(kept_store, store)
    again = desk.look()

    assert len({before, gone, again}) == 3
    assert desk.story("mofcom-2025-61").acts


def test_what_is_known_is_kept_until_more_is_recorded(open_desk, store: Path):
    desk = open_desk(store)
    desk.look()
    known, matches, days = desk.knowledge, desk.matches(), desk.key_dates(NOW.date(), NOW.date() + timedelta(days=30))
    with History(store) as history:
        history.polls_end([PollEnds("cn_mofcom.announcements", None, NOW, timedelta(1))])
    moved = desk.look()

    assert moved == desk.look()
    assert desk.knowledge is known
    assert desk.matches() is matches
    assert desk.key_dates(NOW.date(), NOW.date() + timedelta(days=30)) is days
    with sqlite3.connect(store / "history.sqlite") as database:
        database.execute("UPDATE register SET read_at = '2026-01-01 00:00:00'")
    desk.look()
    assert desk.knowledge is not known


def test_of_very_many_names_that_were_read_none_is_kept_for_the_next_question(open_desk, store: Path, monkeypatch):
    desk = open_desk(store)
    desk.look()
    names.read("Teal Drones, Inc.")
    desk.rest()
    assert names.read.cache_info().currsize
    monkeypatch.setattr(desks, "READ", 0)
    desk.rest()

    assert not names.read.cache_info().currsize
