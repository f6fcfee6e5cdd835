"""Polls that fail: since when, for what cause, and when that is worth a message. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from monitor.clock import parse_duration
from monitor.errors import ConfigError, ErrorKind
from monitor.model import Problem, frozen


class Verdict(StrEnum):
    """The reports to the operators after a poll."""

    NOTHING = "nothing"
    PROBLEM = "problem"
    CHANGED = "changed"  # the last report is outdated: another cause, or a long duration
    RECOVERED = "recovered"


ROUND = timedelta(minutes=5)  # after a start: by then all that fails has been tried again
# time after which a report gives the duration
LASTING = (timedelta(hours=6), *(timedelta(days=days) for days in (1, 3, 7, 30, 90)))


@frozen
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
        ErrorKind.STALE, text or f"no poll of it has come to an end since {last}"
    )
    return replace(health, problem=problem, since=health.since or health.last_ok or now, told=True)


def update_health(
    health: Health,
    problem: Problem | None,
    now: datetime,
    *,
    patience: timedelta,
    awake: datetime | None = None,
) -> tuple[Health, Verdict]:
    """Compute a source's health after a poll with `problem` (None: good), and the report. One
    message per outage: sent after `patience`, edited for a new cause or a long duration, answered
    at the end. `awake` is since when a process polls: it reports nothing before a round.
    """
    if problem is None:
        verdict = Verdict.RECOVERED if health.told else Verdict.NOTHING
        return Health(first_ok=health.first_ok or now, last_poll=now, last_ok=now), verdict
    since = health.since or now
    asked = awake is None or now - awake >= min(patience, ROUND)
    tell = asked and not health.told and now - since >= patience
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


@frozen
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


# The operators' words for problems of sources: `troubles.toml` has for each word its meaning and its
# kinds.

UNREACHABLE, BLOCKED, NOT_THE_PAGE, LAYOUT = (
    "unreachable",
    "blocked",
    "not the page",
    "layout changed",
)
_TROUBLES = tomllib.loads(Path(__file__).with_name("troubles.toml").read_text(encoding="utf-8"))
WORDS = {ErrorKind(kind): word for word, of in _TROUBLES.items() for kind in of["kinds"]}


def _parse_kinds(words: str) -> tuple[ErrorKind, ...]:
    return tuple(map(ErrorKind, words.split()))


def find_way_out(kind: ErrorKind) -> str:
    """The way out of a kind of trouble, with `{id}` for the source."""
    of = _TROUBLES[WORDS[kind]]["kinds"] if kind in WORDS else {}
    return of.get(kind) or "open the address in a browser; report it with --json"


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
    return _TROUBLES[WORDS[kind]]["means"] if kind in WORDS else ""


# Kinds that need no further words.
PLAIN = _parse_kinds(
    "incomplete count killed layout mirror canary not-modified source render moved outdated"
    " links-not-read"
)
# The anomalies of a source that is read.
SIGNS = _parse_kinds(
    "frozen zombie gap mirror canary count not-modified unordered undated cached moved outdated"
    " links-not-read"
)


# A mute of a source's failures. It always ends; news still goes out. No I/O.

LONGEST = timedelta(days=30)
QUOTED = 60  # characters
FORMS = "write it as 2026-12-01, 2026-12-01T09:00 or 3 days"


@frozen
class SourceMute:
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
    until = _parse_moment(text.strip(), now)
    if until <= now:
        raise ConfigError(f"--until: {text[:QUOTED]!r} is over; it is {now:%Y-%m-%dT%H:%M} UTC now")
    if longest and until > now + longest:
        raise ConfigError(
            f"--until: {text[:QUOTED]!r} lies more than {longest.days} days ahead; mute it again"
            " then"
        )
    return until


def _parse_moment(text: str, now: datetime) -> datetime:
    with suppress(ValueError, OverflowError):
        told = datetime.fromisoformat(text)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    try:
        return now + parse_duration(text)
    except ConfigError as error:
        raise ConfigError(f"--until: {text[:QUOTED]!r} is no moment; {FORMS}") from error
