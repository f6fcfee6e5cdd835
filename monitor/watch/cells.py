"""Parse the cells of a list: countries, tariff numbers, codes, shares, days, and damage by
spreadsheets. Pure.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache

from monitor.names import words
from monitor.vocabulary import countries
from monitor.watch.materials import find_cas_numbers

Tell = Callable[[str], None]
Cells = Mapping[str, list[str]]
SEVERAL = re.compile(r"[;；|\n]|、")
NUMBERS = re.compile(r"[;；|\n、,，/]|\s{2,}")
# A slash within a number is the number's own (12.345.678/0001-95, 181/815/08155), unless it parts
# two long ones.
MARKS = re.compile(r"[;；|\n、,，]|\s{2,}|(?<!\d)/|/(?!\d)|(?<=[0-9A-Z]{8})/(?=[0-9A-Z]{8})")
NONE = frozenset({"na", "none", "no", "-", "nlr", "无", "不适用", "keine", "nein"})
# Its slash parts no two values. The end of a line stands beside it and is no white space of it:
# many would cost their square.
NOT_APPLICABLE = re.compile(
    r"(?:^|(?<=[;；|\n、,，]))[^\S\n]*+n/a[^\S\n]*+(?=[;；|\n、,，]|$)", re.IGNORECASE
)
CODE_AND_NAME = re.compile(r"(?P<code>[A-Z]{2,3})\s?[-–:/]\s?(?P<name>[^-–:/()]{3,60})")
NAME_AND_CODE = re.compile(r"(?P<name>[^()]{3,60}?)\s?\((?P<code>[A-Z]{2,3})\)")
# What systems of accounts and customs print, beside the names that ISO and the languages have.
EXPORTED = """
CN vr china|volksrepublik china|pr china|p.r. china|p.r.china|p.r.c.|prc|china, people's republic of|china, vr
KR korea (rep.)|korea, republic of|rep. of korea|korea, rep.|korea, süd|republik korea|korea (south)|korea, south
KP korea (dem. people's rep.)|korea, dem. people's republic of|korea, nord|korea, north|dvr korea
RU russian fed.|russische föderation|russian federation (the)|russ. föderation
GB großbritannien|great britain|vereinigtes königreich|united kingdom (uk)
HK hongkong|hong kong sar|hong kong, sar china|hong kong s.a.r.
TW taiwan, province of china|taiwan, roc|taiwan (r.o.c.)
AE utd.arab emir.|utd. arab emir.|united arab emir.|ver. arab. emirate|v.a.e.
IR iran, islamic republic of|iran (islamic republic of)|iran, islam. rep.
NL the netherlands|netherlands (the)|holland
DE br deutschland|brd|germany, federal republic of
VN vietnam, soz. rep.|viet nam, socialist republic of
US united states (usa)|ver. staaten von amerika|u.s.a.
SY syrian arab rep.|syrien, arabische republik
VE venezuela, bolivarian republic of
MK north macedonia, republic of
"""
AS_EXPORTED = {
    name.casefold(): row[:2] for row in EXPORTED.strip().splitlines() for name in row[3:].split("|")
}
# Marks of vehicles that lists print for countries; elsewhere such a letter is a class of goods.
LETTERS = {
    pair[0]: pair[1:]
    for pair in "AAT BBE DDE EES FFR HHU IIT JJP LLU NNO PPT SSE VVA".split()  # noqa: SIM905 -- in a row
}
REGIONS = (
    "emea;apac;dach;benelux;latam;middle east;far east;overseas;domestic;inland;ausland;import"
)
LANGUAGES = (  # of countries' names
    "en zh de fr es it ja zh_Hant ko pt nl pl ru tr ar sv da nb fi cs hu ro uk he vi th".split()  # noqa: SIM905 -- in a row
)
DECIMAL_COMMA = re.compile(r"(?<!\d)(\d{4}),(\d{1,2})(?=[.,;\s]|$)")
TARIFF_MARK = re.compile(
    r"^(?:hs|hts|htsus|cn|ex|taric|no\.?|nr\.?)[\s.:#-]*|(?<!\s)\s*+\([^()]*\)$", re.IGNORECASE
)
POWER = re.compile(r"(\d)(?:\.0+)?E\+?0?(\d{1,2})", re.IGNORECASE)
ROUNDED = re.compile(r"\d\.\d+E\+\d+", re.IGNORECASE)
CUT = re.compile(r"[1-9]\d{14}00+")  # a spreadsheet keeps fifteen digits
ANEW = "was rounded by a spreadsheet; give the column the format Text and enter it anew; left out"
RANGE = re.compile(r"([\d.]{4,})\s?[-–—]\s?([\d.]{4,})")
# What a number makes of 0101.20, and what it was: five digits may also begin a longer one.
LOST = (
    (re.compile(r"\d{4}\.\d"), ("{}0", "{}"), "may have lost its last zero"),
    (re.compile(r"\d{3}\.\d"), ("0{}0", "0{}"), "has lost its first zero, perhaps its last"),
    (re.compile(r"\d{5}"), ("0{}", "{}"), "may have lost its first zero"),
    (re.compile(r"\d{3}(?:\.\d{2})+|\d{7}|\d{9}"), ("0{}",), "has lost its first zero"),
)
MONTH = re.compile(r"(\d{4})-(\d{2})-01(?:[T ].*)?")
CODE = re.compile(r"[0-9][A-E][0-9]{3}(?:\.?[0-9a-z])*|EAR ?99|ML\d.*", re.IGNORECASE)
SHARE = re.compile(r"[<>≥≤~ca. ]*(\d{1,3}(?:[.,]\d+)?)\s*%?")
MOST_DIGITS = 12
YEAR_FIRST = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:[T ].*)?")
DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def get_first_value(cells: Cells, field: str) -> str:
    """The first value of a field; empty where there is none."""
    return cells.get(field, [""])[0]


def join_values(cells: Cells, field: str) -> str:
    """All values of a field; empty where there is none."""
    return "; ".join(dict.fromkeys(cells.get(field, ())))


def split_cells(cells: Iterable[str], between: re.Pattern[str]) -> list[str]:
    """The values of cells that hold several."""
    return [part.strip() for cell in cells for part in between.split(cell) if part.strip()]


def parse_country(cells: Cells, tell: Tell) -> str | None:
    """The ISO code of a row's country; none where it names several, since what is listed in one
    of them is not elsewhere.
    """
    codes = {}
    for country_written in split_cells(
        cells.get("country", ()), re.compile(rf"{SEVERAL.pattern}| ?/ ?")
    ):
        code = find_country_code(country_written) or LETTERS.get(country_written.upper())
        if code:
            codes[code] = country_written
        else:
            tell(f"country {country_written!r} is not known; kept without")
    if len(codes) > 1:
        tell(f"countries {', '.join(codes)}: an entry has one; kept without")
    return next(iter(codes)) if len(codes) == 1 else None


def find_country_code(written: str) -> str | None:
    """The ISO code of a country by its code of two or three letters or its name; nothing where
    it is none.
    """
    if len(written) == 2 and countries.name(written):
        return written.upper()
    place = words.find_place(written)
    if len(place) == 2:
        return place.upper()
    level = " ".join(written.casefold().replace("’", "'").split())
    return AS_EXPORTED.get(level) or _load_other_names().get(level) or _find_matching_code(written)


def is_place_heading(written: str) -> bool:
    """Return whether a cell is a country or regions, as a heading above firms."""
    places = re.split(r"\s?[/,&+]\s?|\s(?:and|und|et|y|e)\s", written)
    return len(written) > 3 and all(
        find_country_code(place) or place.casefold() in _load_regions() for place in places
    )


@cache
def _load_regions() -> frozenset[str]:
    named = (countries.cldr().Locale.parse(language).territories for language in LANGUAGES)
    return frozenset(
        str(name).casefold() for each in named for code, name in each.items() if code.isdecimal()
    ) | set(REGIONS.split(";"))


def _find_matching_code(written: str) -> str | None:
    """The code of `CN - China` and `China (CN)`, where both parts say the same."""
    match = CODE_AND_NAME.fullmatch(written.strip()) or NAME_AND_CODE.fullmatch(written.strip())
    code = match and find_country_code(match["code"])
    return code if match and code and code == find_country_code(match["name"]) else None


@cache
def _load_other_names() -> dict[str, str]:
    """Countries by what else lists call them, in small letters: in other languages, and by ISO
    3166-1 alpha-3.
    """
    named = {
        name.casefold(): code
        for language in reversed(LANGUAGES)
        for name, code in countries.spelt(language).items()
        if len(code) == 2
    }
    three = countries.cldr().get_global("territory_aliases").items()
    return named | {
        old.casefold(): new[0]
        for old, new in three
        if len(old) == 3 and old.isalpha() and len(new) == 1
    }


def parse_identifiers(cells: Cells, tell: Tell) -> Iterator[str]:
    """List the registration numbers of a row, without those that lost digits in a spreadsheet."""
    for written in _list_given(cells.get("ids", ()), MARKS):
        if ROUNDED.fullmatch(written) or CUT.fullmatch(written):
            tell(f"number {written!r} {ANEW}")
        else:
            yield written


def _list_given(cells: Iterable[str], between: re.Pattern[str]) -> list[str]:
    """The values of cells that hold several, without those that say that there is none."""
    return [
        part
        for part in split_cells((NOT_APPLICABLE.sub("", cell) for cell in cells), between)
        if part.casefold() not in NONE
    ]


def parse_tariffs(cells: Cells, tell: Tell) -> Iterator[str]:
    """List the tariff numbers of a row; repair and report damage by a spreadsheet where
    possible.
    """
    written = [DECIMAL_COMMA.sub(r"\1.\2", cell) for cell in cells.get("hs", ())]
    for part in _list_given(written, NUMBERS):
        numbers, why = restore_digits(part)
        yield from numbers
        if why:
            tell(f"HS number {part!r} {why}")


def restore_digits(written: str) -> tuple[tuple[str, ...], str]:
    """Restore a tariff number's digits: return what it may be, and what was wrong with it.

    It may have lost a zero, or become a date or a rounded number.
    """
    bare = TARIFF_MARK.sub("", written.strip())
    if month := MONTH.fullmatch(bare):
        return ("".join(month.groups()),), f"was made a date; taken as {month[1]}.{month[2]}"
    if ROUNDED.fullmatch(bare):
        return (), ANEW
    if (
        (ends := RANGE.fullmatch(bare))
        and len(ends[1]) <= len(ends[2])
        and _strip_separators(ends[1]) < _strip_separators(ends[2])
    ):
        return (), "is a range; enter each number of it; left out"
    if re.fullmatch(r"\d{1,10}\.0+", bare) and len(bare.partition(".")[0]) > 4:
        bare = bare.partition(".")[0]
    for pattern, forms, what in LOST:
        if pattern.fullmatch(bare):
            taken = [form.format(bare) for form in forms]
            return tuple(
                map(_strip_separators, taken)
            ), f"{what}; taken as {' and as '.join(taken)}"
    digits = parse_tariff(bare)
    return ((digits,), "") if digits else ((), "is not 4 to 12 digits; left out")


def parse_tariff(written: str) -> str:
    """The digits of a tariff number (`8507.60.0020`); empty where it is none."""
    digits = _strip_separators(TARIFF_MARK.sub("", written.strip()))
    return (
        digits
        if digits.isascii() and digits.isdecimal() and 4 <= len(digits) <= MOST_DIGITS
        else ""
    )


def _strip_separators(written: str) -> str:
    return re.sub(r"[.\s-]", "", written)


def parse_codes(cells: Cells, field: str, tell: Tell) -> Iterator[str]:
    """The control codes of a row; 5E002 that a spreadsheet took for a number is read back."""
    for written in _list_given(cells.get(field, ()), NUMBERS):
        if CODE.fullmatch(written):
            yield written.replace(" ", "")
        elif number := _restore_power(written):
            tell(f"control code {written!r} was made a number; taken as {number}")
            yield number
        else:
            tell(f"control code {written!r} is not like 3A001.b.2; left out")


def parse_cas_numbers(cells: Cells, tell: Tell) -> Iterator[str]:
    """The CAS numbers of a row, those alone of which the check is right."""
    for written in _list_given(cells.get("cas", ()), NUMBERS):
        if numbers := find_cas_numbers(written):
            yield from sorted(numbers)
        else:
            tell(f"CAS number {written!r} is none: its last digit is a check; left out")


def _restore_power(written: str) -> str:
    """5E002 is 500 to a spreadsheet."""
    if power := POWER.fullmatch(written):
        return f"{power[1]}E{int(power[2]):03d}"
    if re.fullmatch(r"[1-9]0{1,3}", written):
        return f"{written[0]}E{len(written) - 1:03d}"
    return ""


def parse_share(cells: Cells, tell: Tell) -> float | None:
    """Parse the percent of a firm that its parent holds; 0.6 is 60."""
    written = get_first_value(cells, "share")
    match = SHARE.fullmatch(written)
    percent = float(match[1].replace(",", ".")) if match else -1.0
    if written and not 0 <= percent <= 100:
        tell(f"share {written!r} is no percentage; kept without")
    if not written or not 0 <= percent <= 100:
        return None
    if written == "1":  # 100 % is 1 to a spreadsheet
        tell(f"share {written!r} may be 1 % or all of it; kept without")
        return None
    return percent * 100 if percent <= 1 and "%" not in written and "." in written else percent


def parse_day(cells: Cells, field: str, tell: Tell) -> str:
    """A day (ISO) as spreadsheets write it; empty where there is none, or where 5/1 may be of
    January or of May.
    """
    written = get_first_value(cells, field)
    by_year, by_day = YEAR_FIRST.fullmatch(written), DAY_FIRST.fullmatch(written)
    parts = by_year.groups() if by_year else by_day.groups()[::-1] if by_day else ()
    if parts:
        with suppress(ValueError):
            return date(*map(int, parts)).isoformat()
    if written:
        tell(f"{field.replace('_', ' ')} {written!r} is no day such as 2024-05-31; kept without")
    return ""
