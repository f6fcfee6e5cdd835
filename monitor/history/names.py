"""The names on record in plain tables: written in the transaction that records the act or the row which has them.

Each subject on record has a *place*, by which all are in one order: what acts name comes in the order in which these were first
seen, then the rows of registers, then the titles of acts whose own lists could not be read. The number of a name is its
subject's place with its own number there, in the tables of keys also with its shape (`monitor.watch.candidates`).

The tables say by which rules they were made. Where these are others, or there are none yet, they are made again before the next
answer (`next_portion`, `enter`), some at a time; who records something meanwhile leaves it to that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import case
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, func, select

from monitor.history import naming, watched
from monitor.history.acts import READ, announcement
from monitor.history.columns import parts
from monitor.history.dialect import delete_tuples, insert_tuples, of_driver, spoken_to, with_values
from monitor.history.tables import ChangeRow, ListedRow, NamingRow
from monitor.history.transactions import History
from monitor.history.watched import OnRecord, subject_of
from monitor.model import Announcement, Entity, Item
from monitor.watch import match
from monitor.watch.candidates import hashed, numbered, of_name
from monitor.watch.match import Marks

ACT, ROW, TITLE = range(3)  # kinds of places
KIND = 45  # bits behind the kind of a place
OF_ACT = 19  # bits behind the first change of an act: one act names fewer
SPELLINGS = 11  # bits: of one subject so many names have a number
MOST = 500  # records of a register whose names are made at once; those of more would hold up all others for seconds
FEW = 50  # acts that are read together
TABLES = ("name", "name_key", "name_word", "subject_key")
NOBODY = Marks()
OF_AN_ACT = "named by an act"  # a key by which the subjects are counted that acts name
LOWEST = -(1 << 31)  # a key is kept with a sign, for which four bytes are enough

PORTION = 5_000  # acts, and rows of registers, whose names are made together


def place(kind: int, owner: int) -> int:
    """The place of a row by its number, or of what an act names by the act's first change and its own number in the act."""
    return kind << KIND | owner


def of_act(first: int, act: Announcement) -> Iterator[tuple[int, OnRecord]]:
    """What an act names, by place; `first` is the change by which it was first seen."""
    for kind, records in ((ACT, watched.by_act(act)), (TITLE, () if act.understood == "full" else watched.by_title(act))):
        yield from ((place(kind, first << OF_ACT | number), record) for number, record in enumerate(records))


def keep_act(session: Session, key: str, before: str | None) -> None:
    """An act was recorded, of which `before` is what was known of it."""
    if not naming.are_of_today(session, acts=1) or (first := first_changes(session, [key]).get(key)) is None:
        return
    was = dict(of_act(first, announcement(before))) if before else {}
    now = dict(of_act(first, acts_now(session, [key])[key]))
    moved = [known_at for known_at in sorted({*was, *now}) if _subject(was, known_at) != _subject(now, known_at)]
    _replace(session, {known_at: _marks(_subject(now, known_at)) for known_at in moved})


def _subject(records: Mapping[int, OnRecord], known_at: int) -> Entity | Item | None:
    return records[known_at].subject if known_at in records else None


def keep_rows(session: Session, reader: str, names: Collection[str]) -> None:
    """These records of a register have come, or say something else."""
    if not names or not naming.are_of_today(session, acts=0):
        return
    for some in parts(sorted(names)):
        standing = (col(ListedRow.reader) == reader, col(ListedRow.gone).is_(None), col(ListedRow.row).in_(some))
        rows = session.execute(columns_of(col(ListedRow.id), col(ListedRow.subject)).where(*standing)).all()
        if len(names) > MOST:
            naming.lack_rows(session, min(number for number, _ in rows))
        else:
            _replace(session, {place(ROW, number): _marks(subject_of(text)) for number, text in rows})


def _marks(subject: Entity | Item | None) -> Marks:
    return match.of_subject(subject) if subject else NOBODY


@dataclass(frozen=True)
class Portion:
    """Subjects whose names are to be made: after a change and a row of a register, up to others. `acts` are by first change."""

    since: tuple[int, int]
    until: tuple[int, int]
    acts: Mapping[int, tuple[str, str]]
    rows: Mapping[int, str]

    def marks(self) -> dict[int, Marks]:
        """By what each subject is found, by place: nearly all of the work, for which the history need not be asked."""
        acts = (of_act(first, announcement(fact)) for first, (_, fact) in self.acts.items())
        named = {known_at: match.of_subject(record.subject) for records in acts for known_at, record in records}
        return named | {place(ROW, number): match.of_subject(subject_of(text)) for number, text in self.rows.items()}


def next_portion(session: Session, most: int) -> Portion:
    """What the tables lack, at most about so many acts and rows; from the beginning they are emptied first."""
    state = session.get(NamingRow, 1)
    if state is None or state.rules != naming.rules_of_today() or (state.change, state.row) == (0, 0):
        for table in TABLES:
            session.connection().exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - these are ours
        state = session.merge(NamingRow(one=1, rules=naming.rules_of_today(), whole=False, change=0, row=0))
    changes = session.exec(
        select(ChangeRow.id, ChangeRow.key).where(col(ChangeRow.id) > state.change).order_by(col(ChangeRow.id)).limit(most)
    ).all()
    acts = dict[int, tuple[str, str]]()
    for some in (changes[begins : begins + FEW] for begins in range(0, len(changes), FEW)):
        firsts = first_changes(session, [key for _, key in some])
        seen = {key: number for number, key in some if number and firsts.get(key) == number}
        acts |= {seen[key]: (key, fact) for key, fact in _facts(session, seen)}
    query = columns_of(col(ListedRow.id), col(ListedRow.subject)).where(col(ListedRow.id) > state.row)
    rows = [(number, text) for number, text in session.execute(query.order_by(col(ListedRow.id)).limit(most)).all()]
    last = changes[-1][0] if changes else state.change, rows[-1][0] if rows else state.row
    return Portion((state.change, state.row), (last[0] or 0, last[1]), acts, dict(rows))


def enter(session: Session, portion: Portion, made: Mapping[int, Marks]) -> int:
    """Put what was `made` of a portion into the tables, anew where it says something else by now; how much is left."""
    state = session.get(NamingRow, 1)
    if state is None or state.rules != naming.rules_of_today() or (state.change, state.row) != portion.since:
        return naming.left(session, state.change, state.row) if state else 1  # others have done so, or begun again
    acts = acts_now(session, [key for key, fact in portion.acts.values()])
    now = dict(made)
    for first, (key, fact) in portion.acts.items():
        if acts[key] != announcement(fact):
            now = {known_at: one for known_at, one in now.items() if known_at not in dict(of_act(first, announcement(fact)))}
            now |= {known_at: match.of_subject(record.subject) for known_at, record in of_act(first, acts[key])}
    for number, text in with_values(session, "SELECT id, subject FROM listed", portion.rows):
        if text != portion.rows[number]:
            now[place(ROW, number)] = match.of_subject(subject_of(text))
    _replace(session, now)
    state.change, state.row = portion.until
    left = naming.left(session, *portion.until)
    state.whole = not left
    return left


def make_some(history: History, most: int = PORTION) -> int:
    """Make some of the names ready; how many acts and rows are left. In between, others may write."""
    portion = history(next_portion, most)
    return history(enter, portion, portion.marks())


def first_changes(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Of each of these acts the change by which it was first seen."""
    firsts: dict[str, int] = {}
    # No condition: by key few are found, and by kind all, which SQLite would walk.
    read = func.min(case((col(ChangeRow.kind).in_(READ), col(ChangeRow.id))))
    first = columns_of(col(ChangeRow.key), read).group_by(col(ChangeRow.key))
    for some in parts(dict.fromkeys(keys)):
        seen = session.execute(first.where(col(ChangeRow.key).in_(some)))
        firsts |= {key: number for key, number in seen if number is not None}
    return firsts


def acts_now(session: Session, keys: Iterable[str]) -> dict[str, Announcement]:
    """These acts as they are known."""
    return {key: announcement(fact) for key, fact in _facts(session, keys)}


def _facts(session: Session, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((key, fact) for key, fact in with_values(session, 'SELECT "key", fact FROM act', keys, '"key"'))


def _replace(session: Session, made: Mapping[int, Marks]) -> None:
    """Let these places have these names and no others; a place without any is nobody's."""
    _take_out(session, made)
    names, keys, words, others = [], list[tuple[int, int]](), set[str](), list[tuple[int, int]]()
    for known_at, subject in made.items():
        for spelling, name in enumerate(subject.names[: 1 << SPELLINGS]):
            number = known_at << SPELLINGS | spelling
            names.append((number, name.text, name.role, bool(name.shape & 1)))
            keys += [(key + LOWEST, numbered(number, name.shape)) for key in name.keys]
            words |= name.words
        keys_of_it = subject.others | hashed([OF_AN_ACT]) if subject is not NOBODY and known_at >> KIND != ROW else subject.others
        others += [(key + LOWEST, known_at) for key in keys_of_it]
    insert_tuples(session, "name", ("number", "text", "role", "person"), names)
    insert_tuples(session, "name_key", ("key", "number"), sorted(keys))
    insert_tuples(session, "name_word", ("word", "backwards"), [(word, word[::-1]) for word in sorted(words)])
    insert_tuples(session, "subject_key", ("key", "place"), sorted(others))


OF_PLACE = "SELECT number, text, person FROM name WHERE number >= :first AND number < :after"


def _take_out(session: Session, places: Iterable[int]) -> None:
    """Let these places have no names. By the same rules a name has the keys that it had."""
    query = spoken_to(session, OF_PLACE)
    asked = [(query, {"first": known_at << SPELLINGS, "after": known_at + 1 << SPELLINGS}) for known_at in places]
    gone = of_driver(session.connection(), asked)
    keys: list[tuple[int, int]] = []
    for number, text, person in gone:
        name = of_name(text, person=bool(person))
        keys += [(key + LOWEST, numbered(number, name.shape)) for key in name.keys]
    delete_tuples(session, "name_key", ("key", "number"), keys)
    delete_tuples(session, "name", ("number",), [(number,) for number, *_ in gone])
    delete_tuples(session, "subject_key", ("place",), [(known_at,) for known_at in places])
