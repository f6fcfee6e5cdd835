"""Which hosts are a publisher's own. Pure.

Hosts of one registrable domain have one owner: `www.mofcom.gov.cn` and `exportcontrol.mofcom.gov.cn`, but not `www.mfa.gov.cn`.
"""

import ipaddress
from collections.abc import Iterable
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

# What a country lets anybody register under (`co.uk`, `gov.cn`, `go.jp`); a publisher elsewhere declares its hosts.
SECOND_LEVEL = frozenset("ac co com edu gc go gob gouv gov govt gv lg ltd mil ne net nhs or org plc re sch".split())  # noqa: SIM905 -- in a row
COUNTRY = 2  # letters


def host_of(url: str) -> str:
    """The host of an address, lower case; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def domain(host: str) -> str:
    """The part of a host that somebody registered; an address in numbers is its own."""
    if _in_numbers(host):
        return host
    labels = host.split(".")
    shared = len(labels[-1]) == COUNTRY and not SECOND_LEVEL.isdisjoint(labels[-2:-1])
    return ".".join(labels[-3:] if shared else labels[-2:])


def belongs(url: str, own: str, declared: Iterable[str] = ()) -> bool:
    """Whether an address is on a host of the one that publishes at `own`: of its domain, or like one that is declared.

    `*.gov.cn` stands for every host under it and for itself.
    """
    host = host_of(url)
    if not host:
        return False
    return domain(host) == domain(host_of(own)) or any(_like(host, pattern) for pattern in declared)


def _like(host: str, pattern: str) -> bool:
    pattern = pattern.lower()
    return fnmatchcase(host, pattern) or (pattern.startswith("*.") and host == pattern[2:])


def _in_numbers(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
