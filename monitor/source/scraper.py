"""The contract of a scraper: a reader is a pure function from a page to facts and links, or to a register; a source is a reader
with an address and a schedule. No I/O here and none in a scraper.
"""

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from fnmatch import fnmatchcase
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from monitor import vocabulary
from monitor.clock import duration
from monitor.errors import ErrorKind, SourceError, Unreadable
from monitor.source.health.signs import NORMAL, Expected
from monitor.source.hours import At, Busy, Habit
from monitor.source.page import Found, Link, Page, Reader, Request
from monitor.source.register import Register

MEGABYTE = 1024 * 1024


def reader_name(read: Reader) -> str:
    """A reader's name in the history, in pages/ and on the command line: `cn_mofcom.announcement`, `page:bis-press`."""
    function = read.read if isinstance(read, Source) else read
    if isinstance(configured := getattr(function, "name", None), str):
        return configured  # a page of config.toml, which is no function of a module
    name = getattr(function, "__qualname__", "?")
    return f"{function.__module__.rpartition('.')[2]}.{name}"


def read_all(read: Reader, page: Page) -> list[Found] | Register:
    """Everything a reader finds on a page; of a register the stream of its records.

    Raises:
        SourceError: it refuses the page; or it fell over it, which must not take its siblings along.
    """
    with guard_reader(read, page.url):
        content = read(page)
        return content if isinstance(content, Register) else list(content)


def tally(read: Reader, page: Page) -> tuple[int, int]:
    """How many links, and how many facts or records, a reader finds on a page; a register is walked to its end.

    Raises:
        SourceError: it refuses the page, or fell over it.
    """
    content = read_all(read, page)
    if isinstance(content, Register):
        with guard_reader(read, page.url):
            count = sum(1 for _ in content.records)
            content.refuse_short(count)
        return 0, count
    links = sum(isinstance(part, Link) for part in content)
    return links, len(content) - links


@contextmanager
def guard_reader(read: Reader, url: str) -> Iterator[None]:
    """The edge where a scraper's mistake becomes a value: scrapers are others' code, pages hostile.

    Raises:
        SourceError: whatever went wrong.
    """
    try:
        yield
    except SourceError:
        raise
    except Exception as error:
        raise Unreadable(f"{url}: {reader_name(read)} failed: {type(error).__name__}: {error}", kind=ErrorKind.READER) from error


@dataclass(frozen=True)
class Source:
    """A reader with an address and a schedule. `kind` tells whether its pages are acts, only speak of them, or are pages whose
    changes are told as such. `proxy` is through whom its pages are asked for, as config.toml says it; no scraper does. Those to
    `render` are taken as a browser has them.

    `habit` is what is known by now of when it publishes: nothing that a scraper declares. `stated_zone` is said of one that
    counts its days elsewhere than its hours and its authority do.
    """

    id: str
    name: str
    authority: str
    request: Request
    read: Reader
    every: timedelta
    busy: Busy | None = None
    at: At | None = None
    habit: Habit | None = None
    kind: Literal["acts", "press", "page"] = "acts"
    size_limit: int = 20 * MEGABYTE
    deadline: timedelta | None = None
    patience: timedelta | None = None
    expected: Expected = NORMAL
    stated_zone: ZoneInfo | None = None
    language: str = "zh"
    attribution: str = ""
    companions: Mapping[str, Request] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    enabled: bool = True
    proxy: str = ""
    render: bool = False

    def __call__(self, page: Page) -> Iterable[Found] | Register:
        return self.read(page)

    @property
    def zone(self) -> tzinfo:
        """Where it counts its days: as is stated, else where its hours are counted, else as its authority counts them."""
        hours = next((hours.place for hours in (self.busy, self.at) if hours), None)
        return self.stated_zone or hours or vocabulary.zone(self.authority)

    def owns(self, url: str) -> bool:
        """Whether a page at this address is the publisher's own: on a host of the domain that is polled, or a declared one."""
        return belongs(url, self.request.url, self.hosts)

    def requests(self, now: datetime) -> list[Request]:
        """What to ask for now: `{year}` is the year in the source's zone; in January last year's page is asked for too."""
        if "{year}" not in self.request.url:
            return [self.request]
        local = now.astimezone(self.zone)
        years = [local.year, local.year - 1] if local.month == 1 else [local.year]
        return [msgspec.structs.replace(self.request, url=self.request.url.replace("{year}", str(year))) for year in years]


def source(
    *,
    name: str,
    authority: str,
    url: str | Request,
    every: str,
    busy: Busy | None = None,
    at: At | None = None,
    kind: Literal["acts", "press"] = "acts",
    size_limit: int = 20 * MEGABYTE,
    deadline: str | None = None,
    patience: str | None = None,
    absence: str | None = None,
    unmoved: str | None = None,
    canary: str = "",
    floor: int = 0,
    mirror: str = "",
    zone: str | None = None,
    language: str = "zh",
    attribution: str = "",
    companions: Mapping[str, str | Request] | None = None,
    hosts: tuple[str, ...] = (),
    enabled: bool = True,
) -> Callable[[Reader], Source]:
    """Make a reader a source, with the address it reads and how often. `zone` is that of `busy` or `at`,
    else where its authority counts its days, unless it is said.

    `busy` are the hours in which its publisher publishes, `at` the times, where it keeps to such.

    `deadline` is for a page that takes longer than `fetch.deadline` allows, large or slow as it is; `patience` for a publisher
    that fails for hours, how long before people are told. What is normal of its page is learnt, unless it is said here: for how
    long it may bring nothing new (`absence`), and its bytes stay as they are (`unmoved`); `canary` is an entry that always
    stands there (a part of its address, or a record's id), `floor` the fewest entries it has, `mirror` another source of the
    same register with the same ids, which must have the same rows. `companions` are addresses whose pages belong to this one,
    each under a name by which the reader finds it. `hosts` are the publisher's other ones, beside all of the domain of `url`
    (`*.gov.cn`): what a page that it links to elsewhere announces is told as unconfirmed. `attribution` is whom the
    publisher wants named where its words are passed on. One that is not `enabled` is read where config.toml says so.
    """

    def declare(read: Reader) -> Source:
        return Source(
            id=reader_name(read),
            name=name,
            authority=authority,
            request=url if isinstance(url, Request) else Request(url),
            read=read,
            every=duration(every),
            busy=busy,
            at=at,
            kind=kind,
            size_limit=size_limit,
            deadline=duration(deadline) if deadline else None,
            patience=duration(patience) if patience else None,
            stated_zone=ZoneInfo(zone) if zone else None,
            expected=Expected(
                absence=duration(absence) if absence else None,
                unmoved=duration(unmoved) if unmoved else None,
                canary=canary,
                floor=floor,
                mirror=mirror,
            ),
            language=language,
            attribution=attribution,
            companions={
                name: asked if isinstance(asked, Request) else Request(asked) for name, asked in (companions or {}).items()
            },
            hosts=hosts,
            enabled=enabled,
        )

    return declare


# Which hosts are a publisher's own. Pure.
#
# Hosts of one registrable domain have one owner: `www.mofcom.gov.cn` and `exportcontrol.mofcom.gov.cn`, but not `www.mfa.gov.cn`.

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
