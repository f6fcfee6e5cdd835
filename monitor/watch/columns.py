"""What the columns of somebody's list hold, by their headings, in whichever row those stand. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from monitor.vocabulary.letters import bare
from monitor.watch import headings

FIELDS = (
    "ref name party product aliases country ids parent share owner relation kind hs codes eccn materials part_of note".split()  # noqa: SIM905 -- in a row
)
BRACKET = re.compile(r"[(\[（【<][^()\[\]（）【】<>]*[)\]）】>]")
PARTS = re.compile(r"(?<![^\S\n\r])[^\S\n\r]*+[/|\n\r·]\s*")
LONGEST_HEADING = 60
HEADED_WITHIN = 40  # rows; above the headings a sheet may have a title, a logo, who made it


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its `letter` in the sheet, its heading, and the field it holds, empty where it is of no use."""

    letter: str
    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand (the first row under them is `below`, from 0), and what each column holds."""

    below: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> frozenset[str]:
        """All fields that some column holds."""
        return frozenset(column.field for column in self.columns if column.field)


def layout(rows: Sequence[Sequence[str]], mapped: Mapping[str, str]) -> Layout | None:
    """The row of headings among the first rows: the one that says most. `mapped` are headings as a person explains them.

    Two rows may be one heading, where a cell of the upper one spans several below.
    """
    best: tuple[int, Layout] | None = None
    for number, row in enumerate(rows[:HEADED_WITHIN]):
        above = _spread(rows[number - 1], len(row)) if number else []
        for spanned in ([], above) if above else ([],):
            tried = Layout(number + 1, tuple(_columns(row, spanned, mapped)))
            worth = 2 * len(tried.fields) + len([column for column in tried.columns if column.field])
            if _names_something(tried.fields) and _is_heading(row) and (best is None or worth > best[0]):
                best = worth, tried
    return best[1] if best else None


def _is_heading(row: Sequence[str]) -> bool:
    cells = [cell for cell in row if cell.strip()]
    return (
        bool(cells)
        and all(len(cell) <= LONGEST_HEADING for cell in cells)
        and not any(cell.strip().isdecimal() for cell in cells)
    )


def _names_something(fields: frozenset[str]) -> bool:
    return bool(fields & {"name", "party", "product"}) or ("note" in fields and bool(fields & {"hs", "eccn", "codes"}))


def _spread(row: Sequence[str], width: int) -> list[str]:
    """A row in which an empty cell says what the one to its left says, as merged cells do."""
    spread, last = [], ""
    for place in range(width):
        last = row[place] if place < len(row) and row[place].strip() else last
        spread.append(last)
    return spread


def _columns(row: Sequence[str], above: Sequence[str], mapped: Mapping[str, str]) -> Iterator[Column]:
    given = {level(heading): field for heading, field in mapped.items()}
    for place, cell in enumerate(row):
        upper = above[place] if place < len(above) else ""
        both = f"{upper} {cell}".strip()
        if cell.strip() or (upper and place == 0) or level(letter(place)) in given:
            meant = given.get(level(cell)) or given.get(level(letter(place))) or field(cell) or known().get(level(both), "")
            yield Column(
                letter(place),
                " ".join((cell or upper).split()) or letter(place),
                meant or (field(upper) if not cell.strip() else ""),
            )


def letter(place: int) -> str:
    """The letter that a spreadsheet calls a column by, counted from 0."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def place_of(column: Column) -> int:
    """Where a column stands in a row, counted from 0."""
    number = 0
    for letter_of in column.letter:
        number = number * 26 + ord(letter_of) - ord("A") + 1
    return number - 1


def level(heading: str) -> str:
    """A heading by its letters, digits and signs of percent alone."""
    return "%".join(map(bare, heading.split("%")))


@cache
def known() -> dict[str, str]:
    """Each heading, levelled → its field."""
    rows = (line.partition(": ") for line in headings.HEADINGS.strip().splitlines())
    return {level(name): field for field, _, spelt in rows for name in spelt.split()}


def field(heading: str) -> str:
    """Which field a heading stands for; empty where we do not know."""
    if len(heading) > LONGEST_HEADING:
        return ""
    outside = BRACKET.sub(" ", heading)
    tries = chain((heading, outside), PARTS.split(outside), BRACKET.findall(heading))
    for words in tries:
        if known_field := known().get(level(words)) or known().get(level(words).rstrip("0123456789*")):
            return known_field
    low = " ".join(re.sub(r"[_.:*-]+", " ", heading.casefold()).split())
    if len(low.split()) < 2 and low.isascii():
        return ""
    return next((name for name, pattern in headings.INSIDE if re.search(pattern, low)), "")


def nearest(word: str) -> str:
    """The fields that a column can be mapped to, for a message."""
    return f"{word!r} is no field; one of: {', '.join(FIELDS)}"
