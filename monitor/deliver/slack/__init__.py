"""Slack: what an alert looks like there, the client that posts it, what its errors mean; how config.toml names a channel."""

from typing import TYPE_CHECKING

from monitor.config import Config, Section
from monitor.config.variables import Variable
from monitor.deliver.channel import Channel, Pace
from monitor.lazy import lazy

if TYPE_CHECKING:
    from monitor.deliver.slack import client
else:
    client = lazy("monitor.deliver.slack.client")

TOKEN = Variable("SLACK_BOT_TOKEN")


class Settings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`slack` is a channel's id; `token` another variable, for another workspace."""

    slack: str
    token: Variable = TOKEN


def opened(name: str, settings: Settings, config: Config) -> Channel:
    """A bot in the channel, as fast as `[slack]` says."""
    token = settings.token.held(f"destinations.{name}.token", "a bot token (xoxb-…)")
    return client.SlackBot(token, settings.slack, base_url=config.slack.api, pace=pace(config))


def pace(config: Config) -> Pace:
    """How fast a Slack channel is spoken to."""
    return Pace(gap=config.slack.gap.total_seconds(), grace=config.slack.grace.total_seconds())
