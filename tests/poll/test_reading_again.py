"""Acts that were told are read again on a slow clock, annexes with them: an edit is told once,
before and after.
"""

from datetime import timedelta

import msgspec
import pytest
from acts import control, listing

from monitor.alert.event import Notice, NoticeKind
from monitor.model import Announcement, Attachment
from monitor.render.alert import compose_alert
from monitor.store import outbox

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOLD = (NoticeKind.ACT, NoticeKind.AMENDED)


async def told(desk) -> list[Notice]:
    owed = await desk.pipeline.history(outbox.list_pending, "alerts")
    return [await desk.notice(one) for one in owed if one.kind in TOLD]


def with_annex(ministry, *names: str) -> Announcement:
    """The act 10, whose names stand in its annex alone."""
    url = ministry.publish("annex", listing(10, *names))
    ministry.hidden.add("annex")
    act = listing(10)
    return msgspec.structs.replace(act, attachments=(Attachment(title="Annex", url=url),))


async def test_an_annex_that_was_exchanged_is_told_once_with_before_and_after(desk, ministry):
    await desk.poll()
    ministry.publish("10", with_annex(ministry, "Alpha", "Beta"))
    await desk.poll()
    with_annex(ministry, "Alpha", "Gamma")
    for _ in range(6):
        await desk.poll(after=6 * HOUR)

    first, changed = await told(desk)
    said = compose_alert(changed)
    names = " ".join(cell for table in said.tables for row in table.rows for cell in row)
    assert (first.kind, changed.kind) == (NoticeKind.ACT, NoticeKind.AMENDED)
    assert [entity.names["en"] for entity in changed.body.before.measures[0].entities] == [
        "Alpha",
        "Beta",
    ]
    assert [entity.names["en"] for entity in changed.body.act.measures[0].entities] == [
        "Alpha",
        "Gamma",
    ]
    assert "Gamma" in names
    assert "Beta" in names


async def test_an_edit_is_told_once_however_often_the_page_is_read_again(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "Alpha"))
    await desk.poll()
    ministry.publish("10", listing(10, "Alpha", "Beta"))
    for _ in range(8):
        await desk.poll(after=DAY)

    assert [notice.kind for notice in await told(desk)] == [NoticeKind.ACT, NoticeKind.AMENDED]


@pytest.mark.parametrize(("age", "within"), [(2 * HOUR, 2 * HOUR), (30 * DAY, 15 * DAY)])
async def test_a_young_act_is_looked_at_within_hours_and_an_old_one_within_weeks(
    desk, ministry, age, within
):
    await desk.poll()
    ministry.publish("10", listing(10, "Alpha"))
    await desk.poll()
    await desk.poll(after=age)
    ministry.publish("10", listing(10, "Alpha", "Beta"))
    await desk.poll(after=within)

    assert [notice.kind for notice in await told(desk)] == [NoticeKind.ACT, NoticeKind.AMENDED]


@pytest.mark.parametrize(
    ("title", "looks"),
    [
        ("商务部公告2025年第61号 公布决定（阅读 1024）", 0),
        ("商务部公告2025年第62号 公布决定（阅读 1000）", 1),
        ("商务部公告2025年第61号 关于修改决定的公告（阅读 1000）", 1),
        ("", 0),
    ],
)
async def test_a_page_that_its_list_calls_otherwise_is_looked_at_at_once(
    desk, ministry, title, looks
):
    ministry.publish("61", control(61, "1C909.a"))
    ministry.titles["61"] = "商务部公告2025年第61号 公布决定（阅读 1000）"
    await desk.poll()
    asked = len(ministry.asked)
    ministry.titles["61"] = title
    await desk.poll()

    assert [path for path, _ in ministry.asked[asked:]].count("61") == looks
