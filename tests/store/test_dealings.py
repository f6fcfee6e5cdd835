"""What a person had done with messages holds as a whole, and what may have arrived is never said
twice for it.
"""

from datetime import timedelta

import pytest
from channels import Channel, Killed, flush, hourly

from monitor.errors import DeliveryError, MonitorError
from monitor.render.alert import compose_alert
from monitor.run.dispatch import apply_outbox_order
from monitor.run.orders import OutboxOrder
from monitor.store import ALERTS, OPS, Intervention, outbox, owing

MINUTE = timedelta(minutes=1)
FIRST = "mofcom-2025-1:act"


async def ordered(desk, intervention: Intervention, *messages: int) -> None:
    await apply_outbox_order(
        desk.pipeline.history,
        OutboxOrder(intervention, messages, "Li Wei", "told by phone"),
        desk.clock.now(),
    )


async def states(desk) -> dict[str, str]:
    messages = await desk.pipeline.history(outbox.list_messages, every=True)
    return {message.key: message.state for message in messages}


async def number_of(desk, key: str) -> int:
    return (await desk.pipeline.history(outbox.find_message, key)).id


async def killed_on_its_way(desk, channel: Channel) -> None:
    """One message of two left, and nobody knows whether it arrived."""
    channel.weather = ["killed"]
    with pytest.raises(Killed):
        await flush(desk, channel)


@pytest.mark.parametrize(
    ("searchable", "times"),
    [(True, 1), (False, 2)],
    ids=["looked for", "marked as a repeat where nobody can look"],
)
async def test_what_had_left_when_it_was_dropped_and_is_wanted_after_all_is_said_once_or_as_a_repeat(
    desk, ministry, searchable: bool, times: int
):
    await hourly(desk, ministry, 1)
    channel = Channel(searchable=searchable)
    await killed_on_its_way(desk, channel)

    first = await number_of(desk, FIRST)
    await ordered(desk, Intervention.DROP, first)
    await ordered(desk, Intervention.RETRY, first)
    await flush(desk, channel, after=MINUTE)

    assert ([key for key, _ in channel.said], channel.repeats) == ([FIRST] * times, times - 1)
    assert (await states(desk))[FIRST] == "sent"


async def test_what_had_left_when_it_was_dropped_is_no_word_of_a_backup(desk, ministry):
    await hourly(desk, ministry, 2)
    channel = Channel()
    await killed_on_its_way(desk, channel)
    await ordered(desk, Intervention.DROP, await number_of(desk, FIRST))

    assert not await desk.pipeline.history(outbox.compare, [FIRST], desk.clock.now())
    assert await desk.pipeline.history(outbox.compare, ["mofcom-2025-2:act"], desk.clock.now())


@pytest.mark.parametrize("intervention", [Intervention.DROP, Intervention.RETRY])
async def test_an_order_of_which_a_part_can_not_be_done_changes_nothing(
    desk, ministry, intervention: Intervention
):
    await hourly(desk, ministry, 2)
    before = await states(desk)

    with pytest.raises(MonitorError, match="no such message"):
        await ordered(desk, intervention, await number_of(desk, FIRST), 4711)

    assert await states(desk) == before


async def test_of_several_that_are_wanted_once_more_all_are_said_again_or_none(desk, ministry):
    await hourly(desk, ministry, 2)
    channel = Channel()
    channel.weather = ["fine", "refused"]
    assert [type(error) for error in await flush(desk, channel)] == [DeliveryError]
    before = await states(desk)

    with pytest.raises(MonitorError, match="was not sent yet"):
        await ordered(
            desk,
            Intervention.RESEND,
            await number_of(desk, FIRST),
            await number_of(desk, "mofcom-2025-2:act"),
        )

    assert await states(desk) == before


async def test_what_hangs_from_a_message_may_be_named_with_it(desk, ministry):
    await hourly(desk, ministry, 1)

    await ordered(
        desk,
        Intervention.DROP,
        await number_of(desk, FIRST),
        await number_of(desk, f"{FIRST}:details"),
    )

    assert set((await states(desk)).values()) == {"dropped"}
    assert await desk.waiting(ALERTS) == []


async def test_a_message_that_sums_up_others_names_none_that_was_dropped(desk, ministry):
    await hourly(desk, ministry, 3)
    await desk.pipeline.history(
        outbox.batch_pending, ALERTS, "Slack could not be reached.", desk.clock.now()
    )
    await desk.pipeline.history(owing.enqueue_daily, "2025-10-09", OPS, desk.clock.now())
    await ordered(desk, Intervention.DROP, await number_of(desk, FIRST))

    digest = compose_alert(await desk.notice((await desk.waiting(ALERTS))[0]))
    daily = compose_alert(await desk.notice((await desk.waiting(OPS))[0]))

    assert (digest.headline, len(digest.acts)) == ("2 messages had to wait", 2)
    assert (
        daily.headline
        == "2 changes told in the last day: the one source was not read all the while"
    )
    assert len(daily.acts) == 2
