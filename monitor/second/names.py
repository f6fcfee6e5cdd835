"""Check whether words are the whole name of somebody or something. Pure."""

import re
from functools import cache
from itertools import chain

from monitor import vocabulary
from monitor.extract import referee
from monitor.extract.en import places
from monitor.extract.en.words import ENGLISH
from monitor.extract.zh.words import CHINESE
from monitor.model import Entity, Item
from monitor.names import countries
from monitor.second.page import OTHER, level
from monitor.vocabulary import forms
from monitor.vocabulary.letters import HAN, HAN_RANGE, folded

TABLES = (CHINESE.table("second"), ENGLISH.table("second"))
VERBS = (
    *TABLES[0].table_of("says").values(),
    *CHINESE.table("frame").table_of("outer").values(),
)  # of Chinese deeds
POINT = re.compile(r"[·•‧]$|\w-$")
SOLD = re.compile("向[^,;。]{1,40}(?:出口|供应|销售)$")  # behind it stands what is sold
INITIAL = re.compile(r" [A-Z]\.$")  # a name ends with no initial
JOINT = re.compile(r"^[·•‧-]|[·•‧-]$")  # no name begins or ends with it
# a capitalised word right before a name is a part of it
FORENAME = re.compile(
    r"(?:^|[^A-Z'’-])(?!(?:The|And|In|By|Of|Under|Mr|Ms|Mrs|Dr|Company|Entity|Name|With|From|To|On|Against"
    r"|Includ\w+|Add\w+|Remov\w+|(?:Involv|Regard|Concern|Target|Designat)ing)\s)[A-Z](?:[a-z'’ß-ž]+|\.) $"
)
CAPITALS = re.compile(
    rf"(?:^|[\s,、和及;(])(?!(?:M[VT]|SS|IMO|EU|UK|US|UN|PRC|BIS|OFAC|ECCN|(?i:{forms.FORM})) )[A-Z]{{2,}} $"
)
ENTITY = re.compile(r"[^a-z\W_]")  # of small Latin letters alone is no name
MACHINE = re.compile("(?:系统|平台|网站|软件)$")  # decides nothing, and is no body
CALL = re.compile(r"(?=.*\d)[A-Z\d]{4,7}")  # sign of a ship
BOUND = re.compile(r"[\s,、;:()\[\]「」『』“”\"]")
AROUND = re.compile(rf"(?![{HAN_RANGE}])[^\W_]")  # beside a name: it goes on
NUMBERED = re.compile(r"(?<![.\w])[A-Za-z]{1,8}\d{0,2}$")  # before a Chinese name: `S3航空公司`
GOES_ON = re.compile(
    rf"(?:株式会社|(?:股份|有限)*公司|集团)|,? {forms.FORM_OR_CAPITALS}| (?:of|&) [A-Z]| [A-Z]"
    rf"| \([A-Z][^()]{{1,30}}\)(?: [A-Z]\w*){{0,3}},? {forms.FORM_OR_CAPITALS}"
)
AND = re.compile(r" and [A-Z]")
# what stands beside a name, behind the comma of a list
NEXT_PART = re.compile(rf"[、与]([{HAN_RANGE}]{{2,20}})(?=[、(]|[列移]|等|\d|$)")
LAST_PART = re.compile(rf"(?:^|[、将把对.\s])([{HAN_RANGE}·]{{2,20}})[、与]$")
GOES_ON_WHOLE = re.compile(
    rf",? (?:of|&) [A-Z]| {forms.FORM}"
)  # of a name that ends with its legal form
OF_GOODS = re.compile("用于|具有")  # what opens a description makes no other of what is before it
# behind a comma the half of a name: `Alpha Works, Space & Security`
HALF, HALVED = (
    re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*)* & [A-Z]\w*"),
    re.compile(r"[A-Za-z]{2}, $"),
)
LISTED = re.compile(r"\w[.)]?, $")
FIRM = re.compile(rf"[\s,]{forms.ENDING}(?=$|[\s,.(])")
WHOLE = re.compile(rf"[\s,]{forms.ENDING}(?:\w{{1,4}}\.)?$")
SURNAME = re.compile(r"[A-Z'’-]+")
SURNAMES = re.compile(r"[A-Z'’ -]+")
SURNAMED = re.compile(r"\b[A-Z'’-]{2,}, $")  # before a given name
PLACED = re.compile(rf"\b{forms.FORM}\.?,\s$")  # what stands behind a firm is where it is
GIVEN = re.compile(r",\s[A-Z]")
NAMED_ON = re.compile(r",\s[A-Z][a-z]+|\s\d:\s")  # behind a part of somebody's name
# what stands behind it, in its cell, is where somebody is; so does a number of a street
LOCATES = re.compile(
    r"(?:\b(?i:address(?:es)?|location|(?:place|country|city) of [a-z]+|pob|nationality|residence|headquarters)"
    r"|地址|住[所址]|所在地|注册地|籍贯|出生地|소재지|주소)\s?[:\t]\s?[^|;\t:]*$|[A-Za-z)], \d[\w-]*\s$"
)
KINDS = {
    "entity": "org",
    "individual": "person",
    "person": "person",
    "vessel": "vessel",
    "ship": "vessel",
}
LABELLED = re.compile(rf"(?i)\b(?:name of (?:the )?)?({'|'.join(KINDS)}):\s?$")
LETTER = re.compile(rf"[A-Za-z{HAN_RANGE}]")
PARTED = re.compile(r"[;|\t\[\]。]|\.\s")  # what ends an address
FARTHEST = 5  # parts of an address before its country
BRACKETED = re.compile(r"\s?\([^()]*\)$")
# a word right before goods that only says which of them: `cryogenic circuits`
MODIFIES = re.compile(
    r"(?<![\w.-])(?!(?:of|on|for|the|an?|and|or|to|from|by|in|with|as|is|are|all|any|certain|following|namely|them|these|those|such)\b)"
    r"(?!(?:ex|im)port|add|insert|includ|control|restrict|suspend|cover|remov|delet|ban|prohibit|suppl|sell|licen)"
    r"[a-z-]+ $"
)
PLACE_WITHIN = re.compile(
    rf"\([{HAN_RANGE}]{{2,8}}\)[{HAN_RANGE}]{{0,8}}(?:公司|集团)"
)  # `甲(大连)公司`
# behind the name of a ship or a firm in quotes
QUOTED_ON = re.compile(
    rf"[”\"](?![轮号船艇等级列的及和与或]|[中英外]文|公司|集团|实施|采取)[{HAN_RANGE}]"
)
OPEN_QUOTE = re.compile(r"[“\"][^“”\",;。\d]{1,12}$")
OMITTED = re.compile(r"(?:漏[印列载写]|[增添]加|新增)[“\"]?$")  # what is put in is no old wording
AMOUNT = re.compile(r"\d[\d,.]*(?:吨|公斤|千克)")  # behind a name: it is goods
SHARE = re.compile(r"\d[\d.]*%")  # behind a name: it says how much of it is in something
BODY = re.compile(
    r"(?:the )?(?:(?:(?:(?:federal|state|general) )?(?:department|secretariat|directorate)|ministry"
    r"|minister|secretary|bureau|council|department|office|commission|agency) (?:of|for)\b"
    r"|(?:ministry|bureau|council|department|commission|agency|administration|government|working mechanism|administration)$)",
    re.IGNORECASE,
)


def is_in(kind: str, words: str) -> bool:
    """Return whether a pattern of this kind, in any language, finds something in some words."""
    return any(getattr(table, kind).search(words) for table in TABLES)


def refuse_words(subject: Entity | Item, name: str) -> str:
    """Explain why words are no name, wherever they stand."""
    said = level(name)
    if _is_authority(name) or _is_country(said):
        return "it is who issues or signs, or a country"
    if any(is_in("no_name", each) for each in (said, BRACKETED.sub("", said))):
        return "it is no name"
    is_goods = isinstance(subject, Entity) and (MACHINE.search(said) or not ENTITY.search(name))
    is_call = isinstance(subject, Entity) and subject.kind == "vessel" and CALL.fullmatch(said)
    if JOINT.search(said) or is_goods or is_call:
        return "it is no name"
    names = dict.fromkeys((name, BRACKETED.sub("", said)))
    return next(
        filter(None, (referee.refuse_name(each, subject, referee.list_titles()) for each in names)),
        "",
    )


def refuse_beside(name: str, before: str, after: str, subject: Entity | Item) -> str:
    """Explain why the words beside a name make it another one, or nobody's."""
    is_old = is_in("old", after) and not OMITTED.search(before)
    reasons = {
        "it is who issues or signs": is_in("titled", before),
        "it is of before, or where something else is put": is_in("position", before),
        "it is the wording of before": isinstance(subject, Item) and is_old,
        "it only says what something includes": isinstance(subject, Item)
        and is_in("includes", before),
        "it is where somebody is": _is_place(before, after, name),
        "it is whose something is": is_in("whose", after),
        "it is goods": isinstance(subject, Entity) and bool(SOLD.search(before)),
        "it is of another kind": _is_of_another_kind(before, name, subject),
        "its quote prints a longer name": _is_part(before, after, name, subject),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _is_part(before: str, after: str, name: str, subject: Entity | Item) -> bool:
    """Return whether the words beside a name make it part of another one."""
    cut = _is_cut(before, after, name) or _is_half(before, after, name)
    if not cut and AND.match(after):
        cut = not (
            (isinstance(subject, Entity) and subject.kind == "person")
            or re.search(rf"[\s,]{forms.FORM}(?:[. ]+\w{{1,4}})?\.?$", name)
            or (LISTED.search(before) and " " in name)
        )
    if isinstance(subject, Entity):
        is_given = subject.kind == "person" and _is_surname(name, after)
        is_goods = AMOUNT.match(after) and not TABLES[0].firm.search(name)
        cut = cut or is_given or bool(QUOTED_ON.match(after) or is_goods)
    else:
        modified = name[:1].isascii() and MODIFIES.search(before)
        cut = cut or bool(modified or SHARE.match(after))
    return cut


def _is_of_another_kind(before: str, name: str, subject: Entity | Item) -> bool:
    """Return whether a label before a name or the name's legal form tells another kind."""
    if isinstance(subject, Item):
        return False
    if subject.kind != "org" and (FIRM.search(name) or name.endswith(("公司", "集团"))):
        return True
    label = LABELLED.search(before)
    return label is not None and KINDS[label[1].lower()] != subject.kind


def _is_surname(name: str, after: str) -> bool:
    """Return whether a given name stands behind a surname: no town before its country."""
    given = NAMED_ON.match(after)
    if not given or not (SURNAMES.fullmatch(name) if " " in name else name.isascii()):
        return False
    behind = PARTED.split(after[given.end() :])[0].split(", ")
    return " " not in name or not any(map(_is_country, behind[1:2]))


def _is_place(before: str, after: str, name: str) -> bool:
    """Return whether words are a part of an address: behind its label or a firm, or before a
    country.
    """
    if WHOLE.search(name):
        return False
    if LOCATES.search(before) or (PLACED.search(before) and name.isalpha()):
        return True
    parts = PARTED.split(after)[0].split(", ")[:FARTHEST]
    if not _is_inner(before) or parts[0] or any(part.startswith("and ") for part in parts):
        return False
    return any(_is_country(part.rstrip(" ,")) for part in parts[1:])


def _is_inner(before: str) -> bool:
    """Return whether a name stands behind another one: behind a comma, or in a further cell."""
    if before.endswith(", "):
        return bool(LETTER.search(re.split(r"[;|\t]", before)[-1]))
    is_cell = before.rstrip(" ").endswith(("|", "\t"))
    return is_cell and bool(LETTER.search(before.rpartition(";")[2]))


def _is_half(before: str, after: str, name: str) -> bool:
    """Return whether a Chinese name may be half of `甲、乙集团`: only one of two ends like a firm."""
    firm = TABLES[0].firm
    first, behind = LAST_PART.search(before), NEXT_PART.match(after)
    if behind and not firm.search(name) and firm.search(behind[1]):
        return True
    return bool(first and firm.search(name) and not firm.search(first[1]))


def _is_cut(before: str, after: str, name: str) -> bool:
    """Return whether the words beside a name are a part of it."""
    if after.startswith(("”", '"')) and OPEN_QUOTE.search(before):
        return True
    if POINT.search(before[-2:]) or POINT.search(after[:1]) or INITIAL.search(name + after[:1]):
        return True
    if OTHER.search(before[-1:] + name + after[:1]):  # nothing tells where a word of theirs ends
        return any(beside and not BOUND.match(beside) for beside in (before[-1:], after[:1]))
    begins, ends = bool(HAN.search(name[:1])), bool(HAN.search(name[-1:]))
    grows = _grows_before(before) if begins else _goes_before(before, name)
    return (grows and not OF_GOODS.match(name)) or (_grows_behind if ends else _goes_on)(
        after, name
    )


def _grows_before(before: str) -> bool:
    """Return whether Chinese words before a name are a part of it; a country is not."""
    if NUMBERED.search(before):
        return True
    is_done = any(found.end() == len(before) for verb in VERBS for found in verb.finditer(before))
    joint = not HAN.search(before[-1:]) or is_done or TABLES[0].before.search(before)
    return not joint and not before.endswith(tuple(countries.names("zh").values()))


def _grows_behind(after: str, name: str) -> bool:
    chinese = TABLES[0]
    if PLACE_WITHIN.match(after):
        return True
    if not HAN.search(after[:1]) or chinese.after.search(after):
        return False
    return not chinese.firm.search(name) or bool(chinese.branch.match(after))


def _goes_before(before: str, name: str) -> bool:
    if HALF.fullmatch(name) and HALVED.search(before) and not PLACED.search(before):
        return True
    if SURNAMED.search(before) and re.fullmatch("[A-Z][a-z]+", name):
        return True
    return bool(AROUND.search(before[-1:]) or FORENAME.search(before) or CAPITALS.search(before))


def _goes_on(after: str, name: str) -> bool:
    """Return whether a name in Latin letters continues in the words behind it."""
    if (
        not name.endswith(")") and AROUND.search(after.removeprefix("/").removeprefix("-")[:1])
    ) or (SURNAME.fullmatch(name) and GIVEN.match(after)):
        return True
    if WHOLE.search(name):
        return bool(GOES_ON_WHOLE.match(after))
    halves = re.match(rf", ({HALF.pattern})", after)
    return bool(GOES_ON.match(after) or (halves and not WHOLE.search(halves[1])))


def _is_authority(name: str) -> bool:
    known = vocabulary.current().authorities.values()
    names = {folded(called) for authority in known for called in (authority.name, *authority.own)}
    parts = (
        {folded(name)} if name.isascii() else {folded(part) for part in re.split(r"[\s、]+", name)}
    )
    return parts <= names or bool(BODY.match(name))


def _is_country(words: str) -> bool:
    bare = re.sub(r"^(?i:mainland )|大[陆陸]$|\.$", "", words)
    return folded(bare) in _list_countries() or bool(places.coded(bare))


@cache
def _list_countries() -> frozenset[str]:
    """List the names of countries."""
    tables = (countries.names(language) for language in ("zh", "zh_Hant", "ja", "ko", "en"))
    spelt = (countries.spelt(language) for language in ("zh", "en"))
    return frozenset(folded(name) for name in chain(*(each.values() for each in tables), *spelt))
