"""Several processes deliver from one outbox."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from channels import Channel, Killed
from channels import flush as deliver_all

from monitor.deliver.channel import Pace
from monitor.deliver.sending import Courier
from monitor.store import ALERTS, OutboxState, outbox

pytestmark = pytest.mark.both


class Elsewhere(Pace):
    """Another process marks what is next as leaving just before we do."""

    def __init__(self, desk) -> None:
        super().__init__(gap=0)
        self._desk = desk
        self.takes = 1

    async def turn(self, clock):
        if self.takes:
            self.takes -= 1
            history = self._desk.pipeline.history
            owed = (await history(outbox.list_pending, ALERTS))[0]
            until = clock.now() + timedelta(minutes=1)
            self.theirs = await history(outbox.mark_sending, owed, not_before=until, doubtful=False)


async def test_what_another_process_has_taken_up_since_we_looked_is_left_to_it_and_nothing_overtakes_it(
    package,
):
    channel = Channel()
    channel.pace = Elsewhere(package)

    assert await deliver_all(package, channel) == []
    assert channel.said == []

    await package.pipeline.history(
        outbox.mark_sent, channel.pace.theirs.id, "9", package.clock.now()
    )
    await deliver_all(package, channel)
    assert [key for key, _ in channel.said] == [
        "mofcom-2025-58:act",
        "mofcom-2025-70:act",
        "mofcom-2025-57:effect:mofcom-2025-70",
    ]


async def test_what_became_of_a_message_is_said_by_whoever_has_it_now(package):
    history, now = package.pipeline.history, package.clock.now()
    owed = (await history(outbox.list_pending, ALERTS))[0]
    ours = await history(outbox.mark_sending, owed, not_before=now, doubtful=False)
    theirs = await history(
        outbox.mark_sending, ours, not_before=now + timedelta(minutes=1), doubtful=False
    )

    await history(outbox.mark_unsent, ours, OutboxState.PENDING, "refused, long ago", now)
    assert (await history(outbox.list_pending, ALERTS))[0] == (
        await history(outbox.reload_message, theirs)
    )

    await history(outbox.mark_unsent, theirs, OutboxState.PENDING, "refused", now)
    assert next(message.failure for message in await history(outbox.list_messages)) == "refused"


@pytest.mark.parametrize("free", [True, False])
async def test_a_destination_is_claimed_for_as_long_as_something_is_said_there(package, free):
    held: list[str] = []

    @asynccontextmanager
    async def claim(destination):
        held.append(destination)
        yield free
        held.append("let go")

    channel = Channel()
    history = package.pipeline.history
    courier = Courier(history, ALERTS, channel, package.clock, claim=claim)
    assert (await courier.flush()).failure is None
    assert len(channel.said) == (4 if free else 0)
    assert held == [ALERTS, "let go"]


async def test_where_others_write_too_a_message_that_may_be_on_its_way_is_left_alone_until_its_post_is_given_up(
    package,
):
    history = package.pipeline.history
    history.is_shared = True
    channel = Channel()
    channel.pace = Pace(gap=0, grace=5, deadline=20)
    channel.weather = ["killed"]
    with pytest.raises(Killed):
        await Courier(history, ALERTS, channel, package.clock).flush()

    package.clock.move_to(package.clock.now() + timedelta(seconds=24))
    held = await Courier(history, ALERTS, channel, package.clock).flush()
    assert (len(channel.said), channel.looked, held.again) == (
        1,
        [],
        package.clock.now() + timedelta(seconds=1),
    )
    package.clock.move_to(held.again)
    await Courier(history, ALERTS, channel, package.clock).flush()
    assert [key for key, _ in channel.said].count("mofcom-2025-57:act") == 1
    assert len(channel.said) == 4
