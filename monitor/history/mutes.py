"""Which sources people have muted: who, until when and why. What is over or was taken back stays on record."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.history.tables import MuteRow
from monitor.source.health import Mute, is_muted


def mute_of_source(session: Session, source: str, now: datetime) -> MuteRow | None:
    """The mute of a source that holds now."""
    query = select(MuteRow).where(MuteRow.source == source, col(MuteRow.withdrawn_at).is_(None))
    row = session.exec(query.order_by(col(MuteRow.id).desc())).first()
    return row if row and is_muted(row.until, now) else None


def standing(session: Session, now: datetime) -> list[Mute]:
    """Every mute that holds now, by source."""
    query = select(MuteRow).where(col(MuteRow.withdrawn_at).is_(None), MuteRow.until > now)
    return [_mute(row) for row in session.exec(query.order_by(MuteRow.source)).all()]


def mute(session: Session, sources: Collection[str], until: datetime, by: str, reason: str, now: datetime) -> None:
    """Mute sources; what was said of them before no longer holds."""
    withdraw(session, sources, by, now)
    for source in sources:
        session.add(MuteRow(source=source, until=until, by=by, reason=reason, at=now))


def withdraw(session: Session, sources: Collection[str], by: str, now: datetime) -> list[str]:
    """Take the mutes of sources back, who and when with them; which of the sources were muted."""
    rows = [row for source in sources if (row := mute_of_source(session, source, now))]
    for row in rows:
        row.withdrawn_by, row.withdrawn_at = by, now
        session.add(row)
    session.flush()
    return [row.source for row in rows]


def _mute(row: MuteRow) -> Mute:
    return Mute(row.source, row.until, row.by, row.at, row.reason)
