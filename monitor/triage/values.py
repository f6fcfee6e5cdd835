"""Triage requests, the status of an event, and mutes. Values only."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase

import msgspec

from monitor.clock import format_instant
from monitor.config import TriageSettings
from monitor.config.times import WorkingHours
from monitor.model import Evidence, Proposal, Severity, frozen
from monitor.watch.values import Match, ScreeningResult

# the channel of a request
COMMAND_LINE, SLACK, CONSOLE, BY_ITSELF = "command line", "slack", "console", "monitor"
NOT_OURS = "not ours"  # the decision that none of the matches is the reader's own
BOTH = " and "  # of a day on which something begins and something ends
DIGEST = 16  # hex digits by which a pair is known where there is little room


class Verb(StrEnum):
    """What a person can do with an event, or with the stored data of a person."""

    TAKE = "take"  # it is mine
    DONE = "done"  # it is decided
    NOT_OURS = "not-ours"  # the entries of the watch list are not those that are listed
    SNOOZE = "snooze"  # nobody need think of it until then
    MUTE = "mute"  # no messages of this kind until then
    UNMUTE = "unmute"  # messages of this kind go out again
    REVIEW = "review"  # what was read of an act is completed or corrected
    STALE = "stale"  # the page of a reviewed act is another now
    TELL = "tell"  # another destination has to know
    ESCALATED = "escalated"  # nobody had taken it in time
    REMINDED = "reminded"  # its day has come, and nothing is decided
    RETURNED = "returned"  # what was snoozed is back
    ERASED = "erased"  # somebody's name is taken out of all of this


class Stage(StrEnum):
    """The state of an event."""

    OPEN = "open"  # nobody has it
    TAKEN = "taken"
    DONE = "done"


class Person(msgspec.Struct, frozen=True):
    """A person. `handle` identifies the person for ever (`slack:U0123456`, `login:liwei`); `role`
    is the permission. An empty `name` means: use the known name, or else the part of the handle
    after the colon.
    """

    handle: str
    name: str
    role: str = ""


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """The status of an event: its assignee, by the history's number, since when (UTC, ISO).
    `decision` and `text` are the outcome, `until` is the end of a snooze.
    """

    stage: Stage = Stage.OPEN
    owner: int | None = None
    since: str = ""
    decision: str = ""
    text: str = ""
    until: str = ""


OPEN = State()


class TriageRequest(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """One click or one command. `key` identifies it for ever, so that a repeat has no effect.
    `until` is an instant (UTC, ISO). `to` is a destination, or the subject of a mute
    (`register:cn-dual-use-items`), which needs no event. `pairs` are the digests of the matches in
    question; none means all. `refused` is why the person may not. A `proposal` has the corrected
    act and its matches.
    """

    key: str
    verb: Verb
    event: str
    person: Person
    via: str = COMMAND_LINE
    decision: str = ""
    text: str = ""
    until: str = ""
    to: str = ""
    pairs: tuple[str, ...] = ()
    refused: str = ""
    proposal: Proposal | None = None
    touches: ScreeningResult | None = None


class Pair(msgspec.Struct, frozen=True):
    """A watch-list entry and a listed subject that may match it, both by key, with their names."""

    entry: str
    subject: str
    entry_name: str = ""
    subject_name: str = ""

    @property
    def digest(self) -> str:
        """Short and always the same."""
        return hashlib.sha256(f"{self.entry}\n{self.subject}".encode()).hexdigest()[:DIGEST]


class About(StrEnum):
    """The kinds of subjects that can be muted."""

    SOURCE = "source"
    REGISTER = "register"
    TOPIC = "topic"
    PRODUCT = "product"


@frozen
class NewsMute:
    """A mute: its end, its author, its start, and the reason."""

    about: About
    name: str
    until: datetime
    by: str
    at: datetime
    reason: str = ""

    @property
    def subject(self) -> str:
        """`register:cn-dual-use-items`."""
        return f"{self.about}:{self.name}"


@frozen
class Handled:
    """The status of an event, for people: the assignee by name, instants as text (UTC, ISO)."""

    stage: Stage = Stage.OPEN
    by: str = ""
    since: str = ""
    decision: str = ""
    text: str = ""
    until: str = ""


@frozen
class Handling:
    """One recorded action: the event's status before and after, or the refusal."""

    number: int
    key: str
    event: str
    at: datetime
    verb: Verb
    via: str
    by: str
    handle: str
    role: str
    before: Handled
    after: Handled
    decision: str = ""
    text: str = ""
    until: str = ""
    to: str = ""
    refused: str = ""
    proposal: Proposal | None = None


@frozen
class KeptPerson:
    """A person with stored data, and their number: 0 if known by name only, without a handle."""

    number: int
    person: Person


@frozen
class PersonalRecord:
    """One stored fact about a person: its list, its time, its text."""

    kind: str
    at: datetime
    what: str
    says: str = ""


@frozen
class Case:
    """An event with its status. `told` is when each destination got its first message, None while
    it is pending; `untold` is why another one did not, as for a mute. `dates` are the key dates of
    its acts (ISO) with what each brings. `products` are the matched products of yours, by key.
    `why` is the rule for each destination, `message` the number of the first message.
    """

    event: str
    authority: str
    opened_at: datetime
    severity: Severity
    handled: Handled
    owner: str = ""
    told: Mapping[str, datetime | None] = field(default_factory=dict)
    untold: Mapping[str, str] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    registers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)
    evidence: Evidence | None = None
    message: int = 0


@frozen
class Offer:
    """The parts of an act that a person can review, each by its mark: a second reader's, and the
    read ones.
    """

    act: str
    said: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, str]]


def stamp_mark(mark: str, text: str) -> str:
    """A mark as a form sends it back: it fits as long as it stands for the same text."""
    return f"{mark} {hashlib.sha256(text.encode()).hexdigest()[:DIGEST]}"


def list_mute_subjects(case: Case, topics: Sequence[str]) -> list[str]:
    """The parts of an event that can be muted."""
    names = {
        About.SOURCE: case.sources,
        About.REGISTER: case.registers,
        About.TOPIC: topics,
        About.PRODUCT: case.products,
    }
    return [f"{about}:{name}" for about, many in names.items() for name in many]


# Decide whether a triage action is allowed, and the event's status after it. No I/O.

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


# Mutes: which messages they cover. No I/O.


def find_covering_mute(
    mutes: Iterable[NewsMute], subjects: Mapping[About, Collection[str]]
) -> NewsMute | None:
    """Find the mute that covers a message about these `subjects`; the one that ends last."""
    fitting = (mute for mute in mutes if _is_covered(mute, subjects[mute.about]))
    return max(fitting, key=lambda mute: mute.until, default=None)


def _is_covered(mute: NewsMute, names: Collection[str]) -> bool:
    if mute.about is About.SOURCE:
        return any(
            fnmatchcase(name, mute.name) or name.startswith(f"{mute.name}.") for name in names
        )
    return mute.name in names


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
