from datetime import timedelta

import pytest
from acts import control, suspension

from monitor.deliver import Manners, Pace, backoff, deliver
from monitor.errors import DeliveryError
from monitor.event import NoticeKind
from monitor.history import ALERTS, OPS, History


class Killed(Exception):
    """Stands for SIGKILL: nothing after it is done."""


class Channel:
    """A channel that can be told how to answer: what it took is in `said`, the answers to come in `weather`."""

    name = "channel"
    pace = Pace(gap=0)

    def __init__(self, *, searchable: bool = True) -> None:
        self.searchable = searchable
        self.said: list[tuple[str, str | None]] = []
        self.edits: list[str] = []
        self.repeats = 0
        self.weather: list[str] = []
        self.looked: list[tuple[str, str | None]] = []

    def post(self, notice, *, thread):
        answer = self.weather.pop(0) if self.weather else "fine"
        if answer == "closed":
            raise DeliveryError("no such channel", outcome="refused", retry_after=300, closed=True)
        if answer in ("refused", "permanent"):
            raise DeliveryError("no", outcome=answer, retry_after=30 if answer == "refused" else None)
        self.said.append((notice.key, thread))
        self.repeats += notice.repeated
        if answer == "lost":
            raise DeliveryError("the line broke", outcome="unknown")
        if answer == "killed":
            raise Killed
        return str(len(self.said))

    def update(self, notice, receipt):
        self.edits.append(receipt)
        return receipt

    def find(self, key, *, thread, since):
        self.looked.append((key, since))
        return next((str(i) for i, (said, _) in enumerate(self.said, 1) if said == key), None)


@pytest.fixture
async def package(desk, ministry):
    """Two acts within minutes and, weeks later, one that suspends both: what waits in the outbox."""
    await desk.poll()
    ministry.publish("57", control(57, "1C909.a"))
    ministry.publish("58", control(58, "3A001"))
    await desk.poll()
    ministry.publish("70", suspension(70, "mofcom-2025-57", "mofcom-2025-58"))
    await desk.poll(after=timedelta(days=29))
    return desk


async def flush(desk, channel: Channel, *, after: timedelta = timedelta(0)) -> list[DeliveryError]:
    desk.clock.move_to(desk.clock.now() + after)
    return await deliver(desk.pipeline.history, {ALERTS: channel}, desk.clock)


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


async def test_what_was_sent_is_not_sent_again(package):
    channel = Channel()
    await flush(package, channel)
    await flush(package, channel)

    assert len(channel.said) == 4


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


async def test_a_message_on_its_way_when_we_died_is_looked_up_and_not_repeated(package):
    channel = Channel()
    channel.weather = ["killed"]
    with pytest.raises(Killed):
        await flush(package, channel)
    await flush(package, channel, after=timedelta(seconds=20))

    keys = [key for key, _ in channel.said]
    assert len(keys) == len(set(keys)) == 4


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
    assert (await package.pipeline.history(History.counts))["undeliverable"] == 1


async def test_edits_of_one_first_message_that_wait_are_one_edit(desk, ministry):
    await desk.poll()
    for number in (55, 56, 57, 58):
        ministry.publish(str(number), control(number, "1C909.a"))
    await desk.poll()

    assert [kind for kind, _ in await desk.owed()].count(NoticeKind.PARENT) == 1


def test_waits_grow_and_end_at_five_minutes():
    assert [backoff(n).total_seconds() for n in (0, 1, 5, 40)] == [1, 2, 32, 300]


HOUR = timedelta(hours=1)


async def hourly(desk, ministry, count: int) -> None:
    """So many acts, published hours apart."""
    await desk.poll()
    for number in range(1, count + 1):
        ministry.publish(str(number), control(number, "1C909"))
        await desk.poll(after=HOUR)


async def told(desk, channel: Channel, manners: Manners) -> list[DeliveryError]:
    return await deliver(desk.pipeline.history, {ALERTS: channel}, desk.clock, {ALERTS: manners})


async def test_after_a_long_outage_all_that_waited_stands_in_the_thread_of_one_message(desk, ministry):
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


async def test_in_quiet_hours_nothing_is_said_and_after_them_it_is_gathered(desk, ministry):
    channel = Channel()
    quiet = Manners(hours="09:00-15:00 Asia/Shanghai")  # the acts come from 10:05 to 12:05
    await hourly(desk, ministry, 3)
    await told(desk, channel, quiet)
    in_quiet = list(channel.said)
    desk.clock.move_to(desk.clock.now() + 3 * HOUR)
    await told(desk, channel, quiet)

    assert in_quiet == []
    assert channel.said == [("alerts:digest:1", None), *((f"mofcom-2025-{number}:act", "1") for number in (1, 2, 3))]


async def test_a_destination_that_is_closed_hands_over_to_its_fallback(desk, ministry):
    channel, elsewhere = Channel(), Channel()
    await hourly(desk, ministry, 2)
    channel.weather = ["closed"]
    manners = {ALERTS: Manners(fallback=OPS)}
    await deliver(desk.pipeline.history, {ALERTS: channel}, desk.clock, manners)
    await deliver(desk.pipeline.history, {OPS: elsewhere}, desk.clock, manners)

    assert channel.said == []
    assert [key for key, _ in elsewhere.said] == ["mofcom-2025-1:act", "mofcom-2025-2:act"]


async def test_without_a_fallback_a_closed_destination_loses_nothing(desk, ministry):
    channel = Channel()
    await hourly(desk, ministry, 1)
    channel.weather = ["closed"]
    await flush(desk, channel)
    await flush(desk, channel, after=timedelta(minutes=5))

    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]
