"""What stands around the sentences of an English act: the letterhead above its title, its own day, recitals and formulas.

Of an act the law lies between them: what is recited, cited or filed with it decides nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from monitor.document import Document
from monitor.extract.en import dates, issuers
from monitor.vocabulary import country_of

HEAD = 14  # blocks of a page in which its title stands
LONGEST_TITLE = 300
OFFICE = (
    r"(?:(?:U\.?S\.?|UNITED STATES|United States|HM|Federal|State|The)\s)?(?:DEPARTMENT|Department|BUREAU|Bureau|OFFICE|"
    r"Office|MINISTRY|"
    r"Ministry|SECRETARIAT|Secretariat|TREASURY|Treasury|AGENCY|Agency|Directorate)\b"
)
LETTERHEAD = re.compile(
    rf"{OFFICE}(?:(?!\b(?:is|has|are|have|issues?|adds?|removes?|announces?|announced|decision|notice|"
    rf"order)\b)[^.:;—–]){{0,110}}|"
    r"\d{1,2} CFR (?:Parts?|part|Chapter)\b.*|\[[^\]]*\]|RIN:? .*|\(?Docket\b.*|WASHINGTON\b.{0,20}|AGENCY:.*|ACTION:.*|"
    r"(?:SC|GA|ECOSOC)/\d+|Canada Gazette\b.*|Registration|SOR/\d{4}-\d+.*|P\.C\. .*|[A-Z][A-Z ,]{4,60} ACT|(?:PRESS|Press) R\w+|"
    r"Recent Actions?|STATUTORY INSTRUMENTS|(?:FOR )?IMMEDIATE RELEASE|Rule document\b.*|A (?:Rule|Notice) by\b.*|Notice\b.{0,3}|"
    r"OFFICIAL(?:-SENSITIVE)?|[\d./-]{8,10}|Page \d+.*"
)
NUMBERED = re.compile(
    r"(?:Joint )?(?:Announcement|Order|Decree|Notice)\b[^.]{0,12}\b(?:Nos?\.?|Number)\s?\d{1,4}\b.{0,20}", re.IGNORECASE
)


def headed(document: Document) -> Document:
    """The page under the title of its act, where its first line is only a letterhead: an office, a docket, a number of a page."""
    title = document.title.strip()
    if OF_UNION_ALONE.fullmatch(title):
        return _of_union(document, title)
    if not _is_letterhead(title):
        return document
    lines = [line for block in document.blocks[:HEAD] for line in block.text.strip().splitlines() if line.strip()]
    further = (line.strip() for line in lines if line.strip() != title and not _is_letterhead(line.strip()))
    line = next(further, "")
    if not line or len(line) > LONGEST_TITLE or PROSE.search(line):
        return document
    return replace(document, title=f"{title} {line}" if NUMBERED.fullmatch(line) else line)


OF_UNION_ALONE = re.compile(
    r"(?:COUNCIL|COMMISSION|Council|Commission) [A-Za-z ]{5,60}\((?:EU|CFSP|EU, Euratom)\)\s(?:No\s)?[\d/]+"
)


def _of_union(document: Document, title: str) -> Document:
    """An act of the Union whose title stands in several lines: its number, its day, what it does."""
    lines = [line.strip() for block in document.blocks[:HEAD] for line in block.text.splitlines()]
    behind = takewhile(lambda line: not line.isupper() and not line.endswith((".", ",", ":")), lines[1:4])
    return replace(document, title=" ".join([title, *behind]))


PROSE = re.compile(r"[.;:,]$|:\s[A-Z][a-z]+ .{60}|^\W*\(?[a-z0-9]{1,2}[.)]\s|^(?:In the Matter|Background)")


def _is_letterhead(line: str) -> bool:
    if not line or line.upper().endswith(" NOTICE"):  # which says what is below it
        return False
    return bool(LETTERHEAD.fullmatch(line) or dates.FULL_DAY.fullmatch(line)) or (
        issuers.is_issuer(line) and not any(letter.isdigit() for letter in line)
    )


# The day that an act says is its own.

TAIL = 6
OF_UNION = re.compile(rf"\((?:EU|CFSP|EU, Euratom)\)\s(?:No\s)?\d{{1,4}}/\d{{1,4}}\sof\s{dates.FULL_DAY.pattern}", re.IGNORECASE)
ORDINAL = re.compile(
    r"\b(?:this|on the|the)\s(?P<day>\d{1,2})(?:st|nd|rd|th)\sday of\s(?P<month>[A-Z][a-z]+),?\s(?P<year>\d{4})\b"
)
SAYS = re.compile(
    r"\b(?:Release [Dd]ate|Date of (?:this )?(?:notice|publication|issue|decision)|Date|Update[d]?|, published|Last updated|"
    r"Published(?: by [^.;]{2,80}?)?(?: on)?|"
    r"Issued(?: on)?|Modification of|Amendment of|Notice of|Posted(?: on)?|Registration\b.{0,40}|SOR/\d{4}-\d+|"
    r"(?:SUSPENSION|Suspension)?\(?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,)\s*+(?::\s*+)?(?=\d{1,2}\b|[A-Z][a-z]{2,8}\.? \d)",
)
FIGURES = re.compile(r"(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4})\b")
BEGINS = re.compile(r"\b(?:effect|force|effective|until|from|commenc|earlier|since|dated)\b", re.IGNORECASE)


def own_day(document: Document) -> str | None:
    """The day that the act prints as its own; None where it says none by these words."""
    if match := OF_UNION.search(document.title):
        return dates.first_day(match[0])
    lines = [line.strip() for block in document.blocks for line in block.text.splitlines() if line.strip()]
    american = _is_american(document, lines)
    for line in lines[:HEAD]:
        for words in SAYS.finditer(line[:LONGEST_TITLE]):
            if day := _day_at(line, words.end(), american=american):
                return day
        if FIGURES.fullmatch(line) and (day := _day_at(line, 0, american=american)):
            return day
    for line in lines[-TAIL:]:
        if (match := ORDINAL.search(line)) and not BEGINS.search(line[: match.start()]):
            return dates.day(f"{match['month']} {match['day']}, {match['year']}")
    return None


def _is_american(document: Document, lines: Iterable[str]) -> bool:
    known = issuers.first("\n".join([document.title, *list(lines)[:HEAD]]))
    return known is not None and country_of(known.authority) == "us"


def _day_at(line: str, place: int, *, american: bool) -> str | None:
    """The day that is printed at a place of a line: in words, or in figures, months first in the United States."""
    if (match := dates.FULL_DAY.match(line, place)) or (match := dates.FULL_DAY.match(line, place + 1)):
        return dates.day(match["day"])
    figures = FIGURES.match(line, place)
    if figures is None:
        return None
    month, day = (figures["a"], figures["b"]) if american and figures["mark"] == "/" else (figures["b"], figures["a"])
    return dates.day(f"{figures['year']}-{int(month):02}-{int(day):02}")


# What of the lines of an act is its own law.

ADOPTED = re.compile(r"(?:HAS|HAVE) ADOPTED\b|\bhas adopted this (?:Regulation|Decision)\b")
LABEL = re.compile(
    r"(?:SUMMARY|SUPPLEMENTARY INFORMATION|EFFECTIVE DATE|Background|Changes|Description|Issues?):?[.:]?\s+(?=[A-Z])"
)
FILED = re.compile(  # headings of what is filed with a rule and is none of it
    r"(?:[A-Z]\.|[IVX]+\.)?\s*(?:Export Control Reform Act(?: of 2018)?|Rulemaking Requirements?|Regulatory (?:Requirements?|"
    r"matters|Analysis|analysis)|"
    r"Executive Order Requirements|Paperwork Reduction Act.*|List of Subjects\b.*|Classification|Administrative Procedure Act|"
    r"REGULATORY IMPACT ANALYSIS STATEMENT|EXPLANATORY (?:NOTE|MEMORANDUM)|Explanatory (?:note|statement)|"
    r"Public [Pp]articipation|"
    r"FOR FURTHER INFORMATION CONTACT.*|ADDRESSES:?.*)"
)
DROPPED = re.compile(r"(?:AGENCY|ACTION|ADDRESSES|FOR FURTHER INFORMATION CONTACT|Public participation):.*")


def operative(lines: Iterable[str]) -> Iterator[str]:
    """The lines of an act without the recitals before it and the analyses filed with it, its labels apart."""
    lines = list(lines)
    adopted = next((place for place, line in enumerate(lines) if ADOPTED.search(line)), -1)
    filed = False
    for line in lines[adopted + 1 :]:
        if FILED.fullmatch(line):
            filed = True
            continue
        if filed and _is_heading(line):
            filed = False
        if not filed and not DROPPED.fullmatch(line):
            yield LABEL.sub("", line, count=1)


def _is_heading(line: str) -> bool:
    return len(line) < 80 and not line.endswith((".", ";", ":", ",")) and line[:1].isupper() and not line[0].isdigit()
