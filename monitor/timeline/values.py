"""The values of a timeline: an act as seen, a part of a measure, and the periods of its history."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from monitor import vocabulary
from monitor.model import Action, Announcement, Entity, Item, LastRead, Measure, Target, frozen
from monitor.vocabulary.letters import SPACELESS_RANGE, bare, fold_code

# When two texts mean the same: names of entities, codes of items, marks of clauses.

Path = tuple[str, ...]

_CODE = re.compile(r"(\d)([a-z])(\d+)?")
_MARK = re.compile(r"《[^》]*》|[^()\[\]\s、,.;:]+")


def list_names(entity: Entity) -> set[str]:
    """The names it is printed under, in any language, folded."""
    return {fold for name in entity.names.values() if (fold := bare(name))}


@lru_cache(maxsize=16384)
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
    codes above and below also match. A measure without a destination matches any. What an `entity`
    may mean is found on record first: a timeline is asked for its identity.
    """

    register: str = ""
    entity: str = ""
    item: str = ""
    destination: str = ""

    def __bool__(self) -> bool:
        return bool(self.register or self.entity or self.item or self.destination)

    def meets(self, lifecycle: Lifecycle) -> bool:
        """Return whether that part of a measure matches all terms but the `entity`."""
        return (
            (not self.register or lifecycle.measure.register == self.register)
            and (not self.item or any(self.about(item) for item in lifecycle.items))
            and (
                not self.destination
                or not lifecycle.destinations
                or self.destination.upper() in lifecycle.destinations
            )
        )

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


# Find sentences of acts that were not understood, and the rows that they may change. No I/O.

FindActs = Callable[[Announcement, str], Iterable[Target]]  # those that a sentence names

ALONE = rf"{SPACELESS_RANGE}\uac00-\ud7af"  # letters that stand without spaces between words
WORD = re.compile(rf"[{ALONE}]|[^\W_{ALONE}]+")
CODE = re.compile(r"(?<![0-9A-Za-z.])\d[A-Ea-e]\d{3}(?:\.[0-9A-Za-z]{1,3})*(?![0-9A-Za-z])")
TEARING = ("sentence", "measure")  # what of a measure's own sentence may turn it
LEAST = 4  # letters by which a name is known in a sentence; of a script without spaces half


def find_no_acts(_act: Announcement, _quote: str) -> tuple[Target, ...]:
    """Find no acts, for callers that do not read which acts a sentence names."""
    return ()


Thing = tuple[type, int]  # a firm or goods of a part of a measure, by its place there
Row = tuple[int, Thing]  # of a part, by its place among the lives
ALL: Thing = (object, 0)  # all of a part


@frozen
class Doubt:
    """A sentence of an act that was not understood, and the day on which the act was `told`.

    `tears`: a measure that it quotes was not read to its end.
    """

    hedge: Hedge
    told: date
    tears: bool


def add_hedges(
    lifecycles: Sequence[Lifecycle],
    seen: Iterable[tuple[Announcement, datetime]],
    find_acts: FindActs,
) -> tuple[Lifecycle, ...]:
    """Add to each history the sentences that may change it, from the day of their acts."""
    doubts = [doubt for act, at in seen for doubt in _list_doubts(act, at)]
    if not doubts:
        return tuple(lifecycles)
    rows, found = _Rows(lifecycles), defaultdict[int, list[tuple[Doubt, Thing]]](list)
    for doubt in doubts:
        for place, thing in rows.of(doubt, find_acts):
            found[place].append((doubt, thing))
    torn = _find_torn(lifecycles, doubts)
    return tuple(
        _hedge_spans(part, said, torn)
        for place, lifecycle in enumerate(lifecycles)
        for part, said in _split_by_doubts(lifecycle, found.get(place, ()))
    )


def _split_by_doubts(
    lifecycle: Lifecycle, found: Sequence[tuple[Doubt, Thing]]
) -> Iterator[tuple[Lifecycle, Sequence[Doubt]]]:
    """Split a part of a measure by the sentences that are about its names; yield each
    with these.
    """
    of: dict[Thing, list[Doubt]] = {thing: [] for thing in list_things(lifecycle)}
    told = [cause for span in lifecycle.spans for cause in span.changed]
    for doubt, thing in found:
        if not any(is_of(cause, doubt.hedge) for cause in told):
            for each in of if thing == ALL else [thing]:
                of[each].append(doubt)
    together: dict[tuple[Doubt, ...], list[Thing]] = defaultdict(list)
    for each, doubts in of.items():
        together[tuple(dict.fromkeys(doubts))].append(each)
    if len(together) == 1:
        yield lifecycle, next(iter(together))
        return
    for said, things in together.items():
        entities = tuple(lifecycle.entities[at] for kind, at in things if kind is Entity)
        items = tuple(lifecycle.items[at] for kind, at in things if kind is Item)
        yield replace(lifecycle, entities=entities, items=items), said


def list_things(lifecycle: Lifecycle) -> list[Thing]:
    """List the places of a part's firms and goods; of a part without any only itself."""
    entities: list[Thing] = [(Entity, at) for at in range(len(lifecycle.entities))]
    items: list[Thing] = [(Item, at) for at in range(len(lifecycle.items))]
    return [*entities, *items] or [ALL]


def _list_doubts(act: Announcement, seen: datetime) -> Iterator[Doubt]:
    told = vocabulary.day(act.published or "", act.authority)
    told = told or vocabulary.today(act.authority, seen)
    quotes = dict.fromkeys(part.quote for part in act.not_read if part.quote)
    torn = {part.quote for part in act.not_read if part.what in TEARING}
    for quote in quotes:
        # a sentence says more exactly than its paragraph what was not understood
        if not any(other != quote and other in quote for other in quotes):
            yield Doubt(Hedge(act, quote), told, quote in torn)


def _find_torn(
    lifecycles: Iterable[Lifecycle], doubts: Iterable[Doubt]
) -> Mapping[Cause, tuple[Doubt, ...]]:
    """Find the measures that were not understood to the end of their own sentence."""
    of_act = defaultdict[str, list[Doubt]](list)
    for doubt in doubts:
        if doubt.tears:
            of_act[doubt.hedge.act.key].append(doubt)
    return {
        cause: torn
        for cause in {lifecycle.cause for lifecycle in lifecycles}
        if (torn := tuple(_filter_overlapping(cause, of_act.get(cause.act.key, ()))))
    }


def _filter_overlapping(cause: Cause, doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    return (doubt for doubt in doubts if is_of(cause, doubt.hedge))


def is_of(cause: Cause, hedge: Hedge) -> bool:
    """Return whether a sentence is that of a measure."""
    own = cause.measure.quote.strip() if cause.act.key == hedge.act.key else ""
    return bool(own) and (own in hedge.quote or hedge.quote in own)


def _hedge_spans(
    lifecycle: Lifecycle, found: Sequence[Doubt], torn: Mapping[Cause, tuple[Doubt, ...]]
) -> Lifecycle:
    if not found and not any(cause in torn for span in lifecycle.spans for cause in span.because):
        return lifecycle
    return replace(
        lifecycle,
        spans=tuple(
            replace(span, hedges=tuple(_list_hedges(span, found, torn))) for span in lifecycle.spans
        ),
    )


def _list_hedges(
    span: Span, found: Sequence[Doubt], torn: Mapping[Cause, tuple[Doubt, ...]]
) -> Iterator[Hedge]:
    """The sentences that may change a status."""
    by_cause = (doubt for cause in span.because for doubt in torn.get(cause, ()))
    said = (doubt for doubt in found if doubt.told <= span.until)
    yield from dict.fromkeys(doubt.hedge for doubt in (*said, *by_cause))


class _Rows:
    """The lives by what a sentence may call them."""

    def __init__(self, lifecycles: Sequence[Lifecycle]) -> None:
        self._lifecycles = lifecycles
        self._called = defaultdict[str, set[tuple[tuple[str, ...], str, Row]]](set)
        self._coded = defaultdict[str, list[tuple[Path, Row]]](list)
        self._placed = defaultdict[Hashable, list[int]](list)
        for place, lifecycle in enumerate(lifecycles):
            self._placed[lifecycle.act.key].append(place)
            self._placed["register", lifecycle.measure.register].append(place)
            for at, item in enumerate(lifecycle.items):
                for path in list_codes(item):
                    self._coded["".join(path[:5])].append((path, (place, (Item, at))))
            for at, entity in enumerate(lifecycle.entities):
                for name in entity.spellings:
                    self._call(name, (place, (Entity, at)))

    def _call(self, name: str, row: Row) -> None:
        words = tuple(WORD.findall(unicodedata.normalize("NFKC", name)))
        letters = sum(len(word) * (2 if word[0] > "\u3000" else 1) for word in words)
        if letters >= LEAST:
            exact = words[0] if len(words) == 1 else ""  # one word may be a common one
            folded = tuple(word.casefold() for word in words)
            self._called[folded[0]].add((folded, exact, row))

    def of(self, doubt: Doubt, find_acts: FindActs) -> set[Row]:
        """Find the rows that a sentence may change: rows of its country, known by then."""
        act, quote = doubt.hedge.act, unicodedata.normalize("NFKC", doubt.hedge.quote)
        if named := self._meant(doubt, (*self._named(quote), *self._of_codes(quote))):
            return named
        of_acts = self._of_acts(find_acts(act, doubt.hedge.quote))
        return self._meant(doubt, of_acts) or self._meant(doubt, self._on_lists(act, quote))

    def _meant(self, doubt: Doubt, rows: Iterable[Row]) -> set[Row]:
        home = vocabulary.country_of(doubt.hedge.act.authority)
        return {
            (place, thing)
            for place, thing in rows
            if (lifecycle := self._lifecycles[place]).rank[1] <= doubt.told
            and vocabulary.country_of(lifecycle.act.authority) == home
        }

    def _named(self, quote: str) -> Iterator[Row]:
        words = WORD.findall(quote)
        folded = tuple(word.casefold() for word in words)
        for at, word in enumerate(folded):
            for name, exact, row in self._called.get(word, ()):
                if folded[at : at + len(name)] == name and exact in ("", words[at]):
                    yield row

    def _of_codes(self, quote: str) -> Iterator[Row]:
        for code in map(parse_code, CODE.findall(quote)):
            for path, row in self._coded.get("".join(code[:5]), ()):
                if is_akin(code, path):
                    yield row

    def _of_acts(self, named: Iterable[Target]) -> Iterator[Row]:
        for target in named:
            places = self._placed.get(target.key, [])
            of_clauses = [place for place in places if self._is_under(place, target)]
            yield from ((place, ALL) for place in of_clauses or places)

    def _is_under(self, place: int, target: Target) -> bool:
        own = parse_clauses(self._lifecycles[place].clauses)
        return any(is_akin(one, other) for one in parse_clauses(target.clauses) for other in own)

    def _on_lists(self, act: Announcement, quote: str) -> Iterator[Row]:
        changed = {measure.register for measure in act.measures}
        for code in vocabulary.find_registers(quote):
            if code not in changed:
                yield from ((place, ALL) for place in self._placed.get(("register", code), ()))
