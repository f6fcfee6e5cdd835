"""Turn changes and open events into notices with destinations: one happening, one thread. No
I/O.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from monitor import vocabulary
from monitor.config import EventSettings
from monitor.diff import ChangeKind, compare, flaps, hash_substance, loses_or_moves
from monitor.diff.flaps import STEADY, Flaps, Weighed
from monitor.model import (
    Action,
    Announcement,
    Edition,
    Entity,
    Evidence,
    Fact,
    Item,
    KeyDate,
    Measure,
    Opinion,
    PageChange,
    Problem,
    Reminder,
    Report,
    RowAction,
    Severity,
    distinct,
    frozen,
)
from monitor.triage.values import Handled
from monitor.vocabulary import letters
from monitor.watch.values import ScreeningResult

MONITOR = "monitor"  # the source of what is about no source and no authority


class NoticeKind(StrEnum):
    """The reason for a notice."""

    ACT = "act"  # an act seen for the first time
    # the page of an act was edited: its measures differ or are gone, or another page states more
    AMENDED = "amended"
    DISAGREEMENT = "disagreement"  # two addresses of one act contradict each other
    EFFECT = "effect"  # posted in an earlier act's thread: another act changes that act
    PRESS = "press"  # the press on an act, in its thread
    EARLY = "early"  # a press report on an act that no authority has shown us yet
    # the event's first message, edited: a package, or a status changed by a later act
    PARENT = "parent"
    STATE = "state"  # an edited message of an event: its assignee, its decision
    UNTAKEN = "untaken"  # nobody has taken an event in time
    DUE = "due"  # sent to the assignee of an event: its day has come, or its snooze is over
    WEEKLY = "weekly"  # once a week: what was sent, taken, decided and muted
    EDITION = "edition"  # a register was published with other rows than before
    PAGE = "page"  # the text of a page of config.toml changed; this is never an act
    REMINDER = "reminder"  # a day comes on which the law changes and no page does
    # in the thread of an alert that shows only its first rows: the full list as a file
    ROWS = "rows"
    # in the thread of an act: what is looked up, its title, words and legal basis
    DETAILS = "details"
    WATCH = "watch"  # a changed watch list touches what was listed before
    LISTED = "listed"  # a page is listed and can't be read
    COMPLETED = "completed"  # that message, edited: the page was read
    PROBLEM = "problem"  # a source gives nothing
    # an edited message about an incident: it has another cause, lasts long, or is over
    UPDATED = "updated"
    RECOVERED = "recovered"  # it gives again
    DAILY = "daily"  # once a day: how fresh every source is
    DIGEST = "digest"  # many messages that had to wait, in the thread of one
    ALTERNATES = "alternates"  # the text of a page alternates; no further notices for a while
    HELD = "held"  # rows seem to have gone from a register, and nothing proves it
    FOREIGN = "foreign"  # a linked page is on a foreign host
    LAYOUT = "layout"  # a register has tags or columns that its reader does not know
    # what else the keepers have to know: a page in quarantine, evidence that is damaged
    REMARK = "remark"


def parse_kinds(words: str) -> frozenset[NoticeKind]:
    """Parse kinds by their words."""
    return frozenset(map(NoticeKind, words.split()))


# what hangs from another message, for channels that have threads
ATTACHED = parse_kinds("rows details")
# What people take, decide and mute: each notice shows the status of its event.
HANDLED = parse_kinds(
    "act amended completed disagreement early edition held listed page parent reminder state watch"
)
CALLING = parse_kinds("due untaken")  # calls people to an event that has a notice
EDITING = parse_kinds("completed parent state updated")  # what edits a message that is there
# what reaches a channel where it is about the reader's own
NEWS = parse_kinds("act amended disagreement edition press page")
SHORT = parse_kinds(
    "effect press rows details problem updated recovered alternates foreign held layout remark due"
    " untaken"
)
# kinds with their details in the first reply of the thread
WITH_DETAILS_BELOW = parse_kinds("act parent")
# kinds with their matches in a table, or in the message above
OF_OTHERS = parse_kinds("watch details")
# kinds with headlines that state what an act does
ASSERTING = parse_kinds("act amended effect parent")
OF_DAYS = ASSERTING | {NoticeKind.REMINDER}  # kinds with key dates in them


@frozen
class Event:
    """One happening: its acts in order of arrival, or the report or register edition that showed
    it. `told` is true if a message about it was enqueued, so that it has a thread.
    """

    key: str
    authority: str
    opened_at: datetime
    told: bool
    acts: tuple[Announcement, ...] = ()
    report: Report | None = None
    edition: Edition | None = None


@frozen
class Known:
    """What the history compares one found fact with. `last` is the last reading at the same
    address. `flaps` records how that address alternated. `elsewhere` are the readings at other
    addresses. `events` are the candidates: the recent ones, and those of the acts that it changes.
    `listed` is the event that reported its page as unreadable.
    """

    act: Announcement | None = None
    last: Fact | None = None
    elsewhere: tuple[Announcement, ...] = ()
    flaps: Flaps = STEADY
    event: Event | None = None
    events: tuple[Event, ...] = ()
    listed: Event | None = None


@frozen
class Post:
    """One pending message about an event ("" for none), in its thread or on its own. `to` lists its
    destinations, `why` the rules that chose them. `mentions` lists the Slack ids to mention (or
    `here`). `severity` is the importance, `topics` are the words of config.toml in the act.
    """

    kind: NoticeKind
    event: str
    in_thread: bool = False
    to: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    severity: Severity = Severity.NORMAL
    why: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()


@frozen
class Decision:
    """The decision on one found fact: the kind of change, its event (None: no event), and the
    notices. `act` is the act as it is known from now on; None leaves it as it was. `touches` is the
    result of screening. `flaps` records how its page alternated. A `held` fact counts as unread. A
    `baseline` fact was there at the first poll: it is recorded without a notice.
    """

    kind: ChangeKind
    event: str | None
    opens: bool = False
    posts: tuple[Post, ...] = ()
    touches: ScreeningResult | None = None
    act: Announcement | None = None
    flaps: Flaps | None = None
    held: bool = False
    baseline: bool = False


def judge(
    fact: Fact,
    known: Known,
    *,
    authority: str,
    now: datetime,
    silent: bool,
    windows: EventSettings,
    then: Announcement | None = None,
    ours: Collection[Entity | Item] = (),
) -> Decision | None:
    """Decide what to record and which notices to send; None if nothing changed. `silent` facts (a
    baseline) are recorded without a notice. One exception: people rely on an act they were alerted
    to. If another address states more or contradicts it, they get a notice all the same.
    """
    compared = compare(
        fact, known=known.act, last=known.last, then=then, elsewhere=known.elsewhere, ours=ours
    )
    if compared is None:
        return None
    weighed = _weigh_flap(fact, known.last, known.flaps, now)
    if weighed.held:
        event = known.event  # a text that alternates is withheld; one notice states this
        key = event.key if event else None
        told = (
            (Post(NoticeKind.ALTERNATES, event.key, in_thread=True),)
            if event and event.told and weighed.begins
            else ()
        )
        return Decision(ChangeKind.ALTERNATES, key, posts=told, flaps=weighed.flaps, held=True)
    decision = _place_fact(fact, compared.kind, known, authority, now, windows)
    decision = replace(decision, act=compared.act, flaps=weighed.flaps)
    relied_on = compared.kind in BEYOND and known.event is not None and known.event.told
    return replace(decision, posts=(), baseline=True) if silent and not relied_on else decision


def _weigh_flap(fact: Fact, last: Fact | None, known: Flaps, now: datetime) -> Weighed:
    """Weigh whether a known page only goes back to an earlier text."""
    if not (isinstance(fact, Announcement) and isinstance(last, Announcement)):
        return Weighed(known)
    before = known if known.current else known.replace(current=hash_substance(last))
    return flaps.weigh_flap(before, hash_substance(fact), now)


# what another address than those read so far has brought
BEYOND = (ChangeKind.EXTENDED, ChangeKind.DISPUTED)


def _place_fact(
    fact: Fact,
    kind: ChangeKind,
    known: Known,
    authority: str,
    now: datetime,
    windows: EventSettings,
) -> Decision:
    if isinstance(fact, Report):
        return _report(fact, known.events, windows)
    if kind is ChangeKind.NEW:
        return _place_new_act(fact, known, authority, now, windows)
    event = known.event
    if event and kind in _TOLD_AS:
        others = [other for other in known.events if other.key != event.key]
        return Decision(
            kind,
            event.key,
            posts=(*_write_edits(event, _TOLD_AS[kind]), *_write_effects(fact, others)),
        )
    return Decision(kind, event.key if event else None)


_TOLD_AS = {
    ChangeKind.AMENDED: NoticeKind.AMENDED,
    ChangeKind.EXTENDED: NoticeKind.AMENDED,
    ChangeKind.DISPUTED: NoticeKind.DISAGREEMENT,
}


def _place_new_act(
    act: Announcement, known: Known, authority: str, now: datetime, windows: EventSettings
) -> Decision:
    events = known.events
    # A change of status and an unparsed part each get a message of their own. Nobody must open a
    # thread to find them.
    alone = act.understood == "none" or any(measure.amends for measure in act.measures)
    package = (
        None
        if alone
        else next(
            (event for event in events if _is_same_package(event, authority, now, windows)), None
        )
    )
    effects = [*_write_effects(act, events)]
    effects += [
        Post(NoticeKind.EFFECT, event.key, in_thread=True)
        for event in events
        if _is_early_sign(act, event, windows)
    ]
    if known.listed:  # complete the message about its page; without one, send the act as new
        return Decision(
            ChangeKind.NEW,
            known.listed.key,
            posts=(Post(NoticeKind.ACT, known.listed.key), *effects),
        )
    if package is None:
        return Decision(
            ChangeKind.NEW, act.key, opens=True, posts=(Post(NoticeKind.ACT, act.key), *effects)
        )
    grouped = (
        Post(NoticeKind.ACT, package.key, in_thread=True),
        Post(NoticeKind.PARENT, package.key),
    )
    return Decision(ChangeKind.NEW, package.key, posts=(*grouped, *effects))


def _is_same_package(event: Event, authority: str, now: datetime, windows: EventSettings) -> bool:
    return (
        event.told
        and bool(event.acts)
        and event.authority == authority
        and timedelta() <= now - event.opened_at <= windows.package
    )


def is_amendment_of(act: Announcement, event: Event) -> bool:
    """Return whether `act` changes one of the event's acts."""
    targets = {target.key for measure in act.measures for target in measure.amends}
    return any(earlier.key in targets for earlier in event.acts)


def _write_effects(act: Announcement, events: Sequence[Event]) -> Iterator[Post]:
    """Write the notices for threads of earlier events which this act changes."""
    for event in events:
        if event.told and is_amendment_of(act, event):
            yield Post(NoticeKind.EFFECT, event.key, in_thread=True)
            yield Post(NoticeKind.PARENT, event.key)


def _is_early_sign(act: Announcement, event: Event, windows: EventSettings) -> bool:
    """Return whether the event is an early sign of this act: a press report, or a change in a
    register.
    """
    if event.edition is not None:
        return event.told and _is_carried_out(act, event.edition)
    if event.report is None or not event.told:
        return False
    return _count_shared_names(event.report, (act,), act.authority, windows) > 0


def _write_edits(event: Event, kind: NoticeKind) -> Iterator[Post]:
    yield Post(kind, event.key, in_thread=event.told)
    if event.told:
        yield Post(NoticeKind.PARENT, event.key)


def _report(report: Report, events: Sequence[Event], windows: EventSettings) -> Decision:
    event = _find_reported_event(report, events, windows)
    if event:
        told = (
            (Post(NoticeKind.PRESS, event.key, in_thread=True),)
            if report.kind == "press" and event.told
            else ()
        )
        return Decision(ChangeKind.REPORTED, event.key, posts=told)
    names_what_was_done = report.mentions.keys or (
        report.mentions.registers and report.mentions.entities
    )
    # a report that only mentions a register's name is no sign
    if report.kind == "press" and names_what_was_done:
        key = f"press:{report.url or report.title}"
        return Decision(ChangeKind.REPORTED, key, opens=True, posts=(Post(NoticeKind.EARLY, key),))
    return Decision(ChangeKind.REPORTED, None)


def _find_reported_event(
    report: Report, events: Sequence[Event], windows: EventSettings
) -> Event | None:
    """Find a report's event: by act first, or else by register and day, with the most shared
    names.
    """
    scored = [
        (_count_shared_names(report, event.acts, event.authority, windows), event)
        for event in events
    ]
    best = max(scored, key=lambda pair: (pair[0], pair[1].opened_at), default=None)
    return best[1] if best and best[0] > 0 else None


def _count_shared_names(
    report: Report, acts: Sequence[Announcement], authority: str, windows: EventSettings
) -> int:
    keys = {act.key for act in acts}
    registers = {measure.register for act in acts for measure in act.measures if measure.register}
    named = 100 * len(keys & set(report.mentions.keys))
    if not named and not _is_in_time(report, acts, authority, windows):
        return 0
    listed = {
        name
        for act in acts
        for measure in act.measures
        for name in list_event_names(measure.entities)
    }
    shared = len(list_event_names(report.mentions.entities) & listed)
    alike = len(registers & set(report.mentions.registers))
    return named + 10 * shared * bool(alike) + alike


def _is_in_time(
    report: Report, acts: Sequence[Announcement], authority: str, windows: EventSettings
) -> bool:
    """Published from the day of the act to `press` later; a day of grace before, for time zones."""
    published = vocabulary.day(report.published or "", authority)
    first = min(
        (day for act in acts if (day := vocabulary.day(act.published or "", act.authority))),
        default=None,
    )
    return bool(published and first and timedelta(days=-1) <= published - first <= windows.press)


def place_listed() -> Decision:
    """Report a listed page that cannot be read; the history has the event."""
    return Decision(ChangeKind.LISTED, None, posts=(Post(NoticeKind.LISTED, ""),))


def place_withdrawn(event: Event) -> Decision:
    """Report in its thread that an act is no longer published."""
    return Decision(
        ChangeKind.WITHDRAWN, event.key, posts=tuple(_write_edits(event, NoticeKind.AMENDED))
    )


def place_review(event: Event, touches: ScreeningResult | None) -> tuple[Post, ...]:
    """Report in its thread that a person completed or corrected an act."""
    severity = Severity.CRITICAL if touches and touches.sure else Severity.NORMAL
    return tuple(
        replace(post, severity=severity) for post in _write_edits(event, NoticeKind.AMENDED)
    )


def place_page() -> Decision:
    """Report a change of a watched page in its own message: it is no act, so it has no event."""
    return Decision(ChangeKind.PAGE, None, posts=(Post(NoticeKind.PAGE, ""),))


def place_edition(edition: Edition, events: Sequence[Event]) -> Decision:
    """Report a register's new edition in the thread of the act that it carries out, or on its
    own.
    """
    ordered = (
        event
        for event in events
        if event.told and any(_is_carried_out(act, edition) for act in event.acts)
    )
    act = max(ordered, key=lambda event: event.opened_at, default=None)
    if act:
        return Decision(
            ChangeKind.EDITION, act.key, posts=(Post(NoticeKind.EDITION, act.key, in_thread=True),)
        )
    return Decision(
        ChangeKind.EDITION, edition.key, opens=True, posts=(Post(NoticeKind.EDITION, edition.key),)
    )


def _is_carried_out(act: Announcement, edition: Edition) -> bool:
    """Return whether the register now shows what the act did: same register, same direction, a
    shared name.
    """
    moved = {(change.action, letters.bare(change.name)) for change in edition.changes}
    return any(
        measure.register == edition.register and (_ROW_ACTIONS.get(measure.action), name) in moved
        for measure in act.measures
        for name in list_event_names(measure.entities)
    )


_ROW_ACTIONS = {
    Action.ADD: RowAction.ADD,
    Action.REMOVE: RowAction.REMOVE,
    Action.AMEND: RowAction.AMEND,
    Action.REPLACE: RowAction.AMEND,
}


def list_event_names(entities: Sequence[Entity]) -> set[str]:
    """Return the names of these, in the form used to compare names."""
    return {letters.bare(name) for entity in entities for name in entity.names.values()}


# The value that a message is rendered from: all that the history knows when it is sent.

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
    after the end. `last_ok` is the last good poll of the source itself ("": none).
    """

    since: str
    lasted: str
    over: str = ""
    sign: str = ""
    subject: str = ""
    paths: tuple[Freshness, ...] = ()
    brought: int = 0
    last_ok: str = ""


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
class Day:
    """A day: the sources, how many changes were told, and the key dates to come, of acts that are
    `known`. `undelivered` lists failed messages with the last answer.
    """

    sources: tuple[Freshness, ...] = ()
    told: int = 0
    ahead: tuple[KeyDate, ...] = ()
    known: Mapping[str, Announcement] = field(default_factory=dict)
    undelivered: tuple[tuple["Notice", str], ...] = ()


@frozen
class ToldAct:
    """An act. For a PARENT it caused the edit; for an EFFECT it is the later one. `before` is what
    was known; `elsewhere` is another address's reading that states more or contradicts. `known` has
    the earlier acts that it changes, by key. `touched_by` are later acts that change an act of its
    event. `back_dated` are acts that came long after the day they bear.
    """

    act: Announcement
    before: Announcement | None = None
    elsewhere: Announcement | None = None
    annexes: tuple[tuple[str, Evidence], ...] = ()
    known: Mapping[str, Announcement] = field(default_factory=dict)
    touched_by: tuple[Announcement, ...] = ()
    back_dated: tuple[BackDated, ...] = ()


@frozen
class ToldReminder:
    """A day to come. `known` are its acts, by key; `reports` are the press on them. It
    `is_overtaken` once its day is in the law no more, by `touched_by` if later acts changed it.
    """

    reminder: Reminder
    known: Mapping[str, Announcement] = field(default_factory=dict)
    reports: tuple[Report, ...] = ()
    is_overtaken: bool = False
    touched_by: tuple[Announcement, ...] = ()


Body = ToldAct | ToldReminder | Report | Edition | PageChange | Trouble | Day | Week | None


@frozen
class Notice:
    """One message to one destination, before it has a form. `body` is what it is about; None for a
    problem, a changed watch list and a digest. The rest has every message.

    `key` is unique for ever and travels with the message. `acts` are those of the event, first one
    first; a reminder has them in a thread only. `screened` has the matches of each, by its key.
    `unread` are listed pages of it that cannot be read, as far as their lists show. `opinions` are
    a second reader's, by an act's key, or by that of a report in `press`, which stands there as an
    act that is not read. `handled` is what people did with the event.

    `problem` is why a source gives nothing, an act's page is gone or messages had to wait.
    `gathered` are the messages that this one sums up, or the one that it calls people to. A STATE
    edits a message of the kind that it `shows`.

    `why` is the rule that chose this destination. `zone` is the time zone of its readers, if known.
    `console` is the address of the console. `again` marks a repeat because of the entry it names;
    it was first sent at `said_at`. `as_of` is when this was enqueued, `first_seen` when the message
    that it edits was.
    """

    key: str
    kind: NoticeKind
    source: str
    authority: str
    first_seen: str
    body: Body = None
    as_of: str = ""
    event: str = ""
    in_thread: bool = False
    acts: tuple[Announcement, ...] = ()
    screened: Mapping[str, ScreeningResult] = field(default_factory=dict)
    unread: tuple[Announcement, ...] = ()
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    press: tuple[Announcement, ...] = ()
    opposed: tuple[tuple[Side, Side], ...] = ()
    evidence: Evidence | None = None
    touches: ScreeningResult | None = None
    handled: Handled | None = None
    problem: Problem | None = None
    gathered: tuple["Notice", ...] = ()
    shows: NoticeKind | None = None
    repeated: bool = False
    mentions: tuple[str, ...] = ()
    severity: Severity = Severity.NORMAL
    meant_for: str = ""
    why: str = ""
    zone: str = ""
    console: str = ""
    again: str = ""
    said_at: str = ""

    @property
    def fact(self) -> Announcement | Reminder | Report | Edition | PageChange | None:
        """The fact that it is about; None for incidents and sums."""
        match self.body:
            case ToldAct(act=fact) | ToldReminder(reminder=fact):
                return fact
            case Report() | Edition() | PageChange():
                return self.body
        return None

    @property
    def told_acts(self) -> tuple[Announcement, ...]:
        """The act of the message, and the further acts in it."""
        return (self.body.act, *self.acts) if isinstance(self.body, ToldAct) else self.acts

    @property
    def is_unsettling(self) -> bool:
        """Return whether an edit matters like an act: it removes names or goods, or moves a day."""
        match self.body:
            case ToldAct(act=act, before=Announcement() as before, elsewhere=None):
                return self.kind is NoticeKind.AMENDED and loses_or_moves(before, act)
        return False

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
            and isinstance(self.body, ToldAct)
            and any(map(_is_striking, self.body.act.measures))
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
