"""An act of another day than the one on which it comes: of a day to come, of one long past, of
none.
"""

from datetime import date, timedelta

import msgspec
from acts import control

from monitor.alert.event import NoticeKind
from monitor.render import csv_rows
from monitor.render.alert import compose_alert

DAY = timedelta(days=1)


async def told(desk):
    """Each message that waits, as a person reads it and as a program does."""
    alerts = [(notice, compose_alert(notice)) for notice in await desk.notices()]
    return [(alert, csv_rows.encode_notice(notice, alert)) for notice, alert in alerts]


async def test_an_act_of_a_day_on_which_it_was_not_there_is_told_once_and_marked(desk, ministry):
    await desk.poll()
    await desk.poll(after=10 * DAY)
    ministry.publish("61", control(61, "2B902.a", published="2025-10-09"))
    await desk.poll()
    await desk.poll()

    ((alert, as_json),) = await told(desk)
    (late,) = as_json["back_dated"]
    absent = ("toy.notices", "2025-10-19T01:05:00Z")
    assert alert.status == (
        (
            "Back-dated: it bears the day 9 Oct 2025, but it was not there yet when toy.notices was"
            " read on 19 Oct 2025 01:05 UTC."
        ),
    )
    assert late == {
        "act": "mofcom-2025-61",
        "published": "2025-10-09",
        "source": absent[0],
        "absent_at": absent[1],
    }


async def test_acts_of_these_days_of_days_to_come_and_of_none_are_told_once_and_not_marked(
    desk, ministry
):
    await desk.poll()
    for number, published in enumerate(
        ("2025-10-06", "2025-10-09", "2025-12-24", None, "of late"), start=61
    ):
        ministry.publish(
            str(number), msgspec.structs.replace(control(number, "2B902.a"), published=published)
        )
    await desk.poll()
    await desk.poll()

    alerts = [
        alert
        for alert, as_json in await told(desk)
        if alert.kind is NoticeKind.ACT and "back_dated" not in as_json
    ]
    assert len({alert.key for alert in alerts}) == len(alerts) == 5


async def test_what_was_there_at_the_first_read_is_not_back_dated_though_it_is_told(
    open_desk, ministry
):
    ministry.publish("18", control(18, "1C902.a", published="2025-04-04"))

    async with open_desk(since=date(2025, 4, 1)) as desk:
        await desk.poll()

        ((alert, _),) = await told(desk)
        assert alert.status == ()


async def test_an_act_whose_page_could_not_be_read_for_days_is_not_back_dated(desk, ministry):
    await desk.poll()
    ministry.publish("61", control(61, "2B902.a"))
    ministry.status["61"] = 500
    await desk.poll()
    await desk.poll(after=10 * DAY)
    ministry.status.clear()
    await desk.poll(after=DAY)

    ((alert, _),) = await told(desk)
    assert alert.status == ()


async def test_of_a_package_it_is_said_which_of_its_acts_is_back_dated(desk, ministry):
    await desk.poll()
    await desk.poll(after=20 * DAY)
    ministry.publish("61", control(61, "2B902.a", published="2025-10-29"))
    ministry.publish("58", control(58, "1C909.a", published="2025-10-09"))
    await desk.poll()

    first, *_, edit = [alert for alert, _ in await told(desk)]
    assert (first.is_package, edit.is_package) == (True, True)
    assert first.status == edit.status
    assert [line.partition(":")[0] for line in first.status] == ["MOFCOM No. 58 of 2025"]
