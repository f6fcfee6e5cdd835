"""Polls that fail: since when, for what cause, and when that is worth a message. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.errors import ErrorKind
from monitor.model import Problem
from monitor.source.health.words import UNREACHABLE, kind_word


class Verdict(StrEnum):
    """What to tell the people who run the monitor after a poll."""

    NOTHING = "nothing"
    PROBLEM = "problem"
    CHANGED = "changed"  # what was told is not so any more: it has another cause, or lasts long
    RECOVERED = "recovered"


LASTING = (timedelta(hours=6), *(timedelta(days=days) for days in (1, 3, 7, 30, 90)))  # after which it is said how long it lasts


@dataclass(frozen=True, slots=True)
class Health:
    """A source as the history knows it. `since` is when the present trouble began; `told` that people were told of it."""

    first_ok: datetime | None = None
    last_poll: datetime | None = None
    last_ok: datetime | None = None
    failures: int = 0
    problem: Problem | None = None
    since: datetime | None = None
    told: bool = False


def is_stale(health: Health, now: datetime, *, bound: timedelta, awake: datetime) -> bool:
    """Whether people are to be told that nothing good was read for `bound`, although no poll has ended to say so.

    A poll may be held off at its server's word, or hang. `awake` is since when we have been able to poll at all.
    """
    last = max(health.since or health.last_ok or health.last_poll or awake, awake)
    return not health.told and now - last > bound


def told_stale(health: Health, now: datetime) -> Health:
    """The same health once that was told."""
    last = f"{health.last_ok:%Y-%m-%d %H:%M} UTC" if health.last_ok else "it was first asked"
    problem = health.problem or Problem(kind=ErrorKind.STALE, text=f"no poll of it has come to an end since {last}")
    return replace(health, problem=problem, since=health.since or health.last_ok or now, told=True)


def health_after_poll(health: Health, problem: Problem | None, now: datetime, *, patience: timedelta) -> tuple[Health, Verdict]:
    """A source's health after a poll that ended with `problem` (None: well), and what to say.

    One message per outage: told when it has lasted `patience`, put right when its cause has changed or it lasts long, and
    answered when it is over.
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
    if health.told and (lasts(since, health.last_poll, now) or not _alike(health.problem, problem)):
        return failing, Verdict.CHANGED
    return failing, Verdict.PROBLEM if tell else Verdict.NOTHING


def lasts(since: datetime, before: datetime | None, now: datetime) -> bool:
    """Whether between two looks a trouble came to last so long that it is worth saying."""
    return any((before or since) < since + long <= now for long in LASTING)


def _alike(before: Problem | None, problem: Problem) -> bool:
    """Whether it is the same trouble as before; its text may name another second or address."""
    return before is not None and before.kind == problem.kind


def told_by_itself(health: Health, *, told: bool) -> Health:
    """The same health, of which people were told by itself, or only together with others."""
    return replace(health, told=told)


# What several sources of one authority say together: one that fails is a note, all of them are an alarm. Pure.

EVERYTHING = 5  # sources that fail at once, and no other answers: not one of them is to blame


class Reach(StrEnum):
    """How far a trouble of a source reaches."""

    ONE = "one"  # others of the authority are read: a note
    ONLY = "only"  # it is the only one of its authority that is polled
    AUTHORITY = "authority"  # nothing can be seen of its authority
    EVERYTHING = "everything"  # nothing can be seen of any


@dataclass(frozen=True, slots=True)
class Paths:
    """The sources that are polled for an authority, and all that are; without an authority it is not known who else there is."""

    authority: str = ""
    own: Sequence[str] = ()
    every: Sequence[str] = ()


def reach(source: str, failing: Health, paths: Paths, healths: Mapping[str, Health]) -> Reach:
    """How far it reaches that `source` is failing; one that was never asked, or not since, may well be read."""
    if _is_network(source, failing, paths, healths):
        return Reach.EVERYTHING
    others = [healths.get(other, Health()) for other in paths.own if other != source]
    if not others:
        return Reach.ONLY if paths.authority else Reach.ONE
    return Reach.AUTHORITY if all(other.problem for other in others) else Reach.ONE


def _is_network(source: str, failing: Health, paths: Paths, healths: Mapping[str, Health]) -> bool:
    """Whether all that were asked since this one began to fail can't be reached either."""
    since = failing.since
    asked = [state for name in paths.every if name != source and (state := healths.get(name)) and _asked(state, since)]
    lost = [state for state in (failing, *asked) if state.problem and kind_word(state.problem.kind) == UNREACHABLE]
    return len(lost) == len(asked) + 1 > len(paths.own) and len(lost) >= EVERYTHING


def _asked(state: Health, since: datetime | None) -> bool:
    return bool(since and state.last_poll and state.last_poll >= since)


def last_seen(states: Sequence[Health]) -> datetime | None:
    """Until when something was seen by any of these sources; None where nothing ever was."""
    return max((state.last_ok for state in states if state.last_ok), default=None)
