from datetime import timedelta

import pytest
from acts import control, suspension

from monitor.deliver import backoff, deliver
from monitor.errors import DeliveryError
from monitor.event import NoticeKind
from monitor.history import ALERTS, History


class Killed(Exception):
    """Stands for SIGKILL: nothing after it is done."""


class Channel:
    """A channel that can be told how to answer: what it took is in `said`, the answers to come in `weather`."""

    name = "channel"

    def __init__(self, *, searchable: bool = True) -> None:
        self.searchable = searchable
        self.said: list[tuple[str, str | None]] = []
        self.edits: list[str] = []
        self.repeats = 0
        self.weather: list[str] = []

    def post(self, notice, *, thread):
        answer = self.weather.pop(0) if self.weather else "fine"
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


def test_waits_grow_and_end_at_a_quarter_of_an_hour():
    assert [backoff(n).total_seconds() for n in (0, 1, 5, 40)] == [1, 2, 32, 900]
