"""Plain text and Markdown → `Document`."""

import re

from monitor.document import model
from monitor.document.model import Block, BlockKind, Document

ADDRESS = re.compile(r"<?https?://\S+>?$")
SOURCE_LINE = re.compile(r"\s*(来源|作者|发布时间|时间|日期)\s*[:：]|\s*\d{4}-\d\d-\d\d")
PAGE_DATE = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
HEADING = re.compile(r"\s*#{1,6}\s++(\S.*)")
ITEM = re.compile(r"\s*[*+•]\s+(.+)")
RULE = re.compile(r"(?=[\s:|=-]+$)(?:[^-]|-(?!--))*+---")
LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s)\[]+)\)")
EARLY = 6
LEAST_TABS = 2  # in a row of a table


def from_text(text: str) -> Document:
    """The words of a plain text, a line a block; Markdown's headings, bullets, links and tables are understood."""
    lines = [line for line in text.splitlines() if line.strip() and not RULE.match(line)]
    blocks = tuple(_blocks(lines))
    links = tuple((title, url) for title, url in LINK.findall(text))
    return Document(title=_title(blocks), blocks=blocks, links=links, published=_published(lines))


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    tabbed = _tabbed(lines)
    for place, line in enumerate([*lines, ""]):
        if line.strip().startswith("|") or place in tabbed:
            rows.append(_cells(line))
            continue
        if rows:
            blocks.append(Block(BlockKind.TABLE, "\n".join("\t".join(row) for row in rows), tuple(rows)))
            rows = []
        if line:
            blocks.append(_block(line))
    return blocks


def _cells(line: str) -> tuple[str, ...]:
    cells = line.strip().strip("|").split("|") if line.strip().startswith("|") else line.rstrip().split("\t")
    return tuple(cell.strip() for cell in cells)


def _tabbed(lines: list[str]) -> set[int]:
    """Which lines are rows of a table whose cells tabs part: two or more of them in a row."""
    wide = [line.strip(" ").rstrip().count("\t") >= LEAST_TABS for line in lines]
    beside = zip([False, *wide], wide, [*wide[1:], False], strict=False)
    return {place for place, (before, here, after) in enumerate(beside) if here and (before or after)}


def _block(line: str) -> Block:
    if heading := HEADING.match(line):
        return Block(BlockKind.HEADING, heading[1].rstrip().rstrip("#").rstrip() or heading[1].rstrip())
    if item := ITEM.match(line):
        return Block(BlockKind.ITEM, LINK.sub(r"\1", item[1].strip()))
    return Block(BlockKind.PARAGRAPH, LINK.sub(r"\1", line.strip().replace("**", "")))


def _title(blocks: tuple[Block, ...]) -> str:
    early = [block for block in blocks[:EARLY] if block.kind is not BlockKind.TABLE and model.names(block.text)]
    headings = [block.text for block in early if block.kind is BlockKind.HEADING]
    others = (block.text for block in early if not ADDRESS.match(block.text) and not SOURCE_LINE.match(block.text))
    return next(iter(headings), None) or next(others, "")


def _published(lines: list[str]) -> str | None:
    for line in lines[:EARLY]:
        if SOURCE_LINE.match(line) and (day := PAGE_DATE.search(line)):
            return "-".join(f"{int(part):02}" for part in day.groups())
    return None
