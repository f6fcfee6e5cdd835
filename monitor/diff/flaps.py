"""Content that comes and goes: two copies of one page served in turns, an old one and a new one. Pure.

A return to what was told within a day is told once, for a name may be put back on within hours; where it is looked at every few
minutes, once it has stayed for some of them, lest one server is behind another. From the second return on what alternates is not
told: not before it has stayed for some hours, or says a third thing. What was told stays known until then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.structs import replace

from monitor.model import Value

WITHIN = timedelta(days=1)
STABLE = timedelta(hours=6)
AT_ONCE = timedelta()


class Flaps(Value, frozen=True):
    """What a page was like within a day: `current` was told last, `others` before it, each with when it was there last.

    `returns` are when it went back to one of these and that was told; `waiting` is what it says now and is not told, `since` a
    moment; `begun` is when it began to alternate, where that is known and people know it.
    """

    current: str = ""
    others: dict[str, datetime] = {}  # noqa: RUF012 - of a frozen value
    returns: tuple[datetime, ...] = ()
    waiting: str = ""
    since: datetime | None = None
    begun: datetime | None = None


STEADY = Flaps()  # nothing is known to have come and gone


@dataclass(frozen=True, slots=True)
class Weighed:
    """What to do with what a page says: `held` is not told now, `begins` where people should know that it is not."""

    flaps: Flaps
    held: bool = False
    begins: bool = False


def reset_flaps(flaps: Flaps, state: str) -> Flaps:
    """The page says what was told, in these bytes."""
    return replace(flaps, current=state, waiting="", since=None)


def weigh_flap(flaps: Flaps, state: str, now: datetime, patience: timedelta = AT_ONCE) -> Weighed:
    """Whether what the page says now, which is not what was told last, is told; a first return once it has stayed for so long."""
    flaps = _remembered(flaps, now)
    if state == flaps.current or state not in flaps.others:
        return Weighed(record_telling(flaps, state, now))
    since = flaps.since if flaps.waiting == state and flaps.since else now
    if now - since >= (STABLE if flaps.returns else patience):
        return Weighed(record_telling(flaps, state, now))
    waiting = replace(flaps, others=flaps.others | {state: now}, waiting=state, since=since)
    if not flaps.returns:
        return Weighed(waiting, held=True)
    return Weighed(replace(waiting, begun=flaps.begun or flaps.returns[0]), held=True, begins=flaps.begun is None)


def record_telling(flaps: Flaps, state: str, now: datetime) -> Flaps:
    """What the page says now is told."""
    if state == flaps.current:
        return reset_flaps(flaps, state)
    others = {other: at for other, at in flaps.others.items() if other != state} | {flaps.current: now}
    returns = (*flaps.returns, now) if state in flaps.others else flaps.returns
    return Flaps(current=state, others=others, returns=returns)


def _remembered(flaps: Flaps, now: datetime) -> Flaps:
    others = {state: at for state, at in flaps.others.items() if now - at <= WITHIN}
    if not others:
        return replace(flaps, others={}, returns=(), begun=None)
    returns = flaps.returns if flaps.begun else tuple(at for at in flaps.returns if now - at <= WITHIN)
    return replace(flaps, others=others, returns=returns)


def word_flap(what: str, begun: datetime) -> str:
    """What is said of it, once."""
    return (
        f"{what} changes back and forth between versions that were told since {begun:%Y-%m-%d %H:%M} UTC: not told again before"
        f" it has stayed as it is for {STABLE // timedelta(hours=1)} hours, or says something else"
    )
