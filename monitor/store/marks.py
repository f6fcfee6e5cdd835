"""What events are about, as rows to look them up by: recording costs by what can match, not by how much has happened lately."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, select

from monitor.alert.event import Event, Windows, list_event_names
from monitor.model import Announcement, Edition, Fact, Report
from monitor.store.acts import load_event
from monitor.store.columns import chunk_values
from monitor.store.session import Session
from monitor.store.tables import ActRow, EventRow, MarkRow
from monitor.store.values import MarkKind
from monitor.vocabulary.letters import bare

RECENT = timedelta(days=14)  # in which the press, an act and an early sign of it find each other
AHEAD = timedelta(days=30)  # an official print may be weeks ahead of the register that carries it out
NEAREST = 20  # acts of one register, the newest ones, among which a report that names nobody finds the one it is on

Mark = tuple[str, str]  # a register, or an act's key; a name listed there, "" for the register itself


def keep(session: Session, event: str, about: Fact | Edition, now: datetime) -> None:
    """Let an event be found by what it is about."""
    kind = _choose_kind(about)
    had = set(session.execute(select(MarkRow.about, MarkRow.name).where(MarkRow.event == event, MarkRow.kind == kind)).all())
    opened = session.get(EventRow, event)
    at = opened.opened_at if opened else now
    new = sorted(set(_list_marks(about)) - had)
    session.add_all(MarkRow(event=event, kind=kind, about=register, name=name, at=at) for register, name in new)


def find_related_events(session: Session, fact: Fact, windows: Windows, now: datetime) -> list[Event]:
    """The events a found fact may belong to, or change: of its package, of the press on it, and those whose acts it names."""
    named = session.list_values(ActRow.event, ActRow.key.in_(_list_named(fact)))
    kinds = (MarkKind.ACT,) if isinstance(fact, Report) else (MarkKind.REPORT, MarkKind.EDITION)
    marks = sorted(set(_list_marks(fact)))
    since = now - RECENT
    keys = [*_find_marked(session, kinds, [mark for mark in marks if mark[1]], since)]
    if isinstance(fact, Report):
        keys += _find_newest(session, [register for register, name in marks if not name], since)
    else:
        keys += [
            *_find_package(session, windows, now),
            *_find_marked(session, (MarkKind.REPORT,), [*{(register, "") for register, _ in marks}, (fact.key, "")], since),
        ]
    return _load_events(session, (*named, *keys))


def find_events_of_edition(session: Session, edition: Edition, now: datetime) -> list[Event]:
    """The events of acts that the edition may carry out."""
    return _load_events(session, _find_marked(session, (MarkKind.ACT,), sorted(set(_list_marks(edition))), now - AHEAD))


def _load_events(session: Session, keys: Iterable[str | None]) -> list[Event]:
    return [event for key in sorted({key for key in keys if key}) if (event := load_event(session, key))]


def _find_package(session: Session, windows: Windows, now: datetime) -> Sequence[str]:
    """The events with which an act of this moment can be one package."""
    near = EventRow.opened_at >= now - windows.package
    return session.list_values(EventRow.key, near, EventRow.told.is_(True))


def _find_marked(session: Session, kinds: Sequence[MarkKind], marks: Iterable[Mark], since: datetime) -> Iterator[str]:
    """The events of these kinds since a moment that have one of the marks."""
    registers: dict[str, list[str]] = {}
    for register, name in marks:
        registers.setdefault(register, []).append(name)
    for register, names in registers.items():
        for some in chunk_values(names):
            yield from session.scalars(_make_query(kinds, register, MarkRow.name.in_(some), since).distinct()).all()


def _find_newest(session: Session, registers: Sequence[str], since: datetime) -> Iterator[str]:
    for register in registers:
        query = _make_query((MarkKind.ACT,), register, MarkRow.name == "", since)
        yield from session.scalars(query.order_by(MarkRow.at.desc()).limit(NEAREST)).all()


def _make_query(kinds: Sequence[MarkKind], register: str, names: ColumnElement[bool], since: datetime) -> Select[str]:
    return select(MarkRow.event).where(MarkRow.kind.in_(kinds), MarkRow.about == register, names, MarkRow.at >= since)


def _choose_kind(about: Fact | Edition) -> MarkKind:
    return MarkKind.ACT if isinstance(about, Announcement) else MarkKind.REPORT if isinstance(about, Report) else MarkKind.EDITION


def _list_marks(about: Fact | Edition) -> Iterator[Mark]:
    if isinstance(about, Edition):
        yield from ((about.register, bare(change.name)) for change in about.changes)
    elif isinstance(about, Report):
        names = list_event_names(about.mentions.entities)
        yield from ((key, "") for key in about.mentions.keys)
        yield from ((register, name) for register in about.mentions.registers for name in ("", *names))
    else:
        for measure in about.measures:
            if measure.register:
                yield from ((measure.register, name) for name in ("", *list_event_names(measure.entities)))


def _list_named(fact: Fact) -> list[str]:
    """The acts that a fact speaks of or changes."""
    if isinstance(fact, Report):
        return list(fact.mentions.keys)
    return [target.key for measure in fact.measures for target in measure.amends]
