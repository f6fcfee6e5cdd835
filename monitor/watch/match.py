"""Compare an act's list with the watch list, and a changed watch list with all that is listed.
Pure.

A score below `match` and not below `review` is returned as possible: a low score is no clearance. A
dismissal (`not our supplier`) stands beside its match and never hides it.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from types import MappingProxyType

from monitor.model import (
    Announcement,
    Edition,
    Entity,
    Fact,
    Item,
    PageChange,
    Target,
    Value,
    frozen,
    to_json,
)
from monitor.names.candidates import Shelf
from monitor.names.name import normalize_name, split_names
from monitor.names.numbers import normalize_number
from monitor.names.several import find_parts
from monitor.watch import goods
from monitor.watch.entries import (
    Entry,
    Owner,
    Party,
    Product,
    describe_owner,
    is_minority,
)
from monitor.watch.mentions import find_new_mentions
from monitor.watch.ownership import hold_together
from monitor.watch.parties import (
    MINORITY,
    Hit,
    Kind,
    Names,
    Owners,
    Parties,
    make_party_names,
    make_subject_names,
)
from monitor.watch.values import Match, MatchVerdict, ScreeningResult, Tie, TieKind

MATCH, REVIEW = 0.85, 0.70
IF_CONTAINED = ", if ours contains it"
WENT = "; in words that the page has no longer"
# by the kind of a match
INDIRECT = {
    "named": TieKind.NAMED,
    "parent": TieKind.OWNED,
    "member": TieKind.PARENT,
    "sister": TieKind.SISTER,
}


@frozen
class Thresholds:
    """The scores from which it is a match, and from which a person should look."""

    match: float = MATCH
    review: float = REVIEW


DEFAULT = Thresholds()


class Dismissal(Value, kw_only=True):
    """A person said that an entry is not this subject: who, when (UTC, ISO) and why. Both by key,
    and as they are called.
    """

    entry: str
    subject: str
    by: str
    at: str
    entry_name: str = ""
    subject_name: str = ""
    reason: str = ""


class Pairing(Value, kw_only=True):
    """An entry of the watch list that a listed subject may be, and why. `quote` is the subject's
    own.
    """

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

    def __init__(
        self,
        entries: Iterable[Entry],
        thresholds: Thresholds = DEFAULT,
        dismissals: Iterable[Dismissal] = (),
    ) -> None:
        self.entries = tuple(entries)
        self.thresholds = thresholds
        self.dismissals = {
            (dismissal.entry, dismissal.subject): dismissal for dismissal in dismissals
        }
        self.parties = [entry for entry in self.entries if isinstance(entry, Party)]
        self.names = Parties(map(make_party_names, self.parties))
        self.products = [entry for entry in self.entries if isinstance(entry, Product)]
        self._goods = _map_places(self.products)

    @cached_property
    def owned(self) -> "WatchList":
        """The parties of the list that have owners."""
        owned = (one for one in self.parties if one.all_owners)
        return WatchList(owned, self.thresholds, self.dismissals.values())

    @cached_property
    def called(self) -> Mapping[str, Sequence[Party]]:
        """The parties of the list by their names, levelled."""
        known: dict[str, list[Party]] = {}
        for party in self.parties:
            known.setdefault(normalize_name(party.name), []).append(party)
        return known

    def products_like(self, item: Item) -> Iterator[Product]:
        """The products that have something in common with an item."""
        yield from (self.products[place] for place in _list_alike(self._goods, item))


class Listings(ABC):
    """All that was ever listed, searchable by a watch list that has changed. What is there has a
    place; these go up. Its `names` are those of its subjects, by place.
    """

    names: Owners

    @abstractmethod
    def subject(self, place: int) -> Entity | Item:
        """Return the subject at a place."""

    @abstractmethod
    def register(self, place: int) -> str | None:
        """Return the register of the subject at a place, if known."""

    @abstractmethod
    def items_like(self, product: Product) -> Iterator[int]:
        """The places of the items that have something in common with a product."""


class AllListed(Listings):
    """All listed subjects in memory, with the register of each.

    The `shelf` keeps what was read of the names.
    """

    def __init__(
        self,
        subjects: Sequence[Entity | Item],
        registers: Sequence[str | None] = (),
        shelf: Shelf | None = None,
    ) -> None:
        self._subjects = subjects
        self._registers = registers
        items = {
            place: subject for place, subject in enumerate(subjects) if isinstance(subject, Item)
        }
        self.names = Parties(map(make_subject_names, subjects), shelf)
        self._item_places = list(items)
        self._goods = _map_places(items.values())

    def subject(self, place: int) -> Entity | Item:
        return self._subjects[place]

    def register(self, place: int) -> str | None:
        return self._registers[place] if place < len(self._registers) else None

    def items_like(self, product: Product) -> Iterator[int]:
        yield from (self._item_places[number] for number in _list_alike(self._goods, product))


def _map_places(things: Iterable[Product | Item]) -> Mapping[str, list[int]]:
    """Map each code, number and material to the places of goods that have it."""
    places: dict[str, list[int]] = {}
    for place, thing in enumerate(things):
        for key in goods.make_keys_of_goods(thing):
            places.setdefault(key, []).append(place)
    return places


def _list_alike(places: Mapping[str, list[int]], thing: Product | Item) -> Iterable[int]:
    """Each of those once that have something in common with a thing."""
    return dict.fromkeys(
        place for key in goods.make_keys_of_goods(thing) for place in places.get(key, ())
    )


def screen_subject(
    subject: Entity | Item,
    watch: WatchList,
    register: str | None = None,
    known: Names | None = None,
) -> tuple[Pairing, ...]:
    """The entries that a listed subject may be, the surest first; `register` is where an item is
    listed.

    `known` are the names of a subject that is a party of ours and has owners with shares.
    """
    goods_like = (
        (_pair_goods(product, subject, watch, register) for product in watch.products_like(subject))
        if isinstance(subject, Item)
        else ()
    )
    hits = watch.names.hits(
        known or make_subject_names(subject), watch.thresholds.review, listed=True
    )
    named = (_make_pairing(watch.parties[place], subject, hit, watch) for place, hit in hits)
    pairings = filter(None, (*goods_like, *named))
    return tuple(sorted(pairings, key=lambda match: (-match.score, match.entry.key)))


def screen_entry(entry: Entry, listings: Listings, watch: WatchList) -> list[tuple[int, Pairing]]:
    """Find everything ever listed that a new or changed entry may be, with its place, the surest
    first.

    Equally sure ones keep the order of their places. Thresholds and dismissals are those of
    `watch`.
    """
    if isinstance(entry, Product):
        placed = [*_screen_product(entry, listings, watch)]
    else:
        asked = make_party_names(entry)
        hits = listings.names.hits(asked, watch.thresholds.review, listed=False)
        placed = [
            (place, _make_pairing(entry, listings.subject(place), hit, watch))
            for place, hit in hits
        ]
    return sorted(placed, key=lambda pair: (-pair[1].score, pair[0]))


def _screen_product(
    product: Product, listings: Listings, watch: WatchList
) -> Iterator[tuple[int, Pairing]]:
    found = dict[int, Pairing]()
    for place in listings.items_like(product):
        item, register = listings.subject(place), listings.register(place)
        if isinstance(item, Item) and (pairing := _pair_goods(product, item, watch, register)):
            found[place] = pairing
    yield from found.items()
    items = (one.subject for one in found.values() if isinstance(one.subject, Item))
    words = {word: 0 for item in items for word in goods.list_missing_materials(item, product)}
    more = {place for word in words for place in listings.items_like(Product(name=word))}
    for place in more - found.keys():
        item = listings.subject(place)
        if isinstance(item, Item) and (pairing := _pair_if_contained(product, item, watch, words)):
            yield place, pairing


def _pair_goods(
    product: Product, item: Item, watch: WatchList, register: str | None
) -> Pairing | None:
    hit = _find_hit(product, item, watch, register)
    return _make_pairing(product, item, hit, watch) if hit else None


def _find_hit(
    product: Product, item: Item, watch: WatchList, register: str | None = None
) -> Hit | None:
    overlaps = goods.find_overlaps(item, product, register)
    if not overlaps or overlaps[0].score < watch.thresholds.review:
        return None
    reason = "; ".join(overlap.reason for overlap in overlaps)
    return Hit(overlaps[0].score, overlaps[0].how, reason, minor=overlaps[0].is_open)


# what acts ask for in goods of ours that are not said to contain it, by the key of the entry
AskedFor = Mapping[str, Collection[str]]


def _list_asked_for(found: Iterable[Pairing]) -> AskedFor:
    asked: dict[str, dict[str, None]] = {}
    for one in found:
        if isinstance(one.entry, Product) and isinstance(one.subject, Item):
            words = goods.list_missing_materials(one.subject, one.entry)
            asked.setdefault(one.entry.key, {}).update(dict.fromkeys(words))
    return asked


def _pair_if_contained(
    product: Product, item: Item, watch: WatchList, words: Collection[str]
) -> Pairing | None:
    """Pair goods with what is listed without a code, by what acts ask for in them (`words`)."""
    if item.codes or item.hs:
        return None
    hits = (_find_hit(Product(name=word), item, watch) for word in words)
    if (hit := max(filter(None, hits), key=lambda one: one.score, default=None)) is None:
        return None
    score, reason = min(hit.score, goods.CONTAINED), f"{hit.reason}{IF_CONTAINED}"
    return _make_pairing(product, item, hit._replace(score=score, reason=reason, minor=True), watch)


def _make_tie(entry: Entry, hit: Hit, match: float) -> tuple[Hit, Tie]:
    """The tie of our entry to who is listed. An owner is a fact: how much, through which firms."""
    like = max(hit.score, hit.alike) < match or (isinstance(entry, Product) and hit.minor)
    if isinstance(entry, Product) or hit.kind not in INDIRECT:
        return hit, Tie(
            kind=TieKind.SAME
            if isinstance(entry, Product) or hit.kind in ("id", "remark")
            else TieKind.NAME,
            like=like,
        )
    kind = INDIRECT[hit.kind]
    if kind in (TieKind.NAMED, TieKind.PARENT) or (owner := _find_owner(entry, hit)) is None:
        return hit, Tie(kind=kind if kind is not TieKind.OWNED else TieKind.TIED, like=like)
    stated, alone = owner.tie(kind, like=like), hold_together(entry, (owner.name,))
    tie = stated.replace(share=alone.share, arithmetic=alone.arithmetic)
    if is_minority(alone.share):
        hit = hit._replace(score=min(hit.score, MINORITY), minor=True)
        tie = (
            tie
            if alone.share or not owner.path
            else Tie(kind=TieKind.TIED, like=like, owner=owner.name, path=owner.path)
        )
    return hit._replace(reason=f"{describe_owner(stated)}; {hit.reason}"), tie


# owners of an entry, by its key, that are known to be listed
ListedOwners = Mapping[str, Collection[str]]


def add_up(found: Iterable[Pairing], beside: ListedOwners = MappingProxyType({})) -> list[Pairing]:
    """Add up owners: an entry that listed owners hold half of together is touched as if one did.

    `beside` are listed owners that were not found here. A name that is only alike adds nothing.
    """
    every = _dismiss_groups([*found])
    listed = {key: set(owners) for key, owners in beside.items()}
    for pairing in every:
        if has_owner_share(pairing):
            listed.setdefault(pairing.entry.key, set()).add(pairing.tie.owner)
    return [
        _add_other_owners(pairing, listed[pairing.entry.key])
        if has_owner_share(pairing)
        else pairing
        for pairing in every
    ]


def _dismiss_groups(found: Sequence[Pairing]) -> list[Pairing]:
    """Dismiss a match by a group alone if the head of the group was dismissed, in any language."""
    heads = {
        (one.entry.key, key): one.dismissed
        for one in found
        if one.dismissed
        for key in make_subject_keys(one.subject)
    }
    return [
        one.replace(dismissed=heads[group])
        if not one.dismissed
        and (group := (one.entry.key, normalize_name(_get_group(one)))) in heads
        else one
        for one in found
    ]


def _get_group(pairing: Pairing) -> str:
    """Return the group that alone ties a subject to an entry; "" if there is none."""
    subject = pairing.subject
    return (
        (subject.parent or "")
        if pairing.kind in ("member", "sister") and isinstance(subject, Entity)
        else ""
    )


def has_owner_share(pairing: Pairing) -> bool:
    """Return whether the subject surely owns part of the entry, so that its share counts with
    others'.
    """
    tie = pairing.tie
    is_owner = tie.kind is TieKind.OWNED or (tie.kind is TieKind.TIED and bool(tie.owner))
    return is_owner and not tie.like and pairing.dismissed is None


def _add_other_owners(pairing: Pairing, owners: Collection[str]) -> Pairing:
    party = pairing.entry
    if not isinstance(party, Party) or pairing.verdict is MatchVerdict.MATCH:
        return pairing
    both = hold_together(party, owners)
    rest = hold_together(party, [owner for owner in owners if owner != pairing.tie.owner])
    # an owner that adds nothing is none of those that hold it
    if is_minority(both.share) or both.share == rest.share:
        return pairing
    tie = pairing.tie.replace(
        kind=TieKind.OWNED, share=both.share, arithmetic=both.arithmetic, joint=True
    )
    return pairing.replace(tie=tie, verdict=MatchVerdict.MATCH)


def _find_owner(party: Party, hit: Hit) -> Owner | None:
    """The owner that a party was found by; of two with one name, the one that holds half or
    more.
    """
    owners = sorted(party.all_owners, key=lambda owner: is_minority(owner.share))
    return next(
        (
            owner
            for owner in owners
            if hit.ours in (*map(normalize_number, owner.ids), *_list_names(owner.name))
        ),
        None,
    )


def _list_names(name: str) -> Iterator[str]:
    """List the names in an owner's cell: the whole, and each of several."""
    for each in (name, *(part.name for part in find_parts(name))):
        yield from split_names(each)


def _make_pairing(entry: Entry, subject: Entity | Item, hit: Hit, watch: WatchList) -> Pairing:
    hit, tie = _make_tie(entry, hit, watch.thresholds.match)
    pairing = Pairing(
        kind=hit.kind,
        score=hit.score,
        verdict=MatchVerdict.MATCH
        if hit.score >= watch.thresholds.match and not hit.minor
        else MatchVerdict.POSSIBLE,
        reason=hit.reason,
        entry=entry,
        subject=subject,
        quote=subject.quote,
        tie=tie,
    )
    if not watch.dismissals:
        return pairing
    # under whichever of its names it was
    keys = (*make_subject_keys(subject), normalize_name(_get_group(pairing)))
    said = next((said for key in keys if (said := watch.dismissals.get((entry.key, key)))), None)
    return pairing.replace(dismissed=said)


def make_subject_keys(subject: Entity | Item) -> list[str]:
    """Make the keys by which a listed subject can be dismissed: control codes and all names, also
    former ones.
    """
    others = subject.codes if isinstance(subject, Item) else map(normalize_name, subject.former)
    return [*others, *map(normalize_name, subject.names.values())]


def is_called(subject: Entity | Item, key: str) -> bool:
    """Return whether a listed subject, or its group, can be dismissed by this key."""
    group = subject.parent if isinstance(subject, Entity) else None
    return key in (*make_subject_keys(subject), normalize_name(group or ""))


# What of a whole act, report or edition touches the watch list, and what of history a changed list
# touches. Pure.

Acts = Mapping[str, Announcement]


@frozen
class Beside:
    """What other acts and registers on record add about the entries that a fact may touch: `lists`
    has their other lists, by key.
    """

    owners: ListedOwners = field(default_factory=dict)
    asked_for: AskedFor = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)


ALONE = Beside()


def find_asked_for(
    facts: Iterable[Fact | Edition], watch: WatchList, listings: Listings, earlier: Acts
) -> AskedFor:
    """Find materials that records require and our goods are not said to contain.

    Only materials of goods that facts list without a code are looked up.
    """
    subjects = (subject for fact in facts for subject, _ in _list_placed(fact, earlier))
    materials = {
        material.name
        for item in subjects
        if isinstance(item, Item) and not (item.codes or item.hs)
        for material in goods.find_item_materials(item)
    }
    places = {place for name in materials for place in listings.items_like(Product(name=name))}
    return _list_asked_for(
        pairing
        for place in places
        for pairing in screen_subject(listings.subject(place), watch, listings.register(place))
    )


def find_pairings(
    fact: Fact | Edition,
    watch: WatchList,
    earlier: Acts = MappingProxyType({}),
    beside: Beside = ALONE,
) -> tuple[Pairing, ...]:
    """Every match of what it lists, removes, frees or speaks of; the surest first, what a person
    dismissed last.
    """
    placed = [*_list_placed(fact, earlier)]
    alone = [
        match for subject, register in placed for match in screen_subject(subject, watch, register)
    ]
    more = _screen_asked_for((item for item, _ in placed), alone, watch, beside.asked_for)
    matches = [
        one.replace(reason=one.reason + beside.lists.get(one.entry.key, ""))
        for one in add_up((*alone, *more), beside.owners)
    ]
    return tuple(
        sorted(
            matches, key=lambda match: (match.dismissed is not None, -match.score, match.entry.key)
        )
    )


def _screen_asked_for(
    subjects: Iterable[Entity | Item],
    alone: Sequence[Pairing],
    watch: WatchList,
    on_record: AskedFor,
) -> Iterator[Pairing]:
    """Pair goods of ours with what is listed without a code, by what this fact and those on record
    ask for in them.
    """
    own, known = _list_asked_for(alone), {(one.entry.key, to_json(one.subject)) for one in alone}
    asked = {key: {*own.get(key, ()), *on_record.get(key, ())} for key in (*own, *on_record)}
    products = [product for product in watch.products if asked.get(product.key)]
    for item in subjects if products else ():
        for product in products:
            if isinstance(item, Item) and (product.key, to_json(item)) not in known:
                pairing = _pair_if_contained(product, item, watch, sorted(asked[product.key]))
                if pairing:
                    yield pairing


def list_acts_changed(fact: Fact | Edition) -> frozenset[str]:
    """The acts by key of which it says no more than that they hold no longer, again, or
    otherwise.
    """
    return frozenset(target.key for target in _list_changed_acts(fact))


def _list_changed_acts(fact: Fact | Edition) -> Iterable[Target]:
    measures = fact.measures if isinstance(fact, Announcement) else ()
    return dict.fromkeys(
        target
        for measure in measures
        if not (measure.entities or measure.items)
        for target in measure.amends
    )


def _list_placed(fact: Fact | Edition, earlier: Acts) -> Iterator[tuple[Entity | Item, str | None]]:
    """Also what the acts list that it changes as a whole: what suspends a control touches who
    ships what it controls.
    """
    yield from _list_own(fact)
    for target in _list_changed_acts(fact):
        # of it the measures under these clauses; the whole act where none of it is marked so
        if act := earlier.get(target.key):
            under = tuple(
                measure for measure in act.measures if set(measure.clauses) & set(target.clauses)
            )
            yield from _list_own(act.replace(measures=under) if under else act)


def _list_own(fact: Fact | Edition) -> Iterator[tuple[Entity | Item, str | None]]:
    """Each of them with its register; of an act that names none its issuer stands for it, as
    control codes are of its list.
    """
    if isinstance(fact, Edition):
        for change in (*fact.changes, *fact.held):
            subject, lost = change.entity or change.item, dict.fromkeys(change.former, "")
            if isinstance(subject, Entity):
                subject = subject.replace(former=subject.former | lost)
            if subject:
                yield subject, fact.register
    elif isinstance(fact, Announcement):
        for measure in fact.measures:
            register = measure.register or fact.authority
            yield from ((entity, register) for entity in measure.entities)
            yield from ((item, register) for item in measure.items)
    else:
        yield from ((entity, None) for entity in fact.mentions.entities)


def screen_fact(
    fact: Fact | Edition | PageChange,
    watch: WatchList,
    earlier: Acts = MappingProxyType({}),
    beside: Beside = ALONE,
) -> ScreeningResult | None:
    """Compare a change with the watch list; None without a list. `earlier` are the acts that it
    changes.
    """
    if not watch.entries:
        return None
    if isinstance(fact, PageChange):
        return _screen_words(fact, watch)
    placed = {to_json(subject) for subject, _ in _list_placed(fact, earlier)}
    result = make_result(find_pairings(fact, watch, earlier, beside), len(placed), watch)
    return result.replace(unheld=tuple(sorted(list_acts_changed(fact) - earlier.keys())))


def _screen_words(change: PageChange, watch: WatchList) -> ScreeningResult:
    """Screen a page that is no act: the names and codes in the words that came or went."""
    spoken = [
        (subject, went)
        for wording in change.rewordings
        for went, words in enumerate(
            ((wording.before, wording.after), (wording.after, wording.before))
        )
        for subject in find_new_mentions(*words, watch.entries)
    ]
    pairings = [
        pairing.replace(reason=f"{pairing.reason}{WENT if went else ''}")
        for subject, went in spoken
        for pairing in screen_subject(subject, watch, change.authority or None)
    ]
    return make_result(pairings, len(spoken), watch)


def make_result(pairings: Iterable[Pairing], listed: int, watch: WatchList) -> ScreeningResult:
    """Report the matches with so many `listed` subjects; what a person dismissed stands last."""
    matches = sorted(pairings, key=lambda match: (match.dismissed is not None, -match.score))
    heads = {
        key: name_subject(match.subject)
        for match in matches
        for key in make_subject_keys(match.subject)
    }
    found = tuple(dict.fromkeys(_make_match(match, heads) for match in matches))
    return ScreeningResult(
        names=len(watch.parties), products=len(watch.products), listed=listed, found=found
    )


def is_by_group(match: Pairing) -> bool:
    """Return whether a person dismissed the head of the subject's group, and not the subject."""
    said = match.dismissed
    return said is not None and said.subject not in make_subject_keys(match.subject)


def _make_match(match: Pairing, heads: Mapping[str, str]) -> Match:
    group = _get_group(match) if is_by_group(match) or not match.dismissed else ""
    return Match(
        kind=match.kind,
        score=match.score,
        verdict=match.verdict,
        reason=match.reason,
        entry=match.entry.name,
        key=match.entry.key,
        relation=match.entry.relation,
        subject=name_subject(match.subject),
        group=heads.get(normalize_name(group), group),
        owner=match.entry.owner,
        ref=match.entry.ref,
        quote=match.quote,
        dismissed_by=match.dismissed.by if match.dismissed else "",
        dismissed_at=match.dismissed.at if match.dismissed else "",
        tie=match.tie,
    )


def name_subject(subject: Entity | Item) -> str:
    """Name the subject of a match: its English name, or its code and name."""
    name = subject.names.get("en") or next(iter(subject.names.values()), "")
    return (
        f"{subject.codes[0]} {name}".strip()
        if isinstance(subject, Item) and subject.codes
        else name
    )
