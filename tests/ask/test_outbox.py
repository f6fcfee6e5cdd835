"""The outbox in the open: whose turn is when, what was refused, and what people had done."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from acts import control, listing, suspension
from arrivals import NOW, arrive

from monitor.alert.event import Notice
from monitor.ask.lines import make_outbox_line
from monitor.ask.outbox import (
    MessageLine,
    list_message_lines,
    make_message_line,
)
from monitor.clock import SystemClock
from monitor.config import Config
from monitor.deliver.channel import Channel, Pace
from monitor.deliver.sending import deliver
from monitor.errors import MonitorError
from monitor.run.dispatch import apply_outbox_order
from monitor.run.orders import OutboxOrder
from monitor.store import ALERTS, History, Intervention, Message, outbox
from monitor.store.threaded import HistoryThread

CONFIG = Config()


@pytest.fixture
def thread(tmp_path: Path) -> Iterator[HistoryThread]:
    """Two messages that are owed."""
    history = History(tmp_path)
    arrive(history, control(57, "1C909.a"), listing(10, "Alpha Ltd"))
    opened = HistoryThread(history)
    yield opened
    opened.close()


async def lines(thread: HistoryThread, now: datetime = NOW) -> list[MessageLine]:
    return await thread.run(
        lambda history: list_message_lines(
            history, CONFIG, now, history(outbox.list_messages, every=True)
        )
    )


async def test_within_a_destination_a_message_comes_after_the_one_before_it(thread: HistoryThread):
    told = sorted(
        (each for each in await lines(thread) if each.to == ALERTS), key=lambda each: each.id
    )
    first, *others = [each for each in told if each.next or each.after]

    assert (first.next, first.after, first.tries, first.said_at) == ("now", None, 0, "")
    assert others
    assert [(each.next, each.after) for each in others] == [
        ("", before.id) for before in (first, *others[:-1])
    ]
    assert all(each.what for each in told)


async def test_a_message_that_waits_for_nothing_has_no_turn(thread: HistoryThread):
    def told(history: History, message: Message) -> MessageLine:
        return make_message_line(history, message)

    (message, *_) = await thread.run(lambda history: history(outbox.list_messages))
    said = await thread.run(told, message)

    assert (said.next, said.after, said.answer, said.meant_for) == ("", None, "", "")


async def test_what_a_person_had_done_with_a_message_is_on_record(thread: HistoryThread):
    waits = (await lines(thread))[0].id
    await apply_outbox_order(
        thread,
        OutboxOrder(Intervention.DROP, (waits,), "Li Wei", "told by phone"),
        NOW + timedelta(hours=1),
    )
    dropped = next(each for each in await lines(thread) if each.id == waits)
    await apply_outbox_order(
        thread, OutboxOrder(Intervention.RETRY, (waits,), "Ana"), NOW + timedelta(hours=2)
    )
    again = next(each for each in await lines(thread) if each.id == waits)

    assert [(dealing.by, dealing.reason, dealing.intervention) for dealing in dropped.dealings] == [
        ("Li Wei", "told by phone", Intervention.DROP)
    ]
    assert dropped.dealings[0].at == "2025-10-09T02:00:00Z"
    assert (dropped.state, again.state) == ("dropped", "pending")
    assert [dealing.intervention for dealing in again.dealings] == [
        Intervention.DROP,
        Intervention.RETRY,
    ]
    with pytest.raises(MonitorError, match="was not sent yet"):
        await apply_outbox_order(
            thread,
            OutboxOrder(Intervention.RESEND, (waits,), "Ana", "after all"),
            NOW + timedelta(hours=2),
        )


async def test_what_is_not_there_can_not_be_tried_again(thread: HistoryThread):
    with pytest.raises(MonitorError, match="999"):
        await apply_outbox_order(thread, OutboxOrder(Intervention.RETRY, (999,), "Li Wei"), NOW)


async def test_where_nothing_was_refused_there_is_no_trouble(thread: HistoryThread):
    seen, count = await thread.run(make_outbox_line)

    assert (seen.closed, seen.refused, count) == ((), (), 0)


class Heard(Channel):
    """Takes whatever it is told."""

    name, pace = "heard", Pace(gap=0)

    def post(self, notice: Notice, *, thread: str | None = None) -> str:
        return "1"


async def test_what_was_said_stays_as_it_was_said_whatever_is_known_later(thread: HistoryThread):
    await deliver(thread, {ALERTS: Heard()}, SystemClock())
    before = {each.id: (each.what, each.said) for each in await lines(thread) if each.said}
    await thread.run(lambda history: arrive(history, suspension(70, "mofcom-2025-57")))
    after = {each.id: each for each in await lines(thread)}

    assert any(
        "🔴 China adds Alpha Ltd" in said and "When: From 9 Oct 2025 (Beijing)" in said
        for _, said in before.values()
    )
    assert before == {number: (after[number].what, after[number].said) for number in before}
