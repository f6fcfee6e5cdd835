"""A line as printed and as parsed: widths, brackets, spaces and scripts are levelled once, and offsets lead back to the print."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from monitor.document import BlockKind, Document

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
LETTERS = {code: narrow for code, narrow in WIDE.items() if chr(narrow).isalnum()}
SPACES = dict.fromkeys(
    map(ord, "\t\n\r\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"),
    " ",
)
SAME = str.maketrans("〔〕［］﹝﹞“”„—–‐‑−•‧・●﹒①②③④⑤⑥⑦⑧⑨", '[][][]"""-----····.123456789')
LITERAL = LETTERS | SPACES
PARSED = WIDE | SAME | {ord("．"): "."}
ZERO_WIDTH = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u180e]+")
HAN = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
LOOSE_SPACE = re.compile(rf"^ +| +$| +(?=[{HAN} ])|(?<=[{HAN}]) +")
TRADITIONAL = re.compile(
    "[國實體單務關於業會與對為處經發執條個號將這們來時後從還進過實說應當違種權產團門東車長馬藥軍機導彈"
    "員級術聯總監財議層師責類據測試設計製電腦華亞達爾維納倫諾羅蘭傑邁盧約無偵創顧問資營運項網絡學醫職稱組織協負領買賣貿]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `raw` as printed, `text` to be parsed, `literal` (as long as `text`) to take names from."""

    raw: str
    text: str
    literal: str
    offsets: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()

    def said(self, start: int, end: int) -> str:
        """The words at a place of `text`, as printed but for spaces and widths."""
        return self.literal[start:end].strip(" ")

    def quote(self, start: int = 0, end: int | None = None) -> str:
        """The printed words at a place of `text`."""
        end = len(self.text) if end is None else end
        if start >= end:
            return ""
        if not self.offsets:
            return self.raw[start:end]
        return self.raw[self.offsets[start] : self.offsets[end - 1] + 1]

    def part(self, start: int, end: int) -> "Line":
        """A piece of the line as a line of its own."""
        offsets = self.offsets[start:end] if self.offsets else tuple(range(start, end))
        return Line(self.raw, self.text[start:end], self.literal[start:end], offsets)


def line(raw: str, cells: tuple[str, ...] = ()) -> Line:
    """A printed line, levelled."""
    literal, offsets = _drop(LOOSE_SPACE, *_drop(ZERO_WIDTH, raw.translate(LITERAL), ()))
    text = literal.translate(PARSED)
    if TRADITIONAL.search(text):
        simple = _converter().convert(text)
        text = simple if len(simple) == len(text) else text
    return Line(raw, text, literal, offsets, cells)


def lines(document: Document) -> list[Line]:
    """All lines of a document that hold words, a table's row a line."""
    return [found for found in _all_lines(document) if found.text]


def _all_lines(document: Document) -> Iterable[Line]:
    for block in document.blocks:
        if block.kind is BlockKind.TABLE and block.rows:
            for row in block.rows:
                yield line("\t".join(row), tuple(line(cell).literal for cell in row))
        else:
            for part in block.text.split("\n"):
                yield line(part)


def _drop(pattern: re.Pattern[str], text: str, offsets: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    if not pattern.search(text):
        return text, offsets
    kept: list[str] = []
    places: list[int] = []
    here = 0
    for gap in [*(match.span() for match in pattern.finditer(text)), (len(text), len(text))]:
        kept.append(text[here : gap[0]])
        places.extend(range(here, gap[0]))
        here = gap[1]
    return "".join(kept), tuple(offsets[place] for place in places) if offsets else tuple(places)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
