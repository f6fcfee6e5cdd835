"""The lines and sentences of an act whose verb closes its clause, as printed and levelled."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.document import Document
from monitor.extract.words import Words

# Full-width signs become half-width ones, letter by letter.
LEVEL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x301C: 0x7E}
LONGEST = 2_000  # characters of a line that are read
LINES = 2_000  # of a document that are read


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed and levelled, both of one length."""

    raw: str
    text: str
    cells: tuple[str, ...] = ()


def split_lines(document: Document) -> list[Line]:
    """The lines of a document; a row of a table is one line with its cells."""
    made: list[Line] = []
    for block in document.blocks:
        for row in block.rows:
            cells = tuple(cell.strip() for cell in row)
            raw = "\t".join(cells)
            made.append(Line(raw, raw.translate(LEVEL), cells))
        if not block.rows:
            made += (
                Line(raw, raw.translate(LEVEL))
                for raw in (part.strip() for part in block.text.splitlines())
                if raw
            )
    return [Line(line.raw[:LONGEST], line.text[:LONGEST], line.cells) for line in made[:LINES]]


def find_sentences(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends."""
    begin = 0
    for stop in words.stop.finditer(blank_asides(text) + "\n"):
        yield begin, min(stop.end(), len(text))
        begin = stop.end()
    if text[begin:].strip():
        yield begin, len(text)


ASIDE = re.compile(r"\([^()]*\)|「[^「」]*」|『[^『』]*』|“[^“”]*”|‘[^‘’]*’")


def blank_asides(text: str) -> str:
    """A text of the same length, with blanks within brackets and quotation marks."""
    return ASIDE.sub(lambda aside: aside[0][0] + "\x00" * (len(aside[0]) - 2) + aside[0][-1], text)


def list_sentences(lines: Sequence[Line], words: Words) -> Iterator[tuple[str, str]]:
    """The sentences of all lines, levelled and as printed."""
    for line in lines:
        yield from (
            (line.text[begin:end], line.raw[begin:end].strip())
            for begin, end in find_sentences(line.text, words)
        )
