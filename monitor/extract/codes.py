"""Control codes (`1C117.d`) and tariff numbers as printed with an item."""

import re

CODE = r"[0-9][A-E][0-9]{3}(?:\.[a-z0-9]{1,2})*"
CODES = rf"{CODE}(?:[、,和及/]{CODE})*"
HEAD = re.compile(rf"(?P<codes>(?>{CODES}))(?![\d项])[.、:]?\s*")
BRACKETED = re.compile(
    rf"\((?:(?:两用物项)?(?:出口)?管制编[码号]:?)?(?P<codes>{CODES})(?:\)[;。]?|(?=[,;]))"
)
ENTRY = r"\d{6}[A-Z]"  # of the technology catalogue
TECHNOLOGY = re.compile(rf"\(?编号:?({ENTRY})\)?")
LABEL = (
    r"(?:参考|对应)?(?:海关商品编[号码]|海关编[号码]|商品编[号码]|海关税号|商品税号|税则号列?|税则税号|税则编[号码]|税号|税目号?|"
    r"HS ?编[号码]|HS ?(?:code|CODE|Code)s?|HS ?号|HS(?=[:\d ]))"
)
SERIES = r"(?>(?:\d[\d.]*+|[、,;/和及或至~. -]|ex|EX)+)"
# what can only be a tariff number
ALONE = r"(?:ex ?)?(?:\d{8}(?:\d\d)?|\d{4}\.\d\d(?:\.?\d\d){0,2})"
TARIFF = re.compile(
    rf"[(【\[]?\(?{LABEL}[:为是]?+\s*+(?P<numbers>{SERIES})等?[)】\]]|\((?P<bare>{ALONE}(?>(?:[、,;/或和及]{ALONE})*))\)"
)
NUMBER = re.compile(r"(?<![\d.])\d{4}(?:\.?\d\d){0,3}(?![\d])")


def split_codes(codes: str) -> tuple[str, ...]:
    """The codes of a list, each once."""
    return tuple(dict.fromkeys(re.findall(CODE, codes)))


def list_tariff_numbers(text: str) -> tuple[str, ...]:
    """The tariff numbers (digits only) that the text says an item may fall under."""
    return tuple(
        dict.fromkeys(number for match in TARIFF.finditer(text) for number in list_numbers(match))
    )


def list_numbers(tariff: re.Match[str]) -> tuple[str, ...]:
    """List the numbers of one bracket, digits only."""
    printed = tariff["numbers"] or tariff["bare"] or ""
    return tuple(dict.fromkeys(number.replace(".", "") for number in NUMBER.findall(printed)))
