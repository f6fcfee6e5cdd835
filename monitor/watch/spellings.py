"""The names that one cell or line gives: with a bracket, an a.k.a. or two scripts it gives several. Pure."""

import re
from functools import partial

from monitor.vocabulary.forms import ENDINGS, anywhere, latin, leading
from monitor.watch import words
from monitor.watch.han import CJK, IS_CJK
from monitor.watch.names import LONGEST, RUN, Kind, read

BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
ALSO = re.compile(
    r"\b(?:a\.?k\.?a\.?|f\.?k\.?a\.?|d\.?b\.?a\.?|also known as|formerly known as|formerly|doing business as)(?![\w])",
    re.IGNORECASE,
)
# The forms that stand elsewhere than at the end too, and are no plain word for a firm.
FORMS = "|".join(
    sorted(spelt for spelt in map(str.casefold, ENDINGS) if spelt in leading() | anywhere() and latin()[spelt,].kind != "company")
)
# A legal form with words before and behind it; a group before a comma with words behind it.
INNER = re.compile(
    r"^(?P<group>[^,]{3,80}\b(?:company|corporation|corp|group|holding|concern)),\s+(?P<member>(?=\S+\s+\S)[^,]{5,})$"
    rf"|^(?P<first>\S.{{4,120}}?\s(?:{FORMS})\.?)[,;/]?\s+(?:or\s+)?"
    r"(?P<second>[^\s,(].{2,})$",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,7}")
ALSO_HAN = re.compile(r"^(?:以下)?(?:简称|又名|又称|曾用名|别名)[:：]?")


def spellings(text: str) -> tuple[str, ...]:
    """The names that one cell or line gives: `Teledyne FLIR (FLIR Systems)`, `X a.k.a. Y`, a Chinese and an English one."""
    text = text[:LONGEST]
    if text.isascii() and "(" not in text and "[" not in text and not ALSO.search(text) and not INNER.search(text):
        return (text,)
    names_in: list[str] = []
    for part in ALSO.split(text):
        apart: list[str] = []
        rest = BRACKETS.sub(partial(_bracket, part, apart), part)
        names_in += [name.strip(" ,;/:：") for name in (*_by_script(rest), *apart, *_inner(rest))]
    return tuple(dict.fromkeys(name for name in names_in if name)) or (text,)


def _inner(text: str) -> tuple[str, ...]:
    """The names that a legal form in the middle parts: `X Center JSC NTC X`, and the firm after its group: `Y Group, X Plant`."""
    if not (match := INNER.search(text)):
        return ()
    group, first, second = match["group"], match["first"], match["second"]
    if group:
        return (match["member"],) if _names_a_firm(match["member"]) else ()
    whole = {word.text for word in read(text).own}
    both = _names_a_firm(first) and _names_a_firm(second) and whole.issuperset(word.text for word in read(second).own)
    return (first, second) if both else ()


def _names_a_firm(text: str) -> bool:
    """Whether words are more than a legal form, a country or a trade alone."""
    kinds = [word.kind for word in read(text).words]
    return len(read(text).joined) > 2 and (Kind.OWN in kinds or (len(kinds) > 1 and Kind.NUMBER in kinds))


def _bracket(part: str, apart: list[str], group: re.Match[str]) -> str:
    """What stays in the name of a bracket: a place or a legal form does, another name does not."""
    inner = ALSO_HAN.sub("", group[1].strip())
    outer = part[: group.start()] + part[group.end() :]
    other_script = bool(IS_CJK.search(inner)) != bool(IS_CJK.search(outer)) and len(inner) > 3
    if other_script or inner != group[1].strip() or _is_alias(inner, outer):
        apart.append(inner)
        return " "
    return f" {group[1]} " if not IS_CJK.search(part) else group[0] if group[1] in "株주" else group[1]


def _is_alias(inner: str, outer: str) -> bool:
    """Whether a bracket holds another name: a word of a firm's own, or an acronym, that is no place and no legal form."""
    if _is_place(inner) or _is_form(inner) or len(inner) < 2 or not read(outer).words:
        return False
    kinds = {word.kind for word in read(inner).words}
    return bool(ACRONYM.fullmatch(inner)) or (Kind.OWN in kinds and not (IS_CJK.search(inner) and Kind.PLACE in kinds))


def _by_script(text: str) -> tuple[str, ...]:
    """`华为 Huawei Technologies` as the two names it is."""
    parts = re.match(
        rf"^\s*+([{CJK}·]{{2,}}+)(?=[^{CJK}]++$)[\s/,，、]+([^{CJK}]{{4,}})$|^\s*+([^{CJK}]{{4,}})[\s/,，、]([{CJK}·]{{2,}}+)\s*+$",
        text,
    )
    return tuple(part for part in parts.groups() if part) if parts else (text,)


def _is_place(text: str) -> bool:
    return bool(words.place(text))


def _is_form(text: str) -> bool:
    return tuple(RUN.findall(text.casefold())) in latin()
