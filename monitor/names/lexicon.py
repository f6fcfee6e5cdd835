"""Words of Japanese and Korean firms' names: each with how it is written in letters. Pure."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from monitor.names import words
from monitor.names.scripts import simplify_han
from monitor.names.sounds import level_romaji


class Sort(IntEnum):
    """What a part of a name is."""

    OWN = 0  # no table has it
    WORD = 1  # a family name, or what firms are called by
    PLACE = 2
    TRADE = 3
    BRAND = 4  # a firm of another name in letters


class Part(NamedTuple):
    """A part of a name: `says` has its ways in letters, without spaces."""

    text: str
    sort: Sort
    says: frozenset[str] = frozenset()


class Lexicon:
    """The words of a language that names are cut at."""

    def __init__(self, language: str, written: Mapping[str, str]) -> None:
        self.language = language
        self.omitted = frozenset(_normalize_text(written["omitted"]).split())
        self.characters: dict[str, frozenset[str]] = {}
        self._plain: dict[str, Part] = {}
        for text, says in _read_trades(written["trades"]):
            known = self._plain.get(text)
            both = says | known.says if known else says
            self._plain[text] = Part(text, Sort.TRADE, both)
        self._join_trades()
        self._add(written.get("characters", ""), Sort.OWN)
        self._add(written.get("words", ""), Sort.WORD)
        self._add(written["places"], Sort.PLACE)
        self.spoken = {Sort.PLACE, Sort.WORD} if language == "korean" else {Sort.PLACE}
        self.towns = frozenset[str]().union(
            *(part.says for part in self._plain.values() if part.sort in self.spoken)
        )
        self._longest = max(
            len(text.split()[0]) for text in _normalize_text(written["brands"]).split("|")
        )
        self._brands = {
            cell[0]: Part(cell[0], Sort.BRAND, _level_readings(cell[1:]))
            for cell in _split_cells(written["brands"])
        }
        self._letters = dict(_split_cells(written["letters"]))
        self._spelt_out = re.compile("|".join(sorted(self._letters, key=len, reverse=True)))
        self.in_letters = frozenset[str]().union(*(part.says for part in self._brands.values()))

    def _join_trades(self) -> None:
        """Let a trade with a word that is often left out say what it says without that."""
        for text, part in [*self._plain.items()]:
            for end in self.omitted:
                if text.endswith(end) and (bare := self._plain.get(text[: -len(end)])):
                    self._plain[text] = part._replace(says=part.says | bare.says)

    def _add(self, table: str, sort: Sort) -> None:
        for text, *says in _split_cells(table):
            if len(text) > 1:
                self._plain[text] = Part(text, sort, _level_readings(says))
            else:
                self.characters[text] = self.characters.get(text, frozenset()) | {*says}

    def spell_out(self, text: str) -> str:
        """Write letters that a text calls by their names: エヌエムビー is NMB; "" if it is other."""
        found = self._spelt_out.findall(text)
        return "".join(self._letters[each] for each in found) if "".join(found) == text else ""

    def cut(self, name: str, *, brands: bool = True) -> Iterator[Part]:
        """Cut a name at the longest known words; what is between them is its own."""
        text, own, here = name.replace("・", ""), "", 0
        while here < len(text):
            if known := self._find(text, here, brands=brands):
                if own:
                    yield Part(own, Sort.OWN)
                yield known
                own, here = "", here + len(known.text)
            else:
                own += text[here]
                here += 1
        if own:
            yield Part(own, Sort.OWN)

    def _find(self, text: str, here: int, *, brands: bool) -> Part | None:
        for size in range(min(self._longest, len(text) - here), 0, -1):
            told = text[here : here + size]
            if known := (self._brands.get(told) if brands else None) or self._plain.get(told):
                return known
        return None


@cache
def load_lexicon(language: str) -> Lexicon:
    """Load the words of a language."""
    path = Path(__file__).with_name(f"{language}.toml")
    return Lexicon(language, tomllib.loads(path.read_text("utf-8")))


def _normalize_text(text: str) -> str:
    return simplify_han(unicodedata.normalize("NFKC", text)).casefold()


def _split_cells(table: str) -> Iterator[list[str]]:
    return (
        cell.split()
        for cell in _normalize_text(table).replace("\n", "|").split("|")
        if cell.split()
    )


def _level_readings(ways: Iterable[str]) -> frozenset[str]:
    plain = [way.replace("-", "") for way in ways]
    return frozenset({*plain, *map(level_romaji, plain)})


def _read_trades(table: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Read rows: the words | how they are read | what they mean; or the words | what they mean."""
    common = words.load_common_words()
    for row in _normalize_text(table).strip().splitlines():
        written, *read, meant = (cell.split() for cell in row.split("|"))
        plain = ("".join(common.get(word, word) for word in way.split("-")) for way in meant)
        says = frozenset(plain).union(*map(_level_readings, (*read, meant)))
        yield from ((text, says) for text in written)
