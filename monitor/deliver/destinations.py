"""The destinations of config.toml: channel, quiet hours, fallback; secrets come from the
environment.
"""

import pkgutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib import import_module
from threading import Lock
from typing import Any, Protocol, cast

import msgspec

from monitor.alert.event import ATTACHED, Notice
from monitor.alert.route import NO_RULE, breaks_quiet_hours
from monitor.config import Config, DestinationSettings, Section, redact
from monitor.config.mistakes import explain_mistake, explain_unknown_key, list_keys
from monitor.config.times import QuietHours, parse_setting
from monitor.config.variables import read_secret
from monitor.deliver import slack
from monitor.deliver.channel import Channel, DeliveryPolicy, Pace, Receipt, Unopened, load_policies
from monitor.deliver.slack import client
from monitor.deliver.terminal import Terminal
from monitor.errors import ConfigError
from monitor.render.alert import compose_alert
from monitor.store import ALERTS, OPS


def channels(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """Open a channel for each destination; one that fails, for lack of a secret say, is `Unopened`.

    Raises:
        ConfigError: a bot token without a channel to post to.
    """
    if read_secret(slack.TOKEN) and not config.slack.channel:
        raise ConfigError(
            "SLACK_BOT_TOKEN is set, but config.toml names no slack.channel (an id such as"
            " C0123456789)"
        )
    chosen: dict[str, Channel] = {}
    try:
        chosen |= _open_first(config, terminal)
    except ConfigError as error:
        chosen |= {name: Unopened(name, str(error)) for name in (ALERTS, OPS)}
    for name, settings in config.destinations.items():
        try:
            chosen[name] = open_channel(name, settings, config)
        except ConfigError as error:
            chosen[name] = Unopened(name, str(error))
    unopened = {name: channel for name, channel in chosen.items() if isinstance(channel, Unopened)}
    return chosen | {
        name: replace(channel, fallback=_find_fallback(name, config, unopened))
        for name, channel in unopened.items()
    }


def _find_fallback(name: str, config: Config, unopened: Mapping[str, Channel]) -> str | None:
    """Find the first fallback, or fallback's fallback, that opens."""
    chain, by_name = [name], load_policies(config)
    while (following := by_name[chain[-1]].fallback) and following not in chain:
        if following not in unopened:
            return following
        chain.append(following)
    return None


def list_unopened(chosen: Mapping[str, Channel]) -> Mapping[str, list[str]]:
    """List the destinations that can't be opened, by reason."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, channel in chosen.items():
        if isinstance(channel, Unopened):
            reasons[channel.why].append(name)
    return reasons


def open_terminal_for_all(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """A terminal for all destinations: a dry run shows each message with its destinations, and
    sends nothing.
    """
    shown, by_name = Shown(), load_policies(config)
    alone = not config.destinations and not config.routes
    return {
        name: Rehearsed(name, terminal, shown, way.quiet, alone) for name, way in by_name.items()
    }


def load_rehearsal_policies(config: Config) -> Mapping[str, DeliveryPolicy]:
    """The policies of a dry run: it shows messages that quiet hours would delay, with their
    time.
    """
    return {
        name: replace(way, quiet=None, fallback=None) for name, way in load_policies(config).items()
    }


def _open_first(config: Config, terminal: Terminal) -> Mapping[str, Channel]:
    """Alerts and ops: a bot, a webhook, or the terminal where config.toml names no channel of
    Slack.

    Raises:
        ConfigError: config.toml names one, and there is no secret for it; or the webhook is no
            address.
    """
    token, webhook = read_secret(slack.TOKEN), read_secret("SLACK_WEBHOOK_URL")
    if token:
        return _open_bots(config, token)
    if webhook:
        hook = client.SlackWebhook(webhook, pace=slack.make_pace(config))
        return {ALERTS: hook, OPS: hook}
    if config.slack.channel:
        slack.TOKEN.held(
            "slack.channel",
            "a bot token (xoxb-…). Set it, or take the channel out to have alerts printed",
        )
    return {ALERTS: terminal, OPS: terminal}


def _open_bots(config: Config, token: str) -> Mapping[str, Channel]:
    settings = config.slack
    main = settings.channel or ""
    channels = {ALERTS: main, OPS: settings.ops_channel or main}
    bots = {
        channel: client.SlackBot(
            token,
            channel,
            base_url=settings.api,
            pace=slack.make_pace(config),
            with_buttons=slack.is_heard(),
        )
        for channel in channels.values()
    }
    return {destination: bots[channel] for destination, channel in channels.items()}


def warn_before_first(chosen: Mapping[str, Channel]) -> str | None:
    """Warn about the delivery settings before the first alert."""
    unread = [
        name
        for name, channel in chosen.items()
        if channel.name != Terminal.name and not channel.searchable
    ]
    if unread:
        return (
            f"what came to {', '.join(unread)} can't be read back: after a broken connection an"
            " alert may come there twice, marked as a possible repeat"
        )
    return None


# A rehearsal's destinations: the terminal shows what would go to each, once in full and elsewhere
# by its headline. Does I/O.


@dataclass(eq=False)  # each is one of its own, whatever another has shown
class Shown:
    """The messages of a dry run so far, of all its destinations, which run in parallel."""

    keys: set[str] = field(default_factory=set)
    messages: Counter[str] = field(default_factory=Counter)
    fitted_by_none: int = 0
    lock: Lock = field(default_factory=Lock)


@dataclass
class Rehearsed(Channel):
    """One destination of a dry run; a single one (`alone`) is not named."""

    destination: str
    terminal: Terminal
    shown: Shown
    quiet: QuietHours | None
    alone: bool
    name: str = Terminal.name
    pace: Pace = field(default_factory=lambda: Pace(gap=0))

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:  # noqa: ARG002 - the notice says it
        with self.shown.lock:
            if notice.kind not in ATTACHED:
                self.shown.messages[self.destination] += 1
                self.shown.fitted_by_none += notice.why == NO_RULE
            return self._show(notice)

    def update(self, notice: Notice, receipt: Receipt = "") -> Receipt:  # noqa: ARG002 - it is printed anew
        with self.shown.lock:
            return self._show(notice)

    def _show(self, notice: Notice) -> Receipt:
        """Print a message in full the first time; that no rule matched, once at the end."""
        if self.alone or notice.kind in ATTACHED:
            return self.terminal.post(notice)
        key = notice.key.removesuffix(f"@{self.destination}")
        notice = replace(notice, why="") if notice.why == NO_RULE else notice
        where = f"{self.destination}{''.join(self._circumstances(notice))}"
        if key in self.shown.keys and not self.terminal.json:
            self.terminal.remark(f"→ also to {where}: {compose_alert(notice).headline}")
            return ""
        self.shown.keys.add(key)
        return self.terminal.told(notice, to=self.destination, where=f"→ to {where}")

    def _circumstances(self, notice: Notice) -> Iterator[str]:
        if notice.mentions:
            yield f", mentions {', '.join(notice.mentions)}"
        until = self.quiet.until(datetime.fromisoformat(notice.first_seen)) if self.quiet else None
        if until and not breaks_quiet_hours(notice.severity, notice.kind):
            yield f", at {until:%H:%M} after its quiet hours ({self.quiet})"


def count_sent(channels: Mapping[str, Channel]) -> Iterator[str]:
    """Print how many messages each destination got, and how many matched no rule; nothing for a
    single destination.
    """
    told = [
        channel
        for channel in channels.values()
        if isinstance(channel, Rehearsed) and not channel.alone
    ]
    for shown in dict.fromkeys(channel.shown for channel in told):
        counts = ", ".join(
            f"{channel.destination} {shown.messages[channel.destination]}" for channel in told
        )
        yield f"messages by destination: {counts}"
        if shown.fitted_by_none:
            yield f"no rule of config.toml fits {shown.fitted_by_none} of them: those go to alerts"


# Channels, found by name: a destination of config.toml has a key with the name of a module of
# `monitor.deliver`. The module declares its keys and opens its channel. `config/settings.py` lists
# the three, and docs/config.md their keys. It loads on first use.


class Way(Protocol):
    """The interface of a channel module. `Settings` are its keys of a destination, one with the
    module's name. A `Variable` names an environment variable: the only place for a secret.
    """

    Settings: type[Section]

    def opened(self, name: str, settings: Any, config: Config) -> Channel:
        """The channel of the destination of this name.

        Raises:
            ConfigError: a variable is not set or holds what can't be used; names the key.
        """
        ...


def load_ways() -> dict[str, Way]:
    """The ways out by their names; modules beside them are what all ways share."""
    package = import_module("monitor.deliver")
    modules = {
        found.name: import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    }
    return {
        name: cast("Way", module)
        for name, module in sorted(modules.items())
        if hasattr(module, "Settings")
    }


def list_key_complaints(config: Config) -> Iterator[str]:
    """Find errors in the keys of destinations, with the way out; missing variables show at the
    opening.
    """
    for name, destination in config.destinations.items():
        try:
            read_way_settings(name, destination)
        except ConfigError as error:
            yield str(error)


def read_way_settings(name: str, destination: DestinationSettings) -> Section:
    """Parse a destination's keys by its channel.

    Raises:
        ConfigError: it names no channel or several, or has an unknown key or value.
    """
    settings = _make_settings(f"destinations.{name}", destination.way)
    for key in list_keys(type(settings)):
        if type(value := getattr(settings, key)) is str:
            redact.mark_harmless(value)
    return settings


def open_channel(name: str, destination: DestinationSettings, config: Config) -> Channel:
    """The channel of a destination.

    Raises:
        ConfigError: config.toml describes it wrongly, a variable of the environment is missing or
            holds what can't be used.
    """
    settings = read_way_settings(name, destination)
    (way,) = load_ways().keys() & destination.way.keys()
    return load_ways()[way].opened(name, settings, config)


def _make_settings(key: str, written: Mapping[str, Any]) -> Section:
    ways = load_ways()
    named = [field for field in written if field in ways]
    if len(named) != 1:
        *most, last = ways
        one_of = f"{key}: give it exactly one of {', '.join(most)} and {last}, not "
        if written and not named:
            raise ConfigError(
                explain_unknown_key(next(iter(written)), key, [*ways, *redact.COMMON])
            )
        raise ConfigError(f"{one_of}{' and '.join(named) or 'none'}")
    kind = ways[named[0]].Settings
    try:
        return msgspec.convert(written, kind, dec_hook=parse_setting)
    except msgspec.ValidationError as error:
        raise ConfigError(
            explain_mistake(str(error), written, kind, within=key, beside=redact.COMMON)
        ) from error
