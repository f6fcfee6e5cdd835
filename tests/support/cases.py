"""Cases of a test as a table: one a line, cells parted by ` | `, what stands behind `  # ` says
why.
"""

import ast
import re
from typing import Any

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
