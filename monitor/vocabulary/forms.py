"""Legal forms of companies in running text: patterns derived of the table that
`monitor.names.forms` is. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from monitor.names.forms import ENDINGS, WRITTEN

OF_PERSONS = ("Jr.", "Sr.", "Esq.", "II", "III", "IV", "V")  # what ends their names behind a comma


def _make_spelling_pattern(ending: str) -> str:
    """`LLC` with and without its points; `Ltd` has none but the last."""
    return r"\.? ".join(
        re.escape(word) if _is_word(word) else _make_pointed_pattern(word, r"\.?")
        for word in ending.split()
    )


def _is_word(written: str) -> bool:
    return written[1:].islower() or len(written) == 1


def _make_pointed_pattern(word: str, point: str) -> str:
    return point.join(re.escape(letter) for letter in word)


def _join_alternatives(patterns: Iterable[str]) -> str:
    """One of several patterns, the longest first."""
    return "|".join(sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern)))


def _add_capitals(patterns: Iterable[str]) -> str:
    """One of several patterns of letters and points, as it is printed or in capitals."""
    return _join_alternatives(spelt for pattern in patterns for spelt in (pattern, pattern.upper()))


# forms in small letters, which are always written with points
_SMALL = ("a.s", "s.r.o", "d.o.o", "d.d", "a.d", "e.V", "z o.o", "z.o.o", "s.p.a")
_STOPPED = tuple(written[:-1] for written in (*WRITTEN, *OF_PERSONS) if written.endswith("."))
_INITIALS = [
    _make_pointed_pattern(ending, r"\.")
    for ending in ENDINGS
    if ending.isalpha() and not _is_word(ending)
]

# Patterns of names in running text, for use within others. Without case, `as` is an AS.
FORM = rf"(?:{_join_alternatives(map(_make_spelling_pattern, ENDINGS))})\b"
# In unknown names case counts, whatever the pattern around does, and an As-Saadi in capitals is no
# AS.
FORM_OR_CAPITALS = rf"(?-i:(?:{_add_capitals(map(_make_spelling_pattern, ENDINGS))})\b(?!-))"
# with the points and spaces behind it, and what makes it variable: `S.A. de C.V.`
ENDING = rf"{FORM}[. ]*(?:[Dd][Ee] C\.?V\b[. ]*)?"
SUFFIX = (
    rf"(?:{_join_alternatives(written.rstrip('.') for written in OF_PERSONS)})\b"  # of a person
)
# Ends of names without the last full stop, which ends no sentence: `Ltd`, `S.p.A`, `Jr`.
ABBREVIATED = rf"\b(?:{_add_capitals((*_STOPPED, *_INITIALS, *map(re.escape, _SMALL)))})"
SMALL = rf"(?:{_join_alternatives(map(re.escape, _SMALL))})\b\.?"


def _list_look_behinds(sign: str, point: str) -> Iterator[str]:
    """Match behind one of the words with a full stop: a look-behind has one width."""
    for _, words in groupby(sorted(_STOPPED, key=len), key=len):
        yield rf"(?<{sign}\b(?:{_add_capitals(words)}){point})"


# what follows is no full stop of a word such as `Ltd`
NOT_BEHIND_ABBREVIATED = "".join(_list_look_behinds("!", ""))
BEHIND_ABBREVIATED = rf"(?:{'|'.join(_list_look_behinds('=', '[.]'))})"  # behind such a full stop
_ENDING = re.compile(ENDING)


def is_ending(text: str) -> bool:
    """Return whether this is a legal form alone: `Inc.`, `S.A.`"""
    return _ENDING.fullmatch(text) is not None
