"""A watch list from a CSV file or a sheet: which column holds what, and each row as an entry.
Pure.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from shlex import quote

from monitor.errors import ConfigError
from monitor.model import Value
from monitor.names.name import normalize_name, parse_name, split_names
from monitor.names.numbers import PASSPORT, find_contradiction, normalize_number
from monitor.names.several import LINE, find_parts, split_firms
from monitor.watch import cells as cell
from monitor.watch.cells import NUMBERS, SEVERAL, Cells
from monitor.watch.entries import Entry, Owner, Party, Product, merge_entries
from monitor.watch.noise import clean_name
from monitor.watch.tables import (
    Column,
    Layout,
    Rows,
    Table,
    find_layout,
    find_likely_headings,
    make_column_letter,
    normalize_heading,
    parse_column_letter,
    read_tables,
)
from monitor.watch.values import Relation

Tell = Callable[[str], None]
GUESSED_BY = 50  # rows
LONGEST_NAME = 500  # characters; more is a quotation mark that closed too late
SHOWN_HEADINGS = 6
OF_GOODS = ("hs", "codes", "eccn", "materials", "cas", "part_of")
FOR_GOODS = frozenset({"ref", "name", "product", "owner", "note", *OF_GOODS})
FOR_PARTIES = frozenset(
    "ref name party aliases country ids parent share held_from held_until owner relation kind note".split()  # noqa: SIM905 -- in a row
)
ABOUT_A_PARTY = frozenset(
    {"aliases", "country", "ids", "parent", "share", "held_from", "held_until"}
)
RELATIONS = {
    **dict.fromkeys(("supplier", "vendor", "供应商"), Relation.SUPPLIER),
    **dict.fromkeys(("customer", "client", "客户"), Relation.CUSTOMER),
    **dict.fromkeys(
        ("own", "subsidiary", "affiliate", "子公司", "关联公司", "本公司"), Relation.OWN
    ),
}
ROLES = (  # which kind of firm a column names, by its heading
    ("customer", re.compile(r"customer|client|kunde|客户|客戶|得意先|顧客|고객")),
    (
        "supplier",
        re.compile(
            r"supplier|vendor|lieferant|kreditor|供应商|供應商|供货商|仕入先|공급|거래처|협력|fournisseur|proveedor|fornitore"
        ),
    ),
    ("manufacturer", re.compile(r"manufacturer|hersteller|制造商|生产商|厂商|メーカー")),
)
PERSONS = frozenset({"person", "individual", "natural person", "个人", "自然人"})


class Imported(Value, kw_only=True):
    """What a file gave, and row by row what could not be used; `refs` are what the rows are called,
    one for each entry.

    `taken` says what each sheet's columns were taken for, `unused` which columns were of no use,
    `remarks` what was mended.
    """

    entries: tuple[Entry, ...]
    unusable: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


CellsByField = dict[str, list[str]]
Told = defaultdict[str, list[str]]  # what is to be said of a file, by the fields of `Imported`


def read_entries(
    file: str,
    body: bytes,
    relation: Relation | None,
    mapped: Mapping[str, str] | None = None,
    *,
    every: bool = False,
) -> Imported:
    """The entries of a CSV file or a sheet; without a `relation` its columns tell whether they are
    parties, goods or both.

    `mapped` says what headings mean that we do not know. A name that stands twice is one entry with
    what both rows say, unless `every` row is wanted.

    Raises:
        ConfigError: it is neither, or no column is known to hold the names.
    """
    told, by_key, refs = Told(list), dict[str, Entry](), list[str]()
    # where an entry stands again, and what is not taken of it
    again: dict[tuple[str, str], list[str]] = {}
    for where, row, ref, relations in _rows(file, body, relation, mapped or {}, told):
        for one, cells in product(relations, _split_firms(row, partial(_tell_row, told, where))):
            read = read_entry(cells, one, where, partial(_tell_row, told, where))
            if read is None:
                continue
            key = f"{where} {read.key}" if every else read.key
            if key in by_key:
                by_key[key], but = _merge(by_key[key], read)
                again.setdefault((read.name, but), []).append(where)
            else:
                by_key[key] = read
                refs.append(ref)
    told["unusable"] += _tell_again(again)
    lines = {kind: tuple(some) for kind, some in told.items()}
    return Imported(entries=tuple(by_key.values()), refs=tuple(refs), **lines)


def _merge(first: Entry, again: Entry) -> tuple[Entry, str]:
    """An entry that stands twice as one, and what of the second is not taken, in words."""
    merged, other = merge_entries(first, again)
    numbers = [list(map(normalize_number, getattr(entry, "ids", ()))) for entry in (first, again)]
    other += filter(None, [find_contradiction(*numbers)])
    return merged, f", but not {', '.join(other)}" if other else ""


def _tell_again(again: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[str]:
    """A sentence for each name that stands again, with its rows."""
    for (name, but), places in again.items():
        more = f" (and in {len(places) - 1} further rows)" if len(places) > 1 else ""
        yield (
            f"{places[0]}{more}: {name} stands above already; the first is kept, with what is new"
            f" here{but}"
        )


def _split_firms(row: Cells, tell: Tell) -> Iterator[Cells]:
    """A row for each firm where its name is those of several, each with its legal form: `Acme
    Ltd; Beta GmbH`.
    """
    field = "party" if "party" in row else "name"
    for name in row.get(field, ()):
        firms = split_firms(name)
        if len(firms) > 1:
            tell(f"name {name!r} is read as {len(firms)} firms")
            yield from ({**row, field: [firm]} for firm in firms)
            return
    yield row


def _tell_row(told: Told, where: str, why: str) -> None:
    mended = "; taken as " in why or why.startswith("name ")
    told["remarks" if mended else "unusable"].append(f"{where}: {why}")


def _whom(table: Table, layout: Layout) -> Relation:
    """What the firms of a table are to us, by the heading of their names, else by what stands
    above, or the name of the sheet.
    """
    headings = [column.heading for column in layout.columns if column.field == "party"]
    above = " ".join(cell for row in table.rows[: layout.above] for cell in row)
    roles = [role for role in map(_role, (*headings, above, table.sheet)) if role]
    return Relation.CUSTOMER if roles[:1] == ["customer"] else Relation.SUPPLIER


def _guess_layout(rows: Rows) -> Layout | None:
    """The columns of a table without headings, by what stands in them: firms by their legal
    forms, countries.
    """
    first = [row for row in rows[:GUESSED_BY] if any(map(str.strip, row))]
    columns = {
        place: [row[place] for row in first if _filled(row, place)]
        for place in range(max(map(len, first), default=0))
    }
    party = _find_firms(columns)
    if len(first) < 2 or party is None:
        return None
    countries = {
        place: "country"
        for place, cells in columns.items()
        if sum(map(bool, map(cell.find_country_code, cells))) * 2 > len(cells)
    }
    fields = countries | {party: "party"}
    letters = {place: make_column_letter(place) for place in columns}
    return Layout(
        0,
        tuple(
            Column(letters[place], f"column {letters[place]}", fields.get(place, ""))
            for place in columns
        ),
        is_guessed=True,
    )


def _find_firms(columns: Mapping[int, Sequence[str]]) -> int | None:
    """The one column with the most legal forms, where a quarter of its cells have one."""
    forms = {
        place: sum(bool(parse_name(name).forms) for name in cells)
        for place, cells in columns.items()
    }
    most = [place for place, number in forms.items() if number == max(forms.values())]
    if len(most) != 1 or not forms[most[0]]:
        return None
    cells, number = len(columns[most[0]]), forms[most[0]]
    return most[0] if number * 2 > cells or (number > 1 and number * 4 >= cells) else None


def _suggest_map(table: Table, place: int | None = None) -> str:
    """How a person says which column holds the names: by the heading that is likely, else by its
    letter.
    """
    number, headings = find_likely_headings(table.rows)
    if not number or (place is not None and _holds_firm(headings, place)):
        return f"--map {make_column_letter(place or 0)}=name"
    shown = [heading for heading in headings if heading.strip()][:SHOWN_HEADINGS]
    heading = headings[place] if place is not None and _filled(headings, place) else "HEADING"
    return (
        f"if row {table.before + number} holds the headings ({', '.join(shown)}),"
        f" --map {quote(heading)}=name"
    )


def _holds_firm(row: Sequence[str], place: int) -> bool:
    return _filled(row, place) and bool(parse_name(row[place]).forms)


def _kinds(fields: Container[str], whom: Relation = Relation.SUPPLIER) -> list[Relation]:
    """What rows of these fields are to us: someone, something, or both."""
    goods = "product" in fields or any(field in fields for field in OF_GOODS)
    someone: list[Relation] = [whom] if "party" in fields or not goods else []
    return [*someone, Relation.PRODUCT] if goods else someone


def _rows(
    file: str, body: bytes, relation: Relation | None, mapped: Mapping[str, str], told: Told
) -> Iterator[tuple[str, Cells, str, Sequence[Relation]]]:
    """Each row under its headings, with where it stands, what it is called and what it is to us."""
    headings, nameless = set[str](), list[str]()
    for table in read_tables(file, body, told["unused"].append, mapped):
        where = f"{file} [{table.sheet}]" if table.sheet else file
        layout = find_layout(table.rows, mapped) or _guess_layout(table.rows)
        if headings and layout and (others := _tell_others(where, table, layout, relation)):
            told["unused"].append(others)
        elif layout is None or not _holds_names(layout, relation):
            told["unused"].append(f"{where}: {_tell_nameless(table)}")
            way = "call one of them `name` or 名称, or --map HEADING=name"
            nameless.append(f"{_tell_nameless(table)}; {way if layout else _suggest_map(table)}")
        else:
            headings |= {
                normalize_heading(called)
                for column in layout.columns
                for called in (column.heading, column.letter)
            }
            yield from _rows_of(where, table, layout, relation, told)
    if not headings:
        empty = "no column holds names; its first row is: nothing; write the names into it"
        raise ConfigError(f"{file}: {nameless[0] if nameless else empty}")
    if strangers := [heading for heading in mapped if normalize_heading(heading) not in headings]:
        told["unusable"].append(
            f"{file}: no column is called {', '.join(map(repr, strangers))}, which --map speaks of"
        )


def _tell_others(where: str, table: Table, layout: Layout, relation: Relation | None) -> str:
    """That a further table is of customers where suppliers are wanted, or the other way; ""
    where it is not.
    """
    whom = _whom(table, layout)
    if {relation, whom} != {Relation.SUPPLIER, Relation.CUSTOMER}:
        return ""
    return (
        f"{where} row {table.before + 1}: these are {whom}s and not {relation}s; import"
        f" them --as {whom}"
    )


def _holds_names(layout: Layout, relation: Relation | None) -> bool:
    """Whether a column names what is wanted."""
    if relation is None:
        return True
    needed = {"name", "product", "note"} if relation.is_goods else {"name", "party"}
    return bool(layout.fields & needed)


def _tell_nameless(table: Table) -> str:
    """That no column of a table holds names, and what it begins with."""
    begins = next((", ".join(filter(None, row)) for row in table.rows if any(row)), "nothing")
    return f"no column holds names; its first row is: {begins[:120]}"


def _rows_of(
    where: str, table: Table, layout: Layout, relation: Relation | None, told: Told
) -> Iterator[tuple[str, Cells, str, Sequence[Relation]]]:
    """The rows of one table. Each is to us what was said, or what the columns tell; where they
    hold both, what its own cells do.
    """
    _tell_of(where, table, layout, relation, told)
    whom, besides = _whom(table, layout), _besides(layout, relation)
    for at, row, apart in _read_body(where, table, layout, besides, told):
        kinds = [relation] if relation else _kinds(layout.fields, whom)
        ref = cell.get_first_value(row, "ref") or at.rpartition(" ")[2]
        if any(row.values()):
            yield at, row, ref, kinds if len(kinds) == 1 else _kinds(row, whom)
        for role, others in apart.items() if relation is None else ():
            yield at, others, ref, [role]


def _besides(layout: Layout, relation: Relation | None) -> dict[str, Relation]:
    """The columns on another firm than the rows are of, by letter, with what it is to us: a
    customer beside a supplier.

    What stands behind a firm (its country, its numbers) is of that firm.
    """
    roles: dict[str, str] = {}
    latest = ""
    for column in layout.columns:
        latest = _role(column.heading) if column.field == "party" else latest
        if latest and column.field in ("party", *ABOUT_A_PARTY):
            roles[column.letter] = latest
    wanted = [role for role in roles.values() if relation is not None and role.startswith(relation)]
    mine = next(iter(wanted or roles.values()), "")
    return {
        place: Relation.CUSTOMER if role == "customer" else Relation.SUPPLIER
        for place, role in roles.items()
        if role != mine
    }


def _role(heading: str) -> str:
    """Whom a heading speaks of, where it is one kind of firm alone."""
    roles = [role for role, pattern in ROLES if pattern.search(heading.casefold())]
    return roles[0] if len(roles) == 1 else ""


def _read_body(
    where: str, table: Table, layout: Layout, besides: Mapping[str, Relation], told: Told
) -> Iterator[tuple[str, CellsByField, dict[Relation, CellsByField]]]:
    """For each row: its place, its cells by field, the cells about other firms."""
    width = _tell_bare_columns(where, table, layout, told)
    last = max(
        (number for number, row in enumerate(table.rows, 1) if any(map(str.strip, row))), default=0
    )
    wider: list[str] = []
    for number, row in enumerate(table.rows[layout.below :], layout.below + 1):
        at = f"{where} row {table.before + number}"
        if any(cell.strip() for cell in row[width:]):
            wider.append(at)
        elif any(cell.strip() for cell in row):
            cells, apart = _read_row(row, layout, besides)
            if _repeats_headings(row, layout):
                told["unused"].append(f"{at}: not used: the headings again")
                continue
            if apart or not (why := _explain_no_entry(row, cells, is_last=number == last)):
                yield at, cells, {role: some for role, some in apart.items() if "party" in some}
            else:
                told["unusable"].append(f"{at}: {why}")
    if wider:
        more = f" (and {len(wider) - 1} further rows)" if len(wider) > 1 else ""
        told["unusable"].append(
            f"{wider[0]}{more}: more cells than headings; put a name with a comma into quotation"
            " marks"
        )


def _repeats_headings(row: Sequence[str], layout: Layout) -> bool:
    """Whether a row below has the headings again, as on each page of what was printed."""
    return all(
        " ".join(row[place].split()) == column.heading
        for column in layout.columns
        if _filled(row, place := parse_column_letter(column))
    )


def _tell_bare_columns(where: str, table: Table, layout: Layout, told: Told) -> int:
    """Report the columns without a heading; return how many cells a row may have."""
    headed = set(map(parse_column_letter, layout.columns))
    # in a sheet each cell stands where it belongs; of text, one more may have moved them all
    width = max([max(headed) + 1, *map(len, table.rows if table.sheet else ())])
    lost = [
        make_column_letter(place)
        for place in range(width)
        if place not in headed and any(_filled(row, place) for row in table.rows[layout.below :])
    ]
    if lost:
        told["unused"].append(
            f"{where}: not used, since it has no heading: {', '.join(lost)}; --map LETTER=field"
            " uses one"
        )
    return width


def _read_row(
    row: Sequence[str], layout: Layout, besides: Mapping[str, Relation]
) -> tuple[CellsByField, dict[Relation, CellsByField]]:
    cells: CellsByField = {}
    apart: dict[Relation, CellsByField] = {}
    for column in layout.columns:
        place = parse_column_letter(column)
        if not column.field or not _filled(row, place):
            continue
        role = besides.get(column.letter)
        of = cells if role is None else apart.setdefault(role, {})
        of.setdefault(column.field, []).append(_name_passport(column, row[place].strip()))
        for first in _find_first_half(column, layout):
            if _filled(row, first):
                of[column.field].append(f"{row[first].strip()} {row[place].strip()}")
    return cells, apart


def _find_first_half(column: Column, layout: Layout) -> list[int]:
    """The columns that this one may go on with: `Name 1` of `Name 2`."""
    stem, ends, _ = normalize_heading(column.heading).partition("2")
    return [
        parse_column_letter(one)
        for one in layout.columns
        if ends
        and one.field in ("name", "party")
        and normalize_heading(one.heading) in (stem, f"{stem}1")
    ]


def _name_passport(column: Column, written: str) -> str:
    """A passport's number with that it is one, which its heading alone says."""
    is_passport = column.field == "ids" and PASSPORT.search(column.heading)
    return f"passport {written}" if is_passport else written


def _explain_no_entry(row: Sequence[str], cells: Cells, *, is_last: bool) -> str:
    """Why a row is none of the list, if so: a total at its end, or nothing in a used column."""
    only = [text for some in cells.values() for text in some]
    if not only:
        return f"only in columns that are not used: {next(filter(str.strip, row)).strip()[:60]!r}"
    return f"{only[0]!r} is no name" if is_last and [*map(str.casefold, only)] == ["total"] else ""


def _filled(row: Sequence[str], place: int) -> bool:
    return place < len(row) and bool(row[place].strip())


def _tell_of(
    where: str, table: Table, layout: Layout, relation: Relation | None, told: Told
) -> None:
    """What the columns of a sheet were taken for, and which were of no use; where there are no
    headings, it is asked.
    """
    relations = [relation] if relation else _kinds(layout.fields, _whom(table, layout))
    used = frozenset(field for one in relations for field in list_used_fields(one))
    kinds = " and ".join("firms of our own" if one == "own" else f"{one}s" for one in relations)
    besides = _besides(layout, relation) if relation else {}
    taken = [
        column for column in layout.columns if column.field in used and column.letter not in besides
    ]
    meanings = ", ".join(
        f"“{column.heading}” is {column.field.replace('_', ' ')}" for column in taken
    )
    stand = f"headings in row {table.before + layout.below}" if layout.below else "without headings"
    if layout.is_guessed:
        party = next(column for column in layout.columns if column.field == "party")
        stand += f"; is it so? {_suggest_map(table, parse_column_letter(party))} says otherwise"
    told["taken"].append(f"{where}: read as {kinds}, {stand}: {meanings}")
    told["unused"] += _tell_above(where, table.rows[: layout.above])
    if left := [
        _left(column, besides)
        for column in layout.columns
        if column.field not in used or column.letter in besides
    ]:
        told["unused"].append(f"{where}: not used: {', '.join(left)}; --map HEADING=field uses one")


def _tell_above(where: str, rows: Rows) -> Iterator[str]:
    """That what stands above the headings is not used, since a firm may stand there."""
    cells = [f"“{' '.join(cell.split())}”" for row in rows for cell in row if cell.strip()]
    if cells:
        more = cells[SHOWN_HEADINGS:]
        further = f" (and {len(more)} further cells)" if more else ""
        shown = ", ".join(cells[:SHOWN_HEADINGS])
        yield f"{where}: not used, above the headings: {shown}{further}"


def list_used_fields(relation: Relation) -> frozenset[str]:
    """The fields that an entry of that kind has a use for."""
    return FOR_GOODS if relation.is_goods else FOR_PARTIES


def _left(column: Column, besides: Mapping[str, Relation]) -> str:
    meant = (
        f"{_role(column.heading)}s"
        if column.letter in besides and column.field == "party"
        else column.field.replace("_", " ")
    )
    return f"“{column.heading}” ({column.letter}{f', {meant}' if meant else ''})"


def make_entry(cells: Cells, relation: Relation) -> Entry:
    """One entry of fields by name, each with its values.

    Raises:
        ConfigError: a value can't be used.
    """
    told: list[str] = []
    made = read_entry(cells, relation, "", told.append)
    if made is None or told:
        raise ConfigError("; ".join(told))
    return made


def read_entry(cells: Cells, relation: Relation, where: str, tell: Tell) -> Entry | None:
    """One entry of fields by name; what can't be used is reported, and without a name there is
    no entry.
    """
    if relation.is_goods:
        return _product(cells, relation, where, tell)
    return _party(cells, relation, where, tell)


def _read_names(cells: Cells, tell: Tell) -> list[str]:
    """The names of a row, the first cleaned; none where it has none."""
    given = [*cells.get("party", ()), *cells.get("name", ())]
    # below `Vendor` systems print its number, and below `Name` the name
    given = [name for name in given if any(map(str.isalpha, name))] or given
    aliases = cell.split(cells.get("aliases", ()), SEVERAL)
    if not given and (given := aliases[:1]):
        tell(f"no name but an alias; taken as {given[0]!r}")
    if not given:
        ref = cell.get_first_value(cells, "ref")
        tell(f"no name beside {ref!r}" if "ref" in cells else "no name")
        return []
    first, *more = given
    if len(first) > LONGEST_NAME:
        tell(f"a name of {len(first):,} characters; is a quotation mark left open?")
        return []
    clean = clean_name(first)
    # `IRAN` above firms of Iran
    heads_others = len(clean.name) > 3 and len(cells) == 1 and cell.find_country_code(clean.name)
    if not clean.name or heads_others or not normalize_name(split_names(clean.name)[0]):
        tell(f"{first!r} is no name")
        return []
    if clean.removed:
        tell(f"name {first!r} is read as {clean.name!r}, without {'; '.join(clean.removed)}")
    others = dict.fromkeys(alias for alias in (*more, *aliases) if alias != first)
    # what cleaning took away may be a firm: an addressee, the next line
    whole = LINE.sub(" / ", first.strip())
    known = {clean.name, *(part.name for part in find_parts(clean.name))}
    has_more = any(part.name not in known for part in find_parts(whole))
    return [clean.name, *others, *([whole] if has_more else ())]


def _party(cells: Cells, relation: Relation, where: str, tell: Tell) -> Party | None:
    if not (names := _read_names(cells, tell)):
        return None
    parents = cell.split(cells.get("parent", ()), SEVERAL)
    return Party(
        name=names[0],
        relation=_relation(cells, relation, tell),
        aliases=tuple(names[1:]),
        country=cell.parse_country(cells, tell),
        ids=tuple(cell.parse_identifiers(cells, tell)),
        parent=parents[0] if parents else None,
        share=cell.parse_share(cells, tell),
        held_from=cell.day(cells, "held_from", tell),
        held_until=cell.day(cells, "held_until", tell),
        owners=tuple(Owner(name=parent) for parent in parents[1:]),
        person=cell.get_first_value(cells, "kind").casefold() in PERSONS,
        owner=cell.join_values(cells, "owner"),
        note=cell.join_values(cells, "note"),
        origin=where,
    )


def _product(cells: Cells, relation: Relation, where: str, tell: Tell) -> Product | None:
    hs, codes, eccn = (
        tuple(values)
        for values in (
            cell.parse_tariffs(cells, tell),
            cell.parse_codes(cells, "codes", tell),
            cell.parse_codes(cells, "eccn", tell),
        )
    )
    cas = [*cell.parse_cas_numbers(cells, tell)]
    called = [*cells.get("product", ()), *cells.get("name", ()), *cells.get("note", ())]
    given = called or [*hs, *codes, *eccn, *cas]
    if not given:
        tell("no name")
        return None
    if "party" not in cells and (also := [*cells.get("product", ()), *cells.get("name", ())][1:]):
        tell(f"name {'; '.join(also)!r} stands beside another; taken as {given[0]!r}")
    return Product(
        name=" ".join(given[0].split()),
        relation=Relation.PART if "part_of" in cells else relation,
        hs=hs,
        codes=codes,
        eccn=eccn,
        materials=(*cell.split(cells.get("materials", ()), NUMBERS), *cas),
        part_of=cell.get_first_value(cells, "part_of"),
        owner=cell.join_values(cells, "owner"),
        note=cell.join_values(cells, "note"),
        origin=where,
    )


def _relation(cells: Cells, relation: Relation, tell: Tell) -> Relation:
    written = cell.get_first_value(cells, "relation")
    known = RELATIONS.get(written.casefold(), None if written else relation)
    if not known:
        tell(f"relation {written!r} is not known (supplier, customer, own); taken as {relation}")
    return known or relation
