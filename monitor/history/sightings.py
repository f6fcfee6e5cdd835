"""Acts as they were seen and understood over time, the changes that say so, and who stood on which whole register when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec
from sqlmodel import Session, col, select

from monitor.history.acts import announcement
from monitor.history.tables import ChangeRow, ListedRow, OutboxRow, RegisterRow
from monitor.history.values import Recorded, Stay
from monitor.model import Entity, Evidence
from monitor.timeline import Reading, Sighting
from monitor.timeline.names import also_called, folded
from monitor.clock import iso

READ = ("new", "amended", "corrected")  # the kinds of change after which an act is known as it was found


def sightings(session: Session) -> list[Sighting]:
    """Every act as often as what is known of it changed, in the order in which they were first seen."""
    rows = session.exec(
        select(ChangeRow.key, ChangeRow.at, ChangeRow.fact).where(col(ChangeRow.kind).in_(READ)).order_by(col(ChangeRow.id))
    )
    readings: dict[str, list[Reading]] = defaultdict(list)
    for key, at, fact in rows:
        readings[key].append(Reading(at, announcement(fact)))
    told = set(session.exec(select(OutboxRow.key).where(OutboxRow.kind == "act")).all())
    return [Sighting(tuple(found), baseline=f"{key}:act" not in told) for key, found in readings.items()]


def recorded(session: Session, keys: Iterable[str]) -> list[Recorded]:
    """All that was ever recorded of these acts, reports or editions, in that order, each with its evidence."""
    rows = session.exec(select(ChangeRow).where(col(ChangeRow.key).in_(sorted(set(keys)))).order_by(col(ChangeRow.id))).all()
    return [
        Recorded(row.at, row.kind, row.key, row.source, Evidence(url=row.url, sha256=row.sha256, fetched_at=iso(row.fetched_at)))
        for row in rows
        if row.kind != "reminder"
    ]


def stays(session: Session, name: str) -> Iterator[Stay]:
    """When this name, or an alias, stood on which registers that are published whole, by what their records say last."""
    codes = dict(session.exec(select(RegisterRow.reader, RegisterRow.code)).all())
    asked = folded(name)
    rows = session.exec(
        select(ListedRow.reader, ListedRow.row, ListedRow.name, ListedRow.subject, ListedRow.first_seen, ListedRow.gone).order_by(
            col(ListedRow.reader), col(ListedRow.first_seen), col(ListedRow.id)
        )
    )
    for reader, row, listed, subject, first_seen, gone in rows:
        if asked == folded(listed) or asked in _names(subject):
            yield Stay(codes.get(reader, reader), row, listed, first_seen, gone)


def _names(subject: str) -> set[str]:
    """What a record's subject is called; nothing where it is an item."""
    try:
        return also_called(msgspec.json.decode(subject, type=Entity))
    except msgspec.ValidationError:
        return set()
