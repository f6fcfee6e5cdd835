"""The controlled items of an English act: its marked lines as entries of the tree that the
Chinese ones make too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from monitor.extract import item_tree
from monitor.extract.en.numerals import blank_digits, parse_number
from monitor.extract.en.words import ENGLISH
from monitor.extract.item_tree import CODED, IN_BRACKETS, PLAIN, ListLine, Thing, find_introduced
from monitor.model import Item

WORDS = ENGLISH.table("items")

CODE = WORDS.text_of("code")
WIDE = frozenset({"roman", "wide bracket"})
ORDINAL = frozenset({"number", "bracket"})
NAME_END = re.compile(r"[;:]|\.(?:\s|$)")
MOST_WHOLE = 3  # places of a line in which one mark more than its own stands
LONGEST = 40_000  # characters of an entry


def read_items(lines: Iterable[str]) -> list[Item]:
    """The goods that an act lists; without words that introduce a list, those with a control
    code or a tariff number.
    """
    parts = [part[:LONGEST] for line in lines for part in _split_line(line.strip())]
    listed = item_tree.list_items(_list_entries(_list_goods_lines(parts), strict=False), "en")
    return listed or item_tree.list_items(_list_entries(parts, strict=True), "en")


def join_row(cells: Sequence[str]) -> str:
    """A table's row as the line that an act would print: code, name, numbers in brackets."""
    code = next((cell for cell in cells if WORDS.head.fullmatch(cell)), "")
    numbers = next((cell for cell in cells if WORDS.tariffs.match(cell)), "")
    named = next((cell for cell in cells if re.search(r"[A-Za-z]{2}", cell) and cell != code), "")
    return f"{code} {named} ({numbers})".strip() if named and (code or numbers) else ""


def _split_line(line: str) -> list[str]:
    """The entries of a line in which several stand."""
    places = [0, *(match.start() for match in WORDS.apart.finditer(line)), len(line)]
    return (
        [line[begin:end].strip() for begin, end in pairwise(places) if end > begin]
        if len(places) > MOST_WHOLE
        else [line]
    )


def _list_goods_lines(lines: Sequence[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        if _is_introduction(line):
            inside = True
        elif _is_list_end(line):
            inside = False
        elif inside:
            yield line


def _is_introduction(line: str) -> bool:
    level, words = _split_mark(line)
    return (
        level in ("", *WIDE)
        and not WORDS.head.match(words)
        and not WORDS.number.search(words)
        and bool(WORDS.introduces.search(words))
    )


def _is_list_end(line: str) -> bool:
    _, words = _split_mark(line)
    return (
        not WORDS.head.match(words)
        and not WORDS.number.search(words)
        and bool(WORDS.procedure.match(words))
    )


def _split_mark(line: str) -> tuple[str, str]:
    """The kind of a line's mark, and what stands after it."""
    marks = (
        (level, match)
        for level, pattern in WORDS.table_of("marks").items()
        if (match := pattern.match(line))
    )
    level, match = next(marks, ("", None))
    return level, line[match.end() :] if match else line


def is_marked(line: str) -> bool:
    """Return whether a line opens with the mark of an entry."""
    return bool(_split_mark(line.strip())[0])


def is_coded(line: str) -> bool:
    """Return whether a line opens with a control code, behind the mark of an entry."""
    return WORDS.head.match(_split_mark(line.strip())[1]) is not None


def _list_entries(lines: Iterable[str], *, strict: bool) -> Iterator[ListLine]:
    noting = False
    for line in lines:
        entry = _read_entry(line, strict=strict)
        if WORDS.note.match(line):
            noting = True
        elif entry and (entry.codes or entry.wide):
            noting = False
        if entry and not noting:
            yield entry


def _read_entry(line: str, *, strict: bool) -> ListLine | None:
    level, words = _split_mark(line)
    words = words if level else WORDS.lead.sub("", words)
    head, bracketed = WORDS.head.match(words), WORDS.bracketed.search(words)
    priced = WORDS.number.search(words)
    if not head and not bracketed and not priced and (strict or not level or _is_no_entry(words)):
        return None
    codes = [
        code for match in (head, bracketed) if match for code in re.findall(CODE, match["codes"])
    ]
    words = words[head.end() :] if head else words
    if head and (below := _split_mark(words))[0] and not below[1][:1].islower():
        words = below[1]
    return ListLine(
        level=level or (CODED if head else PLAIN),
        quote=line,
        things=tuple(_list_things(words)),
        codes=tuple(dict.fromkeys(codes)),
        introduces=find_introduced(words, ENGLISH),
        wide=level in WIDE,
        ordinal=level in ORDINAL,
        reserved=bool(WORDS.reserved.match(words)),
        heading=not words if codes else not priced and bool(WORDS.heading.match(words)),
        intangible=bool(WORDS.intangible.match(words)),
    )


def _is_no_entry(words: str) -> bool:
    return bool(
        WORDS.catch_all.match(words)
        or WORDS.defines.match(words)
        or WORDS.note.match(words)
        or WORDS.procedure.match(words)
    )


def _list_things(words: str) -> Iterator[Thing]:
    """Read the names in the words, each with the numbers right after it."""
    runs = list(WORDS.tariffs.finditer(words))
    if not runs:
        return iter((Thing(read_name(words)),))
    return _list_numbered_things(words, runs)


def _list_numbered_things(words: str, runs: Sequence[re.Match[str]]) -> Iterator[Thing]:
    for begin, run in zip((0, *(run.end() for run in runs)), runs, strict=False):
        joint = WORDS.joint.match(words, begin, run.start()) if begin else None
        numbers = WORDS.number.finditer(words, run.start(), run.end())
        hs = dict.fromkeys(re.sub(r"\D", "", number[0]) for number in numbers)
        yield Thing(read_name(words[joint.end() if joint else begin : run.start()]), tuple(hs))


def read_name(words: str) -> str:
    """Shorten words to the name of the thing, without remarks in brackets and conditions; "" for a
    mere measure.
    """
    words = words.strip()
    if WORDS.measures.match(words):
        return ""
    for bracket in IN_BRACKETS.finditer(words):
        after = words[bracket.end() : bracket.end() + 12]
        if not re.match(r"\s[\w-]", after) or WORDS.asked.match(after):
            words = words[: bracket.start()] if bracket.start() else words[bracket.end() :]
            break
    words = words[: item_tree.find_bracket_start(words, 0, len(words))]
    words = NAME_END.split(words, maxsplit=1)[0]
    asked = None if WORDS.intangible.match(words) else WORDS.asked.search(words)
    return (words[: asked.start()] if asked else words).strip(" ,;:.()[]")


def list_prose_items(words: str, quote: str) -> Iterator[Item]:
    """The goods that words of a sentence name, with the tariff numbers behind each."""
    for thing in _list_things(words):
        if thing.name:
            yield Item({"en": thing.name}, hs=thing.hs, quote=quote)


def list_coded_items(words: str, quote: str) -> Iterator[Item]:
    """The goods by the code with which they open, else as they are called, with the HS codes of
    the sentence.
    """
    if match := WITH_CODE.match(words):
        name = re.split(r"\s(?:providing|having|with|capable|of \d)\b", match["name"])[0].strip(
            " .,;:\"”’'"
        )
        yield Item({"en": name or match["code"]}, (match["code"],), quote=quote)
    elif words[:1].isalpha():
        yield Item({"en": words.strip(" ;")}, hs=tuple(EIGHT.findall(quote)), quote=quote)


EIGHT = re.compile(r"(?<![\d.])\d{8}(?![\d.]\d)")
WITH_CODE = re.compile(rf"(?P<code>{CODE})\.?\s*(?P<name>[^.;]*)")


COUNTED_GOODS = ENGLISH.table("goods_tables").counted


def list_counted_goods(sentence: str) -> tuple[Item, ...]:
    """The goods behind the colon of a sentence that counts them, if they are as many."""
    counted = COUNTED_GOODS.search(blank_digits(sentence.strip()))
    if counted is None:
        return ()
    behind = sentence.strip()[counted.start("goods") :]
    named = [part.strip(" .") for part in GOODS_APART.split(behind)]
    if len(named) != parse_number(counted["count"]):
        return ()
    items = (_read_listed_goods(part, sentence.strip()) for part in named)
    return tuple(item for item in items if item.names["en"])


def _read_listed_goods(words: str, quote: str) -> Item:
    codes = tuple(dict.fromkeys(re.findall(CODE, words)))
    name = re.sub(CODE, "", IN_BRACKETS_BEHIND.sub("", words)).strip(" ,.()–—-") or words
    return Item({"en": name}, codes, quote=quote)


IN_BRACKETS_BEHIND = re.compile(r"(?<=\w)\s\([^()]{1,80}\)")
# not within brackets
GOODS_APART = re.compile(r"(?:[,;]\s(?:and\s)?|\sand\s)(?![^()]{0,200}\))")
