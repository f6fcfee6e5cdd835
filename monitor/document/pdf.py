"""PDF → `Document`: lines in reading order, wrapped ones joined, tables as rows. Runs in the
child only.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from monitor.document import model
from monitor.document.model import Block, BlockKind, Document
from monitor.errors import Unreadable
from monitor.vocabulary.letters import WIDE_RANGE

MOST_PAGES = 1_000
MOST_DRAWN = 2_000_000
# The paragraphs of a long law fit; a million pages in one array take the parser half a minute.
MOST_REFERENCES = 20_000
REFERENCES = re.compile(rb"(?<!\d)(?:\d++ \d++ R\s*+)+")
# Ruled tables have hundreds of edges; a map has more, and no table worth minutes of search.
MOST_EDGES = 4_000
# A page without letters but with so many curves shows its letters as drawings.
DRAWN = 100
NO_TEXT_MAPPING = re.compile(r"\(cid:\d+\)")
PAGE_NUMBER = re.compile(r"[-—–·\s]*\d{1,4}[-—–·\s]*|第\s*\d+\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}")
# A line that opens with one of these is a line of its own even below a full one.
OPENS = re.compile(
    r"\s*(?:[（(]?(?:[一二三四五六七八九十百千零〇]{1,9}|\d{1,5})[)）、.．]|[a-z][.)、"
    r"]|[-·•*]|[0-9][A-E][0-9]{3}|第.{1,4}条|附件|【|说明|注[:：])"
)
WIDE = re.compile(f"[{WIDE_RANGE}]")
ENDS = ("。", "；", ";", "：", ":")
END_MARK = b"%%EOF"


def read_pdf(body: bytes) -> Document:
    """The words of a PDF that has a text layer on every page that shows something.

    Raises:
        Unreadable: it is scanned, encrypted, broken, cut, or longer than anyone prints.
    """
    if END_MARK not in body[-4096:]:
        raise Unreadable("is cut: its end mark is missing")
    if any(run[0].count(b"R") > MOST_REFERENCES for run in REFERENCES.finditer(body)):
        raise Unreadable(f"has an array of more than {MOST_REFERENCES:,} references")
    try:
        with pdfplumber.open(io.BytesIO(body), unicode_norm="NFC") as pdf:
            _refuse_endless(pdf.doc)
            blocks = _list_blocks(pdf.pages)
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise Unreadable("is encrypted and asks for a password") from error
        raise Unreadable(f"is broken: {error!r}"[:200]) from error
    return Document(title=_find_title(blocks), blocks=tuple(blocks))


def _refuse_endless(file: PDFDocument) -> None:
    """Check the pages one by one before all are in memory, and each one's drawing before it is
    drawn.
    """
    for number, page in enumerate(PDFPage.create_pages(file), 1):
        if number > MOST_PAGES:
            raise Unreadable(f"has more than {MOST_PAGES} pages")
        if (drawn := sum(len(resolve1(part).get_data()) for part in page.contents)) > MOST_DRAWN:
            raise Unreadable(f"draws {drawn:,} bytes on page {number}, more than {MOST_DRAWN:,}")


def _list_blocks(pages: list[Page]) -> list[Block]:
    if not pages:
        raise Unreadable("has no pages")
    blocks: list[Block] = []
    pictures: list[int] = []
    for number, page in enumerate(pages, 1):
        if not page.chars and (page.images or len(page.curves) > DRAWN):
            pictures.append(number)
        blocks.extend(_read_page(page))
        page.close()
    if len(pictures) == len(pages):
        raise Unreadable("is scanned: it has no text layer")
    if pictures:
        numbers = ", ".join(map(str, pictures[:8]))
        raise Unreadable(
            f"is scanned in part: {len(pictures)} of {len(pages)} pages have no text layer"
            f" ({numbers})"
        )
    if not blocks:
        raise Unreadable("has no text")
    text = "".join(block.text for block in blocks)
    lost = len(NO_TEXT_MAPPING.findall(text))
    if lost * 50 > len(text):
        raise Unreadable(f"has fonts that do not tell their characters: {lost} are unknown")
    return blocks


def _read_page(page: Page) -> Iterator[Block]:
    """The blocks of a page from top to bottom."""
    tables = page.find_tables() if len(page.edges) <= MOST_EDGES else []
    boxes = [table.bbox for table in tables]
    lines = [
        line
        for line in _remove_tables(page, boxes).extract_text_lines(return_chars=True)
        if line["text"].strip()
    ]
    if lines and PAGE_NUMBER.fullmatch(lines[-1]["text"].strip()):
        lines.pop()
    right = max((line["x1"] for line in lines), default=0.0)
    placed: list[tuple[float, Any]] = [(line["top"], line) for line in lines]
    placed += [(table.bbox[1], table.extract()) for table in tables]
    above: list[dict[str, Any]] = []
    for _, item in sorted(placed, key=lambda place: place[0]):
        if isinstance(item, dict):
            if above and not _is_continuation(above[-1], item, right):
                yield _make_paragraph(above)
                above = []
            above.append(item)
            continue
        if above:
            yield _make_paragraph(above)
            above = []
        if table := _make_table(item):
            yield table
    if above:
        yield _make_paragraph(above)


def _remove_tables(page: Page, boxes: list[tuple[float, float, float, float]]) -> Page:
    """Return the page without its tables."""

    def is_outside(thing: dict[str, Any]) -> bool:
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(
            left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes
        )

    return page.filter(is_outside) if boxes else page


def _is_continuation(above: dict[str, Any], line: dict[str, Any], right: float) -> bool:
    """Return whether `line` continues the line above: that one is full, the gap is a line's, and
    nothing starts a new one.
    """
    size = above["chars"][0]["size"] or 1
    full = right - above["x1"] < 1.5 * size
    near = line["top"] - above["bottom"] < 1.5 * size
    same_size = abs(line["chars"][0]["size"] - size) < 1
    return (
        full
        and near
        and same_size
        and not above["text"].endswith(ENDS)
        and not OPENS.match(line["text"])
    )


def _make_paragraph(lines: list[dict[str, Any]]) -> Block:
    text = lines[0]["text"].strip()
    for line in lines[1:]:
        words = line["text"].strip()
        text += words if WIDE.match(text[-1:]) or WIDE.match(words) else f" {words}"
    return Block(BlockKind.PARAGRAPH, text)


def _make_table(rows: list[list[str | None]]) -> Block | None:
    """Return the rows of a table; a cell under a merged one is empty, a broken line in a cell is
    joined.
    """
    cells = [[_clean_cell(cell or "") for cell in row] for row in rows]
    full = [row for row in cells if any(row)]
    return Block.table(full) if full else None


def _clean_cell(text: str) -> str:
    joined = ""
    for line in text.split("\n"):
        joined += (
            line.strip()
            if not joined or WIDE.match(joined[-1]) or WIDE.match(line.strip())
            else f" {line.strip()}"
        )
    return joined


def _find_title(blocks: list[Block]) -> str:
    early = (block.text for block in blocks[:6] if block.kind is BlockKind.PARAGRAPH)
    return next(
        (
            text
            for text in early
            if model.is_page_name(text) and not re.fullmatch(r"附件\s*+(?:\d++\s*+)?[:：]?", text)
        ),
        "",
    )
