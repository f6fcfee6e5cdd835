"""Entries that an English act prints below the sentence which puts them on a list or takes them off it, a line an entry.

As the offices print them: `DOE, John; DOB 4 May 1979 (individual) [SDGT].`, `ACME LTD. Address: Minsk.`, `QDe.007 Name: ACME`.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from monitor.extract.en import dates, issuers
from monitor.extract.en.names import PERSON, without_stop
from monitor.model import Entity, EntityKind
from monitor.vocabulary.forms import ENDING

WHOM = (
    r"(?:persons?|individuals?|entit(?:y|ies)|vessels?|compan(?:y|ies)|firms|organi[sz]ations?|entr(?:y|ies)|parties|"
    r"additions?|deletions?|removals?|designations?|listings?|names?)"
)
INTRODUCES = re.compile(
    r"\A(?:Add|Insert|Omit|Repeal|Remove):$|"
    rf"\bfollowing\s(?:[\w-]+\s){{0,3}}?{WHOM}\b[^:]{{0,300}}(?::|\b[Ll]ist)$|\bthe following(?: in [\w ]{{3,30}} order)?:$|"
    rf"\b{WHOM}(?:\s(?:listed|named|set out|identified))?\sbelow\b|\b(?:one|two|three|four|five|an?|\d{{1,3}})\s(?:further |"
    rf"additional |new |"
    rf"more )?{WHOM}\b[^:]{{0,300}}:$|"
    r"\b(?:is|are) (?:hereby )?(?:repealed|deleted|struck out|added|removed|omitted|inserted):$|\b(?:strike|remove|delete|"
    r"taken over) the "
    r"(?:following|names|entries)\b[^:]*$",
    re.IGNORECASE,
)
COMMITTEE = r"\b[A-Z]{2,3}(?P<kind>[ei])\.\d{3}\b\.?\s+(?:Name:\s*)?"  # a number of the Security Council's list: `QDe.007`
NUMBERED_BY_COMMITTEE = re.compile(COMMITTEE)
WITHIN = re.compile(rf"(?<=\S)\s(?={COMMITTEE.replace('(?P<kind>[ei])', '[ei]')})")
PARTS = re.compile(r"(?<!\s)\s*+(?:\b\d:\s*+(?:na\b\s*+)?)+")  # `1: RI 2: WON HO 3: na`
PROGRAMMES = re.compile(r"(?<!\s)\s*+\[[A-Z][\w.,&/ -]*\]")
KIND = re.compile(r"\((?P<kind>individual|vessel|aircraft)\)")
MARK = re.compile(
    r"\s*+[‘'“\"]?(?:SSID:? [\d-]{3,12}(?:\s[—–-])?(?:\sName:)?(?=\s)|\(?\d{1,5}[.)]|[-–—•·]|\d{1,5}(?=\s+[A-Z]))\s+"
)
DETAILS = re.compile(
    r"(?<!\s)\s*(?:;|\s—\s|\s–\s(?=[a-z])|,?\s\(?(?:SSID|Group ID)\b|\((?:born|DOB|Group ID|ID)\b|\[|\((?:[anf]\.?k\.?a\b|"
    r"individual|"
    r"vessel|aircraft|also |formerly |[A-Z][a-z]+: |"
    r"[A-Z0-9]{4,7}\)(?=[^;]*(?:flag|IMO)))|[.,]?\s(?:"
    r"(?:Address(?:es)?|Title|Designation|Nationality|Passport|Good quality|Listed on|IMO(?: number)?|Position|Function|"
    r"Registration(?: number)?|Date of birth|Place of birth|Other information):|"
    r"[AF]\.?[Kk]\.?[Aa]\b|D\.?O\.?B\b|P\.?O\.?B\b|[Bb]orn\b|d\.o\.b\b))"
)
NAME = re.compile(rf"[^,]+(?:,\s?{ENDING})*", re.IGNORECASE)
SIGNED = 30  # characters of a line that a day stands in where it is one of a signature
LONGEST_BARE = 90  # characters of a line that is nothing but a name
SMALL = re.compile(
    r"of|for|and|the|de|del|della|di|da|do|dos|la|le|el|al|bin|bint|ibn|von|van|der|den|y|e|und|et"
)  # within names
TELLS = re.compile(r"\b(?:is|are|was|were|has|have|shall|will|must|may|the following)\b|:$")


def introduces(sentence: str) -> bool:
    """Whether entries may follow a sentence: `The following deletions have been made:`, `approved the entries below`."""
    return INTRODUCES.search(sentence.strip()) is not None and OF_A_TEXT.search(sentence.strip()) is None


OF_A_TEXT = re.compile(r"\b(?:paragraph|sentence|Article|point|text|date|words?|indent)s?\b[^:]{0,80}\bthe following:$")


def printed_by(authority: str, text: str) -> bool:
    """Whether a page prints entries under the numbers that only one authority gives: it is that authority's own."""
    return authority == "un-sc" and NUMBERED_BY_COMMITTEE.search(text) is not None


def below(lines: Sequence[str], sentence: str) -> tuple[Entity, ...]:
    """The entries that these lines print behind a sentence of theirs, to the first line that is none."""
    for place, line in enumerate(lines):
        if sentence in line:
            rest = line.partition(sentence)[2].lstrip(" .")
            return tuple(_until_none([*([rest] if rest else []), *lines[place + 1 :]]))
    return ()


def _until_none(lines: Sequence[str]) -> Iterator[Entity]:
    first = ""
    skipped = 0
    kind: EntityKind | None = None
    for line in (part.strip() for block in lines for part in WITHIN.split(block)):
        if first and OF_THE_ENTRY.match(line) and not NUMBERED_BY_COMMITTEE.match(line):
            continue
        if heading := OF_A_KIND.fullmatch(line):
            kind = KINDS[heading["kind"].lower()]
            continue
        entry = _entry(line)
        if entry is None and not first and skipped < BETWEEN:  # what a list means may stand before it
            skipped += 1
            continue
        if entry is None or (first and _form(line) != _form(first)):
            return
        if not first and skipped and kind is None and not SURE.search(line):
            return
        first = first or line
        yield msgspec.structs.replace(entry, kind=kind) if kind else entry


# What shows that a line is an entry, wherever it stands.
SURE = re.compile(rf"\b(?:SSID|Group ID|Name:)|{COMMITTEE.replace('(?P<kind>[ei])', '[ei]')}|\[[A-Z][\w.,&/ -]*\]")
BETWEEN = 3  # lines between a sentence that introduces entries and the first of them


KINDS: dict[str, EntityKind] = {"individual": "person", "person": "person", "vessel": "vessel", "entit": "org", "compan": "org"}
# What divides a list: `A. Natural persons`, `Entities`.
OF_A_KIND = re.compile(
    r"[‘'“\"]?(?:\(?[A-Z0-9]{1,3}[.)]\s)?(?:natural |legal )?(?P<kind>individual|person|vessel|entit|compan)(?:s|ies|y)?"
    r"(?:,? (?:and )?(?:entities|bodies)){0,2}\W*",
    re.IGNORECASE,
)
OF_THE_ENTRY = re.compile(
    r"(?!SSID)[A-Z][\w./ ]{1,30}:\s(?!Name:)|(?:Individuals|Entities|De-listed|Delisted|Listed):?$"
)  # a line of details below the name: `DOB: 2 May 1971`


def _form(line: str) -> tuple[bool, ...]:
    """How an entry is printed, in which those of one list are alike."""
    return tuple(bool(mark) for mark in (NUMBERED_BY_COMMITTEE.match(line), PROGRAMMES.search(line), MARK.match(line)))


def _entry(line: str) -> Entity | None:
    if committee := NUMBERED_BY_COMMITTEE.match(line):
        name = _words(PARTS.sub(" ", line[committee.end() :]))
        return _entity(name, "person" if committee["kind"] == "i" else "org", line)
    if not _has_shape(line) or PART.fullmatch(line):
        return None
    words = _words(_unmarked(line))
    kind = _kind(line, words)
    if kind == "person" and PROGRAMMES.search(line):  # behind the name stands an address
        words = ", ".join(words.split(", ")[:2])
    return _entity(words if kind == "person" else _up_to_comma(words), kind, line)


PART = re.compile(r"[‘'“\"]?(?:Article|Section|Annex|Part|Schedule|Chapter|Appendix) \w{1,6}\b.{0,40}")


def _unmarked(line: str) -> str:
    """A line without the mark or number that it opens with; one within a name (`Plant 22 Ltd.`) is its own."""
    mark = MARK.match(line)
    return line[mark.end() :] if mark else line


def _has_shape(line: str) -> bool:
    """Whether a line is an entry: one with its programmes or other details, else a short one that tells nothing."""
    if PROGRAMMES.search(line):
        return True
    words = _words(_unmarked(line))
    prose = TELLS.search(line) or issuers.first(line) or dates.FULL_DAY.search(words[:SIGNED])
    return (
        len(words) < LONGEST_BARE and not prose and all(SMALL.fullmatch(word) or not word[0].islower() for word in words.split())
    )


def _words(line: str) -> str:
    """What stands before its details."""
    end = DETAILS.search(line)
    words = " ".join((line[: end.start()] if end else line).split())
    return words if SHORTENED.search(words) and end else without_stop(words)


def _kind(line: str, words: str) -> EntityKind:
    if kind := KIND.search(line):
        return "person" if kind["kind"] == "individual" else "vessel"
    if PROGRAMMES.search(line):
        return "org"  # the office writes of every person that it is one
    return "person" if PERSON.fullmatch(words) or BORN.search(line) else "org"


BORN = re.compile(r"\b(?:born|Born|DOB|D\.O\.B|Date of birth|d\.o\.b)\b")


def _up_to_comma(words: str) -> str:
    match = NAME.match(words)
    name = match[0].strip() if match else words
    return name if SHORTENED.search(name) else without_stop(name)


SHORTENED = re.compile(rf"\s{ENDING}$", re.IGNORECASE)


def _entity(name: str, kind: EntityKind, line: str) -> Entity | None:
    aliases = tuple(dict.fromkeys(match["name"].strip(' "“”,.') for match in ALSO.finditer(line) if match["name"] != "na"))
    return Entity(names={"en": name}, kind=kind, aliases=aliases, quote=line) if len(name) > 1 else None


ALSO = re.compile(
    r"\ba\.?k\.?a\.?:?\s(?P<name>[\"“][^\"”]{1,120}[\"”]|[^;()\"“,]{1,120}?(?=\s+(?-i:[A-Z])[\w ]{1,20}:|[;()\"“,.]|$))",
    re.IGNORECASE,
)
