"""What is owed is told while a pass still looks, and what could not be is said at its end."""

import asyncio
import threading

from channels import HOUR, Channel, hourly

from monitor.poll.telling import Telling
from monitor.store import ALERTS


class Heard(Channel):
    """A channel that says when it was asked."""

    def __init__(self, *weather: str) -> None:
        super().__init__()
        self.weather = [*weather]
        self.asked = threading.Event()

    def post(self, notice, *, thread):
        self.asked.set()
        return super().post(notice, thread=thread)


async def told_in_a_pass(desk, channel: Heard) -> Telling:
    """A pass that goes on until the channel was asked."""
    pipeline, owed = desk.pipeline, desk.pipeline.owed
    async with Telling(pipeline.history, {ALERTS: channel}, desk.clock, {}, owed) as telling:
        owed.set()
        assert await asyncio.to_thread(channel.asked.wait, 10)
    return telling


async def test_what_is_owed_is_told_before_the_pass_ends(desk, ministry):
    await hourly(desk, ministry, 1)
    channel = Heard()

    telling = await told_in_a_pass(desk, channel)

    assert len(channel.said) == 1
    assert await telling.the_rest() == []


async def test_what_was_refused_in_the_pass_and_still_waits_is_said_at_its_end(desk, ministry):
    await hourly(desk, ministry, 1)
    channel = Heard("refused")

    telling = await told_in_a_pass(desk, channel)

    assert [str(failure) for failure in await telling.the_rest()] == ["no"]
    assert channel.said == []


async def test_what_can_never_be_told_is_said_at_the_end_as_well(desk, ministry):
    await hourly(desk, ministry, 2)
    channel = Heard("permanent")

    telling = await told_in_a_pass(desk, channel)

    assert [str(failure) for failure in await telling.the_rest()] == ["no"]
    assert len(channel.said) == 1


async def test_what_went_through_in_the_end_is_no_failure(desk, ministry):
    await hourly(desk, ministry, 1)
    channel = Heard("refused")

    telling = await told_in_a_pass(desk, channel)
    desk.clock.move_to(desk.clock.now() + HOUR)

    assert await telling.the_rest() == []
    assert len(channel.said) == 1
