"""Incidents of sources and authorities: one message, edited while the incident lasts, with a reply
at its end.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from monitor.alert.event import MONITOR, NoticeKind
from monitor.clock import format_instant
from monitor.errors import ErrorKind
from monitor.model import Problem, Severity
from monitor.source import series
from monitor.source.health import (
    LASTING,
    LAYOUT,
    NOT_THE_PAGE,
    Health,
    Paths,
    Reach,
    compute_reach,
    describe_kind,
    find_last_seen,
    name_kind,
)
from monitor.source.series import Sign
from monitor.store import mutes
from monitor.store.columns import make_value
from monitor.store.outbox import OPS, add
from monitor.store.records import OutboxState, TroubleState
from monitor.store.session import Session
from monitor.store.sightings import NOT_ON_A_PAGE
from monitor.store.tables import AddressRow, ChangeRow, OutboxRow, SightRow, SourceRow, TroubleRow

OUTAGE = "outage"  # the sign of a source that gives nothing; any other is a kind of its own
NAMED = 8  # sources that fail for one cause
MOMENT = timedelta(minutes=2)  # after an alarm's end: who fails then may have been asked before
ALARMS = (ErrorKind.BLIND, ErrorKind.NETWORK)
SEVERITY = {
    Reach.ONE: Severity.LOW,
    Reach.ONLY: Severity.HIGH,
    Reach.AUTHORITY: Severity.HIGH,
    Reach.EVERYTHING: Severity.HIGH,
}


def load_source_healths(session: Session) -> dict[str, Health]:
    """Load the health of every source ever polled. As plain rows: for ten thousand, objects take
    three times as long.
    """
    names = ("id", "first_ok", "last_poll", "last_ok", "failures", "problem", "since", "told")
    return {
        row.id: decode_health(row)
        for row in session.execute(select(*(getattr(SourceRow, name) for name in names)))
    }


def find_open_incident(
    session: Session, about: str, sign: str, subject: str = ""
) -> TroubleRow | None:
    """A trouble that is not over."""
    return session.find_row(TroubleRow, over=None, about=about, sign=sign, subject=subject)


def open_ones(session: Session, about: Collection[str] | None = None) -> list[TroubleRow]:
    """List the open incidents, all or only these."""
    of_these = () if about is None else (TroubleRow.about.in_(about),)
    return [*session.list_rows(TroubleRow, *of_these, over=None)]


def list_incident_states(
    session: Session, about: Collection[str] | None = None
) -> list[TroubleState]:
    """List the states of open incidents, all or only these."""
    return [make_value(TroubleState, row) for row in open_ones(session, about)]


def open_incident(
    session: Session,
    source: str,
    state: Health,
    paths: Paths,
    healths: dict[str, Health],
    now: datetime,
) -> bool:
    """Report a source that has given nothing for too long, or its whole authority; return whether
    the source itself was named.

    While all sources fail, none gets a message of its own until others are back. Report nothing on
    a muted source, or on an authority with all sources muted, until the mute ends.
    """
    assert state.problem, "what fails has a cause"
    far = compute_reach(source, state, paths, healths)
    hidden = {source, *(paths.own if far is Reach.AUTHORITY else ())}
    if far is not Reach.EVERYTHING and all(
        mutes.find_source_mute(session, name, now) for name in hidden
    ):
        return False
    if far in (Reach.ONE, Reach.ONLY):
        _begin_incident(
            session,
            _make_outage(source, state.problem, SEVERITY[far], state.since or now, paths.own),
            now,
        )
        return True
    _open_alarm(session, source, state, paths, healths, now, network=far is Reach.EVERYTHING)
    return False


def _open_alarm(
    session: Session,
    source: str,
    state: Health,
    paths: Paths,
    healths: dict[str, Health],
    now: datetime,
    *,
    network: bool,
) -> None:
    """Report that nothing can be seen of an authority, or of any."""
    about, kind = (MONITOR, ErrorKind.NETWORK) if network else (paths.authority, ErrorKind.BLIND)
    names = paths.every if network else paths.own
    known = {name: healths[name] for name in names if name in healths} | {source: state}
    since = find_last_seen([*known.values()]) or min(
        health.since for health in known.values() if health.since
    )
    row = TroubleRow(
        about=about,
        sign=str(kind),
        problem=_make_alarm(kind, known),
        severity=Severity.HIGH,
        since=since,
        paths=tuple(names),
    )
    _begin_incident(session, row, now)


def is_told_with_others(session: Session, problem: Problem, paths: Paths, now: datetime) -> bool:
    """Return whether an incident of all sources, or of an authority, covers this one, also if it
    ended a moment ago: the next poll may go well. If a page came, even a strange one, the network
    is not the cause any more.
    """
    about = TroubleRow.about.in_((paths.authority, MONITOR)), TroubleRow.sign.in_(ALARMS)
    if session.has(TroubleRow, *about, TroubleRow.over > now - MOMENT):
        return True
    network = find_open_incident(session, MONITOR, ErrorKind.NETWORK)
    if network and name_kind(problem.kind) in (NOT_THE_PAGE, LAYOUT):
        end(session, network, now)
    row = (network if network and not network.over else None) or find_open_incident(
        session, paths.authority, ErrorKind.BLIND
    )
    if row:
        enqueue_incident_edit(session, row, now)
    return row is not None


def _make_alarm(kind: ErrorKind, healths: Mapping[str, Health]) -> Problem:
    """Name the failing sources by cause; of many the first ones."""
    causes: dict[ErrorKind, list[str]] = {}
    for name, health in healths.items():
        if health.problem:
            causes.setdefault(health.problem.kind, []).append(name)
    return Problem(
        kind,
        "; ".join(
            f"{describe_kind(cause)}: {_name_some(sorted(those))}"
            for cause, those in causes.items()
        ),
    )


def _name_some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


def update_incident(session: Session, source: str, state: Health, now: datetime) -> None:
    """Edit the message of an incident with a new cause or a long duration."""
    if (row := find_open_incident(session, source, OUTAGE)) and state.problem:
        row.problem = state.problem
        enqueue_incident_edit(session, row, now)


def close_incident(
    session: Session, source: str, before: Health, paths: Paths, now: datetime
) -> None:
    """A source was read well: its trouble is over, and so is that of its authority, and of all."""
    rows = open_ones(session, (source, paths.authority, MONITOR))
    row = next((row for row in rows if (row.about, row.sign) == (source, OUTAGE)), None)
    if row is None and before.told and before.problem:  # reported by a version without incidents
        row = session.keep(_make_outage(source, before.problem, Severity.LOW, before.since or now))
    alarms = [row for row in rows if row.sign in ALARMS]
    for trouble in filter(None, (row, *alarms)):
        trouble.brought = _count_brought(session, source, trouble.since)
        end(session, trouble, now)


def _count_brought(session: Session, source: str, since: datetime) -> int:
    """Count the pages that came since then; where none did, the changes of a page or a register."""
    new = AddressRow.seen_at >= since
    pages = session.count(AddressRow, new, start=False, baseline=False, source=source)
    of_publishers = ChangeRow.at >= since, ChangeRow.kind.not_in(NOT_ON_A_PAGE)
    return pages or session.count(ChangeRow, *of_publishers, source=source)


def update_signs(session: Session, source: str, signs: Iterable[Sign], now: datetime) -> None:
    """Compare a source's anomalies with its incidents: report new ones unless muted, close ended
    ones. A message is edited if the missing numbers change, or the incident lasts long.
    """
    current = {(str(sign.kind), sign.subject): sign for sign in signs}
    for row in open_ones(session, [source]):
        sign = current.pop((row.sign, row.subject), None)
        if sign is None and row.sign != OUTAGE:
            row.brought = _count_arrived(session, row.subject)
            end(session, row, now)
        elif sign:
            row.problem = Problem(sign.kind, sign.text)
            enqueue_incident_edit(session, row, now)
    for sign in () if mutes.find_source_mute(session, source, now) else current.values():
        problem = Problem(sign.kind, sign.text)
        _begin_incident(
            session,
            TroubleRow(
                about=source, sign=str(sign.kind), problem=problem, since=now, subject=sign.subject
            ),
            now,
        )


def _count_arrived(session: Session, subject: str) -> int:
    """Count the missing acts that are known now."""
    missed = SightRow.key.in_(series.list_missed_keys(subject))
    return len(session.list_values(SightRow.key, missed, distinct=True))


def _begin_incident(session: Session, trouble: TroubleRow, now: datetime) -> None:
    row = find_open_incident(session, trouble.about, trouble.sign, trouble.subject) or session.keep(
        trouble
    )
    row.says = _word_message(row, now)
    _enqueue_incident(session, row, NoticeKind.PROBLEM, now)


def _make_outage(
    source: str, problem: Problem, severity: Severity, since: datetime, paths: Sequence[str] = ()
) -> TroubleRow:
    return TroubleRow(
        about=source,
        sign=OUTAGE,
        problem=problem,
        severity=severity,
        since=since,
        paths=tuple(paths),
    )


def end(session: Session, row: TroubleRow, now: datetime) -> None:
    """Close an incident: edit its message and reply to it. One that still waits says it itself."""
    row.over = now
    first = {"kind": NoticeKind.PROBLEM, "again_of": None, "state": OutboxState.PENDING}
    if session.has(OutboxRow, trouble=row.id, **first):
        return
    enqueue_incident_edit(session, row, now)
    _enqueue_incident(session, row, NoticeKind.RECOVERED, now, in_thread=True)


def enqueue_incident_edit(session: Session, row: TroubleRow, now: datetime) -> None:
    """Enqueue an edit of an incident's outdated message, unless the message or an edit is
    pending.
    """
    if row.says == (says := _word_message(row, now)):
        return
    row.says, row.edits = says, row.edits + 1
    waits = session.has(
        OutboxRow, OutboxRow.kind != NoticeKind.RECOVERED, trouble=row.id, state=OutboxState.PENDING
    )
    if session.has(OutboxRow, trouble=row.id, kind=NoticeKind.PROBLEM) and not waits:
        _enqueue_incident(session, row, NoticeKind.UPDATED, now)


def _word_message(row: TroubleRow, now: datetime) -> str:
    """Return the content that is worth an edit: the cause, the rough duration, the end."""
    lasting = sum(row.since + long <= now for long in LASTING)
    return (
        f"{row.problem.kind} {row.problem.text if row.subject else ''} {lasting}"
        f" {'over' if row.over else ''}"
    )


def _enqueue_incident(
    session: Session, row: TroubleRow, kind: NoticeKind, now: datetime, *, in_thread: bool = False
) -> None:
    """Enqueue one message about an incident. Its key has subject, kind and start, so that none is
    sent twice.
    """
    what = "" if kind is NoticeKind.PROBLEM and row.sign != OUTAGE else str(kind)
    sign = "" if row.sign == OUTAGE else row.sign
    named = ":".join(filter(None, (sign, row.subject, what)))
    edit = f":{row.edits}" if kind is NoticeKind.UPDATED else ""
    add(
        session,
        OutboxRow(
            key=f"{row.about}:{named}:{format_instant(row.since)}{edit}",
            kind=kind,
            destination=OPS,
            source=row.about,
            trouble=row.id,
            in_thread=in_thread,
            severity=row.severity,
            problem=row.problem,
            created_at=now,
        ),
    )


def list_subjects_of_sign(session: Session, source: str, sign: ErrorKind) -> list[str]:
    """List the past incidents with this sign."""
    return list(session.list_values(TroubleRow.subject, about=source, sign=str(sign)))


def decode_health(row: SourceRow | Row[Any] | None) -> Health:
    """A source's row as a value."""
    return make_value(Health, row) if row else Health()
