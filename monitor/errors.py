"""The errors of the monitor, as one tree.

A foreign exception becomes one of these where it enters. A command ends with exit code 1 on an
error, unless its line below has another code.

MonitorError
├── ConfigError         config.toml, an argument or the environment is wrong: names the key and
│                       the fix (exit 2)
├── StoreError          the store can't be used: unreadable, from a newer version, read-only
│   ├── StoreHeld       another process writes the store and can't be reached (exit 3)
│   ├── EvidenceLost    an archived page is missing or damaged
│   ├── NamesUnread     the names on record are not ready to be searched
│   ├── StoreFull       the disk is full: nothing was written; a later try may succeed
│   ├── StoreAway       the database does not answer: the last write may be lost; try later
│   └── StoreBroken     the disk failed or the files are gone: the writing process must end
├── SourceError         a page gave no facts; `kind` names the cause
│   ├── FetchError      no page came: network, TLS, status, size, deadline
│   ├── NotThePage      another page came: maintenance, a wall, "?????", nothing
│   ├── LayoutChanged   the page came without what the scraper looks for
│   ├── Unreadable      no reader can turn the bytes into text or a document
│   └── ReaderKilled    the reader did not end on the page, or its process died
├── DeliveryError       a message was not accepted; `outcome` says what is known
└── Overtaken           another process took the message that we were about to send
"""

from enum import StrEnum


class ErrorKind(StrEnum):
    """Names the cause of a failure, or of a lesser problem, in facts, status and alerts."""

    SOURCE = "source"  # a cause without a name of its own
    FETCH = "fetch"  # ditto, where no page came
    DNS = "dns"  # the host's name does not resolve
    CONNECT = "connect"  # no connection
    PROXY = "proxy"  # the proxy that it is asked through failed, or does not let us through
    TLS = "tls"  # no connection that can be trusted
    RESET = "reset"  # the connection broke
    DEADLINE = "deadline"  # no whole answer in time
    TURN = "turn"  # other requests to the host were slow
    PROTOCOL = "protocol"  # an answer that is no HTTP
    REQUEST = "request"  # what can't be sent
    RENDER = "render"  # the browser that renders it failed, or its scripts came to no rest
    REDIRECT = "redirect"  # more redirects than one follows, or to where one may not go
    PRIVATE_ADDRESS = "private-address"  # an address within a private network
    ROBOTS = "robots"  # the host's robots.txt forbids it
    BUSY = "busy"  # the server asks for patience
    GONE = "gone"  # no such page
    REFUSED = "refused"  # the server turns us away
    SERVER = "server"  # the server failed
    ENCODING = "encoding"  # packed in a way that was not asked for
    TOO_LARGE = "too-large"  # more than a page may have
    TRUNCATED = "truncated"  # cut before its end
    NOT_THE_PAGE = "not-the-page"  # another page than the one asked for
    BOT_WALL = "bot-wall"  # ditto: a wall against robots
    SIGN_IN = "sign-in"  # ditto: a page that asks who we are
    MAINTENANCE = "maintenance"  # ditto: word of maintenance
    ERROR_PAGE = "error-page"  # ditto: an error, with the status of a page
    EMPTY = "empty"  # ditto: nothing
    INCOMPLETE = "incomplete"  # ditto: fewer records than it declares
    QUESTION_MARKS = "question-marks"  # ditto: its words were lost before they reached us
    ENCODED_TWICE = "encoded-twice"  # ditto: its letters became others before they reached us
    LFS_POINTER = "lfs-pointer"  # ditto: a pointer to a file
    VANISHED = "vanished"  # ditto: what was read there before is no longer on it
    OLDER = "older"  # ditto: an earlier edition than the one read last
    LAYOUT = "layout"  # what a reader looks for is not where it was
    UNREADABLE = "unreadable"  # bytes that no reader can turn into a document
    BROKEN_XML = "broken-xml"  # XML that is not well-formed
    XML_ENTITIES = "xml-entities"  # XML that declares a document type or entities
    READER = "reader"  # a scraper fell over the page
    KILLED = "killed"  # a reader that came to no end
    # a page that is left alone, since its reader came to no end on it twice
    QUARANTINED = "quarantined"
    STORE = "store"  # the store did not take what was read
    MONITOR = "monitor"  # a mistake of the monitor's own
    STALE = "stale"  # a source of which nothing good has come for long
    FROZEN = "frozen"  # bytes that have not changed for far longer than is normal for the source
    ZOMBIE = "zombie"  # nothing new for far longer than is normal for the source
    GAP = "gap"  # numbers of a series that were passed over
    # what is known from one address, and missing at another of the same authority
    MIRROR = "mirror"
    UNORDERED = "unordered"  # a list in no order of its days
    UNDATED = "undated"  # a list that printed days, and prints none
    CACHED = "cached"  # an answer that had lain in a cache for long
    CANARY = "canary"  # what always stood there, and is gone
    MOVED = "moved"  # a list whose address leads to another path than it did
    # a list without the newest entries that it had, and with none that is newer
    OUTDATED = "outdated"
    # links that came to the page of a list, and that its reader does not take
    LINKS_NOT_READ = "links-not-read"
    COUNT = "count"  # far fewer entries than the source has
    NOT_MODIFIED = "not-modified"  # a server that says that nothing moved, where it did
    BLIND = "blind"  # an authority of which no source gives anything
    NETWORK = "network"  # no source gives anything
    ALTERNATES = "alternates"  # a page that goes to and fro between what was told before
    FLOOD = "flood"  # more new links at once than are read in one poll
    HELD = "held"  # rows that seem to have gone, and nothing proves it
    FOREIGN_HOST = "foreign host"  # a page that lies on somebody else's host
    EVIDENCE = "evidence"  # an archived page that is missing or damaged
    LATE = "late"  # messages that had to wait
    WATCH_LIST = "watch-list"  # what people gave us can't be read; of no source
    SETTINGS = "settings"  # new settings with a mistake; of no source
    RESCREENED = "rescreened"  # answers that lists or rules have made others; of no source
    SECOND_READER = "second-reader"  # it gives no answer, or may be asked no more; of no source
    CLOSED = "closed"  # a destination that takes no messages; of no source
    DISK_FULL = "disk-full"  # no room on the disk; of no source
    DATABASE_AWAY = "database-away"  # the database of the store did not answer; of no source


class MonitorError(Exception):
    """Base of all errors a person should see as one line."""


class ConfigError(MonitorError):
    """Wrong configuration or use."""


class StoreError(MonitorError):
    """The store can't be used as it is."""


class StoreHeld(StoreError):
    """Another process holds the store."""


class EvidenceLost(StoreError):
    """An archived page is missing, or its bytes are not those it is named after."""


class NamesUnread(StoreError):
    """The names on record are not ready to be searched as they were at a given moment."""


class StoreFull(StoreError):
    """The disk has no room."""


class StoreAway(StoreError):
    """The database does not answer or takes nothing now. The last write may or may not be lost."""


class StoreBroken(StoreError):
    """The contents of the disk are unknown: write nothing more, and repeat no failed write."""


class Overtaken(MonitorError):
    """Another process took a message after we read it: read what is pending again."""


class SourceError(MonitorError):
    """A page gave no facts. The class attribute `kind` names the problem in facts, status and
    alerts.
    """

    kind = ErrorKind.SOURCE

    def __init__(self, text: str, kind: ErrorKind | None = None) -> None:
        super().__init__(text)
        # a scraper that nobody type-checked may say anything
        self.kind = ErrorKind(kind) if kind else type(self).kind


class FetchError(SourceError):
    """No page came. `retry_after` is the wait in seconds that the server asked for, if any."""

    kind = ErrorKind.FETCH

    def __init__(
        self, text: str, kind: ErrorKind | None = None, *, retry_after: float | None = None
    ) -> None:
        super().__init__(text, kind)
        self.retry_after = retry_after


class NotThePage(SourceError):
    """The answer has status 200, but is not the page that was asked for."""

    kind = ErrorKind.NOT_THE_PAGE


class LayoutChanged(SourceError):
    """A selector matched fewer nodes than the scraper requires."""

    kind = ErrorKind.LAYOUT


class Unreadable(SourceError):
    """No reader can turn the bytes into a document."""

    kind = ErrorKind.UNREADABLE


class ReaderKilled(SourceError):
    """A reader did not end on a page and was stopped."""

    kind = ErrorKind.KILLED


class Outcome(StrEnum):
    """Says what became of a message that was not accepted."""

    REFUSED = "refused"  # surely not posted
    UNKNOWN = "unknown"  # perhaps posted
    PERMANENT = "permanent"  # its destination will never take it as it is


class DeliveryError(MonitorError):
    """A message was not accepted.

    A refused message is tried again after `retry_after` seconds. One with an unknown outcome is
    first looked for. `closed`: the destination takes nothing until a person has fixed it.
    """

    def __init__(
        self, text: str, outcome: Outcome, *, retry_after: float | None = None, closed: bool = False
    ) -> None:
        super().__init__(text)
        self.closed = closed
        self.outcome = outcome
        self.retry_after = retry_after
