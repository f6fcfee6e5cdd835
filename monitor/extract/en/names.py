"""Names of those who are listed, in running English."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise

from monitor.extract.en import issuers, places
from monitor.extract.en.numerals import parse_number
from monitor.extract.en.words import BEFORE_NAMES, ENGLISH, NO_NAMES
from monitor.model import Entity
from monitor.vocabulary.forms import is_ending

WORDS = ENGLISH.table("names")


def read_prose_entities(words: str, *, bare: bool = False) -> Iterator[Entity]:
    """The entities in a list of names, each with what brackets behind it say that it is also
    called; of `11 firms, including A and B` those after `including`. `bare`: the words are nothing
    but names, and no town.
    """
    return _add_aliases(words, partial(_read_names, bare=bare))


def _add_aliases(words: str, read: Callable[[str], Iterable[Entity]]) -> Iterator[Entity]:
    """What is read of the words without the brackets that say what somebody is also called, each
    with those names.
    """
    beside = [match for match in WORDS.beside.finditer(words) if _is_other_name(match)]
    for match in reversed(beside):
        words = words[: match.start()] + words[match.end() :]
    named = [(match.string[: match.start()].rstrip("."), match) for match in beside]
    for entity in read(words):
        name = entity.names["en"].rstrip(".")
        also = [match for before, match in named if before.endswith(name)]
        aliases = (alias for match in also for alias in _list_other_names(match))
        yield entity.replace(aliases=tuple(aliases)) if also else entity


def _is_other_name(bracket: re.Match[str]) -> bool:
    """Return whether a bracket says what the name before it is also called: in words, or as the
    short form behind a legal form, which no country is.
    """
    short = bracket["short"]
    before = bracket.string[: bracket.start()].split()[-1]
    return not short or (is_ending(before) and not places.coded(short))


def _list_other_names(bracket: re.Match[str]) -> Iterator[str]:
    for name in _split_names(bracket["names"] or bracket["short"]):
        yield WORDS.also_called.sub("", name).strip(' "“”')


def _read_names(words: str, *, bare: bool) -> Iterator[Entity]:
    words = TYPED_QUOTES.sub("", words)
    if included := WORDS.including.search(words):
        words = included["who"]
    leads_on = False
    listed = WORDS.in_country.sub("", words.rpartition(" that ")[2]).strip(" ,")
    for whole in _split_names(listed) if bare else _drop_towns(listed):
        part, end = _split_end(WORDS.in_place.sub("", whole))
        if WORDS.others.search(part):
            continue
        name = _strip_quotation(_strip_lead(_find_last_name(part)), part)
        # `A, but not its affiliate, B`
        is_spared, leads_on = leads_on, not name and bool(WORDS.of_another.search(f"{whole} "))
        if is_spared:
            continue
        if len(name) > 1 and not name[0].isdigit() and not (_is_no_name(name) and not end):
            yield Entity({"en": name + end}, "org", quote=whole.strip())


def _find_last_name(part: str) -> str:
    """The last name in a piece of a list; none where it is only told of, as the owner of a firm."""
    names = [
        match
        for match in WORDS.name.finditer(part)
        if match[0].split()[0] not in NO_NAMES or len(match[0].split()) > 1
    ]
    is_told_of = names and WORDS.of_another.search(part, 0, names[-1].start())
    return names[-1][0] if names and not is_told_of else ""


def read_entities(words: str) -> list[Entity]:
    """The entities that an act lists in its own words; behind a colon, and divided by semicolons
    where it has them.
    """
    return [*_add_aliases(words, _read_listed)]


def _read_listed(words: str) -> Iterable[Entity]:
    words = TYPED_QUOTES.sub('"', words)
    words = WORDS.details.sub("", QUOTED_NUMBER.sub("", words))
    if quoted := _list_quoted(words):
        return quoted
    words = re.sub('["“”]', "", words)
    _, colon, behind = words.partition(":")
    return [
        entity.replace(names={"en": _add_point(entity.names["en"], words)})
        for entity in _list_entities(behind if colon else words, bare=bool(colon))
    ]


def _list_quoted(words: str) -> list[Entity]:
    """The entities of a list whose every name stands between quotation marks, whatever brackets
    say of it; nothing where a name stands beside them.
    """
    beside = IN_BRACKETS.sub("", QUOTED.sub("", words).rpartition(":")[2])
    if any(word[0].isupper() and word not in NO_NAMES for word in beside.split()):
        return []
    names = (strip_stop(match["name"]) for match in QUOTED.finditer(words))
    return [
        Entity({"en": name}, "person" if PERSON.fullmatch(name) else "org", quote=name)
        for name in names
        if not _is_no_name(name)
    ]


# as a typewriter has them, and the Federal Register: ``Acme Ltd.''
TYPED_QUOTES = re.compile("``|''")
QUOTED = re.compile(r"[\"“](?P<name>[A-Z][^\"“”;]{3,120})[\"”]")
IN_BRACKETS = re.compile(r"\([^()]{0,120}\)")
# the number of an entry that is quoted: `‘418. Jane Doe’`
QUOTED_NUMBER = re.compile(r"(?<=[\"'‘“])\d{1,4}[.)]\s")


def put_right(named: tuple[Entity, ...], sentence: str) -> tuple[Entity, ...]:
    """Those named; where a sentence puts one name right (`"A" is corrected to read "B"`), that
    one under its new name.
    """
    match = WORDS.put_right.search(sentence)
    for entity in named if match else ():
        old = entity.names.get("en", "")
        if match and old and match["old"].startswith(old.rstrip(".,")):
            printed = match["old"].rstrip(" ,")
            new = {"en": match["new"].rstrip(" ,")}
            return (entity.replace(names=new, aliases=(printed,), quote=match[0]),)
    return named


def _list_entities(words: str, *, bare: bool) -> Iterator[Entity]:
    """`bare`: the words are nothing but names, so that one in capitals with a comma is a
    person's (`DOE, John`).
    """
    parts = (
        re.split(r";\s*(?:and\s+)?|(?<=\.),?\s+and\s+(?=[A-Z])", words)
        if ";" in words or (bare and PERSON.fullmatch(words.strip(" .")))
        else [words]
    )
    for part in parts:
        name = strip_stop(part)
        if PERSON.fullmatch(name):
            yield Entity({"en": name}, "person", quote=name)
        elif ";" in words and bare and name[:1].isupper():
            yield Entity({"en": WORDS.told_of.sub("", name)}, "org", quote=name)
        else:
            yield from read_prose_entities(part.strip(), bare=bare)


PERSON = re.compile(r"[A-Z][A-Z' -]+, [A-Z][a-z][\w' -]*")


def _add_point(name: str, words: str) -> str:
    """The name with the point that its end has: `S.A.`, and `Inc.` where the words have it so."""
    return (
        f"{name}."
        if INITIALS.search(name) or (WORDS.shortened.search(name) and f"{name}." in words)
        else name
    )


def strip_stop(words: str) -> str:
    """The words without the point of their sentence; that of a name (`Ltd.`) stays."""
    trimmed = words.strip(" ,")
    return trimmed if WORDS.shortened.search(trimmed.removesuffix(".")) else trimmed.rstrip(" .,")


INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.){1,8}[A-Z]$")


def _is_no_name(name: str) -> bool:
    """Return whether a seeming name is an issuer, a list, a country or a common word of titles."""
    if (
        parse_number(name) is not None
        or WORDS.licence.search(name)
        or WORDS.site.search(name)
        or WORDS.money.fullmatch(name)
        or WORDS.of_law.search(name)
        or WORDS.of_act.search(name)
        or WORDS.of_head.search(name)
        or WORDS.part.fullmatch(name)
    ):
        return True
    if all(
        WORDS.function.fullmatch(word) or not word[0].isupper() or word in NO_NAMES
        for word in name.split()
    ):
        return True
    return (
        places.coded(name.replace(".", "")) is not None
        or issuers.is_issuer(name)
        or bool(WORDS.any_list.fullmatch(name))
    )


def list_subjects(
    passive: re.Pattern[str], sentence: str, longest: int, stop: str = ";"
) -> Iterator[tuple[str, re.Match[str]]]:
    """The words before each ` is added to …` of a sentence, from the last one or a stop on, with
    what it matches.
    """
    here = 0
    for match in passive.finditer(sentence):
        yield (
            sentence[max(here, match.start() - longest) : match.start()].rpartition(stop)[2],
            match,
        )
        here = match.end()


def _split_end(part: str) -> tuple[str, str]:
    """A name and its `, Inc.`"""
    name, comma, end = part.rpartition(", ")
    return (name, comma + end) if is_ending(end) else (part, "")


def _strip_lead(name: str) -> str:
    """The name without a nationality or a place before it (`Oman-based`), and without `'s` behind
    it; China or Beijing is the beginning of a name.
    """
    words = WORDS.lead.sub("", re.sub(r"['’]s$", "", name)).split()
    while words and words[0] in BEFORE_NAMES:
        words = words[1:]
    return " ".join(words)


def _strip_quotation(name: str, words: str) -> str:
    """A name without the mark that closes the quotation it is: `the entry 'Acme'`."""
    return name[:-1] if name[-1:] in "'’" and re.search(rf"['‘]{re.escape(name)}", words) else name


def _split_names(words: str) -> list[str]:
    """The pieces of a list; `, Inc.` stays with its name."""
    parts: list[str] = []
    for part in WORDS.joint.split(words):
        if parts and is_ending(part.strip()):
            parts[-1] = f"{parts[-1]}, {part.strip()}"
        elif parts and (end := WORDS.begins_with_end.match(part)):  # `Acme, Inc. included in …`
            parts[-1] = f"{parts[-1]}, {end['end']}"
        else:
            parts.append(part)
    return parts


def _drop_towns(words: str) -> list[str]:
    """The pieces of a list in a sentence; where no `and` joins the last, it is where the one before
    it is (`Acme Works, Kazan, under …`), and those that may be such towns are left out.
    """
    parts, joined = _split_names(words), WORDS.joint.findall(words)
    if not joined or joined[-1].strip(" ,"):
        return parts
    parts = [each for each in parts if not places.coded(each.strip())] or parts
    town = [
        bool(WORDS.town.fullmatch(each) and WORDS.organisation.search(before.strip()))
        for before, each in pairwise(parts)
    ]
    is_list = not town or not town[-1]
    return [each for each, drop in zip(parts, [False, *town], strict=True) if is_list or not drop]


def complete_names(names: tuple[Entity, ...], title: str) -> tuple[Entity, ...]:
    """The names as the title has them where the text only says how they begin: `Acme` of `Acme
    Aviation Ltd`.
    """
    whole = [entity.names["en"] for entity in read_entities(title.rpartition(": ")[2])]
    return tuple(
        entity.replace(names={"en": _find_longer(entity.names["en"], whole)}) for entity in names
    )


def _find_longer(name: str, whole: list[str]) -> str:
    return next((long for long in whole if long.startswith(f"{name} ")), name)
