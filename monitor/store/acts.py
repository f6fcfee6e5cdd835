"""Reading acts and events back as values."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import func, literal_column, select

from monitor.alert.event import Decision, Event
from monitor.clock import format_instant
from monitor.diff import ChangeKind
from monitor.model import Announcement, Evidence, HandedIn, Report, ScreeningResult, edition_from_json, fact_from_json, to_json
from monitor.store import records, tables
from monitor.store.columns import make_value, select_json_text
from monitor.store.records import Act
from monitor.store.session import Session
from monitor.store.tables import ActRow, ChangeRow, EventRow

# The kinds of change after which more, or else, is known of an act.
READ = (ChangeKind.NEW, ChangeKind.AMENDED, ChangeKind.CORRECTED, ChangeKind.EXTENDED, ChangeKind.DISPUTED)


def load_event(session: Session, key: str) -> Event | None:
    """The event with its acts in the order they came, and the report that opened it if one did."""
    row = session.get(EventRow, key)
    if row is None:
        return None
    acts = session.scalars(select(ActRow).where(ActRow.event == key).order_by(ActRow.first_seen, ActRow.key)).all()
    # An event without acts was opened by a report, or a register's edition.
    query = select(ChangeRow).where(ChangeRow.event == key, ChangeRow.kind.in_((ChangeKind.REPORTED, ChangeKind.EDITION)))
    opener = None if acts else session.scalar(query.order_by(ChangeRow.id).limit(1))
    report = fact_from_json(opener.fact) if opener and opener.kind is ChangeKind.REPORTED else None
    return make_value(
        Event,
        row,
        acts=tuple(decode_act(act.fact) for act in acts),
        report=report if isinstance(report, Report) else None,
        edition=edition_from_json(opener.fact) if opener and opener.kind is ChangeKind.EDITION else None,
    )


def list_newest_acts(session: Session, limit: int) -> list[Act]:
    """The acts seen last, newest first."""
    rows = session.scalars(select(ActRow).order_by(ActRow.first_seen.desc(), ActRow.key).limit(limit)).all()
    return [records.Act(row.key, fact_from_json(row.fact).title, row.first_seen) for row in rows]


def count_by_authority(session: Session) -> dict[str, tuple[int, str]]:
    """How many acts there are of each authority, and the day of its oldest; "" where that is not known."""
    whose, day = (select_json_text(ActRow.fact, key) for key in ("authority", "published"))
    first = func.min(func.substr(day, literal_column("1"), literal_column("10")))  # as bare numbers for PostgreSQL
    rows = session.execute(select(whose, func.count(), first).group_by(whose)).all()
    return {authority: (number, oldest or "") for authority, number, oldest in rows}


def load_acts(session: Session, keys: Collection[str]) -> dict[str, Announcement]:
    """The acts we have of these."""
    rows = session.list_rows(ActRow, ActRow.key.in_(sorted(set(keys))))
    return {row.key: decode_act(row.fact) for row in rows}


def list_acts_not_understood(session: Session) -> list[Announcement]:
    """The acts that are not understood in full."""
    query = select(ActRow.fact).where(~ActRow.fact.contains('"understood":"full"'))
    return [decode_act(fact) for fact in session.scalars(query.order_by(ActRow.first_seen, ActRow.key)).all()]


def list_amending_acts(session: Session, targets: set[str]) -> list[Announcement]:
    """The acts that change one of these, in the order we saw them."""
    keys = session.list_values(tables.AmendingRow.by, tables.AmendingRow.target.in_(sorted(targets)))
    rows = session.list_rows(ActRow, ActRow.key.in_(sorted(set(keys))), by=ActRow.first_seen)
    return [decode_act(row.fact) for row in rows]


def load_screening_results(session: Session, keys: Sequence[str]) -> dict[str, ScreeningResult]:
    """How each of these acts, as it is known now, was held against the watch list; none where there was no list."""
    query = select(ChangeRow.key, ChangeRow.touches).where(ChangeRow.key.in_(keys), ChangeRow.touches.is_not(None))
    newest = dict(session.execute(query.order_by(ChangeRow.id)).all())
    return {key: msgspec.json.decode(text, type=ScreeningResult) for key in keys if (text := newest.get(key))}


def load_last_reading(session: Session, key: str, url: str) -> "tables.ReadingRow | None":
    """The last reading of a fact at one address."""
    row = tables.ReadingRow
    return session.scalar(select(row).where(row.key == key, row.url == url))


def make_evidence(change: ChangeRow) -> Evidence | None:
    """The bytes that a change was read from; None where no page brought it."""
    if change.url is None or change.sha256 is None or change.fetched_at is None:
        return None
    handed = msgspec.json.decode(change.handed, type=HandedIn) if change.handed else None
    return Evidence(url=change.url, sha256=change.sha256, fetched_at=format_instant(change.fetched_at), handed=handed)


def parse_moment(text: str) -> datetime:
    """A moment as it is kept."""
    return datetime.fromisoformat(text).astimezone(UTC)


def open_event(session: Session, key: str, authority: str, now: datetime, *, told: bool) -> None:
    """Have an event of this key; `told` if a message about it is owed."""
    if session.get(EventRow, key) is None:
        session.add(EventRow(key=key, authority=authority, opened_at=now, told=told))
        session.flush()


def save_change(session: Session, decision: Decision, evidence: Evidence, **said: Any) -> ChangeRow:
    """Keep a change that was read from bytes, as it was decided; `said` are its other columns."""
    return session.keep(
        ChangeRow(
            kind=decision.kind,
            touches=to_json(decision.touches).decode() if decision.touches else None,
            url=evidence.url,
            sha256=evidence.sha256,
            fetched_at=parse_moment(evidence.fetched_at),
            handed=to_json(evidence.handed).decode() if evidence.handed else None,
            **said,
        )
    )


def decode_act(raw: str) -> Announcement:
    """The act that was kept as this JSON."""
    fact = fact_from_json(raw)
    assert isinstance(fact, Announcement)
    return fact
