"""Triage actions on events: each click once, in one transaction with all its results."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import String, func, or_, select, true, type_coerce, update

from monitor.alert.event import EDITING, HANDLED, Event, NoticeKind
from monitor.clock import format_instant
from monitor.errors import ConfigError
from monitor.model import Announcement, Evidence, Severity, to_json
from monitor.names.name import normalize_name
from monitor.store import facts, mutes, watched
from monitor.store.acts import load_event, load_last_reading, make_evidence
from monitor.store.columns import make_row, make_value
from monitor.store.outbox import NEVER, NO_ROOT, THERE, add, make_message_beside
from monitor.store.records import OutboxState
from monitor.store.session import Session
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
    ScreeningRow,
)
from monitor.triage.values import (
    BOTH,
    OPEN,
    Case,
    Decided,
    Handled,
    Handling,
    KeptPerson,
    Pair,
    Person,
    PersonalRecord,
    Stage,
    State,
    TriageRequest,
    Verb,
    decide,
)
from monitor.watch import match
from monitor.watch.values import Match

SENT_ON = "a person had it sent here"
MOVED = "the page has changed since; look at it again"
LONGEST_NUMBER = 18  # digits
# An act of the baseline may have a reminder as its only message.
REMINDED = OutboxRow.kind == NoticeKind.REMINDER, OutboxRow.in_thread.is_(False)
TOLD = or_(
    EventRow.told,
    EventRow.key.in_(select(OutboxRow.event).where(*REMINDED, OutboxRow.event.is_not(None))),
)


def handle(session: Session, request: TriageRequest, now: datetime) -> Handling:
    """Apply a person's action once, and record it with all results.

    Raises:
        ConfigError: the event does not exist, or has no message.
    """
    if known := session.find_row(HandlingRow, key=request.key):
        return _decode_handlings(session, [known])[0]
    request = msgspec.structs.replace(request, event=_find_event(session, request))
    person = mutes.save_person(session, request.person) if request.person.handle else None
    before = load_event_state(session, request.event)
    touched = (
        list_open_pairs(session, list_matches(session, request.event))
        if request.verb is Verb.NOT_OURS
        else ()
    )
    decided = _check_possible(session, request, decide(before, request, person, touched, now), now)
    row = _record_handling(session, request, person, before, decided, now)
    if not decided.refused:
        _follow_up(session, request, person, decided, now)
        if decided.after != before:
            enqueue_state_edit(session, row)
    return _decode_handlings(session, [row])[0]


def _find_event(session: Session, request: TriageRequest) -> str:
    """Find the event by its key; a mute or an erasure needs none."""
    if not request.event and request.verb in (Verb.MUTE, Verb.UNMUTE, Verb.ERASED):
        return ""
    named = find_event_key(session, request.event)
    event = session.get(EventRow, named) if named else None
    told = TOLD if request.verb not in (Verb.REVIEW, Verb.STALE) else true()
    if event is None or not session.has(EventRow, told, key=event.key):
        raise ConfigError(
            f"{request.event}: no such event has an alert; `monitor triage` lists those that do"
        )
    return event.key


def _check_possible(
    session: Session, request: TriageRequest, decided: Decided, now: datetime
) -> Decided:
    """Return the refusals that need the history."""
    if request.verb is Verb.UNMUTE and not any(
        mute.subject == request.to for mute in mutes.list_news_mutes(session, now)
    ):
        return Decided(
            decided.after, refused=f"{request.to} is not muted; `monitor mute` lists what is"
        )
    if request.proposal and not decided.refused:
        page = load_last_reading(session, request.proposal.act, request.proposal.url)
        return (
            decided
            if page and page.sha256 == request.proposal.sha256
            else Decided(decided.after, refused=MOVED)
        )
    if decided.refused or request.verb is not Verb.TELL:
        return decided
    told = OutboxRow.kind.not_in(NO_ROOT), OutboxRow.state.not_in(NEVER)
    known = session.has(OutboxRow, *told, event=request.event, destination=request.to)
    return (
        Decided(decided.after, refused=f"{request.to} has an alert on it already")
        if known
        else decided
    )


def _record_handling(
    session: Session,
    request: TriageRequest,
    person: int | None,
    before: State,
    decided: Decided,
    now: datetime,
) -> HandlingRow:
    return session.keep(
        make_row(
            HandlingRow,
            request,
            event=request.event or None,
            at=now,
            person=person,
            role=request.person.role,
            text=request.text if request.verb is not Verb.ERASED else "",  # which is the name
            pairs=tuple(decided.dismissed),
            before=before,
            after=decided.after,
            refused=decided.refused,
        )
    )


def _follow_up(
    session: Session, request: TriageRequest, person: int | None, decided: Decided, now: datetime
) -> None:
    for pair in decided.dismissed:
        watched.dismiss(
            session,
            make_value(
                match.Dismissal,
                pair,
                by=request.person.name,
                at=format_instant(now),
                reason=request.text,
            ),
            now,
        )
    if request.verb is Verb.MUTE:
        mutes.mute_news(
            session, request.to, datetime.fromisoformat(request.until), person, request.text, now
        )
    elif request.verb is Verb.UNMUTE:
        mutes.unmute_news(session, request.to, person, now)
    elif request.verb is Verb.TELL:
        _tell_elsewhere(session, request, now)
    elif request.verb is Verb.REVIEW:
        facts.record_review(session, request, now)
    elif request.verb is Verb.ERASED:
        _erase_person(session, request, now)


def dismiss_for_reason(
    session: Session, dismissal: match.Dismissal, person: Person, key: str, now: datetime
) -> None:
    """Save a person's dismissal of a match that no event has, with its reason."""
    watched.dismiss(session, dismissal, now)
    request = TriageRequest(key, Verb.NOT_OURS, "", person, text=dismissal.reason)
    pair = make_value(Pair, dismissal)
    number = mutes.save_person(session, person)
    _record_handling(session, request, number, OPEN, Decided(OPEN, (pair,)), now)


def _erase_person(session: Session, request: TriageRequest, now: datetime) -> None:
    """Remove a name from all stored data, and enqueue edits of messages with it."""
    number = int(request.to.rpartition(":")[2])
    erase(session, number, request.text, now)
    (row,) = session.list_rows(HandlingRow, key=request.key)
    for event, stands in load_event_states(session).items():
        if number and stands.owner == number:
            enqueue_state_edit(session, row, event)


def _tell_elsewhere(session: Session, request: TriageRequest, now: datetime) -> None:
    """Enqueue the event's first messages, as known now, to another destination."""
    first = next(iter(list_root_messages(session, request.event)), None)
    if first is None:
        return
    key = f"{request.event}:told:{_shorten_key(request.key)}"
    message = make_message_beside(
        first,
        key,
        first.kind,
        now,
        destination=request.to,
        in_thread=False,
        why=SENT_ON,
        problem=first.problem,
        trouble=first.trouble,
    )
    add(session, message)


def _shorten_key(key: str) -> str:
    """Return the part of message keys that identifies an action."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def load_event_state(session: Session, event: str) -> State:
    """Load the status of an event after its actions."""
    last = session.find_row(HandlingRow, order=HandlingRow.id.desc(), event=event, refused="")
    return last.after if last else OPEN


def find_last_handling(session: Session) -> int:
    """The number of the last thing that was done."""
    return session.find_greatest(HandlingRow.id) or 0


def load_event_states(session: Session) -> dict[str, State]:
    """Load the status of every event with actions."""
    newest = (
        select(func.max(HandlingRow.id))
        .where(HandlingRow.refused == "")
        .group_by(HandlingRow.event)
    )
    rows = session.list_rows(HandlingRow, HandlingRow.id.in_(newest))
    return {row.event: row.after for row in rows if row.event}


def load_handled(session: Session, event: str) -> Handled | None:
    """Load the status of an event with the names of people; None without any action."""
    standing = load_standing(session, event)
    return None if standing == Handled() else standing


def load_standing(session: Session, event: str) -> Handled:
    """Load an event's status, also one without actions."""
    stands = load_event_state(session, event)
    return name_people_in_state(stands, mutes.load_people(session, [stands.owner]))


def name_people_in_state(stands: State, known: dict[int, PersonRow]) -> Handled:
    """A state with names for numbers."""
    by = mutes.get_person_name(known[stands.owner]) if stands.owner in known else ""
    return Handled(stands.stage, by, stands.since, stands.decision, stands.text, stands.until)


def list_matches(session: Session, event: str) -> list[Match]:
    """Load the event's matches with the watch list, sure and possible, by the last screening of
    its facts.
    """
    query = select(ChangeRow.key, ChangeRow.touches).where(
        ChangeRow.event == event, ChangeRow.touches.is_not(None)
    )
    newest = dict(session.execute(query.order_by(ChangeRow.id)).all())
    results = filter(None, newest.values())
    return list(
        dict.fromkeys(hit for result in results for hit in (*result.sure, *result.possible))
    )


def list_open_pairs(session: Session, touched: Sequence[Match]) -> list[Pair]:
    """List the pairs of these matches without a dismissal, each once."""
    if not touched:
        return []
    rows = session.list_rows(DismissalRow, withdrawn_at=None)
    dismissed = {(row.entry, row.subject) for row in rows}
    found = (
        Pair(hit.key, _make_subject_key(hit), hit.entry, hit.group or hit.subject)
        for hit in touched
    )
    unique = {(pair.entry, pair.subject): pair for pair in found}
    return [pair for key, pair in unique.items() if key not in dismissed]


def _make_subject_key(hit: Match) -> str:
    """Return the key of a match's dismissal: the code for goods with one, or else the name."""
    code, _, name = hit.subject.partition(" ")
    coded = hit.is_goods and name and any(sign.isdigit() for sign in code)
    return code if coded else normalize_name(hit.group or hit.subject)


def list_root_messages(session: Session, event: str) -> Sequence[OutboxRow]:
    """List the first messages of an event, one for each destination. Reminders count only if there
    is nothing else.
    """
    rows = session.list_rows(
        OutboxRow, OutboxRow.kind.not_in(NO_ROOT), in_thread=False, event=event
    )
    rows = rows or session.list_rows(OutboxRow, *REMINDED, event=event)
    first: dict[str, OutboxRow] = {}
    for row in sorted(rows, key=lambda row: row.state in NEVER):
        first.setdefault(row.destination, row)
    return list(first.values())


def enqueue_state_edit(session: Session, handling: HandlingRow, event: str | None = None) -> None:
    """Enqueue an edit of every message that shows the event's status, unless one is pending: it
    will show the latest status.
    """
    enqueue_edits(session, event or handling.event, _shorten_key(handling.key), handling.at)


def enqueue_edits(session: Session, event: str | None, key: str, now: datetime) -> None:
    """Owe an edit of every message of an event, under this key, unless one waits already."""
    for row in session.list_rows(
        OutboxRow, OutboxRow.kind.in_(HANDLED - EDITING), OutboxRow.state.in_(THERE), event=event
    ):
        if not session.has(OutboxRow, edits=row.id, state=OutboxState.PENDING):
            add(
                session,
                make_message_beside(
                    row, f"state:{key}:{row.id}", NoticeKind.STATE, now, edits=row.id
                ),
            )


def find_handling(session: Session, key: str) -> Handling | None:
    """Find the action with this key."""
    row = session.find_row(HandlingRow, key=key)
    return _decode_handlings(session, [row])[0] if row else None


def list_handlings(session: Session, event: str | None = None) -> list[Handling]:
    """All that was ever done with an event, or with all of them, in its order."""
    of_it: dict[str, Any] = {} if event is None else {"event": event}
    return _decode_handlings(session, session.list_rows(HandlingRow, **of_it))


def _decode_handlings(session: Session, rows: Sequence[HandlingRow]) -> list[Handling]:
    known = mutes.load_people(
        session, [one for row in rows for one in (row.person, row.before.owner, row.after.owner)]
    )
    handlings = []
    for row in rows:
        person = known.get(row.person or 0)
        own = {
            "number": row.id,
            "event": row.event or "",
            "by": mutes.get_person_name(person) if person else row.via,
            "handle": person.handle if person else "",
            "before": name_people_in_state(row.before, known),
            "after": name_people_in_state(row.after, known),
        }
        handlings.append(make_value(Handling, row, **own))
    return handlings


def find_event_key(session: Session, what: str) -> str | None:
    """Find an event by its key, by one of its acts, or by the number or place of a message about
    it.
    """
    if session.get(EventRow, what):
        return what
    if act := session.get(ActRow, what):
        return act.event
    number = what.removeprefix("#")
    if number.isdecimal() and len(number) <= LONGEST_NUMBER:
        row = session.get(OutboxRow, int(number))
        return row.event if row else None
    row = session.find_row(OutboxRow, OutboxRow.event.is_not(None), receipt=what)
    return row.event if row else None


# Stored data of people who acted, and how to remove a name: an audit keeps the role.

# The author, and the person who took it back, by name.
SAID_BY: tuple[Any, ...] = (
    DismissalRow.by,
    MuteRow.by,
    DealingRow.by,
    DismissalRow.withdrawn_by,
    MuteRow.withdrawn_by,
)
# Columns whose JSON has a person's name, and the member. A look-back is a fact of its own, and
# names an act's reviewer.
NAMED_IN: tuple[tuple[Any, str], ...] = (
    (ChangeRow.touches, "dismissed_by"),
    (ChangeRow.fact, "dismissed_by"),
    *(
        (column, "by")
        for column in (ChangeRow.handed, ChangeRow.fact, ChangeRow.before, ActRow.fact)
    ),
)


def list_people_kept(session: Session) -> list[KeptPerson]:
    """List everybody with stored data; a person who never acted on an event is known by name
    only.
    """
    rows = session.list_rows(PersonRow, erased_at=None)
    known = [KeptPerson(row.id, Person(row.handle, row.name, row.role)) for row in rows]
    named = {name for column in SAID_BY for name in session.list_values(column, distinct=True)}
    named |= {
        handed.by for handed in session.list_values(ChangeRow.handed, ChangeRow.handed.is_not(None))
    }
    alone = sorted(
        name
        for name in named - {one.person.name for one in known}
        if name and not name.startswith(mutes.SOMEBODY)
    )
    return [*known, *(KeptPerson(0, Person("", name)) for name in alone)]


def list_personal_records(session: Session, person: KeptPerson) -> list[PersonalRecord]:
    """Iterate over a person's stored data, the oldest first."""
    return sorted(_iterate_personal_records(session, person), key=lambda entry: entry.at)


def _iterate_personal_records(session: Session, person: KeptPerson) -> Iterator[PersonalRecord]:
    """List all stored data of a person: their actions, by number and name, and what they took back.
    A mute of news is a triage action.
    """
    number, name = person.number, person.person.name
    for row in session.list_rows(HandlingRow, person=number) if number else ():
        says = "; ".join(filter(None, (row.decision, row.to, row.until, row.text, row.refused)))
        yield PersonalRecord(f"triage: {row.verb}", row.at, row.event or "", says)
    for mute in session.list_rows(MuteRow, person=number) if number else ():
        yield PersonalRecord("mute of news", mute.at, f"{mute.about}:{mute.name}", mute.reason)
    yield from map(_make_screening_record, session.list_rows(ScreeningRow, person=number))
    for dismissal in session.list_rows(DismissalRow, by=name):
        yield PersonalRecord(
            "dismissal", dismissal.at, dismissal.entry, f"is not {dismissal.subject_name}"
        )
    for mute in session.list_rows(MuteRow, by=name, about=mutes.TROUBLES):
        yield PersonalRecord("mute of a source", mute.at, mute.name, mute.reason)
    for dealing in session.list_rows(DealingRow, by=name):
        yield PersonalRecord(
            f"message: {dealing.intervention}", dealing.at, str(dealing.message), dealing.reason
        )
    for change in session.list_rows(ChangeRow, ChangeRow.handed.is_not(None)):
        if (handed := change.handed) and handed.by == name:
            yield PersonalRecord(
                "page handed in", datetime.fromisoformat(handed.at), change.key, handed.note
            )
    for dismissal in session.list_rows(DismissalRow, withdrawn_by=name):
        at = dismissal.withdrawn_at or dismissal.at
        yield PersonalRecord(
            "dismissal taken back", at, dismissal.entry, f"may be {dismissal.subject_name}"
        )
    for mute in session.list_rows(MuteRow, withdrawn_by=name):
        yield PersonalRecord(
            "mute of a source taken back", mute.withdrawn_at or mute.at, mute.name, ""
        )


def _make_screening_record(row: ScreeningRow) -> PersonalRecord:
    return PersonalRecord("screening", row.at, str(row.id), row.via)


def erase(session: Session, number: int, name: str, now: datetime) -> None:
    """Remove a name and handle from all stored data; the actions stay, with the role of that
    time.
    """
    row = session.get(PersonRow, number) if number else None
    left = mutes.SOMEBODY
    if row:
        name, row.handle, row.name, row.erased_at = (
            name or row.name,
            f"{mutes.ERASED}{row.id}",
            "",
            now,
        )
        left = mutes.get_person_name(row)
    if not name:
        return
    for column in SAID_BY:
        session.execute(update(column.class_).where(column == name).values({column: left}))
    for column, member in NAMED_IN:
        old, new = (f'"{member}":{to_json(one).decode()}' for one in (name, left))
        text = type_coerce(column, String)
        session.execute(
            update(column.class_)
            .where(text.contains(old, autoescape=True))
            .values({column: func.replace(text, old, new)})
        )


# Reported events in triage: the status of each, its matches, and its key dates.


def list_cases(
    session: Session, *, every: bool = False, limit: int | None = None, touching: bool = False
) -> list[Case]:
    """List the reported events without a decision, the newest first; with `every` also the
    decided ones. With `touching`, leave out those of the first `limit` that have no match.
    """
    states = load_event_states(session)
    newest_first = EventRow.opened_at.desc(), EventRow.key
    events = session.list_values(EventRow.key, TOLD, order=newest_first)
    meant = (event for event in events if every or states.get(event, OPEN).stage is not Stage.DONE)
    return [
        load_case(session, event)
        for event in islice(meant, limit)
        if not touching or list_matches(session, event)
    ]


def count_untaken(session: Session) -> int:
    """Count the reported events that nobody has taken or decided."""
    states, told = load_event_states(session), session.list_values(EventRow.key, TOLD)
    return sum(states.get(event, OPEN).stage is Stage.OPEN for event in told)


def find_case(session: Session, what: str) -> Case | None:
    """Find an event by its key, an act of it, or the number or place of a message about it."""
    event = find_event_key(session, what)
    return load_case(session, event) if event else None


def load_case(session: Session, event: str) -> Case:
    """Load a reported event with its status."""
    row = session.get_one(EventRow, event)
    stands, happening = load_event_state(session, event), load_event(session, event)
    known = mutes.load_people(session, [stands.owner])
    ranks = session.list_values(OutboxRow.severity, OutboxRow.kind.in_(HANDLED), event=event)
    first = list_root_messages(session, event)
    touched = list_matches(session, event)
    return Case(
        event=event,
        authority=row.authority,
        opened_at=row.opened_at,
        severity=max(ranks, key=attrgetter("rank"), default=Severity.NORMAL),
        handled=name_people_in_state(stands, known),
        owner=known[stands.owner].handle if stands.owner in known else "",
        told={
            message.destination: message.sent_at if message.state is OutboxState.SENT else None
            for message in first
            if message.state not in NEVER
        },
        untold={
            message.destination: _explain_not_told(message)
            for message in first
            if message.state in NEVER
        },
        pairs=tuple(list_open_pairs(session, touched)),
        dates=list_key_dates(happening.acts if happening else ()),
        registers=tuple(_list_registers(happening)),
        sources=tuple(session.list_values(ChangeRow.source, distinct=True, event=event)),
        matches=tuple(touched),
        why={message.destination: message.why for message in first},
        evidence=_load_evidence(session, event),
        products=tuple(dict.fromkeys(match.key for match in touched if match.is_goods)),
        message=next((message.id for message in first), 0),
    )


def _load_evidence(session: Session, event: str) -> Evidence | None:
    """The bytes that the event was first known by."""
    change = session.find_row(ChangeRow, ChangeRow.url.is_not(None), event=event)
    return make_evidence(change) if change else None


def _explain_not_told(message: OutboxRow) -> str:
    """Explain why there is no message. The failure of a message that a person later dropped is not
    the reason.
    """
    return (
        "a person dropped it"
        if message.state is OutboxState.DROPPED
        else message.failure or str(message.state)
    )


def list_key_dates(acts: Iterable[Announcement]) -> Mapping[str, str]:
    """The days of law (ISO) that acts print, in their order, and whether something begins or
    ends then, or both.
    """
    by_day: dict[str, list[str]] = {}
    for day, what in sorted({day for act in acts for day in _list_days(act)}):
        by_day.setdefault(day, []).append(what)
    return {day: BOTH.join(words) for day, words in by_day.items()}


def _list_days(act: Announcement) -> Iterator[tuple[str, str]]:
    for measure in act.measures:
        if measure.starts and measure.starts.on:
            yield measure.starts.on[:10], "begins"
        if measure.ends and measure.ends.on:
            yield measure.ends.on[:10], "ends"


def _list_registers(happening: Event | None) -> Iterator[str]:
    """The registers that an event is about, each once."""
    if happening and happening.edition:
        yield happening.edition.register
    acts = happening.acts if happening else ()
    yield from dict.fromkeys(
        measure.register for act in acts for measure in act.measures if measure.register
    )
