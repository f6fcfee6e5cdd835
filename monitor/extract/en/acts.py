"""English acts of our authorities → announcements with the same keys as their Chinese."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.document import Document
from monitor.extract.en import annexes, dates, places, sections, tables
from monitor.extract.en.annexes import Annex
from monitor.extract.en.names import named, subjects
from monitor.extract.en.numerals import NUMBER, number
from monitor.extract.en.references import LONGEST, SENTENCE_END, references
from monitor.extract.en.sections import Sheet
from monitor.model import Action, Announcement, Attachment, End, Entity, Item, Measure, Start, Stated, Target, Unread

LONGEST_WHO = 900  # characters
WHO = rf"(?P<who>[^;]{{2,{LONGEST_WHO}}}?)(?<!\s)"
IS = r"(?<=\S)\s++(?:is|are|shall be)"
LIST = rf"(?:the|its|China's)\s++(?:[\w' -]{{0,40}}?)(?P<list>{tables.ANY_LIST})"
ON_LIST = re.compile(tables.ANY_LIST, re.IGNORECASE)
PUTS_ON = re.compile(rf"\b(?:{tables.PUT})\b\s++{WHO}\s*+\b(?:in|on|to|into|onto)\s++{LIST}", re.IGNORECASE)
TAKES_OFF = re.compile(rf"\b(?:{tables.OFF})\b\s++{WHO}\s*+\bfrom\s++{LIST}", re.IGNORECASE)
IS_PUT_ON = re.compile(
    rf"{IS}\s++(?:hereby\s++)?(?:included|added|placed|listed|put)\s++(?:in|on|to|into)\s++{LIST}",
    re.IGNORECASE,
)
IS_TAKEN_OFF = re.compile(rf"{IS}\s++(?:hereby\s++)?(?:removed|deleted)\s++from\s++{LIST}", re.IGNORECASE)
ACTIVE = ((PUTS_ON, Action.ADD), (TAKES_OFF, Action.REMOVE))
PASSIVE = ((IS_PUT_ON, Action.ADD), (IS_TAKEN_OFF, Action.REMOVE))
SAID_BEFORE = re.compile(r"\b(?:already|previously)\b")
COUNTED = re.compile(
    rf"(?P<count>{NUMBER})\s++(?P<of>(?:(?!other\b|more\b)[\w.'-]++\s++){{0,4}}?)(?:entit|compan|firm|organi[sz]ation|institution|individual)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Deed:
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
    sheet = sections.read(document, authority)
    if not sheet:
        return None
    deeds = _once(deed for sentence in _sentences(sheet) for deed in _deeds(sentence, sheet))
    from_body = bool(deeds)
    deeds = deeds or _once(_deeds(sheet.title, sheet))
    if not deeds:
        return None
    unread = [] if from_body else [Unread(what="body", why="only the title could be understood", quote=sheet.title)]
    begins = _begins(sheet)
    measures = [_measure(deed, sheet, begins, unread) for deed in deeds]
    unread += _files(sheet, measures)
    return _act(sheet, url, measures, unread)


def _act(sheet: Sheet, url: str, measures: list[Measure], unread: list[Unread]) -> Announcement:
    return Announcement(
        key=sheet.key,
        number=f"No. {sheet.reference.number} of {sheet.reference.year}" if sheet.reference else None,
        authority=sheet.authority,
        title=sheet.title,
        url=url,
        published=sheet.published,
        language="en",
        measures=tuple(measures),
        legal_basis=_laws(sheet),
        attachments=tuple(Attachment(title=title) for title in sheet.titles),
        understood="part" if unread else "full",
        not_read=tuple(unread),
    )


def _sentences(sheet: Sheet) -> Iterator[str]:
    for line in sheet.body:
        if line != sheet.title:
            yield from (sentence[:LONGEST] for sentence in SENTENCE_END.split(line) if sentence and sentence.strip())


def _deeds(sentence: str, sheet: Sheet) -> Iterator[Deed]:
    listed = list(_listings(sentence))
    yield from listed
    if listed:
        return
    if probe := tables.PROBES.search(sentence):
        yield Deed(Action.INVESTIGATE, _register(sentence) or _own_register(sheet), sentence, who=probe["who"])
    yield from _changes(sentence, sheet)
    if tables.CONTROLS.search(sentence):
        yield Deed(Action.ADD, "cn-dual-use-items", sentence, goods=True)
    elif (ban := tables.PROHIBITS.search(sentence)) and (to := places.all_in(ban["where"] or ban["there"])):
        yield Deed(Action.RESTRICT, "cn-dual-use-items", sentence, destinations=tuple(to))


def _listings(sentence: str) -> Iterator[Deed]:
    if not ON_LIST.search(sentence):
        return
    told = [(match["who"], match["list"], action) for pattern, action in ACTIVE for match in pattern.finditer(sentence)]
    told += [
        (who, match["list"], action) for pattern, action in PASSIVE for who, match in subjects(pattern, sentence, LONGEST_WHO)
    ]
    for who, name, action in told:
        if not SAID_BEFORE.search(who):
            yield Deed(action, _register(name), sentence, who=who)


def _register(text: str) -> str | None:
    return next((register for phrase, register in tables.REGISTERS.items() if re.search(phrase, text, re.IGNORECASE)), None)


def _own_register(sheet: Sheet) -> str | None:
    return "cn-unreliable-entities" if sections.is_mechanism(sheet) else None


def _changes(sentence: str, sheet: Sheet) -> Iterator[Deed]:
    """What happens to earlier acts, a clause at a time."""
    year = sheet.published
    for clause in re.split(r";\s*|,\s*(?:and\s+)?while\s+", sentence):
        verb = next((action for words, action in tables.CHANGES.items() if re.search(words, clause, re.IGNORECASE)), None)
        found = references(clause, year, ours=True)
        keys = dict.fromkeys(each.key for each in found if each.key != sheet.key)
        if verb and keys:
            yield Deed(verb, _own_register(sheet), sentence, amends=tuple(Target(key=key) for key in keys))


def _once(found: Iterator[Deed]) -> list[Deed]:
    """Each deed once: the first sentence that says it; goods are controlled once."""
    deeds: dict[tuple[object, ...], Deed] = {}
    for deed in found:
        deeds.setdefault((deed.action, deed.register, deed.amends, deed.destinations), deed)
    return list(deeds.values())


def _measure(deed: Deed, sheet: Sheet, begins: Start | None, unread: list[Unread]) -> Measure:
    stated, country = _stated(deed.who)
    listing = annexes.annex(sheet.annex, country) if deed.who else Annex()
    unread += [each for each in listing.unread if each not in unread]
    entities = tuple(listing.entities) or (tuple(_from_prose(deed.who, country)) if deed.who else ())
    starts, ends = _time(deed, sheet, begins)
    return Measure(
        action=deed.action,
        register=deed.register,
        amends=deed.amends,
        starts=starts,
        ends=ends,
        destinations=deed.destinations,
        stated=stated,
        entities=entities,
        items=_items(sheet) if deed.goods else (),
        quote=deed.quote.strip(),
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


def _items(sheet: Sheet) -> tuple[Item, ...]:
    return tuple(annexes.items([*sheet.body, *(block.text for block in sheet.annex)]))


def _begins(sheet: Sheet) -> Start | None:
    """When the act says that it takes effect."""
    told = (sentence for sentence in _sentences(sheet) if tables.EFFECT.search(sentence))
    starts = (dates.start(sentence, sheet.published, sentence.strip()) for sentence in told)
    return next((each for each in starts if each), None)


def _time(deed: Deed, sheet: Sheet, begins: Start | None) -> tuple[Start | None, End | None]:
    """When it bites and until when: as its own words say, else as the act says of itself."""
    own = dates.start(deed.quote, sheet.published, deed.quote.strip()) if not deed.who else None
    starts = own or begins
    changes = deed.action in {Action.SUSPEND, Action.RESUME, Action.RESTRICT}
    return starts, dates.end(deed.quote, starts.on if starts else sheet.published, deed.quote.strip()) if changes else None


def _files(sheet: Sheet, measures: list[Measure]) -> Iterator[Unread]:
    if not any(measure.entities or measure.items for measure in measures):
        yield from (Unread(what="attachment", why="it is a file of its own", quote=title) for title in sheet.titles)


def _laws(sheet: Sheet) -> tuple[str, ...]:
    basis = [line for line in sheet.body if re.search(r"\b(?:accordance with|pursuant to|based on)\b", line, re.IGNORECASE)]
    return tuple(dict.fromkeys(name for line in basis[:2] for name in tables.LAW.findall(line)))
