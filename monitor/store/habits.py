"""Save each source's usual behaviour and its acts, learnt from each read, as a few numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace
from sqlalchemy import or_, select

from monitor.errors import ErrorKind
from monitor.model import Fact
from monitor.source.habits import (
    Entries,
    Expected,
    Habits,
    LinkBeside,
    Seen,
    update_beside,
    update_entries,
    update_newest,
)
from monitor.source.lists import ListDays, summarize_days
from monitor.source.schedule import FLICKERS
from monitor.source.series import LAG, Sight, split_act_key
from monitor.store import listings, troubles
from monitor.store.columns import make_value
from monitor.store.records import Address
from monitor.store.session import Session
from monitor.store.tables import AddressRow, ListedRow, ReadingRow, RegisterRow, SightRow, SourceRow

REMEMBERED = timedelta(days=400)  # how long numbers are compared


def decode_habits(row: SourceRow, now: datetime) -> Habits:
    """Load a source's habits; new ones for an unknown source."""
    return row.habits or Habits(since=now)


def _change_habits(
    session: Session, source: str, change: Callable[[Habits], Habits], now: datetime
) -> None:
    row = session.get(SourceRow, source) or SourceRow(id=source)
    session.add(row)
    row.habits = change(decode_habits(row, now))


def note_page_moved(session: Session, source: str, now: datetime) -> None:
    """The bytes of a source's own page are others than before."""
    _change_habits(session, source, lambda known: known.with_move(now), now)


def note_news(session: Session, source: str, day: str, now: datetime) -> None:
    """Something came of this day (ISO; empty: today) that was not known."""
    _change_habits(session, source, lambda known: known.with_news(day, now), now)


def note_facts(session: Session, source: str, facts: Iterable[Fact], now: datetime) -> None:
    """Save the days of announcements and reports, also of a baseline: they show how often the
    source publishes.
    """
    for fact in facts:
        if fact.published:
            note_news(session, source, fact.published, now)


def note_list(
    session: Session, source: str, days: Sequence[str], entries: int, now: datetime
) -> None:
    """The days that a page of a source's list prints beside its entries."""

    def change(known: Habits) -> Habits:
        return replace(known, listed=summarize_days(days, entries, now, known.listed))

    _change_habits(session, source, change, now)


def note_old_answer(session: Session, source: str, seconds: int, now: datetime) -> None:
    """An answer had lain in a cache for so long."""

    def change(known: Habits) -> Habits:
        listed = replace(known.listed or ListDays(), age=seconds, aged_at=now)
        return replace(known, listed=listed)

    _change_habits(session, source, change, now)


def note_edition(session: Session, source: str, reader: str, day: str, now: datetime) -> None:
    """A register was published with other rows, by whichever source that was found; or was read
    for the first time.
    """
    for name in {source, reader}:
        if session.get(SourceRow, name):
            note_news(session, name, day, now)


def save_listed_entries(
    session: Session,
    tracked_page: Address,
    ids: Sequence[int],
    entries: Sequence[int],
    beside: tuple[Mapping[int, int], Sequence[LinkBeside]] | None,
    now: datetime,
) -> None:
    """Save the links of a source's own page, in order: which are `entries`, and what stands
    `beside` them.
    """
    row = session.get_one(AddressRow, tracked_page.id)
    if row.entries or ids:
        read = update_newest(update_entries(row.entries, ids, now), entries, now)
        read = update_beside(read, *beside, now) if beside else read
        row.entries = replace(read, listed=tuple(ids))


def has_flickered(entries: Entries, now: datetime) -> bool:
    """Return whether an old copy of a list came and went lately."""
    return entries.returned is not None and now - entries.returned < FLICKERS


def note_landing(row: SourceRow, url: str, now: datetime) -> None:
    """The page of a source came from this address, empty where no redirect led to another path."""
    row.habits = decode_habits(row, now).with_landing(url, now)


def save_shown_acts(
    session: Session, tracked_page: Address, keys: Iterable[str], now: datetime
) -> None:
    """Save the acts that a page of a source shows; those without a number are left out."""
    for key in dict.fromkeys(keys):
        found = split_act_key(key)
        if found and session.get(SightRow, (tracked_page.source, key)) is None:
            sight = {"source": tracked_page.source, "key": key, "series": found[0]}
            session.keep(SightRow(**sight, seen_at=now, baseline=tracked_page.silent))


def compare_with_habits(
    session: Session, row: SourceRow, expected: Expected, now: datetime
) -> Seen:
    """Load the usual behaviour to compare a source with after a good poll."""
    starts = session.list_rows(AddressRow, AddressRow.start, source=row.id)
    newest = max(starts, key=lambda start: start.id, default=None)
    register = session.get(RegisterRow, row.id)
    own, elsewhere = _list_sights(session, row.id, now)
    entries = newest.entries if newest else None
    return Seen(
        since=row.first_ok or now,
        habits=decode_habits(row, now),
        entries=entries,
        is_withdrawn=entries is not None
        and entries.newest_gone is not None
        and _may_be_gone(session, entries),
        rows=register.rows if register else None,
        has_canary=_has_canary(session, row.id, register, newest, expected.canary),
        lies=max((start.lies for start in starts), default=0),
        own=own,
        elsewhere=elsewhere,
        told=troubles.list_subjects_of_sign(session, row.id, ErrorKind.GAP),
        apart=_count_apart(session, row.id, expected.mirror, now) if expected.mirror else 0,
    )


def _may_be_gone(session: Session, entries: Entries) -> bool:
    """Return whether a list's newest entry may be gone: its page is gone, or its first read has no
    earlier day.
    """
    row = session.get_one(AddressRow, entries.newest)
    if listings.is_gone(row.failure):
        return True
    if not row.baseline:
        return False
    own, others = (_list_days(session, ids) for ids in ([entries.newest], entries.listed or ()))
    return not own or max(others, default="") > max(own)


def _list_days(session: Session, ids: Sequence[int]) -> list[str]:
    """The days that acts on these pages bear, as far as they were read."""
    urls = [
        request.url for request in session.list_values(AddressRow.request, AddressRow.id.in_(ids))
    ]
    read = session.list_values(ReadingRow.fact, ReadingRow.url.in_(urls))
    return [day for fact in read if (day := msgspec.json.decode(fact).get("published"))]


def _list_sights(session: Session, source: str, now: datetime) -> tuple[list[Sight], list[Sight]]:
    """List a source's numbered acts of the last year or so, and those of the same series from other
    sources.
    """
    lately = SightRow.seen_at > now - REMEMBERED
    shows = session.list_rows(SightRow, lately, source=source)
    alike = SightRow.series.in_({row.series for row in shows}), SightRow.source != source
    others = session.list_rows(SightRow, lately, *alike) if shows else ()
    return [make_value(Sight, row) for row in shows], [make_value(Sight, row) for row in others]


def _has_canary(
    session: Session,
    source: str,
    register: RegisterRow | None,
    start: AddressRow | None,
    canary: str,
) -> bool | None:
    """Return whether the declared entries are there; None without a declaration or a read."""
    if not canary:
        return None
    if register:
        return session.has(ListedRow, gone=None, reader=source, row=canary)
    if start is None or start.entries is None:
        return None
    standing = start.entries.standing
    return session.has(
        AddressRow,
        AddressRow.id.in_(standing),
        AddressRow.identity.contains(canary, autoescape=True),
    )


def _count_apart(session: Session, source: str, mirror: str, now: datetime) -> int:
    """Count rows in only one of two readings of a register, for longer than the readings may
    differ.
    """
    if not all(session.get(RegisterRow, reader) for reader in (source, mirror)):
        return 0
    return _count_lacking(session, source, mirror, now - LAG) + _count_lacking(
        session, mirror, source, now - LAG
    )


def _count_lacking(session: Session, one: str, other: str, before: datetime) -> int:
    """Count the rows that one register has had since before a moment, and the other lacks."""
    stands = (ListedRow.reader == other, or_(ListedRow.gone.is_(None), ListedRow.gone > before))
    lacks = ListedRow.row.not_in(select(ListedRow.row).where(*stands))
    return session.count(ListedRow, ListedRow.first_seen < before, lacks, reader=one, gone=None)
