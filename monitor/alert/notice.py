"""The value that a message is rendered from: all that the history knows when it is sent."""

from collections.abc import Mapping
from dataclasses import field

from monitor.alert.event import CALLING, NEWS, NoticeKind
from monitor.diff import loses_or_moves
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
    Severity,
    distinct,
    frozen,
)
from monitor.triage.values import Handled
from monitor.watch.values import ScreeningResult

__all__ = ["Notice", "NoticeKind"]

ENDING = frozenset({Action.SUSPEND, Action.RESUME, Action.REPEAL, Action.REPLACE, Action.REMOVE})
SHOWN = 20  # rows that an alert surely shows by itself


@frozen
class Freshness:
    """The health of a source: its last good poll (UTC, ISO) and its problem now. `pace` is the
    number of seconds between polls, if known. `gaps` are the times of the last day without a poll
    (ISO). `quiet` means: polled all day without a gap, and no change. `muted_until` is when its
    failures are reported again, if a person muted them.
    """

    source: str
    last_ok: str | None
    problem: Problem | None = None
    pace: float | None = None
    gaps: tuple[tuple[str, str], ...] = ()
    quiet: bool = False
    muted_until: str = ""


@frozen
class Trouble:
    """An incident of a source, an authority or all: since when, how long so far, or until it was
    `over` (UTC, ISO). `sign` is the kind of evidence, "" if a source gives nothing; `subject` is
    what is missing. `paths` are the sources that see the same authority. `brought` is what came
    after the end.
    """

    since: str
    lasted: str
    over: str = ""
    sign: str = ""
    subject: str = ""
    paths: tuple[Freshness, ...] = ()
    brought: int = 0


@frozen
class Side:
    """One of two laws that name one firm: the firm, the register, the words, the date (ISO), and
    the page.
    """

    name: str
    register: str
    quote: str
    on: str
    url: str


@frozen
class BackDated:
    """An act that bears a day on which it was not there yet. `published` is the day that it states.
    With it: the last good poll of its source without the act (UTC, ISO).
    """

    act: str
    published: str
    source: str
    absent_at: str


@frozen
class Week:
    """A week at one destination: how many events it got, and how many of them are decided, or taken
    and undecided. `open` counts all undecided events there; `waiting` has the newest with their
    status. `kept_back` counts messages withheld by a mute. `muted` lists the mutes in force and
    their end (UTC, ISO).
    """

    told: int
    taken: int
    decided: int
    open: int
    kept_back: int
    waiting: tuple[tuple["Notice", Handled], ...] = ()
    muted: tuple[tuple[str, str], ...] = ()


@frozen
class Notice:
    """One message to one destination, before it has a form.

    `key` is unique for ever and travels with the message. `acts` are all acts of the event, first
    one first. `screened` has the matches of each, by its key. `known` has the earlier acts that
    `act` changes, by key. `touched_by` are later acts that change an act of this event. For an
    EFFECT, `act` is the later act, and `acts` are those with this message in their thread. For a
    PARENT, `act` caused the edit. `elsewhere` is another address's reading that states more or
    contradicts; `before` is what was known.

    For a REMINDER, `known` are its acts, and `acts` those with it in their thread; it `is_overtaken`
    once its day is in the law no more, by `touched_by` if later acts changed it. For a DAILY,
    `gathered` are the messages of the day, `told` is their number, and `ahead` are the key dates to
    come. `why` is the rule that chose this destination. `zone` is the time zone of its readers, if
    known. `console` is the address of the console. `again` marks a repeat because of the entry it
    names; it was first sent at `said_at`. `back_dated` are acts that came long after the day they
    bear. `undelivered` lists failed messages with the last answer. `handled` is what people did
    with the event.

    A STATE edits a message of the kind that it `shows`. A call has the message in question in
    `gathered`. A WEEKLY has its `week`. `unread` are listed pages that cannot be read, as far as
    their lists show. `as_of` is when this was enqueued, `first_seen` when the message that it edits
    was. `opinions` are a second reader's, by an act's key, or by that of
    a report in `press`, which stands there as an act that is not read.
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
    press: tuple[Announcement, ...] = ()
    is_overtaken: bool = False

    @property
    def told_acts(self) -> tuple[Announcement, ...]:
        """The act of the message, and the further acts in it."""
        return (self.act, *self.acts) if self.act else self.acts

    @property
    def is_unsettling(self) -> bool:
        """Return whether an edit of a page removes a name or goods, or moves a last day: it matters
        like an act.
        """
        edited = self.kind is NoticeKind.AMENDED and self.elsewhere is None
        return bool(edited and self.before and self.act and loses_or_moves(self.before, self.act))

    @property
    def reaches_channel(self) -> bool:
        """Return whether a reply also goes to the channel. Nobody must open a thread to learn which
        names an act lists, frees or ends, or that it is about the watch list.
        """
        if self.kind in CALLING or self.is_unsettling:
            return True
        if self.kind is NoticeKind.RECOVERED:
            return self.severity.rank > Severity.NORMAL.rank
        if self.touches and (self.touches.sure or self.touches.possible):
            return self.kind in NEWS
        return (
            self.kind is NoticeKind.ACT
            and self.act is not None
            and any(map(_is_striking, self.act.measures))
        )


def _is_striking(measure: Measure) -> bool:
    names_somebody = measure.register is not None and bool(measure.entities or measure.stated)
    return names_somebody or measure.action in ENDING


def count(fact: Announcement | Report | Edition | PageChange) -> int:
    """Return the number of rows in its list."""
    if isinstance(fact, Edition):
        return len(fact.changes)
    if isinstance(fact, Announcement):
        return len(distinct((*measure.entities, *measure.items) for measure in fact.measures))
    return 0
