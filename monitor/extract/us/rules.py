"""What the abstract of a United States rule says it does: deeds with their list, their counts and their destinations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from monitor.extract.en.numerals import NUMBER, number
from monitor.extract.us import tables
from monitor.extract.us.destinations import COUNT, listed, places, under
from monitor.model import Action

VERB = re.compile("|".join(rf"(?P<{action.value}>\b(?:{verbs})\b)" for action, verbs in tables.VERBS.items()))
COUNTED = re.compile(
    rf"{COUNT}\s+(?:(?!(?:{tables.NOUN}|of|under|to|on|and|in)\b)[\w.'/-]+\s+){{0,4}}?(?P<noun>{tables.NOUN})\b",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    rf"(?P<all>\b(?:the|these|those|all|all of the|of the|of these)\s+)?{COUNT}\s+(?:\w+\s+){{0,2}}?(?:{tables.NOUN})\b"
    rf"[^;.]{{0,160}}?\b(?:is|are|will be)\s+(?:also\s+|being\s+)*(?P<done>added|removed|revised|modified|corrected)\b",
    re.IGNORECASE,
)
DONE = {
    "added": Action.ADD,
    "removed": Action.REMOVE,
    "revised": Action.AMEND,
    "modified": Action.AMEND,
    "corrected": Action.AMEND,
}
QUOTED = re.compile(r"[\"“]([^\"”]{24,400})[\"”]")
ECCN = re.compile(r"\b\d[A-E]\d{3}(?:\.[a-z0-9]+)*\b")
SENTENCE = re.compile(rf"(?<=\.)\s+(?=[A-Z\"“])|(?<=;)\s+(?={NUMBER}\s+{tables.NOUN}\b)")
UNFINISHED = re.compile(r"(?:\b(?:U\.S|U\.K|Co|Ltd|Inc|No|St|e\.g|i\.e)|\bU\.A\.E)\.$")
STARTS_AFRESH = re.compile(r"(?:This|These|In|Lastly|Finally|Additionally|The|BIS|Some|All|Of|Two)\b")
HISTORY = re.compile(r"On \w+ \d{1,2}, \d{4},.*\b(?:published|amended|updated|issued|imposed|added|revised|announced)\b")
OTHER_RULE = re.compile(
    r"\b(?:another|previous|earlier|prior|separate)\s+(?:BIS\s+)?(?:\w+\s+){0,2}rules?\b|\bwould\b|\bproposes?\b"
)

LONGEST = 3000  # of a sentence; what is longer is no sentence, and would take long
TITLE_PIECES = re.compile(
    r"(?<!\s)(?:\s*+,(?:\s++and)?|\s++and)\s++(?=(?:additions?|removals?|revisions?|modifications?|corrections?)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Deed:
    """One thing a rule does to one list; counts and destinations as far as its words give them."""

    action: Action
    register: str | None
    quote: str
    entities: int | None = None
    entries: int | None = None
    shares: dict[str, int] = field(default_factory=dict)
    destinations: tuple[str, ...] = ()


def deeds(abstract: str, title: str = "") -> list[Deed]:
    """The deeds an abstract tells, each once."""
    found: list[Deed] = []
    context = register(title)
    for raw in sentences(abstract):
        text = _masked(raw[:LONGEST])
        if HISTORY.match(text) or OTHER_RULE.search(text) or re.search(tables.EXPLAINS, text):
            continue
        told = list(_told(text, raw, context, found[-1] if found else None))
        for deed in told:
            _take(found, deed)
        if not told and found:
            _continue(found, text)
        context = next((deed.register for deed in reversed(found) if deed.register), context)
    return [_settled(deed) for deed in found]


def sentences(abstract: str) -> list[str]:
    """The sentences of a text, abbreviations kept whole."""
    parts: list[str] = []
    for part in SENTENCE.split(abstract):
        if parts and UNFINISHED.search(parts[-1]) and not STARTS_AFRESH.match(part):
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts


def register(text: str) -> str | None:
    """The first list a text names."""
    found = [(match.start(), code) for phrase, code in tables.REGISTERS.items() if (match := re.search(phrase, text))]
    return min(found)[1] if found else None


def _masked(sentence: str) -> str:
    """The sentence, of the same length, with plain apostrophes and without the titles it cites."""
    plain = re.sub(r"\s", " ", sentence.replace("’", "'").replace("`", "'"))
    return QUOTED.sub(lambda match: "_" * len(match[0]), plain)


def _told(text: str, raw: str, context: str | None, last: Deed | None) -> Iterator[Deed]:
    marks = [match for match in VERB.finditer(text) if _is_deed(text, match)]
    for mark, following in zip_longest(marks, marks[1:]):
        zone = text[mark.start() : following.start() if following else len(text)]
        named = register(zone) or register(text) or context
        action = Action(str(mark.lastgroup))
        deed = _deed(action, zone, named, raw) or _goods(action, zone, raw)
        if deed and deed.register:
            yield deed
    if not marks:
        yield from _passive(text, raw, context, last)


def _is_deed(text: str, mark: re.Match[str]) -> bool:
    if not mark[0].startswith("to "):
        return not re.search(r"\b(?:of|for|that|which|those|entities|entries) (?:also )?$", text[: mark.start()])
    return bool(re.search(r"\b(?:amend|revis)(?:s|es|ing)\b", text[: mark.start()]))


def _deed(action: Action, zone: str, named: str | None, raw: str) -> Deed | None:
    zone = zone if action is Action.ADD else re.sub(r"\baddress for an? [\w-]+ entity\b", "address", zone)
    entities, entries = _totals(zone)
    listed = register(zone) is not None
    editorial = action is Action.AMEND and re.search(tables.EDITORIAL, zone)
    if entities is None and entries is None and not editorial and not (listed and _names_entities(action, zone)):
        return None
    shares, destinations = places(zone)
    return Deed(action, named, raw, entities, entries, shares, destinations)


def _goods(action: Action, zone: str, raw: str) -> Deed | None:
    """A change of the list of goods: of the entries it names by number, else of the list itself."""
    of_codes = ECCN.search(zone) and register(zone) in {None, *tables.GOODS}
    of_list = not ECCN.search(raw) and re.match(tables.CHANGES_GOODS, zone)
    return Deed(action, "us-ccl", raw) if of_codes or of_list else None


def _names_entities(action: Action, zone: str) -> bool:
    """Whether the words between verb and list can be those who are listed: names, or entities without a number."""
    if action is Action.AMEND:
        return bool(re.search(tables.NOUN, zone))
    between = re.split(r"\b(?:to|from|on) the\b", zone, maxsplit=1)[0].partition(" ")[2]
    return bool(re.search(rf"\b[A-Z]\w+ [A-Z]|{tables.NOUN}|\b[A-Z]\w+ $", between)) and "EAR" not in between


def _totals(zone: str) -> tuple[int | None, int | None]:
    """How many entities and how many entries; a number that is said of one destination is no total once there is one."""
    entities = entries = None
    for match in COUNTED.finditer(zone):
        count = number(match["count"])
        if _is_share(zone, match.end()) and (entities or entries):
            continue
        if match["noun"].lower().startswith("entr"):
            entries = entries or count
        elif not match["noun"].lower().startswith("address"):
            entities = entities or count
    return entities, entries


def _is_share(zone: str, end: int) -> bool:
    """Whether what was counted stands under one destination."""
    match = under().search(zone, end)
    return match is not None and not re.search("[,;]", zone[end : match.start()].rstrip(", ")) and len(listed(match["list"])) == 1


def _passive(text: str, raw: str, context: str | None, last: Deed | None) -> Iterator[Deed]:
    """`Two persons are also removed`: a deed of its own, unless it speaks of those already told of."""
    for match in PASSIVE.finditer(text):
        if match["all"] or (last and number(match["count"]) in {last.entities, last.entries}):
            continue
        shares, destinations = places(text)
        named = register(text[match.end("done") :]) or context
        yield Deed(DONE[match["done"].lower()], named, raw, number(match["count"]), None, shares, destinations)


def _take(found: list[Deed], deed: Deed) -> None:
    """Add a deed; one that only continues an earlier one completes it."""
    for place, earlier in enumerate(found):
        if (earlier.action, earlier.register) == (deed.action, deed.register) and _same(earlier, deed):
            found[place] = _joined(earlier, deed)
            return
    found.append(deed)


def _same(earlier: Deed, deed: Deed) -> bool:
    if (deed.entities, deed.entries) in {(None, None), (earlier.entities, earlier.entries)}:
        return True
    rest = (earlier.entities or 0) - sum(earlier.shares.values())
    return bool(earlier.shares) and rest == deed.entities


def _joined(earlier: Deed, deed: Deed) -> Deed:
    shares = deed.shares
    if not shares and len(deed.destinations) == 1 and deed.entities and earlier.shares:
        shares = {deed.destinations[0]: deed.entities}
    return replace(
        earlier,
        shares=earlier.shares | shares,
        destinations=tuple(dict.fromkeys((*earlier.destinations, *deed.destinations))),
        quote=earlier.quote,
    )


def _continue(found: list[Deed], text: str) -> None:
    """A sentence without a deed may say under which destinations the last one lists its entities."""
    if not re.search(tables.LISTS_THEM, text):
        return
    shares, destinations = places(text)
    open_deeds = [place for place, deed in enumerate(found) if not deed.destinations]
    if destinations and open_deeds:
        place = open_deeds[-1]
        found[place] = replace(found[place], shares=shares, destinations=destinations)


def _settled(deed: Deed) -> Deed:
    """The deed with what follows from its words: an only destination has all of them, and what is amended are entries."""
    entries = deed.entries
    if deed.action is Action.AMEND and entries is None:
        entries = deed.entities
    shares = deed.shares
    total = entries or deed.entities
    if len(deed.destinations) == 1 and not shares and total:
        shares = {deed.destinations[0]: total}
    return replace(deed, entries=entries, shares=shares)


def deeds_of_title(title: str) -> list[Deed]:
    """What a title alone says: which lists are added to, removed from, revised; nobody is counted."""
    found: dict[tuple[Action, str], None] = {}
    context = register(title)
    for part in title.split(";"):
        for piece in TITLE_PIECES.split(part):
            named = register(piece) or register(part) or context
            actions = [action for action, words in tables.TITLES.items() if re.search(words, piece, re.IGNORECASE)]
            found.update({(action, named): None for action in actions if named})
    return [Deed(action, named, title) for action, named in found]
