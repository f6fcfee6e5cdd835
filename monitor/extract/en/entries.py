"""Entries that an English act prints below the sentence which puts them on a list or takes them off
it, a line an entry.

As the offices print them: `DOE, John; DOB 4 May 1979 (individual) [SDGT].`, `ACME LTD. Address:
Minsk.`, `QDe.007 Name: ACME`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, takewhile

from monitor.extract.en import dates, issuers, places
from monitor.extract.en.names import PERSON, strip_stop
from monitor.extract.en.numerals import parse_number
from monitor.extract.en.words import ENGLISH
from monitor.model import Entity, EntityKind
from monitor.vocabulary.forms import FORM
from monitor.vocabulary.letters import HAN, HAN_RANGE

WORDS = ENGLISH.table("entries")

COMMITTEE = WORDS.text_of("committee")
WITHIN = re.compile(rf"(?<=\S)\s(?={COMMITTEE.replace('(?P<kind>[ei])', '[ei]')})")
PARTS = re.compile(r"(?<!\s)\s*+(?:\b\d:\s*+(?:na\b\s*+)?)+")  # `1: RI 2: WON HO 3: na`
PROGRAMMES = re.compile(r"(?<!\s)\s*+\[[A-Z][\w.,&/ -]*\](?![^()]{0,60}\))")
SIGNED = 30  # characters of a line that a day stands in where it is one of a signature
LONGEST_BARE = 140  # characters of a line that is nothing but a name
FIRM_END = re.compile(rf"\b{FORM}\.?$")
TELLS = WORDS.tells


def is_introduction(sentence: str) -> bool:
    """Return whether a sentence may introduce entries: `The following deletions have been made:`,
    `approved the entries below`.
    """
    return (
        WORDS.introduces.search(sentence.strip()) is not None
        and WORDS.of_a_text.search(sentence.strip()) is None
    )


def is_printed_by(authority: str, text: str) -> bool:
    """Return whether a page prints entries under the numbers of one authority, so that it is that
    authority's own.
    """
    return authority == "un-sc" and WORDS.numbered_by_committee.search(text) is not None


def read_entries_below(
    lines: Sequence[str], sentence: str, *, again: int = 0
) -> tuple[Entity, ...]:
    """Read the entries behind a sentence, to the first line that is none. `again`: how often it
    stood before.
    """
    at = [place for place, line in enumerate(lines) if line.strip() == sentence] or [
        place for place, line in enumerate(lines) if sentence in line
    ]
    at = at[again:]
    if not at:
        return ()
    below = _drop_signature(lines[at[0] + 1 :])
    if table := _read_quoted_table(below) or _read_flat_table(below):
        return table
    rest = lines[at[0]].partition(sentence)[2].lstrip(" .")
    said = WORDS.counted.search(sentence)
    count = parse_number(said["count"]) if said else None
    return tuple(_read_until_none([*([rest] if rest else []), *below], count))


def _drop_signature(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the last before the register's own, if an office signs it."""
    filed = next((at for at, line in enumerate(lines) if FILED.match(line)), 0)
    signs = filed and WORDS.signs.fullmatch(lines[filed - 1].strip())
    return [*lines[: filed - 1], *lines[filed:]] if signs else lines


FILED = re.compile(r"\[?FR Doc|BILLING CODE")


def _read_quoted_table(lines: Sequence[str]) -> tuple[Entity, ...]:
    """Read the entries of a table that stands between two lines of a quotation mark, a cell a
    line: each opens with its number and name. Nothing where one has no name.
    """
    marks = [place for place, line in enumerate(lines) if line.strip() in QUOTES]
    if marks[:1] != [0] or len(marks) == 1:
        return ()
    return _read_numbered_cells([line.strip() for line in lines[1 : marks[1]]])


def _read_flat_table(lines: Sequence[str]) -> tuple[Entity, ...]:
    """Read the entries of tables with a cell a line below the cells of their heads, one for each
    kind; the last line closes the quotation, or the next clause follows it. Nothing where a table
    has none.
    """
    cells = "\n".join(line.strip() for line in lines[:MOST_CELLS])
    rows = ONLY_NUMBER.sub(r"\1 ", cells).split("\n")
    heads = [at for at, row in enumerate(rows) if _is_above_head(rows, at)]
    begins = heads if heads[:1] == [0] else [0]
    tables = [_read_table(rows[begin:end]) for begin, end in pairwise([*begins, len(rows)])]
    return tuple(chain.from_iterable(tables)) if all(tables) else ()


def _is_above_head(rows: Sequence[str], at: int) -> bool:
    """Return whether a row says which kind those in the table below it are."""
    pair = rows[at : at + 2]
    return (
        len(pair) > 1
        and WORDS.of_a_kind.fullmatch(pair[0]) is not None
        and WORDS.head_cell.fullmatch(pair[1]) is not None
    )


def _read_table(rows: Sequence[str]) -> tuple[Entity, ...]:
    above = rows[:1] if _is_above_head(rows, 0) else []
    heads = [*takewhile(WORDS.head_cell.fullmatch, rows[len(above) :])]
    if len(heads) < len(("Name", "Reasons")) or not any("ame" in head for head in heads):
        return ()
    below = rows[len(above) + len(heads) :]
    cells = [*takewhile(lambda row: not CLAUSE.match(row), below)]
    closes = next((at for at, row in enumerate(cells) if CLOSES.search(row)), len(cells) - 1)
    cells = [row.lstrip(QUOTATION) for row in cells[: closes + 1]]
    first, *others = _read_numbered_cells(cells) if NUMBERED.match("".join(cells[:1])) else [None]
    quote = "\n".join([*above, *heads, (first and first.quote) or ""])
    return (first.replace(quote=quote), *filter(None, others)) if first else ()


def _read_numbered_cells(rows: Sequence[str]) -> tuple[Entity, ...]:
    """Read entries of which each opens with its number and name; nothing where one has no name."""
    opens = [place for place, row in enumerate(rows) if NUMBERED.match(row)]
    found: list[Entity] = []
    for begin, end in pairwise([*opens, len(rows)]):
        entry = _read_entry(rows[begin])
        if entry is None:
            return ()
        printed = "\n".join(rows[begin if found else 0 : end])
        kind: EntityKind = "person" if PERSONAL.search(printed) else entry.kind
        entry = _add_names_in_letters(entry, "".join(rows[begin + 1 : begin + 2]))
        found.append(entry.replace(kind=kind, quote=printed))
    return tuple(found)


MOST_CELLS = 4_000
# the number of an entry in a cell of its own
ONLY_NUMBER = re.compile(r"(?m)^(\d{1,4}\.)\n(?=\S)")
CLAUSE = re.compile(
    r"\(\d{1,3}\)\s|(?:(?:In|From|To) )?(?:A(?:nnex|NNEX)|Article) [IVXLC\d]{1,6}\b"
)
CLOSES = re.compile(r"[’'”\"][.;]$")
QUOTES = frozenset("'’‘\"“”")
NUMBERED = re.compile(r"\d{1,4}\.\s(?=\S)")
PERSONAL = re.compile(
    r"^(?:Nationality|Gender|Date of birth|DOB|Position|Function)\b", re.MULTILINE
)


def _list_own_lines(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines below a sentence, as printed and with their labels, to the next heading, of
    which the entries are not the sentence's; not numbers of entries, nor countries of those below.
    """
    for printed in _split_printed_lines(lines):
        line = LABEL_CELL.sub(r"\g<label>: ", _divide_row(printed))
        if WORDS.next_heading.fullmatch(line):
            return
        if not (WORDS.only_number.fullmatch(line) or is_subheading(line)):
            yield printed, line


def is_subheading(line: str) -> bool:
    """Return whether a line only says in which country those below it are, or under which part of
    a law they stand: `‘Chad`, `UFLPA Section 2(d)(2)(B)(v)`.
    """
    place = places.coded(line.strip(f" :;{QUOTATION}"))
    return place is not None or WORDS.under_law.fullmatch(line.strip()) is not None


def _read_until_none(lines: Sequence[str], count: int | None) -> list[Entity]:
    """Read entries to the first line that is none; behind as many as are said, only what is
    surely one.
    """
    found: list[Entity] = []
    first = ""
    skipped = 0
    kind: EntityKind | None = None
    for printed, line in _list_own_lines(lines):
        if heading := WORDS.of_a_kind.fullmatch(line):
            kind = KINDS.get(heading["kind"].lower(), "org")
            continue
        if found and (more := _add_alias_below(found[-1], line, printed)):
            found[-1] = more
            continue
        if found and _is_detail(line):
            found[-1] = _add_detail(found[-1], line, printed)
            continue
        if is_column_heading(line):
            first = first or line
            continue
        entry = _read_changed(WORDS.with_others.sub("", line))
        # what a list means may stand before it
        if entry is None and not first and skipped < BETWEEN:
            skipped += 1
            continue
        full = len(found) == count and not SURE.search(line)
        if entry is None or full or (first and not _has_form_of(line, first)):
            break
        sure = SURE.search(line) or WORDS.shortened.search(line) or FIRST.match(line)
        if not first and skipped and kind is None and not sure:
            break
        first = first or line
        found.append(entry.replace(kind=kind or entry.kind, quote=printed))
    return found


# a label in a cell before that of what it labels: `1466 | Name of individual | Ivan DOE`
LABEL_CELL = re.compile(
    rf"\A[|\t ]*(?:\d{{1,5}}\s?[|\t]\s?)?(?P<label>{WORDS.text_of('in_cell')})\s?[|\t]\s?(?=\S)"
)


def _add_detail(entry: Entity, line: str, printed: str) -> Entity:
    """Add to an entry a line below it that only describes the listed one."""
    if not WORDS.tells_of.match(line):
        return entry
    aliases = dict.fromkeys((*entry.aliases, *_list_aliases(line)))
    whole = entry.replace(aliases=tuple(aliases), quote=f"{entry.quote}\n{printed}")
    return add_own_letters(whole, line)


def _add_alias_below(entry: Entity, line: str, printed: str) -> Entity | None:
    """Add to an entry whose line ends with `the following two aliases:` one that stands below it,
    or the address behind them; None if the line is neither.
    """
    below = ALIASES_BELOW.search(entry.quote)
    alias = OPENS_ALIAS.match(line) if below else None
    if not below or not (alias or (below["some"] and STREET.search(line))):
        return None
    names = (line[alias.end() :].removesuffix(" and").rstrip(" ;."),) if alias else ()
    return entry.replace(aliases=(*entry.aliases, *names), quote=f"{entry.quote}\n{printed}")


ALIASES_BELOW = re.compile(r"\balias(?:es)?:(?P<some>(?:\n[-–—•].*)*)\Z")
OPENS_ALIAS, STREET = re.compile(r"[-–—•]{1,3}\s*(?=\w)"), re.compile(r"\d[^,\d]{0,60},")


def add_own_letters(entry: Entity, line: str) -> Entity:
    """Add to an entry its name in its own letters, if a line below it prints that."""
    own = WORDS.own_letters.match(line)
    name = own["name"].strip(" .") if own else ""
    if HAN.search(name):
        return entry.replace(names={"zh": name} | entry.names)
    return entry.replace(aliases=(*entry.aliases, name)) if name else entry


def _is_detail(line: str) -> bool:
    """Return whether a line describes the entry above it: `DOB: 2 May 1971`."""
    opens = WORDS.numbered_by_committee.match(line) or WORDS.labelled.match(line)
    return not opens and WORDS.of_the_entry.match(line) is not None


def _divide_row(line: str) -> str:
    """A numbered row of a plain text, of which wide gaps divide the cells, with tabs in their place."""
    return GAP.sub("\t", line) if SPACED_ROW.match(line) else line


SPACED_ROW, GAP = re.compile(r"\d{1,5}\s{2,40}\S[^\t|]{2,200}?\s{3,40}\S"), re.compile(r"\s{2,40}")
CELLS = re.compile(r"\s\|\s|\t")  # what divides the cells of a row


def is_column_heading(line: str) -> bool:
    """Return whether a line is the head of a table of names: `Item | Name of person`."""
    heads = WORDS.columns.search(line) or WORDS.counts_rows.match(line)
    return CELLS.search(line) is not None and heads is not None


def _split_printed_lines(blocks: Sequence[str]) -> Iterator[str]:
    """The lines of blocks, which may be tables, and each entry that stands within one."""
    rows = OPEN_BRACKET.sub(r"\1 ", NUMBER_ALONE.sub(r"\1 ", "\n".join(blocks))).splitlines()
    return (part for row in rows for within in WITHIN.split(row) for part in _split_row(within))


# a line that ends within a bracket, which the next one closes
OPEN_BRACKET = re.compile(r"(\([^()\n]{1,120})\n\s*(?=[^()\n]{1,120}\))")
# the number of an entry in a line of its own, above its name
NUMBER_ALONE = re.compile(r"(?m)^[ \t]*([A-Z]{2,3}[ei]\.\d{3})\.?[ \t]*\n\s*(?=Name:|1:\s)")


def _split_row(line: str) -> list[str]:
    """The entries that stand in a row, each with its country; a line that is no such row whole."""
    parts = ROW_ENDS.split(WORDS.with_others.sub("", line.strip()).rstrip(" .;"))
    is_row = len(parts) > 1 and all(map(WORDS.in_row.fullmatch, parts))
    return parts if is_row else [line.strip()]


ROW_ENDS = re.compile(r";\s(?:and\s)?")


def _read_table_entry(line: str) -> Entity | None:
    """The entry of a table's row: the first cell that is no number has the name."""
    cells = (_strip_mark(cell.strip()) for cell in CELLS.split(line))
    named = (cell for cell in cells if re.search("[A-Za-z]", cell) and not places.coded(cell))
    name = next(named, "")
    if labelled := WORDS.labelled.fullmatch(name):
        kind = _find_labelled_kind(labelled) or "org"
        return _make_entity(_cut_details(labelled["name"]), kind, line)
    bare = _cut_at_stop(WORDS.also.split(name, maxsplit=1)[0])
    addressed = bare != name or WORDS.addressed.search(name.rstrip(". "))
    words = _cut_at_comma(bare) if addressed else _cut_details(name)
    if len(words) > LONGEST_BARE or TELLS.search(words):
        return None
    person = WORDS.born.search(line) or WORDS.is_person.search(line)
    return _make_entity(words, "person" if person else "org", line)


# What shows that a line is an entry, wherever it stands.
SURE = re.compile(
    rf"\b(?:SSID|Group ID|Name:)|{COMMITTEE.replace('(?P<kind>[ei])', '[ei]')}|\[[A-Z][\w.,&/ -]*\]"
)
FIRST = re.compile(r"\(?1[.)]\s")
BETWEEN = 3  # lines between a sentence that introduces entries and the first of them


KINDS: dict[str, EntityKind] = {
    "individual": "person",
    "person": "person",
    "vessel": "vessel",
    "entit": "org",
    "compan": "org",
}


def split_cells(row: str) -> list[str]:
    """The cells of a row of a table, without the spaces around them."""
    return [cell.strip() for cell in CELLS.split(row.strip("\n"))]


def _has_form_of(line: str, first: str) -> bool:
    """Return whether an entry is printed as the first one is, or as a member of the group above
    it: `-- Acme Ltd`.
    """
    if CELLS.search(first):
        return CELLS.search(line) is not None
    member = MEMBER.match(line) and not WORDS.mark.match(first)
    return bool(member) or _describe_form(line) == _describe_form(first)


MEMBER = re.compile(r"[-–—]{1,3}\s")


def _describe_form(line: str) -> tuple[bool, ...]:
    """Return the printed form of an entry, which all entries of a list share."""
    return tuple(
        bool(mark)
        for mark in (
            WORDS.numbered_by_committee.match(line),
            PROGRAMMES.search(line),
            WORDS.mark.match(line),
            WORDS.under_kind.match(line),
        )
    )


def heads_changes(sentence: str) -> bool:
    """Return whether a sentence leaves to what stands below it how a list is changed."""
    return WORDS.heads_changes.search(sentence) is not None


def is_changed(entity: Entity) -> bool:
    """Return whether an entry is printed as it was and as it becomes."""
    return WORDS.becomes.search(entity.quote or "") is not None


def _read_changed(line: str) -> Entity | None:
    """Read an entry; one that is printed as it was and as it becomes is called as it is now."""
    *before, now = WORDS.becomes.split(line)
    entry, was = _read_entry(now), _read_entry(before[-1]) if before else None
    if entry is None or was is None or was.names == entry.names:
        return entry
    return entry.replace(aliases=tuple(dict.fromkeys((*entry.aliases, was.names["en"]))))


def _read_entry(line: str) -> Entity | None:
    if committee := WORDS.numbered_by_committee.match(line):
        name = _cut_details(PARTS.sub(" ", line[committee.end() :]))
        return _make_entity(name, "person" if committee["kind"] == "i" else "org", line)
    if CELLS.search(line):
        return _read_table_entry(line)
    if labelled := WORDS.labelled.match(line):
        name = _cut_details(labelled["name"])
        return _make_entity(name, _find_labelled_kind(labelled) or _choose_kind(line, name), line)
    called = OTHER_NAMES.sub("", line)
    if not _has_shape(called) or WORDS.part.fullmatch(line):
        return None
    words = _strip_quotation(_cut_details(_strip_mark(WORDS.also.split(called)[0])))
    kind = _choose_kind(line, words)
    if kind == "person" and PROGRAMMES.search(line):  # behind the name stands an address
        words = ", ".join(words.split(", ")[:2])
    return _make_entity(words if kind == "person" else _cut_at_comma(words), kind, line)


def _find_labelled_kind(labelled: re.Match[str]) -> EntityKind | None:
    """The kind that the label of a name says: `Name of vessel: …`, `214 Entity: …`."""
    return KINDS.get((labelled["kind"] or labelled["label"] or "").lower())


def _strip_mark(line: str) -> str:
    """A line without the mark or number that it opens with; one within a name (`Plant 22 Ltd.`)
    is its own.
    """
    line = WORDS.under_kind.sub("", line, count=1)
    mark = WORDS.mark.match(line)
    words = line[mark.end() :] if mark else line
    return (
        WORDS.in_country.sub("", quoted["name"])
        if (quoted := WORDS.quoted.fullmatch(words))
        else words
    )


def _strip_quotation(words: str) -> str:
    """The words without the quotation mark of the list that they open or close."""
    if (words[:1] in QUOTATION) != (words[-1:] in QUOTATION):
        words = words.strip(QUOTATION)
    return words


QUOTATION = "'’‘\"“”"


def _has_shape(line: str) -> bool:
    """Return whether a line is an entry: one with programmes or other details, else a short one
    that says nothing.
    """
    if PROGRAMMES.search(line):
        return True
    words = _cut_details(_strip_mark(line))
    day = dates.FULL_DAY.match(line) or dates.FULL_DAY.search(words[:SIGNED])
    prose = TELLS.search(line) or issuers.find_first_issuer(line) or day
    name = _cut_at_comma(words)
    bare = name if FIRM_END.search(name) else words  # behind a firm stands its address
    return (
        len(bare) < LONGEST_BARE
        and not prose
        and all(WORDS.small.fullmatch(word) or not word[0].islower() for word in words.split())
    )


# behind a name, all its others: `Acme Ltd, a.k.a., the following one alias: -Acme`
OTHER_NAMES = re.compile(
    rf"{WORDS.text_of('also')}\.?,? the following [\w-]{{1,12}} alias(?:es)?:.*"
)


def _cut_details(line: str) -> str:
    """Return what stands before the details of an entry."""
    end = WORDS.details.search(line)
    words = " ".join((line[: end.start()] if end else line).split())
    return words if WORDS.shortened.search(words) and end else strip_stop(words)


def _choose_kind(line: str, words: str) -> EntityKind:
    if kind := WORDS.kind.search(line):
        return "vessel" if kind["kind"] in ("vessel", "aircraft") else "person"
    if WORDS.born.search(line):
        return "person"
    if (
        WORDS.by_number.search(line)
        and INVERTED.fullmatch(words)
        and not WORDS.shortened.search(words)
    ):
        return "person"
    # behind it stands an address
    return "person" if PERSON.fullmatch(words) and not PROGRAMMES.search(line) else "org"


INVERTED = re.compile(r"[A-Z][\w'’-]{1,40}, [A-Z][\w'’-]{1,40}(?: [A-Z][\w'’-]{0,40}){0,4}")


LONGEST_NAME = 300  # characters of a cell in which a name ends
BEGINS_FORM = re.compile(FORM)


def _cut_at_stop(words: str) -> str:
    """The words before a stop behind which an address begins: `Acme Ltd. 12 High Street`."""
    for stop in re.finditer(r"\.\s(?=[A-Z\d])", words[:LONGEST_NAME]):
        name, behind = words[: stop.start() + 1], words[stop.end() :]
        ended = WORDS.shortened.search(name) and not BEGINS_FORM.match(behind)
        if ended or re.search(r"[a-z]{4}\.$", name):
            return strip_stop(name)
    return words


def _cut_at_comma(words: str) -> str:
    match = WORDS.name.match(words)
    name = match[0].strip() if match else words
    return name if WORDS.shortened.search(name) else strip_stop(name)


def _make_entity(name: str, kind: EntityKind, line: str) -> Entity | None:
    aliases = [*_list_aliases(line)]
    name = WORDS.in_country.sub("", IN_SCRIPT.sub("", name).strip())
    if (short := SHORT_FORM.search(name)) and not places.coded(said := short[0].strip(" ()")):
        name, aliases = name[: short.start()], [*aliases, said]
    entity = Entity({"en": name}, kind, aliases=tuple(dict.fromkeys(aliases)), quote=line)
    return _add_names_in_letters(entity, line) if len(name) > 1 else None


def _add_names_in_letters(entity: Entity, line: str) -> Entity:
    """Add to an entry the names that its line prints in other letters, behind its own."""
    chinese = find_chinese_name(line)
    others = (name for name in _list_in_letters(line) if name not in chinese.values())
    aliases = dict.fromkeys((*entity.aliases, *others))
    return entity.replace(names=chinese | entity.names, aliases=tuple(aliases))


def _list_aliases(line: str) -> Iterator[str]:
    for match in ALSO.finditer(line):
        if match["name"] != "na":
            end = LEGAL_END.match(line, match.end("name"))
            yield match["name"].strip(' "“”,.') + (end[0] if end else "")
    if lettered := LETTERED.search(line):
        yield from (name.strip(' "“”,;') for name in LETTER.split(lettered["names"])[1:])
    if under := ALIASES.search(line):
        names = re.split(r";\s(?:and\s)?(?:-+\s?)?", re.sub(r";(?:\sand)?$", "", under["names"]))
        yield from names if len(names) > 1 or under["count"] in ("one", "an") else ()


# a short form behind the end of a name: `Acme Ltd (ACL)`
SHORT_FORM = re.compile(
    r"(?:(?<=[’”\"'])\s\((?=[^()]*[A-Z]{2})[A-Z][\w&.' -]{1,40}|(?<=[a-z.])\s\([A-Z&-]{2,9})\)$"
)
# `(Cyrillic: …)`, `(Аркадий …)`
IN_SCRIPT = re.compile(r" ?\((?:(?:[A-Z][a-z]+ ?){1,2}: |(?=[^()A-Za-z]{2,80}\)))[^()]{2,80}\)")
LETTERS = re.compile(
    r"(?:\((?:(?P<said>(?:[A-Z][a-z]+ ?){1,2}): )?|; )(?P<name>[^\W\d_A-Za-z][^()A-Za-z;|\t]{1,80})(?=[);|\t]|$)"
)


def _list_in_letters(line: str) -> Iterator[str]:
    """The names in other letters than Latin that an entry prints in brackets, or behind a stop."""
    yield from map(_strip_letters, LETTERS.finditer(line))


def _strip_letters(match: re.Match[str]) -> str:
    return match["name"].strip(" .,")


def find_chinese_name(line: str) -> dict[str, str]:
    """The Chinese name that an entry prints, by its language."""
    said = (match for match in LETTERS.finditer(line) if "Chinese" in (match["said"] or "Chinese"))
    own = next((name for name in map(_strip_letters, said) if WIDE.fullmatch(name)), "")
    return {"zh": own} if own else {}


# a firm of that form is a Japanese one
WIDE = re.compile(rf"(?!.*(?:株式|有限)[会會]社)[{HAN_RANGE}\W\d]+")


# `Acme Co., Ltd. (and one alias: Acme Trading)`, `, including one alias (Acme Trading)`
ALIASES = re.compile(
    r"\b(?:and|including|with|following) (?P<count>[\w-]{1,12}) alias(?:es)?"
    r"(?:: ?(?:-{1,2}|[–—])?| \()(?P<names>[^()]{2,300}?)(?:\)|\.(?:\s[A-Z\d]|$)|$)"
)
# `(alias (a) Abu Zayd, (b) Zayd al-Deen)`
LETTERED = re.compile(
    r"\(alias(?:es)?:? (?P<names>\(a\) [^()]{2,80}(?:\([b-z]\) [^()]{2,80}){0,25})\)"
)
LETTER = re.compile(r"\([a-z]\) ")
LEGAL_END = re.compile(rf",\s{FORM}\.?(?!\w)")
ALSO = re.compile(
    r"\b(?:[afn]\.?k\.?a\.?|(?:also|formerly|previously) (?:known as|called)|(?-i:Alias(?:es)?)(?=:)|(?<=\()alias(?:es)?)[:,]?\s"
    r"(?!the following)"
    # `VARGUNIN, Oleg;`
    r"(?P<name>[\"“][^\"”]{1,120}[\"”]|(?-i:[A-Z][A-Z’' -]{1,60}, [A-Z][\w’' -]{1,60})(?=[;)])|"
    r"[^;()\"“,]{1,120}?(?=\s+(?-i:[A-Z])"
    r"(?:[\w.]{1,20}(?-i:(?: [a-z.]{1,20}){0,3})):|[;()\"“,.]|$))",
    re.IGNORECASE,
)
