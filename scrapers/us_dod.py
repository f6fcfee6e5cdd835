"""United States: Department of Defense: Chinese military companies under section 1260H, as the
Federal Register prints them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from monitor import Busy, Entity, LayoutChanged, Link, Listing, NotThePage, Page, Register, source
from monitor.source.formats import html_tables, key, table, xml
from monitor.source.formats.prose import words
from monitor.source.formats.table import Cells

if TYPE_CHECKING:
    from lxml.etree import _Element

FIELDS = ("title", "document_number", "publication_date", "full_text_xml_url")
NOTICES = (
    'https://www.federalregister.gov/api/v1/documents.json?conditions[agencies][]=defense-department&conditions[type][]=NOTICE&conditions[term]="Chinese'
    ' military companies"&order=newest&per_page=20&'
    + "&".join(f"fields[]={name}" for name in FIELDS)
)
WHOLE = re.compile(r"\bDesignation of Chinese Military Companies\b", re.IGNORECASE)
IN_PART = re.compile(r"\b(?:remov|correct|rescind|rescission|delist|amend|addition)", re.IGNORECASE)
DETERMINED = re.compile(
    r"\b(?:qualify|qualifies|identified|designated)\b[^.]{0,1000}?\bas\W+Chinese military compan",
    re.IGNORECASE,
)
PRINTED_ON = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/")
MARKS = re.compile(r"^[\s•—*†-]+|[\s*†]+$")
SHORT_NAME = re.compile(r"(?<!\s)\s*+\(([^()]++)\)$")


@source(
    name="Federal Register notices of Chinese military companies",
    authority="us-dod",
    url=NOTICES,
    hosts=("*.govinfo.gov",),
    every="1 hour",
    busy=Busy("Mon-Fri", "05:30-10:00", "America/New_York", every="10 minutes"),
    language="en",
)
def notices(page: Page) -> Iterator[Link]:
    """The newest notice that prints the whole list; one that only takes a company off it is no
    edition of it.
    """
    words(page)
    papers = [
        paper for paper in page.rows("results", at_least=0) if _is_whole(str(paper.get("title")))
    ]
    if not papers:
        raise NotThePage(f"{page.url}: no notice of designation among those found")
    newest = max(papers, key=lambda paper: str(paper.get("publication_date")))
    if not newest.get("full_text_xml_url"):
        raise LayoutChanged(f"{page.url}: the newest notice has no text in XML yet")
    yield Link(
        str(newest["full_text_xml_url"]),
        read=chinese_military_companies,
        title=str(newest["title"]),
    )


def _is_whole(title: str) -> bool:
    return bool(WHOLE.search(title)) and not IN_PART.search(title)


def chinese_military_companies(page: Page) -> Register:
    """The list in a notice's own words: a line for each company, a line further in for what
    belongs to it.
    """
    root = xml.whole(page)
    if xml.tag(root) != "NOTICE" or not DETERMINED.search(" ".join(html_tables.text(root).split())):
        raise NotThePage(
            f"{page.url}: not a notice that designates Chinese military companies: the root is"
            f" {xml.tag(root)!r}"
        )
    rows = tuple(_lines(root))
    if not rows:
        raise LayoutChanged(f"{page.url}: the notice has no lines of names")
    printed = PRINTED_ON.search(page.url)
    return table.register(
        "us-dod-1260h",
        table.Table(rows),
        id=lambda row: key(SHORT_NAME.sub("", row["name"])),
        read=listing,
        published="-".join(printed.groups()) if printed else None,
    )


def _lines(root: "_Element") -> Iterator[Cells]:
    """Each flush line, with the one above it that stands further out."""
    above: dict[int, str] = {}
    for line in root.iter("FP"):
        depth = int((re.findall(r"\d", str(line.get("SOURCE"))) or ["0"])[-1])
        name = MARKS.sub("", " ".join(html_tables.text(line).split()))
        if name:
            above = {level: title for level, title in above.items() if level < depth} | {
                depth: name
            }
            outer = [title for level, title in above.items() if level < depth]
            yield {"name": name, "parent": outer[-1]} if outer else {"name": name}


def listing(rows: Sequence[Cells]) -> Listing:
    """One company; the same name below two others is one."""
    name = SHORT_NAME.sub("", rows[0]["name"])
    short = tuple(
        dict.fromkeys(match[1] for row in rows if (match := SHORT_NAME.search(row["name"])))
    )
    parents = [SHORT_NAME.sub("", row["parent"]) for row in rows if "parent" in row]
    return Listing(
        subject=Entity(
            names={"en": name}, aliases=short, kind="org", parent=parents[0] if parents else None
        )
    )
