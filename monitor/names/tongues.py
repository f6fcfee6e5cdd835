"""Words of trade in other tongues, single ones and several in a row, as English words. Pure."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from monitor.names import words
from monitor.names.slavic import level_letters
from monitor.names.sounds import spell_in_english

LEAST = 5  # letters of a word that is looked up by its stem
NAMED_AFTER = "\x00named after"
Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]


@cache
def _load_tables() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("tongues.toml").read_text("utf-8"))


def _parse_rows(table: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in table.strip().splitlines():
        spelt, _, meant = row.partition(" | ")
        yield from ((way, tuple(meant.split())) for way in spelt.split(", "))


def _list_latin_rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    for tongue, table in _load_tables().items():
        if tongue != "cyrillic":
            yield from _parse_rows(table)


@cache
def _load(mark: str) -> dict[str, tuple[str, ...]]:
    """Load the words with a mark: of a stem, or of a part of a compound."""
    return {
        word.removesuffix(mark): meant for word, meant in _list_latin_rows() if word.endswith(mark)
    }


@cache
def _compile_stems() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Make a pattern of the stems, the longest first, and what each means; also as levelled."""
    stems = _load("*")
    meant = {level_letters(stem): told for stem, told in stems.items()} | stems
    return re.compile(_list_ways(meant)), meant


@cache
def _compile_compounds() -> re.Pattern[str]:
    """Make a pattern of the parts of compounds."""
    ways = _list_ways(_load("-"))
    return re.compile(f"({ways})(?:s|e?n|e)?(?=(?:{ways})|$)")


def _list_ways(spelt: Iterable[str]) -> str:
    return "|".join(sorted(spelt, key=len, reverse=True))


@cache
def _load_phrases() -> Phrases:
    """Load words that mean something together, by the first of them, the longest first."""
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for written, meant in _list_latin_rows():
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


def _is_special(raw: str) -> bool:
    """Return whether a word may need another reading than its own."""
    return raw in _load_phrases() or bool(translate_word(raw, alone=False))


def _read_here(raws: Sequence[str], place: int) -> tuple[int, tuple[str, ...]]:
    """Read the longest words that mean something together, or else one: how many, and what."""
    raw = raws[place]
    for written, meant in _load_phrases().get(raw, ()):
        if tuple(raws[place : place + len(written)]) == written:
            return len(written), meant
    return 1, translate_word(raw, alone=len(raws) < 2) or (raw,)


@lru_cache(maxsize=16384)
def translate_word(raw: str, *, alone: bool) -> tuple[str, ...]:
    """Translate a word, unless it is a common one or a place; a foreign word alone is a name."""
    if raw in words.load_common_words() or raw in words.load_places():
        return ()
    return () if alone else _translate_word(raw)


def _translate_word(word: str) -> tuple[str, ...]:
    """Translate a word in Latin letters without accents; nothing if it is unknown."""
    if meant := _load("").get(word) or _translate_parts(word):
        return meant
    pattern, table = _compile_stems()
    ways = (word, *map(level_letters, (word, *spell_in_english(word))))
    hits = (pattern.match(way) for way in ways if len(word) >= LEAST)
    return next((table[hit[0]] for hit in hits if hit), ())


def _translate_parts(word: str) -> tuple[str, ...]:
    """Translate each part of a compound; nothing if a part is unknown or there is one alone."""
    parts = [*_compile_compounds().finditer(word)]
    if len(parts) < 2 or "".join(part[0] for part in parts) != word:
        return ()
    return tuple(told for part in parts for told in _load("-")[part[1]])


@cache
def _map_cyrillic() -> dict[str, tuple[str, ...]]:
    return dict(_parse_rows(_load_tables()["cyrillic"]))


def read_cyrillic(word: str) -> tuple[str, ...]:
    """Read an English word in Cyrillic letters (Трейдинг), or initials that are translated (ОДК)."""
    return _map_cyrillic().get(word, ())
