"""The goods that acts in verb-final languages name: what it is done to, with their codes."""

import re
from collections.abc import Iterator, Sequence

from monitor.extract.verb_final.lines import LEVEL, Line, list_below
from monitor.extract.words import Words
from monitor.model import Item
from monitor.vocabulary.countries import spelt


def find_goods(sentence: Line, text: str, since: int, begin: int, words: Words) -> list[Item]:
    """The goods that stand right before the verb as what it is done to."""
    match = words.goods.search(text, since, begin)
    parts = list(_split_goods(text, *match.span("name"))) if match else []
    if match and match["name"].startswith(("これら", "이들")):
        return []  # what belongs to goods named before
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
    for line, mark in list_below(lines, words):
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
ENTRY = re.compile(r"[^.:,、。()\s][^.:,、。()]{0,80}\([^()]{1,40}\)")
ENTRIES = re.compile(
    rf"(?:[^.:。()]{{1,12}}:\s?)?(?P<all>{ENTRY.pattern}(?:[,、]\s?{ENTRY.pattern}){{0,20}})"
)


def _read_item(printed: str, quote: str, words: Words) -> Item | None:
    codes = tuple(dict.fromkeys(CODE.findall(printed)))
    printed = QUOTED.sub(r"\1", AMONG.sub("", LED.sub("", printed)))
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
CODE = re.compile(r"(?<![\dA-Za-z])\d[A-E]\d{3}(?:\.[a-z0-9]{1,2})*")
# before goods, their code or where they stand: `통제번호 6A003의 …`
LED = re.compile(rf"\A(?:통제번호|管理番号)\s?{CODE.pattern}(?:호?의\s?|の)|\A있는\s")
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
    r"[^、。]{0,60}(?:対象と(?:なる|する)|対象の)[^、。]{0,12}(?:団体|者|組織|企業|個人)等?|"
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


HS = re.compile(
    r"(?:(?:HS(?:K| ?コード| ?코드)?|税番)[\s:]{0,2}(?=\d{4})|(?=\d{4}\.\d\d\.\d{4}\b))"
    r"(\d{4}(?:[.-]?\d{2,4}){0,3})"
)
