"""Goods that words of an English act name, by their codes or as they are called."""

import re
from collections.abc import Iterator

from monitor.extract.en import places
from monitor.extract.en.items import CODE
from monitor.extract.en.numerals import WORD
from monitor.extract.en.words import ENGLISH
from monitor.model import Item

WORDS = ENGLISH.table("operations")


def list_named_goods(words: str, quote: str) -> Iterator[Item]:
    """The goods that words name: by their codes, else by their names where they say more than
    how many.
    """
    if PAPERS.match(words):
        return
    if codes := list(dict.fromkeys(re.findall(CODE, words))):
        named = dict(CODE_NAMED.findall(words))
        yield from (Item({"en": named.get(code, code)}, (code,), quote=quote) for code in codes)
        return
    for part in re.split(r"[,;]\s+(?:and\s+)?|(?<!\s)\s+and\s+", WORDS.related.sub("", words)):
        name = WORDS.of_kind.sub("", part.strip(" ."))
        if name and not COUNTLESS.search(name) and not places.coded(name):
            yield Item({"en": name}, quote=quote)


# what somebody holds or asks for, which is no goods
PAPERS = re.compile(
    r"\s*(?:(?:the|all|any|existing|valid|current|such|pending|your)\s)*"
    r"(?:registrations|applications|requests|appointments)\b",
    re.IGNORECASE,
)
CODE_NAMED = re.compile(rf"({CODE}) \(([a-z][^()]{{2,120}})\)")
THINGS = (
    r"(?:items?|goods|products?|codes?|technolog(?:y|ies)|equipment|commodit(?:y|ies)|software"
    r"|materials?|chemicals?|substances?|categories|ECCNs?)"
)
COUNTLESS = re.compile(
    rf"\A(?>(?:(?:the|these|certain|some|further|new|all|any|and|{WORD})[\s-]++)+)(?:[\w-]++\s++){{0,3}}"
    rf"{THINGS}\Z|"
    r"\A(?:dual[-"
    rf" ]use|controlled|strategic|military|related|relevant|sensitive|covered)?\s*{THINGS}\Z|"
    rf"\bfollowing\s(?:[\w-]++\s++){{0,3}}{THINGS}:?\Z|\A(?:with|under|as|in|from)\s|"
    r"\A(?:[Ii]n\s)?(?:Part|Section|Annex|Schedule|Category|Chapter|Appendix)\s\w+|"
    r"\b(?:goods|items|products)\s(?:above|below|inserted|mentioned|specified|concerned|listed|named|in question)\b|"
    r"\A(?:re-?)?(?:export|import|transit|transfer|supply|sale)s?\Z|"
    r"\A(?:the\s)?(?:conditions|provisions|terms)\sof\b|\s(?:shall|will|must)\Z|\d",
    re.IGNORECASE,
)


def list_covered_goods(words: str, quote: str) -> Iterator[Item]:
    """The goods whose codes stand in brackets behind them."""
    for covered in COVERED.finditer(words):
        codes = tuple(dict.fromkeys(re.findall(CODE, covered["codes"])))
        yield Item({"en": covered["name"]}, codes, quote=quote)


# `licences for radio jammers (5A001.f, ML11)`
COVERED = re.compile(
    r"\b(?:covering|for|of|on)\s(?P<name>(?:(?!\b(?:covering|for|of|on)\s)[^();]){2,160}?)\s"
    rf"\((?P<codes>{CODE}(?:(?:,? and |, ){CODE}){{0,20}})\)"
)
