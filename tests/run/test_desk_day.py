"""One day of a desk: seven alerts, three people, two mutes, one escalation, one audit."""

import csv
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from acts import control, listing
from channels import Channel
from clicks import ANA, LI, click

from monitor.alert.event import NoticeKind
from monitor.ask import audit
from monitor.clock import format_instant
from monitor.config import DeskSettings, EventSettings, TriageSettings, WatchSettings
from monitor.config.times import Duration, WorkingHours
from monitor.deliver.sending import deliver
from monitor.poll.round import call
from monitor.store import ALERTS, OPS, OutboxState, handling, outbox
from monitor.triage.values import Person, Stage, Verb

SHANGHAI = ZoneInfo("Asia/Shanghai")
MEI = Person("slack:U0MEI", "Mei Lin", "compliance")


@pytest.fixture
def toy_config(toy_config, tmp_path):
    (tmp_path / "suppliers.csv").write_text("Name\nTechInsights Inc.\nAcme Widgets Ltd\n")
    desk = DeskSettings(
        after=Duration(hours=3),
        hours=WorkingHours.of("Mon-Fri 09:00-18:00 Asia/Shanghai"),
        mention=("S0DESK",),
        to=OPS,
    )
    return msgspec.structs.replace(
        toy_config,
        events=EventSettings(package=Duration(seconds=1)),  # each act by itself
        watch=WatchSettings(suppliers=(str(tmp_path / "suppliers.csv"),)),
        topics={"rare-earths": ("1C909",)},
        triage=TriageSettings(desks={ALERTS: desk}),
    )


class Day:
    """Thursday 9 October 2025 in Shanghai."""

    def __init__(self, desk, ministry) -> None:
        self.desk, self.ministry, self.channel = desk, ministry, Channel()

    async def at(self, hour: int, minute: int = 0, *published) -> None:
        """What was published by then is told, and who is to be called is."""
        self.desk.clock.move_to(
            datetime(2025, 10, 9, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
        )
        for act in published:
            self.ministry.publish(act.key, act)
        await self.desk.poll(after=timedelta(0))
        await call(self.desk.pipeline)
        self.desk.clock.move_to(self.desk.clock.now() + timedelta(seconds=2))
        assert (
            await deliver(self.desk.pipeline.history, {ALERTS: self.channel}, self.desk.clock) == []
        )

    async def stages(self) -> dict[str, str]:
        told = await self.desk.pipeline.history(handling.list_cases, every=True)
        return {case.event: str(case.handled.stage) for case in told}


@pytest.fixture
async def day(desk, ministry) -> Day:
    await desk.poll()
    return Day(desk, ministry)


async def test_a_day_ends_with_every_alert_taken_decided_muted_or_called_for(desk, day: Day):
    until = format_instant(desk.clock.now() + timedelta(days=2))
    await day.at(9, 5, listing(10, "TechInsights"))
    await day.at(9, 15, control(57, "3A001"))
    await click(desk, Verb.TAKE, "uel-2025-10", LI)
    await click(desk, Verb.TAKE, "mofcom-2025-57", ANA)
    await day.at(9, 30, listing(11, "Halifax Forum"))
    await click(desk, Verb.DONE, "uel-2025-11", MEI, decision="no effect")
    await click(
        desk, Verb.MUTE, "", MEI, to="topic:rare-earths", until=until, text="reviewed on Friday"
    )
    await day.at(10, 0, control(58, "1C909.a"))
    await click(desk, Verb.MUTE, "", MEI, to="register:cn-unreliable-entities", until=until)
    await day.at(10, 30, listing(12, "Acme Widgets"))
    await day.at(10, 40, listing(13, "Another Forum"))
    await click(desk, Verb.NOT_OURS, "uel-2025-12", LI, text="another firm of that name")
    await click(desk, Verb.DONE, "uel-2025-10", LI, decision="contract checked")
    await day.at(11, 0, control(59, "4A101"))
    await day.at(13, 55)
    early = [key for key, _ in day.channel.said if key.endswith(":untaken")]
    await day.at(14, 5)
    called = [key for key, _ in day.channel.said if key.endswith(":untaken")]
    await click(desk, Verb.TAKE, "mofcom-2025-59", ANA)
    await click(desk, Verb.SNOOZE, "mofcom-2025-57", ANA, until="2025-11-08T00:00:00Z")
    await day.at(17, 0)

    assert await day.stages() == {
        "uel-2025-10": Stage.DONE,
        "mofcom-2025-57": Stage.TAKEN,
        "uel-2025-11": Stage.DONE,
        "mofcom-2025-58": Stage.OPEN,
        "uel-2025-12": Stage.DONE,
        "uel-2025-13": Stage.OPEN,
        "mofcom-2025-59": Stage.TAKEN,
    }
    assert (early, called) == ([], ["mofcom-2025-59:untaken"])
    assert {key for key, _ in day.channel.said if key.endswith(":act")} == {
        f"{event}:act"
        for event in await day.stages()
        if event not in {"mofcom-2025-58", "uel-2025-13"}
    }
    assert await muted_messages(desk) == {"mofcom-2025-58:act", "uel-2025-13:act"}
    assert [owed.kind for owed in await desk.waiting(OPS)] == [NoticeKind.UNTAKEN]
    assert await audited(desk) == {
        "uel-2025-10": ("Li Wei", "contract checked", "Li Wei"),
        "mofcom-2025-57": ("Ana Ruiz", "", ""),
        "uel-2025-11": ("", "no effect", "Mei Lin"),
        "mofcom-2025-58": ("", "", ""),
        "uel-2025-12": ("", "not ours", "Li Wei"),
        "uel-2025-13": ("", "", ""),
        "mofcom-2025-59": ("Ana Ruiz", "", ""),
    }


async def test_an_audit_says_when_each_alert_was_told_and_which_is_still_owed(
    desk, ministry, day: Day
):
    await day.at(10, 0, control(57, "3A001"))
    ministry.publish("58", control(58, "3A002"))
    await desk.poll(after=timedelta(0))

    assert {row["event"]: row["told (UTC)"] for row in await audit_of(desk)} == {
        "mofcom-2025-57": "alerts 2025-10-09T02:00:02Z",
        "mofcom-2025-58": "alerts owed",
    }


async def muted_messages(desk) -> set[str]:
    every = await desk.pipeline.history(outbox.list_messages, every=True)
    return {
        message.key
        for message in every
        if message.state is OutboxState.CANCELLED and message.kind is NoticeKind.ACT
    }


async def audit_of(desk) -> list[dict[str, str]]:
    body = await desk.pipeline.history.run(
        lambda history: audit.format_alert_rows(history, None, None)
    )
    return [*csv.DictReader(body.decode("utf-8-sig").splitlines())]


async def audited(desk) -> dict[str, tuple[str, str, str]]:
    rows = await audit_of(desk)
    return {row["event"]: (row["taken by"], row["decision"], row["decided by"]) for row in rows}
