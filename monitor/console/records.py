"""The values of the console's JSON: the lines of the command line with stable ids, one page at a
time. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Literal, TypeVar

import msgspec

from monitor.ask.coverage import Coverage
from monitor.ask.exports import ExportedMeasure
from monitor.ask.findings import Finding
from monitor.ask.lines import (
    ActLine,
    ChangeLine,
    ListingPeriodLine,
    MatchLine,
    PassageLine,
    SourceStateLine,
    StatusOnDayLine,
    hash_parts,
    make_line,
    make_part_id,
    make_subject_id,
    number_ids,
)
from monitor.ask.lines import RegisterOnRecord as RegisterLine
from monitor.ask.others import ListState, SaidBy
from monitor.ask.screen import Screened
from monitor.ask.standing import Standing
from monitor.clock import format_instant
from monitor.model import FieldValue, Item, KeyDate, RowAction, Value
from monitor.store import EditionTold

T = TypeVar("T")


class Listing(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A page of results; `next` is what to ask `after` for more, null where there are none."""

    results: tuple[T, ...]
    next: str | None
    coverage: Coverage


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no answer, in a line for a person."""

    problem: str


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names, tariff numbers and control codes to be screened, and whether a `record` of it is
    kept.
    """

    names: tuple[str, ...]
    record: bool = True


class Found(Value, kw_only=True):
    """What has an id that stays."""

    id: str


class StoodFound(Found, kw_only=True):
    """Something that stood on the day: a part of a measure, or a row of a register that is
    published whole.
    """

    part: StatusOnDayLine | None = None
    row: ListingPeriodLine | None = None


class ActFound(Found, kw_only=True):
    """An act, in short."""

    title: str
    authority: str
    first_seen: str
    number: str | None = None
    published: str | None = None
    url: str = ""
    understood: str = "full"


class ActAnswer(Found, kw_only=True):
    """An act as it is understood now, the parts of its measures, what changed it and the bytes
    that say so.
    """

    act: ActLine | None
    measures: tuple[ExportedMeasure, ...]
    changes: tuple[ChangeLine, ...]
    coverage: Coverage


class HitFound(Found, kw_only=True):
    """Somebody, or some goods: by which likeness it was found, where it is on record, and how it
    stands today.

    `entry` is the key of the entry of the watch list that it is like, or where nothing is on record
    is itself; `dismissed` is who said that it is not that, and when. `theirs` is the list of others
    that says it, where it is no word of ours.
    """

    what: Literal["entity", "item"]
    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    ids: Mapping[str, str] = {}
    parent: str | None = None
    codes: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    country: str | None = None
    asked: str
    match: MatchLine
    entry: str = ""
    dismissed: str = ""
    act: str = ""
    register: str = ""
    row: str = ""
    since: str = ""
    gone: str | None = None
    url: str = ""
    starts: str = ""
    ends: str = ""
    details: Mapping[str, FieldValue] = {}
    stands: Standing | None = None
    theirs: SaidBy | None = None


class RegisterFound(Found, kw_only=True):
    """A register that is published whole; its `id` is the reader that reads it."""

    register: RegisterLine


class RowFound(Found, kw_only=True):
    """A record of a register; its `id` is the publisher's."""

    name: str
    first_seen: str
    gone: str | None = None
    held: str | None = None
    starts: str = ""
    ends: str = ""
    details: Mapping[str, FieldValue] = {}


class RowChanged(Found, kw_only=True):
    """A record that came, went or was amended; `at` is when that was read."""

    at: str
    action: RowAction
    row: str
    name: str
    fields: Mapping[str, tuple[FieldValue, FieldValue]] = {}
    sha256: str = ""


class EventFound(Found, kw_only=True):
    """Something that was recorded; ids grow."""

    title: str
    change: ChangeLine


class DateFound(Found, kw_only=True):
    """A day on which the law changes by itself."""

    date: KeyDate


class SourceFound(Found, kw_only=True):
    """How a source is doing."""

    state: SourceStateLine


class ScreenedFound(Found, kw_only=True):
    """An answer of a recorded screening, as it was then; its `id` is the screening and the place."""

    screening: int
    at: str
    by: str
    asked: str
    found: tuple[Finding, ...]


class PassageFoundOn(Found, kw_only=True):
    """Words of an archived page."""

    passage: PassageLine


class ScreeningAnswer(Value, kw_only=True):
    """What was found of what was asked for, and against how much it was held; of each of the
    `lists` of others, how.

    `recorded` is the number under which it is on record; without it, it is not.
    """

    results: tuple[HitFound, ...]
    lists: tuple[ListState, ...] = ()
    summary: tuple[str, ...]
    coverage: Coverage
    recorded: int = 0


def list_stood(lines: Iterable[StatusOnDayLine | ListingPeriodLine]) -> Iterator[StoodFound]:
    """List what was in force on a day, with ids."""
    for known, line in number_ids(lines, _make_status_id):
        if isinstance(line, StatusOnDayLine):
            yield StoodFound(id=known, part=line)
        else:
            yield StoodFound(id=known, row=line)


def _make_status_id(line: StatusOnDayLine | ListingPeriodLine) -> str:
    return (
        make_part_id(line) if isinstance(line, StatusOnDayLine) else f"{line.register}:{line.row}"
    )


def list_hits(screened: Iterable[Screened]) -> Iterator[HitFound]:
    """List what was found, each with its subject's id, or with that of entry and subject."""
    return (_make_hit(known, hit) for known, hit in number_ids(screened, _make_hit_id))


def _make_hit_id(hit: Screened) -> str:
    where: object = (
        (hit.on_record.act, hit.on_record.register, hit.on_record.row)
        if hit.on_record
        else hit.match.entry.key
    )
    if hit.theirs:
        where = hit.theirs.list, hit.theirs.ref
    return hash_parts(hit.asked, make_subject_id(hit.match.subject), where)


def _make_hit(known: str, hit: Screened) -> HitFound:
    match, subject, said = hit.match, hit.match.subject, hit.match.dismissed
    own = msgspec.structs.asdict(subject).items()
    return make_line(
        HitFound,
        hit.on_record,
        **{name: value for name, value in own if name in HitFound.__struct_fields__},
        id=known,
        what="item" if isinstance(subject, Item) else "entity",
        asked=hit.asked,
        match=make_line(MatchLine, match),
        entry=match.entry.key,
        dismissed=", ".join(filter(None, (said.by, said.at, said.reason))) if said else "",
        stands=hit.stands,
        theirs=hit.theirs,
    )


def list_changed_rows(editions: Iterable[EditionTold]) -> Iterator[RowChanged]:
    """Yield the records that editions changed."""
    for told in editions:
        for change in told.edition.changes:
            at = format_instant(told.at)
            known = hash_parts(told.edition.key, at, change.action, change.id)
            sha256 = told.evidence.sha256 if told.evidence else ""
            yield make_line(RowChanged, change, id=known, at=at, row=change.id, sha256=sha256)


def list_dates(days: Iterable[KeyDate]) -> Iterator[DateFound]:
    """Days with ids: the act, the day, and of what."""
    return (DateFound(id=known, date=day) for known, day in number_ids(days, _make_date_id))


def _make_date_id(day: KeyDate) -> str:
    return f"{day.act}:{day.on}:{hash_parts(day.kind, day.action, day.clauses, [target.key for target in day.amends])}"
