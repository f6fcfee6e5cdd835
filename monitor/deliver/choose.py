"""Which mouth says what, from config.toml and the environment: Slack where it is set up, else the terminal."""

from collections.abc import Mapping

from monitor.config import Config, secret
from monitor.deliver.destinations import mouth_of, slack_pace
from monitor.deliver.mouth import Mouth
from monitor.deliver.terminal import Terminal
from monitor.errors import ConfigError
from monitor.history import ALERTS, OPS


def mouths(config: Config, terminal: Terminal) -> Mapping[str, Mouth]:
    """A mouth for each destination.

    Raises:
        ConfigError: a bot token without a channel to post to, a destination whose secret is not in the environment.
    """
    further = {name: mouth_of(name, settings, config) for name, settings in config.destinations.items()}
    return {**_first(config, terminal), **further}


def everything(config: Config, terminal: Terminal) -> Mapping[str, Mouth]:
    """The terminal for whatever goes anywhere: a rehearsal shows all of it, and tells nobody else."""
    return dict.fromkeys((ALERTS, OPS, *config.destinations), terminal)


def _first(config: Config, terminal: Terminal) -> Mapping[str, Mouth]:
    """Alerts and ops: a bot, a webhook, or the terminal."""
    token, webhook = secret("SLACK_BOT_TOKEN"), secret("SLACK_WEBHOOK_URL")
    if token:
        return _bot(config, token)
    if webhook:
        from monitor.deliver.slack import SlackWebhook  # noqa: PLC0415 - 0.1 s that a terminal need not wait for

        said = SlackWebhook(webhook, pace=slack_pace(config))
        return {ALERTS: said, OPS: said}
    return {ALERTS: terminal, OPS: terminal}


def _bot(config: Config, token: str) -> Mapping[str, Mouth]:
    from monitor.deliver.slack import SlackBot  # noqa: PLC0415 - see above

    slack = config.slack
    if not slack.channel:
        raise ConfigError("SLACK_BOT_TOKEN is set, but config.toml names no slack.channel (an id such as C0123456789)")
    channels = {ALERTS: slack.channel, OPS: slack.ops_channel or slack.channel}
    bots = {channel: SlackBot(token, channel, base_url=slack.api, pace=slack_pace(config)) for channel in channels.values()}
    return {destination: bots[channel] for destination, channel in channels.items()}


def warning(chosen: Mapping[str, Mouth]) -> str | None:
    """What a person should know of the way alerts are sent, before the first one is."""
    if any(mouth.name != Terminal.name and not mouth.searchable for mouth in chosen.values()):
        return (
            "a Slack webhook can't be read back: after a broken connection an alert may come twice, marked as a possible repeat"
        )
    return None
