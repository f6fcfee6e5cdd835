"""Find the archived bodies that are still referenced: by messages, by known facts, by coming
checks.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import delete

from monitor.store import page_words
from monitor.store.columns import chunk_values, make_value
from monitor.store.identity import ONE
from monitor.store.records import Retrieval
from monitor.store.session import Session
from monitor.store.tables import (
    AddressRow,
    ChangeRow,
    OpinionRow,
    ProofRow,
    ReadingRow,
    RegisterRow,
    RetrievalRow,
    StoreRow,
)

PROVING: tuple[Any, ...] = (
    *(ReadingRow.sha256, ChangeRow.sha256, OpinionRow.sha256),
    *(RegisterRow.sha256, RegisterRow.held_sha256, ProofRow.sha256),
)
NAMING: tuple[Any, ...] = (
    *PROVING,
    AddressRow.sha256,
)  # the last text of a watched page is no evidence, and can be fetched again


def select_needed_bodies(session: Session, bodies: Collection[str]) -> set[str]:
    """Select the bodies that a row names."""
    named = (session.list_values(column, column.in_(bodies), distinct=True) for column in NAMING)
    return {sha256 for column in named for sha256 in column if sha256}


def is_evidence(session: Session, sha256: str) -> bool:
    """Return whether a body of this hash gave a fact, so that the archive must have it."""
    return session.has(ReadingRow, sha256=sha256)


def prove(session: Session, bodies: Collection[str]) -> None:
    """Bodies that prove something beside the page that it is recorded of: an act's annexes, a
    register's companions.
    """
    for sha256 in bodies:
        session.merge(ProofRow(sha256=sha256))


def has_all_references(session: Session) -> bool:
    """Return whether every body of evidence has a row. A store of an earlier version did not save a
    page's other files.
    """
    row = session.get(StoreRow, ONE)
    return row is not None and row.proofs_since is not None


def take_for_proofs(session: Session, bodies: Collection[str], now: datetime) -> None:
    """Count all archived bodies as evidence; from now on rows mark evidence."""
    prove(session, bodies)
    session.get_one(StoreRow, ONE).proofs_since = now


# The retrieval of evidence: stored beside the readings.


def keep_retrievals(session: Session, came: Iterable[Retrieval]) -> None:
    """Save these bodies' retrieval; a known one stays as it is."""
    for one in came:
        if session.get(RetrievalRow, (one.sha256, one.at)) is None:
            session.add(RetrievalRow(sha256=one.sha256, at=one.at, responses=one.responses))


def forget_retrievals(session: Session, bodies: Collection[str], before: datetime) -> None:
    """Let go of how these bodies came before then, and of their words."""
    page_words.forget_words(session, bodies)
    for some in chunk_values(sorted(bodies)):
        session.execute(
            delete(RetrievalRow).where(RetrievalRow.sha256.in_(some), RetrievalRow.at < before)
        )


def list_retrievals(session: Session, bodies: Collection[str]) -> list[Retrieval]:
    """Load each body's retrievals, the first one first."""
    rows = session.list_among(RetrievalRow, RetrievalRow.sha256, sorted(bodies))
    return [make_value(Retrieval, row) for row in sorted(rows, key=attrgetter("at"))]
