"""What polls that end well seem to say of a source: that it is read, and is not worth it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.clock import spelt
from monitor.errors import ErrorKind
from monitor.source.health import series
from monitor.source.health.habits import Entries, Habits, silence, stillness
from monitor.source.health.series import Missed, Sight

Sign = Missed
LIES = 3  # times that a server was found to say that nothing moved where something had: once may be chance


@dataclass(frozen=True, slots=True)
class Expected:
    """What a source, or config.toml, says is normal: how long it may bring nothing new, and its bytes stay the same; an entry
    that always stands there (an address, or a record's id); the fewest entries it has; a source of the same register.
    """

    absence: timedelta | None = None
    unmoved: timedelta | None = None
    canary: str = ""
    floor: int = 0
    mirror: str = ""


NORMAL = Expected()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the history has of a source that was just read well.

    `rows` is the size of a register, `has_canary` whether the declared one is there (None: nobody knows yet), `lies` how often
    its server denied a change, `told` the subjects of gaps that people were told of; `apart` how many rows of a register only one
    of it and its mirror has.
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


def signs(expected: Expected, seen: Seen, now: datetime) -> list[Sign]:
    """All that is strange about a source; of what follows from another only that."""
    return [
        *(_frozen(expected, seen, now) or _zombie(expected, seen, now)),
        *_count(expected, seen),
        *_canary(expected, seen),
        *_lies(seen),
        *series.gaps(seen.own, [*seen.elsewhere], seen.told, now),
        *series.missing(seen.own, seen.elsewhere, seen.since, now),
        *_apart(expected, seen),
    ]


def _frozen(expected: Expected, seen: Seen, now: datetime) -> list[Sign]:
    normal, last = stillness(seen.habits, expected.unmoved, now), seen.habits.moved or seen.habits.since
    if now - last <= normal.bound:
        return []
    text = f"its bytes are the same since {last:%Y-%m-%d}, for {spelt(now - last)}"
    return [Sign(ErrorKind.FROZEN, "", f"{text}; too long is more than {spelt(normal.bound)}: {normal.because}")]


def _zombie(expected: Expected, seen: Seen, now: datetime) -> list[Sign]:
    normal, habits = silence(seen.habits, expected.absence), seen.habits
    newest = datetime.fromisoformat(habits.days[-1]).replace(tzinfo=now.tzinfo) if habits.days else habits.since
    # Of what was there at the first read only those days are known of which a fact was told: else we wait ourselves.
    if now - (newest if normal.learnt else max(newest, habits.since)) <= normal.bound:
        return []
    what = "the newest it has is of" if habits.days else "nothing new came since it is watched,"
    text = f"{what} {newest:%Y-%m-%d}, {spelt(now - newest)} ago; too long is more than {spelt(normal.bound)}"
    return [Sign(ErrorKind.ZOMBIE, "", f"{text}: {normal.because}")]


def _count(expected: Expected, seen: Seen) -> Iterator[Sign]:
    count = seen.rows if seen.rows is not None else seen.entries.count if seen.entries else None
    if count is not None and count < expected.floor:
        yield Sign(ErrorKind.COUNT, "", f"it has {count:,} entries, where it is said to have at least {expected.floor:,}")
    elif seen.entries and seen.entries.is_few:
        least = f"never fewer than {seen.entries.least:,} in {seen.entries.reads:,} readings"
        yield Sign(ErrorKind.COUNT, "", f"it has {seen.entries.count:,} entries, and had {least}")


def _canary(expected: Expected, seen: Seen) -> Iterator[Sign]:
    if seen.has_canary is False:
        yield Sign(ErrorKind.CANARY, "", f"{expected.canary} is declared to stand there always, and is not there")
    elif seen.entries and seen.entries.missing and not seen.entries.is_few:
        gone = len(seen.entries.missing)
        before = f"in {seen.entries.reads:,} readings since {seen.entries.since:%Y-%m-%d} none ever left"
        text = "1 entry that always stood there is gone" if gone == 1 else f"{gone:,} entries that always stood there are gone"
        yield Sign(ErrorKind.CANARY, "", f"{text}; {before}")


def _lies(seen: Seen) -> Iterator[Sign]:
    if seen.lies >= LIES:
        yield Sign(ErrorKind.NOT_MODIFIED, "", "its server said that the page is not modified (304) when its bytes had changed")


def _apart(expected: Expected, seen: Seen) -> Iterator[Sign]:
    if seen.apart:
        rows = "1 row stands" if seen.apart == 1 else f"{seen.apart:,} rows stand"
        yield Sign(ErrorKind.MIRROR, "", f"{rows} only in one of it and {expected.mirror}, for more than {spelt(series.LAG)}")
