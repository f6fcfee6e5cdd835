"""What the words of a form name: whom, which goods, where to. Each is looked for where the form has a place for it."""

import re

import msgspec

from monitor.extract import codes
from monitor.extract.zh import item_names, listing, places, wordings
from monitor.extract.zh.annex_lines import annex, is_firm
from monitor.extract.zh.clauses import Folded
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece, mask
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.tables import LISTS, PORT_MEASURES, PUBLISHED_TITLE, TITLED
from monitor.extract.zh.whom import before_goods, firms, meant, points
from monitor.extract.zh.wordings import Wording
from monitor.model import Entity, Item
from monitor.vocabulary.letters import HAN_RANGE

RULES = ("规定", "条例", "办法", "的决定", "细则", "法")
TO = re.compile(rf"(?:对|向|至|往|到|以|与)(?P<places>(?:(?:{places.country_pattern()})[、和及与]?)+)")
# Whereto goods go, whatever is named: `出口至甲国的…`, `向甲国、乙国出口`, `对甲国最终用户`.
WHERETO = (
    re.compile(r"(?:向|至|往)(?P<places>[^,。;:()向至往的\d\x00]{2,40}?)(?:的|出口|供货|销售|输出)"),
    re.compile(r"对(?P<places>[^,。;:()对的\d\x00]{2,40}?)(?:最终用|用户)"),
)
# What the title says that the act is on: `对…实施临时管制`, `延长…临时管制期限`, `公布…配额`.
TITLED_GOODS = re.compile(
    r"(?:对|将|延长|关于|取消|解除|受理|公布)(?P<goods>[^,。;:《》]{1,40}?)(?:出口|进口|开采|物项)?(?:实施|实行|加强|采取|进行|临时|试行|"
    rf"最终用|流向|追溯|配额|总量|法定检验|许可|申报)|(?:^|[ 号])(?P<goods2>[{HAN_RANGE}]{{2,12}}?)临时管制|"
    rf"(?:^|[ 号])(?P<goods3>[\d{HAN_RANGE}]{{2,24}}?)(?:出口|开采|生产)(?:配额|总量|指标)"
)
BELOW = re.compile("以下|下列|如下")


def seen(text: str) -> str:
    """The sentence with brackets and titles blotted out, but for the names of registers."""

    def title(match: re.Match[str]) -> str:
        known = match[1] in LISTS or (PUBLISHED_TITLE.search(match[1]) and not match[1].endswith(RULES))
        return f'"{match[1]}"' if known else "\x00" * len(match[0])

    return mask(TITLED.sub(title, text))


def behind(match: re.Match[str], words: Folded) -> tuple[Item, ...]:
    """The goods that stand behind the firms which something is for (`授予甲公司石墨出口…许可`)."""
    who = span(match, "who", words)
    end = len(before_goods(who).text) if who else 0
    return item_names.things_in_prose(who.part(end, len(who.text))) if who else ()


def rationed(sentence: Piece) -> tuple[Item, ...]:
    """Each thing of which a sentence says how much there may be."""
    rations = (goods(match, sentence) for match in wordings.RATIONED.finditer(seen(sentence.text)))
    return tuple(item for ration in rations for item in ration)


def in_title(title: Line, wording: Wording, sentence: Piece) -> tuple[Item, ...]:
    """The goods that only the title names, with the tariff numbers of the sentence."""
    if wording.register in (PORT_MEASURES, None):
        return ()
    match = TITLED_GOODS.search(title.text)
    named = goods(match, Piece(title, 0, len(title.text))) if match else ()
    numbers = codes.tariff_numbers(sentence.text) if len(named) == 1 else ()
    return tuple(msgspec.structs.replace(item, hs=item.hs or numbers) for item in named)


def stand_below(match: re.Match[str]) -> bool:
    """Whether the goods only point to a list below, which has a grammar of its own."""
    return "goods" in match.re.groupindex and bool(BELOW.search(match["goods"] or ""))


def span(match: re.Match[str], group: str, words: Piece | Folded) -> Piece | None:
    """The words of a place that the form may have."""
    if group not in match.re.groupindex or match[group] is None:
        return None
    return words.part(*match.span(group))


def goods(match: re.Match[str], words: Piece | Folded) -> tuple[Item, ...]:
    """The things at all places that the form has for them."""
    pieces = [piece for group in ("goods", "goods2", "goods3", "before") if (piece := span(match, group, words)) and piece.text]
    return tuple(item for piece in pieces for item in item_names.things_in_prose(_without_places(piece)))


def _without_places(piece: Piece) -> Piece:
    """The goods without the countries that go before them (`出口至甲国、乙国的…`, `向甲国出口…`)."""
    lead = re.match(
        rf"(?:向|对|出口)?(?:至|到|往)?(?:原产于|来自|产自)?(?:(?:{places.country_pattern()})[、和及与]?)+(?:原产|出口|产)?的?",
        piece.text,
    )
    return piece.part(lead.end(), len(piece.text)) if lead else piece


def abroad(match: re.Match[str], words: Folded) -> tuple[str, ...]:
    """Where goods go to: what the form says, else what any words of the sentence say."""
    whereto = span(match, "to", words)
    rows = (
        [whereto.text] if whereto else [row["places"] for pattern in (TO, *WHERETO) for row in pattern.finditer(words.piece.text)]
    )
    return tuple(dict.fromkeys(code for row in rows for code in places.all_in(row)))


def unplaced(match: re.Match[str], words: Folded) -> str:
    """Why the destinations are not told whole: one has no code."""
    whereto = span(match, "to", words)
    rows = [whereto.text] if whereto else [row["places"] for pattern in WHERETO for row in pattern.finditer(words.piece.text)]
    unknown = [name for row in rows for name in places.unknown_in(row)]
    return f"a destination was not understood: {unknown[0]}" if unknown else ""


def entities(wording: Wording, match: re.Match[str], words: Folded, page: Sections) -> list[Entity]:
    """Those a wording is done to: named in its words, or in the lines that it heads."""
    sentence = words.piece
    who = span(match, "who", words) or span(match, "to", words)
    if who and points(who):
        return meant(who, page.before(who.line))
    if who and (named := firms(who)):
        return named
    if who and listing.FOLLOW.search(who.text):
        return listing.whom(sentence, words.places[match.start("verb")], page)
    if not wording.listing:
        return []
    return listing.behind(sentence, words.places[match.start()]) or list(listing.firms(sentence, page)) or _annexed(page)


def _annexed(page: Sections) -> list[Entity]:
    """The firms that an annex lists which holds nothing else."""
    listed_there = [entity for part in page.annexes for entity in annex(part).entities]
    return listed_there if all(is_firm(entity.names.get("zh", "")) for entity in listed_there) else []
