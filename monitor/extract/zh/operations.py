"""An operation, which is what one verb of an act does, and the parts of a line that tell one: its
sentences and clauses, with start and end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from monitor.extract import frame
from monitor.extract.zh import dates
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece, mask_brackets
from monitor.extract.zh.references import Reference
from monitor.extract.zh.words import CHINESE, TABLES
from monitor.model import Action, End, Entity, Item, Start, Stated, frozen
from monitor.vocabulary.forms import FORM_OR_CAPITALS

WORDS = CHINESE.table("operations")

SENTENCE_END = re.compile(r"[。;!?]|$")
REMARK = re.compile(r"\((?:参考|海关|商品编)")  # of the sentence whose full stop stands before it
CLAUSE_END = re.compile(r"[,:]|$")
COMMA_OF_NAME = re.compile(rf",(?= ?(?a:{FORM_OR_CAPITALS}))")  # `Foo, Inc.`


@frozen
class Operation:
    """One action of one sentence.

    `who` is where its names stand, `goods` whether it controls things. `decided`: a verb of
    deciding states it, which controls and spokespersons' words need. `read_whole`: its form has
    read its subjects and destinations itself; nothing else is searched.
    """

    action: Action
    piece: Piece
    register: str | None = None
    who: Piece | None = None
    references: tuple[Reference, ...] = ()
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
    # where in the sentence its verb stands, of a deed that another verb may turn
    verb: int | None = None


def settle_operations(operations: Sequence[Operation]) -> list[Operation]:
    """The operations as the outermost verbs of their clauses have them, without those that these
    deny.
    """
    actions = (
        (
            operation.action
            if operation.verb is None
            else frame.settle_action(
                operation.action,
                operation.piece.text,
                operation.verb,
                CHINESE.table("frame"),
                goods=operation.goods,
            )
        )
        for operation in operations
    )
    return [
        replace(operation, action=action)
        for operation, action in zip(operations, actions, strict=True)
        if action
    ]


@dataclass
class Context:
    """What earlier sentences said and later ones omit."""

    series: str = ""
    authority: str = ""
    year: int | None = None
    published: str | None = None
    register: str | None = None
    blocks: bool = False  # whether the act is a blocking order
    counters: bool = False  # whether clauses may say whom the act counters (`一、对…,冻结…`)
    leads: bool = False  # whether a line above ends with what the clauses below decide (`决定:`)
    goes_on: bool = False  # whether what stood before a semicolon decides what follows it too
    references: list[Reference] = field(default_factory=list)
    carried: Start | None = None


def read_times(sentence: Piece, context: Context) -> tuple[Start | None, End | None]:
    """The start and the end a sentence gives; before a semicolon its start holds for what
    follows too.
    """
    begun = dates.start(sentence.text, context.published)
    if not begun:
        return context.carried, None
    starts, first, last = begun
    context.carried = Start(starts.on, starts.basis, quote_words(sentence, first, last))
    return context.carried, quote_end(sentence, dates.end(sentence.text, starts.on))


def quote_end(source: Piece, ended: tuple[End, int, int] | None) -> End | None:
    """The end with the words that say it."""
    if not ended:
        return None
    end, first, last = ended
    return End(end.on, end.basis, duration=end.duration, quote=quote_words(source, first, last))


def quote_words(source: Piece, first: int, last: int) -> str:
    """The printed words at a place of a piece."""
    return source.line.quote(source.start + first, source.start + last)


# characters; of a longer sentence the words around a name are quoted, else one page would fill a
# store
LONGEST_QUOTE = 3_000


def quote_evidence(piece: Piece, who: Piece | None) -> str:
    """Quote the printed sentence of an operation; of an endless one, the part around its names."""
    if piece.end - piece.start <= LONGEST_QUOTE:
        return piece.quote
    begin = max(piece.start, who.start - LONGEST_QUOTE // 4) if who else piece.start
    end = max(begin + LONGEST_QUOTE, who.end + LONGEST_QUOTE // 4) if who else begin + LONGEST_QUOTE
    return piece.line.quote(begin, min(piece.end, end)).strip()


def is_reported(sentence: str) -> bool:
    """Return whether a sentence only tells what an earlier act did (`第7号公告规定,自…起实施…`,
    `对甲粉实施了…`).
    """
    return WORDS.reported.match(sentence) is not None or is_of_earlier_listing(sentence)


def is_of_earlier_listing(sentence: str) -> bool:
    """Return whether a sentence tells whom an earlier act listed (`第7号公告将甲公司列入…`)."""
    return TABLES.earlier.match(mask_brackets(sentence)) is not None


def split_sentences(line: Line) -> Iterator[Piece]:
    """The sentences of a line; a full stop in brackets or in a title ends none."""
    return _cut_at_ends(Piece.of(line), SENTENCE_END)


def split_clauses(sentence: Piece) -> Iterator[Piece]:
    """The clauses of a sentence; the comma before a legal form ends none."""
    return _cut_at_ends(sentence, CLAUSE_END)


def blot_commas_of_names(text: str) -> str:
    """Blot out the commas that stand in firms' names."""
    return COMMA_OF_NAME.sub("\x00", text)


def _cut_at_ends(piece: Piece, ends: re.Pattern[str]) -> Iterator[Piece]:
    here = 0
    for stop in ends.finditer(blot_commas_of_names(mask_brackets(mask_brackets(piece.text), "《"))):
        if REMARK.match(piece.text, stop.end()):
            continue
        if stop.end() > here:
            yield piece.part(here, stop.end())
        here = stop.end()
