"""The content of one message, as a value that each channel gives its own look."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

from monitor import vocabulary
from monitor.alert.event import CALLING, Notice, NoticeKind, ToldAct, ToldReminder, Week
from monitor.model import Action, Announcement, Edition, Severity, frozen
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
        """The meaning of the mark."""
        return self.value[1]


_BY_KIND = {
    Mark.CHANGED: "amended disagreement edition page",
    Mark.EARLY: "early press",
    Mark.MONITOR: "alternates foreign held layout problem recovered remark updated",
}
OF_KIND = {NoticeKind(kind): mark for mark, kinds in _BY_KIND.items() for kind in kinds.split()}


def choose_mark(notice: Notice) -> Mark:
    """Choose the mark of a message: a summary has the worst of its parts; a decided one is never
    urgent.
    """
    kind = notice.shows or notice.kind
    waiting = notice.body.waiting if isinstance(notice.body, Week) else ()
    if kind in SUMMARIES:
        summed = (*notice.gathered, *(message for message, _ in waiting))
        return min(map(choose_mark, summed), key=list(Mark).index, default=Mark.MONITOR)
    of_kind = OF_KIND.get(kind, Mark.CHANGED if isinstance(notice.body, Edition) else Mark.NEW_LAW)
    if notice.is_unsettling:
        of_kind = Mark.NEW_LAW
    acts = list_own_acts(notice)
    if of_kind is Mark.MONITOR:
        return of_kind
    if is_overtaken(notice):
        return Mark.CHANGED  # nobody has to act on a day that does not come
    is_pressing = notice.severity is Severity.CRITICAL or (
        not _is_clear(notice) and any(_list_soon(notice))
    )
    if is_pressing and not is_decided(notice):
        return Mark.ACT_NOW
    is_unread = all(map(_is_uninformative, acts)) if acts else bool(notice.unread)
    return Mark.EARLY if is_unread else of_kind


LISTS = {"annex", "annex line", "entities", "items", "list", "names"}


def _is_uninformative(act: Announcement) -> bool:
    """Return whether an act was not understood, and names no list, goods or listed subject."""
    told = " ".join((act.title, *(part.quote for part in act.not_read)))
    is_list = LISTS & {part.what for part in act.not_read} or vocabulary.find_registers(told)
    return act.understood == "none" and not (is_list or name_goods(act))


def is_overtaken(notice: Notice) -> bool:
    """Return whether it reminds of a day that the law has no more."""
    return isinstance(notice.body, ToldReminder) and notice.body.is_overtaken


def is_decided(notice: Notice) -> bool:
    """Return whether people decided its event, and it was not sent after the decision."""
    handled = notice.handled
    return (
        handled is not None and handled.stage is Stage.DONE and handled.since >= notice.first_seen
    )


def list_own_acts(notice: Notice) -> tuple[Announcement, ...]:
    """List the acts of a message; of a package all."""
    is_first = (notice.shows or notice.kind) in (
        NoticeKind.ACT,
        NoticeKind.LISTED,
        NoticeKind.PARENT,
    ) and not notice.in_thread
    if is_first and notice.acts:
        return notice.acts
    return (notice.body.act,) if isinstance(notice.body, ToldAct) else ()


def _is_clear(notice: Notice) -> bool:
    """Return whether everything was compared with the whole watch list, without a match."""
    held = notice.touches
    is_whole = all(act.understood == "full" for act in list_own_acts(notice)) and not notice.unread
    return (
        bool(held and held.names + held.products and not (held.found or held.unread or held.unheld))
        and is_whole
    )


def _list_soon(notice: Notice) -> Iterator[bool]:
    """Yield for each day on which something begins to bind whether it is near."""
    if isinstance(notice.body, ToldReminder):
        reminder = notice.body.reminder
        yield 0 <= reminder.before - reminder.late <= SOON.days
    if not isinstance(notice.body, ToldAct):
        return
    seen = _parse_day(notice.first_seen)
    lifted = {
        target.key
        for later in notice.body.touched_by
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
    """The content of one message in order of need: facts without markup.

    - `mark` is how much it matters; `summary` is what changes for whom and when; `lines` has the
      same for one act, a line each.
    - `next_step` is what to do now; `console` is its address in the console.
    - `status` is the act's status now; `touches` has a line for each touched entry of the watch
      list.
    - `acts` are those of a package; `evidence` is one line.
    - `details` and `quotes` are for looking up; Slack has them in the thread.
    - `thread` names the first message that this one answers, for channels without threads.
    - `mentions` are Slack ids (or `here`) to call; they come from config.toml, never from a page.
    - `offers`: a second reader says what a person may accept.
    - `why` is the rule that sent it, `at` when it was first seen.
    - `shows` is the kind of the message that an update of an event edits and looks like.
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
    touches: tuple[Line, ...] = ()
    mentions: tuple[str, ...] = ()
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
        """Its effect, subject and day as lines, else as a sentence; empty for a package."""
        return (
            ()
            if self.is_package
            else self.lines or ((Line("", self.summary),) if self.summary else ())
        )

    @property
    def ours(self) -> tuple[Line, ...]:
        """Its matches for the reader, and the next step."""
        return (*self.touches, *((Line("Next", self.next_step),) if self.next_step else ()))

    @property
    def form(self) -> NoticeKind:
        """The kind that decides its layout."""
        return self.shows or self.kind

    @property
    def is_package(self) -> bool:
        """Return whether it reports several acts, each in a line of `acts`."""
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
