"""Rules of config.toml through the whole pipeline: which destination is owed what."""

import msgspec
import pytest
from acts import control, listing, press, suspension

from monitor.alert.event import NoticeKind
from monitor.config import DestinationSettings, RouteSettings
from monitor.store import ALERTS, outbox, owing

DESK = "desk"


@pytest.fixture
def toy_config(toy_config):
    routes = (RouteSettings(to=(DESK,), register=("cn-dual-use-items",), action=("add",)),)
    return msgspec.structs.replace(
        toy_config, destinations={DESK: DestinationSettings(way={"slack": "C0DESK"})}, routes=routes
    )


async def test_an_act_goes_where_a_rule_sends_it_and_nowhere_else(desk, ministry):
    await desk.poll()
    ministry.publish("61", control(61, "1C909"))
    await desk.poll()

    assert await desk.owed(DESK) == [(NoticeKind.ACT, "mofcom-2025-61:act@desk")]
    assert await desk.owed(ALERTS) == []


async def test_what_changes_an_act_is_told_in_its_thread_where_that_is_and_by_itself_where_rules_say(
    desk, ministry
):
    await desk.poll()
    ministry.publish("61", control(61, "1C909"))
    await desk.poll()
    ministry.publish("70", suspension(70, "mofcom-2025-61"))
    await desk.poll()

    assert [kind for kind, _ in await desk.owed(DESK)] == [
        NoticeKind.ACT,
        NoticeKind.EFFECT,
        NoticeKind.PARENT,
    ]
    assert [kind for kind, _ in await desk.owed(ALERTS)] == [NoticeKind.ACT]


async def test_the_press_follows_its_act_to_every_destination_that_was_told(desk, ministry):
    await desk.poll()
    ministry.publish("61", control(61, "1C909"))
    await desk.poll()
    ministry.publish("news", press(keys=("mofcom-2025-61",)))
    await desk.poll()

    assert [kind for kind, _ in await desk.owed(DESK)] == [NoticeKind.ACT, NoticeKind.PRESS]
    assert await desk.owed(ALERTS) == []


@pytest.fixture
async def package(desk, ministry):
    """Two acts within minutes, of which a rule sends only the second to the desk."""
    await desk.poll()
    ministry.publish("10", listing(10, "Dedrone"))
    await desk.poll()
    ministry.publish("61", control(61, "1C909"))
    await desk.poll()
    return desk


async def test_where_only_a_later_act_of_a_package_was_sent_its_changes_are_told_too(
    package, ministry
):
    ministry.publish("70", suspension(70, "mofcom-2025-61"))
    await package.poll()

    assert [kind for kind, _ in await package.owed(DESK)] == [NoticeKind.ACT, NoticeKind.EFFECT]


async def test_a_fallback_that_is_told_anyway_is_not_told_twice(package):
    before = await package.owed(ALERTS)

    assert await package.pipeline.history(outbox.send_elsewhere, DESK, ALERTS) == 0
    assert await package.owed(ALERTS) == before
    assert await package.owed(DESK) == []


async def test_the_word_of_the_day_counts_an_alert_once_to_however_many_places_it_went(package):
    await package.pipeline.history(owing.enqueue_daily, "2025-10-09", "ops", package.clock.now())
    (owed,) = await package.waiting("ops")

    assert (await package.notice(owed)).body.told == 2
