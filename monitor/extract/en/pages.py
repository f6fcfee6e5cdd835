"""English pages → facts: an act of ours that they print, else what the press reports of our acts and registers."""

import re
from collections.abc import Iterator
from typing import Literal

from monitor.document import Document
from monitor.extract import why
from monitor.extract.en import acts, issuers, net, replies, sanctions, tables
from monitor.extract.en.names import entities_named, subjects
from monitor.extract.en.references import LONGEST, OURS, SENTENCE_END, references
from monitor.extract.us import denials
from monitor.model import Entity, Fact, Mentions, Report
from monitor.vocabulary import PerVocabulary, current
from monitor.vocabulary.registers import COUNTERED, ENTITY_LIST

CHINESE = PerVocabulary(lambda _: [(re.compile(phrase, re.IGNORECASE), code) for phrase, code in tables.REGISTERS.items()])
FOREIGN = PerVocabulary(lambda _: [(re.compile(phrase), code) for phrase, code in tables.FOREIGN.items()])
LISTED = re.compile(rf"\b{tables.LISTING}\b(?P<who>.{{2,600}}?)\b(?:to|on|in|into|onto)\s++(?:its|the|their|an?|China's)\b")
PASSIVE = re.compile(rf"(?<=\S)\s++(?:were|was|are|is|have been|has been|had been|will be)\s++{tables.LISTING}\b")
LONGEST_WHO = 600  # characters
THEY = re.compile(
    r"^[\"“]?(?:They|These|Those|The (?:\w+ ){0,3}?(?:list|firms|companies|entities|organi[sz]ations|additions))\s+"
    r"(?:\w+ )?(?:include[sd]?|are|were|comprise[sd]?)\b:?\s*(?P<who>.+)$"
)


def facts(document: Document, *, url: str = "", authority: str | None = None, publisher: str = "") -> list[Fact]:
    """What an English page announces; where it announces nothing, what it reports."""
    act = acts.announcement(document, url=url, authority=authority)
    if act is None and not publisher:
        act = replies.act(document, url=url, authority=authority) or net.act(document, url=url, authority=authority)
    return [act] if act else report(document, url=url, publisher=publisher, kind="restatement" if authority else "press")


def report(
    document: Document, *, url: str = "", publisher: str = "", kind: Literal["press", "restatement"] = "press"
) -> list[Fact]:
    """What an English article says of our registers; nothing where it speaks of none."""
    text = f"{document.title}.\n{document.text}"
    registers = dict.fromkeys(_registers(text))
    if not registers:
        why.page("it speaks of no register of ours", document.title)
        return []
    mentions = Mentions(
        keys=tuple(dict.fromkeys(reference.key for reference in references(text, document.published))),
        registers=tuple(registers),
        entities=tuple({str(entity.names): entity for entity in _entities(text)}.values()),
    )
    return [
        Report(kind=kind, title=document.title, url=url, publisher=publisher, published=document.published, mentions=mentions)
    ]


def _registers(text: str) -> Iterator[str]:
    for sentence in (part[:LONGEST] for part in SENTENCE_END.split(text) if part):
        yield from (_bound(register, sentence) for phrase, register in FOREIGN() if phrase.search(sentence))
        if sanctions.tells(sentence):
            yield COUNTERED.code
    if _denied(text):
        yield denials.DENIED
    if OURS.search(text):
        yield from (register for phrase, register in CHINESE() if phrase.search(text))


def _denied(text: str) -> Entity | None:
    """Whom a post names that bears the title of an order which denies export privileges."""
    denied = (denials.entity_denied(line[:LONGEST].strip(" #")) for line in text.splitlines()[:HEAD])
    return next((entity for entity in denied if entity), None)


HEAD = 20  # lines of a post in which its title stands


def _bound(register: str, sentence: str) -> str:
    """Of the registers that bear the same words that whose owner the sentence names: the Entity List of DHS is not BIS's."""
    known = current().registers
    if not known[register].name.lower().endswith(SHARED):
        return register
    alike = [candidate for candidate in known.values() if candidate.name.lower().endswith(SHARED) and candidate.country != "cn"]
    owned = [candidate.code for candidate in alike if candidate.issuer in issuers.all_in(sentence)]
    return register if register in owned or not owned else owned[0]


SHARED = ENTITY_LIST.name.removeprefix("US ").lower()


def _entities(text: str) -> Iterator[Entity]:
    """Those a sentence on a register names as listed, and those that the next ones add with `They include`."""
    if denied := _denied(text):
        yield denied
    listing = False
    for sentence in (raw.strip()[:LONGEST] for raw in SENTENCE_END.split(text) if raw and raw.strip()):
        on_register = any(phrase.search(sentence) for phrase, _ in (*CHINESE(), *FOREIGN()))
        yield from sanctions.sanctioned(sentence)
        they = THEY.match(sentence) if listing or on_register else None
        if they:
            yield from entities_named(they["who"])
        elif on_register:
            yield from (entity for who in _listed(sentence) for entity in entities_named(who))
        listing = bool(on_register or they)


def _listed(sentence: str) -> list[str]:
    """The words that hold the names: before `were added`, else after `added`."""
    before = [who for who, _ in subjects(PASSIVE, sentence, LONGEST_WHO, "\n")]
    return before or [match["who"] for match in LISTED.finditer(sentence)]
