"""The names that one cell or line gives: with a bracket, an a.k.a. or two scripts it gives several. Pure."""

import re
from functools import partial

from monitor.watch import words
from monitor.watch.forms import latin
from monitor.watch.names import CJK, IS_CJK, LONGEST, RUN

BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
ALSO = re.compile(
    r"\b(?:a\.?k\.?a\.?|f\.?k\.?a\.?|d\.?b\.?a\.?|also known as|formerly known as|formerly|doing business as)(?![\w])",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,7}")
ALSO_HAN = re.compile(r"^(?:以下)?(?:简称|又名|又称|曾用名|别名)[:：]?")


def spellings(text: str) -> tuple[str, ...]:
    """The names that one cell or line gives: `Teledyne FLIR (FLIR Systems)`, `X a.k.a. Y`, a Chinese and an English one."""
    text = text[:LONGEST]
    if text.isascii() and "(" not in text and "[" not in text and not ALSO.search(text):
        return (text,)
    found: list[str] = []
    for part in ALSO.split(text):
        apart: list[str] = []
        rest = BRACKETS.sub(partial(_bracket, part, apart), part)
        found += [each.strip(" ,;/:：") for each in (*_by_script(rest), *apart)]
    return tuple(dict.fromkeys(each for each in found if each)) or (text,)


def _bracket(part: str, apart: list[str], group: re.Match[str]) -> str:
    """What stays in the name of a bracket: a place or a legal form does, another name does not."""
    inner = ALSO_HAN.sub("", group[1].strip())
    outer = part[: group.start()] + part[group.end() :]
    other_script = bool(IS_CJK.search(inner)) != bool(IS_CJK.search(outer)) and len(inner) > 3
    if (ACRONYM.fullmatch(inner) and not _is_place(inner) and not _is_form(inner)) or other_script or inner != group[1].strip():
        apart.append(inner)
        return " "
    return f" {group[1]} " if not IS_CJK.search(part) else group[0] if group[1] in "株주" else group[1]


def _by_script(text: str) -> tuple[str, ...]:
    """`华为 Huawei Technologies` as the two names it is."""
    parts = re.match(
        rf"^\s*+([{CJK}·]{{2,}}+)(?=[^{CJK}]++$)[\s/,，、]+([^{CJK}]{{4,}})$|^\s*+([^{CJK}]{{4,}})[\s/,，、]([{CJK}·]{{2,}}+)\s*+$",
        text,
    )
    return tuple(part for part in parts.groups() if part) if parts else (text,)


def _is_place(text: str) -> bool:
    return "".join(RUN.findall(text.casefold())) in words.places()


def _is_form(text: str) -> bool:
    return tuple(RUN.findall(text.casefold())) in latin()
