"""Find what the words of a form are about: goods, firms, places."""

import re
from collections.abc import Sequence

from monitor.extract import codes
from monitor.extract.zh import annexes, item_names, places
from monitor.extract.zh.annexes import is_firm
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import (
    Folded,
    Piece,
    find_meant_entities,
    is_pointing_back,
    mask_brackets,
    read_firms,
)
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.wordings import Wording
from monitor.extract.zh.words import CHINESE, LISTS, PORT_MEASURES, TABLES
from monitor.model import Entity, Item

WORDS = CHINESE.table("forms")
RATIONED = CHINESE.table("parts").rationed

RULES = ("规定", "条例", "办法", "的决定", "细则", "法")
# Whereto goods go, whatever is named: `出口至甲国的…`, `向甲国、乙国出口`, `对甲国最终用户`.
WHERETO = (
    re.compile(
        r"(?:向|至|往)(?P<places>[^,。;:()向至往的\d\x00]{2,40}?)(?:的|出口|供货|销售|输出)"
    ),
    re.compile(r"对(?P<places>[^,。;:()对的\d\x00]{2,40}?)(?:最终用|用户)"),
)

NO_THING = CHINESE.table("items").no_thing


def blot_out(text: str) -> str:
    """Blank brackets and titles in a sentence, except names of registers."""

    def title(match: re.Match[str]) -> str:
        known = match[1] in LISTS or (
            TABLES.published_title.search(match[1]) and not match[1].endswith(RULES)
        )
        return f'"{match[1]}"' if known else "\x00" * len(match[0])

    return mask_brackets(TABLES.titled.sub(title, text))


def find_piece(match: re.Match[str], group: str, words: Piece | Folded) -> Piece | None:
    """The words of a place that the form may have."""
    if group not in match.re.groupindex or match[group] is None:
        return None
    return words.part(*match.span(group))


def find_goods(match: re.Match[str], words: Piece | Folded) -> tuple[Item, ...]:
    """The things at all places that the form has for them."""
    pieces = [
        piece
        for group in ("goods", "goods2", "goods3", "before")
        if (piece := find_piece(match, group, words)) and piece.text
    ]
    return tuple(
        item
        for piece in pieces
        for item in item_names.read_things_in_prose(_drop_places(piece))
        if not NO_THING.search(item.names["zh"])
    )


def _drop_places(piece: Piece) -> Piece:
    """The goods without the countries that go before them (`出口至甲国、乙国的…`, `向甲国出口…`)."""
    lead = re.match(
        rf"(?:向|对|出口)?(?:至|到|往)?(?:原产于|来自|产自)?(?:(?:{places.country_pattern()})[、"
        r"和及与]?)+(?:原产|出口|产)?的?",
        piece.text,
    )
    return piece.part(lead.end(), len(piece.text)) if lead else piece


def list_rationed_items(sentence: Piece) -> tuple[Item, ...]:
    """Each thing of which a sentence says how much there may be."""
    rations = (find_goods(match, sentence) for match in RATIONED.finditer(blot_out(sentence.text)))
    return tuple(item for ration in rations for item in ration)


def find_goods_in_title(title: Line, wording: Wording, sentence: Piece) -> tuple[Item, ...]:
    """The goods that only the title names, with the tariff numbers of the sentence."""
    if wording.register in (PORT_MEASURES, None):
        return ()
    match = WORDS.titled_goods.search(title.text)
    named = find_goods(match, Piece.of(title)) if match else ()
    numbers = codes.list_tariff_numbers(sentence.text) if len(named) == 1 else ()
    return tuple(item.replace(hs=item.hs or numbers) for item in named)


def find_destinations(match: re.Match[str], words: Folded) -> tuple[str, ...]:
    """Find the destinations of goods: in the form, else in any words of the sentence."""
    rows = _find_whereto(match, words, (WORDS.to, *WHERETO))
    return tuple(dict.fromkeys(code for row in rows for code in places.all_in(row)))


def _find_whereto(
    match: re.Match[str], words: Folded, patterns: Sequence[re.Pattern[str]]
) -> list[str]:
    whereto = find_piece(match, "to", words)
    return (
        [whereto.text]
        if whereto
        else [row["places"] for each in patterns for row in each.finditer(words.piece.text)]
    )


def explain_unplaced(match: re.Match[str], words: Folded) -> str:
    """Explain why a destination was not understood: it has no code; "" if all have one."""
    unknown = [
        name for row in _find_whereto(match, words, WHERETO) for name in places.unknown_in(row)
    ]
    return f"a destination was not understood: {unknown[0]}" if unknown else ""


def find_entities(
    wording: Wording, match: re.Match[str], words: Folded, page: Sections
) -> list[Entity]:
    """Find the names that a wording is about: in its words, or in the lines that it heads."""
    sentence = words.piece
    who = find_piece(match, "who", words) or find_piece(match, "to", words)
    if who and is_pointing_back(who):
        return find_meant_entities(who, page.before(who.line))
    if who and (named := read_firms(who)):
        return named
    if who and annexes.FOLLOW.search(who.text):
        return annexes.read_listed_names(sentence, words.places[match.start("verb")], page)
    if not wording.listing:
        return []
    return (
        annexes.read_names_behind(sentence, words.places[match.start()])
        or list(annexes.list_firms(sentence, page))
        or _list_annexed_firms(page)
    )


def _list_annexed_firms(page: Sections) -> list[Entity]:
    """The firms that an annex lists which holds nothing else."""
    listed_there = [
        entity for part in page.annexes for entity in annexes.read_entity_list(part).entities
    ]
    return (
        listed_there if all(is_firm(entity.names.get("zh", "")) for entity in listed_there) else []
    )
