"""Acts as seen and parsed over time, and their recorded changes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, select

from monitor import vocabulary
from monitor.diff import ChangeKind
from monitor.diff.noise import Noise
from monitor.model import Announcement, Target, excerpt_from_json, frozen, page_change_from_json
from monitor.store.acts import (
    READ,
    decode_act,
    decode_found,
    load_last_reading,
    make_evidence,
    make_reading_evidence,
)
from monitor.store.columns import make_value, select_json_text
from monitor.store.records import Event, Happening, PageKnown, PageTold, Recorded
from monitor.store.session import Session
from monitor.store.tables import ActRow, ChangeRow, EventRow, ReadingRow
from monitor.timeline import Reading, Sighting
from monitor.timeline.timeline import Law
from monitor.vocabulary import Vocabulary

AT_ONCE = 1_000  # rows with a text beside its parsed form
NOT_FOUND = (ChangeKind.PAGE, ChangeKind.REMINDER, ChangeKind.WATCH, ChangeKind.WITHDRAWN)


def list_act_versions(session: Session) -> list[Sighting]:
    """List every act with each change of its reading, in the order of first sight."""
    query = select(ChangeRow.key, ChangeRow.at, ChangeRow.fact).where(ChangeRow.kind.in_(READ))
    readings: dict[str, list[Reading]] = defaultdict(list)
    for key, at, fact in session.connection().execute(
        query.order_by(ChangeRow.id).execution_options(yield_per=AT_ONCE)
    ):
        readings[key].append(Reading(at, decode_act(fact)))
    baselines = set(session.list_values(ActRow.key, baseline=True))
    return [Sighting(tuple(acts), baseline=key in baselines) for key, acts in readings.items()]


@frozen
class KeptLaw:
    """The law as it followed from all changes up to one, by the vocabulary of then."""

    change: int
    vocabulary: Vocabulary
    law: Law


def load_law(session: Session) -> Law:
    """Load the law as known now; the process caches it until an act changes."""
    latest, known, kept = find_latest_change(session), vocabulary.current(), session.recall(KeptLaw)
    since = kept.change if kept and kept.vocabulary is known else -1
    if (
        kept is None
        or since < 0
        or session.has(ChangeRow, ChangeRow.id > since, ChangeRow.kind.in_(READ))
    ):
        kept = KeptLaw(latest, known, Law(list_act_versions(session), _find_named_acts))
    session.remember(replace(kept, change=latest))
    return kept.law


def _find_named_acts(act: Announcement, quote: str) -> Iterable[Target]:
    from monitor.extract.named import find_named_acts  # noqa: PLC0415 - takes long to load

    return find_named_acts(act, quote)


def find_latest_change(session: Session) -> int:
    """The number of the last change; 0 before any."""
    return session.find_greatest(ChangeRow.id) or 0


NOT_ON_A_PAGE = (ChangeKind.REMINDER, ChangeKind.WATCH)  # what no publisher brought


def list_events(session: Session, after: int, limit: int) -> list[Event]:
    """List the records after the event of this number, in order."""
    brought = ChangeRow.kind.not_in(NOT_ON_A_PAGE), ChangeRow.sha256.is_not(None)
    rows = session.list_rows(ChangeRow, ChangeRow.id > after, *brought, limit=limit)
    return [event for row in rows if (event := _decode_event(row))]


def _decode_event(row: ChangeRow) -> Event | None:
    evidence = make_evidence(row)
    if evidence is None or row.id is None:
        return None
    fact = msgspec.json.decode(row.fact)
    title = fact.get("title") or fact.get("register") or ""
    return Event(row.id, str(title), make_value(Recorded, row, evidence=evidence))


def list_recorded(session: Session, keys: Iterable[str]) -> list[Recorded]:
    """All that was ever recorded of these acts, reports or editions, in that order, each with
    its evidence.
    """
    wanted = sorted(set(keys))
    return _load_recorded(session, ChangeRow.key.in_(wanted)) if wanted else []


def find_recorded_by_hash(session: Session, sha256: str) -> list[Recorded]:
    """List all facts from bytes with this prefix of their hash."""
    return _load_recorded(session, ChangeRow.sha256.startswith(sha256, autoescape=True))


def find_recorded_by_url(session: Session, url: str) -> list[Recorded]:
    """All that was recorded from a page at this address."""
    return _load_recorded(session, ChangeRow.url == url)


def list_keys_of_source(session: Session, source: str) -> set[str]:
    """The keys of what a source brought."""
    brought = ChangeRow.sha256.is_not(None), ChangeRow.kind != ChangeKind.REMINDER
    return set(session.list_values(ChangeRow.key, *brought, distinct=True, source=source))


def list_happenings(session: Session) -> list[Happening]:
    """List all facts found on pages, in order. This leaves out the calendar, a changed watch list,
    and watched pages, which are no acts.
    """
    rows = session.list_rows(ChangeRow, ChangeRow.kind.not_in(NOT_FOUND))
    baselines = set(session.list_values(ActRow.key, baseline=True))
    return [
        make_value(
            Happening,
            row,
            found=decode_found(row),
            evidence=evidence,
            baseline=row.key in baselines and row.kind is ChangeKind.NEW,
        )
        for row in rows
        if (evidence := make_evidence(row))
    ]


def _load_recorded(session: Session, which: ColumnElement[bool]) -> list[Recorded]:
    rows = session.list_rows(ChangeRow, which)
    return [
        make_value(Recorded, row, evidence=evidence)
        for row in rows
        if row.kind is not ChangeKind.REMINDER and (evidence := make_evidence(row))
    ]


# The times of each source's news, as far as they show its publisher's hours.

NEWS = (
    ChangeKind.NEW,
    ChangeKind.AMENDED,
    ChangeKind.EXTENDED,
    ChangeKind.EDITION,
    ChangeKind.REPORTED,
)


def list_publishing_times(session: Session, since: datetime) -> dict[str, list[datetime]]:
    """Map each source to the times of its reported acts since then: the printed time, or else when
    we saw it.
    """
    official = select_json_text(ChangeRow.fact, "published")
    query = (
        select(ChangeRow.source, ChangeRow.at, official)
        .join(EventRow, EventRow.key == ChangeRow.event)
        .where(ChangeRow.at >= since, ChangeRow.kind.in_(NEWS), EventRow.told.is_(True))
    )
    moments: defaultdict[str, list[datetime]] = defaultdict(list)
    for source, at, said in session.execute(query).all():
        moments[source].append(_parse_moment(said) or at)
    return dict(moments)


def _parse_moment(said: object) -> datetime | None:
    """The instant that an official time names; None for a bare day, or a time of nowhere."""
    if not isinstance(said, str) or "T" not in said:
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


# Watched pages of config.toml: the last text, the known noise, and the reported changes.


def load_watched_page(session: Session, page: str, url: str) -> PageKnown | None:
    """Load the last state of a watched page; None before it was read."""
    row = load_last_reading(session, page, url)
    return _decode_known(row) if row else None


def list_watched_addresses(session: Session, page: str) -> list[PageKnown]:
    """List the last states of all addresses of a watched page."""
    rows = session.list_rows(ReadingRow, key=page)
    return [_decode_known(row) for row in rows]


def list_page_alerts(session: Session, page: str) -> list[PageTold]:
    """List the reported changes of a watched page, the oldest first, each with its evidence."""
    rows = session.list_rows(ChangeRow, key=page)
    return [
        PageTold(row.at, page_change_from_json(row.fact), evidence)
        for row in rows
        if row.kind == "page" and (evidence := make_evidence(row))
    ]


def _decode_known(row: ReadingRow) -> PageKnown:
    noise = msgspec.json.decode(row.flaps, type=Noise) if row.flaps else Noise()
    return PageKnown(excerpt_from_json(row.fact), noise, make_reading_evidence(row))
