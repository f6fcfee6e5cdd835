"""Export what was sent, taken and decided, for an audit; and the stored data of a person."""

from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter

from monitor.ask.cases import describe_case_state, format_case_headline, join_handling_words
from monitor.ask.exports import write_sheet
from monitor.ask.lines import make_line
from monitor.clock import format_instant
from monitor.errors import ConfigError
from monitor.model import Value
from monitor.store import History, handling, watched
from monitor.triage.values import (
    Case,
    Handling,
    KeptPerson,
    Person,
    Stage,
    TriageRequest,
    Verb,
)

ALERTS, STEPS = (
    tuple(heads.split(", "))
    for heads in (
        (
            "event, what, authority, severity, first seen (UTC), told (UTC), taken (UTC), taken by,"
            " minutes to taken, decided (UTC), decided by, role, decision, remark, minutes to decided,"
            " stands, refused"
        ),
        "number, at (UTC), event, did, by, role, via, before, after, said, refused",
    )
)
MINUTE = 60.0


class EntryLine(Value, kw_only=True):
    """A stored fact about a person, for programs."""

    person: str
    handle: str = ""
    role: str = ""
    kind: str
    at: str
    what: str = ""
    says: str = ""


def format_alert_rows(history: History, since: datetime | None, until: datetime | None) -> bytes:
    """Write a row for each reported event: alert → taken → decided; the oldest first."""
    told = [
        case
        for case in history(handling.list_cases, every=True)
        if _within(case.opened_at, since, until)
    ]
    return write_sheet(ALERTS, (_alert(history, case) for case in reversed(told)))


def format_step_rows(history: History, since: datetime | None, until: datetime | None) -> bytes:
    """A row for each thing that was ever done with an event or a match, in its order."""
    steps = [(one.at, _step(one)) for one in history(handling.list_handlings)]
    for at, did, by, said in history(watched.list_dismissal_steps):
        row = {"at (UTC)": format_instant(at), "did": did, "by": by, "said": said}
        steps.append((at, tuple(row.get(name, "") for name in STEPS)))
    steps.sort(key=itemgetter(0))
    return write_sheet(STEPS, (row for at, row in steps if _within(at, since, until)))


def _within(at: datetime, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or at >= since) and (until is None or at < until)


def _alert(history: History, case: Case) -> tuple[str, ...]:
    done = history(handling.list_handlings, case.event)
    told = min((at for at in case.told.values() if at), default=None)
    taken = next((one for one in done if one.verb is Verb.TAKE and not one.refused), None)
    decided = next(
        (
            one
            for one in reversed(done)
            if one.after.stage is Stage.DONE and one.before != one.after
        ),
        None,
    )
    decided = decided if case.handled.stage is Stage.DONE else None
    return (
        case.event,
        format_case_headline(history, case),
        case.authority,
        case.severity,
        format_instant(case.opened_at),
        "; ".join(_told(case)),
        format_instant(taken.at) if taken else "",
        taken.by if taken else "",
        _minutes(told, taken),
        format_instant(decided.at) if decided else "",
        decided.by if decided else "",
        decided.role if decided else "",
        decided.after.decision if decided else "",
        decided.after.text if decided else "",
        _minutes(told, decided),
        describe_case_state(case.handled),
        str(sum(bool(one.refused) for one in done)),
    )


def _told(case: Case) -> Iterator[str]:
    yield from (f"{name} {format_instant(at) if at else 'owed'}" for name, at in case.told.items())
    yield from (f"{name} not told ({reason})" for name, reason in case.untold.items())


def _minutes(told: datetime | None, done: Handling | None) -> str:
    return f"{(done.at - told).total_seconds() / MINUTE:.0f}" if told and done else ""


def _step(one: Handling) -> tuple[str, ...]:
    return (
        str(one.number),
        format_instant(one.at),
        one.event,
        one.verb,
        one.by,
        one.role,
        one.via,
        describe_case_state(one.before),
        describe_case_state(one.after),
        join_handling_words(one),
        one.refused,
    )


def find_person(history: History, what: str) -> KeptPerson:
    """Find the person with stored data, by name or handle.

    Raises:
        ConfigError: nobody or several match.
    """
    known = [
        kept
        for kept in history(handling.list_people_kept)
        if what and what in _list_person_names(kept.person)
    ]
    if len(known) == 1:
        return known[0]
    handles = ", ".join(kept.person.handle or kept.person.name for kept in known)
    why = (
        f"are {len(known)} people: {handles}; name one of these"
        if known
        else "is nobody of whom anything is kept"
    )
    raise ConfigError(f"{what!r} {why}")


def _list_person_names(person: Person) -> tuple[str, ...]:
    return person.name, person.handle, person.handle.partition(":")[2]


def list_entry_lines(history: History, person: KeptPerson) -> Iterator[EntryLine]:
    """List a person's stored data, a line each."""
    of, entries = person.person, history(handling.list_personal_records, person)
    about = {"person": of.name, "handle": of.handle, "role": of.role}
    yield from (make_line(EntryLine, entry, **about) for entry in entries)


def make_erasure_request(person: KeptPerson, by: Person, key: str) -> TriageRequest:
    """Make the order to erase a person's name; the record has only the person's number."""
    return TriageRequest(
        key=key,
        verb=Verb.ERASED,
        event="",
        person=by,
        to=f"person:{person.number}",
        text=person.person.name,
    )
