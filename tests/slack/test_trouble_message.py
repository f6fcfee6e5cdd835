"""An outage in Slack: one message in the channel, which reads as things are now, and one answer
in its thread.
"""

from datetime import timedelta

import pytest
from emulator import TOKENS, Workspace

from monitor.deliver.sending import deliver
from monitor.deliver.slack.client import SlackBot
from monitor.store import OPS


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    running = Workspace(tmp_path_factory.mktemp("troubles"))
    yield running
    running.stop()


async def seen(desk, peer: Workspace, bot: SlackBot, channel: str) -> list[tuple[bool, str]]:
    """What stands in the channel once all that is owed has arrived: whether in a thread, and the
    headline.
    """
    assert await deliver(desk.pipeline.history, {OPS: bot}, desk.clock) == []
    stands = peer.messages(channel)
    return [
        (
            message.get("thread_ts", message["ts"]) != message["ts"],
            message["text"].partition(". ")[0],
        )
        for message in stands
    ]


async def test_an_outage_of_an_hour_is_one_message_that_is_edited_and_answered(
    desk, ministry, peer
):
    channel = peer.channel("outage")
    bot = SlackBot(TOKENS[0], channel, base_url=peer.api)
    await desk.poll()
    ministry.status["index"] = 503
    for _ in range(7):
        await desk.poll()
    begun = await seen(desk, peer, bot, channel)
    ministry.status["index"] = 404
    for _ in range(5):
        await desk.poll()
        changed = await seen(desk, peer, bot, channel)
    ministry.status.clear()
    await desk.poll(after=timedelta(minutes=7))
    over = await seen(desk, peer, bot, channel)

    assert begun == [(False, "⚙️ toy.notices gives nothing: unreachable (server)")]
    assert changed == [(False, "⚙️ toy.notices gives nothing: wrong address (gone)")]
    assert over == [
        (False, "⚙️ toy.notices gave nothing for 62 min: wrong address (gone)"),
        (True, "⚙️ toy.notices is back after 62 min"),
    ]
