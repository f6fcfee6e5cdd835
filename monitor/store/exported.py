"""Export the history, or what is new in it, one record at a time in order.

A million rows pass, and few are in memory at a time. During a walk no other query can run.
"""

# ruff: noqa: S608 - what the questions below are put together from is ours

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from monitor.alert.event import NoticeKind
from monitor.model import Announcement, Entity, FieldValue, Item, Severity, Value, frozen
from monitor.store.acts import READ, decode_act
from monitor.store.columns import decode_details, make_value
from monitor.store.outbox import NEWS
from monitor.store.records import OutboxState
from monitor.store.session import Session
from monitor.store.tables import ChangeRow
from monitor.store.watched import ENTITY, ITEM

EDITED_BY = (
    NoticeKind.ACT,
    NoticeKind.COMPLETED,
    NoticeKind.AMENDED,
    NoticeKind.DISAGREEMENT,
    NoticeKind.EFFECT,
    NoticeKind.PARENT,
)
AT_ONCE = 1_000  # rows
OWED, SILENT = (
    (OutboxState.PENDING, OutboxState.SENDING),
    (OutboxState.CANCELLED, OutboxState.DROPPED),
)


@frozen
class Cursor:
    """A position in a history: the numbers of the last change, row, row change, and completed
    message.
    """

    change: int = 0
    row: int = 0
    alteration: int = 0
    message: int = 0


BEGINNING = Cursor()
# what a row of a register has as it is stored
PLAIN = ("register", "reader", "row", "name", "first_seen", "gone", "held", "starts", "ends")


class ExportedAct(Value, kw_only=True):
    """An act as it is understood now; `id` is its key.

    When it was first seen, and when that which is known of it changed last (UTC). A `baseline` was
    there when its source was first read.
    """

    id: str
    first_seen: str
    changed: str = ""
    baseline: bool = False
    act: Announcement


class ExportedRow(Value, kw_only=True):
    """A row of a whole register, for one stay without a gap. It lists an `entity` or an `item`.
    `id` is its reader, the publisher's id and the instant of its first sight. Instants are UTC.
    `starts` and `ends` are its own days, `details` what else it says.
    """

    id: str
    register: str
    reader: str
    row: str
    name: str = ""
    entity: Entity | None = None
    item: Item | None = None
    first_seen: str
    gone: str = ""
    held: str = ""
    starts: str = ""
    ends: str = ""
    details: Mapping[str, FieldValue] = {}

    @property
    def subject(self) -> Entity | Item:
        """List the names and goods on it."""
        if self.item:
            return self.item
        assert self.entity
        return self.entity


@frozen
class RecordedAlert:
    """An alert, once for all destinations: its first message, its time, and the first arrival.

    `to` is its delivery at each destination; `changed` the last report on its event. Instants are
    UTC, ISO, "" for never.
    """

    message: int
    key: str
    kind: NoticeKind
    source: str
    event: str
    severity: Severity
    at: str
    arrived: str
    changed: str
    to: Mapping[str, OutboxState]

    @property
    def is_told(self) -> bool:
        """Return whether the alert has a message, sent or pending."""
        return any(state not in SILENT for state in self.to.values())


def find_last_cursor(session: Session) -> Cursor:
    """Return its position."""
    return Cursor(*_select_row(session, _LAST))


def make_cursor(session: Session) -> Cursor:
    """Return a cursor that repeats pending messages in the next export, because they will have
    changed.
    """
    last = Cursor(*_select_row(session, _LAST))
    (owed,) = _select_row(
        session, f"SELECT min(id) - 1 FROM outbox WHERE state IN ({_quote_words(OWED)})"
    )
    return last if owed is None else replace(last, message=owed)


def find_cursor_before(session: Session, moment: datetime) -> Cursor:
    """Return the cursor before the first record of a moment or later."""
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    first = _select_row(session, _FIRST, {"at": text})
    last = _select_row(session, _LAST)
    return Cursor(
        *(
            begins - 1 if begins is not None else end
            for begins, end in zip(first, last, strict=True)
        )
    )


def store_identity(session: Session) -> str:
    """Return the store's identity, which survives a move and a restore."""
    return str(_select_row(session, "SELECT identity FROM store")[0])


def load_first_read(session: Session) -> str:
    """Since when sources are read well here (UTC, ISO); "" where none was."""
    return str(
        _select_row(session, f"SELECT coalesce(min({_select_iso('first_ok')}), '') FROM source")[0]
    )


def find_last_change(session: Session) -> datetime | None:
    """Return when anything was last recorded; None for an empty history."""
    at: datetime | None = session.find_greatest(ChangeRow.at)
    return at


def list_acts_since(session: Session, since: Cursor = BEGINNING) -> Iterator[ExportedAct]:
    """The acts that came, or are understood otherwise, since then; in the order in which they
    were first seen.
    """
    for fact, seen, changed, baseline in _select_rows(session, _ACTS, {"change": since.change}):
        act = decode_act(fact)
        yield ExportedAct(
            id=act.key, first_seen=seen, changed=changed, baseline=bool(baseline), act=act
        )


def list_keys_moved_since(session: Session, since: Cursor) -> set[str]:
    """The keys of the acts that came, or are understood otherwise, since then."""
    return {key for (key,) in _select_rows(session, _MOVED, {"change": since.change})}


def count_register_rows(session: Session) -> int:
    """Count all rows that a register ever had."""
    return int(_select_row(session, "SELECT count(*) FROM listed")[0])


def iterate_rows_since(
    session: Session, since: Cursor = BEGINNING
) -> Iterator[tuple[ExportedRow, str]]:
    """Iterate over the rows added, removed or amended since then, in order, each with its
    register's address.
    """
    bound = {"row": since.row, "alteration": since.alteration, "change": since.change}
    query = f"{_LISTED} {'' if since == BEGINNING else _ALTERED} ORDER BY listed.id"
    for subject, details, url, *plain in _select_rows(session, query, bound):
        said = dict(zip(PLAIN, plain, strict=True))
        is_entity = '"kind":"' in subject  # a subject has no tag: what has a kind is an entity
        exported = ExportedRow(
            **said,
            id=f"{said['reader']}:{said['row']}:{said['first_seen']}",
            entity=ENTITY.decode(subject) if is_entity else None,
            item=None if is_entity else ITEM.decode(subject),
            details=decode_details(details),
        )
        yield exported, url


def list_alerts_since(session: Session, since: Cursor = BEGINNING) -> list[RecordedAlert]:
    """Iterate over the alerts since then, sent or pending, the oldest first."""
    alerts: defaultdict[str, list[Any]] = defaultdict(list)
    for row in _select_rows(session, _ALERTS, {}):
        alerts[row.base].append(row)
    return [
        _make_alert(key, told) for key, told in alerts.items() if told[-1].message > since.message
    ]


def iterate_facts_told(session: Session) -> Iterator[tuple[int, str, str, str]]:
    """Iterate over news messages, the newest first: number, kind of change, fact, and matches as
    JSON.
    """
    return _select_rows(session, _FACTS, {})


def _make_alert(key: str, told: Sequence[Any]) -> RecordedAlert:
    """Build an alert from its messages, the oldest first."""
    first, at = told[0], min(one.at for one in told)
    return make_value(
        RecordedAlert,
        first,
        key=key,
        kind=NoticeKind(first.kind),
        severity=Severity(first.severity),
        at=at,
        arrived=min((one.arrived for one in told if one.arrived), default=""),
        changed=max(first.edited, at),
        to={one.destination: OutboxState(one.state) for one in told},
    )


def _select_iso(column: str) -> str:
    """Format an instant as elsewhere, but in SQL, where that is cheapest."""
    text = f"CAST({column} AS TEXT)"
    return f"substr({text}, 1, 10) || 'T' || substr({text}, 12, 8) || 'Z'"


def _quote_words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _select_rows(session: Session, query: str, bound: Mapping[str, object]) -> Iterator[Any]:
    """Iterate over a query's rows with few in memory."""
    with session.connection().execute(
        text(query), bound, execution_options={"yield_per": AT_ONCE}
    ) as found:
        yield from found


def _select_row(
    session: Session, query: str, bound: Mapping[str, object] | None = None
) -> tuple[Any, ...]:
    (row,) = _select_rows(session, query, bound or {})
    return tuple(row)


_LAST = """
SELECT coalesce((SELECT max(id) FROM change), 0), coalesce((SELECT max(id) FROM listed), 0),
       coalesce((SELECT max(id) FROM alteration), 0), coalesce((SELECT max(id) FROM outbox), 0)
"""
_FIRST = """
SELECT (SELECT min(id) FROM change WHERE at >= :at), (SELECT min(id) FROM listed WHERE first_seen >= :at),
       (SELECT min(id) FROM alteration WHERE at >= :at), (SELECT min(id) FROM outbox WHERE created_at >= :at)
"""
_MOVED = f"SELECT DISTINCT key FROM change WHERE id > :change AND kind IN ({_quote_words(READ)})"
_ACTS = f"""
SELECT fact, {_select_iso("first_seen")},
       coalesce((SELECT max({_select_iso("at")}) FROM change WHERE change.key = act.key AND kind IN ({_quote_words(READ)})), ''),
       baseline
FROM act WHERE :change = 0 OR key IN ({_MOVED}) ORDER BY first_seen, key
"""
_LISTED = f"""
SELECT subject, details, coalesce(register.url, ''), coalesce(register.code, listed.reader), listed.reader, row, name,
       {_select_iso("first_seen")}, coalesce({_select_iso("gone")}, ''), coalesce({_select_iso("held_since")}, ''), starts, ends
FROM listed LEFT JOIN register ON register.reader = listed.reader
"""
# An exchanged id is an alteration of the new one; only the edition's time shows that the old one is
# gone.
_ALTERED = """
WHERE listed.id IN (
    SELECT id FROM listed WHERE id > :row
    UNION SELECT here.id FROM alteration JOIN listed AS here ON here.reader = alteration.reader AND here.row = alteration.row
        WHERE alteration.id > :alteration
    UNION SELECT id FROM listed WHERE gone IN (SELECT at FROM change WHERE id > :change AND kind = 'edition')
)
"""
# A reminder has the same words in the threads of its acts.
_TOLD_FIRST = (
    f"outbox.kind IN ({_quote_words(NEWS)}) AND again_of IS NULL AND NOT (outbox.kind = 'reminder'"
    " AND in_thread)"
)
_ALERTS = f"""
WITH edited AS (
    SELECT event, max({_select_iso("created_at")}) AS at FROM outbox WHERE kind IN ({_quote_words(EDITED_BY)}) GROUP BY event
),
told AS (
    SELECT id, kind, source, coalesce(event, '') AS event, severity, destination, state,
           CASE WHEN substr(key, length(key) - length(coalesce(detour, destination))) = '@' || coalesce(detour, destination)
                THEN substr(key, 1, length(key) - length(coalesce(detour, destination)) - 1) ELSE key END AS base,
           {_select_iso("created_at")} AS at, {_select_iso("sent_at")} AS arrived
    FROM outbox WHERE {_TOLD_FIRST}
)
SELECT base, id AS message, kind, source, told.event, severity, told.at, coalesce(arrived, '') AS arrived,
       coalesce(edited.at, '') AS edited, destination, state
FROM told LEFT JOIN edited ON edited.event = told.event ORDER BY id
"""
_FACTS = f"""
SELECT outbox.id, change.kind, change.fact, coalesce(change.touches, '')
FROM outbox JOIN change ON change.id = outbox.change
WHERE {_TOLD_FIRST} ORDER BY outbox.id DESC
"""
