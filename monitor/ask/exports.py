"""Export the history: each kind from its beginning or a cursor, and the content of a record. Acts,
rows and alerts pass one at a time; measures and subjects of acts change with later acts.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, time
from functools import partial
from itertools import chain, islice
from typing import Any

from msgspec import structs

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.ask.asking import find_day
from monitor.ask.knowledge import Knowledge
from monitor.ask.lines import (
    MeasureLine,
    hash_parts,
    make_line,
    make_measure_line,
    make_part_id,
    make_subject_id,
    number_ids,
)
from monitor.ask.standing import describe_state_on, list_subjects
from monitor.ask.unconfirmed import Unconfirmed, list_unconfirmed
from monitor.config import rules
from monitor.errors import ConfigError
from monitor.model import (
    ISO_DAY,
    Announcement,
    Edition,
    Entity,
    FieldValue,
    Item,
    Severity,
    Value,
    frozen,
    to_json,
)
from monitor.names.name import parse_name
from monitor.render.alert import compose_alert
from monitor.render.csv_rows import disarm_cell
from monitor.render.text import keep_web_url, word_value
from monitor.store import BEGINNING, Cursor, History, OutboxState, RecordedAlert, exported, notices
from monitor.store.exported import ExportedAct, ExportedRow
from monitor.timeline import Lifecycle

CSV, JSONL, FTM = "csv", "jsonl", "ftm"
FORMS = (CSV, JSONL, FTM)
ALERTS = "alerts"
UNCONFIRMED = "unconfirmed"
PARTS = ("measures", "entities", "items")  # what of it can be chosen
CURSOR = re.compile(r"(\d{1,18})\.(\d{1,18})\.(\d{1,18})\.(\d{1,18})")
LISTED, HELD, GONE = "listed", "missing, and not believed to be gone", "gone"
AT_ONCE = 500  # rows of a CSV that are written together

WHOM = "name names aliases kind country role parent ids addresses"
WHAT = "name names codes hs note quote"
WHERE = "act title action register row starts ends state first_seen gone held url details"
COLUMNS = {
    kind: tuple(columns.split())
    for kind, columns in {
        "acts": "id number title authority published language understood actions registers measures"
        " legal_basis url first_seen changed baseline reviewed",
        "measures": "id act title authority published action register clauses all_but_clauses"
        " amends starts ends destinations entities items state life url reviewed",
        "entities": f"id {WHOM} {WHERE}",
        "items": f"id {WHAT} {WHERE}",
        "rows": f"register reader row {WHOM} codes hs note first_seen gone held starts ends details",
        UNCONFIRMED: "id act title authority state action register entities items codes hs amends"
        " starts ends quote url",
        ALERTS: "id kind severity source event at arrived to about headline summary touches url"
        " sha256",
    }.items()
}

SCHEMAS = {"person": "Person", "vessel": "Vessel", "aircraft": "Airplane", "other": "LegalEntity"}
THINGS = frozenset({"Vessel", "Airplane"})  # these have no papers: their numbers are their own
NUMBERS = {"IMO": "imoNumber", "LEI": "leiCode", "SWIFT/BIC": "swiftBic", "MMSI": "mmsi"}
# other ids go to whatever can hold a number
HELD_BY = {"imoNumber": ("Vessel", "Company", "Organization"), "mmsi": ("Vessel",)}
PREFIX = "rm"

Cells = Mapping[str, object]  # by column

# The lines of an export: names, order and omissions are a contract with its readers.
# `docs/exports.schema.json` describes it for programs. `python -m tests.support.exports_schema`
# writes it from these types.


class ExportedMeasure(Value, kw_only=True):
    """A part of a measure and all that became of it, under the id that the console gives it."""

    id: str
    measure: MeasureLine


class Stand(Value, kw_only=True):
    """One listing of a subject: in an act, or as a `row` of a `register` published whole.
    `authority` issued it, `state` is its status today, in words. `starts` and `ends` are the days
    of the act, or of the row. For a row, `first_seen`, `gone` and `held` are when it was read,
    found gone, or missing without proof (UTC), and `details` are what else it says.
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
    details: Mapping[str, FieldValue] = {}


class ExportedEntity(Stand, kw_only=True):
    """A subject on record: a line for each act that lists, amends or removes it, and for each
    register row.
    """

    entity: Entity


class ExportedItem(Stand, kw_only=True):
    """Goods that are on record, a line for each act and each row."""

    item: Item


class ExportedAlert(Value, kw_only=True):
    """An alert, once whatever the number of destinations; `id` is the message's own key. `at` is
    when it was enqueued, `arrived` the first arrival (UTC); `to` its delivery at each destination.
    `about` is its act or register, `touches` the matching watch-list entries, by key.
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


def format_cursor(cursor: Cursor) -> str:
    """Format the cursor `32.46.5.83` for the next `--since`."""
    return ".".join(map(str, astuple(cursor)))


def parse_since(text: str | None, history: History) -> Cursor:
    """Parse a start: a day (UTC), a cursor, or empty for the beginning.

    Raises:
        ConfigError: it is neither a day nor a cursor, or a cursor of another store.
    """
    if text is None:
        return BEGINNING
    if numbers := CURSOR.fullmatch(text.strip()):
        return _refuse_other_stores(Cursor(*map(int, numbers.groups())), history)
    if day := find_day(text):
        return history(exported.find_cursor_before, datetime.combine(day, time.min, UTC))
    raise ConfigError(
        f"--since: {text[:60]!r} is neither a day (2025-10-09) nor the cursor of an earlier export"
        " (32.46.5.83)"
    )


def _refuse_other_stores(cursor: Cursor, history: History) -> Cursor:
    last = history(exported.find_last_cursor)
    if any(asked > there for asked, there in zip(astuple(cursor), astuple(last), strict=True)):
        raise ConfigError(
            f"--since: this store has come as far as {format_cursor(last)}, and not to"
            f" {format_cursor(cursor)}, which is of another store, or of this one before a backup"
            " was put back; export the whole once more"
        )
    return cursor


def walk_measures(knowledge: Knowledge, since: Cursor, now: datetime) -> Iterator[ExportedMeasure]:
    """Iterate over measures part by part, with their history; also those that an act has changed
    since.
    """
    lives, has_moved = _select_lives(knowledge, since)
    return (exported for life, exported in number_measures(lives, now) if has_moved(life))


def number_measures(
    lives: Iterable[Lifecycle], now: datetime
) -> Iterator[tuple[Lifecycle, ExportedMeasure]]:
    """Iterate over parts of measures, each with its present record."""
    told = ((life, make_measure_line(life, (), now)) for life in lives)
    for known, (life, measure) in number_ids(told, lambda part: make_part_id(part[1])):
        yield life, ExportedMeasure(id=known, measure=measure)


def _select_lives(
    knowledge: Knowledge, since: Cursor
) -> tuple[Iterable[Lifecycle], Callable[[Lifecycle], bool]]:
    """Iterate over all parts of measures, and whether the act, or one that affects it, has
    changed since.
    """
    moved = None if since == BEGINNING else knowledge.history(exported.list_keys_moved_since, since)

    def has_moved(life: Lifecycle) -> bool:
        return moved is None or not moved.isdisjoint(
            (life.act.key, *(c.act.key for span in life.spans for c in span.because))
        )

    return knowledge.timeline.lifecycles, has_moved


def _walk_stands(
    kind: type[Stand], knowledge: Knowledge, since: Cursor, now: datetime
) -> Iterator[Stand]:
    """Iterate over the subjects of acts, then those of registers."""
    lives, has_moved = _select_lives(knowledge, since)
    subjects = ((life, subject) for life in lives if life.seen for subject in list_subjects(life))
    named = (
        _make_act_stand(known, life, subject, now)
        for known, (life, subject) in number_ids(subjects, _make_measure_id)
        if has_moved(life)
    )
    yield from (stand for stand in named if isinstance(stand, kind))
    listed = (
        _make_row_stand(row, url)
        for row, url in knowledge.history.walk(exported.iterate_rows_since, since)
    )
    yield from (stand for stand in listed if isinstance(stand, kind))


def _make_measure_id(pair: tuple[Lifecycle, Entity | Item]) -> str:
    life, subject = pair
    about = (
        life.measure.action,
        life.measure.register,
        life.clauses,
        life.destinations,
        make_subject_id(subject),
    )
    return f"{life.act.key}:{hash_parts(*about)}"


def _make_act_stand(known: str, life: Lifecycle, subject: Entity | Item, now: datetime) -> Stand:
    act, measure = life.act, life.measure
    return _make_stand(
        subject,
        act,
        id=known,
        act=act.key,
        action=str(measure.action),
        register=measure.register or "",
        starts=measure.starts.on if measure.starts else "",
        ends=measure.ends.on if measure.ends else "",
        state=describe_state_on(life, now),
    )


def _make_row_stand(row: ExportedRow, url: str) -> Stand:
    """Parse a row's subject by the register's scraper; rows without a scraper have none."""
    keeper = vocabulary.current().registers.get(row.register)
    state = GONE if row.gone else HELD if row.held else LISTED
    return _make_stand(
        row.subject, row, authority=keeper.issuer if keeper else "", state=state, url=url
    )


def _make_stand(subject: Entity | Item, told_by: object, **about: str) -> Stand:
    if isinstance(subject, Item):
        return make_line(ExportedItem, told_by, item=subject, **about)
    return make_line(ExportedEntity, told_by, entity=subject, **about)


def _walk_alerts(knowledge: Knowledge, since: Cursor, _: datetime) -> Iterator[ExportedAlert]:
    """Iterate over the alerts, the oldest first, in their present words."""
    return (
        _alert(knowledge.history, one)
        for one in knowledge.history(exported.list_alerts_since, since)
    )


def _alert(history: History, recorded: RecordedAlert) -> ExportedAlert:
    notice = history(notices.load_told_notice, recorded.message)
    fact, alert = notice.fact, compose_alert(replace(notice, handled=None))
    touched = (*notice.touches.sure, *notice.touches.possible) if notice.touches else ()
    return make_line(
        ExportedAlert,
        recorded,
        id=recorded.key,
        about=(
            fact.key
            if isinstance(fact, Announcement)
            else fact.register
            if isinstance(fact, Edition)
            else ""
        ),
        headline=alert.headline,
        summary=alert.summary,
        touches=tuple(dict.fromkeys(match.key for match in touched)),
        url=alert.url,
        sha256=notice.evidence.sha256 if notice.evidence else "",
    )


def walk_unconfirmed(part: str, history: History) -> list[Unconfirmed]:
    """Yield the measures of a second reader; with a part only those that have it.

    Raises:
        ConfigError: that kind of record has no such part.
    """
    if part not in ("", UNCONFIRMED, *PARTS):
        raise ConfigError(f"--unconfirmed goes with {', '.join(PARTS)}, or alone")
    return [
        each
        for each in list_unconfirmed(history)
        if part not in PARTS[1:] or getattr(each.measure, part)
    ]


# A subject as FollowTheMoney JSON (followthemoney.tech): a Person, Company, Organization,
# LegalEntity, Vessel or Airplane. A Sanction has the list and its days; addresses and numbers are
# entities of their own. One name in two acts has one id, so that it merges; a register row has its
# publisher's id.


class FtmEntity(Value, kw_only=True):
    """An entity of FollowTheMoney: `schema` is one of its schemata, each property has its
    values.
    """

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]


def _somebody(stand: Stand) -> Iterator[FtmEntity]:
    return iterate_ftm_entities(stand) if isinstance(stand, ExportedEntity) else iter(())


def iterate_ftm_entities(exported: ExportedEntity) -> Iterator[FtmEntity]:
    """Yield an entity, its listings, and its addresses and numbers in FollowTheMoney."""
    entity, schema = exported.entity, choose_schema(exported.entity)
    about = (make_subject_id(entity),) if exported.act else (exported.register, exported.row)
    known = _make_id(*about)
    addresses = [
        _make_entity(_make_id("address", full), "Address", full=full)
        for full in dict.fromkeys(entity.addresses)
    ]
    numbers, papers = _split_numbers(entity, schema)
    yield _make_entity(
        known,
        schema,
        name=tuple(dict.fromkeys(entity.names.values())),
        alias=entity.aliases,
        country=(entity.country or "").lower(),
        birthDate=tuple(ISO_DAY.findall(word_value(exported.details.get("born", ""))))
        if schema == "Person"
        else "",
        position=entity.role if schema == "Person" else "",
        summary=entity.role if schema != "Person" else "",
        notes=f"belongs to {entity.parent}" if entity.parent else "",
        addressEntity=tuple(address.id for address in addresses),
        sourceUrl=keep_web_url(exported.url),
        **numbers,
    )
    yield _make_sanction(known, exported)
    yield from addresses
    yield from (_make_paper(known, *paper) for paper in papers)


def _make_paper(holder: str, kind: str, number: str) -> FtmEntity:
    made = _make_id(holder, kind, number)
    return _make_entity(made, "Identification", holder=holder, number=number, type=kind)


def choose_schema(entity: Entity) -> str:
    """Choose the FollowTheMoney schema: an organisation with a legal form in its name is a
    Company.
    """
    if entity.kind != "org":
        return SCHEMAS.get(entity.kind, "LegalEntity")
    return (
        "Company"
        if any(parse_name(name).forms for name in entity.names.values())
        else "Organization"
    )


def _make_sanction(known: str, exported: ExportedEntity) -> FtmEntity:
    """Write the Sanction: the list, without its legal effects."""
    register = exported.register
    return _make_entity(
        _make_id(known, exported.id),
        "Sanction",
        entity=known,
        authority=exported.authority and vocabulary.authority(exported.authority),
        program=vocabulary.register(register) if register else exported.title,
        programId=register,
        recordId=exported.row or exported.act,
        provisions=exported.action or exported.details.get("measures"),
        listingDate=exported.details.get("listed_on"),
        startDate=exported.starts[:10],
        endDate=(exported.ends or exported.gone)[:10],
        status=exported.state,
        sourceUrl=keep_web_url(exported.url),
    )


def _split_numbers(
    entity: Entity, schema: str
) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, str]]]:
    """Write the numbers: those with a property of their own, then papers with their kind. All
    others of a ship or aircraft are its registration.
    """
    own: dict[str, list[str]] = {}
    papers = []
    for kind, text in entity.ids.items():
        name = NUMBERS.get(kind, "")
        is_own = schema in HELD_BY[name] if name in HELD_BY else bool(name) and schema not in THINGS
        for number in filter(None, map(str.strip, text.split(";"))):
            if is_own:
                own.setdefault(name, []).append(
                    f"IMO{number}" if kind == "IMO" and number.isdecimal() else number
                )
            elif schema in THINGS:
                own.setdefault(
                    "registrationNumber" if schema == "Vessel" else "serialNumber", []
                ).append(number)
            else:
                papers.append((kind, number))
    return {name: tuple(dict.fromkeys(numbers)) for name, numbers in own.items()}, papers


def _make_id(*parts: str) -> str:
    return f"{PREFIX}-{hash_parts(*parts)}"


def _make_entity(known: str, schema: str, **properties: tuple[str, ...] | str | None) -> FtmEntity:
    """An entity with the properties that have a value."""
    stated = {
        name: (values,) if isinstance(values, str) else values
        for name, values in properties.items()
        if values
    }
    return FtmEntity(id=known, schema=schema, properties=stated)


# As rows of a CSV, by column.


def _act_cells(exported: ExportedAct) -> Cells:
    measures = exported.act.measures
    return {
        **structs.asdict(exported.act),
        **structs.asdict(exported),
        "actions": _join_words(measure.action for measure in measures),
        "registers": _join_words(measure.register or "" for measure in measures),
        "measures": len(measures),
        "reviewed": exported.act.reviewed and exported.act.reviewed.by,
    }


def _measure_cells(exported: ExportedMeasure) -> Cells:
    """Names and goods are only counted here: they have exports of their own."""
    part = exported.measure
    return {
        **structs.asdict(part),
        "id": exported.id,
        "reviewed": part.reviewed and part.reviewed.by,
        "amends": tuple(" ".join((target.key, *target.clauses)) for target in part.amends),
        "starts": part.starts and part.starts.on,
        "ends": part.ends and part.ends.on,
        "destinations": _join_words(part.destinations),
        "entities": len(part.entities),
        "items": len(part.items),
        "life": tuple(f"{span.status} {span.since}–{span.until or ''}" for span in part.life),
    }


def _unconfirmed_cells(said: Unconfirmed) -> Cells:
    measure, items = said.measure, said.measure.items
    return {
        **structs.asdict(measure),
        **structs.asdict(said),
        "entities": tuple(name for each in measure.entities for name in each.names.values()),
        "items": tuple(name for each in items for name in each.names.values()),
        "codes": _join_words(code for each in items for code in each.codes),
        "hs": _join_words(code for each in items for code in each.hs),
        "amends": _join_words(target.key for target in measure.amends),
        "starts": measure.starts and measure.starts.on,
        "ends": measure.ends and measure.ends.on,
    }


def _stand_cells(stand: ExportedEntity | ExportedItem) -> Cells:
    subject = stand.item if isinstance(stand, ExportedItem) else stand.entity
    first = subject.names.get("en") or next(iter(subject.names.values()), "")
    return {**_subject_cells(subject, first), **structs.asdict(stand)}


def _subject_cells(subject: Entity | Item, first: str) -> Cells:
    """`names` are those beside the first."""
    others = tuple(name for name in subject.names.values() if name != first)
    about = {**structs.asdict(subject), "name": first, "names": others}
    if isinstance(subject, Item):
        about |= {
            "kind": "item",
            "codes": _join_words(subject.codes),
            "hs": _join_words(subject.hs),
        }
    return about


def _join_words(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, words)))


def _to_cell(value: object) -> str:
    if isinstance(value, Mapping):
        value = tuple(f"{name} {word_value(each)}" for name, each in value.items())
    if isinstance(value, tuple):
        return "; ".join(value)
    return "yes" if value is True else "" if value is None or value is False else str(value)


@frozen
class Kind:
    """A kind of record: its walk, and its form as a row, a line, or a FollowTheMoney entity."""

    walk: Callable[[Knowledge, Cursor, datetime], Iterable[Any]]
    cells: Callable[[Any], Cells] = structs.asdict
    line: Callable[[Any], object] = lambda record: record
    somebody: Callable[[Any], Iterable[FtmEntity]] | None = None


KINDS = {
    "acts": Kind(
        lambda known, since, _: known.history.walk(exported.list_acts_since, since), _act_cells
    ),
    "measures": Kind(walk_measures, _measure_cells),
    "entities": Kind(
        partial(_walk_stands, ExportedEntity), _stand_cells, somebody=iterate_ftm_entities
    ),
    "items": Kind(partial(_walk_stands, ExportedItem), _stand_cells),
    "rows": Kind(
        lambda known, since, _: known.history.walk(exported.iterate_rows_since, since),
        lambda row: {**_subject_cells(row[0].subject, row[0].name), **structs.asdict(row[0])},
        lambda row: row[0],
        lambda row: _somebody(_make_row_stand(*row)),
    ),
    ALERTS: Kind(
        _walk_alerts, lambda alert: {**structs.asdict(alert), "touches": _join_words(alert.touches)}
    ),
    UNCONFIRMED: Kind(lambda known, *_: walk_unconfirmed("", known.history), _unconfirmed_cells),
}


def find_kind(name: str) -> Kind:
    """A kind by its name.

    Raises:
        ConfigError: there is none; with the nearest.
    """
    if not name:
        raise ConfigError(f"say what to export: {', '.join(KINDS)}; or --feed DIR")
    if name not in KINDS:
        raise ConfigError(
            f"nothing to export is called {name[:60]!r};"
            f" {rules.suggest_name(name, list(KINDS), 'there are')}"
        )
    return KINDS[name]


def check_form(name: str, kind: str) -> str:
    """Return a form by its name if that kind of record can have it.

    Raises:
        ConfigError: there is no such form, or it is only for listed entities.
    """
    if name not in FORMS:
        raise ConfigError(
            f"--format: no form is called {name[:60]!r};"
            f" {rules.suggest_name(name, FORMS, 'there are')}"
        )
    if name == FTM and find_kind(kind).somebody is None:
        able = " and ".join(other for other, one in KINDS.items() if one.somebody)
        raise ConfigError(f"--format ftm: is about who is listed; {able} can be written so")
    return name


@dataclass
class Tally:
    """Count the exported records, and those without a subject in a format of subjects."""

    records: int = 0
    nobody: int = 0


def write_records(kind: str, form: str, records: Iterable[Any], tally: Tally) -> Iterator[bytes]:
    """The records in a form, a piece at a time; a CSV begins with its headings."""
    passing, one = _count_records(records, tally), KINDS[kind]
    if form == CSV:
        columns = COLUMNS[kind]
        return write_csv(
            columns,
            ([_to_cell(cells.get(name)) for name in columns] for cells in map(one.cells, passing)),
        )
    if form == JSONL:
        return (to_json(one.line(record)) + b"\n" for record in passing)
    assert one.somebody is not None
    return _write_somebody(one.somebody, passing, tally)


def _count_records(records: Iterable[Any], tally: Tally) -> Iterator[Any]:
    for record in records:
        tally.records += 1
        yield record


def _write_somebody(
    somebody: Callable[[Any], Iterable[FtmEntity]], records: Iterable[Any], tally: Tally
) -> Iterator[bytes]:
    for record in records:
        lines = [to_json(entity) + b"\n" for entity in somebody(record)]
        tally.nobody += not lines
        yield from lines


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The rows beneath their headings, a piece at a time, with cells that do nothing but be
    read.
    """
    walk = chain((columns,), rows)
    while some := list(islice(walk, AT_ONCE)):
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(map(disarm_cell, row) for row in some)
        yield out.getvalue().encode()


def write_sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows beneath their headings as one file, with the mark by which spreadsheets know
    UTF-8.
    """
    return b"\xef\xbb\xbf" + b"".join(write_csv(columns, rows))
