"""The names on record in plain tables: written in the transaction that records the act or the row which has them.

Each subject on record has a *place*, by which all are in one order: what acts name comes in the order in which these were first
seen, then the rows of registers, then the titles of acts whose own lists could not be read. The number of a name is its
subject's place with its own number there, in the tables of keys also with its shape (`monitor.names.candidates`).

The tables say by which rules they were made. Where these are others, or there are none yet, they are made again before the next
answer (`next_portion`, `enter`), some at a time; who records something meanwhile leaves it to that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import case
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, func, select

from monitor.model import Announcement, Entity, Item
from monitor.names.candidates import hash_keys, make_name_marks, make_name_number
from monitor.store import naming, watched
from monitor.store.acts import READ, decode_act
from monitor.store.columns import chunk_values
from monitor.store.dialect import delete_tuples, insert_tuples, query_driver, select_by_values, translate_query
from monitor.store.tables import ChangeRow, ListedRow, NamingRow
from monitor.store.transactions import History
from monitor.store.watched import OnRecord, decode_subject
from monitor.watch import match
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


def make_place(kind: int, owner: int) -> int:
    """The place of a row by its number, or of what an act names by the act's first change and its own number in the act."""
    return kind << KIND | owner


def list_names_of_act(first: int, act: Announcement) -> Iterator[tuple[int, OnRecord]]:
    """What an act names, by place; `first` is the change by which it was first seen."""
    for kind, records in (
        (ACT, watched.iterate_subjects_of_act(act)),
        (TITLE, () if act.understood == "full" else watched.make_title_on_record(act)),
    ):
        yield from ((make_place(kind, first << OF_ACT | number), record) for number, record in enumerate(records))


def keep_act(session: Session, key: str, before: str | None) -> None:
    """An act was recorded, of which `before` is what was known of it."""
    if not naming.has_current_rules(session, acts=1) or (first := load_first_changes(session, [key]).get(key)) is None:
        return
    was = dict(list_names_of_act(first, decode_act(before))) if before else {}
    now = dict(list_names_of_act(first, load_acts_now(session, [key])[key]))
    moved = [known_at for known_at in sorted({*was, *now}) if _load_subject(was, known_at) != _load_subject(now, known_at)]
    _replace(session, {known_at: _make_marks(_load_subject(now, known_at)) for known_at in moved})


def _load_subject(records: Mapping[int, OnRecord], known_at: int) -> Entity | Item | None:
    return records[known_at].subject if known_at in records else None


def keep_rows(session: Session, reader: str, names: Collection[str]) -> None:
    """These records of a register have come, or say something else."""
    if not names or not naming.has_current_rules(session, acts=0):
        return
    for some in chunk_values(sorted(names)):
        standing = (col(ListedRow.reader) == reader, col(ListedRow.gone).is_(None), col(ListedRow.row).in_(some))
        rows = session.execute(columns_of(col(ListedRow.id), col(ListedRow.subject)).where(*standing)).all()
        if len(names) > MOST:
            naming.mark_rows_lacking(session, min(number for number, _ in rows))
        else:
            _replace(session, {make_place(ROW, number): _make_marks(decode_subject(text)) for number, text in rows})


def _make_marks(subject: Entity | Item | None) -> Marks:
    return match.make_subject_marks(subject) if subject else NOBODY


@dataclass(frozen=True)
class Portion:
    """Subjects whose names are to be made: after a change and a row of a register, up to others. `acts` are by first change."""

    since: tuple[int, int]
    until: tuple[int, int]
    acts: Mapping[int, tuple[str, str]]
    rows: Mapping[int, str]

    def marks(self) -> dict[int, Marks]:
        """By what each subject is found, by place: nearly all of the work, for which the history need not be asked."""
        acts = (list_names_of_act(first, decode_act(fact)) for first, (_, fact) in self.acts.items())
        named = {known_at: match.make_subject_marks(record.subject) for records in acts for known_at, record in records}
        return named | {
            make_place(ROW, number): match.make_subject_marks(decode_subject(text)) for number, text in self.rows.items()
        }


def load_next_portion(session: Session, most: int) -> Portion:
    """What the tables lack, at most about so many acts and rows; from the beginning they are emptied first."""
    state = session.get(NamingRow, 1)
    if state is None or state.rules != naming.hash_name_rules() or (state.change, state.row) == (0, 0):
        for table in TABLES:
            session.connection().exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - these are ours
        state = session.merge(NamingRow(one=1, rules=naming.hash_name_rules(), whole=False, change=0, row=0))
    changes = session.exec(
        select(ChangeRow.id, ChangeRow.key).where(col(ChangeRow.id) > state.change).order_by(col(ChangeRow.id)).limit(most)
    ).all()
    acts = dict[int, tuple[str, str]]()
    for some in (changes[begins : begins + FEW] for begins in range(0, len(changes), FEW)):
        firsts = load_first_changes(session, [key for _, key in some])
        seen = {key: number for number, key in some if number and firsts.get(key) == number}
        acts |= {seen[key]: (key, fact) for key, fact in _load_facts(session, seen)}
    query = columns_of(col(ListedRow.id), col(ListedRow.subject)).where(col(ListedRow.id) > state.row)
    rows = [(number, text) for number, text in session.execute(query.order_by(col(ListedRow.id)).limit(most)).all()]
    last = changes[-1][0] if changes else state.change, rows[-1][0] if rows else state.row
    return Portion((state.change, state.row), (last[0] or 0, last[1]), acts, dict(rows))


def enter(session: Session, portion: Portion, made: Mapping[int, Marks]) -> int:
    """Put what was `made` of a portion into the tables, anew where it says something else by now; how much is left."""
    state = session.get(NamingRow, 1)
    if state is None or state.rules != naming.hash_name_rules() or (state.change, state.row) != portion.since:
        return naming.count_left(session, state.change, state.row) if state else 1  # others have done so, or begun again
    acts = load_acts_now(session, [key for key, fact in portion.acts.values()])
    now = dict(made)
    for first, (key, fact) in portion.acts.items():
        if acts[key] != decode_act(fact):
            now = {
                known_at: one for known_at, one in now.items() if known_at not in dict(list_names_of_act(first, decode_act(fact)))
            }
            now |= {
                known_at: match.make_subject_marks(record.subject) for known_at, record in list_names_of_act(first, acts[key])
            }
    for number, text in select_by_values(session, "SELECT id, subject FROM listed", portion.rows):
        if text != portion.rows[number]:
            now[make_place(ROW, number)] = match.make_subject_marks(decode_subject(text))
    _replace(session, now)
    state.change, state.row = portion.until
    left = naming.count_left(session, *portion.until)
    state.whole = not left
    return left


def make_some(history: History, most: int = PORTION) -> int:
    """Make some of the names ready; how many acts and rows are left. In between, others may write."""
    portion = history(load_next_portion, most)
    return history(enter, portion, portion.marks())


def load_first_changes(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Of each of these acts the change by which it was first seen."""
    firsts: dict[str, int] = {}
    # No condition: by key few are found, and by kind all, which SQLite would walk.
    read = func.min(case((col(ChangeRow.kind).in_(READ), col(ChangeRow.id))))
    first = columns_of(col(ChangeRow.key), read).group_by(col(ChangeRow.key))
    for some in chunk_values(dict.fromkeys(keys)):
        seen = session.execute(first.where(col(ChangeRow.key).in_(some)))
        firsts |= {key: number for key, number in seen if number is not None}
    return firsts


def load_acts_now(session: Session, keys: Iterable[str]) -> dict[str, Announcement]:
    """These acts as they are known."""
    return {key: decode_act(fact) for key, fact in _load_facts(session, keys)}


def _load_facts(session: Session, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((key, fact) for key, fact in select_by_values(session, 'SELECT "key", fact FROM act', keys, '"key"'))


def _replace(session: Session, made: Mapping[int, Marks]) -> None:
    """Let these places have these names and no others; a place without any is nobody's."""
    _take_out(session, made)
    names, keys, words, others = [], list[tuple[int, int]](), set[str](), list[tuple[int, int]]()
    for known_at, subject in made.items():
        for spelling, name in enumerate(subject.names[: 1 << SPELLINGS]):
            number = known_at << SPELLINGS | spelling
            names.append((number, name.text, name.role, bool(name.shape & 1)))
            keys += [(key + LOWEST, make_name_number(number, name.shape)) for key in name.keys]
            words |= name.words
        keys_of_it = (
            subject.others | hash_keys([OF_AN_ACT]) if subject is not NOBODY and known_at >> KIND != ROW else subject.others
        )
        others += [(key + LOWEST, known_at) for key in keys_of_it]
    insert_tuples(session, "name", ("number", "text", "role", "person"), names)
    insert_tuples(session, "name_key", ("key", "number"), sorted(keys))
    insert_tuples(session, "name_word", ("word", "backwards"), [(word, word[::-1]) for word in sorted(words)])
    insert_tuples(session, "subject_key", ("key", "place"), sorted(others))


OF_PLACE = "SELECT number, text, person FROM name WHERE number >= :first AND number < :after"


def _take_out(session: Session, places: Iterable[int]) -> None:
    """Let these places have no names. By the same rules a name has the keys that it had."""
    query = translate_query(session, OF_PLACE)
    asked = [(query, {"first": known_at << SPELLINGS, "after": known_at + 1 << SPELLINGS}) for known_at in places]
    gone = query_driver(session.connection(), asked)
    keys: list[tuple[int, int]] = []
    for number, text, person in gone:
        name = make_name_marks(text, person=bool(person))
        keys += [(key + LOWEST, make_name_number(number, name.shape)) for key in name.keys]
    delete_tuples(session, "name_key", ("key", "number"), keys)
    delete_tuples(session, "name", ("number",), [(number,) for number, *_ in gone])
    delete_tuples(session, "subject_key", ("place",), [(known_at,) for known_at in places])
