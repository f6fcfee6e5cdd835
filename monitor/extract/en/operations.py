"""Read a sentence of an English act as operations: on which names, goods, list, licence or earlier
act.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor import vocabulary
from monitor.extract import frame
from monitor.extract.en import issuers, named_goods, numerals, places
from monitor.extract.en.items import (
    CODE,
    COUNTED_GOODS,
    list_counted_goods,
    list_prose_items,
)
from monitor.extract.en.names import complete_names, put_right, read_entities, strip_stop
from monitor.extract.en.numerals import parse_number
from monitor.extract.en.past import was_done_before, was_done_long_ago
from monitor.extract.en.references import find_references, list_european_keys
from monitor.extract.en.sections import Context
from monitor.extract.en.verbs import (
    NO_MORE,
    Predicate,
    Voice,
    blank_headings,
    list_announced,
    list_predicates,
)
from monitor.extract.en.words import ENGLISH
from monitor.extract.us.rules import find_destinations as shares_of
from monitor.model import Action, Entity, Item, Stated, Target, frozen
from monitor.vocabulary import PerVocabulary, country_of
from monitor.vocabulary.countries import CHINA
from monitor.vocabulary.registers import EU_DUAL_USE, EU_SANCTIONS

WORDS, OF_ACT = ENGLISH.table("operations"), ENGLISH.table("names").of_act
FOLLOWING = WORDS.following
IN_ANNEX = ENGLISH.table("acts").in_annex


LISTS = PerVocabulary(
    lambda known: [
        (re.compile(phrase), register)
        for register in known.registers.values()
        if not register.imposed
        for phrase in register.phrases or (rf"\b{re.escape(register.name)}\b",)
    ]
)


def register_of(
    text: str, title: str, issuer: str, *, entities: bool = False
) -> vocabulary.NamedRegister | None:
    """Find the list of an issuer's text: the one that it names, else the one in its title.

    None if it names an unknown list. `entities`: only lists of entities.
    """
    country = (
        vocabulary.current().authorities[issuer].country
        if issuer in vocabulary.current().authorities
        else ""
    )
    for words in (text, title):
        named = [
            (match.start(), -match.end(), register)
            for pattern, register in LISTS()
            if register.country == country
            and not (entities and register.goods)
            and (match := pattern.search(words))
        ]
        if named:
            return min(named, key=lambda naming: naming[:2])[2]
        if WORDS.named_list.search(words):
            return None
    return None


def list_code(text: str, context: Context) -> str | None:
    """The code of the list that a text is on, or its act's title."""
    on = register_of(text, context.title, context.issuer)
    return on.code if on else None


def find_object(predicate: Predicate) -> str:
    """Return the object of a predicate, without the list and the conditions behind it."""
    words = DASHED.sub(r"\g<names>", predicate.what.lstrip(" ,"))
    words = WORDS.reason_between.sub("", MARK.sub("", words))
    object_text = WORDS.under_each.sub("", WORDS.adverbial.sub("", words))
    if predicate.what == predicate.after.strip():
        listing = next(
            (match.start() for match in WORDS.to_list.finditer(object_text)), len(object_text)
        )
        object_text = object_text[:listing]
    end = WORDS.object_ends.search(object_text)
    object_text = object_text[: end.start()] if end else object_text
    object_text = re.sub(r"(?<!\s),?\s++(?:and to|and|by|to)\s*+$", "", strip_stop(object_text))
    if predicate.voice is Voice.PASSIVE and (included := WORDS.including.match(predicate.after)):
        return f"{object_text}, {strip_stop(included['names'])}"
    before, _, behind = predicate.after.partition(":")
    behind = WORDS.under_each.sub("", behind)
    if (
        behind
        and not WORDS.instead.match(before)
        and (
            WORDS.announces.search(predicate.what + before)
            or (WORDS.counts.search(object_text) and WORDS.names.match(behind))
        )
    ):
        return f"{object_text.partition(':')[0]}: {strip_stop(behind)}"
    return object_text


# `The entities--Acme Ltd.; and Bolt GmbH--are removed`
DASHED = re.compile(
    r"\A(?:The|These|Those)\s[\w\s-]{2,40}?(?:--|[—–])\s?(?P<names>.+?)\s?(?:--|[—–])\Z"
)
MARK = re.compile(r"\A\((?:\d{1,3}|[a-z]{1,4})\)\s+")


def find_zone(predicate: Predicate) -> str:
    """The words of the sentence that belong to a predicate."""
    return (
        predicate.after
        if predicate.voice is not Voice.PASSIVE
        else f"{predicate.what} {predicate.form}{predicate.after}"
    )


def find_kind(object_text: str, predicate: Predicate, context: Context) -> str:
    """Return the kind of the object, by its head noun."""
    kind = _find_head_kind(ASIDE.sub("", object_text).partition(":")[0])
    if (
        kind == "rule"
        and predicate.verb in ("impose", "take")
        and re.search(r"\bmeasures\b", object_text)
    ):
        return (
            "denial" if context.determined or "against" in object_text + predicate.after else kind
        )
    if WORDS.exports_to.match(object_text) and places.all_in(object_text):
        return "place"
    if BELOW.fullmatch(object_text) or OF_ACT.match(object_text):
        return "rule"
    if kind == "goods" and COUNTED_GOODS.match(object_text):
        return kind
    if kind in ("", "who") and ENTRY.fullmatch(object_text):
        return "goods"
    return (
        _find_kind_by_list(kind, object_text, predicate, context) if kind in ("", "goods") else kind
    )


BELOW = re.compile(r"[Tt]he following\W*")
# `entry ML22c (directed energy components)`, `items 3A001 and 3A002`
ENTRY = re.compile(
    rf"(?:(?:[Tt]he|[Nn]ew|[Aa]n?|[Ee]ntr(?:y|ies)|[Ii]tems?|ECCNs?)\s)*{CODE}(?:(?:,? and |, ){CODE})*(?:\s\([^()]*\))?\W*"
)


def _find_kind_by_list(kind: str, object_text: str, predicate: Predicate, context: Context) -> str:
    """Return the kind of goods, or of an object with an uninformative head noun.

    It may be a name, a place or a list itself; else the list tells what it has.
    """
    on = register_of(predicate.what + predicate.after, context.title, context.issuer)
    if (on is None or not on.goods) and is_of_somebody(object_text):
        return "who"
    if kind:
        return kind
    if places.coded(object_text) or (
        places.all_in(object_text) and WORDS.placed.search(f"{predicate.after} {object_text}")
    ):
        return "place"
    if WORDS.a_list.fullmatch(object_text) and register_of(object_text, "", context.issuer):
        return "list"
    listed_there = WORDS.to_list.search(predicate.after) is not None
    lists_goods = (
        on.goods
        if on
        else listed_there
        and ("xport" in context.title or WORDS.controlled.search(predicate.after) is not None)
    )
    return "goods" if lists_goods else "who" if WORDS.bare.fullmatch(object_text) else ""


ASIDE = re.compile(r"(?<=\w)\s\([^()]{1,80}\)")


def _find_head_kind(object_text: str) -> str:
    """The kind of its head noun: the last one before a preposition, as in `the affiliates rule
    of May`.
    """
    first = WORDS.preposition.search(object_text)
    kinds = [
        str(match.lastgroup)
        for match in WORDS.head.finditer(
            object_text, 0, first.start() if first else len(object_text)
        )
    ]
    if "denial" in kinds:
        return "denial"
    if kinds:
        return kinds[-1]
    later = WORDS.head.search(object_text)
    return str(later.lastgroup) if later else ""


def is_of_somebody(words: str) -> bool:
    """Return whether words end in a name, or in makers of something: `Quantum computers` name
    nobody.
    """
    last = words.rstrip(" .").rpartition(" ")[2]
    is_thing = last[:1].islower() and not WITH_ARTICLE.match(last)
    return any(read_entities(words)) and (not is_thing or MADE_BY.search(words) is not None)


MADE_BY = re.compile(r"\b(?:by|of) [A-Z]|:")
WITH_ARTICLE = ENGLISH.table("names").with_article


def find_eu_list(context: Context) -> str | None:
    """Find the Union's list that an act of its institutions is about."""
    if country_of(context.issuer) != "eu":
        return None
    if re.search(
        r"2021/821|dual-use|EU control list|export authori|authori[sz]ation required", context.title
    ):
        return EU_DUAL_USE.code
    return (
        EU_SANCTIONS.code
        if re.search(r"CFSP|restrictive measures|269/2014|833/2014|765/2006", context.title)
        else None
    )


def list_foreign_places(words: str, context: Context) -> tuple[str, ...]:
    """The places that words name and to which an act can forbid or allow something: none of its
    issuer's own.
    """
    own = country_of(context.issuer)
    home = CHINA if own == "cn" else frozenset({own.upper()})
    bare = re.sub(r"\b[A-Z][\w ]{2,24}-(?:related|origin)\b", "", words)
    return tuple(place for place in places.all_in(bare) if place not in home)


@frozen
class Operation:
    """One thing that an act does in one sentence.

    `who` are words that name or count somebody, `entities` those named. `zone` are the words of the
    sentence that are about it alone. What `is_past` was done months ago, and only names those whom
    a later sentence means.
    """

    action: Action
    register: str | None
    quote: str
    who: str = ""
    amends: tuple[Target, ...] = ()
    destinations: tuple[str, ...] = ()
    goods: bool = False
    entities: tuple[Entity, ...] = ()
    items: tuple[Item, ...] = ()
    stated: Stated | None = None
    zone: str = ""
    is_past: bool = False


LETS_GO = frozenset({Action.REMOVE, Action.REPEAL})
LISTING = frozenset({Action.ADD, Action.REMOVE})


def read_operations(sentence: str, context: Context) -> Iterator[Operation]:
    """Read what the verbs of a sentence do; an unknown verb gives nothing."""
    decided = [
        each
        for each in list_predicates(blank_headings(sentence)) or list_announced(sentence)
        if not issuers.is_of_others(sentence, each.start, context.issuer)
        and not was_done_before(each, sentence, context)
    ]
    done = list(_list_settled(decided, sentence))
    read = [_read_operation(predicate, sentence, context) for predicate in done]
    told = False
    for predicate, operation, how in zip(done, read, [*read[1:], None], strict=False):
        if operation is None or told:
            told = False
            continue
        by = predicate.action is Action.AMEND and _is_adding_by(predicate) and how
        # `modifies the entry for Acme by revising its address`: the first verb says whose
        told = bool(by and by.action is Action.AMEND and operation.entities and not by.entities)
        # `is amended by adding …`: the second verb says what is done
        if told or not by:
            named = put_right(operation.entities, sentence)
            past = was_done_long_ago(predicate, sentence, context)
            yield replace(operation, entities=named, is_past=past)


def _list_settled(done: list[Predicate], sentence: str) -> Iterator[Predicate]:
    """The predicates as the outermost verbs of their clauses have them, which themselves then
    only say so.
    """
    settled = [
        (each, frame.settle_action(each.action, sentence, each.start, ENGLISH.table("frame")))
        for each in done
    ]
    turned = any(action and action is not each.action for each, action in settled)
    for each, action in settled:
        if action and not (turned and each.action is action and action in TURNS):
            yield replace(each, action=action)


TURNS = frozenset({Action.REMOVE, Action.REPEAL, Action.SUSPEND, Action.RESUME})


def _read_operation(predicate: Predicate, sentence: str, context: Context) -> Operation | None:
    object_text = find_object(predicate)
    if predicate.verb == "make":
        if WORDS.no_object.search(object_text):
            return None
        return _read_made(predicate, object_text, sentence, context)
    trade = WORDS.ban_on if predicate.action is Action.RESTRICT else WORDS.controls_on
    if on_goods := trade.match(predicate.what.lstrip(" ,")):
        return _read_control(predicate, on_goods["goods"], sentence, context)
    if context.determined and (
        WORDS.them.fullmatch(object_text)
        or (WORDS.they.fullmatch(object_text) and context.determined in sentence)
    ):
        return _read_found(predicate, sentence, context)
    kind = find_kind(object_text, predicate, context)
    if (
        not object_text
        or (kind != "date" and WORDS.no_object.search(object_text))
        or (predicate.action in LISTING and WORDS.in_entry.match(object_text))
        or (predicate.verb == NO_MORE and WORDS.itself.match(object_text))
        or (predicate.action is Action.REPEAL and WORDS.dealings.match(object_text))
        or (predicate.action is Action.SUSPEND and WORDS.of_entry.search(object_text))
    ):
        return None
    made = KINDS[kind](predicate, object_text, sentence, context) if kind else None
    return replace(made, zone=find_zone(predicate)) if made else None


def _read_control(
    predicate: Predicate, goods: str, sentence: str, context: Context
) -> Operation | None:
    """`imposes export controls on tungsten`, `prohibits exports of the following items to Chad`."""
    on = register_of(sentence, context.title, context.issuer)
    goods, _, to = goods.partition(" to ")
    named = _list_named_items(goods, sentence)
    if predicate.action is Action.RESTRICT and not (named or FOLLOWING.search(goods)):
        return None  # what it means to be listed: `prohibits exports of dual-use items to them`
    return Operation(
        predicate.action,
        on.code if on and on.goods else find_eu_list(context),
        sentence,
        destinations=list_foreign_places(to, context),
        items=named,
        goods=not named,
        zone=find_zone(predicate),
    )


def list_controlled_items(sentence: str) -> tuple[Item, ...]:
    """The goods that a sentence names on which it says that controls are."""
    on_goods = WORDS.controls_on.search(sentence)
    return _list_named_items(on_goods["goods"].partition(" to ")[0], sentence) if on_goods else ()


def _list_named_items(goods: str, sentence: str) -> tuple[Item, ...]:
    things = () if FOLLOWING.search(goods) else list_prose_items(goods, sentence.strip())
    return tuple(item for item in things if not named_goods.COUNTLESS.search(item.names["en"]))


def _read_found(predicate: Predicate, sentence: str, context: Context) -> Operation | None:
    """`has determined that X meets the criteria and adds it to the list`: it is X."""
    _, colon, behind = sentence.partition(":")
    names = behind if colon and WORDS.announces.search(context.determined) else ""
    return _read_who(
        predicate, f"{context.determined}{colon and names and ':'}{names}", sentence, context
    )


def _read_made(
    predicate: Predicate, object_text: str, sentence: str, context: Context
) -> Operation | None:
    """`The following deletions have been made to the list: …`: the noun says what is done."""
    on = register_of(find_zone(predicate), context.title, context.issuer, entities=True)
    if on and WORDS.changes_below.search(object_text) and sentence.rstrip().endswith(":"):
        return Operation(Action.AMEND, on.code, sentence)
    noun = WORDS.nominal.search(object_text)
    if noun is None:
        return None
    done = replace(predicate, action=Action(str(noun.lastgroup)), verb="list")
    if done.action is Action.AMEND:
        return _read_rule(done, object_text, sentence, context)
    operation = _read_who(done, object_text, sentence, context)
    return replace(operation, zone=find_zone(predicate)) if operation else None


def _read_licence(
    predicate: Predicate, object_text: str, sentence: str, context: Context
) -> Operation | None:
    action = Action.REPEAL if predicate.action in LETS_GO else predicate.action
    if predicate.action in LETS_GO and WORDS.stay_of.match(object_text):
        action = Action.RESUME
    stays = action in (Action.RESUME, Action.SUSPEND)
    if (predicate.verb in ("publish", "identify") and "new" not in object_text) or (
        action is Action.REPEAL and WORDS.of_holders.match(object_text)
    ):
        return None
    return Operation(
        action,
        list_code(object_text, context),
        sentence,
        destinations=list_foreign_places(object_text, context),
        items=tuple(named_goods.list_covered_goods(object_text, sentence)) if stays else (),
    )


def _read_denial(
    predicate: Predicate, object_text: str, sentence: str, context: Context
) -> Operation | None:
    """Read how a listing of somebody changes: it is imposed, ends or is extended."""
    after = predicate.after.partition(":")[0] if predicate.verb in ("impose", "take") else ""
    below = object_text.partition(":")[2] if "following" in object_text else ""
    whom = WORDS.on_whom.search(object_text)
    texts = (
        whom and f":{whom['who']}",
        below and f":{below}",
        object_text.partition(":")[0],
        after,
        context.determined,
    )
    names = next((names for text in texts if text and (names := tuple(read_entities(text)))), ())
    if not names and not WORDS.a_list.search(object_text):
        names = _read_title(object_text, context)
    somebody = names or IN_ANNEX.search(find_zone(predicate))
    action = Action.REMOVE if predicate.action in LETS_GO and somebody else predicate.action
    if WORDS.stay.search(object_text) and predicate.action in LETS_GO:
        action = Action.RESUME
    return Operation(
        action,
        list_code(sentence, context),
        sentence,
        entities=complete_names(names, context.title),
        amends=list_earlier(find_zone(predicate), context),
    )


def _read_rule(
    predicate: Predicate, object_text: str, sentence: str, context: Context
) -> Operation | None:
    action = predicate.action
    if predicate.verb in ("issue", "publish", "identify", "take", "grant", "place"):
        return None
    on_order = re.search(r"\border\b|privileges", object_text)
    if (WORDS.denies.search(context.title) and on_order) or WORDS.against_whom.search(object_text):
        return _read_denial(predicate, object_text, sentence, context)
    if WORDS.stay.search(object_text) and action in LETS_GO:
        action = Action.RESUME
    if re.match(
        r"(?:the )?(?:EAR|ITAR|Export Administration Regulations|International Traffic)",
        object_text,
    ) and _is_adding_by(predicate):
        return None  # `amends the EAR by adding …`: the second verb says what is done
    if WORDS.part.search(object_text) and action in (Action.REPLACE, Action.REMOVE, Action.ADD):
        action = Action.AMEND
    on = register_of(sentence, context.title, context.issuer)
    code = on.code if on and on.goods else find_eu_list(context)
    to = re.search(r"\bto (.*)", WORDS.titled.sub("", object_text))
    return Operation(
        action,
        code,
        sentence,
        amends=list_earlier(find_zone(predicate), context),
        destinations=list_foreign_places(to[1], context) if to else (),
    )


def _is_adding_by(predicate: Predicate) -> bool:
    return bool(re.search(r"\b(?:by|to)\s*$", predicate.after.strip()))


def _read_date(predicate: Predicate, _: str, sentence: str, context: Context) -> Operation | None:
    return Operation(
        Action.AMEND,
        find_eu_list(context),
        sentence,
        amends=list_earlier(find_zone(predicate), context),
    )


def _read_goods(
    predicate: Predicate, object_text: str, sentence: str, context: Context
) -> Operation | None:
    on = register_of(predicate.what + predicate.after, context.title, context.issuer)
    # `amends the Commerce Control List by adding …`: the first verb says which list
    on = on or register_of(sentence, "", context.issuer)
    printed = predicate.verb in ("issue", "publish") and predicate.voice is Voice.PASSIVE
    # `this is issued`: acts are printed, and numbered ones (`GL 8`), but no goods
    if predicate.action is Action.RESTRICT or (printed and not re.search(r"\d", object_text)):
        return None
    code = on.code if on and on.goods else find_eu_list(context)
    action = Action.AMEND if WORDS.part.search(object_text) else predicate.action
    below = bool(code and FOLLOWING.search(object_text)) and not re.search(CODE, object_text)
    return Operation(
        action,
        code,
        sentence,
        goods=below,
        amends=_list_changed(predicate, context),
        items=list_counted_goods(sentence)
        or tuple(named_goods.list_named_goods(object_text, sentence)),
        destinations=list_foreign_places(object_text, context),
    )


def _read_who(
    predicate: Predicate, object_text: str, sentence: str, context: Context
) -> Operation | None:
    if predicate.action in (Action.AMEND, Action.REPLACE) and not re.search(
        r"\b(?:entr|address)", object_text
    ):
        return None
    if predicate.action is Action.RESTRICT:
        return _read_barred(predicate, sentence, context)
    if predicate.verb == "take":
        return None
    if entry := WORDS.entry_of.fullmatch(object_text):
        object_text = f"the entry: {entry['who']}"
    elif made := WORDS.made_by.search(object_text):
        object_text = object_text[made.end() :]  # whose goods are listed
    if WORDS.part_of_an_entry.match(object_text):
        return Operation(Action.AMEND, list_code(sentence, context), sentence)
    return _read_listed(predicate, object_text, sentence, context)


def _read_listed(
    predicate: Predicate, object_text: str, sentence: str, context: Context
) -> Operation | None:
    """Read who, or how many, the object of a verb names, and on which list."""
    alone = WORDS.one_alone.match(object_text.strip())
    named = _read_title(object_text, context) if alone else ()
    names = named or tuple(_list_persons(object_text, predicate.what))
    zone = find_zone(predicate)
    on = register_of(zone, context.title, context.issuer, entities=True)
    object_text = numerals.blank_digits(object_text)
    count = _count_named(object_text, names)
    others = WORDS.to_another_list.finditer(zone) if count else ()
    count = count and count + sum(parse_number(match["count"]) or 0 for match in others)
    under = zone if "destination" in zone else sentence[: predicate.start]
    shares, destinations = shares_of(under) if "destination" in under else ({}, ())
    if not names and count is None and not WORDS.unnamed.search(object_text):
        return None
    country = destinations[0] if len(destinations) == 1 else None
    return Operation(
        Action.REMOVE if predicate.action is Action.REPEAL else predicate.action,
        on.code if on else find_eu_list(context),
        sentence,
        entities=complete_names(tuple(_set_country(names, country)), context.title),
        stated=Stated(entities=count, by_destination=shares) if count else None,
        destinations=destinations,
        amends=_list_changed(predicate, context),
    )


def _list_changed(predicate: Predicate, context: Context) -> tuple[Target, ...]:
    """The acts of the Union whose lists a predicate changes, or which it corrects."""
    cited = country_of(context.issuer) == "eu" or predicate.verb == "correct"
    return list_earlier(find_zone(predicate), context) if cited else ()


def _read_barred(predicate: Predicate, sentence: str, context: Context) -> Operation | None:
    """Read whom an act forbids something, by name: `prohibits Acme Ltd from selling updates`."""
    barred = WORDS.barred.match(predicate.what.strip())
    names = read_entities(barred["who"]) if barred else []
    if not names or not all(WORDS.formed.search(each.names["en"]) for each in names):
        return None
    code = list_code(sentence, context)
    return Operation(predicate.action, code, sentence, entities=tuple(names))


def _count_named(words: str, names: tuple[Entity, ...]) -> int | None:
    """Read how many words are about: `three firms`, `6`, or the named ones `and two others`."""
    if counted := WORDS.counted.search(words) or WORDS.bare.fullmatch(words):
        return _sum_counts(words) or parse_number(counted["count"])
    more = WORDS.others.search(words)
    return len(names) + (parse_number(more["count"]) or 0) if more and names else None


def _sum_counts(words: str) -> int | None:
    """Add the counts of several kinds: `three individuals and one entity`."""
    matches = WORDS.counted.finditer(words.partition(":")[0])
    kinds = {match["of"].lower(): parse_number(match["count"]) or 0 for match in matches}
    others = [kinds[kind] for kind in kinds if not kind.startswith("entr")]  # `under two entries`
    return sum(others) if len(kinds) > 1 else None


def _read_title(object_text: str, context: Context) -> tuple[Entity, ...]:
    """Read the names in the title, if the text says `the group` or `the order`."""
    behind = WORDS.title_names.search(context.title)
    return (
        tuple(read_entities(behind["who"]))
        if behind
        and WORDS.one.match(object_text)
        and "following" not in object_text
        and not register_of(behind["who"], "", context.issuer)
        else ()
    )


def _set_country(names: tuple[Entity, ...], country: str | None) -> Iterator[Entity]:
    for name in names:
        of = None if name.kind == "person" else country
        yield name.replace(country=of)


def _list_persons(words: str, under: str) -> Iterator[Entity]:
    """Yield those whom words name; individuals are persons, also `under` a heading of such."""
    person = re.search(
        r"\b(?:individual|person)s?\b", words.partition(":")[0]
    ) or WORDS.under_persons.search(under)
    for entity in read_entities(words):
        yield entity.replace(kind="person" if person else entity.kind)


def _read_place(
    predicate: Predicate, object_text: str, sentence: str, context: Context
) -> Operation | None:
    return Operation(
        predicate.action,
        list_code(sentence, context),
        sentence,
        destinations=tuple(places.all_in(object_text)),
    )


def _read_list(
    predicate: Predicate, object_text: str, sentence: str, context: Context
) -> Operation | None:
    """A list itself: it is revised, expanded, updated."""
    on = register_of(object_text, "", context.issuer)
    return (
        Operation(predicate.action, on.code, sentence)
        if on and predicate.action in (Action.AMEND, Action.REPLACE)
        else None
    )


KINDS = {
    "licence": _read_licence,
    "denial": _read_denial,
    "rule": _read_rule,
    "date": _read_date,
    "goods": _read_goods,
    "who": _read_who,
    "place": _read_place,
    "list": _read_list,
}


def list_earlier(sentence: str, context: Context) -> tuple[Target, ...]:
    """The earlier acts that a sentence names; of the Union also that which the title says it
    changes.
    """
    if country_of(context.issuer) == "eu":
        own, *changed = [*list_european_keys(context.title), ""]
        keys = [key for key in (*list_european_keys(sentence), *changed) if key and key != own]
    else:
        cited = find_references(sentence, context.published, of=context.issuer)
        keys = [reference.key for reference in cited]
        if country_of(context.issuer) == "us":
            keys += [
                f"fr-{printed['number'].replace('–', '-')}"
                for printed in WORDS.federal.finditer(sentence)
            ]
    return tuple(Target(key) for key in dict.fromkeys(keys) if key != context.key)
