"""Polls that fail: since when, for what cause, and when that is worth a message. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from urllib.parse import urlsplit

import msgspec

from monitor.clock import format_duration, parse_duration
from monitor.errors import ConfigError, ErrorKind
from monitor.model import Problem, Value
from monitor.source import series
from monitor.source.lists import ListDays, find_list_faults
from monitor.source.series import Missed, Sight


class Verdict(StrEnum):
    """The reports to the operators after a poll."""

    NOTHING = "nothing"
    PROBLEM = "problem"
    CHANGED = "changed"  # the last report is outdated: another cause, or a long duration
    RECOVERED = "recovered"


# time after which a report gives the duration
LASTING = (timedelta(hours=6), *(timedelta(days=days) for days in (1, 3, 7, 30, 90)))


@dataclass(frozen=True, slots=True)
class Health:
    """A source's health in the history. `since` is the start of the present problem; `told`: it was
    reported.
    """

    first_ok: datetime | None = None
    last_poll: datetime | None = None
    last_ok: datetime | None = None
    failures: int = 0
    problem: Problem | None = None
    since: datetime | None = None
    told: bool = False


def is_stale(health: Health, now: datetime, *, bound: timedelta, awake: datetime) -> bool:
    """Return whether to report that no good poll came for `bound`, although no poll has ended. A
    server's request for a delay, or a hanging poll, can cause this. `awake` is since when we can
    poll at all.
    """
    last = max(health.since or health.last_ok or health.last_poll or awake, awake)
    return not health.told and now - last > bound


def mark_told_stale(health: Health, now: datetime, text: str = "") -> Health:
    """Return the same health after a report, in these words if no poll failed."""
    last = f"{health.last_ok:%Y-%m-%d %H:%M} UTC" if health.last_ok else "it was first asked"
    problem = health.problem or Problem(
        kind=ErrorKind.STALE, text=text or f"no poll of it has come to an end since {last}"
    )
    return replace(health, problem=problem, since=health.since or health.last_ok or now, told=True)


def update_health(
    health: Health, problem: Problem | None, now: datetime, *, patience: timedelta
) -> tuple[Health, Verdict]:
    """Compute a source's health after a poll with `problem` (None: good), and the report. One
    message per outage: sent after `patience`, edited for a new cause or a long duration, answered
    at the end.
    """
    if problem is None:
        verdict = Verdict.RECOVERED if health.told else Verdict.NOTHING
        return Health(first_ok=health.first_ok or now, last_poll=now, last_ok=now), verdict
    since = health.since or now
    tell = not health.told and now - since >= patience
    failing = replace(
        health,
        last_poll=now,
        failures=health.failures + 1,
        problem=problem,
        since=since,
        told=health.told or tell,
    )
    # the text of the same trouble may name another second or address
    before = health.problem and health.problem.kind
    if health.told and (has_become_lasting(since, health.last_poll, now) or before != problem.kind):
        return failing, Verdict.CHANGED
    return failing, Verdict.PROBLEM if tell else Verdict.NOTHING


def has_become_lasting(since: datetime, before: datetime | None, now: datetime) -> bool:
    """Return whether the duration of a problem passed a step that is worth a report."""
    return any((before or since) < since + long <= now for long in LASTING)


def mark_told_alone(health: Health, *, told: bool) -> Health:
    """Return the same health, reported alone, or only together with others."""
    return replace(health, told=told)


# Several sources of one authority together: one failure is a note, all failures are an alarm. No
# I/O.

EVERYTHING = 5  # sources that fail at once, and no other answers: not one of them is to blame


class Reach(StrEnum):
    """The extent of a source's problem."""

    ONE = "one"  # others of the authority are read: a note
    ONLY = "only"  # it is the only one of its authority that is polled
    AUTHORITY = "authority"  # nothing can be seen of its authority
    EVERYTHING = "everything"  # nothing can be seen of any


@dataclass(frozen=True, slots=True)
class Paths:
    """The polled sources of an authority, and all polled ones; without an authority its siblings
    are unknown.
    """

    authority: str = ""
    own: Sequence[str] = ()
    every: Sequence[str] = ()


def compute_reach(
    source: str, failing: Health, paths: Paths, healths: Mapping[str, Health]
) -> Reach:
    """Return the extent of `source`'s failure; one not polled, or not since, may be fine."""
    if _is_network(source, failing, paths, healths):
        return Reach.EVERYTHING
    others = [healths.get(other, Health()) for other in paths.own if other != source]
    if not others:
        return Reach.ONLY if paths.authority else Reach.ONE
    return Reach.AUTHORITY if all(other.problem for other in others) else Reach.ONE


def _is_network(source: str, failing: Health, paths: Paths, healths: Mapping[str, Health]) -> bool:
    """Return whether all that were polled since this failure can't be reached either."""
    since = failing.since
    asked = [
        state
        for name in paths.every
        if name != source
        and (state := healths.get(name))
        and since
        and state.last_poll
        and state.last_poll >= since
    ]
    lost = [
        state
        for state in (failing, *asked)
        if state.problem and name_kind(state.problem.kind) == UNREACHABLE
    ]
    return len(lost) == len(asked) + 1 > len(paths.own) and len(lost) >= EVERYTHING


def find_last_seen(states: Sequence[Health]) -> datetime | None:
    """Until when something was seen by any of these sources; None where nothing ever was."""
    return max((state.last_ok for state in states if state.last_ok), default=None)


# The operators' words for problems of sources: a word for each kind, and a sentence on its meaning.
# There are many kinds, because each has its way out; and few words, because people read those
# first.

UNREACHABLE, BLOCKED, NOT_THE_PAGE, LAYOUT = (
    "unreachable",
    "blocked",
    "not the page",
    "layout changed",
)


def _kinds(words: str) -> tuple[ErrorKind, ...]:
    return tuple(map(ErrorKind, words.split()))


KINDS = {  # each word with its kinds of problem
    UNREACHABLE: "dns connect proxy tls reset deadline turn protocol server busy fetch",
    BLOCKED: "refused robots bot-wall",
    NOT_THE_PAGE: "not-the-page maintenance error-page empty question-marks lfs-pointer older",
    LAYOUT: "layout reader vanished unreadable broken-xml xml-entities",
    "wrong address": "gone redirect request private-address",
    "not rendered": "render",
    "truncated": "truncated encoding",
    "too large": "too-large",
    "count mismatch": "incomplete count",
    "stale": "stale",
    "reader stopped": "killed quarantined",
    "our own mistake": "store monitor source",
    "frozen": "frozen",
    "zombie": "zombie",
    "gap": "gap",
    "disagrees with its mirror": "mirror",
    "canary missing": "canary",
    "always 304": "not-modified",
    "no order": "unordered",
    "days lost": "undated",
    "old answer": "cached",
    "moved": "moved",
    "outdated": "outdated",
    "links not read": "links-not-read",
    "blind": "blind",
    "network": "network",
}
WORDS = {kind: word for word, kinds in KINDS.items() for kind in _kinds(kinds)}

SENTENCES = {
    UNREACHABLE: "The publisher could not be asked.",
    BLOCKED: "The publisher turns us away.",
    NOT_THE_PAGE: "Another page came than the one that was asked for.",
    LAYOUT: "The page came, and is not as its scraper knows it.",
    "wrong address": "The address leads to no page that may be read.",
    "our own mistake": "The monitor itself made a mistake, or could not store what it read.",
    "not rendered": "The browser that renders it failed, or its scripts came to no rest.",
    "truncated": "The page was cut before its end.",
    "too large": "More came than the source may be.",
    "count mismatch": "Fewer entries came than there are.",
    "stale": "Nothing was read of it for too long.",
    "reader stopped": "Its reader came to no end on the page.",
    "frozen": (
        "The same bytes have come for far longer than is normal: perhaps a cache answers, not the"
        " publisher."
    ),
    "zombie": "It is read well and brings nothing new: perhaps its publisher goes on elsewhere.",
    "gap": "A number was passed over: an act may stand where we do not look.",
    "disagrees with its mirror": (
        "Another address of the same authority shows what this one does not."
    ),
    "canary missing": "What always stood there is gone: perhaps only a part of the page came.",
    "always 304": (
        "Its server says that nothing has changed where something had. It is asked for the whole"
        " page every hour now."
    ),
    "no order": "Its entries are in no order of their days: perhaps the newest are not among them.",
    "days lost": "Its entries printed their days before: perhaps another list came.",
    "old answer": "A cache gave an old answer: news may be as late as that.",
    "moved": (
        "Its address leads elsewhere: perhaps the list goes on there, or another page answers."
    ),
    "outdated": (
        "What was newest on the list is gone, and nothing newer is there: perhaps an old copy"
        " answers."
    ),
    "links not read": (
        "New links stand on the page where its reader does not look: perhaps its entries have"
        " another shape."
    ),
    "blind": "None of its sources gives anything.",
    "network": "No source can be reached: this is most likely the network of this machine.",
}


def name_kind(kind: ErrorKind) -> str:
    """The word for a kind of trouble; its own name where it has no other."""
    return WORDS.get(kind, str(kind))


def describe_kind(kind: ErrorKind) -> str:
    """Return the word, with the finer kind if that adds anything: `unreachable (dns)`."""
    return (
        name_kind(kind)
        if name_kind(kind).replace(" ", "-") == kind or kind in PLAIN
        else f"{name_kind(kind)} ({kind})"
    )


def explain_kind(kind: ErrorKind) -> str:
    """Return the meaning of a kind of problem; empty if its text is enough."""
    return SENTENCES.get(name_kind(kind), "")


# Kinds whose word is enough.
PLAIN = _kinds(
    "incomplete count killed layout mirror canary not-modified source render moved outdated"
    " links-not-read"
)
# The anomalies of a source that is read.
SIGNS = _kinds(
    "frozen zombie gap mirror canary count not-modified unordered undated cached moved outdated"
    " links-not-read"
)


# A source's usual behaviour, learnt from its own past and stored in a few numbers. No I/O.
# Publishers rest at Golden Week, at the Spring Festival, in August and at the turn of the year;
# some publish twice a year. So the bound is far above the longest known rest, and above every
# holiday. Before enough is known it is over a year.

FAR = 3  # times the longest that was seen is far longer than is normal
MANY, NEAR = 40, 2  # of so many changes so many times the longest is
UNKNOWN = timedelta(days=400)  # is too long where nothing is known: once a year is still normal
HOLIDAYS = timedelta(days=30)  # no office pauses that long
# nor that long for a page with daily changes, because machines have no holidays
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


@dataclass(frozen=True, slots=True)
class Normal:
    """The usual duration and its ground, as a phrase; `learnt` if it comes from the source's own
    past.
    """

    bound: timedelta
    because: str
    learnt: bool = False


class Habits(Value, frozen=True, kw_only=True):
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
        """The same once its page came from this address, empty where no redirect led to another
        path.
        """
        since = self.elsewhere_since or now
        if self.leads is None or now - since >= FORGIVEN:
            return msgspec.structs.replace(
                self, leads=shorten_path(url), elsewhere="", elsewhere_since=None
            )
        if shorten_path(url) == self.leads:
            return msgspec.structs.replace(self, elsewhere="", elsewhere_since=None)
        return msgspec.structs.replace(self, elsewhere=url, elsewhere_since=since)

    def with_move(self, now: datetime) -> "Habits":
        """The same once its bytes changed."""
        rested = (now - self.moved).total_seconds() if self.moved else 0.0
        return msgspec.structs.replace(
            self, moves=self.moves + 1, moved=now, longest=max(self.longest, rested)
        )

    def with_news(self, day: str, now: datetime) -> "Habits":
        """Note news of this day (ISO); news without a day, or of a future one, counts for today."""
        came = today = now.date().isoformat()
        with suppress(ValueError):
            came = min(date.fromisoformat(day[:10]).isoformat(), today)
        known = {*self.days, came}
        return msgspec.structs.replace(self, days=tuple(sorted(known)[-KEPT:]))


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
        return Normal(declared, "it is said so of this source")
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
        return Normal(declared, "it is said so of this source")
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


class LinkBeside(Value, frozen=True, kw_only=True):
    """A link on a list's page that its reader ignores: a number for its address, one for its place
    in the tree, its words, and whether these may be an act on our subjects.
    """

    id: int
    place: int
    words: str
    is_of_act: bool = False


class Entries(Value, frozen=True, kw_only=True):
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
    read = msgspec.structs.replace(
        before, reads=before.reads + 1, count=len(ids), missing=gone if grows else ()
    )
    if not (read.missing or read.is_few):
        return _taken(
            msgspec.structs.replace(read, left=read.left + bool(gone), odd_since=None), ids
        )
    since = before.odd_since or now
    if now - since < FORGIVEN:
        return msgspec.structs.replace(read, odd_since=since)
    return _taken(
        msgspec.structs.replace(read, left=read.left + bool(gone), missing=(), odd_since=None), ids
    )


def update_newest(entries: Entries, ids: Sequence[int], now: datetime) -> Entries:
    """Note the first page's entries; a later entry has a higher id."""
    newest = max(ids, default=0)
    if newest >= entries.newest or (entries.newest_gone and now - entries.newest_gone >= FORGIVEN):
        returned = now if entries.newest_gone and newest >= entries.newest else entries.returned
        return msgspec.structs.replace(entries, newest=newest, newest_gone=None, returned=returned)
    return msgspec.structs.replace(entries, newest_gone=entries.newest_gone or now)


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
    return msgspec.structs.replace(
        entries,
        beside={
            place: max(counts.get(place, 0), (before or {}).get(place, 0))
            for place in {*counts, *(before or ())}
        },
        beside_known=tuple(sorted(known | here.keys())[-MOST_BESIDE:]),
        beside_new=tuple(new),
        beside_since=(entries.beside_since or now) if new and not forgiven else None,
    )


def _taken(read: Entries, ids: Sequence[int]) -> Entries:
    """The list is as it was read."""
    return msgspec.structs.replace(
        read, least=min(read.least, len(ids)), standing=tuple(ids[-OLDEST:])
    )


# Signs in good polls that a source is no longer worth reading. No I/O.

Sign = Missed
DENIED = "its server said that the page is not modified (304) when its bytes had changed"
LIES = 3  # false "unchanged" answers of a server: one may be chance


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    still = _frozen(expected, seen, now) or _zombie(expected, seen, now)
    return [
        *still,
        *(
            fault
            for fault in _list_faults(expected, seen, now)
            if not (still and fault.kind is ErrorKind.ZOMBIE)
        ),
        *_count(expected, seen),
        *_canary(expected, seen),
        *_list_signs(seen, now),
        *([Sign(ErrorKind.NOT_MODIFIED, "", DENIED)] if seen.lies >= LIES else []),
        *series.find_gaps(seen.own, [*seen.elsewhere], seen.told, now),
        *series.find_missing(seen.own, seen.elsewhere, seen.since, now),
        *(
            [Sign(ErrorKind.MIRROR, "", _of_rows(seen.apart, expected.mirror))]
            if seen.apart
            else []
        ),
    ]


def _frozen(expected: Expected, seen: Seen, now: datetime) -> list[Sign]:
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


def _zombie(expected: Expected, seen: Seen, now: datetime) -> list[Sign]:
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


def _count(expected: Expected, seen: Seen) -> Iterator[Sign]:
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


def _canary(expected: Expected, seen: Seen) -> Iterator[Sign]:
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
    """Return whether a list has news from its first week on."""
    habits, entries = seen.habits, seen.entries
    if habits.elsewhere and _lasts(habits.elsewhere_since, now):
        text = (
            f"its address leads to {get_path(habits.elsewhere) or '/'} since"
            f" {habits.elsewhere_since:%Y-%m-%d}"
        )
        yield Sign(ErrorKind.MOVED, "", f"{text}, and did not before")
    if entries is None:
        return
    if not seen.is_withdrawn and _lasts(entries.newest_gone, now):
        gone = f"the newest entry that it had is gone since {entries.newest_gone:%Y-%m-%d}"
        yield Sign(ErrorKind.OUTDATED, "", f"{gone}, and no newer one is there")
    new = sorted(entries.beside_new, key=lambda link: not link.is_of_act)
    if new and (new[0].is_of_act or new[1:]) and _lasts(entries.beside_since, now):
        others = f" and {len(new) - 1:,} more" if new[1:] else ""
        text = (
            f"“{new[0].words}”{others} came to its page since {entries.beside_since:%Y-%m-%d}, and"
            " its reader does not take it"
        )
        yield Sign(ErrorKind.LINKS_NOT_READ, "", text)


def _lasts(since: datetime | None, now: datetime) -> bool:
    return since is not None and LASTS <= now - since < FORGIVEN


def _of_rows(apart: int, mirror: str) -> str:
    rows = "1 row stands" if apart == 1 else f"{apart:,} rows stand"
    return f"{rows} only in one of it and {mirror}, for more than {format_duration(series.LAG)}"


# A mute of a source's failures. It always ends; news still goes out. No I/O.

LONGEST = timedelta(days=30)
QUOTED = 60  # characters
FORMS = "write it as 2026-12-01, 2026-12-01T09:00 or 3 days"


@dataclass(frozen=True, slots=True)
class Mute:
    """A mute's author, start, end and reason."""

    source: str
    until: datetime
    by: str
    at: datetime
    reason: str = ""


def end_of(text: str, now: datetime, longest: timedelta | None = LONGEST) -> datetime:
    """Parse the end of a mute: a day (its start), an instant, or a duration from now; UTC unless an
    offset is given.

    Raises:
        ConfigError: it is none of these, is past, or is more than the `longest` time ahead.
    """
    until = _moment(text.strip(), now)
    if until <= now:
        raise ConfigError(f"--until: {text[:QUOTED]!r} is over; it is {now:%Y-%m-%dT%H:%M} UTC now")
    if longest and until > now + longest:
        raise ConfigError(
            f"--until: {text[:QUOTED]!r} lies more than {longest.days} days ahead; mute it again"
            " then"
        )
    return until


def _moment(text: str, now: datetime) -> datetime:
    with suppress(ValueError, OverflowError):
        told = datetime.fromisoformat(text)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    try:
        return now + parse_duration(text)
    except ConfigError as error:
        raise ConfigError(f"--until: {text[:QUOTED]!r} is no moment; {FORMS}") from error
