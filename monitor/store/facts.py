"""Record findings: compare a fact with what was known, save the change and its event, enqueue the
messages.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec

from monitor import vocabulary
from monitor.alert.event import Decision, Event, Known, NoticeKind, place_review
from monitor.clock import format_instant
from monitor.config import EventSettings
from monitor.diff import ChangeKind, flaps, held
from monitor.diff.flaps import STEADY, Flaps
from monitor.diff.review import apply_proposals
from monitor.errors import ErrorKind
from monitor.model import (
    Announcement,
    Edition,
    Evidence,
    Fact,
    PageChange,
    Problem,
    Reviewed,
    fact_from_json,
    to_json,
)
from monitor.source.lists import find_day
from monitor.store import (
    acts,
    addresses,
    habits,
    listings,
    names,
    owing,
    page_words,
    proofs,
    registers,
    reviews,
    watched,
)
from monitor.store.acts import (
    decode_act,
    load_event,
    load_last_reading,
    make_reading_evidence,
    open_event,
    parse_moment,
    save_change,
)
from monitor.store.columns import make_storable
from monitor.store.records import Address, Delta, Judge, PageRead, PageSeen, Retrieval, Stamp
from monitor.store.session import Session
from monitor.store.tables import ActRow, AddressRow, AmendingRow, ChangeRow, EventRow, ReadingRow
from monitor.triage.values import TriageRequest

WINDOWS = EventSettings()


def record_page(
    session: Session,
    tracked_page: Address,
    page_read: PageRead,
    judge: Judge,
    now: datetime,
    windows: EventSettings = WINDOWS,
) -> list[tuple[Fact, Decision]]:
    """Record a page that was read: queue its links, decide on its facts, enqueue messages, save
    validators. `windows` are the time windows of `judge`. Return the facts that change something.
    """
    source, page = tracked_page.source, tracked_page.page_key
    decisions = [
        record(session, fact, page_read.evidence, source, judge, windows, now, page=page)
        for fact in page_read.facts
    ]
    if page_read.foreign:
        owing.enqueue_remark(session, NoticeKind.FOREIGN, source, page_read.foreign, now)
    _note_habits(session, tracked_page, page_read, now)
    settled = [not (decision and decision.held) for decision in decisions] + [
        record_watched_page(session, tracked_page, seen, page_read.evidence, now)
        for seen in page_read.watched
    ]
    addresses.record(session, tracked_page, page_read, now, settled=all(settled))
    annexed = {one.stamp.sha256: one.words for one in page_read.annexes if one.stamp}
    page_words.keep_words(session, {page_read.evidence.sha256: page_read.words, **annexed})
    came = [came for annex in page_read.annexes for came in annex.retrievals]
    proofs.keep_retrievals(session, [*page_read.retrievals, *came])
    decided = zip(page_read.facts, decisions, strict=True)
    return [(fact, decision) for fact, decision in decided if decision]


def _note_habits(
    session: Session, tracked_page: Address, page_read: PageRead, now: datetime
) -> None:
    """Save what the read shows of the source's usual behaviour."""
    habits.note_facts(session, tracked_page.source, page_read.facts, now)
    if tracked_page.reader == tracked_page.source:  # a page of the list itself
        entries = sum(reader != tracked_page.reader for _, reader in page_read.links)
        habits.note_list(session, tracked_page.source, page_read.days, entries, now)
    acts = [fact.key for fact in page_read.facts if isinstance(fact, Announcement)]
    habits.save_shown_acts(session, tracked_page, acts, now)
    for _ in filter(None, (seen.change for seen in page_read.watched)):
        habits.note_news(session, tracked_page.source, "", now)


def record(
    session: Session,
    fact: Fact,
    evidence: Evidence,
    source: str,
    judge: Judge,
    windows: EventSettings,
    now: datetime,
    *,
    page: str = "",
) -> Decision | None:
    """Decide on `fact` and save the results; where it is held, the page needs another read.

    `page` is the key of the fact's page. A message that reported the page as unreadable is
    completed.
    """
    fact = _make_storable_fact(fact)
    known, listed = _load_known(session, fact, evidence, windows, now), None
    if known.act is None and (listed := listings.find_unreadable(session, page, fact, source, now)):
        known = replace(known, listed=load_event(session, listed.event or ""))
    decision = reviews.review_decision(session, fact, evidence, judge(fact, known))
    if decision is not None and decision.held:
        _hold_page(session, fact, evidence, source, decision, now)
        return decision
    if decision is not None:
        change = _keep_change(session, fact, evidence, source, decision, now)
        _tell(session, fact, decision, change, source, listed, now)
    # a page with known content has nothing pending
    rested = flaps.reset_flaps(known.flaps, known.flaps.current)
    _save_reading(
        session, fact, evidence, decision.flaps if decision and decision.flaps else rested
    )
    return decision


def _make_storable_fact(fact: Fact) -> Fact:
    """Return the fact in stored form, so that it compares with stored ones."""
    text = _encode_fact(fact)
    kept = str(make_storable(text))
    return fact if kept == text else fact_from_json(kept)


def _hold_page(
    session: Session, fact: Fact, evidence: Evidence, source: str, decision: Decision, now: datetime
) -> None:
    """Record a page that alternates: all stays as last reported. The first time, that is a change
    with a message.
    """
    row = load_last_reading(session, _make_key(fact), evidence.url)
    assert row is not None, "what alternates was read before"
    before = _decode_flaps(row)
    row.flaps = to_json(decision.flaps).decode() if decision.flaps else None
    begun = decision.flaps.begun if decision.flaps else None
    if begun is None or before.begun == begun:
        return
    text = flaps.describe_flap(f"{_make_key(fact)} at {evidence.url}", begun)
    owing.enqueue_remark(
        session, NoticeKind.ALTERNATES, source, Problem(ErrorKind.ALTERNATES, text), now
    )
    change = _keep_change(session, fact, evidence, source, decision, now)
    for post in decision.posts:
        owing.enqueue_messages(session, post, fact, change, source, now)


def _decode_flaps(row: ReadingRow | None) -> Flaps:
    return msgspec.json.decode(row.flaps, type=Flaps) if row and row.flaps else STEADY


def _tell(
    session: Session,
    fact: Fact,
    decision: Decision,
    change: ChangeRow,
    source: str,
    listed: ChangeRow | None,
    now: datetime,
) -> None:
    """Enqueue the messages of a decision, and complete those of the page that was `listed`."""
    for post in decision.posts:
        is_first = post.kind is NoticeKind.ACT and not post.in_thread
        told_at = listings.list_destinations_told(session, listed) if is_first else ()
        owing.enqueue_messages(
            session, post, decision.act or fact, change, source, now, told_at=told_at
        )
    if listed and isinstance(fact, Announcement):
        first = next((post for post in decision.posts if post.kind is NoticeKind.ACT), None)
        listings.complete_messages(session, listed, now, change, first)


def _keep_change(
    session: Session, fact: Fact, evidence: Evidence, source: str, decision: Decision, now: datetime
) -> ChangeRow:
    key, authority = _make_key(fact), getattr(fact, "authority", "press")
    if decision.opens and decision.event:
        open_event(session, decision.event, authority, now, told=False)
    before = session.get(ActRow, key)
    told = before.fact if before else None
    text = _encode_fact(decision.act or fact)
    said = {
        "at": now,
        "key": key,
        "source": source,
        "event": decision.event,
        "fact": text,
        "before": told,
    }
    change = save_change(session, decision, evidence, **said)
    if isinstance(fact, Announcement):
        _record_act(session, fact, before, decision, now)
        session.flush()
        if before is None or decision.act:
            names.keep_act(session, key)
    if decision.event and (decision.act or decision.opens):
        acts.index_event(session, decision.event, decision.act or fact, now)
    _note_told(session, decision)
    return change


def _record_act(
    session: Session, act: Announcement, before: ActRow | None, decision: Decision, now: datetime
) -> None:
    if before is None:
        session.add(
            ActRow(
                key=act.key,
                event=decision.event,
                first_seen=now,
                fact=_encode_fact(act),
                baseline=decision.baseline,
            )
        )
    elif decision.act:
        before.fact = _encode_fact(decision.act)
    for target in {target.key for measure in act.measures for target in measure.amends}:
        session.merge(AmendingRow(by=act.key, target=target))


def _note_told(session: Session, decision: Decision) -> None:
    for post in decision.posts:
        row = session.get(EventRow, post.event)
        if row is not None and not post.in_thread:
            row.told = True


def record_review(session: Session, request: TriageRequest, now: datetime) -> None:
    """Record a person's completion or correction of an act: a change with a message in its
    thread.
    """
    proposal = request.proposal
    assert proposal is not None, "a review needs a proposal"
    row, page = (
        session.get_one(ActRow, proposal.act),
        load_last_reading(session, proposal.act, proposal.url),
    )
    assert page is not None, "a review of another page is refused"
    row.machine = row.machine or row.fact
    reviewed = Reviewed(
        by=request.person.name, at=format_instant(now), reason=proposal.reason, quote=proposal.quote
    )
    act = msgspec.structs.replace(
        apply_proposals(decode_act(row.fact), [proposal]), reviewed=reviewed
    )
    event = load_event(session, row.event) if row.event else None
    told = place_review(event, request.touches) if event and event.told else ()
    decision = Decision(
        ChangeKind.REVIEWED, row.event, posts=told, touches=request.touches, act=act
    )
    evidence = make_reading_evidence(page)
    proofs.prove(session, [page.sha256])
    latest = session.find_row(
        ChangeRow, ChangeRow.kind.in_(acts.READ), key=act.key, order=ChangeRow.id.desc()
    )
    source = latest.source if latest else ""
    change = _keep_change(session, act, evidence, source, decision, now)
    for post in told:
        owing.enqueue_messages(session, post, act, change, source, now)
    if not told:
        watched.tell_touches(session, request.touches, now)


def _save_reading(session: Session, fact: Fact, evidence: Evidence, came_and_went: Flaps) -> None:
    said: dict[str, Any] = {
        "fact": _encode_fact(fact),
        "sha256": evidence.sha256,
        "fetched_at": parse_moment(evidence.fetched_at),
        "flaps": to_json(came_and_went).decode() if came_and_went.current else None,
    }
    before = load_last_reading(session, _make_key(fact), evidence.url)
    session.add(
        before.sqlmodel_update(said)
        if before
        else ReadingRow(key=_make_key(fact), url=evidence.url, **said)
    )


def _load_known(
    session: Session, fact: Fact, evidence: Evidence, windows: EventSettings, now: datetime
) -> Known:
    act = session.get(ActRow, _make_key(fact))
    reading = load_last_reading(session, _make_key(fact), evidence.url)
    own = load_event(session, act.event) if act and act.event else None
    return Known(
        act=decode_act(act.machine or act.fact) if act else None,
        last=fact_from_json(reading.fact) if reading else None,
        flaps=_decode_flaps(reading),
        elsewhere=() if reading else tuple(_list_other_readings(session, fact)),
        event=own,
        events=tuple(acts.find_related_events(session, fact, windows, now)),
    )


def _list_other_readings(session: Session, fact: Fact) -> Iterator[Announcement]:
    """List the last readings of the act at each of its addresses."""
    if isinstance(fact, Announcement):
        for text in session.list_values(ReadingRow.fact, key=fact.key):
            yield decode_act(text)


def _make_key(fact: Fact) -> str:
    return fact.key if isinstance(fact, Announcement) else fact.url or fact.title


def _encode_fact(fact: Fact) -> str:
    return to_json(fact).decode()


# Watched pages of config.toml.


def record_watched_page(
    session: Session, tracked_page: Address, seen: PageSeen, evidence: Evidence, now: datetime
) -> bool:
    """Save a watched page's text and enqueue its messages. Return whether it is settled, or needs
    another read. A message that reported it as unreadable is completed.
    """
    _keep_excerpt(session, seen, evidence)
    session.get_one(AddressRow, tracked_page.id).sketch = (
        seen.sketch if seen.settled else None
    )  # what is read again is known by nothing
    if seen.change and seen.decision:
        _enqueue_page_change(session, tracked_page, seen, seen.change, seen.decision, evidence, now)
    for remark in seen.remarks:
        owing.enqueue_remark(session, NoticeKind.ALTERNATES, tracked_page.source, remark, now)
    return seen.settled


def _enqueue_page_change(
    session: Session,
    tracked_page: Address,
    seen: PageSeen,
    page_change: PageChange,
    decision: Decision,
    evidence: Evidence,
    now: datetime,
) -> None:
    source, fact = tracked_page.source, to_json(page_change).decode()
    change = save_change(
        session, decision, evidence, at=now, key=seen.excerpt.page, source=source, fact=fact
    )
    listed = listings.find_unreadable(session, tracked_page.page_key, None, source, now)
    event = _open_event_of_page(session, change, page_change, now, listed.event if listed else None)
    told_at = listings.list_destinations_told(session, listed)
    for post in decision.posts:
        ours = replace(post, event=event)
        owing.enqueue_messages(session, ours, page_change, change, source, now, told_at=told_at)
        if listed:
            listings.complete_messages(session, listed, now, change, post)


def _open_event_of_page(
    session: Session, change: ChangeRow, told: PageChange, now: datetime, listed: str | None
) -> str:
    """Open an event for a reported page change, which may need triage; `listed` is an
    existing one.
    """
    key = listed or owing.make_page_change_key(session, told, change)
    if listed is None:
        open_event(session, key, told.authority, now, told=True)
    change.event = key
    return key


def _keep_excerpt(session: Session, seen: PageSeen, evidence: Evidence) -> None:
    """Save its new text. Its bytes stay those in the archive: noise is not archived."""
    row = load_last_reading(session, seen.excerpt.page, evidence.url)
    if row is None or seen.is_evidence:
        came = parse_moment(evidence.fetched_at)
        row = row or ReadingRow(
            key=seen.excerpt.page, url=evidence.url, fact="", sha256="", fetched_at=came
        )
        # the text before a change is part of the evidence
        proofs.prove(session, [row.sha256] if row.sha256 else [])
        row.sha256, row.fetched_at = evidence.sha256, came
    row.fact = to_json(seen.excerpt).decode()
    row.flaps = to_json(seen.noise).decode()
    session.add(row)


# Record one read of a register: the rows, the change, the event, and the messages.

Place = Callable[[Edition, Sequence[Event]], Decision]


def record_register(
    session: Session,
    tracked_page: Address,
    delta: Delta,
    evidence: Evidence,
    stamp: Stamp,
    decide: Place,
    now: datetime,
    came: Sequence[Retrieval] = (),
) -> None:
    """Record a register that was read: save rows, changes, messages and validators. If a row is
    withheld, the stamp is not saved, so the next poll fetches the body again. `came` describes the
    retrieval, if saved.
    """
    record_delta(session, delta, evidence, tracked_page.source, decide, now)
    proofs.keep_retrievals(session, came)
    addresses.mark_page_read(
        session, tracked_page, stamp if delta.settled else None, now, news=delta.edition is not None
    )


def record_delta(
    session: Session, delta: Delta, evidence: Evidence, source: str, place: Place, now: datetime
) -> None:
    """Save the rows and all results of the change. Without an edition there is no message."""
    if edition := delta.edition:
        change = _keep_edition(
            session,
            edition,
            place(edition, acts.find_events_of_edition(session, edition, now)),
            evidence,
            source,
            now,
        )
        if edition.changes:
            registers.save_alterations(session, delta, edition.changes, change.id, now)
    if source == delta.reader:
        habits.note_list(session, source, [find_day(delta.published or "")], 1, now)
    first = registers.load_register_state(session, delta.reader) is None
    if delta.edition or first:
        habits.note_edition(
            session, source, delta.reader, "" if delta.edition else delta.published or "", now
        )
    if first:
        watched.hold_again(session)
    _enqueue_remarks(session, delta, source, now)
    registers.save_records(session, delta, source, now)


def _keep_edition(
    session: Session,
    edition: Edition,
    decision: Decision,
    evidence: Evidence,
    source: str,
    now: datetime,
) -> ChangeRow:
    if decision.opens and decision.event:
        open_event(session, decision.event, edition.authority, now, told=bool(decision.posts))
    said = {
        "at": now,
        "key": edition.key,
        "source": source,
        "event": decision.event,
        "fact": to_json(edition).decode(),
    }
    change = save_change(session, decision, evidence, **said)
    if decision.opens and decision.event and decision.posts:
        acts.index_event(session, decision.event, edition, now)
    for post in decision.posts:
        owing.enqueue_messages(session, post, edition, change, source, now)
    return change


def _enqueue_remarks(session: Session, delta: Delta, source: str, now: datetime) -> None:
    """Report a new layout, and what only a person can release; once each."""
    before = registers.load_register_state(session, delta.reader)
    if news := sorted(delta.remarks - (before.remarks if before else frozenset())):
        owing.enqueue_remark(
            session,
            NoticeKind.LAYOUT,
            source,
            Problem(ErrorKind.LAYOUT, "; ".join(news)),
            now,
        )
    if delta.begins and delta.flaps.begun:
        name = f"The {vocabulary.register(delta.register)}"
        way = f"`monitor poll --release {delta.reader}` takes what it says now"
        text = f"{flaps.describe_flap(name, delta.flaps.begun)}; {way}"
        owing.enqueue_remark(
            session,
            NoticeKind.ALTERNATES,
            source,
            Problem(ErrorKind.ALTERNATES, text),
            now,
        )
    held = bool(delta.held) and not delta.unconfirmed
    if before and (delta.asks or delta.proven) and held and delta.held != before.standing.held:
        text = _word_missing(delta, before.standing.rows, now)
        owing.enqueue_remark(session, NoticeKind.HELD, source, Problem(ErrorKind.HELD, text), now)


def _word_missing(delta: Delta, rows: int, now: datetime) -> str:
    """Describe the apparent removals, and how a person can confirm them."""
    text = (
        f"{len(delta.held):,} of {rows:,} rows of the {vocabulary.register(delta.register)} are"
        f" missing since {now:%Y-%m-%d}"
    )
    way_out = f"`monitor poll --release {delta.reader}` confirms it now"
    if delta.proven:
        apart = held.APART // timedelta(minutes=1)
        return (
            f"{text}, though the page is whole by its form. A second read {apart} minutes later"
            f" confirms that they were removed; {way_out}"
        )
    return (
        f"{text}. The page can't prove that it is whole, so no removal was reported. Open the page: if"
        f" they were removed, {way_out}"
    )
