"""The contract of a scraper: a reader is a pure function from a page to facts and links, or to a register; a source is a reader
with an address and a schedule. No I/O here and none in a scraper.
"""

import ipaddress
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from fnmatch import fnmatchcase
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from monitor import vocabulary
from monitor.clock import parse_duration
from monitor.config.times import DayHours, Weekdays
from monitor.errors import ErrorKind, SourceError, Unreadable
from monitor.source.health import NORMAL, Expected
from monitor.source.lists import find_day
from monitor.source.page import Found, Link, Page, Reader, Register, Request

# When a publisher publishes: the hours and times that a scraper declares, and those that its history shows. Pure.

HOUR = timedelta(hours=1)
WEEK = 7  # days in which every window comes round again
HOURS_OF_A_WEEK = 7 * 24
MEMORY = timedelta(days=400)  # a habit of longer ago is none: a year, so that yearly acts count once
FEWEST = 12  # hours in which something was published, before there is a habit at all
RETURNS = 3  # days on which it has to fall into the same hour of the week
MOST_HASTE = 3.0

Window = tuple[time, time]


@dataclass(frozen=True)
class _Hours:
    """Stretches of some days of the week at a `place`, the last minute of each excluded, and how often to look then."""

    period: timedelta = field(init=False)
    place: ZoneInfo = field(init=False)
    _days: Weekdays = field(init=False)
    _stretches: Sequence[Window] = field(init=False)

    def _fill(self, days: str | Weekdays, stretches: Sequence[Window], zone: str | ZoneInfo, every: str | timedelta) -> None:
        filled = {
            "period": parse_duration(every) if isinstance(every, str) else every,
            "place": ZoneInfo(zone) if isinstance(zone, str) else zone,
            "_days": Weekdays.of(days) if isinstance(days, str) else days,
            "_stretches": stretches,
        }
        for name, value in filled.items():
            object.__setattr__(self, name, value)  # how a frozen dataclass fills its own fields

    def covers(self, moment: datetime) -> bool:
        """Whether `moment` (aware) lies in one of them."""
        local = moment.astimezone(self.place)
        clock = local.time()
        return local.weekday() in self._days and any(opens <= clock < closes for opens, closes in self._stretches)

    def next_turn(self, moment: datetime) -> datetime:
        """When the next of them opens or closes; days that are an hour longer or shorter count as they are there."""
        today = moment.astimezone(self.place).date()
        days = [today + timedelta(days=ahead) for ahead in range(WEEK + 1)]
        edges = [edge for stretch in self._stretches for edge in stretch]
        turns = (datetime.combine(day, edge, self.place) for day in days if day.weekday() in self._days for edge in edges)
        return min(turn for local in turns if (turn := local.astimezone(moment.tzinfo)) > moment)


@dataclass(frozen=True)
class Busy(_Hours):
    """The hours in which a publisher publishes, in its own zone, how often to look then: `Busy("Mon-Fri", "08:30-17:30", …)`.

    A scraper says them in words, config.toml as values.

    Raises:
        ValueError: the days or the hours are none.
        ZoneInfoNotFoundError: nobody knows the zone.
        ConfigError: `every` is no duration.
    """

    days: str | Weekdays
    hours: str | DayHours
    zone: str | ZoneInfo
    every: str | timedelta

    def __post_init__(self) -> None:
        hours = DayHours.of(self.hours) if isinstance(self.hours, str) else self.hours
        self._fill(self.days, [(hours.begins, hours.ends)], self.zone, self.every)


@dataclass(frozen=True)
class At(_Hours):
    """The times at which a publisher publishes, in its own zone, and how often to look in the minutes after each of them:
    `At("Mon-Fri", "08:45 11:15 16:15", "America/New_York", every="1 minute")`.

    The first look is at the time itself; `lasting` is for how long it is looked so often.

    Raises:
        ValueError: the days or the times are none, or one of them lasts beyond midnight.
        ZoneInfoNotFoundError: nobody knows the zone.
        ConfigError: `every` or `lasting` is no duration.
    """

    days: str
    times: str
    zone: str
    every: str | timedelta
    lasting: str | timedelta = "15 minutes"

    def __post_init__(self) -> None:
        lasting = parse_duration(self.lasting) if isinstance(self.lasting, str) else self.lasting
        stretches = []
        for begins in map(time.fromisoformat, self.times.split()):
            ends = timedelta(hours=begins.hour, minutes=begins.minute) + lasting
            if ends >= timedelta(days=1):
                raise ValueError(f"{begins:%H:%M} lasts beyond midnight")
            stretches.append((begins, time(*divmod(ends // timedelta(minutes=1), 60))))
        if not stretches:
            raise ValueError("no times are given")
        self._fill(self.days, stretches, self.zone, self.every)


@dataclass(frozen=True)
class Habit:
    """The hours of the week, in its zone, in which a publisher was seen to publish: how many times as often to look then."""

    zone: tzinfo
    haste: Mapping[tuple[int, int], float]  # by day of the week (Monday is 0) and hour; above 1

    def hastens(self, moment: datetime) -> float:
        """How many times as often as it is set to look at this moment; never less."""
        local = moment.astimezone(self.zone)
        return self.haste.get((local.weekday(), local.hour), 1.0)

    def next_turn(self, moment: datetime) -> datetime:
        """When the next hour begins there."""
        local = moment.astimezone(self.zone)
        return moment + HOUR - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)


def learn_habit(published: Iterable[datetime], zone: tzinfo, now: datetime) -> Habit | None:
    """What the moments at which something was published show; None where they are too few, or fall anywhere.

    What came within one hour was published once. How often an hour is looked at grows with the square root of how often it
    brings something: that spends a given number of looks so that news waits least.
    """
    local = [moment.astimezone(zone) for moment in published if timedelta() <= now - moment <= MEMORY]
    hours = {(moment.date(), moment.hour) for moment in local}
    if len(hours) < FEWEST:
        return None
    times = Counter((day.weekday(), hour) for day, hour in hours)
    haste = {
        at: min(math.sqrt(count / len(hours) * HOURS_OF_A_WEEK), MOST_HASTE) for at, count in times.items() if count >= RETURNS
    }
    return Habit(zone, {at: more for at, more in haste.items() if more > 1}) if haste else None


MEGABYTE = 1024 * 1024


def make_reader_name(read: Reader) -> str:
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
    page.days.clear()
    with guard_reader(read, page.url):
        content = read(page)
        if not isinstance(content, Register):
            return list(content)
    page.days.append(find_day(content.published or ""))
    return content


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
        raise Unreadable(
            f"{url}: {make_reader_name(read)} failed: {type(error).__name__}: {error}", kind=ErrorKind.READER
        ) from error


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
    captured: str = ""
    by_hand: timedelta | None = None
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
        return belongs_to_publisher(url, self.request.url, self.hosts)

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
    captured: str = "",
    by_hand: str | None = None,
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
    `captured` is the month of the newest page of its publisher that its reader was tried on; without one it is unproven. One that
    answers no machine is fed `by_hand`: it is never polled, and people are reminded where nobody handed in a page for so long.
    """

    def declare(read: Reader) -> Source:
        return Source(
            id=make_reader_name(read),
            name=name,
            authority=authority,
            request=url if isinstance(url, Request) else Request(url),
            read=read,
            every=parse_duration(every),
            busy=busy,
            at=at,
            kind=kind,
            size_limit=size_limit,
            deadline=parse_duration(deadline) if deadline else None,
            patience=parse_duration(patience) if patience else None,
            stated_zone=ZoneInfo(zone) if zone else None,
            expected=Expected(
                absence=parse_duration(absence) if absence else None,
                unmoved=parse_duration(unmoved) if unmoved else None,
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
            captured=captured,
            by_hand=parse_duration(by_hand) if by_hand else None,
        )

    return declare


# Which hosts are a publisher's own. Pure.
#
# Hosts of one registrable domain have one owner: `www.mofcom.gov.cn` and `exportcontrol.mofcom.gov.cn`, but not `www.mfa.gov.cn`.

# What a country lets anybody register under (`co.uk`, `gov.cn`, `go.jp`); a publisher elsewhere declares its hosts.
SECOND_LEVEL = frozenset("ac co com edu gc go gob gouv gov govt gv lg ltd mil ne net nhs or org plc re sch".split())  # noqa: SIM905 -- in a row
COUNTRY = 2  # letters


def get_host(url: str) -> str:
    """The host of an address, lower case; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def get_domain(host: str) -> str:
    """The part of a host that somebody registered; an address in numbers is its own."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        shared = len(labels[-1]) == COUNTRY and not SECOND_LEVEL.isdisjoint(labels[-2:-1])
        return ".".join(labels[-3:] if shared else labels[-2:])
    return host


def belongs_to_publisher(url: str, own: str, declared: Iterable[str] = ()) -> bool:
    """Whether an address is on a host of the one that publishes at `own`: of its domain, or like one that is declared.

    `*.gov.cn` stands for every host under it and for itself.
    """
    host = get_host(url)
    if not host:
        return False
    return get_domain(host) == get_domain(get_host(own)) or any(
        fnmatchcase(host, pattern) or (pattern.startswith("*.") and host == pattern[2:]) for pattern in map(str.lower, declared)
    )
