"""A store put back from a backup, before a Slack that heard more than it knows of: nothing
twice, nothing lost.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from acts import control, suspension
from channels import Channel
from editions import PEOPLE, roll
from emulator import TOKENS, Workspace, twice
from examples import long

from monitor.deliver.channel import Pace
from monitor.deliver.sending import deliver
from monitor.deliver.slack.client import SlackBot
from monitor.store import ALERTS, DATABASE, OPS

DATABASE_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")


class Days:
    """The days of a desk: each opens the store, polls, and delivers."""

    def __init__(self, open_desk, workspace: Workspace) -> None:
        self._open = open_desk
        self._workspace = workspace
        self.listen: Callable[[str], None] = lambda _method: None

    def _bot(self, channel: str) -> SlackBot:
        bot = SlackBot(
            TOKENS[0], channel, base_url=self._workspace.api, pace=Pace(gap=0.001, grace=0.01)
        )
        ask = bot._client.api_call
        bot._client.api_call = lambda method, **more: (self.listen(method), ask(method, **more))[1]
        return bot

    async def pass_one(
        self, *, deliver_too: bool = True, after: timedelta = timedelta(hours=1)
    ) -> None:
        channels = {
            ALERTS: self._bot(self._workspace.alerts),
            OPS: self._bot(self._workspace.troubles),
        }
        async with self._open() as desk:
            await desk.poll(after=after)
            await desk.poll(after=timedelta(0), source="rolls.roll")
            for _ in range(3 if deliver_too else 0):
                assert await deliver(desk.pipeline.history, channels, desk.clock) == []
                desk.clock.move_to(desk.clock.now() + timedelta(seconds=1))


def whole(backup: Path, store: Path) -> None:
    shutil.rmtree(store)
    shutil.copytree(backup, store)


def database_alone(backup: Path, store: Path) -> None:
    for name in DATABASE_FILES:
        (store / name).unlink(missing_ok=True)
    shutil.copy(backup / DATABASE, store / DATABASE)


@pytest.mark.parametrize("restore", [database_alone, *long(whole)])
async def test_what_was_told_since_the_backup_is_not_told_again(
    open_desk, ministry, workspace, tmp_path, restore
):
    store, days = tmp_path / "store", Days(open_desk, workspace)
    ministry.publish("roll", roll(PEOPLE))
    ministry.hidden = {"roll"}  # no act: the index does not have it
    await days.pass_one()
    ministry.publish("57", control(57, "1C909.a"))
    await days.pass_one()
    ministry.publish("58", control(58, "3A001"))
    await days.pass_one(deliver_too=False)  # owed when the backup is made
    shutil.copytree(store, tmp_path / "backup")
    ministry.publish("57", control(57, "1C909.a", "1C910"))
    ministry.publish("70", suspension(70, "mofcom-2025-58"))
    ministry.publish(
        "roll", roll({"1": "Alpha Ltd", "2": "Beta AG", "4": "Delta Oy"}, "2025-10-10")
    )
    await days.pass_one(after=timedelta(days=1))
    before = workspace.keys(workspace.alerts)
    restore(tmp_path / "backup", store)
    await days.pass_one()
    again = workspace.keys(workspace.alerts)
    ministry.publish("71", control(71, "5A001"))
    ministry.publish("72", suspension(72, "mofcom-2025-57"))
    await days.pass_one(after=timedelta(days=1))
    after = workspace.keys(workspace.alerts)

    assert len(before) == 9
    assert again == before
    assert sorted(set(after) - set(before)) == [
        "mofcom-2025-57:effect:mofcom-2025-72",
        "mofcom-2025-71:act",
        "mofcom-2025-71:act:details",
        "mofcom-2025-72:act",
        "mofcom-2025-72:act:details",
    ]
    assert twice(after) == []


async def test_where_nobody_can_look_what_waited_or_is_found_anew_is_marked_as_a_possible_repeat(
    open_desk, ministry, tmp_path
):
    store = tmp_path / "store"
    said = []
    for day in (1, 2, 3):
        channel = Channel(searchable=False)
        async with open_desk() as desk:
            await desk.poll(after=timedelta(days=1))
            await deliver(desk.pipeline.history, {ALERTS: channel}, desk.clock)
        if day == 1:
            shutil.copytree(store, tmp_path / "backup")
            ministry.publish("57", control(57, "1C909.a"))
        if day == 2:
            database_alone(tmp_path / "backup", store)
        said.append((channel.said, channel.repeats))

    assert said == [
        ([], 0),
        ([("mofcom-2025-57:act", None)], 0),
        ([("mofcom-2025-57:act", None)], 1),
    ]


async def test_a_start_over_a_history_that_knows_all_asks_once_and_looks_for_nothing(
    open_desk, ministry, workspace
):
    days = Days(open_desk, workspace)
    ministry.publish("roll", roll(PEOPLE))
    ministry.hidden = {"roll"}  # no act: the index does not have it
    await days.pass_one()
    ministry.publish("57", control(57, "1C909.a"))
    await days.pass_one()
    ministry.publish("70", suspension(70, "mofcom-2025-57"))
    asked: list[str] = []
    days.listen = asked.append
    await days.pass_one(after=timedelta(days=1))

    assert asked == ["conversations.history", *["chat.postMessage"] * 3, "chat.update"]
