"""The words of a language as data: the tables of its `words.toml` as patterns. One reader for
all languages.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from monitor.vocabulary import PerVocabulary, Vocabulary

NAMED = re.compile(r"\{\{([\w.]+)\}\}")


class Language:
    """The tables of a language.

    `{{name}}` in a pattern stands for an entry of its own table, for one of the table `parts`, or
    for what `given` has; `{{table.name}}` for one of another table. What a function gives hangs on
    the vocabulary, and changes with it. The patterns of a table that is `in_any_case` match in any.
    """

    def __init__(
        self, name: str, given: Mapping[str, str | Callable[[], str]] | None = None
    ) -> None:
        self.name = name
        self._file, self._given = Path(__file__).parent / name / "words.toml", given or {}
        self._read: dict[str, Words] = {}
        self._made: dict[tuple[str, str], re.Pattern[str]] = {}

    @cached_property
    def tables(self) -> dict[str, Any]:
        """All tables as they are written."""
        return tomllib.loads(self._file.read_text(encoding="utf-8"))

    def table(self, name: str) -> "Words":
        """The words under a name, of which one begins with that of the table it stands in
        (`subjects.out`).
        """
        if name not in self._read:
            self._read[name] = Words(self, name)
        return self._read[name]

    def entries(self, name: str) -> dict[str, Any]:
        """A table as it is written."""
        table = self.tables
        for part in filter(None, name.split(".")):
            table = table.get(part, {})
        return table

    def compile(self, written: str | list[str], table: str = "") -> re.Pattern[str]:
        """A pattern, or a list of its alternatives, of a table."""
        words = _join_alternatives(written)
        if (table, words) in self._made:
            return self._made[table, words]
        flags = (
            re.IGNORECASE if self.entries(table.partition(".")[0]).get("in_any_case") else re.NOFLAG
        )
        hangs = self._hangs(words, table)
        made = (
            make_phrase(lambda: self.fill(words, table), flags)
            if hangs
            else re.compile(self.fill(words, table), flags)
        )
        self._made[table, words] = made
        return made

    def fill(self, words: str, table: str) -> str:
        """Fill a pattern with all that it names."""

        def filled(named: re.Match[str]) -> str:
            found, home = self._find(named[1], table)
            return found() if callable(found) else self.fill(_join_alternatives(found), home)

        return NAMED.sub(filled, words)

    def _hangs(self, words: str, table: str) -> bool:
        """Return whether a pattern depends on the vocabulary."""
        found = (self._find(name, table) for name in NAMED.findall(words))
        return any(
            callable(entry) or self._hangs(_join_alternatives(entry), home) for entry, home in found
        )

    def _find(self, name: str, table: str) -> tuple[Any, str]:
        """Find what a name stands for, and the table that has it."""
        home, _, entry = name.rpartition(".")
        for place in (home,) if home else (table, table.rpartition(".")[0], "parts"):
            if isinstance(found := self.entries(place).get(entry), str | list):
                return found, place
        return self._given[name], table


class Words:
    """The words of one table: its patterns as attributes, each compiled on first use."""

    def __init__(self, language: Language, name: str) -> None:
        self._language, self._name = language, name

    @cached_property
    def as_written(self) -> dict[str, Any]:
        """The table as it is written."""
        return self._language.entries(self._name)

    def __getattr__(self, name: str) -> re.Pattern[str]:
        if name.startswith("_") or name not in self.as_written:
            raise AttributeError(f"the table {self._name!r} has no {name!r}")
        made: re.Pattern[str] = self._made(self.as_written[name])
        setattr(self, name, made)
        return made

    def _made(self, entry: Any) -> Any:
        if isinstance(entry, dict):
            return {
                name: self._made(inner)
                for name, inner in entry.items()
                if not isinstance(inner, dict)
            }
        return self._language.compile(entry, self._name)

    def table_within(self, name: str) -> "Words":
        """A table within this one."""
        return self._language.table(f"{self._name}.{name}".strip("."))

    def table_of(self, name: str) -> dict[str, re.Pattern[str]]:
        """The patterns of a table within this one, by their names; where it has none, none."""
        return cast("dict[str, re.Pattern[str]]", getattr(self, name, {}))

    def text_of(self, name: str) -> str:
        """Return a written entry, filled with all that it names."""
        return self._language.fill(_join_alternatives(self.as_written[name]), self._name)


def _join_alternatives(written: str | list[str]) -> str:
    return written if isinstance(written, str) else "|".join(written)


# Tables and patterns of the names in the vocabulary, as a grammar uses them. They are made again
# when scrapers declare more.

V_co = TypeVar("V_co", covariant=True)


class Names(Mapping[str, V_co], Generic[V_co]):
    """Maps spellings to codes."""

    def __init__(self, make: Callable[[Vocabulary], Mapping[str, V_co]]) -> None:
        self._names = PerVocabulary(make)

    def __getitem__(self, name: str) -> V_co:
        return self._names()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())


def make_names_pattern(table: Iterable[str]) -> str:
    """The names of a table as a pattern, longest first."""
    return "|".join(re.escape(name) for name in sorted(table, key=len, reverse=True))


class Phrase:
    """A pattern over such names: `write` says it from the tables as they are then. It does what
    a compiled pattern does.
    """

    def __init__(self, write: Callable[[], str], flags: re.RegexFlag = re.NOFLAG) -> None:
        self.compiled = PerVocabulary(lambda _: re.compile(write(), flags))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compiled(), name)


def make_phrase(write: Callable[[], str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Make a phrase for a caller that expects a pattern."""
    return cast("re.Pattern[str]", Phrase(write, flags))


# How a pattern such as `对…采取` reads a text once: a stretch in which nothing closes what it opened
# is passed over.
#
# Without it every further `对` of the stretch would look for the same missing end again: a paragraph
# of them would take hours. Such a pattern ends in `|…*+(?P<dead>)`, which swallows the stretch in
# which no later opening can be closed either.


def find_all_live(pattern: re.Pattern[str], text: str, since: int = 0) -> Iterator[re.Match[str]]:
    """The matches of a pattern from a place on, without its dead ends."""
    return (match for match in pattern.finditer(text, since) if match["dead"] is None)


def find_live(pattern: re.Pattern[str], text: str, since: int = 0) -> re.Match[str] | None:
    """The first match of a pattern from a place on that is no dead end."""
    return next(find_all_live(pattern, text, since), None)
