"""Read what a sentence of a Chinese authority's act in English does to lists, goods and earlier
acts.
"""

import re
from collections.abc import Iterator

from monitor.extract import frame, gate, why
from monitor.extract.en import operations as grammar
from monitor.extract.en import places, restrictions, sections, words
from monitor.extract.en.names import listed, subjects
from monitor.extract.en.operations import Operation
from monitor.extract.en.references import references
from monitor.extract.en.sections import Sections
from monitor.extract.en.verbs import tells_of_year
from monitor.extract.en.words import ENGLISH, GATE, TABLES
from monitor.extract.words import phrase
from monitor.model import Action, Entity, Target
from monitor.vocabulary.authorities import MOFCOM_ANNOUNCEMENTS, UEL_NOTICES
from monitor.vocabulary.countries import CHINA
from monitor.vocabulary.registers import DUAL_USE, UNRELIABLE

WORDS = ENGLISH.table("acts")

LONGEST_WHO = 900  # characters
WHO = rf"(?P<who>[^;]{{2,{LONGEST_WHO}}}?)(?<!\s)"
IS = r"(?<=\S)\s++(?:is|are|shall be)"


def _to_list(opening: str) -> re.Pattern[str]:
    """These words, and then a list of ours by its name."""
    return phrase(
        lambda: (
            rf"{opening}\s++(?:the|its|China's)\s++(?:[\w' -]{{0,40}}?)(?P<list>{words.any_list()})"
        ),
        re.IGNORECASE,
    )


PUTS_ON = _to_list(rf"\b(?:{words.PUT})\b\s++{WHO}\s*+\b(?:in|on|to|into|onto)")
TAKES_OFF = _to_list(rf"\b(?:{words.OFF})\b\s++{WHO}\s*+\bfrom")
IS_PUT_ON = _to_list(
    rf"{IS}\s++(?:hereby\s++)?(?:included|added|placed|listed|put)\s++(?:in|on|to|into)"
)
IS_TAKEN_OFF = _to_list(
    rf"{IS}\s++(?:hereby\s++)?(?:(?:removed|deleted)\s++from|(?:taken|struck)\s++off)"
)
ACTIVE = ((PUTS_ON, Action.ADD), (TAKES_OFF, Action.REMOVE))
PASSIVE = ((IS_PUT_ON, Action.ADD), (IS_TAKEN_OFF, Action.REMOVE))


def operations(sentence: str, page: Sections) -> Iterator[Operation]:
    """Read what a sentence of such an act does."""
    listed = list(_listings(sentence))
    yield from listed
    # the title of an earlier act does nothing now
    said = TABLES.act_cited.sub(lambda title: " " * len(title[0]), sentence)
    controls = TABLES.controls.search(said)
    ban = TABLES.prohibits.search(said)
    if (listed and not ban) or _barred(sentence, controls or ban):
        return
    if probe := TABLES.probes.search(sentence):
        yield Operation(
            Action.INVESTIGATE,
            _register(sentence) or own_register(page),
            sentence,
            who=probe["who"],
        )
    yield from _changes(sentence, page)
    verb = (controls.start() if controls["kept"] else controls.end() - 1) if controls else 0
    if controls and (
        action := frame.settled(Action.ADD, sentence, verb, ENGLISH.table("frame"), goods=True)
    ):
        named = grammar.controlled(sentence)
        yield Operation(action, DUAL_USE.code, sentence, items=named, goods=not named)
    elif ban and (to := _abroad(ban["where"] or ban["there"])):
        named, below = (
            restrictions.goods_of(sentence),
            grammar.FOLLOWING.search(sentence) is not None,
        )
        action = frame.settled(
            Action.RESTRICT, sentence, ban.start(), ENGLISH.table("frame"), goods=True
        )
        if action:
            yield Operation(
                action, DUAL_USE.code, sentence, destinations=tuple(to), items=named, goods=below
            )


def _abroad(words: str) -> list[str]:
    """The places an act of ours can forbid exports to: `activities related to China` are none."""
    return [place for place in places.all_in(words) if place not in CHINA]


def _listings(sentence: str) -> Iterator[Operation]:
    if not WORDS.on_list.search(sentence):
        return
    before = tells_of_year(sentence)
    listings = [
        (match["who"], match, action)
        for pattern, action in ACTIVE
        for match in pattern.finditer(sentence)
        if not (before and match[0].split()[0].endswith("ed")) and not _barred(sentence, match)
    ]
    listings += [
        (who, match, action)
        for pattern, action in PASSIVE
        for who, match in subjects(pattern, sentence, len(sentence))
    ]
    for who, match, done in listings:
        action = frame.settled(done, sentence, match.start() + 1, ENGLISH.table("frame"))
        if action and not WORDS.said_before.search(who):
            names = _behind(sentence, match) if WORDS.follow.search(who) else ()
            yield Operation(action, _register(match["list"]), sentence, who=who, entities=names)


def _behind(sentence: str, match: re.Match[str]) -> tuple[Entity, ...]:
    """The names behind the colon of those who follow: `places the following entities on the
    list: A and B`.
    """
    _, colon, behind = sentence[match.end() :].partition(":")
    return tuple(listed(f":{behind}")) if colon else ()


def _barred(sentence: str, verb: re.Match[str] | None) -> bool:
    """Return whether the words before a verb bar a decision here and now; without a verb nothing
    bars it.
    """
    bar = gate.bar(sentence, verb.start(), GATE) if verb else None
    if bar:
        why.sentence(bar, sentence.strip())
    return bar is not None


def _decided(pattern: re.Pattern[str], clause: str) -> bool:
    match = pattern.search(clause)
    return match is not None and not _barred(clause, match)


def _register(text: str) -> str | None:
    return next(
        (
            register
            for called, register in words.ACTS.items()
            if re.search(called, text, re.IGNORECASE)
        ),
        None,
    )


def own_register(page: Sections) -> str | None:
    """The register that an act of the mechanism changes without its name."""
    return UNRELIABLE.code if sections.is_mechanism(page) else None


def _changes(sentence: str, page: Sections) -> Iterator[Operation]:
    """Read what happens to earlier acts, clause by clause."""
    year = page.published
    for clause in re.split(r";\s*|,\s*(?:and\s+)?while\s+", sentence):
        verb = next(
            (
                done
                for done, pattern in TABLES.table_of("changes").items()
                if _decided(pattern, clause)
            ),
            None,
        )
        cited = references(clause, year, of=page.authority)
        keys = dict.fromkeys(
            _own_series(reference.key, clause, page)
            for reference in cited
            if reference.key != page.key
        )
        if verb and keys:
            on = WORDS.against.search(clause)
            entities = tuple(listed(f": {on['who']}")) if on else ()
            yield Operation(
                Action.AMEND if WORDS.for_some.search(clause) else Action(verb),
                own_register(page),
                sentence,
                amends=tuple(Target(key) for key in keys),
                entities=entities,
            )


def _own_series(key: str, clause: str, page: Sections) -> str:
    """The key of an act that the mechanism cites by its number alone, which is one of its own."""
    if (
        not sections.is_mechanism(page)
        or not key.startswith(f"{MOFCOM_ANNOUNCEMENTS.code}-")
        or WORDS.ministry.search(clause)
    ):
        return key
    return f"{UEL_NOTICES.code}-{key.removeprefix(f'{MOFCOM_ANNOUNCEMENTS.code}-')}"
