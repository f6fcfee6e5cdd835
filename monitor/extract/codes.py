"""Control codes (`1C117.d`) and tariff numbers as printed with an item."""

import re

CODE = r"[0-9][A-E][0-9]{3}(?:\.[a-z0-9]{1,2})*"
CODES = rf"{CODE}(?:[、,和及/]{CODE})*"
HEAD = re.compile(rf"(?P<codes>(?>{CODES}))(?![\d项])[.、:]?\s*")
BRACKETED = re.compile(rf"\((?:两用物项)?(?:出口)?管制编码:?(?P<codes>{CODES})\)[;。]?")
TARIFF = re.compile(
    r"[(【\[]?\(?(?:参考)?(?:海关商品编号|税则号列|商品编号|税则号|海关编码|HS编码|税号)[:为]?"
    r"(?P<numbers>[\d.、,;和及 ]+?)[)】\]]"
)
NUMBER = re.compile(r"\d[\d.]{3,12}\d")


def split(codes: str) -> tuple[str, ...]:
    """The codes of a list, each once."""
    return tuple(dict.fromkeys(re.findall(CODE, codes)))


def tariff_numbers(text: str) -> tuple[str, ...]:
    """The tariff numbers (digits only) that the text says an item may fall under."""
    found = (number.replace(".", "") for match in TARIFF.finditer(text) for number in NUMBER.findall(match["numbers"]))
    return tuple(dict.fromkeys(found))
