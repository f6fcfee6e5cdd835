"""How much tree a page of HTML would become, counted before it is built: what no browser shows is refused, never cut."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from monitor.errors import ErrorKind, Unreadable

DEEPEST = 512  # as deep as browsers nest; each level below is a chance to make a walk quadratic
MOST_ELEMENTS = 60_000
MOST_ATTRIBUTES = 300_000
ATTRIBUTES_OF_ONE = 10_000
LONG = 50_000  # characters: a shorter page with few tags is not weighed; the parser is fed as much at a time


def weigh(text: str) -> None:
    """Pass a page that is cheap to read.

    Raises:
        Unreadable: it is nested too deeply, or has too many elements or attributes.
    """
    if text.count("<") < DEEPEST and len(text) < LONG:
        return  # most pages of an API and all of the small ones
    refuse_endless_tags(text)
    parser = etree.HTMLParser(target=_Scale(), huge_tree=True)
    try:
        for start in range(0, len(text), LONG):
            parser.feed(text[start : start + LONG])
        parser.close()
    except (etree.XMLSyntaxError, AssertionError):  # the builder of the tree will judge what is markup and what is not
        return


def refuse_endless_tags(text: str) -> None:
    """A single tag is weighed before any parser holds all its attributes.

    Raises:
        Unreadable: one has more attributes than any page needs.
    """
    for piece in _long_pieces(text):
        if len(piece.partition(">")[0].split()) > ATTRIBUTES_OF_ONE:
            raise Unreadable(f"an element with more than {ATTRIBUTES_OF_ONE} attributes", kind=ErrorKind.TOO_LARGE)


def _long_pieces(text: str) -> Iterator[str]:
    """What stands between two tags' beginnings, where it is LONG; most of the text is leapt over."""
    start = -1
    while len(text) - start > LONG:
        last = text.rfind("<", start + 1, start + LONG + 1)
        if last < 0:
            last = end if (end := text.find("<", start + LONG)) >= 0 else len(text)
            yield text[start + 1 : last]
        start = last


class _Scale:
    """Counts what a parser meets; refuses at the first excess."""

    def __init__(self) -> None:
        self.depth = self.elements = self.attributes = 0

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:  # noqa: ARG002 -- as lxml calls it
        self.elements += 1
        self.attributes += len(attrib)
        self.depth += 1
        _refuse("nested", self.depth, DEEPEST)
        _refuse("elements", self.elements, MOST_ELEMENTS)
        _refuse("attributes", self.attributes, MOST_ATTRIBUTES)

    def end(self, tag: str | bytes) -> None:  # noqa: ARG002 -- as lxml calls it
        self.depth -= 1

    def data(self, data: str | bytes) -> None:
        """Words weigh nothing."""

    def comment(self, text: str | bytes) -> None:
        """Nor do comments."""

    def close(self) -> None:
        """There is nothing to hand over."""


def _refuse(what: str, count: int, most: int) -> None:
    if count > most:
        told = f"nested more than {most} deep" if what == "nested" else f"more than {most} {what}"
        raise Unreadable(f"HTML that no browser shows: {told}", kind=ErrorKind.TOO_LARGE)


# Where on a page of HTML which words stand: cheap enough to be asked of every page that came, where nobody could stop it.
#
# A place is a path of tags with their ids and classes: all items of a list are one. It means nothing; it is only known again.

LARGEST = 1_000_000  # characters, and
MOST_TAGS = 20_000  # tags of a page that is read in passing: some milliseconds, however it is built
MOST_KNOWN = 20_000  # places that are remembered, since the pages of a publisher are alike
TOP = 0

Name = tuple[object, ...]


def places(html: str) -> Mapping[int, list[str]]:
    """The words at each place, in the order of the page.

    Raises:
        Unreadable: it is no HTML that is cheap to read.
    """
    if len(html) > LARGEST or html.count("<") > MOST_TAGS:
        raise Unreadable("HTML too large to be read in passing", kind=ErrorKind.TOO_LARGE)
    refuse_endless_tags(html)
    try:
        root = etree.fromstring(html, etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("not HTML that can be read in passing") from error
    return _said(root) if root is not None else {}


def _said(root: "etree._Element") -> Mapping[int, list[str]]:
    """What each element says, and what follows it in the one above. Its loop is all that a page costs beside the parser."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    known: dict[etree._Element | None, int] = {None: TOP}
    for element in root.iter():
        above, named = known[element.getparent()], element.attrib
        name = (above, element.tag, named.get("id"), named.get("class")) if named else (above, element.tag)
        place = known[element] = _place(name)
        if (text := element.text) and (words := text.strip()):
            said[place].append(words)
        if (text := element.tail) and (words := text.strip()):
            said[above].append(words)
    return said


@lru_cache(MOST_KNOWN)
def _place(name: Name) -> int:
    """A place by the place above and its tag: the same number in every process."""
    return int.from_bytes(hashlib.blake2b(repr(name).encode(errors="replace"), digest_size=7).digest())
