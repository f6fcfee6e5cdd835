"""How bodies came that prove something: kept beside what was read from them."""

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
from sqlalchemy import delete
from sqlmodel import Session, col, select

from monitor.history.columns import parts
from monitor.history.dialect import insert_unless_there
from monitor.history.reads import Arrival
from monitor.history.tables import ArrivalRow
from monitor.model import to_json
from monitor.source.page import Hop


def keep(session: Session, arrivals: Iterable[Arrival]) -> None:
    """Keep how these bodies came; one that is known already stays as it is."""
    rows = [{"sha256": one.sha256, "at": one.at, "hops": to_json(one.hops).decode()} for one in arrivals]
    insert_unless_there(session, ArrivalRow, rows)


def forget(session: Session, bodies: Collection[str], before: datetime) -> None:
    """Let go of how these bodies came before then."""
    for some in parts(sorted(bodies)):
        session.execute(delete(ArrivalRow).where(col(ArrivalRow.sha256).in_(some), col(ArrivalRow.at) < before))


def of_bodies(session: Session, bodies: Collection[str]) -> list[Arrival]:
    """How each of these bodies came, the first time first."""
    rows = [
        row
        for some in parts(sorted(bodies))
        for row in session.exec(select(ArrivalRow).where(col(ArrivalRow.sha256).in_(some)).order_by(col(ArrivalRow.at))).all()
    ]
    return [Arrival(row.sha256, row.at, msgspec.json.decode(row.hops, type=tuple[Hop, ...])) for row in rows]
