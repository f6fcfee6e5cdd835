"""Resolve a person's words for a register, place, authority or day, or raise an error with the
nearest.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from itertools import chain

from rapidfuzz import fuzz, process

from monitor import vocabulary
from monitor.errors import MonitorError
from monitor.extract.en.dates import FULL_DAY
from monitor.extract.en.dates import day as day_in_words
from monitor.names.forms import strip_legal_forms
from monitor.vocabulary import PerVocabulary, Vocabulary, countries
from monitor.vocabulary.authorities import NamedRegister
from monitor.vocabulary.letters import bare

NEAR = 60.0  # of 100; below, a name is not what somebody may have meant
NEAR_CODE = 70.0
CHINESE_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
# `8 Nov 2025 (Beijing)`, `8 Nov 2025 08:00 UTC`
PLACED = re.compile(r"\s*\([^()]{1,40}\)$|,? \d\d:\d\d [A-Z][A-Za-z]{2,}$")
FIGURES = re.compile(r"\d{1,4}")
WAYS_OUT = {"register": "`monitor status` lists them", "place": "give an ISO code, such as CN"}


def parse_day(option: str, text: str, now: datetime | None = None) -> date:
    """Parse a day as people and our own answers write it; with `now` also `today`.

    Raises:
        MonitorError: there is no such day; names the nearest.
    """
    if now and text.strip().casefold() == "today":
        return now.date()
    if (day_meant := find_day(text)) is None:
        near = " or ".join(day.isoformat() for day in _find_nearest_days(text))
        meant = f"did you mean {near}?" if near else "write it as 2025-10-09"
        raise MonitorError(f"{option}: {text!r} is no day; {meant}")
    return day_meant


def parse_past_day(option: str, text: str, now: datetime) -> date:
    """Parse a day that is not in the future.

    Raises:
        MonitorError: there is no such day, or it is to come.
    """
    day, today = parse_day(option, text, now), now.date()
    if day > today:
        raise MonitorError(
            f"{option}: {day.isoformat()} is to come; name a day up to {today.isoformat()}"
        )
    return day


def find_day(text: str) -> date | None:
    """`2025-11-15`, `15 Nov 2025 (Beijing)`, `2025年11月15日` as a day; None for all else, as for the
    figures of a tariff code.
    """
    written = PLACED.sub("", text.strip())
    chinese = CHINESE_DAY.fullmatch(written)
    words = day_in_words(written) if FULL_DAY.fullmatch(written) else None
    try:
        day = date(*map(int, chinese.groups())) if chinese else date.fromisoformat(words or written)
    except ValueError:
        return None
    return None if written.isdecimal() and not 1900 <= day.year < 2200 else day


def _find_nearest_days(text: str) -> list[date]:
    """The days that figures may have meant: `2025-02-30` the last of that month, `15.11.2025` that
    day, `11/12/2025` two.
    """
    figures = [int(figure) for figure in FIGURES.findall(text)]
    if len(figures) != 3:
        return []
    year, *rest = figures if figures[0] > 31 else figures[::-1]
    orders = [rest] if figures[0] > 31 else [rest, rest[::-1]]
    fitting = [(month, day) for month, day in orders if month <= 12] or [(rest[1], rest[0])]
    return [
        date(year, month, min(max(day, 1), monthrange(year, month)[1]))
        for month, day in dict.fromkeys(fitting)
        if 1 <= month <= 12 and 1900 <= year < 2200
    ]


def parse_register(text: str) -> str:
    """Find the code of a register by its code or its name in either language.

    Raises:
        MonitorError: none has this name; names the nearest.
    """
    return find_register(text) or _refuse_unknown("register", text, _registers())


def find_register(text: str) -> str:
    """Find the code of a register by its code or name; "" if unknown."""
    return _registers().get(bare(text), "")


def find_authority(text: str) -> str:
    """Find the code of an authority by its code or name; "" if unknown."""
    return _authorities().get(bare(text), "")


def parse_country(text: str) -> str:
    """Find the ISO code of a country by its name in English or Chinese; EU and UN are among them.

    Raises:
        MonitorError: none has this name; names the nearest.
    """
    return find_country(text) or _refuse_unknown("place", text, _places())


def find_country(text: str) -> str:
    """Find the ISO code of a country by its name; "" if unknown."""
    return _places().get(bare(text), "")


def suggest_name(text: str, names: Iterable[str]) -> str:
    """Suggest the nearest of these names; "" if none is near. A legal form alone is no likeness."""
    own, _ = strip_legal_forms([word.strip(".,") for word in text.lower().split()])
    # iter: for a mapping it would compare the values
    best = process.extractOne(
        " ".join(own) or text,
        iter(names),
        scorer=fuzz.WRatio,
        processor=str.lower,
        score_cutoff=NEAR,
    )
    return best[0] if best else ""


@cache
def _places() -> Mapping[str, str]:
    spelt = (countries.spelt(language).items() for language in ("en", "zh"))
    return _index_by_name((*chain(*spelt), *((code, code) for code in countries.names("en"))))


def _index_by_name(names: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Map folded names to codes; the first code with a name keeps it."""
    known: dict[str, str] = {}
    for name, code in names:
        if name:
            known.setdefault(bare(name), code)
    return known


def _list_series(register: NamedRegister, known: Vocabulary) -> Iterator[str]:
    """The codes of acts that are called after a register: `uel`."""
    for series in known.series.values():
        if register.own and series.own.startswith(register.own):
            yield series.code


_registers = PerVocabulary(
    lambda known: _index_by_name(
        (name, one.code)
        for one in known.registers.values()
        for name in (one.code, one.name, one.own, *one.written, *_list_series(one, known))
    )
)
_authorities = PerVocabulary(
    lambda known: _index_by_name(
        (name, one.code)
        for one in known.authorities.values()
        for name in (one.code, one.name, *one.own)
    )
)


def _refuse_unknown(kind: str, text: str, codes: Mapping[str, str]) -> str:
    # as wholes: a code of two letters is part of any word
    best = process.extractOne(bare(text), list(codes), scorer=fuzz.ratio, score_cutoff=NEAR_CODE)
    near = codes[best[0]] if best else ""
    called = vocabulary.register(near) if kind == "register" else countries.name(near)
    way_out = f"did you mean {near} ({called})?" if near else WAYS_OUT[kind]
    raise MonitorError(f"no {kind} is called {text!r}; {way_out}")
