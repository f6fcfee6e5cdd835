"""What people have muted, and which messages fall under it: these are on record, and not told."""

from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from monitor.alert.event import EDITING, Post
from monitor.alert.route import features_of
from monitor.clock import iso
from monitor.history import people
from monitor.history.tables import SilenceRow
from monitor.model import Edition, Fact, PageChange, ScreeningResult
from monitor.triage.deciding import Traits, covering_silence
from monitor.triage.values import About, Silence

MUTED = "muted: "


def keep(session: Session, subject: str, until: datetime, person: int | None, reason: str, now: datetime) -> None:
    """Mute something until then; what was said of it before no longer holds."""
    withdraw(session, subject, person, now)
    about, _, name = subject.partition(":")
    session.add(SilenceRow(about=About(about), name=name, until=until, person=person, reason=reason, at=now))
    session.flush()


def withdraw(session: Session, subject: str, person: int | None, now: datetime) -> bool:
    """Take that back, who and when with it; whether it was muted."""
    about, _, name = subject.partition(":")
    if about not in tuple(About):
        return False
    rows = session.exec(_standing(now).where(SilenceRow.about == About(about), SilenceRow.name == name)).all()
    for row in rows:
        row.withdrawn_by, row.withdrawn_at = person, now
        session.add(row)
    session.flush()
    return bool(rows)


def standing(session: Session, now: datetime) -> list[Silence]:
    """What is muted now, the one that ends first foremost."""
    rows = session.exec(_standing(now)).all()
    known = people.names(session, [row.person for row in rows])
    return [_silence(row, people.called(known[row.person]) if row.person in known else "") for row in rows]


def _standing(now: datetime) -> SelectOfScalar[SilenceRow]:
    query = select(SilenceRow).where(col(SilenceRow.withdrawn_at).is_(None), SilenceRow.until > now)
    return query.order_by(col(SilenceRow.until), col(SilenceRow.id))


def _silence(row: SilenceRow, by: str) -> Silence:
    return Silence(row.about, row.name, row.until, by, row.at, row.reason)


def fallen_under(
    session: Session,
    post: Post,
    fact: Fact | Edition | PageChange,
    touches: ScreeningResult | None,
    source: str,
    now: datetime,
) -> tuple[Silence, Traits] | None:
    """What is muted that a message falls under; an edit is none by itself."""
    if post.kind in EDITING or not (muted := standing(session, now)):
        return None
    traits = _traits(post, fact, touches, source)
    silence = covering_silence(muted, traits)
    return (silence, traits) if silence else None


def _traits(post: Post, fact: Fact | Edition | PageChange, touches: ScreeningResult | None, source: str) -> Traits:
    goods = (match.key for match in (touches.found if touches else ()) if match.is_goods)
    by = {
        About.SOURCE: frozenset({source}),
        About.REGISTER: features_of(fact).registers,
        About.TOPIC: frozenset(post.topics),
        About.PRODUCT: frozenset(goods),
    }
    return Traits(post.severity, by)


def silence_reason(silence: Silence) -> str:
    """Why a message that falls under it was not told."""
    return f"{MUTED}{silence.subject} until {iso(silence.until)}"


def said_all_the_same(silence: Silence) -> str:
    """Why one that is critical was."""
    return f"it touches your watch list, though {silence.subject} is muted until {iso(silence.until)}"
