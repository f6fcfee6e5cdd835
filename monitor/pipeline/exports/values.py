"""What an export is made of, a record a line: names, their order and what is left out are a contract with who reads them.

`docs/exports.schema.json` says the same to programs; `python -m tests.exports_schema` writes it from these types.
"""

from collections.abc import Mapping

from monitor.alert.event import NoticeKind
from monitor.history import OutboxState
from monitor.model import Announcement, Entity, Item, Severity, Value
from monitor.pipeline.lines import MeasureLine


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
