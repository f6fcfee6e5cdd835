"""An item that an act controls against what we make and buy: by name, tariff number, code,
material; with its reason. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from rapidfuzz.distance import Prefix

from monitor.model import Item, frozen
from monitor.names.scripts import simplify_han
from monitor.vocabulary import country_of
from monitor.vocabulary.letters import bare
from monitor.watch import materials
from monitor.watch.criteria import find_criteria, is_met
from monitor.watch.entries import Product
from monitor.watch.materials import Material, MaterialKind

How = Literal["exact", "HS", "control-code", "material"]
HEADING = 4  # digits of an HS heading, the least that says anything
HARMONISED = 6  # digits that all countries have in common (WCO); what follows is each country's own
OTHER_LINE = 0.65  # the six agree, the national digits do not: another line of the same tariff
OTHER_TARIFF = 0.72  # ditto, of another length: perhaps another country's
WIDER_LINE = 0.80  # ours covers what is controlled and more
RESIDUAL = re.compile(r"(?:9|90|99)$")  # "other": what no line before it names
BY_DIGITS = {4: 0.72, 5: 0.74, 6: 0.88, 7: 0.90, 8: 0.96, 9: 0.97, 10: 0.98}
SAME_CODE, NARROWER, WIDER, SIBLING, OTHER_LIST = 1.0, 0.95, 0.90, 0.71, 0.72
SAME_MATERIAL, OF_A_GROUP, IN_ITS_NAME, GROUP_IN_NAME = 0.90, 0.86, 0.86, 0.75
BOTH = 0.88  # a wider line of the tariff, and the material
SAME_NUMBER = 0.90  # one substance; how much of it, and how pure, a person sees
SAME_NAME = 0.90  # the very words; what else the act asks of it a person sees
CONTAINED = 0.75  # a material in a thing: for a person to see
NEVER_OF_IT = (
    MaterialKind.TECHNOLOGY,
    MaterialKind.SOFTWARE,
    MaterialKind.EQUIPMENT,
    MaterialKind.REAGENT,
)
CAPPED = (MaterialKind.TECHNOLOGY, MaterialKind.SOFTWARE, MaterialKind.ORE)
SELF = frozenset({MaterialKind.ORE})  # of our kinds, those that are not yet the material
MADE_OF_MORE = SELF | {MaterialKind.PART, MaterialKind.EQUIPMENT}  # or merely contain it
SALT = re.compile(
    r"chloride|sul(?:f|ph)ate|nitrate|carbonate|acetate|fluoride|氯化|硫酸|硝酸|碳酸|醋酸|氟化"
)
DESIGNATION = re.compile(r"(?<![\w.-])(?:P\d{3}|[A-Z][A-Za-z]{3,}[ -]\d{2,4})(?![\w%-])")
# of several together; not 及其混合物, which each of them is as well
MIXED = re.compile(r"[和与及、][^其和与及、]{1,20}混合|\b(?:mixtures?|blends?) of\b.{1,60}\band\b")
CONTAINING = re.compile(r"含(?:有)?([^的及和、，,]{1,12})的?")
FIRST_STEP = re.compile(r"\d[A-Z]\d{3}|EAR99|ML\d+")
STEP = re.compile(r"\d[A-Z]\d{3}|[A-Z]+\d*|\d+")


@frozen
class Overlap:
    """One way in which an item touches a product."""

    score: float
    how: How
    reason: str
    is_open: bool = False  # it asks more than a name and a number tell


def find_overlaps(item: Item, product: Product, register: str | None = None) -> list[Overlap]:
    """All the ways, the strongest first. `register` is the one that lists the item: its control
    codes are of that list.
    """
    tariff, made, coded = (
        [*_compare_tariffs(item, product)],
        [*_compare_by_material(item, product)],
        [*_compare_by_code(item, product, register)],
    )
    # our own code says that it is another good, unless both are one material
    if coded and coded[0].score == SIBLING:
        made = [overlap for overlap in made if overlap.score > CONTAINED]
        coded = coded if made else []
    another = _find_other_state(item, product)
    made = [_lower_score(overlap, another) for overlap in made]
    # one code may have a metal, its magnets and its targets: the name says which of them ours is
    if why := another or _find_other_form(item, product):
        coded = [_lower_score(one, why) for one in coded]
        told = f"; {why}" if coded else ""  # once is enough
        made = [replace(one, reason=one.reason.removesuffix(told)) for one in made]
    # the name says which part of a wider line ours is
    if tariff and tariff[0].score >= WIDER_LINE and _is_of_material(item, product) and not another:
        tariff[0] = replace(tariff[0], score=max(tariff[0].score, BOTH))
    if other := _name_other_materials(item, product):
        tariff = [_mark_other(one, other) for one in tariff]
        coded = [_mark_other(one, other) if one.score == WIDER else one for one in coded]
    named = _compare_by_words(item, product, is_coded=bool(coded))
    return _hold_to_criteria([*tariff, *coded, *made, *named], item, product)


def _compare_by_words(item: Item, product: Product, *, is_coded: bool) -> Iterator[Overlap]:
    theirs, ours = (
        materials.find_cas_numbers(*item.names.values(), item.note),
        materials.find_cas_numbers(product.name, *product.materials),
    )
    if both := theirs & ours:
        yield Overlap(SAME_NUMBER, "material", f"both have the CAS number {min(both)}")
    known = _find_designations(product.name) & _find_designations(*item.names.values())
    if known and not is_coded:
        yield Overlap(IN_ITS_NAME, "exact", f"both are called {min(known)}")
    # also of goods that no table has
    if _fold_names(product.name) & _fold_names(*item.names.values()):
        yield Overlap(SAME_NAME, "exact", f"both are called “{product.name}”")


def _hold_to_criteria(overlaps: list[Overlap], item: Item, product: Product) -> list[Overlap]:
    """Sort overlaps by score; leave them open if our goods are not said to meet the act's criteria.

    A control code stays as it is: the list's owner found by it that the goods meet them.
    """
    criteria = find_criteria(item) if overlaps else None
    met = is_met(criteria, " ".join((product.name, *product.materials))) if criteria else True
    if not met:
        most = 1.0 if met is None else CONTAINED
        overlaps = [
            one
            if one.how == "control-code"
            else replace(one, score=min(one.score, most), is_open=True)
            for one in overlaps
        ]
    told = sorted(overlaps, key=lambda overlap: -overlap.score)
    if criteria:
        ours = {True: ", and ours states that", False: ", and ours states another amount", None: ""}
        reason = f"{told[-1].reason}; {criteria.asked}{ours[met]}"
        told[-1] = replace(told[-1], reason=reason)
    return told


def _is_of_material(item: Item, product: Product) -> bool:
    """Return whether a product has a material of an item, and not only one of a wider group."""
    controlled = {material.name for material in find_item_materials(item)}
    return any(
        not controlled.isdisjoint((mine.name, *materials.list_groups(mine)))
        for mine in find_product_materials(product)
    )


def _name_other_materials(item: Item, product: Product) -> str:
    """Word that both name materials, but no common one, although the number agrees; "" else."""
    mine, theirs = find_product_materials(product), find_item_materials(item)
    if not (mine and theirs) or any(
        _compare_materials(one, other, 1, 1) for one in mine for other in theirs
    ):
        return ""
    ours, others = (", ".join(sorted(each.name for each in some)) for some in (mine, theirs))
    return f"ours is of {ours}, the act's of {others}"


def _find_other_state(item: Item, product: Product) -> str:
    """Word that our goods are in another state than the act's: an oxide is no metal or magnet; ""
    else.
    """
    theirs = materials.find_states(*item.names.values())
    ours = materials.find_states(product.name) or materials.find_states_by_number(
        product.name, *product.materials
    )
    needed = _find_needed(item)
    wholes = find_item_materials(item) - needed if needed else frozenset()
    mine = find_product_materials(product)
    # what several make is named with its state: samarium cobalt is an alloy, as are its magnets
    made = {each for each in find_item_materials(item) if materials.list_contents(each)}
    if not ours or theirs & ours:
        return ""
    if any(_compare_materials(one, whole, 1, 1) for one in mine for whole in wholes | made):
        return ""
    others = theirs or {whole.name for whole in wholes}
    drawn = materials.find_forms(*item.names.values()) - materials.find_forms(product.name)
    if not others and drawn and "metal" not in ours:
        others = {"another form"}  # an oxide is no wire, and no target
    if not others:
        return ""
    return f"ours is {' or '.join(sorted(ours))}, the act's {' or '.join(sorted(others))}"


def _find_other_form(item: Item, product: Product) -> str:
    """Word that our goods are drawn, rolled or cast to another form than the act's; "" else."""
    drawn, made = materials.find_forms(*item.names.values()), materials.find_forms(product.name)
    return "in another form" if drawn and made and not drawn & made else ""


def _fold_names(*names: str) -> frozenset[str]:
    return frozenset(name for printed in names if (name := bare(simplify_han(printed))))


def _find_designations(*texts: str) -> frozenset[str]:
    """Find the designations of goods in any language: P507, Cyanex 272; no amounts, no steel
    grades.
    """
    return frozenset(bare(found) for text in texts for found in DESIGNATION.findall(text))


def _compare_tariffs(item: Item, product: Product) -> Iterator[Overlap]:
    pairs = ((mine, theirs) for mine in product.hs for theirs in item.hs)
    overlaps = (overlap for mine, theirs in pairs if (overlap := _compare_numbers(mine, theirs)))
    yield from sorted(overlaps, key=lambda overlap: -overlap.score)[:1]


def _compare_numbers(mine: str, theirs: str) -> Overlap | None:
    """Two tariff numbers: all digits that both have, or the six of every country and other
    national lines behind them.
    """
    digits = count_common_digits(mine, theirs)
    both = f"{theirs} is ours" if mine == theirs else f"ours {mine}, printed {theirs}"
    if not digits:
        return None
    if digits < min(len(mine), len(theirs)):
        score = OTHER_LINE if len(mine) == len(theirs) else OTHER_TARIFF
        return Overlap(
            score,
            "HS",
            f"HS {mine[:digits]} agrees at {digits} digits, the national ones differ ({both})",
        )
    agrees = f"HS {mine[:digits]} agrees at all {digits} digits that both have ({both})"
    if digits == len(mine) < len(theirs) and (digits <= HARMONISED or RESIDUAL.search(mine)):
        other = (
            "ours is the line of what is not named elsewhere"
            if RESIDUAL.search(mine)
            else "ours is wider"
        )
        return Overlap(
            min(WIDER_LINE, BY_DIGITS[digits]),
            "HS",
            f"{agrees}; {other}, and a part of it is controlled",
        )
    return Overlap(BY_DIGITS[min(digits, 10)], "HS", agrees)


def count_common_digits(one: str, other: str) -> int:
    """Count the common leading digits of two tariff numbers: all of the shorter, or the
    international six; else 0.
    """
    shared = Prefix.similarity(one, other)
    if shared == min(len(one), len(other)) and shared >= HEADING:
        return shared
    return HARMONISED if shared >= HARMONISED else 0


def _compare_by_code(item: Item, product: Product, register: str | None) -> Iterator[Overlap]:
    american = country_of(register) == "us" if register else None
    compared = [
        (_compare_codes(mine, theirs), american is not True)
        for mine in product.codes
        for theirs in item.codes
    ]
    if american is not False:  # an ECCN says nothing of another country's list
        compared += [
            (_compare_codes(mine, theirs), True) for mine in product.eccn for theirs in item.codes
        ]
    told = (
        overlap if same_list else _weaken_other_list(overlap)
        for overlap, same_list in compared
        if overlap
    )
    yield from sorted((overlap for overlap in told if overlap), key=lambda overlap: -overlap.score)[
        :1
    ]


def _compare_codes(mine: str, theirs: str) -> Overlap | None:
    one, other = split_code(mine), split_code(theirs)
    if not one or not other or one[0] != other[0]:
        return None
    if one[: len(other)] != other[: len(one)]:
        return Overlap(
            SIBLING,
            "control-code",
            f"our {mine} and {theirs} are paragraphs of one control code, {one[0]}",
        )
    if one == other:
        return Overlap(SAME_CODE, "control-code", f"control code {theirs}")
    if len(other) < len(one):
        return Overlap(NARROWER, "control-code", f"control code {theirs} covers our {mine}")
    return Overlap(
        WIDER,
        "control-code",
        f"our {mine} covers control code {theirs}; a part of it is controlled",
    )


def _weaken_other_list(overlap: Overlap) -> Overlap | None:
    """Weaken a match of letters on the US list, because ours may be of another list; a person
    decides.
    """
    if overlap.score <= SIBLING:
        return None
    why = "our column does not say that it is an ECCN: the same letters may mean another good"
    return Overlap(OTHER_LIST, "control-code", f"{overlap.reason}, but {why}")


def split_code(code: str) -> tuple[str, ...]:
    """`1C909.a.1` as its levels; nothing for what is no control code."""
    parts = STEP.findall(code.upper().replace(" ", ""))
    return tuple(parts) if parts and FIRST_STEP.fullmatch(parts[0]) else ()


def _compare_by_material(item: Item, product: Product) -> Iterator[Overlap]:
    """Compare the kinds and materials of goods, if the item can be of a material."""
    theirs = materials.find_kind([*item.names.values()], item.codes)
    mine = materials.find_kind([materials.PURPOSE.sub("", materials.put_in_english(product.name))])
    things, ours = _find_things(*item.names.values()), materials.find_goods(product.name)
    if called := _compare_things(things, ours, theirs, mine, is_of=bool(find_item_materials(item))):
        yield called
    if theirs in NEVER_OF_IT and theirs is not mine:
        return
    if made := _compare_matter(item, product, things, ours):
        yield _cap_by_kind(made, theirs, mine, SELF if things & ours else MADE_OF_MORE)


def _compare_things(
    things: frozenset[str],
    ours: frozenset[str],
    theirs: MaterialKind,
    mine: MaterialKind,
    *,
    is_of: bool,
) -> Overlap | None:
    """Both are called the same thing; `is_of`: what is controlled is of a material."""
    same = materials.select_specific(things & ours)
    # a machine for batteries is no battery
    if theirs is MaterialKind.EQUIPMENT and mine is not theirs:
        is_more = materials.select_specific(things) - ours
        same = frozenset(one for one in same if not (is_more or materials.find_materials(one)))
    if same:
        reason = f"both are called {', '.join(sorted(same))}"
        return _cap_by_kind(Overlap(IN_ITS_NAME, "material", reason), theirs, mine)
    both = things & ours
    if not both or is_of or materials.is_use_of_material(both) or mine is not theirs:
        return None
    reason = f"both are called {', '.join(sorted(both))}, which may be of anything"
    return Overlap(CONTAINED, "material", reason)


def _compare_matter(
    item: Item, product: Product, things: frozenset[str], ours: frozenset[str]
) -> Overlap | None:
    """Compare the materials of both; a material in a product's name says little about another
    thing.
    """
    controlled = find_item_materials(item)
    made_of = materials.parse_material_column(product.materials)
    called = materials.find_materials(product.name)
    # An act that controls another thing of a material of ours touches it perhaps.
    is_other = things and not things & ours
    worth = (GROUP_IN_NAME, GROUP_IN_NAME) if is_other else (SAME_MATERIAL, OF_A_GROUP)
    use = _classify_use(product.name, ours | {material.name for material in called}, things)
    # of cobalt, in which is no magnet
    english = materials.put_in_english(product.name)
    is_salt = SALT.search(simplify_han(english).casefold()) is not None
    compared = [
        *(_compare_materials(mine, theirs, *worth) for mine in made_of for theirs in controlled),
        *(
            _compare_named(mine, theirs, use)
            for mine in called
            for theirs in controlled
            if not (is_salt and mine.name in materials.list_contents(theirs))
        ),
    ]
    told = [_weaken_if_lacking(overlap, item, made_of | called) for overlap in compared if overlap]
    # of several the same in every run
    best = min(told, key=lambda overlap: (-overlap.score, overlap.reason), default=None)
    return best and _lower_score(best, _find_other_form(item, product))


def _cap_by_kind(
    overlap: Overlap,
    theirs: MaterialKind,
    mine: MaterialKind,
    ours: frozenset[MaterialKind] = SELF,
) -> Overlap:
    """Ore is not yet the metal, and technology for a thing is not the thing: for a person to
    see. `ours` are the kinds of our goods that are not what is controlled.
    """
    kind = theirs if theirs in CAPPED else mine if mine in ours else MaterialKind.OTHER
    if theirs is mine or not kind:
        return overlap
    return _lower_score(
        overlap, f"what is controlled is {kind}" if kind is theirs else f"ours is {kind}"
    )


def _mark_other(overlap: Overlap, other: str) -> Overlap:
    """An overlap of numbers where the names say `other` materials."""
    reason = f"{overlap.reason}; {other}"
    return replace(overlap, score=min(overlap.score, WIDER_LINE), reason=reason)


def _lower_score(overlap: Overlap, why: str) -> Overlap:
    """An overlap that a reason, if there is one, leaves to a person to see."""
    if not why or overlap.score <= CONTAINED:
        return overlap
    return replace(overlap, score=min(overlap.score, CONTAINED), reason=f"{overlap.reason}; {why}")


def _find_things(*texts: str) -> frozenset[str]:
    return frozenset(thing for text in texts for thing in materials.find_goods(text))


Use = Literal["the same", "the material", "another", "unknown"]


def _classify_use(name: str, ours: frozenset[str], theirs: frozenset[str]) -> Use:
    """Classify our goods against the controlled ones: the same thing, the material, another thing,
    unknown.
    """
    if ours & theirs:
        return "the same"
    bare = materials.is_material(name)
    if theirs and not (bare and materials.is_use_of_material(theirs)):
        return "another"
    return "the material" if bare else "unknown"


def _compare_named(mine: Material, theirs: Material, use: Use) -> Overlap | None:
    if use == "another":
        return None
    if use == "unknown":
        overlap = _compare_materials(mine, theirs, CONTAINED, CONTAINED)
        if overlap is None or mine.name in materials.list_groups(theirs):
            return None
        return replace(overlap, reason=f"{overlap.reason}, if no more than a part of it")
    return _compare_materials(mine, theirs, IN_ITS_NAME, GROUP_IN_NAME)


def _weaken_if_lacking(overlap: Overlap, item: Item, whole: frozenset[Material]) -> Overlap:
    """An item that is controlled with what it contains (含镝的钕铁硼) is ours if ours contains that as
    well.
    """
    groups = {group for material in whole for group in materials.list_groups(material)}
    missing = [
        *_list_missing(item, whole),
        # ours is of one of a group, not of any
        *_list_lacking(_find_mixed(item), whole, {material.name for material in whole} - groups),
    ]
    if not missing:
        return overlap
    return Overlap(
        min(overlap.score, CONTAINED),
        overlap.how,
        f"{overlap.reason}; the act asks for {', '.join(missing)} in it",
    )


def list_missing_materials(item: Item, product: Product) -> list[str]:
    """List further materials that an act requires and our goods are not said to contain."""
    return _list_missing(item, find_product_materials(product))


def _list_missing(item: Item, whole: frozenset[Material]) -> list[str]:
    if len(find_item_materials(item)) < 2:
        return []
    return _list_lacking(_find_needed(item), whole, {material.name for material in whole})


def _list_lacking(
    asked: frozenset[Material], whole: frozenset[Material], named: set[str]
) -> list[str]:
    """List required materials that ours lack, except where ours name a group of them."""
    return sorted(
        material.name
        for material in asked - whole
        if named.isdisjoint(materials.list_groups(material))
    )


def _find_mixed(item: Item) -> frozenset[Material]:
    """Find the materials of a mixture that an act controls."""
    return frozenset(
        material
        for name in item.names.values()
        if MIXED.search(simplify_han(name))
        for material in materials.find_materials(name)
    )


def _find_needed(item: Item) -> frozenset[Material]:
    """Find the materials that an item must contain: the dysprosium of 含镝的钕铁硼."""
    return frozenset(
        material
        for name in item.names.values()
        for part in CONTAINING.findall(name)
        for material in materials.find_materials(part)
    )


def _compare_materials(
    mine: Material, theirs: Material, same: float, group: float
) -> Overlap | None:
    if mine.name == theirs.name:
        return Overlap(same, "material", f"both are of {mine.name}")
    if theirs.name in materials.list_groups(mine):
        return Overlap(group, "material", f"our {mine.name} is one of {theirs.name}")
    if mine.name in materials.list_groups(theirs):
        return Overlap(GROUP_IN_NAME, "material", f"{theirs.name} is one of our {mine.name}")
    if theirs.name in materials.list_contents(mine) or mine.name in materials.list_contents(theirs):
        whole, part = (
            (mine, theirs) if theirs.name in materials.list_contents(mine) else (theirs, mine)
        )
        return Overlap(CONTAINED, "material", f"{whole.name} contains {part.name}")
    return None


def find_product_materials(product: Product) -> frozenset[Material]:
    """The materials that a product is of, by its column and its name."""
    return materials.parse_material_column(product.materials) | materials.find_materials(
        product.name
    )


def find_item_materials(item: Item) -> frozenset[Material]:
    """The materials that an item is of, by its names; by its note where they say none."""
    in_names = frozenset(
        material for name in item.names.values() for material in materials.find_materials(name)
    )
    return in_names or materials.find_materials(item.note)


def make_keys_of_goods(goods: Item | Product) -> set[str]:
    """Make keys of goods; touching goods share a heading, a code's first level, a material, thing
    or name.
    """
    if isinstance(goods, Item):
        names, codes, made_of = [*goods.names.values()], goods.codes, find_item_materials(goods)
        texts = [*names, goods.note]
    else:
        names, codes = [goods.name], (*goods.codes, *goods.eccn)
        texts = [*names, *goods.materials]
        made_of = find_product_materials(goods)
    of = {
        name
        for each in made_of
        for name in (each.name, *materials.list_groups(each), *materials.list_contents(each))
    }
    return {
        *(f"hs {number[:HEADING]}" for number in goods.hs),
        *(f"code {levels[0]}" for code in codes if (levels := split_code(code))),
        *(f"of {name}" for name in of),
        *(f"is {thing}" for thing in _find_things(*names)),
        *(f"called {name}" for name in (*_fold_names(*names), *_find_designations(*names))),
        *(f"cas {number}" for number in materials.find_cas_numbers(*texts)),
    }
