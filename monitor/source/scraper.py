"""The contract of a scraper: a reader is a pure function from a page to facts and links, or to a
register; a source is a reader with an address and a schedule. No I/O here and none in a scraper.
"""

import ipaddress
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from fnmatch import fnmatchcase
from functools import partial
from typing import Any, Literal, TypedDict, Unpack
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from monitor import vocabulary
from monitor.clock import parse_duration
from monitor.config.times import DayHours, Weekdays
from monitor.document import error_pages
from monitor.errors import ErrorKind, LayoutChanged, SourceError, Unreadable
from monitor.model import frozen
from monitor.source.habits import NORMAL, Expected
from monitor.source.lists import find_day
from monitor.source.page import Found, Link, Page, Reader, Register, Request, collect_days

# When a publisher publishes: the hours and times that a scraper declares, and those learnt from its
# history. No I/O.

HOUR = timedelta(hours=1)
WEEK = 7  # days in which every window comes round again
HOURS_OF_A_WEEK = 7 * 24
# a habit of longer ago is none: a year, so that yearly acts count once
MEMORY = timedelta(days=400)
FEWEST = 12  # hours in which something was published, before there is a habit at all
RETURNS = 3  # days on which it has to fall into the same hour of the week
MOST_HASTE = 3.0

Window = tuple[time, time]


@dataclass(frozen=True)
class _Hours:
    """Periods on some weekdays at a `place`, without each one's last minute, and the polling
    interval in them.
    """

    period: timedelta = field(init=False)
    place: ZoneInfo = field(init=False)
    _days: Weekdays = field(init=False)
    _stretches: Sequence[Window] = field(init=False)

    def _fill(
        self, days: str, stretches: Sequence[Window], zone: str, every: str | timedelta
    ) -> None:
        filled = {
            "period": parse_duration(every) if isinstance(every, str) else every,
            "place": ZoneInfo(zone),
            "_days": Weekdays.of(days),
            "_stretches": stretches,
        }
        for name, value in filled.items():
            object.__setattr__(self, name, value)  # how a frozen dataclass fills its own fields

    def covers(self, moment: datetime) -> bool:
        """Return whether `moment` (aware) is in one of them."""
        local = moment.astimezone(self.place)
        clock = local.time()
        return local.weekday() in self._days and any(
            opens <= clock < closes for opens, closes in self._stretches
        )

    def next_turn(self, moment: datetime) -> datetime:
        """Return when the next one opens or closes; days with a clock change count as they are
        there.
        """
        today = moment.astimezone(self.place).date()
        days = [today + timedelta(days=ahead) for ahead in range(WEEK + 1)]
        edges = [edge for stretch in self._stretches for edge in stretch]
        turns = (
            datetime.combine(day, edge, self.place)
            for day in days
            if day.weekday() in self._days
            for edge in edges
        )
        return min(turn for local in turns if (turn := local.astimezone(moment.tzinfo)) > moment)


@dataclass(frozen=True)
class Busy(_Hours):
    """The hours in which a publisher publishes, in its zone, and the interval then:
    `Busy("Mon-Fri", "08:30-17:30", …)`.

    Raises:
        ValueError: the days or hours are wrong.
        ZoneInfoNotFoundError: an unknown zone.
        ConfigError: `every` is no duration.
    """

    days: str
    hours: str
    zone: str
    every: str | timedelta

    def __post_init__(self) -> None:
        hours = DayHours.of(self.hours)
        self._fill(self.days, [(hours.begins, hours.ends)], self.zone, self.every)


@dataclass(frozen=True)
class At(_Hours):
    """The times at which a publisher publishes, in its zone, and the interval in the minutes after
    each: `At("Mon-Fri", "08:45 11:15 16:15", "America/New_York", every="1 minute")`. The first poll
    is at the time itself; `lasting` is the length of the frequent polls.

    Raises:
        ValueError: the days or times are wrong, or one lasts beyond midnight.
        ZoneInfoNotFoundError: an unknown zone.
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


@frozen
class Habit:
    """A publisher's learnt hours of the week, in its zone: how many times as often to poll then."""

    zone: tzinfo
    haste: Mapping[tuple[int, int], float]  # by day of the week (Monday is 0) and hour; above 1

    def hastens(self, moment: datetime) -> float:
        """Return how many times as often as set to poll now; never less than once."""
        local = moment.astimezone(self.zone)
        return self.haste.get((local.weekday(), local.hour), 1.0)

    def next_turn(self, moment: datetime) -> datetime:
        """Return when the next hour begins there."""
        local = moment.astimezone(self.zone)
        return (
            moment
            + HOUR
            - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        )


def learn_habit(published: Iterable[datetime], zone: tzinfo, now: datetime) -> Habit | None:
    """Learn hours from instants of publication; None if these are too few, or spread evenly.
    Publications within one hour count once. The rate grows with the square root of an hour's
    frequency: for a given number of polls this makes news wait least.
    """
    local = [
        moment.astimezone(zone) for moment in published if timedelta() <= now - moment <= MEMORY
    ]
    hours = {(moment.date(), moment.hour) for moment in local}
    if len(hours) < FEWEST:
        return None
    times = Counter((day.weekday(), hour) for day, hour in hours)
    haste = {
        at: min(math.sqrt(count / len(hours) * HOURS_OF_A_WEEK), MOST_HASTE)
        for at, count in times.items()
        if count >= RETURNS
    }
    return Habit(zone, {at: more for at, more in haste.items() if more > 1}) if haste else None


MEGABYTE = 1024 * 1024
BLANK = b"\xef\xbb\xbf \t\r\n"
LARGEST_FORM = MEGABYTE  # bytes: what is larger has more to say than who we are


def make_reader_name(read: Reader) -> str:
    """A reader's name in the history, in pages/ and on the command line:
    `cn_mofcom.announcement`, `page:bis-press`.
    """
    function = read.read if isinstance(read, Source) else read
    if isinstance(configured := getattr(function, "name", None), str):
        return configured  # a page of config.toml, which is no function of a module
    name = getattr(function, "__qualname__", "?")
    return f"{function.__module__.rpartition('.')[2]}.{name}"


def read_all(read: Reader, page: Page) -> list[Found] | Register:
    """Everything a reader finds on a page; of a register the stream of its records.

    Raises:
        SourceError: it refuses the page; or it fell over it, which must not take its siblings
            along.
    """
    return read_with_days(read, page)[0]


def read_with_days(read: Reader, page: Page) -> tuple[list[Found] | Register, tuple[str, ...]]:
    """Read a page as `read_all` does, with the days that its list or register prints."""
    refuse_sign_in(page)
    with guard_reader(read, page.url), collect_days() as days:
        try:
            content = read(page)
            if not isinstance(content, Register):
                return list(content), tuple(days)
        except LayoutChanged:
            _refuse_error_page(page)
            raise
    return content, (*days, find_day(content.published or ""))


def _refuse_error_page(page: Page) -> None:
    """Pass a page in which a reader did not find what it looks for, unless it says why.

    Raises:
        NotThePage: it is an error, a maintenance page, a robot check.
    """
    if page.body.size <= LARGEST_FORM:
        with suppress(Unreadable):
            error_pages.refuse(page.text)


def refuse_sign_in(page: Page) -> None:
    """Pass a page, unless all that it does is ask who we are.

    Raises:
        NotThePage: it does.
    """
    if page.body.size > LARGEST_FORM or not page.body.whole[:200].lstrip(BLANK).startswith(b"<"):
        return
    asked, came = (page.responses[0].url, page.responses[-1].url) if page.responses else ("", "")
    with suppress(Unreadable):  # some readers need no text
        error_pages.refuse_sign_in(page.text, asked=asked, came=came)


def count_content(read: Reader, page: Page) -> tuple[int, int]:
    """Count a reader's links, and facts or records, on a page; each record of a register is read.

    Raises:
        SourceError: the reader refuses the page, or fails.
    """
    content = read_all(read, page)
    if isinstance(content, Register):
        with guard_reader(read, page.url):
            count = 0
            for count, record in enumerate(content.records, 1):  # noqa: B007 -- counted to its end
                content.read_checked(record.id, record.raw)
            content.refuse_short(count)
        return 0, count
    links = sum(isinstance(part, Link) for part in content)
    return links, len(content) - links


@contextmanager
def guard_reader(read: Reader, url: str) -> Iterator[None]:
    """Turn a scraper's mistake into a SourceError: scrapers are others' code, and pages are
    hostile.

    Raises:
        SourceError: anything went wrong.
    """
    try:
        yield
    except SourceError:
        raise
    except Exception as error:
        raise Unreadable(
            f"{url}: {make_reader_name(read)} failed: {type(error).__name__}: {error}",
            ErrorKind.READER,
        ) from error


@frozen
class Source:
    """A reader with an address and a schedule. `kind`: its pages are acts, reports on acts, or
    watched pages. `proxy` is config.toml's proxy for its pages; no scraper sets it. `render`: pages
    are taken as a browser has them. `habit` is the learnt time of publication: no scraper declares
    it. `stated_zone` is for one whose days differ from its hours' and authority's zone.
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
        """Return the zone of its days: the stated one, or that of its hours, or its authority's."""
        hours = next((hours.place for hours in (self.busy, self.at) if hours), None)
        return self.stated_zone or hours or vocabulary.zone(self.authority)

    def owns(self, url: str) -> bool:
        """Return whether an address is the publisher's own: on a host of the polled domain, or a
        declared one.
        """
        return belongs_to_publisher(url, self.request.url, self.hosts)

    def requests(self, now: datetime) -> list[Request]:
        """List the requests for now: `{year}` is the year in the source's zone; in January last
        year's page comes too.
        """
        if "{year}" not in self.request.url:
            return [self.request]
        local = now.astimezone(self.zone)
        years = [local.year, local.year - 1] if local.month == 1 else [local.year]
        return [
            msgspec.structs.replace(self.request, url=self.request.url.replace("{year}", str(year)))
            for year in years
        ]


class Declared(TypedDict, total=False):
    """What a source may declare beside its address and interval; see `source`."""

    busy: Busy | None
    at: At | None
    kind: Literal["acts", "press"]
    size_limit: int
    deadline: str | None
    patience: str | None
    absence: str | None
    unmoved: str | None
    canary: str
    floor: int
    mirror: str
    zone: str | None
    language: str
    attribution: str
    companions: Mapping[str, str | Request]
    hosts: tuple[str, ...]
    enabled: bool
    captured: str
    by_hand: str | None


DURATIONS = ("deadline", "patience", "absence", "unmoved", "by_hand")
USUAL = ("absence", "unmoved", "canary", "floor", "mirror")


def source(
    *, name: str, authority: str, url: str | Request, every: str, **declared: Unpack[Declared]
) -> Callable[[Reader], Source]:
    """Make a reader a source, with its address and interval.

    `zone` is by default that of `busy` or `at`, or else the authority's. `busy` are its publisher's
    hours, `at` its fixed times. `deadline` is for a large or slow page beyond `fetch.deadline`;
    `patience` is how long a publisher that fails for hours may fail before a message.

    A page's usual behaviour is learnt, unless declared here: how long it may have no news
    (`absence`), and the same bytes (`unmoved`). `canary` is a permanent entry (a part of its
    address, or a record's id), `floor` the fewest entries. `mirror` is another source of the same
    register with the same ids, which must have the same rows.

    `companions` are addresses of pages that belong to this one, each under the reader's name for
    it. `hosts` are the publisher's other ones, beside the domain of `url` (`*.gov.cn`): acts on
    pages linked elsewhere are sent as unconfirmed. `attribution` is the name that the publisher
    requires when its words are passed on. A source that is not `enabled` needs a line in
    config.toml. `captured` is the month of its publisher's newest page in the reader's tests;
    without one it is unproven. A source that answers no machine is fed `by_hand`: it is never
    polled, and a message reminds people after so long without a page.
    """
    return partial(
        _make_source, name=name, authority=authority, url=url, every=every, declared=declared
    )


def _make_source(
    read: Reader, *, name: str, authority: str, url: str | Request, every: str, declared: Declared
) -> Source:
    said: dict[str, Any] = {
        key: parse_duration(str(value)) if value and key in DURATIONS else value
        for key, value in declared.items()
    }
    zone, beside = said.pop("zone", None), said.pop("companions", {})
    expected = Expected(**{key: said.pop(key) for key in USUAL if key in said})
    return Source(
        id=make_reader_name(read),
        name=name,
        authority=authority,
        request=_make_request(url),
        read=read,
        every=parse_duration(every),
        expected=expected,
        stated_zone=ZoneInfo(zone) if zone else None,
        companions={called: _make_request(asked) for called, asked in beside.items()},
        **said,
    )


def _make_request(asked: str | Request) -> Request:
    return asked if isinstance(asked, Request) else Request(asked)


# A publisher's own hosts. No I/O. Hosts of one registrable domain have one owner:
# `www.mofcom.gov.cn` and `exportcontrol.mofcom.gov.cn`, but not `www.mfa.gov.cn`.

# Suffixes under which anybody can register (`co.uk`, `gov.cn`, `go.jp`); a publisher elsewhere
# declares its hosts.
SECOND_LEVEL = frozenset(
    "ac co com edu gc go gob gouv gov govt gv lg ltd mil ne net nhs or org plc re sch".split()  # noqa: SIM905 -- in a row
)
COUNTRY = 2  # letters


def get_host(url: str) -> str:
    """The host of an address, lower case; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def get_domain(host: str) -> str:
    """Return the registered part of a host; a numeric address is its own."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        shared = len(labels[-1]) == COUNTRY and not SECOND_LEVEL.isdisjoint(labels[-2:-1])
        return ".".join(labels[-3:] if shared else labels[-2:])
    return host


def belongs_to_publisher(url: str, own: str, declared: Iterable[str] = ()) -> bool:
    """Return whether an address is on a host of the publisher at `own`: of its domain, or like a
    declared one. `*.gov.cn` stands for every host under it and for itself.
    """
    host = get_host(url)
    if not host:
        return False
    return get_domain(host) == get_domain(get_host(own)) or any(
        fnmatchcase(host, pattern) or (pattern.startswith("*.") and host == pattern[2:])
        for pattern in map(str.lower, declared)
    )
