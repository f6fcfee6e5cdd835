"""Alternating content: two copies of one page, an old one and a new one, served in turns. No I/O.

A first return within a day is reported once, because a name may be restored within hours. On
frequently polled pages the return must last for some polls, in case one server is behind another.
From the second return on nothing is reported, before the content has lasted some hours, or is a
third one. Until then the last report counts as known.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from monitor.model import Value, frozen

WITHIN = timedelta(days=1)
STABLE = timedelta(hours=6)
AT_ONCE = timedelta()


class Flaps(Value):
    """A page within a day: `current` was reported last, `others` before it, each with its last
    sight. `returns` are the reported returns. `waiting` is the present, unreported content, `since`
    when. `begun` is the start of the alternation, if known and reported.
    """

    current: str = ""
    others: dict[str, datetime] = {}  # noqa: RUF012 - of a frozen value
    returns: tuple[datetime, ...] = ()
    waiting: str = ""
    since: datetime | None = None
    begun: datetime | None = None


STEADY = Flaps()  # nothing is known to have come and gone


@frozen
class Weighed:
    """The verdict on a page's content: `held` is not reported now; `begins` means that people
    should know.
    """

    flaps: Flaps
    held: bool = False
    begins: bool = False


def reset_flaps(flaps: Flaps, state: str) -> Flaps:
    """Note the last reported content, in these bytes."""
    return replace(flaps, current=state, waiting="", since=None)


def weigh_flap(flaps: Flaps, state: str, now: datetime, patience: timedelta = AT_ONCE) -> Weighed:
    """Decide whether to report other content than the last; a first return must last so long."""
    flaps = _drop_old(flaps, now)
    if state == flaps.current or state not in flaps.others:
        return Weighed(record_telling(flaps, state, now))
    since = flaps.since if flaps.waiting == state and flaps.since else now
    if now - since >= (STABLE if flaps.returns else patience):
        return Weighed(record_telling(flaps, state, now))
    waiting = replace(flaps, others=flaps.others | {state: now}, waiting=state, since=since)
    if not flaps.returns:
        return Weighed(waiting, held=True)
    return Weighed(
        replace(waiting, begun=flaps.begun or flaps.returns[0]),
        held=True,
        begins=flaps.begun is None,
    )


def record_telling(flaps: Flaps, state: str, now: datetime) -> Flaps:
    """Note a report of the present content."""
    if state == flaps.current:
        return reset_flaps(flaps, state)
    others = {other: at for other, at in flaps.others.items() if other != state} | {
        flaps.current: now
    }
    returns = (*flaps.returns, now) if state in flaps.others else flaps.returns
    return Flaps(current=state, others=others, returns=returns)


def _drop_old(flaps: Flaps, now: datetime) -> Flaps:
    others = {state: at for state, at in flaps.others.items() if now - at <= WITHIN}
    if not others:
        return replace(flaps, others={}, returns=(), begun=None)
    returns = (
        flaps.returns if flaps.begun else tuple(at for at in flaps.returns if now - at <= WITHIN)
    )
    return replace(flaps, others=others, returns=returns)


def describe_flap(what: str, begun: datetime) -> str:
    """Describe the alternation, once."""
    return (
        f"{what} has changed back and forth since {begun:%Y-%m-%d %H:%M} UTC, between versions that"
        " were told. The next message comes once it has stayed the same for"
        f" {STABLE // timedelta(hours=1)} hours, or says something new"
    )
