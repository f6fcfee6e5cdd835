"""English numbers, in digits or words → integers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from monitor.model import Entity, Stated, Unread

SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen"""
ONES = {word: number for number, word in enumerate(SMALL.split())}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
LARGE = {"hundred": 100, "thousand": 1000}
WORD = "(?:" + "|".join(sorted([*ONES, *TENS, *LARGE], key=len, reverse=True)) + ")"
# Of bounded length: nothing has more firms than nine digits or twelve words can say.
NUMBER = rf"(?:(?<!\d)(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}}+)|{WORD}(?:(?:\s++and\s++|[\s-]++){WORD}){{0,11}})\b"
ARTICLES = {"a": 1, "an": 1, "another": 1}


def parse_number(text: str) -> int | None:
    """`57`, `1,200`, `twenty-four`, `one hundred and three`, `an` as a number; nothing for what
    is none.
    """
    text = text.lower().replace(",", "").strip()
    if text.isdecimal():
        return int(text)
    words = [word for word in re.split(r"[\s-]+", text) if word != "and"]
    known = list(
        takewhile(
            lambda word: word in ONES or word in TENS or word in LARGE or word in ARTICLES, words
        )
    )
    return _sum_words(known) if known and len(known) == len(words) else None


def _sum_words(words: list[str]) -> int:
    total = group = 0
    for word in words:
        if word in LARGE:
            group = max(group, 1) * LARGE[word]
        else:
            group += (ONES | TENS | ARTICLES)[word]
        if word == "thousand":
            total, group = total + group, 0
    return total + group


# Counts that a text states, compared with each other and against what was read: what doesn't add up
# is said.
#
# One rule for all languages; how a language counts is its grammar's.

# `thirty-three (33)`
TWICE = re.compile(rf"\b(?P<words>{NUMBER})\s*+\((?P<digits>\d{{1,6}})\)", re.IGNORECASE)


def list_count_gaps(
    stated: Stated | None, entities: Sequence[Entity], quote: str
) -> Iterator[Unread]:
    """Report where the counts in a text contradict each other, or what was read."""
    if why := (explain_contradiction(quote) or _explain_shares(stated, entities)):
        yield Unread("counts", why, quote)


def explain_contradiction(text: str) -> str:
    """Find a number that differs in words and in digits."""
    for match in TWICE.finditer(text):
        spelt = parse_number(match["words"])
        if spelt is not None and not match["words"].isdecimal() and spelt != int(match["digits"]):
            return f"{match[0]} contradicts itself"
    return ""


def _explain_shares(stated: Stated | None, entities: Sequence[Entity]) -> str:
    """Explain where parts do not add up: by destination as stated, and by country as read."""
    if not stated or not stated.by_destination:
        return ""
    totals = {stated.entities, stated.entries} - {None}
    parts = sum(stated.by_destination.values())
    if len(stated.by_destination) > 1 and totals and parts not in totals:
        return (
            f"the destinations add up to {parts}, the text says"
            f" {' or '.join(map(str, sorted(filter(None, totals))))}"
        )
    by_country = Counter(entity.country for entity in entities)
    if (
        entities
        and None not in by_country
        and len(stated.by_destination) > 1
        and dict(by_country) != stated.by_destination
    ):
        return "the names read are of other countries than the text counts"
    return ""


def blank_digits(text: str) -> str:
    """Blank digits that repeat a number in words; the text keeps its length."""
    return TWICE.sub(lambda match: match["words"].ljust(len(match[0])), text)
