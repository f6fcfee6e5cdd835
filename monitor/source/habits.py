"""A source's usual behaviour, learnt from its own past and stored in a few numbers; and signs in
good polls that it is no longer worth reading. No I/O.

Publishers rest at Golden Week, at the Spring Festival, in August and at the turn of the year; some
publish twice a year. So the bound is far above the longest known rest, and above every holiday.
Before enough is known it is over a year.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import date, datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from msgspec.structs import replace

from monitor.clock import format_duration
from monitor.errors import ErrorKind
from monitor.model import Value, frozen
from monitor.source import series
from monitor.source.lists import ListDays, find_list_faults
from monitor.source.series import Sight, Sign

FAR = 3  # times the longest that was seen is far longer than is normal
MANY, NEAR = 40, 2  # of so many changes so many times the longest is
UNKNOWN = timedelta(days=400)  # is too long where nothing is known: once a year is still normal
HOLIDAYS = timedelta(days=30)  # no office pauses that long
# for a page with daily changes even this is too long, because machines have no holidays
RESTLESS = timedelta(days=5)
DAY = timedelta(days=1)

# so many changes, and so long a time, show how a page changes
MOVES, WATCHED = 20, timedelta(days=30)
# so many show it well enough for a bound that is this much above the longest gap
FEW_MOVES, FARTHER = 8, 4
NEWS, SPAN = 20, timedelta(days=180)  # the same of what is new on it
KEPT = 64  # days with news that are remembered

READS, STEADY, FEW = (
    20,
    timedelta(days=60),
    5,
)  # reads, and time, that show whether a list only grows; fewer entries show nothing
OLDEST = 300  # entries that are remembered, from the end: lists have the newest first
MOST_BESIDE = 1_000  # links beside a list that are remembered
# one of several servers may be behind, and a page may lead elsewhere while it is mended
LASTS = timedelta(hours=3)
FORGIVEN = timedelta(days=14)  # after which what is missing, or little, is how the list is now


@frozen
class Normal:
    """The usual duration and its ground, as a phrase; `learnt` if it comes from the source's own
    past.
    """

    bound: timedelta
    because: str
    learnt: bool = False


class Habits(Value, kw_only=True):
    """How a source changes: since when it is polled, the number of changes of its bytes, the last
    one, and the longest time (seconds) between two. Also the last days (ISO) with news; `listed`,
    the days of its list; where its address `leads`, and where to `elsewhere` since when.
    """

    since: datetime
    moves: int = 0
    moved: datetime | None = None
    longest: float = 0.0
    days: tuple[str, ...] = ()
    listed: ListDays | None = None
    leads: str | None = None
    elsewhere: str = ""
    elsewhere_since: datetime | None = None

    def with_landing(self, url: str, now: datetime) -> "Habits":
        """Note the address that the page came from; "" if no redirect led to another path."""
        since = self.elsewhere_since or now
        if self.leads is None or now - since >= FORGIVEN:
            return replace(self, leads=shorten_path(url), elsewhere="", elsewhere_since=None)
        if shorten_path(url) == self.leads:
            return replace(self, elsewhere="", elsewhere_since=None)
        return replace(self, elsewhere=url, elsewhere_since=since)

    def with_move(self, now: datetime) -> "Habits":
        """Note that the bytes changed."""
        rested = (now - self.moved).total_seconds() if self.moved else 0.0
        return replace(self, moves=self.moves + 1, moved=now, longest=max(self.longest, rested))

    def with_news(self, day: str, now: datetime) -> "Habits":
        """Note news of this day (ISO); news without a day, or of a future one, counts for today."""
        came = today = now.date().isoformat()
        with suppress(ValueError):
            came = min(date.fromisoformat(day[:10]).isoformat(), today)
        known = {*self.days, came}
        return replace(self, days=tuple(sorted(known)[-KEPT:]))


def shorten_path(url: str) -> str:
    """Return the stable part of an address's path: some lists have their date in it."""
    return re.sub(r"\d+", "0", get_path(url))


def get_path(url: str) -> str:
    """The path of an address without what servers write in many ways for one page."""
    path = urlsplit(url).path.partition(";")[0].lower()
    return re.sub(r"/(?:(?:index|default)\.\w+)?$", "", path)


def compute_stillness(habits: Habits, declared: timedelta | None, now: datetime) -> Normal:
    """Return how long its bytes may stay the same."""
    if declared:
        return Normal(declared, "set for this source")
    since = f"{habits.since:%Y-%m-%d}"
    if habits.moves < FEW_MOVES or now - habits.since < WATCHED:
        return Normal(UNKNOWN, f"little is known of it yet, {habits.moves} changes since {since}")
    longest = timedelta(seconds=habits.longest)
    least = RESTLESS if longest < DAY else HOLIDAYS
    told = (
        f"in {habits.moves:,} changes since {since} they never stayed the same for longer than"
        f" {format_duration(longest)}"
    )
    times = NEAR if habits.moves >= MANY else FAR if habits.moves >= MOVES else FARTHER
    return Normal(max(times * longest, least), told, learnt=True)


def compute_silence(habits: Habits, declared: timedelta | None) -> Normal:
    """Return how long it may bring nothing new."""
    if declared:
        return Normal(declared, "set for this source")
    days = [date.fromisoformat(day) for day in habits.days]
    if len(days) <= NEWS or days[-1] - min(days[0], habits.since.date()) < SPAN:
        told = (
            f"little is known of it yet, {len(days)} days with news, watched since"
            f" {habits.since:%Y-%m-%d}"
        )
        return Normal(UNKNOWN, told)
    longest = max(later - earlier for earlier, later in pairwise(days))
    told = (
        f"between the last {len(days)} days with news, since {days[0]}, never more than"
        f" {format_duration(longest)} passed"
    )
    return Normal(max(FAR * longest, HOLIDAYS), told, learnt=True)


class LinkBeside(Value, kw_only=True):
    """A link on a list's page that its reader ignores: a number for its address, one for its place
    in the tree, its words, and whether these may be an act on our subjects.
    """

    id: int
    place: int
    words: str
    is_of_act: bool = False


class Entries(Value, kw_only=True):
    """The state of a source's list.

    The number of reads and their start; its `count` of entries and the `least` so far; the oldest
    `standing` entries; how often some have `left`; the `missing` permanent ones, or a low count,
    and since when. `listed` are all entries of the last read, None if not saved. `newest` is the
    last added entry, `newest_gone` since when it is missing; `returned` is when it last came back.
    `beside` are the most ignored links at each place, `beside_known` those links. `beside_new` came
    when they became more than ever, since `beside_since`.
    """

    since: datetime
    reads: int = 1
    count: int
    least: int
    standing: tuple[int, ...]
    left: int = 0
    missing: tuple[int, ...] = ()
    odd_since: datetime | None = None
    listed: tuple[int, ...] | None = None
    newest: int = 0
    newest_gone: datetime | None = None
    returned: datetime | None = None
    beside: dict[int, int] | None = None
    beside_known: tuple[int, ...] = ()
    beside_new: "tuple[LinkBeside, ...]" = ()
    beside_since: datetime | None = None

    @property
    def is_few(self) -> bool:
        """Return whether the count is below half of the lowest so far."""
        return self.reads >= READS and self.count < self.least / 2

    def only_grows(self, now: datetime) -> bool:
        """Return whether no entry ever left, in enough reads to rely on it."""
        return (
            not self.left
            and self.reads >= READS
            and now - self.since >= STEADY
            and len(self.standing) >= FEW
        )


def update_entries(before: Entries | None, ids: Sequence[int], now: datetime) -> Entries:
    """Update the state with these entries, in order."""
    if before is None:
        return Entries(since=now, count=len(ids), least=len(ids), standing=tuple(ids[-OLDEST:]))
    gone = tuple(sorted({*before.standing, *before.missing} - set(ids)))
    grows = before.only_grows(now)
    read = replace(before, reads=before.reads + 1, count=len(ids), missing=gone if grows else ())
    if not (read.missing or read.is_few):
        return _take_entries(replace(read, left=read.left + bool(gone), odd_since=None), ids)
    since = before.odd_since or now
    if now - since < FORGIVEN:
        return replace(read, odd_since=since)
    return _take_entries(
        replace(read, left=read.left + bool(gone), missing=(), odd_since=None), ids
    )


def update_newest(entries: Entries, ids: Sequence[int], now: datetime) -> Entries:
    """Note the first page's entries; a later entry has a higher id."""
    newest = max(ids, default=0)
    if newest >= entries.newest or (entries.newest_gone and now - entries.newest_gone >= FORGIVEN):
        returned = now if entries.newest_gone and newest >= entries.newest else entries.returned
        return replace(entries, newest=newest, newest_gone=None, returned=returned)
    return replace(entries, newest_gone=entries.newest_gone or now)


def update_beside(
    entries: Entries, counts: Mapping[int, int], links: Sequence[LinkBeside], now: datetime
) -> Entries:
    """Note the numbers of links beside the entries at each place, and those worded like entries.
    The links beside a list change all the time, as "most read" does, with a constant number. So
    links are new only if there are more than ever, and only as many as that.
    """
    here, known, before = {link.id: link for link in links}, {*entries.beside_known}, entries.beside
    forgiven = entries.beside_since is not None and now - entries.beside_since >= FORGIVEN
    new = [] if forgiven else [link for link in entries.beside_new if link.id in here]
    for place, count in counts.items() if before is not None else ():
        came = [link for link in here.values() if link.place == place and link.id not in known]
        if len(came) <= count - (before or {}).get(place, 0):
            new += came
    return replace(
        entries,
        beside={
            place: max(counts.get(place, 0), (before or {}).get(place, 0))
            for place in {*counts, *(before or ())}
        },
        beside_known=tuple(sorted(known | here.keys())[-MOST_BESIDE:]),
        beside_new=tuple(new),
        beside_since=(entries.beside_since or now) if new and not forgiven else None,
    )


def _take_entries(read: Entries, ids: Sequence[int]) -> Entries:
    """Note that the list is as it was read."""
    return replace(read, least=min(read.least, len(ids)), standing=tuple(ids[-OLDEST:]))


# Signs in good polls that a source is no longer worth reading.

DENIED = "its server said that the page is not modified (304) when its bytes had changed"
LIES = 3  # false "unchanged" answers of a server: one may be chance


@frozen
class Expected:
    """The declared usual behaviour, by the source or config.toml: how long without news, how long
    with the same bytes; a permanent entry (an address, or a record's id); the fewest entries;
    another source of the same register.
    """

    absence: timedelta | None = None
    unmoved: timedelta | None = None
    canary: str = ""
    floor: int = 0
    mirror: str = ""


NORMAL = Expected()


@frozen
class Seen:
    """The history's data on a source after a good poll. `is_withdrawn`: its newest entry may be
    gone for good. `rows` is a register's size. `has_canary`: the declared entry is there (None:
    unknown). `lies` counts false "unchanged" answers. `told` are the subjects of reported gaps.
    `apart` counts rows in only one of a register and its mirror.
    """

    since: datetime
    habits: Habits
    entries: Entries | None = None
    rows: int | None = None
    has_canary: bool | None = None
    lies: int = 0
    own: Sequence[Sight] = ()
    elsewhere: Sequence[Sight] = ()
    told: Sequence[str] = field(default=())
    apart: int = 0
    is_withdrawn: bool = False


def find_signs(expected: Expected, seen: Seen, now: datetime) -> list[Sign]:
    """All that is strange about a source; of what follows from another only that."""
    still = _find_frozen(expected, seen, now) or _find_zombie(expected, seen, now)
    return [
        *still,
        *(
            fault
            for fault in _list_faults(expected, seen, now)
            if not (still and fault.kind is ErrorKind.ZOMBIE)
        ),
        *_find_count(expected, seen),
        *_find_canary(expected, seen),
        *_list_signs(seen, now),
        *([Sign(ErrorKind.NOT_MODIFIED, "", DENIED)] if seen.lies >= LIES else []),
        *series.find_gaps(seen.own, [*seen.elsewhere], seen.told, now),
        *series.find_missing(seen.own, seen.elsewhere, seen.since, now),
        *(
            [Sign(ErrorKind.MIRROR, "", _word_rows(seen.apart, expected.mirror))]
            if seen.apart
            else []
        ),
    ]


def _find_frozen(expected: Expected, seen: Seen, now: datetime) -> list[Sign]:
    normal, last = (
        compute_stillness(seen.habits, expected.unmoved, now),
        seen.habits.moved or seen.habits.since,
    )
    if now - last <= normal.bound:
        return []
    text = f"its bytes are the same since {last:%Y-%m-%d}, for {format_duration(now - last)}"
    return [
        Sign(
            ErrorKind.FROZEN,
            "",
            f"{text}; too long is more than {format_duration(normal.bound)}: {normal.because}",
        )
    ]


def _find_zombie(expected: Expected, seen: Seen, now: datetime) -> list[Sign]:
    normal, habits = compute_silence(seen.habits, expected.absence), seen.habits
    newest = (
        datetime.fromisoformat(habits.days[-1]).replace(tzinfo=now.tzinfo)
        if habits.days
        else habits.since
    )
    # Of the first read's entries only the days with a fact are known: otherwise we wait ourselves.
    if now - (newest if normal.learnt else max(newest, habits.since)) <= normal.bound:
        return []
    what = "the newest it has is of" if habits.days else "nothing new came since it is watched,"
    text = (
        f"{what} {newest:%Y-%m-%d}, {format_duration(now - newest)} ago; too long is more than"
        f" {format_duration(normal.bound)}"
    )
    return [Sign(ErrorKind.ZOMBIE, "", f"{text}: {normal.because}")]


def _list_faults(expected: Expected, seen: Seen, now: datetime) -> Iterator[Sign]:
    normal = compute_silence(seen.habits, expected.absence)
    known = (normal.bound, normal.because) if normal.learnt or expected.absence else None
    yield from find_list_faults(seen.habits.listed or ListDays(), known, now)


def _find_count(expected: Expected, seen: Seen) -> Iterator[Sign]:
    count = seen.rows if seen.rows is not None else seen.entries.count if seen.entries else None
    if count is not None and count < expected.floor:
        yield Sign(
            ErrorKind.COUNT,
            "",
            f"it has {count:,} entries, where it is said to have at least {expected.floor:,}",
        )
    elif seen.entries and seen.entries.is_few:
        least = f"never fewer than {seen.entries.least:,} in {seen.entries.reads:,} readings"
        yield Sign(ErrorKind.COUNT, "", f"it has {seen.entries.count:,} entries, and had {least}")


def _find_canary(expected: Expected, seen: Seen) -> Iterator[Sign]:
    if seen.has_canary is False:
        yield Sign(
            ErrorKind.CANARY,
            "",
            f"{expected.canary} is declared to stand there always, and is not there",
        )
    elif seen.entries and seen.entries.missing and not seen.entries.is_few:
        gone = len(seen.entries.missing)
        before = (
            f"in {seen.entries.reads:,} readings since {seen.entries.since:%Y-%m-%d} none ever left"
        )
        text = (
            "1 entry that always stood there is gone"
            if gone == 1
            else f"{gone:,} entries that always stood there are gone"
        )
        yield Sign(ErrorKind.CANARY, "", f"{text}; {before}")


def _list_signs(seen: Seen, now: datetime) -> Iterator[Sign]:
    """List the signs that a list moved, lost its newest entries, or has links that its reader does
    not take.
    """
    habits, entries = seen.habits, seen.entries
    if habits.elsewhere and _is_lasting(habits.elsewhere_since, now):
        text = (
            f"its address leads to {get_path(habits.elsewhere) or '/'} since"
            f" {habits.elsewhere_since:%Y-%m-%d}"
        )
        yield Sign(ErrorKind.MOVED, "", f"{text}, and did not before")
    if entries is None:
        return
    if not seen.is_withdrawn and _is_lasting(entries.newest_gone, now):
        gone = f"the newest entry that it had is gone since {entries.newest_gone:%Y-%m-%d}"
        yield Sign(ErrorKind.OUTDATED, "", f"{gone}, and no newer one is there")
    new = sorted(entries.beside_new, key=lambda link: not link.is_of_act)
    if new and (new[0].is_of_act or new[1:]) and _is_lasting(entries.beside_since, now):
        others = f" and {len(new) - 1:,} more" if new[1:] else ""
        text = (
            f"“{new[0].words}”{others} came to its page since {entries.beside_since:%Y-%m-%d}, and"
            " its reader does not take it"
        )
        yield Sign(ErrorKind.LINKS_NOT_READ, "", text)


def _is_lasting(since: datetime | None, now: datetime) -> bool:
    return since is not None and LASTS <= now - since < FORGIVEN


def _word_rows(apart: int, mirror: str) -> str:
    rows = "1 row stands" if apart == 1 else f"{apart:,} rows stand"
    return f"{rows} only in one of it and {mirror}, for more than {format_duration(series.LAG)}"
