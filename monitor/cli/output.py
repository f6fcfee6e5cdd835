"""Print answers: tab-separated or one JSON object a line for a program; tables, records, sentences
for a person.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.ask.rows import Names, describe_standing, explain_unless
from monitor.ask.standing import Standing
from monitor.config.outward import make_printable, redacted, say
from monitor.model import to_json

Row = Sequence[str]
T = TypeVar("T")

GAP = 2  # columns of the terminal between two of the table
READABLE = 40  # narrower than this no sentence is wrapped beside others
BROADEST = 10_000  # of a table that is measured
BENEATH = 4  # the indent of lines beneath a row
STANDING = ("subject", "state", "list", "since", "act", "why", "link")
NAMED = ("act", "named", "state")
NAMED_MOST = 100  # names and goods that a person is shown


def print_table(heads: Row, rows: Iterable[Row]) -> None:
    """Print rows under headings in the form for stdout's reader. A program gets every column and
    always the headings.
    """
    console = Console()
    clean = [tuple(map(make_printable, row)) for row in rows]
    if console.is_terminal:
        _print_at_terminal(console, *_drop_empty_columns(heads, clean))
    else:
        for row in (heads, *clean):
            sys.stdout.write("\t".join(row) + "\n")


def _drop_empty_columns(heads: Row, rows: Sequence[Row]) -> tuple[Row, Sequence[Row]]:
    kept = [column for column in range(len(heads)) if not rows or any(row[column] for row in rows)]
    return [heads[column] for column in kept], [[row[column] for column in kept] for row in rows]


def _print_at_terminal(console: Console, heads: Row, rows: Sequence[Row]) -> None:
    """A table where it fits; else each row as words, every cell behind its head."""
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold")
    for head, *cells in zip(heads, *rows, strict=True):
        table.add_column(
            head, min_width=min(max(map(cell_len, cells), default=0), READABLE), overflow="fold"
        )
    for row in rows:
        table.add_row(*map(Text, row))
    least = console.measure(table, options=console.options.update(max_width=BROADEST)).minimum
    if rows and least <= console.width:
        console.print(table)
        return
    for first, *cells in rows:
        named = [f"{head}: {cell}" for head, cell in zip(heads[1:], cells, strict=True) if cell]
        # a click on an address must open that address only
        said = "; ".join(sorted(named, key=lambda text: "://" in text))
        begins, *more = wrap_text(f"{first}  {said}", console.width - BENEATH)
        text = Text("\n".join([begins, *(" " * BENEATH + line for line in more)]))
        text.stylize("bold", 0, len(first))
        console.print(text, soft_wrap=True)


def print_text(text: object, style: str = "", *, indent: int = 0) -> None:
    """Print text in lines that end between words on a terminal, on one line for a program: a
    page's, file's or person's words are never markup or control codes.
    """
    if Console().is_terminal:
        print_wrapped(str(text), indent, style)
    else:
        Console().print(Text(" " * indent + make_printable(text), style), soft_wrap=True)


def wrap_text(text: str, width: int) -> Iterator[str]:
    """`text` in lines of at most `width` cells. An address is never broken, so that it can be
    clicked and copied.
    """
    line = ""
    for piece in _split_pieces(text, max(width, 1)):
        if line and cell_len(line) + 1 + cell_len(piece) > width:
            yield line
            line = piece
        else:
            line = f"{line} {piece}" if line else piece
    yield line


def _split_pieces(text: str, width: int) -> Iterator[str]:
    for word in text.split():
        if cell_len(word) <= width or "://" in word:
            yield word
        else:
            yield from chop_cells(word, width)


def print_json(value: object) -> None:
    """One object, one line."""
    sys.stdout.write(redacted(to_json(value).decode()) + "\n")


def print_lines(values: Iterable[object]) -> None:
    """One JSON object a line."""
    for value in values:
        print_json(value)


def print_all(
    lines: Sequence[T],
    heads: Row,
    row: Callable[[T], Row],
    nothing: str,
    *,
    as_json: bool = False,
) -> None:
    """Lines as JSON, or as rows under their heads; to a person in words where there are none."""
    if as_json:
        print_lines(lines)
    elif lines:
        print_table(heads, map(row, lines))
    elif nothing:
        say(nothing)


def print_some(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under their heads; nothing where there are none."""
    if rows:
        print_table(heads, rows)


def print_standings(rows: Sequence[tuple[Standing, Sequence[str]]]) -> None:
    """Add to each line why it is an answer: the similarity of the name, and the words; a person
    sees these once.
    """
    if not rows:
        return
    if not Console().is_terminal:
        print_table(STANDING, [make_cells(stands, "; ".join(why)) for stands, why in rows])
        return
    quoted: set[str] = set()
    for stands, why in rows:
        print_standing(stands, "; ".join(explain_unless(reason, quoted) for reason in why))
        quoted.update(why)


def print_named(lines: Sequence[Names]) -> None:
    """List all names of each line; a person sees them beneath their row, up to a hundred."""
    if not lines:
        return
    if not Console().is_terminal:
        rows = ((stands.act, name, stands.state) for stands, names in lines for name in names)
        print_table(NAMED, list(dict.fromkeys(rows)))
        return
    print_wrapped("Named", style="bold")
    left = NAMED_MOST
    for stands, names in lines:
        if len(lines) > 1 and left:
            print_wrapped(f"{stands.act} · {stands.state}", BENEATH, "dim")
        for name in names[:left]:
            print_wrapped(name, BENEATH if len(lines) == 1 else 2 * BENEATH)
        left -= len(names[:left])
    if unshown := sum(len(names) for _, names in lines) - NAMED_MOST + left:
        print_wrapped(f"and {unshown:,} more, see --json", BENEATH)


def make_cells(stands: Standing, why: str) -> tuple[str, ...]:
    """A line under `STANDING`."""
    return stands.subject, stands.state, stands.register, stands.since, stands.act, why, stands.link


def print_standing(stands: Standing, why: str, also: str = "", indent: int = 0) -> None:
    """Print one line as a record: the subject, its status, the reason, and the page."""
    print_wrapped(stands.subject, indent, "bold")
    print_wrapped(describe_standing(stands), indent + BENEATH)
    for text in filter(None, (also, why, stands.link)):
        print_wrapped(text, indent + BENEATH, "dim")


def print_wrapped(text: str, indent: int = 0, style: str = "") -> None:
    """A text in lines that fit; an address is never broken."""
    console = Console()
    for line in wrap_text(make_printable(text), console.width - indent):
        console.print(Text(" " * indent + line, style), soft_wrap=True)
