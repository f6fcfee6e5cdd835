"""By which rules the tables of names were made, and what they lack: known without loading what reads names."""

from functools import cache
from pathlib import Path

from sqlmodel import Session, func, select

from monitor.store.tables import ActRow, ChangeRow, ListedRow, NamingRow, RegisterRow
from monitor.watch.rules import hash_rules

HERE = Path(__file__)


@cache
def hash_name_rules() -> str:
    """What tells the rules of today from others: how names are read, and how places are given here."""
    return hash_rules(HERE.with_name("names.py"), HERE.with_name("watched.py")).hex()


def count_lag(session: Session) -> int:
    """How many changes and rows the tables lack; 0 where they are as they should be."""
    state = session.get(NamingRow, 1)
    if state is None or state.rules != hash_name_rules():
        return count_left(session, 0, 0)
    return 0 if state.whole else count_left(session, state.change, state.row)


def has_current_rules(session: Session, *, acts: int) -> bool:
    """Whether names are to be written; where the tables are of other rules, that they lack something.

    So many acts, and no register, are on record of a store that is new: all that it names will be in its tables.
    """
    state = session.get(NamingRow, 1)
    if state is None:
        others = session.exec(select(ActRow.key).limit(acts + 1)).all()
        if len(others) > acts or session.exec(select(RegisterRow.reader).limit(1)).first():
            return False
        state = NamingRow(one=1, rules=hash_name_rules(), whole=True)
        session.add(state)
    if state.rules != hash_name_rules():
        state.whole, state.change, state.row = False, 0, 0
        return False
    return True


def mark_rows_lacking(session: Session, first: int) -> None:
    """From this row of a register on, the tables lack what has come."""
    state = session.get_one(NamingRow, 1)
    if state.whole:
        last = session.exec(select(func.max(ChangeRow.id))).one() or 0
        state.whole, state.change, state.row = False, last, first - 1
    state.row = min(state.row, first - 1)


def count_left(session: Session, change: int, row: int) -> int:
    """How many changes and rows came after these."""
    return sum(
        max((session.exec(select(func.max(column))).one() or 0) - since, 0)
        for column, since in ((ChangeRow.id, change), (ListedRow.id, row))
    )
