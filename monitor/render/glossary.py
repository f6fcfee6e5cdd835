"""What a Chinese name of goods says, in English words: materials and kinds of goods, never a translation of the rest.

The materials are those that a watch list is held against; the kinds are the nouns with which export controls name goods.
"""

import re
from functools import cache

from monitor.model import Announcement
from monitor.render.text import listed
from monitor.watch import materials
from monitor.watch.han import simplified

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


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    rows = (line.split("|") for line in KINDS.splitlines())
    return {chinese: (english, goods) for chinese, english, goods in rows}


@cache
def _pattern() -> re.Pattern[str]:
    terms = sorted((*materials.chinese(), *materials.NO_MATERIAL, *_kinds()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, terms)))


def gloss(name: str) -> str:
    """`holmium, metal, alloys` for 金属钬、含钬的合金; nothing where no word of it is known."""
    english = dict.fromkeys(word for term in _terms(name) if (word := _english(term)))
    return ", ".join(sorted(english, key=lambda word: word in _nouns()))  # what it is of stands first


def goods(act: Announcement) -> tuple[str, ...]:
    """What an act is about, as a headline calls it: `rare earths`; from its title, else from its items."""
    names = [name for measure in act.measures for item in measure.items for name in item.names.values()]
    return families(act.title) or tuple(dict.fromkeys(word for name in names for word in families(name)))


def families(name: str) -> tuple[str, ...]:
    """The goods that a name belongs to, as a headline calls them: `batteries`, `rare earths`."""
    return tuple(dict.fromkeys(word for term in _terms(name) if (word := _headword(term))))


def spoken(names: tuple[str, ...] | list[str], most: int = 3) -> str:
    """`rare earths, batteries and graphite`; of many the first ones, and that there are more."""
    return listed([*names[:most], *(["more"] if len(names) > most else [])])


@cache
def _nouns() -> frozenset[str]:
    return frozenset(english for english, _ in _kinds().values())


def _terms(name: str) -> list[str]:
    return _pattern().findall(simplified(name))


def _english(term: str) -> str:
    material = materials.chinese().get(term)
    return material.name if material else _kinds().get(term, ("", ""))[0]


def _headword(term: str) -> str:
    material = materials.chinese().get(term)
    return (materials.groups(material) or (material.name,))[-1] if material else _kinds().get(term, ("", ""))[1]
