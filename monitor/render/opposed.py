"""Two laws at once, side by side: what one forbids and what the other lists, each by its own words. No conclusion is drawn."""

from collections.abc import Iterable, Iterator

from monitor import vocabulary
from monitor.alert.notice import Side
from monitor.render import dates
from monitor.render.parts import Line
from monitor.render.text import cut

LABEL = "Two laws at once"
LONGEST = 300  # characters of a quote


def lines(pairs: Iterable[tuple[Side, Side]]) -> Iterator[Line]:
    """Both sides of each pair, one under the other."""
    for pair in pairs:
        yield from (Line(LABEL, _side(side), side.url) for side in pair)


def _side(side: Side) -> str:
    quote = f": “{cut(side.quote, LONGEST)}”" if side.quote else ""
    on = f" ({dates.day(side.on)})" if side.on else ""
    return f"{side.name}, {vocabulary.register(side.register)}{on}{quote}"
