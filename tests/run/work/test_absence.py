"""A database that does not answer."""

import gc
import logging
from datetime import timedelta
from types import SimpleNamespace

from monitor.errors import StoreAway
from monitor.run.work import worker
from monitor.run.work.worker import Absence, WorkerProcess
from monitor.store import OPS


async def test_it_is_said_once_and_asked_ever_more_rarely(desk, caplog):
    absence = Absence(desk.clock)
    caplog.set_level(logging.INFO, logger="monitor.run.work")

    def told() -> list[str]:
        return [record.levelname for record in caplog.records if record.name == worker.__name__]

    pauses = [absence.noticed(StoreAway("nobody answers")) for _ in range(9)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 5.0
    assert absence.is_away
    assert told() == ["ERROR"]

    await absence.over(desk.pipeline.history)
    await absence.over(desk.pipeline.history)
    assert not absence.is_away
    assert told() == ["ERROR", "INFO"]
    assert await desk.waiting(OPS) == []


async def test_people_are_owed_word_of_one_that_lasted_once_by_all_who_noticed_it(desk):
    workers = [Absence(desk.clock) for _ in range(3)]
    for absence in workers:
        desk.clock.move_to(desk.clock.now() + timedelta(seconds=1))
        absence.noticed(StoreAway("nobody answers"))
    for number, absence in enumerate(workers):
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=2 - number))
        await absence.over(desk.pipeline.history)

    (owed,) = await desk.waiting(OPS)
    notice = await desk.notice(owed)
    assert "the database did not answer" in notice.problem.text


async def test_one_that_is_met_before_the_work_begins_leaves_no_traceback(desk, caplog):
    process = WorkerProcess(desk.pipeline, {}, holding=SimpleNamespace(database=""))
    process._handle_error(StoreAway("nobody answers"))
    del process
    gc.collect()

    assert [record.getMessage() for record in caplog.records] == []
