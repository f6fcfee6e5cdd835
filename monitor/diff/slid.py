"""Which entries came up from below the end of a list because others were taken out of it: old ones, and no news. Pure."""

from collections.abc import Collection, Sequence
from itertools import takewhile


def slid_in(before: Sequence[int], now: Sequence[int], new: Collection[int]) -> list[int]:
    """Of the entries of a list, in its order, those `new` ones that stand below all that are known and fill the places of such
    as were taken out from between others.

    Where the first were taken out nothing is concluded: a list that shows its last entries, the newest of them at its end, loses
    its first with each one that comes.
    """
    below = list(takewhile(lambda entry: entry in new, reversed(now)))
    there = set(now)
    stood = [entry in there for entry in before]
    taken_out = sum(not stands for stands in stood[stood.index(True) :]) if any(stood) else 0
    return below if len(below) <= taken_out else []
