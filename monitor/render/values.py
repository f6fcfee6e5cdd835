"""What one message says, as a value that every way out gives its own look."""

from dataclasses import dataclass

from monitor.alert.event import NoticeKind
from monitor.model import Severity
from monitor.render.marks import Mark
from monitor.render.words import Line, Table


@dataclass(frozen=True, slots=True)
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
