"""Which acts came long after the day that they bear, by what is known of when they were not there yet."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlmodel import Session, col, func, select

from monitor.alert.notice import BackDated
from monitor.clock import iso
from monitor.diff import ChangeKind
from monitor.diff.held import is_back_dated
from monitor.history.tables import AddressRow, ChangeRow, LookRow
from monitor.model import Announcement
from monitor.source.page import Request


def back_dated(session: Session, acts: Iterable[Announcement]) -> Iterator[BackDated]:
    """Those of these acts that bear a day on which they were not there yet, each once."""
    for act in {act.key: act for act in acts}.values():
        looked = _last_look_without(session, act.key)
        if looked and act.published and is_back_dated(act, looked[1]):
            yield BackDated(act.key, act.published, looked[0], iso(looked[1]))


def _last_look_without(session: Session, key: str) -> tuple[str, datetime] | None:
    """The source that brought an act, and when it was last read well before that; None where it never was, or a person gave
    us the act.
    """
    came = select(ChangeRow).where(ChangeRow.key == key, ChangeRow.kind == ChangeKind.NEW).order_by(col(ChangeRow.id))
    first = session.exec(came.limit(1)).first()
    if first is None or first.handed:
        return None
    appeared = _linked_at(session, first) or first.at
    before = select(func.max(LookRow.until)).where(LookRow.source == first.source, col(LookRow.until) < appeared)
    looked = session.exec(before).one()
    return (first.source, looked) if looked else None


def _linked_at(session: Session, change: ChangeRow) -> datetime | None:
    """When a link led to the page of an act, which may have failed for days; None where it stood on a source's own page."""
    page = Request(change.url or "").identity
    linked = select(AddressRow.seen_at).where(AddressRow.identity == page, col(AddressRow.start).is_(False))
    return session.exec(linked.where(AddressRow.source == change.source).limit(1)).first()
