"""Sanctions that the press tells without the name of a list: whom China measures, by the verbs of its own sentences."""

import re
from collections.abc import Iterable, Iterator

from monitor.extract import gate
from monitor.extract.zh.clauses import sentences
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece, mask
from monitor.extract.zh.subjects import GATE
from monitor.extract.zh.whom import entities_named
from monitor.model import Entity

MEASURED = re.compile(r"对(?P<who>[^。;]{2,400}?)(?P<verb>实施|采取|施加)[^。;,]{0,12}?(?:制裁|反制)")
SANCTIONED = re.compile(r"(?P<verb>制裁|反制)(?P<who>[^。;,]{2,120})")
DECIDED = re.compile("决定|宣布")


def sanctioned(lines: Iterable[Line]) -> Iterator[Entity]:
    """Those against whom China decides or declares sanctions, by the names that a text prints with their Latin form."""
    for line in lines:
        for sentence in sentences(line):
            yield from _of(sentence)


def _of(sentence: Piece) -> Iterator[Entity]:
    words = mask(sentence.text)
    verbs = (verb for verb in DECIDED.finditer(words) if not gate.bar(words, verb.start(), GATE, speaker=False))
    if not (decided := next(verbs, None)):
        return
    match = MEASURED.search(words, decided.start()) or SANCTIONED.search(words, decided.end())
    if match:
        yield from entities_named(sentence.part(*match.span("who")))
