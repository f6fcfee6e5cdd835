"""What a product's or an item's words say beyond its material: a thing made of it, or only its shape and purity. Pure."""

import re
from functools import cache, lru_cache

from monitor.vocabulary.letters import HAN_RANGE
from monitor.watch import glossary, materials
from monitor.watch.han import IS_CJK, simplified

WORD = re.compile(r"[a-z][a-z'-]*")
HAN = re.compile(f"[{HAN_RANGE}]+")
LEAST_HAN = 2  # characters that are left; one says nothing


@cache
def _goods() -> dict[str, str]:
    """Each name of a thing → the first one."""
    rows = (line.partition("|") for line in glossary.GOODS.strip().splitlines())
    return {name: english.split("; ")[0] for english, _, han in rows for name in (*english.split("; "), *han.split())}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_goods(), key=len, reverse=True)
    return re.compile("|".join(_whole(name) for name in names))


def _whole(name: str) -> str:
    return rf"(?<![a-z]){re.escape(name)}(?:s|es)?(?![a-z])" if name.isascii() else re.escape(name)


@lru_cache(maxsize=16384)
def goods(text: str) -> frozenset[str]:
    """The things that a text names, in English."""
    table = _goods()
    hits = _pattern().findall(simplified(text).casefold().replace("‑", "-"))
    return frozenset(table.get(hit) or table.get(hit.removesuffix("s")) or table[hit.removesuffix("es")] for hit in hits)


def specific(things: frozenset[str]) -> frozenset[str]:
    """Those of them that say enough to know a thing by; a window or a cathode may be of anything."""
    return things - _uses()


def of_material(things: frozenset[str]) -> bool:
    """Whether all of them are what a material is put to, as a cathode: the material itself is one."""
    return things <= frozenset(_goods()[name] for name in glossary.MATERIAL_USES.split())


@cache
def _uses() -> frozenset[str]:
    return frozenset(_goods()[name] for name in glossary.USES.split())


@lru_cache(maxsize=16384)
def is_material(text: str) -> bool:
    """Whether a text names nothing but a material with its shape, purity and grade."""
    rest = materials.without(text)
    words = [word for word in WORD.findall(rest) if len(word) > 2]
    if any(word not in glossary.SHAPES and not all(part in glossary.SHAPES for part in word.split("-")) for word in words):
        return False
    return not IS_CJK.search(rest) or all(len(_without_shapes(run)) < LEAST_HAN for run in HAN.findall(rest))


def _without_shapes(run: str) -> str:
    for shape in _shapes_han():
        run = run.replace(shape, "")
    return run


@cache
def _shapes_han() -> tuple[str, ...]:
    return tuple(sorted(glossary.SHAPES_HAN, key=len, reverse=True))
