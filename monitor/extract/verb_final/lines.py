"""The parts of acts in verb-final languages: lines and sentences, printed and levelled; days;
goods.
"""

import re
from collections.abc import Iterator, Sequence

from monitor.document import Document
from monitor.extract.words import Words
from monitor.model import frozen
from monitor.vocabulary.countries import spelt

# Full-width signs become half-width ones, letter by letter.
LEVEL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x301C: 0x7E}
LONGEST = 2_000  # characters of a line that are read
LINES = 2_000  # of a document that are read


@frozen
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


def split_columns(line: Line, words: Words) -> list[str]:
    """The columns behind the country that a line opens with, a number before it or not: `1　中国
    Acme Ltd.`, `中国／某有限公司／Acme Ltd.`.
    """
    mark = words.mark.match(line.text)
    country, *behind = COUNTRY.split(line.raw[mark.end() if mark else 0 :], maxsplit=1)
    if not behind or country not in spelt(words.as_written["language"]):
        return []
    cells = (re.split(r"[\u3000\t／]+", NOTE.sub(_format_alias, cell)) for cell in behind)
    return [cell.strip() for within in cells for cell in within]


def _format_alias(note: re.Match[str]) -> str:
    return f"\t{note['alias']}" if note["alias"] else ""


def split_row(line: Line) -> list[str]:
    """The columns of a numbered row that is printed with strokes: `1 / Acme LLC / 중국`."""
    cells = STROKE.split(line.raw.strip())
    return cells if len(cells) > 2 and cells[0].isdecimal() else []


STROKE = re.compile(r"\s[/／|]\s")
COUNTRY = re.compile(r"\s?[／\s:：]\s*")
# a number in another list, or another name, in brackets behind a name
NOTE = re.compile(
    r"\s?[（(](?:(?:[^A-Za-z（）()\d]{0,10}|No\.?\s?)\d{1,6}"
    r"|(?:別名|旧称|별칭)[\s:：]?(?P<alias>[^（）()ぁ-ん]{1,80})[^（）()]{0,20})[）)](?=$|[\u3000\t／])"
)


def find_sentences(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Find where each sentence of a text begins and ends."""
    begin = 0
    for stop in words.stop.finditer(blank_asides(text) + "\n"):
        yield begin, min(stop.end(), len(text))
        begin = stop.end()
    if text[begin:].strip():
        yield begin, len(text)


ASIDE = re.compile(r"\((?:[^()]|\([^()]*\))*\)|「[^「」]*」|『[^『』]*』|“[^“”]*”|‘[^‘’]*’")


def blank_asides(text: str) -> str:
    """A text of the same length, with blanks within brackets and quotation marks."""
    return ASIDE.sub(lambda aside: aside[0][0] + "\x00" * (len(aside[0]) - 2) + aside[0][-1], text)


def list_sentences(lines: Sequence[Line], words: Words) -> Iterator[tuple[str, str]]:
    """The sentences of all lines, levelled and as printed; a heading for a period opens its
    sentence.
    """
    heading = ""
    for line in lines:
        mark = words.mark.match(line.text) if heading else None
        yield from (
            (
                heading + line.text[max(begin, mark.end() if mark else 0) : end],
                line.raw[begin:end].strip(),
            )
            for begin, end in find_sentences(line.text, words)
        )
        heading = f"{line.text}:" if words.heads_period.fullmatch(line.text) else ""


def list_rule_texts(lines: Sequence[Line], words: Words) -> Iterator[str]:
    """The entries that an act writes into a rule, below the sentence that says so."""
    for place, line in enumerate(lines):
        if words.rule_follows.search(line.text):
            yield from (below.raw.strip() for below, _ in list_below(lines[place + 1 :], words))


def list_below(lines: Sequence[Line], words: Words) -> Iterator[tuple[Line, int]]:
    """The first lines with marks of one look, without sentences, and where each mark ends."""
    shape = ""
    for line in lines:
        mark = words.mark.match(line.text)
        if not mark or line.cells or words.stop.search(line.text + "\n"):
            return
        shape = shape or _describe_mark(mark[0])
        if _describe_mark(mark[0]) != shape or words.heads_period.fullmatch(line.text):
            return
        yield line, mark.end()


def _describe_mark(mark: str) -> str:
    """Return the look of a mark: equal for `(1)` and `(2)`, `가.` and `나.`."""
    return re.sub(r"[가-하](?=\.)|[\d一二三四五六七八九十]+", "1", mark.strip())


def count_on(mark: str) -> str:
    """Return the mark behind one with a number: `②` behind `①`, `3)` behind `2)`; "" if it has none."""
    following = COUNTER.sub(
        lambda sign: str(int(sign[0]) + 1) if sign[0].isdecimal() else chr(ord(sign[0]) + 1), mark
    )
    return following.strip() if following != mark else ""


COUNTER = re.compile(r"[①-⑲]|\d{1,3}")
