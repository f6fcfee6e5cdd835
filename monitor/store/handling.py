"""What people have done with events: each click once, in one transaction with all that follows from it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec
from sqlmodel import Session, col, func, select

from monitor.alert.event import EDITING, HANDLED, NoticeKind
from monitor.clock import format_instant
from monitor.errors import ConfigError
from monitor.model import HandedIn, Match, ScreeningResult, to_json
from monitor.names.name import normalize_name
from monitor.store import mutes, people, watched
from monitor.store.columns import make_value
from monitor.store.outbox import NEVER, NO_ROOT, THERE, add, make_message_beside, make_message_key
from monitor.store.tables import (
    ActRow,
    ChangeRow,
    DealingRow,
    DismissalRow,
    EventRow,
    HandlingRow,
    MuteRow,
    OutboxRow,
    PersonRow,
)
from monitor.store.values import OutboxState
from monitor.triage.deciding import Decided, decide
from monitor.triage.values import OPEN, Handled, Handling, KeptPerson, Pair, Person, PersonalRecord, State, TriageRequest, Verb
from monitor.watch import match

SENT_ON = "a person had it sent here"
LONGEST_NUMBER = 18  # digits


def handle(session: Session, asked: TriageRequest, now: datetime) -> Handling:
    """Do what a person asks, unless it was done: recorded, with all that follows from it.

    Raises:
        ConfigError: there is no such event, or nobody was told of it.
    """
    if known := session.exec(select(HandlingRow).where(HandlingRow.key == asked.key)).first():
        return _decode_handling(session, known)
    asked = msgspec.structs.replace(asked, event=_find_event(session, asked))
    person = people.save_person(session, asked.person) if asked.person.handle else None
    before = load_event_state(session, asked.event)
    touched = list_open_pairs(session, list_matches(session, asked.event)) if asked.verb is Verb.NOT_OURS else ()
    decided = _check_possible(session, asked, decide(before, asked, person, touched, now), now)
    row = _record_handling(session, asked, person, before, decided, now)
    if not decided.refused:
        _follow(session, asked, person, decided, now)
        if decided.after != before:
            enqueue_state_edit(session, row)
    return _decode_handling(session, row)


def _find_event(session: Session, asked: TriageRequest) -> str:
    """The event that is meant, by its key; something can be muted, or somebody erased, for no event's sake."""
    if not asked.event and asked.verb in (Verb.MUTE, Verb.UNMUTE, Verb.ERASED):
        return ""
    named = find_event_key(session, asked.event)
    event = session.get(EventRow, named) if named else None
    if event is None or not event.told:
        raise ConfigError(f"{asked.event}: nobody was told of such an event; `monitor triage` lists those that were told")
    return event.key


def _check_possible(session: Session, asked: TriageRequest, decided: Decided, now: datetime) -> Decided:
    """What only the history can refuse."""
    if asked.verb is Verb.UNMUTE and not any(silence.subject == asked.to for silence in mutes.list_muted_news(session, now)):
        return Decided(decided.after, refused=f"{asked.to} is not muted; `monitor triage muted` lists what is")
    if decided.refused or asked.verb is not Verb.TELL:
        return decided
    told = select(OutboxRow.id).where(OutboxRow.event == asked.event, OutboxRow.destination == asked.to)
    known = session.exec(told.where(col(OutboxRow.kind).not_in(NO_ROOT), col(OutboxRow.state).not_in(NEVER))).first()
    return Decided(decided.after, refused=f"{asked.to} was told of it already") if known else decided


def _record_handling(
    session: Session, asked: TriageRequest, person: int | None, before: State, decided: Decided, now: datetime
) -> HandlingRow:
    row = HandlingRow(
        key=asked.key,
        event=asked.event or None,
        at=now,
        verb=asked.verb,
        via=asked.via,
        person=person,
        role=asked.person.role,
        decision=asked.decision,
        text=asked.text if asked.verb is not Verb.ERASED else "",  # which is the name
        until=asked.until,
        to=asked.to,
        pairs=msgspec.json.encode(decided.dismissed).decode(),
        before=msgspec.json.encode(before).decode(),
        after=msgspec.json.encode(decided.after).decode(),
        refused=decided.refused,
    )
    session.add(row)
    session.flush()
    return row


def _follow(session: Session, asked: TriageRequest, person: int | None, decided: Decided, now: datetime) -> None:
    for pair in decided.dismissed:
        watched.dismiss(session, make_value(match.Dismissal, pair, by=asked.person.name, at=format_instant(now)), now)
    if asked.verb is Verb.MUTE:
        mutes.mute_news(session, asked.to, datetime.fromisoformat(asked.until), person, asked.text, now)
    elif asked.verb is Verb.UNMUTE:
        mutes.hear_news(session, asked.to, person, now)
    elif asked.verb is Verb.TELL:
        _tell(session, asked, now)
    elif asked.verb is Verb.ERASED:
        _erase(session, asked, now)


def _erase(session: Session, asked: TriageRequest, now: datetime) -> None:
    """Take a name out of all that is kept, and let the messages that show it be edited."""
    number = int(asked.to.rpartition(":")[2])
    erase(session, number, asked.text, now)
    (row,) = session.exec(select(HandlingRow).where(HandlingRow.key == asked.key)).all()
    for event, stands in load_event_states(session).items():
        if number and stands.owner == number:
            enqueue_state_edit(session, row, event)


def _tell(session: Session, asked: TriageRequest, now: datetime) -> None:
    """Owe another destination what was told first of the event, as it is known by now."""
    first = next(iter(list_root_messages(session, asked.event)), None)
    if first is None:
        return
    own = {"id", "key", "destination", "state", "attempts", "doubtful", "not_before", "sent_at", "receipt", "failure"}
    own |= {"digest", "ahead_of", "meant_for", "again_of", "mentions", "why", "in_thread"}
    fields = first.model_dump(exclude=own) | {"created_at": now, "why": SENT_ON}
    add(
        session,
        OutboxRow(
            **fields, destination=asked.to, key=make_message_key(f"{asked.event}:told:{_shorten_key(asked.key)}", asked.to)
        ),
    )


def _shorten_key(key: str) -> str:
    """What names a step in the keys of the messages that it owes."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def load_event_state(session: Session, event: str) -> State:
    """How an event stands by what was done with it."""
    query = select(HandlingRow.after).where(HandlingRow.event == event, HandlingRow.refused == "")
    after = session.exec(query.order_by(col(HandlingRow.id).desc()).limit(1)).first()
    return msgspec.json.decode(after, type=State) if after else OPEN


def find_last_handling(session: Session) -> int:
    """The number of the last thing that was done."""
    return session.exec(select(func.max(HandlingRow.id))).one() or 0


def load_event_states(session: Session) -> dict[str, State]:
    """How every event stands with which anything was done."""
    newest = select(func.max(HandlingRow.id)).where(HandlingRow.refused == "").group_by(HandlingRow.event)
    rows = session.exec(select(HandlingRow.event, HandlingRow.after).where(col(HandlingRow.id).in_(newest))).all()
    return {event: msgspec.json.decode(after, type=State) for event, after in rows if event}


def load_handled(session: Session, event: str) -> Handled | None:
    """The same for people; None where nobody has done anything with it."""
    stands = load_event_state(session, event)
    return None if stands == OPEN else name_people_in_state(stands, people.load_people(session, [stands.owner]))


def name_people_in_state(stands: State, known: dict[int, PersonRow]) -> Handled:
    """A state with names for numbers."""
    owner = known.get(stands.owner) if stands.owner is not None else None
    by = people.get_person_name(owner) if owner else ""
    return Handled(stands.stage, by, stands.since, stands.decision, stands.text, stands.until)


def list_matches(session: Session, event: str) -> list[Match]:
    """What of the watch list an event touches, or may: as each of its facts was held against it last."""
    query = select(ChangeRow.key, ChangeRow.touches).where(ChangeRow.event == event, col(ChangeRow.touches).is_not(None))
    newest = dict(session.exec(query.order_by(col(ChangeRow.id))).all())
    results = [msgspec.json.decode(text, type=ScreeningResult) for text in newest.values() if text]
    return list(dict.fromkeys(hit for result in results for hit in (*result.sure, *result.possible)))


def list_open_pairs(session: Session, touched: Sequence[Match]) -> list[Pair]:
    """The pairs of these matches that nobody has dismissed, each once."""
    if not touched:
        return []
    query = select(DismissalRow.entry, DismissalRow.subject).where(col(DismissalRow.withdrawn_at).is_(None))
    dismissed = set(session.exec(query).all())
    found = (Pair(hit.key, _make_subject_key(hit), hit.entry, hit.subject) for hit in touched)
    unique = {(pair.entry, pair.subject): pair for pair in found}
    return [pair for key, pair in unique.items() if key not in dismissed]


def _make_subject_key(hit: Match) -> str:
    """By what the subject of a match is dismissed: of goods with a code by that, else by the name."""
    code, _, name = hit.subject.partition(" ")
    coded = hit.is_goods and name and any(sign.isdigit() for sign in code)
    return code if coded else normalize_name(hit.subject)


def list_root_messages(session: Session, event: str) -> Sequence[OutboxRow]:
    """The first messages of an event, one for each destination: of those that are told, and only where none is of the others."""
    query = select(OutboxRow).where(OutboxRow.event == event, col(OutboxRow.kind).not_in(NO_ROOT))
    rows = session.exec(query.where(col(OutboxRow.in_thread).is_(False)).order_by(col(OutboxRow.id))).all()
    first: dict[str, OutboxRow] = {}
    for row in sorted(rows, key=lambda row: row.state in NEVER):
        first.setdefault(row.destination, row)
    return list(first.values())


def enqueue_state_edit(session: Session, handling: HandlingRow, event: str | None = None) -> None:
    """Owe an edit of every message that shows how the event stands, unless one waits already: it says what is so by then."""
    about = event or handling.event
    query = select(OutboxRow).where(OutboxRow.event == about, col(OutboxRow.kind).in_(HANDLED - EDITING))
    for row in session.exec(query.where(col(OutboxRow.state).in_(THERE)).order_by(col(OutboxRow.id))).all():
        if not _is_waiting(session, row.id):
            key = f"state:{_shorten_key(handling.key)}:{row.id}"
            add(session, make_message_beside(row, key, NoticeKind.STATE, handling.at, edits=row.id))


def _is_waiting(session: Session, message: int | None) -> bool:
    query = select(OutboxRow.id).where(OutboxRow.edits == message, OutboxRow.state == OutboxState.PENDING)
    return session.exec(query).first() is not None


def find_handling(session: Session, key: str) -> Handling | None:
    """What was done under this key."""
    row = session.exec(select(HandlingRow).where(HandlingRow.key == key)).first()
    return _decode_handling(session, row) if row else None


def list_handlings(session: Session, event: str | None = None) -> list[Handling]:
    """All that was ever done with an event, or with all of them, in its order."""
    query = select(HandlingRow).order_by(col(HandlingRow.id))
    rows = session.exec(query if event is None else query.where(HandlingRow.event == event)).all()
    return _decode_handlings(session, rows)


def _decode_handling(session: Session, row: HandlingRow) -> Handling:
    return _decode_handlings(session, [row])[0]


def _decode_handlings(session: Session, rows: Iterable[HandlingRow]) -> list[Handling]:
    decoded = [(row, msgspec.json.decode(row.before, type=State), msgspec.json.decode(row.after, type=State)) for row in rows]
    known = people.load_people(
        session, [number for row, before, after in decoded for number in (row.person, before.owner, after.owner)]
    )
    return [
        _make_handling(row, name_people_in_state(before, known), name_people_in_state(after, known), known)
        for row, before, after in decoded
    ]


def _make_handling(row: HandlingRow, before: Handled, after: Handled, known: dict[int, PersonRow]) -> Handling:
    person = known.get(row.person) if row.person is not None else None
    by, handle = (people.get_person_name(person), person.handle) if person else (row.via, "")
    own = {"number": row.id or 0, "event": row.event or "", "by": by, "handle": handle, "before": before, "after": after}
    return make_value(Handling, row, **own)


def find_event_key(session: Session, what: str) -> str | None:
    """The event that somebody means: by its key, by an act of it, by the number or the place of a message about it."""
    if session.get(EventRow, what):
        return what
    if act := session.get(ActRow, what):
        return act.event
    if what.isdecimal() and len(what) <= LONGEST_NUMBER:
        row = session.get(OutboxRow, int(what))
        return row.event if row else None
    query = select(OutboxRow.event).where(OutboxRow.receipt == what, col(OutboxRow.event).is_not(None))
    return session.exec(query).first()


# What is kept of people who had something done, and how a name is taken out of it: an audit keeps the role.

BY = (DismissalRow, MuteRow, DealingRow)  # who said so stands there by name
ALSO_WITHDRAWN = (DismissalRow, MuteRow)  # and who took it back
# Columns of a change whose JSON holds a person's name, and under which member; a look back is its own fact.
NAMED_IN = (("touches", "dismissed_by"), ("fact", "dismissed_by"), ("handed", "by"))


def list_people_kept(session: Session) -> list[KeptPerson]:
    """Everybody of whom something is kept; those who never had anything done with an event are known by name alone."""
    rows = session.exec(select(PersonRow).where(col(PersonRow.erased_at).is_(None)).order_by(col(PersonRow.id))).all()
    known = [KeptPerson(row.id or 0, Person(row.handle, row.name, row.role)) for row in rows]
    named = {name for kind in BY for name in session.exec(select(kind.by).distinct()).all()}
    named |= {name for kind in ALSO_WITHDRAWN for name in session.exec(select(kind.withdrawn_by).distinct()).all() if name}
    named |= {handed.by for _, handed in _list_handed_in(session)}
    alone = sorted(name for name in named - {one.person.name for one in known} if name and not name.startswith(people.SOMEBODY))
    return [*known, *(KeptPerson(0, Person("", name)) for name in alone)]


def _list_handed_in(session: Session) -> Iterator[tuple[ChangeRow, HandedIn]]:
    """What was read from pages that somebody handed in."""
    for row in session.exec(select(ChangeRow).where(col(ChangeRow.handed).is_not(None))).all():
        yield row, msgspec.json.decode(row.handed or "", type=HandedIn)


def list_personal_records(session: Session, kept: KeptPerson) -> list[PersonalRecord]:
    """All that is kept of somebody, the oldest first."""
    return sorted(iterate_personal_records(session, kept), key=lambda entry: entry.at)


def iterate_personal_records(session: Session, kept: KeptPerson) -> Iterator[PersonalRecord]:
    """All that is kept of somebody: what they did, by number and by name, and took back; of news that is a step of triage."""
    number, name = kept.number, kept.person.name
    for row in session.exec(select(HandlingRow).where(HandlingRow.person == number)).all() if number else ():
        says = "; ".join(filter(None, (row.decision, row.to, row.until, row.text, row.refused)))
        yield PersonalRecord(f"triage: {row.verb}", row.at, row.event or "", says)
    for mute in session.exec(select(MuteRow).where(MuteRow.person == number)).all() if number else ():
        yield PersonalRecord("mute of news", mute.at, f"{mute.about}:{mute.name}", mute.reason)
    for dismissal in session.exec(select(DismissalRow).where(DismissalRow.by == name)).all():
        yield PersonalRecord("dismissal", dismissal.at, dismissal.entry, f"is not {dismissal.subject_name}")
    for mute in session.exec(select(MuteRow).where(MuteRow.by == name, MuteRow.about == mutes.TROUBLES)).all():
        yield PersonalRecord("mute of a source", mute.at, mute.name, mute.reason)
    for dealing in session.exec(select(DealingRow).where(DealingRow.by == name)).all():
        yield PersonalRecord(f"message: {dealing.intervention}", dealing.at, str(dealing.message), dealing.reason)
    for change, handed in _list_handed_in(session):
        if handed.by == name:
            yield PersonalRecord("page handed in", datetime.fromisoformat(handed.at), change.key, handed.note)
    for dismissal in session.exec(select(DismissalRow).where(DismissalRow.withdrawn_by == name)).all():
        at = dismissal.withdrawn_at or dismissal.at
        yield PersonalRecord("dismissal taken back", at, dismissal.entry, f"may be {dismissal.subject_name}")
    for mute in session.exec(select(MuteRow).where(MuteRow.withdrawn_by == name)).all():
        yield PersonalRecord("mute of a source taken back", mute.withdrawn_at or mute.at, mute.name, "")


def erase(session: Session, number: int, name: str, now: datetime) -> None:
    """Take a name and a handle out of all that is kept; what they did stays, with the role by which they were let."""
    row = session.get(PersonRow, number) if number else None
    left = people.SOMEBODY
    if row:
        name, row.handle, row.name, row.erased_at = name or row.name, f"{people.ERASED}{row.id}", "", now
        left = people.get_person_name(row)
        session.add(row)
    if not name:
        return
    for kind in BY:
        for one in session.exec(select(kind).where(kind.by == name)).all():
            one.by = left
            session.add(one)
    for kind in ALSO_WITHDRAWN:
        for one in session.exec(select(kind).where(kind.withdrawn_by == name)).all():
            one.withdrawn_by = left
            session.add(one)
    _erase_in_changes(session, name, left)


def _erase_in_changes(session: Session, name: str, left: str) -> None:
    """A dismissal stands in what was held against the watch list, and who handed a page in beside its bytes."""
    for column, member in NAMED_IN:
        old, new = (f'"{member}":{to_json(one).decode()}' for one in (name, left))
        query = select(ChangeRow).where(col(getattr(ChangeRow, column)).contains(old, autoescape=True))
        for row in session.exec(query).all():
            setattr(row, column, getattr(row, column).replace(old, new))
            session.add(row)
