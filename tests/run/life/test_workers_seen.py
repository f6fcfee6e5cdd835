"""What `monitor status` says of workers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.run.life.daemon_state import (
    NOBODY,
    SILENT,
    describe_workers,
    format_workers,
    has_live_worker,
)
from monitor.store import Worker

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
ONE = Worker(
    "north:1", NOW - timedelta(hours=1), NOW, ("polls", "rounds"), ("a", "b"), schedules=True
)
OTHER = Worker("south:2", NOW, NOW, ("deliveries",))


def test_each_is_named_with_what_it_does_and_one_that_fell_silent_with_what_becomes_of_its_work():
    silent = replace(OTHER, seen=NOW - SILENT - timedelta(seconds=1))
    one, other, fell = format_workers(describe_workers([ONE, OTHER, silent], NOW))

    assert one.startswith("worker north:1 works since")
    assert one.endswith("on polls, rounds: at a and b; handles due dates")
    assert other.endswith("on deliveries: at nothing this moment")
    assert "south:2: no report since" in fell
    assert next(format_workers(describe_workers([silent], NOW))) == NOBODY
    assert [*format_workers([])] == [NOBODY]


def test_a_machine_is_alive_where_its_own_worker_is_and_one_that_never_had_any_where_there_is_one_at_all():
    silent = replace(ONE, seen=NOW - timedelta(minutes=5))

    assert has_live_worker([ONE, OTHER], NOW, "north")
    assert not has_live_worker([silent, OTHER], NOW, "north")
    assert has_live_worker([silent, OTHER], NOW, "east")
    assert not has_live_worker([silent], NOW, "east")
    assert not has_live_worker([], NOW)


def test_a_worker_is_there_for_half_a_minute_after_its_last_word():
    on_time, late = (replace(OTHER, seen=NOW - SILENT - timedelta(seconds=more)) for more in (0, 1))

    assert [each.is_alive for each in describe_workers([on_time, late], NOW)] == [True, False]
    assert [each.schedules for each in describe_workers([ONE, OTHER], NOW)] == [True, False]
    assert not any(
        NOBODY in line for line in format_workers(describe_workers([on_time, late], NOW))
    )
