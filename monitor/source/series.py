"""Gaps in the numbers of acts: one was skipped, or one is at another address and not at this one.
No I/O.

A series may have natural holes, or acts published elsewhere; numbers are given out before
publication, and not in order. So a gap needs three things. Nearly all numbers of the series were
seen so far. The gap is above the numbers of the first read. And more time has passed than any late
number took.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.clock import format_duration
from monitor.errors import ErrorKind
from monitor.model import frozen

NUMBERED = re.compile(r"(?P<series>[a-z][a-z-]{0,60})-(?P<year>\d{4})-(?P<number>\d{1,6})")
ENOUGH = 10  # numbers that show whether a series is seen whole
WHOLE = 0.85  # of the numbers so far: a series of which less was seen has holes by nature
LATE = timedelta(days=7)  # that a number may come after a higher one
LAG = timedelta(days=2)  # that an address may be behind another
# after which what has not come is taken for never having been meant to
GIVEN_UP = timedelta(days=60)
FAR = 3
# acts that show whether one address has what another has, and the share that it must have
JUDGED, CARRIED = 8, 0.9


@frozen
class Sight:
    """A source shows an act, by its page or a title: since when we know; `baseline` if it was there
    at the first read.
    """

    source: str
    key: str
    seen_at: datetime
    baseline: bool = False


@frozen
class Sign:
    """What is strange about a source: `subject` names a missing act for ever, `text` describes it."""

    kind: ErrorKind
    subject: str
    text: str


def split_act_key(key: str) -> tuple[str, int, int] | None:
    """Split an act's key into series, year and number; None for a key without a number."""
    found = NUMBERED.fullmatch(key)
    return (found["series"], int(found["year"]), int(found["number"])) if found else None


@frozen
class Series:
    """One year of a series at a source: since when it has each number, and the highest of its
    first read.
    """

    name: str
    year: int
    numbers: Mapping[int, datetime]
    base: int

    def key(self, number: int) -> str:
        """The key of the act with this number."""
        return f"{self.name}-{self.year}-{number}"

    def above(self, last: int) -> tuple[datetime, int] | None:
        """Return the first to come of the numbers above, and when; None without one."""
        return min(
            ((came, number) for number, came in self.numbers.items() if number > last), default=None
        )


def find_gaps(
    own: Sequence[Sight], elsewhere: Iterable[Sight], told: Iterable[str], now: datetime
) -> Iterator[Sign]:
    """List the skipped numbers at a source; `told` are the subjects of earlier reports."""
    known = {sight.key for sight in elsewhere}
    told = list(told)
    before = known.union(*map(list_missed_keys, told))
    years = _list_years(own)
    for series in years:
        grace = max(LATE, 2 * _measure_lateness(series))
        seen = sorted(number for number in series.numbers if number >= series.base)
        # the numbers that nobody shows, above what was there at the first read
        for below, next_seen in pairwise(seen):
            run = [
                number for number in range(below + 1, next_seen) if series.key(number) not in before
            ]
            if not run:
                continue
            above = series.above(run[-1])
            if above and grace <= now - above[0] < GIVEN_UP and _is_whole(years, series, run[0]):
                subject = (
                    series.key(run[0]) if len(run) == 1 else f"{series.key(run[0])}..{run[-1]}"
                )
                yield _make_gap(series, subject, run, above)
        yield from _list_still_open(series, told, known, now)


def _list_still_open(
    series: Series, told: Iterable[str], known: set[str], now: datetime
) -> Iterator[Sign]:
    """List the reported gaps that are still open, as they are now."""
    for subject in told:
        *of, numbers = _split_subject(subject)
        own = numbers if of == [series.name, series.year] else ()
        run = [
            number
            for number in own
            if number not in series.numbers and series.key(number) not in known
        ]
        if run and (above := series.above(run[-1])) and now - above[0] < GIVEN_UP:
            yield _make_gap(series, subject, run, above)


def _make_gap(
    series: Series, subject: str, run: Sequence[int], above: tuple[datetime, int]
) -> Sign:
    came, number = above
    text = (
        f"{run_words(run)} of {series.year} ({series.name}) {'is' if len(run) == 1 else 'are'}"
        " missing"
    )
    return Sign(ErrorKind.GAP, subject, f"{text}, though No. {number} came on {came:%Y-%m-%d}")


def run_words(run: Sequence[int]) -> str:
    """`No. 63`, `No. 63, 65`, `No. 63 to 112 (50 numbers)`."""
    if len(run) > 3 and run[-1] - run[0] == len(run) - 1:
        return f"No. {run[0]} to {run[-1]} ({len(run)} numbers)"
    return (
        f"No. {', '.join(map(str, run))}"
        if len(run) <= 12
        else f"{len(run)} numbers from No. {run[0]} to {run[-1]}"
    )


def list_missed_keys(subject: str) -> list[str]:
    """List the keys of the acts in a subject; none for another kind of subject."""
    series, year, numbers = _split_subject(subject)
    return [f"{series}-{year}-{number}" for number in numbers]


def _split_subject(subject: str) -> tuple[str, int, range]:
    """Split a subject into series, year and numbers of its acts; no numbers for another kind of
    subject.
    """
    key, _, last = subject.partition("..")
    series, year, first = split_act_key(key) or ("", 0, 0)
    return series, year, range(first, int(last or first) + 1) if series else range(0)


def _list_years(own: Sequence[Sight]) -> list[Series]:
    numbers: dict[tuple[str, int], dict[int, datetime]] = {}
    base: dict[tuple[str, int], int] = {}
    for sight in own:
        if found := split_act_key(sight.key):
            series, number = found[:2], found[2]
            numbers.setdefault(series, {})[number] = sight.seen_at
            if sight.baseline:
                base[series] = max(base.get(series, 0), number)
    return [Series(*series, seen, base.get(series, min(seen))) for series, seen in numbers.items()]


def _is_whole(years: Sequence[Series], series: Series, first: int) -> bool:
    """Return whether nearly all numbers so far were seen: those below the hole, and those of
    other years.
    """
    seen = span = 0
    for other in years:
        if other.name == series.name:
            numbers = [
                number for number in other.numbers if other.year != series.year or number < first
            ]
            seen += len(numbers)
            span += max(numbers) - min(numbers) + 1 if numbers else 0
    return seen >= ENOUGH and seen >= WHOLE * span


def _measure_lateness(series: Series) -> timedelta:
    """Return how long the latest number came after a higher one."""
    late, first_above = timedelta(), None
    for number in sorted(series.numbers, reverse=True):
        came = series.numbers[number]
        if first_above and number >= series.base:
            late = max(late, came - first_above)
        first_above = min(first_above, came) if first_above else came
    return late


def find_missing(
    own: Sequence[Sight], elsewhere: Sequence[Sight], since: datetime, now: datetime
) -> Iterator[Sign]:
    """List acts of other sources that this one, first read `since`, should have by now: it has
    nearly all others.
    """
    here = {sight.key: sight.seen_at for sight in own}
    # each series with its longest delay here, None for one that never came
    judged: dict[str, list[timedelta | None]] = {}
    for name, sight in _find_first_seen(elsewhere, since):
        series = judged.setdefault(name, [])
        if sight.key in here:
            series.append(max(here[sight.key] - sight.seen_at, timedelta()))
            continue
        age, late = now - sight.seen_at, [late for late in series if late is not None]
        latest = max(late, default=timedelta())
        carries = len(series) >= JUDGED and len(late) >= CARRIED * len(series)
        if carries and max(LAG, FAR * latest) <= age < GIVEN_UP:
            shown = f"{sight.key} is at {sight.source} since {sight.seen_at:%Y-%m-%d} and not here"
            text = (
                f"{shown}, where {len(late)} of {len(series)} others came within"
                f" {format_duration(latest)}"
            )
            yield Sign(ErrorKind.MIRROR, sight.key, text)
        if age >= LAG:
            series.append(None)


def _find_first_seen(elsewhere: Sequence[Sight], since: datetime) -> Iterator[tuple[str, Sight]]:
    """Map each named series to where its acts were seen first, in order; of those after `since`."""
    known: set[str] = set()
    for sight in sorted(elsewhere, key=lambda sight: sight.seen_at):
        if sight.key not in known and (found := split_act_key(sight.key)):
            known.add(sight.key)
            if not sight.baseline and sight.seen_at > since:
                yield found[0], sight
