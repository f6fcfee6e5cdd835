"""Tables and patterns of the names in the vocabulary, as a grammar uses them: made anew when scrapers have declared more."""

import re
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

    def search(self, string: str, pos: int = 0, /) -> re.Match[str] | None: ...
    def match(self, string: str, pos: int = 0, /) -> re.Match[str] | None: ...
    def finditer(self, string: str, pos: int = 0, /) -> Iterator[re.Match[str]]: ...


class Phrase:
    """A pattern over such names: `write` says it from the tables as they are then."""

    def __init__(self, write: Callable[[], str], flags: re.RegexFlag = re.NOFLAG) -> None:
        self._compiled = PerVocabulary(lambda _: re.compile(write(), flags))

    def search(self, string: str, pos: int = 0, /) -> re.Match[str] | None:
        """As a compiled pattern does."""
        return self._compiled().search(string, pos)

    def match(self, string: str, pos: int = 0, /) -> re.Match[str] | None:
        """As a compiled pattern does."""
        return self._compiled().match(string, pos)

    def finditer(self, string: str, pos: int = 0, /) -> Iterator[re.Match[str]]:
        """As a compiled pattern does."""
        return self._compiled().finditer(string, pos)
