"""Join the cells of a table that a page has lost: each stands on a line of its own, first those
of the heading, then row by row behind the row's number. Pure.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from monitor.document import Block
from monitor.vocabulary.letters import HAN

# words of the headings of columns
HEADS = re.compile(
    "序[号號]|[编編][号號]|(?:名[称稱]|[中译譯船姓品]名|[中英外]文|[国國][别別]|地区|地區|职务|職務)|IMO|HS|[税稅][号號]|商品|单位|單位|[国國]籍|数量|數量|船旗|经营者|企业$|所在地|^[误誤正]$|更正[前后後]|[编編][码碼]|[类類][别別]"
)
LATIN = re.compile("[英外原]文|外语|拉丁")
ORDER = re.compile("序[号號]")
NUMBER = re.compile(r"\d{1,4}")
SENTENCE = re.compile(r"[。；;：:]|\d{4}年")
FEWEST, MOST = 2, 8  # columns beside the number
LONGEST_HEAD, LONGEST = 16, 160  # characters of a heading, and of a cell


def join_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with one of rows for the lines of each such table."""
    joined: list[Block] = []
    here = 0
    while here < len(blocks):
        table, end = _read_table(blocks, here)
        joined.append(table or blocks[here])
        here = end
    return joined


def _read_table(blocks: Sequence[Block], here: int) -> tuple[Block | None, int]:
    """The table that begins at a place, and where it ends; none where none does."""
    if not _is_order(blocks[here]):
        return None, here + 1
    heads = [blocks[here].text, *_list_heads(blocks[here + 1 : here + 1 + MOST])]
    place = here + len(heads)
    rows: list[list[str]] = []
    while place < len(blocks) and _is_number(blocks[place], len(rows) + 1):
        cells = _list_cells(blocks, place + 1, len(rows) + 2)
        row = _fit_cells(cells, heads[1:])
        if len(heads) <= FEWEST or row is None:
            return None, here + 1
        rows.append([str(len(rows) + 1), *row[0]])
        place += 1 + row[1]
    return (Block.table([heads, *rows]), place) if rows else (None, here + 1)


def _is_order(block: Block) -> bool:
    return not block.rows and ORDER.fullmatch(block.text.strip()) is not None


def _is_number(block: Block, number: int) -> bool:
    match = None if block.rows else NUMBER.fullmatch(block.text.strip())
    return match is not None and int(match[0]) == number


def _list_heads(blocks: Sequence[Block]) -> list[str]:
    return [
        block.text.strip()
        for block in takewhile(
            lambda block: (
                not block.rows
                and len(block.text.strip()) <= LONGEST_HEAD
                and HEADS.search(block.text)
                and not SENTENCE.search(block.text)
            ),
            blocks,
        )
    ]


def _list_cells(blocks: Sequence[Block], first: int, following: int) -> list[str]:
    """The lines from a place to the number of the next row, or to what is no cell."""
    lines = takewhile(
        lambda block: (
            not (block.rows or SENTENCE.search(block.text) or _is_number(block, following))
            and len(block.text) < LONGEST
        ),
        blocks[first : first + 4 * MOST],
    )
    return [line.strip() for block in lines for line in block.text.split("\n")]


def _fit_cells(lines: list[str], heads: Sequence[str]) -> tuple[list[str], int] | None:
    """The cells of a row, and how many lines they are; a name in Chinese and one in Latin
    letters below it may have several lines each.
    """
    latin = [place for place, head in enumerate(heads) if LATIN.search(head)]
    if latin == [len(heads) - 1] and HAN.search(heads[-2]) and len(lines) > len(heads):
        own, rest = lines[: len(heads) - 2], lines[len(heads) - 2 :]
        han = list(takewhile(HAN.search, rest))
        letters = list(takewhile(lambda line: not HAN.search(line), rest[len(han) :]))
        if not han or not letters:
            return None
        return [*own, "".join(han), " ".join(letters)], len(own) + len(han) + len(letters)
    return (lines[: len(heads)], len(heads)) if len(lines) >= len(heads) else None
