"""Find which firms the columns of a list are about. Pure.

Without a heading, find the column of firms; with several firms in a row, tell whose each column is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from monitor.names.name import parse_name
from monitor.watch.cells import CODE, find_country_code
from monitor.watch.tables import (
    HEADED_WITHIN,
    Column,
    Layout,
    Rows,
    Table,
    get_cell,
    lay_out_bare,
    load_patterns,
)
from monitor.watch.values import Relation

GUESSED_BY = 50  # rows
ABOUT_A_PARTY = frozenset(
    {"aliases", "country", "ids", "parent", "share", "held_from", "held_until"}
)


class Firm(NamedTuple):
    """A firm of a row: its kind, and what tells it from others of that kind."""

    role: str
    which: str = ""


# What a further firm of a row is to us, None where that is not wanted, and which it is.
Beside = tuple[Relation | None, Firm]
MAIN = Firm("")  # no heading says otherwise


def find_role(heading: str) -> str:
    """Find the one kind of firm that a heading names; "" if it names none or several."""
    patterns = load_patterns("roles")
    kinds = [kind for kind in patterns if kind != "another" and patterns[kind].search(heading)]
    return kinds[0] if len(kinds) == 1 else ""


def find_relation(table: Table, layout: Layout) -> Relation:
    """Find what the firms of a table are to us: by its heading, the text above, or the sheet's
    name.
    """
    headings = [column.heading for column in layout.columns if column.field == "party"]
    above = " ".join(cell for row in table.rows[: layout.above] for cell in row)
    roles = [role for role in map(find_role, (*headings, above, table.sheet)) if role]
    return Relation.CUSTOMER if roles[:1] == ["customer"] else Relation.SUPPLIER


def find_besides(layout: Layout, relation: Relation | None, whom: Relation) -> dict[str, Beside]:
    """The columns on another firm than the rows are of, by letter: a customer beside a supplier,
    a second supplier.
    """
    firms = _list_firms(layout)
    wanted = [firm for firm in firms.values() if relation and firm.role.startswith(relation)]
    of_a_kind = [firm for firm in firms.values() if firm.role]
    # the first of them, rather than the second supplier
    mine = min(wanted or of_a_kind or firms.values(), key=lambda one: bool(one.which), default=MAIN)
    whoever = {"customer": Relation.CUSTOMER, "": whom}
    roles = dict.fromkeys(("", mine.role), relation) if relation else whoever
    rest = None if relation else Relation.SUPPLIER
    return {
        letter: (roles.get(one.role, rest), one)
        for letter, one in firms.items()
        if one not in (mine, MAIN)
    }


def _list_firms(layout: Layout) -> dict[str, Firm]:
    """Map each column letter to its firm.

    Columns behind a firm (country, numbers) belong to that firm. Behind a second firm they belong
    to the first, unless each has its own.
    """
    firms: dict[str, Firm] = {}
    latest = MAIN
    headed = Counter(column.field for column in layout.columns)
    for column in layout.columns:
        if column.field == "party":
            firms[column.letter] = latest = _find_firm(column)
        elif column.field in ABOUT_A_PARTY:
            first = Firm(latest.role)
            is_shared = headed[column.field] == 1 and first in firms.values()
            firms[column.letter] = first if is_shared else latest
    return firms


def _find_firm(column: Column) -> Firm:
    another = load_patterns("roles")["another"].search(column.heading.casefold())
    return Firm(find_role(column.heading), column.country or (another[0] if another else ""))


def lay_out_by_countries(rows: Rows) -> Layout | None:
    """The columns of a table that has a column for each country, and firms in it."""
    for number, row in enumerate(rows[:HEADED_WITHIN]):
        columns = [
            Column(place, text, "", find_country_code(text) or "")
            for place, text in enumerate(" ".join(cell.split()) for cell in row)
            if text
        ]
        places = [column.place for column in columns if column.country]
        under = rows[number + 1 : number + 1 + GUESSED_BY]
        firms = [one[place] for one in under for place in places if get_cell(one, place)]
        if len(places) > 1 and _count_forms(firms) * 4 >= len(firms) > 0:
            first, *others = (replace(one, field="party" * bool(one.country)) for one in columns)
            named = first if first.field else replace(first, field="ref")
            return Layout(number + 1, (named, *others), above=number)
    return None


def settle_columns(layout: Layout, rows: Rows) -> Layout:
    """Correct columns by their cells.

    `Code` beside firms is their number if no cell is a control code. `Owner` of firms holds who
    owns them.
    """
    return replace(
        layout, columns=tuple(_settle_column(column, layout, rows) for column in layout.columns)
    )


def _settle_column(column: Column, layout: Layout, rows: Rows) -> Column:
    cells = [*filter(None, map(column.get_cell, rows[layout.below :]))]
    are_numbers = column.field == "codes" and "party" in layout.fields
    if are_numbers and not any(map(CODE.match, cells)):
        return replace(column, field="ref")
    are_firms = column.field == "owner" and _count_forms(cells) * 2 > len(cells)
    return replace(column, field="parent") if are_firms else column


def guess_layout(rows: Rows) -> Layout | None:
    """The columns of a table without headings, by what stands in them: firms by their legal
    forms, countries.
    """
    first = [row for row in rows[:GUESSED_BY] if any(map(str.strip, row))]
    columns = {
        place: [row[place] for row in first if get_cell(row, place)]
        for place in range(max(map(len, first), default=0))
    }
    # the columns in which most cells have a legal form; else the one with the most, where a quarter
    # of its cells have one
    forms = {place: _count_forms(names) for place, names in columns.items()}
    sure = [place for place, number in forms.items() if number * 2 > len(columns[place])]
    most = [place for place, number in forms.items() if number == max(forms.values())]
    is_one = len(most) == 1 and forms[most[0]] > 1
    parties = sure or (most if is_one and forms[most[0]] * 4 >= len(columns[most[0]]) else [])
    if len(first) < 2 or not parties:
        return None
    countries = {
        place: "country"
        for place, cells in columns.items()
        if sum(map(bool, map(find_country_code, cells))) * 2 > len(cells)
    }
    fields = countries | dict.fromkeys(parties, "party")
    return lay_out_bare([fields.get(place, "") for place in columns], is_guessed=True)


def _count_forms(names: Iterable[str]) -> int:
    return sum(bool(parse_name(name.partition("\n")[0]).forms) for name in names)


def is_split_name(first: str, second: str) -> bool:
    """Return whether two cells are halves of one name: only the second has the legal form."""
    return not parse_name(first).forms and bool(parse_name(f"{first} {second}").forms)


def join_lines(rows: Rows, layout: Layout) -> Iterator[Sequence[str]]:
    """Yield the rows below the headings, with names joined that print cut into two rows.

    The lower row then has only the rest of the name, and no number; it becomes empty.
    """
    of = {column.place: column.field for column in layout.columns}
    numbers = [place for place, field in of.items() if field == "ref"]
    is_taken = False
    for row, below in pairwise([*rows[layout.below :], ()]):
        first, *more = [place for place in range(len(below)) if get_cell(below, place)] or [-1]
        is_cut = (
            not more
            and of.get(first) in ("name", "party")
            and any(get_cell(row, place) for place in (numbers if get_cell(row, first) else ()))
            and is_split_name(row[first], below[first])
        )
        whole = [f"{row[first]}\n{below[first]}"] if is_cut else []
        yield () if is_taken else [*row[:first], *whole, *row[first + 1 :]] if is_cut else row
        is_taken = is_cut
