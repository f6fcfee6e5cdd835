"""Numbers that several registers give, in one form on all of them."""

import re
from collections.abc import Iterable

IMO = re.compile(r"(?<!\d)\d{7}(?!\d)")


def imo(printed: Iterable[str]) -> str:
    """Return the seven digits of each IMO number, from `IMO9826902` and `IMO 9826902` alike; others
    stay as printed.
    """
    given = [
        number
        for words in printed
        for number in (IMO.findall(words) or [" ".join(words.split())])
        if number
    ]
    return "; ".join(dict.fromkeys(given))
