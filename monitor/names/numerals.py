"""Chinese numerals → numbers."""

import re
from functools import lru_cache

DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
DIGIT_BY_DIGIT = re.compile("[〇零○一二三四五六七八九]+")
TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")


@lru_cache(maxsize=1024)
def parse_number(text: str) -> int | None:
    """Parse `28`, `二十八`, `二〇二五`, `两` as a number; None for anything else."""
    if text.isdecimal():
        return int(text)
    if text in DIGITS or DIGIT_BY_DIGIT.fullmatch(text):
        return int("".join(DIGITS[digit] for digit in text))
    if tens := TENS.fullmatch(text):
        return int(DIGITS.get(tens[1], "1") + DIGITS.get(tens[2], "0"))
    import cn2an  # noqa: PLC0415 - a large library

    try:
        return int(cn2an.cn2an(text.replace("○", "零"), "smart"))
    except (ValueError, KeyError):
        return None
