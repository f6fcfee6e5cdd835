"""What two versions of one row say differently; order, white space, width and case are of no importance. Pure."""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from monitor.model import Entity, FieldValue, Item, Listing
from monitor.vocabulary.forms import ENDINGS
from monitor.vocabulary.letters import bare, folded


def name_of(listing: Listing) -> str:
    """What a row is called: the English name where it has one."""
    names = listing.subject.names
    return names.get("en") or next(iter(names.values()), "")


def differences(old: Listing, new: Listing) -> dict[str, tuple[FieldValue, FieldValue]]:
    """For each field that differs its value before and after."""
    before, after = flat(old), flat(new)
    names = [*after, *(name for name in before if name not in after)]
    sides = {name: (before.get(name, ""), after.get(name, "")) for name in names}
    return {name: both for name, both in sides.items() if plain(both[0]) != plain(both[1])}


def meaning(listing: Listing) -> str:
    """What a row says, as one text: of two rows the same where they differ in nothing."""
    return repr(sorted((name, plain(value)) for name, value in flat(listing).items()))


def flat(listing: Listing) -> Mapping[str, FieldValue]:
    """All that a row says, by field; what is empty is not there."""
    subject = listing.subject
    words: dict[str, FieldValue] = {"name": name_of(listing)}
    words |= {f"name.{language}": name for language, name in subject.names.items() if language != "en"}
    words |= _of_entity(subject) if isinstance(subject, Entity) else _of_item(subject)
    return {name: value for name, value in (words | listing.fields).items() if value}


def _of_entity(entity: Entity) -> dict[str, FieldValue]:
    return {
        "aliases": entity.aliases,
        "kind": entity.kind,
        "country": entity.country or "",
        "role": entity.role or "",
        "parent": entity.parent or "",
        "addresses": entity.addresses,
        **{f"ids.{name}": value for name, value in entity.ids.items()},
    }


def _of_item(item: Item) -> dict[str, FieldValue]:
    return {"codes": item.codes, "hs": item.hs, "note": item.note}


def plain(value: FieldValue) -> object:
    """A value without what is of no importance."""
    return folded(value) if isinstance(value, str) else sorted(folded(one) for one in value)


# Rows that went and rows that came on one day: which of them are one row under another id, name or label. Pure.

SHORTEST = 6  # letters; below, names are alike by accident
FUZZY = 5  # letters; below, a word with one other letter is another word
MOST_CANDIDATES = 50  # of one row; a name that is there a thousand times must not cost a million comparisons
WORD = re.compile(r"[^\W_]+")
BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
GENERIC = ("THE", "PRIVATE", "PUBLIC", "OPEN", "CLOSED", "JOINT", "STOCK")
LEGAL_FORMS = frozenset({*GENERIC, *(ending.upper() for ending in ENDINGS)})


@dataclass(frozen=True, slots=True)
class Side:
    """A row on one side of a comparison, by whose id no other stands there."""

    id: str
    listing: Listing


Pairs = list[tuple[Side, Side]]


def paired(removed: Sequence[Side], added: Sequence[Side], *, alike: bool) -> Pairs:
    """The rows that are one and the same: of the same name, and, where `alike` is allowed, of the same name written otherwise.

    Only where ids are derived from names may names differ: an official id that is gone under another name is gone.
    """
    pairs = _by(removed, added, _full_name)
    if alike:
        pairs += _by(*_left(removed, added, pairs), _letters)
        pairs += _by_form(*_left(removed, added, pairs))
        pairs += _by_spelling(*_left(removed, added, pairs))
        pairs += _by_number(*_left(removed, added, pairs))
    return pairs


def _left(removed: Sequence[Side], added: Sequence[Side], pairs: Pairs) -> tuple[list[Side], list[Side]]:
    old, new = {old.id for old, _ in pairs}, {new.id for _, new in pairs}
    return [side for side in removed if side.id not in old], [side for side in added if side.id not in new]


def _by(removed: Sequence[Side], added: Sequence[Side], key: Callable[[Side], Hashable]) -> Pairs:
    """Pair rows with an equal key; of several the ones that differ least."""
    waiting: dict[Hashable, list[Side]] = {}
    for new in added:
        waiting.setdefault(key(new), []).append(new)
    waiting.pop("", None)  # those without a name have nothing in common
    return nearest(removed, lambda old: waiting.get(key(old), ()))


def _full_name(side: Side) -> Hashable:
    return folded(name_of(side.listing))


def _letters(side: Side) -> Hashable:
    return bare(name_of(side.listing))


def _without_form(side: Side) -> Hashable:
    """A name by its words, whatever their order, without legal forms and brackets; with its country. Nothing for a short one."""
    words = _words(BRACKETS.sub(" ", name_of(side.listing)))
    return (_country(side), tuple(sorted(words))) if sum(map(len, words)) >= SHORTEST else None


def _by_form(removed: Sequence[Side], added: Sequence[Side]) -> Pairs:
    """Pair rows of one country whose names differ by legal form, by the order of words, or by brackets that one has more."""
    waiting: dict[Hashable, list[Side]] = {}
    for new in added:
        waiting.setdefault(_without_form(new), []).append(new)
    waiting.pop(None, None)
    return nearest(removed, lambda old: [new for new in waiting.get(_without_form(old), ()) if _brackets_agree(old, new)])


def _brackets_agree(old: Side, new: Side) -> bool:
    """Whether one name has all that the other has in brackets: a place or a number that differs is another row."""
    one, other = (
        {words for group in BRACKETS.findall(name_of(side.listing)) if (words := tuple(_words(group)))} for side in (old, new)
    )
    gone, came = one - other, other - one
    return not (gone and came) and not any(letter.isdigit() for words in gone | came for word in words for letter in word)


def _by_spelling(removed: Sequence[Side], added: Sequence[Side]) -> Pairs:
    """Pair rows of one country whose names are spelt otherwise, where they share an address, an alias or a number."""
    holders: dict[Hashable, list[Side]] = {}
    for new in added:
        for mark in _marks(new):
            holders.setdefault(mark, []).append(new)
    return nearest(
        removed, lambda old: [new for mark in _marks(old) for new in holders.get(mark, ()) if _spelt_otherwise(old, new)]
    )


def _by_number(removed: Sequence[Side], added: Sequence[Side]) -> Pairs:
    """Pair rows of one number of which a name or alias of each share most words: a number alone may be given to somebody else."""
    holders: dict[str, list[Side]] = {}
    for new in added:
        for number in _numbers(new):
            holders.setdefault(number, []).append(new)
    return nearest(
        removed, lambda old: [new for number in _numbers(old) for new in holders.get(number, ()) if _share_most_words(old, new)]
    )


def _numbers(side: Side) -> set[str]:
    subject = side.listing.subject
    return {folded(number) for number in subject.ids.values()} if isinstance(subject, Entity) else set()


def _share_most_words(old: Side, new: Side) -> bool:
    return any(2 * len(one & other) > min(len(one), len(other)) for one in _all_names(old) for other in _all_names(new))


def _all_names(side: Side) -> list[set[str]]:
    """The words of each name and alias."""
    subject = side.listing.subject
    aliases = subject.aliases if isinstance(subject, Entity) else ()
    return [set(words) for name in (*subject.names.values(), *aliases) if (words := _words(name))]


def _spelt_otherwise(old: Side, new: Side) -> bool:
    """Whether the words are the same but for a letter in some: Hunan is no other spelling of Henan unless all else agrees."""
    one, other = sorted(_words(name_of(old.listing))), sorted(_words(name_of(new.listing)))
    return (
        _country(old) == _country(new)
        and len(one) == len(other)
        and all(mine == theirs or _one_letter(mine, theirs) for mine, theirs in zip(one, other, strict=True))
    )


def _one_letter(mine: str, theirs: str) -> bool:
    spelt = min(len(mine), len(theirs)) >= FUZZY and mine.isalpha() and theirs.isalpha()
    return spelt and Levenshtein.distance(mine, theirs, score_cutoff=1) == 1


def _marks(side: Side) -> Iterator[Hashable]:
    """What hardly two rows have in common."""
    subject = side.listing.subject
    if isinstance(subject, Entity):
        yield from (("address", folded(where)) for where in subject.addresses)
        yield from (("alias", folded(alias)) for alias in subject.aliases if len(alias) >= SHORTEST)
        yield from (("id", folded(number)) for number in subject.ids.values())


def nearest(removed: Sequence[Side], candidates: Callable[[Side], Sequence[Side]]) -> Pairs:
    """Pair each row with one of its candidates, those that differ least first, each once."""
    ranked = [
        (len(differences(old.listing, new.listing)), at, old, new)
        for at, old in enumerate(removed)
        for new in candidates(old)[:MOST_CANDIDATES]
    ]
    gone: set[str] = set()
    come: set[str] = set()
    pairs = []
    for _, _, old, new in sorted(ranked, key=lambda pair: pair[:2]):
        if old.id not in gone and new.id not in come:
            gone.add(old.id)
            come.add(new.id)
            pairs.append((old, new))
    return pairs


def _words(name: str) -> list[str]:
    """The words of a name without its legal form; `L.L.C.` is one word."""
    return [word for word in WORD.findall(folded(name).replace(".", "").replace("'", "")) if word not in LEGAL_FORMS]


def _country(side: Side) -> str | None:
    return side.listing.subject.country if isinstance(side.listing.subject, Entity) else None
