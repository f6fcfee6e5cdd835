"""Acts as they were seen and understood over time, and the changes that say so."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from monitor.diff import ChangeKind
from monitor.history.acts import READ, announcement, evidence_of
from monitor.history.tables import ActRow, ChangeRow
from monitor.history.values import Happening, Recorded
from monitor.model import Edition, Fact, edition_from_json, fact_from_json
from monitor.timeline import Reading, Sighting

NOT_FOUND = (ChangeKind.PAGE, ChangeKind.REMINDER, ChangeKind.WATCH)


def sightings(session: Session) -> list[Sighting]:
    """Every act as often as what is known of it changed, in the order in which they were first seen."""
    rows = session.exec(
        select(ChangeRow.key, ChangeRow.at, ChangeRow.fact).where(col(ChangeRow.kind).in_(READ)).order_by(col(ChangeRow.id))
    )
    readings: dict[str, list[Reading]] = defaultdict(list)
    for key, at, fact in rows:
        readings[key].append(Reading(at, announcement(fact)))
    baselines = set(session.exec(select(ActRow.key).where(col(ActRow.baseline).is_(True))).all())
    return [Sighting(tuple(acts), baseline=key in baselines) for key, acts in readings.items()]


def recorded(session: Session, keys: Iterable[str]) -> list[Recorded]:
    """All that was ever recorded of these acts, reports or editions, in that order, each with its evidence."""
    return _recorded(session, col(ChangeRow.key).in_(sorted(set(keys))))


def recorded_as(session: Session, sha256: str) -> list[Recorded]:
    """All that was recorded from bytes whose hash begins so."""
    return _recorded(session, col(ChangeRow.sha256).startswith(sha256, autoescape=True))


def happenings(session: Session) -> list[Happening]:
    """All that was ever found, in its order; what the calendar or a changed watch list brought was not found on a page,
    and what a watched page says is nobody's act.
    """
    rows = session.exec(select(ChangeRow).where(col(ChangeRow.kind).not_in(NOT_FOUND)).order_by(col(ChangeRow.id))).all()
    baselines = set(session.exec(select(ActRow.key).where(col(ActRow.baseline).is_(True))).all())
    return [
        Happening(row.at, row.kind, row.source, _told(row), evidence, row.key in baselines and row.kind is ChangeKind.NEW)
        for row in rows
        if (evidence := evidence_of(row))
    ]


def _told(row: ChangeRow) -> Fact | Edition:
    return edition_from_json(row.fact) if row.kind is ChangeKind.EDITION else fact_from_json(row.fact)


def _recorded(session: Session, which: ColumnElement[bool]) -> list[Recorded]:
    rows = session.exec(select(ChangeRow).where(which).order_by(col(ChangeRow.id))).all()
    return [
        Recorded(row.at, row.kind, row.key, row.source, evidence)
        for row in rows
        if row.kind is not ChangeKind.REMINDER and (evidence := evidence_of(row))
    ]
