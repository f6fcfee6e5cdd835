"""Gloss Chinese names of goods in English: materials and kinds of goods, never a full translation.
Pure.

The materials are those that a watch list is compared with. The kinds are the nouns by which export
controls name goods.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from monitor.model import Entity, Item
from monitor.names.scripts import simplify_han
from monitor.watch import materials

# Chinese | English | what headlines call it, where that is another word
KINDS = """
技术|technology|
软件|software|
设备|equipment|
装置|apparatus|
仪器|instruments|
原辅料|auxiliary materials|
原料|raw materials|
部件|components|
零件|parts|
合金|alloys|
靶材|targets|
氧化物|oxides|
氧化|oxide|
化合物|compounds|
混合物|mixtures|
金属|metal|
粉末|powder|
微粉|micropowder|
单晶|single crystals|
多晶|polycrystals|
晶体|crystals|
锭|ingots|
磁体|magnets|
磁材|magnet materials|
永磁材料|permanent magnet materials|
薄膜|films|
涂层|coatings|
砂轮|grinding wheels|
线锯|wire saws|
锂离子电池|lithium-ion batteries|batteries
锂电池|lithium batteries|batteries
电池|batteries|batteries
电芯|cells|batteries
正极材料|cathode materials|batteries
负极材料|anode materials|batteries
无人机|drones|drones
无人驾驶航空飞行器|unmanned aircraft|drones
激光器|lasers|lasers
发动机|engines|engines
火箭|rockets|rockets
卫星|satellites|satellites
压力机|presses|
机床|machine tools|machine tools
半导体|semiconductors|semiconductors
芯片|chips|semiconductors
集成电路|integrated circuits|semiconductors
存储器|memory|semiconductors
光纤|optical fibre|optical fibre
红外|infrared|
采矿|mining|
冶炼|smelting|
分离|separation|
回收|recycling|
制造|manufacture|
""".strip()

CODES = re.compile(r"(?:(?=[!-~]{0,30}\d)[!-~]{1,40}+ )+")  # before a name
LINKING = re.compile(r"[的含及其和与或等以用于、，,（）()\s]")


@cache
def _load_kinds() -> dict[str, tuple[str, str]]:
    rows = (line.split("|") for line in KINDS.splitlines())
    return {chinese: (english, goods) for chinese, english, goods in rows}


@cache
def _compile_terms() -> re.Pattern[str]:
    terms = sorted(
        (*materials.load_chinese_materials(), *materials.read_lines("no_material"), *_load_kinds()),
        key=len,
        reverse=True,
    )
    return re.compile("|".join(map(re.escape, terms)))


def _name_terms(
    name: str, called: Callable[[materials.Material], str], place: int
) -> Iterator[str]:
    """The words for the known terms of a name: materials as they are called, else its kinds' words
    at this place.
    """
    for term in _find_terms(name):
        material = materials.load_chinese_materials().get(term)
        if word := called(material) if material else _load_kinds().get(term, ("", ""))[place]:
            yield word


def translate_goods(name: str) -> str:
    """Gloss a name: `holmium, metal, alloys` for 金属钬、含钬的合金; "" if no word is known."""
    english = dict.fromkeys(_name_terms(name, lambda material: material.name, 0))
    # what it is of stands first
    return ", ".join(sorted(english, key=lambda word: word in _load_nouns()))


def translate_whole(name: str) -> str:
    """Gloss a name, with `…` if it has unknown words."""
    english = translate_goods(name)
    return (
        f"{english} …"
        if english and bool(LINKING.sub("", _compile_terms().sub("", simplify_han(name))))
        else english
    )


def put_english_first(own: str, english: str = "") -> str:
    """`holmium, metal (金属钬)`: the English name of goods, or the English of the words that are
    known, with `…` for others; then their own name.
    """
    english = english or translate_whole(own)
    return f"{english} ({own})" if own and english and own != english else own or english


def name_goods(called: str) -> str:
    """Gloss goods by their code and name, as a match calls them: `1C905.a 金属镝`."""
    codes = CODES.match(called)
    name = called[codes.end() :] if codes else called
    own, _, english = name.partition(" / ")
    return f"{codes[0] if codes else ''}{put_english_first(own, english)}"


def list_families(name: str) -> tuple[str, ...]:
    """The goods that a name belongs to, as a headline calls them: `batteries`, `rare earths`."""
    families = _name_terms(name, lambda one: (materials.list_groups(one) or (one.name,))[-1], 1)
    return tuple(dict.fromkeys(families))


@cache
def _load_nouns() -> frozenset[str]:
    return frozenset(english for english, _ in _load_kinds().values())


def _find_terms(name: str) -> list[str]:
    return _compile_terms().findall(simplify_han(name))


def list_goods_words(item: Item) -> Iterator[str]:
    """The words that tell what goods are called."""
    for name in item.names.values():
        yield from filter(None, (*translate_goods(name).split(", "), *list_families(name)))


def is_called(item: Item, text: str) -> bool:
    """Return whether words for goods end with this one: `grinding wheels` with `wheel`."""
    asked = _make_singular(text)
    return any(f" {_make_singular(word)}".endswith(f" {asked}") for word in list_goods_words(item))


def make_end_key(text: str) -> str:
    """The key of goods that end with this word."""
    return f"gloss {_make_singular(text)}"


def make_goods_keys(thing: Entity | Item) -> set[str]:
    """The keys of a thing: each word for it, and what stands at its end."""
    if not isinstance(thing, Item):
        return set()
    words = (_make_singular(word).split(" ") for word in list_goods_words(thing))
    return {f"gloss {' '.join(word[place:])}" for word in words for place in range(len(word))}


def _make_singular(word: str) -> str:
    plain = word.casefold().strip()
    return f"{plain[:-3]}y" if plain.endswith("ies") else plain.removesuffix("s")
