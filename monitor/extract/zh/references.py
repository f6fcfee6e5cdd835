"""Act numbers in running text → keys: series, year and number, with lists (`第55号、56号`), ranges
and clauses.
"""

import re
from collections.abc import Iterator

from monitor import vocabulary
from monitor.extract.words import find_all_live
from monitor.extract.zh import issuers
from monitor.extract.zh.words import CHINESE
from monitor.model import frozen
from monitor.names.numerals import parse_number

WORDS = CHINESE.table("references")

BEFORE = WORDS.before
PUBLISHED = re.compile(
    r"(?:公告|令)?\((?P<year>\d{4})年\d{1,2}月\d{1,2}日[^()]{0,12}(?:公布|发布|印发|令)?\)"
)
CLAUSES = re.compile("[。;,\n]")
AFTER = re.compile(r"(?:\([^()]*\))?》?")
LATEST = 2100
LONGEST_RANGE = 60
NEAR, FAR = 60, 200  # characters
IN_BRACKETS = re.compile(r"\([^()]*\)")


@frozen
class Reference:
    """An act that a text names; `series` is empty if the text does not tell the issuer."""

    series: str
    year: int | None
    number: int
    start: int
    end: int
    clauses: tuple[str, ...] = ()
    issued: bool = False
    dated: bool = True  # whether its year is told, rather than taken from what was said before

    @property
    def key(self) -> str | None:
        """The act's key, if series and year are known."""
        return f"{self.series}-{self.year}-{self.number}" if self.series and self.year else None


def find_references(text: str, *, series: str = "", year: int | None = None) -> list[Reference]:
    """The acts named in `text`, in order. A series or year that is not repeated is the last one
    named, else the one given.
    """
    cited: list[Reference] = []
    since = False
    for match in find_all_live(WORDS.numbered, text):
        parsed = _find_series(text, match, series)
        if parsed is None:
            continue
        printed_year = (
            _read_year(match["year"])
            or _find_year_before(text, match)
            or _find_year_behind(text, match)
        )
        if not printed_year and match["year"]:
            continue
        series, year = parsed or series, printed_year or year
        cited.extend(
            _list_acts(
                match, text, series, year, issued=bool(parsed), dated=bool(printed_year or since)
            )
        )
        since = since or bool(printed_year)
    return cited


def find_keyed(text: str, *, series: str, year: int | None) -> tuple[Reference, ...]:
    """Find the acts in a text with complete keys."""
    return tuple(each for each in find_references(text, series=series, year=year) if each.key)


def _read_year(digits: str | None) -> int | None:
    value = parse_number(digits) if digits else None
    return value if value and 1949 <= value < LATEST else None


def _find_year_before(text: str, match: re.Match[str]) -> int | None:
    """The year that stands before who issued an act (`2030年某部公告第7号`)."""
    before = BEFORE.search(text[max(0, match.start() - NEAR) : match.start()])
    if before is None:
        return None
    leads = before.string[: before.start()]
    issued = WORDS.issued.search(before[0]) or WORDS.issues.match(text, match.end())
    leads = leads.rstrip(",") if issued else leads
    told = WORDS.year_first.search(leads)
    return _read_year(told["year"]) if told else None


def _find_year_behind(text: str, match: re.Match[str]) -> int | None:
    """The year of the day that stands in brackets behind a number (`令第7号(2030年3月6日公布)`)."""
    told = PUBLISHED.match(text, match.end())
    return _read_year(told["year"]) if told else None


def find_years(text: str, *, series: str) -> dict[tuple[str, int], int]:
    """Find the year of each number that a text prints with its own year, and with no other."""
    years: dict[tuple[str, int], set[int]] = {}
    for clause in CLAUSES.split(text):
        for each in find_references(clause, series=series):
            if each.dated and each.year:
                years.setdefault((each.series, each.number), set()).add(each.year)
    return {number: found.pop() for number, found in years.items() if len(found) == 1}


def _find_series(text: str, match: re.Match[str], implied: str) -> str | None:
    """Return the series of an act: "" for the `implied` one, None if it is none of ours.

    A number with 公告 behind it is no order.
    """
    before = BEFORE.search(text[max(0, match.start() - NEAR) : match.start()])
    order = "令" in (match["tail"], before and before[2])
    if before is None:
        if match["tail"] == "公告" and issuers.is_of_orders(implied):
            return vocabulary.numbered_as(implied, orders=False)
        named = (
            match["tail"]
            or match["year"]
            or _cut_text_before(text, match).endswith(("公告", "令", "号、", "号和", "号及"))
        )
        return (
            ("" if not order else None) if named and not _is_foreign_number(text, match) else None
        )
    first = issuers.find_first_issuer(
        before[1]
    )  # the number of a joint act is that of its first issuer
    return (first.issuer.numbers(order=order) or None) if first else None


def _cut_text_before(text: str, match: re.Match[str]) -> str:
    """The words before a number; what an act before it is on stands in brackets."""
    return IN_BRACKETS.sub("", text[max(0, match.start() - FAR) : match.start()])


def _is_foreign_number(text: str, match: re.Match[str]) -> bool:
    return bool(WORDS.foreign_number.search(text[max(0, match.start() - 8) : match.start()]))


def _list_acts(
    match: re.Match[str], text: str, series: str, year: int | None, *, issued: bool, dated: bool
) -> Iterator[Reference]:
    clauses = _read_clauses(text, match.end())
    last = 0
    for joint, digits in WORDS.one.findall(match["many"]):
        value = parse_number(digits)
        if value is None:
            continue
        first = last + 1 if joint and last and 0 < value - last < LONGEST_RANGE else value
        for act_number in range(first, value + 1):
            yield Reference(
                series, year, act_number, match.start(), match.end(), clauses, issued, dated
            )
        last = value


def _read_clauses(text: str, end: int) -> tuple[str, ...]:
    here = AFTER.match(text, end)
    part = WORDS.part.match(text, here.end() if here else end)
    if not part:
        return ()
    if part["article"]:
        return (f"{part['article']}({part['lower'].strip('()')})",)
    return tuple(
        word for word in (part["plain"], part["more"], part["label"], part["annex"]) if word
    )
