"""The numbers and dashes that Chinese acts put before a line: `一、`, `（一）`, `1．`, `a.`, `-`."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from monitor.extract import codes
from monitor.extract.zh.lines import Line

Level = Literal["top", "sub", "number", "bracket", "letter", "dash", "none"]
NUMERAL = "[一二三四五六七八九十百千零〇]{1,9}"  # of an entry: a list may have thousands
FIGURES = r"\d{1,5}"
CODE = codes.CODE  # `1、1C117.d 甲`
CHEMICAL = r"\d{1,2}'?(?:,\d{1,2}'?){0,8}-[^\d\s]"  # `2,4-二硝基…`: a name that begins with figures
MARK = re.compile(
    rf"(?:(?P<top>{NUMERAL})[、.]|\((?P<sub>{NUMERAL})\)[、.]?|"
    rf"(?P<number>{FIGURES})(?:\)|[、.](?!\d)|[、.](?={CHEMICAL}|{CODE}))|\((?P<bracket>{FIGURES})\)"
    r"|\(?(?P<letter>[a-z])(?:\)|[.、])(?![a-z])|(?P<dash>[-·*] ?(?=\S)))\s*"
)
RUN = re.compile(rf"(?:^|(?<=[);]))\s*({FIGURES})[.、](?=[^\d\s.])")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line with its mark read: where the words begin, at which level, under which label."""

    line: Line
    level: Level
    label: str
    start: int

    @property
    def words(self) -> str:
        """What stands after the mark."""
        return self.line.text[self.start :]


LEVELS: tuple[Level, ...] = ("top", "sub", "number", "bracket", "letter", "dash")


def marked(line: Line) -> Marked:
    """The line and its mark, if it has one."""
    match = MARK.match(line.text)
    if not match:
        return Marked(line, "none", "", 0)
    level = next(level for level in LEVELS if match[level])
    return Marked(line, level, match[level], match.end())


def entries(line: Line) -> list[Marked]:
    """The entries of a line; more than one where a page lost its line breaks (`1.甲（A）2.乙（B）`)."""
    starts = list(RUN.finditer(line.text))
    consecutive = all(int(second[1]) == int(first[1]) + 1 for first, second in pairwise(starts))
    if len(starts) < 2 or not consecutive or starts[0].start():
        return [marked(line)]
    ends = [*(match.start() for match in starts[1:]), len(line.text)]
    return [marked(line.part(match.start(), end)) for match, end in zip(starts, ends, strict=True)]
