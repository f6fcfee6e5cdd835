"""How Japanese names are read, and spelt in Latin letters. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from monitor.names.lexicon import Lexicon, Part, Sort
from monitor.names.sounds import (
    hear_english,
    hear_katakana,
    level_romaji,
    make_heard_key,
    romanize_kana,
    strip_heard_vowels,
)

KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc・]{2,}")
PIECES = re.compile(f"{KANA.pattern}|[a-z0-9]+|[^a-z0-9]")
ROMAJI = re.compile("(?>(?:(?:[kgstnhmrbpzdjfwy]|sh|ch|ts|[kgnhmrbp]y)?[aiueo]|n)+)")
# what may be levelled to it; it is asked of every name
MAYBE_ROMAJI = re.compile(
    "(?>(?:(?:[kgstpdbc]{1,2}|[mn]|[hrlwjfvz]|s?sh|t?ch|t?ts|dz|[kgnmhrlbpstzjd]?y)?[aeiou]h?|[nm])+)"
)
ALIKE = str.maketrans("gzdbpf", "ksthhh")
ONE_SOUND = re.compile("sh|ch|j|ts")
# what the first sound of a second word becomes
VOICED = {
    "k": "g", "sh": "j", "s": "z", "ts": "z", "ch": "j", "t": "d", "h": "bp", "f": "bp",
}  # fmt: skip
FIRST = re.compile("sh|ch|ts|[ksthf]")
MOST, MOST_SPELT = 256, 4096  # readings
SHORTEST = 3  # letters
SURE_KANA, BESIDES = 4, 2  # consonants of a word alone, and of one beside others


def _join_by_script(names: Sequence[Part]) -> list[tuple[str, list[Part]]]:
    """Put parts together that are written in one script: `kanji`, `kana` or `latin`."""
    found = []
    for part in names:
        texts = [part.text] if part.sort is not Sort.OWN else PIECES.findall(part.text)
        found += [(part if part.sort is not Sort.OWN else Part(text, Sort.OWN)) for text in texts]
    return [(script, [*some]) for script, some in groupby(found, _find_script)]


def _find_script(part: Part) -> str:
    if part.sort is not Sort.OWN:
        return "kanji"
    return "latin" if part.text.isascii() else "kana" if KANA.fullmatch(part.text) else "kanji"


def rate_reading(
    names: Sequence[Part], told: Sequence[str], lexicon: Lexicon, *, beside: bool
) -> int:
    """Rate how surely own words are read as these words in letters: 0, 1 or 2."""
    pieces = _join_by_script(names)
    least = BESIDES if beside or len(pieces) > 1 else SURE_KANA
    return _rate_pieces(pieces, told, lexicon, least)


def _rate_pieces(
    pieces: Sequence[tuple[str, list[Part]]], told: Sequence[str], lexicon: Lexicon, least: int
) -> int:
    if not pieces or not told:
        return 2 if not pieces and not told else 0
    first, *rest = pieces
    ends = [len(told)] if not rest else range(1, len(told))
    return max(
        (
            min(
                _rate_piece(*first, told[:end], lexicon, least),
                _rate_pieces(rest, told[end:], lexicon, least) if rest else 2,
            )
            for end in ends
        ),
        default=0,
    )


def _rate_piece(
    script: str, parts: Sequence[Part], told: Sequence[str], lexicon: Lexicon, least: int
) -> int:
    spelt = level_romaji("".join(told))
    if script == "latin":
        return 2 if "".join(part.text for part in parts) == "".join(told) else 0
    if script == "kana":
        text = "".join(part.text for part in parts)
        if spelt == level_romaji(romanize_kana(text)) or "".join(told) == lexicon.spell_out(text):
            return 2
        return _rate_heard(text, told, least)
    if len(spelt) < SHORTEST or fold_reading(spelt) not in read_parts(parts, lexicon):
        return 0
    if spelt not in _spell_parts(parts, lexicon):
        return 0
    return 1 if any(part.sort is Sort.OWN for part in parts) else 2


def _rate_heard(kana: str, told: Sequence[str], least: int) -> int:
    """Rate how surely a word in kana is an English one."""
    heard, english = hear_katakana(kana), "".join(map(hear_english, told))
    left = strip_heard_vowels(heard)
    same = make_heard_key(heard) == make_heard_key(english) and len(told) == 1
    begins = heard[:1] in "aeo" and english[:1] in "aeo"
    is_vowel = (heard[:1] in "aeo") != (english[:1] in "aeo")
    return int(bool(left) and same and len(left) >= least and (begins or not is_vowel))


def fold_reading(spelt: str) -> str:
    """Reduce a levelled reading to what is one for voiced and voiceless sounds."""
    return ONE_SOUND.sub("s", spelt).translate(ALIKE)


def _list_readings(part: Part, lexicon: Lexicon) -> frozenset[str]:
    """List how a part is read; nothing if no table has a character of it."""
    if part.sort is not Sort.OWN:
        return part.says
    if ways := lexicon.characters.get(part.text):
        return ways
    return frozenset({romanize_kana(part.text)} if KANA.match(part.text * 2) else ())


def read_parts(parts: Sequence[Part], lexicon: Lexicon) -> frozenset[str]:
    """List the readings of parts, one for voiced and voiceless sounds; none if they are too many."""
    read = {""}
    for part in parts:
        read = {begun + way for begun in read for way in _list_readings(part, lexicon)}
        if len(read) > MOST:
            return frozenset()
    return frozenset(fold_reading(level_romaji(way)) for way in read)


def _spell_parts(parts: Sequence[Part], lexicon: Lexicon) -> set[str]:
    """List the readings of parts, with the first sound of each but the first also voiced."""
    read = {""}
    for part in parts:
        ways = {*_list_readings(part, lexicon)}
        if read != {""} and part.sort is Sort.OWN:
            ways |= {voiced for way in ways for voiced in _list_voiced(way)}
        read = {begun + way for begun in read for way in ways}
        if len(read) > MOST_SPELT:
            return set()
    return {*map(level_romaji, read)}


def _list_voiced(way: str) -> Iterator[str]:
    if first := FIRST.match(way):
        yield from (voiced + way[first.end() :] for voiced in VOICED[first[0]])


def make_keys(names: Sequence[Part], lexicon: Lexicon) -> Iterator[str]:
    """Make keys of the first own words of a Japanese name."""
    for script, parts in _join_by_script(names)[:1]:
        text = "".join(part.text for part in parts)
        if script == "kanji":
            yield from (f"R{way}" for way in read_parts(parts, lexicon))
        elif script == "kana":
            yield f"R{fold_reading(level_romaji(romanize_kana(text)))}"
            yield f"R{lexicon.spell_out(text)}"
        else:
            yield f"R{text}"


def make_key_of_letters(spelt: str) -> Iterator[str]:
    """Make the key of a word in letters that may be Japanese."""
    level = level_romaji(spelt) if MAYBE_ROMAJI.fullmatch(spelt) else ""
    if len(level) >= SHORTEST and ROMAJI.fullmatch(level):
        yield f"R{fold_reading(level)}"
