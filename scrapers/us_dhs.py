"""United States: Department of Homeland Security: the Entity List of the Uyghur Forced Labor
Prevention Act (UFLPA).
"""

import re
from collections.abc import Sequence

from monitor import Entity, LayoutChanged, Listing, Page, Register, source
from monitor.extract.en import dates
from monitor.source.formats import gather_fields, html_tables, key, table
from monitor.source.formats.table import Cells, Columns
from monitor.vocabulary.forms import BEHIND_ABBREVIATED, FORM_OR_CAPITALS

COLUMNS = Columns.of(
    """
name: Name of Entity | Entity Name | Entity | Name
effective: Effective Date | Date of Listing | Date Added
""",
    needed="name, effective",
)
SECTION = re.compile(r"2\s*\(d\)\s*\(2\)\s*\(B\)\s*\((i{1,3}|iv|v)\)")
ALIASES = re.compile(
    r"(?<!\s)\s*+\(\s*+(?:(?:and|including|with)\s++)?(?:(?P<count>[\w-]++)\s++)?"
    r"(?:alias(?:es)?|(?:also|formerly|previously) known as)\s*+:?\s*+",
    re.IGNORECASE,
)
KNOWN_AS = r"(?:also|formerly|previously)\s++known\s++as\s++"
# What stands between two aliases: a semicolon; "and" after the end of a company's name or before
# "formerly known as". A name may have an "and" of its own, and commas.
BETWEEN = re.compile(
    rf";\s*+(?:and\s++)?(?:{KNOWN_AS})?|(?<!\s)\s++and\s++{KNOWN_AS}|{BEHIND_ABBREVIATED}\s++and\s++(?=[A-Z])",
    re.IGNORECASE,
)
COMMAS = re.compile(rf",\s++(?:and\s++)?(?!{FORM_OR_CAPITALS})|(?<!\s)\s++and\s++", re.IGNORECASE)
COUNTS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
WITH = re.compile(
    r"(?:,|(?<!\s))\s++and\s++(?:its\b|(?:all\s++)?subsidiaries\b|subordinate\b).*",
    re.IGNORECASE | re.DOTALL,
)


@source(
    name="DHS UFLPA Entity List",
    authority="us-dhs",
    url="https://www.dhs.gov/uflpa-entity-list",
    every="30 minutes",
    language="en",
    captured="2026-07",
)
def uflpa(page: Page) -> Register:
    """All tables of the page: one for each paragraph of the act. An entity under two of them is
    one record.
    """
    read = [_read_table(printed, page.url) for printed in html_tables.tables(page)]
    rows = [row for one in read for row in one.rows]
    if not rows:
        raise LayoutChanged(f"{page.url}: no table of names and effective dates")
    printed = table.Table(tuple(rows), tuple(remark for one in read for remark in one.remarks))
    printed.refuse_unnamed(page.url, "name")
    return table.register(
        "us-dhs-uflpa",
        printed,
        id=lambda row: key(_parts(row["name"])[0]),
        read=listing,
    )


def _read_table(printed: html_tables.MarkupTable, url: str) -> table.Table:
    """Read a table with the paragraph that it stands under; of another table only a remark."""
    try:
        read = table.named(printed.rows, COLUMNS, url)
    except LayoutChanged:
        # were it one of ours, so much would be gone that it is held back
        head = " | ".join(printed.rows[0] if printed.rows else ())
        return table.Table((), (f"a table we do not read: {head[:120]}",))
    sections = SECTION.findall(printed.before)
    if not sections:
        remark = "a table that does not say under which paragraph of the act it lists"
        read = table.Table(read.rows, (*read.remarks, remark))
    where = f"2(d)(2)(B)({sections[-1]})" if sections else ""
    return table.Table(tuple({**row, "list": where} for row in read.rows), read.remarks)


def listing(rows: Sequence[Cells]) -> Listing:
    """One entity, with every paragraph it is listed under."""
    parts = [_parts(row["name"]) for row in rows]
    fields = {
        "lists": sorted(row["list"] for row in rows),
        "effective": sorted(dates.first_day(row["effective"]) or row["effective"] for row in rows),
        "together_with": [others for _, _, others in parts],
    }
    return Listing(
        subject=Entity(
            names={"en": parts[0][0]},
            aliases=tuple(dict.fromkeys(alias for part in parts for alias in part[1])),
            kind="org",
        ),
        fields=gather_fields(fields),
    )


def _parts(cell: str) -> tuple[str, tuple[str, ...], str]:
    """`Acme Co., Ltd. (including one alias: Acme) and its subsidiaries` as its name, its aliases
    and what is listed with it.
    """
    words = " ".join(cell.split())
    aliases: tuple[str, ...] = ()
    if match := ALIASES.search(words):
        end = _closing(words, match.end())
        aliases = _aliases(words[match.end() : end], COUNTS.get((match["count"] or "").lower()))
        words = words[: match.start()] + words[end + 1 :]
    together = WITH.search(words)
    name = words[: together.start()] if together else words
    return (
        name.strip(" ,"),
        aliases,
        together[0].lstrip(" ,").removeprefix("and ").strip() if together else "",
    )


def _aliases(told: str, count: int | None) -> tuple[str, ...]:
    """The names in a list of `count`, where that is said: commas part it where they make so many
    of it and nothing else does.
    """
    for between in (BETWEEN, COMMAS):
        names = tuple(name for part in between.split(told) if (name := part.strip(" ;,")))
        if len(names) == count:
            return names
    return tuple(name for part in BETWEEN.split(told) if (name := part.strip(" ;,")))


def _closing(words: str, start: int) -> int:
    """Where the bracket that is open at `start` closes."""
    depth = 1
    for place, letter in enumerate(words[start:], start):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return place
    return len(words)
