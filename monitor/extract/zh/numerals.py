"""Chinese numerals → numbers."""

import re
from functools import lru_cache

DIGITS = {
    "〇": "0",
    "零": "0",
    "○": "0",
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
}
# A whole run of digits, and never one that is longer than any number of an act or of its firms.
WRITTEN = "[〇零○一二两三四五六七八九十百]"
NUMERAL = rf"(?:(?<!\d)\d{{1,9}}+(?!\d)|(?<!{WRITTEN}){WRITTEN}{{1,12}}+(?!{WRITTEN}))"
DIGIT_BY_DIGIT = re.compile("[〇零○一二三四五六七八九]+")
TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")


@lru_cache(maxsize=1024)
def number(text: str) -> int | None:
    """`28`, `二十八`, `二〇二五`, `两` as a number; nothing for what is none."""
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
