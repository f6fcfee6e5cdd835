"""The parts of acts in verb-final languages: lines and sentences, printed and levelled; days;
goods.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from monitor.days import add_duration
from monitor.document import Document
from monitor.extract.words import Words
from monitor.model import End, Item, Start, frozen
from monitor.names.numerals import parse_number
from monitor.vocabulary.countries import spelt

# Full-width signs become half-width ones, letter by letter.
LEVEL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x301C: 0x7E}
LONGEST = 2_000  # characters of a line that are read
LINES = 2_000  # of a document that are read


@frozen
class Line:
    """A line as printed and levelled, both of one length."""

    raw: str
    text: str
    cells: tuple[str, ...] = ()


def split_lines(document: Document) -> list[Line]:
    """The lines of a document; a row of a table is one line with its cells."""
    made: list[Line] = []
    for block in document.blocks:
        for row in block.rows:
            cells = tuple(cell.strip() for cell in row)
            raw = "\t".join(cells)
            made.append(Line(raw, raw.translate(LEVEL), cells))
        if not block.rows:
            made += (
                Line(raw, raw.translate(LEVEL))
                for raw in (part.strip() for part in block.text.splitlines())
                if raw
            )
    return [Line(line.raw[:LONGEST], line.text[:LONGEST], line.cells) for line in made[:LINES]]


def split_columns(line: Line, words: Words) -> list[str]:
    """The columns behind the country that a line opens with, a number before it or not: `1　中国
    Acme Ltd.`, `中国／某有限公司／Acme Ltd.`.
    """
    mark = words.mark.match(line.text)
    country, *behind = COUNTRY.split(line.raw[mark.end() if mark else 0 :], maxsplit=1)
    if not behind or country not in spelt(words.as_written["language"]):
        return []
    cells = (re.split(r"[\u3000\t／]+", NOTE.sub(_format_alias, cell)) for cell in behind)
    return [cell.strip() for within in cells for cell in within]


def _format_alias(note: re.Match[str]) -> str:
    return f"\t{note['alias']}" if note["alias"] else ""


def split_row(line: Line) -> list[str]:
    """The columns of a numbered row that is printed with strokes: `1 / Acme LLC / 중국`."""
    cells = STROKE.split(line.raw.strip())
    return cells if len(cells) > 2 and cells[0].isdecimal() else []


STROKE = re.compile(r"\s[/／|]\s")
COUNTRY = re.compile(r"\s?[／\s:：]\s*")
# a number in another list, or another name, in brackets behind a name
NOTE = re.compile(
    r"\s?[（(](?:(?:[^A-Za-z（）()\d]{0,10}|No\.?\s?)\d{1,6}"
    r"|(?:別名|旧称|별칭)[\s:：]?(?P<alias>[^（）()ぁ-ん]{1,80})[^（）()]{0,20})[）)](?=$|[\u3000\t／])"
)


def find_sentences(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Find where each sentence of a text begins and ends."""
    begin = 0
    for stop in words.stop.finditer(blank_asides(text) + "\n"):
        yield begin, min(stop.end(), len(text))
        begin = stop.end()
    if text[begin:].strip():
        yield begin, len(text)


ASIDE = re.compile(r"\((?:[^()]|\([^()]*\))*\)|「[^「」]*」|『[^『』]*』|“[^“”]*”|‘[^‘’]*’")


def blank_asides(text: str) -> str:
    """A text of the same length, with blanks within brackets and quotation marks."""
    return ASIDE.sub(lambda aside: aside[0][0] + "\x00" * (len(aside[0]) - 2) + aside[0][-1], text)


def list_sentences(lines: Sequence[Line], words: Words) -> Iterator[tuple[str, str]]:
    """The sentences of all lines, levelled and as printed; a heading for a period opens its
    sentence.
    """
    heading = ""
    for line in lines:
        mark = words.mark.match(line.text) if heading else None
        yield from (
            (
                heading + line.text[max(begin, mark.end() if mark else 0) : end],
                line.raw[begin:end].strip(),
            )
            for begin, end in find_sentences(line.text, words)
        )
        heading = f"{line.text}:" if words.heads_period.fullmatch(line.text) else ""


# When an act begins and ends.


def read_number(text: str, words: Words) -> int | None:
    """`12`, `十二`, `두` as a number."""
    return words.as_written["numbers"].get(text) or parse_number(text)


def read_day(match: re.Match[str], published: str, words: Words) -> str | None:
    """`令和九年二月五日`, `2029年4月1日`, `同年8月6日`, `2028. 7. 11.`, `9월 16일` as an ISO date."""
    printed = match["year"]
    year = (read_number(printed, words) or 0) if printed else int(published[:4] or 0)
    era = match.groupdict().get("era")
    try:
        month, dayno = (read_number(match[part], words) or 0 for part in ("month", "day"))
        return date(year + words.as_written["eras"].get(era, 0), month, dayno).isoformat()
    except ValueError:
        return None


def find_start(
    lines: Sequence[Line], words: Words, published: str | None, *, whole: bool = False
) -> Start | None:
    """Find when the act says that it begins; as a `whole`, and not an exception of it."""
    starts = list_starts(lines, words, published)
    return next((each for each in starts if not (whole and opens_exception(each, words))), None)


def opens_exception(start: Start, words: Words) -> bool:
    """Return whether an exception says a start (`다만, …은 …부터 적용한다`)."""
    return words.proviso.match((start.quote or "").translate(LEVEL)) is not None


def list_starts(lines: Sequence[Line], words: Words, published: str | None) -> Iterator[Start]:
    """The days on which the sentences of an act say that something begins."""
    last = published
    for text, quote in list_sentences(lines, words):
        if words.history.search(text):
            continue
        if match := words.begins.search(text):
            day = next((day for day in words.day.finditer(text, match.start(), match.end())), None)
            on = read_day(day, published or "", words) if day else None
            if day and on and (clock := words.clock.match(text, day.end())):
                on = f"{on}T{int(clock['hour']):02}:00{words.as_written['offset']}"
            if on:
                yield Start(on, "explicit", quote)
                continue
        at_once = words.at_once.search(text) if published else None
        before = words.day.finditer(text, 0, at_once.start() if at_once else len(text))
        days = [read_day(day, published or "", words) for day in before]
        last = next(filter(None, reversed(days)), last)
        if published and at_once:
            is_same = last and last > published and words.same_day.match(at_once[0])
            yield Start(last if last and is_same else published, "publication", quote)


def list_later(
    lines: Sequence[Line], words: Words, published: str | None
) -> Iterator[tuple[str, Start]]:
    """The parts of an act that begin on days of their own: `다만, 별표 3의 개정규정은 …부터`."""
    for text, quote in list_sentences(lines, words):
        for match in words.later.finditer(text):
            day = words.day.search(match[0], match.end("part") - match.start())
            if day and (on := read_day(day, published or "", words)):
                parts = words.joins.split(match["part"])
                yield from ((part, Start(on, "explicit", quote)) for part in parts)


def find_end(lines: Sequence[Line], words: Words, published: str | None) -> End | None:
    """The last day that the act says, else the one that its length gives."""
    sentences = list(list_sentences(lines, words))
    for text, quote in sentences:
        if match := words.lasts.search(text):
            days = list(words.day.finditer(text, match.start(), match.end()))
            on = read_day(days[-1], published or "", words) if days else None
            if on:
                return End(on, "explicit", quote=quote)
    for text, quote in sentences:
        if (term := words.term.search(text)) and (first := find_start(lines, words, published)):
            length = read_number(term["length"], words)
            unit = words.as_written["units"][term["unit"]]
            if length and (last := add_duration(first.on[:10], length, unit)):
                return End(last, "computed", duration=f"P{length}{unit}", quote=quote)
    return None


# The goods that acts name: what it is done to, with their codes.


def find_goods(sentence: Line, text: str, since: int, begin: int, words: Words) -> list[Item]:
    """The goods that stand right before the verb as what it is done to."""
    match = words.goods.search(text, since, begin)
    parts = list(_split_goods(text, *match.span("name"))) if match else []
    if len(parts) > 1 and COUNTED.search(AMONG.sub("", text[slice(*parts[-1])])):
        return []  # fields, and how many goods are of them
    items = (_read_item(sentence.raw[slice(*part)].strip(), sentence.raw, words) for part in parts)
    return [item for item in items if item]


def _split_goods(text: str, since: int, until: int) -> Iterator[tuple[int, int]]:
    """Find where each of the goods stands that commas, or what follows a bracket, part.

    Two that only an “and” joins can be one: `AとBの制御装置`.
    """
    apart = ALL_APART if COMMA.search(text, since, until) else APART
    for mark in apart.finditer(text, since, until):
        yield since, mark.start()
        since = mark.end()
    yield since, until


def list_goods(lines: Sequence[Line], words: Words) -> Iterator[Item]:
    """The goods that stand in a list, each with its tariff number in brackets: an entry each, or
    behind a label.
    """
    for line in lines:
        mark = words.mark.match(line.text)
        entries = ENTRIES.fullmatch(line.text, mark.end()) if mark and not line.cells else None
        for entry in ENTRY.finditer(line.text, entries.start("all")) if entries else ():
            item = _read_item(line.raw[slice(*entry.span())], line.raw, words)
            if item and item.hs:
                yield item


def list_goods_below(lines: Sequence[Line], words: Words) -> list[Item]:
    """The goods of the marked lines right below a sentence that says that goods follow; none where
    one of them is no name of goods.
    """
    items: list[Item] = []
    for line, mark in _list_below(lines, words):
        item = _read_item(line.raw[mark:].strip(), line.raw, words)
        if not item or words.no_goods.search(line.text):
            return []
        items.append(item)
    return items


def list_table_goods(lines: Sequence[Line], words: Words) -> Iterator[Item]:
    """The goods of tables that have a column of tariff numbers: each row a name and its number."""
    columns: tuple[int, int] | None = None
    for line in lines:
        cells = line.cells
        codes = [
            at for at, cell in enumerate(cells) if CODE_COLUMN.fullmatch(cell.translate(LEVEL))
        ]
        named = [
            at for at, cell in enumerate(cells) if NAME_COLUMN.fullmatch(cell.translate(LEVEL))
        ]
        if codes and named:
            columns = codes[0], named[0]
        elif not cells or not columns or len(cells) <= max(columns):
            columns = None
        elif TARIFF.fullmatch(number := cells[columns[0]].translate(LEVEL)):
            name = {words.as_written["language"]: cells[columns[1]]}
            yield Item(name, hs=(re.sub(r"\D", "", number),), quote=line.raw.strip())


CODE_COLUMN = re.compile(
    r"HSK?(?:\s?(?:コード|番号|코드|번호|[Cc]ode))?|(?:統計|税表?)番号|(?:품목|세)번호?|품목\s?코드"
)
NAME_COLUMN = re.compile(
    r"(?:対象)?(?:品目|貨物|物品)の?(?:名称?)?|品名|(?:대상\s?)?(?:품목|물품)(?:명칭?)?|품명"
)
TARIFF = re.compile(r"\d{4}(?:[. ]?\d\d){0,3}(?:\.\d{4})?")


def list_rule_texts(lines: Sequence[Line], words: Words) -> Iterator[str]:
    """The entries that an act writes into a rule, below the sentence that says so."""
    for place, line in enumerate(lines):
        if words.rule_follows.search(line.text):
            yield from (below.raw.strip() for below, _ in _list_below(lines[place + 1 :], words))


def _list_below(lines: Sequence[Line], words: Words) -> Iterator[tuple[Line, int]]:
    """The first lines with marks of one look, without sentences, and where each mark ends."""
    shape = ""
    for line in lines:
        mark = words.mark.match(line.text)
        if not mark or line.cells or words.stop.search(line.text + "\n"):
            return
        shape = shape or _describe_mark(mark[0])
        if _describe_mark(mark[0]) != shape or words.heads_period.fullmatch(line.text):
            return
        yield line, mark.end()


def _describe_mark(mark: str) -> str:
    """Return the look of a mark: equal for `(1)` and `(2)`, `가.` and `나.`."""
    return re.sub(r"[가-하](?=\.)|[\d一二三四五六七八九十]+", "1", mark.strip())


def count_on(mark: str) -> str:
    """Return the mark behind one with a number: `②` behind `①`, `3)` behind `2)`; "" if it has none."""
    following = COUNTER.sub(
        lambda sign: str(int(sign[0]) + 1) if sign[0].isdecimal() else chr(ord(sign[0]) + 1), mark
    )
    return following.strip() if following != mark else ""


COUNTER = re.compile(r"[①-⑲]|\d{1,3}")
ENTRY = re.compile(r"[^.:,、。()\s][^.:,、。()]{0,80}\([^()]{1,40}\)")
ENTRIES = re.compile(
    rf"(?:[^.:。()]{{1,12}}:\s?)?(?P<all>{ENTRY.pattern}(?:[,、]\s?{ENTRY.pattern}){{0,20}})"
)


def _read_item(printed: str, quote: str, words: Words) -> Item | None:
    codes = tuple(dict.fromkeys(CODE.findall(printed)))
    printed = QUOTED.sub(r"\1", AMONG.sub("", printed))
    bracket = re.search(r"[（(]([^（）()]+)[）)]\s*$", printed)
    name = printed[: bracket.start()].strip() if bracket else printed
    hs = tuple(re.sub(r"\D", "", number) for number in HS.findall(printed.translate(LEVEL)))
    if bracket and re.fullmatch(rf"제?{CODE.pattern}호?", name):
        name = bracket[1]
    elif not re.search(r"\d", bracket[1] if bracket else "0"):  # it limits the goods
        name = printed
    level = name.translate(LEVEL)
    kind = KIND.fullmatch(level) or PLACES_COUNTED.fullmatch(level) or TRADE.search(level)
    is_place = level.strip(QUOTES) in spelt(words.as_written["language"])
    if not name or kind or is_place or COUNTED.search(level) or PLACE.search(name):
        return None
    names = {words.as_written["language"]: name}
    return Item(names, codes, hs, quote=quote.strip())


COMMA = re.compile(r"[,、]")
# an entry of a rule in marks, with its number or code
QUOTED = re.compile(
    r"\A[「\"“](?:(?:[一二三四五六七八九十\d]{1,3}|제?\d[A-E]\d{3}(?:\.[a-z0-9]{1,2})*호?)\s+)?"
    r"([^「」\"“”]+)[」\"”]\Z"
)
QUOTES = "\"'“”‘’「」"
APART = re.compile(r"(?<=[）)])\s*(?:및|[와과]|[,、・]|及び|並びに)\s*")
ALL_APART = re.compile(r"[,、]\s*(?:및\s|及び|並びに)?|\s및\s|及び|並びに|(?<=[）)])\s*[와과・]\s*")
GOODS_COUNTED = re.compile(r"(?P<count>\d{1,4})\s?(?:개\s?품목|종의?\s?품목|品目|項目)")
# of a list, where goods stand; and text that is added to a rule
PLACE = re.compile(
    r"の(?:項|号|欄|表)$|次の[\d一二三]?(?:号|項|条)$|第[^、。]{1,12}[条項号]$"
    r"|제\d{1,4}(?:조|항|호|목)(?:의\d)?(?:제\d{1,4}[항호목]){0,4}(?:부터 [^,.]{1,16}까지)?$"
    r"|(?:연번|번호)\s?\d{1,4}(?:부터 \d{1,4}까지)?$|番号\s?\d{1,4}(?:から\s?\d{1,4}まで)?$"
)
# what is no name but a kind of goods, or a number of countries
KIND = re.compile(
    r"(?:[^、。]{0,12}(?:対象と(?:なる|する)|対象の|該当する|を要する))?(?:貨物|品目|物品|技術|製品)等?"
    r"|(?:(?:대상|제한|해당|추가|삭제)\s?)?(?:물품|품목|기술)"
    r"|(?:.{1,40}\s)?(?:다음|아래)(?:의| 각 호의)?\s(?:물품|품목|기술|제품|물자)"
    r"|(?:.{1,40}(?:に|へ|から))?(?:次|下記|以下|[上下]表|別[紙表])の(?:貨物|品目|物品|技術|製品)等?"
)
PLACES_COUNTED = re.compile(
    r"(?<![第一二三四五六七八九十\d])[一二三四五六七八九十\d]{1,3}(?:か|カ|ヶ|箇)?(?:国|地域)(?!間|目|連)"
    r"|\d{1,3}\s?개국"
)
COUNTED = re.compile(
    r"\A\d{1,4}\s?(?:개|종|의?\s?품목|品目|項目|の|種)|\d\s?(?:개\s?|종의?\s?)?(?:품목|品目|項目)\Z"
)
# how many they are, of whom some are named
AMONG = re.compile(
    r"(?<=\S)\s?(?:等の|など|等|등)\s?\d{1,4}\s?(?:개\s?|종의?\s?)?(?:품목|品目|項目)\Z"
)
# what is done with goods
TRADE = re.compile(
    r"(?:輸出入?|輸入|取引|移転|提供|売買|仲介|許可|承認|수출입?|수입|거래|이전|제공|중개|허가|승인)等?\Z"
)


CODE = re.compile(r"(?<![\dA-Za-z])\d[A-E]\d{3}(?:\.[a-z0-9]{1,2})*")
HS = re.compile(
    r"(?:(?:HS(?:K| ?コード| ?코드)?|税番)[\s:]{0,2}(?=\d{4})|(?=\d{4}\.\d\d\.\d{4}\b))"
    r"(\d{4}(?:\.\d{2,4}){0,3})"
)
