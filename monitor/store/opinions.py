"""A second reader's questions and answers: stored beside the acts, and part of none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ScalarSelect, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from monitor.alert.event import NoticeKind
from monitor.errors import ErrorKind
from monitor.model import Announcement, Opinion, Problem, Reply
from monitor.store import handling, owing
from monitor.store.acts import decode_act
from monitor.store.session import Session
from monitor.store.tables import ActRow, ChangeRow, OpinionRow

NAME = "second reader"
RECENT = timedelta(days=7)  # since the act was seen; older acts are read on request only
MOST = 20  # acts of one round


@dataclass(frozen=True, slots=True)
class Question:
    """An act to ask about, or only its title, and the SHA-256 of its page."""

    act: Announcement
    sha256: str
    title_only: bool = False


def list_questions(session: Session, reader: str, now: datetime, *, always: bool) -> list[Question]:
    """List recent acts that this reader has not read as they are now, newest first: all, or
    those in doubt; of those in other languages at least the title.
    """
    recent = (~ActRow.baseline, ActRow.first_seen >= now - RECENT)
    is_full, is_english = (
        ActRow.fact.contains(part) for part in ('"understood":"full"', '"language":"en"')
    )
    unsure = () if always else (or_(~is_full, ~is_english),)
    asked = (
        OpinionRow.act == ActRow.key,
        OpinionRow.sha256 == ChangeRow.sha256,
        OpinionRow.reader == reader,
    )
    settled = or_(
        OpinionRow.opinion.is_not(None), OpinionRow.again_at.is_(None), OpinionRow.again_at > now
    )
    query = (
        select(ActRow.fact, ChangeRow.sha256)
        .join(ChangeRow, ChangeRow.id == _select_newest_page(ActRow.key))
        .where(*recent, *unsure, ~exists().where(*asked, settled))
        .order_by(ActRow.first_seen.desc(), ActRow.key)
        .limit(MOST)
    )
    found = [(decode_act(fact), body) for fact, body in session.execute(query)]
    return [
        Question(act, body, title_only=not always and act.understood == "full")
        for act, body in found
    ]


def _select_newest_page(act: InstrumentedAttribute[str]) -> ScalarSelect[int]:
    """Select the number of the newest change of an act that has a page."""
    change = aliased(ChangeRow)
    return (
        select(func.max(change.id))
        .where(change.key == act, change.sha256.is_not(None))
        .scalar_subquery()
    )


def sum_tokens(session: Session, since: datetime) -> tuple[int, int]:
    """Count the tokens of questions and answers since then."""
    sums = (
        func.coalesce(func.sum(column), 0) for column in (OpinionRow.asked, OpinionRow.answered)
    )
    asked, answered = session.execute(select(*sums).where(OpinionRow.at >= since)).one()
    return int(asked), int(answered)


def record_reply(
    session: Session, question: Question, reader: str, reply: Reply, now: datetime
) -> None:
    """Save the reply on an act; enqueue edits of its messages if there is something to show, and
    a remark on a failure.
    """
    row = session.keep(
        OpinionRow(
            act=question.act.key,
            sha256=question.sha256,
            reader=reader,
            at=now,
            asked=reply.asked,
            answered=reply.answered,
            opinion=reply.opinion,
            failure=reply.failure,
            again_at=now + timedelta(seconds=reply.wait) if reply.wait else None,
        )
    )
    if reply.failure:
        enqueue_trouble(session, f"{reply.failure} (since {now:%Y-%m-%d})", now)
    if reply.opinion and (reply.opinion.measures or reply.opinion.title_en):
        act = session.get(ActRow, question.act.key)
        handling.enqueue_edits(session, act.event if act else None, f"opinion:{row.id}", now)


def load_opinions(session: Session, acts: Collection[str]) -> dict[str, Opinion]:
    """Load the newest opinion of each act on its present bytes; an opinion on earlier bytes no
    longer counts.
    """
    page = (
        select(ChangeRow.sha256)
        .where(ChangeRow.id == _select_newest_page(OpinionRow.act))
        .scalar_subquery()
    )
    rows = session.list_among(OpinionRow, OpinionRow.act, sorted(acts), OpinionRow.sha256 == page)
    return {row.act: row.opinion for row in sorted(rows, key=lambda row: row.id) if row.opinion}


def enqueue_trouble(session: Session, text: str, now: datetime) -> None:
    """Report a reached cap or a failure to the operators, once for the same words."""
    owing.enqueue_remark(
        session, NoticeKind.REMARK, NAME, Problem(kind=ErrorKind.SECOND_READER, text=text), now
    )
