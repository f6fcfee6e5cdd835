"""Find what of an act stands before what it does, and only tells what was done on earlier days.

An act tells first how it came to it: what was published, imposed, halted, promised. Such a sentence
changes nothing if it stands before the first one that gave a fact, if each deed in it is one of the
past, and if nothing in it is of now.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from monitor.extract.zh import dates
from monitor.extract.zh.names import Piece, mask_brackets
from monitor.extract.zh.operations import split_sentences
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, blot_titles
from monitor.model import Measure

WORDS = CHINESE.table("preamble")
CLAUSE = re.compile("[^,;。]+")


def find_history(page: Sections, measures: Sequence[Measure]) -> frozenset[str]:
    """The quotes of the sentences before the first that gave a fact which only tell what was
    done before the act.
    """
    gave = [measure.quote for measure in measures if measure.quote]
    sentences = [piece for line in page.deciding for piece in split_sentences(line)]
    before = list(takewhile(lambda piece: not _is_of(piece, gave), sentences))
    if len(before) == len(sentences) or not page.published:
        return frozenset()
    return frozenset(piece.quote for piece in before if _is_past(piece.text, page.published))


def _is_of(piece: Piece, quotes: Iterable[str]) -> bool:
    return any(piece.quote in quote or quote in piece.quote for quote in quotes)


def _is_past(text: str, published: str) -> bool:
    """Return whether all that a sentence tells was done before a day."""
    seen = mask_brackets(blot_titles(text))
    if seen.endswith(":") or WORDS.turns.search(seen) or not _is_dated(seen, published):
        return False
    told = reported = False
    for clause in map(re.Match.group, CLAUSE.finditer(seen)):
        # what an earlier act did stands behind its number, to the end of the sentence
        reported = reported or (told and WORDS.reports.search(clause) is not None)
        past = WORDS.past.search(clause) is not None
        told = told or past
        if not reported and (WORDS.now.search(clause) or (WORDS.deed.search(clause) and not past)):
            return False
    return told


def _is_dated(text: str, published: str) -> bool:
    """Return whether the first day of a text, if it has any, lies before a day."""
    first = dates.FULL_DAY.search(text)
    return first is None or (dates.day(first) or published)[:10] < published
