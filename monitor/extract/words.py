"""The words of a language as data: the tables of its `words.toml` as patterns. One reader for all languages."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from monitor.extract import gate, subject
from monitor.extract.named import Pattern, Phrase

NAMED = re.compile(r"\{\{(\w+)\}\}")


class LanguageWords:
    """The tables of a language.

    `{{name}}` in a pattern stands for an entry of the table `parts`, or for what `names` gives. With `flags` all are compiled.
    """

    def __init__(self, language: str, names: Mapping[str, Callable[[], str]], flags: re.RegexFlag = re.NOFLAG) -> None:
        file = Path(__file__).parent / language / "words.toml"
        self.tables: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        self._names, self._flags = names, flags
        self.patterns: dict[str, Pattern] = {}

    def make_pattern(self, written: str | list[str]) -> Pattern:
        """A pattern, or a list of its alternatives, as a compiled one; the same words are compiled once."""
        words = _join(written)
        if words not in self.patterns:
            named = NAMED.search(words)
            self.patterns[words] = Phrase(lambda: self._fill(words), self._flags) if named else re.compile(words, self._flags)
        return self.patterns[words]

    def _fill(self, words: str) -> str:
        parts = self.tables["parts"]
        return NAMED.sub(
            lambda named: self._fill(_join(parts[named[1]])) if named[1] in parts else self._names[named[1]](), words
        )

    def make_patterns(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """A table with its entries, and those of the tables in it, as patterns."""
        return {
            name: self.make_patterns(entry) if isinstance(entry, dict) else self.make_pattern(entry)
            for name, entry in table.items()
        }

    def read_subjects(self) -> subject.Words:
        """What is on our subjects and what is not."""
        table = dict(self.tables["subjects"])
        always, followed = (frozenset(table.pop(name)) for name in ("always", "followed"))
        return subject.Words(**self.make_patterns(table), always=always, never=frozenset(table["out"]) - followed)

    def read_gate(self) -> gate.Words:
        """Who decides, and what says that it is not decided now."""
        return gate.Words(**self.make_patterns(self.tables["gate"]))


def _join(written: str | list[str]) -> str:
    return written if isinstance(written, str) else "|".join(written)
