"""What stands around the sentences of an English act: the letterhead above its title, its own day, recitals and formulas.

Of an act the law lies between them: what is recited, cited or filed with it decides nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from monitor.document import Document
from monitor.extract.en import dates, issuers
from monitor.extract.en.words import ENGLISH
from monitor.vocabulary import country_of

WORDS = ENGLISH.table("letterhead")

HEAD = 14  # blocks of a page in which its title stands
LONGEST_TITLE = 300


def headed(document: Document) -> Document:
    """The page under the title of its act, where its first line is only a letterhead: an office, a docket, a number of a page."""
    title = document.title.strip()
    if WORDS.of_union_alone.fullmatch(title):
        return _of_union(document, title)
    if not _is_letterhead(title):
        return document
    lines = [line for block in document.blocks[:HEAD] for line in block.text.strip().splitlines() if line.strip()]
    further = (line.strip() for line in lines if line.strip() != title and not _is_letterhead(line.strip()))
    line = next(further, "")
    if not line or len(line) > LONGEST_TITLE or WORDS.prose.search(line):
        return document
    return replace(document, title=f"{title} {line}" if WORDS.numbered.fullmatch(line) else line)


def _of_union(document: Document, title: str) -> Document:
    """An act of the Union whose title stands in several lines: its number, its day, what it does."""
    lines = [line.strip() for block in document.blocks[:HEAD] for line in block.text.splitlines()]
    behind = takewhile(lambda line: not line.isupper() and not line.endswith((".", ",", ":")), lines[1:4])
    return replace(document, title=" ".join([title, *behind]))


def _is_letterhead(line: str) -> bool:
    if not line or line.upper().endswith(" NOTICE"):  # which says what is below it
        return False
    return bool(WORDS.letterhead.fullmatch(line) or dates.FULL_DAY.fullmatch(line)) or (
        issuers.is_issuer(line) and not any(letter.isdigit() for letter in line)
    )


# The day that an act says is its own.

TAIL = 6


def own_day(document: Document) -> str | None:
    """The day that the act prints as its own; None where it says none by these words."""
    if match := WORDS.of_union.search(document.title):
        return dates.first_day(match[0])
    lines = [line.strip() for block in document.blocks for line in block.text.splitlines() if line.strip()]
    american = _is_american(document, lines)
    for line in lines[:HEAD]:
        for words in WORDS.says.finditer(line[:LONGEST_TITLE]):
            if day := _day_at(line, words.end(), american=american):
                return day
        if WORDS.figures.fullmatch(line) and (day := _day_at(line, 0, american=american)):
            return day
    for line in lines[-TAIL:]:
        if (match := WORDS.ordinal.search(line)) and not WORDS.begins.search(line[: match.start()]):
            return dates.day(f"{match['month']} {match['day']}, {match['year']}")
    return None


def _is_american(document: Document, lines: Iterable[str]) -> bool:
    known = issuers.first("\n".join([document.title, *list(lines)[:HEAD]]))
    return known is not None and country_of(known.authority) == "us"


def _day_at(line: str, place: int, *, american: bool) -> str | None:
    """The day that is printed at a place of a line: in words, or in figures, months first in the United States."""
    if (match := dates.FULL_DAY.match(line, place)) or (match := dates.FULL_DAY.match(line, place + 1)):
        return dates.day(match["day"])
    figures = WORDS.figures.match(line, place)
    if figures is None:
        return None
    month, day = (figures["a"], figures["b"]) if american and figures["mark"] == "/" else (figures["b"], figures["a"])
    return dates.day(f"{figures['year']}-{int(month):02}-{int(day):02}")


# What of the lines of an act is its own law.


def operative(lines: Iterable[str]) -> Iterator[str]:
    """The lines of an act without the recitals before it and the analyses filed with it, its labels apart."""
    lines = list(lines)
    adopted = next((place for place, line in enumerate(lines) if WORDS.adopted.search(line)), -1)
    filed = False
    for line in lines[adopted + 1 :]:
        if WORDS.filed.fullmatch(line):
            filed = True
            continue
        if filed and _is_heading(line):
            filed = False
        if not filed and not WORDS.dropped.fullmatch(line):
            yield WORDS.label.sub("", line, count=1)


def _is_heading(line: str) -> bool:
    return len(line) < 80 and not line.endswith((".", ";", ":", ",")) and line[:1].isupper() and not line[0].isdigit()
