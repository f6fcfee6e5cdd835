"""The destinations of config.toml: which channel says what, when it keeps quiet, and where to turn while it is closed;
secrets come from the environment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.config import Config, DestinationSettings, secret
from monitor.config.times import Hours
from monitor.deliver.channel import Channel, Pace
from monitor.deliver.terminal import Terminal
from monitor.errors import ConfigError
from monitor.history import ALERTS, OPS, OutboxState, Owed
from monitor.lazy import lazy

if TYPE_CHECKING:
    from monitor.deliver import apprise as apprises
    from monitor.deliver import webhook as webhooks
    from monitor.deliver.slack import client as slack
else:
    slack = lazy("monitor.deliver.slack.client")
    webhooks = lazy("monitor.deliver.webhook")
    apprises = lazy("monitor.deliver.apprise")

LATE = timedelta(minutes=10)  # what waits longer had to wait; below, it is only its turn
MANY = 10  # so many late messages are one message with a thread; fewer are told one by one
AFTER_QUIET = 2


def channel_of(name: str, settings: DestinationSettings, config: Config) -> Channel:
    """The way out that config.toml describes under this name.

    Raises:
        ConfigError: a variable of the environment is missing or holds what can't be used; names the key.
    """
    if settings.slack:
        return _bot(name, settings.slack, settings.token, config)
    if settings.webhook:
        return _webhook(name, settings.webhook, settings.secret, config)
    if settings.apprise:
        address = variable(f"destinations.{name}.apprise", settings.apprise, "an address of apprise")
        return apprises.Apprise(name, address)
    raise ConfigError(f"destinations.{name}: give it exactly one of slack, webhook and apprise, not none")


def slack_pace(config: Config) -> Pace:
    """How fast a Slack channel is spoken to."""
    return Pace(gap=config.slack.gap.total_seconds(), grace=config.slack.grace.total_seconds())


def _bot(name: str, channel: str, token: str, config: Config) -> Channel:
    held = variable(f"destinations.{name}.token", token, "a bot token (xoxb-…)")
    return slack.SlackBot(held, channel, base_url=config.slack.api, pace=slack_pace(config))


def _webhook(name: str, address: str, secret: str | None, config: Config) -> Channel:
    url = variable(f"destinations.{name}.webhook", address, "an address that takes alerts as JSON")
    key = variable(f"destinations.{name}.secret", secret, "the key that signs them") if secret else None
    return webhooks.Webhook(name, url, secret=key, user_agent=config.fetch.name)


def variable(key: str, name: str, what: str) -> str:
    """What a variable of the environment holds, which config.toml names under `key`.

    Raises:
        ConfigError: there is none; what config.toml says is shown only where it looks like the name of one.
    """
    held = secret(name)
    if held is None:
        shown = name if name.isidentifier() else "the variable it names"
        raise ConfigError(f"{key}: {shown} is not set in the environment; it has to hold {what}")
    return held


@dataclass(frozen=True, slots=True)
class DeliveryPolicy:
    """Of one destination: its quiet hours, and who takes over while it is closed."""

    quiet: Hours | None = None
    fallback: str | None = None

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
    first = DeliveryPolicy(fallback=config.slack.fallback)
    return {ALERTS: first, OPS: first} | {
        name: DeliveryPolicy(each.quiet, each.fallback) for name, each in config.destinations.items()
    }


def channels(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """A channel for each destination.

    Raises:
        ConfigError: a bot token without a channel to post to, a destination whose secret is not in the environment.
    """
    further = {name: channel_of(name, settings, config) for name, settings in config.destinations.items()}
    return {**_first(config, terminal), **further}


def everything(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """The terminal for whatever goes anywhere: a rehearsal shows all of it, and tells nobody else."""
    return dict.fromkeys((ALERTS, OPS, *config.destinations), terminal)


def _first(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """Alerts and ops: a bot, a webhook, or the terminal."""
    token, webhook = secret("SLACK_BOT_TOKEN"), secret("SLACK_WEBHOOK_URL")
    if token:
        return _bots(config, token)
    if webhook:
        said = slack.SlackWebhook(webhook, pace=slack_pace(config))
        return {ALERTS: said, OPS: said}
    return {ALERTS: terminal, OPS: terminal}


def _bots(config: Config, token: str) -> Mapping[str, Channel]:
    settings = config.slack
    if not settings.channel:
        raise ConfigError("SLACK_BOT_TOKEN is set, but config.toml names no slack.channel (an id such as C0123456789)")
    channels = {ALERTS: settings.channel, OPS: settings.ops_channel or settings.channel}
    bots = {
        channel: slack.SlackBot(token, channel, base_url=settings.api, pace=slack_pace(config)) for channel in channels.values()
    }
    return {destination: bots[channel] for destination, channel in channels.items()}


def warning(chosen: Mapping[str, Channel]) -> str | None:
    """What a person should know of the way alerts are sent, before the first one is."""
    if any(channel.name != Terminal.name and not channel.searchable for channel in chosen.values()):
        return (
            "a Slack webhook can't be read back: after a broken connection an alert may come twice, marked as a possible repeat"
        )
    return None
