import asyncio
from datetime import timedelta

import pytest
from acts import control, suspension
from sqlmodel import select

from monitor.alert.event import NoticeKind
from monitor.config import Config, DestinationSettings, SlackSettings
from monitor.config.times import QuietHours
from monitor.deliver import DeliveryPolicy, Pace, backoff, deliver, keep_delivering, reroute_orphans
from monitor.deliver.destinations import LATE, policies
from monitor.errors import DeliveryError
from monitor.history import ALERTS, OPS, History
from monitor.history.tables import OutboxRow


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


async def test_a_kill_is_no_failed_attempt_and_makes_nothing_wait_longer(package):
    channel = Channel()
    for _ in range(10):
        channel.weather = ["killed"]
        channel.said = []  # killed before it arrived
        with pytest.raises(Killed):
            await flush(package, channel, after=timedelta(seconds=20))
    channel.said = []
    channel.pace = Pace(gap=0, grace=1)
    channel.find = refuse(DeliveryError("not now", outcome="unknown"), channel.find)
    await flush(package, channel, after=timedelta(seconds=20))
    (owed, *_) = await package.pipeline.history(History.waiting, ALERTS)

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


async def told(desk, channel: Channel, policies: DeliveryPolicy) -> list[DeliveryError]:
    return await deliver(desk.pipeline.history, {ALERTS: channel}, desk.clock, {ALERTS: policies})


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
    quiet = DeliveryPolicy(QuietHours.of("09:00-15:00 Asia/Shanghai"))  # the acts come from 10:05 to 12:05
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
    policies = {ALERTS: DeliveryPolicy(fallback=OPS)}
    await deliver(desk.pipeline.history, {ALERTS: channel}, desk.clock, policies)
    await deliver(desk.pipeline.history, {OPS: elsewhere}, desk.clock, policies)

    assert channel.said == []
    assert [key for key, _ in elsewhere.said] == ["mofcom-2025-1:act", "mofcom-2025-2:act"]


class Forgetful(Channel):
    """A channel that is first asked what it heard."""

    def __init__(self, *answers: DeliveryError | list[str]) -> None:
        super().__init__()
        self.answers = [*answers]

    def recalled(self, since):
        answer = self.answers.pop(0)
        if isinstance(answer, DeliveryError):
            raise answer
        return answer


async def test_a_channel_that_is_closed_when_it_is_asked_what_it_heard_hands_over_to_its_fallback_too(desk, ministry):
    closed = Forgetful(DeliveryError("no such channel", outcome="unknown", closed=True))
    closed.weather = ["closed"]
    elsewhere = Channel()
    await hourly(desk, ministry, 1)
    await deliver(desk.pipeline.history, {ALERTS: closed, OPS: elsewhere}, desk.clock, {ALERTS: DeliveryPolicy(fallback=OPS)})

    assert [key for key, _ in elsewhere.said] == ["mofcom-2025-1:act"]


async def test_what_may_have_been_said_before_a_backup_came_back_wakes_nobody(desk, ministry):
    channel = Forgetful(["somebody-else:act"])
    await hourly(desk, ministry, 2)
    await told(desk, channel, DeliveryPolicy(QuietHours.of("09:00-15:00 Asia/Shanghai")))
    in_quiet = list(channel.said)
    desk.clock.move_to(desk.clock.now() + timedelta(hours=6))
    await told(desk, channel, DeliveryPolicy(QuietHours.of("09:00-15:00 Asia/Shanghai")))

    assert in_quiet == []
    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act", "mofcom-2025-2:act"]


async def test_a_channel_that_never_says_what_it_heard_holds_nothing_back_for_ever(desk, ministry):
    channel = Forgetful(*[DeliveryError("not now", outcome="unknown")] * 4)
    await hourly(desk, ministry, 1)
    held = [len(await flush(desk, channel, after=timedelta(minutes=1))) for _ in range(4)]

    assert held == [1, 1, 1, 0]
    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]


async def test_nothing_is_said_before_it_is_known_what_was(desk, ministry):
    channel = Forgetful(DeliveryError("not now", outcome="unknown"), ["somebody-else:act"], [])
    await hourly(desk, ministry, 1)
    (failure,) = await flush(desk, channel)
    silent = list(channel.said)
    await flush(desk, channel, after=timedelta(minutes=1))
    await flush(desk, channel, after=timedelta(minutes=1))

    assert (str(failure), silent) == ("not now", [])
    assert [key for key, _ in channel.looked] == ["mofcom-2025-1:act"]  # something was said that we know nothing of
    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]
    assert channel.answers == [[]]  # it is asked once


async def test_without_a_fallback_a_closed_destination_loses_nothing(desk, ministry):
    channel = Channel()
    await hourly(desk, ministry, 1)
    channel.weather = ["closed"]
    await flush(desk, channel)
    await flush(desk, channel, after=timedelta(minutes=5))

    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]


class Newer(Channel):
    """A channel that, as Slack does, looks only behind the message that it is told is older."""

    def find(self, key, *, thread, since):
        return next((str(at) for at, (said, _) in enumerate(self.said, 1) if said == key and at > int(since or 0)), None)


async def test_what_may_have_been_posted_is_looked_for_before_what_waited_longer_is_said(desk, ministry):
    channel, closed = Newer(), Channel()
    await hourly(desk, ministry, 1)
    await desk.pipeline.history(History.daily, "2025-10-09", OPS, desk.clock.now())
    channel.weather, closed.weather = ["lost"], ["closed"]
    await deliver(desk.pipeline.history, {OPS: channel}, desk.clock)
    await deliver(desk.pipeline.history, {ALERTS: closed}, desk.clock, {ALERTS: DeliveryPolicy(fallback=OPS)})
    for _ in range(2):  # the first time it is too early to look
        await deliver(desk.pipeline.history, {OPS: channel}, desk.clock)
        desk.clock.move_to(desk.clock.now() + HOUR)

    assert [key for key, _ in channel.said] == ["daily:2025-10-09", "mofcom-2025-1:act"]


async def test_a_fallback_tells_in_the_same_pass_what_it_takes_over(desk, ministry):
    channel, elsewhere = Channel(), Channel()
    await hourly(desk, ministry, 2)
    channel.weather = ["closed"]
    await deliver(desk.pipeline.history, {ALERTS: channel, OPS: elsewhere}, desk.clock, {ALERTS: DeliveryPolicy(fallback=OPS)})

    assert [key for key, _ in elsewhere.said] == ["mofcom-2025-1:act", "mofcom-2025-2:act"]


async def test_two_closed_destinations_that_stand_in_for_each_other_are_tried_no_oftener_than_one(desk, ministry):
    here, there = Channel(), Channel()
    policies = {ALERTS: DeliveryPolicy(fallback=OPS), OPS: DeliveryPolicy(fallback=ALERTS)}
    await hourly(desk, ministry, 1)
    here.weather, there.weather = ["closed"] * 100, ["closed"] * 100
    for _ in range(12):  # a minute of the daemon
        await deliver(desk.pipeline.history, {ALERTS: here, OPS: there}, desk.clock, policies)
        desk.clock.move_to(desk.clock.now() + timedelta(seconds=5))
    tries = 200 - len(here.weather) - len(there.weather)
    here.weather = []
    desk.clock.move_to(desk.clock.now() + HOUR)
    await deliver(desk.pipeline.history, {ALERTS: here, OPS: there}, desk.clock, policies)

    assert tries == 2
    assert (here.said, there.said) == ([("mofcom-2025-1:act", None)], [])


async def test_what_is_gathered_and_then_goes_elsewhere_leaves_no_empty_message_behind(desk, ministry):
    channel, elsewhere = Channel(), Channel()
    await hourly(desk, ministry, 12)
    channel.weather = ["closed"]
    await deliver(desk.pipeline.history, {ALERTS: channel, OPS: elsewhere}, desk.clock, {ALERTS: DeliveryPolicy(fallback=OPS)})

    assert channel.said == []
    assert elsewhere.said == [("ops:digest:1", None), *((f"mofcom-2025-{number}:act", "1") for number in range(1, 13))]


async def test_what_no_thread_was_made_for_stands_by_itself_and_its_replies_under_it(desk, ministry):
    channel = Channel()
    await hourly(desk, ministry, 12)
    channel.weather = ["permanent"]
    await flush(desk, channel)
    ministry.publish("12", control(12, "1C909", "1C910"))
    await desk.poll(after=timedelta(days=1))
    await flush(desk, channel)

    assert channel.said[:12] == [(f"mofcom-2025-{number}:act", None) for number in range(1, 13)]
    assert channel.said[12][1] == "12"


def _critical_edits(history: History) -> None:
    with history._transaction() as session:
        for row in session.exec(select(OutboxRow).where(OutboxRow.kind == NoticeKind.PARENT)).all():
            row.severity = "critical"


async def test_a_critical_edit_waits_in_quiet_hours_for_the_message_that_it_edits(package):
    channel = Channel()
    await package.pipeline.history(_critical_edits)
    quiet = DeliveryPolicy(QuietHours.of(f"{package.clock.now() - HOUR:%H:%M}-{package.clock.now() + HOUR:%H:%M} UTC"))
    await told(package, channel, quiet)
    package.clock.move_to(package.clock.now() + 2 * HOUR)
    await told(package, channel, quiet)

    assert channel.edits


async def test_what_is_owed_to_a_destination_that_config_no_longer_has_is_told_by_alerts(desk, ministry):
    alerts, destinations = Channel(), {ALERTS, OPS}
    await hourly(desk, ministry, 1)
    await desk.pipeline.history(History.fail_over, ALERTS, "desk")
    await reroute_orphans(desk.pipeline.history, destinations | {"desk"})
    await flush(desk, alerts)
    before = list(alerts.said)
    await reroute_orphans(desk.pipeline.history, destinations)
    await flush(desk, alerts)

    assert before == []
    assert alerts.said == [("mofcom-2025-1:act", None)]


async def test_what_may_have_been_posted_where_nobody_can_look_any_more_says_that_it_may_be_a_repeat(desk, ministry):
    gone, alerts = Channel(), Channel()
    await desk.pipeline.history(History.daily, "2025-10-09", "desk", desk.clock.now())
    gone.weather = ["lost"]
    await deliver(desk.pipeline.history, {"desk": gone}, desk.clock)
    await reroute_orphans(desk.pipeline.history, {ALERTS, OPS})
    await flush(desk, alerts)

    assert ([key for key, _ in alerts.said], alerts.repeats) == (["daily:2025-10-09"], 1)


async def test_what_waits_behind_a_message_that_cannot_be_looked_for_goes_to_the_fallback_of_a_closed_channel(desk, ministry):
    class Revoked(Channel):
        def find(self, key, *, thread, since):
            raise DeliveryError("can't look", outcome="unknown", closed=True)

    channel, elsewhere = Revoked(), Channel()
    await hourly(desk, ministry, 2)
    channel.weather = ["lost"]
    await flush(desk, channel)
    desk.clock.move_to(desk.clock.now() + HOUR)
    await deliver(desk.pipeline.history, {ALERTS: channel, OPS: elsewhere}, desk.clock, {ALERTS: DeliveryPolicy(fallback=OPS)})

    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]
    assert [key for key, _ in elsewhere.said] == ["mofcom-2025-2:act"]


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
        key.partition(":")[2].partition(":")[0]: thread for key, thread in channel.said if key.startswith("mofcom-2025-1:")
    }
    assert threads == {"act": None, "amended": "1"}


async def test_where_an_edit_had_to_be_said_anew_the_thread_goes_on_from_there(desk, ministry):
    class Deleted(Channel):
        """Somebody has deleted its first message."""

        def update(self, notice, receipt):
            return super().update(notice, receipt) if receipt != "1" else self.post(notice, thread=None)

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


async def test_alerts_and_ops_themselves_have_the_fallback_that_the_configuration_names(desk, ministry):
    settings = {"mail": DestinationSettings(apprise="URL")}
    config = Config(slack=SlackSettings(channel="C1", fallback="mail"), destinations=settings)
    channel, mail = Channel(), Channel(searchable=False)
    await hourly(desk, ministry, 2)
    channel.weather = ["closed"]
    await deliver(desk.pipeline.history, {ALERTS: channel, "mail": mail}, desk.clock, policies(config))

    assert [key for key, _ in mail.said] == ["mofcom-2025-1:act", "mofcom-2025-2:act"]


async def test_what_may_have_been_posted_is_looked_for_once_it_must_show_and_not_before(desk, ministry):
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


@pytest.mark.parametrize(("wait", "first"), [(LATE, "mofcom-2025-1:act"), (LATE + timedelta(seconds=1), "alerts:digest:1")])
async def test_many_messages_are_gathered_only_where_they_are_late(desk, ministry, wait: timedelta, first: str):
    channel = Channel()
    await desk.poll()
    for number in range(1, 12):
        ministry.publish(str(number), suspension(number, "mofcom-2024-1"))  # each a message of its own
    await desk.poll()
    await flush(desk, channel, after=wait)

    assert channel.said[0] == (first, None)


async def test_who_is_told_to_stop_just_as_there_is_something_to_deliver_stops(package):
    channel, woken = Channel(), asyncio.Event()
    channel.weather = ["refused"] * 9
    courier = asyncio.ensure_future(keep_delivering(package.pipeline.history, ALERTS, channel, package.clock, woken))
    while len(channel.weather) == 9 or not woken._waiters:  # noqa: ASYNC110 - until it waits for its turn to try again
        await asyncio.sleep(0.01)

    woken.set()
    await asyncio.sleep(0)
    courier.cancel()
    await asyncio.wait({courier}, timeout=5)

    assert courier.cancelled()
