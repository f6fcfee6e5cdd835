"""Read the names in lists: on the lines of an annex, below a sentence or behind its colon, or in a
file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from monitor import vocabulary
from monitor.document import Document
from monitor.extract import codes, referee
from monitor.extract.zh import items, places, wrapped
from monitor.extract.zh.items import Row
from monitor.extract.zh.lines import Line, Marked, make_line, read_lines, read_mark, split_entries
from monitor.extract.zh.names import (
    GENDER,
    LATIN,
    LATIN_FIRST,
    ORG_END,
    PERSON_END,
    Piece,
    read_entities,
    read_entity,
    read_firms,
    read_in_prose,
)
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, GOODS, LISTS, TABLES
from monitor.model import Action, Announcement, Entity, EntityKind, Fact, Item, Measure, Unread
from monitor.vocabulary.letters import HAN

WORDS = CHINESE.table("annexes")
NOBODY = CHINESE.table("names").nobody

KINDS: dict[str, EntityKind] = {
    **dict.fromkeys(("企业", "实体", "机构", "组织", "团体"), "org"),
    "个人": "person",
    "人员": "person",
    "高级管理人员": "person",
    "官员": "person",
    "船舶": "vessel",
    "船只": "vessel",
    "飞机": "aircraft",
}
ADDRESS_LABELS = frozenset({"地址", "住所", "注册地址"})
ALIAS_LABELS = frozenset({"常用名称", "别名", "曾用名", "又名", "简称"})
NAME_LABELS = frozenset({"英文名称", "英文名", "外文名称"})


MAINLAND = ("中国", "中国大陆")  # as Taiwan's lists head its firms
ADDED_UP = re.compile(r"(?:\(共?\d{1,3}[家个名]\))?[:。]?$")
IDENTIFIER = re.compile(r"(?=[A-Z]*\d)[\dA-Z/-]{10,}")  # of a firm, and none of its names


@dataclass
class Annex:
    """The content of an annex. `entries` counts its numbered lines, `entities` are its names."""

    entities: list[Entity] = field(default_factory=list)
    entries: int = 0
    unread: list[Unread] = field(default_factory=list)
    group: Entity | None = None
    bare: bool = False  # whether nothing marks its entries
    details: dict[int, dict[str, list[str]]] = field(default_factory=dict)

    def keep(self, name: str, value: str) -> None:
        """Keep what a line says of the last entity, for the field of this name."""
        self.details.setdefault(len(self.entities) - 1, {}).setdefault(name, []).append(value)

    def complete(self) -> None:
        """Give the entities the addresses and other names that lines below them tell."""
        for place, fields in self.details.items():
            last = self.entities[place]
            more = {name: (*getattr(last, name), *values) for name, values in fields.items()}
            self.entities[place] = last.replace(**more)


def read_entity_list(
    lines: Sequence[Line], *, country: str | None = None, kind: EntityKind | None = None
) -> Annex:
    """The entities an annex lists."""
    lines = wrapped.join_entries(lines)
    listing = Annex(
        bare=not any(is_name(line.text) or read_mark(line).level != "none" for line in lines)
    )
    wide = any(len(line.cells) > 1 for line in lines)
    for line in lines:
        if TABLES.footer.match(line.text):
            break
        if line.cells:
            if wide and (heading := _match_kind_row(line)):
                kind = KINDS.get(heading["kind"], "org")
            elif not (wide and _is_spanning_row(line, first=not listing.entries)):
                _read_name_row(listing, line, country, kind)
            continue
        for entry in split_entries(line):
            if here := _find_headed_country(entry):
                country = here
                continue
            kind = _take_line(listing, entry, country, kind)
    listing.complete()
    return listing


def _match_kind_row(row: Line) -> re.Match[str] | None:
    """Match the one cell of a row with the kind of those in the rows below it: `二、人员`."""
    cells = set(row.cells)
    words = read_mark(make_line(cells.pop(), traditional=row.traditional)).words
    return None if cells else WORDS.heading.fullmatch(words)


def _is_spanning_row(row: Line, *, first: bool) -> bool:
    """Return whether a row of a table with several columns is its heading, or a note."""
    return len(row.cells) == 1 and (first or row.text.endswith("。"))


def _take_line(
    listing: Annex, entry: Marked, country: str | None, kind: EntityKind | None
) -> EntityKind | None:
    """Take one line in; the kind of what follows."""
    words = entry.words
    if not words or (entry.level == "none" and _is_title(words)):
        return kind
    if entry.level != "dash" and (heading := WORDS.heading.fullmatch(words)):
        return KINDS.get(heading["kind"], "org")
    if entry.level == "none" and listing.entities and WORDS.latin_alone.fullmatch(words):
        _add_latin(listing, entry)
        return kind
    if (detail := WORDS.detail.match(words)) and listing.entities:
        _add_detail(listing, entry, detail)
    elif entry.level == "dash" and listing.entities:
        _add_member(listing, entry)
    else:
        _add_name(listing, entry, country, kind)
    return kind


def _is_title(words: str) -> bool:
    return bool(
        WORDS.title.match(words)
        or WORDS.issuer_line.match(words)
        or (WORDS.listing_title.search(words) and not LATIN.search(words))
    )


def _add_name(listing: Annex, entry: Marked, country: str | None, kind: EntityKind | None) -> None:
    words = entry.words
    if (
        entry.level == "none"
        and not _is_like_entity(words)
        and not (listing.bare and is_firm(words))
    ):
        if len(words) > 1 and (ORG_END.search(words) or PERSON_END.search(words)):
            listing.unread.append(
                Unread(
                    "annex line",
                    "no number and no bracket shows whether it is an entry",
                    entry.line.quote(),
                )
            )
        return
    printed = Piece(entry.line, entry.start, len(entry.line.text))
    entities = _read_heading_names(entry)
    if WORDS.people.search(words) and len(several := read_in_prose(printed)) > 1:
        entities = several
    if entities:
        listing.entries += 1
        listing.entities += [named.replace(kind=kind or named.kind) for named in entities]
        return
    person = kind == "person"
    nation = None if person else country
    made = read_entity(printed, kind=kind, country=nation)
    if made is None:
        listing.unread.append(Unread("annex line", "no name found in it", entry.line.quote()))
        return
    if not made.country and not person:
        made = made.replace(country=country)
    listing.entries += 1
    listing.entities.append(made)
    listing.group = made


def _read_heading_names(entry: Marked) -> list[Entity]:
    """Those above whose measures an entry stands: `二、对甲公司(Alpha)和乙研究所(Beta):`."""
    heading = WORDS.acted_on.match(entry.line.text, entry.start)
    return read_firms(Piece(entry.line, *heading.span("who"))) if heading else []


def is_name(words: str) -> bool:
    """Return whether words are only a name with its Latin form."""
    return WORDS.name_alone.fullmatch(words) is not None


def is_firm(words: str) -> bool:
    """Return whether words are only the name of a firm."""
    return WORDS.firm_alone.fullmatch(words) is not None


def is_latin(words: str) -> bool:
    """Return whether words are only a name in Latin letters."""
    return WORDS.latin_alone.fullmatch(words) is not None


def is_kind_heading(line: Line) -> bool:
    """Return whether a line states the kind or the country of those below it: `二、人员`."""
    entry = read_mark(line)
    return WORDS.heading.fullmatch(entry.words) is not None or bool(_find_headed_country(entry))


def is_country_heading(line: Line) -> bool:
    """Return whether a line only says in which country those below it are."""
    return _find_headed_country(read_mark(line)) is not None


def _find_headed_country(entry: Marked) -> str | None:
    """The country of those below a line that is only its name: `A. 挪威（2家）`."""
    name = ADDED_UP.sub("", entry.words)
    return "CN" if name in MAINLAND else places.countries().get(name)


def is_entry_detail(line: Line) -> bool:
    """Return whether a line below an entry describes it: an address, another name, its
    Latin one.
    """
    return (
        WORDS.detail.match(line.text) is not None
        or WORDS.latin_alone.fullmatch(line.text) is not None
    )


def is_detail(line: Line) -> bool:
    """Return whether a line says more of the one above it: `别名:甲公司`."""
    return WORDS.detail.match(line.text) is not None


def read_firm(line: Line) -> str:
    """Read a line or one of its cells as a firm's name, without mark and short form; "" if it is
    none.
    """
    if line.cells:
        return next(
            filter(
                None,
                (read_firm(make_line(cell, traditional=line.traditional)) for cell in line.cells),
            ),
            "",
        )
    entry = read_mark(line)
    if not is_firm(entry.words):
        return ""
    behind = WORDS.short_form_behind.search(entry.words)
    return line.said(entry.start, entry.start + (behind.start() if behind else len(entry.words)))


def list_headed_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """The names that stand, a line each and without numbers, right below a line that ends in a
    colon.
    """
    below = False
    for line in lines:
        below = line.text.endswith(":") or (below and (is_name(line.text) or is_firm(line.text)))
        if below and not line.text.endswith(":"):
            yield line


def _is_like_entity(words: str) -> bool:
    if GENDER.search(words) or is_name(words):
        return True
    bracket = re.search(r"\(([^()]*)\)?", words)
    return bool(
        bracket
        and len(LATIN.findall(bracket[1])) > len(HAN.findall(bracket[1]))
        and "。" not in words
    )


def _add_latin(listing: Annex, entry: Marked) -> None:
    """The Latin name on the line below the Chinese one; a second is another name. Where nothing
    marks who begins, who knows.
    """
    if listing.bare:
        why = "nothing shows whether it is an entry or a name of the one above"
        listing.unread.append(Unread("annex line", why, entry.line.quote()))
        return
    last, name = (
        listing.entities[-1],
        entry.line.said(entry.start, len(entry.line.text)).rstrip(";,"),
    )
    if "en" not in last.names:
        listing.entities[-1] = last.replace(names=last.names | {"en": name})
        return
    listing.keep("aliases", name)
    if wrapped.may_go_on(last.names["en"], name):
        why = "nothing shows whether it is another name or the rest of the one above"
        listing.unread.append(Unread("annex line", why, entry.line.quote()))


def _add_member(listing: Annex, entry: Marked) -> None:
    group = listing.group or listing.entities[-1]
    made = read_entity(Piece(entry.line, entry.start, len(entry.line.text)), kind="org")
    if made:
        parent = next(iter(group.names.values()))
        listing.entities.append(made.replace(parent=parent, country=made.country or group.country))


def _add_detail(listing: Annex, entry: Marked, detail: re.Match[str]) -> None:
    last = listing.entities[-1]
    value = entry.line.said(entry.start + detail.start("words"), entry.start + detail.end("words"))
    label = detail["label"]
    if label in ADDRESS_LABELS:
        listing.keep("addresses", value)
    elif label in ALIAS_LABELS or (label in NAME_LABELS and "en" in last.names):
        listing.keep("aliases", value)
    elif label in NAME_LABELS:
        listing.entities[-1] = last.replace(names=last.names | {"en": value})
    else:
        listing.entities[-1] = last.replace(ids=last.ids | {label: value})


def _is_latin_name(cell: str) -> bool:
    return bool(LATIN.search(cell)) and not (HAN.search(cell) or IDENTIFIER.fullmatch(cell))


def _read_name_row(listing: Annex, row: Line, country: str | None, kind: EntityKind | None) -> None:
    """Read a table's row: an ordinal, a Chinese and a Latin name in any order; the Latin one may
    stand behind that in the firm's own letters.
    """
    cells = [
        cell
        for cell in row.cells
        if cell and cell not in KINDS and not re.fullmatch(r"\d{1,3}[.、]?", cell)
    ]
    if not cells or any(WORDS.title.match(cell) for cell in cells):
        return
    chinese = next((cell for cell in cells if HAN.search(cell)), "")
    own = next(filter(None, map(WORDS.own_and_latin.fullmatch, cells[1:])), None)
    latin = next((cell for cell in cells if _is_latin_name(cell)), own["latin"] if own else "")
    printed = Piece.of(make_line(chinese, traditional=row.traditional))
    made = read_entity(printed, kind=kind, country=country) if chinese else None
    names = (made.names if made else {}) | ({"en": latin} if latin else {})
    if not names:
        return
    listing.entries += 1
    nation = made.country if made else country
    listing.group = Entity(
        names,
        made.kind if made else kind or "org",
        aliases=(own["own"].strip(),) if own else (),
        country=nation or places.first(chinese),
        quote=row.raw,
    )
    listing.entities.append(listing.group)


BELOW = WORDS.below
FOLLOW = WORDS.follow


def read_names_behind(sentence: Piece, verb: int = 0) -> list[Entity]:
    """Read the names behind the colon that follows a verb, across semicolons; none if other words
    stand there.
    """
    line = sentence.line
    colon = line.text.find(":", sentence.start + verb, sentence.end)
    end = line.text.find("。", colon)
    entities: list[Entity] = []
    for part in (
        _split_parts(Piece(line, colon + 1, end if end >= 0 else len(line.text)))
        if colon >= 0
        else ()
    ):
        if not (names := _read_only_names(part)):
            break
        entities += names
    return entities


def _split_parts(piece: Piece) -> Iterator[Piece]:
    here = piece.start
    while here < piece.end:
        stop = piece.line.text.find(";", here, piece.end)
        stop = stop if stop >= 0 else piece.end
        yield Piece(piece.line, here, stop)
        here = stop + 1


def _read_only_names(piece: Piece) -> list[Entity]:
    """Read a phrase of only names; none if it has other words."""
    mark = read_mark(piece.line.part(piece.start, piece.end)).start
    words = piece.part(mark, piece.end - piece.start)
    entities = [] if WORDS.does.match(words.text) else read_entities(words)
    return entities if all(_is_named(named) for named in entities) else []


def _is_named(named: Entity) -> bool:
    name = named.names.get("zh", "")
    return (
        "en" in named.names
        or ORG_END.search(name) is not None
        or WORDS.person.fullmatch(name) is not None
    )


def read_listed_names(sentence: Piece, verb: int, page: Sections) -> list[Entity]:
    """Read the names behind the colon of a verb, else on the lines below it, else in
    the annexes.
    """
    return read_names_behind(sentence, verb) or read_names_below(sentence.line, page)


def read_names_below(line: Line, page: Sections) -> list[Entity]:
    """Read the names on the lines that a line heads, else in the act's annexes; each list is read
    once.
    """
    place = page.place(line)
    if place is None:
        return _read_lines_below(line, page)
    if place not in page.lists:
        page.lists[place] = _read_lines_below(line, page)
    return page.lists[place]


def _read_lines_below(line: Line, page: Sections) -> list[Entity]:
    lines = page.after(line)
    if listed_here := list(list_headed_lines([line, *lines])):
        return read_entity_list(listed_here).entities
    entries = [
        row
        for above, row in pairwise([line, *lines])
        if not row.text.endswith("。") or is_entry(row) or _is_last_of_list(above, row)
    ]
    everywhere = [*entries, *(row for part in page.annexes for row in part)]
    follow = FOLLOW.search(line.text)
    kind = KINDS.get(follow["whom"]) if follow else None
    alone = list(_list_bare_persons(lines)) if kind == "person" else []
    return alone or read_name_lines(everywhere, kind=kind if kind == "vessel" else None).entities


def _is_last_of_list(above: Line, row: Line) -> bool:
    """Return whether a line is the last entry of a list that is one sentence: of persons
    (`二、甲某，编辑；` `三、乙某，律师。`), or of Latin names with their countries.
    """
    first, last = read_mark(above), read_mark(row)
    goes_on = above.text.endswith(";") and first.level == last.level != "none"
    return goes_on and (
        LATIN_FIRST.fullmatch(last.words) is not None
        or all(
            WORDS.person.fullmatch(WORDS.name_ends.split(each.words, maxsplit=1)[0])
            and not WORDS.does.match(each.words)
            for each in (first, last)
        )
    )


def _list_bare_persons(lines: Iterable[Line]) -> Iterator[Entity]:
    """Those whose bare names are the first of some lines, one on each."""
    for line in takewhile(lambda each: WORDS.person.fullmatch(each.text), lines):
        if named := read_entity(Piece(line, 0, len(line.text)), kind="person"):
            yield named


def read_name_lines(
    lines: Sequence[Line], *, country: str | None = None, kind: EntityKind | None = None
) -> Annex:
    """Read the names that lines and rows list."""
    told = [(line, place) for line, place in items.list_name_lines(lines)]
    listing = read_entity_list([line for line, _ in told], country=country, kind=kind)
    countries = {line.raw: place for line, place in told if place}
    listing.entities = [
        named.replace(country=countries.get(named.quote, named.country))
        for named in listing.entities
    ]
    return listing


def list_firms(sentence: Piece, page: Sections) -> Iterator[Entity]:
    """Yield the firms of a sentence and of the lines that its line heads, among other words."""
    for row in items.list_rows(page.after(sentence.line)):
        if isinstance(row, Row):
            yield from _list_names_in_row(row)
        else:
            yield from _list_names_in_line(row)


def _list_names_in_line(line: Line) -> Iterator[Entity]:
    """Yield the name that a line is, or the first such cell of a row."""
    if line.cells:
        cells = (make_line(cell, traditional=line.traditional) for cell in line.cells)
        first = next((each for cell in cells for each in _list_names_in_line(cell)), None)
        yield from [first.replace(quote=line.raw)] if first else ()
        return
    start = read_mark(line).start
    named = read_entity(Piece(line, start, len(line.text))) if is_entry(line) else None
    yield from [named] if named else ()


def _list_names_in_row(row: Row) -> Iterator[Entity]:
    cells = [row.cell("name")] if row.cell("name") else row.line.cells
    lines = (make_line(cell, traditional=row.line.traditional) for cell in cells)
    yield from (
        named.replace(quote=row.line.raw) for line in lines for named in _list_names_in_line(line)
    )


def is_entry(line: Line) -> bool:
    """Return whether a line is only a name, behind any mark."""
    words = read_mark(line).words.rstrip("。")
    return is_name(words) or is_firm(words)


HEAD_LINES = 4


def may_list(title: str) -> bool:
    """Return whether an annex with this title may list something; forms and guides need not be
    fetched.
    """
    return not WORDS.no_list.search(title)


def annex(document: Document, *, of: str, url: str) -> list[Fact]:
    """Read the list of an annex in a file as a part of the act with the key `of`; nothing without a
    list.
    """
    _, lines = read_lines(document)
    head = [line for line in lines if not line.cells and not WORDS.label.match(line.text)][
        :HEAD_LINES
    ]
    title = head[0] if head else None
    if title and WORDS.no_list.search(title.text):
        return []
    rows = list(items.list_rows(lines))
    if controlled := _read_annex_items(rows):
        measure = Measure(Action.ADD, _find_annex_register(head, GOODS), items=tuple(controlled))
        return _make_act_part(of, url, document, title, measure, ())
    listed, unread = _read_annex_entities(
        lines, titled=any(WORDS.listing.search(line.text) for line in head)
    )
    if not listed:
        return []
    action = Action.REMOVE if title and WORDS.off.search(title.text) else Action.ADD
    measure = Measure(action, _find_annex_register(head, LISTS), entities=tuple(listed))
    return _make_act_part(of, url, document, title, measure, unread)


def _make_act_part(
    of: str,
    url: str,
    document: Document,
    title: Line | None,
    measure: Measure,
    unread: tuple[Unread, ...],
) -> list[Fact]:
    quoted = measure.replace(quote=title.raw.strip() if title else "")
    part = Announcement(
        key=of,
        authority=vocabulary.issuer(of),
        title=title.raw.strip() if title else document.title,
        url=url,
        measures=(quoted,),
        understood="part" if unread else "full",
        not_read=unread,
    )
    return referee.judge_facts([part], "")


def _find_annex_register(head: Sequence[Line], known: Mapping[str, str | None]) -> str | None:
    """The register that the annex names in its first lines; the act knows it otherwise."""
    return next(
        (register for name, register in known.items() if any(name in line.text for line in head)),
        None,
    )


def _read_annex_items(rows: Sequence[Row | Line]) -> list[Item]:
    plain = [line for line in rows if isinstance(line, Line)]
    tables = [row for row in rows if isinstance(row, Row)]
    controlled = [item for item in items.read_items(plain) if item.codes or item.hs]
    if not controlled:
        controlled = list(items.read_items_by_tariff(plain))
    return [*controlled, *(items.read_goods_rows(tables) if _has_goods_rows(tables) else [])]


def _has_goods_rows(tables: Sequence[Row]) -> bool:
    """Return whether the rows are of goods: a heading says so, or most begin with a
    control code.
    """
    headed = any({"code", "hs"} & set(row.columns) for row in tables)
    coded = sum(any(codes.HEAD.fullmatch(cell) for cell in row.line.cells) for row in tables)
    return headed or coded * 2 > len(tables)


def _read_annex_entities(
    lines: Sequence[Line], *, titled: bool
) -> tuple[list[Entity], tuple[Unread, ...]]:
    """Read the listed names; without a title of a list, most entries must have a Latin name."""
    of_file = read_name_lines(lines)
    listed = of_file.entities
    bilingual = sum("en" in entity.names for entity in listed)
    if not titled and bilingual * 2 <= len(listed):
        return [], ()
    return listed, tuple(of_file.unread)
