from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from acts import control, suspension
from statutes import act, measure

from monitor.alert.event import NoticeKind
from monitor.model import LastRead
from monitor.poll.round import has_caught_up, remind
from monitor.render.alert import compose_alert
from monitor.render.values import Mark
from monitor.store import ALERTS, History, notices, outbox, reminders

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = timedelta(hours=12)


def noon(day: str) -> datetime:
    """Noon in Beijing."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI) + NOON


async def reminded(desk) -> list[str]:
    return [key for kind, key in await desk.owed() if kind is NoticeKind.REMINDER]


async def wake(desk, day: str) -> list[str]:
    """Look at what is due on that day; which reminders have been owed since."""
    before = await reminded(desk)
    desk.clock.move_to(noon(day))
    await desk.poll()
    await remind(desk.pipeline)
    return [key for key in await reminded(desk) if key not in before]


@pytest.fixture
async def told(desk, ministry):
    """A desk that knows No. 57, told on 9 October, which takes effect on 8 November."""
    await desk.poll()
    ministry.publish("57", control(57, "1C909.a"))
    await desk.poll()
    return desk


async def test_a_first_day_is_reminded_of_on_the_right_days_as_a_message_and_in_the_thread(told):
    found = {}
    day = date(2025, 10, 9)
    while day < date(2025, 11, 12):
        if owed := await wake(told, day.isoformat()):
            found[day.isoformat()] = owed
        day += timedelta(days=1)

    assert list(found) == ["2025-11-01", "2025-11-07", "2025-11-08"]
    key = "mofcom-2025-57:reminder:start:2025-11-08:7:add"
    assert found["2025-11-01"] == [key, f"{key}:thread:mofcom-2025-57"]


async def test_a_day_begins_at_midnight_in_beijing(told):
    told.clock.move_to(datetime(2025, 11, 7, 15, 59, tzinfo=UTC))
    await remind(told.pipeline)
    told.clock.move_to(datetime(2025, 11, 7, 16, 0, tzinfo=UTC))
    await remind(told.pipeline)

    assert [key for key in await reminded(told) if "thread" not in key] == [
        "mofcom-2025-57:reminder:start:2025-11-08:1:add",
        "mofcom-2025-57:reminder:start:2025-11-08:0:add",
    ]


async def test_a_reminder_of_a_day_on_which_we_were_off_is_told_late_once_and_in_no_thread(told):
    await wake(told, "2025-11-03")
    (own,) = await wake(told, "2025-11-10")

    notice = await _notice(told, own)
    assert own == "mofcom-2025-57:reminder:start:2025-11-08:0:add"
    assert (notice.fact.late, notice.fact.due) == (2, "2025-11-08")


async def test_looking_again_owes_nothing_again_not_even_after_a_restart(told, tmp_path):
    await wake(told, "2025-11-07")
    await remind(told.pipeline)
    with History(tmp_path / "store") as other:  # a process that remembers nothing
        before = [owed.key for owed in other(outbox.list_pending, ALERTS)]
        other(reminders.remind, told.clock.now())

        assert [owed.key for owed in other(outbox.list_pending, ALERTS)] == before
        assert len(before) == 4  # the act, its details, and two reminders


async def test_an_act_that_is_overtaken_before_its_day_is_not_reminded_of(told, ministry):
    ministry.publish("70", suspension(70, "mofcom-2025-57", published="2025-11-07"))

    assert await wake(told, "2025-11-08") == []


async def test_a_reminder_that_has_not_left_is_taken_back_when_an_act_overtakes_it(told, ministry):
    assert len(await wake(told, "2025-11-07")) == 2
    ministry.publish("70", suspension(70, "mofcom-2025-57", published="2025-11-07"))
    await wake(told, "2025-11-08")

    assert await reminded(told) == []
    assert (await told.pipeline.history(outbox.count_by_state))["cancelled"] == 2


async def list_edits(desk) -> list:
    waiting = await desk.pipeline.history(outbox.list_pending, ALERTS)
    return [owed for owed in waiting if owed.kind is NoticeKind.STATE]


async def test_a_reminder_that_was_sent_is_edited_when_an_act_overtakes_it(told, ministry):
    own = (await wake(told, "2025-11-07"))[0]
    assert not (await _notice(told, own)).body.is_overtaken
    await send_all(told)
    assert await list_edits(told) == []
    ministry.publish("70", suspension(70, "mofcom-2025-57", published="2025-11-07"))
    told.clock.move_to(noon("2025-11-07") + timedelta(minutes=5))
    await told.poll()
    await remind(told.pipeline)
    edits = await list_edits(told)
    assert len(edits) == 2  # of the message, and of that in the thread
    alert = compose_alert(await told.pipeline.history(notices.compose_notice, edits[0].id))
    assert alert.headline == (
        "Overtaken by MOFCOM No. 70 of 2025: MOFCOM No. 57 of 2025 was to take effect"
    )
    assert alert.summary.startswith("This reminder no longer holds: from 8 Nov 2025 (Beijing)")
    assert (alert.mark, alert.next_step) == (Mark.CHANGED, "")


async def test_a_reminder_that_was_sent_is_edited_when_its_act_is_read_with_another_day(
    desk, ministry
):
    await desk.poll()
    ministry.publish("57", act("mofcom-2025-57", measure("add", starts="2026-06-01")))
    await desk.poll()
    await wake(desk, "2026-05-02")
    await send_all(desk)
    ministry.publish("57", act("mofcom-2025-57", measure("add", starts="2026-09-01")))
    await wake(desk, "2026-05-25")
    edit = (await list_edits(desk))[0]

    alert = compose_alert(await desk.pipeline.history(notices.compose_notice, edit.id))
    assert alert.headline == (
        "Overtaken by a new reading of the act: MOFCOM No. 57 of 2025 was to take effect"
    )
    assert "A new reading of the act changed that: read it." in alert.summary


async def test_the_end_of_a_suspension_is_told_in_the_threads_of_both_acts_with_what_was_not_seen(
    told, ministry
):
    ministry.publish("70", suspension(70, "mofcom-2025-57", published="2025-11-07"))
    await wake(told, "2025-11-07")

    own, *threads = await wake(told, "2026-11-03")

    assert own == "mofcom-2025-70:reminder:suspension-end:2026-11-10:7:suspend"
    assert [key.partition(":thread:")[2] for key in threads] == ["mofcom-2025-70", "mofcom-2025-57"]
    notice = await _notice(told, own)
    assert {target.key for each in notice.fact.dates for target in each.amends} == {
        "mofcom-2025-57"
    }
    assert notice.evidence.url.endswith("/70")


async def test_of_an_authority_that_was_not_looked_at_since_a_reminder_says_so_and_counts_no_source(
    told, ministry
):
    ministry.publish("70", suspension(70, "mofcom-2025-57", published="2025-11-07"))
    await wake(told, "2025-11-07")
    told.clock.move_to(noon("2026-11-12"))
    await remind(told.pipeline)  # as after a look at some other source

    own = (await reminded(told))[-1]
    stale = (await _notice(told, own)).fact
    assert (stale.sources, stale.stale) == (0, LastRead(of="cn-mofcom", at="2025-11-07T04:05:00Z"))


async def test_an_extension_seen_in_time_moves_the_reminders_to_its_own_end(told, ministry):
    ministry.publish("70", suspension(70, "mofcom-2025-57", published="2025-11-07"))
    await wake(told, "2025-11-07")
    longer = measure("suspend", "mofcom-2025-57", starts="2026-11-10", ends="2027-11-10")
    ministry.publish("80", act("mofcom-2026-80", longer, published="2026-10-01"))
    await wake(told, "2026-10-02")

    assert [key for key in await wake(told, "2026-11-10") if "suspension-end" in key] == []
    assert (await wake(told, "2027-11-10"))[
        0
    ] == "mofcom-2026-80:reminder:suspension-end:2027-11-10:0:suspend"


async def send_all(desk) -> None:
    for owed in await desk.waiting(ALERTS):
        await desk.pipeline.history(
            outbox.mark_sent, owed.id, f"1762000000.{owed.id}", desk.clock.now()
        )


async def edits(desk, day: str) -> list[str]:
    """The status lines of the first messages that are owed an edit on that day."""
    await wake(desk, day)
    owed = [each for each in await desk.waiting(ALERTS) if each.kind is NoticeKind.PARENT]
    told = [await desk.notice(each) for each in owed]
    await send_all(desk)
    return [line for notice in told for line in compose_alert(notice).status]


async def test_a_first_message_is_edited_again_once_the_day_that_it_names_has_passed(
    told, ministry
):
    await send_all(told)
    ministry.publish("70", suspension(70, "mofcom-2025-57", published="2025-11-07"))
    assert await edits(told, "2025-11-07") == [
        "Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025"
    ]
    assert await edits(told, "2026-11-10") == []

    assert set(await edits(told, "2026-11-11")) == {
        "Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025; that last day has passed",
        "10 Nov 2026, a last day in MOFCOM No. 70 of 2025, has passed",
    }
    assert await edits(told, "2026-11-12") == []


async def test_a_first_message_whose_day_a_later_act_has_moved_is_not_edited_on_it(told, ministry):
    await send_all(told)
    ministry.publish("70", suspension(70, "mofcom-2025-57", published="2025-11-07"))
    await edits(told, "2025-11-07")
    longer = measure("suspend", "mofcom-2025-57", starts="2026-11-10", ends="2027-11-10")
    ministry.publish("80", act("mofcom-2026-80", longer, published="2026-10-01"))
    await edits(told, "2026-10-02")

    assert await edits(told, "2026-11-12") == []
    assert (
        "Suspended from 10 Nov 2026 until 10 Nov 2027 by MOFCOM No. 80 of 2026; that last day has"
        " passed" in await edits(told, "2027-11-11")
    )


async def test_a_first_message_sent_after_the_day_or_long_before_it_was_looked_for_is_left_alone(
    desk, ministry
):
    await desk.poll()
    desk.clock.move_to(noon("2026-11-11"))
    ministry.publish("70", suspension(70, "mofcom-2025-57", published="2025-11-07"))
    await desk.poll()
    await send_all(desk)

    assert await edits(desk, "2026-11-12") == []
    assert await edits(desk, "2027-03-12") == []


async def test_acts_of_one_event_that_begin_on_one_day_are_one_reminder(desk, ministry):
    await desk.poll()
    for number in (55, 56):
        ministry.publish(str(number), control(number, "1C909.a"))
    await desk.poll()

    own, _ = await wake(desk, "2025-11-07")
    notice = await _notice(desk, own)
    assert [each.act for each in notice.fact.dates] == ["mofcom-2025-55", "mofcom-2025-56"]


async def test_of_a_baseline_the_days_to_come_are_told_without_a_thread_and_those_gone_by_are_not(
    desk, ministry
):
    ministry.publish("18", control(18, "1C902.a"))
    ministry.publish(
        "1", act("mofcom-2025-1", measure("add", starts="2025-09-20"), published="2025-09-01")
    )
    await desk.poll()
    await remind(desk.pipeline)

    assert await desk.owed() == []
    assert await wake(desk, "2025-11-01") == ["mofcom-2025-18:reminder:start:2025-11-08:7:add"]


async def test_a_thread_never_hangs_from_a_reminder(desk, ministry):
    ministry.publish("18", control(18, "1C902.a"))
    await desk.poll()
    (key,) = await wake(desk, "2025-11-01")
    (reminder,) = await desk.waiting(ALERTS)
    await desk.pipeline.history(outbox.mark_sent, reminder.id, "1762000000.1", desk.clock.now())
    ministry.publish("18", control(18, "1C902.a", "1C902.b"))
    await desk.poll(after=timedelta(days=30))

    (edited,) = await desk.waiting(ALERTS)
    assert reminder.key == key
    assert (edited.kind, edited.thread) == (NoticeKind.AMENDED, None)


async def test_reminders_go_where_the_rules_send_what_their_acts_do(told, tmp_path):
    def to_the_desk(decision, _act):
        return replace(
            decision, posts=tuple(replace(post, to=("desk",)) for post in decision.posts)
        )

    with History(tmp_path / "store") as history:
        history(reminders.remind, noon("2025-11-07"), to_the_desk)

        assert [owed.key for owed in history(outbox.list_pending, "desk")] == [
            "mofcom-2025-57:reminder:start:2025-11-08:1:add@desk"
        ]
        assert [owed.key for owed in history(outbox.list_pending, ALERTS)][2:] == [
            "mofcom-2025-57:reminder:start:2025-11-08:1:add:thread:mofcom-2025-57"
        ]


async def test_after_a_long_sleep_nothing_is_said_before_the_sources_were_looked_at(told):
    sources = [told.pipeline.registry.source("toy.notices")]
    told.clock.move_to(noon("2025-11-07"))

    assert not await has_caught_up(told.pipeline, sources)
    await told.poll()
    assert await has_caught_up(told.pipeline, sources)


async def _notice(desk, key: str):
    (owed,) = [each for each in await desk.waiting(ALERTS) if each.key == key]
    return await desk.notice(owed)


async def test_an_act_that_does_two_things_on_one_day_is_reminded_of_both(desk, ministry):
    await desk.poll()
    ministry.publish(
        "57",
        act(
            "mofcom-2025-57",
            measure("add", starts="2025-11-08"),
            measure("restrict", starts="2025-11-08"),
        ),
    )
    await desk.poll()

    own = [key for key in await wake(desk, "2025-11-01") if "thread" not in key]
    assert own == [
        f"mofcom-2025-57:reminder:start:2025-11-08:7:{action}" for action in ("add", "restrict")
    ]


async def test_a_clause_that_turns_out_to_begin_on_the_same_day_is_reminded_of_too(desk, ministry):
    def clauses(*marks: str):
        return act(
            "mofcom-2025-57",
            *(measure("add", starts="2025-11-08", clauses=(mark,)) for mark in marks),
        )

    await desk.poll()
    ministry.publish("57", clauses("一"))
    await desk.poll()
    first = await wake(desk, "2025-11-08")
    ministry.publish("57", clauses("一", "二"))
    second = await wake(desk, "2025-12-07")

    key = "mofcom-2025-57:reminder:start:2025-11-08:0:add"
    assert first == [f"{key}:一", f"{key}:一:thread:mofcom-2025-57"]
    assert second == [f"{key}:一,二"]  # it is late: once, and in no thread
