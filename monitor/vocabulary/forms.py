"""Legal forms of companies in running text: patterns derived of the table that
`monitor.names.forms` is. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from monitor.names.forms import ENDINGS, WRITTEN

OF_PERSONS = ("Jr.", "Sr.", "Esq.", "II", "III", "IV", "V")  # what ends their names behind a comma


def _spelt(ending: str) -> str:
    """`LLC` with and without its points; `Ltd` has none but the last."""
    return r"\.? ".join(
        re.escape(word) if _is_word(word) else _pointed(word, r"\.?") for word in ending.split()
    )


def _is_word(written: str) -> bool:
    return written[1:].islower() or len(written) == 1


def _pointed(word: str, point: str) -> str:
    return point.join(re.escape(letter) for letter in word)


def _one_of(patterns: Iterable[str]) -> str:
    """One of several patterns, the longest first."""
    return "|".join(sorted(set(patterns), key=lambda pattern: (-len(pattern), pattern)))


def _or_in_capitals(patterns: Iterable[str]) -> str:
    """One of several patterns of letters and points, as it is printed or in capitals."""
    return _one_of(spelt for pattern in patterns for spelt in (pattern, pattern.upper()))


_STOPPED = tuple(written[:-1] for written in (*WRITTEN, *OF_PERSONS) if written.endswith("."))
_INITIALS = [
    _pointed(ending, r"\.") for ending in ENDINGS if ending.isalpha() and not _is_word(ending)
]

# Patterns of names in running text, for use within others. Without case, `as` is an AS.
FORM = rf"(?:{_one_of(map(_spelt, ENDINGS))})\b"
# In unknown names case counts, whatever the pattern around does, and an As-Saadi in capitals is no
# AS.
FORM_OR_CAPITALS = rf"(?-i:(?:{_or_in_capitals(map(_spelt, ENDINGS))})\b(?!-))"
# with the points and spaces behind it, and what makes it variable: `S.A. de C.V.`
ENDING = rf"{FORM}[. ]*(?:[Dd][Ee] C\.?V\b[. ]*)?"
SUFFIX = rf"(?:{_one_of(written.rstrip('.') for written in OF_PERSONS)})\b"  # of a person
# Ends of names without the last full stop, which ends no sentence: `Ltd`, `S.p.A`, `Jr`.
ABBREVIATED = rf"\b(?:{_or_in_capitals((*_STOPPED, *_INITIALS))})"


def _behind(sign: str, point: str) -> Iterator[str]:
    """Match behind one of the words with a full stop: a look-behind has one width."""
    for _, words in groupby(sorted(_STOPPED, key=len), key=len):
        yield rf"(?<{sign}\b(?:{_or_in_capitals(words)}){point})"


# what follows is no full stop of a word such as `Ltd`
NOT_BEHIND_ABBREVIATED = "".join(_behind("!", ""))
BEHIND_ABBREVIATED = rf"(?:{'|'.join(_behind('=', '[.]'))})"  # behind such a full stop
_ENDING = re.compile(ENDING)


def is_ending(text: str) -> bool:
    """Return whether this is a legal form alone: `Inc.`, `S.A.`"""
    return _ENDING.fullmatch(text) is not None
