"""By which rules the tables of names were made, and what they lack: known without loading what reads names."""

from functools import cache
from pathlib import Path

from sqlmodel import Session, func, select

from monitor.history.tables import ActRow, ChangeRow, ListedRow, NamingRow, RegisterRow
from monitor.watch.candidates import rules

HERE = Path(__file__)


@cache
def rules_of_today() -> str:
    """What tells the rules of today from others: how names are read, and how places are given here."""
    return rules(HERE.with_name("names.py"), HERE.with_name("watched.py")).hex()


def lag(session: Session) -> int:
    """How many changes and rows the tables lack; 0 where they are as they should be."""
    state = session.get(NamingRow, 1)
    if state is None or state.rules != rules_of_today():
        return left(session, 0, 0)
    return 0 if state.whole else left(session, state.change, state.row)


def are_of_today(session: Session, *, acts: int) -> bool:
    """Whether names are to be written; where the tables are of other rules, that they lack something.

    So many acts, and no register, are on record of a store that is new: all that it names will be in its tables.
    """
    state = session.get(NamingRow, 1)
    if state is None:
        others = session.exec(select(ActRow.key).limit(acts + 1)).all()
        if len(others) > acts or session.exec(select(RegisterRow.reader).limit(1)).first():
            return False
        state = NamingRow(one=1, rules=rules_of_today(), whole=True)
        session.add(state)
    if state.rules != rules_of_today():
        state.whole, state.change, state.row = False, 0, 0
        return False
    return True


def lack_rows(session: Session, first: int) -> None:
    """From this row of a register on, the tables lack what has come."""
    state = session.get_one(NamingRow, 1)
    if state.whole:
        last = session.exec(select(func.max(ChangeRow.id))).one() or 0
        state.whole, state.change, state.row = False, last, first - 1
    state.row = min(state.row, first - 1)


def left(session: Session, change: int, row: int) -> int:
    """How many changes and rows came after these."""
    return sum(
        max((session.exec(select(func.max(column))).one() or 0) - since, 0)
        for column, since in ((ChangeRow.id, change), (ListedRow.id, row))
    )
