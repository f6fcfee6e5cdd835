"""The history walked from its beginning, or from where it had come: each record as it is exported.

Acts, rows and alerts pass by one at a time. Measures, and whom and what acts name, have a life that later acts change: of these
some are told at a time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

import msgspec

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.history import BEGINNING, AlertTaken, Cursor, History, Listed, OutboxState, notices, sightings, taken
from monitor.model import Announcement, Entity, Item, Severity, Value
from monitor.pipeline import lines
from monitor.pipeline.ids import digest, numbered, part_id, subject_id
from monitor.pipeline.lines import MeasureLine
from monitor.pipeline.standing import state_on, things
from monitor.render.alert import compose
from monitor.timeline import Lifecycle

# What an export is made of, a record a line: names, their order and what is left out are a contract with who reads them.
#
# `docs/exports.schema.json` says the same to programs; `python -m tests.exports_schema` writes it from these types.


class ExportedAct(Value, frozen=True, kw_only=True):
    """An act as it is understood now; `id` is its key.

    When it was first seen, and when that which is known of it changed last (UTC). A `baseline` was there when its source was
    first read.
    """

    id: str
    first_seen: str
    changed: str = ""
    baseline: bool = False
    act: Announcement


class ExportedMeasure(Value, frozen=True, kw_only=True):
    """A part of a measure and all that became of it, under the id that the console gives it."""

    id: str
    measure: MeasureLine


class Stand(Value, frozen=True, kw_only=True):
    """Where somebody or something is on record: in an act, or as a `row` of a `register` that is published whole.

    `authority` is whose act or register it is, `state` how it stands today, in words. `starts` and `ends` are the days that the
    act gives; of a row `first_seen`, `gone` and `held` are when it was read there, was found gone, or missing without proof
    (UTC).
    """

    id: str
    act: str = ""
    authority: str = ""
    title: str = ""
    action: str = ""
    register: str = ""
    row: str = ""
    starts: str = ""
    ends: str = ""
    state: str = ""
    first_seen: str = ""
    gone: str = ""
    held: str = ""
    url: str = ""


class ExportedEntity(Stand, frozen=True, kw_only=True):
    """Somebody who is on record: a line for each act that lists, amends or removes them, and for each row of a register."""

    entity: Entity


class ExportedItem(Stand, frozen=True, kw_only=True):
    """Goods that are on record, a line for each act and each row."""

    item: Item


class ExportedRow(Value, frozen=True, kw_only=True):
    """A row of a register that is published whole, for as long as it stood there without a gap.

    It lists an `entity` or an `item`. `id` is its reader, the publisher's id and the moment in which it was first seen.
    Moments are UTC.
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


class ExportedAlert(Value, frozen=True, kw_only=True):
    """What people were told, once whatever the number of ways it went; `id` is the message's own key.

    `at` is when it was owed, `arrived` when the first message arrived (UTC); `to` how far it has come at each destination.
    `about` is the act or register that it tells of, `touches` the entries of the watch list, by key.
    """

    id: str
    kind: NoticeKind
    severity: Severity
    source: str
    event: str = ""
    at: str
    arrived: str = ""
    to: Mapping[str, OutboxState] = {}
    about: str = ""
    headline: str
    summary: str = ""
    touches: tuple[str, ...] = ()
    url: str = ""
    sha256: str = ""


LISTED, HELD, GONE = "listed", "missing, and not believed to be gone", "gone"


def acts(history: History, since: Cursor) -> Iterator[ExportedAct]:
    """Acts, those first that were seen first."""
    for one in history.walk(taken.acts_since, since):
        yield ExportedAct(id=one.act.key, first_seen=one.first_seen, changed=one.changed, baseline=one.baseline, act=one.act)


def measures(history: History, since: Cursor, now: datetime) -> Iterator[ExportedMeasure]:
    """Measures part by part, with all that became of them by now; those too that an act has changed since."""
    moved = _moved(history, since)
    parts = ((life, lines.of_measure(life, (), now)) for life in _lives(history))
    for known, (life, measure) in numbered(parts, lambda part: part_id(part[1])):
        if _has_moved(life, moved):
            yield ExportedMeasure(id=known, measure=measure)


def _lives(history: History) -> Iterable[Lifecycle]:
    return history(sightings.law).timeline.lifecycles


def _moved(history: History, since: Cursor) -> set[str] | None:
    return None if since == BEGINNING else history(taken.moved_since, since)


def _has_moved(life: Lifecycle, moved: set[str] | None) -> bool:
    """Whether its own act has moved, or one that made its life what it is; None: all have."""
    if moved is None:
        return True
    return life.act.key in moved or any(cause.act.key in moved for span in life.spans for cause in span.because)


def entities(history: History, since: Cursor, now: datetime) -> Iterator[ExportedEntity]:
    """Whom acts name, then whom registers list."""
    yield from (entity for entity in _named(history, since, now) if isinstance(entity, ExportedEntity))
    yield from listed_entities(history, since)


def items(history: History, since: Cursor, now: datetime) -> Iterator[ExportedItem]:
    """What acts name, then what registers list."""
    yield from (item for item in _named(history, since, now) if isinstance(item, ExportedItem))
    codes = history(taken.codes_of_registers)
    for listed in history.walk(taken.rows_since, since):
        item = of_row(listed, codes)
        if isinstance(item, ExportedItem):
            yield item


def listed_entities(history: History, since: Cursor) -> Iterator[ExportedEntity]:
    """Whom registers list."""
    codes = history(taken.codes_of_registers)
    for listed in history.walk(taken.rows_since, since):
        entity = of_row(listed, codes)
        if isinstance(entity, ExportedEntity):
            yield entity


def _named(history: History, since: Cursor, now: datetime) -> Iterator[ExportedEntity | ExportedItem]:
    moved = _moved(history, since)
    subjects = ((life, subject) for life in _lives(history) if life.seen for subject in things(life))
    for known, (life, subject) in numbered(subjects, _named_id):
        if _has_moved(life, moved):
            yield _of_act(known, life, subject, now)


def _named_id(pair: tuple[Lifecycle, Entity | Item]) -> str:
    life, subject = pair
    about = life.measure.action, life.measure.register, life.clauses, life.destinations, subject_id(subject)
    return f"{life.act.key}:{digest(*about)}"


def _of_act(known: str, life: Lifecycle, subject: Entity | Item, now: datetime) -> ExportedEntity | ExportedItem:
    act, measure = life.act, life.measure
    about = {
        "id": known,
        "act": act.key,
        "authority": act.authority,
        "title": act.title,
        "action": str(measure.action),
        "register": measure.register or "",
        "starts": measure.starts.on if measure.starts else "",
        "ends": measure.ends.on if measure.ends else "",
        "state": state_on(life, now),
        "url": act.url,
    }
    return ExportedItem(item=subject, **about) if isinstance(subject, Item) else ExportedEntity(entity=subject, **about)


def of_row(listed: Listed, codes: dict[str, tuple[str, str]]) -> ExportedEntity | ExportedItem:
    """Whom or what a row lists; `codes` are the code and the address of each register by its reader."""
    reader, row, _, text, first_seen, gone, held = listed
    register, url = codes.get(reader, (reader, ""))
    about = {
        "id": row_id(reader, row, first_seen),
        "authority": _keeper(register),
        "register": register,
        "row": row,
        "state": GONE if gone else HELD if held else LISTED,
        "first_seen": first_seen,
        "gone": gone,
        "held": held,
        "url": url,
    }
    subject = _subject(text)
    return ExportedItem(item=subject, **about) if isinstance(subject, Item) else ExportedEntity(entity=subject, **about)


def _keeper(register: str) -> str:
    """Who keeps a register; "" of one that is declared no more."""
    known = vocabulary.current().registers.get(register)
    return known.issuer if known else ""


def row_id(reader: str, row: str, first_seen: str) -> str:
    """What tells a row from others, also from itself when it stood there before."""
    return f"{reader}:{row}:{first_seen}"


def _subject(text: str) -> Entity | Item:
    """A subject has no tag: what has a `kind` is an entity."""
    return msgspec.json.decode(text, type=Entity) if '"kind":"' in text else msgspec.json.decode(text, type=Item)


def exported_row(listed: Listed, codes: dict[str, tuple[str, str]]) -> ExportedRow:
    """A row of a register, as it stands for itself."""
    reader, row, name, text, first_seen, gone, held = listed
    register = codes.get(reader, (reader, ""))[0]
    subject = _subject(text)
    return ExportedRow(
        id=row_id(reader, row, first_seen),
        register=register,
        reader=reader,
        row=row,
        name=name,
        entity=subject if isinstance(subject, Entity) else None,
        item=subject if isinstance(subject, Item) else None,
        first_seen=first_seen,
        gone=gone,
        held=held,
    )


def alerts(history: History, since: Cursor) -> Iterator[ExportedAlert]:
    """What people were told, the oldest first, in the words that it has by now."""
    for one in history(taken.alerts_since, since):
        yield _alert(history, one)


def _alert(history: History, taken: AlertTaken) -> ExportedAlert:
    notice = history(notices.told_of, taken.message)
    alert = compose(replace(notice, handled=None))
    touched = (*notice.touches.sure, *notice.touches.possible) if notice.touches else ()
    return ExportedAlert(
        id=taken.key,
        kind=taken.kind,
        severity=taken.severity,
        source=taken.source,
        event=taken.event,
        at=taken.at,
        arrived=taken.arrived,
        to=taken.to,
        about=notice.act.key if notice.act else notice.edition.register if notice.edition else "",
        headline=alert.headline,
        summary=alert.summary,
        touches=tuple(dict.fromkeys(match.key for match in touched)),
        url=alert.url,
        sha256=notice.evidence.sha256 if notice.evidence else "",
    )
