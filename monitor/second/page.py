"""The words of an act as lines and sentences: where a quote stands, and in which. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from monitor.extract.en import dates as english_dates
from monitor.extract.verb_final.lines import LEVEL
from monitor.extract.zh.lines import make_line
from monitor.model import frozen
from monitor.vocabulary import forms
from monitor.vocabulary.letters import HAN, HAN_RANGE

LONGEST = 4_000  # characters of a sentence; a longer one is parted
MOST_PLACES = 10  # of a quote that are looked at
# A full stop ends no sentence behind an initial or a legal form.
ENDS = re.compile(
    rf"。|\?(?=\s|$|[{HAN_RANGE}])|(?<=[\uac00-\ud7af])\.(?=\s|$)|;(?!\s+[A-Za-z])|(?<=[a-z0-9\])”\"])\.(?=\s+[“\"A-Z(])|(?<=[A-Z]{{2}})\.(?=\s+[A-Z])"
)
ABBREVIATED = re.compile(
    rf"(?:\b(?:{forms.FORM}|Nos?|Art|Arts|Sec|Dr|Mr|Mrs|Ms|St|Jr|Sr|vs)|\b[A-Z])\.?$"
)
# what parts the cells of a row, but not the letters of `部　长　某　某`
COLUMN = re.compile(r"(?:(?<=\S\S)|(?<=\d))(?:\u3000+| {2,})(?=\S\S)|(?<=\S)(?:\u3000| ){3,}(?=\S)")
LONGEST_HEAD = 50  # characters of a line before its day, which is that of the act
OTHER_DAY = re.compile(
    r"(?i)\b(?:listed|birth|dob|until|through|by|before|effective|force|from)\b|\d$"
)
SLASHED = re.compile(r"(\d\d)[/.](\d\d)[/.](\d{4})\b")
PRINTED = r"((?:\d{1,2} [A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8} \d{1,2},) \d{4}|\d\d[/.]\d\d[/.]\d{4})"  # a day
DATED = re.compile(rf"(?<!\d){PRINTED}\.?$")
AFRESH = re.compile(r"\s+(?:This|These|They|Both|It|All|Each|Such)\s")  # no name goes on so


@frozen
class Sentence:
    """A stretch of the page's text, with its end mark; `line` is the line that it stands in."""

    begins: int
    ends: int
    text: str
    line: int


class Page:
    """The levelled words of an act; white space makes no difference to the search for quotes."""

    def __init__(self, text: str) -> None:
        self.lines = [level(each) for each in text.splitlines()]
        self.text = "\n".join(self.lines)
        self._at = [place for place, letter in enumerate(self.text) if not letter.isspace()]
        self._squeezed = "".join(self.text.split())
        self._line_begins = [0]
        for each in self.lines[:-1]:
            self._line_begins.append(self._line_begins[-1] + len(each) + 1)
        self.sentences = [*self._list_sentences()]
        self._sentence_begins = [sentence.begins for sentence in self.sentences]

    def _list_sentences(self) -> Iterator[Sentence]:
        for number, (begins, words) in enumerate(zip(self._line_begins, self.lines, strict=True)):
            since = 0
            stops = [mark.end() for mark in ENDS.finditer(words) if _is_end(words, mark)]
            parts = range(LONGEST, len(words), LONGEST) if len(words) > LONGEST else ()
            for stop in sorted({*stops, *parts, len(words)}):
                if words[since:stop].strip():
                    yield Sentence(begins + since, begins + stop, words[since:stop], number)
                since = stop

    def find(self, quote: str, within: tuple[int, int] | None = None) -> list[tuple[int, int]]:
        """Find the places of a quote, each from its first to its last letter."""
        first, last = (0, len(self._squeezed)) if within is None else self._squeeze(*within)
        found: list[tuple[int, int]] = []
        for words in dict.fromkeys(
            "".join(form.split()) for form in (level(quote), _as_han(quote), quote.translate(LEVEL))
        ):
            place = self._squeezed.find(words, first, last) if words else -1
            while place >= 0 and len(found) < MOST_PLACES:
                found.append((self._at[place], self._at[place + len(words) - 1] + 1))
                place = self._squeezed.find(words, place + len(words), last)
            if found:
                break
        return found

    def _squeeze(self, begins: int, ends: int) -> tuple[int, int]:
        return bisect_right(self._at, begins - 1), bisect_right(self._at, ends - 1)

    def list_sentences(self, begins: int, ends: int) -> list[int]:
        """List the numbers of the sentences that a stretch of the text touches."""
        first = max(0, bisect_right(self._sentence_begins, begins) - 1)
        last = bisect_right(self._sentence_begins, ends - 1)
        return [*range(first, last)]

    def line_around(self, place: int) -> tuple[int, int]:
        """Find the line of a place, from its first to its last letter."""
        number = bisect_right(self._line_begins, place) - 1
        begins = self._line_begins[number]
        return begins, begins + len(self.lines[number])

    @cached_property
    def days(self) -> frozenset[str]:
        """The days of the act: those that end a line with little before them."""
        ends = [(line, each) for line in self.lines if (each := DATED.search(line))]
        heads = ((line[: each.start()], each[1]) for line, each in ends)
        return frozenset(
            day
            for head, printed in heads
            if len(head) < LONGEST_HEAD and not OTHER_DAY.search(head)
            for day in list_days(printed)
        )

    @cached_property
    def numbering(self) -> list[int]:
        """The depth of the number that opens each line; 0 without one."""
        return [_depth(each) for each in self.lines]

    @cached_property
    def heads(self) -> list[int | None]:
        """For each line, the nearest line above with a less deep number."""
        found: list[int | None] = []
        open_heads: list[int] = []
        for number, depth in enumerate(self.numbering):
            while depth and open_heads and self.numbering[open_heads[-1]] >= depth:
                open_heads.pop()
            found.append(open_heads[-1] if depth and open_heads else None)
            open_heads += [number] if depth else []
        return found


NUMBERS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,4}[.、](?!\d)"),
    re.compile(r"\(\d{1,4}\)"),
)


def list_days(printed: str) -> list[str]:
    """List the days that are printed so: 05/03/2031 is in March or in May."""
    if slashed := SLASHED.match(printed):
        first, second, year = slashed.groups()
        return [f"{year}-{first}-{second}", f"{year}-{second}-{first}"]
    return [day] if (day := english_dates.first_day(printed)) else []


def _depth(words: str) -> int:
    return next((depth for depth, form in enumerate(NUMBERS, 1) if form.match(words)), 0)


def _is_end(words: str, mark: re.Match[str]) -> bool:
    is_short = ABBREVIATED.search(words, max(0, mark.start() - 30), mark.start())
    return mark[0] != "." or not is_short or bool(AFRESH.match(words, mark.end()))


ASKS = re.compile(r"\?[\s。.”\"]*$")  # what ends so is a question
# kana, hangul
OTHER = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7af]")


def level(words: str) -> str:
    """Words in the form in which they are compared: Chinese as the grammar levels it."""
    words = COLUMN.sub("\t", words)
    if HAN.search(words) and not OTHER.search(words):
        return _as_han(words)
    return "\t".join(" ".join(cell.split()) for cell in words.translate(LEVEL).split("\t"))


def _as_han(words: str) -> str:
    return "\t".join(make_line(cell).text for cell in words.split("\t"))
