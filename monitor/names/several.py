"""The firms that one cell names: where one ends and the next begins, and how sure that is. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from monitor.names.name import parse_name
from monitor.names.scripts import CJK

LONGEST_CELL = 500  # characters
OWN = "Xyzzy"  # a word of no firm: with it a legal form stands behind a name
FEWEST_LETTERS = 4  # of a firm that is one word without a legal form
NUMBERED = re.compile(
    r"(?:^|(?<=[\s;,；，]))(?:[(（]?(?:[1-9]\d?|[a-h]|i{1,3}|iv|v)[)）]|[1-9]\d?\.(?=\s))|[①-⑳]",
    re.IGNORECASE,
)
BULLET = re.compile(r"^[-–—*•·▪●‣\s]+(?=\S)")


class Part(NamedTuple):
    """A firm among several in a cell; not sure if the whole cell may be one firm's name."""

    name: str
    is_sure: bool


def split_firms(cell: str) -> list[str]:
    """Split a cell that surely holds several firms: numbered, or each with its legal form."""
    if NUMBERED.match(cell):
        return _split_cell(NUMBERED, cell)
    for marks in ((LINE, LISTED, SLASH), (LISTED, SLASH)):  # a line may go on in the next
        firms = [cell]
        for between in marks:
            firms = [firm for one in firms for firm in _split_cell(between, one)]
        if all(map(_has_form, firms)):
            return firms
    return []


def find_parts(cell: str) -> list[Part]:
    """Find the parts of a cell that may be firms by themselves, without the whole."""
    if len(cell) > LONGEST_CELL or not ANY.search(cell):
        return []
    found: dict[str, bool] = {}
    for part in _find_parts(cell, MARKS, is_sure=True):
        found[part.name] = found.get(part.name, False) or part.is_sure
    return [Part(name, is_sure) for name, is_sure in found.items() if name != cell]


def _find_parts(cell: str, marks: "Sequence[Mark]", *, is_sure: bool) -> Iterator[Part]:
    for place, mark in enumerate(marks):
        parts = _split_cell(mark.between, cell)
        if len(parts) < 2:
            continue
        sure = is_sure and (mark.is_list or all(_has_form(one) and _has_own(one) for one in parts))
        for part in parts:
            if (
                mark.may_be_firm(part)
                and (mark.is_list or _has_own(part))
                and (sure or not mark.needs_all)
            ):
                yield Part(part, sure and _is_telling(part))
            yield from _find_parts(part, marks[place + 1 :], is_sure=sure)
        return


def _split_cell(between: re.Pattern[str], cell: str) -> list[str]:
    """Split a cell without its bullets; a legal form behind a comma stays with the name
    before it.
    """
    parts: list[str] = []
    for written in between.split(cell):
        part = " ".join(BULLET.sub("", written.strip(" ,;；、\n\r\t")).split())
        if part and parts and len(parse_name(f"{OWN} {part}").words) == 1:
            parts[-1] += f", {part}"
        elif part:
            parts.append(part)
    return parts


def _has_form(name: str) -> bool:
    return bool(parse_name(name).forms)


def _has_own(name: str) -> bool:
    """Return whether a name has a word of its own: many firms are in trade, or trading
    companies.
    """
    read = parse_name(name)
    return read.cjk or bool(read.own)


def _is_telling(name: str) -> bool:
    """Return whether a name is more than one bare word, which many firms share."""
    return len(name.split()) > 1 or _has_form(name)


def _is_word(name: str) -> bool:
    return len(name) >= FEWEST_LETTERS or _is_telling(name)


class Mark(NamedTuple):
    """A mark between two firms.

    `is_list`: it occurs in no firm's name. `needs_all`: it is so common in names that each part
    must have a legal form.
    """

    between: re.Pattern[str]
    may_be_firm: Callable[[str], bool]
    is_list: bool = False
    needs_all: bool = False


LISTED = re.compile(r"[;；|、•▪●‣]|(?<=公司)\s+(?=\S{2,40}公司(?:\s|$))")
LINE = re.compile(r"[\r\n]+")  # or a long name goes on
SLASH = re.compile(r"\s[/+]\s|(?<=\w\w)[/／＋]\s*(?=[\w(（]\w)|(?<=[.)）])[/／＋]\s*(?=\w\w)")
JOINED = re.compile(  # or one firm has two founders, two trades
    r",?\s(?:and|und|et|y|e|och|og|en|и|&|c/o|及|와|과|및)\s", re.IGNORECASE
)
TIGHT = re.compile(rf"(?<=[{CJK}\w.])(?:及び|及|和|与|與|暨|・)(?=[{CJK}\w])")
COMMA = re.compile(r",\s|，")  # or a place stands behind it
MARKS = (
    Mark(NUMBERED, _is_word, is_list=True),
    Mark(LISTED, _is_word, is_list=True),
    Mark(LINE, _is_word),
    Mark(SLASH, _is_word),
    Mark(JOINED, _is_telling),
    Mark(TIGHT, _has_form, needs_all=True),
    Mark(COMMA, _has_form),
)
ANY = re.compile(  # each by its own flags: it takes long to fold the case of all Han
    "|".join(
        f"(?i:{mark.between.pattern})"
        if mark.between.flags & re.IGNORECASE
        else mark.between.pattern
        for mark in MARKS
    )
)
