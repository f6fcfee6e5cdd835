"""A watch list from a CSV file or a sheet: which column holds what, and each row as an entry.
Pure.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from shlex import quote

from monitor.errors import ConfigError
from monitor.model import Value
from monitor.names.name import normalize_name, parse_name, read_name, split_names
from monitor.names.numbers import PASSPORT, find_contradiction, normalize_number
from monitor.names.several import LINE, find_parts, split_firms
from monitor.names.words import find_place
from monitor.vocabulary import countries
from monitor.watch import cells as cell
from monitor.watch.cells import NUMBERS, SEVERAL, Cells
from monitor.watch.entries import Entry, Owner, Party, Product, merge_entries
from monitor.watch.firms import (
    Beside,
    find_besides,
    find_relation,
    find_role,
    guess_layout,
    is_split_name,
    join_lines,
    lay_out_by_countries,
    settle_columns,
)
from monitor.watch.noise import clean_name
from monitor.watch.stakes import read_holders, tell_unread
from monitor.watch.tables import (
    FORMULA,
    Column,
    Layout,
    Rows,
    Table,
    find_layout,
    find_likely_headings,
    get_cell,
    list_filled,
    load_headings,
    load_patterns,
    make_column_letter,
    normalize_heading,
    read_tables,
)
from monitor.watch.values import Relation

Tell = Callable[[str], None]
LONGEST_NAME = 500  # characters; more is a quotation mark that closed too late
SHOWN_HEADINGS = 6
# five words or more and a stop behind a word in small letters: no name, and no `Co.`
SENTENCE = re.compile(
    r"(?=(?:\S+\s+){4}\S).*?(?<![^\W\d_A-Z])[^\W\d_A-Z]{4,}[.!?](?:\s|$)", re.DOTALL
)
FOOTNOTES = frozenset("*†‡¹²³")  # before a note, and behind the name that it is of
REPAIR = re.compile(r"; (?:kept without|left out|taken as .*)$")  # of a row, not of a command
UNREAD = "unread"  # among the cells of a row by field: what of it is in no field
OF_GOODS = ("hs", "codes", "eccn", "materials", "cas", "part_of")
FOR_GOODS = frozenset({"ref", "name", "product", "owner", "note", *OF_GOODS})
FOR_PARTIES = frozenset(
    "ref name party aliases country ids parent share held_from held_until owner relation kind note".split()  # noqa: SIM905 -- in a row
)


class Imported(Value, kw_only=True):
    """The entries of a file, and by row what could not be used.

    `refs` name the rows, one for each entry. `taken` says how each sheet's columns were read.
    `unused` lists columns without use, `remarks` the repairs, `strangers` the explained headings
    that it does not have.
    """

    entries: tuple[Entry, ...]
    unusable: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


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
    again: dict[tuple[str, str], list[str]] = {}  # where, by what is not taken of it
    for where, row, ref, relations in _iterate_rows(file, body, relation, mapped or {}, told):
        for one, cells in product(relations, _split_firms(row, partial(_tell_row, told, where))):
            read = read_entry(cells, one, where, partial(_tell_row, told, where))
            if read is None:
                continue
            key = f"{where} {read.key}" if every else read.key
            if above := by_key.get(key):
                by_key[key], but = _merge_twice(above, read)
                if above.origin != where:  # each firm of a row has its goods
                    again.setdefault((read.name, but), []).append(where)
            else:
                by_key[key] = read
                refs.append(ref)
    told["unusable"] += [*_tell_again(again), *_tell_unread(by_key.values())]
    lines = {kind: tuple(dict.fromkeys(some)) for kind, some in told.items()}
    return Imported(entries=tuple(by_key.values()), refs=tuple(refs), **lines)


def _merge_twice(first: Entry, again: Entry) -> tuple[Entry, str]:
    """An entry that stands twice as one, and what of the second is not taken, in words."""
    merged, other = merge_entries(first, again)
    numbers = [list(map(normalize_number, getattr(entry, "ids", ()))) for entry in (first, again)]
    other += filter(None, [find_contradiction(*numbers)])
    return merged, f", but not {', '.join(other)}" if other else ""


def _tell_again(again: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[str]:
    """A sentence for each name that stands again, with its rows."""
    for (name, but), places in again.items():
        yield (
            f"{_name_first(places)}: {name} stands above already; the first is kept, with what is"
            f" new here{but}"
        )


def _name_first(places: Sequence[str]) -> str:
    """The first of several rows, and how many more there are."""
    more = len(places) - 1
    return f"{places[0]} (and in {more} further rows)" if more else places[0]


def _tell_unread(entries: Iterable[Entry]) -> Iterator[str]:
    """A sentence for each column that is not read and has what may be an owner or a code."""
    places: dict[str, list[str]] = {}
    for entry in entries:
        for unread in entry.unread:
            places.setdefault(unread.partition(": ")[0], []).append(f"{entry.origin}: {unread}")
    for first, *rest in places.values():
        more = f" (and in {len(rest)} further rows)" if rest else ""
        yield f"{first}: not read, and may be an owner or a code{more}"


def _split_firms(row: Cells, tell: Tell) -> Iterator[Cells]:
    """A row for each firm where its name is those of several, each with its legal form: `Acme
    Ltd; Beta GmbH`.
    """
    field = "party" if "party" in row else "name"
    for name in row.get(field, ()):
        firms = split_firms(name)
        if len(firms) > 1 and len(_split_scripts([name])) < 2:
            tell(f"name {name!r} is read as {len(firms)} firms")
            yield from ({**row, field: [firm]} for firm in firms)
            return
    yield row


def _tell_row(told: Told, where: str, why: str) -> None:
    mended = "; taken as " in why or why.startswith("name ")
    told["remarks" if mended else "unusable"].append(f"{where}: {why}")


def _tell_file(told: Told, line: str) -> None:
    told["unusable" if FORMULA in line else "unused"].append(line)


def _suggest_map(table: Table, place: int | None = None) -> str:
    """Suggest how to name the column of names: by its likely heading, else by its letter."""
    number, headings = find_likely_headings(table.rows)
    if not number or (place is not None and _holds_firm(headings, place)):
        return f"--map {make_column_letter(place or 0)}=name"
    shown = [heading for heading in headings if heading.strip()][:SHOWN_HEADINGS]
    heading = (place is not None and get_cell(headings, place)) or "HEADING"
    return (
        f"if row {table.before + number} holds the headings ({', '.join(shown)}),"
        f" --map {quote(heading)}=name"
    )


def _holds_firm(row: Sequence[str], place: int) -> bool:
    return bool(parse_name(get_cell(row, place)).forms)


def _list_kinds(fields: Container[str], whom: Relation = Relation.SUPPLIER) -> list[Relation]:
    """List what rows with these fields are to us: someone, goods, or both."""
    goods = "product" in fields or any(field in fields for field in OF_GOODS)
    someone: list[Relation] = [whom] if "party" in fields or not goods else []
    return [*someone, Relation.PRODUCT] if goods else someone


def _iterate_rows(
    file: str, body: bytes, relation: Relation | None, mapped: Mapping[str, str], told: Told
) -> Iterator[tuple[str, Cells, str, Sequence[Relation]]]:
    """Each row under its headings, with where it stands, what it is called and what it is to us."""
    headings, nameless = set[str](), list[str]()
    for table in read_tables(file, body, partial(_tell_file, told), mapped):
        where = f"{file} [{table.sheet}]" if table.sheet else file
        layout = (
            lay_out_by_countries(table.rows)
            or find_layout(table.rows, mapped)
            or guess_layout(table.rows)
        )
        if layout and not {"codes", "owner"} & {*mapped.values()}:
            layout = settle_columns(layout, table.rows)
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
            yield from _list_rows(where, table, layout, relation, told)
    if not headings:
        empty = "no column holds names; its first row is: nothing; write the names into it"
        raise ConfigError(f"{file}: {nameless[0] if nameless else empty}")
    told["strangers"] += [one for one in mapped if normalize_heading(one) not in headings]


def _tell_others(where: str, table: Table, layout: Layout, relation: Relation | None) -> str:
    """Say that a further table has customers instead of suppliers, or the reverse; "" if not."""
    whom = find_relation(table, layout)
    if {relation, whom} != {Relation.SUPPLIER, Relation.CUSTOMER}:
        return ""
    return (
        f"{where} row {table.before + 1}: these are {whom}s and not {relation}s; import"
        f" them --as {whom}"
    )


def _holds_names(layout: Layout, relation: Relation | None) -> bool:
    """Return whether a table has a column with the wanted names."""
    if relation is None:
        return True
    needed = {"name", "product", "note"} if relation.is_goods else {"name", "party"}
    return bool(layout.fields & needed)


def _tell_nameless(table: Table) -> str:
    """Say that no column of a table holds names, and how the table begins."""
    begins = next((", ".join(filter(None, row)) for row in table.rows if any(row)), "nothing")
    return f"no column holds names; its first row is: {begins[:120]}"


def _list_rows(
    where: str, table: Table, layout: Layout, relation: Relation | None, told: Told
) -> Iterator[tuple[str, Cells, str, Sequence[Relation]]]:
    """Yield the rows of one table with their relations.

    The relation is the stated one, or that of the columns. If these hold both firms and goods, the
    row's own cells decide.
    """
    whom = find_relation(table, layout)
    besides = find_besides(layout, relation, whom)
    relations = [relation] if relation else _list_kinds(layout.fields, whom)
    _tell_of(where, table, layout, relations, besides, told)
    for at, row, apart in _read_body(where, table, layout, besides, told):
        ref = cell.get_first_value(row, "ref") or at.rpartition(" ")[2]
        if any(row.values()) and not (apart and row.keys() <= {"ref", UNREAD}):
            # of a firm whose own name is not given an alias is the name
            fields = {*row, "party"} if "aliases" in row else row
            yield at, row, ref, relations if len(relations) == 1 else _list_kinds(fields, whom)
        for (kind, _), others in apart.items():
            if kind:
                yield at, others, ref, [kind]


def _read_body(
    where: str, table: Table, layout: Layout, besides: Mapping[str, Beside], told: Told
) -> Iterator[tuple[str, CellsByField, dict[Beside, CellsByField]]]:
    """Yield each row: its place, its cells by field, and the cells about other firms."""
    width = _tell_bare_columns(where, table, layout, told)
    last = max(
        (number for number, row in enumerate(table.rows, 1) if any(map(str.strip, row))), default=0
    )
    marks = {
        one.rstrip()[-1:] for row in table.rows for one in row if one.strip()[:1] not in FOOTNOTES
    }.intersection(FOOTNOTES)
    wider: list[str] = []
    for number, row in enumerate(join_lines(table.rows, layout), layout.below + 1):
        at = f"{where} row {table.before + number}"
        if any(cell.strip() for cell in row[width:]):
            wider.append(at)
        elif any(cell.strip() for cell in row):
            cells, apart = _read_row(row, layout, besides)
            if _is_repeated_heading(row, layout):
                told["unused"].append(f"{at}: not used: the headings again")
                continue
            why = _explain_no_entry(row, cells, marks, is_last=number == last)
            if apart or not why:
                unread = _find_unread(row, layout)
                others = {one: some | unread for one, some in apart.items() if "party" in some}
                yield at, cells | unread, others
            else:
                told["unusable"].append(f"{at}: {why}")
        elif any(map(str.strip, table.rows[number - 1])):
            told["remarks"].append(f"{at}: goes on with the name above")
    if wider:
        told["unusable"].append(
            f"{_name_first(wider)}: more cells than headings; put a name with a comma into quotation"
            " marks"
        )


def _is_repeated_heading(row: Sequence[str], layout: Layout) -> bool:
    """Return whether a row repeats the headings, as printed pages do."""
    texts = {one: one.get_cell(row) for one in layout.columns}
    return all(" ".join(text.split()) in ("", one.heading) for one, text in texts.items())


def _tell_bare_columns(where: str, table: Table, layout: Layout, told: Told) -> int:
    """Report the columns without a heading; return how many cells a row may have."""
    headed = {column.place for column in layout.columns}
    # in a sheet each cell stands where it belongs; of text, one more may have moved them all
    width = max([max(headed) + 1, *map(len, table.rows if table.sheet else ())])
    lost = [
        make_column_letter(place)
        for place in range(width)
        if place not in headed and any(get_cell(row, place) for row in table.rows[layout.below :])
    ]
    if lost:
        told["unused"].append(
            f"{where}: not used, since it has no heading: {', '.join(lost)}; --map LETTER=field"
            " uses one"
        )
    return width


def _read_row(
    row: Sequence[str], layout: Layout, besides: Mapping[str, Beside]
) -> tuple[CellsByField, dict[Beside, CellsByField]]:
    cells: CellsByField = {}
    apart: dict[Beside, CellsByField] = {}
    for column in layout.columns:
        text = column.get_cell(row)
        if not column.field or not text:
            continue
        beside = besides.get(column.letter)
        of = cells if beside is None else apart.setdefault(beside, {})
        is_passport = column.field == "ids" and PASSPORT.search(column.heading)
        of.setdefault(column.field, []).append(f"passport {text}" if is_passport else text)
        if column.country:
            of["country"] = [column.country]
        for first in _find_first_half(column, layout):
            begins = first.get_cell(row)
            if begins and beside == besides.get(first.letter):
                # the name, where it surely is one
                names = of[first.field if is_split_name(begins, text) else column.field]
                names.insert(0 if is_split_name(begins, text) else len(names), f"{begins} {text}")
    return cells, apart


def _find_unread(row: Sequence[str], layout: Layout) -> CellsByField:
    """Find cells in unused columns that look like a firm or goods."""
    cells = (
        (column.heading, column.get_cell(row))
        for column in layout.columns
        if column.field in ("", "ref", "owner")
    )
    unread = [*tell_unread(cells)]
    return {UNREAD: unread} if unread else {}


def _find_first_half(column: Column, layout: Layout) -> list[Column]:
    """The columns that this one may go on with: `Name 1` of `Name 2`."""
    stem, ends, _ = normalize_heading(column.heading).partition("2")
    return [
        one
        for one in layout.columns
        if ends
        and one.field in ("name", "party")
        and normalize_heading(one.heading) in (stem, f"{stem}1")
    ]


def _explain_no_entry(row: Sequence[str], cells: Cells, marks: set[str], *, is_last: bool) -> str:
    """Explain why a row is no entry: a total, a footnote, or nothing in a used column; "" if it is
    one.
    """
    only = [text for some in cells.values() for text in some]
    alone = list_filled(row)
    if not only:
        return f"only in columns that are not used: {alone[0].strip()[:60]!r}"
    says = only[0][0] in marks or SENTENCE.match(only[0])
    is_note = len(alone) == 1 and says and not parse_name(only[0]).forms
    is_total = is_last and [*map(str.casefold, only)] == ["total"]
    return f"{only[0]!r} is no name" if is_note or is_total else ""


def _tell_of(
    where: str,
    table: Table,
    layout: Layout,
    relations: Sequence[Relation],
    besides: Mapping[str, Beside],
    told: Told,
) -> None:
    """Report how the columns of a sheet were read and which were unused; without headings, ask."""
    used = frozenset(field for one in relations for field in list_used_fields(one))
    kinds = " and ".join("firms of our own" if one == "own" else f"{one}s" for one in relations)
    unwanted = {letter for letter, (kind, _) in besides.items() if not kind}
    left = [
        column for column in layout.columns if column.field not in used or column.letter in unwanted
    ]
    meanings = ", ".join(
        f"“{column.heading}” is {column.field.replace('_', ' ')}"
        + " (who of you, not screened)" * (column.field == "owner")
        + " of its own" * (column.letter in besides and column.field == "party")
        for column in layout.columns
        if column not in left
    )
    stand = f"headings in row {table.before + layout.below}" if layout.below else "without headings"
    if layout.is_guessed:
        party = next(column for column in layout.columns if column.field == "party")
        stand += f"; is it so? {_suggest_map(table, party.place)} says otherwise"
    told["taken"].append(f"{where}: read as {kinds}, {stand}: {meanings}")
    told["unused"] += _tell_above(where, table.rows[: layout.above])
    if left:
        names = ", ".join(_describe_unused_column(column, unwanted) for column in left)
        told["unused"].append(f"{where}: not used: {names}; --map HEADING=field uses one")


def _tell_above(where: str, rows: Rows) -> Iterator[str]:
    """Report unused cells above the headings, because they may name a firm."""
    cells = [f"“{' '.join(cell.split())}”" for row in rows for cell in row if cell.strip()]
    if cells:
        more = cells[SHOWN_HEADINGS:]
        further = f" (and {len(more)} further cells)" if more else ""
        shown = ", ".join(cells[:SHOWN_HEADINGS])
        yield f"{where}: not used, above the headings: {shown}{further}"


def list_used_fields(relation: Relation) -> frozenset[str]:
    """The fields that an entry of that kind has a use for."""
    return FOR_GOODS if relation.is_goods else FOR_PARTIES


def _describe_unused_column(column: Column, unwanted: Container[str]) -> str:
    meant = (
        f"{find_role(column.heading)}s"
        if column.letter in unwanted and column.field == "party"
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
        why = "; ".join(REPAIR.sub("", one) for one in told)
        raise ConfigError(f"{cell.get_first_value(cells, 'name')!r} is not added: {why}")
    return made


def read_entry(cells: Cells, relation: Relation, where: str, tell: Tell) -> Entry | None:
    """One entry of fields by name; what can't be used is reported, and without a name there is
    no entry.
    """
    if relation.is_goods:
        return _make_product(cells, relation, where, tell)
    return _make_party(cells, relation, where, tell)


def _read_names(cells: Cells, tell: Tell) -> tuple[list[str], list[str]]:
    """The names of a row, if any, the first cleaned; and those that stand in its remark alone."""
    given = [*cells.get("party", ()), *cells.get("name", ())]
    # below `Vendor` systems print its number, and below `Name` the name
    given = [name for name in given if any(map(str.isalpha, name))] or given
    written = cell.split_cells(cells.get("aliases", ()), SEVERAL)
    aliases = [*written, *_find_called(cells, ("aliases", "party", "name"), tell)]
    remarked = [*_find_called(cells, ("note",), tell)]
    if not given and (given := [*aliases, *remarked][:1]):
        tell(f"no name but an alias; taken as {given[0]!r}")
    if not given:
        ref = cell.join_values(cells, "ref")
        tell(f"no name beside {ref!r}" if "ref" in cells else "no name")
        return [], []
    first, *more = _split_scripts(given)
    if len(first) > LONGEST_NAME:
        tell(f"a name of {len(first):,} characters; is a quotation mark left open?")
        return [], []
    clean = clean_name(first)
    # `IRAN` above firms of Iran
    is_heading = len(cells) == 1 and cell.is_place_heading(clean.name)
    if not clean.name or is_heading or not normalize_name(split_names(clean.name)[0]):
        ref = cell.join_values(cells, "ref")
        tell(f"{first!r} is no name{f', beside {ref!r}' if ref else ''}")
        return [], []
    if clean.removed:
        tell(f"name {first!r} is read as {clean.name!r}, without {'; '.join(clean.removed)}")
    others = dict.fromkeys(alias for alias in (*more, *aliases) if alias != first)
    # what cleaning took away may be a firm: an addressee, the next line
    whole = LINE.sub(" / ", first.strip())
    known = {clean.name, *(part.name for part in find_parts(clean.name))}
    has_more = any(part.name not in known for part in find_parts(whole))
    names = [clean.name, *others, *([whole] if has_more else ())]
    return names, [name for name in remarked if name not in (first, *names)]


def _split_scripts(given: Sequence[str]) -> list[str]:
    """The names, the first as two where its two lines are one in Chinese and one in letters."""
    lines = LINE.split(given[0].strip())
    is_of_two = len(lines) == 2 and read_name(lines[0]).cjk != read_name(lines[1]).cjk
    return [*lines, *given[1:]] if is_of_two else list(given)


def _find_called(cells: Cells, fields: Iterable[str], tell: Tell) -> Iterator[str]:
    """The further names that cells tell, beside a name too: `formerly Foo GmbH`, `原名：甲公司`."""
    called = load_patterns("called")["name"]
    for field in fields:
        begins = int(field in ("party", "name"))
        for match in (
            found for said in cells.get(field, ()) for found in called.finditer(said, begins)
        ):
            name = clean_name(_add_place(match["name"].strip(), match["place"] or "")).name
            is_said = any(word.isalpha() and word.islower() for word in name.split())
            is_name = parse_name(name).forms or not is_said
            if is_name and any(map(str.isalpha, name)) and not cell.find_country_code(name):
                tell(f"name {name!r} is taken from {match.string!r}")
                yield name


def _add_place(name: str, written: str) -> str:
    """Add a place in brackets to a name, in the name's script; ignore words that are no place."""
    code = cell.find_country_code(written)
    place = countries.name(code) if code else find_place(written)
    shown = written if read_name(name).cjk or written.isascii() else place.title()
    return f"{name} ({shown})" if place else name


def is_person(kind: str) -> bool:
    """Return whether a word for a kind of subject means a person."""
    return normalize_heading(kind) in load_headings("persons")


def _make_party(cells: Cells, relation: Relation, where: str, tell: Tell) -> Party | None:
    names, remarked = _read_names(cells, tell)
    if not names:
        return None
    owners, doubtful = _read_owners(cells, tell)
    first = owners[0] if owners else Owner(name="")
    return Party(
        name=names[0],
        relation=_read_relation(cells, relation, tell),
        aliases=tuple(names[1:]),
        remarked=tuple(dict.fromkeys(remarked)),
        country=cell.parse_country(cells, tell),
        ids=tuple(cell.parse_identifiers(cells, tell)),
        parent=first.name or None,
        share=first.share,
        held_from=cell.parse_day(cells, "held_from", tell),
        held_until=cell.parse_day(cells, "held_until", tell),
        owners=tuple(owners[1:]),
        person=is_person(cell.get_first_value(cells, "kind")),
        owner=cell.join_values(cells, "owner"),
        note=cell.join_values(cells, "note"),
        unread=(*doubtful, *cells.get(UNREAD, ())),
        ref=cell.join_values(cells, "ref"),
        origin=where,
    )


def _read_owners(cells: Cells, tell: Tell) -> tuple[list[Owner], list[str]]:
    """The owners of a row, the first with the share that another cell may state, and what of
    their cells is not understood.
    """
    stated = cell.parse_share(cells, tell)
    holders = [*read_holders(cells.get("parent", ()))]
    owners = [Owner(name=holder.name, share=holder.share) for holder in holders if holder.name]
    if owners and stated is not None:
        share = owners[0].share
        if share not in (None, stated):
            tell(f"share {stated:g} %, and {share:g} % beside the owner; the larger is kept")
        owners[0] = Owner(name=owners[0].name, share=max(stated, share or 0))
    return owners, [
        f"owner: {holder.name or cell.join_values(cells, 'parent')}"
        for holder in holders
        if holder.doubtful
    ]


def _make_product(cells: Cells, relation: Relation, where: str, tell: Tell) -> Product | None:
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
        materials=(*cell.split_cells(cells.get("materials", ()), NUMBERS), *cas),
        part_of=cell.get_first_value(cells, "part_of"),
        owner=cell.join_values(cells, "owner"),
        note=cell.join_values(cells, "note"),
        unread=tuple(cells.get(UNREAD, ())),
        ref=cell.join_values(cells, "ref"),
        origin=where,
    )


def _read_relation(cells: Cells, relation: Relation, tell: Tell) -> Relation:
    written = cell.get_first_value(cells, "relation")
    known = load_headings("relations").get(normalize_heading(written))
    if written and not known:
        tell(f"relation {written!r} is not known (supplier, customer, own); taken as {relation}")
    return Relation(known or relation)
