"""OFAC's recent actions: a page a day or more, on which each change of a list is printed as the entry itself.

An entry ends with its programmes in brackets: `BEKTAS, Halis; DOB 13 Feb 1966; citizen Switzerland (individual) [SYRIA].`
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor import Action, Announcement, Document, Entity, LayoutChanged, Measure, Unread
from monitor.source.formats.xml import Leaves
from monitor.vocabulary.forms import ENDING
from scrapers._platforms.ofac_entries import KINDS, country, numbered
from scrapers._platforms.ofac_rows import remarked

ADDRESS = re.compile(r"/recent-actions/(\d{4})(\d\d)(\d\d)(?:_(\w+))?")
INTRODUCED = (
    (re.compile(r"\bfollowing\b.{0,120}\b(?:has|have) been added to\b", re.IGNORECASE), Action.ADD),
    (re.compile(r"\bfollowing\b.{0,120}\b(?:has|have) been removed from\b", re.IGNORECASE), Action.REMOVE),
    (re.compile(r"\bfollowing (?:deletion|removal)s?\b.{0,60}\bmade (?:to|from)\b", re.IGNORECASE), Action.REMOVE),
    (re.compile(r"\bfollowing (?:change|amendment|update)s?\b.{0,60}\bmade to\b", re.IGNORECASE), Action.AMEND),
)
OTHER_LIST = re.compile(r"\bNon-SDN\b|\bNS-[A-Z]+\b|\bConsolidated\b|\bSectoral\b|\bCAPTA\b|\bEvaders\b", re.IGNORECASE)
PROGRAMMES = re.compile(r"\[[A-Z][\w.,&/ -]*\]")
BECOMES = "-to-"
KIND = re.compile(r"\((individual|vessel|aircraft)\)")
PERSON = re.compile(r"[^,(;]+(?:, (?:JR|SR|I{2,3})\.?)?, [^,(;]+")
NAME = re.compile(rf"[^,(;]+(?:, ?(?:{ENDING})+(?=[,(;\[]))*", re.IGNORECASE)
ALSO = re.compile(r"(?<!\s)\s*+\(((?:[a-z]\.k\.a\.).{0,4000}?)\)(?=[,;.\s]|$)")
ALIAS = re.compile(r"[a-z]\.k\.a\.,? [\"“']?(.+?)[\"”']?$")


@dataclass
class Section:
    """What one introducing sentence is followed by: the entries that it puts on a list, takes off it or changes."""

    action: Action
    register: str
    quote: str
    entries: list[str] = field(default_factory=list)


def announcement(document: Document, url: str) -> Announcement | None:
    """The changes of lists that a page prints; nothing where it prints none.

    Raises:
        LayoutChanged: the page's address has no date.
    """
    at = ADDRESS.search(url)
    if at is None:
        raise LayoutChanged(f"{url}: an action whose address has no date")
    sections = _sections(document)
    if not sections:
        return None
    day = "-".join(at.groups()[:3])
    empty = [section for section in sections if not section.entries]
    return Announcement(
        key="-".join(["ofac", day, *(at.groups()[3:] if at[4] else ())]),
        authority="us-ofac",
        title=document.title.partition(" | ")[0],
        url=url,
        published=day,
        language="en",
        measures=tuple(_measure(section) for section in sections),
        understood="part" if empty else "full",
        not_read=tuple(Unread(what="entries", why="none is printed below", quote=section.quote) for section in empty),
    )


def _sections(document: Document) -> list[Section]:
    sections: list[Section] = []
    becomes = False
    for line in (line.strip() for block in document.blocks for line in block.text.split("\n")):
        if section := _introduced(line):
            sections.append(section)
        elif sections and line:
            after = line.rpartition(BECOMES)[2]
            if sections[-1].action != Action.AMEND:
                sections[-1].entries += [line] if PROGRAMMES.search(line) else []
            elif PROGRAMMES.search(after) and (becomes or BECOMES in line):
                sections[-1].entries.append(after.strip())
            becomes = line.endswith(BECOMES)
    return sections


def _introduced(line: str) -> Section | None:
    for phrase, action in INTRODUCED:
        if phrase.search(line) and not PROGRAMMES.search(line):
            return Section(action, "us-ofac-consolidated" if OTHER_LIST.search(line) else "us-ofac-sdn", line)
    return None


def _measure(section: Section) -> Measure:
    return Measure(
        action=section.action,
        register=section.register,
        entities=tuple(map(entity, section.entries)),
        quote=section.quote,
    )


def entity(entry: str) -> Entity:
    """Whom one printed entry names."""
    kind = KIND.search(entry)
    person = PERSON.match(entry) if kind and kind[1] == "individual" else None
    named = person or NAME.match(entry)
    name, rest = (named[0], entry[named.end() :]) if named else (entry, "")
    also = ALSO.search(rest)
    leaves = Leaves()
    ids, _ = numbered(remarked(leaves, _remarks(rest)))
    return Entity(
        names={"en": PROGRAMMES.split(name)[0].strip()},
        kind=KINDS[kind[1] if kind else "entity"],
        country=country((*leaves.take("nationalities"), *leaves.take("citizenships"))),
        aliases=tuple(_aliases(also[1])) if also else (),
        ids=ids,
        quote=entry,
    )


def _aliases(words: str) -> Iterator[str]:
    for part in words.split("; "):
        if alias := ALIAS.match(part.strip()):
            yield alias[1]


def _remarks(rest: str) -> Iterable[str]:
    """What follows the first address: days, numbers, nationality."""
    return KIND.split(PROGRAMMES.split(rest)[0])[0].split("; ")[1:]
