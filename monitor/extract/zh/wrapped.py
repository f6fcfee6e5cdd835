"""Join the lines of a list's entry that a printer has wrapped: `甲某海事与水下系统有限` `公司`. Pure.

A line that is only a legal form is never a name. The rest of a longer name is known by the lay-out:
the line above is as wide as any, and no name ends there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from monitor.extract.zh.lines import Line, make_line, read_mark
from monitor.extract.zh.words import CHINESE
from monitor.vocabulary import forms

WORDS = CHINESE.table("wrapped")
NAMES = CHINESE.table("names")
LATIN = CHINESE.table("annexes").latin_alone
FORM_ALONE = re.compile(rf"(?i:{forms.ENDING})[,.]?(?:\s(?i:{forms.ENDING})[,.]?)?")
FORM_LAST = re.compile(rf"[\s,](?:{forms.ENDING})[;,.]?$")
NEARLY = 2  # characters by which a wrapped line may be narrower than the widest one


def join_entries(lines: Sequence[Line]) -> list[Line]:
    """The lines of a list, with the lines of each name in one."""
    han = _measure(line for line in lines if WORDS.own.fullmatch(read_mark(line).words))
    latin = _measure(line for line in lines if is_latin(line))
    joined: list[Line] = []
    for line, below in zip_longest(lines, lines[1:]):
        above = joined[-1] if joined and not (line.cells or joined[-1].cells) else None
        if above and (_ends_name(above, line, below, han) or _ends_latin(above, line, latin)):
            joined[-1] = _join(above, line)
        else:
            joined.append(line)
    return joined


def may_go_on(name: str, below: str) -> bool:
    """Return whether the words below a Latin name may be its end: a legal form or such a word ends
    them, and not the name.
    """
    return _has_end(below) and not _has_end(name)


def _has_end(name: str) -> bool:
    return bool(FORM_LAST.search(name) or WORDS.latin_end.search(name))


def is_latin(line: Line) -> bool:
    """Return whether a line is only a name in Latin letters, behind any mark."""
    return LATIN.fullmatch(read_mark(line).words) is not None


def _measure(lines: Iterable[Line]) -> int:
    return max((len(read_mark(line).words) for line in lines), default=0)


def _ends_name(above: Line, line: Line, below: Line | None, widest: int) -> bool:
    """Return whether a line is the rest of the own name above it, which no mark and no Latin name
    parts from it.
    """
    first = read_mark(above)
    if first.level == "none" or not WORDS.own.fullmatch(first.words):
        return False
    if NAMES.org_end.search(first.words) or read_mark(line).level != "none":
        return False
    if WORDS.form.fullmatch(line.text):
        return True
    return (
        WORDS.own.fullmatch(line.text) is not None
        and NAMES.org_end.search(line.text) is not None
        and "·" not in first.words
        and len(first.words) >= widest - NEARLY
        and below is not None
        and is_latin(below)
    )


def _ends_latin(above: Line, line: Line, widest: int) -> bool:
    """Return whether a line is the rest of the Latin name above it."""
    if not (is_latin(above) and LATIN.fullmatch(line.text)) or read_mark(line).level != "none":
        return False
    if FORM_ALONE.fullmatch(line.text):
        return True
    words = read_mark(above).words
    if WORDS.goes_on.search(words) or line.text[0].islower():
        return True
    full = len(words) + 1 + len(line.text.partition(" ")[0]) > widest
    return full and may_go_on(words, line.text)


def _join(above: Line, line: Line) -> Line:
    both = make_line(f"{above.raw}\n{line.raw}", traditional=above.traditional)
    return replace(both, place=above.place)
