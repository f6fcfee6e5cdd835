"""The days that a list prints beside its entries: they show a list that stands still, has no order
or lost its days. No I/O. An abandoned feed, or a search in random order, reads well and shows
nothing new. Its own days reveal that at the first read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from msgspec.structs import replace

from monitor.clock import format_duration
from monitor.days import NUMBERS
from monitor.errors import ErrorKind
from monitor.model import Value
from monitor.source.series import Sign

FAR = 3  # times the longest gap between its entries is far longer than is normal
LEAST = timedelta(days=30)  # no office pauses that long
AHEAD = timedelta(days=2)  # how far a publisher's day may be ahead of ours
FEWEST = 5  # days that show how often a list grows
LATEST = 25  # of its last days only: archives of a list have another pace
PAIRS = 8  # neighbours with different days that show an order
AGAINST = 0.25  # of the neighbours may be in the wrong order: a pinned entry, a late one
HEARD = timedelta(hours=2)  # for how long the age of an answer counts
NUMERIC = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})(?!\d)")
# with slashes it may be the month
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-.](\d{1,2})[-.]((?:19|20)\d\d)(?!\d)")
MONTH = "|".join(sorted(NUMBERS, key=len, reverse=True))
WRITTEN = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?P<month>{MONTH})\.?,?\s+(?P<year>\d{{4}})"
    rf"|\b(?P<month_first>{MONTH})\.?\s+(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_last>\d{{4}})",
    re.IGNORECASE,
)


class ListDays(Value, kw_only=True):
    """What the days of a list show: the newest (ISO), their number, the longest recent gap in days.
    `disorder` names two neighbours of an unordered list. `lost` counts entries without a day, in a
    list that had days. `age` (seconds) is the age of a too old answer, which came `aged_at`.
    """

    newest: str = ""
    count: int = 0
    gap: int = 0
    disorder: str = ""
    lost: int = 0
    age: int = 0
    aged_at: datetime | None = None


def find_day(text: str) -> str:
    """The first day in some words, as ISO; "" where there is none."""
    if found := NUMERIC.search(text):
        return _make_day(*found.groups())
    if found := DAY_FIRST.search(text):
        return _make_day(*reversed(found.groups()))
    if found := WRITTEN.search(text):
        parts = found.groupdict()
        month = NUMBERS[(parts["month"] or parts["month_first"]).lower()]
        return _make_day(
            parts["year"] or parts["year_last"], month, parts["day"] or parts["day_second"]
        )
    return ""


def _make_day(year: str | int, month: str | int, day: str | int) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def summarize_days(
    days: Sequence[str], entries: int, now: datetime, before: ListDays | None = None
) -> ListDays | None:
    """Describe the days of a list, in order; "" separates two lists. None for a list that never
    had days.
    """
    latest = (now + AHEAD).date().isoformat()
    known = sorted({day for day in days if day and day <= latest})
    if not known:
        lost = max(entries, len(days) - 1)  # rows on other subjects are no entries
        return replace(before, lost=lost) if before and before.newest else before
    if before and known[-1] < before.newest:  # a further page of the list
        return replace(before, lost=0)
    gaps = [
        (date.fromisoformat(later) - date.fromisoformat(earlier)).days
        for earlier, later in pairwise(known[-LATEST:])
    ]
    return replace(
        before or ListDays(),
        newest=known[-1],
        count=sum(map(bool, days)),
        gap=max(gaps) if len(known) >= FEWEST else 0,
        disorder=_find_disorder(days),
        lost=0,
    )


def judge_days(days: Sequence[str], absence: timedelta | None, now: datetime) -> Iterator[Sign]:
    """Find errors in a list at its first read; `absence` is the longest time without news."""
    yield from find_list_faults(
        summarize_days(days, 0, now) or ListDays(), know_absence(absence), now
    )


def know_absence(absence: timedelta | None) -> tuple[timedelta, str] | None:
    """The usual longest time without news, if declared, with its ground."""
    return (absence, "set for this source") if absence else None


def _find_disorder(days: Iterable[str]) -> str:
    """Find two neighbours out of order in an unordered list; "" for an ordered or short one."""
    lists = (list(group) for has_day, group in groupby(days, key=bool) if has_day)
    pairs = [
        (one, next_one) for group in lists for one, next_one in pairwise(group) if one != next_one
    ]
    rising = [pair for pair in pairs if pair[0] < pair[1]]
    falling = [pair for pair in pairs if pair[0] > pair[1]]
    fewer = min(rising, falling, key=len)
    return (
        " before ".join(fewer[0])
        if len(pairs) >= PAIRS and len(fewer) > AGAINST * len(pairs)
        else ""
    )


def _explain_stale(seen: ListDays, silence: tuple[timedelta, str] | None, now: datetime) -> str:
    """Say since when a list has had no new entry; nothing, if that is not too long."""
    if not (seen.newest and (silence or seen.gap)):
        return ""
    longest = timedelta(days=seen.gap)
    own = f"between the latest days of the list never more than {format_duration(longest)} passed"
    bound, because = silence or (max(FAR * longest, LEAST), own)
    rests = now.date() - date.fromisoformat(seen.newest)
    if rests <= bound:
        return ""
    what = f"the newest of {seen.count:,} entries" if seen.count > 1 else "what came"
    return (
        f"{what} is of {seen.newest}, {format_duration(rests)} ago; too long is more than"
        f" {format_duration(bound)}: {because}"
    )


def find_list_faults(
    seen: ListDays, silence: tuple[timedelta, str] | None, now: datetime
) -> Iterator[Sign]:
    """Find errors in a list by its days. `silence` is the usual longest silence with its ground, if
    declared or learnt.
    """
    if seen.lost:
        text = (
            f"it has {seen.lost:,} entries and prints no day, where its newest was of {seen.newest}"
        )
        yield Sign(ErrorKind.UNDATED, "", text)
    elif text := _explain_stale(seen, silence, now):
        yield Sign(ErrorKind.ZOMBIE, "", text)
    if seen.disorder:
        yield Sign(
            ErrorKind.UNORDERED,
            "",
            f"its entries are in no order of their days, such as {seen.disorder}",
        )
    if seen.aged_at and now - seen.aged_at < HEARD:
        age = format_duration(timedelta(seconds=seen.age))
        yield Sign(
            ErrorKind.CACHED,
            "",
            f"the answer had lain in a cache for {age}, longer than is waited between two looks",
        )
