"""Slack away for a day, or asking for patience: told by a clock that moves only while somebody
sleeps.
"""

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from owing import NOT_ALERTS, START, Desk, owed

from monitor.alert.event import NoticeKind
from monitor.deliver import channel
from monitor.deliver.channel import Pace
from monitor.deliver.sending import LONGEST_WAIT, Courier, deliver
from monitor.errors import DeliveryError
from monitor.store import ALERTS, OPS, History, outbox
from monitor.store.threaded import HistoryThread

NOON = START + timedelta(days=400)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Patient:
    """A clock on which time passes only while somebody sleeps."""

    def __init__(self) -> None:
        self._now = NOON

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


class Channel(channel.Channel):
    """A channel that is away, or asks for patience, until a moment; it notes when it was asked
    and what came.
    """

    searchable = True

    def __init__(
        self, name: str, clock: Patient, until: datetime = NOON, patience: float | None = None
    ) -> None:
        self.name = name
        self.pace = Pace()
        self.asked: list[datetime] = []
        self.came: list[tuple[datetime, str, NoticeKind]] = []
        self._clock = clock
        self._until = until
        self._patience = patience

    def post(self, notice, *, thread):
        self.asked.append(self._clock.now())
        if self._clock.now() < self._until:
            raise DeliveryError("not now", outcome="refused", retry_after=self._patience)
        self.came.append((self._clock.now(), notice.key, notice.kind))
        return f"{self.name}:{len(self.came)}"

    def update(self, notice, receipt):
        self.post(notice, thread=None)
        return receipt

    def find(self, key, *, thread, since):
        raise AssertionError("nothing here is of unknown fate")

    def keys(self) -> list[str]:
        return [key for _, key, kind in self.came if kind not in NOT_ALERTS]

    def gaps(self) -> list[float]:
        times = [moment for moment, _, _ in self.came]
        return [(later - earlier).total_seconds() for earlier, later in pairwise(times)]


@pytest.fixture
def store(tmp_path):
    history = History(tmp_path / "store")
    thread = HistoryThread(history)
    yield history, thread
    thread.close()


@pytest.mark.parametrize(
    ("acts", "alerts", "away"),
    [
        pytest.param(8, 10, HOUR / 2, id="10-alerts"),
        pytest.param(40, 50, DAY, id="50-alerts", marks=pytest.mark.sweep),
    ],
)
async def test_after_an_outage_of_slack_all_comes_oldest_first_and_one_a_second(
    acts, alerts, away, store
):
    history, thread = store
    Desk().owe(history, acts=acts, troubles=0)
    expected = owed(history)[ALERTS]
    clock = Patient()
    channel = Channel("alerts", clock, NOON + away)
    while await deliver(thread, {ALERTS: channel}, clock):
        again = history(outbox.list_pending, ALERTS)[0].not_before
        await clock.sleep((again - clock.now()).total_seconds())

    assert len(expected) == alerts
    assert channel.keys() == expected
    assert min(channel.gaps()) >= 1
    assert channel.came[0][0] - NOON - away <= LONGEST_WAIT


async def test_a_channel_that_asks_for_patience_gets_it_and_the_other_does_not_wait(store):
    history, thread = store
    Desk().owe(history, acts=4, troubles=6)
    expected = owed(history)
    clock = Patient()
    patient = Channel("alerts", clock, NOON + timedelta(seconds=30), patience=30)
    other = Channel("troubles", clock)
    channels = {ALERTS: patient, OPS: other}

    await deliver(thread, channels, clock)
    assert (patient.came, other.keys()) == ([], expected[OPS])
    await clock.sleep(29 - (clock.now() - NOON).total_seconds())
    await deliver(thread, channels, clock)
    assert len(patient.asked) == 1
    await clock.sleep(1)
    await deliver(thread, channels, clock)
    assert patient.keys() == expected[ALERTS]


async def test_two_destinations_in_one_channel_share_its_second(store):
    history, thread = store
    Desk().owe(history, acts=4, troubles=4)
    clock = Patient()
    channel = Channel("both", clock)

    await deliver(thread, {ALERTS: channel, OPS: channel}, clock)

    assert len(channel.came) == 12
    assert (clock.now() - NOON).total_seconds() >= 11


async def test_a_clock_set_back_holds_nothing_for_longer_than_we_ever_wait(store):
    history, thread = store
    Desk().owe(history, acts=0, troubles=1)
    clock = Patient()
    channel = Channel("troubles", clock, NOON + timedelta(seconds=1), patience=30)
    await deliver(thread, {OPS: channel}, clock)
    await clock.sleep(-7200)
    channel._until = NOON - DAY

    await deliver(thread, {OPS: channel}, clock)

    assert len(channel.came) == 1


class Stumbling(Channel):
    """Made with a mistake that shows once."""

    def post(self, notice, *, thread):
        self.asked.append(self._clock.now())
        if len(self.asked) == 1:
            raise KeyError("a mistake of ours")
        return super().post(notice, thread=thread)

    def find(self, key, *, thread, since):
        return None


async def test_a_mistake_of_ours_ends_no_deliveries(store, caplog):
    history, thread = store
    Desk().owe(history, acts=0, troubles=2)
    expected = owed(history)[OPS]
    clock = Patient()
    channel, woken = Stumbling("troubles", clock), asyncio.Event()
    courier = asyncio.ensure_future(Courier(thread, OPS, channel, clock).keep_delivering(woken))
    while not caplog.records:  # noqa: ASYNC110 - a log has no event
        await asyncio.sleep(0.01)
    await clock.sleep(20)
    woken.set()
    while len(channel.came) < 2:
        assert not courier.done()
        await asyncio.sleep(0.01)
    courier.cancel()

    assert channel.keys() == expected
    assert "a mistake of ours" in caplog.text
