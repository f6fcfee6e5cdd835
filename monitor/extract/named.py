"""Tables and patterns of the names in the vocabulary, as a grammar uses them: made anew when scrapers have declared more."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from monitor.vocabulary import PerVocabulary, Vocabulary

V_co = TypeVar("V_co", covariant=True)


class Names(Mapping[str, V_co], Generic[V_co]):
    """What something is written like → its code."""

    def __init__(self, make: Callable[[Vocabulary], Mapping[str, V_co]]) -> None:
        self._names = PerVocabulary(make)

    def __getitem__(self, name: str) -> V_co:
        return self._names()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())


def names_of(table: Iterable[str]) -> str:
    """The names of a table as a pattern, longest first."""
    return "|".join(re.escape(name) for name in sorted(table, key=len, reverse=True))


class Pattern(Protocol):
    """What `Phrase` and a compiled pattern have in common."""

    def search(self, string: str, pos: int = 0, endpos: int = sys.maxsize, /) -> re.Match[str] | None: ...
    def match(self, string: str, pos: int = 0, endpos: int = sys.maxsize, /) -> re.Match[str] | None: ...
    def fullmatch(self, string: str, pos: int = 0, endpos: int = sys.maxsize, /) -> re.Match[str] | None: ...
    def finditer(self, string: str, pos: int = 0, endpos: int = sys.maxsize, /) -> Iterator[re.Match[str]]: ...
    def sub(self, repl: str, string: str, /) -> str: ...


class Phrase:
    """A pattern over such names: `write` says it from the tables as they are then."""

    def __init__(self, write: Callable[[], str], flags: re.RegexFlag = re.NOFLAG) -> None:
        self._compiled = PerVocabulary(lambda _: re.compile(write(), flags))

    def search(self, string: str, pos: int = 0, endpos: int = sys.maxsize, /) -> re.Match[str] | None:
        """As a compiled pattern does."""
        return self._compiled().search(string, pos, endpos)

    def match(self, string: str, pos: int = 0, endpos: int = sys.maxsize, /) -> re.Match[str] | None:
        """As a compiled pattern does."""
        return self._compiled().match(string, pos, endpos)

    def fullmatch(self, string: str, pos: int = 0, endpos: int = sys.maxsize, /) -> re.Match[str] | None:
        """As a compiled pattern does."""
        return self._compiled().fullmatch(string, pos, endpos)

    def finditer(self, string: str, pos: int = 0, endpos: int = sys.maxsize, /) -> Iterator[re.Match[str]]:
        """As a compiled pattern does."""
        return self._compiled().finditer(string, pos, endpos)

    def sub(self, repl: str, string: str, /) -> str:
        """As a compiled pattern does."""
        return self._compiled().sub(repl, string)


# How a pattern such as `对…采取` reads a text once: a stretch in which nothing closes what it opened is passed over.
#
# Without it every further `对` of the stretch would look for the same missing end again: a paragraph of them would take hours.
# Such a pattern ends in `|…*+(?P<dead>)`, which swallows the stretch in which no later opening can be closed either.


def finds(pattern: Pattern, text: str, since: int = 0) -> Iterator[re.Match[str]]:
    """The matches of a pattern from a place on, without its dead ends."""
    return (match for match in pattern.finditer(text, since) if match["dead"] is None)


def find(pattern: Pattern, text: str, since: int = 0) -> re.Match[str] | None:
    """The first match of a pattern from a place on that is no dead end."""
    return next(finds(pattern, text, since), None)
