"""A page by the words at each of its places, so that one which moved only beside what it says need not be read. Pure.

What stands beside it is known by how the page behaved: words that moved there while nothing of what it says did, and none of
which it says. Believed for a day; then the page is read all the same.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.lazy import lazy
from monitor.model import Excerpt, Value

if TYPE_CHECKING:
    from monitor.vocabulary import letters
else:  # of a page that has not moved no word is looked at
    letters = lazy("monitor.vocabulary.letters")

BELIEVED = timedelta(days=1)
MOST_SOUGHT = 100_000_000  # characters of the text that all words beside it are looked for in: some hundredths of a second


class Sketch(Value, frozen=True, kw_only=True):
    """The page as `reader` read it last, `at`: the digest of its words by place, and which places are `beside` what it says."""

    reader: str
    at: datetime
    words: dict[int, int]
    beside: frozenset[int] = frozenset()

    def is_believed(self, reader: str, now: datetime) -> bool:
        """Whether it is one of this reader, and not too old."""
        return self.reader == reader and timedelta() <= now - self.at < BELIEVED

    def says(self, said: Mapping[int, Sequence[str]]) -> bool:
        """Whether a page of these words differs only beside what it says."""
        return _moved(self.words, _digests(said)) <= self.beside


def sketched(
    before: Sketch | None, last: Excerpt | None, said: Mapping[int, Sequence[str]], excerpt: Excerpt, reader: str, now: datetime
) -> Sketch:
    """The page as it was read now; `last` is what it said when it was as `before`."""
    words, beside = _digests(said), frozenset[int]()
    if before and before.reader == reader:
        moved = _moved(before.words, words) if last and _parts(last) == _parts(excerpt) else set()
        text = "".join(letters.bare(part.text) for part in excerpt.parts)
        beside = _beside({place: said.get(place, ()) for place in before.beside | moved}, text)
    return Sketch(reader=reader, at=now, words=words, beside=beside)


def _parts(excerpt: Excerpt) -> Counter[tuple[str, str]]:
    return Counter((part.id, part.text) for part in excerpt.parts)


def _moved(before: Mapping[int, int], after: Mapping[int, int]) -> set[int]:
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


def _beside(said: Mapping[int, Sequence[str]], text: str) -> frozenset[int]:
    """The places of which nothing is a part of the text; none where to see that would take too long, so that all is read."""
    if len(text) * sum(map(len, said.values())) > MOST_SOUGHT:
        return frozenset()
    return frozenset(place for place, words in said.items() if _is_beside(words, text))


def _is_beside(words: Sequence[str], text: str) -> bool:
    """Whether nothing of these words is a part of the text; where there are none nothing shows that."""
    return bool(words) and not any(letters.bare(run) in text for run in words)


def _digests(said: Mapping[int, Sequence[str]]) -> dict[int, int]:
    return {place: _digest("\n".join(words)) for place, words in said.items()}


def _digest(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(errors="replace"), digest_size=7).digest())
