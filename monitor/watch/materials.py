"""Materials and things that export controls name, found in texts; what they are called, made of and
shaped like is in `materials.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from monitor.model import frozen
from monitor.names.scripts import IS_CJK, simplify_han
from monitor.vocabulary.letters import HAN_RANGE

T = TypeVar("T")
CAS_MARK = re.compile(r"\bCAS(?:[-. ]?No\.?)?", re.IGNORECASE)
CAS_NUMBER = re.compile(r"(?<![\w-])\d{2,7}-\d{2}-\d(?![\w-])")
FORMULA = re.compile(r"(?<![\w])[A-Z][A-Za-z0-9-]*(?![\w])")
DOPANT = re.compile(r"(?<![A-Za-z])([A-Z][a-z]):(?=[A-Z])")  # Ho:YAG
SUBSTANCE = re.compile(  # Ho oxide; In oxide and No metal may be words
    r"(?<![\w-])(?!(?:In|As|At|No|He|Be|So)\b)([A-Z][a-z])"
    r"(?=[ -](?:di|tri)?(?:oxide|metal|alloy|powder|ingot|chloride|nitrate|fluoride)s?\b)"
)
LATIN = re.compile(r"[^\W\d_\u0370-\uffff]{3}")
ALLOY = re.compile(r"[A-Z][a-z]?(?:-[A-Z][a-z]?)+")  # Al-Sc
# Behind or before a material: it is not there.
ABSENT = (
    r"(?:[- ](?:free|less|plated|coated|clad|tipped|lined)\b"
    r"|[- ](?:silicate|niobate|tantalate|stearate|naphthenate|octoate|greases?)\b)"
)
ABSENT_BEFORE = re.compile(
    rf"\b(?:free of|free from|without|non|no)[ -][a-z-]+|(?:不含|无|镀)[{HAN_RANGE}]{{1,2}}"
)


@frozen
class Material:
    """A material: its English name, and the material or group of which it is one."""

    name: str
    group: str = ""


@cache
def read_tables() -> Mapping[str, Any]:
    """Read `materials.toml`: materials, things, and the words around them."""
    return tomllib.loads((Path(__file__).parent / "materials.toml").read_text(encoding="utf-8"))


def read_lines(table: str) -> list[str]:
    """The lines of a table."""
    lines: str = read_tables()[table]
    return lines.strip().splitlines()


@cache
def _parse_lines() -> tuple[tuple[Material, tuple[str, ...], tuple[str, ...], str], ...]:
    rows = [line.split("|") for line in reversed(read_lines("materials"))]
    names = ((row, tuple(row[0].split("; "))) for row in rows)
    return tuple(
        (Material(english[0], row[3]), english, tuple(row[1].split()), row[2])
        for row, english in names
    )


@cache
def _compile_english() -> tuple[re.Pattern[str], dict[str, Material]]:
    names = {name: material for material, english, _, _ in _parse_lines() for name in english}
    return (
        _compile_longest(
            (*names, *read_lines("no_material")),
            r"(?<![\w-])(?:ferro-?)??(",
            rf")(?:s|es)?(?![\w])(?!{ABSENT})",
        ),
        names,
    )


@cache
def load_chinese_materials() -> dict[str, Material]:
    """Materials by each of their Chinese names."""
    return {name: material for material, _, names, _ in _parse_lines() for name in names}


@cache
def _compile_chinese() -> re.Pattern[str]:
    return _compile_longest((*load_chinese_materials(), *read_lines("no_material")), "(", ")")


@cache
def load_symbols() -> dict[str, Material]:
    """Materials by symbol or formula."""
    return {symbol: material for material, _, _, symbol in _parse_lines() if symbol}


def _compile_longest(
    names: Iterable[str], before: str, after: str, flags: re.RegexFlag = re.NOFLAG
) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(f"{before}{'|'.join(map(re.escape, longest_first))}{after}", flags)


@lru_cache(maxsize=16384)
def find_materials(text: str) -> frozenset[Material]:
    """The materials that a text names in words, the most exact ones: gallium arsenide, not gallium.

    Symbols are not looked for, since In, As and No are words; a formula (`Dy2O3`, `GaAs`) is.
    """
    text = put_in_english(text)
    low, plain = ABSENT_BEFORE.sub(" ", text.casefold()), ABSENT_BEFORE.sub(" ", simplify_han(text))
    pattern, english = _compile_english()
    return frozenset(
        {
            *_find_named_materials(pattern, english, low),
            *_find_named_materials(_compile_chinese(), load_chinese_materials(), plain),
            *_find_formulas(text),
            *_find_numbered(text),
        }
    )


@lru_cache(maxsize=16384)
def put_in_english(text: str) -> str:
    """A text with the goods that it names in other European languages in English."""
    if not text or not LATIN.search(text):
        return text
    known, pattern = _compile_other_languages()
    for _ in range(2):  # a word of two is one first: Sägedraht, and Holmiumoxid in its parts
        text = pattern.sub(lambda found: known[found[0].casefold()], text)
        text = _compile_one_word().sub(r" \1", text)
    return text


@cache
def _compile_other_languages() -> tuple[dict[str, str], re.Pattern[str]]:
    rows = (line.split("|") for line in read_lines("in_other_languages"))
    known = {word: english for english, *words in rows for word in words if word != english}
    return known, _compile_longest(known, r"(?<![\w])(?:", r")(?![\w])", re.IGNORECASE)


@cache
def _compile_one_word() -> re.Pattern[str]:
    return re.compile(rf"(?<=[a-zäöü]{{3}})({read_tables()['in_one_word']})(?!\w)", re.IGNORECASE)


def find_cas_numbers(*texts: str) -> frozenset[str]:
    """The CAS numbers in texts, those alone of which the last digit is the right check."""
    numbers = (number for text in texts for number in CAS_NUMBER.findall(text))
    return frozenset(number for number in numbers if _is_cas(number.replace("-", "")))


def _is_cas(digits: str) -> bool:
    return sum(
        place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1)
    ) % 10 == int(digits[-1])


def _find_numbered(text: str) -> Iterator[Material]:
    return (
        load_materials()[map_cas_numbers()[number]]
        for number in find_cas_numbers(text)
        if number in map_cas_numbers()
    )


@cache
def map_cas_numbers() -> dict[str, str]:
    """The name of a material by each of its CAS numbers."""
    rows = map(str.split, read_lines("cas"))
    return {
        part: " ".join(part for part in row if not part[0].isdigit())
        for row in rows
        for part in row
        if part[0].isdigit()
    }


def _find_named_materials(
    pattern: re.Pattern[str], known: dict[str, Material], text: str
) -> Iterator[Material]:
    """Find each material in a text, without a group right behind its member: 钐钴永磁 is samarium
    cobalt alone.
    """
    before, end = None, 0
    for hit in pattern.finditer(text):
        material = known.get(hit[1])
        if material and not (
            before and material.name in list_groups(before) and not text[end : hit.start()].strip()
        ):
            yield material
        before, end = material, hit.end()


def strip_materials(text: str) -> str:
    """A text without the materials that it names: what else it says."""
    english = put_in_english(text)
    plain = FORMULA.sub(lambda formula: " " if _find_formulas(formula[0]) else formula[0], english)
    rest = _compile_english()[0].sub(" ", CAS_MARK.sub(" ", CAS_NUMBER.sub(" ", plain)).casefold())
    return _compile_chinese().sub(" ", simplify_han(rest))


def _find_formulas(text: str) -> set[Material]:
    words = FORMULA.findall(text)
    exact = {load_symbols()[word] for word in words if len(word) > 2 and word in load_symbols()}
    alone = (*DOPANT.findall(text), *SUBSTANCE.findall(text))
    exact |= {load_symbols()[symbol] for symbol in alone if symbol in load_symbols()}
    exact |= {
        load_symbols()[part]
        for word in words
        if ALLOY.fullmatch(word)
        for part in word.split("-")
        if part in load_symbols()
    }
    parts = (
        part
        for word in words
        if re.search(r"[A-Z][a-z]?\d", word)
        for part in re.findall(r"[A-Z][a-z]?", word)
    )
    return exact or {
        load_symbols()[part]
        for part in parts
        if part in load_symbols() and part not in {"B", "V", "W", "Y"}
    }


def parse_material_column(cells: tuple[str, ...]) -> frozenset[Material]:
    """The materials of a column that holds nothing else: there a symbol alone is one."""
    return frozenset(
        material
        for cell in cells
        for material in (
            {load_symbols()[cell.strip()]}
            if cell.strip() in load_symbols()
            else find_materials(cell)
        )
    )


def list_contents(material: Material) -> tuple[str, ...]:
    """List what a material is made of, as far as it matters; an oxide is of its metal."""
    metal, _, compound = material.name.partition(" ")
    of = (metal,) if metal in load_materials() and compound.endswith("oxide") else ()
    return _load_contents().get(material.name, of)


@cache
def _load_contents() -> dict[str, tuple[str, ...]]:
    rows = (row.partition(": ") for row in read_lines("contains"))
    return {whole: tuple(parts.split(", ")) for whole, _, parts in rows}


@cache
def load_materials() -> dict[str, Material]:
    """Every material by its name."""
    return {material.name: material for material, _, _, _ in _parse_lines()}


@cache
def list_groups(material: Material) -> tuple[str, ...]:
    """List the groups of a material, the nearest first: neodymium is of light rare earths, then of
    rare earths.
    """
    by_name = load_materials()
    names_of: list[str] = []
    while material.group:
        names_of.append(material.group)
        if material.group not in by_name:
            break
        material = by_name[material.group]
    return tuple(names_of)


# What a product's or an item's words say beyond its material: a thing made of it, or only its shape
# and purity. Pure.

WORD = re.compile(r"[a-z][a-z'-]*")
HAN = re.compile(f"[{HAN_RANGE}]+")
# what a thing is for makes no other thing of it
PURPOSE = re.compile(r"(?<!\s)\s+for\s.*$|用于.*$", re.IGNORECASE | re.DOTALL)
AND = re.compile(r"[、，,;；及和与或]|\b(?:and|or)\b", re.IGNORECASE)
DOPED = re.compile(r"\bdoped\b|掺")  # what is in the goods, and not their state
WITH_DIGITS = re.compile(r"(?<!\S)[^\s\d]*+\d\S*")  # 99.9%, Ti-6Al-4V
LEAST_HAN = 2  # characters that are left; one says nothing


@cache
def _load_goods() -> dict[str, str]:
    """Each name of a thing → the first one."""
    rows = (line.partition("|") for line in read_lines("goods"))
    return {
        name: english.split("; ")[0]
        for english, _, han in rows
        for name in (*english.split("; "), *han.split())
    }


@cache
def _compile_goods() -> re.Pattern[str]:
    names = (
        (re.escape(name), name.isascii()) for name in sorted(_load_goods(), key=len, reverse=True)
    )
    return re.compile(
        "|".join(
            rf"(?<![a-z]){_make_plural(name)}(?![a-z])" if latin else name for name, latin in names
        )
    )


def _make_plural(name: str) -> str:
    return rf"{name[:-1]}(?:y|ies)" if name.endswith("y") else rf"{name}(?:s|es)?"


@lru_cache(maxsize=16384)
def find_goods(text: str) -> frozenset[str]:
    """The things that a text names, in English."""
    table = _load_goods()
    hits = _compile_goods().findall(simplify_han(put_in_english(text)).casefold().replace("‑", "-"))
    ends = (("", ""), ("s", ""), ("es", ""), ("ies", "y"))
    return frozenset(
        next(
            table[name]
            for end, single in ends
            if hit.endswith(end) and (name := hit.removesuffix(end) + single) in table
        )
        for hit in hits
    )


def select_specific(things: frozenset[str]) -> frozenset[str]:
    """Select things that identify goods; a window or a cathode may be of anything."""
    return things - {_load_goods()[name] for name in read_tables()["uses"].split()}


def is_use_of_material(things: frozenset[str]) -> bool:
    """Return whether all things are uses of a material, such as a cathode: the material itself is
    one.
    """
    return things <= {_load_goods()[name] for name in read_tables()["uses_of_material"].split()}


class MaterialKind(StrEnum):
    """What goods are beside the material in their name: what makes, treats or explains it is not
    it.
    """

    TECHNOLOGY = "technology"
    SOFTWARE = "software"
    EQUIPMENT = "equipment"
    REAGENT = "a reagent"
    ORE = "ore"
    PART = "a part that contains it"
    OTHER = ""


BY_LETTER = {
    "B": MaterialKind.EQUIPMENT,
    "D": MaterialKind.SOFTWARE,
    "E": MaterialKind.TECHNOLOGY,
}  # of a control code (Wassenaar)


@cache
def _list_patterns(table: str) -> list[tuple[str, re.Pattern[str]]]:
    """The kinds, or the states, of goods by what their names speak of; of kinds the first
    decides.
    """
    return [(name, re.compile(told)) for name, told in read_tables()[table].items()]


def _find_told(patterns: Iterable[tuple[T, re.Pattern[str]]], texts: Iterable[str]) -> Iterator[T]:
    """What the patterns stand for that match in one of the texts, as levelled."""
    low = [simplify_han(put_in_english(text)).casefold() for text in texts]
    return (told for told, pattern in patterns if any(map(pattern.search, low)))


def find_kind(texts: Sequence[str], codes: Sequence[str] = ()) -> MaterialKind:
    """Find the kind of goods by their names, else by the letter that all control codes share."""
    by_name = _find_kind_by_names(*texts)
    letters = {code[1:2].upper() for code in codes}
    return by_name or (BY_LETTER.get(letters.pop(), by_name) if len(letters) == 1 else by_name)


@lru_cache(maxsize=16384)
def _find_kind_by_names(*texts: str) -> MaterialKind:
    return MaterialKind[next(_find_told(_list_patterns("kinds"), texts), "other").upper()]


@cache
def _list_forms() -> list[re.Pattern[str]]:
    """Load the forms that a material is drawn, rolled or cast to; each differs from the others."""
    return [*map(re.compile, read_lines("drawn"))]


@lru_cache(maxsize=16384)
def find_forms(*texts: str) -> frozenset[int]:
    """Find the forms (wire, bar, sheet) that goods are made to, by their names."""
    return frozenset(_find_told(enumerate(_list_forms()), texts))


@lru_cache(maxsize=16384)
def find_states(*texts: str) -> frozenset[str]:
    """Find the states of goods' material (metal, alloy, oxide, compound); none if a part names no
    state.
    """
    states: set[str] = set()
    for part in AND.split(simplify_han(put_in_english("、".join(texts)))):
        low = part.casefold()
        told = {name for name, pattern in _list_patterns("states") if pattern.search(low)}
        if not told and find_materials(part) and not DOPED.search(low):
            return frozenset()
        states |= told
    return frozenset(states)


def find_states_by_number(*texts: str) -> frozenset[str]:
    """Find the states of goods by the CAS numbers in texts."""
    known = _load_states_by_number()
    return frozenset(known[number] for number in find_cas_numbers(*texts) if number in known)


@cache
def _load_states_by_number() -> dict[str, str]:
    """Load states by number: in an element's row stands first the metal's, then the oxide's."""
    pairs = (row.split()[:2] for row in read_lines("cas"))
    return {
        number: state
        for pair in pairs
        if pair[1][0].isdigit()
        for number, state in zip(pair, ("metal", "an oxide"), strict=True)
    }


@lru_cache(maxsize=16384)
def is_material(text: str) -> bool:
    """Return whether a text names only a material, with its shape, purity and grade."""
    rest = WITH_DIGITS.sub(" ", strip_materials(PURPOSE.sub("", put_in_english(text))))
    words = [word for word in WORD.findall(rest) if len(word) > 2]
    shapes = _load_shapes()
    if any(
        word not in shapes and not all(part in shapes for part in word.split("-")) for word in words
    ):
        return False
    return not IS_CJK.search(rest) or all(
        len(_strip_shapes(run)) < LEAST_HAN for run in HAN.findall(rest)
    )


def _strip_shapes(run: str) -> str:
    for shape in _load_han_shapes():
        run = run.replace(shape, "")
    return run


@cache
def _load_shapes() -> frozenset[str]:
    return frozenset(read_tables()["shapes"].split())


@cache
def _load_han_shapes() -> tuple[str, ...]:
    return tuple(sorted(read_tables()["shapes_in_chinese"].split(), key=len, reverse=True))
