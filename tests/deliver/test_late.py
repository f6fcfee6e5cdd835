"""What waited, in an outage or through quiet hours, and is gathered behind one message."""

from datetime import timedelta

import pytest
from acts import control, suspension
from channels import HOUR, Channel, flush, hourly, told

from monitor.alert.event import NoticeKind
from monitor.config.times import QuietHours
from monitor.deliver.channel import LATE, DeliveryPolicy
from monitor.store import History
from monitor.store.tables import OutboxRow


async def test_after_a_long_outage_all_that_waited_stands_in_the_thread_of_one_message(
    desk, ministry
):
    channel = Channel()
    await hourly(desk, ministry, 12)
    await flush(desk, channel)

    assert channel.said[0] == ("alerts:digest:1", None)
    assert channel.said[1:] == [(f"mofcom-2025-{number}:act", "1") for number in range(1, 13)]


async def test_a_few_that_waited_are_told_one_by_one(desk, ministry):
    channel = Channel()
    await hourly(desk, ministry, 10)
    await flush(desk, channel)

    assert channel.said == [(f"mofcom-2025-{number}:act", None) for number in range(1, 11)]


async def test_what_could_not_be_searched_is_never_gathered(desk, ministry):
    channel = Channel(searchable=False)
    await hourly(desk, ministry, 12)
    await flush(desk, channel)

    assert len(channel.said) == 12


def _critical_edits(history: History) -> None:
    with history.transaction() as session:
        for row in session.list_rows(OutboxRow, OutboxRow.kind == NoticeKind.PARENT):
            row.severity = "critical"


async def test_a_critical_edit_waits_in_quiet_hours_for_the_message_that_it_edits(package):
    channel = Channel()
    await package.pipeline.history.run(_critical_edits)
    quiet = DeliveryPolicy(
        QuietHours.of(f"{package.clock.now() - HOUR:%H:%M}-{package.clock.now() + HOUR:%H:%M} UTC")
    )
    await told(package, channel, quiet)
    package.clock.move_to(package.clock.now() + 2 * HOUR)
    await told(package, channel, quiet)

    assert channel.edits


async def test_a_reply_is_not_gathered_away_from_a_first_message_that_may_be_there(desk, ministry):
    channel = Channel()
    await hourly(desk, ministry, 1)
    channel.weather = ["lost"]
    await flush(desk, channel)
    ministry.publish("1", control(1, "1C909", "1C910"))
    for number in range(2, 14):
        ministry.publish(str(number), control(number, "1C909"))
        await desk.poll(after=HOUR)
    await flush(desk, channel)

    threads = {
        key.partition(":")[2].partition(":")[0]: thread
        for key, thread in channel.said
        if key.startswith("mofcom-2025-1:")
    }
    assert threads == {"act": None, "amended": "1"}


@pytest.mark.parametrize(
    ("wait", "first"),
    [(LATE, "mofcom-2025-1:act"), (LATE + timedelta(seconds=1), "alerts:digest:1")],
)
async def test_many_messages_are_gathered_only_where_they_are_late(desk, ministry, wait, first):
    channel = Channel()
    await desk.poll()
    for number in range(1, 12):
        # each a message of its own
        ministry.publish(str(number), suspension(number, "mofcom-2024-1"))
    await desk.poll()
    await flush(desk, channel, after=wait)

    assert channel.said[0] == (first, None)


async def test_what_comes_all_through_quiet_hours_is_gathered_once_when_they_are_over(
    desk, ministry
):
    channel = Channel()
    quiet = DeliveryPolicy(QuietHours.of("09:00-19:00 Asia/Shanghai"))
    await hourly(desk, ministry, 3)
    await told(desk, channel, quiet)
    for number in (4, 5):
        ministry.publish(str(number), control(number, "1C909"))
        await desk.poll(after=HOUR)
        await told(desk, channel, quiet)
    assert channel.said == []
    desk.clock.move_to(desk.clock.now() + 6 * HOUR)
    await told(desk, channel, quiet)

    assert channel.said == [
        ("alerts:digest:1", None),
        *((f"mofcom-2025-{number}:act", "1") for number in range(1, 6)),
    ]
