"""The account of an act: each sentence gave a fact, or is known to decide nothing; each day in it is in a fact, or of before.

`full` is earned by it. What is not accounted for is said, with its quote, and the act is understood in part.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.extract import idle, why
from monitor.model import Measure, Unread

NO_FACT = "no fact has it, and it is not known to decide nothing"
NO_DAY = "a day in it was not understood"
NO_START = "when it begins was not understood"
LETTERS = re.compile(r"[^\w%]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: its `words`, levelled and without the mark that it opens with; its `quote`; the days that it prints for now.

    An entry opens with the mark of a list.
    """

    words: str
    quote: str
    days: frozenset[str] = frozenset()
    is_entry: bool = False


def unaccounted(
    sentences: Iterable[Said],
    measures: Sequence[Measure],
    known: idle.Words,
    *,
    published: str | None,
    unread: Sequence[Unread],
    apart: bool = False,
) -> Iterator[Unread]:
    """What an act says that neither a fact has nor is known to decide nothing; `unread` is said already."""
    taken = _Taken(measures, published, apart=apart)
    told = _bare("\n".join(part.quote for part in unread if part.quote))
    for sentence in sentences:
        bare = _bare(sentence.quote)
        if not bare or bare in told:
            continue
        if left := _left(sentence, bare, taken, known):
            why.sentence(left, sentence.quote)
            yield Unread(what="sentence", why=left, quote=sentence.quote)


def _left(sentence: Said, bare: str, taken: "_Taken", known: idle.Words) -> str:
    words = taken.without_names(sentence.words)
    excused = known.excuse(words, on_somebody=taken.on_somebody, on_goods=taken.on_goods, is_entry=sentence.is_entry)
    if taken.lists(bare):
        return ""
    if sentence.days - taken.days and not known.past.search(words):
        return NO_DAY
    if known.begins.fullmatch(words.strip(known.ends)):
        return "" if taken.begins else NO_START
    return "" if excused or taken.gave(bare) else NO_FACT


class _Taken:
    """What the facts of an act have taken. One that is published on another day than its own begins on a day that it lacks."""

    def __init__(self, measures: Sequence[Measure], published: str | None, *, apart: bool) -> None:
        self.begins = apart or all(measure.starts for measure in measures)
        spans = [bound for measure in measures for bound in (measure.starts, measure.ends) if bound]
        self.days = frozenset(bound.on[:10] for bound in spans) | {published}
        self.on_somebody = any(measure.entities or measure.stated for measure in measures)
        self.on_goods = any(measure.items or measure.destinations for measure in measures)
        entities = [entity for measure in measures for entity in measure.entities]
        names = {name for entity in entities for name in (*entity.names.values(), *entity.aliases) if len(name) > 1}
        self._names = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")
        quotes = [measure.quote for measure in measures] + [bound.quote or "" for bound in spans]
        items = [item for measure in measures for item in measure.items]
        self._listed = {_bare(quote) for quote in (*(each.quote for each in entities), *(item.quote for item in items)) if quote}
        self._quotes = {quote for quote in {*map(_bare, quotes), *self._listed} if quote}
        self._all = "\n".join(sorted(self._quotes))

    def lists(self, bare: str) -> bool:
        """Whether a sentence is the entry of a list from which a name was read."""
        return bare in self._listed

    def gave(self, bare: str) -> bool:
        """Whether a sentence gave a fact: one quotes it, or it holds the quote of one."""
        return bare in self._all or any(quote in bare for quote in self._quotes)

    def without_names(self, words: str) -> str:
        """The words, with ○ for each name that a fact has."""
        return self._names.sub("○", words)


def _bare(words: str) -> str:
    return LETTERS.sub("", unicodedata.normalize("NFKC", words))
