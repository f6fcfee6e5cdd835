"""An item that an act controls against what we make and buy: by tariff number, control code, material; with its reason. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from monitor.model import Item
from monitor.watch import materials
from monitor.watch.lists import Product
from monitor.watch.materials import Material

How = Literal["HS", "control-code", "material"]
HEADING = 4  # digits of an HS heading, the least that says anything
HARMONISED = 6  # digits that all countries have in common (WCO); what follows is each country's own
OTHER_LINE = 0.80  # the six agree and the national digits do not: another line, or another country's tariff
BY_DIGITS = {4: 0.72, 5: 0.74, 6: 0.88, 7: 0.90, 8: 0.96, 9: 0.97, 10: 0.98}
SAME_CODE, NARROWER, WIDER, SIBLING, OTHER_LIST = 1.0, 0.95, 0.90, 0.72, 0.72
SAME_MATERIAL, OF_A_GROUP, IN_ITS_NAME, GROUP_IN_NAME = 0.90, 0.86, 0.86, 0.75
FIRST_STEP = re.compile(r"\d[A-Z]\d{3}|EAR99|ML\d+")
STEP = re.compile(r"\d[A-Z]\d{3}|[A-Z]+\d*|\d+")


class Overlap(NamedTuple):
    """One way in which an item touches a product."""

    score: float
    how: How
    reason: str


def overlaps(item: Item, product: Product, register: str | None = None) -> list[Overlap]:
    """All the ways, the strongest first. `register` is the one that lists the item: its control codes are of that list."""
    found = [*_by_tariff(item, product), *_by_code(item, product, register), *_by_material(item, product)]
    return sorted(found, key=lambda overlap: -overlap.score)


def _by_tariff(item: Item, product: Product) -> Iterator[Overlap]:
    pairs = ((agree(mine, theirs), mine, theirs) for mine in product.hs for theirs in item.hs)
    digits, mine, theirs = max(pairs, default=(0, "", ""))
    if digits:
        yield _tariff(digits, mine, theirs)


def _tariff(digits: int, mine: str, theirs: str) -> Overlap:
    both = f"{theirs} is ours" if mine == theirs else f"ours {mine}, printed {theirs}"
    if digits < min(len(mine), len(theirs)):
        return Overlap(OTHER_LINE, "HS", f"HS {mine[:digits]} agrees at {digits} digits, the national ones differ ({both})")
    return Overlap(
        BY_DIGITS[min(digits, 10)], "HS", f"HS {theirs[:digits]} agrees at all {digits} digits that both have ({both})"
    )


def agree(one: str, other: str) -> int:
    """How many digits two tariff numbers agree in: all that both have, or the six of every country; else 0."""
    length = min(len(one), len(other))
    if length >= HEADING and one[:length] == other[:length]:
        return length
    return HARMONISED if length > HARMONISED and one[:HARMONISED] == other[:HARMONISED] else 0


def _by_code(item: Item, product: Product, register: str | None) -> Iterator[Overlap]:
    american = register.startswith("us-") if register else None
    found = [(_codes(mine, theirs), american is not True) for mine in product.codes for theirs in item.codes]
    found += [(_codes(mine, theirs), american is not False) for mine in product.eccn for theirs in item.codes]
    told = (overlap if same_list else _other_list(overlap, american=bool(american)) for overlap, same_list in found if overlap)
    yield from sorted((overlap for overlap in told if overlap), key=lambda overlap: -overlap.score)[:1]


def _codes(mine: str, theirs: str) -> Overlap | None:
    one, other = steps(mine), steps(theirs)
    if not one or not other or one[0] != other[0]:
        return None
    if one[: len(other)] != other[: len(one)]:
        return Overlap(SIBLING, "control-code", f"our {mine} and {theirs} are paragraphs of one control code, {one[0]}")
    if one == other:
        return Overlap(SAME_CODE, "control-code", f"control code {theirs}")
    if len(other) < len(one):
        return Overlap(NARROWER, "control-code", f"control code {theirs} covers our {mine}")
    return Overlap(WIDER, "control-code", f"our {mine} covers control code {theirs}; a part of it is controlled")


def _other_list(overlap: Overlap, *, american: bool) -> Overlap | None:
    """The same letters on the list of another country: they may be another good; said for a person, where they agree."""
    if overlap.score <= SIBLING:
        return None
    why = "our column does not say that it is an ECCN" if american else "ours is a US ECCN, and this is not the US list"
    return Overlap(OTHER_LIST, "control-code", f"{overlap.reason}, but {why}: the same letters may mean another good")


def steps(code: str) -> tuple[str, ...]:
    """`1C909.a.1` as its levels; nothing for what is no control code."""
    found = STEP.findall(code.upper().replace(" ", ""))
    return tuple(found) if found and FIRST_STEP.fullmatch(found[0]) else ()


def _by_material(item: Item, product: Product) -> Iterator[Overlap]:
    controlled = in_item(item)
    made_of, called = materials.listed(product.materials), materials.named(product.name)
    found = [
        overlap for mine in made_of for theirs in controlled if (overlap := _materials(mine, theirs, SAME_MATERIAL, OF_A_GROUP))
    ]
    found += [
        overlap for mine in called for theirs in controlled if (overlap := _materials(mine, theirs, IN_ITS_NAME, GROUP_IN_NAME))
    ]
    if found:
        yield max(found, key=lambda overlap: overlap.score)


def _materials(mine: Material, theirs: Material, same: float, group: float) -> Overlap | None:
    if mine.name == theirs.name:
        return Overlap(same, "material", f"both are of {mine.name}")
    if theirs.name in materials.groups(mine):
        return Overlap(group, "material", f"our {mine.name} is one of {theirs.name}")
    if mine.name in materials.groups(theirs):
        return Overlap(GROUP_IN_NAME, "material", f"{theirs.name} is one of our {mine.name}")
    return None


def in_item(item: Item) -> frozenset[Material]:
    """The materials that an item is of, by its names; by its note where they say none."""
    found = frozenset(material for name in item.names.values() for material in materials.named(name))
    return found or materials.named(item.note)


def keys(hs: Iterable[str], codes: Iterable[str], found: Iterable[Material]) -> set[str]:
    """What two goods must have one of in common to touch: a heading, a control code's first level, a material or its group."""
    by_hs = {f"hs {number[:HEADING]}" for number in hs}
    by_code = {f"code {levels[0]}" for code in codes if (levels := steps(code))}
    return by_hs | by_code | {f"of {name}" for material in found for name in (material.name, *materials.groups(material))}


def keys_of(goods: Item | Product) -> set[str]:
    """The same of an item or a product."""
    if isinstance(goods, Item):
        return keys(goods.hs, goods.codes, in_item(goods))
    return keys(goods.hs, (*goods.codes, *goods.eccn), materials.listed(goods.materials) | materials.named(goods.name))
