"""Tables and patterns of the names in the vocabulary, as a grammar uses them: made anew when scrapers have declared more."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar, cast

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


class Phrase:
    """A pattern over such names: `write` says it from the tables as they are then. It does what a compiled pattern does."""

    def __init__(self, write: Callable[[], str], flags: re.RegexFlag = re.NOFLAG) -> None:
        self.compiled = PerVocabulary(lambda _: re.compile(write(), flags))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compiled(), name)


def phrase(write: Callable[[], str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A phrase for whoever wants a pattern."""
    return cast("re.Pattern[str]", Phrase(write, flags))


# How a pattern such as `对…采取` reads a text once: a stretch in which nothing closes what it opened is passed over.
#
# Without it every further `对` of the stretch would look for the same missing end again: a paragraph of them would take hours.
# Such a pattern ends in `|…*+(?P<dead>)`, which swallows the stretch in which no later opening can be closed either.


def finds(pattern: re.Pattern[str], text: str, since: int = 0) -> Iterator[re.Match[str]]:
    """The matches of a pattern from a place on, without its dead ends."""
    return (match for match in pattern.finditer(text, since) if match["dead"] is None)


def find(pattern: re.Pattern[str], text: str, since: int = 0) -> re.Match[str] | None:
    """The first match of a pattern from a place on that is no dead end."""
    return next(finds(pattern, text, since), None)
