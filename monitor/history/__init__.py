"""What is known and who is still owed a message; the only module that speaks SQL. Each public method is one transaction."""

import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import literal_column
from sqlmodel import col, func, select

from monitor.alert.event import MONITOR, WINDOWS, NoticeKind, Windows
from monitor.alert.notice import Side
from monitor.config.files import shown_path
from monitor.config.stores import Store
from monitor.errors import StoreError
from monitor.history import (
    addresses,
    editions,
    facts,
    habits,
    identity,
    listings,
    opposed,
    outbox,
    owing,
    pages,
    polls,
    records,
    registers,
    reminders,
    retrievals,
    sightings,
    tables,
)
from monitor.history.acts import acts_by_key, acts_not_understood
from monitor.history.columns import json_text
from monitor.history.dossier import Dossier, Finding, RowKept, Telling
from monitor.history.engine import copy_to
from monitor.history.kept import Retention
from monitor.history.messages import Messages
from monitor.history.migrating import NEWEST
from monitor.history.names_kept import NamesKept
from monitor.history.on_record import NamesOnRecord
from monitor.history.paged import Paged
from monitor.history.polls import Ended, Look, PollBegins, PollEnds, Standing
from monitor.history.reads import (
    Annexed,
    Delta,
    Judge,
    ListedPage,
    PageKnown,
    PageRead,
    PageSeen,
    PageTold,
    Place,
    RegisterState,
    Retrieval,
)
from monitor.history.records import (
    Act,
    Closed,
    EditionTold,
    Event,
    Happening,
    KnownPage,
    ListedOn,
    ListingPeriod,
    Looks,
    Message,
    Quiet,
    Recorded,
    RegisterStatus,
    Stretch,
    ToldAlert,
    TroubleState,
    Vitals,
    Waiting,
    Worker,
)
from monitor.history.tables import ActRow
from monitor.history.taken import BEGINNING, ActTaken, AlertTaken, Cursor, ExportWalks, Listed
from monitor.history.transactions import DATABASE
from monitor.history.triaging import Triaging
from monitor.history.values import Address, Intervention, OutboxState, Owed, Stamp
from monitor.history.watch_list import WatchListKept
from monitor.history.watched import OnRecord
from monitor.history.wellbeing import Wellbeing
from monitor.model import Announcement, Evidence, Problem, fact_from_json
from monitor.source.page import Request
from monitor.source.scraper import Source
from monitor.timeline.law import Law

__all__ = [
    "ALERTS",
    "BEGINNING",
    "DATABASE",
    "IDENTITY",
    "MONITOR",
    "NEWEST",
    "OPS",
    "Act",
    "ActTaken",
    "Address",
    "AlertTaken",
    "Annexed",
    "Closed",
    "Cursor",
    "Delta",
    "Dossier",
    "EditionTold",
    "Ended",
    "Event",
    "Finding",
    "Happening",
    "History",
    "Intervention",
    "Judge",
    "KnownPage",
    "Listed",
    "ListedOn",
    "ListedPage",
    "ListingPeriod",
    "Look",
    "Looks",
    "Message",
    "NamesOnRecord",
    "OnRecord",
    "OutboxState",
    "Owed",
    "PageKnown",
    "PageRead",
    "PageSeen",
    "PageTold",
    "PollBegins",
    "PollEnds",
    "Quiet",
    "Recorded",
    "RegisterState",
    "RegisterStatus",
    "Retrieval",
    "RowKept",
    "Stamp",
    "Standing",
    "Stretch",
    "Telling",
    "ToldAlert",
    "TroubleState",
    "Vitals",
    "Waiting",
    "Worker",
    "scratch_copy",
    "server_version",
    "there",
]

ALERTS, OPS = outbox.ALERTS, outbox.OPS
IDENTITY = identity.FILE


def there(store: Store | Path) -> bool:
    """Whether a store has a history.

    Raises:
        StoreError: it had one, and it is gone; or nobody can look, since it belongs to another user, say.
    """
    store = Store.of(store)
    if store.database:
        from monitor.history import postgres  # noqa: PLC0415 - of an extra

        return postgres.is_there(store.database, store.folder)
    try:
        if not (store / DATABASE).exists():
            identity.refuse_if_lost(store.folder, str(store / DATABASE))
        return (store / DATABASE).exists()
    except OSError as error:
        raise StoreError(f"{shown_path(store.folder)}: can't be read: {error.strerror}") from error


def server_version(store: Store) -> str:
    """Which PostgreSQL answers for a store in a database.

    Raises:
        ConfigError, StoreError: none, or it is no such store.
    """
    from monitor.history import postgres  # noqa: PLC0415 - of an extra

    return postgres.version(store.database or "")


@contextmanager
def scratch_copy(store: Store | Path) -> Iterator[Store]:
    """A copy of the history in a folder that is gone afterwards; the archive stays where it is.

    Raises:
        StoreError: the history is lost, damaged, or another store's.
    """
    with tempfile.TemporaryDirectory(prefix="monitor-dry-run-") as folder:
        if there(store):
            _copy_rows(Store.of(store), Path(folder))
        yield Store(Path(folder))


def _copy_rows(store: Store, folder: Path) -> None:
    if store.database:
        from monitor.history import copying  # noqa: PLC0415 - of an extra

        copying.into_folder(store, folder)
    else:
        copy_to(store / DATABASE, folder / DATABASE)


class History(Messages, Retention, NamesKept, Paged, ExportWalks, Triaging, WatchListKept, Wellbeing):
    """The history in a store folder: pages, acts, registers and what they make known; beside them its sources, its outbox and the
    watch list that it keeps. One connection: use one History from one thread at a time.

    Raises:
        StoreError: from the constructor if the database can't be used, from a method if it can't be read or written.
    """

    _reminded: reminders.Reminded | None = None  # how things stood when reminders were last looked for
    _law: sightings.KeptLaw | None = None

    def start(self, source: str, requests: Sequence[Request], reader: str, now: datetime) -> list[Address]:
        """The addresses that `source` asks for today."""
        with self._transaction() as session:
            return [addresses.address(row, now) for row in addresses.start(session, source, requests, reader, now)]

    def due(self, source: str, now: datetime) -> Sequence[Address]:
        """The pages owed a read, or another look, in the order they were seen."""
        with self._transaction() as session:
            return polls.due(session, source, now)

    def record_page(self, place: Address, page_read: PageRead, judge: Judge, now: datetime, windows: Windows = WINDOWS) -> None:
        """A page was read: new links are owed a read, new facts judged and recorded, messages owed, validators kept.

        `windows` are those by which `judge` goes.
        """
        with self._transaction() as session:
            settled = [
                facts.record(session, fact, page_read.evidence, place.source, judge, windows, now, page=place.page_key)
                for fact in page_read.facts
            ]
            if page_read.foreign:
                owing.owe_remark(session, NoticeKind.FOREIGN, place.source, page_read.foreign, now)
            habits.facts_came(session, place.source, page_read.facts, now)
            habits.shown(session, place, habits.keys_of(page_read.facts), now)
            for _ in filter(None, (seen.change for seen in page_read.watched)):
                habits.news(session, place.source, "", now)
            settled += [pages.record(session, place, seen, page_read.evidence, now) for seen in page_read.watched]
            addresses.record(session, place, page_read, now, settled=all(settled))
            retrievals.keep(
                session, [*page_read.retrievals, *(came for annexed in page_read.annexes for came in annexed.retrievals)]
            )

    def page_known(self, page: str, url: str) -> PageKnown | None:
        """A watched page at one address as it was known last; None before it was read."""
        with self._transaction() as session:
            return pages.known(session, page, url)

    def pages_known(self, page: str) -> list[PageKnown]:
        """A watched page at each of its addresses as it was known last."""
        with self._transaction() as session:
            return pages.of_page(session, page)

    def pages_told(self, page: str) -> list[PageTold]:
        """What was told of a watched page, the oldest first."""
        with self._transaction() as session:
            return pages.page_alerts(session, page)

    def annex_moved(self, place: Address, stamp: Stamp, now: datetime) -> None:
        """An annex came late or was edited: its act is owed another read, together with it."""
        with self._transaction() as session:
            addresses.annex_moved(session, place, stamp, now)

    def register(self, reader: str) -> RegisterState | None:
        """A register as it was last believed; None before its first good read."""
        with self._transaction() as session:
            return registers.state(session, reader)

    def registers(self) -> list[RegisterStatus]:
        """How every register stands that was ever read."""
        with self._transaction() as session:
            return registers.statuses(session)

    def raws(self, reader: str, names: Collection[str]) -> dict[str, bytes]:
        """The bytes of these records of a register as they stand now."""
        with self._transaction() as session:
            return registers.raws(session, reader, names)

    def edition(
        self,
        place: Address,
        delta: Delta,
        evidence: Evidence,
        stamp: Stamp,
        decide: Place,
        now: datetime,
        came: Sequence[Retrieval] = (),
    ) -> None:
        """A register was read: its rows stand as they are now, changes are recorded, messages owed, validators kept.

        A body of which something is held is asked for anew next time, so its stamp is not kept. `came` says how its bytes did,
        where they are kept.
        """
        with self._transaction() as session:
            editions.record(session, delta, evidence, place.source, decide, now)
            retrievals.keep(session, came)
            addresses.settled(session, place, stamp if delta.settled else None, now, news=delta.edition is not None)

    def released(self, source: str, delta: Delta, evidence: Evidence, decide: Place, now: datetime) -> None:
        """What was held of a register is believed: recorded and told as if it had been proven."""
        with self._transaction() as session:
            editions.record(session, delta, evidence, source, decide, now)

    def handed(self, source: str, request: Request, reader: str, now: datetime) -> Address:
        """The place of a page that a person gives us; one that we did not know of is news, and no baseline."""
        with self._transaction() as session:
            return addresses.handed(session, source, request, reader, now)

    def came(self, place: Address, moment: datetime) -> None:
        """The page's bytes are as old as this, though they reached us later."""
        with self._transaction() as session:
            addresses.came(session, place.id, moment)

    def unchanged(self, place: Address, now: datetime, *, came: bool = False) -> None:
        """A page is as it was: so its server says, or its bytes `came` and say so."""
        with self._transaction() as session:
            addresses.unchanged(session, place.id, now, came=came)

    def failed(
        self,
        place: Address,
        problem: Problem,
        now: datetime,
        *,
        patience: timedelta = timedelta(),
        listed: ListedPage | None = None,
    ) -> None:
        """A page could not be read: it stays owed. Where that lasts for `patience`, people are told once what is `listed`."""
        with self._transaction() as session:
            addresses.failed(session, place.id, problem, now, patience)
            if listed:
                listings.tell(session, place, listed, now)

    def killed(self, place: Address, identity: str, problem: Problem, now: datetime, *, listed: ListedPage | None = None) -> None:
        """A reader had to be stopped: the page stays owed. The second time its bytes rest for a day, and people are told."""
        with self._transaction() as session:
            if addresses.killed(session, place.id, identity, problem, now):
                owing.owe_quarantine(session, place.source, problem, now)
            if listed:
                listings.tell(session, place, listed, now)

    def remark(self, source: str, problem: Problem, now: datetime) -> None:
        """Owe the people who run the monitor a remark about a source, once for the same words."""
        with self._transaction() as session:
            owing.owe_remark(session, NoticeKind.REMARK, source, problem, now)

    def unread(self, source: str) -> list[str]:
        """For each page that was tried and is still owed a read: its address and why."""
        with self._transaction() as session:
            rows = addresses.unread(session, source)
            return [f"{addresses.address(row, row.seen_at).request.url}: {row.failure}" for row in rows]

    def remind(
        self,
        now: datetime,
        address: reminders.Address = lambda decision, _: decision,
        sources: Sequence[Source] = (),
        patience: timedelta = timedelta(),
    ) -> None:
        """Owe the reminders of days that change the law which have fallen due; nothing where neither day nor history moved.

        `address` says where rules send them; `sources` are switched on, and may be silent for `patience`.
        """
        with self._transaction() as session:
            if session.exec(select(ActRow.key).limit(1)).first() is None:
                return  # no act, and so no day of one
            standing = reminders.standing(session, now)
            if standing == self._reminded:
                return
            self._law = sightings.law(session, self._law)
            reminders.remind(session, address, self._law.law, reminders.freshness(session, sources, now, patience))
            reminded = reminders.standing(session, now)
        self._reminded = reminded

    def is_evidence(self, sha256: str) -> bool:
        """Whether a body of this hash gave a fact, so that it must lie in the archive."""
        with self._transaction() as session:
            return session.exec(select(tables.ReadingRow.id).where(tables.ReadingRow.sha256 == sha256)).first() is not None

    def latest_change(self) -> int:
        """What moves whenever anything is recorded."""
        with self._transaction() as session:
            return sightings.latest_change(session)

    def happenings(self) -> list[Happening]:
        """All acts, reports and editions that were ever recorded, in that order."""
        with self._transaction() as session:
            return sightings.happenings(session)

    def law(self) -> Law:
        """All acts on record and what follows from them, kept until more is known of an act."""
        with self._transaction() as session:
            self._law = sightings.law(session, self._law)
            return self._law.law

    def brought_by(self, source: str) -> set[str]:
        """The keys of what a source brought."""
        with self._transaction() as session:
            return sightings.brought_by(session, source)

    def opposed(self, acts: Iterable[Announcement]) -> list[tuple[Side, Side]]:
        """The firms of these acts of which one law forbids what another demands, both sides of each pair once."""
        with self._transaction() as session:
            return list(opposed.of_acts(session, acts))

    def recorded(self, keys: Iterable[str]) -> list[Recorded]:
        """All that was recorded of these acts, with its evidence."""
        with self._transaction() as session:
            return sightings.recorded(session, keys)

    def recorded_as(self, sha256: str) -> list[Recorded]:
        """All that was recorded from the bytes whose SHA-256 begins so."""
        with self._transaction() as session:
            return sightings.recorded_as(session, sha256)

    def recorded_at(self, url: str) -> list[Recorded]:
        """All that was recorded from a page at this address."""
        with self._transaction() as session:
            return sightings.recorded_at(session, url)

    def pages(self) -> list[KnownPage]:
        """Every page that is known, but for those that sources begin at."""
        with self._transaction() as session:
            return addresses.pages(session)

    def message_about(self, key: str) -> list[str]:
        """What the message of this key, or of this number, is about: acts, reports, editions by key."""
        with self._transaction() as session:
            return outbox.about(session, key)

    def acts(self, limit: int) -> list[Act]:
        """The acts seen last, newest first."""
        with self._transaction() as session:
            rows = session.exec(select(ActRow).order_by(col(ActRow.first_seen).desc(), col(ActRow.key)).limit(limit)).all()
            return [records.Act(row.key, fact_from_json(row.fact).title, row.first_seen) for row in rows]

    def acts_by_authority(self) -> dict[str, tuple[int, str]]:
        """How many acts there are of each authority, and the day of its oldest; "" where that is not known."""
        with self._transaction() as session:
            whose, day = (json_text(ActRow.fact, key) for key in ("authority", "published"))
            first = func.min(func.substr(day, literal_column("1"), literal_column("10")))  # as bare numbers for PostgreSQL
            rows = session.exec(select(whose, func.count(), first).group_by(whose)).all()
            return {authority: (number, oldest or "") for authority, number, oldest in rows}

    def not_understood(self) -> list[Announcement]:
        """The acts of which something is not understood or not read, in the order in which they were first seen."""
        with self._transaction() as session:
            return acts_not_understood(session)

    def known_acts(self, keys: Collection[str]) -> dict[str, Announcement]:
        """The acts that we have of these, by key, as they are known."""
        with self._transaction() as session:
            return acts_by_key(session, set(keys))
