"""Operations with their annexes, items, counts and starts → the measures of an announcement, and what could not be read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from monitor.extract import counts as shared_counts
from monitor.extract.zh import item_lists, listing, places, whom
from monitor.extract.zh.annex_lines import Annex
from monitor.extract.zh.body import Body
from monitor.extract.zh.clauses import Operation, evidence
from monitor.extract.zh.effect import Effect
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import listed
from monitor.extract.zh.phrases import INCREASES
from monitor.extract.zh.sections import Sections
from monitor.model import Action, End, Entity, Measure, Stated, Target, Unread

TO = re.compile(rf"(?:对|向|至)(?P<places>{places.country_pattern()}(?:[、和及与]{places.country_pattern()})*)")
# Whom an act counts and does not name may stand in a list that we have not read.
POINTS_ELSEWHERE = re.compile("附件|附表|附后|后附|名单见|清单见|详见|下列|以下|如下")
LISTING = (Action.ADD, Action.REMOVE)  # whoever is protected beside others need not be named
TO_THEM = re.compile(r"出口|军事|用户|用途")
ROW = re.compile(r"(?:对|向|至)(?P<places>[^,。;:()对向至的\d\x00]{2,40}?)(?:(?P<users>军事|最终用|用户)|两用物项|出口)")


@dataclass
class Reading:
    """The measures of an act and what of it could not be read."""

    measures: list[Measure] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def measures(page: Sections, operations: Sequence[Operation], effects: Sequence[Effect]) -> Reading:
    """The measures that the operations come to."""
    reading, body = Reading(), Body(page)
    on_entities = [operation for operation in operations if operation.who]
    heads = _heads(operations)
    for operation in _merged(operations):
        made = _measure(body, operation, reading, heads.get(operation.action, ()), alone=len(on_entities) == 1)
        reading.measures.extend(_started(made, operation, effects))
    return reading


def _heads(operations: Sequence[Operation]) -> dict[Action, list[Line]]:
    """By what they do the lines of operations on goods, where an act does several things to goods."""
    heads: dict[Action, list[Line]] = {}
    for operation in operations:
        if operation.goods:
            heads.setdefault(operation.action, []).append(operation.piece.line)
    return heads if len(heads) > 1 else {}


def _merged(operations: Sequence[Operation]) -> list[Operation]:
    """Operations of the same kind on goods, and repeals of several sentences, are one; the first speaks for all."""
    kept: dict[tuple[object, ...], list[Operation]] = {}
    for operation in operations:
        key = (
            operation.action,
            operation.register,
            operation.who and operation.who.text,
            bool(operation.references),
            operation.starts,
            operation.ends,
        )
        kept.setdefault(key, []).append(operation)
    return [_as_one(alike) for alike in kept.values()]


def _as_one(alike: list[Operation]) -> Operation:
    references = tuple(dict.fromkeys(reference for operation in alike for reference in operation.references))
    entities = {str(entity.names): entity for operation in alike for entity in operation.entities}
    items = {(str(item.names), item.hs): item for operation in alike for item in operation.items}
    others = next((operation.others for operation in alike if operation.others), alike[0].others)
    destinations = tuple(dict.fromkeys(place for operation in alike for place in operation.destinations))
    return replace(
        alike[0],
        references=references,
        others=others,
        entities=tuple(entities.values()),
        items=tuple(items.values()),
        destinations=destinations,
    )


def _measure(body: Body, operation: Operation, reading: Reading, heads: Sequence[Line], *, alone: bool) -> Measure:
    quote = evidence(operation.piece, operation.who)
    made = Measure(
        action=operation.action,
        register=operation.register,
        amends=_targets(operation),
        starts=operation.starts,
        ends=operation.ends,
        destinations=_destinations(body.page, operation),
        quote=quote,
    )
    if operation.others and operation.others > len(made.amends):
        reading.unread.append(
            Unread(what="acts", why=f"{operation.others} are said to be changed, not all are named in the text", quote=quote)
        )
    if unknown := _unknown_place(operation):
        why = f"a destination was not understood: {unknown}"
        reading.unread.append(Unread(what="measure", why=why, quote=quote))
    if operation.unclear:
        reading.unread.append(Unread(what="measure", why=operation.unclear, quote=made.quote))
    if operation.read_whole:
        return _as_read(body, operation, made, reading)
    if operation.who:
        return _with_entities(body, operation, made, reading, alone=alone)
    return _with_items(body.page, operation, made, reading, heads) if operation.goods else made


def _as_read(body: Body, operation: Operation, made: Measure, reading: Reading) -> Measure:
    """A measure whose form has read all of it: what the sentence counts is held against the names."""
    counted, country = body.stated(operation.piece) if operation.entities else (None, None)
    stated, entities = operation.stated or counted, operation.entities
    if stated and stated.entities != len(entities):
        entities = _all_counted(body.listing(operation, country, alone=True), stated) or entities
        if (entities and made.action in LISTING) or POINTS_ELSEWHERE.search(body.text):
            _compare(stated, entities, made.quote, reading)
    return msgspec.structs.replace(
        made,
        entities=tuple(
            body.latin.get(entity.names.get("zh", ""), entity) if "en" not in entity.names else entity for entity in entities
        ),
        items=operation.items if operation.entities else item_lists.below(body.page, operation.items),
        destinations=operation.destinations,
        stated=stated,
    )


def _all_counted(listing: Annex, stated: Stated) -> tuple[Entity, ...]:
    """Those on the lines below, where they are as many as a sentence counts that names an example (`甲公司等3家`)."""
    return tuple(listing.entities) if len(listing.entities) == stated.entities else ()


def _targets(operation: Operation) -> tuple[Target, ...]:
    clauses: dict[str, dict[str, None]] = {}
    for reference in operation.references:
        if reference.key:
            clauses.setdefault(reference.key, {}).update(dict.fromkeys(reference.clauses))
    return tuple(Target(key=key, clauses=tuple(labels)) for key, labels in clauses.items())


def _destinations(page: Sections, operation: Operation) -> tuple[str, ...]:
    if not operation.goods or operation.action not in (Action.RESTRICT, Action.AMEND):
        return ()
    if added := INCREASES.search(operation.piece.text):
        return tuple(dict.fromkeys(places.all_in(added["names"])))
    texts = [page.title.text, *(line.text for line in page.body if not re.match("任何", line.text))]
    countries = (
        country
        for text in texts
        for match in TO.finditer(text)
        if TO_THEM.search(text[match.end() : match.end() + 12])
        for country in places.all_in(match["places"])
    )
    return tuple(dict.fromkeys(countries))


def _unknown_place(operation: Operation) -> str:
    """What a ban on goods names beside countries, or as home of its users, and has no code (`对东盟军事用户`)."""
    if not operation.goods or operation.action is not Action.RESTRICT:
        return ""
    rows = (row for row in ROW.finditer(operation.piece.text) if row["users"] or places.first(row["places"]))
    return next((name for row in rows for name in places.unknown_in(row["places"])), "")


def _with_entities(body: Body, operation: Operation, made: Measure, reading: Reading, *, alone: bool) -> Measure:
    stated, country = body.stated(operation.piece)
    itself = _behind(body, operation, country) or ([] if alone else _itself(body, operation, country))
    below = Annex() if itself else body.listing(operation, country, alone=alone)
    reading.unread.extend(below.unread)
    entities = itself or below.entities or _prose(body, operation, country)
    _compare(stated, entities, made.quote, reading)
    if not stated and below.entries != len(entities) and below.entries:
        stated = Stated(entries=below.entries)
    return msgspec.structs.replace(made, entities=tuple(entities), stated=stated)


def _prose(body: Body, operation: Operation, country: str | None) -> list[Entity]:
    assert operation.who
    pointed = whom.meant(operation.who, body.page.before(operation.who.line)) if whom.points(operation.who) else []
    return [_completed(body, entity, country) for entity in pointed or listed(operation.who) or body.named]


def _behind(body: Body, operation: Operation, country: str | None) -> list[Entity]:
    """Those who stand behind the colon of a sentence that says they follow."""
    assert operation.who
    follow = listing.BELOW.search(operation.piece.text)
    start = operation.who.end - operation.piece.start
    return [_completed(body, entity, country) for entity in listing.behind(operation.piece, start)] if follow else []


def _itself(body: Body, operation: Operation, country: str | None) -> list[Entity]:
    """Whom a sentence names itself that points to no list, though the act has one."""
    assert operation.who
    points = POINTS_ELSEWHERE.search(operation.piece.text) or whom.points(operation.who)
    return [] if points else [_completed(body, entity, country) for entity in listed(operation.who)]


def _completed(body: Body, entity: Entity, country: str | None) -> Entity:
    """A person named without a role may bear one where the act speaks of them before."""
    name, role = entity.names.get("zh", ""), entity.role
    if entity.kind == "person" and not role and name:
        role = body.roles.get(name)
        country = (places.first(role) if role else None) or country
    return msgspec.structs.replace(entity, role=role, country=entity.country or country)


def _compare(stated: Stated | None, entities: Sequence[Entity], sentence: str, reading: Reading) -> None:
    read = len(entities)
    own = sum(entity.parent is None for entity in entities)
    if stated:
        reading.unread.extend(shared_counts.unread(stated, entities, sentence))
    if stated and stated.entities not in (read, own):
        reading.unread.append(Unread(what="entities", why=f"the text says {stated.entities}, {read} were read", quote=sentence))
    elif not entities:
        reading.unread.append(Unread(what="entities", why="no name was found in the text", quote=sentence))


def _with_items(page: Sections, operation: Operation, made: Measure, reading: Reading, heads: Sequence[Line]) -> Measure:
    goods = item_lists.goods(page, operation.action, heads)
    reading.unread.extend(goods.unread)
    if not goods.items and (operation.action is Action.ADD or listing.BELOW.search(operation.piece.text)):
        reading.unread.append(Unread(what="items", why="the text does not list them; see the attachments", quote=made.quote))
    return msgspec.structs.replace(made, items=goods.items)


def _started(made: Measure, operation: Operation, effects: Sequence[Effect]) -> Iterable[Measure]:
    """A measure for each start: its own, or those of the act."""
    if operation.starts or not effects:
        return [made]
    return [
        msgspec.structs.replace(made, starts=effect.starts, clauses=effect.clauses, ends=made.ends or _last(made, effect))
        for effect in effects
    ]


def _last(made: Measure, effect: Effect) -> End | None:
    return effect.ends if made.action not in (Action.REPEAL, Action.REMOVE) else None
