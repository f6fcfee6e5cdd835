"""Who is called to what nobody takes, decides or has let rest for long enough; and the word of
the week.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from acts import control, listing
from channels import Channel
from clicks import ANA, LI, click

from monitor.alert.event import NoticeKind
from monitor.clock import format_instant
from monitor.config import DeskSettings, TriageSettings, files
from monitor.config.times import Duration, WeeklyTime, WorkingHours
from monitor.deliver.sending import deliver
from monitor.poll.round import call
from monitor.poll.work_calendar import load_desks
from monitor.render.alert import compose_alert
from monitor.store import ALERTS, OPS, handling
from monitor.triage.values import Verb

EVENT = "uel-2025-10"
HOURS = "Mon-Fri 09:00-18:00 Asia/Shanghai"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def toy_config(toy_config):
    desk = DeskSettings(
        after=Duration(hours=4),
        hours=WorkingHours.of(HOURS),
        mention=("S0COMPLIANCE",),
        to=OPS,
        weekly=WeeklyTime.of("Mon 09:00 Asia/Shanghai"),
    )
    return msgspec.structs.replace(toy_config, triage=TriageSettings(desks={ALERTS: desk}))


@pytest.fixture
async def told(desk, ministry) -> Channel:
    """A listing, told on Thursday 9 October 2025 at 09:10 in Shanghai, and a control that begins
    on 8 November.
    """
    await desk.poll()
    ministry.publish("10", listing(10, "Halifax Forum"))
    await desk.poll()
    ministry.publish("57", control(57, "1C909.a"))
    await desk.poll(after=timedelta(minutes=20))
    channel = Channel()
    await everything_arrives(desk, channel)
    return channel


async def everything_arrives(desk, channel: Channel) -> None:
    assert await deliver(desk.pipeline.history, {ALERTS: channel}, desk.clock) == []


async def at(desk, day: int, hour: int, month: int = 10) -> list[tuple[str, str]]:
    """What people are called to by then, which is the clock of Shanghai: where and to what."""
    desk.clock.move_to(datetime(2025, month, day, hour, tzinfo=SHANGHAI).astimezone(UTC))
    await call(desk.pipeline)
    return [
        (destination, owed.key)
        for destination in (ALERTS, OPS)
        for owed in await desk.waiting(destination)
        if owed.kind in (NoticeKind.UNTAKEN, NoticeKind.DUE)
    ]


async def says(desk, key: str):
    (owed,) = [
        owed for name in (ALERTS, OPS) for owed in await desk.waiting(name) if owed.key == key
    ]
    return await desk.notice(owed)


async def test_what_nobody_takes_in_working_time_calls_them_and_is_told_elsewhere_once(desk, told):
    await click(desk, Verb.TAKE, "mofcom-2025-57")
    before = await at(desk, 9, 13)
    called = await at(desk, 9, 14)
    again = await at(desk, 10, 14)
    notice, elsewhere = (
        await says(desk, f"{EVENT}:untaken"),
        await says(desk, f"{EVENT}:untaken:alerts@ops"),
    )

    assert before == []
    assert called == [(ALERTS, f"{EVENT}:untaken"), (OPS, f"{EVENT}:untaken:alerts@ops")]
    assert again == called
    assert (notice.in_thread, notice.mentions, notice.reaches_channel) == (
        True,
        ("S0COMPLIANCE",),
        True,
    )
    assert (elsewhere.in_thread, elsewhere.mentions) == (False, ())
    assert (
        compose_alert(elsewhere).headline
        == "Not taken yet: China adds Halifax Forum to the Unreliable Entity List"
    )
    assert [each.verb for each in await desk.pipeline.history(handling.list_handlings, EVENT)] == [
        Verb.ESCALATED
    ]


async def test_what_came_before_a_weekend_is_late_after_it(desk, ministry):
    await desk.poll()
    desk.clock.move_to(datetime(2025, 10, 10, 16, tzinfo=SHANGHAI).astimezone(UTC))
    ministry.publish("10", listing(10, "Halifax Forum"))
    await desk.poll()
    await everything_arrives(desk, Channel())

    assert await at(desk, 12, 17) == []
    assert await at(desk, 13, 10) == []
    assert (await at(desk, 13, 12))[0] == (ALERTS, f"{EVENT}:untaken")


async def test_what_was_never_told_calls_nobody(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "Halifax Forum"))
    await desk.poll()

    assert await at(desk, 20, 14) == []


async def test_the_word_of_the_week_counts_what_was_told_taken_and_decided_and_names_what_waits(
    desk, told
):
    await click(desk, Verb.TAKE, EVENT)
    await click(desk, Verb.TAKE, "mofcom-2025-57", person=ANA)
    await click(desk, Verb.DONE, "mofcom-2025-57", decision="no effect", person=ANA)
    await click(
        desk,
        Verb.MUTE,
        "",
        to="topic:rare-earths",
        until=format_instant(desk.clock.now() + timedelta(days=30)),
        person=LI,
    )
    await at(desk, 13, 8)
    early = [owed.key for owed in await desk.waiting() if owed.kind is NoticeKind.WEEKLY]
    await at(desk, 13, 9)
    await at(desk, 13, 10)
    (owed,) = [owed for owed in await desk.waiting() if owed.kind is NoticeKind.WEEKLY]
    alert = compose_alert(await desk.notice(owed))

    assert (early, owed.key) == ([], "weekly:2025-10-13")
    assert (
        alert.headline
        == "This week 2 new alerts were told: 1 decided, 1 taken, 0 not taken; 1 waits in all"
    )
    assert [(line.label, line.text) for line in alert.acts] == [
        (
            "🔴 China adds Halifax Forum to the Unreliable Entity List",
            "Li Wei has it since 9 Oct 2025, 01:30 UTC",
        )
    ]
    assert [line.text for line in alert.facts] == ["topic:rare-earths until 8 Nov 2025, 01:30 UTC"]


async def test_a_message_that_was_muted_is_counted_in_the_word_of_the_week(desk, ministry):
    await desk.poll()
    await click(
        desk,
        Verb.MUTE,
        "",
        to="source:toy",
        until=format_instant(desk.clock.now() + timedelta(days=30)),
    )
    ministry.publish("10", listing(10, "Halifax Forum"))
    await desk.poll()
    await at(desk, 13, 9)
    (owed,) = [owed for owed in await desk.waiting() if owed.kind is NoticeKind.WEEKLY]
    alert = compose_alert(await desk.notice(owed))

    assert alert.headline == "This week no new alert was sent; none waits"
    assert alert.summary == "1 message was not told, being muted."


def with_holidays(toy_config, holidays: str):
    desk = msgspec.structs.replace(toy_config.triage.desks[ALERTS], holidays=holidays)
    return msgspec.structs.replace(toy_config, triage=TriageSettings(desks={ALERTS: desk}))


def test_china_s_own_calendar_knows_its_holidays_and_the_weekends_that_are_worked(toy_config):
    works = load_desks(with_holidays(toy_config, "CN"))[ALERTS].works

    assert [works(date(2025, 10, day)) for day in (1, 9, 11, 12)] == [False, True, True, False]
    assert works(date(2125, 10, 1)) is None


def test_any_other_calendar_is_a_file_whose_days_are_free(toy_config, tmp_path):
    file = tmp_path / "holidays.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//desk//EN\r\n"
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20251224\r\nDTEND;VALUE=DATE:20251227\r\nSUMMARY:closed\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20251230T090000Z\r\nSUMMARY:a meeting\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:some day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    works = load_desks(with_holidays(toy_config, str(file)))[ALERTS].works

    assert [works(date(2025, 12, day)) for day in (23, 24, 26, 27, 30)] == [
        None,
        False,
        False,
        None,
        None,
    ]


def test_a_calendar_that_is_none_is_read_once_until_it_changes(
    toy_config, tmp_path, monkeypatch, caplog
):
    file = tmp_path / "broken.ics"
    file.write_text("BEGIN:VCALENDAR\r\nthis is no line of a calendar\r\n")
    read: list[object] = []
    body = files.read_file_bytes
    monkeypatch.setattr(
        files, "read_file_bytes", lambda path, **more: read.append(path) or body(path, **more)
    )
    works = [load_desks(with_holidays(toy_config, str(file)))[ALERTS].works for _ in range(3)]

    assert [free(date(2025, 12, 24)) for free in works] == [None] * 3
    assert read == [file]
    assert "broken.ics: is no iCalendar file" in caplog.text


@pytest.mark.parametrize("holidays", ["DE", "nowhere.ics"])
def test_a_calendar_that_can_t_be_read_is_said_and_holds_up_nothing(
    toy_config, holidays: str, caplog
):
    (desk,) = load_desks(with_holidays(toy_config, holidays)).values()

    assert desk.works(date(2025, 12, 24)) is None
    assert "triage.desks.alerts.holidays" in caplog.text or "nowhere.ics" in caplog.text
