"""The destinations of config.toml: which channel says what, when it keeps quiet, and where to turn while it is closed;
secrets come from the environment.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.config import Config
from monitor.config.times import Hours
from monitor.config.variables import secret
from monitor.deliver import rehearsal, slack, ways
from monitor.deliver.channel import Channel, Unopened
from monitor.deliver.slack import client
from monitor.deliver.terminal import Terminal
from monitor.errors import ConfigError
from monitor.history import ALERTS, OPS, OutboxState, Owed

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
    """A channel for each destination; one that can't be opened from here, such as one without its secret, is `Unopened`.

    Raises:
        ConfigError: a bot token without a channel to post to.
    """
    if secret(slack.TOKEN) and not config.slack.channel:
        raise ConfigError("SLACK_BOT_TOKEN is set, but config.toml names no slack.channel (an id such as C0123456789)")
    chosen: dict[str, Channel] = {}
    for names, open_channels in _openings(config, terminal):
        try:
            chosen |= open_channels()
        except ConfigError as error:
            chosen |= {name: Unopened(name, str(error)) for name in names}
    unopened = {name: channel for name, channel in chosen.items() if isinstance(channel, Unopened)}
    return chosen | {name: replace(channel, fallback=_fallback(name, config, unopened)) for name, channel in unopened.items()}


def _openings(config: Config, terminal: Terminal) -> Iterator[tuple[tuple[str, ...], Callable[[], Mapping[str, Channel]]]]:
    """How each destination is opened: alerts and ops together, every other one by itself."""
    yield (ALERTS, OPS), lambda: _first(config, terminal)
    for name, settings in config.destinations.items():
        yield (name,), lambda name=name, settings=settings: {name: ways.channel_of(name, settings, config)}  # type: ignore[misc]


def _fallback(name: str, config: Config, unopened: Mapping[str, Channel]) -> str | None:
    """The first of the fallbacks of a destination, and of theirs, that can be opened."""
    chain, ways = [name], policies(config)
    while (following := ways[chain[-1]].fallback) and following not in chain:
        if following not in unopened:
            return following
        chain.append(following)
    return None


def unopened(chosen: Mapping[str, Channel]) -> Mapping[str, list[str]]:
    """Why destinations can't be opened, and which ones."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, channel in chosen.items():
        if isinstance(channel, Unopened):
            reasons[channel.why].append(name)
    return reasons


def everything(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """The terminal for whatever goes anywhere: a rehearsal shows all of it and where it would go, and tells nobody else."""
    shown, ways = rehearsal.Shown(), policies(config)
    alone = not config.destinations and not config.routes
    return {name: rehearsal.Rehearsed(name, terminal, shown, way.quiet, alone) for name, way in ways.items()}


def at_once(config: Config) -> Mapping[str, DeliveryPolicy]:
    """The policies for a rehearsal: what quiet hours would hold back is shown now, and when it would come."""
    return {name: replace(way, quiet=None, fallback=None) for name, way in policies(config).items()}


def _first(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """Alerts and ops: a bot, a webhook, or the terminal where config.toml names no channel of Slack.

    Raises:
        ConfigError: config.toml names one, and there is no secret for it; or the webhook is no address.
    """
    token, webhook = secret(slack.TOKEN), secret("SLACK_WEBHOOK_URL")
    if token:
        return _bots(config, token)
    if webhook:
        hook = client.SlackWebhook(webhook, pace=slack.pace(config))
        return {ALERTS: hook, OPS: hook}
    if config.slack.channel:
        slack.TOKEN.held("slack.channel", "a bot token (xoxb-…). Set it, or take the channel out to have alerts printed")
    return {ALERTS: terminal, OPS: terminal}


def _bots(config: Config, token: str) -> Mapping[str, Channel]:
    settings = config.slack
    main = settings.channel or ""
    channels = {ALERTS: main, OPS: settings.ops_channel or main}
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
