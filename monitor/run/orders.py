"""What another command may order or ask of the process that writes the store."""

from datetime import date

import msgspec

from monitor.store import Intervention
from monitor.store.screenings import ScreeningOrder
from monitor.triage.values import TriageRequest


class PollOrder(msgspec.Struct, frozen=True, tag=True):
    """Poll these sources now, else `all`, else what is due; `since` as in `Context`."""

    sources: tuple[str, ...] = ()
    all: bool = False
    since: date | None = None


class ReleaseOrder(msgspec.Struct, frozen=True, tag=True):
    """Confirm the withheld removals of these readers' registers."""

    readers: tuple[str, ...]


class HandInOrder(msgspec.Struct, frozen=True, tag=True):
    """Read a file as if fetched: its path, its source (or reader), the person. Without `saved_at`:
    the file's time.
    """

    path: str
    source: str
    by: str
    note: str = ""
    url: str = ""
    saved_at: str = ""


class OutboxOrder(msgspec.Struct, frozen=True, tag=True):
    """Intervene on these messages; a retry without numbers means all pending ones."""

    intervention: Intervention
    messages: tuple[int, ...] = ()
    by: str = ""
    reason: str = ""


class MuteOrder(msgspec.Struct, frozen=True, tag=True):
    """Mute `source`, or all of a module, until then; without `until` take it back."""

    source: str
    by: str
    until: str = ""
    reason: str = ""


class StateQuestion(msgspec.Struct, frozen=True, tag=True):
    """What do you do now?"""


PageOrder = HandInOrder | ReleaseOrder
HistoryOrder = OutboxOrder | MuteOrder | TriageRequest | ScreeningOrder
Order = PollOrder | PageOrder | HistoryOrder
