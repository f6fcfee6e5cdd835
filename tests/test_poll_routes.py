"""Rules of config.toml through the whole pipeline: which destination is owed what."""

import msgspec
import pytest
from acts import control, press, suspension

from monitor.config import DestinationSettings, RouteSettings
from monitor.event import NoticeKind
from monitor.history import ALERTS

DESK = "desk"


@pytest.fixture
def toy_config(toy_config):
    routes = (RouteSettings(to=(DESK,), register=("cn-dual-use-items",), action=("add",)),)
    return msgspec.structs.replace(toy_config, destinations={DESK: DestinationSettings(slack="C0DESK")}, routes=routes)


async def test_an_act_goes_where_a_rule_sends_it_and_nowhere_else(desk, ministry):
    await desk.poll()
    ministry.publish("61", control(61, "1C909"))
    await desk.poll()

    assert await desk.owed(DESK) == [(NoticeKind.ACT, "mofcom-2025-61:act@desk")]
    assert await desk.owed(ALERTS) == []


async def test_what_changes_an_act_is_told_in_its_thread_where_that_is_and_by_itself_where_rules_say(desk, ministry):
    await desk.poll()
    ministry.publish("61", control(61, "1C909"))
    await desk.poll()
    ministry.publish("70", suspension(70, "mofcom-2025-61"))
    await desk.poll()

    assert [kind for kind, _ in await desk.owed(DESK)] == [NoticeKind.ACT, NoticeKind.EFFECT, NoticeKind.PARENT]
    assert [kind for kind, _ in await desk.owed(ALERTS)] == [NoticeKind.ACT]


async def test_the_press_follows_its_act_to_every_destination_that_was_told(desk, ministry):
    await desk.poll()
    ministry.publish("61", control(61, "1C909"))
    await desk.poll()
    ministry.publish("news", press(keys=("mofcom-2025-61",)))
    await desk.poll()

    assert [kind for kind, _ in await desk.owed(DESK)] == [NoticeKind.ACT, NoticeKind.PRESS]
    assert await desk.owed(ALERTS) == []
