"""Which acts a person means: by key, number, title or address, or by numbers as acts and our own messages have them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor import vocabulary
from monitor.extract.en.references import references as in_english
from monitor.extract.zh.references import references as in_chinese
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
    if not HAN.search(text):
        yield from (Numbered(act.series, int(act.year), act.number) for act in in_english(text))
        return
    for act in in_chinese(text.translate(BRACKETS)):
        if act.year:
            yield Numbered(act.series, act.year, act.number)


def acts_named(text: str, acts: Iterable[Announcement], unseen: Iterable[str] = ()) -> set[str]:
    """The keys of the acts that a text means; `unseen` are those that are known by their keys alone."""
    every = list(acts)
    keys = [*(act.key for act in every), *unseen]
    if text in keys:  # what is a key is no number and no title
        return {text}
    by_number = numbered(text)
    return (
        {act.key for act in every if _is(act, text)}
        or {key for key in keys if any(act.is_of(key) for act in by_number)}
        or {act.key for act in every if begins(act.title, text)}
    )


def _is(act: Announcement, text: str) -> bool:
    """Whether a text is the key, the address, the number or the whole title of an act, or the address of an annex of it."""
    if text in (act.key, act.url) or any(text == attached.url for attached in act.attachments):
        return True
    asked = bare(text)
    return bool(asked) and asked in (bare(act.number or ""), bare(act.title))


def begins(title: str, text: str) -> bool:
    """Whether a text is a title, or enough of it to know it by, as where it was cut off."""
    asked = bare(text.rstrip("…"))
    return len(asked) >= TITLE and asked in bare(title)
