"""Lists that semicolons join in the midst of a sentence (`禁止向某国出口甲；乙；丙`): their parts that no fact has taken.

A semicolon ends a sentence for all forms, since most that it parts do something of their own; such a part does nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.extract.zh.clauses import sentences
from monitor.extract.zh.folded import DOES
from monitor.extract.zh.lines import Line
from monitor.extract.zh.markers import marked
from monitor.extract.zh.names import Piece, mask
from monitor.model import Entity, Item, Measure, Unread

# What is no name of a thing or of somebody: it does something of its own, or says how that is done, or only cites.
SAYS = re.compile(
    rf"{DOES}|[,:《]|不[予准退再]|应(?!用)|须|予以|可以|亦|适用|施行|执行|负责|办理|处[理罚]|论处|放行|召回|有效|属于|公告|除名|^第?\d+号"
)
LEAD = re.compile("[^将把]{0,30}[将把]")  # before the first of a list whose verb stands at its end: `决定将甲公司；乙公司列入…`


def parts_left(body: Iterable[Line], measures: Sequence[Measure], *, unread: Iterable[Unread]) -> list[Unread]:
    """The parts of a list beside a part that gave a fact."""
    quotes = {measure.quote for measure in measures}
    names = _names(measures)
    lengths = {len(name) for name in names}
    quoted = "\n".join(part.quote for part in unread if part.quote)
    left = (_printed(part) for line in body if ";" in line.text for part in _beside(line, quotes))
    return [
        Unread(what="sentence", why="a part of what it lists was not understood", quote=part)
        for part in left
        if part not in quoted and not any(part[:length] in names or part[-length:] in names for length in lengths)
    ]


def _names(measures: Iterable[Measure]) -> set[str]:
    """What those and that are called whom the measures name, and the words that say so."""
    named: list[Entity | Item] = []
    for measure in measures:
        named += [*measure.entities, *measure.items]
    return {words for thing in named for words in (*thing.names.values(), _bare(thing.quote or "")) if words}


def _beside(line: Line, quotes: set[str]) -> Iterator[Piece]:
    """The parts of a line that only name, in a sentence of which another part gave a fact."""
    run: list[Piece] = []
    for part in sentences(line):
        run.append(part)
        if part.text.endswith(";") and part.end < len(line.text):
            continue
        if any(line.quote(piece.start, piece.end).strip() in quotes for piece in run):
            yield from (piece for piece in run if line.quote(piece.start, piece.end).strip() not in quotes and _only_names(piece))
        run = []


def _only_names(part: Piece) -> bool:
    words = mask(part.text).strip(";。 ")
    lead = LEAD.match(words)
    return bool(words) and SAYS.search(words, lead.end() if lead else 0) is None


def _printed(part: Piece) -> str:
    """The part as printed, without the mark before it and the sign behind it."""
    here = part.line.part(part.start, part.end)
    return _bare(here.quote(marked(here).start, len(here.text)))


def _bare(words: str) -> str:
    return words.strip(" 　;；。")
