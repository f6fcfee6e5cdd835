"""Who tells what a closed destination, or one that is gone, is owed."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from channels import HOUR, Channel, Forgetful, flush, hourly

from monitor.config import Config, DestinationSettings, SlackSettings
from monitor.deliver.channel import DeliveryPolicy, load_policies
from monitor.deliver.sending import deliver, reroute_orphans
from monitor.errors import DeliveryError
from monitor.store import ALERTS, OPS, outbox, owing


async def hand_over(desk, channel: Channel, fallback: Channel) -> None:
    """Deliver what is owed to alerts, for which ops stands in."""
    await deliver(
        desk.pipeline.history,
        {ALERTS: channel, OPS: fallback},
        desk.clock,
        {ALERTS: DeliveryPolicy(fallback=OPS)},
    )


async def test_a_channel_that_is_closed_when_it_is_asked_what_it_heard_hands_over_to_its_fallback_too(
    desk, ministry
):
    closed = Forgetful(DeliveryError("no such channel", outcome="unknown", closed=True))
    closed.weather = ["closed"]
    elsewhere = Channel()
    await hourly(desk, ministry, 1)
    await hand_over(desk, closed, elsewhere)

    assert [key for key, _ in elsewhere.said] == ["mofcom-2025-1:act"]


async def test_without_a_fallback_a_closed_destination_loses_nothing(desk, ministry):
    channel = Channel()
    await hourly(desk, ministry, 1)
    channel.weather = ["closed"]
    await flush(desk, channel)
    await flush(desk, channel, after=timedelta(minutes=5))

    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]


async def test_a_fallback_tells_in_the_same_pass_what_it_takes_over(desk, ministry):
    channel, elsewhere = Channel(), Channel()
    await hourly(desk, ministry, 2)
    channel.weather = ["closed"]
    await hand_over(desk, channel, elsewhere)

    assert [key for key, _ in elsewhere.said] == ["mofcom-2025-1:act", "mofcom-2025-2:act"]


async def test_two_closed_destinations_that_stand_in_for_each_other_are_tried_no_oftener_than_one(
    desk, ministry
):
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


async def test_what_is_gathered_and_then_goes_elsewhere_leaves_no_empty_message_behind(
    desk, ministry
):
    channel, elsewhere = Channel(), Channel()
    await hourly(desk, ministry, 12)
    channel.weather = ["closed"]
    await hand_over(desk, channel, elsewhere)

    assert channel.said == []
    assert elsewhere.said == [
        ("ops:digest:1", None),
        *((f"mofcom-2025-{number}:act", "1") for number in range(1, 13)),
    ]


async def test_what_is_owed_to_a_destination_that_config_no_longer_has_is_told_by_alerts(
    desk, ministry
):
    alerts, destinations = Channel(), {ALERTS, OPS}
    await hourly(desk, ministry, 1)
    await desk.pipeline.history(outbox.send_elsewhere, ALERTS, "desk")
    await reroute_orphans(desk.pipeline.history, destinations | {"desk"})
    await flush(desk, alerts)
    before = list(alerts.said)
    await reroute_orphans(desk.pipeline.history, destinations)
    await flush(desk, alerts)

    assert before == []
    assert alerts.said == [("mofcom-2025-1:act", None)]


async def test_what_may_have_been_posted_where_nobody_can_look_any_more_says_that_it_may_be_a_repeat(
    desk, ministry
):
    gone, alerts = Channel(), Channel()
    await desk.pipeline.history(owing.enqueue_daily, "2025-10-09", "desk", desk.clock.now())
    gone.weather = ["lost"]
    await deliver(desk.pipeline.history, {"desk": gone}, desk.clock)
    await reroute_orphans(desk.pipeline.history, {ALERTS, OPS})
    await flush(desk, alerts)

    assert ([key for key, _ in alerts.said], alerts.repeats) == (["daily:2025-10-09"], 1)


async def test_what_waits_behind_a_message_that_cannot_be_looked_for_goes_to_the_fallback_of_a_closed_channel(
    desk, ministry
):
    class Revoked(Channel):
        def find(self, key, *, thread, since):
            raise DeliveryError("can't look", outcome="unknown", closed=True)

    channel, elsewhere = Revoked(), Channel()
    await hourly(desk, ministry, 2)
    channel.weather = ["lost"]
    await flush(desk, channel)
    desk.clock.move_to(desk.clock.now() + HOUR)
    await hand_over(desk, channel, elsewhere)

    assert [key for key, _ in channel.said] == ["mofcom-2025-1:act"]
    assert [key for key, _ in elsewhere.said] == ["mofcom-2025-2:act"]


async def test_each_destination_is_told_with_the_clock_of_its_readers(desk, ministry):
    class Listening(Channel):
        zones: tuple[str, ...] = ()

        def post(self, notice, *, thread):
            self.zones += (notice.zone,)
            return super().post(notice, thread=thread)

    config = Config(slack=SlackSettings(channel="C1", zone=ZoneInfo("Europe/Berlin")))
    alerts = Listening()
    await hourly(desk, ministry, 2)
    await deliver(desk.pipeline.history, {ALERTS: alerts}, desk.clock, load_policies(config))

    assert set(alerts.zones) == {"Europe/Berlin"}


async def test_alerts_and_ops_themselves_have_the_fallback_that_the_configuration_names(
    desk, ministry
):
    settings = {"mail": DestinationSettings(way={"apprise": "URL"})}
    config = Config(slack=SlackSettings(channel="C1", fallback="mail"), destinations=settings)
    channel, mail = Channel(), Channel(searchable=False)
    await hourly(desk, ministry, 2)
    channel.weather = ["closed"]
    await deliver(
        desk.pipeline.history, {ALERTS: channel, "mail": mail}, desk.clock, load_policies(config)
    )

    assert [key for key, _ in mail.said] == ["mofcom-2025-1:act", "mofcom-2025-2:act"]
