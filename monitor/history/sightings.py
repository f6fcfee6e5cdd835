"""Acts as they were seen and understood over time, the changes that say so, and who stood on which whole register when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec
from sqlmodel import Session, col, select

from monitor.diff import ChangeKind
from monitor.history.acts import announcement, evidence_of
from monitor.history.tables import ActRow, ChangeRow, ListedRow, RegisterRow
from monitor.history.values import ListingPeriod, Recorded
from monitor.model import Entity
from monitor.timeline import Reading, Sighting
from monitor.timeline.names import also_called
from monitor.vocabulary.letters import bare

# The kinds of change after which more, or else, is known of an act.
READ = (ChangeKind.NEW, ChangeKind.AMENDED, ChangeKind.CORRECTED, ChangeKind.EXTENDED, ChangeKind.DISPUTED)


def sightings(session: Session) -> list[Sighting]:
    """Every act as often as what is known of it changed, in the order in which they were first seen."""
    rows = session.exec(
        select(ChangeRow.key, ChangeRow.at, ChangeRow.fact).where(col(ChangeRow.kind).in_(READ)).order_by(col(ChangeRow.id))
    )
    readings: dict[str, list[Reading]] = defaultdict(list)
    for key, at, fact in rows:
        readings[key].append(Reading(at, announcement(fact)))
    baselines = set(session.exec(select(ActRow.key).where(col(ActRow.baseline).is_(True))).all())
    return [Sighting(tuple(found), baseline=key in baselines) for key, found in readings.items()]


def recorded(session: Session, keys: Iterable[str]) -> list[Recorded]:
    """All that was ever recorded of these acts, reports or editions, in that order, each with its evidence."""
    rows = session.exec(select(ChangeRow).where(col(ChangeRow.key).in_(sorted(set(keys)))).order_by(col(ChangeRow.id))).all()
    return [
        Recorded(row.at, row.kind, row.key, row.source, evidence)
        for row in rows
        if row.kind is not ChangeKind.REMINDER and (evidence := evidence_of(row))
    ]


def listing_periods(session: Session, name: str) -> Iterator[ListingPeriod]:
    """When this name, or an alias, stood on which registers that are published whole, by what their records say last."""
    codes = dict(session.exec(select(RegisterRow.reader, RegisterRow.code)).all())
    asked = bare(name)
    every = session.exec(select(ListedRow.id, ListedRow.name, ListedRow.subject)).all()
    found = [row for row, listed, subject in every if asked == bare(listed) or asked in _names(subject)]
    for each in sorted((session.get_one(ListedRow, row) for row in found), key=lambda row: (row.reader, row.first_seen, row.row)):
        yield ListingPeriod(codes.get(each.reader, each.reader), each.row, each.name, each.first_seen, each.gone)


def _names(subject: str) -> set[str]:
    """What a record's subject is called; nothing where it is an item."""
    try:
        return also_called(msgspec.json.decode(subject, type=Entity))
    except msgspec.ValidationError:
        return set()
