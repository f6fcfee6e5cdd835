"""The ways out that are no bot: a Slack webhook, a program's address, apprise; all of them at least once. Does I/O."""

from collections.abc import Iterator

from monitor.cli.doctor.finding import Finding
from monitor.cli.doctor.slack_web import HELLO, hello
from monitor.config import Config, DestinationSettings
from monitor.config.variables import secret
from monitor.deliver import destinations, slack
from monitor.deliver.channel import Trying
from monitor.deliver.slack import TOKEN
from monitor.deliver.slack.client import SlackWebhook
from monitor.deliver.terminal import Terminal
from monitor.errors import ConfigError, DeliveryError

WEBHOOK = "SLACK_WEBHOOK_URL"


def unopened(config: Config) -> Iterator[Finding]:
    """The destinations that can't be opened with what the environment of this command has."""
    try:
        reasons = destinations.unopened(destinations.channels(config, Terminal()))
    except ConfigError as error:
        yield Finding("destination alerts, ops", ok=False, seen=str(error), remedy="name the channel in config.toml")
        return
    for why, names in reasons.items():
        remedy = "set it where the monitor is started; until then what is owed there waits"
        yield Finding(f"destination {', '.join(names)}", ok=False, seen=why, remedy=remedy)


def own_webhook(*, send: bool) -> Iterator[Finding]:
    """SLACK_WEBHOOK_URL, where there is no bot token to go before it."""
    url = secret(WEBHOOK)
    if not url or secret(TOKEN):
        return
    try:
        SlackWebhook(url)
    except ConfigError as error:
        yield Finding("slack webhook", ok=False, seen=str(error), remedy=f"copy the whole address into {WEBHOOK}")
        return
    seen = "set; at least once: it can't be read back, so after a broken connection an alert may come twice, marked"
    yield Finding("slack webhook", ok=True, seen=seen, remedy=f"for exactly once, threads and edits: a bot token in {TOKEN}")
    if send:
        failure = hello(url)
        remedy = "make a new webhook, or mend the network" if failure else ""
        yield Finding("slack test message to alerts, ops", ok=not failure, seen=failure or "posted", remedy=remedy)


def others(config: Config, *, send: bool) -> Iterator[Finding]:
    """Destinations that are no Slack channel."""
    for name, settings in config.destinations.items():
        if not isinstance(destinations.settings_of(name, settings), slack.Settings):
            yield from _other(name, settings, config, send=send)


def _other(name: str, settings: DestinationSettings, config: Config, *, send: bool) -> Iterator[Finding]:
    subject = f"destination {name}"
    try:
        channel = destinations.channel_of(name, settings, config)
    except ConfigError as error:
        yield Finding(subject, ok=False, seen=str(error), remedy="set the variable where the monitor is started")
        return
    often = "in effect exactly once" if channel.searchable else "at least once"
    yield Finding(subject, ok=True, seen=f"set; {often}", remedy=channel.advice if isinstance(channel, Trying) else "")
    if send and isinstance(channel, Trying):
        yield _tried(f"test message to {name}", channel)


def _tried(subject: str, channel: Trying) -> Finding:
    try:
        channel.try_out(HELLO)
    except DeliveryError as error:
        return Finding(subject, ok=False, seen=str(error), remedy="see the answer: address, secret or network")
    return Finding(subject, ok=True, seen="taken")
