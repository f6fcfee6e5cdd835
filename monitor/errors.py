"""Everything that can go wrong, as one tree; foreign exceptions become one of these at the border they enter by.

MonitorError
├── ConfigError             config.toml, an argument or the environment: names the key and the way out (exit 2)
├── StoreError              the store can't be used: unreadable, from a newer version, read-only (exit 1)
│   ├── StoreHeld           another process writes it and can't be reached (exit 3)
│   ├── EvidenceLost        an archived page is missing, or is not what its name says
│   ├── StoreFull           no room: nothing was written, and later it may be
│   └── StoreBroken         the disk failed, or the files were taken away: whoever writes it has to end (exit 1)
├── SourceError             a page gave no facts; `kind` names the cause
│   ├── FetchError          no page came: network, TLS, status, size, deadline
│   ├── NotThePage          a page came, but another one: maintenance, bot wall, "?????", empty
│   ├── LayoutChanged       the page came, but what the scraper looks for is not where it was
│   ├── Unreadable          bytes that can't be turned into text or a document
│   └── ReaderKilled        a reader that came to no end on the page, or took its process along
└── DeliveryError           a message was not accepted; `outcome` says what is known
"""

from typing import Literal


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


class StoreFull(StoreError):
    """The disk has no room."""


class StoreBroken(StoreError):
    """Nothing may be written any more, and nothing that failed be tried again: what is on the disk is not known."""


class SourceError(MonitorError):
    """A page that gave nothing; the class attribute `kind` is the problem's name in facts, status and alerts."""

    kind = "source"

    def __init__(self, text: str, *, kind: str | None = None) -> None:
        super().__init__(text)
        self.kind = kind or type(self).kind


class FetchError(SourceError):
    """No page came. `retry_after` (seconds) is what the server asked for, if it did."""

    kind = "fetch"

    def __init__(self, text: str, *, kind: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(text, kind=kind)
        self.retry_after = retry_after


class NotThePage(SourceError):
    """Status 200, but not the page that was asked for."""

    kind = "not-the-page"


class LayoutChanged(SourceError):
    """A selector matched fewer nodes than the scraper is sure of."""

    kind = "layout"


class Unreadable(SourceError):
    """Bytes that no reader can turn into a document."""

    kind = "unreadable"


class ReaderKilled(SourceError):
    """A reader that did not come to an end on a page, and was stopped."""

    kind = "killed"


Outcome = Literal["refused", "unknown", "permanent"]


class DeliveryError(MonitorError):
    """A message was not accepted.

    `outcome`: "refused" (surely not posted: try again after `retry_after` seconds), "unknown" (perhaps posted: look before
    trying again), "permanent" (the destination will never take it as it is). `closed`: the destination takes nothing at all
    until a person has seen to it.
    """

    def __init__(self, text: str, *, outcome: Outcome, retry_after: float | None = None, closed: bool = False) -> None:
        super().__init__(text)
        self.closed = closed
        self.outcome: Outcome = outcome
        self.retry_after = retry_after
