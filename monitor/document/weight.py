"""The size of a page's tree, counted before it is built: a tree that no browser shows is refused,
never truncated.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from monitor.errors import ErrorKind, Unreadable

DEEPEST = 512  # as deep as browsers nest; each level below is a chance to make a walk quadratic
MOST_ELEMENTS = 60_000
MOST_ATTRIBUTES = 300_000
ATTRIBUTES_OF_ONE = 10_000
# characters: a shorter page with few tags is not weighed; the parser is fed as much at a time
LONG = 50_000


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
    except (etree.XMLSyntaxError, AssertionError):
        # the builder of the tree will judge what is markup and what is not
        return


def refuse_endless_tags(text: str) -> None:
    """A single tag is weighed before any parser holds all its attributes.

    Raises:
        Unreadable: one has more attributes than any page needs.
    """
    for piece in _find_long_pieces(text):
        if len(piece.partition(">")[0].split()) > ATTRIBUTES_OF_ONE:
            raise Unreadable(
                f"an element with more than {ATTRIBUTES_OF_ONE} attributes",
                ErrorKind.TOO_LARGE,
            )


def _find_long_pieces(text: str) -> Iterator[str]:
    """Find texts between two tags, if LONG; most of the text is skipped."""
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
        _refuse_many("nested", self.depth, DEEPEST)
        _refuse_many("elements", self.elements, MOST_ELEMENTS)
        _refuse_many("attributes", self.attributes, MOST_ATTRIBUTES)

    def end(self, tag: str | bytes) -> None:  # noqa: ARG002 -- as lxml calls it
        self.depth -= 1

    def data(self, data: str | bytes) -> None:
        """Words weigh nothing."""

    def comment(self, text: str | bytes) -> None:
        """Comments do not count either."""

    def close(self) -> None:
        """There is nothing to hand over."""


def _refuse_many(what: str, count: int, most: int) -> None:
    if count > most:
        told = f"nested more than {most} deep" if what == "nested" else f"more than {most} {what}"
        raise Unreadable(f"HTML that no browser shows: {told}", ErrorKind.TOO_LARGE)
