"""When acts in verb-final languages begin and end."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from monitor.days import add_duration
from monitor.extract.verb_final.lines import LEVEL, Line, list_sentences
from monitor.extract.words import Words
from monitor.model import End, Start
from monitor.names.numerals import parse_number


def read_number(text: str, words: Words) -> int | None:
    """`12`, `十二`, `두` as a number."""
    return words.as_written["numbers"].get(text) or parse_number(text)


def read_day(match: re.Match[str], published: str, words: Words) -> str | None:
    """`令和九年二月五日`, `2029年4月1日`, `同年8月6日`, `2028. 7. 11.`, `9월 16일` as an ISO date."""
    printed = match["year"]
    year = (read_number(printed, words) or 0) if printed else int(published[:4] or 0)
    era = match.groupdict().get("era")
    try:
        month, dayno = (read_number(match[part], words) or 0 for part in ("month", "day"))
        return date(year + words.as_written["eras"].get(era, 0), month, dayno).isoformat()
    except ValueError:
        return None


def find_start(
    lines: Sequence[Line], words: Words, published: str | None, *, whole: bool = False
) -> Start | None:
    """Find when the act says that it begins; as a `whole`, and not an exception of it."""
    starts = list_starts(lines, words, published)
    return next((each for each in starts if not (whole and opens_exception(each, words))), None)


def opens_exception(start: Start, words: Words) -> bool:
    """Return whether an exception says a start (`다만, …은 …부터 적용한다`)."""
    return words.proviso.match((start.quote or "").translate(LEVEL)) is not None


def list_starts(lines: Sequence[Line], words: Words, published: str | None) -> Iterator[Start]:
    """The days on which the sentences of an act say that something begins."""
    last = published
    for text, quote in list_sentences(lines, words):
        if words.history.search(text):
            continue
        if match := words.begins.search(text):
            if _shares_verb(match, words):
                continue
            day = next((day for day in words.day.finditer(text, match.start(), match.end())), None)
            on = read_day(day, published or "", words) if day else None
            if day and on and (clock := words.clock.match(text, day.end())):
                on = f"{on}T{int(clock['hour']):02}:00{words.as_written['offset']}"
            if on:
                yield Start(on, "explicit", quote)
                continue
        at_once = words.at_once.search(text) if published else None
        before = words.day.finditer(text, 0, at_once.start() if at_once else len(text))
        days = [read_day(day, published or "", words) for day in before]
        last = next(filter(None, reversed(days)), last)
        if published and at_once:
            is_same = last and last > published and words.same_day.match(at_once[0])
            yield Start(last if last and is_same else published, "publication", quote)


def _shares_verb(match: re.Match[str], words: Words) -> bool:
    """Return whether two things begin on two days by one verb (`甲は1月2日から、乙は3月4日から実施する`):
    which of them a measure is, is not known.
    """
    first = words.day.search(match.string, match.start(), match.end())
    second = words.begins.search(match.string, first.end()) if first else None
    day = words.day.search(match.string, second.start(), second.end()) if second else None
    same_end = second is not None and second.end() <= match.end()
    return bool(first and day and same_end and day[0] != first[0])


def list_later(
    lines: Sequence[Line], words: Words, published: str | None
) -> Iterator[tuple[str, Start]]:
    """The parts of an act that begin on days of their own: `다만, 별표 3의 개정규정은 …부터`."""
    for text, quote in list_sentences(lines, words):
        for match in words.later.finditer(text):
            day = words.day.search(match[0], match.end("part") - match.start())
            if day and (on := read_day(day, published or "", words)):
                parts = words.joins.split(match["part"])
                yield from ((part, Start(on, "explicit", quote)) for part in parts)


def find_end(lines: Sequence[Line], words: Words, published: str | None) -> End | None:
    """The last day that the act says, else the one that its length gives."""
    sentences = list(list_sentences(lines, words))
    for text, quote in sentences:
        if match := words.lasts.search(text):
            days = list(words.day.finditer(text, match.start(), match.end()))
            on = read_day(days[-1], published or "", words) if days else None
            if on:
                return End(on, "explicit", quote=quote)
    for text, quote in sentences:
        if (term := words.term.search(text)) and (first := find_start(lines, words, published)):
            length = read_number(term["length"], words)
            unit = words.as_written["units"][term["unit"]]
            if length and (last := add_duration(first.on[:10], length, unit)):
                return End(last, "computed", duration=f"P{length}{unit}", quote=quote)
    return None
