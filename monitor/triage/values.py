"""Triage requests, the status of an event, and mutes. Values only."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum

import msgspec

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


class TriageRequest(msgspec.Struct, frozen=True, omit_defaults=True):
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
