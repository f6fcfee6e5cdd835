"""The store: what is known, and which messages are pending. The only room with SQL; each function
is one transaction.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.alert.event import MONITOR
from monitor.config.files import shorten_path
from monitor.config.stores import Store
from monitor.errors import StoreError
from monitor.store import identity, outbox
from monitor.store.dossier import Dossier, Finding, RowKept, Telling
from monitor.store.engine import DATABASE, copy_to
from monitor.store.exported import BEGINNING, Cursor, RecordedAlert
from monitor.store.names import NamesOnRecord
from monitor.store.polls import Ended, Look, PollBegins, PollEnds, Standing
from monitor.store.records import (
    Act,
    Address,
    Annexed,
    Delta,
    EditionTold,
    Event,
    Happening,
    Intervention,
    KnownPage,
    ListedOn,
    ListedPage,
    Looks,
    Message,
    OutboxState,
    Owed,
    PageKnown,
    PageRead,
    PageSeen,
    PageTold,
    Quiet,
    Recorded,
    RegisterState,
    RegisterStatus,
    Retrieval,
    Stamp,
    Stretch,
    ToldAlert,
    TroubleState,
    Vitals,
    Waiting,
    Worker,
)
from monitor.store.session import Session
from monitor.store.transactions import History
from monitor.store.upgrades import NEWEST
from monitor.store.watched import OnRecord

__all__ = [
    "ALERTS",
    "BEGINNING",
    "DATABASE",
    "IDENTITY",
    "MONITOR",
    "NEWEST",
    "OPS",
    "Act",
    "Address",
    "Annexed",
    "Cursor",
    "Delta",
    "Dossier",
    "EditionTold",
    "Ended",
    "Event",
    "Finding",
    "Happening",
    "History",
    "Intervention",
    "KnownPage",
    "ListedOn",
    "ListedPage",
    "Look",
    "Looks",
    "Message",
    "NamesOnRecord",
    "OnRecord",
    "OutboxState",
    "Owed",
    "PageKnown",
    "PageRead",
    "PageSeen",
    "PageTold",
    "PollBegins",
    "PollEnds",
    "Quiet",
    "Recorded",
    "RecordedAlert",
    "RegisterState",
    "RegisterStatus",
    "Retrieval",
    "RowKept",
    "Session",
    "Stamp",
    "Standing",
    "Stretch",
    "Telling",
    "ToldAlert",
    "TroubleState",
    "Vitals",
    "Waiting",
    "Worker",
    "has_store",
    "make_scratch_copy",
]

ALERTS, OPS = outbox.ALERTS, outbox.OPS
IDENTITY = identity.FILE


def has_store(store: Store | Path) -> bool:
    """Return whether a store has a history.

    Raises:
        StoreError: the history is gone, or cannot be read (another user's, say).
    """
    store = Store.of(store)
    if store.database:
        from monitor.store import postgres  # noqa: PLC0415 - of an extra

        return postgres.is_there(store.database, store.folder)
    try:
        if not (store / DATABASE).exists():
            identity.refuse_if_lost(store.folder, str(store / DATABASE))
        return (store / DATABASE).exists()
    except OSError as error:
        raise StoreError(
            f"{shorten_path(store.folder)}: can't be read: {error.strerror}"
        ) from error


@contextmanager
def make_scratch_copy(store: Store | Path) -> Iterator[Store]:
    """A copy of the history in a folder that is gone afterwards; the archive stays where it is.

    Raises:
        StoreError: the history is lost, damaged, or another store's.
    """
    with tempfile.TemporaryDirectory(prefix="monitor-dry-run-") as folder:
        if has_store(store):
            store = Store.of(store)
            if store.database:
                from monitor.store import backup  # noqa: PLC0415 - of an extra

                backup.copy_into_folder(store, Path(folder))
            else:
                copy_to(store / DATABASE, Path(folder) / DATABASE)
        yield Store(Path(folder))
