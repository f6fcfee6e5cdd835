"""Plain text and Markdown → `Document`."""

import html
import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import charset_normalizer

from monitor.document import model
from monitor.document.columns import draw_columns
from monitor.document.model import Block, BlockKind, Document
from monitor.errors import ErrorKind, NotThePage, Unreadable
from monitor.vocabulary.letters import HAN

MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|table|ul|ol|span|br|article|section|h[1-6])\b[^>]*>",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"<?https?://\S+>?$")
SOURCE_LINE = re.compile(r"\s*(来源|作者|发布时间|时间|日期)\s*[:：]|\s*\d{4}-\d\d-\d\d")
PAGE_DATE = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
HEADING = re.compile(r"(?<!\s)\s*+#{1,6}\s++(\S.*)")
ITEM = re.compile(r"(?<!\s)\s*+[*+•]\s+(.+)")
RULE = re.compile(r"(?=[\s:|=+_-]+$)(?>(?:[^=_-]|([=_-])(?!\1\1))*)([=_-])\2\2")
# a row or a rule of a table that is drawn; a tree's branches have no bar behind them
DRAWN = re.compile(r"(?m)^[ \t\u3000]*[│┃║┌├└╔╠╚┏┣┗][^\n]*[│┃║┐┤┘╗╣╝┓┫┛][ \t\u3000]*$")
BARS = str.maketrans("│┃║┌├└╔╠╚┏┣┗┐┤┘╗╣╝┓┫┛┬┼┴╦╬╩┳╋┻─━═", "|" * 30 + "-" * 3)
LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s)\[]+)\)")
PRINTERS_BULLET = "<bullet>"  # of the Federal Register's plain texts
PRINTERS_LETTER = re.compile(  # a letter in the same texts: `T[uuml]rkiye`
    r"\[([A-Za-z]{1,2}(?:acute|grave|circ|uml|tilde|cedil|ring|caron|slash|lig))\]"
)
EARLY = 6
PARTING = ("|", "｜")
WITH_FIGURE = re.compile(r"(?=[^\t]*?[^\W\d_])[^\t]*+\t *\d[\d.,，]{0,15}\s*")
LEAST_TABS = 2  # in a row of a table
WIDE_SPACE = re.compile(r"(?<=\S) {2,}(?=\S)")
# a sentence is none; Chinese ones are the grammar's, which knows their words
NO_HEAD = re.compile(rf"\d|[a-z]{{3}}\.(?=\s|$)|{HAN.pattern}")


# what a generator of sites keeps at the head of a Markdown file
FRONT = re.compile(r"---[ \t]*\n((?:(?!---)[^\n]*\n){1,60})---[ \t]*\n")
FIELD = re.compile(r"(?m)^(title|date): ['\"]?([^\n]*?)['\"]?$")
SPAN = re.compile(r"</?(?:span|u|em|strong|sup|br)\b[^<>\n]{0,200}>")
FOLDED = re.compile(r"\\?\n[ \t]+(?:\\(?= ))?|\\_")  # a long value goes on in the next line


def has_markup(text: str) -> bool:
    """Return whether a text is HTML: it has a tag of it near its beginning, and no head of
    Markdown.
    """
    return MARKUP.search(text[:5000]) is not None and not FRONT.match(text)


def read_text(text: str) -> Document:
    """The words of a plain text, a line a block; Markdown's headings, bullets, links and tables
    are understood, and tables that are drawn.
    """
    front = FRONT.match(text)
    head = dict(FIELD.findall(FOLDED.sub(" ", front[1]))) if front else {}
    text = DRAWN.sub(
        lambda row: row[0].translate(BARS),
        draw_columns(SPAN.sub("", text[front.end() :]) if front else text),
    ).replace(PRINTERS_BULLET, "•")
    text = PRINTERS_LETTER.sub(lambda mark: html.unescape(f"&{mark[1]};"), text)
    lines = [
        line for line in join_wrapped(text.splitlines()) if line.strip() and not RULE.match(line)
    ]
    blocks = tuple(_list_blocks(lines))
    links = tuple((title, url) for title, url in LINK.findall(text))
    day = PAGE_DATE.match(head.get("date", ""))
    return Document(
        title=" ".join(head.get("title", "").split()) or _find_title(blocks),
        blocks=blocks,
        links=links,
        published=day[0] if day else _find_published(lines),
    )


# A printer breaks lines at one width (`Aarhus Undersea` ends one, `Systems A/S` begins the next).
NARROWEST, WIDEST = 40, 120  # columns of such a text; a Chinese character has two
MANY = 8  # lines that go on with a small letter, before a text with wider lines counts so
HANGS = re.compile(
    r"\b(?:an?|the|of|to|and|or|for|in|on|by|with|that|which|who|under|from|as|is|are)\s*$"
)
COLUMNS = re.compile(r"\S {3,}\S|^ {12}")  # a row of a table without tabs
FEWEST = 3  # lines that end in mid-sentence, before a text counts as hard-wrapped
# A Chinese text is broken within a Latin word too: few of its words begin with a small letter.
CUT_WORD = re.compile(
    r"(?!(?:of|for|and|the|de|del|della|di|da|do|dos|la|le|el|al|und|et|van|von|der|den|y|e|in|to)\b)[a-z]"
)
# the part of the width by which lines differ: marks hang out, figures take half a column
MAY_VARY = 6
HANGS_OUT = 4  # columns by which a line of prose may be wider than those that surely go on
OPENS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（〔【\[](?![A-Z][a-z]{2})|\d{1,3}[.、．)）](?!\s*(?:[；;。，,、]|$))|\d{1,3}\u3000|[a-z][.)]\s|[-–—*•·#|]|第[一二三四五六七八九十百]{1,4}[条章]|"
    r"(?:Article|Section|Annex|附件)\b|[A-Z]{4,20}(?: [A-Z]{2,20}){0,3}:\s)"
)
ENDED = re.compile(r"[。.;；:：!?！？]\s*$")
INDENTED = re.compile(rf"(?: {{1,4}}|\u3000{{1,2}}){HAN.pattern}")  # as a paragraph opens
UNFINISHED = re.compile(r"[\w，、]\s*$")
LEAST = 3  # the part of the width that a line has that goes on
DATED = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}\]?\s*$")  # an entry of a list of titles


def join_wrapped(lines: list[str]) -> list[str]:
    """Return the lines of a text, joined where one width broke them; as they are without such a
    width.
    """
    plain = [line for line in lines if not any(mark in line for mark in ("\t", *PARTING))]
    # a line of the letterhead may be wider, and a title may stand in one line all the same
    measured = (_list_prose(plain), plain, plain[1:])
    return next(filter(None, (_join_lines(lines, each) for each in measured)), lines)


def _list_prose(lines: list[str]) -> list[str]:
    """The lines of English prose that one width broke, beside a table or what no width broke; none
    without: some of them end with a word that asks for the next one.
    """
    prose = [line for line in lines if not COLUMNS.search(line)]
    broken = [
        line
        for line, below in pairwise(prose)
        if below.strip()[:1].islower() and _count_columns(line) <= WIDEST
    ]
    if len(broken) < MANY or sum(map(bool, map(HANGS.search, broken))) < FEWEST:
        return []
    widest = max(map(_count_columns, broken))
    return [line for line in prose if _count_columns(line) <= widest + HANGS_OUT]


def _join_lines(lines: list[str], measured: list[str]) -> list[str]:
    """Return the lines joined where the width of the `measured` ones broke them; none without
    such a width.
    """
    widest = max(map(_count_columns, measured), default=0)
    if not NARROWEST <= widest <= WIDEST:
        return []
    opens = _find_openings(lines)
    broken = [
        not opens(below) and _is_broken(line, below, widest) for line, below in pairwise(lines)
    ]
    if (
        sum(cut and not ENDED.search(line) for cut, line in zip(broken, lines, strict=False))
        < FEWEST
    ):
        return []
    joined = lines[:1]
    for cut, below in zip(broken, lines[1:], strict=True):
        if cut or _goes_on_flush(joined[-1], below, widest):
            joined[-1] = _join_two(joined[-1].rstrip(), below.strip())
        else:
            joined.append(below)
    return joined


def _find_openings(lines: list[str]) -> Callable[[str], bool]:
    """Return what tells whether a line opens a paragraph or an entry: if lines that go on are
    flush, one that is indented does.
    """
    going_on = [line for line in lines if line.strip()[:1].islower()]
    indented = sum(line.startswith(" ") for line in going_on)
    flush = len(going_on) >= MANY and indented * 10 < len(going_on)
    return lambda line: flush and line.startswith("  ")


def _join_two(line: str, below: str) -> str:
    """Join two lines; a word that was parted at its end is whole again, a compound keeps its hyphen."""
    if PARTED.search(line) and below[0].islower():
        return line[:-1] + below
    hyphen = HYPHEN.search(line) and below[0].isalnum()
    return line + ("" if hyphen else _choose_separator(line, below)) + below


# `com-` above `posed`; not `re-` above `exports`
PARTED = re.compile(
    r"(?<![\w-])(?!(?:re|non|anti|co|self|end|dual|high|low|multi|in|so|well|long|short|third|semi|pre|post|sub|full|part|free|off|on|up|out|cross|ex|vice|to|by|day|month|year|case|single|double|one|two|three|state|counter)-)(?i:[a-z])[a-z]{1,11}-$"
)
HYPHEN = re.compile(r"[^\W\d_]-$")


def _choose_separator(line: str, below: str) -> str:
    """Choose what replaces a break: a space between Latin words, nothing within a number or Chinese
    text.
    """
    is_cut = HAN.search(line) and (
        (line[-1:].isdigit() and below[:1].isdigit()) or CUT_WORD.match(below)
    )
    return " " if line[-1:].isascii() and below[:1].isascii() and not is_cut else ""


def _is_broken(line: str, below: str, widest: int) -> bool:
    """Return whether the next line continues this one: its first word would not have fitted."""
    if (
        not line.strip()
        or not below.strip()
        or any(mark in line + below for mark in ("\t", *PARTING))
        or COLUMNS.search(line.rstrip())
        or COLUMNS.search(below.rstrip())
        or OPENS.match(below)
        or DATED.search(line)
    ):
        return False
    first = below.split(maxsplit=1)[0]
    word = first if first.isascii() else first[:1]
    return (
        _count_columns(line.rstrip())
        <= widest
        < _count_columns(line.rstrip()) + _count_columns(word) + widest // MAY_VARY
    )


def _goes_on_flush(line: str, below: str, widest: int) -> bool:
    """Return whether a flush line goes on with an indented Chinese one that is not at its end."""
    return bool(
        INDENTED.match(line)
        and _count_columns(line) > widest // LEAST
        and HAN.match(below)
        and UNFINISHED.search(line)
        and not OPENS.match(below)
    )


def _count_columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(map("WF".count, map(unicodedata.east_asian_width, text)))


def _list_blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    tabbed, spaced = _find_tabbed(lines), _find_spaced(lines)
    for place, line in enumerate([*lines, ""]):
        if line.strip().startswith("|") or place in tabbed:
            rows.append(_split_cells(line))
            continue
        if place in spaced:
            rows.append(tuple(WIDE_SPACE.split(line.strip())))
            continue
        if rows:
            blocks.append(Block.table(rows))
            rows = []
        if line:
            blocks.append(_make_block(line))
    return blocks


def _split_cells(line: str) -> tuple[str, ...]:
    by = (
        "\t"
        if "\t" in line and not line.strip().startswith("|")
        else next((mark for mark in PARTING if mark in line.strip().strip("|")), "|")
    )
    row = line.strip(" \r\n")
    # a bar at the end of a row that none opens parts an empty cell
    last = ("",) if row.endswith("|") and not row.startswith("|") else ()
    return *(cell.strip() for cell in row.strip("|").split(by)), *last


def _find_tabbed(lines: list[str]) -> set[int]:
    """Find the rows of tables with tabs or bars between cells: two or more lines in a row."""
    wide = [
        max(line.strip(" ").rstrip().count(mark) for mark in ("\t", *PARTING)) >= LEAST_TABS
        for line in lines
    ]
    beside = zip([False, *wide], wide, [*wide[1:], False], strict=False)
    return _find_figures(lines) | {
        place for place, (before, here, after) in enumerate(beside) if here and (before or after)
    }


def _find_figures(lines: list[str]) -> set[int]:
    """Find the rows of tables of two columns, below a head: words, a tab and a figure in two or
    more lines.
    """
    found: set[int] = set()
    figures = [WITH_FIGURE.fullmatch(line) is not None for line in lines]
    for place, (here, below) in enumerate(pairwise(figures)):
        head = place - 1 in found or (place and lines[place - 1].strip().count("\t") == 1)
        if head and here and below:
            found |= {place - 1, place, place + 1}
    return found


def _find_spaced(lines: list[str]) -> set[int]:
    """Find the rows of tables with wide spaces between cells: below a head of as many."""
    found: set[int] = set()
    head = columns = 0
    for place, line in enumerate(lines):
        spaces = len(WIDE_SPACE.findall(line.strip()))
        if spaces == columns >= LEAST_TABS:
            found |= {head, place}
        else:
            head, columns = place, 0 if NO_HEAD.search(line) else spaces
    return found


def _make_block(line: str) -> Block:
    if heading := HEADING.match(line):
        return Block(
            BlockKind.HEADING, heading[1].rstrip().rstrip("#").rstrip() or heading[1].rstrip()
        )
    if item := ITEM.match(line):
        return Block(BlockKind.ITEM, LINK.sub(r"\1", item[1].strip()))
    return Block(BlockKind.PARAGRAPH, LINK.sub(r"\1", line.strip().replace("**", "")))


def _find_title(blocks: tuple[Block, ...]) -> str:
    early = [
        block
        for block in blocks[:EARLY]
        if block.kind is not BlockKind.TABLE and model.is_page_name(block.text)
    ]
    headings = [block.text for block in early if block.kind is BlockKind.HEADING]
    others = (
        block.text
        for block in early
        if not ADDRESS.match(block.text) and not SOURCE_LINE.match(block.text)
    )
    return next(iter(headings), None) or next(others, "")


def _find_published(lines: list[str]) -> str | None:
    for line in lines[:EARLY]:
        if SOURCE_LINE.match(line) and (day := PAGE_DATE.search(line)):
            return "-".join(f"{int(part):02}" for part in day.groups())
    return None


# Bytes → text: strict UTF-8, else what the page declares, else a guess; ruined text is refused by
# name.

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# The Chinese national encodings contain each other; only the largest decodes every page that claims
# a smaller one.
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
}
META = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_.:-]+)", re.IGNORECASE)
NAMED = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.IGNORECASE)
TOLERATED = 0.001  # of the characters may be none of the charset, or controls
FEWEST_MARKS = 20  # question marks in runs: fewer are punctuation
RUINED = re.compile(r"\?{4,}")
# the letters of Windows for bytes that are controls elsewhere
WINDOWS = {
    ord(letter): code
    for code in range(128, 160)
    if (letter := bytes([code]).decode("cp1252", "ignore"))
}
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a]")


def decode(body: bytes, declared: str = "") -> str:
    """The body as text. `declared` is a charset's name or a whole Content-Type header.

    Raises:
        Unreadable: no charset we know gives text.
        NotThePage: the words were replaced by question marks before they were sent.
    """
    text = _mend_twice(_decode_text(body, declared))
    if not text.strip():
        raise Unreadable("no text: the body is empty")
    if len(CONTROLS.findall(text)) > TOLERATED * len(text):
        raise Unreadable("not text: the body is binary")
    # With other letters left, marks must be many; without any, a hundredth is enough: most of a
    # feed is markup.
    marks, share = sum(map(len, RUINED.findall(text))), 100 if text.isascii() else 10
    if marks >= FEWEST_MARKS and marks > 2 * len(HAN.findall(text)) and marks * share > len(text):
        raise NotThePage(
            "the words were replaced by question marks before they reached us",
            ErrorKind.QUESTION_MARKS,
        )
    return text


def _mend_twice(text: str) -> str:
    """Undo UTF-8 that was read as another charset and encoded again, if all letters are so."""
    try:
        mended = text.translate(WINDOWS).encode("latin-1").decode()
    except UnicodeError:
        return text
    return mended if len(text) - len(mended) >= FEWEST_MARKS else text


def _decode_text(body: bytes, declared: str) -> str:
    for mark, charset in BOMS:
        if body.startswith(mark):
            return _check_whole(body[len(mark) :].decode(charset, errors="replace"), charset)
    try:
        return _check_whole(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_other(body, declared)


def _decode_other(body: bytes, declared: str) -> str:
    charsets = _list_charsets(body, declared)
    if not charsets:
        best = charset_normalizer.from_bytes(body[:65536]).best()
        charsets = [WIDER.get(best.encoding, best.encoding) if best else "utf-8"]
    for charset in charsets[:-1]:
        text = body.decode(charset, errors="replace")
        if text.count("\ufffd") <= TOLERATED * len(text):
            return text
    return _check_whole(body.decode(charsets[-1], errors="replace"), charsets[-1])


def _list_charsets(body: bytes, declared: str) -> list[str]:
    """The charsets that the server and the page name, if we know them."""
    told = NAMED.search(declared)
    meta = META.search(body[:4096])
    names = [
        told[1] if told else declared if "/" not in declared else "",
        meta[1].decode("ascii") if meta else "",
    ]
    known = (
        WIDER.get(name, name)
        for name in (label.strip().lower() for label in names)
        if name and _is_known(name)
    )
    return list(dict.fromkeys(known))


def _is_known(name: str) -> bool:
    try:
        b"a".decode(name)
    except (LookupError, ValueError):  # no such charset, or a codec that gives no text
        return False
    return True


def _check_whole(text: str, charset: str) -> str:
    lost = text.count("\ufffd")
    if lost > TOLERATED * len(text):
        raise Unreadable(f"{lost} of {len(text)} characters are not {charset}")
    return text
