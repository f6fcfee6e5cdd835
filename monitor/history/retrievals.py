"""How bodies came that prove something: kept beside what was read from them."""

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
from sqlalchemy import delete
from sqlmodel import Session, col, select

from monitor.history.columns import parts
from monitor.history.reads import Retrieval
from monitor.history.tables import RetrievalRow
from monitor.model import to_json
from monitor.source.page import ResponseRecord


def keep(session: Session, came: Iterable[Retrieval]) -> None:
    """Keep how these bodies came; one that is known already stays as it is."""
    for one in came:
        if session.get(RetrievalRow, (one.sha256, one.at)) is None:
            session.add(RetrievalRow(sha256=one.sha256, at=one.at, responses=to_json(one.responses).decode()))


def forget(session: Session, bodies: Collection[str], before: datetime) -> None:
    """Let go of how these bodies came before then."""
    for some in parts(sorted(bodies)):
        session.execute(delete(RetrievalRow).where(col(RetrievalRow.sha256).in_(some), col(RetrievalRow.at) < before))


def of_bodies(session: Session, bodies: Collection[str]) -> list[Retrieval]:
    """How each of these bodies came, the first time first."""
    query = select(RetrievalRow).order_by(col(RetrievalRow.at))
    rows = [row for some in parts(sorted(bodies)) for row in session.exec(query.where(col(RetrievalRow.sha256).in_(some))).all()]
    return [Retrieval(row.sha256, row.at, msgspec.json.decode(row.responses, type=tuple[ResponseRecord, ...])) for row in rows]
