import asyncio
import logging
from datetime import timedelta

import pytest
from acts import control, suspension
from channels import HOUR, Channel, Forgetful, Killed, Newer, flush, hourly, told
from command import FAR

from monitor.alert.event import NoticeKind
from monitor.config.events import Happened
from monitor.config.times import QuietHours
from monitor.deliver.channel import DeliveryPolicy, Pace
from monitor.deliver.sending import LONGEST_WAIT, Courier, compute_backoff, deliver
from monitor.errors import DeliveryError
from monitor.store import ALERTS, OPS, outbox, owing

GIVEN_UP = timedelta(minutes=1)  # after which no other worker has a message on its way any more


async def test_replies_go_under_the_first_message_and_the_first_message_is_edited(package):
    channel = Channel()

    await flush(package, channel)

    assert channel.said == [
        ("mofcom-2025-57:act", None),
        ("mofcom-2025-58:act", "1"),
        ("mofcom-2025-70:act", None),
        ("mofcom-2025-57:effect:mofcom-2025-70", "1"),
    ]
    assert set(channel.edits) == {"1"}


@pytest.mark.both
async def test_what_was_sent_is_not_sent_again(package):
    channel = Channel()
    await flush(package, channel)
    await flush(package, channel)

    assert len(channel.said) == 4


@pytest.mark.both
async def test_nothing_overtakes_what_was_refused_and_the_wait_asked_for_is_kept(package):
    channel = Channel()
    channel.weather = ["refused"]

    assert len(await flush(package, channel)) == 1
    assert channel.said == []
    await flush(package, channel, after=timedelta(seconds=29))
    assert channel.said == []
    await flush(package, channel, after=timedelta(seconds=1))
    assert next(key for key, _ in channel.said) == "mofcom-2025-57:act"
    assert len(channel.said) == 4


@pytest.mark.both
async def test_an_answer_that_got_lost_is_looked_up_and_not_repeated(package):
    channel = Channel()
    channel.weather = ["lost"]
    await flush(package, channel)
    await flush(package, channel, after=timedelta(seconds=20))

    keys = [key for key, _ in channel.said]
    assert len(keys) == len(set(keys)) == 4


async def test_what_may_have_arrived_is_looked_for_after_the_last_that_did(desk, ministry):
    channel = Channel()
    await desk.poll()
    for number in (55, 70):
        ministry.publish(str(number), suspension(number, "mofcom-2024-1"))
        await desk.poll(after=timedelta(hours=1))
    channel.weather = ["fine", "lost"]
    await flush(desk, channel)
    await flush(desk, channel, after=timedelta(minutes=1))

    assert channel.looked == [("mofcom-2025-70:act", "1")]


@pytest.mark.both
async def test_a_message_on_its_way_when_we_died_is_looked_up_and_not_repeated(package):
    channel = Channel()
    channel.weather = ["killed"]
    with pytest.raises(Killed):
        await flush(package, channel)
    await flush(package, channel, after=GIVEN_UP)

    keys = [key for key, _ in channel.said]
    assert len(keys) == len(set(keys)) == 4


@pytest.mark.both
async def test_a_kill_is_no_failed_attempt_and_makes_nothing_wait_longer(package):
    channel = Channel()
    for _ in range(10):
        channel.weather = ["killed"]
        channel.said = []  # killed before it arrived
        with pytest.raises(Killed):
            await flush(package, channel, after=GIVEN_UP)
    channel.said = []
    channel.pace = Pace(gap=0, grace=1)
    channel.find = refuse(DeliveryError("not now", outcome="unknown"), channel.find)
    await flush(package, channel, after=GIVEN_UP)
    owed, *_ = await package.waiting(ALERTS)

    assert owed.attempts == 1
    assert owed.not_before - package.clock.now() == timedelta(seconds=1)


def refuse(error: DeliveryError, then):
    """Fails once."""
    answers = [error]

    def find(key, *, thread, since):
        if answers:
            raise answers.pop()
        return then(key, thread=thread, since=since)

    return find


@pytest.mark.both
async def test_a_channel_that_cannot_be_searched_is_told_that_this_may_be_a_repeat(package):
    channel = Channel(searchable=False)
    channel.weather = ["lost"]
    await flush(package, channel)
    await flush(package, channel, after=timedelta(seconds=20))

    assert channel.repeats == 1
    assert [key for key, _ in channel.said][:2] == ["mofcom-2025-57:act"] * 2


async def test_a_message_no_channel_will_ever_take_is_kept_by_name_and_blocks_nobody(package):
    channel = Channel()
    channel.weather = ["permanent"]

    failures = await flush(package, channel)

    assert [failure.outcome for failure in failures] == ["permanent"]
    assert len(channel.said) == 3
    assert (await package.pipeline.history(outbox.count_by_state))["undeliverable"] == 1


async def test_edits_of_one_first_message_that_wait_are_one_edit(desk, ministry):
    await desk.poll()
    for number in (55, 56, 57, 58):
        ministry.publish(str(number), control(number, "1C909.a"))
    await desk.poll()

    assert [kind for kind, _ in await desk.owed()].count(NoticeKind.PARENT) == 1


def test_waits_grow_and_end_at_five_minutes():
    assert [compute_backoff(n).total_seconds() for n in (0, 1, 5, 40)] == [1, 2, 32, 300]


async def test_what_may_have_been_said_before_a_backup_came_back_wakes_nobody(desk, ministry):
    channel = Forgetful(["somebody-else:act"])
    await hourly(desk, ministry, 2)
    await told(desk, channel, DeliveryPolicy(QuietHours.of("09:00-15:00 Asia/Shanghai")))
    in_quiet = list(channel.said)
    desk.clock.move_to(desk.clock.now() + timedelta(hours=6))
    await told(desk, channel, DeliveryPolicy(QuietHours.of("09:00-15:00 Asia/Shanghai")))

    assert in_quiet == []
    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act", "mofcom-2025-2:act"]


async def test_a_channel_that_never_says_what_it_heard_holds_nothing_back_for_ever(
    desk, ministry, caplog
):
    channel = Forgetful(*[DeliveryError("not now", outcome="unknown")] * 6)
    await hourly(desk, ministry, 1)
    held = [len(await flush(desk, channel, after=timedelta(minutes=1))) for _ in range(4)]

    assert held == [1, 1, 1, 0]
    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]
    for number in (2, 3):
        ministry.publish(str(number), control(number, "1C909"))
        await desk.poll()
        await flush(desk, channel, after=timedelta(minutes=1))
    assert len(channel.said) == 3
    assert (
        caplog.text.count("its last messages are unknown (not now): where a backup was put back")
        == 1
    )


async def test_a_channel_that_may_not_be_asked_what_it_heard_is_said_once_and_told_all_the_same(
    desk, ministry, caplog
):
    channel = Forgetful()

    def recalled(_: object) -> list[str]:
        channel.searchable = False
        raise DeliveryError("the app lacks a scope", outcome="refused")

    channel.recalled = recalled
    await hourly(desk, ministry, 1)
    await flush(desk, channel)

    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]
    assert caplog.text.count("its last messages are unknown (the app lacks a scope)") == 1


async def test_nothing_is_said_before_it_is_known_what_was(desk, ministry):
    channel = Forgetful(DeliveryError("not now", outcome="unknown"), ["somebody-else:act"], [])
    await hourly(desk, ministry, 1)
    (failure,) = await flush(desk, channel)
    silent = list(channel.said)
    await flush(desk, channel, after=timedelta(minutes=1))
    await flush(desk, channel, after=timedelta(minutes=1))

    assert (str(failure), silent) == ("not now", [])
    # something was said that we know nothing of
    assert [key for key, _ in channel.looked] == ["mofcom-2025-1:act"]
    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]
    assert channel.answers == [[]]  # it is asked once


async def test_a_destination_that_refuses_us_is_not_asked_for_anything_before_the_next_try(
    desk, ministry
):
    refusal = DeliveryError("no such token", outcome="unknown", retry_after=300, closed=True)
    lost, channel = Channel(), Forgetful(refusal, refusal)
    await hourly(desk, ministry, 1)
    lost.weather = ["lost"]
    await flush(desk, lost)

    def find(*_: object, **__: object) -> None:
        raise refusal

    channel.find = find
    asked = []
    for seconds in (60, 5, 290, 5):
        await flush(desk, channel, after=timedelta(seconds=seconds))
        asked.append(len(channel.answers))

    assert asked == [1, 1, 1, 0]


async def test_what_is_on_its_way_has_not_the_answer_of_an_earlier_try(desk, ministry):
    channel = Channel()
    await hourly(desk, ministry, 1)
    channel.weather = ["closed", "killed"]
    await flush(desk, channel)
    with pytest.raises(Killed):
        await flush(desk, channel, after=timedelta(seconds=300))

    (message, *_) = await desk.pipeline.history(outbox.list_messages)
    assert (message.state, message.failure) == ("sending", None)


@pytest.mark.both
async def test_what_may_have_been_posted_is_looked_for_before_what_waited_longer_is_said(
    desk, ministry
):
    channel, closed = Newer(), Channel()
    await hourly(desk, ministry, 1)
    await desk.pipeline.history(owing.enqueue_daily, "2025-10-09", OPS, desk.clock.now())
    channel.weather, closed.weather = ["lost"], ["closed"]
    await deliver(desk.pipeline.history, {OPS: channel}, desk.clock)
    await deliver(
        desk.pipeline.history, {ALERTS: closed}, desk.clock, {ALERTS: DeliveryPolicy(fallback=OPS)}
    )
    for _ in range(2):  # the first time it is too early to look
        await deliver(desk.pipeline.history, {OPS: channel}, desk.clock)
        desk.clock.move_to(desk.clock.now() + HOUR)

    assert [key for key, _ in channel.said] == ["daily:2025-10-09", "mofcom-2025-1:act"]


async def test_what_no_thread_was_made_for_stands_by_itself_and_its_replies_under_it(
    desk, ministry
):
    channel = Channel()
    await hourly(desk, ministry, 12)
    channel.weather = ["permanent"]
    await flush(desk, channel)
    ministry.publish("12", control(12, "1C909", "1C910"))
    await desk.poll(after=timedelta(days=1))
    await flush(desk, channel)

    assert channel.said[:12] == [(f"mofcom-2025-{number}:act", None) for number in range(1, 13)]
    assert channel.said[12][1] == "12"


async def test_where_an_edit_had_to_be_said_anew_the_thread_goes_on_from_there(desk, ministry):
    class Deleted(Channel):
        """Somebody has deleted its first message."""

        def update(self, notice, receipt):
            return (
                super().update(notice, receipt)
                if receipt != "1"
                else self.post(notice, thread=None)
            )

    channel = Deleted()
    await hourly(desk, ministry, 1)
    await flush(desk, channel)
    for code in ("1C910", "1C911"):
        ministry.publish("1", control(1, "1C909", code))
        await desk.poll(after=timedelta(days=30))
        await flush(desk, channel)

    anew = next(at for at, (key, _) in enumerate(channel.said, 1) if ":parent:" in key)
    assert channel.edits == [str(anew)]
    assert channel.said[-1][1] == str(anew)
    assert len(channel.said) == 4


async def test_what_may_have_been_posted_is_looked_for_once_it_must_show_and_not_before(
    desk, ministry
):
    channel = Channel()
    channel.pace = Pace(gap=0, grace=15)
    channel.weather = ["lost"]
    await hourly(desk, ministry, 1)
    looked = []
    for seconds in (0, 14, 1):  # 0, 14 and 15 s after the answer got lost
        await flush(desk, channel, after=timedelta(seconds=seconds))
        looked.append(len(channel.looked))

    assert looked == [0, 0, 1]
    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]


async def test_who_is_told_to_stop_just_as_there_is_something_to_deliver_stops(package):
    channel, woken = Channel(), asyncio.Event()
    channel.weather = ["refused"] * 9
    courier = asyncio.ensure_future(
        Courier(package.pipeline.history, ALERTS, channel, package.clock).keep_delivering(woken)
    )
    while len(channel.weather) == 9 or not woken._waiters:  # noqa: ASYNC110 - until it waits for its turn to try again
        await asyncio.sleep(0.01)

    woken.set()
    await asyncio.sleep(0)
    courier.cancel()
    await asyncio.wait({courier}, timeout=FAR)

    assert courier.cancelled()


class Remembering(Channel):
    """A channel that also says what it was told last."""

    def __init__(self, *keys: str) -> None:
        super().__init__()
        self.keys = keys

    def recalled(self, since):
        return [*self.keys]


@pytest.mark.parametrize(("known_there", "warned"), [((), False), (("mofcom-2025-99:act",), True)])
async def test_that_more_was_said_there_than_is_known_here_is_said_and_only_then(
    package, caplog, known_there, warned
):
    await flush(package, Remembering(*known_there))

    assert ("it has messages unknown to this history" in caplog.text) == warned


async def test_what_was_refused_without_a_wait_is_tried_again_after_a_second_then_two(
    desk, ministry
):
    class Refusing(Channel):
        tries = 0

        def post(self, notice, *, thread):
            self.tries += 1
            raise DeliveryError("no", outcome="refused")

    channel = Refusing()
    await hourly(desk, ministry, 1)
    tries = []
    for seconds in (0, 0.9, 0.1, 1.9, 0.1):
        await flush(desk, channel, after=timedelta(seconds=seconds))
        tries.append(channel.tries)

    assert tries == [1, 1, 2, 2, 3]


async def test_the_longest_wait_that_is_asked_for_is_kept_from_its_first_moment(desk, ministry):
    class Patient(Channel):
        def post(self, notice, *, thread):
            if self.weather:
                raise DeliveryError(
                    self.weather.pop(), outcome="refused", retry_after=LONGEST_WAIT.total_seconds()
                )
            return super().post(notice, thread=thread)

    channel = Patient()
    await hourly(desk, ministry, 1)
    channel.weather = ["no"]
    said = []
    for seconds in (0, 0, LONGEST_WAIT.total_seconds() - 1, 1):
        await flush(desk, channel, after=timedelta(seconds=seconds))
        said.append(len(channel.said))

    assert said == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("searchable", "looked", "said"), [(True, [0, 0, 1], [1, 1, 1]), (False, [0, 0, 0], [2, 2, 2])]
)
async def test_after_a_kill_it_is_looked_for_once_it_must_show_and_told_at_once_where_nobody_can_look(
    desk, ministry, searchable, looked, said
):
    channel = Channel(searchable=searchable)
    channel.pace = Pace(gap=0, grace=15)
    channel.weather = ["killed"]
    await hourly(desk, ministry, 1)
    with pytest.raises(Killed):
        await flush(desk, channel)
    seen = []
    for seconds in (0, 14, 1):
        await flush(desk, channel, after=timedelta(seconds=seconds))
        seen.append((len(channel.looked), len(channel.said)))

    assert seen == [*zip(looked, said, strict=True)]
    assert channel.repeats == (0 if searchable else 1)


async def test_a_reply_whose_answer_got_lost_is_looked_for_in_its_thread_and_an_edit_in_the_channel(
    package,
):
    class Looking(Channel):
        def __init__(self) -> None:
            super().__init__()
            self.threads: list[tuple[str, str | None]] = []

        def find(self, key, *, thread, since):
            self.threads.append((key, thread))
            return super().find(key, thread=thread, since=since)

        def update(self, notice, receipt):
            if not self.edits:
                self.edits.append("lost")
                raise DeliveryError("the line broke", outcome="unknown")
            return super().update(notice, receipt)

    channel = Looking()
    channel.weather = ["fine", "lost"]
    for _ in range(4):
        await flush(package, channel, after=timedelta(minutes=1))
    threads = {key: thread for key, thread in channel.threads if not key.endswith(":details")}

    assert threads.pop("mofcom-2025-58:act") == "1"
    assert [*threads.values()] == [None]
    assert all(":parent:" in key for key in threads)
    assert len(channel.said) == 4


async def test_what_was_sent_is_in_the_log_with_where_it_went_at_which_try_and_how_long_it_waited(
    desk, ministry, caplog
):
    channel = Channel()
    channel.weather = ["refused"]
    await hourly(desk, ministry, 1)
    await flush(desk, channel)
    with caplog.at_level(logging.INFO):
        await flush(desk, channel, after=timedelta(minutes=2))
    sent = [record.fields for record in caplog.records if record.msg == Happened.MESSAGE]

    assert [
        (told["key"], told["to"], told["tries"], told["duration"])
        for told in sent
        if told["kind"] == "act"
    ] == [("mofcom-2025-1:act", "channel", 2, 120.0)]


async def test_a_message_that_was_refused_before_quiet_hours_waits_for_their_end(desk, ministry):
    channel = Channel()
    channel.weather = ["refused"]
    await hourly(desk, ministry, 1)
    await flush(desk, channel)
    quiet = DeliveryPolicy(
        QuietHours.of(f"{desk.clock.now() - HOUR:%H:%M}-{desk.clock.now() + HOUR:%H:%M} UTC")
    )
    said = []
    for minutes in (5, 120):
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=minutes))
        await told(desk, channel, quiet)
        said.append(len(channel.said))

    assert said == [0, 1]


async def test_what_may_have_arrived_before_quiet_hours_is_settled_in_them(desk, ministry):
    channel = Channel()
    channel.weather = ["lost"]
    await hourly(desk, ministry, 1)
    await flush(desk, channel)
    quiet = DeliveryPolicy(
        QuietHours.of(f"{desk.clock.now() - HOUR:%H:%M}-{desk.clock.now() + HOUR:%H:%M} UTC")
    )
    desk.clock.move_to(desk.clock.now() + timedelta(minutes=5))
    await told(desk, channel, quiet)

    assert [key for key, _ in channel.looked] == ["mofcom-2025-1:act"]


@pytest.mark.parametrize(("asked_for", "wait"), [(None, 15), (60.0, 60), (1.0, 15)])
async def test_who_does_not_say_what_it_heard_is_asked_again_after_the_wait_that_it_asks_for(
    desk, ministry, asked_for, wait
):
    channel = Forgetful(DeliveryError("not now", outcome="unknown", retry_after=asked_for))
    channel.pace = Pace(gap=0, grace=15)
    await hourly(desk, ministry, 1)
    flushed = await Courier(desk.pipeline.history, ALERTS, channel, desk.clock).flush()

    assert (str(flushed.failure), flushed.again) == (
        "not now",
        desk.clock.now() + timedelta(seconds=wait),
    )


async def test_a_destination_that_is_owed_nothing_is_not_asked_what_it_heard(desk):
    channel = Forgetful()
    await desk.poll()

    assert await flush(desk, channel) == []


async def test_what_was_held_back_goes_by_itself_once_it_may_and_that_it_was_is_in_the_log(
    desk, ministry, caplog
):
    class Busy(Channel):
        def post(self, notice, *, thread):
            if self.weather:
                raise DeliveryError(self.weather.pop(), outcome="refused", retry_after=0.01)
            return super().post(notice, thread=thread)

    channel = Busy()
    channel.weather = ["slow down"]
    await hourly(desk, ministry, 1)
    caplog.set_level(logging.INFO)
    sends = Courier(desk.pipeline.history, ALERTS, channel, desk.clock)
    courier = asyncio.ensure_future(sends.keep_delivering(asyncio.Event()))
    async with asyncio.timeout(FAR):
        while channel.weather:  # noqa: ASYNC110 - until it was refused
            await asyncio.sleep(0.001)
        while not channel.said and not courier.done():  # nobody tells it that something is owed
            desk.clock.move_to(desk.clock.now() + timedelta(seconds=1))
            await asyncio.sleep(0.001)
    courier.cancel()
    undelivered = [record.fields for record in caplog.records if record.msg == Happened.UNDELIVERED]

    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]
    assert undelivered == [{"to": ALERTS, "text": "slow down"}]
