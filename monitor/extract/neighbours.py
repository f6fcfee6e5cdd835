"""Find what stands beside the names of an act as a name does, and is in no fact. Pure.

Names stand in lists: as rows, below each other behind one kind of mark, or in a row of words. What
stands there beside a name that was read is a name too, whatever the sentence does. If no fact has
it, the act is understood in part.

In the table, a `mark` opens an entry of a list, and `capitals` an entry without one; `opens` is cut
off before a row of words. A `zone` is where a sentence names whom it is about, and its parts are
`joined`; a `clause` ends there. `plain` words are no name: a kind, a post, a use. A `note` is no
entry, what is in an `aside` is explained there, and `title` is one. Names in `marks` stand beside
others in marks, and `latin` names in a text of other letters beside their own.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from monitor.extract.words import Language
from monitor.model import Action, Announcement, Unread, frozen

WORDS = Language("").table("neighbours")
NO_LETTERS = re.compile(r"[^\w]+")
LETTER = re.compile(r"[^\W\d_]")
FIGURE = re.compile(r"(?<!olumn )\d")  # the number of a column is none of a row
MOST = 400  # names that are looked for in each line: an act may list thousands
READ = "○"  # stands for a name that was read
BESIDE = "what stands in a list beside a name that was read gave nothing"
CAPITALS = "capitals"


def list_untaken_neighbours(act: Announcement, text: str) -> Iterator[Unread]:
    """List what stands beside the names of an act on its page of this text, and is in no fact."""
    title = act.title.strip()
    lines = [line for line in map(str.strip, text.splitlines()) if line and line != title]
    left = _fold("\n".join(part.quote for part in act.not_read if part.quote))
    quotes = list(dict.fromkeys(_list_quotes(act)))
    told = left + _fold("\n".join(quotes))
    begun = {_fold(line) for quote in quotes for line in quote.split("\n")[:-1]}  # and wrapped
    goods, named = (_compile_names(act, goods=goods) for goods in (True, False))
    entries = [entry for place in range(len(lines)) if (entry := _read_entry(lines, place))]
    if not named:  # what goods are like stands behind marks without a number
        entries = [entry for entry in entries if entry.number]
    for quote in (*_list_rows(lines, goods), *_list_entries(entries, goods)) if goods else ():
        if LETTER.search(quote) and not _is_told(quote, told, begun):
            yield Unread("name", BESIDE, quote)
    if not named and (goods := _compile_names(act, goods=True, shortest=1)):
        sentences = [line for each in act.measures for line in each.quote.splitlines()]
        for quote in _list_at_commas(sentences, goods):
            if _fold(quote) not in told:
                yield Unread("name", BESIDE, quote)
    if named and not any(each.action is Action.AMEND for each in act.measures):
        finders = FINDERS.get(act.language, FINDERS[""])
        for quote in (quote for find in finders for quote in find(lines, named)):
            if _fold(quote) not in left:
                yield Unread("name", BESIDE, quote)


def _is_told(quote: str, told: str, begun: set[str]) -> bool:
    """Return whether a fact has an entry, by its words or those behind its mark."""
    words = _fold_entry(quote)
    return _fold(quote) in told or words in begun or (bool(words) and words in told)


def _fold(words: str) -> str:
    return NO_LETTERS.sub("", words)


def _fold_entry(line: str) -> str:
    mark = WORDS.mark.match(line)
    return _fold(line[mark.end() :] if mark else line)


def _list_quotes(act: Announcement) -> Iterator[str]:
    for measure in act.measures:
        for entity in measure.entities:
            yield from (entity.quote, *entity.spellings)
        yield from (item.quote for item in measure.items)
        yield from (term.quote for term in measure.terms)


def _compile_names(act: Announcement, *, goods: bool, shortest: int = 2) -> re.Pattern[str] | None:
    """A pattern of the names that the facts of an act have, those of `goods` too; None without."""
    entities = [entity for measure in act.measures for entity in measure.entities]
    items = [item for measure in act.measures for item in measure.items] if goods else []
    names = {name for entity in entities for name in entity.spellings}
    names |= {name for item in items for name in (*item.names.values(), *item.codes)}
    longest = sorted((name for name in names if len(name) >= shortest), key=len, reverse=True)[
        :MOST
    ]
    return re.compile("|".join(map(re.escape, longest))) if longest else None


def _list_rows(lines: Iterable[str], named: re.Pattern[str]) -> Iterator[str]:
    """The rows without a name in tables with some: below one; above it, with figures as it has.
    Of a table without any, those below a first row that a table with some has too.
    """
    tables = list(_list_tables(lines))
    heads = {table[0] for table in tables if any(map(named.search, table[1:]))}
    for table in tables:
        figures = [_find_figures(row) for row in table if named.search(row)]
        below = not figures and table[0] in heads
        for row in table if figures else table[1:] if below else ():
            gave = named.search(row) is not None
            below = below or gave
            if not gave and (below or any(_find_figures(row) & each for each in figures)):
                yield row


def _list_tables(lines: Iterable[str]) -> Iterator[list[str]]:
    """The rows of each table."""
    for is_row, rows in groupby(lines, lambda line: "\t" in line):
        if is_row:
            yield list(rows)


def _find_figures(row: str) -> set[int]:
    """Find the columns of a row that have figures."""
    return {place for place, cell in enumerate(row.split("\t")) if FIGURE.search(cell)}


def _list_entries(entries: Iterable["Entry"], named: re.Pattern[str]) -> Iterator[str]:
    """The entries right above or below one that opens with a name, by their marks and numbers."""
    for one, other in pairwise(entries):
        if other.follows(one):
            for entry, beside in ((one, other), (other, one)):
                if named.match(beside.words) and _may_be_entry(entry, named):
                    yield entry.line


def _may_be_entry(entry: "Entry", named: re.Pattern[str]) -> bool:
    """Return whether an entry may be a name that was read: one in capitals may have others."""
    if entry.kind == CAPITALS:
        return named.match(entry.words) is None
    is_other = WORDS.note.fullmatch(entry.words) or WORDS.plain.fullmatch(entry.words)
    return not (is_other or named.search(entry.words))


@frozen
class Entry:
    """A `line` that opens an entry of a list: the `kind` of its mark, its `number` (0 without one),
    the `words` behind it, and its `place` among the lines.
    """

    line: str
    kind: str
    number: int
    words: str
    place: int

    def follows(self, other: "Entry") -> bool:
        """Return whether this is the next entry of the other's list."""
        if self.kind != other.kind:
            return False
        return self.number == other.number + 1 if self.number else self.place == other.place + 1


def _read_entry(lines: Sequence[str], place: int) -> Entry | None:
    """Read the entry that a line opens; its words may stand below a mark that stands alone."""
    line = lines[place]
    if "\t" in line:
        return None
    if mark := WORDS.mark.match(line):
        printed = mark["number"] or mark["ring"] or mark["han"] or ""
        kind = mark[0].strip().replace(printed, "1") if printed else mark.lastgroup or ""
        kind = unicodedata.normalize("NFKC", kind)
        words = line[mark.end() :] or "".join(lines[place + 1 : place + 2])
        line = line if words in line else f"{line} {words}"
        return Entry(line, kind, _read_number(printed), words, place)
    return Entry(line, CAPITALS, 0, line, place) if WORDS.capitals.match(line) else None


def _read_number(printed: str) -> int:
    """Read the number of an entry: `12`, `⑫` or `十二`; 0 without one."""
    tens, ten, ones = unicodedata.normalize("NFKC", printed).rpartition("十")
    figures = [str(int(unicodedata.numeric(digit))) for digit in tens + ones]
    if not ten:
        return int("".join(figures) or 0)
    return int((figures[0] if tens else "1") + (figures[-1] if ones else "0"))


def _blot_names(line: str, named: re.Pattern[str]) -> str:
    """The line with ○ for each name that was read, without titles and what is in brackets."""
    return str(WORDS.aside.sub(" ", named.sub(READ, WORDS.title.sub(" ", line))))


def _list_at_commas(lines: Iterable[str], named: re.Pattern[str]) -> Iterator[str]:
    """What stands beside a name, between commas that part words of one kind (`、`)."""
    for line in lines:
        words = _blot_names(line, named)
        opens = WORDS.opens.match(words)
        for one, other in pairwise(words[opens.end() if opens else 0 :].split("、")):
            before, after = (
                WORDS.clause.split(one)[-1].strip(),
                WORDS.clause.split(other)[0].strip(),
            )
            if before.endswith(READ) and _may_be_name(after):
                yield after
            if after.startswith(READ) and _may_be_name(before):
                yield before


def _list_in_zones(lines: Iterable[str], named: re.Pattern[str]) -> Iterator[str]:
    """The parts of where a sentence names whom it is about, beside a name."""
    for line in lines:
        for zone in WORDS.zone.finditer(_blot_names(line, named)):
            parts = map(str.strip, WORDS.joined.split(zone["zone"]) if READ in zone["zone"] else ())
            yield from filter(_may_be_name, parts)


def _may_be_name(words: str) -> bool:
    return bool(words) and READ not in words and WORDS.plain.fullmatch(words) is None


def _list_in_marks(lines: Iterable[str], named: re.Pattern[str]) -> Iterator[str]:
    """What a line prints in marks, beside a name in such marks."""
    for line in lines:
        marked = [match["name"] for match in WORDS.marks.finditer(line)]
        if any(map(named.fullmatch, marked)):
            yield from filter(_may_be_name, (named.sub(READ, name) for name in marked))


def _list_latin(lines: Iterable[str], named: re.Pattern[str]) -> Iterator[str]:
    """The Latin names in a line with a name, in a text of other letters."""
    known = _fold(named.pattern)
    for line in lines:
        words = named.sub(READ, line)
        if READ in words and "\t" not in words:
            yield from (name for name in WORDS.latin.findall(words) if _fold(name) not in known)


# In Chinese, marks also stand around what is only called so.
FINDERS = {
    "": (_list_at_commas, _list_in_zones, _list_in_marks),
    "zh": (_list_at_commas, _list_in_zones, _list_latin),
    **dict.fromkeys(("ja", "ko"), (_list_at_commas, _list_in_marks, _list_latin)),
}
