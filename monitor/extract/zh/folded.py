"""A sentence without the middle of its long lists: its forms are known by words that stand near each other, however many names
stand between them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.extract.zh.names import Piece

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
