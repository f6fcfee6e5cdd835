"""Who had something done with an event: by number in all that is kept of it, so that a name can be taken out of it later."""

from collections.abc import Iterable

from monitor.store.session import Session
from monitor.store.tables import PersonRow
from monitor.triage.values import Person

SOMEBODY = "somebody who was erased"
ERASED = "erased:"  # how the handle of somebody begins whose name was taken out


def save_person(session: Session, person: Person) -> int:
    """The number of a person; what they are called now is kept, where that is known, and by what they were let last."""
    row = session.find_row(PersonRow, PersonRow.handle == person.handle)
    row = row or PersonRow(handle=person.handle, name=person.handle.partition(":")[2])
    row.name, row.role = person.name or row.name, person.role or row.role
    session.keep(row)
    return row.id


def get_person_name(row: PersonRow) -> str:
    """The name, or what is left of somebody who was erased: the role."""
    return row.name or f"{SOMEBODY} ({row.role or 'no role'})"


def load_people(session: Session, numbers: Iterable[int | None]) -> dict[int, PersonRow]:
    """The people of these numbers."""
    wanted = sorted({one for one in numbers if one is not None})
    return {row.id: row for row in session.list_rows(PersonRow, PersonRow.id.in_(wanted))}
