"""What a read brings to the history, and what is known of a page or a register that is read: values, never rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alert.event import Decision, Event, Known, NoticeKind, Post
from monitor.diff.flaps import STEADY, Flaps
from monitor.diff.held import Standing
from monitor.diff.noise import Noise
from monitor.diff.rows import Version
from monitor.history.values import Stamp
from monitor.model import Announcement, Edition, Evidence, Excerpt, Fact, PageChange, Problem
from monitor.source.page import Link, ResponseRecord


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How a body came that is kept: its SHA-256, when, and by which answers, redirects first."""

    sha256: str
    at: datetime
    responses: tuple[ResponseRecord, ...]


@dataclass(frozen=True, slots=True)
class Annexed:
    """An annex that was fetched together with its act, or why it was not."""

    link: Link
    reader: str
    stamp: Stamp | None = None
    failure: Problem | None = None
    retrievals: tuple[Retrieval, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRead:
    """What one good read of an address brought; `foreign` says that it lies on no host of its source, and what that means.

    `shown` are the keys of the acts that the titles on it name as their own, `retrievals` how its bytes came, if kept.
    """

    facts: tuple[Fact, ...]
    links: tuple[tuple[Link, str], ...]
    evidence: Evidence
    stamp: Stamp
    annexes: tuple[Annexed, ...] = ()
    foreign: Problem | None = None
    shown: tuple[str, ...] = ()
    watched: "tuple[PageSeen, ...]" = ()
    retrievals: tuple[Retrieval, ...] = ()


@dataclass(frozen=True, slots=True)
class PageKnown:
    """A watched page as it was known last: what it said, what is known of its noise, the bytes that are kept of it."""

    excerpt: Excerpt
    noise: Noise
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What one good read of a watched page brought: what it says from now on, and the change that is told, if any.

    `is_evidence` says that its bytes are kept; what is not `settled` is read again at the next look. `remarks` are for those who
    run the monitor; by its `sketch` it is known when it comes again.
    """

    excerpt: Excerpt
    noise: Noise
    change: PageChange | None = None
    decision: Decision | None = None
    is_evidence: bool = False
    settled: bool = True
    remarks: tuple[Problem, ...] = ()
    sketch: bytes | None = None

    @property
    def remarks_as(self) -> NoticeKind:
        """As what they are told."""
        return NoticeKind.ALTERNATES


@dataclass(frozen=True, slots=True)
class PageTold:
    """A change of a watched page that was told, when, and the bytes that say so."""

    at: datetime
    change: PageChange
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class RegisterState:
    """A register as it was last believed: the digest of each of its records, what is held of it, and how it came and went.

    `editions` is how many reads of it have changed anything.
    """

    standing: Standing
    source: str
    url: str
    digests: Mapping[str, bytes]
    held_sha256: str | None = None
    asks: bool = False
    remarks: frozenset[str] = frozenset()
    flaps: Flaps = STEADY
    editions: int = 0


@dataclass(frozen=True, slots=True)
class Delta:
    """What one read of a register moves in the history.

    `moved` are records that are new or whose bytes moved, `gone` those believed gone, `held` those that seem to have gone and
    are not believed; `described` has the name and the subject, as JSON, of each that moved; `edition` is what it changed, if
    anything. `proven`: the form of the register proves its end. A read that only `alternates` moves nothing, and `begins` to
    where people should know. `unconfirmed`: what is held was missing once, and is to be looked at `again` shortly.
    """

    reader: str
    register: str
    url: str
    published: str | None
    rows: int
    sha256: str
    moved: Mapping[str, Version]
    gone: frozenset[str]
    held: frozenset[str]
    asks: bool
    remarks: frozenset[str]
    described: Mapping[str, tuple[str, str]]
    edition: Edition | None = None
    proven: bool = False
    flaps: Flaps = STEADY
    alternates: bool = False
    begins: bool = False
    unconfirmed: bool = False
    again: bool = False

    @property
    def settled(self) -> bool:
        """Whether all that the page says is believed, so that it need not be read again before its bytes move."""
        return not self.held and not self.alternates


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page that can't be read, as far as its list tells: the act by title and number, and who is told.

    Pages that are told `within` this time are one message.
    """

    act: Announcement
    post: Post
    within: timedelta


Judge = Callable[[Fact, Known], Decision | None]
Place = Callable[[Edition, Sequence[Event]], Decision]
