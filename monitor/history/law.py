"""How the law stands, kept beside the changes that it follows from: of each act what it can be found by, with which others its
fate hangs together, and the stretches of its life. It is never more than what follows from the changes: it can be made anew.

Acts that hang together are a knot: which of them touches which is asked of the timeline; that no other act does is sure.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, insert
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, func, select, update

from monitor import vocabulary
from monitor.history.acts import READ, announcement
from monitor.history.columns import parts
from monitor.history.dialect import insert_unless_there, shadowed
from monitor.history.rules import are_kept, latest, rules
from monitor.history.sightings import of_knots
from monitor.history.tables import ActRow, ChangeRow, ClueRow, LawRow, PartRow, RulesRow, StretchRow, Table
from monitor.timeline import Lifecycle, Reading, Sighting, Status, Timeline, known
from monitor.timeline.clues import Clue, clues

log = logging.getLogger(__name__)

TABLES = (RulesRow, LawRow, ClueRow, PartRow, StretchRow)
AT_ONCE = 1_000  # acts whose lives are told together, and changes that are read together
OFTEN = 10_000  # changes after which it is said how far it has come
STATUSES = list(Status)
OVER = STATUSES.index(Status.ENDED)
MEETING = {Clue.LISTS: Clue.STRIKES, Clue.STRIKES: Clue.LISTS}


def keep(session: Session) -> None:
    """Let the law follow from all changes."""
    if not are_kept(session):
        for table in TABLES:
            session.execute(delete(table))
        session.add(RulesRow(one=1, rules=rules()))
        session.flush()
    knots, read, waiting = LinkedActs(session), 0, 0
    for changes in _newer(session):
        waiting = waiting or (_waiting(session) if len(changes) == AT_ONCE else 0)
        _enter(session, changes, knots)
        read += len(changes)
        if waiting and read % OFTEN < AT_ONCE:
            log.warning("how the law stands is made of all acts once, which takes a while: %d of %d were read", read, waiting)
    _tell(session, knots.tied())


def _newer(session: Session) -> Iterator["list[Change]"]:
    """The changes that the law does not follow from yet, some at a time."""
    while changes := _next(session):
        yield changes
        if len(changes) < AT_ONCE:
            return


def _waiting(session: Session) -> int:
    """How many changes the law does not follow from yet."""
    newer = select(func.count()).where(col(ChangeRow.kind).in_(READ), col(ChangeRow.id) > latest(session))
    return session.exec(newer).one()


class Change(NamedTuple):
    """A change after which more, or else, is known of an act."""

    id: int
    key: str
    reading: Reading


def _next(session: Session) -> list[Change]:
    query = select(ChangeRow.id, ChangeRow.key, ChangeRow.at, ChangeRow.fact)
    query = (
        query.where(col(ChangeRow.kind).in_(READ), col(ChangeRow.id) > latest(session)).order_by(col(ChangeRow.id)).limit(AT_ONCE)
    )
    return [Change(number or 0, key, Reading(at, announcement(fact))) for number, key, at, fact in session.exec(query)]


def _enter(session: Session, changes: list[Change], knots: "LinkedActs") -> None:
    """Acts of which more is known by now: their rows, what they can be found by, and the knots that this ties."""
    keys = dict.fromkeys(change.key for change in changes)
    words = {key: set[tuple[Clue, str]]() for key in keys}
    for change in changes:
        words[change.key] |= set(clues(change.reading.act))
    named = [word for key in keys for kind, word in sorted(words[key]) if kind is Clue.AMENDS]
    ids = _known(session, [*keys, *named])
    _describe(session, changes)
    lines = [{"kind": kind, "word": word, "law": ids[key]} for key in keys for kind, word in sorted(words[key]) if word]
    insert_unless_there(session, ClueRow, lines)
    for key in keys:
        knots.touch(ids[key])
        for kind, word in sorted(words[key]):
            if kind is Clue.AMENDS:
                knots.tie(ids[key], ids[word])
    for one, other in _met(session, words, ids):
        knots.tie(one, other)


def _known(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """The numbers of these acts; one that is new, or that others name and nobody has seen, gets its own, and is its own knot."""
    wanted = dict.fromkeys(keys)
    ids = _numbers(session, wanted)
    last = session.exec(select(func.max(LawRow.id))).one() or 0
    new = {key: number for number, key in enumerate((key for key in wanted if key not in ids), last + 1)}
    _insert(session, LawRow, [{"id": number, "key": key, "knot": number, "authority": ""} for key, number in new.items()])
    return ids | new


def _insert(session: Session, table: type[Table], rows: list[dict[str, Any]]) -> None:
    """Rows as SQL alone takes them: there may be a million."""
    if rows:
        session.connection().execute(insert(Table.metadata.tables[str(table.__tablename__)]), rows)


def _numbers(session: Session, keys: Iterable[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for some in parts(keys):
        numbers |= {
            key: number or 0 for key, number in session.exec(select(LawRow.key, LawRow.id).where(col(LawRow.key).in_(some)))
        }
    return numbers


def _describe(session: Session, changes: Iterable[Change]) -> None:
    """When acts were seen, and the day and the authority that they have by now."""
    by_key: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_key[change.key].append(change)
    for some in parts(by_key):
        baselines = set(session.exec(select(ActRow.key).where(col(ActRow.baseline), col(ActRow.key).in_(some))))
        for row in session.exec(select(LawRow).where(col(LawRow.key).in_(some))).all():
            _renew(row, by_key[row.key], baseline=row.key in baselines)
        session.flush()


def _renew(row: LawRow, changes: list[Change], *, baseline: bool) -> None:
    first, act = changes[0], changes[-1].reading.act
    if row.first is None:
        row.first = first.id
        row.known = _known_from(Sighting((first.reading,), baseline)).isoformat()
        row.seen = vocabulary.today(act.authority, first.reading.at).isoformat()
    published = vocabulary.day(act.published or "", act.authority)
    row.latest, row.authority, row.published = changes[-1].id, act.authority, published.isoformat() if published else None


def _known_from(sighting: Sighting) -> date:
    """The first day on which it was known."""
    first = sighting.readings[0].act
    seen, published = (
        vocabulary.today(first.authority, sighting.first_seen),
        vocabulary.day(first.published or "", first.authority),
    )
    return min(seen, published) if sighting.baseline and published else seen


def _met(session: Session, words: Mapping[str, set[tuple[Clue, str]]], ids: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Acts that put a name on a register, and those that may take it off, as far as one of either is among these."""
    for kind, meeting in MEETING.items():
        mine: dict[str, list[int]] = defaultdict(list)
        for key, own in words.items():
            for word in (word for of, word in own if of is kind):
                mine[word].append(ids[key])
        for some in parts(mine):
            met = columns_of(col(ClueRow.word), col(ClueRow.law)).where(col(ClueRow.kind) == meeting, col(ClueRow.word).in_(some))
            for word, other in session.execute(met).all():
                yield from ((one, other) for one in mine[word])


class LinkedActs:
    """Which acts hang together, and what has to be told anew."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of: dict[int, int] = {}  # of a knot the one that it is part of
        self._touched: set[int] = set()

    def touch(self, law: int) -> None:
        """Its knot has to be told anew."""
        self._touched.add(law)

    def tie(self, one: int, other: int) -> None:
        """Two acts hang together."""
        first, second = sorted((self._root(self._knot(one)), self._root(self._knot(other))))
        if first != second:
            self._of[second] = first

    def _knot(self, law: int) -> int:
        return self._session.exec(select(LawRow.knot).where(LawRow.id == law)).one()

    def _root(self, knot: int) -> int:
        while knot in self._of:
            knot = self._of[knot]
        return knot

    def tied(self) -> list[int]:
        """The knots that have to be told anew, those that others have become part of among them."""
        gone = {knot: self._root(knot) for knot in self._of}
        for knot, root in gone.items():
            self._session.execute(update(LawRow).where(col(LawRow.knot) == knot).values(knot=root))
            self._session.execute(update(PartRow).where(col(PartRow.knot) == knot).values(knot=root))
        for some in parts(sorted(self._touched)):
            gone |= {knot: knot for knot in self._session.exec(select(LawRow.knot).where(col(LawRow.id).in_(some)))}
        return sorted(set(gone.values()))


def _tell(session: Session, knots: Collection[int]) -> None:
    """What becomes of the acts of these knots, in place of what was to become of them."""
    for some in _packed(session, knots):
        for few in parts(some):
            old = columns_of(col(PartRow.id)).where(col(PartRow.knot).in_(few))
            session.connection().execute(delete(StretchRow).where(col(StretchRow.part).in_(old)))
            session.connection().execute(delete(PartRow).where(col(PartRow.knot).in_(few)))
        _write(session, Timeline(known(of_knots(session, some))), knots_by_act(session, some))


def _packed(session: Session, knots: Iterable[int]) -> Iterator[list[int]]:
    """The same, as many at a time as have so many acts."""
    packed, acts = list[int](), 0
    for some in parts(knots):
        counted = columns_of(col(LawRow.knot), func.count()).where(col(LawRow.knot).in_(some)).group_by(col(LawRow.knot))
        for knot, number in session.execute(counted).all():
            packed.append(knot)
            acts += number
            if acts >= AT_ONCE:
                yield packed
                packed, acts = [], 0
    if packed:
        yield packed


def knots_by_act(session: Session, knots: Iterable[int]) -> dict[str, int]:
    """Of each act of these knots which of them it is part of."""
    return {
        key: knot
        for some in parts(knots)
        for key, knot in session.exec(select(LawRow.key, LawRow.knot).where(col(LawRow.knot).in_(some)))
    }


def _write(session: Session, timeline: Timeline, knots: Mapping[str, int]) -> None:
    last = session.exec(select(func.max(PartRow.id))).one() or 0
    own = set(timeline.that(lambda _: True))
    told, stretches = list[dict[str, Any]](), list[dict[str, Any]]()
    for number, (life, place) in enumerate(timeline.placed(), last + 1):
        begins, day, key, measure = life.rank
        told.append(
            {
                "id": number,
                "knot": knots[key],
                "key": key,
                "begins": begins.isoformat(),
                "told": day.isoformat(),
                "measure": measure,
                "number": place,
                "code": life.measure.register or "",
                "authority": life.act.authority,
                "published": life.act.published or "",
                "own": life in own,
                "anywhere": not life.destinations,
                "since": life.spans[0].since.isoformat(),
            }
        )
        stretches += _stretches(number, life)
    _insert(session, PartRow, told)
    _insert(session, StretchRow, stretches)


def shadow(session: Session) -> None:
    """The same where nothing may be written: in tables of this connection alone, which are there instead of the store's."""
    tables = [Table.metadata.tables[str(row.__tablename__)] for row in TABLES]
    shadowed(session, tables, copied=lambda: are_kept(session))  # where they are kept, they only lag behind
    keep(session)


def _stretches(part: int, life: Lifecycle) -> Iterator[dict[str, Any]]:
    for span in life.spans:
        yield {
            "part": part,
            "since": span.since.isoformat(),
            "until": span.until.isoformat(),
            "last": span.last.isoformat() if span.last else None,
            "status": STATUSES.index(span.status),
        }
