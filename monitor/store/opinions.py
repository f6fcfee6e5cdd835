"""A second reader's questions and answers: stored beside acts and reports, and part of none."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Exists, ScalarSelect, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from monitor.alert.event import NoticeKind
from monitor.diff import ChangeKind
from monitor.errors import ErrorKind
from monitor.model import (
    Announcement,
    Measure,
    Opinion,
    Problem,
    Reply,
    Report,
    fact_from_json,
    frozen,
)
from monitor.store import handling, owing
from monitor.store.columns import make_row
from monitor.store.session import Session
from monitor.store.tables import ActRow, ChangeRow, OpinionRow, OutboxRow

NAME = "second reader"
RECENT = timedelta(days=7)  # since the act was seen; older acts are read on request only
MOST = 20  # acts of one round
MOST_PRESS = 5  # reports of a message


@frozen
class Question:
    """An act or a report to ask about, or only its title, with the SHA-256 of its page and its
    event.
    """

    act: Announcement
    sha256: str
    event: str | None
    title_only: bool = False


def list_questions(session: Session, reader: str, now: datetime, *, always: bool) -> list[Question]:
    """List recent acts and reports that this reader has not read in their present form, newest
    first.

    Reports are listed if a message told of them. Of acts all are listed, or only the doubtful ones;
    of one in another language at least the title.
    """
    since = now - RECENT
    is_full, is_english = (
        ActRow.fact.contains(part) for part in ('"understood":"full"', '"language":"en"')
    )
    told = exists().where(OutboxRow.event == ChangeRow.event, OutboxRow.change == ChangeRow.id)
    is_press = and_(ActRow.key.is_(None), ChangeRow.kind == ChangeKind.REPORTED, told)
    unsure = () if always else (or_(~is_full, ~is_english),)
    query = (
        select(func.coalesce(ActRow.fact, ChangeRow.fact), ChangeRow.sha256, ChangeRow.event)
        .outerjoin(ActRow, ActRow.key == ChangeRow.key)
        .where(
            ChangeRow.at >= since,
            ChangeRow.id == _select_newest_page(ChangeRow.key),
            or_(is_press, and_(~ActRow.baseline, ActRow.first_seen >= since, *unsure)),
            ~_is_settled(reader, now),
        )
        .order_by(func.coalesce(ActRow.first_seen, ChangeRow.at).desc(), ChangeRow.key)
        .limit(MOST)
    )
    return [
        _make_question(fact_from_json(fact), *place, always=always)
        for fact, *place in session.execute(query)
    ]


def _is_settled(reader: str, now: datetime) -> Exists:
    """Select whether this reader has answered about the change's page, or is to be asked later."""
    return exists().where(
        OpinionRow.act == ChangeRow.key,
        OpinionRow.sha256 == ChangeRow.sha256,
        OpinionRow.reader == reader,
        or_(
            OpinionRow.opinion.is_not(None),
            OpinionRow.again_at.is_(None),
            OpinionRow.again_at > now,
        ),
    )


def _make_question(
    fact: Announcement | Report, sha256: str, event: str | None, *, always: bool
) -> Question:
    if isinstance(fact, Report):
        return Question(make_unread_act(fact), sha256, event)
    return Question(fact, sha256, event, title_only=not always and fact.understood == "full")


def make_unread_act(report: Report, known: tuple[Measure, ...] = ()) -> Announcement:
    """Make of a report an act that is not read: to ask about, and to compare with what is `known`."""
    return Announcement(
        key=report.url or report.title,
        authority="",
        title=report.title,
        measures=known,
        understood="none",
    )


def load_press(
    session: Session, event: str, acts: Collection[Announcement]
) -> tuple[Announcement, ...]:
    """Load the newest reports of an event as acts that are not read, to compare with its `acts`."""
    known = tuple(measure for act in acts for measure in act.measures)
    rows = session.list_rows(ChangeRow, event=event, kind=ChangeKind.REPORTED)
    facts = [fact_from_json(row.fact) for row in rows[-MOST_PRESS:]]
    return tuple(make_unread_act(fact, known) for fact in facts if isinstance(fact, Report))


def _select_newest_page(act: InstrumentedAttribute[str]) -> ScalarSelect[int]:
    """Select the number of the newest change of an act that has a page."""
    change = aliased(ChangeRow)
    return (
        select(func.max(change.id))
        .where(change.key == act, change.sha256.is_not(None))
        .correlate(act.class_)  # over two selects too
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
    """Save the reply; enqueue edits of the messages of its event if there is something to show,
    and a remark on a failure.
    """
    row = session.keep(
        make_row(
            OpinionRow,
            reply,
            act=question.act.key,
            sha256=question.sha256,
            reader=reader,
            at=now,
            again_at=now + timedelta(seconds=reply.wait) if reply.wait else None,
        )
    )
    if reply.failure:
        enqueue_trouble(session, f"{reply.failure} (since {now:%Y-%m-%d})", now)
    if reply.opinion and (reply.opinion.measures or reply.opinion.title_en):
        handling.enqueue_edits(session, question.event, f"opinion:{row.id}", now)


def list_subjects(session: Session) -> list[str]:
    """List the keys of all acts and reports that a second reader has an opinion of."""
    return [*session.list_values(OpinionRow.act, OpinionRow.opinion.is_not(None), distinct=True)]


def load_opinions(session: Session, acts: Collection[str]) -> dict[str, Opinion]:
    """Load the newest opinion of each act or report on its present bytes; an opinion on earlier bytes no
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
        session, NoticeKind.REMARK, NAME, Problem(ErrorKind.SECOND_READER, text), now
    )
