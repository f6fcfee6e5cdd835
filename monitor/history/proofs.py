"""Which bodies in the archive something rests on: what was told, what is known, what is to be looked at again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from monitor.history.identity import ONE
from monitor.history.tables import AddressRow, ChangeRow, ProofRow, ReadingRow, RegisterRow, StoreRow

PROVING: tuple[Any, ...] = (ReadingRow.sha256, ChangeRow.sha256, RegisterRow.sha256, RegisterRow.held_sha256, ProofRow.sha256)
NAMING: tuple[Any, ...] = (
    *PROVING,
    AddressRow.sha256,
)  # what a page said last proves nothing, and is wanted again


def needed(session: Session, bodies: Collection[str]) -> set[str]:
    """Those of these bodies that a row names."""
    named = (session.exec(select(column).where(col(column).in_(bodies)).distinct()).all() for column in NAMING)
    return {sha256 for column in named for sha256 in column if sha256}


def is_evidence(session: Session, sha256: str) -> bool:
    """Whether a body of this hash gave a fact, so that it must lie in the archive."""
    return session.exec(select(ReadingRow.id).where(ReadingRow.sha256 == sha256)).first() is not None


def prove(session: Session, bodies: Collection[str]) -> None:
    """Bodies that prove something beside the page that it is recorded of: an act's annexes, a register's companions."""
    for sha256 in bodies:
        session.merge(ProofRow(sha256=sha256))


def are_known(session: Session) -> bool:
    """Whether all that proves something is named by a row. A store of an earlier version did not keep what lay beside a page."""
    row = session.get(StoreRow, ONE)
    return row is not None and row.proofs_since is not None


def take_for_proofs(session: Session, bodies: Collection[str], now: datetime) -> None:
    """Take all that lies in the archive by now for a proof; from now on what is one is known."""
    prove(session, bodies)
    session.get_one(StoreRow, ONE).proofs_since = now
