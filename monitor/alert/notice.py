"""What a message is rendered from: everything the history knows at the moment it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.alert.event import CALLING, NEWS, NoticeKind
from monitor.model import (
    Action,
    Announcement,
    Edition,
    Evidence,
    KeyDate,
    Measure,
    Opinion,
    PageChange,
    Problem,
    Reminder,
    Report,
    ScreeningResult,
    Severity,
    distinct,
)
from monitor.triage.values import Handled

__all__ = ["Notice", "NoticeKind"]

ENDING = frozenset({Action.SUSPEND, Action.RESUME, Action.REPEAL, Action.REPLACE, Action.REMOVE})
SHOWN = 20  # rows that an alert surely shows by itself


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a source is doing: when it was last read well (UTC, ISO), and what is wrong with it now.

    `pace` is how many seconds lie between its looks, where that is known, `gaps` the times of the last day in which nobody
    looked (ISO); `quiet` says that it was looked at all that day, without a gap, and brought nothing.
    `muted_until` is when it is told again of its troubles, where a person muted them.
    """

    source: str
    last_ok: str | None
    problem: Problem | None = None
    pace: float | None = None
    gaps: tuple[tuple[str, str], ...] = ()
    quiet: bool = False
    muted_until: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a source, an authority or all: since when, for how long so far or until it was `over` (UTC, ISO).

    `sign` is the kind of what it shows by, "" where a source gives nothing, `subject` what is missing. `paths` are the sources
    that see the same authority, `brought` is what came once it was over.
    """

    since: str
    lasted: str
    over: str = ""
    sign: str = ""
    subject: str = ""
    paths: tuple[Freshness, ...] = ()
    brought: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One of two laws that speak of one firm: who that is, on which register, in which words, since when (ISO), and where."""

    name: str
    register: str
    quote: str
    on: str
    url: str


@dataclass(frozen=True, slots=True)
class BackDated:
    """An act that bears a day on which it was not there yet: the day that it says it was `published`, and when the source that
    brought it was read well last without it (UTC, ISO).
    """

    act: str
    published: str
    source: str
    absent_at: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week at one destination: how many events were told there, how many of those are decided, or taken and not decided.

    `open` is how many of all that was ever told there nobody has decided, the newest of them are `waiting` with how they stand;
    `kept_back` how many messages were not told because they were muted, `muted` what is muted now and until when (UTC, ISO).
    """

    told: int
    taken: int
    decided: int
    open: int
    kept_back: int
    waiting: tuple[tuple["Notice", Handled], ...] = ()
    muted: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one destination, before it has a form.

    `key` is unique for ever and travels with the message. `acts` are all acts of the event, first one first; `screened` is how
    each of them was held against the watch list, by its key; `known` are earlier acts by key that `act` changes, as far as we
    have them; `touched_by` are later acts that change an act of this event. For an EFFECT, `act` is the later act and `acts` are
    those in whose thread it is told; for a PARENT, `act` is what caused the edit. `elsewhere` is what an address says of the act
    that says more than was known, or contradicts it; `before` is what was known. For a REMINDER, `known` are the acts it speaks
    of, and `acts` those in whose thread it is told, if it is told in one. For a DAILY, `gathered` are the messages of the day, of
    which `told` counts all, and `ahead` the key dates to come. `why` is the rule that sent it here,
    `zone` the time zone of those who read it here, if it is known, `console` the address of the console.
    What was said before is said `again`
    because of whom this names, and was `said_at` that time first. `back_dated` are those of its acts that came long after the day
    they bear. `undelivered` is what could not be delivered, with the last
    answer. `handled` is how people have dealt with the event, if they have; a STATE edits a message of the
    kind that it `shows`; what calls people has the message that it calls them to in `gathered`, a WEEKLY has its `week`.
    `unread` are listed pages that can't be read, as far as their lists tell. `as_of` is when this was owed, `first_seen` when the
    message that it edits was. `opinions` are a second reader's, by an act's key.
    """

    key: str
    kind: NoticeKind
    source: str
    authority: str
    first_seen: str
    as_of: str = ""
    event: str = ""
    in_thread: bool = False
    act: Announcement | None = None
    before: Announcement | None = None
    elsewhere: Announcement | None = None
    report: Report | None = None
    edition: Edition | None = None
    page: PageChange | None = None
    reminder: Reminder | None = None
    evidence: Evidence | None = None
    touches: ScreeningResult | None = None
    annexes: tuple[tuple[str, Evidence], ...] = ()
    acts: tuple[Announcement, ...] = ()
    known: Mapping[str, Announcement] = field(default_factory=dict)
    screened: Mapping[str, ScreeningResult] = field(default_factory=dict)
    touched_by: tuple[Announcement, ...] = ()
    problem: Problem | None = None
    repeated: bool = False
    mentions: tuple[str, ...] = ()
    severity: Severity = Severity.NORMAL
    meant_for: str = ""
    gathered: tuple["Notice", ...] = ()
    sources: tuple[Freshness, ...] = ()
    told: int = 0
    ahead: tuple[KeyDate, ...] = ()
    why: str = ""
    zone: str = ""
    console: str = ""
    again: str = ""
    said_at: str = ""
    opposed: tuple[tuple[Side, Side], ...] = ()
    reports: tuple[Report, ...] = ()
    undelivered: tuple[tuple["Notice", str], ...] = ()
    trouble: Trouble | None = None
    back_dated: tuple[BackDated, ...] = ()
    handled: Handled | None = None
    shows: NoticeKind | None = None
    week: "Week | None" = None
    unread: tuple[Announcement, ...] = ()
    opinions: Mapping[str, Opinion] = field(default_factory=dict)

    @property
    def reaches_channel(self) -> bool:
        """Whether a reply is said in the channel too: nobody may have to open a thread to learn whom an act lists, frees or ends,
        or that it is about them.
        """
        if self.kind in CALLING:
            return True
        if self.kind is NoticeKind.RECOVERED:
            return self.severity.rank > Severity.NORMAL.rank
        if self.touches and (self.touches.sure or self.touches.possible):
            return self.kind in NEWS
        return self.kind is NoticeKind.ACT and self.act is not None and any(map(_stands_out, self.act.measures))


def _stands_out(measure: Measure) -> bool:
    names_somebody = measure.register is not None and bool(measure.entities or measure.stated)
    return names_somebody or measure.action in ENDING


def count(fact: Announcement | Report | Edition | PageChange) -> int:
    """How many rows its list has."""
    if isinstance(fact, Edition):
        return len(fact.changes)
    if isinstance(fact, Announcement):
        return len(distinct((*measure.entities, *measure.items) for measure in fact.measures))
    return 0
