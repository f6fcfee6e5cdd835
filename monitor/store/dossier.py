"""Collect all records of some acts and rows: each reading with its bytes, their retrieval, and the
messages.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_

from monitor.alert.event import EDITING, NoticeKind
from monitor.diff import ChangeKind, rows
from monitor.model import Evidence, RowAction, Severity, frozen
from monitor.store import notices, proofs
from monitor.store.acts import make_evidence
from monitor.store.columns import make_value
from monitor.store.records import OutboxState, Retrieval
from monitor.store.session import Session
from monitor.store.tables import ActRow, AlterationRow, ChangeRow, ListedRow, OutboxRow, RegisterRow


@frozen
class Finding:
    """One recorded reading: its time, its subject, its source and bytes; `fact` is what was known
    from then on. `annexes` are those of its page by title, at their last read.
    """

    id: int
    at: datetime
    kind: ChangeKind
    key: str
    source: str
    fact: str
    evidence: Evidence | None
    annexes: tuple[tuple[str, Evidence], ...] = ()

    @property
    def bodies(self) -> list[str]:
        """The SHA-256 of its page, and of the annexes."""
        own = [self.evidence] if self.evidence else []
        return [one.sha256 for one in (*own, *(annex for _, annex in self.annexes))]


@frozen
class Telling:
    """A message: its finding, its destination, its words, and its arrival, if any; without its
    mentions.
    """

    key: str
    kind: NoticeKind
    finding: int | None
    destination: str
    severity: Severity
    state: OutboxState
    owed_at: datetime
    told_at: datetime | None
    said: str


@frozen
class RowKept:
    """The bytes of a register record: since when, until when, and its change then (None: it is
    still there). `sha256` is the body that brought it, None if no row of the history has it.
    `before`: the bytes are the older ones.
    """

    register: str
    reader: str
    row: str
    name: str
    action: RowAction | None
    at: datetime
    gone: datetime | None
    raw: bytes
    sha256: str | None
    url: str
    before: bool = False


@frozen
class Dossier:
    """The evidence of a query, in the order in which it was recorded."""

    findings: tuple[Finding, ...]
    tellings: tuple[Telling, ...]
    rows: tuple[RowKept, ...]
    retrievals: tuple[Retrieval, ...]

    @property
    def bodies(self) -> tuple[str, ...]:
        """The SHA-256 of every body that is named, each once."""
        read = [sha256 for finding in self.findings for sha256 in finding.bodies]
        return tuple(dict.fromkeys([*read, *(row.sha256 for row in self.rows if row.sha256)]))


def load_dossier(
    session: Session, keys: Collection[str], rows: Collection[tuple[str, str]] = ()
) -> Dossier:
    """Load all records of these acts, by key, and of these register records, by register code
    and id.
    """
    kept, editions = _load_rows(session, rows)
    found = session.list_among(ChangeRow, ChangeRow.key, sorted(keys))
    found += session.list_among(ChangeRow, ChangeRow.id, sorted(editions))
    findings = tuple(_load_finding(session, row) for row in sorted(found, key=lambda row: row.id))
    known = Dossier(findings, tuple(_list_tellings(session, findings, keys)), kept, ())
    return replace(known, retrievals=tuple(proofs.list_retrievals(session, known.bodies)))


def _load_finding(session: Session, row: ChangeRow) -> Finding:
    read = row.kind is not ChangeKind.REMINDER
    beside = tuple(notices.list_annexes(session, row)) if read else ()
    return Finding(
        row.id,
        row.at,
        row.kind,
        row.key,
        row.source,
        row.fact,
        make_evidence(row) if read else None,
        beside,
    )


def _list_tellings(
    session: Session, findings: Iterable[Finding], keys: Collection[str]
) -> Iterator[Telling]:
    """List the messages about these findings, and the edits for their events, which have no finding
    of their own.
    """
    rows = session.list_among(OutboxRow, OutboxRow.change, {finding.id for finding in findings})
    events = {act.event for act in session.list_among(ActRow, ActRow.key, keys) if act.event}
    of_events = or_(OutboxRow.kind.in_(EDITING), OutboxRow.change.is_(None))
    rows += session.list_among(OutboxRow, OutboxRow.event, events, of_events)
    for _, row in sorted({row.id: row for row in rows}.items()):
        yield make_value(
            Telling, row, finding=row.change, owed_at=row.created_at, told_at=row.sent_at
        )


def _load_rows(
    session: Session, wanted: Collection[tuple[str, str]]
) -> tuple[tuple[RowKept, ...], set[int]]:
    """Every version of these records, and the editions that brought one."""
    kept: list[RowKept] = []
    editions: set[int] = set()
    for register in session.list_rows(RegisterRow, order=RegisterRow.reader):
        of_it = sorted({row for code, row in wanted if code == register.code})
        listed = session.list_among(ListedRow, ListedRow.row, of_it, reader=register.reader)
        stand = [_make_standing_row(row, register) for row in listed]
        kept += stand
        last = {one.row: one for one in stand}
        for row in session.list_among(
            AlterationRow, AlterationRow.row, of_it, reader=register.reader
        ):
            kept += _list_altered(session, row, last[row.row])
            editions.add(row.change)
    return tuple(kept), editions


def _make_standing_row(row: ListedRow, register: RegisterRow) -> RowKept:
    return make_value(
        RowKept,
        row,
        register=register.code,
        action=None,
        at=row.first_seen,
        raw=rows.Version(row.digest, row.raw).raw,
        sha256=register.sha256 if row.gone is None else None,
        url=register.url,
        before=False,
    )


def _list_altered(session: Session, row: AlterationRow, stands: RowKept) -> Iterator[RowKept]:
    """The record before a change and after it; which body brought it only of the latter is
    known.
    """
    sha256 = session.get_one(ChangeRow, row.change).sha256
    altered = replace(stands, action=row.action, at=row.at, gone=None)
    for packed, before, body in ((row.before, True, None), (row.after, False, sha256)):
        if packed is not None:
            raw = rows.Version(b"", packed).raw
            yield replace(altered, raw=raw, sha256=body, before=before)
