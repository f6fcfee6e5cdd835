"""What is kept of people who had something done, and how a name is taken out of it: an audit keeps the role."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from monitor.history import mutes, people
from monitor.history.tables import ChangeRow, DealingRow, DismissalRow, HandlingRow, MuteRow, PersonRow
from monitor.model import HandedIn, to_json
from monitor.triage.values import KeptPerson, Person, PersonalRecord

BY = (DismissalRow, MuteRow, DealingRow)  # who said so stands there by name
ALSO_WITHDRAWN = (DismissalRow, MuteRow)  # and who took it back
# Columns of a change whose JSON holds a person's name, and under which member; a look back is its own fact.
NAMED_IN = (("touches", "dismissed_by"), ("fact", "dismissed_by"), ("handed", "by"))


def everybody(session: Session) -> list[KeptPerson]:
    """Everybody of whom something is kept; those who never had anything done with an event are known by name alone."""
    rows = session.exec(select(PersonRow).where(col(PersonRow.erased_at).is_(None)).order_by(col(PersonRow.id))).all()
    known = [KeptPerson(row.id or 0, Person(row.handle, row.name, row.role)) for row in rows]
    named = {name for kind in BY for name in session.exec(select(kind.by).distinct()).all()}
    named |= {name for kind in ALSO_WITHDRAWN for name in session.exec(select(kind.withdrawn_by).distinct()).all() if name}
    named |= {handed.by for _, handed in _handed_in(session)}
    alone = sorted(name for name in named - {one.person.name for one in known} if name and not name.startswith(people.SOMEBODY))
    return [*known, *(KeptPerson(0, Person("", name)) for name in alone)]


def _handed_in(session: Session) -> Iterator[tuple[ChangeRow, HandedIn]]:
    """What was read from pages that somebody handed in."""
    for row in session.exec(select(ChangeRow).where(col(ChangeRow.handed).is_not(None))).all():
        yield row, msgspec.json.decode(row.handed or "", type=HandedIn)


def kept_of(session: Session, kept: KeptPerson) -> list[PersonalRecord]:
    """All that is kept of somebody, the oldest first."""
    return sorted(entries(session, kept), key=lambda entry: entry.at)


def entries(session: Session, kept: KeptPerson) -> Iterator[PersonalRecord]:
    """All that is kept of somebody."""
    if kept.number:
        yield from _by_number(session, kept.number)
    yield from _by_name(session, kept.person.name)
    yield from _withdrawn(session, kept.person.name)


def _by_number(session: Session, number: int) -> Iterator[PersonalRecord]:
    for row in session.exec(select(HandlingRow).where(HandlingRow.person == number)).all():
        says = "; ".join(filter(None, (row.decision, row.to, row.until, row.text, row.refused)))
        yield PersonalRecord(f"triage: {row.verb}", row.at, row.event or "", says)
    for mute in session.exec(select(MuteRow).where(MuteRow.person == number)).all():
        yield PersonalRecord("mute of news", mute.at, f"{mute.about}:{mute.name}", mute.reason)


def _by_name(session: Session, name: str) -> Iterator[PersonalRecord]:
    for dismissal in session.exec(select(DismissalRow).where(DismissalRow.by == name)).all():
        yield PersonalRecord("dismissal", dismissal.at, dismissal.entry, f"is not {dismissal.subject_name}")
    for mute in session.exec(select(MuteRow).where(MuteRow.by == name, MuteRow.about == mutes.TROUBLES)).all():
        yield PersonalRecord("mute of a source", mute.at, mute.name, mute.reason)
    for dealing in session.exec(select(DealingRow).where(DealingRow.by == name)).all():
        yield PersonalRecord(f"message: {dealing.intervention}", dealing.at, str(dealing.message), dealing.reason)
    for change, handed in _handed_in(session):
        if handed.by == name:
            yield PersonalRecord("page handed in", datetime.fromisoformat(handed.at), change.key, handed.note)


def _withdrawn(session: Session, name: str) -> Iterator[PersonalRecord]:
    """What they took back; of the news that is a step of triage."""
    for dismissal in session.exec(select(DismissalRow).where(DismissalRow.withdrawn_by == name)).all():
        at = dismissal.withdrawn_at or dismissal.at
        yield PersonalRecord("dismissal taken back", at, dismissal.entry, f"may be {dismissal.subject_name}")
    for mute in session.exec(select(MuteRow).where(MuteRow.withdrawn_by == name)).all():
        yield PersonalRecord("mute of a source taken back", mute.withdrawn_at or mute.at, mute.name, "")


def erase(session: Session, number: int, name: str, now: datetime) -> None:
    """Take a name and a handle out of all that is kept; what they did stays, with the role by which they were let."""
    row = session.get(PersonRow, number) if number else None
    left = people.SOMEBODY
    if row:
        name, row.handle, row.name, row.erased_at = name or row.name, f"{people.ERASED}{row.id}", "", now
        left = people.called(row)
        session.add(row)
    if not name:
        return
    for kind in BY:
        for one in session.exec(select(kind).where(kind.by == name)).all():
            one.by = left
            session.add(one)
    for kind in ALSO_WITHDRAWN:
        for one in session.exec(select(kind).where(kind.withdrawn_by == name)).all():
            one.withdrawn_by = left
            session.add(one)
    _erase_in_changes(session, name, left)


def _erase_in_changes(session: Session, name: str, left: str) -> None:
    """A dismissal stands in what was held against the watch list, and who handed a page in beside its bytes."""
    for column, member in NAMED_IN:
        old, new = (f'"{member}":{to_json(one).decode()}' for one in (name, left))
        query = select(ChangeRow).where(col(getattr(ChangeRow, column)).contains(old, autoescape=True))
        for row in session.exec(query).all():
            setattr(row, column, getattr(row, column).replace(old, new))
            session.add(row)
