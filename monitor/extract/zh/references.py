"""Act numbers in running text → keys: series, year and number, with lists (`第55号、56号`), ranges and clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor import vocabulary
from monitor.extract.named import finds, phrase
from monitor.extract.zh import issuers
from monitor.extract.zh.numerals import NUMERAL, number
from monitor.vocabulary.letters import HAN_RANGE

BEFORE = phrase(
    lambda: (
        rf"((?:(?:中华人民共和国)?(?:{issuers.names()})(?:[、,和及 ]|等\d{{0,3}}部门){{0,4}}){{1,20}})"
        rf"(?:联合)?(?:发布|公布|印发)?(公告|令)?[(《\"]{{0,4}}$"
    )
)
YEAR = r"\[?(?P<year>\d{4}|[〇零○一二三四五六七八九]{4})(?:\]年?|年)?"
MANY = rf"第?{NUMERAL}(?:号?(?:令|公告)?[、,和及至到~-]{{1,2}}第?{NUMERAL}(?=[号、,和及至到~-]))*"
NUMBERED = re.compile(rf"(?:{YEAR})?(?:(?P<many>{MANY})号(?P<tail>公告|令)?|{MANY}+(?P<dead>))")
ONE = re.compile(rf"([至到~-]?)第?({NUMERAL})")
PART = re.compile(
    rf"(?:中的?|的)?(?:第(?P<plain>{NUMERAL})[款条项](?:[、和及]第(?P<more>{NUMERAL})[款条项])?"
    r"|\"?(?P<label>[一二三四五六七八九十]{1,4}(?:\([一二三四五六七八九十]{1,4}\))?)\"?部分|所附(?P<annex>《[^》]{1,200}》))"
)
AFTER = re.compile(r"(?:\([^()]*\))?》?")
LATEST = 2100
LONGEST_RANGE = 60


@dataclass(frozen=True, slots=True)
class Reference:
    """One act named in a text; `series` is empty where the text does not say whose act it is."""

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


def references(text: str, *, series: str = "", year: int | None = None) -> list[Reference]:
    """The acts named in `text`, in order. A series or year that is not repeated is the last one named, else the one given."""
    cited: list[Reference] = []
    since = False
    for match in finds(NUMBERED, text):
        parsed = _series(text, match, series)
        if parsed is None:
            continue
        printed_year = _year(match["year"])
        if not printed_year and match["year"]:
            continue
        series, year = parsed or series, printed_year or year
        cited.extend(_acts(match, text, series, year, issued=bool(parsed), dated=bool(printed_year or since)))
        since = since or bool(printed_year)
    return cited


def _year(digits: str | None) -> int | None:
    value = number(digits) if digits else None
    return value if value and 1949 <= value < LATEST else None


def _series(text: str, match: re.Match[str], implied: str) -> str | None:
    """Whose act: a series, "" where it is the one `implied`, nothing where it is none of ours. 公告 behind it is no order."""
    before = BEFORE.search(text[max(0, match.start() - 60) : match.start()])
    order = "令" in (match["tail"], before and before[2])
    if before is None:
        if match["tail"] == "公告" and issuers.of_orders(implied):
            return vocabulary.numbered_as(implied, orders=False)
        named = match["tail"] or match["year"] or text.endswith(("公告", "令", "号、", "号和"), 0, match.start())
        return ("" if not order else None) if named and not _foreign(text, match) else None
    first = issuers.first(before[1])  # the number of a joint act is that of its first issuer
    return (first.issuer.numbers(order=order) or None) if first else None


FOREIGN_NUMBER = re.compile(rf"[会局部委院署]公告$|国发|国函|国令|国务院令$|主席令$|[{HAN_RANGE}]发$")


def _foreign(text: str, match: re.Match[str]) -> bool:
    return bool(FOREIGN_NUMBER.search(text[max(0, match.start() - 8) : match.start()]))


def _acts(match: re.Match[str], text: str, series: str, year: int | None, *, issued: bool, dated: bool) -> Iterator[Reference]:
    clauses = _clauses(text, match.end())
    last = 0
    for joint, digits in ONE.findall(match["many"]):
        value = number(digits)
        if value is None:
            continue
        first = last + 1 if joint and last and 0 < value - last < LONGEST_RANGE else value
        for act_number in range(first, value + 1):
            yield Reference(series, year, act_number, match.start(), match.end(), clauses, issued, dated)
        last = value


def _clauses(text: str, end: int) -> tuple[str, ...]:
    here = AFTER.match(text, end)
    part = PART.match(text, here.end() if here else end)
    if not part:
        return ()
    return tuple(word for word in (part["plain"], part["more"], part["label"], part["annex"]) if word)
