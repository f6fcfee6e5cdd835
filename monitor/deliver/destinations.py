"""The mouth of each [destinations.x] of config.toml; its secrets come from the environment."""

from monitor.clock import duration
from monitor.config import Config, DestinationSettings, secret
from monitor.deliver.mouth import Mouth
from monitor.deliver.pace import Pace
from monitor.errors import ConfigError

# What a way out needs is loaded where there is one: a terminal need not wait for slack_sdk, httpx and apprise.


def mouth_of(name: str, settings: DestinationSettings, config: Config) -> Mouth:
    """The way out that config.toml describes under this name.

    Raises:
        ConfigError: a variable of the environment is missing or holds what can't be used; names the key.
    """
    if settings.slack:
        return _bot(name, settings, config)
    if settings.webhook:
        return _webhook(name, settings, config)
    if settings.apprise:
        return _apprise(name, settings)
    raise ConfigError(f"destinations.{name}: give it exactly one of slack, webhook and apprise, not none")


def slack_pace(config: Config) -> Pace:
    """How fast a Slack channel is spoken to."""
    return Pace(gap=duration(config.slack.gap).total_seconds(), grace=duration(config.slack.grace).total_seconds())


def _bot(name: str, settings: DestinationSettings, config: Config) -> Mouth:
    from monitor.deliver.slack import SlackBot  # noqa: PLC0415 - see above

    token = variable(f"destinations.{name}.token", settings.token, "a bot token (xoxb-…)")
    return SlackBot(token, settings.slack, base_url=config.slack.api, pace=slack_pace(config))


def _webhook(name: str, settings: DestinationSettings, config: Config) -> Mouth:
    from monitor.deliver.webhook import Webhook  # noqa: PLC0415 - see above

    url = variable(f"destinations.{name}.webhook", settings.webhook, "an address that takes alerts as JSON")
    key = variable(f"destinations.{name}.secret", settings.secret, "the key that signs them") if settings.secret else None
    return Webhook(name, url, secret=key, user_agent=config.fetch.user_agent)


def _apprise(name: str, settings: DestinationSettings) -> Mouth:
    from monitor.deliver.apprise import Apprise  # noqa: PLC0415 - see above

    return Apprise(name, variable(f"destinations.{name}.apprise", settings.apprise, "an address of apprise"))


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
