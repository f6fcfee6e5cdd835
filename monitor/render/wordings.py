"""Compare two wordings word by word, or by character in scripts without spaces. Pure."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from operator import eq

from monitor.diff.parts import diff_parts
from monitor.model import Excerpt, Part, frozen
from monitor.render.text import cut
from monitor.vocabulary.letters import SPACELESS_RANGE

LONGEST = 300  # characters of a part that came or went
AROUND = 5  # words shown beside those that differ
MOST_COMPARED = 1_000_000  # pairs of words; beyond, the two wordings are shown beside each other
# A character of a script without spaces, a word or a number with what joins its parts, a mark, or
# space: a comma that comes behind a word makes no other word of it.
TOKEN = re.compile(
    rf"[{SPACELESS_RANGE}]|[^\W{SPACELESS_RANGE}]+(?:[.,:/'’-][^\W{SPACELESS_RANGE}]+)*|[^\w\s]|\s+"
)


@frozen
class Run:
    """Words that stand in both wordings (`same`), or those that `went` and that `came` for them."""

    went: tuple[str, ...]
    came: tuple[str, ...]
    same: bool


def compare_words(before: str, after: str) -> list[Run]:
    """Both wordings in runs of words; changes that only a space parts are one."""
    old, new = tuple(TOKEN.findall(before)), tuple(TOKEN.findall(after))
    first = _count_alike(old, new)
    last = _count_alike(old[first:][::-1], new[first:][::-1])
    came, went = new[first : len(new) - last], old[first : len(old) - last]
    ends = (old[:first], old[len(old) - last :])
    head, tail = ([Run(same, same, same=True)] if same else [] for same in ends)
    return [*head, *_compare_middles(went, came), *tail]


def _count_alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the words with which both begin."""
    return sum(takewhile(bool, map(eq, one, other)))


def _compare_middles(old: tuple[str, ...], new: tuple[str, ...]) -> list[Run]:
    if len(old) * len(new) > MOST_COMPARED:
        return [Run(old, new, same=False)]
    runs: list[Run] = []
    for kind, first, last, start, end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        run = Run(old[first:last], new[start:end], same=kind == "equal")
        blank = run.same and not "".join(run.went).strip()
        if runs and not runs[-1].same and (not run.same or blank):
            runs[-1] = Run(runs[-1].went + run.went, runs[-1].came + run.came, same=False)
        else:
            runs.append(run)
    return runs


def align_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The lines of two readings of a page beside each other, a reworded one beside what it was;
    "" where a line is in one of them only.
    """
    moves = diff_parts(_make_excerpt(before), _make_excerpt(after))
    was = {
        move.after.text: move.before.text
        for move in moves
        if move.before and move.after and not move.is_exchange
    }
    known = [was.get(line, line) for line in after]
    for kind, first, last, start, end in SequenceMatcher(
        None, before, known, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            yield from zip(before[first:last], after[start:end], strict=True)
        else:
            yield from ((line, "") for line in before[first:last])
            yield from (("", line) for line in after[start:end])


def _make_excerpt(lines: Sequence[str]) -> Excerpt:
    return Excerpt(page="", parts=tuple(Part(text=line) for line in lines))


def mark_difference(before: str, after: str) -> str:
    """Both wordings as one, only with what stands beside the words that differ: `… a licence
    from [-1 May-] [+1 June+] on …`.
    """
    runs = compare_words(before, after)
    longest = LONGEST if len(runs) == 1 else LONGEST // 2
    pieces = [
        _word_same(run.went, first=at == 0, last=at == len(runs) - 1)
        if run.same
        else _word_change("".join(run.went), "".join(run.came), longest)
        for at, run in enumerate(runs)
    ]
    return cut("".join(pieces).strip(), 2 * LONGEST + len("[--] [++]"))


def _word_change(went: str, came: str, longest: int) -> str:
    lead = " " if (went or came)[:1].isspace() else ""
    tail = " " if (came or went)[-1:].isspace() else ""
    marked = [
        f"[-{cut(went.strip(), longest)}-]" if went.strip() else "",
        f"[+{cut(came.strip(), longest)}+]" if came.strip() else "",
    ]
    return f"{lead}{' '.join(filter(None, marked))}{tail}"


def _word_same(equal: Sequence[str], *, first: bool, last: bool) -> str:
    """The words next to a change; those further off are left out."""
    near = 2 * AROUND  # a word and its space
    if len(equal) <= 2 * near + 1 and not (first or last):  # all that could be left out is a space
        return "".join(equal)
    head = "" if first else "".join(equal[:near]).rstrip()
    tail = "" if last else "".join(equal[-near:]).lstrip()
    gap = (
        "… "
        if first and len(equal) > near
        else " …"
        if last and len(equal) > near
        else " … "
        if not (first or last)
        else ""
    )
    return f"{head}{gap}{tail}"
