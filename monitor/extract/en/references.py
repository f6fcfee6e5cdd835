"""Acts named by number in English → keys: `Announcement No. 61 of 2025`, `the notices, No. 61
and No. 62`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.extract.en.words import ENGLISH, TABLES
from monitor.vocabulary.authorities import (
    MFA_ORDERS,
    MOFCOM_ANNOUNCEMENTS,
    MOFCOM_ORDERS,
    UEL_NOTICES,
)
from monitor.vocabulary.forms import BEHIND_ABBREVIATED, NOT_BEHIND_ABBREVIATED

WORDS = ENGLISH.table("references")

OURS = WORDS.ours
MECHANISM = TABLES.mechanism
YEAR = re.compile(r"\b(20\d\d)\b")
AFRESH = (
    r"(?=(?:This|These|It is|In this|Exporters|The"
    r" (?:following|rule|order|list|notice|instrument|entities))\s)"
)
COUNTRY = r"\([A-Z][A-Za-z.'’ -]{1,40}\)[\s,;.]"  # behind a name that ends in a point
SENTENCE_END = re.compile(
    rf"(?=[.!?]){NOT_BEHIND_ABBREVIATED}(?<!\bNo)(?<!\bNos)(?<!\bSt)(?<!U\.S)(?<!\b[A-Z])(?<!\b[ap]\.m)[.!?]"
    rf"(?:[\"'”’]?\s+(?!{COUNTRY})|$)|\n|"
    # behind a name that ends in a point: a sentence that opens as those of acts do
    rf"{BEHIND_ABBREVIATED}\s+{AFRESH}"
)
LONGEST_RANGE = 30
# characters of a sentence, of some hundred names; what is longer is cut, which is said
LONGEST = 12_000
LAST_NAME = 400  # characters before that, in which the last whole name ends
NEAR = 140


@dataclass(frozen=True)
class Reference:
    """An act that is named, and where."""

    series: str
    year: str
    number: int
    start: int

    @property
    def key(self) -> str:
        """What the history knows it by."""
        return f"{self.series}-{self.year}-{self.number}"


def cut(sentence: str) -> str:
    """A sentence, of one that is longer than is read what stands before the last name that would
    be torn.
    """
    if len(sentence) <= LONGEST:
        return sentence
    joints = [
        match.start()
        for match in WORDS.between.finditer(sentence, LONGEST - LAST_NAME, LONGEST + 20)
        if match.start() < LONGEST
    ]
    return sentence[: joints[-1] if joints else LONGEST]


def is_cut(sentence: str) -> bool:
    """Whether a sentence that is read may have been cut."""
    return len(sentence) >= LONGEST - LAST_NAME


def references(text: str, published: str | None = None, *, ours: bool = False) -> list[Reference]:
    """The acts a text names by number, of the year named with them or else nearest; `ours` where
    the text is an issuer's.
    """
    return list(_references(text, (published or "")[:4], ours=ours or bool(OURS.search(text))))


def european(text: str) -> list[str]:
    """The keys of the acts of the Union that a text names: `Regulation (EU) No 269/2014` is
    `eu-2014-269`.
    """
    return [
        f"eu-{match['year'] or match['of'] or match['cfsp']}-{int(match['number'] or match['old'] or match['no'])}"
        for match in WORDS.european.finditer(text)
    ]


def _references(text: str, year: str, *, ours: bool) -> Iterator[Reference]:
    for match in WORDS.many.finditer(text):
        kind = _kind(text, match.start())
        if not kind:
            continue
        behind = WORDS.year_behind.match(text, match.end())
        of = (
            match["after"]
            or match["before"]
            or (behind and behind[1])
            or _near_year(text, match.start())
            or year
            or _later_year(text, match.end())
        )
        series = _series(text, match, kind, ours=ours)
        if of and series:
            yield from (
                Reference(series, of, number, match.start()) for number in _numbers(match["many"])
            )


def _kind(text: str, place: int) -> str:
    """What the nearest words before call it, in the same sentence."""
    sentence = SENTENCE_END.split(text[max(0, place - NEAR) : place])[-1]
    kinds = [match["kind"].lower() for match in WORDS.kind.finditer(sentence or "")]
    return kinds[-1] if kinds else ""


def _near_year(text: str, place: int) -> str:
    before = YEAR.findall(text[max(0, place - 200) : place])
    return before[-1] if before else ""


def _later_year(text: str, place: int) -> str:
    after = YEAR.search(SENTENCE_END.split(text[place : place + NEAR])[0] or "")
    return after[1] if after else ""


def _series(text: str, match: re.Match[str], kind: str, *, ours: bool) -> str:
    around = text[max(0, match.start() - 80) : match.end() + 60]
    if MECHANISM.search(around) or WORDS.of_mechanism.match(text, match.end()):
        return UEL_NOTICES.code
    if not ours or kind == "mechanism":
        return ""
    foreign_ministry = "Foreign" in around and "Ministry" in around
    if kind.startswith(("order", "decree")):
        return (MFA_ORDERS if foreign_ministry else MOFCOM_ORDERS).code
    return MOFCOM_ANNOUNCEMENTS.code


def _numbers(many: str) -> Iterator[int]:
    last = 0
    for match in WORDS.each.finditer(many):
        number = int(match["number"])
        ranged = match["joint"] and last < number <= last + LONGEST_RANGE
        yield from range(last + 1 if ranged else number, number + 1)
        last = number
