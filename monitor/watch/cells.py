"""What the cells of a list say: countries, tariff numbers, control codes, shares; and what a spreadsheet made of them. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from monitor.watch import words

Tell = Callable[[str], None]
Cells = Mapping[str, list[str]]
SEVERAL = re.compile(r"[;；|\n]|、")
NUMBERS = re.compile(r"[;；|\n、,，/]|\s{2,}")
DECIMAL_COMMA = re.compile(r"(?<!\d)(\d{4}),(\d{1,2})(?=[.,;\s]|$)")
TARIFF_MARK = re.compile(r"^(?:hs|hts|htsus|cn|ex|taric|no\.?|nr\.?)[\s.:#-]*|(?<!\s)\s*+\([^()]*\)$", re.IGNORECASE)
POWER = re.compile(r"(\d)(?:\.0+)?E\+?0?(\d{1,2})", re.IGNORECASE)
ROUNDED = re.compile(r"\d\.\d+E\+\d+", re.IGNORECASE)
MONTH = re.compile(r"(\d{4})-(\d{2})-01(?:[T ].*)?")
CODE = re.compile(r"[0-9][A-E][0-9]{3}(?:\.?[0-9a-z])*+|EAR ?99|ML\d.*", re.IGNORECASE)
SHARE = re.compile(r"[<>≥≤~ca. ]*(\d{1,3}(?:[.,]\d+)?)\s*%?")
MOST_DIGITS = 12


def first(cells: Cells, field: str) -> str:
    """The first value of a field; empty where there is none."""
    return cells.get(field, [""])[0]


def split(said: Iterable[str], between: re.Pattern[str]) -> list[str]:
    """The values of cells that hold several."""
    return [part.strip() for cell in said for part in between.split(cell) if part.strip()]


def country(cells: Cells, tell: Tell) -> str | None:
    """The ISO code of a row's country."""
    said = first(cells, "country")
    code = country_code(said)
    if said and code is None:
        tell(f"country {said!r} is not known; kept without")
    return code


def country_code(said: str) -> str | None:
    """The ISO code of a country by its code or its name in English or Chinese; nothing where it is none."""
    from babel import Locale  # noqa: PLC0415 - only a list with countries needs it

    if len(said) == 2 and said.upper() in Locale("en").territories:
        return said.upper()
    found = words.places().get("".join(letter for letter in said.casefold() if letter.isalnum()), "")
    return found.upper() if len(found) == 2 else _elsewhere_named(said)


def _elsewhere_named(said: str) -> str | None:
    """A country by its name in German, French, Spanish or Japanese, or by its code of three letters."""
    from babel import Locale  # noqa: PLC0415 - ditto

    level = said.strip().casefold()
    if (code := THREE_LETTERS.get(level)) or not level:
        return code
    for language in ("de", "fr", "es", "it", "ja", "zh_Hant"):
        for code, name in Locale.parse(language).territories.items():
            if name.casefold() == level and len(code) == 2 and code.isalpha():
                return str(code)
    return None


# ISO 3166-1 alpha-3 of the countries that lists of suppliers name; SAP and customs software print them.
THREE_LETTERS = {
    three: two
    for pair in """
    chn:CN hkg:HK mac:MO twn:TW jpn:JP kor:KR prk:KP usa:US can:CA mex:MX bra:BR arg:AR chl:CL deu:DE fra:FR gbr:GB ita:IT esp:ES
    prt:PT nld:NL bel:BE lux:LU che:CH aut:AT pol:PL cze:CZ svk:SK hun:HU rou:RO bgr:BG srb:RS hrv:HR svn:SI grc:GR tur:TR rus:RU
    ukr:UA blr:BY kaz:KZ uzb:UZ swe:SE nor:NO dnk:DK fin:FI isl:IS est:EE lva:LV ltu:LT irl:IE ind:IN pak:PK bgd:BD lka:LK tha:TH
    vnm:VN mys:MY sgp:SG idn:ID phl:PH aus:AU nzl:NZ zaf:ZA egy:EG mar:MA tun:TN are:AE sau:SA qat:QA kwt:KW irn:IR irq:IQ isr:IL
    jor:JO lbn:LB syr:SY khm:KH mmr:MM lao:LA mng:MN kgz:KG arm:AM geo:GE aze:AZ cyp:CY mlt:MT
    """.split()  # noqa: SIM905 -- in rows
    for three, two in (pair.split(":"),)
}


def tariffs(cells: Cells, tell: Tell) -> Iterator[str]:
    """The tariff numbers of a row; what a spreadsheet did to one is undone and told where it can be."""
    said = [DECIMAL_COMMA.sub(r"\1.\2", cell) for cell in cells.get("hs", ())]
    for each in split(said, NUMBERS):
        number, why = restored(each)
        if number:
            yield number
        if why:
            tell(f"HS number {each!r} {why}")


def restored(said: str) -> tuple[str, str]:
    """The digits of a tariff number, and what was wrong with it: a zero lost, made a date or a rounded number."""
    bare = TARIFF_MARK.sub("", said.strip())
    if month := MONTH.fullmatch(bare):
        return "".join(month.groups()), f"was made a date; taken as {month[1]}.{month[2]}"
    if ROUNDED.fullmatch(bare):
        return "", "was rounded by a spreadsheet; give the column the format Text and enter it anew; left out"
    if re.fullmatch(r"\d{1,10}\.0+", bare) and len(bare.partition(".")[0]) > 4:
        bare = bare.partition(".")[0]
    if re.fullmatch(r"\d{4}\.\d", bare):
        return _digits(bare) + "0", f"has lost its last zero; taken as {bare}0"
    if re.fullmatch(r"\d{3}(?:\.\d{2})+", bare) or re.fullmatch(r"\d{5}|\d{7}|\d{9}", bare):
        return "0" + _digits(bare), f"has lost its first zero; taken as 0{bare}"
    digits = tariff(bare)
    return digits, "" if digits else "is not 4 to 12 digits; left out"


def tariff(said: str) -> str:
    """The digits of a tariff number (`8507.60.0020`); empty where it is none."""
    digits = _digits(TARIFF_MARK.sub("", said.strip()))
    return digits if digits.isascii() and digits.isdecimal() and 4 <= len(digits) <= MOST_DIGITS else ""


def _digits(said: str) -> str:
    return re.sub(r"[.\s-]", "", said)


def codes(cells: Cells, field: str, tell: Tell) -> Iterator[str]:
    """The control codes of a row; 5E002 that a spreadsheet took for a number is read back."""
    for said in split(cells.get(field, ()), NUMBERS):
        if said.casefold() in {"n/a", "na", "none", "no", "-", "nlr", "无", "不适用", "keine", "nein"}:
            continue
        if CODE.fullmatch(said):
            yield said.replace(" ", "")
        elif number := _as_power(said):
            tell(f"control code {said!r} was made a number; taken as {number}")
            yield number
        else:
            tell(f"control code {said!r} is not like 3A001.b.2; left out")


def _as_power(said: str) -> str:
    """5E002 is 500 to a spreadsheet."""
    if power := POWER.fullmatch(said):
        return f"{power[1]}E{int(power[2]):03d}"
    if re.fullmatch(r"[1-9]0{1,3}", said):
        return f"{said[0]}E{len(said) - 1:03d}"
    return ""


def share(cells: Cells, tell: Tell) -> float | None:
    """How many percent of a firm its parent holds; 0.6 is 60."""
    said = first(cells, "share")
    found = SHARE.fullmatch(said)
    percent = float(found[1].replace(",", ".")) if found else -1.0
    if said and not 0 <= percent <= 100:
        tell(f"share {said!r} is no percentage; kept without")
    if not said or not 0 <= percent <= 100:
        return None
    return percent * 100 if percent <= 1 and "%" not in said and "." in said else percent
