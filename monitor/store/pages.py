"""Watched pages of config.toml: what each said last, what is known of its noise, and the changes that were told."""

from dataclasses import replace
from datetime import datetime

import msgspec

from monitor.clock import format_instant
from monitor.diff.noise import Noise
from monitor.model import Evidence, PageChange, excerpt_from_json, page_change_from_json, to_json
from monitor.store import listings, owing, proofs
from monitor.store.acts import load_last_reading, make_evidence, open_event, parse_moment, save_change
from monitor.store.records import PageKnown, PageSeen, PageTold
from monitor.store.session import Session
from monitor.store.tables import AddressRow, ChangeRow, ReadingRow
from monitor.store.values import Address


def load_watched_page(session: Session, page: str, url: str) -> PageKnown | None:
    """A watched page as it was known last; None before it was read."""
    row = load_last_reading(session, page, url)
    return _decode_known(row) if row else None


def list_watched_addresses(session: Session, page: str) -> list[PageKnown]:
    """Every address of a watched page as it was known last."""
    rows = session.list_rows(ReadingRow, ReadingRow.key == page)
    return [_decode_known(row) for row in rows]


def list_page_alerts(session: Session, page: str) -> list[PageTold]:
    """What was told of a watched page, the oldest first, each with its evidence."""
    rows = session.list_rows(ChangeRow, ChangeRow.key == page)
    return [
        PageTold(row.at, page_change_from_json(row.fact), evidence)
        for row in rows
        if row.kind == "page" and (evidence := make_evidence(row))
    ]


def record(session: Session, place: Address, seen: PageSeen, evidence: Evidence, now: datetime) -> bool:
    """Keep what a watched page says now and what is to be told of it; whether it is settled, or is to be read again.

    A message that told of it as unreadable is completed.
    """
    _keep(session, seen, evidence)
    session.get_one(AddressRow, place.id).sketch = seen.sketch if seen.settled else None  # what is read again is known by nothing
    if seen.change and seen.decision:
        said = {"at": now, "key": seen.excerpt.page, "source": place.source, "fact": to_json(seen.change).decode()}
        change = save_change(session, seen.decision, evidence, **said)
        listed = listings.find(session, place.page_key, None, place.source, now)
        event = _open_event(session, change, seen.change, now, listed.event if listed else None)
        told_at = listings.list_destinations_told(session, listed)
        for post in seen.decision.posts:
            owing.enqueue_messages(session, replace(post, event=event), seen.change, change, place.source, now, told_at=told_at)
            if listed:
                listings.complete_messages(session, listed, now, change, post)
    for remark in seen.remarks:
        owing.enqueue_remark(session, seen.remarks_as, place.source, remark, now)
    return seen.settled


def _open_event(session: Session, change: ChangeRow, told: PageChange, now: datetime, listed: str | None) -> str:
    """The event of a change that is told: no act, and yet somebody may have to see to it; `listed` is one that is there."""
    key = listed or owing.make_page_change_key(session, told, change)
    if listed is None:
        open_event(session, key, told.authority, now, told=True)
    change.event = key
    session.add(change)
    return key


def _keep(session: Session, seen: PageSeen, evidence: Evidence) -> None:
    """What it says now. The bytes it is known by stay those that lie in the archive: noise is not worth any."""
    row = load_last_reading(session, seen.excerpt.page, evidence.url)
    if row is None or seen.is_evidence:
        came = parse_moment(evidence.fetched_at)
        row = row or ReadingRow(key=seen.excerpt.page, url=evidence.url, fact="", sha256="", fetched_at=came)
        proofs.prove(session, [row.sha256] if row.sha256 else [])  # what it said before a change proves that it changed
        row.sha256, row.fetched_at = evidence.sha256, came
    row.fact = to_json(seen.excerpt).decode()
    row.flaps = to_json(seen.noise).decode()
    session.add(row)


def _decode_known(row: ReadingRow) -> PageKnown:
    noise = msgspec.json.decode(row.flaps, type=Noise) if row.flaps else Noise()
    evidence = Evidence(url=row.url, sha256=row.sha256, fetched_at=format_instant(row.fetched_at))
    return PageKnown(excerpt_from_json(row.fact), noise, evidence)
