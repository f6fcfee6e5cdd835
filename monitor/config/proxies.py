"""`proxy` of a page, a source or all of them: the way to publishers. Reads only its environment
variable.
"""

import re
from dataclasses import field
from urllib.parse import unquote, urlsplit

from monitor.config.variables import Variable
from monitor.errors import ConfigError
from monitor.model import frozen

DIRECT = "direct"  # of a source without a proxy, if all others have one
PORTS = {"http": 80, "https": 443, "socks5": 1080}
VARIABLE = re.compile(r"[A-Za-z_]\w{0,63}", re.ASCII)
EXAMPLE = "http://proxy.example:3128"


@frozen
class Proxy:
    """A proxy and our credentials. Only its `place` is shown, never its password."""

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """Host and port: what people know it by."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def find_proxy_mistake(setting: str) -> str:
    """Find an error in a setting `proxy`, by config.toml alone; "" for none."""
    if VARIABLE.fullmatch(setting):
        return ""
    if "@" in setting:
        return (
            "holds a name or password: put the address into a variable of the environment, and name"
            " that, such as PROXY_URL"
        )
    return _explain_fault(setting)


def make_proxy(setting: str, key: str) -> Proxy | None:
    """Load a setting's proxy; `key` names it. None for direct requests.

    Raises:
        ConfigError: its variable is not set, or has no proxy's address.
    """
    if setting in ("", DIRECT):
        return None
    if not VARIABLE.fullmatch(setting):
        return _parse_address(setting)
    address = Variable(setting).held(key, f"the address of a proxy, such as {EXAMPLE}")
    if fault := _explain_fault(address, quoted=False):
        raise ConfigError(f"{key}: what {setting} holds {fault}")
    return _parse_address(address)


def _explain_fault(address: str, *, quoted: bool = True) -> str:
    """Explain why this is no proxy's address; one that may have a password is not `quoted`."""
    begin = f"{address!r} " if quoted else ""
    try:
        parts = urlsplit(address)
        known = (
            parts.hostname and parts.hostname.encode("idna") and (parts.port is None or parts.port)
        )
    except ValueError:  # UnicodeError too
        return f"{begin}is no address; write for example {EXAMPLE}"
    if (
        parts.scheme not in PORTS
        or not known
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        return (
            f"{begin}is no address of a proxy: http, https or socks5, a host and a port, such as"
            f" {EXAMPLE}"
        )
    return ""


def _parse_address(address: str) -> Proxy:
    parts = urlsplit(address)
    port = parts.port or PORTS[parts.scheme]
    return Proxy(
        parts.scheme,
        parts.hostname or "",
        port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
