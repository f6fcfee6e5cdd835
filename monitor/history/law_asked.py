"""What the law that is kept is asked, put into SQL."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, bindparam, or_
from sqlalchemy import select as columns_of
from sqlmodel import col, func, true

from monitor.history import law, sightings
from monitor.history.dialect import holds
from monitor.history.tables import ClueRow, LawRow, PartRow, StretchRow

if TYPE_CHECKING:
    from monitor.timeline.clues import Clue

RANK = (col(PartRow.begins), col(PartRow.told), col(PartRow.key), col(PartRow.measure), col(PartRow.number))
BY_DAY = (col(PartRow.published), col(PartRow.key), *RANK)


def _found(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """That an act can be found by a clue of a `kind`."""
    return col(LawRow.id).in_(columns_of(col(ClueRow.law)).where(col(ClueRow.kind) == bindparam("kind"), *which))


# Made once: what is asked for every name takes longer to be put into words than to be answered.
KNOTS, KEYS = columns_of(col(LawRow.knot)).distinct(), columns_of(col(LawRow.key))
WITH = _found(col(ClueRow.word).in_(bindparam("words", expanding=True)))
KNOTS_OF = KNOTS.where(col(LawRow.key).in_(bindparam("keys", expanding=True)))
KNOTS_WITH, KEYS_WITH = KNOTS.where(WITH), KEYS.where(WITH)
KNOTS_UNDER = KNOTS.where(_found(col(ClueRow.word) >= bindparam("first"), col(ClueRow.word) < bindparam("behind")))
KEYS_NUMBERED = KEYS.where(col(LawRow.id).in_(bindparam("laws", expanding=True)))


def knots_dated(first: str, last: str, after: str) -> Select[Any]:
    """The knots of acts in whose lives something changes between two days, or the day `after`."""
    turns = or_(col(StretchRow.since).between(first, after), col(StretchRow.last).between(first, last))
    return columns_of(col(PartRow.knot)).distinct().join(StretchRow, col(StretchRow.part) == col(PartRow.id)).where(turns)


def keys_holding(text: str) -> Select[Any]:
    """The acts that can be found by a clue of a `kind` whose word holds this text."""
    return KEYS.where(_found(holds(col(ClueRow.word), text)))


def words_of(clue: "Clue") -> Select[str, int]:
    """All words of this kind, each with the number of its act."""
    return columns_of(col(ClueRow.word), col(ClueRow.law)).where(col(ClueRow.kind) == clue)


def places(numbers: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """Of these parts the knot, and what ranks them."""
    return columns_of(col(PartRow.id), col(PartRow.knot), *RANK).where(col(PartRow.id).in_(numbers))


def parts_of(act: str) -> Select[Any]:
    """The parts of an act."""
    return columns_of(col(PartRow.id)).where(col(PartRow.key) == act)


def ranked(code: str) -> Select[Any]:
    """All parts in the order of the law; of one register where that is said."""
    return columns_of(col(PartRow.id)).where(_on(code)).order_by(*RANK)


def by_day(code: str, authority: str, day: date | None, source: str) -> Select[Any]:
    """The parts of all that is said, the oldest act first."""
    whose = col(PartRow.authority) == authority if authority else true()
    brought = col(PartRow.key).in_(sightings.brought_by(source)) if source else true()
    query = columns_of(col(PartRow.id)).where(_on(code), whose, _turning(day) if day else true(), brought)
    return query.order_by(*BY_DAY)


def standing(day: date, code: str) -> Select[Any]:
    """The parts of their own in force, by how they stood on a day; of a register also what has ended."""
    last = true() if code else col(StretchRow.status) != law.OVER
    since = () if code else (col(StretchRow.since),)
    order = (col(StretchRow.status), col(PartRow.published), col(PartRow.key), *since, *RANK)
    parts: Select[Any] = _on_day(columns_of(col(PartRow.id)), day).where(_on(code), last)
    return parts.order_by(*order)


def newest(most: int) -> Select[Any]:
    """The parts of their own that began last, the newest first."""
    order = (column.desc() for column in (col(PartRow.since), *RANK))
    return columns_of(col(PartRow.id)).where(col(PartRow.own)).order_by(*order).limit(most)


def of_their_own() -> Select[Any]:
    """How many parts are more than a change of others."""
    return columns_of(func.count()).select_from(PartRow).where(col(PartRow.own))


def anywhere(day: date | None) -> Select[Any]:
    """How many of these name no destination; as they stood on a day where that is said."""
    query = columns_of(func.count()).select_from(PartRow)
    if day:
        query = _on_day(query, day).where(col(StretchRow.status) != law.OVER)
    return query.where(col(PartRow.own), col(PartRow.anywhere))


def first_day_on(code: str) -> Select[Any]:
    """The first day of what is on a register."""
    return columns_of(func.min(col(PartRow.since))).where(_on(code), col(PartRow.own))


def registers_named() -> Select[Any]:
    """The registers that acts make."""
    return columns_of(col(PartRow.code)).distinct().where(col(PartRow.code) != "")


def standing_by_register(day: date) -> Select[Any]:
    """How many parts stood on a day, by register."""
    stood: Select[Any] = _on_day(columns_of(col(PartRow.code), func.count()), day)
    return stood.where(col(StretchRow.status) != law.OVER).group_by(col(PartRow.code))


def _on(code: str) -> ColumnElement[bool]:
    return col(PartRow.code) == code if code else true()


def _on_day(query: Any, day: date) -> Any:
    """Of the parts of their own the stretch that a day lies in."""
    on = day.isoformat()
    stretch: Select[Any] = query.join(StretchRow, col(StretchRow.part) == col(PartRow.id))
    return stretch.where(col(PartRow.own), col(StretchRow.since) <= on, col(StretchRow.until) >= on)


def _turning(day: date) -> ColumnElement[bool]:
    on = day.isoformat()
    turned = columns_of(col(StretchRow.part)).where(or_(col(StretchRow.since) == on, col(StretchRow.last) == on))
    published = columns_of(col(LawRow.key)).where(col(LawRow.published) == on)
    return or_(col(PartRow.id).in_(turned), col(PartRow.key).in_(published))
