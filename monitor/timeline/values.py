"""The values of a timeline: an act as seen, a part of a measure, and the periods of its history."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from monitor import vocabulary
from monitor.model import Action, Announcement, Entity, Item, LastRead, Measure, frozen
from monitor.vocabulary.letters import bare, fold_code

# When two texts mean the same: names of entities, codes of items, marks of clauses.

Path = tuple[str, ...]

_CODE = re.compile(r"(\d)([a-z])(\d+)?")
_MARK = re.compile(r"《[^》]*》|[^()\[\]\s、,.;:]+")


def list_names(entity: Entity) -> set[str]:
    """The names it is printed under, in any language, folded."""
    return {fold for name in entity.names.values() if (fold := bare(name))}


def list_all_names(entity: Entity) -> set[str]:
    """Its names and aliases, folded."""
    return list_names(entity) | {fold for name in entity.aliases if (fold := bare(name))}


def parse_code(text: str) -> Path:
    """Split a control code or its prefix into levels, `1C909.a.1` into 1, c, 9, 0, 9, a, 1; or an
    HS number into digits; () for none.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().strip().strip(".")
    if plain.replace(".", "").isdigit():
        return tuple(plain.replace(".", ""))
    first, *more = plain.split(".")
    match = _CODE.fullmatch(first)
    head = "".join(filter(None, match.groups())) if match else (first,)
    return tuple(level for level in (*head, *more) if level)


def list_codes(item: Item) -> set[Path]:
    """All codes of an item, control codes and HS numbers."""
    return {path for text in (*item.codes, *item.hs) if (path := parse_code(text))}


def is_within(upper: Path, lower: Path) -> bool:
    """Return whether `lower` is `upper` or is under it."""
    return lower[: len(upper)] == upper


def is_same_item(one: Item, other: Item) -> bool:
    """Return whether `one` names `other` or a larger whole: by code if both have one, or else by
    name.
    """
    ours, theirs = list_codes(one), list_codes(other)
    if ours and theirs:
        return any(is_within(upper, lower) for upper in ours for lower in theirs)
    return bool(
        {bare(name) for name in one.names.values()} & {bare(name) for name in other.names.values()}
    )


def make_identity(thing: Entity | Item) -> Hashable:
    """Return what identifies a subject of an act: its names, and for goods their codes."""
    names = frozenset(map(bare, thing.names.values()))
    return (names, thing.codes, thing.hs) if isinstance(thing, Item) else names


def make_identities(things: Iterable[Entity | Item]) -> frozenset[Hashable]:
    """Return what identifies these subjects of an act."""
    return frozenset(map(make_identity, things))


def parse_clause(mark: str) -> Path:
    """The levels of a clause's mark: `一（三）`, `第一条(三)` as 一, 三."""
    parts = _MARK.findall(unicodedata.normalize("NFKC", mark))
    return tuple(
        plain
        for part in parts
        if (plain := re.sub(r"^第(.+?)[条款项章]?$|^(.+?)[条款项]$", r"\1\2", part))
    )


def parse_clauses(marks: Iterable[str]) -> dict[Path, str]:
    """Clauses by their levels."""
    return {path: mark for mark in marks if (path := parse_clause(mark))}


# These show in the history of the measures that they affect; all others have effects of their own.
CHANGING = frozenset({Action.REMOVE, Action.AMEND, Action.REPEAL, Action.SUSPEND, Action.RESUME})


# the first day of a measure, its day of publication, its act's key, its number there
Rank = tuple[date, date, str, int]


class Status(StrEnum):
    """The status of a measure on a day, by the texts; binding ones first, as in answers."""

    IN_FORCE = "in force"
    # its last day is past, and no act seen states what follows
    SUSPENSION_ENDED = "suspension ended"
    ANNOUNCED = "announced"  # published, and its first day is still ahead
    SUSPENDED = "suspended"
    ENDED = "ended"

    @property
    def rank(self) -> int:
        """The more it binds today the lower."""
        return list(Status).index(self)


class Ending(StrEnum):
    """By what something ended."""

    EXPIRED = "expired"  # its last day is over
    REMOVED = "removed"
    REPEALED = "repealed"
    REPLACED = "replaced"


@frozen
class Reading:
    """An act as it was understood from the instant `at`."""

    at: datetime
    act: Announcement


@frozen
class Sighting:
    """An act as first parsed, and its later changes. `baseline`: it was there at the first read, so
    our first sight does not date it.
    """

    readings: tuple[Reading, ...]
    baseline: bool

    @property
    def now(self) -> Announcement:
        """The act as it is understood now."""
        return self.readings[-1].act

    @property
    def first_seen(self) -> datetime:
        """Return the instant of our first sight of the act."""
        return self.readings[0].at

    def on(self, day: date) -> Announcement | None:
        """Return the act as known at the end of `day` in its authority's zone; None if it was
        unknown.
        """
        known = [
            reading.act
            for reading in self.readings
            if vocabulary.today(reading.act.authority, reading.at) <= day
        ]
        if known:
            return known[-1]
        first = self.readings[0].act
        published = vocabulary.day(first.published or "", first.authority)
        return first if self.baseline and published and published <= day else None


@dataclass(frozen=True, slots=True, eq=False)
class Cause:
    """The measure of an act that made a status what it is: its quote is the evidence. Compared
    as one of the timeline's own.
    """

    act: Announcement
    measure: Measure


@dataclass(frozen=True, slots=True, eq=False)
class Hedge:
    """A sentence of an act that was not understood and may change a status."""

    act: Announcement
    quote: str


@frozen
class Span:
    """A status from `since` to its last day `until` (`date.max`: open, as far as known).

    `why` is the reason of an end. `last`: the last day of a suspension that ended without a word on
    what follows. `because` are the measures behind it. The measure itself comes first if it stands
    alone. For an ended suspension, first the one that suspended, last the one with its last day.
    `read`: for such a suspension, the last good read of those who could extend it. For an open
    status, that of its authority, after which a later act would be unseen. `changed` are measures
    that change it in words that give it no other status: how it stands is not known to the end.
    Nor is it where `hedges` has sentences.
    """

    since: date
    until: date
    status: Status
    because: tuple[Cause, ...]
    why: Ending | None = None
    last: date | None = None
    read: LastRead | None = None
    changed: tuple[Cause, ...] = ()
    hedges: tuple[Hedge, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Return whether it needs no later read.

        An expired status might have been extended unseen. An ended suspension has its own reads.
        """
        return self.status is Status.SUSPENSION_ENDED or (
            self.status is Status.ENDED and self.why is not Ending.EXPIRED
        )

    @property
    def read_by(self) -> LastRead | None:
        """The last good read before the later day of the question."""
        is_open = not self.is_settled and self.read is not None and self.read.fresh
        return self.read if is_open else None

    @property
    def unseen_since(self) -> LastRead | None:
        """The last good read, where a later act that changes it would not have been seen."""
        return (
            self.read
            if self.read and not self.read.fresh and self.status is not Status.SUSPENSION_ENDED
            else None
        )


@dataclass(frozen=True, slots=True, eq=False)
class Lifecycle:
    """A measure, or the part of it with one status throughout, and its history. `clauses`,
    `entities`, `items` and `destinations` are the part's; `apart` are clauses with a history of
    their own. An act that is not `seen` is known from others only. `read` is the last good read of
    an authority that is stale, or is asked about a later day.
    """

    cause: Cause
    seen: bool
    clauses: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    items: tuple[Item, ...] = ()
    destinations: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    rank: Rank = (date.min, date.min, "", 0)
    read: LastRead | None = None

    @property
    def act(self) -> Announcement:
        """The act that the measure is part of."""
        return self.cause.act

    @property
    def measure(self) -> Measure:
        """The measure as the act has it."""
        return self.cause.measure

    def on(self, day: date) -> Span | None:
        """Return its status on a day, with the last good `read` if before the day; None before its
        announcement.
        """
        span = next((span for span in self.spans if span.since <= day <= span.until), None)
        if span is None or self.read is None or span.is_settled:
            return span
        read_on = (
            vocabulary.today(self.act.authority, datetime.fromisoformat(self.read.at))
            if self.read.at
            else date.min
        )
        return replace(span, read=self.read) if self.read.last or read_on < day else span


@frozen
class StatusOnDay:
    """A part of a measure and its status on the day in question."""

    lifecycle: Lifecycle
    span: Span


# A query of a timeline: a register, a name, a code, a destination, or all of these at once. No I/O.


@frozen
class MeasureQuery:
    """The terms of a query; an empty one matches all. `item` is a control code or an HS number:
    codes above and below also match. A measure without a destination matches any.
    """

    register: str = ""
    entity: str = ""
    item: str = ""
    destination: str = ""

    def __bool__(self) -> bool:
        return bool(self.register or self.entity or self.item or self.destination)

    def meets(self, lifecycle: Lifecycle) -> bool:
        """Return whether that part of a measure matches all terms."""
        return (
            (not self.register or lifecycle.measure.register == self.register)
            and (not self.entity or any(self.names(entity) for entity in lifecycle.entities))
            and (not self.item or any(self.about(item) for item in lifecycle.items))
            and (
                not self.destination
                or not lifecycle.destinations
                or self.destination.upper() in lifecycle.destinations
            )
        )

    def names(self, entity: Entity) -> bool:
        """Return whether an entity has the name."""
        return bare(self.entity) in list_all_names(entity)

    def about(self, item: Item) -> bool:
        """Return whether an item equals the code, is part of it, or includes it."""
        return any(is_akin(self.code, path) for path in list_codes(item))

    @property
    def code(self) -> Path:
        """The levels of the item's code, however a person writes it."""
        return parse_code(fold_code(self.item))


def is_akin(one: Path, other: Path) -> bool:
    """Return whether one code is under the other."""
    return bool(one) and (is_within(one, other) or is_within(other, one))
