"""English acts of our authorities → announcements with the same keys as their Chinese."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.document import Block, Document
from monitor.extract import gate, why
from monitor.extract.en import annexes, dates, items, places, sections, tables
from monitor.extract.en.annexes import Annex
from monitor.extract.en.names import named, subjects
from monitor.extract.en.numerals import NUMBER, number
from monitor.extract.en.references import LONGEST, SENTENCE_END, references
from monitor.extract.en.sections import Sections
from monitor.extract.en.subjects import GATE
from monitor.extract.named import Phrase
from monitor.model import Action, Announcement, Attachment, End, Entity, Item, Measure, Start, Stated, Target, Unread
from monitor.vocabulary.registers import DUAL_USE, UNRELIABLE

LONGEST_WHO = 900  # characters
WHO = rf"(?P<who>[^;]{{2,{LONGEST_WHO}}}?)(?<!\s)"
IS = r"(?<=\S)\s++(?:is|are|shall be)"


def _to_list(words: str) -> Phrase:
    """These words, and then a list of ours by its name."""
    return Phrase(lambda: rf"{words}\s++(?:the|its|China's)\s++(?:[\w' -]{{0,40}}?)(?P<list>{tables.any_list()})", re.IGNORECASE)


ON_LIST = Phrase(tables.any_list, re.IGNORECASE)
PUTS_ON = _to_list(rf"\b(?:{tables.PUT})\b\s++{WHO}\s*+\b(?:in|on|to|into|onto)")
TAKES_OFF = _to_list(rf"\b(?:{tables.OFF})\b\s++{WHO}\s*+\bfrom")
IS_PUT_ON = _to_list(rf"{IS}\s++(?:hereby\s++)?(?:included|added|placed|listed|put)\s++(?:in|on|to|into)")
IS_TAKEN_OFF = _to_list(rf"{IS}\s++(?:hereby\s++)?(?:removed|deleted)\s++from")
ACTIVE = ((PUTS_ON, Action.ADD), (TAKES_OFF, Action.REMOVE))
PASSIVE = ((IS_PUT_ON, Action.ADD), (IS_TAKEN_OFF, Action.REMOVE))
HOME = frozenset({"CN", "HK", "MO"})
SAID_BEFORE = re.compile(r"\b(?:already|previously)\b")
COUNTED = re.compile(
    rf"(?P<count>{NUMBER})\s++(?P<of>(?:(?!other\b|more\b)[\w.'-]++\s++){{0,4}}?)(?:entit|compan|firm|organi[sz]ation|"
    rf"institution|individual)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Operation:
    """One thing an act does, in one sentence."""

    action: Action
    register: str | None
    quote: str
    who: str = ""
    amends: tuple[Target, ...] = ()
    destinations: tuple[str, ...] = ()
    goods: bool = False


def announcement(document: Document, *, url: str = "", authority: str | None = None) -> Announcement | None:
    """The act a page prints; nothing where it prints none, or one on another subject."""
    page = sections.read(document, authority)
    if not page:
        return None
    operations = _once(operation for sentence in _sentences(page) for operation in _operations(sentence, page))
    from_body = bool(operations)
    operations = operations or _once(_operations(page.title, page))
    if not operations:
        return None
    unread = [] if from_body else [Unread(what="body", why="only the title could be understood", quote=page.title)]
    begins = _begins(page)
    measures = [_measure(operation, page, begins, unread) for operation in operations]
    unread += _files(page, measures)
    why.facts(measures)
    return _act(page, url, measures, unread)


def _act(page: Sections, url: str, measures: list[Measure], unread: list[Unread]) -> Announcement:
    return Announcement(
        key=page.key,
        number=f"No. {page.reference.number} of {page.reference.year}" if page.reference else None,
        authority=page.authority,
        title=page.title,
        url=url,
        published=page.published,
        language="en",
        measures=tuple(measures),
        legal_basis=_laws(page),
        attachments=tuple(Attachment(title=title) for title in page.titles),
        understood="part" if unread else "full",
        not_read=tuple(unread),
    )


def _sentences(page: Sections) -> Iterator[str]:
    for line in page.body:
        if line != page.title:
            yield from (sentence[:LONGEST] for sentence in SENTENCE_END.split(line) if sentence and sentence.strip())


def _operations(sentence: str, page: Sections) -> Iterator[Operation]:
    listed = list(_listings(sentence))
    yield from listed
    if listed or _barred(sentence, tables.CONTROLS.search(sentence) or tables.PROHIBITS.search(sentence)):
        return
    if probe := tables.PROBES.search(sentence):
        yield Operation(Action.INVESTIGATE, _register(sentence) or _own_register(page), sentence, who=probe["who"])
    yield from _changes(sentence, page)
    if tables.CONTROLS.search(sentence):
        yield Operation(Action.ADD, DUAL_USE.code, sentence, goods=True)
    elif (ban := tables.PROHIBITS.search(sentence)) and (to := _abroad(ban["where"] or ban["there"])):
        yield Operation(Action.RESTRICT, DUAL_USE.code, sentence, destinations=tuple(to))


def _abroad(words: str) -> list[str]:
    """The places an act of ours can forbid exports to: `activities related to China` are none."""
    return [place for place in places.all_in(words) if place not in HOME]


def _listings(sentence: str) -> Iterator[Operation]:
    if not ON_LIST.search(sentence):
        return
    told = [
        (match["who"], match["list"], action)
        for pattern, action in ACTIVE
        for match in pattern.finditer(sentence)
        if not _barred(sentence, match)
    ]
    told += [
        (who, match["list"], action) for pattern, action in PASSIVE for who, match in subjects(pattern, sentence, LONGEST_WHO)
    ]
    for who, name, action in told:
        if not SAID_BEFORE.search(who):
            yield Operation(action, _register(name), sentence, who=who)


def _barred(sentence: str, verb: re.Match[str] | None) -> bool:
    """Whether the words before a verb keep it from being decided, here and now; a sentence without one decides as it stands."""
    bar = gate.bar(sentence, verb.start(), GATE) if verb else None
    if bar:
        why.sentence(bar, sentence.strip())
    return bar is not None


def _decided(words: str, clause: str) -> bool:
    found = re.search(words, clause, re.IGNORECASE)
    return found is not None and not _barred(clause, found)


def _register(text: str) -> str | None:
    return next((register for phrase, register in tables.ACTS.items() if re.search(phrase, text, re.IGNORECASE)), None)


def _own_register(page: Sections) -> str | None:
    return UNRELIABLE.code if sections.is_mechanism(page) else None


def _changes(sentence: str, page: Sections) -> Iterator[Operation]:
    """What happens to earlier acts, a clause at a time."""
    year = page.published
    for clause in re.split(r";\s*|,\s*(?:and\s+)?while\s+", sentence):
        verb = next((action for words, action in tables.CHANGES.items() if _decided(words, clause)), None)
        found = references(clause, year, ours=True)
        keys = dict.fromkeys(each.key for each in found if each.key != page.key)
        if verb and keys:
            yield Operation(verb, _own_register(page), sentence, amends=tuple(Target(key=key) for key in keys))


def _once(found: Iterator[Operation]) -> list[Operation]:
    """Each operation once: the first sentence that says it; goods are controlled once."""
    operations: dict[tuple[object, ...], Operation] = {}
    for operation in found:
        operations.setdefault((operation.action, operation.register, operation.amends, operation.destinations), operation)
    return list(operations.values())


def _measure(operation: Operation, page: Sections, begins: Start | None, unread: list[Unread]) -> Measure:
    stated, country = _stated(operation.who)
    listing = annexes.annex(page.annex, country) if operation.who else Annex()
    unread += [each for each in listing.unread if each not in unread]
    entities = tuple(listing.entities) or (tuple(_from_prose(operation.who, country)) if operation.who else ())
    starts, ends = _time(operation, page, begins)
    return Measure(
        action=operation.action,
        register=operation.register,
        amends=operation.amends,
        starts=starts,
        ends=ends,
        destinations=operation.destinations,
        stated=stated,
        entities=entities,
        items=_items(page) if operation.goods else (),
        quote=operation.quote.strip(),
    )


def _stated(who: str) -> tuple[Stated | None, str | None]:
    match = COUNTED.search(who)
    count = number(match["count"]) if match else None
    if not match or not count or re.match(r"\s*(?:other|more)", who[match.end("count") :]):
        return None, None
    return Stated(entities=count), places.nation(match["of"])


def _from_prose(who: str, country: str | None) -> Iterator[Entity]:
    for entity in named(who):
        yield Entity(names=entity.names, kind=entity.kind, country=country, quote=entity.quote)


def _items(page: Sections) -> tuple[Item, ...]:
    return tuple(items.items([*page.body, *(line for block in page.annex for line in _printed(block))]))


def _printed(block: Block) -> list[str]:
    """The lines of a block; a table's row as one."""
    return [items.row(row) for row in block.rows] if block.rows else block.text.split("\n")


def _begins(page: Sections) -> Start | None:
    """When the act says that it takes effect."""
    told = (sentence for sentence in _sentences(page) if tables.EFFECT.search(sentence))
    starts = (dates.start(sentence, page.published, sentence.strip()) for sentence in told)
    return next((each for each in starts if each), None)


def _time(operation: Operation, page: Sections, begins: Start | None) -> tuple[Start | None, End | None]:
    """When it bites and until when: as its own words say, else as the act says of itself."""
    own = dates.start(operation.quote, page.published, operation.quote.strip()) if not operation.who else None
    starts = own or begins
    changes = operation.action in {Action.SUSPEND, Action.RESUME, Action.RESTRICT}
    return starts, dates.end(
        operation.quote, starts.on if starts else page.published, operation.quote.strip()
    ) if changes else None


def _files(page: Sections, measures: list[Measure]) -> Iterator[Unread]:
    if not any(measure.entities or measure.items for measure in measures):
        yield from (Unread(what="attachment", why="it is a file of its own", quote=title) for title in page.titles)


def _laws(page: Sections) -> tuple[str, ...]:
    basis = [line for line in page.body if re.search(r"\b(?:accordance with|pursuant to|based on)\b", line, re.IGNORECASE)]
    return tuple(dict.fromkeys(name for line in basis[:2] for name in tables.LAW.findall(line)))
