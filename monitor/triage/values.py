"""What a person asks to have done with an event, how the event stands by it, and what is muted. Values only."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import msgspec

from monitor.model import Evidence, Match, Proposal, ScreeningResult, Severity

COMMAND_LINE, SLACK, CONSOLE, BY_ITSELF = "command line", "slack", "console", "monitor"  # how something was asked for
NOT_OURS = "not ours"  # the decision that none of the matches is the reader's own
BOTH = " and "  # of a day on which something begins and something ends
DIGEST = 16  # hex digits by which a pair is known where there is little room


class Verb(StrEnum):
    """What is done with an event, or with what is known of a person."""

    TAKE = "take"  # it is mine
    DONE = "done"  # it is decided
    NOT_OURS = "not-ours"  # the entries of the watch list are not those that are listed
    SNOOZE = "snooze"  # nobody need think of it until then
    MUTE = "mute"  # nothing of the kind shall be told until then
    UNMUTE = "unmute"  # it shall be told again
    REVIEW = "review"  # what was read of an act is completed or corrected
    STALE = "stale"  # the page of a reviewed act is another now
    TELL = "tell"  # another destination has to know
    ESCALATED = "escalated"  # nobody had taken it in time
    REMINDED = "reminded"  # its day has come, and nothing is decided
    RETURNED = "returned"  # what was snoozed is back
    ERASED = "erased"  # somebody's name is taken out of all of this


class Stage(StrEnum):
    """How far an event has come."""

    OPEN = "open"  # nobody has it
    TAKEN = "taken"
    DONE = "done"


class Person(msgspec.Struct, frozen=True):
    """Who asks: `handle` names one for ever (`slack:U0123456`, `login:liwei`), `role` is by what they are let.

    `name` is nothing where it is not said with what is asked: then it is the one that is known, else what follows the colon.
    """

    handle: str
    name: str
    role: str = ""


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an event stands: who has it, by the number under which the history knows them, since when (UTC, ISO).

    `decision` and `text` are what was decided, `until` is the moment up to which it is snoozed.
    """

    stage: Stage = Stage.OPEN
    owner: int | None = None
    since: str = ""
    decision: str = ""
    text: str = ""
    until: str = ""


OPEN = State()


class TriageRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """One click, or one command: `key` names it for ever, so that it is done once however often it comes.

    `until` is a moment (UTC, ISO); `to` a destination, or what is muted (`register:cn-dual-use-items`), which needs no event;
    `pairs` are the digests of the matches that are meant, all of them where none is named; `refused` says why the person may not.
    With a `proposal` goes how the act, as it is read by it, was held against the watch list.
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
    """An entry of the watch list and a listed subject that it may be, both by key, and as they are called."""

    entry: str
    subject: str
    entry_name: str = ""
    subject_name: str = ""

    @property
    def digest(self) -> str:
        """Short and always the same."""
        return hashlib.sha256(f"{self.entry}\n{self.subject}".encode()).hexdigest()[:DIGEST]


class About(StrEnum):
    """What may be muted."""

    SOURCE = "source"
    REGISTER = "register"
    TOPIC = "topic"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Silence:
    """What somebody wants to hear nothing of until then: who, since when, and why."""

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


@dataclass(frozen=True, slots=True)
class Handled:
    """How an event stands, for people: the owner by name, moments as text (UTC, ISO)."""

    stage: Stage = Stage.OPEN
    by: str = ""
    since: str = ""
    decision: str = ""
    text: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Handling:
    """One thing that was done, as it is on record: how the event stood before and after, or why it was refused."""

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


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """Somebody of whom something is kept, and their number there: 0 where they are known by name alone, without a handle."""

    number: int
    person: Person


@dataclass(frozen=True, slots=True)
class PersonalRecord:
    """One thing that is kept of a person: in which list it stands, when, and what it says."""

    kind: str
    at: datetime
    what: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An event that was told, and how it stands: `told` is when each destination was told first, None where it still is to be;
    `untold` why another one was not, as for a mute.

    `dates` are the days of law of its acts (ISO) with what each brings; `products` are goods of yours that it touches, by key;
    `why` is which rule sent it to each destination, `message` the number of the first one.
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


def list_mute_subjects(case: Case, topics: Sequence[str]) -> list[str]:
    """What can be muted that an event is about."""
    names = {About.SOURCE: case.sources, About.REGISTER: case.registers, About.TOPIC: topics, About.PRODUCT: case.products}
    return [f"{about}:{name}" for about, many in names.items() for name in many]
