"""What two addresses say differently of one act."""

from collections.abc import Iterator, Sequence

from monitor.diff.mirrors import Contradiction
from monitor.model import Announcement
from monitor.render.parts import Line


def lines(found: Sequence[Contradiction]) -> tuple[Line, ...]:
    """What each of the two says, contradiction by contradiction."""
    return tuple(Line(each.what, f"{each.known or 'not stated'}; elsewhere {each.found or 'not stated'}") for each in found)


def addresses(before: Announcement, other: Announcement) -> Iterator[Line]:
    """Where both are to be read."""
    for label, act in (("Read before", before), ("Elsewhere", other)):
        if act.url:
            yield Line(label, f"{act.title} {act.url}".strip(), act.url)


def quotes(found: Sequence[Contradiction]) -> tuple[str, ...]:
    """The words of both pages, each once."""
    return tuple(dict.fromkeys(quote for each in found for quote in (each.known_quote, each.found_quote) if quote))
