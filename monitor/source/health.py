"""Is a source alive, and when is its silence worth a message. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.errors import ErrorKind
from monitor.model import Problem


class Verdict(StrEnum):
    """What to tell the people who run the monitor after a poll."""

    NOTHING = "nothing"
    PROBLEM = "problem"
    RECOVERED = "recovered"


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


def after(health: Health, problem: Problem | None, now: datetime, *, patience: timedelta) -> tuple[Health, Verdict]:
    """A source's health after a poll that ended with `problem` (None: well), and what to say.

    One message per outage: told when it has lasted `patience`, and once more when it is over.
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
    return failing, Verdict.PROBLEM if tell else Verdict.NOTHING
