"""OFAC's recent actions: a page a day or more, on which each change of a list is printed as the
entry itself.

An entry ends with its programmes in brackets: `BEKTAS, Halis; DOB 13 Feb 1966; citizen Switzerland
(individual) [SYRIA].`
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor import Action, Announcement, Document, Entity, LayoutChanged, Measure, Unread
from monitor.extract import en
from monitor.source.formats.xml import Leaves
from monitor.vocabulary.forms import ENDING
from scrapers._kinds import KINDS
from scrapers._platforms.ofac_entries import country, numbered
from scrapers._platforms.ofac_rows import remarked

ADDRESS = re.compile(r"/recent-actions/(\d{4})(\d\d)(\d\d)(?:_(\w+))?")
INTRODUCED = (
    (re.compile(r"\bfollowing\b.{0,120}\b(?:has|have) been added to\b", re.IGNORECASE), Action.ADD),
    (
        re.compile(r"\bfollowing\b.{0,120}\b(?:has|have) been removed from\b", re.IGNORECASE),
        Action.REMOVE,
    ),
    (
        re.compile(r"\bfollowing (?:deletion|removal)s?\b.{0,60}\bmade\b", re.IGNORECASE),
        Action.REMOVE,
    ),
    (
        re.compile(r"\bfollowing (?:change|amendment|update)s?\b.{0,60}\bmade\b", re.IGNORECASE),
        Action.AMEND,
    ),
)
LEADS = re.compile(r"\bfollowing\b.{0,200}:$", re.IGNORECASE)  # to entries, whatever it does
OTHER_LIST = re.compile(
    r"\bNon-SDN\b|\bNS-[A-Z]+\b|\bConsolidated\b|\bSectoral\b|\bCAPTA\b|\bEvaders\b", re.IGNORECASE
)
PROGRAMMES = re.compile(r"\[[A-Z][\w.,&/ -]*\]")
BECOMES = "-to-"
KIND = re.compile(r"\((individual|vessel|aircraft)\)")
PERSON = re.compile(r"[^,(;]+(?:, (?:JR|SR|I{2,3})\.?)?, [^,(;]+")
NAME = re.compile(rf"[^,(;]+(?:, ?(?:{ENDING})+(?=[,(;\[]))*", re.IGNORECASE)
FLAG = re.compile(r"\s(?:[A-Z][a-z][\w/-]*\s){1,8}flag\b")  # a vessel's kind and its flag
ALSO = re.compile(r"(?<!\s)\s*+\(((?:[a-z]\.k\.a\.).{0,4000}?)\)(?=[,;.\s]|$)")
ALIAS = re.compile(r"[a-z]\.k\.a\.,? [\"“']?(.+?)[\"”']?$")
# What only an entry has: its kind, another name, what is told after a semicolon, or a name in
# capitals to begin with.
LIKE_ENTRY = re.compile(
    r"\((?:individual|vessel|aircraft)\)|\b[a-z]\.k\.a\.|\bLinked To:"
    r"|; (?:alt\. )?(?:DOB|POB|nationality|citizen|Gender|Passport|Tax"
    r" ID|Registration|Organization|Vessel|IMO)\b"
    r"|^[A-Z][A-Z\d .&'’/-]+(?:[,;] (?![a-z])|\.$)"
)


# By these words a page does something beside its lists: a licence, a time to wind down, an end.
BESIDE = re.compile(
    r"\bGeneral Licen[cs]e\b|\bauthori[sz](?:e[sd]?|ing)\b|\bwind(?:ing)?[- ]?down\b"
    r"|\b(?:expires?|extend(?:s|ed)?|revok(?:es?|ed)|rescind(?:s|ed)?|prohibit(?:s|ed)?)\b",
    re.IGNORECASE,
)


@dataclass
class Section:
    """What one introducing sentence is followed by: the entries that it puts on a list, takes off
    it or changes; without an action it was not understood.

    `passed` are lines that look like entries and were not taken for one; `old` is an entry whose
    new words are yet to come.
    """

    action: Action | None
    register: str
    quote: str
    entries: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    old: str = ""
    becomes: bool = False

    def take(self, line: str) -> None:
        """One more line under the sentence."""
        _, becomes, after = line.rpartition(BECOMES)
        if self.action != Action.AMEND:
            self._entry(line)
        elif self.becomes or becomes:
            self._entry(after.strip())
            self.old = ""
        else:
            self.end()
            self.old = after
        self.becomes = line.endswith(BECOMES)

    def end(self) -> None:
        """The old words of an entry that no new ones followed were passed over."""
        self.passed += [self.old] if _like_entry(self.old) else []
        self.old = ""

    def _entry(self, line: str) -> None:
        if PROGRAMMES.search(line):
            self.entries.append(line)
        elif _like_entry(line):
            self.passed.append(line)


def _like_entry(line: str) -> bool:
    return bool(PROGRAMMES.search(line) or LIKE_ENTRY.search(line))


def announcement(document: Document, url: str) -> Announcement | None:
    """The changes of lists that a page prints; nothing where it prints no entry of one.

    Raises:
        LayoutChanged: the page's address has no date.
    """
    at = ADDRESS.search(url)
    if at is None:
        raise LayoutChanged(f"{url}: an action whose address has no date")
    sections = _sections(document)
    if not any(section.entries or section.passed for section in sections):
        return None
    day = "-".join(at.groups()[:3])
    measures = tuple(_measures(sections))
    unread = (*_unread(sections), *_beside(document))
    return Announcement(
        key="-".join(["ofac", day, *(at.groups()[3:] if at[4] else ())]),
        authority="us-ofac",
        title=document.title.partition(" | ")[0],
        url=url,
        published=day,
        language="en",
        measures=measures,
        understood=("part" if measures else "none") if unread else "full",
        not_read=unread,
    )


def _unread(sections: Iterable[Section]) -> Iterator[Unread]:
    for section in sections:
        if not section.action:
            why = "what is done to it was not understood"
            yield from (
                Unread("entries", why, line) for line in (*section.entries, *section.passed)
            )
            continue
        if not section.entries:
            yield Unread(what="entries", why="none is printed below", quote=section.quote)
        for line in section.passed:
            yield Unread(what="entries", why="it looks like an entry of another form", quote=line)
        for entry in section.entries:
            for part in _other_names(entry):
                if not ALIAS.match(part):
                    yield Unread(what="names", why="another name of another form", quote=part)


def _beside(document: Document) -> Iterator[Unread]:
    for line in dict.fromkeys((document.title.partition(" | ")[0], *_lines(document))):
        if BESIDE.search(line) and not PROGRAMMES.search(line) and not _introduced(line):
            yield Unread(what="sentence", why="what it does beside the lists", quote=line)


def _lines(document: Document) -> Iterator[str]:
    return (line.strip() for block in document.blocks for line in block.text.split("\n"))


def _sections(document: Document) -> list[Section]:
    sections: list[Section] = []
    for line in _lines(document):
        if section := _introduced(line) or _lead(line):
            sections.append(section)
        elif sections and line:
            sections[-1].take(line)
    for section in sections:
        section.end()
    return sections


def _introduced(line: str) -> Section | None:
    for phrase, action in INTRODUCED:
        if phrase.search(line) and not PROGRAMMES.search(line):
            return Section(
                action, "us-ofac-consolidated" if OTHER_LIST.search(line) else "us-ofac-sdn", line
            )
    return None


def _lead(line: str) -> Section | None:
    """A sentence that leads to entries and does not say in known words what is done to them."""
    leads = LEADS.search(line) and not PROGRAMMES.search(line)
    return Section(None, "us-ofac-sdn", line) if leads else None


def _measures(sections: Iterable[Section]) -> Iterator[Measure]:
    for section in sections:
        if section.action:
            yield Measure(
                action=section.action,
                register=section.register,
                entities=tuple(map(entity, section.entries)),
                quote=section.quote,
            )


def entity(entry: str) -> Entity:
    """Read the entity of one printed entry."""
    kind = KIND.search(entry)
    name, rest = _named(entry)
    leaves = Leaves()
    ids, _ = numbered(remarked(leaves, _remarks(rest)))
    return Entity(
        names=en.find_chinese_name(entry)
        | {"en": FLAG.split(PROGRAMMES.split(name)[0])[0].strip()},
        kind=KINDS[kind[1] if kind else "entity"],
        country=country((*leaves.take("nationalities"), *leaves.take("citizenships"))),
        aliases=tuple(alias[1] for part in _other_names(entry) if (alias := ALIAS.match(part))),
        ids=ids,
        quote=entry,
    )


def _named(entry: str) -> tuple[str, str]:
    """The name that an entry begins with, and the rest."""
    kind = KIND.search(entry)
    person = PERSON.match(entry) if kind and kind[1] == "individual" else None
    named = person or NAME.match(entry)
    return (named[0], entry[named.end() :]) if named else (entry, "")


def _other_names(entry: str) -> list[str]:
    also = ALSO.search(_named(entry)[1])
    return [part.strip() for part in also[1].split("; ")] if also else []


def _remarks(rest: str) -> Iterable[str]:
    """List what follows the first address: days, numbers, nationality."""
    return KIND.split(PROGRAMMES.split(rest)[0])[0].split("; ")[1:]
