"""The annex of an English act: a line or a row an entity, with its members and details."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from monitor.document import Block, BlockKind
from monitor.model import Entity, EntityKind, Unread
from monitor.vocabulary.forms import ABBREVIATED
from monitor.vocabulary.letters import HAN

ENTRY = re.compile(r"\s*(?:\d{1,5}\s*[.、)]|\(\d{1,5}\))(?!\d)\s*(?P<words>\S.*)")
MEMBER = re.compile(r"\s*[-–—•·]\s*(?P<words>\S.*)")
DETAIL = re.compile(
    r"(?P<label>Address(?:es)?|Also known as|A\.?K\.?A\.?|Alias(?:es)?|Former name)s?\s*[:]\s*(?P<words>.+)", re.IGNORECASE
)
KINDS: dict[str, EntityKind] = {"individual": "person", "person": "person", "vessel": "vessel", "entit": "org", "compan": "org"}
HEADING = re.compile(r"\W*(?P<kind>individual|person|vessel|entit|compan)(?:s|ies|y)?\W*", re.IGNORECASE)
BRACKET = re.compile(r"(?<!\s)\s*+\((?P<words>[^()]++)\)")
SHORTENED = re.compile(rf"{ABBREVIATED}\.$")
FOOTERS = re.compile(
    r"\(?All information published|Print\b|Related\b|Share\b|Copyright|Editor\b|Source\b|\[Content truncated", re.IGNORECASE
)
SENTENCE_LIKE = re.compile(r"\b(?:shall|is|are|will|prohibited|must)\b|[:;]$")
BORN = re.compile(r",?\s(?:born\b|DOB\b|[Dd]ate of birth\b|d\.o\.b\b)")
CLOSES = re.compile(r"\d{4}\)?$|\.$|Mechanism$|Commerce$")  # a sentence, a day, a signature
NAME_LENGTH = 160


@dataclass
class Annex:
    """What an annex lists. `entries` counts its lines, `entities` its names."""

    entities: list[Entity] = field(default_factory=list)
    entries: int = 0
    unread: list[Unread] = field(default_factory=list)
    kind: EntityKind = "org"


def annex(blocks: Iterable[Block], country: str | None) -> Annex:
    """The entities an annex lists."""
    listing = Annex()
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and FOOTERS.match(block.text):
            break
        if block.rows:
            for row in block.rows:
                _row(listing, row, country)
        else:
            _line(listing, block, country)
    return listing


def _line(listing: Annex, block: Block, country: str | None) -> None:
    text = block.text.strip()
    if heading := HEADING.fullmatch(text):
        listing.kind = KINDS[heading["kind"].lower()]
    elif (detail := DETAIL.match(text)) and listing.entities:
        _add_detail(listing, detail)
    elif (member := MEMBER.match(text)) and listing.entities:
        group = next(named for named in reversed(listing.entities) if named.parent is None)
        made = entity(member["words"], text, listing.kind, country)
        listing.entities.append(msgspec.structs.replace(made, parent=next(iter(group.names.values()))))
    elif (entry := ENTRY.match(text)) or block.kind is BlockKind.ITEM:
        _add(listing, entry["words"] if entry else text, text, country)
    elif listing.entities and len(text) < NAME_LENGTH and (SHORTENED.search(text) or not CLOSES.search(text)):
        listing.unread.append(Unread(what="annex line", why="no number shows whether it is an entry", quote=text))


def _add(listing: Annex, words: str, quote: str, country: str | None) -> None:
    if len(words) > NAME_LENGTH or SENTENCE_LIKE.search(words):
        listing.unread.append(Unread(what="annex line", why="no name found in it", quote=quote))
        return
    listing.entries += 1
    listing.entities.append(entity(words, quote, listing.kind, country))


def entity(words: str, quote: str, kind: EntityKind, country: str | None) -> Entity:
    """A name as printed: what stands in brackets is its Chinese name or an alias."""
    brackets = [match["words"].strip() for match in BRACKET.finditer(words)]
    name = BORN.split(words, maxsplit=1)[0]
    bare = BRACKET.sub("", name).strip().rstrip(";,、").strip()
    kind = kind if name == words else "person"
    name = bare if SHORTENED.search(bare) else bare.rstrip(".")
    chinese = next((bracket for bracket in brackets if HAN.search(bracket)), None)
    aliases = tuple(
        re.sub(r"^(?:a\.?k\.?a\.?|also known as)\s*:?\s*", "", bracket, flags=re.IGNORECASE)
        for bracket in brackets
        if bracket != chinese
    )
    return Entity(
        names={"en": name} | ({"zh": chinese} if chinese else {}),
        kind=kind,
        aliases=aliases,
        country=None if kind == "person" else country,
        quote=quote,
    )


def _add_detail(listing: Annex, detail: re.Match[str]) -> None:
    last, value = listing.entities[-1], detail["words"].strip()
    if detail["label"].lower().startswith("address"):
        listing.entities[-1] = msgspec.structs.replace(last, addresses=(*last.addresses, value))
    else:
        listing.entities[-1] = msgspec.structs.replace(last, aliases=(*last.aliases, value))


def _row(listing: Annex, row: tuple[str, ...], country: str | None) -> None:
    cells = [cell for cell in row if cell and not re.fullmatch(r"(?:No\.?|\d{1,5}[.)]?)", cell)]
    latin = next((cell for cell in cells if not HAN.search(cell)), "")
    if not latin or re.search(r"\bname\b|^Entit", latin, re.IGNORECASE):
        return
    _add(listing, latin, " ".join(row), country)
    if listing.entities and (chinese := next((cell for cell in cells if HAN.search(cell)), None)):
        last = listing.entities[-1]
        listing.entities[-1] = msgspec.structs.replace(last, names=last.names | {"zh": chinese})
