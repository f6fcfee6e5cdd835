"""What the elected worker does, and no other."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import msgspec

from monitor.config.settings import SecondReaderSettings
from monitor.run import second_reading
from monitor.run.work.worker import WorkerProcess


async def test_the_elected_worker_has_the_second_reader_until_another_is_elected(desk, monkeypatch):
    running = []

    async def keep_reading(pipeline, wake) -> None:
        running.append(pipeline)
        try:
            await asyncio.Event().wait()
        finally:
            running.remove(pipeline)

    elected = iter([False, True, True, False])

    async def is_elected() -> bool:
        return next(elected)

    monkeypatch.setattr(second_reading, "keep_reading", keep_reading)
    reader = SecondReaderSettings(url="http://127.0.0.1:9/v1", model="some")
    config = msgspec.structs.replace(desk.pipeline.config, second_reader=reader)
    pipeline = replace(desk.pipeline, config=config)
    process = WorkerProcess(pipeline, {}, holding=SimpleNamespace(is_elected=is_elected))
    counts = []
    for _ in range(4):
        await process._update_election()
        await asyncio.sleep(0.01)
        counts.append(len(running))

    assert counts == [0, 1, 1, 0]
