"""A glance at a page that came in other bytes: did its words move only beside what it says? Then no reader need be asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from monitor.diff.sketch import Sketch, sketched
from monitor.errors import SourceError
from monitor.history import Address
from monitor.lazy import lazy
from monitor.model import Excerpt
from monitor.source.configured import PageReader
from monitor.source.page import Page

if TYPE_CHECKING:
    from monitor.document import places
else:
    places = lazy("monitor.document.places")

IN_PASSING = 1_000_000  # bytes of a page that is looked at where nobody could stop that


def says_the_same(place: Address, reader: PageReader, page: Page, now: datetime) -> bool:
    """Whether the page says what it said when it was read last, as far as a glance shows."""
    sketch = _kept(place)
    if sketch is None or not sketch.is_believed(reader.fingerprint, now):
        return False
    words = _words(page)
    return words is not None and sketch.says(words)


def sketch_of(
    place: Address, reader: PageReader, last: Excerpt | None, excerpt: Excerpt, page: Page, now: datetime
) -> Sketch | None:
    """What the page is known by from now on, if it can be by its words; `last` is what it said before."""
    words = _words(page) if reader.goes_by_words else None
    if words is None:
        return None
    return sketched(_kept(place), last, words, excerpt, reader.fingerprint, now)


def _kept(place: Address) -> Sketch | None:
    return msgspec.msgpack.decode(place.sketch, type=Sketch) if place.sketch else None


def _words(page: Page) -> Mapping[int, Sequence[str]] | None:
    if page.body.size > IN_PASSING or page.body.whole[:200].lstrip()[:1] != b"<":
        return None
    try:
        return places.places(_text(page))
    except SourceError:  # whoever reads it will say so
        return None


def _text(page: Page) -> str:
    """The text, of most pages without asking what it is a text of."""
    try:
        return page.body.whole.decode()
    except UnicodeDecodeError:
        return page.text
