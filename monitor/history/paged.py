"""What a `History` can be asked by whoever looks at it a page at a time: what was recorded since, the rows of a register, its
editions, and how its sources fared of late.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlalchemy import or_
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from monitor.diff import ChangeKind
from monitor.history import addresses, records, tables
from monitor.history.acts import evidence_of
from monitor.history.columns import json_text
from monitor.history.tables import ChangeRow, LookRow, TroubleRow
from monitor.history.transactions import Transactions
from monitor.model import Problem, edition_from_json

EDITIONS = 50  # that are held at once
NEWEST: int | None = 2**63 - 1  # no id is as large
NOT_ON_A_PAGE = (ChangeKind.REMINDER, ChangeKind.WATCH)  # what no publisher brought


class Paged(Transactions):
    """A history a page at a time."""

    def events(self, after: int, limit: int) -> list[records.Event]:
        """What was recorded after the event of this number, in its order."""
        with self._transaction() as session:
            brought = col(ChangeRow.kind).not_in(NOT_ON_A_PAGE), col(ChangeRow.sha256).is_not(None)
            query = select(ChangeRow).where(col(ChangeRow.id) > after, *brought).order_by(col(ChangeRow.id)).limit(limit)
            return [event for row in session.exec(query).all() if (event := _event(row))]

    def leave_unread(self) -> set[str]:
        """The sources of which a page was tried and is still owed a read."""
        with self._transaction() as session:
            return addresses.leave_unread(session)

    def registers_read(self) -> dict[str, tuple[str, datetime]]:
        """By reader, the code of each register that was ever read whole, and when it was read last."""
        with self._transaction() as session:
            return {row.reader: (row.code, row.read_at) for row in session.exec(select(tables.RegisterRow)).all()}

    def rows_on(
        self, reader: str, moment: datetime, words: str = "", after: str = "", limit: int = 100
    ) -> list[records.ListedOn]:
        """The records that stood in a register at a moment and whose name or id holds these words, after the one of that id."""
        with self._transaction() as session:
            listed = tables.ListedRow
            known_by, called = col(listed.row), col(listed.name)
            stood = or_(col(listed.gone).is_(None), col(listed.gone) > moment)
            query = columns_of(known_by, called, col(listed.first_seen), col(listed.gone), col(listed.held_since))
            query = query.where(col(listed.reader) == reader, known_by > after, col(listed.first_seen) <= moment, stood)
            if words:
                query = query.where(or_(*(column.icontains(words, autoescape=True) for column in (called, known_by))))
            return [records.ListedOn(*row) for row in session.connection().execute(query.order_by(known_by).limit(limit))]

    def editions(self, register: str, since: datetime, until: datetime) -> Iterator[records.EditionTold]:
        """What the reads of a register changed between two moments, the newest first, as far as somebody asks for it."""
        asked = ChangeRow.kind == ChangeKind.EDITION, col(ChangeRow.at) >= since, col(ChangeRow.at) <= until
        query = select(ChangeRow).where(*asked, json_text(ChangeRow.fact, "register") == register)
        query, last = query.order_by(col(ChangeRow.id).desc()).limit(EDITIONS), NEWEST
        while last:
            with self._transaction() as session:
                rows = session.exec(query.where(col(ChangeRow.id) < last)).all()
                told = [records.EditionTold(row.at, edition_from_json(row.fact), evidence_of(row)) for row in rows]
                last = rows[-1].id if rows else None
            yield from told

    def stretches(self, since: datetime) -> list[records.Stretch]:
        """When sources were looked at since a moment, and what was wrong with them meanwhile."""
        with self._transaction() as session:
            return [*_looked(session, since), *_troubled(session, since)]


def _event(row: ChangeRow) -> records.Event | None:
    evidence = evidence_of(row)
    if evidence is None or row.id is None:
        return None
    fact = msgspec.json.decode(row.fact)
    title = fact.get("title") or fact.get("register") or ""
    return records.Event(row.id, str(title), records.Recorded(row.at, row.kind, row.key, row.source, evidence))


def _looked(session: Session, since: datetime) -> Iterator[records.Stretch]:
    rows = session.exec(select(LookRow).where(col(LookRow.until) >= since).order_by(col(LookRow.id))).all()
    yield from (records.Stretch(row.source, row.since, row.until) for row in rows)


def _troubled(session: Session, since: datetime) -> Iterator[records.Stretch]:
    lasted = or_(col(TroubleRow.over).is_(None), col(TroubleRow.over) >= since)
    for row in session.exec(select(TroubleRow).where(lasted).order_by(col(TroubleRow.id))).all():
        yield records.Stretch(row.about, row.since, row.over, msgspec.json.decode(row.problem, type=Problem).kind)
