"""When an act whose verb closes its clause begins and ends."""

import re
from collections.abc import Sequence
from datetime import date

from monitor.extract.durations import later
from monitor.extract.verb_final_lines import Line, list_sentences
from monitor.extract.words import Words
from monitor.model import End, Start
from monitor.names.numerals import number


def read_number(text: str, words: Words) -> int | None:
    """`12`, `十二`, `두` as a number."""
    return words.as_written["numbers"].get(text) or number(text)


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


def find_start(lines: Sequence[Line], words: Words, published: str | None) -> Start | None:
    """When the act says that it begins."""
    for text, quote in list_sentences(lines, words):
        if match := words.begins.search(text):
            day = next((day for day in words.day.finditer(text, match.start(), match.end())), None)
            on = read_day(day, published or "", words) if day else None
            if day and on and (clock := words.clock.match(text, day.end())):
                on = f"{on}T{int(clock['hour']):02}:00{words.as_written['offset']}"
            if on:
                return Start(on=on, basis="explicit", quote=quote)
        if published and words.at_once.search(text):
            return Start(on=published, basis="publication", quote=quote)
    return None


def find_end(lines: Sequence[Line], words: Words, published: str | None) -> End | None:
    """The last day that the act says."""
    for text, quote in list_sentences(lines, words):
        if match := words.lasts.search(text):
            days = list(words.day.finditer(text, match.start(), match.end()))
            on = read_day(days[-1], published or "", words) if days else None
            if on:
                return End(on=on, basis="explicit", quote=quote)
        if (term := words.term.search(text)) and (first := find_start(lines, words, published)):
            length = read_number(term["length"], words)
            unit = words.as_written["units"][term["unit"]]
            if length and (last := later(first.on[:10], length, unit)):
                return End(on=last, basis="computed", duration=f"P{length}{unit}", quote=quote)
    return None
