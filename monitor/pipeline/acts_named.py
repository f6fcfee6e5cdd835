"""Which acts a person means: by key, number, title or address, or by numbers as acts and our own messages have them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor import vocabulary
from monitor.model import Announcement
from monitor.vocabulary import PerVocabulary, Vocabulary
from monitor.vocabulary.letters import HAN, bare

NUMBERS = r"Nos?\.?\s*(?P<numbers>\d{1,4}(?:(?:,\s*|\s+and\s+)(?:Nos?\.?\s*)?\d{1,4})*)\s+of\s+(?P<year>\d{4})"
KEY = re.compile(r"(?P<series>.+)-(?P<year>\d{4})-(?P<number>\d+)")
BRACKETS = str.maketrans("〔〕（）", "[]()")
TITLE = 8  # letters, the least by which a title is known


def _pattern(known: Vocabulary) -> re.Pattern[str]:
    labels = "|".join(sorted((re.escape(series.label) for series in known.series.values()), key=len, reverse=True))
    return re.compile(rf"(?:(?P<label>{labels})\s+)?\b{NUMBERS}", re.IGNORECASE)


_ours = PerVocabulary(_pattern)


@dataclass(frozen=True, slots=True)
class Numbered:
    """An act by its number; `series` is empty where it was not said."""

    series: str
    year: int
    number: int

    def is_of(self, key: str) -> bool:
        """Whether an act of this key has that number."""
        parts = KEY.fullmatch(key)
        if parts is None or (int(parts["year"]), int(parts["number"])) != (self.year, self.number):
            return False
        return not self.series or parts["series"] == self.series


def numbered(text: str) -> list[Numbered]:
    """The acts that a text names by number: `MOFCOM No. 55, 56 and 57 of 2025`, `商务部公告2025年第61号`, `mofcom-2025-61`."""
    if key := KEY.fullmatch(text):
        return [Numbered(key["series"], int(key["year"]), int(key["number"]))]
    numbered_acts = dict.fromkeys((*_in_our_words(text), *_in_acts_words(text)))
    whose = {(act.year, act.number) for act in numbered_acts if act.series}
    return [act for act in numbered_acts if act.series or (act.year, act.number) not in whose]


def _in_our_words(text: str) -> Iterator[Numbered]:
    series = {label_series.label.casefold(): code for code, label_series in vocabulary.current().series.items()}
    for match in _ours().finditer(text):
        for number in re.findall(r"\d+", match["numbers"]):
            yield Numbered(series.get((match["label"] or "").casefold(), ""), int(match["year"]), int(number))


def _in_acts_words(text: str) -> Iterator[Numbered]:
    from monitor.extract.en.references import references as in_english  # noqa: PLC0415 - a grammar takes long to load
    from monitor.extract.zh.references import references as in_chinese  # noqa: PLC0415 - a grammar takes long to load

    if not HAN.search(text):
        yield from (Numbered(act.series, int(act.year), act.number) for act in in_english(text))
        return
    for act in in_chinese(text.translate(BRACKETS)):
        if act.year:
            yield Numbered(act.series, act.year, act.number)


class NamedActs:
    """Acts by what people call them; `unseen` are those that are known by their keys alone."""

    def __init__(self, acts: Iterable[Announcement], unseen: Iterable[str] = ()) -> None:
        self._titles: list[tuple[str, str]] = []
        self._called: dict[str, set[str]] = defaultdict(set)
        self._by_number: dict[tuple[int, int], set[str]] = defaultdict(set)
        self._keys = set(unseen)
        for act in acts:
            self._keys.add(act.key)
            self._titles.append((bare(act.title), act.key))
            for word in filter(
                None, (bare(act.number or ""), bare(act.title), act.url, *(annex.url for annex in act.attachments))
            ):
                self._called[word].add(act.key)
        for key in self._keys:
            if parts := KEY.fullmatch(key):
                self._by_number[int(parts["year"]), int(parts["number"])].add(key)

    def named(self, text: str) -> set[str]:
        """The keys of the acts that a text means: by a key, a number, a title or the beginning of one, an address."""
        if text in self._keys:  # what is a key is no number and no title
            return {text}
        return (
            self._called.get(text, set()) | self._called.get(bare(text), set())
            or {key for act in numbered(text) for key in self._by_number.get((act.year, act.number), ()) if act.is_of(key)}
            or self._titled(text)
        )

    def _titled(self, text: str) -> set[str]:
        asked = bare(text.rstrip("…"))
        return {key for title, key in self._titles if asked in title} if len(asked) >= TITLE else set()


def begins(title: str, text: str) -> bool:
    """Whether a text is a title, or enough of it to know it by, as where it was cut off."""
    asked = bare(text.rstrip("…"))
    return len(asked) >= TITLE and asked in bare(title)
