"""Decide when a source is due, and when a page needs another try or check. No I/O: instants in,
instants out.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from monitor import vocabulary
from monitor.clock import format_instant
from monitor.model import LastRead, frozen
from monitor.source.habits import LIES
from monitor.source.health import EVERYTHING, Health
from monitor.source.scraper import Habit, Source, learn_habit
from monitor.vocabulary.authorities import country_of

NEVER = datetime.max.replace(tzinfo=UTC)
FIRST_RETRY = timedelta(minutes=2)  # after a failure, however rarely a source is polled
LONGEST_BACK_OFF = timedelta(minutes=10)  # a source that is back must be read within minutes
PROMPT = timedelta(minutes=2)  # within which most polls that are due come to an end
LATEST_RETRY = timedelta(minutes=30)
JITTER = 0.1  # of its cadence, at most, is a look sooner: sources of one cadence drift apart
MOST_DIGITS = 9  # of an age in seconds
OFTENEST = timedelta(minutes=1)  # to which hours that were learnt may bring a source
AT_ONCE = 4  # sources that begin together when we do
APART = timedelta(seconds=1.5)  # between the starts of two others, where they are few
SPREAD = timedelta(seconds=60)  # over which all that are due at once begin, where they are many
# the longest delay that a server may ask for: years would switch us off
SKEW = timedelta(minutes=1)  # a read that is later than now was made when the clock was ahead
LONGEST_HOLD = timedelta(hours=1)
MISSED = 3  # of its cadence: one look that fails, or is late, makes no gap
MOST_KILLS = 2
# after which a page that stopped its reader is tried again: by then the reader may be better
QUARANTINE = timedelta(days=1)
DOUBTED = timedelta(hours=1)
NEW, YOUNG = timedelta(days=6), timedelta(days=90)  # ages of an act
# between two looks, by its age
EDITED_SOON, EDITED, EDITED_LATE = timedelta(hours=2.5), timedelta(days=2.8), timedelta(days=14)
FLICKERS = timedelta(days=30)  # how long a list with old copies is fetched several times
WHOLE = timedelta(days=1)  # how long "unchanged" counts before the bytes are fetched


@frozen
class Tried:
    """A source's last poll: failures in a row, how long its server asked us to `hold` off, and how
    soon to poll `again`, if so.
    """

    at: datetime
    failures: int = 0
    hold: timedelta = timedelta()
    again: timedelta | None = None


def get_cadence(source: Source, now: datetime) -> timedelta:
    """Return the interval between polls at this hour: as set, or less if its publisher often
    publishes at this hour. Learnt hours never make a source rarer, and none is polled more than
    once a minute.
    """
    pace = source.busy.period if source.busy and source.busy.covers(now) else source.every
    if source.at and source.at.covers(now):
        pace = min(pace, source.at.period)
    if source.habit is None:
        return pace
    return max(pace / source.habit.hastens(now), min(pace, OFTENEST))


def find_old_answer(source: Source, age: str, now: datetime) -> int:
    """Return an answer's age in a cache (seconds), if longer than the polling interval; else 0."""
    age = age.strip()[:MOST_DIGITS]
    seconds = int(age) if age.isascii() and age.isdecimal() else 0
    return seconds if seconds > get_cadence(source, now).total_seconds() else 0


def find_next_turn(source: Source, now: datetime) -> datetime | None:
    """Return when its interval may change; None for never."""
    return min(
        (hours.next_turn(now) for hours in (source.busy, source.at, source.habit) if hours),
        default=None,
    )


def compute_longest_silence(source: Source, patience: timedelta, now: datetime) -> timedelta:
    """Return how long a source may fail before its last content is stale."""
    return source.by_hand or max(
        patience, source.patience or timedelta(), MISSED * get_cadence(source, now)
    )


def compute_longest_gap(source: Source, before: datetime, now: datetime) -> timedelta:
    """Return the longest time after a good poll at `before` without a gap in coverage."""
    return MISSED * max(get_cadence(source, before), get_cadence(source, now))


def compute_next_poll(source: Source, tried: Tried | None, now: datetime) -> datetime:
    """Return when `source` is due; `now` at the latest if it was never polled, or the clock was set
    back. Busy hours often end with one more poll at their pace: their last publications may be
    late. After a failure it is soon due again, and after each further one later.
    """
    if source.by_hand:
        return NEVER
    if tried is None or tried.at > now:
        return now
    wait = min(get_cadence(source, tried.at), get_cadence(source, now))
    if tried.failures:
        longest = max(wait, LONGEST_BACK_OFF)
        wait = min(min(wait, FIRST_RETRY) * 2 ** min(tried.failures - 1, 16), longest)
    # the same for the same poll, so that sources with one cadence drift apart
    jitter = (
        JITTER * hashlib.sha256(f"{source.id} {tried.at.isoformat()}".encode()).digest()[0] / 255
    )
    wait *= 1 - jitter
    # no sooner: two reads agree only after so long
    wait = min(wait, tried.again) if tried.again else wait
    return tried.at + max(wait, min(tried.hold, LONGEST_HOLD))


def look_again(source: Source, tried: Tried | None, now: datetime) -> datetime:
    """Return when to check again whether `source` is due: it is no earlier, unless something
    changes.
    """
    due, turn = compute_next_poll(source, tried, now), find_next_turn(source, now)
    return min(due, turn) if turn else due


def learn_habits(
    sources: Iterable[Source], published: Mapping[str, Sequence[datetime]], now: datetime
) -> dict[str, Habit | None]:
    """Learn each publisher's hours from what was `published`; unknown ones are left out."""
    return {
        source.id: learn_habit(published[source.id], source.zone, now)
        for source in sources
        if source.id in published
    }


def sort_sources(sources: Iterable[Source]) -> list[Source]:
    """Order the sources that are due together: the most frequent first, and of these, in the
    vocabulary's order, those of MOFCOM.
    """
    rank = {code: number for number, code in enumerate(vocabulary.current().authorities)}

    def place(source: Source) -> tuple[timedelta, int, str]:
        paces = [source.every, *(hours.period for hours in (source.busy, source.at) if hours)]
        return min(paces), rank.get(source.authority, len(rank)), source.id

    return sorted(sources, key=place)


def spread_starts(sources: Sequence[Source], now: datetime) -> Iterator[tuple[Source, datetime]]:
    """Spread the starts of sources that are due together: a few at once, the rest over a minute
    at most.
    """
    apart = min(APART, SPREAD / max(len(sources), 1))
    for number, source in enumerate(sort_sources(sources)):
        yield source, now if number < AT_ONCE else now + apart * number


def compute_next_try(attempts: int, now: datetime) -> datetime:
    """Return the next try of an unreadable page: at the next poll first, then ever later, but never
    given up.
    """
    if attempts < 2:
        return now
    return now + min(timedelta(minutes=2 ** min(attempts - 1, 8)), LATEST_RETRY)


def compute_next_check(
    first_read: datetime, now: datetime, *, is_baseline: bool = False
) -> datetime:
    """Return the next check of a known act, because acts are edited in place: often while it is
    young, then ever later. In its first ninety days that is as many checks as one a day. An act of
    the first read may be old.
    """
    age = now - first_read
    longest = EDITED_LATE if age > YOUNG else EDITED if is_baseline or age > NEW else EDITED_SOON
    return now + min(max(age / 2, timedelta(hours=1)), longest)


def is_quarantined(kills: int, last: datetime | None, now: datetime) -> bool:
    """Return whether to leave a page alone that killed its reader so often, `last` then."""
    return kills >= MOST_KILLS and last is not None and now - last < QUARANTINE


def should_ask_for_all(came_at: datetime | None, now: datetime, *, lies: int = 0) -> bool:
    """Return whether to fetch a page without conditions: "not modified" for ever may be a broken
    cache, and would hide all news. A server with this many false answers counts for an hour at
    most.
    """
    return came_at is None or not timedelta() <= now - came_at < (
        DOUBTED if lies >= LIES else WHOLE
    )


def count_denials(
    lies: int,
    came_at: datetime | None,
    same_at: datetime | None,
    now: datetime,
    *,
    same_stamp: bool,
) -> int:
    """Count a server's false "unchanged" answers, now that a page has news: it answered so at
    `same_at`. If a conditional request brought the news, the server has admitted the change. One
    case may be chance, because the news may be newer than the answer; with the same validators it
    is not.
    """
    if not should_ask_for_all(came_at, now, lies=lies):
        return 0
    if came_at is None or same_at is None or same_at <= came_at:
        return lies
    return LIES if same_stamp else lies + 1


# Whether an authority's sources were read lately enough to state an absence. No I/O.


@frozen
class Freshness:
    """The freshness of the switched-on `sources` as of `now`; `patience` is the least
    silence allowed to each. `until` is the last day that counts, if not today. `is_over`: the
    question is about a day after it.
    """

    sources: Sequence[Source]
    health: Mapping[str, Health]
    now: datetime
    patience: timedelta
    until: date | None = None
    is_over: bool = False

    def stale(self, authority: str) -> LastRead | None:
        """Return the last good read of an authority with a stale source; None if all are fresh."""
        last_read = self.last_read(authority)
        return None if last_read.fresh else last_read

    def last_read(self, authority: str) -> LastRead:
        """Return up to when an act of the authority would have been seen: if all its sources are
        fresh, by the oldest read. The stalest source decides: an act may be there alone. Other
        publishers of its country stand in for an authority without a source of its own.
        """
        acts = [source for source in self.sources if source.kind == "acts" and not source.by_hand]
        country = country_of(authority)
        own = [source for source in acts if source.authority == authority]
        own_or_near = own or [source for source in acts if country_of(source.authority) == country]
        of = authority if own or not own_or_near else country
        read = [at for source in own_or_near if (at := self._last_ok(source))]
        behind = [source for source in own_or_near if not self._is_fresh(source)]
        if own_or_near and not behind:
            zone = vocabulary.zone(authority)
            ends = [datetime.combine(self.until, time.max, zone)] if self.until else []
            first = min([*read, *ends])
            return LastRead(of=of, at=format_instant(first), fresh=True, last=self.is_over)
        if len(behind) < len(own_or_near):
            stalest = min(
                behind, key=lambda source: self._last_ok(source) or datetime.min.replace(tzinfo=UTC)
            )
            last = self._last_ok(stalest)
            return LastRead(of=of, at=format_instant(last) if last else None, source=stalest.id)
        return LastRead(
            of=of, at=format_instant(max(read)) if read else None, has_source=bool(own_or_near)
        )

    def all_stale(self, authorities: Iterable[str]) -> dict[str, LastRead]:
        """Return the last reads of the authorities that are stale."""
        return {
            authority: last_read
            for authority in authorities
            if (last_read := self.stale(authority))
        }

    def at_end_of(self, day: date) -> "Freshness":
        """Return the freshness at the end of an earlier day, as far as later reads
        leave it known.
        """
        ends = min(self.now, datetime.combine(day, time.max, UTC))
        return replace(self, now=ends, until=day)

    def about(self, day: date) -> "Freshness":
        """Return the freshness for a question about a day, which may lie ahead."""
        return replace(self, is_over=day > self.now.date())

    def count_fresh(self, authority: str) -> int:
        """Count the sources of the authority's country with a recent read and no failure since."""
        country = country_of(authority)
        return sum(
            self._is_fresh(source) and not self.health[source.id].problem
            for source in self.sources
            if country_of(source.authority) == country
        )

    def _is_fresh(self, source: Source) -> bool:
        at = self._last_ok(source)
        if at is None or (self.until is None and at - self.now > SKEW):
            return False
        return not is_stale(source, at, self.patience, self.now)

    def _last_ok(self, source: Source) -> datetime | None:
        health = self.health.get(source.id)
        return health.last_ok if health else None


def is_stale(source: Source, at: datetime, patience: timedelta, now: datetime) -> bool:
    """Return whether a source with its last read `at` should have been read since."""
    return now - at > compute_longest_silence(source, patience, now)


# The next poll of each source, in memory: a tick costs by what is due, not by the number of
# sources. No I/O; callers report the polls.

NO_HOLD = timedelta()


class Timetable:
    """The sources, each one's last try (`tried`), and its next poll. A source given out as due is
    not due again before it is `polled`, or has to `rest`.
    """

    def __init__(
        self, sources: Iterable[Source], tried: Mapping[str, Tried], now: datetime
    ) -> None:
        self._sources = {source.id: source for source in sources}
        self._tried = {name: tried[name] for name in self._sources.keys() & tried.keys()}
        self._lost = {name for name, last in self._tried.items() if last.failures}
        self._next: dict[str, datetime] = {}  # of one moment the first that was put comes first
        self._owed: dict[str, datetime] = {}  # since when those are due that were not polled yet
        self._under_way: set[str] = set()
        self.begin_anew(now)

    def begin_anew(self, now: datetime) -> None:
        """After a start, a sleep, a clock change or an outage of the network: what is due now
        begins over the next minute, not at once. What fails is soon tried again.
        """
        self._tried = {
            name: replace(last, failures=min(last.failures, 1))
            for name, last in self._tried.items()
        }
        begun = {name: self._next[name] for name in self._owed.keys() & self._next.keys()}
        self._next = {}
        self._owed = {name: since for name, since in self._owed.items() if name in self._under_way}
        waiting = []
        for name, source in self._sources.items():
            if name in self._under_way:
                continue
            due = compute_next_poll(source, self._tried.get(name), now)
            if due <= now:
                self._owed[name] = due
                waiting.append(source)
            else:
                self._wait(name, now)
        for source, begins in spread_starts(waiting, now):
            # a waiting source does not start its wait again
            self._put(source.id, min(begins, begun.get(source.id, begins)))

    def due(self, now: datetime, most: int) -> list[Source]:
        """List the sources to poll now, the longest waiting first, at most `most`."""
        due: list[Source] = []
        ripe = [(moment, name) for name, moment in self._next.items() if moment <= now]
        for _, name in sorted(ripe, key=lambda one: one[0]):
            if len(due) >= most:
                break
            since = compute_next_poll(self._sources[name], self._tried.get(name), now)
            if since <= now:
                del self._next[name]
                self._under_way.add(name)
                self._owed.setdefault(name, since)
                due.append(self._sources[name])
            else:
                self._wait(name, now)
        return due

    def polled(
        self,
        name: str,
        now: datetime,
        *,
        failed: bool = False,
        hold: timedelta = NO_HOLD,
        again: timedelta | None = None,
    ) -> None:
        """Note a source's recorded poll; its server may ask for a delay (`hold`), or its content
        for another poll (`again`).
        """
        if name in self._sources:
            before = self._tried.get(name)
            self._end(
                name,
                Tried(now, (before.failures if before else 0) + 1 if failed else 0, hold, again),
                now,
            )

    def heard(self, name: str, tried: Tried, now: datetime) -> bool:
        """Note a poll by another process; return whether it is news."""
        before = self._tried.get(name)
        if name not in self._sources or (before and tried.at <= before.at):
            return False
        # by another machine's clock, which may be ahead
        self._end(name, replace(tried, at=min(tried.at, now)), now)
        return True

    def _end(self, name: str, tried: Tried, now: datetime) -> None:
        self._tried[name] = tried
        self._owed.pop(name, None)
        self._under_way.discard(name)
        self._wait(name, now)
        self._note_end(name, tried.failures, now)

    def _note_end(self, name: str, failures: int, now: datetime) -> None:
        """Begin anew with a good poll after many sources began to fail, and none was read
        meanwhile: the network is back.
        """
        if failures:
            self._lost |= {name} if failures == 1 else set()
            return
        is_back = len(self._lost) >= min(EVERYTHING, len(self._sources))
        self._lost.clear()
        if is_back:
            self.begin_anew(now)

    def rest(self, name: str, until: datetime) -> None:
        """Let a source that was due or polled alone until then."""
        if name in self._sources:
            self._under_way.discard(name)
            self._put(name, until)

    def learn(self, habits: Mapping[str, Habit | None], now: datetime) -> None:
        """Know from now on when sources publish; those that are not named have no habit."""
        for name, source in self._sources.items():
            if source.habit != habits.get(name):
                self._sources[name] = replace(source, habit=habits.get(name))
                if name in self._next and name not in self._owed:
                    self._wait(name, now)

    @property
    def under_way(self) -> Collection[str]:
        """List the due sources given out without a report since."""
        return self._under_way

    def just_due(self, now: datetime) -> Collection[str]:
        """Return the sources that are due since a moment ago: their polls will tell."""
        return {name for name, since in self._owed.items() if now - since < PROMPT}

    @property
    def owed(self) -> Collection[str]:
        """Return the sources that are due, or were and are under way."""
        return self._owed.keys()

    def coming(self) -> tuple[datetime, str] | None:
        """Return when the next source may be due; None if all are being polled."""
        return min(
            ((moment, name) for name, moment in self._next.items()),
            key=lambda one: one[0],
            default=None,
        )

    def _wait(self, name: str, now: datetime) -> None:
        """Skip a source until its schedule may change."""
        self._put(name, look_again(self._sources[name], self._tried.get(name), now))

    def _put(self, name: str, moment: datetime) -> None:
        self._next.pop(name, None)
        self._next[name] = moment
