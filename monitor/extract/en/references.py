"""Acts named by number in English → keys: `Announcement No. 61 of 2025`, `the notices, No. 61
and No. 62`.
"""

import re
from collections.abc import Iterator

from monitor import vocabulary
from monitor.extract.en import issuers
from monitor.extract.en.words import ENGLISH, TABLES
from monitor.model import frozen
from monitor.vocabulary import country_of
from monitor.vocabulary.authorities import MOFCOM_ANNOUNCEMENTS, UEL_NOTICES
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
GOES_ON = r"(?:and|or|to|from|under|is|are|was|were|has|have|shall|will|may)\s"  # after `Ltd. Sti.`
SENTENCE_END = re.compile(
    rf"(?=[.!?]){NOT_BEHIND_ABBREVIATED}(?<!\bNo)(?!(?<=\bno)\.\s\d)(?<!\bNos)(?<!\bPub)(?<!\bleg)(?<!\bsub)(?<!\bSec)(?<!\bSecs)(?<!\bDoc)(?<!\bSt)(?<!U\.S)(?<!\b[A-Z])(?<!\d\.\w)(?<!\b[ap]\.m)"
    r"(?<!\d [ap]m)"
    # `Art. 5`, and the number of a paragraph that is quoted: `is inserted: '4a. It shall …`
    r"(?<!\bArts)(?<!\bArt)(?<!\bparas)(?<!\bpara)(?<!\bRef)(?<!\bNr)(?<!\bVol)(?<!\bCap)(?<!\b[eE]\.g)(?<!\bi\.e)(?<!\bcf)"
    r"(?<![\"'‘“]\d)(?<![\"'‘“]\d\d)(?<![\"'‘“]\d[a-z])(?<![\"'‘“]\d\d[a-z])"
    r"(?<![\"'‘“]\d\d\d)(?<![\"'‘“][IVX]{2})(?<![\"'‘“][IVX]{3})[.!?]"
    rf"(?:[\"'”’]?\s+(?!{COUNTRY}|{GOES_ON})|$)|\n|"
    # behind a name that ends in a point: a sentence that opens as those of acts do
    rf"{BEHIND_ABBREVIATED}\s+{AFRESH}"
)
LONGEST_RANGE = 30
# characters of a sentence, of some hundred names; what is longer is cut, which is said
LONGEST = 12_000
LAST_NAME = 400  # characters before that, in which the last whole name ends
NEAR = 140


@frozen
class Reference:
    """An act that is named, and where."""

    series: str
    year: str
    number: int
    start: int

    @property
    def key(self) -> str:
        """The key of the act in the history."""
        return f"{self.series}-{self.year}-{self.number}"


def cut_sentence(sentence: str) -> str:
    """Cut a sentence that is too long before the last name that would be torn."""
    if len(sentence) <= LONGEST:
        return sentence
    joints = [
        match.start()
        for match in WORDS.between.finditer(sentence, LONGEST - LAST_NAME, LONGEST + 20)
        if match.start() < LONGEST
    ]
    return sentence[: joints[-1] if joints else LONGEST]


def is_cut(sentence: str) -> bool:
    """Return whether a sentence may have been cut."""
    return len(sentence) >= LONGEST - LAST_NAME


def find_references(text: str, published: str | None = None, *, of: str = "") -> list[Reference]:
    """Find the acts that a text names by number, with the year beside them or the nearest one.

    `of` is the authority of the text. A number belongs to its authority. A text of another country
    must name our issuer, and one of unknown origin must mention China.
    """
    issuer = of or ("cn-mofcom" if OURS.search(text) else "")
    return list(_list_references(text, (published or "")[:4], issuer))


def list_european_keys(text: str) -> list[str]:
    """The keys of the acts of the Union that a text names: `Regulation (EU) No 269/2014` is
    `eu-2014-269`.
    """
    return [
        f"eu-{match['year'] or match['of'] or match['cfsp']}-{int(match['number'] or match['old'] or match['no'])}"
        for match in WORDS.european.finditer(text)
    ]


def _list_references(text: str, year: str, issuer: str) -> Iterator[Reference]:
    named: dict[tuple[str, int], str] = {}  # the year that is printed with a number, once
    for match in WORDS.many.finditer(text):
        kind = _find_act_word(text, match.start())
        series = _find_series(text, match, kind, issuer) if kind else ""
        if not series:
            continue
        behind = WORDS.year_behind.match(text, match.end())
        printed = match["after"] or match["before"] or (behind and behind[1])
        near = _find_near_year(text, match.start()) or year or _find_later_year(text, match.end())
        for number in _list_numbers(match["many"]):
            of = printed or named.get((series, number)) or near
            if printed:
                named[series, number] = printed
            if of:
                yield Reference(series, of, number, match.start())


def _find_act_word(text: str, place: int) -> str:
    """Return the word for the act that stands nearest before it in its sentence."""
    sentence = SENTENCE_END.split(text[max(0, place - NEAR) : place])[-1]
    kinds = [match["kind"].lower() for match in WORDS.kind.finditer(sentence or "")]
    return kinds[-1] if kinds else ""


def _find_near_year(text: str, place: int) -> str:
    before = YEAR.findall(text[max(0, place - 200) : place])
    return before[-1] if before else ""


def _find_later_year(text: str, place: int) -> str:
    after = YEAR.search(SENTENCE_END.split(text[place : place + NEAR])[0] or "")
    return after[1] if after else ""


def _find_series(text: str, match: re.Match[str], kind: str, of: str) -> str:
    around = text[max(0, match.start() - 80) : match.end() + 60]
    if MECHANISM.search(around) or WORDS.of_mechanism.match(text, match.end()):
        return UEL_NOTICES.code
    if kind == "mechanism":
        return ""
    orders = kind.startswith(("order", "decree"))
    if orders and country_of(of) == "cn" and "Foreign" in around and "Ministry" in around:
        return find_numbering("cn-mfa", orders=True)
    return find_numbering(_find_issuer(text, match, of), orders=orders)


def _find_issuer(text: str, match: re.Match[str], of: str) -> str:
    """Find the issuer of a number.

    It is the text's own issuer, or a body of China right behind the number. In a text of another
    country, that body may also precede it in the sentence.
    """
    behind = WORDS.of_issuer.match(text, match.end())
    before = SENTENCE_END.split(text[max(0, match.start() - NEAR) : match.start()])[-1] or ""
    for words in (behind["issuer"] if behind else "", before if country_of(of) != "cn" else ""):
        chinese = ""  # of a joint act the one named first
        bodies = [*issuers.list_known(words)]
        if country_of(of) == "cn" and of in {known.authority for known in bodies}:
            return of
        for known in bodies:
            if known.authority == of:
                chinese = ""
            elif _is_chinese(known, words, of):
                chinese = chinese or known.authority
        if chinese:
            return chinese
    return of


def _is_chinese(known: issuers.Known, words: str, of: str) -> bool:
    """Return whether a name is that of a body of China.

    In a text of another country, a name that its own issuer could have counts only beside `China`,
    or in its short form.
    """
    own = words[known.start : known.end] in vocabulary.authority(of)
    said = country_of(of) == "cn" or (WORDS.of_china.search(words) is not None and not own)
    return said and country_of(known.authority) == "cn"


def find_numbering(authority: str, *, orders: bool) -> str:
    """The series in which an authority numbers its announcements or its orders; an authority of
    China without one publishes those of its Ministry of Commerce.

    "" where its numbers are no keys.
    """
    known = vocabulary.current().authorities.get(authority)
    english = [series for series in (known.series if known else ()) if not series.own]
    if english:
        return next((series.code for series in english if series.orders is orders), "")
    announced = next(
        (
            series.code
            for series in (known.series if known else ())
            if series.own.endswith("公告") and series != UEL_NOTICES
        ),
        MOFCOM_ANNOUNCEMENTS.code if country_of(authority) == "cn" else "",
    )
    return vocabulary.numbered_as(announced, orders=True) if orders else announced


def _list_numbers(many: str) -> Iterator[int]:
    last = 0
    for match in WORDS.each.finditer(many):
        number = int(match["number"])
        ranged = match["joint"] and last < number <= last + LONGEST_RANGE
        yield from range(last + 1 if ranged else number, number + 1)
        last = number
