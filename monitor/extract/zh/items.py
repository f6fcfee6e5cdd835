"""The controlled items of an act: where its body, its tables and annexes list them, each line or
row as an entry of the tree.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain, pairwise, takewhile

from monitor.extract import codes, item_tree
from monitor.extract.item_tree import CODED, PLAIN, ListLine, find_introduced
from monitor.extract.words import find_all_live
from monitor.extract.zh import item_names, places
from monitor.extract.zh.lines import CHEMICAL, Line, Marked, make_line, read_mark, split_entries
from monitor.extract.zh.names import Piece
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE
from monitor.model import Action, Item, Unread, frozen
from monitor.names.numerals import parse_number
from monitor.vocabulary.letters import HAN

WORDS = CHINESE.table("items")

OPEN_NOTE = re.compile(r"[^:：]{1,8}[:：]\s*(?:[（(]?\d{1,2}[)）.．、](?:(?![（(；;]\d)[\s\S])*)?")
# A line of a list without any mark: `热压机;`.
UNMARKED = re.compile(r"[^。;:]{2,60}[;。]$|[^。;]{2,60}:$")
WIDE = frozenset({"top", "sub"})
CODELIKE = frozenset({"none", "dash"})  # marks that say nothing where a control code follows
CIRCLED = re.compile("[\u2460-\u2473]")


def read_items(lines: Sequence[Line]) -> tuple[Item, ...]:
    """The items a run of lines controls; notes, placeholders, conditions and references are
    none. Headings (`镝相关物项`) are, where nothing else is listed below any.
    """
    listed = list(_list_entries(lines))
    found = item_tree.list_items(listed, "zh")
    if not found:
        found = item_tree.list_items([replace(entry, heading=False) for entry in listed], "zh")
    return tuple(_add_notes(found, lines))


def is_goods_kind(item: Item) -> bool:
    """Return whether an item is the heading of a kind of goods (`镝相关物项`), without any code."""
    kind = WORDS.heading.match(item.names.get("zh", ""))
    return kind is not None and "相关" in kind[0] and not (item.codes or item.hs)


def is_list_end(line: Line) -> bool:
    """Return whether a line is on how to apply, and so ends a list."""
    words = read_mark(line).words
    return (
        not codes.HEAD.match(words)
        and not codes.TARIFF.search(words)
        and bool(WORDS.procedure.match(words))
    )


def read_items_by_tariff(lines: Iterable[Line]) -> tuple[Item, ...]:
    """The things named right before a tariff number, where no list shows what is an item."""
    items: list[Item] = []
    for line in lines:
        if not (tariff := codes.TARIFF.search(line.text)):
            continue
        marked_line = read_mark(line)
        start = max(line.text.rfind(mark, marked_line.start, tariff.start()) for mark in ",;:。")
        start = marked_line.start if start < 0 else start + 1
        start = WORDS.lead.match(line.text, start, tariff.start()).end()  # type: ignore[union-attr]  # it may be empty
        things, closing = item_names.read_things(line, start)
        for thing in things:
            if thing.name:
                quote = line.quote(max(line.literal.find(thing.name, start), start)).strip()
                items.append(
                    Item(
                        {"zh": thing.name},
                        hs=tuple(dict.fromkeys([*thing.hs, *closing])),
                        quote=quote,
                    )
                )
    return tuple(items)


def _list_entries(lines: Iterable[Line]) -> Iterator[ListLine]:
    noting: Line | None = None
    marked_lines = [
        marked_line for line in _join_codes(lines) for marked_line in _split_circled(line)
    ]
    plain = any(
        marked_line.level == "none" and _is_plain(marked_line) for marked_line in marked_lines
    )
    for marked_line in marked_lines:
        entry = _read_entry(marked_line, plain=plain)
        noting = _find_note(noting, marked_line, entry)
        if entry and not noting and not _is_no_entry(marked_line):
            yield entry


def _join_codes(lines: Iterable[Line]) -> Iterator[Line]:
    """Join to each line a preceding line of only a control code, and a following one of tariff
    numbers.
    """
    above: Line | None = None
    for line in _join_numbers(lines):
        if above:
            line = make_line(f"{above.raw} {line.raw}", traditional=line.traditional)  # noqa: PLW2901 -- the line with its code
        above = line if codes.HEAD.fullmatch(read_mark(line).words) else None
        if not above:
            yield line
    if above:
        yield above


def _join_numbers(lines: Iterable[Line]) -> list[Line]:
    """The lines, those that are only tariff numbers within the one or the several above."""
    kept: list[Line] = []
    for line in lines:
        numbers = WORDS.numbers_above.fullmatch(line.text)
        of = (parse_number(numbers["count"]) or 0) if numbers and numbers["count"] else 1
        whose = kept[-of:] if numbers and 0 < of <= len(kept) else []
        if (
            not numbers
            or not whose
            or any(codes.TARIFF.search(each.text) or not _is_entry_opening(each) for each in whose)
        ):
            kept.append(line)
            continue
        kept[-of:] = [
            make_line(
                f"{each.raw.rstrip('；;。')}（海关商品编号：{numbers['hs']}）",
                traditional=line.traditional,
            )
            for each in whose
        ]
    return kept


def _is_entry_opening(line: Line) -> bool:
    """Return whether a line opens with a control code or the mark of a list."""
    entry = read_mark(line)
    return entry.level != "none" or codes.HEAD.match(entry.words) is not None


def _is_plain(marked_line: Marked) -> bool:
    return not codes.HEAD.match(marked_line.words) and bool(codes.TARIFF.search(marked_line.words))


def _split_circled(line: Line) -> list[Marked]:
    """The entries of a line; circled figures part them too."""
    circled = [match.start() for match in CIRCLED.finditer(line.literal)]
    if not circled:
        return split_entries(line)
    parts = zip([0, *circled], [*circled, len(line.text)], strict=True)
    return [
        Marked(line.part(begin, end), "bracket", "", 1 if begin in circled else 0)
        for begin, end in parts
        if end > begin
    ]


def _find_note(noting: Line | None, marked_line: Marked, entry: ListLine | None) -> Line | None:
    """The note that an entry stands in: its own line, and those below one that says nothing
    itself or begins to count.
    """
    if WORDS.note.match(marked_line.words):
        return marked_line.line
    ended = noting and noting.raw != marked_line.line.raw and not OPEN_NOTE.fullmatch(noting.raw)
    return None if ended or (entry and (entry.codes or marked_line.level in WIDE)) else noting


def _is_no_entry(marked_line: Marked) -> bool:
    """Return whether the words belong to the act, not to its list: definitions, exclusions,
    procedure, pointers.
    """
    words = marked_line.words
    if codes.HEAD.match(words):
        return False
    return bool(
        WORDS.procedure.match(words)
        or WORDS.catch_all.match(words)
        or WORDS.defines.match(words)
        or WORDS.not_controlled.search(words)
        or WORDS.elsewhere.search(words)
    )


def _read_entry(marked_line: Marked, *, plain: bool) -> ListLine | None:
    words, start = marked_line.words, marked_line.start
    head = codes.HEAD.match(words)
    priced, bracketed = codes.TARIFF.search(words), codes.BRACKETED.search(words)
    if (
        not head
        and not priced
        and not bracketed
        and marked_line.level == "none"
        and not (plain and UNMARKED.match(words))
    ):
        return None
    printed = (match["codes"] for match in (head, bracketed) if match)
    own = (*codes.split_codes("、".join(printed)), *codes.TECHNOLOGY.findall(words))
    start += head.end() if head else 0
    words = marked_line.line.text[start:]
    named, closing = item_names.read_things(marked_line.line, start)
    return ListLine(
        level=_choose_level(marked_line, coded=bool(head or bracketed)),
        quote=marked_line.line.quote(start).strip(),
        things=named,
        codes=own,
        closing=closing,
        introduces=find_introduced(words, CHINESE),
        wide=marked_line.level in WIDE,
        ordinal=marked_line.level == "number",
        reserved=bool(WORDS.reserved.match(words)),
        heading=_is_bare_heading(marked_line, words, own),
        intangible=bool(WORDS.intangible.search(words)),
    )


def _choose_level(marked_line: Marked, *, coded: bool) -> str:
    if coded and marked_line.level in CODELIKE:
        return CODED
    return PLAIN if marked_line.level == "none" else marked_line.level


def _is_bare_heading(marked_line: Marked, words: str, own: tuple[str, ...]) -> bool:
    if own:
        return not words
    return (
        marked_line.level in WIDE
        and not codes.TARIFF.search(words)
        and bool(WORDS.heading.match(words))
        and "相关" in words
    )


def _add_notes(items: list[Item], lines: Sequence[Line]) -> Iterable[Item]:
    notes: dict[str, tuple[int, Line]] = {}
    for place, line in enumerate(lines):
        if WORDS.note.match(line.text):
            for code in codes.split_codes(line.text):
                notes.setdefault(code, (place, line))
    for item in items:
        own = min(
            (notes[code] for code in item.codes if code in notes),
            key=lambda note: note[0],
            default=None,
        )
        yield Item(
            item.names,
            item.codes,
            item.hs,
            note=own[1].raw.strip() if own else "",
            quote=item.quote,
        )


NAMING = frozenset({"name", "latin", "code", "hs"})
SURE = 2  # columns of known meaning, beside which the others may have any heading
TARIFF = re.compile(r"\d{6,10}|\d{4}\.\d{2}(?:\.?\d{2}){0,2}")


@frozen
class Row:
    """A row of a table with the meaning of its columns; `columns` is empty without a heading."""

    line: Line
    columns: tuple[str, ...]

    def cell(self, column: str) -> str:
        """The words under a heading; empty where there is none."""
        return next(iter(self.list_cells(column)), "")

    def list_cells(self, column: str) -> list[str]:
        """The words under each heading of a kind: a table may have several columns of names."""
        return [
            cell
            for name, cell in zip(self.columns, self.line.cells, strict=False)
            if name == column
        ]


def list_rows(lines: Iterable[Line]) -> Iterator[Row | Line]:
    """Every line that is no heading; a table that goes on over a page keeps the columns of its
    beginning.
    """
    columns: tuple[str, ...] = ()
    for line in lines:
        if not line.cells:
            yield line
        elif headings := _read_headings(line):
            columns = headings
        else:
            yield from _split_side_by_side(line, columns)


def _split_side_by_side(line: Line, columns: tuple[str, ...]) -> Iterator[Row]:
    """The row, or its parts where the headings stand there several times, side by side."""
    width = len(columns)
    each = next((n for n in range(1, width) if columns == columns[:n] * (width // n)), width)
    if each == width or NAMING.isdisjoint(columns[:each]) or len(line.cells) != width:
        yield Row(line, _fit_columns(columns, len(line.cells)))
        return
    for first in range(0, width, each):
        cells = line.cells[first : first + each]
        if any(cells):
            yield Row(replace(line, cells=cells), columns[:each])


def _fit_columns(columns: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The columns of a row; where a cell of the row above spans it, those on the left are not
    printed again.
    """
    missing = len(columns) - width
    if missing >= 0 and NAMING.isdisjoint(columns[:missing]):
        return columns[missing:]
    return ()


def _read_headings(row: Line) -> tuple[str, ...]:
    """Return the meaning of the columns, if the row is a heading."""
    headings = tuple(
        _read_heading(make_line(cell, traditional=row.traditional).text) if cell else ""
        for cell in row.cells
    )
    unknown = any(cell and not column for cell, column in zip(row.cells, headings, strict=True))
    known = {column for column in headings if column and column != "order"}
    sure = len(known) >= SURE and not any(map(str.isdigit, row.text))
    if not NAMING & known or (unknown and not sure):
        return ()
    return tuple(
        column or ("other" if cell else "")
        for cell, column in zip(row.cells, headings, strict=True)
    )


def _read_heading(text: str) -> str:
    return next(
        (column for column, pattern in WORDS.table_of("headings").items() if pattern.match(text)),
        "",
    )


def keep_names(row: Row) -> Line:
    """The row with the cells of its names only, as an entity is read from it."""
    cells = (
        [*row.list_cells("name"), *row.list_cells("latin")]
        if row.columns
        else [cell for cell in row.line.cells if not _is_country(cell)]
    )
    return replace(row.line, cells=tuple(cell for cell in cells if cell))


def list_name_lines(lines: Iterable[Line]) -> Iterator[tuple[Line, str | None]]:
    """The lines as entities are read from them, without the headings of tables, and the country
    that a row says.
    """
    for part in list_rows(lines):
        yield (keep_names(part), find_row_country(part)) if isinstance(part, Row) else (part, None)


def _is_country(cell: str) -> bool:
    return cell in places.countries()


def find_row_country(row: Row) -> str | None:
    """The country that the row says."""
    name = (
        row.cell("country")
        if row.columns
        else next((cell for cell in row.line.cells if _is_country(cell)), "")
    )
    return places.first(name) if name else None


def read_goods_rows(rows: Sequence[Row]) -> list[Item]:
    """The items of a table; a row without a name adds its tariff numbers to the item above."""
    made: list[Item] = []
    code: tuple[str, ...] = ()
    is_wide = any(len(row.line.cells) > 1 for row in rows)
    for row in rows:
        own, name, hs = _read_fields(row)
        if is_wide and len(row.line.cells) == 1 and not (own or hs):
            continue  # the heading of the rows below
        code = own or code
        if name and (item := _read_row_item(row, code, name, hs)):
            if made and (made[-1].names, made[-1].codes) == (item.names, item.codes):
                made[-1] = _add_numbers(made[-1], item.hs)
            else:
                made.append(item)
        elif own and hs and row.columns and "name" not in row.columns:
            made.append(Item({"zh": own[0]}, own, hs, quote=row.line.raw))
        elif hs and made and not name:
            made[-1] = _add_numbers(made[-1], hs)
    return made


def _add_numbers(item: Item, hs: tuple[str, ...]) -> Item:
    return item.replace(hs=tuple(dict.fromkeys([*item.hs, *hs])))


def _read_fields(row: Row) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Control codes, name and tariff numbers, by the headings or else by their looks."""
    if row.columns:
        own = codes.split_codes(row.cell("code"))
        # where no column has names, that of the numbers may
        name = row.cell("name") or ("" if own else row.cell("code"))
        return own, name, _list_tariff_numbers(row.cell("hs"))
    cells = [cell for cell in row.line.cells if cell]
    coded = next((cell for cell in cells if codes.HEAD.fullmatch(cell)), "")
    numbers = next((cell for cell in cells if TARIFF.fullmatch(re.split("[,、; ]", cell)[0])), "")
    return (
        codes.split_codes(coded),
        _find_name_cell(cells),
        _list_tariff_numbers(numbers),
    )


def _find_name_cell(cells: Sequence[str]) -> str:
    """The first cell of words, or the next where that only says of what kind the thing is."""
    words = [cell for cell in cells if HAN.search(cell) and parse_number(cell) is None]
    return next((cell for cell in words if not item_names.is_dull(cell)), (words or [""])[0])


def _list_tariff_numbers(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number.replace(".", "") for number in TARIFF.findall(cell)))


def _read_row_item(row: Row, code: tuple[str, ...], name: str, hs: tuple[str, ...]) -> Item | None:
    """The row as the line that an act would print, so that one grammar reads both."""
    printed = make_line(f"{'、'.join(code)} {name}".strip(), traditional=row.line.traditional)
    item = next(iter(read_items([printed])), None)
    own = tuple(dict.fromkeys([*hs, *codes.list_tariff_numbers(printed.text)]))
    code = item.codes if item else code
    if not code and not own:
        return None
    if item:
        return item.replace(hs=own, quote=row.line.raw)
    named = item_names.read_name(printed, 0, len(printed.text)) or name
    return Item({"zh": named}, code, own, quote=row.line.raw)


FOLLOWING = WORDS.following
DIVIDING = frozenset({"none", "top", "sub"})
ABROAD = rf"(?:{places.country_pattern()})"
CURBED = (  # whose exports are refused in prose
    re.compile(r"不予许可(?:(?P<what>[^。;,]+?)(?:相关)?(?:两用)?物项|[^。;,]*+(?P<dead>))"),
    re.compile(r"对(?:(?P<what>[^。;,对]+?)(?:相关)?两用物项对|[^。;,对]*+(?P<dead>))"),
    re.compile(
        rf"(?:禁止|暂停|停止)(?:(?P<what>[^。;,:禁暂停]{{1,120}}?)(?:对|向){ABROAD}[^。;,]{{0,30}}出口|[^。;,]*+(?P<dead>))"
    ),
    re.compile(
        rf"(?:禁止|暂停|停止)(?:对|向){ABROAD}"
        r"(?:[^。;,:]{0,30}?出口(?:(?:以下|下列|如下)[^。;:]{0,12}:)?(?P<what>[^。:]{1,300})|(?P<dead>))"
    ),
)
MOST_WHOLE = 3  # places of a line in which one mark more than its own stands
WIDE_MARK = r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)(?!项))"
FINE_MARK = (
    rf"(?:\d{{1,2}}[.、](?:(?![\d ]*\d)|(?={CHEMICAL}))|\([1-9]\d?\)(?!项)|[a-z][.](?![a-z]))"
)
# Where an entry begins in the middle of a line, as a page has lost its line breaks: at a mark after
# the end of another, at one before a control code, and at the words on how to apply.
APART = re.compile(
    rf"(?:(?<=[。;:)])|(?<=物项))(?={WIDE_MARK}|{FINE_MARK})|(?={WIDE_MARK}\s?{codes.CODE}(?!项))|(?=出口经营者(?:出口|应))"
)


@frozen
class Goods:
    """The items of an act, and what of its lists could not be read."""

    items: tuple[Item, ...] = ()
    unread: tuple[Unread, ...] = ()


def read_goods(page: Sections, action: Action, heads: Sequence[Line] = ()) -> Goods:
    """Read what an act controls: in its body's list, else before tariff numbers in prose, else in
    its annexes.

    `heads`: if an act does several things to goods, the lines that do this one; of its lists only
    those below them.
    """
    body = [
        row for line in heads if _is_introduction(line) for row in _list_own_lines(page, line)
    ] or page.body
    controlled, lines = (_list_curbed_goods(page) if action is Action.RESTRICT else ()), []
    if not controlled:
        lines = list(_list_goods_lines([part for row in body for part in _split_line(row)]))
        controlled = read_listed_items(lines)
    if not controlled and action in (Action.ADD, Action.AMEND):
        controlled, lines = read_items_by_tariff(body), []
    if not controlled and action is Action.ADD:
        lines = [part for annex in page.annexes for row in annex for part in _split_line(row)]
        controlled = read_listed_items(lines)
    return Goods(controlled, tuple(_list_untaken(lines, controlled)))


def _list_own_lines(page: Sections, line: Line) -> list[Line]:
    """A line and those below it to the next that introduces goods."""
    here = next(place for place, row in enumerate(page.body) if row is line)
    return [line, *takewhile(lambda row: not _is_introduction(row), page.body[here + 1 :])]


def read_goods_below(page: Sections, named: tuple[Item, ...]) -> tuple[Item, ...]:
    """Read what a form's sentence names; if it only points to a list, that list by codes or
    tariff numbers.
    """
    if any(not FOLLOWING.search(item.names.get("zh", "")) for item in named):
        return named
    lines = [part for line in page.body for part in _split_line(line)]
    return _keep_if_coded(read_listed_items(list(_list_goods_lines(lines))))


def leads_to_goods(sentence: str) -> bool:
    """Return whether a sentence ends where the goods that it speaks of stand below."""
    return sentence.rstrip().endswith(":") and FOLLOWING.search(sentence) is not None


def read_annexed_items(page: Sections) -> tuple[Item, ...]:
    """Read what the annexes on the page list by code or tariff number."""
    annexed = [line for annex in page.annexes for line in annex]
    return _keep_if_coded(read_listed_items(annexed))


def _keep_if_coded(listing: tuple[Item, ...]) -> tuple[Item, ...]:
    """A list of goods; nothing where none of them has a number."""
    return listing if any(item.codes or item.hs for item in listing) else ()


def read_listed_items(lines: Sequence[Line]) -> tuple[Item, ...]:
    """The items of a run of lines, those of its tables among them."""
    rows = list(list_rows(lines))
    plain = read_items([line for line in rows if isinstance(line, Line)])
    return (*plain, *read_goods_rows([row for row in rows if isinstance(row, Row)]))


def _split_line(line: Line) -> list[Line]:
    """The entries of a line in which several stand."""
    if line.cells:
        return [line]
    return [
        entry
        for part in _cut_line(line, APART, MOST_WHOLE)
        for entry in _cut_line(part, WORDS.next_code, 2)
    ]


def _cut_line(line: Line, mark: re.Pattern[str], most: int) -> list[Line]:
    """A line, cut before each mark where that makes more places than `most`."""
    places = [0, *(match.start() for match in mark.finditer(line.text)), len(line.text)]
    return (
        [line.part(begin, end) for begin, end in pairwise(places)] if len(places) > most else [line]
    )


def _list_goods_lines(body: Sequence[Line]) -> Iterator[Line]:
    """The lines between words that introduce goods and those on how to apply; an act may
    introduce several lists.
    """
    opens = [_is_introduction(line) for line in body]
    first = next(
        (place for place, line in enumerate(body) if codes.HEAD.match(read_mark(line).words)), None
    )
    inside = False
    for place, line in enumerate(body):
        if opens[place]:
            inside = True
            yield from _list_tail(line)
        elif first is not None and place == max(first - 1, 0) and not any(opens[:first]):
            inside = True
            yield line
        elif is_list_end(line):
            inside = False
        elif inside or line.cells:
            yield line


def _is_introduction(line: Line) -> bool:
    """Return whether a line says that what follows is controlled, and does not list a
    part of it.
    """
    entry = read_mark(line)
    if entry.level not in DIVIDING or codes.HEAD.match(entry.words):
        return False
    return bool(
        (FOLLOWING.search(line.text) and WORDS.controlled.search(line.text))
        or WORDS.headed.search(line.text)
    )


def _list_tail(line: Line) -> Iterator[Line]:
    """Yield the list in an introduction, if tariff numbers stand behind its colon."""
    begin = (
        line.text.rfind(":", 0, first.start() if (first := codes.TARIFF.search(line.text)) else 0)
        + 1
    )
    if begin:
        yield line.part(begin, len(line.text))


def _list_untaken(lines: Sequence[Line], controlled: Sequence[Item]) -> Iterator[Unread]:
    """Report lines that no item has taken.

    They have unknown tariff numbers, mean goods without naming them, or look like an entry with a
    lost code.
    """
    known = set(chain.from_iterable(item.hs for item in controlled))
    quotes = "\n".join(item.quote for item in controlled)
    coded = {read_mark(line).level for line in lines if codes.HEAD.match(read_mark(line).words)}
    for line, below in pairwise([*lines, None]):
        assert line
        printed = [number.replace(".", "") for number in WORDS.printed.findall(line.text)]
        if any(number not in known for number in printed):
            yield Unread(
                "items",
                "tariff numbers that no item has taken",
                line.quote().strip(),
            )
        elif WORDS.catch_all.match(read_mark(line).words):
            yield Unread(
                "items",
                "what is meant beside the list, not by name",
                line.quote().strip(),
            )
        elif _is_lost(line, coded - CODELIKE, quotes) and not _heads_coded(line, below):
            yield Unread("items", "an entry without a code", line.quote().strip())


def _heads_coded(line: Line, below: Line | None) -> bool:
    """Return whether a line only says of what kind the coded entries of another mark below are."""
    if below is None or not WORDS.heading.fullmatch(read_mark(line).words):
        return False
    entry = read_mark(below)
    return entry.level != read_mark(line).level and codes.HEAD.match(entry.words) is not None


def _is_lost(line: Line, coded: AbstractSet[str], quotes: str) -> bool:
    """Return whether a line has the mark of coded entries but no code, and is no note."""
    entry = read_mark(line)
    reserved = WORDS.reserved.match(entry.words) or WORDS.note.match(entry.words)
    return (
        entry.level in coded
        and not (codes.HEAD.match(entry.words) or codes.TARIFF.search(entry.words))
        and not (reserved or _is_no_entry(entry))
        and line.quote(entry.start).strip() not in quotes
    )


def _list_curbed_goods(page: Sections) -> tuple[Item, ...]:
    """The goods that a ban by destination names in its sentence."""
    curbed: dict[str, Item] = {}
    for line in page.body:
        for match in (match for pattern in CURBED for match in find_all_live(pattern, line.text)):
            for item in _list_things(Piece(line, *match.span("what"))):
                curbed.setdefault(item.names["zh"], item)
    return tuple(curbed.values())


def _list_things(piece: Piece) -> Iterator[Item]:
    """The things of a phrase; where semicolons divide it, each part with what belongs to it
    (`及其`) is one.
    """
    ends = [place for place, letter in enumerate(piece.text) if letter == ";"]
    for begin, end in pairwise([-1, *ends, len(piece.text)]):
        part = piece.part(begin + 1, end)
        if WORDS.no_goods.search(part.text):
            continue
        if ends and "及其" in part.text:
            yield Item({"zh": part.said()}, quote=part.quote)
        else:
            yield from item_names.read_things_in_prose(part)
