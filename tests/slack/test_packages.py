"""Seven acts of one morning in Slack, one of which lists a supplier's group: whoever reads only
the channel learns it first.
"""

import random
from datetime import timedelta
from itertools import count

import msgspec
import pytest
from acts import control, listing
from emulator import TOKENS, Workspace
from examples import long, sweep

from monitor.config import WatchSettings
from monitor.deliver.sending import deliver
from monitor.deliver.slack.client import SlackBot
from monitor.model import Unread
from monitor.store import ALERTS

NUMBERS = count()
ORDERS = (0, *long(1, 2), *sweep(3, 4, 5))  # in which seven acts are found
UNREAD = (Unread(what="the items of annex 2", why="the file is not there yet", quote="附件2"),)
TOUCHING = listing(10, "TechInsights", *(f"TechInsights Member {number}" for number in range(9)))
ACTS = (
    *(control(number, f"1C{900 + number}.a") for number in (55, 56, 57, 58)),
    msgspec.structs.replace(control(61, "1C961.a"), understood="part", not_read=UNREAD),
    control(62, "1E962"),
    TOUCHING,
)


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    running = Workspace(tmp_path_factory.mktemp("packages"))
    yield running
    running.stop()


@pytest.fixture
def channel(peer: Workspace) -> str:
    return peer.channel(f"packages-{next(NUMBERS)}")


@pytest.fixture
def toy_config(toy_config, tmp_path):
    suppliers, products = tmp_path / "suppliers.csv", tmp_path / "products.csv"
    suppliers.write_text("Name,Country\nTechInsights Inc.,CA\n")
    products.write_text("Product,HS\nTea,0902\n")
    return msgspec.structs.replace(
        toy_config, watch=WatchSettings(suppliers=(str(suppliers),), products=(str(products),))
    )


def published(ministry, acts) -> None:
    for act in acts:
        ministry.publish(act.key, act)


async def texts(desk, peer: Workspace, channel: str) -> list[str]:
    """What stands in the channel, edits as they stand, once all that is owed was delivered."""
    bot = SlackBot(TOKENS[0], channel, base_url=peer.api)
    assert await deliver(desk.pipeline.history, {ALERTS: bot}, desk.clock) == []
    return [message["text"] for message in peer.messages(channel)]


def assert_nothing_is_claimed_that_is_not_known(told: list[str]) -> None:
    """Of the act that lists them, and of all acts together, no text says that none is touched;
    of a part only of that part.
    """
    for text in told:
        if "None of your" in text:
            assert "TechInsights" not in text.partition("None of your")[0]
            assert "publishes seven acts" not in text
            assert ("in what could be read" in text) == ("annex 2" in text)


@pytest.mark.parametrize("order", ORDERS)
async def test_seven_acts_at_once_name_the_supplier_in_the_first_message(
    desk, ministry, peer, channel, order
):
    acts = random.Random(order).sample(ACTS, len(ACTS))
    await desk.poll()
    published(ministry, acts)
    await desk.poll()

    told = await texts(desk, peer, channel)

    assert told[0].startswith(
        "🔴 Your supplier TechInsights Inc. is on China's Unreliable Entity List. "
    )
    assert all(f"No. {number} of 2025" in told[0] for number in (55, 56, 57, 58, 61, 62, 10))
    assert_nothing_is_claimed_that_is_not_known(told)


@pytest.mark.parametrize("order", ORDERS)
async def test_a_supplier_listed_by_a_later_act_is_named_before_all_else(
    desk, ministry, peer, channel, order
):
    others = random.Random(order).sample(ACTS[:-1], len(ACTS) - 1)
    await desk.poll()
    published(ministry, others[:4])
    await desk.poll(after=timedelta(minutes=1))
    quiet = await texts(desk, peer, channel)
    published(ministry, [*others[4:], TOUCHING])
    await desk.poll(after=timedelta(minutes=2))

    edited = await texts(desk, peer, channel)

    assert not any("TechInsights" in text for text in quiet)
    assert edited[0].startswith(
        "🔴 Your supplier TechInsights Inc. is on China's Unreliable Entity List. "
    )
    assert edited[len(quiet)].startswith(
        "🔴 Your supplier TechInsights Inc. is on China's Unreliable Entity List. "
    )
    assert_nothing_is_claimed_that_is_not_known([*quiet, *edited])


async def test_a_listed_act_that_could_not_be_read_is_one_message_that_is_edited_when_it_touches_a_supplier(
    desk, ministry, peer, channel
):
    await desk.poll()
    ministry.titles["10"] = "关于将十家实体列入不可靠实体清单的公告"
    ministry.publish("10", TOUCHING)
    ministry.status["10"] = 403
    for _ in range(3):
        await desk.poll(after=timedelta(minutes=20))
    before = await texts(desk, peer, channel)
    ministry.status.clear()
    await desk.poll(after=timedelta(hours=1))

    assert [text.partition(":")[0] for text in before] == [
        "🟠 China publishes an act that can't be read"
    ]
    edited, details = await texts(desk, peer, channel)
    assert edited.startswith(
        "🔴 Your supplier TechInsights Inc. is on China's Unreliable Entity List. "
    )
    assert details == "🔴 What UEL Notice No. 10 of 2025 says, in its own words."
