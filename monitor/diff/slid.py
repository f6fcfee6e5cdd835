"""Which entries came up from below the end of a list because others were taken out of it: old ones, and no news. Pure.

Nothing is concluded where the list may have the newest at its end, since that one would be taken for the oldest: what came after
the first read has to stand at its top, the last that came first.
"""

from collections.abc import Collection, Sequence
from itertools import takewhile


def slid_in(before: Sequence[int], now: Sequence[int], new: Collection[int], later: Collection[int]) -> list[int]:
    """Of the entries of a list, in its order, those `new` ones that stand below all that are known and fill the places of such
    as were taken out from between others. An entry that was seen later has the higher number; `later` are those that came
    after the first read.
    """
    below = list(takewhile(lambda entry: entry in new, reversed(now)))
    came = sum(entry in new for entry in now) - len(below)
    fits = len(now) <= len(before) and len(below) <= _taken_out(before, now) - came
    return below if fits and _has_the_newest_first(before, later) else []


def _has_the_newest_first(entries: Sequence[int], later: Collection[int]) -> bool:
    news = [entry for entry in entries if entry in later]
    return bool(news) and news == list(entries[: len(news)]) == sorted(news, reverse=True)


def _taken_out(before: Sequence[int], now: Sequence[int]) -> int:
    """How many are gone from below the first that is still there: those above it may have made way, as in a list of the last."""
    there = set(now)
    stood = [entry in there for entry in before]
    return sum(not stands for stands in stood[stood.index(True) :]) if any(stood) else 0
