"""Act numbers in running text → keys: series, year and number, with lists (`第55号、56号`), ranges and clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.extract.scan import finds
from monitor.extract.zh.numerals import NUMERAL, number

ISSUER = (
    r"(?:中华人民共和国)?(?:不可靠实体清单工作机制|商务部|外交部|海关总署|国家密码管理局|国家密码局|国密局|工业和信息化部|工信部|国家国防科工局|"
    r"国防科工局|国防科工委|国防科学技术工业委员会|中央军委装备发展部|总装备部|公安部|应急管理部|国家药监局|国家药品监督管理局|生态环境部|"
    r"环境保护部|国家原子能机构|科技部|科学技术部|财政部|国家发展改革委|国家发展和改革委员会|交通运输部|税务总局|国务院关税税则委员会|税委会|对外贸易经济合作部|外经贸部)"
)
BEFORE = re.compile(
    rf"((?:{ISSUER}(?:[、,和及 ]|等\d{{0,3}}部门){{0,4}}){{1,20}})(?:联合)?(?:发布|公布|印发)?(公告|令)?[(《\"]{{0,4}}$"
)
YEAR = r"\[?(?P<year>\d{4}|[〇零○一二三四五六七八九]{4})(?:\]年?|年)?"
MANY = rf"第?{NUMERAL}(?:号?(?:令|公告)?[、,和及至到~-]{{1,2}}第?{NUMERAL}(?=[号、,和及至到~-]))*"
NUMBERED = re.compile(rf"(?:{YEAR})?(?:(?P<many>{MANY})号(?P<tail>公告|令)?|{MANY}+(?P<dead>))")
ONE = re.compile(rf"([至到~-]?)第?({NUMERAL})")
PART = re.compile(
    rf"(?:中的?|的)?(?:第(?P<plain>{NUMERAL})[款条项](?:[、和及]第(?P<more>{NUMERAL})[款条项])?"
    r"|\"?(?P<label>[一二三四五六七八九十]+(?:\([一二三四五六七八九十]+\))?)\"?部分|所附(?P<annex>《[^》]{{1,200}}》))"
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

    @property
    def key(self) -> str | None:
        """The act's key, if series and year are known."""
        return f"{self.series}-{self.year}-{self.number}" if self.series and self.year else None


def references(text: str, *, series: str = "", year: int | None = None) -> list[Reference]:
    """The acts named in `text`, in order. A series or year that is not repeated is the last one named, else the one given."""
    found: list[Reference] = []
    for match in finds(NUMBERED, text):
        parsed = _series(text, match)
        if parsed is None:
            continue
        told = _year(match["year"])
        if not told and match["year"]:
            continue
        series, year = parsed or series, told or year
        found.extend(_each(match, text, series, year, issued=bool(parsed)))
    return found


def _year(digits: str | None) -> int | None:
    value = number(digits) if digits else None
    return value if value and 1949 <= value < LATEST else None


def _series(text: str, match: re.Match[str]) -> str | None:
    """Whose act: a series, "" where it is not said, nothing where it is none of ours."""
    before = BEFORE.search(text[max(0, match.start() - 60) : match.start()])
    order = "令" in (match["tail"], before and before[2])
    if before is None:
        named = match["tail"] or match["year"] or text.endswith(("公告", "令", "号、", "号和"), 0, match.start())
        return ("" if not order else None) if named and not _foreign(text, match) else None
    if "不可靠实体清单工作机制" in before[1]:
        return "uel"
    if "外交部" in before[1]:
        return "mfa-order" if order else None
    if "商务部" in before[1]:
        return "mofcom-order" if order else "mofcom"
    return None


FOREIGN_NUMBER = re.compile(r"[会局部委院署]公告$|国发|国函|国令|国务院令$|主席令$|[\u4e00-\u9fff]发$")


def _foreign(text: str, match: re.Match[str]) -> bool:
    return bool(FOREIGN_NUMBER.search(text[max(0, match.start() - 8) : match.start()]))


def _each(match: re.Match[str], text: str, series: str, year: int | None, *, issued: bool) -> Iterator[Reference]:
    clauses = _clauses(text, match.end())
    last = 0
    for joint, digits in ONE.findall(match["many"]):
        value = number(digits)
        if value is None:
            continue
        first = last + 1 if joint and last and value - last < LONGEST_RANGE else value
        for each in range(first, value + 1):
            yield Reference(series, year, each, match.start(), match.end(), clauses, issued)
        last = value


def _clauses(text: str, end: int) -> tuple[str, ...]:
    here = AFTER.match(text, end)
    part = PART.match(text, here.end() if here else end)
    if not part:
        return ()
    return tuple(word for word in (part["plain"], part["more"], part["label"], part["annex"]) if word)
