"""Which words are at which place of an HTML page: cheap enough for every page, outside the limits of
a child process. A place is a path of tags with ids and classes: all items of a list are one. It
has no meaning; it is only recognizable.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from monitor.document.weight import refuse_endless_tags
from monitor.errors import ErrorKind, Unreadable

LARGEST = 1_000_000  # characters, and
MOST_TAGS = 20_000  # tags of a page that is read in passing: some milliseconds, however it is built
MOST_KNOWN = 20_000  # places that are remembered, since the pages of a publisher are alike
TOP = 0

Name = tuple[object, ...]


def find_words_by_place(html: str) -> Mapping[int, list[str]]:
    """The words at each place, in the order of the page.

    Raises:
        Unreadable: it is no HTML that is cheap to read.
    """
    if len(html) > LARGEST or html.count("<") > MOST_TAGS:
        raise Unreadable("HTML too large to be read in passing", ErrorKind.TOO_LARGE)
    refuse_endless_tags(html)
    try:
        root = etree.fromstring(
            html, etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("not HTML that can be read in passing") from error
    return _map_words(root) if root is not None else {}


def _map_words(root: "etree._Element") -> Mapping[int, list[str]]:
    """Iterate over each element's words, and those after it in its parent. This loop is the whole
    cost beside the parser.
    """
    said: defaultdict[int, list[str]] = defaultdict(list)
    known: dict[etree._Element | None, int] = {None: TOP}
    for element in root.iter():
        above, named = known[element.getparent()], element.attrib
        name = (
            (above, element.tag, named.get("id"), named.get("class"))
            if named
            else (above, element.tag)
        )
        place = known[element] = _hash_place(name)
        if (text := element.text) and (words := text.strip()):
            said[place].append(words)
        if (text := element.tail) and (words := text.strip()):
            said[above].append(words)
    return said


@lru_cache(MOST_KNOWN)
def _hash_place(name: Name) -> int:
    """A place by the place above and its tag: the same number in every process."""
    return int.from_bytes(
        hashlib.blake2b(repr(name).encode(errors="replace"), digest_size=7).digest()
    )
