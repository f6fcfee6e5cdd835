"""How a pattern such as `对…采取` reads a text once: a stretch in which nothing closes what it opened is passed over.

Without it every further `对` of the stretch would look for the same missing end again: a paragraph of them would take hours.
Such a pattern ends in `|…*+(?P<dead>)`, which swallows the stretch in which no later opening can be closed either.
"""

import re
from collections.abc import Iterator

from monitor.extract.named import Pattern


def finds(pattern: Pattern, text: str, since: int = 0) -> Iterator[re.Match[str]]:
    """The matches of a pattern from a place on, without its dead ends."""
    return (match for match in pattern.finditer(text, since) if match["dead"] is None)


def find(pattern: Pattern, text: str, since: int = 0) -> re.Match[str] | None:
    """The first match of a pattern from a place on that is no dead end."""
    return next(finds(pattern, text, since), None)
