"""The numbers that firms, ships and persons are registered under, levelled; and those that only
one can have. Pure.
"""

import re
from collections.abc import Callable, Iterable, Sequence

SHORTEST = 6
SURE = 9  # characters; a shorter number is given out in many countries
MARK = re.compile(
    r"^(?:IMO|LEI|INN|ИНН|OGRN|ОГРН|USTIDNR|USTID|ПАСПОРТ|USCC|UNIFIED|VAT|TAX|ID|NO|NUMBER|REG|PASSPORT|CRN|UEN|DUNS)+"
    r"(?=\d|[A-Z]{1,2}\d|[0-9A-Z]{18,20}$)"
)
BEHIND = re.compile(r"(?<=CHE\d{9})(?:MWST|TVA|IVA|VAT)$")  # the word VAT, in Switzerland
PASSPORT = re.compile(  # only its name tells that a number is one
    "passport|reisepass|passeport|pasaporte|паспорт|护照|旅券|여권", re.IGNORECASE
)
OF_A_COURT = re.compile(r"HR[AB]\d+[A-Z]{0,3}")  # each German court counts by itself
PLACEHOLDER = re.compile(r"(.)\1*|0*1234567?8?9?0?|N/?A")
LEI = re.compile(r"[0-9A-Z]{18}\d{2}")
# GB 32100: eighteen characters, of which the third to eighth are a division of China.
USCC = re.compile(r"[1-9ANY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}")


def normalize_number(written: str) -> str:
    """Strip a number of its name, spaces and dashes (`IMO 9187629` is 9187629); "" for none or a
    placeholder.
    """
    level = "".join(letter for letter in written.upper() if letter.isalnum())
    bare = BEHIND.sub("", MARK.sub("", level))
    if (
        len(bare) < SHORTEST
        or not any(letter.isdigit() for letter in bare)
        or PLACEHOLDER.fullmatch(bare)
    ):
        return ""
    return bare


def find_contradiction(one: Iterable[str], other: Iterable[str]) -> str:
    """Word which number tells two firms apart: both have one of a unique kind, but different ones;
    "" if none.
    """
    mine, theirs = set(one), set(other)
    for place in sorted({level[:2] for level in mine if VAT.match(level)}):
        left, right = (
            {found[0] for level in some if (found := VAT.match(level)) and level.startswith(place)}
            for some in (mine, theirs)
        )
        if right and not left & right:
            return f"another VAT number: {min(left)}, {min(right)}"
    for name, is_one in ONLY_ONE:
        left, right = set(filter(is_one, mine)), set(filter(is_one, theirs))
        if left and right and not left & right:
            return f"another {name}: {min(left)}, {min(right)}"
    return ""


def _is_imo(level: str) -> bool:
    """IMO resolution A.1117(30): seven digits, the last a check."""
    return (
        level.isdecimal()
        and len(level) == 7
        and str(_sum_weighted(level[:6], range(7, 1, -1)))[-1] == level[6]
    )


def _is_inn(level: str) -> bool:
    """Return whether it is a Russian taxpayer's number: ten digits of a firm, or twelve of a
    person.

    The last one or two are a check.
    """
    if not level.isdecimal() or len(level) not in (10, 12):
        return False
    checks = [len(level) - 1] if len(level) == 10 else [10, 11]
    return all(
        _sum_weighted(level[:at], INN_WEIGHTS[-at:]) % 11 % 10 == int(level[at]) for at in checks
    )


def _sum_weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _is_lei(level: str) -> bool:
    """ISO 17442: twenty characters, the last two a check (ISO 7064)."""
    return (
        bool(LEI.fullmatch(level))
        and int("".join(str(int(letter, 36)) for letter in level)) % 97 == 1
    )


INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
# Those of the Union, Britain and Switzerland. One Dutch firm may have several ends.
VAT = re.compile(
    r"(?:(?:DE|EE|EL|PT|SI|FI|HU|LU|MT|DK|LT)\d{8,9}|(?:IT|LV|HR)\d{11}|(?:PL|SK)\d{10}|(?:SE|LT)\d{12}"
    r"|GB\d{9}|ATU\d{8}|BE\d{10}|BG\d{9,10}|CY\d{8}[A-Z]|CZ\d{8,10}|FR[0-9A-HJ-NP-Z]{2}\d{9}|CHE\d{9}"
    r"|ES(?:[A-Z]\d{7}[0-9A-Z]|\d{8}[A-Z])|IE\d[0-9A-Z]\d{5}[A-W][A-I]?|RO\d{4,10})$|NL\d{9}(?=B\d\d$)"
)
# numbers of which a firm or a ship has one
ONLY_ONE: Sequence[tuple[str, Callable[[str], object]]] = (
    ("LEI", _is_lei),
    ("unified social credit code", USCC.fullmatch),
    ("IMO number", _is_imo),
    ("INN", _is_inn),
)
