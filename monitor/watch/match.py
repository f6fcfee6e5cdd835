"""Does it touch us: whom and what an act lists against the watch list, a changed watch list against all that is listed. Pure.

What scores below `match` and not below `review` is returned as possible: a low score clears nobody. A person's "not our supplier"
is said beside the match, which it never hides.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.model import Entity, Item, MatchVerdict, Tie, TieKind, Value
from monitor.watch import goods, names
from monitor.watch.entries import Entry, Owner, Party, Product
from monitor.watch.index import Shelf
from monitor.watch.numbers import number
from monitor.watch.parties import MINORITY, Hit, Kind, Names, Parties, of_entity, of_party
from monitor.watch.spellings import spellings
from monitor.watch.ties import describe_owner, is_minority

MATCH, REVIEW = 0.85, 0.70
INDIRECT = {"parent": TieKind.OWNED, "member": TieKind.PARENT, "sister": TieKind.SISTER}  # by the kind of a match


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which score on it is a match, and from which a person should look."""

    match: float = MATCH
    review: float = REVIEW


DEFAULT = Thresholds()


class Dismissal(Value, frozen=True, kw_only=True):
    """A person said that an entry is not this subject: who and when (UTC, ISO). Both by key, and as they are called."""

    entry: str
    subject: str
    by: str
    at: str
    entry_name: str = ""
    subject_name: str = ""


class Pairing(Value, frozen=True, kw_only=True):
    """An entry of the watch list that a listed subject may be, and why. `quote` is the subject's own."""

    kind: Kind
    score: float
    verdict: MatchVerdict
    reason: str
    entry: Entry
    subject: Entity | Item
    quote: str = ""
    dismissed: Dismissal | None = None
    tie: Tie = Tie(kind=TieKind.SAME)


class WatchList:
    """A watch list that can be screened against."""

    def __init__(self, entries: Iterable[Entry], thresholds: Thresholds = DEFAULT, dismissals: Iterable[Dismissal] = ()) -> None:
        self.entries = tuple(entries)
        self.thresholds = thresholds
        self.dismissals = {(dismissal.entry, dismissal.subject): dismissal for dismissal in dismissals}
        parties = [entry for entry in self.entries if isinstance(entry, Party)]
        self.parties = Parties(parties, map(of_party, parties))
        self.products = [entry for entry in self.entries if isinstance(entry, Product)]
        self._goods = _places(self.products)

    def products_like(self, item: Item) -> Iterator[Product]:
        """The products that have something in common with an item."""
        yield from (self.products[place] for place in _alike(self._goods, item))


class Listings(ABC):
    """All that was ever listed, searchable by a watch list that has changed. What is there has a place; these go up."""

    @abstractmethod
    def subject(self, place: int) -> Entity | Item:
        """What is listed there."""

    @abstractmethod
    def register(self, place: int) -> str | None:
        """Where that is listed, as far as we know."""

    @abstractmethod
    def entities_like(self, asked: Names, least: float) -> Iterator[tuple[int, Hit]]:
        """The places of the entities that may be the one that is asked for, with why."""

    @abstractmethod
    def items_like(self, product: Product) -> Iterator[int]:
        """The places of the items that have something in common with a product."""


class AllListed(Listings):
    """The same in memory. `registers` are where each is listed; on the `shelf` lies what was made of the names before."""

    def __init__(
        self, subjects: Sequence[Entity | Item], registers: Sequence[str | None] = (), shelf: Shelf | None = None
    ) -> None:
        self._subjects = subjects
        self._registers = registers
        entities = {place: subject for place, subject in enumerate(subjects) if isinstance(subject, Entity)}
        items = {place: subject for place, subject in enumerate(subjects) if isinstance(subject, Item)}
        self._parties = Parties(list(entities), map(of_entity, entities.values()), shelf)
        self._item_places = list(items)
        self._goods = _places(items.values())

    def subject(self, place: int) -> Entity | Item:
        return self._subjects[place]

    def register(self, place: int) -> str | None:
        return self._registers[place] if place < len(self._registers) else None

    def entities_like(self, asked: Names, least: float) -> Iterator[tuple[int, Hit]]:
        return self._parties.owners_like(asked, least, listed=False)

    def items_like(self, product: Product) -> Iterator[int]:
        yield from (self._item_places[number] for number in _alike(self._goods, product))


def _places(things: Iterable[Product | Item]) -> Mapping[str, list[int]]:
    """Where the things stand that have a code, a number or a material."""
    places: dict[str, list[int]] = {}
    for place, thing in enumerate(things):
        for key in goods.keys_of(thing):
            places.setdefault(key, []).append(place)
    return places


def _alike(places: Mapping[str, list[int]], thing: Product | Item) -> Iterable[int]:
    """Each of those once that have something in common with a thing."""
    return dict.fromkeys(place for key in goods.keys_of(thing) for place in places.get(key, ()))


def screen(
    subject: Entity | Item, watch: WatchList, register: str | None = None, known: Names | None = None
) -> tuple[Pairing, ...]:
    """The entries that a listed subject may be, the surest first; `register` is where an item is listed.

    `known` is what a subject is known by that is a party of ours, whose owners have shares.
    """
    if isinstance(subject, Item):
        pairings = (_pairing(product, subject, watch, register) for product in watch.products_like(subject))
        return _sorted(match for match in pairings if match)
    hits = watch.parties.owners_like(known or of_entity(subject), watch.thresholds.review, listed=True)
    return _sorted(_match(entry, subject, hit, watch.thresholds, watch.dismissals) for entry, hit in hits)


def screen_entry(entry: Entry, listings: Listings, watch: WatchList) -> list[tuple[int, Pairing]]:
    """What was ever listed that a new or changed entry may be, with its place: the surest first, of those as sure the first.

    Thresholds and dismissals are those of `watch`.
    """
    placed = _goods_like(entry, listings, watch) if isinstance(entry, Product) else _parties_like(entry, listings, watch)
    return sorted(placed, key=lambda pair: (-pair[1].score, pair[0]))


def _goods_like(product: Product, listings: Listings, watch: WatchList) -> Iterator[tuple[int, Pairing]]:
    for place in listings.items_like(product):
        item = listings.subject(place)
        if isinstance(item, Item) and (pairing := _pairing(product, item, watch, listings.register(place))):
            yield place, pairing


def _parties_like(party: Party, listings: Listings, watch: WatchList) -> Iterator[tuple[int, Pairing]]:
    for place, hit in listings.entities_like(of_party(party), watch.thresholds.review):
        yield place, _match(party, listings.subject(place), hit, watch.thresholds, watch.dismissals)


def _pairing(product: Product, item: Item, watch: WatchList, register: str | None) -> Pairing | None:
    overlaps = goods.overlaps(item, product, register)
    if not overlaps or overlaps[0].score < watch.thresholds.review:
        return None
    hit = Hit(overlaps[0].score, overlaps[0].how, "; ".join(overlap.reason for overlap in overlaps))
    return _match(product, item, hit, watch.thresholds, watch.dismissals)


def _tied(entry: Entry, hit: Hit, match: float) -> tuple[Hit, Tie]:
    """The tie of our entry to who is listed. An owner is told as a fact: how much, through whom; never what follows from it."""
    like = max(hit.score, hit.alike) < match
    if isinstance(entry, Product) or hit.kind not in INDIRECT:
        return hit, Tie(kind=TieKind.SAME if isinstance(entry, Product) or hit.kind == "id" else TieKind.NAME, like=like)
    kind = INDIRECT[hit.kind]
    if kind is TieKind.PARENT or (owner := _owner(entry, hit)) is None:
        return hit, Tie(kind=kind if kind is not TieKind.OWNED else TieKind.TIED, like=like)
    tie = owner.tie(kind, like=like)
    if is_minority(owner.share):
        hit = hit._replace(score=min(hit.score, MINORITY), minor=True)
    return hit._replace(reason=f"{describe_owner(tie)}; {hit.reason}"), tie


def _owner(party: Party, hit: Hit) -> Owner | None:
    """The owner by whose name or number a party was found; of two with one name, the one that holds half or more."""
    owners = sorted(party.all_owners, key=lambda owner: is_minority(owner.share))
    return next((owner for owner in owners if hit.ours in (*map(number, owner.ids), *spellings(owner.name))), None)


def _match(
    entry: Entry, subject: Entity | Item, hit: Hit, thresholds: Thresholds, dismissals: Mapping[tuple[str, str], Dismissal]
) -> Pairing:
    hit, tie = _tied(entry, hit, thresholds.match)
    return Pairing(
        kind=hit.kind,
        score=hit.score,
        verdict=MatchVerdict.MATCH if hit.score >= thresholds.match and not hit.minor else MatchVerdict.POSSIBLE,
        reason=hit.reason,
        entry=entry,
        subject=subject,
        quote=subject.quote,
        dismissed=_dismissed(entry, subject, dismissals),
        tie=tie,
    )


def _sorted(matches: Iterable[Pairing]) -> tuple[Pairing, ...]:
    return tuple(sorted(matches, key=lambda match: (-match.score, match.entry.key)))


def _dismissed(entry: Entry, subject: Entity | Item, dismissals: Mapping[tuple[str, str], Dismissal]) -> Dismissal | None:
    """A person's word on the two, under whichever of its names the subject was dismissed."""
    if not dismissals:
        return None
    return next((dismissal for key in subject_keys(subject) if (dismissal := dismissals.get((entry.key, key)))), None)


def subject_keys(subject: Entity | Item) -> list[str]:
    """What a listed subject may be dismissed by: its control codes, any of its names."""
    codes = list(subject.codes) if isinstance(subject, Item) else []
    return [*codes, *map(names.plain, subject.names.values())]
