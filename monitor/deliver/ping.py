"""The dead-man's switch: an address of the operator's, requested while all is well; its silence
raises the alarm.
"""

from urllib.parse import urlsplit

import httpx

from monitor.config import Config
from monitor.errors import ConfigError, DeliveryError, Outcome
from monitor.render.text import keep_web_url

KEY = "life.ping"
TIMEOUT = 10.0  # seconds
OURS = ("127.0.0.1", "localhost", "::1")  # plain http there leaks the address to nobody


def find_ping_address(config: Config) -> str | None:
    """Read the address to ping; None without one in config.toml.

    Raises:
        ConfigError: the variable has none.
    """
    if config.life.ping is None:
        return None
    held = config.life.ping.held(KEY, "the https address of a dead-man's switch")
    parts = urlsplit(held) if keep_web_url(held) == held else None
    if parts is None or not (parts.scheme == "https" or parts.hostname in OURS):
        raise ConfigError(f"{KEY}: what its variable holds is not an https address")
    return held


def send_ping(url: str, user_agent: str) -> None:
    """Ask it, once; redirects are not followed.

    Raises:
        DeliveryError: it did not answer that it took it. The address is not named.
    """
    try:
        with (
            httpx.Client(timeout=TIMEOUT, headers={"User-Agent": user_agent}) as client,
            client.stream("GET", url) as answer,
        ):
            status = answer.status_code
    except httpx.HTTPError as error:
        failure = DeliveryError(f"{KEY}: no answer ({type(error).__name__})", Outcome.UNKNOWN)
    else:
        if 200 <= status < 300:
            return
        failure = DeliveryError(f"{KEY}: answers {status}", Outcome.REFUSED)
    raise failure  # out here it does not chain the exception, which has the address
