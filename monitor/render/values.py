"""What one message says, as a value that every way out gives its own look."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

from monitor import vocabulary
from monitor.alert.event import CALLING, NoticeKind
from monitor.alert.notice import Notice
from monitor.model import Action, Announcement, Severity, frozen
from monitor.render.words import Line, Table, name_goods
from monitor.triage.values import Stage


class Mark(Enum):
    """The mark and the word of a message, what matters most first."""

    ACT_NOW = ("🔴", "Act now")
    NEW_LAW = ("🟠", "New law")
    CHANGED = ("🔵", "Changed")
    EARLY = ("⚪", "Early or unread")
    MONITOR = ("⚙️", "Monitor")

    @property
    def sign(self) -> str:
        """The mark alone."""
        return self.value[0]

    @property
    def word(self) -> str:
        """What the mark means."""
        return self.value[1]


_BY_KIND = {
    Mark.CHANGED: "amended disagreement edition page",
    Mark.EARLY: "early press",
    Mark.MONITOR: "alternates foreign held layout problem recovered remark updated",
}
OF_KIND = {NoticeKind(kind): mark for mark, kinds in _BY_KIND.items() for kind in kinds.split()}


def choose_mark(notice: Notice) -> Mark:
    """What a message is marked with: a summary like the worst that it sums up. What is decided
    asks nobody to act now.
    """
    kind, waiting = notice.shows or notice.kind, notice.week.waiting if notice.week else ()
    if kind in SUMMARIES:
        summed = (*notice.gathered, *(message for message, _ in waiting))
        return min(map(choose_mark, summed), key=list(Mark).index, default=Mark.MONITOR)
    of_kind = OF_KIND.get(kind, Mark.CHANGED if notice.edition else Mark.NEW_LAW)
    if notice.is_unsettling:
        of_kind = Mark.NEW_LAW
    acts = list_own_acts(notice)
    if of_kind is Mark.MONITOR:
        return of_kind
    if notice.is_overtaken:
        return Mark.CHANGED  # nobody has to act on a day that does not come
    is_pressing = notice.severity is Severity.CRITICAL or (
        not _is_clear(notice) and any(_list_soon(notice))
    )
    if is_pressing and not is_decided(notice):
        return Mark.ACT_NOW
    is_unread = all(map(_says_little, acts)) if acts else bool(notice.unread)
    return Mark.EARLY if is_unread else of_kind


LISTS = {"annex", "annex line", "entities", "items", "list", "names"}


def _says_little(act: Announcement) -> bool:
    """Whether nobody understood an act, and no list, goods or somebody listed is named in it."""
    told = " ".join((act.title, *(part.quote for part in act.not_read)))
    is_list = LISTS & {part.what for part in act.not_read} or vocabulary.find_registers(told)
    return act.understood == "none" and not (is_list or name_goods(act))


def is_decided(notice: Notice) -> bool:
    """Whether people decided what it tells; not what was told after a decision."""
    handled = notice.handled
    return (
        handled is not None and handled.stage is Stage.DONE and handled.since >= notice.first_seen
    )


def list_own_acts(notice: Notice) -> tuple[Announcement, ...]:
    """The acts that a message tells of; of a package all."""
    is_first = (notice.shows or notice.kind) in (
        NoticeKind.ACT,
        NoticeKind.LISTED,
        NoticeKind.PARENT,
    ) and not notice.in_thread
    return notice.acts if is_first and notice.acts else (notice.act,) if notice.act else ()


def _is_clear(notice: Notice) -> bool:
    """Whether all of the watch list was compared with all of it, and nothing was found."""
    held = notice.touches
    is_whole = all(act.understood == "full" for act in list_own_acts(notice)) and not notice.unread
    return (
        bool(held and held.names + held.products and not (held.found or held.unread or held.unheld))
        and is_whole
    )


def _list_soon(notice: Notice) -> Iterator[bool]:
    """Of each day on which something begins to bind, whether it is near."""
    if notice.reminder:
        yield 0 <= notice.reminder.before - notice.reminder.late <= SOON.days
        return
    seen = _parse_day(notice.first_seen)
    lifted = {
        target.key
        for later in notice.touched_by
        for of in later.measures
        if of.action in LIFTS
        for target in of.amends
    }
    for act in list_own_acts(notice):
        for measure in act.measures if act.key not in lifted else ():
            if measure.starts and measure.action in BURDENS:
                yield abs(_parse_day(measure.starts.on) - seen) <= SOON


def _parse_day(on: str) -> date:
    try:
        return date.fromisoformat(on[:10])
    except ValueError:
        return date.min


@frozen
class Alert:
    """What one message says, in the order in which it is needed; all of it facts, none of it
    markup.

    `mark` is how much it matters; `summary` is what changes for whom and when, `lines` the same of
    one act as a line each; `next_step` is what to do now, `console` where it stands in the console;
    `status` how the act stands now; `touches` a line for each entry of the reader's watch list;
    `acts` are those of a package; `evidence` is one line; `details` and `quotes` are what is looked
    up, which Slack has in the thread. `thread` names the first message that this one answers, for
    channels that have no threads; `mentions` are Slack ids (or `here`) of those who are called;
    they come from config.toml, never from a page. `offers`: a second reader says what a person may
    accept. `why` is the rule that sent it, `at` when it was first seen. What says how an event
    stands `shows` the kind of the message that it edits, and looks like that.
    """

    key: str
    kind: NoticeKind
    source: str
    headline: str
    summary: str
    status: tuple[str, ...] = ()
    facts: tuple[Line, ...] = ()
    acts: tuple[Line, ...] = ()
    not_read: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    details: tuple[Line, ...] = ()
    quotes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    url: str = ""
    thread: str = ""
    repeated: bool = False
    touches: tuple[Line, ...] = ()
    mentions: tuple[str, ...] = ()
    severity: Severity = Severity.NORMAL
    event: str = ""
    why: str = ""
    at: str = ""
    shows: NoticeKind | None = None
    mark: Mark = Mark.MONITOR
    lines: tuple[Line, ...] = ()
    next_step: str = ""
    console: str = ""
    offers: bool = False

    @property
    def title(self) -> str:
        """The headline with its mark before it."""
        return f"{self.mark.sign} {self.headline}"

    @property
    def essence(self) -> tuple[Line, ...]:
        """What it does, on what and when, as a line each, else in a sentence; of several acts
        each says it itself.
        """
        return (
            ()
            if self.is_package
            else self.lines or ((Line("", self.summary),) if self.summary else ())
        )

    @property
    def ours(self) -> tuple[Line, ...]:
        """What it is to the reader, and what to do next."""
        return (*self.touches, *((Line("Next", self.next_step),) if self.next_step else ()))

    @property
    def form(self) -> NoticeKind:
        """As what it is laid out."""
        return self.shows or self.kind

    @property
    def is_package(self) -> bool:
        """Whether it tells of several acts, each in a line of `acts`."""
        return bool(self.acts) and self.form in (
            NoticeKind.ACT,
            NoticeKind.LISTED,
            NoticeKind.PARENT,
        )


SOON = timedelta(days=2)
# what asks people to act
BURDENS = frozenset({Action.ADD, Action.RESTRICT, Action.RESUME, Action.REPLACE, Action.AMEND})
LIFTS = frozenset({Action.REPEAL, Action.SUSPEND})
SUMMARIES = CALLING | {NoticeKind.DAILY, NoticeKind.DIGEST, NoticeKind.WEEKLY}
