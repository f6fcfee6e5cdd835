"""An act's lines as its operations ask for them: what stands in its annexes, what in its lists, whom it counts and names."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from monitor.extract.zh import counts, listing, whom
from monitor.extract.zh.annex_lines import Annex, headed, heads_kind, is_firm, is_name, tells_of_entry
from monitor.extract.zh.clauses import Operation
from monitor.extract.zh.lines import Line
from monitor.extract.zh.markers import marked
from monitor.extract.zh.names import ROLE, Piece, listed
from monitor.extract.zh.numerals import number
from monitor.extract.zh.sections import ANNEX, Sections
from monitor.extract.zh.tables import LISTS
from monitor.model import Entity, Stated
from monitor.vocabulary.letters import HAN_RANGE

CLAUSE_WHO = re.compile(r"^对(?P<who>[^。;]+?),(?:冻结|禁止|不予|采取|限制)")
TRAILING = re.compile(rf"[^。;:]{{2,80}}\([A-Za-z][^(){HAN_RANGE}]*+\)?[^。]{{0,30}}$")
ROLE_STOPS = re.compile("[,。;、]")
ANY_ROLE = re.compile(rf"(?=(?P<role>{ROLE}))")
SHORTEST_ROLE, LONGEST_ROLE, LONGEST_NAME = 2, 40, 24  # characters before a title, and of a name after it
CITED = re.compile(r"附件?(?P<which>\d{1,2}|[一二三四五六七八九十])")


@dataclass(frozen=True)
class Body:
    """What several operations ask of an act's lines, read once however many they are."""

    page: Sections
    counted: dict[str, tuple[Stated | None, str | None]] = field(default_factory=dict)
    listings: dict[tuple[object, ...], Annex] = field(default_factory=dict)

    @cached_property
    def trailing(self) -> list[tuple[int, Line]]:
        """Lines that can only be entries, with their places: a name with its Latin form in brackets, no sentence; and those
        right below one that only tell of it.
        """
        below = {line.place for line in headed(self.page.body)}
        entries: list[tuple[int, Line]] = []
        for place, line in enumerate(self.page.body):
            tells = bool(entries) and entries[-1][0] == place - 1 and tells_of_entry(line)
            if line.cells or place in below or _is_entry(line) or tells or heads_kind(line):
                entries.append((place, line))
        return entries

    @cached_property
    def clauses(self) -> str:
        """The clauses that speak of a list below."""
        return " ".join(line.text for line in self.page.body if "后附" in line.text and marked(line).level == "top")

    @cached_property
    def text(self) -> str:
        """All that the act says."""
        return "\n".join(line.text for line in self.page.body)

    @cached_property
    def named(self) -> list[Entity]:
        """Those whom the clauses name, where the sentence that decides names nobody."""
        entities: list[Entity] = []
        for line in self.page.body:
            entry = marked(line)
            if match := CLAUSE_WHO.match(entry.words):
                entities.extend(listed(Piece(line, entry.start + match.start("who"), entry.start + match.end("who"))))
        return entities

    @cached_property
    def latin(self) -> dict[str, Entity]:
        """Who is named with a Latin form somewhere, by the name before it."""
        entities = (
            entity
            for line in self.page.body
            if "(" in line.text
            for entity in whom.entities_named(Piece(line, 0, len(line.text)))
        )
        return {entity.names["zh"]: entity for entity in entities if {"zh", "en"} <= entity.names.keys()}

    @cached_property
    def roles(self) -> dict[str, str]:
        """Who bears a role: what stands right after one (`某国参议员某某`), by its first letters, the first told first."""
        roles: dict[str, str] = {}
        for clause in (clause for line in self.page.body for clause in ROLE_STOPS.split(line.text)):
            for title in ANY_ROLE.finditer(clause):
                begin, end = title.span("role")
                if SHORTEST_ROLE <= begin <= LONGEST_ROLE:
                    for length in range(1, LONGEST_NAME + 1):
                        roles.setdefault(clause[end : end + length], clause[:end])
        return roles

    def stated(self, sentence: Piece) -> tuple[Stated | None, str | None]:
        """How many a sentence, a clause or the title says there are."""
        if sentence.text not in self.counted:
            self.counted[sentence.text] = counts.stated([sentence.text, self.clauses, self.page.title.text])
        return self.counted[sentence.text]

    def listing(self, operation: Operation, country: str | None, *, alone: bool) -> Annex:
        """What the annexes list that are an operation's, else what lines below its own can only be entries."""
        parts = self._cited(operation.piece) or self._annexes(operation.register if not alone else None)
        first, last = (0, 0) if parts else self._below(operation.piece.line, alone=alone)
        key = (parts, first, last, country)
        if key not in self.listings:
            lines = [line for part in parts for line in self.page.annexes[part]]
            self.listings[key] = listing.of_lines(lines or [line for _, line in self.trailing[first:last]], country=country)
        return self.listings[key]

    def _below(self, line: Line, *, alone: bool) -> tuple[int, int]:
        """Which of the entries stand below a line, to where the next list begins; of the only one all that follow."""
        place = self.page.place(line)
        here = -1 if place is None else place
        first = bisect_right(self.trailing, here, key=itemgetter(0))
        last = bisect_right(self.trailing, here + len(self.page.after(line)), key=itemgetter(0))
        return first, len(self.trailing) if alone and first == last else last

    def _cited(self, sentence: Piece) -> tuple[int, ...]:
        """Which annexes a sentence names by number (`见附件1`)."""
        cited = {str(number(match["which"])) for match in CITED.finditer(sentence.text)}
        labels = [ANNEX.match(part[0].text) for part in self.page.annexes]
        return tuple(place for place, label in enumerate(labels) if label and str(number(label["which"] or "")) in cited)

    def _annexes(self, register: str | None) -> tuple[int, ...]:
        """Which annexes are of a register: all, where there is one operation or one annex."""
        parts = self.page.annexes
        if register is None or len(parts) < 2:
            return tuple(range(len(parts)))
        return tuple(place for place, part in enumerate(parts) if register in _lists_named(part[:3]))


def _lists_named(lines: Sequence[Line]) -> set[str]:
    return {register for name, register in LISTS.items() if any(name in line.text for line in lines)}


def _is_entry(line: Line) -> bool:
    entry = marked(line)
    numbered = entry.level in ("number", "sub", "top", "bracket", "dash") and (TRAILING.match(line.text) or is_firm(entry.words))
    return bool(numbered) or is_name(entry.words)
