"""Sentences and clauses, the operation one of them does, and what it inherits from those before it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from monitor.extract import frame
from monitor.extract.zh import dates
from monitor.extract.zh import references as numbers
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece, mask
from monitor.model import Action, End, Entity, Item, Start, Stated

SENTENCE_END = re.compile(r"[。;!?]|$")
CLAUSE_END = re.compile(r"[,:]|$")


@dataclass(frozen=True)
class Operation:
    """One action of one sentence. `who` is where its names stand, `goods` whether it controls things.

    `decided`: whether a verb of deciding says so, which is asked of controls and of what a spokesperson says.
    `read_whole`: its form itself has read whom and what it is for, and to where; nothing is looked for elsewhere.
    """

    action: Action
    piece: Piece
    register: str | None = None
    who: Piece | None = None
    references: tuple[numbers.Reference, ...] = ()
    starts: Start | None = None
    ends: End | None = None
    goods: bool = False
    decided: bool = False
    others: int | None = None
    read_whole: bool = False
    entities: tuple[Entity, ...] = ()
    items: tuple[Item, ...] = ()
    destinations: tuple[str, ...] = ()
    stated: Stated | None = None
    unclear: str = ""  # what of it was not understood, in words
    verb: int | None = None  # where in the sentence its verb stands, of a deed that another verb may turn


def settled(operations: Sequence[Operation]) -> list[Operation]:
    """The operations as the outermost verbs of their clauses have them, without those that these deny."""
    actions = (
        operation.action
        if operation.verb is None
        else frame.settled(operation.action, operation.piece.text, operation.verb, frame.CHINESE, goods=operation.goods)
        for operation in operations
    )
    return [replace(operation, action=action) for operation, action in zip(operations, actions, strict=True) if action]


Maker = Callable[[Action, re.Match[str], str | None], Operation]


@dataclass
class Context:
    """What earlier sentences said that later ones leave out."""

    series: str = ""
    authority: str = ""
    year: int | None = None
    published: str | None = None
    register: str | None = None
    blocks: bool = False  # whether the act is a blocking order
    references: list[numbers.Reference] = field(default_factory=list)
    carried: Start | None = None


def times(sentence: Piece, context: Context) -> tuple[Start | None, End | None]:
    """The start and the end a sentence gives; before a semicolon its start holds for what follows too."""
    begun = dates.start(sentence.text, context.published)
    if not begun:
        return context.carried, None
    starts, first, last = begun
    context.carried = Start(on=starts.on, basis=starts.basis, quote=quote(sentence, first, last))
    return context.carried, quoted_end(sentence, dates.end(sentence.text, starts.on))


def quoted_end(source: Piece, ended: tuple[End, int, int] | None) -> End | None:
    """The end with the words that say it."""
    if not ended:
        return None
    end, first, last = ended
    return End(on=end.on, basis=end.basis, duration=end.duration, quote=quote(source, first, last))


def quote(source: Piece, first: int, last: int) -> str:
    """The printed words at a place of a piece."""
    return source.line.quote(source.start + first, source.start + last)


LONGEST_QUOTE = 3_000  # characters; of a longer sentence the words around a name are quoted, else one page would fill a store


def evidence(piece: Piece, who: Piece | None) -> str:
    """The printed sentence that does an operation; of an endless one its part around whom it does it to."""
    if piece.end - piece.start <= LONGEST_QUOTE:
        return piece.line.quote(piece.start, piece.end).strip()
    begin = max(piece.start, who.start - LONGEST_QUOTE // 4) if who else piece.start
    end = max(begin + LONGEST_QUOTE, who.end + LONGEST_QUOTE // 4) if who else begin + LONGEST_QUOTE
    return piece.line.quote(begin, min(piece.end, end)).strip()


def sentences(line: Line) -> Iterator[Piece]:
    """The sentences of a line; a full stop in brackets or in a title ends none."""
    return _cut(Piece(line, 0, len(line.text)), SENTENCE_END)


def clauses(sentence: Piece) -> Iterator[Piece]:
    """The clauses of a sentence."""
    return _cut(sentence, CLAUSE_END)


def _cut(piece: Piece, ends: re.Pattern[str]) -> Iterator[Piece]:
    here = 0
    for stop in ends.finditer(mask(mask(piece.text), "《")):
        if stop.end() > here:
            yield piece.part(here, stop.end())
        here = stop.end()
