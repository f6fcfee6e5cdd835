"""The annex of an act, a line an entity, with its groups, members and detail lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from monitor.extract.named import Phrase, names_of
from monitor.extract.zh import issuers, places, whom
from monitor.extract.zh.lines import Line, Marked, entries, marked
from monitor.extract.zh.lines import line as line_of
from monitor.extract.zh.names import GENDER, LATIN, ORG_END, PERSON_END, ROLE, Piece, entity
from monitor.extract.zh.tables import FOOTER, LISTS
from monitor.model import Entity, EntityKind, Unread
from monitor.vocabulary.letters import HAN, HAN_RANGE

HEADING = re.compile(
    rf"(?P<before>[{HAN_RANGE}\"·]{{0,14}}?)(?P<kind>企业|实体|机构|组织|团体|个人|人员|高级管理人员|官员|船舶|船只|"
    r"飞机)(?:名单)?(?:\(共计?\d+[家名个人位艘架]\))?:?"
)
KINDS: dict[str, EntityKind] = {
    "个人": "person",
    "人员": "person",
    "高级管理人员": "person",
    "官员": "person",
    "船舶": "vessel",
    "船只": "vessel",
    "飞机": "aircraft",
}
DETAIL = re.compile(
    r"(?P<label>地址|住所|注册地址|邮编|邮政编码|常用名称|别名|曾用名|又名|简称|英文名称|英文名|外文名称|注册号|登记号|"
    r"电话|网址|网站|IMO号?)[:](?P<words>.+)"
)
ADDRESS_LABELS = frozenset({"地址", "住所", "注册地址"})
ALIAS_LABELS = frozenset({"常用名称", "别名", "曾用名", "又名", "简称"})
NAME_LABELS = frozenset({"英文名称", "英文名", "外文名称"})
TITLE = re.compile(r"附件?\d*:?$|\(?\d{4}年\d{1,2}月\d{1,2}日\)?$|\(共.*\)$|(?:序号|实体名称|名称)")
LISTING_TITLE = Phrase(lambda: names_of(LISTS) + "|(?:实体|企业|人员)名单$")
ISSUER_LINE = Phrase(lambda: rf"(?:{issuers.signed()}|\((?:{issuers.names()})代章\))$")


# A line that is nothing but a name and its Latin form in brackets, whatever stands at its end.
NAME_ALONE = re.compile(
    rf"[^,。;:()]{{2,60}}\((?=[^A-Za-z()]{{0,8}}[A-Za-z])[^(){HAN_RANGE}]{{2,160}}\)(?:,[男女])?"
    rf"(?:,[^,。;:()]{{0,40}}{ROLE})?[;。,、]?"
)
# A line that is nothing but the name of a firm: an entry where a list has neither numbers nor brackets.
FIRM = "(?:公司|集团|会社|研究所|研究院|大学|学院|银行|厂|实验室|基金会|协会|研究中心|事务所|智库|商会)"
SHORT_FORM = r"(?:\((?:以下)?简称[^()]{1,40}\))?[;。,、]?"
FIRM_ALONE = re.compile(
    rf"(?!关于|[本该其各总]{FIRM})[{HAN_RANGE}A-Za-z0-9](?:[{HAN_RANGE}·A-Za-z0-9&\"'-]|\([^()、,。;:]{{1,20}}\)){{0,60}}"
    rf"{FIRM}{SHORT_FORM}"
)
SHORT_FORM_BEHIND = re.compile(rf"{SHORT_FORM}$")
LATIN_ALONE = re.compile(rf"(?=[^A-Za-z]{{0,8}}[A-Za-z])[^{HAN_RANGE}。:]{{2,160}}")  # a line that is nothing but a Latin name
PEOPLE = re.compile("包括|如下|分别[是为]")  # an entry that lists several in prose


@dataclass
class Annex:
    """What an annex lists. `entries` counts its numbered lines, `entities` its names."""

    entities: list[Entity] = field(default_factory=list)
    entries: int = 0
    unread: list[Unread] = field(default_factory=list)
    group: Entity | None = None
    bare: bool = False  # whether nothing marks its entries
    details: dict[int, dict[str, list[str]]] = field(default_factory=dict)

    def complete(self) -> None:
        """Give the entities the addresses and other names that lines below them tell."""
        for place, fields in self.details.items():
            last = self.entities[place]
            more = {name: (*getattr(last, name), *values) for name, values in fields.items()}
            self.entities[place] = msgspec.structs.replace(last, **more)


def annex(lines: Sequence[Line], *, country: str | None = None, kind: EntityKind | None = None) -> Annex:
    """The entities an annex lists."""
    listing = Annex(bare=not any(is_name(line.text) or marked(line).level != "none" for line in lines))
    for line in lines:
        if FOOTER.match(line.text):
            break
        if line.cells:
            _row(listing, line, country, kind)
            continue
        for entry in entries(line):
            kind = _entry(listing, entry, country, kind)
    listing.complete()
    return listing


def _entry(listing: Annex, entry: Marked, country: str | None, kind: EntityKind | None) -> EntityKind | None:
    """Take one line in; the kind of what follows."""
    words = entry.words
    if not words or (entry.level == "none" and _is_title(words)):
        return kind
    if entry.level != "dash" and (heading := HEADING.fullmatch(words)):
        return KINDS.get(heading["kind"], "org")
    if entry.level == "none" and listing.entities and LATIN_ALONE.fullmatch(words):
        _add_latin(listing, entry)
        return kind
    if (detail := DETAIL.match(words)) and listing.entities:
        _add_detail(listing, entry, detail)
    elif entry.level == "dash" and listing.entities:
        _add_member(listing, entry)
    else:
        _add(listing, entry, country, kind)
    return kind


def _is_title(words: str) -> bool:
    return bool(TITLE.match(words) or ISSUER_LINE.match(words) or (LISTING_TITLE.search(words) and not LATIN.search(words)))


def _add(listing: Annex, entry: Marked, country: str | None, kind: EntityKind | None) -> None:
    words = entry.words
    if entry.level == "none" and not _looks_like_entity(words) and not (listing.bare and is_firm(words)):
        if len(words) > 1 and (ORG_END.search(words) or PERSON_END.search(words)):
            listing.unread.append(
                Unread(what="annex line", why="no number and no bracket shows whether it is an entry", quote=entry.line.quote())
            )
        return
    if PEOPLE.search(words) and len(entities := whom.entities_named(Piece(entry.line, entry.start, len(entry.line.text)))) > 1:
        listing.entries += 1
        listing.entities += [msgspec.structs.replace(named, kind=kind or named.kind) for named in entities]
        return
    person = kind == "person"
    nation = None if person else country
    made = entity(Piece(entry.line, entry.start, len(entry.line.text)), kind=kind, country=nation)
    if made is None:
        listing.unread.append(Unread(what="annex line", why="no name found in it", quote=entry.line.quote()))
        return
    if not made.country and not person:
        made = msgspec.structs.replace(made, country=country)
    listing.entries += 1
    listing.entities.append(made)
    listing.group = made


def is_name(words: str) -> bool:
    """Whether words are a name with its Latin form, and say nothing of it."""
    return NAME_ALONE.fullmatch(words) is not None


def is_firm(words: str) -> bool:
    """Whether words are the name of a firm, and say nothing of it."""
    return FIRM_ALONE.fullmatch(words) is not None


def heads_kind(line: Line) -> bool:
    """Whether a line says of what kind those are who stand below it: `二、人员`."""
    return HEADING.fullmatch(marked(line).words) is not None


def tells_of_entry(line: Line) -> bool:
    """Whether a line below an entry says something of it: an address, another name, its Latin one."""
    return DETAIL.match(line.text) is not None or LATIN_ALONE.fullmatch(line.text) is not None


def firm_of(line: Line) -> str:
    """The firm whose name a line or a cell of it is, as printed, without mark and short form; empty where it is none."""
    if line.cells:
        return next(filter(None, (firm_of(line_of(cell, traditional=line.traditional)) for cell in line.cells)), "")
    entry = marked(line)
    if not is_firm(entry.words):
        return ""
    behind = SHORT_FORM_BEHIND.search(entry.words)
    return line.said(entry.start, entry.start + (behind.start() if behind else len(entry.words)))


def headed(lines: Iterable[Line]) -> Iterator[Line]:
    """The names that stand, a line each and without numbers, right below a line that ends in a colon."""
    below = False
    for line in lines:
        below = line.text.endswith(":") or (below and (is_name(line.text) or is_firm(line.text)))
        if below and not line.text.endswith(":"):
            yield line


def _looks_like_entity(words: str) -> bool:
    if GENDER.search(words) or is_name(words):
        return True
    bracket = re.search(r"\(([^()]*)\)?", words)
    return bool(bracket and len(LATIN.findall(bracket[1])) > len(HAN.findall(bracket[1])) and "。" not in words)


def _add_latin(listing: Annex, entry: Marked) -> None:
    """The Latin name on the line below the Chinese one; a second is another name. Where nothing marks who begins, who knows."""
    if listing.bare:
        why = "nothing shows whether it is an entry or a name of the one above"
        listing.unread.append(Unread(what="annex line", why=why, quote=entry.line.quote()))
        return
    last, name = listing.entities[-1], entry.line.said(entry.start, len(entry.line.text)).rstrip(";,")
    if "en" in last.names:
        listing.details.setdefault(len(listing.entities) - 1, {}).setdefault("aliases", []).append(name)
    else:
        listing.entities[-1] = msgspec.structs.replace(last, names=last.names | {"en": name})


def _add_member(listing: Annex, entry: Marked) -> None:
    group = listing.group or listing.entities[-1]
    made = entity(Piece(entry.line, entry.start, len(entry.line.text)), kind="org")
    if made:
        parent = group.names.get("zh") or next(iter(group.names.values()))
        listing.entities.append(msgspec.structs.replace(made, parent=parent, country=made.country or group.country))


def _add_detail(listing: Annex, entry: Marked, detail: re.Match[str]) -> None:
    last = listing.entities[-1]
    value = entry.line.said(entry.start + detail.start("words"), entry.start + detail.end("words"))
    label = detail["label"]
    if label in ADDRESS_LABELS:
        listing.details.setdefault(len(listing.entities) - 1, {}).setdefault("addresses", []).append(value)
    elif label in ALIAS_LABELS or (label in NAME_LABELS and "en" in last.names):
        listing.details.setdefault(len(listing.entities) - 1, {}).setdefault("aliases", []).append(value)
    elif label in NAME_LABELS:
        listing.entities[-1] = msgspec.structs.replace(last, names=last.names | {"en": value})
    else:
        listing.entities[-1] = msgspec.structs.replace(last, ids=last.ids | {label: value})


def _row(listing: Annex, row: Line, country: str | None, kind: EntityKind | None) -> None:
    """A table's row: an ordinal, a Chinese and a Latin name in whatever order."""
    cells = [cell for cell in row.cells if cell and not re.fullmatch(r"\d{1,3}[.、]?", cell)]
    if not cells or any(TITLE.match(cell) for cell in cells):
        return
    chinese = next((cell for cell in cells if HAN.search(cell)), "")
    latin = next((cell for cell in cells if LATIN.search(cell) and not HAN.search(cell)), "")
    made = entity(_whole(line_of(chinese, traditional=row.traditional)), kind=kind, country=country) if chinese else None
    names = (made.names if made else {}) | ({"en": latin} if latin else {})
    if not names:
        return
    listing.entries += 1
    nation = made.country if made else country
    listing.group = Entity(
        names=names, kind=made.kind if made else kind or "org", country=nation or places.first(chinese), quote=row.raw
    )
    listing.entities.append(listing.group)


def _whole(line: Line) -> Piece:
    return Piece(line, 0, len(line.text))
