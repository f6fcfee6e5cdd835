"""The goods that acts whose verb closes its clause name: what it is done to, with their codes."""

import re

from monitor.extract.verb_final_lines import LEVEL, Line
from monitor.extract.words import Words
from monitor.model import Item


def find_goods(sentence: Line, text: str, since: int, begin: int, words: Words) -> list[Item]:
    """The goods that stand right before the verb as what it is done to."""
    match = words.goods.search(text, since, begin)
    if not match:
        return []
    printed = sentence.raw[match.start("name") : match.end("name")].strip()
    parts = (_item(part.strip(), sentence.raw, words) for part in APART.split(printed))
    return [item for item in parts if item]


def _item(printed: str, quote: str, words: Words) -> Item | None:
    bracket = re.search(r"[（(]([^（）()]+)[）)]\s*$", printed)
    name = printed[: bracket.start()].strip() if bracket else printed
    codes = tuple(dict.fromkeys(CODE.findall(printed)))
    hs = tuple(re.sub(r"\D", "", number) for number in HS.findall(printed.translate(LEVEL)))
    if bracket and CODE.fullmatch(name):
        name = bracket[1]
    level = name.translate(LEVEL)
    kind = KIND.fullmatch(level) or PLACES_COUNTED.fullmatch(level)
    if not name or kind or COUNTED.match(level) or PLACE.search(name):
        return None
    names = {words.as_written["language"]: name}
    return Item(names=names, codes=codes, hs=hs, quote=quote.strip())


APART = re.compile(r"(?<=[）)])\s*(?:및|[와과]|[,、・]|及び|並びに)\s*")
GOODS_COUNTED = re.compile(r"\d\s?(?:개\s?품목|종의?\s?품목|品目|項目)")
# of a list, where goods stand; and text that is added to a rule
PLACE = re.compile(r"の(?:項|号|欄|表)$|次の[\d一二三]?(?:号|項|条)$")
# what is no name but a kind of goods, or a number of countries
KIND = re.compile(
    r"(?:[^、。]{0,6}(?:対象と(?:なる|する)|対象の|該当する))?(?:貨物|品目|物品|技術|製品)等?"
)
PLACES_COUNTED = re.compile(
    r"(?<![第一二三四五六七八九十\d])[一二三四五六七八九十\d]{1,3}(?:か|カ|ヶ|箇)?(?:国|地域)(?!間|目|連)"
    r"|\d{1,3}\s?개국"
)
COUNTED = re.compile(r"\d{1,4}\s?(?:개|종|의?\s?품목|品目|項目|の|種)")


CODE = re.compile(r"(?<![\dA-Za-z])\d[A-E]\d{3}(?:\.[a-z0-9]{1,2})*")
HS = re.compile(r"(?:HS(?:K| ?コード| ?코드)?\s?|税番:?)(\d{4}(?:\.\d{2}){0,3})")
