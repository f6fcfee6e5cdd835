"""Goods by the words with which our glossary tells their Chinese names: `batteries`, `grinding wheel`. Pure."""

from collections.abc import Hashable, Iterable, Iterator

from monitor.model import Entity, Item
from monitor.render import glossary
from monitor.timeline.values import identities


def glossed(text: str, things: Iterable[Entity | Item]) -> frozenset[Hashable]:
    """The goods whose Chinese names our glossary tells by this word: `batteries`, `diamond`, `grinding wheel`."""
    asked = _singular(text)
    items = (thing for thing in things if isinstance(thing, Item))
    return identities(item for item in items if any(f" {_singular(word)}".endswith(f" {asked}") for word in gloss(item)))


def gloss(item: Item) -> Iterator[str]:
    """The words by which our glossary tells what goods are called."""
    for name in item.names.values():
        yield from filter(None, (*glossary.gloss(name).split(", "), *glossary.families(name)))


def key(text: str) -> str:
    """The key under which goods are that are `glossed` by a word."""
    return f"gloss {_singular(text)}"


def keys(thing: Entity | Item) -> set[str]:
    """The keys of a thing: each word of the glossary, and what stands at its end."""
    if not isinstance(thing, Item):
        return set()
    words = (_singular(word).split(" ") for word in gloss(thing))
    return {f"gloss {' '.join(word[place:])}" for word in words for place in range(len(word))}


def _singular(word: str) -> str:
    plain = word.casefold().strip()
    return f"{plain[:-3]}y" if plain.endswith("ies") else plain.removesuffix("s")
