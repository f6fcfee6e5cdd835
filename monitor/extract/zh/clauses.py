"""Sentences and clauses, the operation one of them does, and what it inherits from those before it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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


REPORTED = re.compile(
    "(?:[^。;:]{0,60}号(?:公告|令)?(?:中|里)?(?:已|曾)?(?:规定|明确|宣布|要求|提出),|[^。;:]{0,120}?(?:实施|采取|作出|列[入为]|暂停|禁止|停止)了)"
    "(?![^。;]*(?:决定|现予|予以))"
)


def is_reported(sentence: str) -> bool:
    """Whether a sentence only tells what an earlier act did (`第7号公告规定,自…起实施…`, `对甲粉实施了…`)."""
    return REPORTED.match(sentence) is not None


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


# A sentence without the middle of its long lists: its forms are known by words that stand near each other, however many names
# stand between them.

FEW = 4  # parts of a list in a row that are left in place
DOES = r"列[入为]|纳入|移[出除]|剔除|暂停|停止|取消|解除|终止|撤销|恢复|禁止|不得|采取|实施|决定|自\d"
# What a list names without doing anything to it, its remarks in brackets blotted out.
PART = rf"(?:(?!{DOES})[^、,。;:()\x00]){{1,60}}+(?:\(\x00\))?+"
MIDDLE = re.compile(rf"(?<=、)(?:{PART}、)++")
HIDDEN = re.compile("\x00{2,}")


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence as its forms see it: `places` leads from each character of `text` to that of the sentence."""

    piece: Piece
    text: str
    places: Sequence[int]

    def part(self, start: int, end: int) -> Piece:
        """The words of the sentence at a place of `text`, with all that is left out between them."""
        if start >= end:
            return self.piece.part(0, 0)
        return self.piece.part(self.places[start], self.places[end - 1] + 1)


def folded(sentence: Piece, seen: str) -> Folded:
    """A sentence, `seen` with some words blotted out and none moved, without what is blotted out and the middle of its lists."""
    whole = Folded(sentence, seen, range(len(seen)))
    bare = _without(whole, [(match.start(), match.end() - 1) for match in HIDDEN.finditer(seen)])
    long = (match.span() for match in MIDDLE.finditer(bare.text) if match[0].count("、") > FEW)
    return _without(bare, list(long))


def _without(seen: Folded, gaps: Iterable[tuple[int, int]]) -> Folded:
    if not gaps:
        return seen
    begins, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(seen.text)]
    kept = list(zip(begins, ends, strict=True))
    places = [place for begin, end in kept for place in seen.places[begin:end]]
    return Folded(seen.piece, "".join(seen.text[begin:end] for begin, end in kept), places)
