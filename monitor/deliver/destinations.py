"""The destinations of config.toml: which channel says what, when it keeps quiet, and where to turn while it is closed;
secrets come from the environment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from monitor.config import Config
from monitor.config.times import Hours
from monitor.config.variables import secret
from monitor.deliver.channel import Channel
from monitor.deliver.terminal import Terminal
from monitor.errors import ConfigError
from monitor.history import ALERTS, OPS, OutboxState, Owed
from monitor.lazy import lazy

if TYPE_CHECKING:
    from monitor.deliver import rehearsal, slack, ways
    from monitor.deliver.slack import client
else:
    rehearsal = lazy("monitor.deliver.rehearsal")
    slack, ways = lazy("monitor.deliver.slack"), lazy("monitor.deliver.ways")
    client = lazy("monitor.deliver.slack.client")

LATE = timedelta(minutes=10)  # what waits longer had to wait; below, it is only its turn
MANY = 10  # so many late messages are one message with a thread; fewer are told one by one
AFTER_QUIET = 2  # ditto, where there are quiet hours


@dataclass(frozen=True, slots=True)
class DeliveryPolicy:
    """Of one destination: its quiet hours, who takes over while it is closed, and the time zone of its readers."""

    quiet: Hours | None = None
    fallback: str | None = None
    zone: str = ""

    def quiet_until(self, now: datetime) -> datetime | None:
        """When the quiet hours that it is in are over; None outside them."""
        return self.quiet.until(now) if self.quiet else None

    def batches(self, waiting: list[Owed], now: datetime) -> bool:
        """Whether so much had to wait that it is told in one message's thread."""
        late = [
            owed for owed in waiting if owed.created_at and now - owed.created_at > LATE and owed.state is OutboxState.PENDING
        ]
        return len(late) > self.few

    @property
    def few(self) -> int:
        """How many late messages are still told one by one."""
        return AFTER_QUIET if self.quiet else MANY

    @property
    def why(self) -> str:
        """Why messages came late, as far as it lies in the policy."""
        return f"They came in quiet hours ({self.quiet})." if self.quiet else ""


def policies(config: Config) -> Mapping[str, DeliveryPolicy]:
    """The policy of each destination that config.toml describes."""
    first = DeliveryPolicy(None, config.slack.fallback, _key(config.slack.zone))
    return {ALERTS: first, OPS: first} | {
        name: DeliveryPolicy(settings.quiet, settings.fallback, _key(settings.zone))
        for name, settings in config.destinations.items()
    }


def _key(zone: ZoneInfo | None) -> str:
    return zone.key if zone else ""


def channels(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """A channel for each destination.

    Raises:
        ConfigError: a bot token without a channel to post to, a destination whose secret is not in the environment.
    """
    further = {name: ways.channel_of(name, settings, config) for name, settings in config.destinations.items()}
    return {**_first(config, terminal), **further}


def everything(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """The terminal for whatever goes anywhere: a rehearsal shows all of it and where it would go, and tells nobody else."""
    shown, ways = rehearsal.Shown(), policies(config)
    alone = not config.destinations and not config.routes
    return {name: rehearsal.Rehearsed(name, terminal, shown, way.quiet, alone) for name, way in ways.items()}


def at_once(config: Config) -> Mapping[str, DeliveryPolicy]:
    """The policies for a rehearsal: what quiet hours would hold back is shown now, and when it would come."""
    return {name: replace(way, quiet=None, fallback=None) for name, way in policies(config).items()}


def _first(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """Alerts and ops: a bot, a webhook, or the terminal."""
    token, webhook = secret(slack.TOKEN), secret("SLACK_WEBHOOK_URL")
    if token:
        return _bots(config, token)
    if webhook:
        hook = client.SlackWebhook(webhook, pace=slack.pace(config))
        return {ALERTS: hook, OPS: hook}
    return {ALERTS: terminal, OPS: terminal}


def _bots(config: Config, token: str) -> Mapping[str, Channel]:
    settings = config.slack
    if not settings.channel:
        raise ConfigError("SLACK_BOT_TOKEN is set, but config.toml names no slack.channel (an id such as C0123456789)")
    channels = {ALERTS: settings.channel, OPS: settings.ops_channel or settings.channel}
    bots = {
        channel: client.SlackBot(token, channel, base_url=settings.api, pace=slack.pace(config), with_buttons=slack.is_heard())
        for channel in channels.values()
    }
    return {destination: bots[channel] for destination, channel in channels.items()}


def warning(chosen: Mapping[str, Channel]) -> str | None:
    """What a person should know of the way alerts are sent, before the first one is."""
    if any(channel.name != Terminal.name and not channel.searchable for channel in chosen.values()):
        return (
            "a Slack webhook can't be read back: after a broken connection an alert may come twice, marked as a possible repeat"
        )
    return None
