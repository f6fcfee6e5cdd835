"""The domain as frozen values; their JSON is what `monitor read --json` prints and the history
keeps.

Field names, absent values and the `type` tag are a contract: change one only together with
everything that reads it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Self, TypeVar, dataclass_transform

import msgspec

from monitor.errors import ErrorKind

T = TypeVar("T")
V = TypeVar("V")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """A value whose fields never change, as a decorator: a dataclass, which costs the least."""
    return dataclass(frozen=True, slots=True)(kind)


# A metaclass that made `kw_only` the default too would triple the time to make a value.
@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A frozen value; fields that are absent (equal to their default) are left out of its JSON."""

    def replace(self, **changes: Any) -> Self:
        """The value with other fields."""
        return msgspec.structs.replace(self, **changes)


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


class RowAction(StrEnum):
    """What became of a record of a register."""

    ADD = "add"
    REMOVE = "remove"
    AMEND = "amend"


class Severity(StrEnum):
    """How much a change matters, the least first. What touches the reader's own watch list is
    critical.
    """

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """The more it matters the higher."""
        return list(Severity).index(self)


EntityKind = Literal["org", "person", "vessel", "aircraft", "other"]


class Entity(Value):
    """Who is listed: names by language exactly as printed; `country` is an ISO code; `parent`
    the group it is a member of. `former` are names that its row of a register bore, with the
    moment (UTC, ISO) from which it does so no more.
    """

    names: dict[str, str]
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    country: str | None = None
    role: str | None = None
    parent: str | None = None
    ids: dict[str, str] = {}
    addresses: tuple[str, ...] = ()
    quote: str = ""
    former: dict[str, str] = {}

    @property
    def spellings(self) -> tuple[str, ...]:
        """All its names: in each language, and the others that it bears."""
        return (*self.names.values(), *self.aliases)


class Item(Value):
    """What is controlled: control codes (`1C909.a`) and the HS or tariff numbers printed with
    this item (digits only).
    """

    names: dict[str, str]
    codes: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    note: str = ""
    quote: str = ""


class Start(Value):
    """When a measure bites. `on` is an ISO date, or a date-time with offset where the act prints
    a clock time.
    """

    on: str
    basis: Literal["explicit", "publication", "immediate"]
    quote: str = ""


class End(Value):
    """The last day of effect in the authority's zone; `computed` from `duration` (ISO 8601)
    where no day is printed.
    """

    on: str
    basis: Literal["explicit", "computed"]
    duration: str | None = None
    quote: str = ""


class Target(Value):
    """An earlier act that a measure changes, and the clauses of it where it does not change the
    whole.
    """

    key: str
    clauses: tuple[str, ...] = ()


class Stated(Value, kw_only=True):
    """How many the text itself says it lists, to be compared with what was read."""

    entries: int | None = None
    entities: int | None = None
    by_destination: dict[str, int] = {}


TermKind = Literal["scope", "threshold", "affiliates", "presumption", "exemption", "duty"]
# ends the line of a term of which no more than its kind is known
ONLY_QUOTED = "that is only quoted"


class Term(Value, kw_only=True):
    """What else a measure says to who must act: an English line, its number with a unit, and the
    printed words.

    `scope` is who must act and where, `threshold` from which share or size on, `affiliates` which
    firms of a listed one are meant too, `presumption` how an application is decided (`policy`),
    `exemption` what is free, `duty` what must be done.
    Units are `percent`, `nm`, `layers`, `tonnes`, `kg`, `g`, `litres`, `pieces`, `GHz`, `MHz`, `kW`,
    `days`, `business_days`, `weeks`, `months`, `years`, `date` or an ISO currency.
    """

    kind: TermKind
    text: str
    value: float | str | None = None
    unit: str = ""
    policy: Literal["refused", "case_by_case", "allowed"] | None = None
    quote: str = ""


class Measure(Value):
    """One thing an act does: one action, one start, on one register. Two actions or two starts
    are two measures.
    """

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
    terms: tuple[Term, ...] = ()
    quote: str = ""


class Attachment(Value, kw_only=True):
    """A file an act points to."""

    title: str
    url: str = ""


# of an `Unread`: the text may say the opposite of what was read of it
DIRECTION = "whether it adds or lifts"


class Unread(Value):
    """A part of an act that could not be understood: said in the alert, never dropped."""

    what: str
    why: str
    quote: str = ""


# What an act does to another for some only: no more is sure than that it amends it.
IN_PART = {
    action: f"{verb} in part: for whom, for which goods or on which condition it holds is only quoted"
    for action, verb in (
        (Action.REPEAL, "ends"),
        (Action.SUSPEND, "suspends"),
        (Action.RESUME, "resumes"),
        (Action.AMEND, "changes"),
    )
}


def tell_in_part(action: Action) -> str:
    """Explain why a measure that does so only to some is not read."""
    return IN_PART.get(Action.REPEAL if action is Action.REMOVE else action, IN_PART[Action.AMEND])


class Reviewed(Value, kw_only=True):
    """Who completed or corrected the reading of an act last, when (UTC, ISO), why, and by which
    words of its page.

    It is `stale` once the bytes of that page are others than those that were looked at.
    """

    by: str
    at: str
    reason: str = ""
    quote: str = ""
    stale: bool = False


class Announcement(Value, kw_only=True, tag="announcement"):
    """An official act. `key` is issuer, series, year and number (`mofcom-2025-61`), else authority,
    date and body hash.

    `understood` is `none` for an act of which no measure was understood: it is told as published,
    to be read by a person. Of it `terms` has what it demands all the same. `beside` quotes the
    sentences that change none of its facts and were not read any further.
    """

    key: str
    authority: str
    title: str
    number: str | None = None
    url: str = ""
    published: str | None = None
    language: str = "zh"
    measures: tuple[Measure, ...] = ()
    terms: tuple[Term, ...] = ()
    legal_basis: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    understood: Literal["full", "part", "none"]
    not_read: tuple[Unread, ...] = ()
    beside: tuple[str, ...] = ()
    reviewed: Reviewed | None = None

    @property
    def doubts(self) -> tuple[Unread, ...]:
        """The words by which it may do the opposite of what was read of it."""
        return tuple(unread for unread in self.not_read if unread.what == DIRECTION)

    def find_partial_deed(self, measure: Measure) -> Action | None:
        """Find what an amendment does only for some: it ends an act, suspends or resumes it."""
        if measure.action is not Action.AMEND or not measure.quote:
            return None
        whys = [
            unread.why
            for unread in self.not_read
            if measure.quote in unread.quote or (unread.quote and unread.quote in measure.quote)
        ]
        return next((action for action, why in IN_PART.items() if why in whys), None)


class Proposal(Value, kw_only=True):
    """What the reading of an act should have and should not have, by a `quote` of the page `url` as
    its bytes `sha256` have it.

    A measure under `add` or `strike` names one of the act by action, register, clauses and quote;
    its parts and days are what is added or struck: without any, the measure itself is. `settled`
    are parts that need not be read any further. It counts once a person has accepted it; `by` is
    who made it, where that is somebody else.
    """

    act: str
    url: str
    sha256: str
    quote: str
    reason: str
    add: tuple[Measure, ...] = ()
    strike: tuple[Measure, ...] = ()
    settled: tuple[Unread, ...] = ()
    by: str = ""


class Dropped(Value, kw_only=True):
    """What a second reader said and its page does not bear out."""

    what: str
    why: str


class Opinion(Value, kw_only=True, tag="opinion"):
    """What a second reader (`model`) made of an act: measures that its page bears out, which nobody
    has confirmed.

    `title_en` is a machine translation. `dropped` is what it said besides.
    """

    model: str
    measures: tuple[Measure, ...] = ()
    title_en: str = ""
    dropped: tuple[Dropped, ...] = ()


class Reply(Value, kw_only=True):
    """What came of asking a second reader: an opinion, or why there is none and the seconds until
    the next try (0: never again); and the tokens used.
    """

    asked: int = 0
    answered: int = 0
    opinion: Opinion | None = None
    failure: str = ""
    wait: float = 0.0


class Mentions(Value, kw_only=True):
    """What a report speaks of: acts by key, registers, entities. Mentioned is not listed."""

    keys: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()


class Report(Value, kw_only=True, tag="report"):
    """The press on an act, or an official reply that only repeats one; it never changes the law."""

    kind: Literal["press", "restatement"]
    title: str
    url: str = ""
    publisher: str = ""
    published: str | None = None
    mentions: Mentions = Mentions()


Fact = Announcement | Report


class Part(Value, kw_only=True):
    """A paragraph, a row or an entry of a watched page; known again by its `id`, by its words
    where it has none.
    """

    text: str
    id: str = ""
    url: str = ""


class Excerpt(Value, kw_only=True, tag="excerpt"):
    """What a page of config.toml says where it is watched, in the order of the page: never an act,
    whatever it says.

    `page` is the source that watches it. Of a `window` (a feed) only the newest entries show: what
    leaves it is not gone.
    """

    page: str
    title: str = ""
    url: str = ""
    parts: tuple[Part, ...]
    window: bool = False


class Rewording(Value, kw_only=True):
    """A part of a watched page as it was and as it is; "" where it was not there, or is no more."""

    before: str = ""
    after: str = ""
    id: str = ""
    url: str = ""


class PageChange(Value, kw_only=True, tag="page"):
    """What changed on a watched page, or that there is a page that was not there before (`new`); no
    act of anybody.

    `page` is the source that watches it, `more` how many further rewordings are kept in the
    evidence alone.
    """

    page: str
    title: str = ""
    url: str = ""
    authority: str = ""
    new: bool = False
    rewordings: tuple[Rewording, ...] = ()
    more: int = 0


class Problem(Value):
    """What went wrong, in one line for a person."""

    kind: ErrorKind
    text: str


FieldValue = str | tuple[str, ...]


class Listing(Value, kw_only=True):
    """What one record of a register says: whom or what it lists, and all else it tells, by field
    name.

    `unread` names the tags or columns of the record that its reader does not know, or has no
    meaning for the words of: the layout has grown.
    """

    subject: Entity | Item
    fields: dict[str, FieldValue] = {}
    unread: tuple[str, ...] = ()


# by which fields a record tells from when to when it stands, in whatever register; the first counts
STARTS, ENDS = ("effective", "listed_on"), ("expires",)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_row_days(fields: Mapping[str, FieldValue]) -> tuple[str, str]:
    """The first and the last day of a record by its own words (ISO); "" where it prints none."""
    starts, ends = (
        next(filter(None, (_list_days(fields.get(name, "")) for name in names)), [""])
        for names in (STARTS, ENDS)
    )
    return min(starts), max(ends)


def _list_days(value: FieldValue) -> list[str]:
    values = (value,) if isinstance(value, str) else value
    return [words[:10] for words in values if ISO_DAY.match(words)]


class RowChange(Value, kw_only=True):
    """One record that came, went or changed: `fields` has each field's value before and after (""
    where it had none).

    `entity` or `item` is what the record lists now, of a removed one what it listed last. `id` is
    the publisher's, or the key that the register is known by; an exchanged id is an `amend` with
    the new id and both under `fields["id"]`.
    """

    action: RowAction
    id: str
    name: str
    fields: dict[str, tuple[FieldValue, FieldValue]] = {}
    entity: Entity | None = None
    item: Item | None = None
    details: dict[str, FieldValue] = {}

    @property
    def former(self) -> tuple[str, ...]:
        """The names that its entity bore before the change, and bears no more."""
        if self.entity is None:
            return ()
        here = {"", *map(str.casefold, self.entity.spellings)}
        names = [
            name
            for field_name, (old, _) in self.fields.items()
            if field_name.split(".")[0] in ("name", "aliases")
            for name in ((old,) if isinstance(old, str) else old)
        ]
        return tuple(name for name in names if name.casefold() not in here)


class Edition(Value, kw_only=True, tag="edition"):
    """What one publication of a register changed. `rows` is how many it has now, `before` how many
    it had.

    `held` are removals that are not believed yet; `asks` where only a person can say that they are
    true.
    """

    key: str
    register: str
    authority: str
    url: str = ""
    published: str | None = None
    rows: int
    before: int
    changes: tuple[RowChange, ...] = ()
    held: tuple[RowChange, ...] = ()
    asks: bool = False


class KeyDateKind(StrEnum):
    """What a key date is the day of."""

    START = "start"  # a measure takes effect
    END = "end"  # its last day
    # the last day of a suspension: what was suspended may hold again after it
    SUSPENSION_END = "suspension end"


class KeyDate(Value, kw_only=True):
    """A day on which the law changes and no page does: a measure takes effect, or has its last day
    (`on` is that day).

    `act` is the one that says so, `clauses` those of its measures; `amends` are the acts whose
    suspension ends, or which have got another last day. `computed` where no text prints the day.
    `changed` are acts that change it in words that give no other day. Where it is a day of `rows` of
    a register published whole, they are its names and `act` is the register.
    """

    kind: KeyDateKind
    on: str
    act: str
    authority: str
    action: Action
    clauses: tuple[str, ...] = ()
    amends: tuple[Target, ...] = ()
    register: str | None = None
    computed: bool = False
    duration: str | None = None
    quote: str = ""
    changed: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[object, ...]:
        """The identity of the date, whatever else is read of its act."""
        return self.act, self.kind, self.on, self.action


class LastRead(Value, kw_only=True):
    """The last good read `of` an authority; unless it is `fresh`, too long ago to say what has not
    happened since.

    `at` is an instant (UTC); None where it was never read, or where it `has_source` none that is
    switched on. `of` is a country where other publishers of that stand in for an authority.
    `source` is the stalest of its sources, where others of them were read lately: then `at` is the
    last good read of that one. It is `last` where the question is about a later day: one to come,
    or one after the end of a replay.
    """

    of: str
    at: str | None = None
    has_source: bool = True
    source: str = ""
    fresh: bool = False
    last: bool = False


class Reminder(Value, kw_only=True, tag="reminder"):
    """Key dates of one kind and day that come in `before` days, told on the day `due`; `late` by
    some days if we were off.

    `sources` is how many sources of that country were fresh when it was owed: as far as we could
    see, nothing has changed.
    `stale` is the last good read of the authority's sources, where one of them was not fresh.
    """

    dates: tuple[KeyDate, ...]
    before: int
    due: str
    late: int = 0
    sources: int = 0
    stale: LastRead | None = None

    def is_ahead(self, today: date) -> bool:
        """Return whether its day has not passed."""
        return self.dates[0].on[:10] >= today.isoformat()


class HandedIn(Value, kw_only=True):
    """Who gave us a page that a person had saved, and when (UTC, ISO); `note` is what they said
    of it.
    """

    by: str
    at: str
    note: str = ""


class Evidence(Value, kw_only=True):
    """The bytes a fact was read from: address, SHA-256 of the body (its name in the archive), when
    it was fetched (UTC, ISO).

    `handed` where they were not fetched by us but given by a person: then that is when these had
    saved them.
    """

    url: str
    sha256: str
    fetched_at: str
    handed: HandedIn | None = None


def to_json(value: object) -> bytes:
    """A value as compact JSON, UTF-8."""
    return msgspec.json.encode(value)


def distinct(lists: Iterable[Sequence[V]]) -> tuple[V, ...]:
    """List the subjects of several measures without those of earlier ones: an annex may belong to
    many.
    """
    first, *more = [*lists] or [()]
    kept, known = list(first), {to_json(value) for value in first} if more else set()
    for values in more:
        found = [(to_json(value), value) for value in values]
        kept.extend(value for key, value in found if key not in known)
        known.update(key for key, _ in found)
    return tuple(kept)


# Read back what `to_json` wrote. Each raises msgspec.ValidationError for JSON that is none of this
# version.
edition_from_json = msgspec.json.Decoder(Edition).decode
excerpt_from_json = msgspec.json.Decoder(Excerpt).decode
page_change_from_json = msgspec.json.Decoder(PageChange).decode
reminder_from_json = msgspec.json.Decoder(Reminder).decode
fact_from_json: Callable[[bytes | str], Fact] = msgspec.json.Decoder(Fact).decode
