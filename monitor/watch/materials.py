"""Materials that export controls name: what each is called in Chinese and English, its symbol, and the group it belongs to.

Elements by IUPAC's names and symbols; the groups as the Chinese and American lists draw them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from monitor.watch import glossary
from monitor.watch.han import simplified

# name; other English names | Chinese | symbol | group
TABLE = """
dysprosium|镝|Dy|heavy rare earths
terbium|铽|Tb|heavy rare earths
gadolinium|钆|Gd|heavy rare earths
holmium|钬|Ho|heavy rare earths
erbium|铒|Er|heavy rare earths
thulium|铥|Tm|heavy rare earths
ytterbium|镱|Yb|heavy rare earths
lutetium|镥|Lu|heavy rare earths
yttrium|钇|Y|heavy rare earths
samarium|钐|Sm|heavy rare earths
europium|铕|Eu|heavy rare earths
scandium|钪|Sc|rare earths
lanthanum|镧|La|light rare earths
cerium|铈|Ce|light rare earths
praseodymium|镨|Pr|light rare earths
neodymium|钕|Nd|light rare earths
heavy rare earths; medium and heavy rare earths|中重稀土 重稀土||rare earths
light rare earths|轻稀土||rare earths
rare earths; rare earth; rare-earth; rare earth elements|稀土||
neodymium iron boron; ndfeb; neodymium magnet|钕铁硼|NdFeB|permanent magnets
samarium cobalt; smco|钐钴|SmCo|permanent magnets
permanent magnets; permanent magnet|永磁||
gallium|镓|Ga|
gallium arsenide|砷化镓|GaAs|gallium
gallium nitride|氮化镓|GaN|gallium
gallium oxide|氧化镓|Ga2O3|gallium
gallium phosphide|磷化镓|GaP|gallium
gallium antimonide|锑化镓|GaSb|gallium
indium gallium arsenide|铟镓砷|InGaAs|gallium
germanium|锗|Ge|
germanium dioxide|二氧化锗|GeO2|germanium
germanium tetrachloride|四氯化锗|GeCl4|germanium
zinc germanium phosphide|磷锗锌|ZnGeP2|germanium
antimony|锑|Sb|
indium antimonide|锑化铟|InSb|antimony
antimony trioxide|三氧化二锑|Sb2O3|antimony
graphite|石墨||
synthetic graphite; artificial graphite|人造石墨||graphite
natural graphite; flake graphite; spherical graphite|天然石墨 鳞片石墨 球形石墨 球化石墨||graphite
superhard materials; superhard material|超硬材料||
synthetic diamond; diamond; diamond powder; diamond micropowder|人造金刚石 金刚石||superhard materials
cubic boron nitride|立方氮化硼|cBN|superhard materials
tungsten; wolfram|钨|W|
ammonium paratungstate|仲钨酸铵|APT|tungsten
tungsten carbide|碳化钨|WC|tungsten
tungsten oxide; tungsten trioxide|氧化钨 三氧化钨|WO3|tungsten
molybdenum|钼|Mo|
tellurium|碲|Te|
cadmium telluride|碲化镉|CdTe|tellurium
mercury cadmium telluride|碲镉汞|HgCdTe|tellurium
bismuth|铋|Bi|
indium|铟|In|
indium phosphide|磷化铟|InP|indium
trimethylindium|三甲基铟||indium
beryllium|铍|Be|
cobalt|钴|Co|
niobium|铌|Nb|
tantalum|钽|Ta|
titanium|钛|Ti|
vanadium|钒|V|
zirconium; zircaloy|锆|Zr|
hafnium|铪|Hf|
rhenium|铼|Re|
lithium|锂|Li|
lithium iron phosphate|磷酸铁锂|LiFePO4|lithium
lithium hexafluorophosphate|六氟磷酸锂|LiPF6|lithium
magnesium|镁|Mg|
nickel|镍|Ni|
manganese|锰|Mn|
silver|银|Ag|
platinum|铂|Pt|
palladium|钯|Pd|
iridium|铱|Ir|
boron|硼|B|
boron carbide|碳化硼|B4C|boron
silicon carbide|碳化硅|SiC|
carbon fibre; carbon fiber|碳纤维||
aramid|芳纶||
polysilicon; polycrystalline silicon|多晶硅||
helium-3|氦-3 氦3|He-3|
tritium|氚||
maraging steel|马氏体时效钢||
sodium perchlorate; ammonium perchlorate; perchlorate|高氯酸盐 高氯酸铵||
"""


ABSENT_BEFORE = re.compile(glossary.ABSENT_BEFORE)
FORMULA = re.compile(r"(?<![\w])[A-Z][A-Za-z0-9-]*(?![\w])")
DOPANT = re.compile(r"(?<![A-Za-z])([A-Z][a-z]):(?=[A-Z])")  # Ho:YAG
ALLOY = re.compile(r"[A-Z][a-z]?(?:-[A-Z][a-z]?)+")  # Al-Sc
NO_MATERIAL = ("银行", "银河", "白银市", "钛白粉", *glossary.NO_MATERIAL)  # they begin like one


@dataclass(frozen=True, slots=True)
class Material:
    """A material: its English name, and the material or group of which it is one."""

    name: str
    group: str = ""


@cache
def _lines() -> tuple[tuple[Material, tuple[str, ...], tuple[str, ...], str], ...]:
    every = [line.split("|") for line in (*glossary.MATERIALS.strip().splitlines(), *TABLE.strip().splitlines())]
    rows = {row[0].split("; ")[0]: row for row in reversed(every)}.values()
    return tuple((_material(row), tuple(row[0].split("; ")), tuple(row[1].split()), row[2]) for row in rows)


def _material(row: list[str]) -> Material:
    return Material(row[0].split("; ")[0], row[3])


@cache
def _english() -> tuple[re.Pattern[str], dict[str, Material]]:
    names = {name: material for material, english, _, _ in _lines() for name in english}
    return _longest((*names, *NO_MATERIAL), r"(?<![\w-])(", rf")(?:s|es)?(?![\w])(?!{glossary.ABSENT})"), names


@cache
def chinese() -> dict[str, Material]:
    """Materials by each of their Chinese names."""
    return {name: material for material, _, names, _ in _lines() for name in names}


@cache
def _chinese() -> re.Pattern[str]:
    return _longest((*chinese(), *NO_MATERIAL), "(", ")")


@cache
def symbols() -> dict[str, Material]:
    """Materials by symbol or formula."""
    return {symbol: material for material, _, _, symbol in _lines() if symbol}


def _longest(names: Iterable[str], before: str, after: str) -> re.Pattern[str]:
    return re.compile(before + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + after)


def in_text(text: str) -> frozenset[Material]:
    """The materials that a text names in words, the most exact ones: gallium arsenide, not gallium.

    Symbols are not looked for, since In, As and No are words; a formula (`Dy2O3`, `GaAs`) is.
    """
    low, plain = ABSENT_BEFORE.sub(" ", text.casefold()), ABSENT_BEFORE.sub(" ", simplified(text))
    pattern, english = _english()
    materials_named = {english[hit] for hit in pattern.findall(low) if hit in english}
    materials_named |= {chinese()[hit] for hit in _chinese().findall(plain) if hit in chinese()}
    return frozenset(materials_named | _formulas(text))


def without(text: str) -> str:
    """A text without the materials that it names: what else it says."""
    plain = FORMULA.sub(lambda formula: " " if _formulas(formula[0]) else formula[0], text)
    rest = _english()[0].sub(" ", plain.casefold())
    return _chinese().sub(" ", simplified(rest))


def _formulas(text: str) -> set[Material]:
    words = FORMULA.findall(text)
    exact = {symbols()[word] for word in words if len(word) > 2 and word in symbols()}
    exact |= {symbols()[symbol] for symbol in DOPANT.findall(text) if symbol in symbols()}
    exact |= {symbols()[part] for word in words if ALLOY.fullmatch(word) for part in word.split("-") if part in symbols()}
    parts = (part for word in words if re.search(r"[A-Z][a-z]?\d", word) for part in re.findall(r"[A-Z][a-z]?", word))
    return exact or {symbols()[part] for part in parts if part in symbols() and part not in {"B", "V", "W", "Y"}}


def listed(cells: tuple[str, ...]) -> frozenset[Material]:
    """The materials of a column that holds nothing else: there a symbol alone is one."""
    return frozenset(
        material for cell in cells for material in ({symbols()[cell.strip()]} if cell.strip() in symbols() else in_text(cell))
    )


def contained(material: Material) -> tuple[str, ...]:
    """What a material is made of, as far as that matters here."""
    return glossary.CONTAINS.get(material.name, ())


@cache
def by_names() -> dict[str, Material]:
    """Every material by its name."""
    return {material.name: material for material, _, _, _ in _lines()}


@cache
def groups(material: Material) -> tuple[str, ...]:
    """What a material is one of, the nearest first: neodymium, of light rare earths, of rare earths."""
    by_name = by_names()
    names_of: list[str] = []
    while material.group:
        names_of.append(material.group)
        if material.group not in by_name:
            break
        material = by_name[material.group]
    return tuple(names_of)
