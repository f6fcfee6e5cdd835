import io
import sys
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from notices import saved

from monitor.config import Config, DestinationSettings, RouteSettings, SlackSettings
from monitor.config.times import QuietHours
from monitor.deliver import slack
from monitor.deliver.channel import load_policies
from monitor.deliver.destinations import (
    channels,
    list_unopened,
    load_rehearsal_policies,
    open_terminal_for_all,
    warn_before_first,
)
from monitor.deliver.terminal import Terminal
from monitor.deliver.webhook import Webhook
from monitor.errors import ConfigError, DeliveryError


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({"SLACK_WEBHOOK_URL": "https://hooks.example/T/B/x"}, ("slack:webhook", "slack:webhook")),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ("slack:C1", "slack:C2")),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_WEBHOOK_URL": "https://hooks.example/T/B/x"},
            ("slack:C1", "slack:C2"),
        ),
    ],
)
def test_alerts_and_ops_go_by_the_token_else_by_the_webhook_else_to_the_terminal(
    monkeypatch, environment, names
):
    for name in ("SLACK_BOT_TOKEN", "SLACK_WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    chosen = channels(Config(slack=SlackSettings(channel="C1", ops_channel="C2")), Terminal())

    assert (chosen["alerts"].name, chosen["ops"].name) == names


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """One in which nobody named a secret."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_a_channel_of_their_own_troubles_go_where_alerts_go_at_one_pace(environment):
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    chosen = channels(Config(slack=SlackSettings(channel="C1")), Terminal())

    assert [chosen[name].name for name in ("alerts", "ops")] == ["slack:C1"] * 2
    assert chosen["alerts"].pace is chosen["ops"].pace


def test_without_a_channel_of_slack_alerts_are_printed(environment):
    assert {channel.name for channel in channels(Config(), Terminal()).values()} == {"terminal"}


@pytest.mark.parametrize(
    ("config", "lacking"),
    [
        (
            {"slack": SlackSettings(channel="C1")},
            {"alerts": "slack.channel: SLACK_BOT_TOKEN is not set"},
        ),
        (
            {"way": {"slack": "C9", "token": "OTHER"}},
            {"desk": "destinations.desk.token: OTHER is not set"},
        ),
        (
            {"way": {"webhook": "DESK_URL"}},
            {"desk": "destinations.desk.webhook: DESK_URL is not set"},
        ),
        (
            {"way": {"webhook": "GOOD", "secret": "KEY"}},
            {"desk": "destinations.desk.secret: KEY is not set"},
        ),
        (
            {"way": {"webhook": "BAD"}},
            {"desk": "destinations.desk.webhook: what its variable holds is not a web address"},
        ),
        (
            {"way": {"apprise": "DESK_APPRISE"}},
            {"desk": "destinations.desk.apprise: DESK_APPRISE is not set"},
        ),
    ],
)
def test_a_destination_that_lacks_its_secret_is_told_nothing_and_holds_up_no_other(
    environment, config, lacking
):
    environment.setenv("GOOD", "https://desk.example/in")
    environment.setenv("BAD", "desk")
    way = config.pop("way", None)
    destinations = {"fine": DestinationSettings(way={"webhook": "GOOD"})}
    destinations |= {"desk": DestinationSettings(way=way)} if way else {}
    chosen = channels(Config(**config, destinations=destinations), Terminal())
    ((why, names),) = list_unopened(chosen).items()

    assert why.startswith(lacking[names[0]])
    assert chosen["fine"].name == "webhook:fine"
    with pytest.raises(DeliveryError, match="is not") as refused:
        chosen[names[0]].check()
    assert refused.value.closed


def test_a_fallback_takes_over_only_where_it_can_be_opened_itself(environment):
    environment.setenv("GOOD", "https://desk.example/in")
    lacking, good = {"webhook": "NOT_SET"}, {"webhook": "GOOD"}
    config = Config(
        slack=SlackSettings(channel="C1", fallback="first"),
        destinations={
            "first": DestinationSettings(way=lacking, fallback="second"),
            "second": DestinationSettings(way=good),
            "ring": DestinationSettings(way=lacking, fallback="again"),
            "again": DestinationSettings(way=lacking, fallback="ring"),
        },
    )
    chosen = channels(config, Terminal())

    assert [chosen[name].fallback for name in ("alerts", "ops", "first", "ring", "again")] == [
        "second"
    ] * 3 + [None] * 2


def test_a_token_without_a_channel_is_a_wrong_setting(environment):
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")

    with pytest.raises(ConfigError, match="config.toml names no slack.channel"):
        channels(Config(), Terminal())


@pytest.mark.parametrize(
    ("variables", "token", "is_there"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", True),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_BOT_TOKEN", False),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "OTHER_TOKEN": "xoxb-2"},
            "OTHER_TOKEN",
            False,
        ),
        ({"SLACK_APP_TOKEN": "xapp-1", "OTHER_TOKEN": "xoxb-2"}, "OTHER_TOKEN", False),
    ],
)
def test_a_message_has_buttons_only_where_somebody_hears_who_clicks(
    environment, httpserver, variables, token, is_there
):
    httpserver.expect_request("/api/chat.postMessage").respond_with_json({"ok": True, "ts": "1.0"})
    for name, value in variables.items():
        environment.setenv(name, value)
    config = Config(
        slack=SlackSettings(channel="C1", api=httpserver.url_for("/api/")),
        destinations={"desk": DestinationSettings(way={"slack": "C9", "token": token})},
    )
    channels(config, Terminal())["desk"].post(
        replace(saved("act-smallest"), event="mofcom-2025-57"), thread=None
    )

    assert ("triage_take" in httpserver.log[0][0].get_data(as_text=True)) == is_there


def test_nobody_is_heard_without_the_library_that_hears(environment):
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    environment.setenv("SLACK_APP_TOKEN", "xapp-1")
    heard = slack.is_heard()
    environment.setitem(sys.modules, "slack_bolt", None)  # as if it were not installed

    assert (heard, slack.is_heard()) == (True, False)


def test_that_an_alert_may_come_twice_is_said_of_what_can_not_be_read_back_and_of_nothing_else(
    environment,
):
    environment.setenv("SLACK_WEBHOOK_URL", "https://hooks.example/T/B/x")
    hook = channels(Config(), Terminal())
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    bot = channels(Config(slack=SlackSettings(channel="C1")), Terminal())
    program = Webhook("desk", "https://desk.example/in")

    assert (warn_before_first(hook) or "").startswith("what came to alerts, ops can't be read back")
    assert (warn_before_first(bot | {"desk": program}) or "").startswith("what came to desk can't")
    assert [
        warn_before_first(bot),
        warn_before_first({"alerts": Terminal()}),
        warn_before_first({}),
    ] == [None, None, None]


def test_each_destination_keeps_its_own_hours_and_clock():
    quiet = QuietHours.of("22:00-07:00 Asia/Shanghai")
    config = Config(
        slack=SlackSettings(channel="C1", fallback="desk"),
        destinations={
            "desk": DestinationSettings(
                way={"slack": "C9"}, quiet=quiet, zone=ZoneInfo("Europe/Berlin")
            )
        },
    )
    found = load_policies(config)

    assert [
        (found[name].zone, found[name].fallback, found[name].quiet)
        for name in ("alerts", "ops", "desk")
    ] == [
        ("", "desk", None),
        ("", "desk", None),
        ("Europe/Berlin", None, quiet),
    ]
    night, day = datetime(2025, 10, 9, 15, 0, tzinfo=UTC), datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
    assert found["desk"].quiet_until(night) == datetime(2025, 10, 9, 23, 0, tzinfo=UTC)
    assert (found["desk"].quiet_until(day), found["alerts"].quiet_until(night)) == (None, None)
    assert "They came in quiet hours" in found["desk"].why
    assert found["alerts"].why == ""


def test_a_rehearsal_holds_nothing_back_and_hands_nothing_over():
    quiet = QuietHours.of("22:00-07:00 Asia/Shanghai")
    settings = {"desk": DestinationSettings(way={"slack": "C9"}, quiet=quiet, fallback="alerts")}
    found = load_rehearsal_policies(Config(destinations=settings))

    assert {(policy.quiet, policy.fallback) for policy in found.values()} == {(None, None)}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, False),
        ({"destinations": {"desk": DestinationSettings(way={"slack": "C9"})}}, True),
        ({"routes": (RouteSettings(to=("ops",), register=("cn-dual-use-items",)),)}, True),
    ],
)
def test_a_rehearsal_says_where_a_message_would_go_where_it_could_go_elsewhere(more, said):
    out = io.StringIO()
    open_terminal_for_all(Config(**more), Terminal(out))["alerts"].post(
        saved("act-smallest"), thread=None
    )

    assert ("→ to alerts" in out.getvalue()) == said
