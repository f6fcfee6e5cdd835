"""Read what a sentence of a Chinese authority's act in English does to lists, goods and earlier
acts.
"""

import re
from collections.abc import Iterator
from functools import partial

from monitor.extract import frame, gate, why
from monitor.extract.en import operations as grammar
from monitor.extract.en import places, restrictions, sections, words
from monitor.extract.en.names import list_subjects, read_entities
from monitor.extract.en.operations import Operation
from monitor.extract.en.references import find_references
from monitor.extract.en.sections import Sections
from monitor.extract.en.verbs import match_past_year
from monitor.extract.en.words import ENGLISH, GATE, TABLES
from monitor.extract.words import make_phrase
from monitor.model import Action, Entity, Target
from monitor.vocabulary.authorities import MOFCOM_ANNOUNCEMENTS, UEL_NOTICES
from monitor.vocabulary.countries import CHINA
from monitor.vocabulary.registers import DUAL_USE, UNRELIABLE

WORDS = ENGLISH.table("acts")

LONGEST_WHO = 900  # characters
WHO = rf"(?P<who>[^;]{{2,{LONGEST_WHO}}}?)(?<!\s)"
IS = r"(?<=\S)\s++(?:is|are|shall be)"


def _make_list_pattern(opening: str) -> re.Pattern[str]:
    """These words, and then a list of ours by its name."""
    return make_phrase(
        lambda: (
            rf"{opening}\s++(?:the|its|China's)\s++(?:[\w' -]{{0,40}}?)(?P<list>{words.make_list_pattern()})"
        ),
        re.IGNORECASE,
    )


PUTS_ON = _make_list_pattern(rf"\b(?:{words.PUT})\b\s++{WHO}\s*+\b(?:in|on|to|into|onto)")
TAKES_OFF = _make_list_pattern(rf"\b(?:{words.OFF})\b\s++{WHO}\s*+\bfrom")
IS_PUT_ON = _make_list_pattern(
    rf"{IS}\s++(?:hereby\s++)?(?:included|added|placed|listed|put)\s++(?:in|on|to|into)"
)
IS_TAKEN_OFF = _make_list_pattern(
    rf"{IS}\s++(?:hereby\s++)?(?:(?:removed|deleted)\s++from|(?:taken|struck)\s++off)"
)
ACTIVE = ((PUTS_ON, Action.ADD), (TAKES_OFF, Action.REMOVE))
PASSIVE = ((IS_PUT_ON, Action.ADD), (IS_TAKEN_OFF, Action.REMOVE))


def read_act_operations(sentence: str, page: Sections) -> Iterator[Operation]:
    """Read what a sentence of such an act does."""
    listed = list(_read_listings(sentence))
    yield from listed
    # the title of an earlier act does nothing now
    said = TABLES.act_cited.sub(lambda title: " " * len(title[0]), sentence)
    controls = TABLES.controls.search(said)
    ban = TABLES.prohibits.search(said)
    if (listed and not ban) or _is_barred(sentence, controls or ban):
        return
    if probe := TABLES.probes.search(sentence):
        yield Operation(
            Action.INVESTIGATE,
            find_called_register(sentence) or find_own_register(page),
            sentence,
            who=probe["who"],
        )
    yield from _read_changes(sentence, page)
    yield from _read_goods(sentence, controls, ban)


def _read_goods(
    sentence: str, controls: re.Match[str] | None, ban: re.Match[str] | None
) -> Iterator[Operation]:
    """Read the goods that are controlled, or that may not go to a country."""
    verb = (controls.start() if controls["kept"] else controls.end() - 1) if controls else 0
    settle = partial(frame.settle_action, words=ENGLISH.table("frame"), goods=True)
    if controls and (action := settle(Action.ADD, sentence, verb)):
        named = grammar.list_controlled_items(sentence)
        yield Operation(action, DUAL_USE.code, sentence, items=named, goods=not named)
    elif ban and (to := _list_foreign_places(ban["where"] or ban["there"])):
        named = restrictions.list_restricted_goods(sentence)
        below = grammar.FOLLOWING.search(sentence) is not None
        if action := settle(Action.RESTRICT, sentence, ban.start()):
            yield Operation(
                action, DUAL_USE.code, sentence, destinations=tuple(to), items=named, goods=below
            )


def _list_foreign_places(words: str) -> list[str]:
    """The places an act of ours can forbid exports to: `activities related to China` are none."""
    return [place for place in places.all_in(words) if place not in CHINA]


def _read_listings(sentence: str) -> Iterator[Operation]:
    if not WORDS.on_list.search(sentence):
        return
    before = match_past_year(sentence)
    listings = [
        (match["who"], match, action)
        for pattern, action in ACTIVE
        for match in pattern.finditer(sentence)
        if not (before and match[0].split()[0].endswith("ed")) and not _is_barred(sentence, match)
    ]
    listings += [
        (who, match, action)
        for pattern, action in PASSIVE
        for who, match in list_subjects(pattern, sentence, len(sentence))
    ]
    for who, match, done in listings:
        action = frame.settle_action(done, sentence, match.start() + 1, ENGLISH.table("frame"))
        if action and not WORDS.said_before.search(who):
            names = _read_names_behind(sentence, match) if WORDS.follow.search(who) else ()
            yield Operation(
                action, find_called_register(match["list"]), sentence, who=who, entities=names
            )


def _read_names_behind(sentence: str, match: re.Match[str]) -> tuple[Entity, ...]:
    """The names behind the colon of those who follow: `places the following entities on the
    list: A and B`.
    """
    _, colon, behind = sentence[match.end() :].partition(":")
    return tuple(read_entities(f":{behind}")) if colon else ()


def _is_barred(sentence: str, verb: re.Match[str] | None) -> bool:
    """Return whether the words before a verb bar a decision here and now; without a verb nothing
    bars it.
    """
    bar = gate.find_bar(sentence, verb.start(), GATE) if verb else None
    if bar:
        why.explain_sentence(bar, sentence.strip())
    return bar is not None


def _is_decided(pattern: re.Pattern[str], clause: str) -> bool:
    match = pattern.search(clause)
    return match is not None and not _is_barred(clause, match)


def find_called_register(text: str) -> str | None:
    """Find the list of China's, or of another country but the United States, that a text names in
    any case.
    """
    return next(
        (
            register
            for called, register in words.ACTS.items()
            if re.search(called, text, re.IGNORECASE)
        ),
        None,
    )


def find_own_register(page: Sections) -> str | None:
    """The register that an act of the mechanism changes without its name."""
    return UNRELIABLE.code if sections.is_mechanism(page) else None


def _read_changes(sentence: str, page: Sections) -> Iterator[Operation]:
    """Read what happens to earlier acts, clause by clause."""
    year = page.published
    for clause in re.split(r";\s*|,\s*(?:and\s+)?while\s+", sentence):
        verb = next(
            (
                done
                for done, pattern in TABLES.table_of("changes").items()
                if _is_decided(pattern, clause)
            ),
            None,
        )
        cited = find_references(clause, year, of=page.authority)
        keys = dict.fromkeys(
            _make_own_key(reference.key, clause, page)
            for reference in cited
            if reference.key != page.key
        )
        if verb and keys:
            on = WORDS.against.search(clause)
            entities = tuple(read_entities(f": {on['who']}")) if on else ()
            yield Operation(
                Action.AMEND if WORDS.for_some.search(clause) else Action(verb),
                find_own_register(page),
                sentence,
                amends=tuple(Target(key) for key in keys),
                entities=entities,
            )


def _make_own_key(key: str, clause: str, page: Sections) -> str:
    """The key of an act that the mechanism cites by its number alone, which is one of its own."""
    if (
        not sections.is_mechanism(page)
        or not key.startswith(f"{MOFCOM_ANNOUNCEMENTS.code}-")
        or WORDS.ministry.search(clause)
    ):
        return key
    return f"{UEL_NOTICES.code}-{key.removeprefix(f'{MOFCOM_ANNOUNCEMENTS.code}-')}"
