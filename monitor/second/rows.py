"""Tell a row of a list, and whether what stands in it may be a name. Pure."""

import re

from monitor.extract.zh.words import CHINESE
from monitor.model import Entity, Item, frozen
from monitor.second.deed import language_of
from monitor.second.names import TABLES
from monitor.vocabulary.letters import HAN_RANGE

# what may open a row, before its name: a field, a bullet, a number, a control code
KIND = (
    r"(?:(?i:a\.?k\.?a\.?|f\.?k\.?a\.?|aliases|(?:natural |legal )?persons?"
    r"|individuals?|entit(?:y|ies)|organi[sz]ations?|bodies|vessels?"
    r"|name(?: of (?:the )?\w+)?)"
    r"|又名|别名|曾用名|组织|个人|人员|企业|实体|机构|公司|名称|姓名|団体|個人|단체|개인|법인)"
)
OPENS_ROW = re.compile(
    rf"(?:附[表件]\d{{0,2}}:)?[-•·*\s]*+(?:(?:[一二三四五六七八九十]{{1,3}}、|\d{{1,4}}[.)]?\s)?"
    rf"(?:[A-Z]{{2}}[a-z]{{1,2}}\.\d{{3}} )?{KIND}:|\({KIND}\)|Item \d{{1,4}}: )?"
    r"(?:Under the destination of [^:]{3,40}:|编号:?\s?[0-9A-Z]{4,12}\s?)?"
    r"[\s•·\-*“\"\['‘①-⑳]*(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,5}(?![\d年月日])|[a-z]|[ivx]{1,4})[、.):]?[\s、.)]*)?"
    r"(?:\d[A-E]\d{3}[0-9a-z.]*[.,:：]?\s*)?[“\"]?"
)
CELL = re.compile(rf"(?:[\t|/] ?(?:{KIND}: ?)?|; ?{KIND}: ?)[“\"]?$")
# somebody in a row with others: a role, and behind the name its form in Latin letters
ROLED = re.compile(rf"(?:包括|[,、;])[{HAN_RANGE}“”]{{0,14}}$")
COUNTRY_QUOTED = re.compile(rf"[{HAN_RANGE}]{{2,8}}[“\"]")
LISTED = re.compile(r"[、;]\s*(?:和|及|and\s)?(?:第\d{1,3}项)?[“\"]?$|(?:和|及)$")
JOINS = re.compile(r"(?:[,、]\s?|\sand\s|和|及)\Z")
LISTS_ON = re.compile(r"[,、.。;(]|\sand\s|和|及|$")
BRACKET = re.compile(
    r"[(（](?:(?:a\.?k\.?a\.?|f\.?k\.?a\.?|formerly|also known as|又名|原名|简称"
    r"|(?:Chinese|Japanese|Korean|Arabic|Persian|Farsi|Russian|Ukrainian|Cyrillic|Hebrew)(?: [A-Z][a-z]+)?)[:：]?\s*)?[“\"]?$"
)
TOLD_ON = re.compile(rf"[^()]*\)[{HAN_RANGE}]")  # behind a bracket: it is prose
ENDS_NAME = re.compile(
    rf"\s[—–-]\s|\d[\d,.]*(?:吨|公斤|千克)|\s[{HAN_RANGE}]|及其[他它]"
    r"|[\s\"”'’]*(?:$|[,，、;；:：(（\[\t|/.。)）\]])|的$"
)
ROLE = re.compile(rf"[{HAN_RANGE}“”\"·、]{{2,60}}[官员长席裁理监问任授士师人]$")
OTHER_NAME = re.compile(
    rf"[{HAN_RANGE}\u3041-\u30fa・ー·()]{{2,60}}\s?"
)  # a Latin one stands behind
TRANSLATED = re.compile(r" ?\([A-Z]")  # behind a name: it is no prose
SPELT = re.compile(r"[A-Za-z.] \([^()]*$")  # before a second spelling in brackets
IN_LATIN = re.compile(r" |[A-Z][\w.,'’&-]* ")  # its form in Latin letters
NO_LATIN = re.compile(rf"[{HAN_RANGE}\u3041-\u30fa]$")
HAN_ONLY = re.compile(rf"[{HAN_RANGE}]+")
BESIDE_LATIN = re.compile(r"[”\"]| ?\(?[A-Z]|[\t|]")
PROSE = re.compile(r"[。]|[a-z\])]\.\s+[A-Z]")
BIDS = re.compile(r"提交|应当|应按")  # what stands below is no list of the act's
HEADINGS = CHINESE.table("items").table_of("headings")
COLUMNS = re.compile(
    r"(?i:(?:location|address|identifying|date|reasons?|statement|nationality|position|remarks|information|function)\b[^:\d]{0,40}$)"
)


@frozen
class Spot:
    """The place of a name: its sentence's number, its place in that, and the words around it."""

    number: int
    place: int
    name: str
    before: str
    after: str


def heads_column(cell: str) -> bool:
    """Return whether a cell heads a column of something else than names."""
    return COLUMNS.match(cell) is not None or any(
        HEADINGS[kind].search(cell) for kind in ("hs", "code", "country", "other")
    )


def is_row(spot: Spot, subject: Entity | Item) -> bool:
    """Return whether a name stands in a row of a list."""
    before, name, after = spot.before, spot.name, spot.after
    opening = OPENS_ROW.match(before)
    begins = opening.end() if opening else 0
    opens = (
        OPENS_ROW.fullmatch(before)
        or CELL.search(before)
        or bool(begins and COUNTRY_QUOTED.fullmatch(before, begins))
    )
    if isinstance(subject, Item) and opens:
        return True
    if BRACKET.search(before) and (begins or not TOLD_ON.match(after)):
        return True
    if begins and TRANSLATED.match(after) and ROLED.search(before):
        return True
    if not (ENDS_NAME.match(after) or (NO_LATIN.search(name) and IN_LATIN.match(after))):
        return False
    listed = LISTED.search(before) and not PROSE.search(before + after)
    return bool(opens or listed or is_row_behind(spot, subject))


def may_be_somebody(spot: Spot, subject: Entity) -> bool:
    """Return whether a Chinese name in a row may be an entity.

    It may if it ends like a firm, or stands in a cell, in quotes, or beside its Latin form.
    """
    return bool(
        subject.kind != "org"
        or not HAN_ONLY.fullmatch(spot.name)
        or TABLES[0].firm.search(spot.name)
        or CELL.search(spot.before)
        or SPELT.search(spot.before)
        or BESIDE_LATIN.match(spot.after)
    )


def is_row_behind(spot: Spot, subject: Entity | Item) -> bool:
    """Return whether only a role or another language's name stands between a name and its row's
    number.
    """
    opening = OPENS_ROW.match(spot.before)
    begins = opening.end() if opening else 0
    if not begins and not TRANSLATED.match(spot.after):
        return False
    translates = spot.name[0].isascii() and OTHER_NAME.fullmatch(spot.before, begins)
    is_goods = isinstance(subject, Item) and not BIDS.search(spot.before)
    return bool(translates or is_goods or ROLE.fullmatch(spot.before, begins))


def is_listed(sentence: str, place: int, after: str) -> bool:
    """Return whether a sentence only lists names, one of them at this place: `The
    persons are …`.
    """
    listing = language_of(sentence).table("second").listing
    opens = listing.match(sentence, len(sentence) - len(sentence.lstrip()))
    if opens is None or opens.end() > place:
        return False
    begins = opens.end() == place or JOINS.search(sentence, opens.end(), place)
    return bool(begins and LISTS_ON.match(after))
