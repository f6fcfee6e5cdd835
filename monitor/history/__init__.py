"""What is known and who is still owed a message; the only SQL. Each question is one function and one transaction."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import Session

from monitor.alert.event import MONITOR
from monitor.config.files import shown_path
from monitor.config.stores import Store
from monitor.errors import StoreError
from monitor.history import identity, outbox
from monitor.history.dossier import Dossier, Finding, RowKept, Telling
from monitor.history.engine import DATABASE, copy_to
from monitor.history.on_record import NamesOnRecord
from monitor.history.polls import Ended, Look, PollBegins, PollEnds, Standing
from monitor.history.records import (
    Act,
    Annexed,
    Delta,
    EditionTold,
    Event,
    Happening,
    KnownPage,
    ListedOn,
    ListedPage,
    Looks,
    Message,
    PageKnown,
    PageRead,
    PageSeen,
    PageTold,
    Quiet,
    Recorded,
    RegisterState,
    RegisterStatus,
    Retrieval,
    Stretch,
    ToldAlert,
    TroubleState,
    Vitals,
    Waiting,
    Worker,
)
from monitor.history.taken import BEGINNING, AlertTaken, Cursor
from monitor.history.transactions import History
from monitor.history.upgrades import NEWEST
from monitor.history.values import Address, Intervention, OutboxState, Owed, Stamp
from monitor.history.watched import OnRecord

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
    "AlertTaken",
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
    "scratch_copy",
    "server_version",
    "there",
]

ALERTS, OPS = outbox.ALERTS, outbox.OPS
IDENTITY = identity.FILE


def there(store: Store | Path) -> bool:
    """Whether a store has a history.

    Raises:
        StoreError: it had one, and it is gone; or nobody can look, since it belongs to another user, say.
    """
    store = Store.of(store)
    if store.database:
        from monitor.history import postgres  # noqa: PLC0415 - of an extra

        return postgres.is_there(store.database, store.folder)
    try:
        if not (store / DATABASE).exists():
            identity.refuse_if_lost(store.folder, str(store / DATABASE))
        return (store / DATABASE).exists()
    except OSError as error:
        raise StoreError(f"{shown_path(store.folder)}: can't be read: {error.strerror}") from error


def server_version(store: Store) -> str:
    """Which PostgreSQL answers for a store in a database.

    Raises:
        ConfigError, StoreError: none, or it is no such store.
    """
    from monitor.history import postgres  # noqa: PLC0415 - of an extra

    return postgres.version(store.database or "")


@contextmanager
def scratch_copy(store: Store | Path) -> Iterator[Store]:
    """A copy of the history in a folder that is gone afterwards; the archive stays where it is.

    Raises:
        StoreError: the history is lost, damaged, or another store's.
    """
    with tempfile.TemporaryDirectory(prefix="monitor-dry-run-") as folder:
        if there(store):
            store = Store.of(store)
            if store.database:
                from monitor.history import copying  # noqa: PLC0415 - of an extra

                copying.into_folder(store, Path(folder))
            else:
                copy_to(store / DATABASE, Path(folder) / DATABASE)
        yield Store(Path(folder))
