"""What is normal for a source, learnt from its own past and kept in a few numbers however long that is. Pure.

A publisher rests at Golden Week and at the Spring Festival, in August and between the years, and some speak twice a year: what
is taken for too long is far above the longest rest that was ever seen, and above every holiday; before enough is known of a
source it is more than a year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from msgspec.structs import replace

from monitor.clock import spelt
from monitor.model import Value

FAR = 3  # times the longest that was seen is far longer than is normal
UNKNOWN = timedelta(days=400)  # is too long where nothing is known: once a year is still normal
HOLIDAYS = timedelta(days=30)  # no office rests that long
RESTLESS = timedelta(days=10)  # nor that long a page that moves every day, since machines have no holidays
DAY = timedelta(days=1)

MOVES, WATCHED = 20, timedelta(days=30)  # so many changes, and so long a time, tell how a page moves
NEWS, SPAN = 20, timedelta(days=180)  # the same of what is new on it
KEPT = 64  # days with news that are remembered

READS, STEADY, FEW = (
    20,
    timedelta(days=60),
    5,
)  # readings, and time, that tell whether a list only grows; fewer entries tell nothing
OLDEST = 300  # entries that are remembered, from the end: lists have the newest first
FORGIVEN = timedelta(days=14)  # after which what is missing, or little, is how the list is now


@dataclass(frozen=True, slots=True)
class Normal:
    """How long is normal, and what that rests on, as a phrase; `learnt` if it rests on the source's own past."""

    bound: timedelta
    because: str
    learnt: bool = False


class Habits(Value, frozen=True, kw_only=True):
    """How a source moves: since when it was watched, how often its bytes changed, when last, and the longest time (seconds)
    between two changes; the last days (ISO) on which something new came.
    """

    since: datetime
    moves: int = 0
    moved: datetime | None = None
    longest: float = 0.0
    days: tuple[str, ...] = ()

    def with_move(self, now: datetime) -> "Habits":
        """The same once its bytes changed."""
        rested = (now - self.moved).total_seconds() if self.moved else 0.0
        return replace(self, moves=self.moves + 1, moved=now, longest=max(self.longest, rested))

    def with_news(self, day: str, now: datetime) -> "Habits":
        """The same once something new came of this day (ISO); what is of no day, or of one to come, came today."""
        today = now.date().isoformat()
        known = {*self.days, min(day[:10], today) if _is_day(day[:10]) else today}
        return replace(self, days=tuple(sorted(known)[-KEPT:]))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def stillness(habits: Habits, declared: timedelta | None, now: datetime) -> Normal:
    """How long its bytes may stay as they are."""
    if declared:
        return Normal(declared, "it is said so of this source")
    since = f"{habits.since:%Y-%m-%d}"
    if habits.moves < MOVES or now - habits.since < WATCHED:
        return Normal(UNKNOWN, f"little is known of it yet, {habits.moves} changes since {since}")
    longest = timedelta(seconds=habits.longest)
    least = RESTLESS if longest < DAY else HOLIDAYS
    told = f"in {habits.moves:,} changes since {since} they never stayed the same for longer than {spelt(longest)}"
    return Normal(max(FAR * longest, least), told, learnt=True)


def silence(habits: Habits, declared: timedelta | None) -> Normal:
    """How long it may bring nothing new."""
    if declared:
        return Normal(declared, "it is said so of this source")
    days = [date.fromisoformat(day) for day in habits.days]
    if len(days) <= NEWS or days[-1] - min(days[0], habits.since.date()) < SPAN:
        told = f"little is known of it yet, {len(days)} days with news, watched since {habits.since:%Y-%m-%d}"
        return Normal(UNKNOWN, told)
    longest = max(later - earlier for earlier, later in pairwise(days))
    told = f"between the last {len(days)} days with news, since {days[0]}, never more than {spelt(longest)} passed"
    return Normal(max(FAR * longest, HOLIDAYS), told, learnt=True)


class Entries(Value, frozen=True, kw_only=True):
    """What the list of a source has: how often it was read since when, its `count` of entries and the `least` it ever had; the
    oldest entries that are `standing` there; how often some have `left`; which of those that always stood there are `missing`,
    or how few there are, and since when that is so.
    """

    since: datetime
    reads: int = 1
    count: int
    least: int
    standing: tuple[int, ...]
    left: int = 0
    missing: tuple[int, ...] = ()
    odd_since: datetime | None = None

    @property
    def is_few(self) -> bool:
        """Whether there are fewer than half of the fewest that it ever had."""
        return self.reads >= READS and self.count < self.least / 2

    def only_grows(self, now: datetime) -> bool:
        """Whether no entry was ever seen to leave, in so many readings that none will."""
        return not self.left and self.reads >= READS and now - self.since >= STEADY and len(self.standing) >= FEW


def entries(before: Entries | None, ids: Sequence[int], now: datetime) -> Entries:
    """What the list has once it was read again, with these entries in their order."""
    if before is None:
        return Entries(since=now, count=len(ids), least=len(ids), standing=tuple(ids[-OLDEST:]))
    gone = tuple(sorted({*before.standing, *before.missing} - set(ids)))
    grows = before.only_grows(now)
    read = replace(before, reads=before.reads + 1, count=len(ids), missing=gone if grows else ())
    if not (read.missing or read.is_few):
        return _taken(replace(read, left=read.left + bool(gone), odd_since=None), ids)
    since = before.odd_since or now
    if now - since < FORGIVEN:
        return replace(read, odd_since=since)
    return _taken(replace(read, left=read.left + bool(gone), missing=(), odd_since=None), ids)


def _taken(read: Entries, ids: Sequence[int]) -> Entries:
    """The list is as it was read."""
    return replace(read, least=min(read.least, len(ids)), standing=tuple(ids[-OLDEST:]))
