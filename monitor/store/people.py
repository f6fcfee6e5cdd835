"""Who had something done with an event: by number in all that is kept of it, so that a name can be taken out of it later."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from monitor.store.tables import PersonRow
from monitor.triage.values import Person

SOMEBODY = "somebody who was erased"
ERASED = "erased:"  # how the handle of somebody begins whose name was taken out


def save_person(session: Session, person: Person) -> int:
    """The number of a person; what they are called now is kept, where that is known, and by what they were let last."""
    row = session.exec(select(PersonRow).where(PersonRow.handle == person.handle)).first()
    row = row or PersonRow(handle=person.handle, name=person.handle.partition(":")[2])
    row.name, row.role = person.name or row.name, person.role or row.role
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def get_person_name(row: PersonRow) -> str:
    """The name, or what is left of somebody who was erased: the role."""
    return row.name or f"{SOMEBODY} ({row.role or 'no role'})"


def load_people(session: Session, numbers: Iterable[int | None]) -> dict[int, PersonRow]:
    """The people of these numbers."""
    wanted = sorted({one for one in numbers if one is not None})
    return {row.id: row for row in session.exec(select(PersonRow).where(col(PersonRow.id).in_(wanted))).all() if row.id}
