"""What a `History` can be asked of all names on record, so that nobody need read all who asks for a few."""

from collections.abc import Iterator
from contextlib import contextmanager

from monitor.history import names, naming, on_record, watched
from monitor.history.on_record import NamesOnRecord
from monitor.history.transactions import Transactions
from monitor.history.watched import OnRecord
from monitor.model import Entity, Item

PORTION = 5_000  # acts, and rows of registers, whose names are made together


class NamesKept(Transactions):
    """The names of a history, and who is called so."""

    waits_for_names = True  # whoever asks for a name has all of them made ready

    def names_lag(self) -> int:
        """Of how many acts and rows names are to be made ready before anybody is looked up by them."""
        with self._transaction() as session:
            return naming.lag(session)

    def make_names(self, most: int = PORTION) -> int:
        """Make some of the names ready; how many acts and rows are left. In between, others may write."""
        with self._transaction() as session:
            portion = names.next_portion(session, most)
        made = portion.marks()
        with self._transaction() as session:
            return names.enter(session, portion, made)

    @contextmanager
    def to_write(self) -> "Iterator[NamesKept]":
        """The same history, to be written, also where this one is only read; tables of names are made by whoever needs them.

        Raises:
            StoreError: it can't be written from here.
        """
        from monitor.history import History  # noqa: PLC0415 - which is one of these

        if not self._reads_only:
            yield self
            return
        with History(self._store) as history:
            yield history

    @contextmanager
    def names(self) -> Iterator[NamesOnRecord]:
        """All names on record as they stand now, to be searched in the block; until its end nothing else can be asked."""
        with self._transaction() as session:
            yield on_record.NamesOnRecord(session, watched.registers_read(session))

    def subjects_on_record(self, *, standing: bool = False) -> int:
        """How many subjects are on record; only those that stand there, without titles, if so."""
        with self._transaction() as session:
            return on_record.count(session, standing=standing)

    def rows_called(self, row: str) -> list[OnRecord]:
        """The records of registers that have this id."""
        with self._transaction() as session:
            return watched.rows_called(session, row)

    def walk_subjects(self) -> Iterator[Entity | Item]:
        """Whom and what is on record, one after the other, acts last of which not all is understood, by their titles.

        Until the end of the walk nothing else can be asked.
        """
        with self._transaction() as session:
            yield from watched.subjects(session)
            for act in watched.acts_in_order(session):
                yield from (record.subject for record in watched.by_title(act)) if act.understood != "full" else ()

    def walk_records(self) -> Iterator[OnRecord]:
        """All of that as it is on record."""
        with self._transaction() as session:
            yield from watched.on_record(session)
            for act in watched.acts_in_order(session):
                yield from watched.by_title(act) if act.understood != "full" else ()
