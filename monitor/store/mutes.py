"""Mutes: who, until when and why. Ended and revoked ones stay on record.

A mute covers the failures of a source. Or it covers news of a source, register, topic or product,
which are then recorded without a message.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement

from monitor.alert.event import EDITING, Post
from monitor.alert.route import extract_features
from monitor.clock import format_instant
from monitor.model import Edition, Fact, PageChange
from monitor.source.health import SourceMute
from monitor.store.columns import make_value
from monitor.store.session import Session
from monitor.store.tables import MuteRow, PersonRow
from monitor.triage.values import About, NewsMute, Person, find_covering_mute
from monitor.watch.values import ScreeningResult

SOMEBODY = "somebody who was erased"
ERASED = "erased:"  # the prefix of an erased person's handle


def save_person(session: Session, person: Person) -> int:
    """Return the number of a person; save the current name, if known, and the last role."""
    row = session.find_row(PersonRow, handle=person.handle)
    row = row or PersonRow(handle=person.handle, name=person.handle.partition(":")[2])
    row.name, row.role = person.name or row.name, person.role or row.role
    session.keep(row)
    return row.id


def get_person_name(row: PersonRow) -> str:
    """Return the name, or an erased person's role."""
    return row.name or f"{SOMEBODY} ({row.role or 'no role'})"


def load_people(session: Session, numbers: Iterable[int | None]) -> dict[int, PersonRow]:
    """The people of these numbers."""
    wanted = sorted({one for one in numbers if one is not None})
    return {row.id: row for row in session.list_rows(PersonRow, PersonRow.id.in_(wanted))}


TROUBLES = "troubles"  # of a source, beside the kinds of news
MUTED = "muted: "


def _list_holding(
    session: Session, now: datetime, *which: ColumnElement[bool], **same: Any
) -> Sequence[MuteRow]:
    """List such mutes that hold now, the first to end first."""
    first, holds = (MuteRow.until, MuteRow.id), MuteRow.until > now
    return session.list_rows(MuteRow, holds, *which, order=first, withdrawn_at=None, **same)


def find_source_mute(session: Session, source: str, now: datetime) -> MuteRow | None:
    """The mute of a source that holds now."""
    return next(iter(_list_holding(session, now, about=TROUBLES, name=source)), None)


def list_source_mutes(session: Session, now: datetime) -> list[SourceMute]:
    """Every mute of a source that holds now, by source."""
    rows = sorted(_list_holding(session, now, about=TROUBLES), key=attrgetter("name"))
    return [make_value(SourceMute, row, source=row.name) for row in rows]


def mute_sources(
    session: Session, sources: Collection[str], until: datetime, by: str, reason: str, now: datetime
) -> None:
    """Mute the failures of sources, in place of earlier mutes."""
    unmute_sources(session, sources, by, now)
    session.add_all(
        MuteRow(about=TROUBLES, name=source, until=until, by=by, reason=reason, at=now)
        for source in sources
    )


def unmute_sources(session: Session, sources: Collection[str], by: str, now: datetime) -> list[str]:
    """Revoke the mutes of sources, with person and time; return the sources that had one."""
    rows = [row for source in sources if (row := find_source_mute(session, source, now))]
    for row in rows:
        row.withdrawn_by, row.withdrawn_at = by, now
    session.flush()
    return [row.name for row in rows]


def mute_news(
    session: Session, subject: str, until: datetime, person: int | None, reason: str, now: datetime
) -> None:
    """Mute a kind of news until then, in place of earlier mutes."""
    unmute_news(session, subject, person, now)
    about, _, name = subject.partition(":")
    session.add(
        MuteRow(about=About(about), name=name, until=until, person=person, reason=reason, at=now)
    )
    session.flush()


def unmute_news(session: Session, subject: str, person: int | None, now: datetime) -> None:
    """Revoke a mute, with person and time."""
    about, _, name = subject.partition(":")
    if about in tuple(About):
        for row in _list_holding(session, now, about=about, name=name):
            row.withdrawn_person, row.withdrawn_at = person, now
        session.flush()


def list_news_mutes(session: Session, now: datetime) -> list[NewsMute]:
    """List the mutes of news in force, the first to end first."""
    rows = _list_holding(session, now, MuteRow.about != TROUBLES)
    people = load_people(session, [row.person for row in rows])
    known = {number: get_person_name(person) for number, person in people.items()}
    return [
        make_value(NewsMute, row, about=About(row.about), by=known.get(row.person or 0, ""))
        for row in rows
    ]


def find_mute_over(
    session: Session,
    post: Post,
    fact: Fact | Edition | PageChange,
    touches: ScreeningResult | None,
    source: str,
    now: datetime,
) -> NewsMute | None:
    """Find the mute that covers a message; an edit is never muted by itself."""
    if post.kind in EDITING or not (muted := list_news_mutes(session, now)):
        return None
    subjects = {
        About.SOURCE: [source],
        About.REGISTER: extract_features(fact).registers,
        About.TOPIC: post.topics,
        About.PRODUCT: [
            match.key for match in (touches.found if touches else ()) if match.is_goods
        ],
    }
    return find_covering_mute(muted, subjects)


def explain_mute(mute: NewsMute) -> str:
    """Explain why a message was muted."""
    return f"{MUTED}{mute.subject} until {format_instant(mute.until)}"


def explain_sent_despite_mute(mute: NewsMute) -> str:
    """Explain why a critical one was sent all the same."""
    return (
        f"it touches your watch list, though {mute.subject} is muted until"
        f" {format_instant(mute.until)}"
    )
