"""Deeds with their annexes, items, counts and starts → the measures of an announcement, and what could not be read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from monitor.extract import codes, counts, items, places
from monitor.extract.clauses import Deed
from monitor.extract.effect import Effect
from monitor.extract.entities import Annex, annex
from monitor.extract.marks import marked
from monitor.extract.names import ROLE, Piece, listed
from monitor.extract.normal import Line
from monitor.extract.phrases import INCREASES
from monitor.extract.registers import LISTS
from monitor.extract.sheet import Sheet
from monitor.model import Action, End, Entity, Item, Measure, Stated, Target, Unread

CLAUSE_WHO = re.compile(r"^对(?P<who>[^。;]+?),(?:冻结|禁止|不予|采取|限制)")
INTRODUCES_ITEMS = re.compile(
    r"(?:下列|以下|以下特性的|以下条件的|如下)物项[^。;]{0,20}?(?:未经许可|不得出口|实施出口管制|出口管制措施)|(?:未经许可|不得出口)[^。;]*?以下物项"
)
LIST_ENDS = re.compile(r"^(?:出口经营者|出口上述|本公告|经审查|上述|以上物项|任何单位|出口时|海关凭)")
CURBED = re.compile(r"不予许可(?P<what>[^。;,]+?)(?:相关)?(?:两用)?物项|对(?P<other>[^。;,对]+?)(?:相关)?两用物项对")
TO = re.compile(rf"(?:对|向|至)(?P<place>{places.country_pattern()})")
TO_THEM = re.compile(r"出口|军事|用户|用途")


@dataclass
class Reading:
    """The measures of an act and what of it could not be read."""

    measures: list[Measure] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def measures(sheet: Sheet, deeds: Sequence[Deed], effects: Sequence[Effect]) -> Reading:
    """The measures that the deeds come to."""
    reading = Reading()
    on_entities = [deed for deed in deeds if deed.who]
    for deed in _merged(deeds):
        made = _measure(sheet, deed, reading, alone=len(on_entities) == 1)
        reading.measures.extend(_started(made, deed, effects))
    return reading


def _merged(deeds: Sequence[Deed]) -> list[Deed]:
    """Deeds of the same kind on goods, and repeals of several sentences, are one; the first speaks for all."""
    kept: dict[tuple[object, ...], Deed] = {}
    for deed in deeds:
        key = (deed.action, deed.register, deed.who and deed.who.text, bool(deed.references), deed.starts, deed.ends)
        first = kept.setdefault(key, deed)
        if first is not deed:
            kept[key] = replace(
                first, references=tuple(dict.fromkeys([*first.references, *deed.references])), others=first.others or deed.others
            )
    return list(kept.values())


def _measure(sheet: Sheet, deed: Deed, reading: Reading, *, alone: bool) -> Measure:
    quote = deed.piece.line.quote(deed.piece.start, deed.piece.end).strip()
    made = Measure(
        action=deed.action,
        register=deed.register,
        amends=_targets(deed),
        starts=deed.starts,
        ends=deed.ends,
        destinations=_destinations(sheet, deed),
        quote=quote,
    )
    if deed.others and deed.others > len(made.amends):
        reading.unread.append(
            Unread(what="acts", why=f"{deed.others} are said to be changed, not all are named in the text", quote=quote)
        )
    if deed.who:
        return _with_entities(sheet, deed, made, reading, alone=alone)
    return _with_items(sheet, deed, made, reading) if deed.goods else made


def _targets(deed: Deed) -> tuple[Target, ...]:
    clauses: dict[str, tuple[str, ...]] = {}
    for each in deed.references:
        if each.key:
            clauses[each.key] = (*clauses.get(each.key, ()), *each.clauses)
    return tuple(Target(key=key, clauses=tuple(dict.fromkeys(labels))) for key, labels in clauses.items())


def _destinations(sheet: Sheet, deed: Deed) -> tuple[str, ...]:
    if not deed.goods or deed.action not in (Action.RESTRICT, Action.AMEND):
        return ()
    if added := INCREASES.search(deed.piece.text):
        return tuple(dict.fromkeys(places.all_in(added["names"])))
    texts = [sheet.title.text, *(line.text for line in sheet.body if not re.match("任何", line.text))]
    found = (
        places.countries()[match["place"]]
        for text in texts
        for match in TO.finditer(text)
        if TO_THEM.search(text[match.end() : match.end() + 12])
    )
    return tuple(dict.fromkeys(found))


def _with_entities(sheet: Sheet, deed: Deed, made: Measure, reading: Reading, *, alone: bool) -> Measure:
    sentence = deed.piece.text
    clauses = [line.text for line in sheet.body if "后附" in line.text and marked(line).level == "top"]
    told, country = counts.stated([sentence, " ".join(clauses), sheet.title.text])
    listing = _annex_of(sheet, deed, country, alone=alone)
    reading.unread.extend(listing.unread)
    entities = listing.entities or _prose(sheet, deed, country)
    _compare(told, entities, sentence, reading)
    if not told and listing.entries != len(entities) and listing.entries:
        told = Stated(entries=listing.entries)
    return msgspec.structs.replace(made, entities=tuple(entities), stated=told)


def _annex_of(sheet: Sheet, deed: Deed, country: str | None, *, alone: bool) -> Annex:
    parts = sheet.annexes
    if not alone and len(parts) > 1:
        parts = tuple(
            part
            for part in parts
            if deed.register in {LISTS[name] for name in LISTS if any(name in line.text for line in part[:3])}
        )
    lines = [line for part in parts for line in part]
    return annex(lines or _trailing(sheet, deed), country=country)


def _trailing(sheet: Sheet, deed: Deed) -> list[Line]:
    """Lines in the body that can only be entries: numbered, with a Latin name in brackets, no sentence."""
    entry = re.compile(r"[^。;:]{2,80}\([A-Za-z][^()\u4e00-\u9fff]*\)?[^。]{0,30}$")
    after = sheet.body[sheet.body.index(deed.piece.line) + 1 :] if deed.piece.line in sheet.body else sheet.body
    return [line for line in after if marked(line).level in ("number", "sub", "top", "dash") and entry.match(line.text)]


def _prose(sheet: Sheet, deed: Deed, country: str | None) -> list[Entity]:
    assert deed.who
    entities = listed(deed.who)
    if not entities:
        for line in sheet.body:
            entry = marked(line)
            if match := CLAUSE_WHO.match(entry.words):
                entities.extend(listed(Piece(line, entry.start + match.start("who"), entry.start + match.end("who"))))
    return [_completed(sheet, each, country) for each in entities]


def _completed(sheet: Sheet, entity: Entity, country: str | None) -> Entity:
    """A person named without a role may bear one where the act speaks of them before: `某国参议员某某`."""
    name = entity.names.get("zh", "")
    role = entity.role
    if entity.kind == "person" and not role and name:
        before = re.compile(rf"(?:^|[,。;、])(?P<role>[^,。;、]{{2,40}}?{ROLE}){re.escape(name)}")
        found = next((match for line in sheet.body if (match := before.search(line.text))), None)
        role = found["role"] if found else None
        country = (places.first(role) if role else None) or country
    return msgspec.structs.replace(entity, role=role, country=entity.country or country)


def _compare(told: Stated | None, entities: Sequence[Entity], sentence: str, reading: Reading) -> None:
    read = len(entities)
    own = sum(each.parent is None for each in entities)
    if told and told.entities not in (read, own):
        reading.unread.append(Unread(what="entities", why=f"the text says {told.entities}, {read} were read", quote=sentence))
    elif not entities:
        reading.unread.append(Unread(what="entities", why="no name was found in the text", quote=sentence))


def _with_items(sheet: Sheet, deed: Deed, made: Measure, reading: Reading) -> Measure:
    found = _curbed(sheet) if deed.action is Action.RESTRICT else items.items(_item_lines(sheet.body))
    if not found and deed.action in (Action.ADD, Action.AMEND):
        found = items.by_tariff(sheet.body)
    if not found and deed.action is Action.ADD:
        found = items.items([line for part in sheet.annexes for line in part])
    if not found and deed.action is Action.ADD:
        reading.unread.append(Unread(what="items", why="the text does not list them; see the attachments", quote=made.quote))
    return msgspec.structs.replace(made, items=found)


def _item_lines(body: Sequence[Line]) -> list[Line]:
    """The lines between the words that introduce the items and those on how to apply."""
    introductions = [place for place, line in enumerate(body) if INTRODUCES_ITEMS.search(line.text)]
    coded = next((place for place, line in enumerate(body) if codes.HEAD.match(marked(line).words)), None)
    if not introductions and coded is None:
        return []
    begin = introductions[-1] + 1 if introductions else max((coded or 0) - 1, 0)
    if introductions and coded is not None and coded < begin:
        begin = introductions[0] + 1
    rest = body[begin:]
    stop = next((place for place, line in enumerate(rest) if LIST_ENDS.match(marked(line).words)), len(rest))
    return list(rest[:stop])


def _curbed(sheet: Sheet) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for line in sheet.body:
        for match in CURBED.finditer(line.text):
            group = "what" if match["what"] else "other"
            for name in re.split("[、和及]", match[group]):
                if name and not re.search("所有|全部|相关|禁止|军民", name):
                    found.setdefault(name, Item(names={"zh": name}, quote=line.quote(match.start(), match.end())))
    return tuple(found.values())


def _started(made: Measure, deed: Deed, effects: Sequence[Effect]) -> Iterable[Measure]:
    """A measure for each start: its own, or those of the act."""
    if deed.starts or not effects:
        return [made]
    return [
        msgspec.structs.replace(made, starts=effect.starts, clauses=effect.clauses, ends=made.ends or _last(made, effect))
        for effect in effects
    ]


def _last(made: Measure, effect: Effect) -> End | None:
    return effect.ends if made.action not in (Action.REPEAL, Action.REMOVE) else None
