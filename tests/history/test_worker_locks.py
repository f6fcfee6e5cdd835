"""What several processes hold between them, in a database of PostgreSQL; each `Shared` stands for a process."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import postgres
import pytest

from monitor.config.stores import Store
from monitor.errors import StoreAway
from monitor.history import History, Worker
from monitor.history.postgres import LAG, Shared

NOW = datetime(2026, 3, 5, tzinfo=UTC)
GAP = timedelta(seconds=0.2)
LONG = timedelta(seconds=2)


@pytest.fixture
def store(postgres_server, with_tables, tmp_path: Path) -> Iterator[Store]:
    name = postgres.a_name()
    yield Store(tmp_path / "own", postgres_server.create(name, with_tables))
    postgres_server.drop(name)


@pytest.fixture
def process(store) -> Iterator[Callable[[], Shared]]:
    made: list[Shared] = []

    def another() -> Shared:
        made.append(Shared(store.database))
        return made[-1]

    yield another
    for shared in made:
        shared.close()


def eventually(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_name_is_one_process_s_until_it_gives_it_back_or_ends(process):
    one, other = process(), process()
    assert [one.take("a"), one.take("b")] == [True, True]
    assert [other.take("b"), other.take("c")] == [False, True]
    assert one.give_back("b")
    assert other.take("b")
    assert not one.give_back("b")
    one.close()
    eventually(lambda: other.take("a"))


def test_the_first_who_asks_is_elected_until_it_ends(process):
    one, other = process(), process()
    assert [one.is_elected(), other.is_elected(), one.is_elected()] == [True, False, True]
    one.close()
    eventually(other.is_elected)


def test_a_host_is_asked_by_one_process_at_a_time_a_gap_apart_and_no_other_host_waits_for_that(process):
    one, other = process(), process()
    other.turn("d.example", GAP)  # it is connected
    assert [one.turn("b.example", LONG), one.turn("a.example", LONG)] == [0.0, 0.0]
    shared, free = other.turn("a.example", GAP), other.turn("c.example", GAP)
    assert free == 0.0
    assert 0 < shared <= LONG.total_seconds() + LAG
    time.sleep(shared)
    assert other.turn("a.example", GAP) == 0.0


def test_turns_of_a_clock_that_was_set_back_close_no_host(process):
    one = process()
    one.turn("a.example", timedelta(days=1))
    assert one.turn("a.example", GAP) == 0.0


def test_who_works_at_what_is_on_record_until_it_ends_or_long_after_it_died(process, store):
    one = process()
    worker = Worker("here:1", NOW, NOW, ("polls", "rounds"), ("a", "b"), schedules=True)
    with History(store) as history:
        one.beat(Worker("here:0", NOW, NOW - timedelta(days=2), ("polls",)))
        one.beat(Worker("here:1", NOW, NOW, ("polls",)))
        one.beat(worker)
        assert [(known.name, [*known.doing], known.schedules) for known in history.workers()] == [("here:1", ["a", "b"], True)]
        one.gone("here:1")
        assert history.workers() == []


@pytest.mark.long
def test_a_database_that_goes_away_takes_all_along_and_all_is_free_when_it_is_back(own_postgres, tmp_path):
    store = Store(tmp_path / "own", own_postgres.create("held"))
    History(store).close()
    one = Shared(store.database)
    assert one.take("alerts")
    assert one.is_elected()
    own_postgres.stop("immediate")
    with pytest.raises(StoreAway):
        one.is_elected()
    with pytest.raises(StoreAway):
        one.take("ops")
    with pytest.raises(StoreAway):
        one.give_back("alerts")
    own_postgres.start()
    other = Shared(store.database)
    assert other.is_elected()
    assert not one.is_elected()
    assert other.take("alerts")
    one.close()
    other.close()
