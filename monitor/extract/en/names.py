"""Names of those who are listed, in running English."""

import re
from collections.abc import Iterator

from monitor.extract.en import tables
from monitor.extract.named import Pattern
from monitor.model import Entity
from monitor.vocabulary.forms import is_ending

JOINT = re.compile(r"(?<!\s)(?:\s*+(?:,(?:\s*+and\s++|\s++)|;\s*+)|\s++(?:and|as well as)\s++)")
NAME = re.compile(r"(?:[A-Z0-9][\w.&/'-]*)(?:\s+(?:&|of|for|the|and|by|[A-Z0-9][\w.&/'-]*))*")
INCLUDING = re.compile(r"\b(?:including|such as|namely|among them)\s+(?P<who>.+)$")
OTHERS = re.compile(r"\w\s++more\b|\bothers?\b")


def named(words: str) -> Iterator[Entity]:
    """The entities in a list of names; of `11 firms, including A and B` those after `including`."""
    if included := INCLUDING.search(words):
        words = included["who"]
    for whole in _parts(words.rpartition(" that ")[2]):
        part, end = _without_end(whole)
        if OTHERS.search(part):
            continue
        found = [name for name in NAME.findall(part) if name.split()[0] not in tables.NO_NAMES or len(name.split()) > 1]
        name = _bare(found[-1]) if found else ""
        if len(name) > 1 and not name[0].isdigit():
            yield Entity(names={"en": name + end}, kind="org", quote=whole.strip())


def subjects(passive: Pattern, sentence: str, longest: int, stop: str = ";") -> Iterator[tuple[str, re.Match[str]]]:
    """The words before each ` is added to …` of a sentence, from the last one or a stop on, with what it matches."""
    here = 0
    for match in passive.finditer(sentence):
        yield sentence[max(here, match.start() - longest) : match.start()].rpartition(stop)[2], match
        here = match.end()


def _without_end(part: str) -> tuple[str, str]:
    """A name and its `, Inc.`"""
    name, comma, end = part.rpartition(", ")
    return (name, comma + end) if is_ending(end) else (part, "")


def _bare(name: str) -> str:
    """The name without a nationality before it."""
    words = name.split()
    while words and words[0] in tables.NO_NAMES:
        words = words[1:]
    return " ".join(words)


def _parts(words: str) -> list[str]:
    """The pieces of a list; `, Inc.` stays with its name."""
    parts: list[str] = []
    for part in JOINT.split(words):
        if parts and is_ending(part.strip()):
            parts[-1] = f"{parts[-1]}, {part.strip()}"
        else:
            parts.append(part)
    return parts
