"""When each source brought news, as far as that shows when its publisher publishes."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.diff import ChangeKind
from monitor.history.columns import json_text
from monitor.history.tables import ChangeRow, EventRow

NEWS = (ChangeKind.NEW, ChangeKind.AMENDED, ChangeKind.EXTENDED, ChangeKind.EDITION, ChangeKind.REPORTED)


def published(session: Session, since: datetime) -> dict[str, list[datetime]]:
    """By source, the moments since then of what was told: the official time where the page gives one, else when we saw it."""
    official = json_text(ChangeRow.fact, "published")
    query = (
        select(ChangeRow.source, ChangeRow.at, official)
        .join(EventRow, col(EventRow.key) == ChangeRow.event)
        .where(col(ChangeRow.at) >= since, col(ChangeRow.kind).in_(NEWS), col(EventRow.told).is_(True))
    )
    moments: defaultdict[str, list[datetime]] = defaultdict(list)
    for source, at, said in session.exec(query).all():
        moments[source].append(_moment(said) or at)
    return dict(moments)


def _moment(said: object) -> datetime | None:
    """The instant that an official time names; None for a bare day, or a time of nowhere."""
    if not isinstance(said, str) or "T" not in said:
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
