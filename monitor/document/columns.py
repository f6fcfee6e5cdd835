"""Tables that a plain text prints in columns of spaces: a head, rows of several lines; between rules
of dashes, or below a head that names an entity.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

RULE = re.compile(r"[-=]{20,}\s*")
LEFT_OUT = re.compile(r"[* ]*")  # a row of stars stands for those that are not printed
LEADERS = re.compile(r"(?<=\w)\.{3,}$")  # `TURKEY.......`
HEAD = re.compile(r"\S+(?: \S+)*")  # a cell in a line of the head
# behind an address another name: `Chad.`, `Abeche Optics`
MERGED = re.compile(
    r"[a-z]{4}\.\n(?!(?:Room|Suite|Unit|Building|Block|Plot|Floor|Office|Warehouse)\b)[A-Z][a-z]{3}"
)
GOES_ON = re.compile(r"[a-z]")
IN_PLACE = re.compile(r"(?:,|['’]S|\b(?:OF|AND|THE))$", re.IGNORECASE)  # `CHINA, PEOPLE'S`
UNENDED = re.compile(r"[,-]$")
FEWEST = 2  # columns
LONGEST_HEAD = 5  # lines
LONGEST = 2000  # lines of a table

Span = tuple[int, int]  # where a column begins and ends


def draw_columns(text: str) -> str:
    """A text whose tables in columns of spaces have bars between their cells, a row a line."""
    lines = text.split("\n")
    rules = [place for place, line in enumerate(lines) if RULE.fullmatch(line)]
    ruled = zip(rules, rules[1:], rules[2:], strict=False)
    drawn: list[str] = []
    done = 0
    for top, middle, bottom in sorted((*ruled, *_list_headed(lines))):
        rows = _read_table(lines[top + 1 : middle], lines[middle + 1 : bottom])
        if rows and top >= done:
            drawn += lines[done:top]
            drawn += [f"| {' | '.join(row)} |" for row in rows]
            done = bottom + 1
    return "\n".join([*drawn, *lines[done:]]) if drawn else text


def _list_headed(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the empty lines or rules above and below a head that names an entity, and below the
    lines in its columns.
    """
    for top, (above, line) in enumerate(pairwise(lines)):
        if above.strip() or not NAMES_ENTITY.search(line):
            continue
        begins = [match.start() for match in HEAD.finditer(line)][1:]
        head = [*takewhile(lambda line: not PARTS.fullmatch(line), lines[top + 1 :][:LONGEST])]
        middle = top + 1 + len(head)
        fit = (_is_within(*each, begins) for each in pairwise(lines[middle : middle + LONGEST]))
        stop = middle + 1 + sum(takewhile(bool, fit))
        ends = [at for at in (stop, stop - 1) if PARTS.fullmatch("".join(lines[at : at + 1]))]
        if ends and not GAP.search("".join(lines[stop : stop + 1])):  # no row out of line
            yield top, middle, ends[0]


# a head in one line with others: `Country      Entity      License requirement`
NAMES_ENTITY = re.compile(r" {2}(?:Entity|Name)(?: {2}|$)")
PARTS, GAP = re.compile(rf"(?:{RULE.pattern})?"), re.compile(r"\S {3,40}\S")


def _is_within(above: str, line: str, begins: Sequence[int]) -> bool:
    """Return whether a line may be one of a table whose other columns begin here: it has blanks
    before each, and more than a first cell below an empty line.
    """
    parted = not any(line[at - 2 : at].strip() for at in begins)
    alone = not above.strip() and line.strip() and not line[begins[0] :].strip()
    return parted and not alone and not RULE.fullmatch(line)


def _read_table(head: Sequence[str], body: Sequence[str]) -> list[list[str]]:
    """The rows of a table, its head first; none where the lines are no such table."""
    said = 0 < len(head) <= LONGEST_HEAD and all(line.strip() for line in head)
    if not said or len(body) > LONGEST or any("|" in line or "\t" in line for line in body):
        return []
    names = _join_spans(
        (match.start(), match.end()) for line in head for match in HEAD.finditer(line)
    )
    columns = _find_columns(body, names) if len(names) >= FEWEST else []
    rows = list(_list_rows(body, columns)) if columns else []
    if not rows or not all(rows):
        return []
    cells = [[line[begin:end].strip() for line in head] for begin, end in names]
    return [[" ".join(filter(None, cell)) for cell in cells], *rows]


def _join_spans(spans: Iterable[Span]) -> list[Span]:
    """Spans of characters, those that overlap as one."""
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined


def _find_columns(body: Sequence[str], names: Sequence[Span]) -> list[Span]:
    """Find the columns below the names of the head: between two of these, the widest gap that no
    line has a letter in. Nothing where there is none.
    """
    lines = [line for line in body if not LEFT_OUT.fullmatch(line)]
    taken = _join_spans(
        (word.start(), word.end()) for line in lines for word in re.finditer(r"\S+", line)
    )
    gaps = [(right[0] - left[1], left[1]) for left, right in pairwise(taken)]
    cuts = [
        max((gap for gap in gaps if sum(left) // 2 < gap[1] <= sum(right) // 2), default=(0, 0))[1]
        for left, right in pairwise(names)
    ]
    ends = [*cuts, max(map(len, lines), default=0)]
    return list(zip([0, *cuts], ends, strict=True)) if len(lines) > 1 and all(cuts) else []


def _list_rows(body: Sequence[str], columns: Sequence[Span]) -> Iterator[list[str]]:
    """The rows, each with the first cell that a row above it prints for several; one without
    cells for one that may be several.
    """
    lines = [[line[begin:end].rstrip() for begin, end in columns] for line in body]
    hanging = _find_hanging(lines)
    first, begun, row = "", "", list[list[str]]()
    for line, cells in zip([*body, ""], [*lines, [""] * len(columns)], strict=True):
        parted = LEFT_OUT.fullmatch(line) is not None
        if row and (parted or _is_first(cells, row[-1], hanging)):
            if hanging is None and MERGED.search("\n".join(each[1].strip() for each in row)):
                yield []  # where the entries begin is not known
            whole = [_join_lines(each) for each in zip(*row, strict=True)]
            first = whole[0] = f"{begun}{whole[0]}" if whole[0] else first
            row, begun = [], ""
            if not all(LEFT_OUT.fullmatch(cell) for cell in whole[1:]):
                yield whole
            elif IN_PLACE.search(first):
                begun = f"{first} "
        if not parted:
            row.append(cells)


def _find_hanging(lines: Sequence[Sequence[str]]) -> int | None:
    """Find where the second column begins a row, if what goes on is printed further in."""
    printed = [cells for cells in lines if cells[1].strip()]
    starts = [_find_start(cells[1]) for cells in printed]
    flush = min(starts, default=0)
    begun = [cells for cells, start in zip(printed, starts, strict=True) if start == flush]
    whole = all(all(map(str.strip, cells[1:])) for cells in begun)
    return flush if whole and max(starts, default=0) > flush else None


def _find_start(cell: str) -> int:
    return len(cell) - len(cell.lstrip())


def _is_first(cells: Sequence[str], above: Sequence[str], hanging: int | None) -> bool:
    """Return whether a line begins a row: it hangs out, or all cells begin and none goes on."""
    if hanging is not None:
        return bool(cells[1].strip()) and _find_start(cells[1]) == hanging
    told = cells if len(cells) == FEWEST else cells[1:]
    goes_on = any(
        GOES_ON.match(cell.strip()) or UNENDED.search(over)
        for cell, over in zip(cells, above, strict=True)
    )
    return all(map(str.strip, told)) and not (all(map(str.strip, above[1:])) and goes_on)


def _join_lines(cell: Iterable[str]) -> str:
    """The words of a cell; one that is broken at its hyphen has no space there."""
    words = " ".join(filter(None, map(str.strip, cell))).lstrip("* ")
    return LEADERS.sub("", re.sub(r"(?<=\w)- (?=[a-z])", "-", words))
