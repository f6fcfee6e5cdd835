"""Acts as they were seen and understood over time, and the changes that say so."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from monitor.diff import ChangeKind
from monitor.history import spoken
from monitor.history.acts import READ, announcement, evidence_of
from monitor.history.columns import instant, parts
from monitor.history.records import Happening, Recorded
from monitor.history.tables import ActRow, ChangeRow, LawRow
from monitor.model import Edition, Fact, edition_from_json, fact_from_json
from monitor.timeline import Reading, Sighting

AT_ONCE = 1_000  # rows whose text is held beside what it was made into
NOT_FOUND = (ChangeKind.PAGE, ChangeKind.REMINDER, ChangeKind.WATCH)


def sightings(session: Session) -> list[Sighting]:
    """Every act as often as what is known of it changed, in the order in which they were first seen."""
    rows = session.connection().execute(READINGS.execution_options(yield_per=AT_ONCE))
    return [sighting for _, sighting in _sightings(rows, session.execute(BASELINES).scalars())]


def of_keys(session: Session, keys: Iterable[str]) -> list[Sighting]:
    """The same of these acts."""
    seen = list[tuple[int, Sighting]]()
    for some in parts(keys):
        rows = ((*row, instant(at), fact) for *row, at, fact in spoken.rows(session, READINGS_OF, {"keys": some}))
        seen += _sightings(rows, (key for (key,) in spoken.rows(session, BASELINES_OF, {"keys": some})))
    return [sighting for _, sighting in sorted(seen, key=lambda numbered: numbered[0])]


def of_knots(session: Session, knots: Iterable[int]) -> list[Sighting]:
    """The same of the acts of these knots."""
    keys = [key for some in parts(knots) for (key,) in spoken.rows(session, KEYS_OF, {"knots": some})]
    return of_keys(session, keys)


READINGS = (
    columns_of(col(ChangeRow.id), col(ChangeRow.key), col(ChangeRow.at), col(ChangeRow.fact))
    .where(col(ChangeRow.kind).in_(READ))
    .order_by(col(ChangeRow.id))
)
BASELINES = columns_of(col(ActRow.key)).where(col(ActRow.baseline).is_(True))
OF: BindParameter[str] = bindparam("keys", expanding=True)
READINGS_OF, BASELINES_OF = READINGS.where(col(ChangeRow.key).in_(OF)), BASELINES.where(col(ActRow.key).in_(OF))
KEYS_OF = columns_of(col(LawRow.key)).where(
    col(LawRow.knot).in_(bindparam("knots", expanding=True)), col(LawRow.first).is_not(None)
)


def _sightings(rows: Iterable[Any], baseline_keys: Iterable[str]) -> list[tuple[int, Sighting]]:
    """Each by the number of its first change."""
    readings: dict[str, list[Reading]] = defaultdict(list)
    first: dict[str, int] = {}
    for number, key, at, fact in rows:
        first.setdefault(key, number)
        readings[key].append(Reading(at, announcement(fact)))
    baselines = set(baseline_keys)
    return [(first[key], Sighting(tuple(acts), baseline=key in baselines)) for key, acts in readings.items()]


def recorded(session: Session, keys: Iterable[str]) -> list[Recorded]:
    """All that was ever recorded of these acts, reports or editions, in that order, each with its evidence."""
    wanted = sorted(set(keys))
    return _recorded(session, col(ChangeRow.key).in_(wanted)) if wanted else []


def recorded_as(session: Session, sha256: str) -> list[Recorded]:
    """All that was recorded from bytes whose hash begins so."""
    return _recorded(session, col(ChangeRow.sha256).startswith(sha256, autoescape=True))


def recorded_at(session: Session, url: str) -> list[Recorded]:
    """All that was recorded from a page at this address."""
    return _recorded(session, col(ChangeRow.url) == url)


def brought_by(source: str) -> Select[str]:
    """What a source brought, by key, as a query."""
    brought = col(ChangeRow.source) == source, col(ChangeRow.sha256).is_not(None), col(ChangeRow.kind) != ChangeKind.REMINDER
    return columns_of(col(ChangeRow.key)).where(*brought)


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
