"""Read the operations of a United States rule, with their lists, counts, and destinations."""

import re
from collections.abc import Iterator
from dataclasses import field, replace
from functools import cache
from itertools import zip_longest

from monitor.extract.en import numerals, places
from monitor.extract.en.numerals import NUMBER, parse_number
from monitor.extract.en.words import ENGLISH
from monitor.extract.words import Names, make_phrase
from monitor.model import Action, frozen
from monitor.vocabulary.registers import COMMERCE_CONTROL

WORDS = ENGLISH.table("us_rules")

COUNT = WORDS.text_of("count")
BEFORE = make_phrase(
    lambda: (
        rf"{COUNT}\s+(?:(?!of\b|to\b|and\b)[\w-]+\s+){{0,3}}?(?:(?:will be |are |is"
        r" )?(?:listed|added|removed)\s+)?"
        rf"(?:on the (?:{'|'.join(REGISTERS)})\s+)?$"
    )
)


def find_destinations(zone: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Under which destinations, and how many each where that is said."""
    shares: dict[str, int] = {}
    destinations: dict[str, None] = {}
    for match in compile_under().finditer(zone):
        named = count_by_place(match["list"])
        destinations.update(dict.fromkeys(named))
        shares.update({code: count for code, count in named.items() if count})
        if match["each"]:
            shares.update(dict.fromkeys(named, 1))
        elif len(named) == 1 and (count := _read_count_before(zone[: match.start()])):
            shares.setdefault(next(iter(named)), count)
    return shares, tuple(destinations)


@cache
def compile_under() -> re.Pattern[str]:
    """`under the destinations of China (4) and Iran`, `located in twenty-six destinations: …`."""
    place = rf"(?:the\s+)?{places.country_pattern()}(?:\s*\([^()]{{1,40}}\))*"
    opening = (
        r"(?P<each>\bone\s+(?:each\s+|(?:entity\s+|entry\s+)?(?=under each of\b)))?"
        r"(?:\b(?:under|located"
        r" in)\s+(?:each\s+of\s+)?(?:the\s+)?(?:following\s+)?(?:destinations?(?:\s+of)?:?\s+)?"
        rf"|\b{NUMBER}\s+destinations:\s+)"
    )
    return re.compile(rf"{opening}(?P<list>{place}(?:(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+){place})*)")


@cache
def _compile_place() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{places.country_pattern()})(?P<brackets>(?:\s*\([^()]*\))*)")


def count_by_place(text: str) -> dict[str, int]:
    """The countries of a list, each with its number in brackets, or 0."""
    shares: dict[str, int] = {}
    for match in _compile_place().finditer(text):
        digits = re.search(r"\((\d+)\)", match["brackets"])
        shares.setdefault(places.countries()[match["name"]], int(digits[1]) if digits else 0)
    return shares


def _read_count_before(text: str) -> int | None:
    """Read the count right before `under`."""
    match = BEFORE.search(text[-120:])
    return parse_number(match["count"]) if match else None


# The words of United States rules as tables: verbs, who is listed. A new phrase is a line here;
# what lists are called is in the vocabulary.

NOT_FOLLOWED = "not followed"
REGISTERS: Names[str] = Names(  # phrase → register
    lambda known: (
        {
            phrase: register.code
            for register in known.registers.values()
            if register.country == "us"
            for phrase in register.phrases
        }
        | {r"\bValidated[- ]+End[- ]+User\b|\bVEUs?\b": NOT_FOLLOWED}
    )
)
GOODS = frozenset({COMMERCE_CONTROL.code})
CHANGES_GOODS = rf"\w++\s++(?:\w++\s++){{0,5}}?(?:the\s++)?(?:{'|'.join(COMMERCE_CONTROL.phrases)})"
NOUN = WORDS.text_of("noun")
EDITORIAL = (
    r"\b(?:corrections?|clarifications?|(?:editorial|clerical|technical|conforming)"
    r" (?:changes?|revisions?|amendments?))\b"
)
LISTS_THEM = (
    r"\b(?:listed|added|being added|placed|are|included)\b[^.]{0,60}\bunder\b"
    r"|\b(?:entities|entries|persons)\b[^.]{0,1000}?\bunder the\b"
)
EXPLAINS = r"\baccounting for the difference\b|\bunder multiple entries\b"
WITHOUT_LAW = (  # titles of papers that change nothing
    r"Public Briefing|Comment Period|Request for (?:Public )?Comments|Public Meeting|Open"
    r" Meeting|Partially Closed Meeting"
    r"|Notice of Inquiry|Information Collection|Advisory Committee|Civil Monetary Penalt|Inflation"
    r" Adjustment"
)


DONE = {word: Action(done) for word, done in WORDS.as_written["done"].items()}
VERB = re.compile(
    "|".join(rf"(?P<{done}>\b(?:{verbs})\b)" for done, verbs in WORDS.as_written["verbs"].items())
)
QUOTED = re.compile(r"[\"“]([^\"”]{24,400})[\"”]")
ECCN = re.compile(r"\b\d[A-E]\d{3}(?:\.[a-z0-9]+)*\b")
ABBREVIATION = 16  # characters; none is longer

LONGEST = 3000  # of a sentence; what is longer is no sentence, and would take long


@frozen
class Operation:
    """One thing a rule does to one list; counts and destinations as far as its words give them."""

    action: Action
    register: str | None
    quote: str
    entities: int | None = None
    entries: int | None = None
    shares: dict[str, int] = field(default_factory=dict)
    destinations: tuple[str, ...] = ()


def read_rule_operations(abstract: str, title: str = "") -> list[Operation]:
    """Read the operations in an abstract, each once."""
    done: list[Operation] = []
    context = find_register(title)
    for raw in split_sentences(abstract):
        text = _mask_titles(raw[:LONGEST])
        if WORDS.history.match(text) or WORDS.other_rule.search(text) or re.search(EXPLAINS, text):
            continue
        of_sentence = list(_read_sentence(text, raw, context, done[-1] if done else None))
        for operation in of_sentence:
            _take_operation(done, operation)
        if not of_sentence and done:
            _continue_last(done, text)
        context = next(
            (operation.register for operation in reversed(done) if operation.register), context
        )
    return [_settle_operation(operation) for operation in done]


def split_sentences(abstract: str) -> list[str]:
    """The sentences of a text, abbreviations kept whole."""
    parts: list[str] = []
    for part in WORDS.sentence.split(abstract):
        if (
            parts
            and WORDS.unfinished.search(parts[-1], max(0, len(parts[-1]) - ABBREVIATION))
            and not WORDS.starts_afresh.match(part)
        ):
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts


def find_register(text: str) -> str | None:
    """The first list a text names."""
    named = [
        (match.start(), code)
        for phrase, code in REGISTERS.items()
        if (match := re.search(phrase, text))
    ]
    return min(named)[1] if named else None


def _mask_titles(sentence: str) -> str:
    """The sentence, of the same length, with plain apostrophes and without the titles it cites."""
    plain = re.sub(r"\s", " ", sentence.replace("’", "'").replace("`", "'"))
    return QUOTED.sub(lambda match: "_" * len(match[0]), numerals.blank_digits(plain))


def _read_sentence(
    text: str, raw: str, context: str | None, last: Operation | None
) -> Iterator[Operation]:
    marks = [match for match in VERB.finditer(text) if _is_operation(text, match)]
    for mark, following in zip_longest(marks, marks[1:]):
        zone = text[mark.start() : following.start() if following else len(text)]
        named = find_register(zone) or find_register(text) or context
        action = Action(str(mark.lastgroup))
        operation = _read_operation(action, zone, named, raw) or _read_goods(action, zone, raw)
        if operation and operation.register:
            yield operation
    if not marks:
        yield from _read_passive(text, raw, context, last)


def _is_operation(text: str, mark: re.Match[str]) -> bool:
    if not mark[0].startswith("to "):
        return not re.search(
            r"\b(?:of|for|that|which|those|entities|entries) (?:also )?$", text[: mark.start()]
        )
    return bool(re.search(r"\b(?:amend|revis)(?:s|es|ing)\b", text[: mark.start()]))


def _read_operation(action: Action, zone: str, named: str | None, raw: str) -> Operation | None:
    zone = (
        zone
        if action is Action.ADD
        else re.sub(r"\baddress for an? [\w-]+ entity\b", "address", zone)
    )
    entities, entries = _read_totals(zone)
    names_list = find_register(zone) is not None
    editorial = action is Action.AMEND and re.search(EDITORIAL, zone)
    if (
        entities is None
        and entries is None
        and not editorial
        and not (names_list and _may_name_entities(action, zone))
    ):
        return None
    shares, destinations = find_destinations(zone)
    return Operation(action, named, raw, entities, entries, shares, destinations)


def _read_goods(action: Action, zone: str, raw: str) -> Operation | None:
    """A change of the list of goods: of the entries it names by number, else of the list itself."""
    of_codes = ECCN.search(zone) and find_register(zone) in {None, *GOODS}
    of_list = not ECCN.search(raw) and re.match(CHANGES_GOODS, zone)
    return Operation(action, COMMERCE_CONTROL.code, raw) if of_codes or of_list else None


def _may_name_entities(action: Action, zone: str) -> bool:
    """Return whether the words between verb and list can name those listed: names, or uncounted
    entities.
    """
    if action is Action.AMEND:
        return bool(re.search(NOUN, zone))
    between = re.split(r"\b(?:to|from|on) the\b", zone, maxsplit=1)[0].partition(" ")[2]
    return (
        bool(re.search(rf"\b[A-Z]\w+ [A-Z]|{NOUN}|\b[A-Z]\w+ $", between)) and "EAR" not in between
    )


def _read_totals(zone: str) -> tuple[int | None, int | None]:
    """Read the numbers of entities and of entries; the number for one destination is no total
    beside one.
    """
    entities = entries = None
    for match in WORDS.counted.finditer(zone):
        count = parse_number(match["count"])
        if _is_share(zone, match.end()) and (entities or entries):
            continue
        if match["noun"].lower().startswith("entr"):
            entries = entries or count
        elif not match["noun"].lower().startswith("address"):
            entities = entities or count
    return entities, entries


def _is_share(zone: str, end: int) -> bool:
    """Return whether a count stands under one destination."""
    match = compile_under().search(zone, end)
    return (
        match is not None
        and not re.search("[,;]", zone[end : match.start()].rstrip(", "))
        and len(count_by_place(match["list"])) == 1
    )


def _read_passive(
    text: str, raw: str, context: str | None, last: Operation | None
) -> Iterator[Operation]:
    """Read `Two persons are also removed` as an operation, unless it repeats the last one."""
    for match in WORDS.passive.finditer(text):
        if match["all"] or (last and parse_number(match["count"]) in {last.entities, last.entries}):
            continue
        shares, destinations = find_destinations(text)
        named = find_register(text[match.end("done") :]) or context
        yield Operation(
            DONE[match["done"].lower()],
            named,
            raw,
            parse_number(match["count"]),
            None,
            shares,
            destinations,
        )


def _take_operation(done: list[Operation], operation: Operation) -> None:
    """Add an operation; one that only continues an earlier one completes it."""
    for place, earlier in enumerate(done):
        if (earlier.action, earlier.register) == (
            operation.action,
            operation.register,
        ) and _is_same(earlier, operation):
            done[place] = _join_operations(earlier, operation)
            return
    done.append(operation)


def _is_same(earlier: Operation, operation: Operation) -> bool:
    if (operation.entities, operation.entries) in {
        (None, None),
        (earlier.entities, earlier.entries),
    }:
        return True
    rest = (earlier.entities or 0) - sum(earlier.shares.values())
    return bool(earlier.shares) and rest == operation.entities


def _join_operations(earlier: Operation, operation: Operation) -> Operation:
    shares = operation.shares
    if not shares and len(operation.destinations) == 1 and operation.entities and earlier.shares:
        shares = {operation.destinations[0]: operation.entities}
    return replace(
        earlier,
        shares=earlier.shares | shares,
        destinations=tuple(dict.fromkeys((*earlier.destinations, *operation.destinations))),
        quote=earlier.quote,
    )


def _continue_last(done: list[Operation], text: str) -> None:
    """A sentence without an operation may say under which destinations the last one lists its
    entities.
    """
    if not re.search(LISTS_THEM, text):
        return
    shares, destinations = find_destinations(text)
    open_operations = [place for place in _list_meant(done, text) if not done[place].destinations]
    if destinations and open_operations:
        place = open_operations[-1]
        done[place] = replace(done[place], shares=shares, destinations=destinations)


def _list_meant(done: list[Operation], text: str) -> list[int]:
    """Find the operations that a sentence can mean: by its action, its count, and entities or
    entries.
    """
    actions = {DONE[word] for word in re.findall(rf"\b(?:{'|'.join(DONE)})\b", text)}
    counted = {parse_number(match["count"]) for match in WORDS.counted.finditer(text)} - {None}
    of_action, of_count, of_noun = set[int](), set[int](), set[int]()
    for place, operation in enumerate(done):
        if operation.action in actions:
            of_action.add(place)
        if counted & {operation.entities, operation.entries}:
            of_count.add(place)
        if ("entities" in text and operation.entities) or ("entries" in text and operation.entries):
            of_noun.add(place)
    meant = list(range(len(done)))
    for fitting in (of_action, of_count, of_noun):
        meant = [place for place in meant if place in fitting] or meant
    return meant


def _settle_operation(operation: Operation) -> Operation:
    """The operation with what follows from its words: an only destination has all of them, and
    what is amended are entries.
    """
    entries = operation.entries
    if operation.action is Action.AMEND and entries is None:
        entries = operation.entities
    shares = operation.shares
    total = entries or operation.entities
    if len(operation.destinations) == 1 and not shares and total:
        shares = {operation.destinations[0]: total}
    return replace(operation, entries=entries, shares=shares)


def read_title_operations(title: str) -> list[Operation]:
    """Read from a title alone the lists that are added to, removed from or revised;
    without counts.
    """
    done: dict[tuple[Action, str], None] = {}
    context = find_register(title)
    for part in title.split(";"):
        for piece in WORDS.title_pieces.split(part):
            named = find_register(piece) or find_register(part) or context
            actions = [
                Action(done)
                for done, said in WORDS.table_of("title_deeds").items()
                if said.search(piece)
            ]
            done.update({(action, named): None for action in actions if named})
    return [Operation(action, named, title) for action, named in done]
