"""Slack: the form of an alert, the client, the meaning of errors; and a channel's keys in
config.toml.
"""

from importlib.util import find_spec

from monitor.config import Config, Section
from monitor.config.variables import Variable, read_secret
from monitor.deliver.channel import Channel, Pace
from monitor.deliver.slack import client

TOKEN = Variable("SLACK_BOT_TOKEN")
APP_TOKEN = Variable("SLACK_APP_TOKEN")


class Settings(Section, kw_only=True, forbid_unknown_fields=True):
    """`slack` is a channel's id; `token` another variable, for another workspace."""

    # The id of a Slack channel.
    slack: str
    # The variable with the bot token, for another workspace.
    token: Variable = TOKEN


def opened(name: str, settings: Settings, config: Config) -> Channel:
    """Open a bot's channel, at the pace of `[slack]`."""
    token = settings.token.held(f"destinations.{name}.token", "a bot token (xoxb-…)")
    with_buttons = settings.token == TOKEN and is_heard()
    return client.SlackBot(
        token,
        settings.slack,
        base_url=config.slack.api,
        pace=make_pace(config),
        with_buttons=with_buttons,
    )


def is_heard() -> bool:
    """Return whether we get clicks for `SLACK_BOT_TOKEN`: there is an app-level token, and the
    library.
    """
    return (
        bool(read_secret(TOKEN) and read_secret(APP_TOKEN)) and find_spec("slack_bolt") is not None
    )


def make_pace(config: Config) -> Pace:
    """The pace of a Slack channel."""
    settings = config.slack
    return Pace(
        settings.gap.total_seconds(),
        settings.grace.total_seconds(),
        settings.timeout.total_seconds(),
    )
