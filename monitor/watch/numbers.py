"""The numbers that firms, ships and persons are registered under, levelled; those that only one can have. Pure."""

import re
from collections.abc import Iterable

SHORTEST = 6
SURE = 9  # characters; a shorter number is given out in many countries
MARK = re.compile(
    r"^(?:IMO|LEI|INN|OGRN|USCC|UNIFIED|VAT|TAX|ID|NO|NUMBER|REG|PASSPORT|CRN|UEN|DUNS)+"
    r"(?=\d|[A-Z]{1,2}\d|[0-9A-Z]{18,20}$)"
)
PLACEHOLDER = re.compile(r"(.)\1*|0*1234567?8?9?0?|N/?A")
LEI = re.compile(r"[0-9A-Z]{18}\d{2}")
USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")


def number(written: str) -> str:
    """A number without its name, spaces and dashes (`IMO 9187629` is 9187629); empty where it is none or a placeholder."""
    level = "".join(letter for letter in written.upper() if letter.isalnum())
    bare = MARK.sub("", level)
    if len(bare) < SHORTEST or not any(letter.isdigit() for letter in bare) or PLACEHOLDER.fullmatch(bare):
        return ""
    return bare


def contradict(one: Iterable[str], other: Iterable[str]) -> str:
    """Which number tells the two apart, in words: both have one that only one firm can have, and not the same; else nothing."""
    mine, theirs = set(one), set(other)
    for name, is_one in (("LEI", _is_lei), ("unified social credit code", _is_uscc)):
        left, right = set(filter(is_one, mine)), set(filter(is_one, theirs))
        if left and right and not left & right:
            return f"another {name}: {min(left)}, {min(right)}"
    return ""


def _is_lei(level: str) -> bool:
    """ISO 17442: twenty characters, the last two a check (ISO 7064)."""
    return bool(LEI.fullmatch(level)) and int("".join(str(int(letter, 36)) for letter in level)) % 97 == 1


def _is_uscc(level: str) -> bool:
    """GB 32100: eighteen characters, of which the third to eighth are a division of China."""
    return bool(USCC.fullmatch(level)) and level[0] in "123456789AINY"
