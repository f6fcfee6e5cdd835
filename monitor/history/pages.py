"""Watched pages of config.toml: what each said last, what is known of its noise, and the changes that were told."""

from dataclasses import replace
from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from monitor.clock import iso
from monitor.diff.noise import Noise
from monitor.history import listings, owing, proofs
from monitor.history.acts import change_read, evidence_of, moment_of, open_event, reading_of
from monitor.history.records import PageKnown, PageSeen, PageTold
from monitor.history.tables import ChangeRow, ReadingRow, SketchRow
from monitor.history.values import Address
from monitor.model import Evidence, PageChange, excerpt_from_json, page_change_from_json, to_json


def known(session: Session, page: str, url: str) -> PageKnown | None:
    """A watched page as it was known last; None before it was read."""
    row = reading_of(session, page, url)
    return _known(row) if row else None


def of_page(session: Session, page: str) -> list[PageKnown]:
    """Every address of a watched page as it was known last."""
    rows = session.exec(select(ReadingRow).where(ReadingRow.key == page).order_by(col(ReadingRow.id))).all()
    return [_known(row) for row in rows]


def page_alerts(session: Session, page: str) -> list[PageTold]:
    """What was told of a watched page, the oldest first, each with its evidence."""
    rows = session.exec(select(ChangeRow).where(ChangeRow.key == page).order_by(col(ChangeRow.id))).all()
    return [
        PageTold(row.at, page_change_from_json(row.fact), evidence)
        for row in rows
        if row.kind == "page" and (evidence := evidence_of(row))
    ]


def record(session: Session, place: Address, seen: PageSeen, evidence: Evidence, now: datetime) -> bool:
    """Keep what a watched page says now and what is to be told of it; whether it is settled, or is to be read again.

    A message that told of it as unreadable is completed.
    """
    _keep(session, seen, evidence)
    _sketch(session, place, seen)
    if seen.change and seen.decision:
        said = {"at": now, "key": seen.excerpt.page, "source": place.source, "fact": to_json(seen.change).decode()}
        change = change_read(session, seen.decision, evidence, **said)
        listed = listings.find(session, place.page_key, None, place.source, now)
        event = _opened(session, change, seen.change, now, listed.event if listed else None)
        told_at = listings.told_at(session, listed)
        for post in seen.decision.posts:
            owing.owe(session, replace(post, event=event), seen.change, change, place.source, now, told_at=told_at)
            if listed:
                listings.complete(session, listed, now, change, post)
    for remark in seen.remarks:
        owing.owe_remark(session, seen.remarks_as, place.source, remark, now)
    return seen.settled


def _opened(session: Session, change: ChangeRow, told: PageChange, now: datetime, listed: str | None) -> str:
    """The event of a change that is told: no act, and yet somebody may have to see to it; `listed` is one that is there."""
    key = listed or owing.key_of_page(session, told, change)
    if listed is None:
        open_event(session, key, told.authority, now, told=True)
    change.event = key
    session.add(change)
    return key


def _keep(session: Session, seen: PageSeen, evidence: Evidence) -> None:
    """What it says now. The bytes it is known by stay those that lie in the archive: noise is not worth any."""
    row = reading_of(session, seen.excerpt.page, evidence.url)
    if row is None or seen.is_evidence:
        came = moment_of(evidence.fetched_at)
        row = row or ReadingRow(key=seen.excerpt.page, url=evidence.url, fact="", sha256="", fetched_at=came)
        proofs.prove(session, [row.sha256] if row.sha256 else [])  # what it said before a change proves that it changed
        row.sha256, row.fetched_at = evidence.sha256, came
    row.fact = to_json(seen.excerpt).decode()
    row.flaps = to_json(seen.noise).decode()
    session.add(row)


def _sketch(session: Session, place: Address, seen: PageSeen) -> None:
    """By what it is known when it comes again; what is to be read again is known by nothing."""
    if not (seen.sketch or place.sketch):
        return
    row = session.get(SketchRow, place.id)
    if seen.sketch and seen.settled:
        row = row or SketchRow(address=place.id, sketch=b"")
        row.sketch = seen.sketch
        session.add(row)
    elif row:
        session.delete(row)


def _known(row: ReadingRow) -> PageKnown:
    noise = msgspec.json.decode(row.flaps, type=Noise) if row.flaps else Noise()
    evidence = Evidence(url=row.url, sha256=row.sha256, fetched_at=iso(row.fetched_at))
    return PageKnown(excerpt_from_json(row.fact), noise, evidence)
