"""English press on the acts of our authorities → reports: which acts, which registers, who is named as listed."""

import re
from collections.abc import Iterator

from monitor.document import Document
from monitor.extract import en_words
from monitor.model import Entity, Fact, Mentions, Report

CHINESE = [(re.compile(phrase, re.IGNORECASE), register) for phrase, register in en_words.REGISTERS.items()]
FOREIGN = [(re.compile(phrase), register) for phrase, register in en_words.FOREIGN.items()]
OURS = re.compile(en_words.OURS)
MECHANISM = re.compile(en_words.MECHANISM, re.IGNORECASE)
NUMBER = r"(?:Nos?\.?|Number)\s*\d{1,3}"
ACTS = re.compile(
    rf"(?P<kind>Announcements?|Notices?|Orders?|Decrees?)\s*(?:\(?\[?(?P<before>\d{{4}})[)\]]?\s*)?"
    rf"(?P<many>{NUMBER}(?:(?:\s*,\s*(?:and\s+)?|\s*(?:and|to|through|-|–)\s*)(?:{NUMBER}|\d{{1,3}}\b))*)"
    r"(?:\s*(?:of|,|\()\s*(?P<after>\d{4})\)?)?",
    re.IGNORECASE,
)
EACH = re.compile(r"(?P<joint>to|through|-|–)?\s*(?:Nos?\.?|Number)?\s*(?P<number>\d{1,3})", re.IGNORECASE)
YEAR = re.compile(r"\b(20\d\d)\b")
SENTENCE_END = re.compile(r"(?<!\bInc)(?<!\bCo)(?<!\bLtd)(?<!\bCorp)(?<!\bNo)(?<!\bNos)(?<!U\.S)(?<!\b[A-Z])[.!?](?:\s+|$)|\n")
LISTED = re.compile(rf"\b{en_words.LISTING}\b(?P<who>.{{2,600}}?)\b(?:to|on|in|into|onto)\s+(?:its|the|their|an?|China's)\b")
PASSIVE = re.compile(rf"(?P<who>.{{2,600}}?)\s+(?:were|was|are|is|have been|has been|had been|will be)\s+{en_words.LISTING}\b")
INCLUDING = re.compile(r"\b(?:including|such as|namely)\s+(?P<who>.+)$")
JOINT = re.compile(r"\s*(?:,\s*and\s+|;\s*|,\s+|\s+and\s+)")
NAME = re.compile(r"(?:[A-Z0-9][\w.&/'-]*)(?:\s+(?:&|of|for|the|and|by|[A-Z0-9][\w.&/'-]*))*")
LONGEST_RANGE = 30


def report(document: Document, *, url: str = "", publisher: str = "") -> list[Fact]:
    """What an English article says of our registers; nothing where it speaks of none."""
    text = f"{document.title}.\n{document.text}"
    registers = dict.fromkeys(_registers(text))
    if not registers:
        return []
    mentions = Mentions(
        keys=tuple(dict.fromkeys(_keys(text, document.published))),
        registers=tuple(registers),
        entities=tuple({str(entity.names): entity for entity in _entities(text)}.values()),
    )
    return [
        Report(kind="press", title=document.title, url=url, publisher=publisher, published=document.published, mentions=mentions)
    ]


def _registers(text: str) -> Iterator[str]:
    for sentence in SENTENCE_END.split(text):
        yield from (register for phrase, register in FOREIGN if phrase.search(sentence))
    if OURS.search(text):
        yield from (register for phrase, register in CHINESE if phrase.search(text))


def _keys(text: str, published: str | None) -> Iterator[str]:
    """The acts that are named by number, of the year named with them or else nearest in the text."""
    for match in ACTS.finditer(text):
        year = match["after"] or match["before"] or _near_year(text, match.start()) or (published or "")[:4]
        series = _series(text, match)
        if year and series:
            yield from (f"{series}-{year}-{number}" for number in _numbers(match["many"]))


def _near_year(text: str, place: int) -> str:
    before = YEAR.findall(text[max(0, place - 200) : place])
    return before[-1] if before else ""


def _series(text: str, match: re.Match[str]) -> str:
    around = text[max(0, match.start() - 80) : match.end() + 60]
    if MECHANISM.search(around):
        return "uel"
    if not OURS.search(text):
        return ""
    order = match["kind"].lower().startswith(("order", "decree"))
    foreign_ministry = "Foreign" in around and "Ministry" in around
    if order:
        return "mfa-order" if foreign_ministry else "mofcom-order"
    return "mofcom"


def _numbers(many: str) -> Iterator[int]:
    last = 0
    for match in EACH.finditer(many):
        number = int(match["number"])
        ranged = match["joint"] and last < number <= last + LONGEST_RANGE
        yield from range(last + 1 if ranged else number, number + 1)
        last = number


def _entities(text: str) -> Iterator[Entity]:
    for sentence in SENTENCE_END.split(text):
        if not any(phrase.search(sentence) for phrase, _ in (*CHINESE, *FOREIGN)):
            continue
        for match in PASSIVE.finditer(sentence) if PASSIVE.search(sentence) else LISTED.finditer(sentence):
            included = INCLUDING.search(match["who"])
            yield from _named(included["who"] if included else match["who"])


def _named(words: str) -> Iterator[Entity]:
    for whole in _parts(words.rpartition(" that ")[2]):
        part, end = _without_end(whole)
        found = [name for name in NAME.findall(part) if name.split()[0] not in en_words.NO_NAMES or len(name.split()) > 1]
        name = _bare(found[-1]) if found else ""
        if len(name) > 1 and not name[0].isdigit():
            yield Entity(names={"en": name + end}, kind="org", quote=whole.strip())


def _without_end(part: str) -> tuple[str, str]:
    """A name and its `, Inc.`"""
    name, comma, end = part.rpartition(", ")
    return (name, comma + end) if end in en_words.COMPANY_ENDS else (part, "")


def _bare(name: str) -> str:
    """The name without a nationality before it."""
    words = name.split()
    while words and words[0] in en_words.NO_NAMES:
        words = words[1:]
    return " ".join(words)


def _parts(words: str) -> list[str]:
    """The pieces of a list; `, Inc.` stays with its name."""
    parts: list[str] = []
    for part in JOINT.split(words):
        if parts and part.strip() in en_words.COMPANY_ENDS:
            parts[-1] = f"{parts[-1]}, {part.strip()}"
        else:
            parts.append(part)
    return parts
