"""A glance at a watched page that came in other bytes: where only words beside what it says moved, no reader need be asked.

A page is known by the words at each of its places, as it was read last: its sketch. A place is beside what the page says where
its words moved while nothing of that did, and are no part of it. A sketch is believed for a day; then the page is read.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from monitor.document import html_limits
from monitor.errors import SourceError
from monitor.history import Address
from monitor.model import Excerpt, Value
from monitor.source.configured import PageReader
from monitor.source.page import Page
from monitor.vocabulary import letters

BELIEVED = timedelta(days=1)
IN_PASSING = 1_000_000  # bytes of a page that is looked at where nobody could stop that
MOST_SOUGHT = 100_000_000  # characters of the text that all words beside it are looked for in: some hundredths of a second

Words = Mapping[int, Sequence[str]]  # by place


class Sketch(Value, frozen=True, kw_only=True):
    """The page as `reader` read it last, `at`: the digest of its words by place, and which places are `beside` what it says."""

    reader: str
    at: datetime
    words: dict[int, int]
    beside: frozenset[int] = frozenset()

    def is_believed(self, reader: str, now: datetime) -> bool:
        """Whether it is one of this reader, and not too old."""
        return self.reader == reader and timedelta() <= now - self.at < BELIEVED

    def says(self, said: Words) -> bool:
        """Whether a page of these words differs only beside what it says."""
        return _moved(self.words, _digests(said)) <= self.beside


def says_the_same(place: Address, reader: PageReader, page: Page, now: datetime) -> bool:
    """Whether the page says what it said when it was read last, as far as a glance shows."""
    sketch = _kept(place)
    if sketch is None or not sketch.is_believed(reader.fingerprint, now):
        return False
    words = _words(page)
    return words is not None and sketch.says(words)


def sketch_of(
    place: Address, reader: PageReader, last: Excerpt | None, excerpt: Excerpt, page: Page, now: datetime
) -> bytes | None:
    """What the page is known by from now on, if it can be by its words; `last` is what it said before."""
    words = _words(page) if reader.goes_by_words else None
    if words is None:
        return None
    return msgspec.msgpack.encode(sketched(_kept(place), last, words, excerpt, reader.fingerprint, now))


def sketched(before: Sketch | None, last: Excerpt | None, said: Words, excerpt: Excerpt, reader: str, now: datetime) -> Sketch:
    """The page as it was read now; `last` is what it said when it was as `before`."""
    words, beside = _digests(said), frozenset[int]()
    if before and before.reader == reader:
        moved = _moved(before.words, words) if last and _parts(last) == _parts(excerpt) else set()
        text = "".join(letters.bare(part.text) for part in excerpt.parts)
        beside = _beside({place: said.get(place, ()) for place in before.beside | moved}, text)
    return Sketch(reader=reader, at=now, words=words, beside=beside)


def _kept(place: Address) -> Sketch | None:
    return msgspec.msgpack.decode(place.sketch, type=Sketch) if place.sketch else None


def _words(page: Page) -> Words | None:
    body = page.body.whole if page.body.size <= IN_PASSING else b""
    if body[:200].lstrip()[:1] != b"<":
        return None
    try:
        return html_limits.places(_text(page, body))
    except SourceError:  # whoever reads it will say so
        return None


def _text(page: Page, body: bytes) -> str:
    """The text, of most pages without asking what it is a text of."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return page.text


def _parts(excerpt: Excerpt) -> Counter[tuple[str, str]]:
    return Counter((part.id, part.text) for part in excerpt.parts)


def _moved(before: Mapping[int, int], after: Mapping[int, int]) -> set[int]:
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


def _beside(said: Words, text: str) -> frozenset[int]:
    """The places of which nothing is a part of the text; none where to see that would take too long, so that all is read."""
    if len(text) * sum(map(len, said.values())) > MOST_SOUGHT:
        return frozenset()
    return frozenset(place for place, words in said.items() if _is_beside(words, text))


def _is_beside(words: Sequence[str], text: str) -> bool:
    """Whether nothing of these words is a part of the text; where there are none nothing shows that."""
    return bool(words) and not any(letters.bare(run) in text for run in words)


def _digests(said: Words) -> dict[int, int]:
    return {place: _digest("\n".join(words)) for place, words in said.items()}


def _digest(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(errors="replace"), digest_size=7).digest())
