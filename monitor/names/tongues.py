"""Words of trade in other tongues, single ones and several in a row, as English words. Pure."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from monitor.names import words

NAMED_AFTER = "\x00named after"
Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]


@cache
def _written() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("tongues.toml").read_text("utf-8"))


def _rows(table: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in table.strip().splitlines():
        spelt, _, meant = row.partition(" | ")
        yield from ((way, tuple(meant.split())) for way in spelt.split(", "))


def _in_latin() -> Iterator[tuple[str, tuple[str, ...]]]:
    for tongue, table in _written().items():
        if tongue != "cyrillic":
            yield from _rows(table)


@cache
def _single() -> dict[str, tuple[str, ...]]:
    return {word: meant for word, meant in _in_latin() if " " not in word and word[-1] != "*"}


@cache
def _stems() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Make a pattern of the stems, the longest first, and what each means."""
    meant = {word[:-1]: told for word, told in _in_latin() if word[-1] == "*"}
    return re.compile("|".join(sorted(meant, key=len, reverse=True))), meant


@cache
def _phrases() -> Phrases:
    """Load words that mean something together, by the first of them, the longest first."""
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for written, meant in _in_latin():
        if " " in written:
            row = tuple(written.split())
            phrases.setdefault(row[0], []).append((row, meant))
    return {first: sorted(some, key=lambda row: -len(row[0])) for first, some in phrases.items()}


def translate_words(raws: list[str]) -> list[str]:
    """Words of other tongues, and their acronyms, in English; `named after` as one mark."""
    if not any(map(_is_special, raws)):
        return raws
    told: list[str] = []
    place = 0
    while place < len(raws):
        size, meant = _read_here(raws, place)
        if place and meant == ("named", "after"):
            told += () if told[-1:] == [NAMED_AFTER] else (NAMED_AFTER,)
        else:
            told += meant
        place += size
    return told


@lru_cache(maxsize=16384)
def _is_special(raw: str) -> bool:
    """Return whether a word may need another reading than its own."""
    return raw in _phrases() or bool(translate_word(raw, alone=False))


def _read_here(raws: Sequence[str], place: int) -> tuple[int, tuple[str, ...]]:
    """Read the longest words that mean something together, or else one: how many, and what."""
    raw = raws[place]
    for written, meant in _phrases().get(raw, ()):
        if tuple(raws[place : place + len(written)]) == written:
            return len(written), meant
    return 1, translate_word(raw, alone=len(raws) < 2) or (raw,)


@lru_cache(maxsize=16384)
def translate_word(raw: str, *, alone: bool) -> tuple[str, ...]:
    """Translate a word, unless it is a common one or a place; a foreign word alone is a name."""
    if raw in words.load_common_words() or raw in words.load_places():
        return ()
    return (() if alone else _translate(raw)) or words.translate_word(raw, alone=alone)


def _translate(word: str) -> tuple[str, ...]:
    """Translate a word in Latin letters without accents; nothing if it is unknown."""
    if meant := _single().get(word):
        return meant
    pattern, table = _stems()
    hit = pattern.match(word)
    return table[hit[0]] if hit else ()


@cache
def _cyrillic() -> dict[str, tuple[str, ...]]:
    return dict(_rows(_written()["cyrillic"]))


def read_cyrillic(word: str) -> tuple[str, ...]:
    """Read an English word in Cyrillic letters (Трейдинг), or initials that are translated (ОДК)."""
    return _cyrillic().get(word, ())
