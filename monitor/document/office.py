"""DOCX → `Document`: paragraphs, automatic numbers and tables in order, merged cells once. Runs
in the child only.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from monitor.document.model import Block, BlockKind, Document
from monitor.errors import Unreadable

# Deleted by a tracked change, or the second form of a thing that is also there in the first.
UNSAID = frozenset(
    {
        qn("w:del"),
        qn("w:moveFrom"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
BOX = qn("w:txbxContent")
INSIDE = frozenset(
    {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")}
)
GAPS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
DIGITS = "〇一二三四五六七八九"
PLACE = re.compile(r"%(\d)")


class Numbering:
    """Counts the numbered paragraphs of one document in order."""

    def __init__(self, file: Any) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        part = next(
            (
                rel.target_part
                for rel in file.part.rels.values()
                if rel.reltype.endswith("/numbering")
            ),
            None,
        )
        if part is not None:
            self._learn(part.element)

    def _learn(self, root: Any) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            for level in abstract.iter(qn("w:lvl")):
                key = (abstract.get(qn("w:abstractNumId")), level.get(qn("w:ilvl")))
                text, form = (
                    _get_attribute(level, "w:lvlText", ""),
                    _get_attribute(level, "w:numFmt", "decimal"),
                )
                self._levels[key] = (text, form, int(_get_attribute(level, "w:start", "1")))
        for number in root.iter(qn("w:num")):
            self._lists[number.get(qn("w:numId"))] = _get_attribute(number, "w:abstractNumId", "")

    def mark(self, paragraph: Any) -> str:
        """The paragraph's number as Word shows it; empty where it has none."""
        told = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if told is None:
            return ""
        name = self._lists.get(_get_attribute(told, "w:numId", ""), "")
        depth = int(_get_attribute(told, "w:ilvl", "0"))
        text, form, start = self._levels.get((name, str(depth)), ("", "", 1))
        if not text or form == "bullet":
            return "-" if form == "bullet" else ""
        self._counts[name, depth] = self._counts.get((name, depth), start - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((name, deeper), None)
        return PLACE.sub(lambda match: self._said(name, int(match[1]) - 1), text)

    def _said(self, name: str, depth: int) -> str:
        _, form, start = self._levels.get((name, str(depth)), ("", "decimal", 1))
        return _format_number(self._counts.get((name, depth), start), form)


def _get_attribute(node: Any, tag: str, absent: str) -> str:
    child = node.find(qn(tag))
    return (child.get(qn("w:val")) or absent) if child is not None else absent


def _format_number(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number <= 26:
        return chr(ord("a" if form == "lowerLetter" else "A") + number - 1)
    if (
        not form.startswith(("chinese", "japaneseCounting", "ideograph", "taiwanese"))
        or number >= 100
    ):
        return str(number)
    tens, ones = divmod(number, 10)
    before = "十" if tens == 1 else f"{DIGITS[tens]}十" if tens else ""
    return before + (DIGITS[ones] if ones or not tens else "")


def read_docx(body: bytes) -> Document:
    """Read the words of a DOCX, with content controls, text boxes and accepted changes.

    Raises:
        Unreadable: it is broken or has no words.
    """
    try:
        file = docx.Document(io.BytesIO(body))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise Unreadable(f"is broken: {error}"[:200]) from error
    blocks = tuple(_iterate_blocks(file.element.body, Numbering(file)))
    if not blocks:
        raise Unreadable("has no text")
    title = file.core_properties.title if blocks[0].kind is BlockKind.TABLE else blocks[0].text
    return Document(title=_find_title(blocks) or title or "", blocks=blocks)


def _find_title(blocks: tuple[Block, ...]) -> str:
    early = [block for block in blocks[:6] if block.kind is not BlockKind.TABLE]
    headings = (block.text for block in early if block.kind is BlockKind.HEADING)
    return next(headings, None) or next(
        (block.text for block in early if len(block.text) > len("附件1：")), ""
    )


def _iterate_blocks(parent: Any, numbering: Numbering) -> Iterator[Block]:
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield from _read_paragraph(child, numbering)
        elif child.tag == qn("w:tbl"):
            yield from _read_table(child)
        elif child.tag in INSIDE:
            yield from _iterate_blocks(child, numbering)


def _read_paragraph(node: Any, numbering: Numbering) -> Iterator[Block]:
    mark = numbering.mark(node)
    lines = [" ".join(line.split()) for line in _extract_words(node).split("\n")]
    for place, line in enumerate(line for line in lines if line):
        yield Block(_get_kind(node, mark), line if place else mark + line)
    for box in node.iter(BOX):
        if not any(above.tag in UNSAID for above in box.iterancestors()):
            yield from _iterate_blocks(box, numbering)


def _get_kind(node: Any, mark: str) -> BlockKind:
    style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = (style.get(qn("w:val")) or "").lower() if style is not None else ""
    if name.startswith(("heading", "title")):
        return BlockKind.HEADING
    return BlockKind.ITEM if mark else BlockKind.PARAGRAPH


def _extract_words(node: Any) -> str:
    """Return a paragraph's text, without deletions and text boxes."""
    words: list[str] = []
    stack = [node]
    while stack:
        element = stack.pop()
        if element.tag in UNSAID or element.tag == BOX or element.tag == qn("w:pPr"):
            continue
        if element.tag == qn("w:t"):
            words.append(element.text or "")
        words.append(GAPS.get(element.tag, ""))
        stack.extend(reversed(element))
    return "".join(words)


def _read_table(node: Any) -> Iterator[Block]:
    lines = (row for row in node.iter(qn("w:tr")) if _find_container(row, "w:tbl") is node)
    if rows := [cells for cells in map(list, map(_iterate_cells, lines)) if any(cells)]:
        yield Block.table(rows)


def _find_container(node: Any, tag: str) -> Any:
    """Return its own container, not an outer one: a row's table, a cell's row."""
    return next(node.iterancestors(qn(tag)))


def _iterate_cells(row: Any) -> Iterator[str]:
    """Return the cells of a row; under a merged cell an empty one holds the column."""
    for cell in row.iter(qn("w:tc")):
        if _find_container(cell, "w:tr") is not row:
            continue
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
        yield (
            ""
            if goes_on
            else " ".join(
                " ".join(_extract_words(paragraph) for paragraph in cell.iter(qn("w:p"))).split()
            )
        )
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        yield from [""] * (min(int(span.get(qn("w:val")) or 1), 64) - 1 if span is not None else 0)
