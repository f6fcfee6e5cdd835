"""English numbers, in digits or words → integers."""

import re
from itertools import takewhile

SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen"""
ONES = {word: number for number, word in enumerate(SMALL.split())}
TENS = {
    word: 10 * number
    for number, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2)
}
LARGE = {"hundred": 100, "thousand": 1000}
WORD = "(?:" + "|".join(sorted([*ONES, *TENS, *LARGE], key=len, reverse=True)) + ")"
# Of bounded length: nothing has more firms than nine digits or twelve words can say.
NUMBER = rf"(?:(?<!\d)(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}}+)|{WORD}(?:(?:\s++and\s++|[\s-]++){WORD}){{0,11}})\b"
ARTICLES = {"a": 1, "an": 1, "another": 1}


def number(text: str) -> int | None:
    """`57`, `1,200`, `twenty-four`, `one hundred and three`, `an` as a number; nothing for what is none."""
    text = text.lower().replace(",", "").strip()
    if text.isdecimal():
        return int(text)
    words = [word for word in re.split(r"[\s-]+", text) if word != "and"]
    known = list(takewhile(lambda word: word in ONES or word in TENS or word in LARGE or word in ARTICLES, words))
    return _total(known) if known and len(known) == len(words) else None


def _total(words: list[str]) -> int:
    total = group = 0
    for word in words:
        if word in LARGE:
            group = max(group, 1) * LARGE[word]
        else:
            group += (ONES | TENS | ARTICLES)[word]
        if word == "thousand":
            total, group = total + group, 0
    return total + group
