"""What people have muted: who, until when and why. What is over or was taken back stays on record.

It is the troubles of a source; or news of a source, a register, a topic or a product, which are then on record and not told.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from monitor.alert.event import EDITING, Post
from monitor.alert.route import extract_features
from monitor.clock import format_instant
from monitor.model import Edition, Fact, PageChange, ScreeningResult
from monitor.source.health import Mute
from monitor.store import people
from monitor.store.columns import make_value
from monitor.store.session import Session
from monitor.store.tables import MuteRow
from monitor.triage.deciding import Traits, find_covering_silence
from monitor.triage.values import About, Silence

TROUBLES = "troubles"  # of a source, beside the kinds of news
MUTED = "muted: "


def _select_holding(which: ColumnElement[bool], now: datetime) -> Select[MuteRow]:
    return select(MuteRow).where(which, MuteRow.withdrawn_at.is_(None), MuteRow.until > now)


def mute_of_source(session: Session, source: str, now: datetime) -> MuteRow | None:
    """The mute of a source that holds now."""
    return session.scalar(_select_holding(MuteRow.about == TROUBLES, now).where(MuteRow.name == source))


def list_active_mutes(session: Session, now: datetime) -> list[Mute]:
    """Every mute of a source that holds now, by source."""
    rows = session.scalars(_select_holding(MuteRow.about == TROUBLES, now).order_by(MuteRow.name)).all()
    return [make_value(Mute, row, source=row.name) for row in rows]


def mute(session: Session, sources: Collection[str], until: datetime, by: str, reason: str, now: datetime) -> None:
    """Mute sources; what was said of them before no longer holds."""
    withdraw(session, sources, by, now)
    session.add_all(MuteRow(about=TROUBLES, name=source, until=until, by=by, reason=reason, at=now) for source in sources)


def withdraw(session: Session, sources: Collection[str], by: str, now: datetime) -> list[str]:
    """Take the mutes of sources back, who and when with them; which of the sources were muted."""
    rows = [row for source in sources if (row := mute_of_source(session, source, now))]
    for row in rows:
        row.withdrawn_by, row.withdrawn_at = by, now
    session.flush()
    return [row.name for row in rows]


def mute_news(session: Session, subject: str, until: datetime, person: int | None, reason: str, now: datetime) -> None:
    """Mute news of something until then; what was said of it before no longer holds."""
    hear_news(session, subject, person, now)
    about, _, name = subject.partition(":")
    session.add(MuteRow(about=About(about), name=name, until=until, person=person, reason=reason, at=now))
    session.flush()


def hear_news(session: Session, subject: str, person: int | None, now: datetime) -> None:
    """Take that back, who and when with it."""
    about, _, name = subject.partition(":")
    if about in tuple(About):
        for row in session.scalars(_select_holding(MuteRow.about == about, now).where(MuteRow.name == name)).all():
            row.withdrawn_person, row.withdrawn_at = person, now
        session.flush()


def list_muted_news(session: Session, now: datetime) -> list[Silence]:
    """What news is muted now, the one that ends first foremost."""
    rows = session.scalars(_select_holding(MuteRow.about != TROUBLES, now).order_by(MuteRow.until, MuteRow.id)).all()
    known = {
        number: people.get_person_name(row) for number, row in people.load_people(session, [row.person for row in rows]).items()
    }
    return [Silence(About(row.about), row.name, row.until, known.get(row.person or 0, ""), row.at, row.reason) for row in rows]


def find_silence_over(
    session: Session,
    post: Post,
    fact: Fact | Edition | PageChange,
    touches: ScreeningResult | None,
    source: str,
    now: datetime,
) -> tuple[Silence, Traits] | None:
    """What is muted that a message falls under; an edit is none by itself."""
    if post.kind in EDITING or not (muted := list_muted_news(session, now)):
        return None
    goods = (match.key for match in (touches.found if touches else ()) if match.is_goods)
    by = {
        About.SOURCE: frozenset({source}),
        About.REGISTER: extract_features(fact).registers,
        About.TOPIC: frozenset(post.topics),
        About.PRODUCT: frozenset(goods),
    }
    traits = Traits(post.severity, by)
    silence = find_covering_silence(muted, traits)
    return (silence, traits) if silence else None


def explain_silence(silence: Silence) -> str:
    """Why a message that falls under it was not told."""
    return f"{MUTED}{silence.subject} until {format_instant(silence.until)}"


def explain_sent_despite_silence(silence: Silence) -> str:
    """Why one that is critical was."""
    return f"it touches your watch list, though {silence.subject} is muted until {format_instant(silence.until)}"
