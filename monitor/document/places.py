"""Where on a page of HTML which words stand, in one pass without a tree: cheap enough to be asked of every page that came.

A place is a path of tags with their ids and classes: all items of a list are one. It means nothing; it is only known again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping

from lxml import etree

from monitor.document.html_limits import DEEPEST, MOST_ATTRIBUTES, MOST_ELEMENTS, refuse_endless_tags
from monitor.errors import ErrorKind, Unreadable

LARGEST = 1_000_000  # characters that are read where nobody could stop it: some milliseconds

MOST_KNOWN = 10_000  # places that are remembered from one page to the next, since those of a publisher are alike

Attributes = Mapping[str | bytes, str | bytes]


def places(html: str) -> Mapping[int, list[str]]:
    """The words at each place, in the order of the page.

    Raises:
        Unreadable: it is no HTML that is cheap to read.
    """
    if len(html) > LARGEST:
        raise Unreadable("HTML too large to be read in passing", kind=ErrorKind.TOO_LARGE)
    refuse_endless_tags(html)
    target, parser = _idle.pop() if _idle else _new()
    try:
        parser.feed(html)
        parser.close()
    except (etree.XMLSyntaxError, AssertionError, ValueError) as error:
        raise Unreadable("not HTML that can be read in passing") from error
    said = target.taken()
    _idle.append((target, parser))
    return said


class _Places:
    """Gathers words as a parser meets them. Called a thousand times a page: what it does is all that a page costs."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], int] = {}
        self._begin()

    def _begin(self) -> None:
        self.said: defaultdict[int, list[str]] = defaultdict(list)
        self._path = [0]
        self._words: list[str] = []
        self._left = [MOST_ELEMENTS, MOST_ATTRIBUTES]
        if len(self._known) > MOST_KNOWN:
            self._known.clear()

    def taken(self) -> Mapping[int, list[str]]:
        """What was said, and ready for another page."""
        said = self.said
        self._begin()
        return said

    def start(self, tag: str | bytes, attrib: Attributes) -> None:
        """Below the place before; what a run of words was cut by ends it."""
        above = self._path[-1]
        if self._words:
            self._end_words(above)
        self._weigh(len(attrib))
        name = (above, tag, attrib.get("id"), attrib.get("class")) if attrib else (above, tag)
        place = self._known.get(name)
        if place is None:
            place = self._known[name] = _number(name)
        self._path.append(place)

    def _weigh(self, attributes: int) -> None:
        self._left[0] -= 1
        self._left[1] -= attributes
        if min(self._left) < 0 or len(self._path) > DEEPEST:
            raise Unreadable("HTML that no browser shows", kind=ErrorKind.TOO_LARGE)

    def end(self, tag: str | bytes) -> None:  # noqa: ARG002 -- as lxml calls it
        """Back to the place above."""
        place = self._path.pop()
        if self._words:
            self._end_words(place)

    def data(self, data: str | bytes) -> None:
        """Words, cut where the parser likes to."""
        self._words.append(data)  # type: ignore[arg-type]  # of a text that was fed as one

    def comment(self, text: str | bytes) -> None:
        """What nobody sees."""

    def close(self) -> None:
        """There is nothing to hand over."""

    def _end_words(self, place: int) -> None:
        words = "".join(self._words).strip()
        self._words.clear()
        if words:
            self.said[place].append(words)


def _number(name: tuple[object, ...]) -> int:
    """A place by the place above and its tag: the same number in every process."""
    return int.from_bytes(hashlib.blake2b(repr(name).encode(errors="replace"), digest_size=7).digest())


def _new() -> "tuple[_Places, etree.HTMLParser]":
    target = _Places()
    return target, etree.HTMLParser(target=target, huge_tree=True)


# Those that have ended well. A parser and its target hold each other: thrown away they would lie about until looked for.
_idle: "list[tuple[_Places, etree.HTMLParser]]" = []
