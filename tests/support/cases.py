"""Cases of a test as a table: one a line, cells parted by ` | `, what stands behind `  # ` says
why.
"""

import ast
import re
from typing import Any

BAR = re.compile(r"(?<!\\)\|")  # an empty cell leaves no blank at the end of a line
LITERAL = re.compile(r"""True|False|None|-?\d+(?:\.\d+)?|".*"|\(.*\)|\[.*\]""", re.DOTALL)


def read_cases(table: str) -> list[Any]:
    """The cases of a table: a tuple each, or the value alone where there is one cell; words need
    no quotation marks.
    """
    lines = (line.partition("  # ")[0].strip() for line in table.strip("\n").splitlines())
    rows = [tuple(map(_read_cell, line.split(" | "))) for line in lines if line]
    return [row[0] if len(row) == 1 else row for row in rows]


def _read_cell(cell: str) -> Any:
    cell = cell.strip()
    return ast.literal_eval(cell) if LITERAL.fullmatch(cell) else cell


def read_rows(table: str) -> list[list[str]]:
    """The rows of a sheet: one a line, cells parted by ` | `; in a cell `\\n` is the end of a line,
    and `\\|` a bar. Empty cells at the end of a row may be left out.
    """
    lines = filter(None, map(str.strip, table.splitlines()))
    rows = [
        [cell.strip().replace("\\n", "\n").replace("\\|", "|") for cell in BAR.split(line)]
        for line in lines
    ]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]
