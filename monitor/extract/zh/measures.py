"""Operations with their annexes, items, counts and starts → the measures of an announcement, and
what could not be read.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter

from monitor.extract.en import numerals
from monitor.extract.zh import annexes, dates, items, named_below, places
from monitor.extract.zh.annexes import (
    Annex,
    is_entry_detail,
    is_firm,
    is_kind_heading,
    is_name,
    list_headed_lines,
)
from monitor.extract.zh.lines import Line, read_mark
from monitor.extract.zh.names import (
    Piece,
    add_latin_name,
    find_meant_entities,
    is_pointing_back,
    read_entities,
)
from monitor.extract.zh.operations import Operation, quote_end, quote_evidence, quote_words
from monitor.extract.zh.sections import (
    HEAD_LINES,
    Sections,
    find_annex_label,
    read_header_fields,
)
from monitor.extract.zh.words import CHINESE, LISTS
from monitor.model import (
    IN_PART,
    Action,
    End,
    Entity,
    Measure,
    Start,
    Stated,
    Target,
    Unread,
    frozen,
)
from monitor.names.numerals import parse_number

WORDS = CHINESE.table("measures")

# From when an act bites: one start for the whole, or one for each group of clauses.


@frozen
class Effect:
    """A start and the clauses it holds for; none means the whole act."""

    starts: Start
    clauses: tuple[str, ...] = ()
    ends: End | None = None


def read_effects(body: Sequence[Line], published: str | None) -> list[Effect]:
    """The starts the act gives, clause by clause where it does so."""
    all_effects = [
        effect
        for line in body
        if not WORDS.promulgated.match(line.text)
        for effect in _read_line_effects(line, published)
    ]
    all_effects = all_effects or [
        effect for line in body for effect in _read_line_effects(line, published)
    ]
    all_effects = all_effects or [
        effect for line in body for effect in _read_line_effects(line, published, any_verb=True)
    ]
    by_clause = [effect for effect in all_effects if effect.clauses]
    return by_clause or _add_own_term(all_effects[-1:] or _read_field_effect(body), body)


def _add_own_term(effects: list[Effect], body: Sequence[Line]) -> list[Effect]:
    """The one start with the end of the term that a clause by itself states
    (`二、临时管制期限为两年。`).
    """
    terms = [(line, term) for line in body if (term := WORDS.own_term.match(line.text))]
    if len(effects) != 1 or len(terms) != 1 or effects[0].ends:
        return effects
    line, term = terms[0]
    ended = quote_end(Piece(line, 0, term.end()), dates.end(term[0], effects[0].starts.on))
    return [replace(effects[0], ends=ended)]


def _read_field_effect(body: Sequence[Line]) -> list[Effect]:
    """The start that a law database prints at the head of an act."""
    field = read_header_fields(body[:HEAD_LINES]).get("begins")
    on = dates.first_day(field.text) if field else None
    return [Effect(Start(on, "explicit", field.raw.strip()))] if field and on else []


def _read_line_effects(
    line: Line, published: str | None, *, any_verb: bool = False
) -> list[Effect]:
    """Read the starts of a line; with `any_verb` also `自发布之日起` before anything that the
    act does.
    """
    effects: list[Effect] = []
    here, clause = 0, ""
    for stop in PART_END.finditer(line.text):
        part = Piece(line, here, stop.end())
        text = part.text
        begun = dates.start(text, published)
        if (
            begun
            and (
                _is_effect(text, begun, any_verb=any_verb)
                or _is_control_effect(text, begun, published)
            )
            and "同步" not in text[: begun[1]]
            and not _is_earlier_effect(text, begun, published)
        ):
            starts, first, last = begun
            labels = list(_list_clause_labels(WORDS.of_law.sub("", text[: begun[1]]), clause))
            clause = labels[-1].partition("(")[0] if labels else clause
            if effects and not labels and (rest := WORDS.rest.match(text)):
                labels = [rest[0]]  # all that the clauses before are not
            effects.append(
                Effect(
                    Start(starts.on, starts.basis, quote_words(part, first, last)),
                    tuple(labels),
                    quote_end(part, dates.end(text, starts.on)),
                )
            )
        here = stop.end()
    return effects


PART_END = re.compile(rf"[。;]|{WORDS.next_start.pattern}|$")


def _list_clause_labels(text: str, clause: str) -> Iterator[str]:
    """The clauses that a text names, as `一` or `一(三)`; a lower one by itself is of the last."""
    for match in WORDS.label.finditer(text):
        if match["item"]:
            yield clause + match["item"]
            continue
        clause = match["label"] or match["plain"]
        yield clause + (match["lower"] or "")


def _is_effect(text: str, begun: tuple[Start, int, int], *, any_verb: bool) -> bool:
    """Return whether the act takes effect at a start."""
    starts, _, last = begun
    after = last - (text[last - 1] == "起")
    return bool(WORDS.takes_effect.match(text, after) or WORDS.lasts.match(text)) or (
        any_verb and starts.basis == "publication" and not WORDS.within.match(text, after)
    )


def _is_control_effect(text: str, begun: tuple[Start, int, int], published: str | None) -> bool:
    """Return whether a control of goods takes effect at a start to come."""
    starts, _, last = begun
    after = last - (text[last - 1] == "起")
    return starts.on >= (published or "") and bool(WORDS.controls_from.match(text, after))


def _is_earlier_effect(text: str, begun: tuple[Start, int, int], published: str | None) -> bool:
    """Return whether an earlier act, named before the start, took effect then."""
    starts, first, _ = begun
    return starts.on < (published or "") and WORDS.other_act.search(text, 0, first) is not None


# An act's lines as its operations need them: annexes, lists, counts and names.

ROLE_STOPS = re.compile("[,。;、]")
# characters before a title, and of a name after it
SHORTEST_ROLE, LONGEST_ROLE, LONGEST_NAME = 2, 40, 24


@dataclass(frozen=True)
class Body:
    """The lines of an act as its operations need them, each read only once."""

    page: Sections
    counted: dict[str, tuple[Stated | None, str | None]] = field(default_factory=dict)
    listings: dict[tuple[object, ...], Annex] = field(default_factory=dict)

    @cached_property
    def trailing(self) -> list[tuple[int, Line]]:
        """Lines that can only be entries, with their places.

        Each is a name with its Latin form in brackets, or a line right below that describes it.
        """
        below = {line.place for line in list_headed_lines(self.page.body)}
        entries: list[tuple[int, Line]] = []
        for place, line in enumerate(self.page.body):
            tells = bool(entries) and entries[-1][0] == place - 1 and is_entry_detail(line)
            if line.cells or place in below or _is_entry(line) or tells or is_kind_heading(line):
                entries.append((place, line))
        return entries

    @cached_property
    def clauses(self) -> str:
        """The clauses that speak of a list below."""
        return " ".join(
            line.text
            for line in self.page.body
            if "后附" in line.text and read_mark(line).level == "top"
        )

    @cached_property
    def text(self) -> str:
        """All that the act says."""
        return "\n".join(line.text for line in self.page.body)

    @cached_property
    def roles(self) -> dict[str, str]:
        """The bearers of roles: words right after a role (`某国参议员某某`), by their first letters."""
        roles: dict[str, str] = {}
        for clause in (clause for line in self.page.body for clause in ROLE_STOPS.split(line.text)):
            for title in WORDS.any_role.finditer(clause):
                begin, end = title.span("role")
                if SHORTEST_ROLE <= begin <= LONGEST_ROLE:
                    for length in range(1, LONGEST_NAME + 1):
                        roles.setdefault(clause[end : end + length], clause[:end])
        return roles

    def stated(self, sentence: Piece) -> tuple[Stated | None, str | None]:
        """Read the number of names in a sentence, a clause or the title."""
        if sentence.text not in self.counted:
            texts = (sentence.text, self.clauses, self.page.title.text)
            self.counted[sentence.text] = places.stated(
                WORDS.of_other_act.sub("", text) for text in texts
            )
        return self.counted[sentence.text]

    def listing(self, operation: Operation, country: str | None, *, alone: bool) -> Annex:
        """Read an operation's list in the annexes, else the lines below its own that can only be
        entries.
        """
        parts = self._cited(operation.piece) or self._annexes(
            operation.register if not alone else None
        )
        first, last = (0, 0) if parts else self._below(operation.piece.line, alone=alone)
        key = (parts, first, last, country)
        if key not in self.listings:
            lines = [line for part in parts for line in self.page.annexes[part]]
            self.listings[key] = annexes.read_name_lines(
                lines or [line for _, line in self.trailing[first:last]], country=country
            )
        return self.listings[key]

    def _below(self, line: Line, *, alone: bool) -> tuple[int, int]:
        """Find the entries below a line, to the next list; for the only list all that follow."""
        place = self.page.place(line)
        here = -1 if place is None else place
        first = bisect_right(self.trailing, here, key=itemgetter(0))
        last = bisect_right(self.trailing, here + len(self.page.after(line)), key=itemgetter(0))
        return first, len(self.trailing) if alone and first == last else last

    def _cited(self, sentence: Piece) -> tuple[int, ...]:
        """Find the annexes that a sentence cites by number (`见附件1`)."""
        cited = {str(parse_number(match["which"])) for match in WORDS.cited.finditer(sentence.text)}
        labels = [find_annex_label(part[0].text) for part in self.page.annexes]
        return tuple(
            place
            for place, label in enumerate(labels)
            if label and str(parse_number(label["which"] or "")) in cited
        )

    def _annexes(self, register: str | None) -> tuple[int, ...]:
        """Find the annexes of a register: all of them, if there is one operation or one annex."""
        parts = self.page.annexes
        if register is None or len(parts) < 2:
            return tuple(range(len(parts)))
        return tuple(
            place for place, part in enumerate(parts) if register in _find_named_lists(part[:3])
        )


def _find_named_lists(lines: Sequence[Line]) -> set[str]:
    return {
        register for name, register in LISTS.items() if any(name in line.text for line in lines)
    }


def _is_entry(line: Line) -> bool:
    entry = read_mark(line)
    numbered = entry.level in ("number", "sub", "top", "bracket", "group", "dash") and (
        WORDS.trailing.match(line.text)
        or is_firm(entry.words)
        or WORDS.latin_entry.fullmatch(entry.words)
    )
    person = WORDS.of_person.fullmatch(entry.words)
    return bool(numbered or person) or is_name(entry.words)


LISTING = (Action.ADD, Action.REMOVE)  # those protected beside others need no names


@dataclass
class Reading:
    """The measures of an act, and what of it could not be read."""

    measures: list[Measure] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def make_measures(
    page: Sections, operations: Sequence[Operation], effects: Sequence[Effect]
) -> Reading:
    """The measures that the operations come to."""
    reading, body = Reading(), Body(page)
    on_entities = [operation for operation in operations if operation.who]
    heads = _group_heads(operations)
    places: dict[int, int] = {}
    for operation in _merge_alike(_drop_named_elsewhere(operations)):
        made = _make_measure(
            body, operation, reading, heads.get(operation.action, ()), alone=len(on_entities) == 1
        )
        started = list(_split_by_start(made, operation, effects))
        if (place := page.place(operation.piece.line)) is not None and len(started) == 1:
            places[len(reading.measures)] = place
        reading.measures.extend(started)
        if len(started) > 1 and made.items:
            reading.unread.extend(_list_unsplit_parts(page.body))
        if len(started) > 1:
            reading.unread.extend(_list_rest_starts(effects))
    _complete_lists(reading, places, page)
    reading.measures[:] = [
        measure.replace(
            entities=tuple(add_latin_name(each, page.body) for each in measure.entities)
        )
        for measure in _drop_said_again(reading.measures)
    ]
    return reading


def _drop_said_again(measures: Sequence[Measure]) -> list[Measure]:
    """The measures but what a sentence says again of its names (`移出清单,停止对其采取的措施`)."""
    told = [(each.action, each.quote, each.entities) for each in measures if each.register]
    return [
        each
        for each in measures
        if (each.action, each.quote, each.entities) not in told or each.register
    ]


def _complete_lists(reading: Reading, places: Mapping[int, int], page: Sections) -> None:
    """Complete the lists of measures with those named below, and compare their counts anew."""
    completed = named_below.complete_lists(reading.measures, places, page)
    completed = named_below.split_shared(completed, page)
    for before, after in zip(reading.measures, completed, strict=True):
        if len(before.entities) != len(after.entities):
            told = (
                each.what == "entities" and each.quote == after.quote for each in reading.unread
            )
            kept = [each for each, is_told in zip(reading.unread, told, strict=True) if not is_told]
            reading.unread[:] = kept
            _compare_counts(after.stated, after.entities, after.quote, reading)
    reading.measures[:] = completed


def _list_unsplit_parts(body: Iterable[Line]) -> Iterator[Unread]:
    """Report clauses on a part of an annex, because their measures have all its items."""
    for line in body:
        if WORDS.annex_part.search(line.text):
            yield Unread(
                "items",
                "it names a part of the annex; all items of the annex are shown",
                line.quote().strip(),
            )


def _list_rest_starts(effects: Iterable[Effect]) -> Iterator[Unread]:
    """Report the start of all that other clauses are not: each measure has the whole deed."""
    for effect in effects:
        if any(WORDS.rest_label.fullmatch(label) for label in effect.clauses):
            yield Unread("day", "what begins then is only quoted", effect.starts.quote)


def _drop_named_elsewhere(operations: Sequence[Operation]) -> list[Operation]:
    """The operations without changes that hold for some only, where these are named: another
    operation of their line has them.
    """
    named = [
        operation.piece.line for operation in operations if operation.who or operation.entities
    ]
    return [
        operation
        for operation in operations
        if operation.unclear not in IN_PART.values()
        or not any(operation.piece.line is line for line in named)
    ]


def _group_heads(operations: Sequence[Operation]) -> dict[Action, list[Line]]:
    """Group the lines of operations on goods by action, if an act does several things to goods."""
    heads: dict[Action, list[Line]] = {}
    for operation in operations:
        if operation.goods:
            heads.setdefault(operation.action, []).append(operation.piece.line)
    return heads if len(heads) > 1 else {}


def _merge_alike(operations: Sequence[Operation]) -> list[Operation]:
    """Operations of the same kind on goods, and repeals of several sentences, are one; the first
    speaks for all.
    """
    kept: dict[tuple[object, ...], list[Operation]] = {}
    for operation in operations:
        key = (
            operation.action,
            operation.register,
            operation.who and operation.who.text,
            operation.action in LISTING
            and frozenset(str(entity.names) for entity in operation.entities),
            bool(operation.references),
            operation.starts,
            operation.ends,
            # each limit stands in words of its own
            operation.unclear in IN_PART.values() and operation.piece.quote,
        )
        kept.setdefault(key, []).append(operation)
    return [_merge_into_one(alike) for alike in kept.values()]


def _merge_into_one(alike: list[Operation]) -> Operation:
    references = tuple(
        dict.fromkeys(reference for operation in alike for reference in operation.references)
    )
    entities = {str(entity.names): entity for operation in alike for entity in operation.entities}
    items = {(str(item.names), item.hs): item for operation in alike for item in operation.items}
    others = next((operation.others for operation in alike if operation.others), alike[0].others)
    destinations = tuple(
        dict.fromkeys(place for operation in alike for place in operation.destinations)
    )
    return replace(
        alike[0],
        references=references,
        others=others,
        entities=tuple(entities.values()),
        items=tuple(items.values()),
        destinations=destinations,
        unclear=next((operation.unclear for operation in alike if operation.unclear), ""),
    )


def _make_measure(
    body: Body, operation: Operation, reading: Reading, heads: Sequence[Line], *, alone: bool
) -> Measure:
    quote = quote_evidence(operation.piece, operation.who)
    made = Measure(
        operation.action,
        operation.register,
        amends=_make_targets(operation),
        starts=operation.starts,
        ends=operation.ends,
        destinations=_find_destinations(body.page, operation),
        quote=quote,
    )
    if operation.others and operation.others > len(made.amends):
        reading.unread.append(
            Unread(
                "acts",
                f"{operation.others} are said to be changed, not all are named in the text",
                quote,
            )
        )
    if unknown := _find_unknown_place(operation):
        why = f"a destination was not understood: {unknown}"
        reading.unread.append(Unread("measure", why, quote))
    if operation.unclear:
        reading.unread.append(Unread("measure", operation.unclear, made.quote))
    if operation.read_whole:
        return _complete_measure(body, operation, made, reading)
    if operation.who:
        return _add_entities(body, operation, made, reading, alone=alone)
    return _add_items(body.page, operation, made, reading, heads) if operation.goods else made


def _complete_measure(body: Body, operation: Operation, made: Measure, reading: Reading) -> Measure:
    """Complete a measure that its form has fully read; compare the sentence's count
    with the names.
    """
    counted, country = body.stated(operation.piece) if operation.entities else (None, None)
    stated, entities = operation.stated or counted, operation.entities
    if stated and stated.entities != len(entities):
        entities = (
            _find_counted_names(body.listing(operation, country, alone=True), stated) or entities
        )
        if (entities and made.action in LISTING) or WORDS.points_elsewhere.search(body.text):
            _compare_counts(stated, entities, made.quote, reading)
    goods = (
        operation.items
        if operation.entities
        else items.read_goods_below(body.page, operation.items)
    )
    if not (goods or entities) and items.leads_to_goods(operation.piece.text):
        reading.unread.append(Unread("items", "what stands below was not read", made.quote))
    return made.replace(
        entities=tuple(entities),
        items=goods,
        destinations=operation.destinations,
        stated=stated,
    )


def _find_counted_names(listing: Annex, stated: Stated) -> tuple[Entity, ...]:
    """Return the names on the lines below, if they are as many as a sentence counts (`甲公司等3家`)."""
    return tuple(listing.entities) if len(listing.entities) == stated.entities else ()


def _make_targets(operation: Operation) -> tuple[Target, ...]:
    clauses: dict[str, dict[str, None]] = {}
    for reference in operation.references:
        if reference.key:
            clauses.setdefault(reference.key, {}).update(dict.fromkeys(reference.clauses))
    return tuple(Target(key, clauses=tuple(labels)) for key, labels in clauses.items())


def _find_destinations(page: Sections, operation: Operation) -> tuple[str, ...]:
    if not operation.goods or operation.action not in (Action.RESTRICT, Action.AMEND):
        return ()
    texts = [page.title.text, *(line.text for line in page.body)]
    countries = (
        country
        for text in texts
        for match in WORDS.to.finditer(text)
        if WORDS.to_them.search(text[match.end() : match.end() + 12])
        for country in places.all_in(match["places"])
    )
    return tuple(dict.fromkeys(countries))


def _find_unknown_place(operation: Operation) -> str:
    """Find a place without a code in a ban on goods, as destination or home of its users
    (`对东盟军事用户`).
    """
    if not operation.goods or operation.action is not Action.RESTRICT:
        return ""
    rows = (
        row
        for row in WORDS.row.finditer(operation.piece.text)
        if row["users"] or places.first(row["places"])
    )
    return next((name for row in rows for name in places.unknown_in(row["places"])), "")


def _add_entities(
    body: Body, operation: Operation, made: Measure, reading: Reading, *, alone: bool
) -> Measure:
    stated, country = body.stated(operation.piece)
    itself = _read_colon_names(operation) or ([] if alone else _read_own_names(body, operation))
    below = Annex() if itself else body.listing(operation, country, alone=alone)
    reading.unread.extend(below.unread)
    entities = _keep_kind_counted(below.entities, stated, operation.who) or [
        _complete_person(body, entity, country)
        for entity in itself
        or _read_prose_names(body, operation)
        or _read_persons_below(body, operation)
        or _read_clause_names(body)
    ]
    _compare_counts(stated, entities, made.quote, reading)
    if not stated and below.entries != len(entities) and below.entries:
        stated = Stated(entries=below.entries)
    return made.replace(entities=tuple(entities), stated=stated)


def _keep_kind_counted(
    entities: Sequence[Entity], stated: Stated | None, who: Piece | None
) -> Sequence[Entity]:
    """Return a list's names of the kind that a sentence counts (`附件所列的2名人员`), if the
    number agrees.
    """
    kind = "person" if who and WORDS.persons.search(who.text) else "org"
    alike = [entity for entity in entities if entity.kind == kind]
    return alike if stated and stated.entities == len(alike) else entities


def _read_prose_names(body: Body, operation: Operation) -> list[Entity]:
    """Read those whom the words point back to, else those whom they name."""
    assert operation.who
    pointed = (
        find_meant_entities(operation.who, body.page.before(operation.who.line))
        if is_pointing_back(operation.who)
        else []
    )
    return pointed or read_entities(operation.who, body.roles)


def _read_colon_names(operation: Operation) -> list[Entity]:
    """Read the names behind the colon of a sentence that says they follow."""
    assert operation.who
    follow = annexes.BELOW.search(operation.piece.text) or "包括:" in operation.piece.text
    start = operation.who.end - operation.piece.start
    return annexes.read_names_behind(operation.piece, start) if follow else []


def _read_persons_below(body: Body, operation: Operation) -> list[Entity]:
    """The persons on the lines below a sentence that says they follow, by their bare names."""
    follow = annexes.FOLLOW.search(operation.piece.text)
    persons = follow and annexes.KINDS.get(follow["whom"]) == "person"
    return annexes.read_names_below(operation.piece.line, body.page) if persons else []


def _read_clause_names(body: Body) -> list[Entity]:
    """The names in the clauses that speak of a list behind the act, where it is not on the page,
    or that say what is done to whom.
    """
    forms = (WORDS.of_list_behind, WORDS.of_clause)
    lines = ((line, form.match(line.text)) for form in forms for line in body.page.body)
    named = (Piece(line, *match.span("who")) for line, match in lines if match)
    entities = (entity for who in named for entity in read_entities(who))
    return list({entity.names.get("zh", ""): entity for entity in entities}.values())


def _read_own_names(body: Body, operation: Operation) -> list[Entity]:
    """Read the names in a sentence that points to no list, although the act has one."""
    assert operation.who
    if WORDS.points_elsewhere.search(operation.piece.text):
        return []
    return (
        find_meant_entities(operation.who, ())
        if is_pointing_back(operation.who)
        else read_entities(operation.who, body.roles)
    )


def _complete_person(body: Body, entity: Entity, country: str | None) -> Entity:
    """A person named without a role may bear one where the act speaks of them before."""
    name, role = entity.names.get("zh", ""), entity.role
    if entity.kind == "person" and not role and name:
        role = body.roles.get(name)
        country = (places.first(role) if role else None) or country
    return entity.replace(role=role, country=entity.country or country)


def _compare_counts(
    stated: Stated | None, entities: Sequence[Entity], sentence: str, reading: Reading
) -> None:
    read = len(entities)
    own = sum(entity.parent is None for entity in entities)
    if stated:
        reading.unread.extend(numerals.list_count_gaps(stated, entities, sentence))
    if stated and stated.entities not in (read, own):
        reading.unread.append(
            Unread(
                "entities",
                f"the text says {stated.entities}, {read} were read",
                sentence,
            )
        )
    elif not entities:
        reading.unread.append(Unread("entities", "no name was found in the text", sentence))


def _add_items(
    page: Sections, operation: Operation, made: Measure, reading: Reading, heads: Sequence[Line]
) -> Measure:
    goods = items.read_goods(page, operation.action, heads)
    reading.unread.extend(goods.unread)
    if not goods.items and (
        operation.action is Action.ADD or annexes.BELOW.search(operation.piece.text)
    ):
        reading.unread.append(
            Unread(
                "items",
                "the text does not list them; see the attachments",
                made.quote,
            )
        )
    told = WORDS.counted_goods.search(made.quote) or WORDS.counted_goods.search(page.title.text)
    count = parse_number(told["count"]) if told else None
    if count and 0 < len(goods.items) < count:
        why = f"the text says {count}, {len(goods.items)} were read"
        reading.unread.append(Unread("items", why, made.quote))
    if goods.items and all(items.is_goods_kind(item) for item in goods.items):
        why = "the text names their kinds alone"
        reading.unread.append(Unread("items", why, made.quote))
    return made.replace(items=goods.items)


def _split_by_start(
    made: Measure, operation: Operation, effects: Sequence[Effect]
) -> Iterable[Measure]:
    """A measure for each start: its own, or those of the act."""
    if operation.starts or not effects:
        return [made]
    return [
        made.replace(
            starts=effect.starts,
            clauses=effect.clauses,
            ends=made.ends
            or (effect.ends if made.action not in (Action.REPEAL, Action.REMOVE) else None),
        )
        for effect in effects
    ]
