"""Names in languages whose verb closes its clause that are printed over each other: the own one
over the Latin one, and other names below both.
"""

import re
from collections.abc import Sequence

from monitor.extract.verb_final.lines import LEVEL, Line
from monitor.extract.words import Words

NAME = re.compile(r"([^\W\dA-Za-z_][^A-Za-z():;,。、\t\n]{1,40})(?:\(([A-Z][^()\n]{2,80})\))?")
# two Latin words or more
BELOW = re.compile(r"[A-Z][\w.,'’&/-]*(?:\s[\w.,'’&/-]+){1,12}", re.ASCII)


def join_stacked(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines, with names that are printed over each other as the cells of one row."""
    made: list[Line] = []
    for line in lines:
        cells = _stack(made[-1], line, words) if made else ()
        raw = f"{made.pop().raw}\n{line.raw}" if cells else line.raw
        made.append(Line(raw, raw.translate(LEVEL), cells or line.cells))
    return made


def _stack(above: Line, line: Line, words: Words) -> tuple[str, ...]:
    """The cells of a line of names and of the line below it; none where that is no name of them."""
    latin, other = BELOW.fullmatch(line.text.strip("()")), words.other.match(line.text)
    if line.cells or not (latin or other):
        return ()
    if above.cells:
        return (*above.cells, line.raw) if other and "\n" in above.raw else ()
    mark = words.mark.match(above.text)
    name = NAME.fullmatch(above.text, mark.end() if mark else 0)
    if not name or any(who.search(name[0]) for who in words.table_of("issuers").values()):
        return ()
    names = [above.raw[slice(*name.span(each))] for each in (1, 2) if name[each]]
    below = latin[0] if latin else line.raw
    return (*names, below) if len(names) == (1 if latin else 2) else ()
