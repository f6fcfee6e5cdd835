"""The domain as frozen values; their JSON is what `monitor read --json` prints and the history keeps.

Field names, absent values and the `type` tag are a contract: change one only together with everything that reads it.
"""

from enum import StrEnum
from typing import Literal

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A frozen value; fields that are absent (equal to their default) are left out of its JSON."""


class Action(StrEnum):
    """What a measure does to its register, its items or an earlier act."""

    ADD = "add"
    REMOVE = "remove"
    AMEND = "amend"
    REPLACE = "replace"
    REPEAL = "repeal"
    SUSPEND = "suspend"
    RESUME = "resume"
    RESTRICT = "restrict"
    INVESTIGATE = "investigate"


EntityKind = Literal["org", "person", "vessel", "aircraft", "other"]


class Entity(Value, frozen=True, kw_only=True):
    """Who is listed: names by language exactly as printed; `country` is an ISO code; `parent` the group it is a member of."""

    names: dict[str, str]
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    country: str | None = None
    role: str | None = None
    parent: str | None = None
    ids: dict[str, str] = {}
    addresses: tuple[str, ...] = ()
    quote: str = ""


class Item(Value, frozen=True, kw_only=True):
    """What is controlled: control codes (`1C909.a`) and the HS or tariff numbers printed with this item (digits only)."""

    names: dict[str, str]
    codes: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    note: str = ""
    quote: str = ""


class Start(Value, frozen=True, kw_only=True):
    """When a measure bites. `on` is an ISO date, or a date-time with offset where the act prints a clock time."""

    on: str
    basis: Literal["explicit", "publication", "immediate"]
    quote: str = ""


class End(Value, frozen=True, kw_only=True):
    """The last day of effect in the authority's zone; `computed` from `duration` (ISO 8601) where no day is printed."""

    on: str
    basis: Literal["explicit", "computed"]
    duration: str | None = None
    quote: str = ""


class Target(Value, frozen=True, kw_only=True):
    """An earlier act that a measure changes, and the clauses of it where it does not change the whole."""

    key: str
    clauses: tuple[str, ...] = ()


class Stated(Value, frozen=True, kw_only=True):
    """How many the text itself says it lists, to be held against what was read."""

    entries: int | None = None
    entities: int | None = None
    by_destination: dict[str, int] = {}


class Measure(Value, frozen=True, kw_only=True):
    """One thing an act does: one action, one start, on one register. Two actions or two starts are two measures."""

    action: Action
    register: str | None = None
    clauses: tuple[str, ...] = ()
    amends: tuple[Target, ...] = ()
    starts: Start | None = None
    ends: End | None = None
    destinations: tuple[str, ...] = ()
    stated: Stated | None = None
    entities: tuple[Entity, ...] = ()
    items: tuple[Item, ...] = ()
    quote: str = ""


class Attachment(Value, frozen=True, kw_only=True):
    """A file an act points to."""

    title: str
    url: str = ""


class Unread(Value, frozen=True, kw_only=True):
    """A part of an act that could not be understood: said in the alert, never dropped."""

    what: str
    why: str
    quote: str = ""


class Announcement(Value, frozen=True, kw_only=True, tag="announcement"):
    """An official act. `key` is issuer, series, year and number (`mofcom-2025-61`), else authority, date and body hash."""

    key: str
    authority: str
    title: str
    number: str | None = None
    url: str = ""
    published: str | None = None
    language: str = "zh"
    measures: tuple[Measure, ...] = ()
    legal_basis: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    understood: Literal["full", "part"]
    not_read: tuple[Unread, ...] = ()


class Mentions(Value, frozen=True, kw_only=True):
    """What a report speaks of: acts by key, registers, entities. Mentioned is not listed."""

    keys: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()


class Report(Value, frozen=True, kw_only=True, tag="report"):
    """The press on an act, or an official reply that only repeats one; it never changes the law."""

    kind: Literal["press", "restatement"]
    title: str
    url: str = ""
    publisher: str = ""
    published: str | None = None
    mentions: Mentions = Mentions()


Fact = Announcement | Report


class Linked(Value, frozen=True, kw_only=True, tag="link"):
    """A page that a reader would follow, and the reader of its scraper that would read it."""

    url: str
    title: str = ""
    read: str


class Problem(Value, frozen=True, kw_only=True):
    """Why a page gave nothing: a name from `errors.py` and one line for a person."""

    kind: str
    text: str


class Evidence(Value, frozen=True, kw_only=True):
    """The bytes a fact was read from: address, SHA-256 of the body (its name in the archive), when it was fetched (UTC, ISO)."""

    url: str
    sha256: str
    fetched_at: str


def to_json(value: object) -> bytes:
    """A value as compact JSON, UTF-8."""
    return msgspec.json.encode(value)


def fact_from_json(raw: bytes | str) -> Fact:
    """The fact that `to_json` wrote.

    Raises:
        msgspec.ValidationError: the JSON is not a fact of this version.
    """
    fact: Fact = msgspec.json.decode(raw, type=Fact)
    return fact
