"""The start and the end that an act gives its operations in other sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from monitor.extract.zh import dates
from monitor.extract.zh.changes import EXTENSION
from monitor.extract.zh.names import Piece
from monitor.extract.zh.operations import Context, Operation, quote_end, read_times
from monitor.extract.zh.words import CHINESE
from monitor.model import Action, End, Start

WORDS = CHINESE.table("forms")

LASTING = (Action.REMOVE, Action.REPEAL, Action.RESUME)
W = TypeVar("W", Start, End)


def add_periods(
    operations: list[Operation], all_sentences: Sequence[Piece], context: Context
) -> list[Operation]:
    """The operations with the one start and the one end that other sentences of the act give."""
    starts = _find_agreed(
        read_times(sentence, Context(published=context.published))[0]
        for sentence in all_sentences
        if not (WORDS.case.match(sentence.text) or WORDS.no_start.search(sentence.text))
    )
    named = any(operation.entities for operation in operations)
    terms = {
        _make_place_key(sentence): _find_term(sentence, context, starts, named=named)
        for sentence in all_sentences
    }
    doing = {_make_place_key(operation.piece) for operation in operations}
    # Of several sentences that do something each has its own term.
    shared = _find_agreed(
        term for place, term in terms.items() if len(doing) == 1 or place not in doing
    )
    return [
        replace(
            operation,
            starts=operation.starts or starts,
            ends=operation.ends
            or (
                None
                if operation.action in LASTING
                else terms.get(_make_place_key(operation.piece)) or shared
            ),
        )
        for operation in operations
    ]


def _make_place_key(piece: Piece) -> tuple[str, int]:
    """Return the place of a sentence; equal lines share one place, and so one term."""
    return piece.line.text, piece.start


def _find_term(
    sentence: Piece, context: Context, starts: Start | None, *, named: bool
) -> End | None:
    """The last day that a sentence of its own gives; of a licence it is one only where its
    holders are named.
    """
    text = sentence.text
    if (
        not WORDS.term.search(text)
        or WORDS.case.match(text)
        or (WORDS.of_licences.search(text) and (not named or WORDS.at_most.search(text)))
    ):
        return None
    begins = starts.on if starts else context.published
    ended = quote_end(
        sentence, dates.end(text, begins) or dates.spoken_end(text, context.published)
    )
    return None if is_of_old(sentence, ended) else ended


def is_of_old(sentence: Piece, end: End | None) -> bool:
    """Return whether an end is computed from an extension, which counts from an unknown day."""
    return end is not None and end.basis == "computed" and bool(EXTENSION.search(sentence.text))


def _find_agreed(bounds: Iterable[W | None]) -> W | None:
    """Return the one start or end that is stated; None without one, or with different ones."""
    by_day = {bound.on: bound for bound in bounds if bound}
    return next(iter(by_day.values())) if len(by_day) == 1 else None
