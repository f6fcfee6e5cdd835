"""A line as printed and as parsed: widths, brackets, spaces and scripts are levelled once.

Offsets lead back to the print. The script of a document is decided once, for all of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from monitor.document import Block, BlockKind, Document
from monitor.extract import codes
from monitor.extract.zh import flattened
from monitor.model import frozen
from monitor.names.scripts import load_simplified
from monitor.vocabulary.letters import HAN_RANGE, WIDE_RANGE

# Numerals in running text.
# A whole run of digits, and never one that is longer than any number of an act or of its firms.
WRITTEN = "[〇零○一二两三四五六七八九十百]"
NUMERAL = rf"(?:(?<!\d)\d{{1,9}}+(?!\d)|(?<!{WRITTEN}){WRITTEN}{{1,12}}+(?!{WRITTEN}))"
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
LETTERS = {code: narrow for code, narrow in WIDE.items() if chr(narrow).isalnum()}
SPACES = dict.fromkeys(
    map(
        ord,
        "\t\n\r\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    ),
    " ",
)
SAME = str.maketrans(
    "〔〕［］﹝﹞“”„「」『』—–‐‑−•‧・●﹒①②③④⑤⑥⑦⑧⑨", '[][][]"""""""-----····.123456789'
)
LITERAL = LETTERS | SPACES
PARSED = WIDE | SAME | {ord("．"): "."}
ZERO_WIDTH = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u180e]+")
# Scare quotes are no part of a name, and one writer sets them where another does not: “台独”顽固分子.
SCARE = re.compile(
    r"[“\"‘'「『](?=[台臺]?[独獨][”\"’'」』])|(?<=[“\"‘'「『][独獨])[”\"’'」』]|(?<=[“\"‘'「『][台臺][独獨])[”\"’'」』]"
)
STEMS = "甲乙丙丁戊己庚辛壬癸"
# a mark with only a space behind it: `1 甲公司`
SPACED_MARK = re.compile(
    rf"(?P<mark>^ *(?:[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}}|[{STEMS}]|[A-Z][0-9]{{1,2}})) "
    rf"(?= *(?!日[起至前内、。]|[年月家个名项条款号點点届种類类章节級级批吨元位艘架])"
    rf"(?:[{HAN_RANGE}“\"]|[A-Z][A-Za-z]))"
)
LOOSE_SPACE = re.compile(rf"^ +| +$| +(?=[{WIDE_RANGE} ])|(?<=[{WIDE_RANGE}]) +")
TRADITIONAL = re.compile(
    "[國實體單務關於業會與對為處經發執條個號將這們來時後從還進過實說應當違種權產團門東車長馬藥軍機導彈"
    "員級術聯總監財議層師責類據測試設計製電腦華亞達爾維納倫諾羅蘭傑邁盧約無偵創顧問資營運項網絡學醫職稱組織協負領買賣貿]"
)


@frozen
class Line:
    """One line: `raw` as printed, `text` to be parsed, `literal` (as long as `text`) to take names
    from.

    `traditional`: its document is in traditional characters. `place`: its number among the lines of
    its page; None for a piece.
    """

    raw: str
    text: str
    literal: str
    offsets: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()
    traditional: bool = False
    place: int | None = None

    @property
    def keyed(self) -> str:
        """The printed words as a key holds them: how marks are read does not change it."""
        return _drop_noise(self.raw.translate(LITERAL))[0]

    def said(self, start: int, end: int) -> str:
        """Return the words at a place of `text`, as printed except for spaces and widths."""
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
        return Line(
            self.raw,
            self.text[start:end],
            self.literal[start:end],
            offsets,
            traditional=self.traditional,
        )


def make_line(raw: str, cells: tuple[str, ...] = (), *, traditional: bool | None = None) -> Line:
    """A printed line, levelled. `traditional` is what its document is written in; a line that
    stands alone decides for itself.
    """
    traditional = bool(TRADITIONAL.search(raw)) if traditional is None else traditional
    literal, offsets = _drop_noise(SPACED_MARK.sub(r"\g<mark>、", raw.translate(LITERAL)))
    text = literal.translate(PARSED)
    return Line(
        raw,
        text.translate(load_simplified()) if traditional else text,
        literal,
        offsets,
        cells,
        traditional,
    )


def _drop_noise(text: str) -> tuple[str, tuple[int, ...]]:
    """The words without loose spaces and scare quotes, and their places."""
    literal, offsets = _drop_matches(LOOSE_SPACE, *_drop_matches(ZERO_WIDTH, text, ()))
    if "独" in literal or "獨" in literal:
        literal, offsets = _drop_matches(SCARE, literal, offsets)
    return literal, offsets


def read_lines(document: Document) -> tuple[Line, list[Line]]:
    """The title, and all lines of a document that hold words, a table's row a line."""
    traditional = bool(
        TRADITIONAL.search(document.title)
        or any(TRADITIONAL.search(block.text) for block in document.blocks)
    )
    lines = (
        line
        for line in _list_all_lines(list(_unwrap_blocks(document.blocks)), traditional=traditional)
        if line.text
    )
    return make_line(document.title, traditional=traditional), list(lines)


def _unwrap_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with what a printer has wrapped within the brackets of a name in one."""
    wrapped: Block | None = None
    for block in _join_lone_marks(_join_days(flattened.join_rows([*_split_fields(blocks)]))):
        plain = not block.rows and len(block.text) < WRAPPED
        if (
            wrapped is not None
            and plain
            and len(wrapped.text) < WRAPPED
            and (_is_open(wrapped.text) or OPENS.match(block.text))
        ):
            wrapped = replace(wrapped, text=f"{wrapped.text}\n{block.text}")
            if not _is_open(wrapped.text):
                yield wrapped
                wrapped = None
            continue
        if wrapped is not None:
            yield wrapped
        wrapped = block if plain and ENTRY.match(block.text) else None
        if wrapped is None:
            yield block
    if wrapped is not None:
        yield wrapped


def _split_fields(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, several fields of a page's head that stand on one line each in its own."""
    for block in blocks:
        parts = () if block.rows else COLUMNS.split(block.text.strip())
        if len(parts) > 1 and all(map(FIELD.fullmatch, parts)):
            yield from (replace(block, text=part) for part in parts)
        else:
            yield block


def _join_days(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, a day that a printer has wrapped on one line."""
    above: Block | None = None
    for block in blocks:
        if above is not None and DAY_GOES_ON.match(block.text) and not block.rows:
            above = replace(above, text=f"{above.text}{block.text.lstrip()}")
            continue
        if above is not None:
            yield above
        above = block if not block.rows and DAY_IS_CUT.search(block.text) else None
        if above is None:
            yield block
    if above is not None:
        yield above


def _join_lone_marks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, a number that stands alone on its line joined to the name on the next one."""
    mark: Block | None = None
    for block in blocks:
        joins = mark is not None and not block.rows and NAME_BELOW.fullmatch(block.text)
        if mark is not None:
            yield replace(block, text=f"{mark.text}\n{block.text}") if joins else mark
        mark = block if LONE_MARK.fullmatch(block.text) else None
        if mark is None and not joins:
            yield block
    if mark is not None:
        yield mark


FIELD = re.compile(rf"[{HAN_RANGE}](?: ?[{HAN_RANGE}]){{1,7}}[:：][^:：。；;]{{1,120}}")
DAY_IS_CUT = re.compile(r"(?:\d{4}年(?:\d{1,2}月)?|自\d{4})\s*$")
DAY_GOES_ON = re.compile(r"\s*(?:年\d{1,2}月|\d{1,2}[月日])")
LONE_MARK = re.compile(r"\s{0,9}\d{1,3}[.、．]\s{0,9}")
NAME_BELOW = re.compile(r"\s{0,9}(?!\d)[^\n。；;：:]{2,119}")
WRAPPED = 120  # characters of a line that a printer may have wrapped
OPENS = re.compile(r"\s{0,9}[（(][A-Za-z]")
ENTRY = re.compile(r"\s*(?:\d{1,3}[.、．]|[（(][一二三四五六七八九十]{1,3}[)）])[^。；;]*$")


def _is_open(text: str) -> bool:
    """Return whether a bracket is left open."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


# A table without a table's marks: its rows are lines, with wide spaces between the cells.
COLUMNS = re.compile(r"(?<![ \t])(?:[ \t]*+\u3000|[ \t]{2,}+)[ \t\u3000]*+")
FEWEST_COLUMNS, FEWEST_HEADS = 3, 2
ROW_NUMBER = re.compile(r"([(（]?\d{1,4}[)）.、]?) +(.+)")  # with the name in one cell
# below a row, more of whom it names: `    別名：甲公司`
DETAIL = re.compile(
    r"\s*(?:别名|別名|又名|地址|住址|[护護]照|[电電][话話]|网址|網址)[^：:]{0,6}[：:]"
)
NO_HEADS = re.compile(r"[。；;]|\d{4}")  # a sentence, or goods with their number


def _find_laid_out_rows(blocks: Sequence[Block]) -> dict[int, tuple[str, ...]]:
    """The cells of the lines that wide spaces lay out as a table below its headings, by place."""
    laid_out: dict[int, tuple[str, ...]] = {}
    width = 0
    for place, block in enumerate(blocks):
        cells = () if block.rows else tuple(COLUMNS.split(block.text.strip()))
        numbered = ROW_NUMBER.match(cells[0]) if width and len(cells) == width - 1 else None
        if numbered:
            cells = (numbered[1], numbered[2], *cells[1:])
        heads = sum(flattened.HEADS.search(cell) is not None for cell in cells) >= FEWEST_HEADS
        heads &= not NO_HEADS.search(block.text)
        if len(cells) != width and not (width and DETAIL.match(block.text)):
            width = len(cells) if heads and len(cells) >= FEWEST_COLUMNS else 0
        if width and len(cells) == width:
            laid_out[place] = cells
    return laid_out


def _list_all_lines(blocks: Sequence[Block], *, traditional: bool) -> Iterable[Line]:
    laid_out = _find_laid_out_rows(blocks)
    for place, block in enumerate(blocks):
        if place in laid_out:
            cells = tuple(make_line(cell, traditional=False).literal for cell in laid_out[place])
            yield make_line(block.text, cells, traditional=traditional)
        elif block.kind is BlockKind.TABLE and block.rows:
            for row in block.rows:
                cells = tuple(make_line(cell, traditional=False).literal for cell in row)
                yield make_line("\t".join(row), cells, traditional=traditional)
        else:
            for part in [block.text] if ENTRY.match(block.text) else block.text.split("\n"):
                yield make_line(part, traditional=traditional)


def _drop_matches(
    pattern: re.Pattern[str], text: str, offsets: tuple[int, ...]
) -> tuple[str, tuple[int, ...]]:
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


# The numbers and dashes that Chinese acts put before a line: `一、`, `（一）`, `1．`, `a.`, `-`.

Level = Literal["top", "sub", "number", "bracket", "letter", "group", "placed", "dash", "none"]
MARKING = "[一二三四五六七八九十百千零〇]{1,9}"  # of an entry: a list may have thousands
FIGURES = r"\d{1,5}"
CODE = codes.CODE  # `1、1C117.d 甲`
CHEMICAL = r"\d{1,2}'?(?:,\d{1,2}'?){0,8}-[^\d\s]"  # `2,4-二硝基…`: a name that begins with figures
# what stands before a name in an entry: `国家或地区:德国;名称:`
PLACED = r"国(?:家|别)(?:[或及/]?地区)?:[^;,:()]{1,12}[;,]\s?(?:实体|中文)?名称:"
MARK = re.compile(
    rf"(?:(?P<top>{MARKING})[、.]|\((?P<sub>{MARKING})\)[、.]?|"
    rf"(?P<number>{FIGURES})(?:\)|[、.](?!\d)|[、"
    rf".](?={CHEMICAL}|{CODE}))|\((?P<bracket>{FIGURES})\)"
    r"|\(?(?P<letter>[a-z])(?:\)|[.、])(?![a-z])"
    # `A1.`, and `甲、` of a list in the stems
    rf"|(?P<group>[A-Z]\d{{1,2}}[.、](?![\da-z])|[A-ZⅠ-Ⅻ]\.(?=[{HAN_RANGE}])|[{STEMS}][、.](?![{STEMS}]))"
    r"|(?P<dash>[-·*] ?(?=\S)))\s*"
    rf"(?:{PLACED})?|(?P<placed>{PLACED})"
)
RUN = re.compile(rf"(?:^|(?<=[);]))\s*({FIGURES})[.、](?=[^\d\s.])")


@frozen
class Marked:
    """A line with its mark read: where the words begin, at which level, under which label."""

    line: Line
    level: Level
    label: str
    start: int

    @property
    def words(self) -> str:
        """The words after the mark."""
        return self.line.text[self.start :]


CIRCLED = tuple("①②③④⑤⑥⑦⑧⑨")
LEVELS: tuple[Level, ...] = ("top", "sub", "number", "bracket", "letter", "group", "placed", "dash")


def read_mark(line: Line) -> Marked:
    """The line and its mark, if it has one."""
    if line.literal[:1] in CIRCLED:
        return Marked(line, "number", line.text[:1], 1)
    match = MARK.match(line.text)
    if not match:
        return Marked(line, "none", "", 0)
    level = next(level for level in LEVELS if match[level])
    return Marked(line, level, match[level], match.end())


def split_entries(line: Line) -> list[Marked]:
    """The entries of a line; more than one where a page lost its line breaks (`1.甲（A）2.乙（B）`)."""
    starts = list(RUN.finditer(line.text))
    consecutive = all(int(second[1]) == int(first[1]) + 1 for first, second in pairwise(starts))
    if len(starts) < 2 or not consecutive or starts[0].start():
        return [read_mark(line)]
    ends = [*(match.start() for match in starts[1:]), len(line.text)]
    return [
        read_mark(line.part(match.start(), end)) for match, end in zip(starts, ends, strict=True)
    ]
