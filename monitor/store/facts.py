"""Recording what was found: a fact against what was known, the change, the event, and who is owed a message."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import msgspec
from sqlalchemy import select

from monitor.alert.event import WINDOWS, Decision, Known, NoticeKind, Windows
from monitor.diff import flaps
from monitor.diff.flaps import STEADY, Flaps
from monitor.errors import ErrorKind
from monitor.model import Announcement, Evidence, Fact, Problem, fact_from_json, to_json
from monitor.store import addresses, habits, listings, marks, names, owing, pages, proofs
from monitor.store.acts import decode_act, load_event, load_last_reading, open_event, parse_moment, save_change
from monitor.store.columns import make_storable
from monitor.store.records import Judge, PageRead
from monitor.store.session import Session
from monitor.store.tables import ActRow, AmendingRow, ChangeRow, EventRow, ReadingRow
from monitor.store.values import Address


def record_page(
    session: Session, place: Address, page_read: PageRead, judge: Judge, now: datetime, windows: Windows = WINDOWS
) -> None:
    """A page was read: new links are owed a read, new facts judged and recorded, messages owed, validators kept.

    `windows` are those by which `judge` goes.
    """
    settled = [
        record(session, fact, page_read.evidence, place.source, judge, windows, now, page=place.page_key)
        for fact in page_read.facts
    ]
    if page_read.foreign:
        owing.enqueue_remark(session, NoticeKind.FOREIGN, place.source, page_read.foreign, now)
    habits.note_facts(session, place.source, page_read.facts, now)
    habits.save_shown_acts(session, place, habits.list_act_keys(page_read.facts), now)
    for _ in filter(None, (seen.change for seen in page_read.watched)):
        habits.note_news(session, place.source, "", now)
    settled += [pages.record(session, place, seen, page_read.evidence, now) for seen in page_read.watched]
    addresses.record(session, place, page_read, now, settled=all(settled))
    proofs.keep_retrievals(
        session, [*page_read.retrievals, *(came for annexed in page_read.annexes for came in annexed.retrievals)]
    )


def record(
    session: Session,
    fact: Fact,
    evidence: Evidence,
    source: str,
    judge: Judge,
    windows: Windows,
    now: datetime,
    *,
    page: str = "",
) -> bool:
    """Judge `found` against what is known, and keep all that follows from it; whether it is settled, or is to be read again.

    `page` is the key of its page; a message that told of it as unreadable is completed.
    """
    fact = _make_storable_fact(fact)
    known, listed = _load_known(session, fact, evidence, windows, now), None
    if known.act is None and (listed := listings.find(session, page, fact, source, now)):
        known = replace(known, listed=listings.find_event_of_page(session, listed))
    decision = judge(fact, known)
    if decision is not None and decision.held:
        _hold(session, fact, evidence, source, decision, now)
        return False
    if decision is not None:
        change = _keep(session, fact, evidence, source, decision, now)
        for post in decision.posts:
            is_first = post.kind is NoticeKind.ACT and not post.in_thread
            told_at = listings.list_destinations_told(session, listed) if is_first else ()
            owing.enqueue_messages(session, post, decision.act or fact, change, source, now, told_at=told_at)
        if listed and isinstance(fact, Announcement):
            first = next((post for post in decision.posts if post.kind is NoticeKind.ACT), None)
            listings.complete_messages(session, listed, now, change, first)
    rested = flaps.reset_flaps(known.flaps, known.flaps.current)  # a page that says what was told waits for nothing
    _read(session, fact, evidence, decision.flaps if decision and decision.flaps else rested)
    return True


def _make_storable_fact(fact: Fact) -> Fact:
    """The fact as it can be kept anywhere, so that it is compared with what was kept of it."""
    text = _encode_fact(fact)
    kept = str(make_storable(text))
    return fact if kept == text else fact_from_json(kept)


def _hold(session: Session, fact: Fact, evidence: Evidence, source: str, decision: Decision, now: datetime) -> None:
    """What alternates: all stays as it was told last. Where that is new to people, they are told, and it is a change."""
    row = session.scalars(select(ReadingRow).where(ReadingRow.key == _make_key(fact), ReadingRow.url == evidence.url)).one()
    before = _decode_flaps(row)
    row.flaps = to_json(decision.flaps).decode() if decision.flaps else None
    session.add(row)
    begun = decision.flaps.begun if decision.flaps else None
    if begun is None or before.begun == begun:
        return
    text = flaps.word_flap(f"{_make_key(fact)} at {evidence.url}", begun)
    owing.enqueue_remark(session, NoticeKind.ALTERNATES, source, Problem(kind=ErrorKind.ALTERNATES, text=text), now)
    change = _keep(session, fact, evidence, source, decision, now)
    for post in decision.posts:
        owing.enqueue_messages(session, post, fact, change, source, now)


def _decode_flaps(row: ReadingRow | None) -> Flaps:
    return msgspec.json.decode(row.flaps, type=Flaps) if row and row.flaps else STEADY


def _keep(session: Session, fact: Fact, evidence: Evidence, source: str, decision: Decision, now: datetime) -> ChangeRow:
    key, authority = _make_key(fact), getattr(fact, "authority", "press")
    if decision.opens and decision.event:
        open_event(session, decision.event, authority, now, told=False)
    before = session.get(ActRow, key)
    told = before.fact if before else None
    text = _encode_fact(decision.act or fact)
    said = {"at": now, "key": key, "source": source, "event": decision.event, "fact": text, "before": told}
    change = save_change(session, decision, evidence, **said)
    if isinstance(fact, Announcement):
        _record_act(session, fact, before, decision, now)
        session.flush()
        if before is None or decision.act:
            names.keep_act(session, key, told)
    if decision.event and (decision.act or decision.opens):
        marks.keep(session, decision.event, decision.act or fact, now)
    _note_told(session, decision)
    return change


def _record_act(session: Session, act: Announcement, before: ActRow | None, decision: Decision, now: datetime) -> None:
    if before is None:
        session.add(ActRow(key=act.key, event=decision.event, first_seen=now, fact=_encode_fact(act), baseline=decision.baseline))
    elif decision.act:
        before.fact = _encode_fact(decision.act)
    for target in {target.key for measure in act.measures for target in measure.amends}:
        session.merge(AmendingRow(by=act.key, target=target))


def _note_told(session: Session, decision: Decision) -> None:
    for post in decision.posts:
        row = session.get(EventRow, post.event)
        if row is not None and not post.in_thread:
            row.told = True


def _read(session: Session, fact: Fact, evidence: Evidence, came_and_went: Flaps) -> None:
    before = load_last_reading(session, _make_key(fact), evidence.url)
    row = before or ReadingRow(key=_make_key(fact), url=evidence.url)
    row.fact, row.sha256, row.fetched_at = _encode_fact(fact), evidence.sha256, parse_moment(evidence.fetched_at)
    row.flaps = to_json(came_and_went).decode() if came_and_went.current else None
    session.add(row)


def _load_known(session: Session, fact: Fact, evidence: Evidence, windows: Windows, now: datetime) -> Known:
    act = session.get(ActRow, _make_key(fact))
    reading = load_last_reading(session, _make_key(fact), evidence.url)
    own = load_event(session, act.event) if act and act.event else None
    return Known(
        act=decode_act(act.fact) if act else None,
        last=fact_from_json(reading.fact) if reading else None,
        flaps=_decode_flaps(reading),
        elsewhere=() if reading else tuple(_list_other_readings(session, fact)),
        event=own,
        events=tuple(marks.find_related_events(session, fact, windows, now)),
    )


def _list_other_readings(session: Session, fact: Fact) -> Iterator[Announcement]:
    """The act as it was read last at each of its addresses."""
    if isinstance(fact, Announcement):
        for text in session.list_values(ReadingRow.fact, ReadingRow.key == fact.key):
            yield decode_act(text)


def _make_key(fact: Fact) -> str:
    return fact.key if isinstance(fact, Announcement) else fact.url or fact.title


def _encode_fact(fact: Fact) -> str:
    return to_json(fact).decode()
