"""What two addresses say differently of one act."""

from collections.abc import Sequence

from monitor.diff.acts import Contradiction
from monitor.model import Announcement
from monitor.render import dates
from monitor.render.words import Line


def lines(contradicting: Sequence[Contradiction]) -> tuple[Line, ...]:
    """What each of the two says, contradiction by contradiction."""
    return tuple(
        Line(of.what, f"{dates.inside(of.known) or 'not stated'}; elsewhere {dates.inside(of.found) or 'not stated'}")
        for of in contradicting
    )


def address(before: Announcement) -> Line:
    """Where what was known is to be read; the other page is where the message leads."""
    return Line("Known from", before.title or "its page", before.url)


def quotes(contradicting: Sequence[Contradiction]) -> tuple[str, ...]:
    """The words of both pages, each once."""
    return tuple(dict.fromkeys(quote for of in contradicting for quote in (of.known_quote, of.found_quote) if quote))
