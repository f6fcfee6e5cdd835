"""Decide whether a triage action is allowed, and the event's status after it. No I/O."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase

import msgspec

from monitor.clock import format_instant
from monitor.config import TriageSettings
from monitor.config.times import WorkingHours
from monitor.model import Severity, frozen
from monitor.triage.values import (
    NOT_OURS,
    OPEN,
    About,
    NewsMute,
    Pair,
    Stage,
    State,
    TriageRequest,
    Verb,
)

LONGEST_SNOOZE = timedelta(days=366)
LONGEST_MUTE = timedelta(days=92)
SHORT_SNOOZE = timedelta(days=7)  # the longest snooze that anybody may set
UNDECIDED = "give the decision"


@frozen
class Decided:
    """An event's new status and dismissed pairs; or the refusal."""

    after: State
    dismissed: tuple[Pair, ...] = ()
    refused: str = ""


def decide(
    state: State, request: TriageRequest, person: int | None, pairs: Sequence[Pair], now: datetime
) -> Decided:
    """Apply an action of a numbered person to an event with this status.

    `pairs` are the event's matches without a dismissal; only NOT_OURS uses them.
    """
    if request.refused or (refused := _find_refusal(request, pairs, now)):
        return Decided(state, refused=request.refused or refused)
    if request.verb is Verb.NOT_OURS:
        dismissed = tuple(
            pair for pair in pairs if not request.pairs or pair.digest in request.pairs
        )
        if len(dismissed) < len(pairs):
            return Decided(state, dismissed)
        return Decided(
            State(Stage.DONE, person, format_instant(now), NOT_OURS, request.text), dismissed
        )
    return Decided(_move_state(state, request, person, now))


def _find_refusal(request: TriageRequest, pairs: Collection[Pair], now: datetime) -> str:
    if request.verb is Verb.DONE and not request.decision.strip():
        return UNDECIDED
    if request.verb is Verb.NOT_OURS and (
        strange := set(request.pairs) - {pair.digest for pair in pairs}
    ):
        return f"{len(strange)} of these matches are none of this event, or were dismissed already"
    if request.verb is Verb.SNOOZE:
        return _check_end(request.until, now, LONGEST_SNOOZE)
    if request.verb is Verb.MUTE:
        return _check_end(request.until, now, LONGEST_MUTE) or _check_subject(request.to)
    if request.verb in (Verb.TELL, Verb.UNMUTE) and not request.to:
        is_mute = request.verb is Verb.UNMUTE
        return "name the mute; `monitor mute` lists them" if is_mute else "name the destination"
    return ""


def _check_end(until: str, now: datetime, longest: timedelta) -> str:
    if not until:
        return "give an end: there is always one"
    moment = datetime.fromisoformat(until)
    if moment <= now:
        return f"{until} is over; it is {format_instant(now)} now"
    return (
        f"{until} lies more than {longest.days} days ahead; do it again then"
        if moment > now + longest
        else ""
    )


def _check_subject(subject: str) -> str:
    about, _, name = subject.partition(":")
    known = name and about in tuple(About)
    return (
        ""
        if known
        else f"name the subject of the mute: one of {', '.join(About)}, a colon and its name"
    )


def _move_state(state: State, request: TriageRequest, person: int | None, now: datetime) -> State:
    if request.verb is Verb.TAKE:
        has_it = state.stage is Stage.TAKEN and state.owner == person and not state.until
        return state if has_it else State(Stage.TAKEN, person, format_instant(now))
    if request.verb is Verb.DONE:
        return State(Stage.DONE, person, format_instant(now), request.decision, request.text)
    if request.verb is Verb.SNOOZE:
        return msgspec.structs.replace(
            state if state.stage is not Stage.DONE else OPEN, until=request.until
        )
    if request.verb is Verb.STALE:
        return OPEN
    if request.verb is Verb.RETURNED:
        return msgspec.structs.replace(state, until="")
    return state


# Permissions: the roles of config.toml, by members and user groups of Slack. No I/O.


def list_roles(
    settings: TriageSettings, member: str, groups: Mapping[str, Collection[str]]
) -> list[str]:
    """Return a member's roles, in the order of config.toml; `groups` has the members of each known
    user group.
    """
    return [
        role
        for role, named in settings.roles.items()
        if any(member == one or member in groups.get(one, ()) for one in named)
    ]


def list_groups(settings: TriageSettings) -> list[str]:
    """Return the user groups with roles: their members must be known."""
    named = (one for members in settings.roles.values() for one in members if one.startswith("S"))
    return list(dict.fromkeys(named))


def explain_refusal(
    settings: TriageSettings, request: TriageRequest, has: Sequence[str], today: str
) -> str:
    """Explain why somebody with these roles may not do it `today` (ISO); "" if they may."""
    is_short = request.until[:10] <= f"{date.fromisoformat(today) + SHORT_SNOOZE}"
    if request.verb is Verb.SNOOZE and is_short:
        return ""
    return explain_missing_role(settings, request.verb, has)


def explain_missing_role(settings: TriageSettings, verb: Verb, has: Sequence[str]) -> str:
    """Explain why somebody with these roles may never do it; "" if they may."""
    needed = _list_needed_roles(settings, verb)
    if not needed or set(needed) & set(has):
        return ""
    what = f"a rest of more than {SHORT_SNOOZE.days} days" if verb is Verb.SNOOZE else "that"
    return f"not permitted: {what} takes the role {' or '.join(needed)}"


def _list_needed_roles(settings: TriageSettings, verb: Verb) -> Sequence[str]:
    return {
        Verb.DONE: settings.decide or settings.allowed,
        Verb.SNOOZE: settings.decide or settings.allowed,
        Verb.REVIEW: settings.decide or settings.allowed,
        Verb.NOT_OURS: settings.dismiss or settings.allowed,
        Verb.MUTE: settings.mute or settings.allowed,
        Verb.UNMUTE: settings.mute or settings.allowed,
    }.get(verb, ())


# Mutes: which messages they withhold. Never one that is critical for the watch list. No I/O.


@frozen
class Traits:
    """The properties a message can be muted by: source, registers, topics, and products that it
    may touch.
    """

    severity: Severity
    by: Mapping[About, frozenset[str]] = field(default_factory=dict)


def find_covering_mute(mutes: Iterable[NewsMute], traits: Traits) -> NewsMute | None:
    """Find the mute that covers a message, whatever its severity; the one that ends last."""
    fitting = (mute for mute in mutes if _is_covered(mute, traits))
    return max(fitting, key=lambda mute: mute.until, default=None)


def _is_covered(mute: NewsMute, traits: Traits) -> bool:
    names = traits.by.get(mute.about, frozenset())
    if mute.about is About.SOURCE:
        return any(
            fnmatchcase(name, mute.name) or name.startswith(f"{mute.name}.") for name in names
        )
    return mute.name in names


def is_held_by(mute: NewsMute | None, traits: Traits) -> bool:
    """Return whether a mute withholds the message."""
    return mute is not None and traits.severity is not Severity.CRITICAL


# Working time: people's hours, without their days off. No I/O.

DAY = timedelta(days=1)
MOST_DAYS = 400  # that are looked at; by then whatever waits has waited long enough

Works = Callable[[date], bool | None]
"""Return whether people work on a day; None without a calendar, so that the weekday decides."""


@frozen
class DeskRules:
    """The working times at a destination; `after` how long to escalate there, and `to` which other
    destination.
    """

    after: timedelta | None = None
    hours: WorkingHours | None = None
    works: Works = lambda _: None
    mentions: tuple[str, ...] = ()
    to: str = ""

    def is_late(self, since: datetime, now: datetime) -> bool:
        """Return whether a message sent then should have been taken by now."""
        return (
            self.after is not None
            and compute_working_time(self.hours, self.works, since, now) >= self.after
        )


def compute_working_time(
    hours: WorkingHours | None, works: Works, since: datetime, until: datetime
) -> timedelta:
    """Return the working time between two moments; without hours all of it."""
    if hours is None:
        return max(until - since, timedelta())
    first, last = since.astimezone(hours.zone).date(), until.astimezone(hours.zone).date()
    days = (first + number * DAY for number in range(min((last - first).days, MOST_DAYS) + 1))
    return sum(
        (_measure_day(day, hours, since, until) for day in days if _is_worked(day, hours, works)),
        timedelta(),
    )


def _is_worked(day: date, hours: WorkingHours, works: Works) -> bool:
    said = works(day)
    return day.weekday() in hours.days if said is None else said


def _measure_day(day: date, hours: WorkingHours, since: datetime, until: datetime) -> timedelta:
    begins, ends = (
        datetime.combine(day, at, hours.zone).astimezone(since.tzinfo)
        for at in (hours.begins, hours.ends)
    )
    return max(min(ends, until) - max(begins, since), timedelta())
