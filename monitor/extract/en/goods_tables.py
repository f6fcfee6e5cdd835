"""Goods that an English act lists in a table below its sentence, under a heading with a column of
codes: `CN code | Name of the good`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from monitor.extract.en import items
from monitor.extract.en.entries import split_cells
from monitor.extract.en.words import ENGLISH
from monitor.model import Item, frozen

WORDS = ENGLISH.table("goods_tables")
CODE = re.compile(ENGLISH.table("items").text_of("code"))
BETWEEN = 2  # short lines between a sentence and its table: `Table 1`, `Part A`
SHORT = 60  # characters of such a line


@frozen
class Columns:
    """The places of the columns of a table of goods, and the number of its cells."""

    code: int
    name: int
    cells: int


def read_goods_below(lines: Sequence[str], sentence: str) -> tuple[Item, ...]:
    """Read the table of goods right below a sentence, to the first row that has no code."""
    at = next((place for place, line in enumerate(lines) if sentence.strip() in line), None)
    rows = [] if at is None else [row for line in lines[at + 1 :] for row in line.split("\n")]
    for place, row in enumerate(rows[: BETWEEN + 1]):
        if columns := find_columns(row):
            return tuple(_read_rows(rows[place + 1 :], columns))
        if len(row) > SHORT or row.rstrip().endswith((".", ";", ":")):
            break
    return ()


def read_coded_below(lines: Sequence[str], sentence: str) -> tuple[Item, ...]:
    """Read the entries right below a sentence that each open with a control code; nothing where an
    entry without one is among them.
    """
    at = next((place for place, line in enumerate(lines) if sentence.strip() in line), len(lines))
    rows = [row for line in lines[at + 1 :] for row in line.split("\n")]
    coded = [*takewhile(items.is_coded, rows)]
    behind = rows[len(coded) : len(coded) + 1]
    return () if any(map(items.is_marked, behind)) else tuple(items.read_items(coded))


def find_columns(row: str) -> Columns | None:
    """Find the columns of a heading of goods; None where a row is none."""
    cells = split_cells(row)
    code = next((at for at, cell in enumerate(cells) if WORDS.code.fullmatch(cell)), None)
    names = (at for at, cell in enumerate(cells) if at != code and WORDS.goods.fullmatch(cell))
    name = next(names, None)
    return None if code is None or name is None else Columns(code, name, len(cells))


def _read_rows(rows: Sequence[str], columns: Columns) -> Iterator[Item]:
    for row in rows:
        cells = split_cells(row)
        if len(cells) != columns.cells:
            return
        printed, name = cells[columns.code], cells[columns.name].strip(" ;.")
        control = tuple(dict.fromkeys(CODE.findall(printed)))
        tariff = () if control else tuple(_list_tariffs(printed))
        if not name or not (control or tariff):
            return
        yield Item({"en": name}, control, hs=tariff, quote=row.strip())


def _list_tariffs(printed: str) -> Iterator[str]:
    """The tariff numbers of a cell, which holds nothing else."""
    if WORDS.tariffs.fullmatch(printed):
        numbers = WORDS.tariff.finditer(printed)
        yield from dict.fromkeys(re.sub(r"\D", "", number[0]) for number in numbers)
