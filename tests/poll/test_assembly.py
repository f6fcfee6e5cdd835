from dataclasses import fields
from datetime import timedelta

import pytest

from monitor.errors import StoreError
from monitor.poll.assembly import poll
from monitor.poll.poll import Pipeline
from monitor.poll.round import has_caught_up
from monitor.store import troubles


class Mistaken(Pipeline):
    """A pipeline with a mistake in it."""

    async def poll(self, source):
        raise ZeroDivisionError(source.id)


async def test_a_mistake_of_ours_is_a_failure_of_one_source_and_holds_up_no_reminder(desk):
    await desk.poll()
    mistaken = Mistaken(
        **{field.name: getattr(desk.pipeline, field.name) for field in fields(Pipeline)}
    )
    source = desk.pipeline.registry.source("toy.notices")
    desk.clock.move_to(desk.clock.now() + timedelta(days=1))
    outcome = await poll(mistaken, source)
    health = await desk.pipeline.history(troubles.load_source_healths)

    assert [failure.kind for failure in outcome.failures] == ["monitor"]
    assert health["toy.notices"].problem.kind == "monitor"
    assert await has_caught_up(desk.pipeline, [source])


@pytest.mark.parametrize("error", [StoreError("it is busy"), ValueError("what is this")])
async def test_a_poll_whose_end_could_not_be_kept_says_so_so_that_its_source_rests(
    desk, monkeypatch, error: Exception
):
    async def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Pipeline, "poll", refuse)
    monkeypatch.setattr(Pipeline, "end_poll", refuse)
    outcome = await poll(desk.pipeline, desk.pipeline.registry.source("toy.notices"))

    assert (len(outcome.failures), outcome.recorded) == (1, False)
