"""Reading acts and events back as values."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, literal_column, select

from monitor.alert.event import Decision, Event, list_event_names
from monitor.clock import format_instant
from monitor.config import EventSettings
from monitor.diff import ChangeKind
from monitor.model import (
    Announcement,
    Edition,
    Evidence,
    Fact,
    Report,
    edition_from_json,
    fact_from_json,
)
from monitor.store.columns import chunk_values, make_value, select_json_text
from monitor.store.records import Act, MarkKind
from monitor.store.session import Session
from monitor.store.tables import ActRow, AmendingRow, ChangeRow, EventRow, MarkRow, ReadingRow
from monitor.vocabulary.letters import bare
from monitor.watch.values import ScreeningResult

# The kinds of change after which more, or else, is known of an act.
READ = (
    ChangeKind.NEW,
    ChangeKind.AMENDED,
    ChangeKind.CORRECTED,
    ChangeKind.EXTENDED,
    ChangeKind.DISPUTED,
    ChangeKind.REVIEWED,
)
IN_ORDER = ActRow.first_seen, ActRow.key


def load_event(session: Session, key: str) -> Event | None:
    """The event with its acts in the order they came, and the report that opened it if one did."""
    row = session.get(EventRow, key)
    if row is None:
        return None
    acts = session.list_rows(ActRow, order=IN_ORDER, event=key)
    # An event without acts was opened by a report, or a register's edition.
    opens = ChangeRow.kind.in_((ChangeKind.REPORTED, ChangeKind.EDITION))
    opener = None if acts else session.find_row(ChangeRow, opens, event=key)
    found = decode_found(opener) if opener else None
    return make_value(
        Event,
        row,
        acts=tuple(decode_act(act.fact) for act in acts),
        report=found if isinstance(found, Report) else None,
        edition=found if isinstance(found, Edition) else None,
    )


def decode_found(change: ChangeRow) -> Fact | Edition:
    """The fact, or a register's edition, that a change recorded."""
    decode = edition_from_json if change.kind is ChangeKind.EDITION else fact_from_json
    return decode(change.fact)


def list_newest_acts(session: Session, limit: int) -> list[Act]:
    """The acts seen last, newest first."""
    rows = session.list_rows(ActRow, order=(ActRow.first_seen.desc(), ActRow.key), limit=limit)
    return [Act(row.key, decode_act(row.fact).title, row.first_seen) for row in rows]


def count_by_authority(session: Session) -> dict[str, tuple[int, str]]:
    """Count each authority's acts, with the day of its oldest; "" if unknown."""
    whose, day = (select_json_text(ActRow.fact, key) for key in ("authority", "published"))
    # as bare numbers for PostgreSQL
    first = func.min(func.substr(day, literal_column("1"), literal_column("10")))
    rows = session.execute(select(whose, func.count(), first).group_by(whose)).all()
    return {authority: (number, oldest or "") for authority, number, oldest in rows}


def load_acts(session: Session, keys: Collection[str]) -> dict[str, Announcement]:
    """The acts we have of these."""
    rows = session.list_rows(ActRow, ActRow.key.in_(sorted(set(keys))))
    return {row.key: decode_act(row.fact) for row in rows}


def load_act(session: Session, key: str) -> Announcement | None:
    """The act with this key, if we have it."""
    return load_acts(session, [key]).get(key)


def list_acts_not_understood(session: Session) -> list[Announcement]:
    """The acts that are not understood in full."""
    in_part = ~ActRow.fact.contains('"understood":"full"')
    return [decode_act(row.fact) for row in session.list_rows(ActRow, in_part, order=IN_ORDER)]


def list_amending_acts(session: Session, targets: set[str]) -> list[Announcement]:
    """The acts that change one of these, in the order we saw them."""
    keys = session.list_values(AmendingRow.by, AmendingRow.target.in_(sorted(targets)))
    rows = session.list_rows(ActRow, ActRow.key.in_(sorted(set(keys))), order=ActRow.first_seen)
    return [decode_act(row.fact) for row in rows]


def load_screening_results(session: Session, keys: Sequence[str]) -> dict[str, ScreeningResult]:
    """Load the matches of each of these acts, as it is known now; none without a watch list."""
    query = select(ChangeRow.key, ChangeRow.touches).where(
        ChangeRow.key.in_(keys), ChangeRow.touches.is_not(None)
    )
    newest = dict(session.execute(query.order_by(ChangeRow.id)).all())
    return {key: result for key in keys if (result := newest.get(key))}


def load_last_reading(session: Session, key: str, url: str) -> ReadingRow | None:
    """The last reading of a fact at one address."""
    return session.find_row(ReadingRow, key=key, url=url)


def load_acts_of_page(session: Session, url: str, sha256: str | None) -> list[Announcement]:
    """The acts that were read last at an address, from these bytes."""
    rows = session.list_rows(ReadingRow, url=url, sha256=sha256) if sha256 else ()
    facts = (fact_from_json(row.fact) for row in rows)
    return [fact for fact in facts if isinstance(fact, Announcement)]


def make_evidence(change: ChangeRow) -> Evidence | None:
    """The bytes that a change was read from; None where no page brought it."""
    if change.url is None or change.sha256 is None or change.fetched_at is None:
        return None
    return Evidence(
        url=change.url,
        sha256=change.sha256,
        fetched_at=format_instant(change.fetched_at),
        handed=change.handed,
    )


def make_reading_evidence(row: ReadingRow) -> Evidence:
    """The bytes of a reading."""
    return Evidence(url=row.url, sha256=row.sha256, fetched_at=format_instant(row.fetched_at))


def parse_moment(text: str) -> datetime:
    """Parse an instant as stored."""
    return datetime.fromisoformat(text).astimezone(UTC)


def open_event(session: Session, key: str, authority: str, now: datetime, *, told: bool) -> None:
    """Create or update the event with this key; `told` if one of its messages was enqueued."""
    if session.get(EventRow, key) is None:
        session.add(EventRow(key=key, authority=authority, opened_at=now, told=told))
        session.flush()


def save_change(session: Session, decision: Decision, evidence: Evidence, **said: Any) -> ChangeRow:
    """Save a change that was read from bytes, as decided; `said` are its other columns."""
    return session.keep(
        ChangeRow(
            kind=decision.kind,
            touches=decision.touches,
            url=evidence.url,
            sha256=evidence.sha256,
            fetched_at=parse_moment(evidence.fetched_at),
            handed=evidence.handed,
            **said,
        )
    )


def decode_act(raw: str) -> Announcement:
    """Decode an act from its stored JSON."""
    fact = fact_from_json(raw)
    assert isinstance(fact, Announcement)
    return fact


# The subjects of events as rows to look up. So recording costs by what can match, not by recent
# volume.

RECENT = timedelta(days=14)  # in which the press, an act and an early sign of it find each other
# an official print may be weeks ahead of the register that carries it out
AHEAD = timedelta(days=30)
# acts of one register, the newest ones, among which a report that names nobody finds the one it is
# on
NEAREST = 20

# a register, or an act's key; a name listed there, "" for the register itself
Mark = tuple[str, str]
KINDS = {Announcement: MarkKind.ACT, Report: MarkKind.REPORT, Edition: MarkKind.EDITION}


def index_event(session: Session, event: str, about: Fact | Edition, now: datetime) -> None:
    """Let an event be found by what it is about."""
    kind = KINDS[type(about)]
    had = {(row.about, row.name) for row in session.list_rows(MarkRow, event=event, kind=kind)}
    opened = session.get(EventRow, event)
    at = opened.opened_at if opened else now
    session.add_all(
        MarkRow(event=event, kind=kind, about=register, name=name, at=at)
        for register, name in sorted(set(_list_marks(about)) - had)
    )


def find_related_events(
    session: Session, fact: Fact, windows: EventSettings, now: datetime
) -> list[Event]:
    """Find the events a fact may belong to or change: its package, press reports on it, acts it
    names.
    """
    named = session.list_values(ActRow.event, ActRow.key.in_(_list_named(fact)))
    kinds = (MarkKind.ACT,) if isinstance(fact, Report) else (MarkKind.REPORT, MarkKind.EDITION)
    marks = sorted(set(_list_marks(fact)))
    since = now - RECENT
    keys = [*_find_marked(session, kinds, [mark for mark in marks if mark[1]], since)]
    if isinstance(fact, Report):
        keys += _find_newest(session, [register for register, name in marks if not name], since)
    else:
        keys += [
            # with which an act of this moment can be one package
            *session.list_values(
                EventRow.key, EventRow.opened_at >= now - windows.package, told=True
            ),
            *_find_marked(
                session,
                (MarkKind.REPORT,),
                [*{(register, "") for register, _ in marks}, (fact.key, "")],
                since,
            ),
        ]
    return _load_events(session, (*named, *keys))


def find_events_of_edition(session: Session, edition: Edition, now: datetime) -> list[Event]:
    """The events of acts that the edition may carry out."""
    return _load_events(
        session,
        _find_marked(session, (MarkKind.ACT,), sorted(set(_list_marks(edition))), now - AHEAD),
    )


def _load_events(session: Session, keys: Iterable[str | None]) -> list[Event]:
    return [
        event for key in sorted({key for key in keys if key}) if (event := load_event(session, key))
    ]


def _find_marked(
    session: Session, kinds: Sequence[MarkKind], marks: Iterable[Mark], since: datetime
) -> Iterator[str]:
    """The events of these kinds since a moment that have one of the marks."""
    registers = defaultdict[str, list[str]](list)
    for register, name in marks:
        registers[register].append(name)
    lately = MarkRow.at >= since, MarkRow.kind.in_(kinds)
    for register, names in registers.items():
        for some in chunk_values(names):
            yield from session.list_values(
                MarkRow.event, *lately, MarkRow.name.in_(some), distinct=True, about=register
            )


def _find_newest(session: Session, registers: Sequence[str], since: datetime) -> Iterator[str]:
    acts: dict[str, Any] = {"kind": MarkKind.ACT, "name": ""}
    newest, lately = MarkRow.at.desc(), MarkRow.at >= since
    for register in registers:
        yield from session.list_values(
            MarkRow.event, lately, order=newest, limit=NEAREST, about=register, **acts
        )


def _list_marks(about: Fact | Edition) -> Iterator[Mark]:
    if isinstance(about, Edition):
        yield from ((about.register, bare(change.name)) for change in about.changes)
    elif isinstance(about, Report):
        names = list_event_names(about.mentions.entities)
        yield from ((key, "") for key in about.mentions.keys)
        yield from (
            (register, name) for register in about.mentions.registers for name in ("", *names)
        )
    else:
        for measure in about.measures:
            if measure.register:
                yield from (
                    (measure.register, name) for name in ("", *list_event_names(measure.entities))
                )


def _list_named(fact: Fact) -> list[str]:
    """List the acts that a fact mentions or changes."""
    if isinstance(fact, Report):
        return list(fact.mentions.keys)
    return [target.key for measure in fact.measures for target in measure.amends]
