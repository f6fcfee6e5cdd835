"""Find the verbs of deciding in an English sentence, in any order of words, with both sides of
each.

`X is added to the list`, `BIS adds X`, `by adding X`, `has been added`, `has decided to add X`: one
predicate.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from monitor.extract import gate, why
from monitor.extract.en import issuers
from monitor.extract.en.words import ENGLISH, GATE, TABLES
from monitor.model import Action, frozen

WORDS = ENGLISH.table("verbs")


class Voice(StrEnum):
    """The forms of a verb in its sentence."""

    PASSIVE = "passive"
    PERFECT = "perfect"
    PRESENT = "present"
    GERUND = "gerund"
    INFINITIVE = "infinitive"


@frozen
class Predicate:
    """One verb that decides, in its `form` as printed: `what` it is done to, the words `after`
    it, where the verb stands.
    """

    action: Action
    verb: str
    form: str
    voice: Voice
    what: str
    after: str
    start: int


NO_MORE = "no more"  # `is no longer available`, said as if it were a verb
DOUBLED = frozenset({"put", "ban", "debar", "cancel", "bar", "drop"})
IRREGULAR = {
    "put": "put",
    "withdraw": "withdr(?:awn|ew)",
    "cancel": "cancell?ed",
    "take": "taken",
    "make": "made",
    "strike": "struck",
}


def _make_forms(verb: str) -> dict[str, str]:
    """The forms of a verb, and in which voices they stand: `s`, `ing`, `ed`, and itself."""
    stem = verb[:-1] if verb.endswith("e") else verb + verb[-1] if verb in DOUBLED else verb
    yields = verb.endswith("y") and verb[-2] not in "aeiou"
    third = (
        verb[:-1] + "ies"
        if yields
        else verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    )
    done = IRREGULAR.get(verb) or (verb[:-1] + "ied" if yields else stem + "ed")
    return {"base": verb, "third": third, "ing": stem + "ing", "done": done}


FORMS = [
    (re.compile(form), kind, verb, Action(action))
    for action, verbs in TABLES.as_written["deciding"].items()
    for verb in verbs.split()
    for kind, form in _make_forms(verb).items()
] + [
    (TABLES.no_more, NO_MORE, NO_MORE, Action.REMOVE),
    (TABLES.again, NO_MORE, NO_MORE, Action.RESUME),
]
VERB = re.compile(
    r"\b(?:"
    + "|".join(sorted((form.pattern for form, *_ in FORMS), key=len, reverse=True))
    + r")\b"
)
BEFORE = 140  # characters before a verb that show how it stands


def blank_headings(sentence: str) -> str:
    """The sentence with blanks for headings with a point: `under the heading ‘II. Entities’`."""
    return str(WORDS.headed.sub(lambda heading: " " * len(heading[0]), sentence))


def list_predicates(sentence: str) -> list[Predicate]:
    """List what a sentence does, in its order, without what the gate bars."""
    marks = list(_list_marks(sentence))
    done: list[Predicate] = []
    for place, (match, voice, verb, action) in enumerate(marks):
        until = marks[place + 1][0].start() if place + 1 < len(marks) else len(sentence)
        predicate = _make_predicate(
            sentence, match, voice, (verb, action), until, done[-1] if done else None
        )
        bar = gate.find_bar(sentence, match.start(), GATE) or _find_repetition(
            sentence, match.start(), predicate
        )
        bar = bar or (
            gate.Bar.PAST
            if WORDS.because.search(sentence, max(0, match.start() - 4 * BEFORE), match.start())
            else None
        )
        if bar := bar or (gate.Bar.PLAN if WORDS.condition.match(sentence) else None):
            why.explain_sentence(bar, sentence.strip())
        else:
            done.append(predicate)
    return done


def _find_repetition(sentence: str, verb: int, predicate: Predicate) -> gate.Bar | None:
    """Return why it only repeats what was done before; None if it does not.

    It was done in a year, a month or a period, or again and again: `In 2029, two firms were added`.
    """
    was = predicate.voice is Voice.PASSIVE and WORDS.was.search(
        sentence, max(0, verb - BEFORE), verb
    )
    habit = predicate.voice is Voice.PASSIVE and (
        WORDS.again_and_again.match(predicate.after)
        or WORDS.often.search(sentence, max(0, verb - BEFORE), verb)
    )
    of_year = was and (
        WORDS.in_year.search(sentence[:verb]) or WORDS.in_year.search(predicate.after)
    )
    did = predicate.voice is Voice.PERFECT and not WORDS.have.search(sentence[:verb])
    of_year = of_year or (did and match_past_year(sentence))
    of_period = (was or predicate.voice is Voice.PERFECT) and WORDS.in_period.match(sentence)
    return gate.Bar.PAST if habit or of_year or of_period else None


def is_told_in_past(predicate: Predicate, sentence: str) -> bool:
    """Return whether it `was done` or somebody `did` it; `has been done` may be now."""
    before = sentence[max(0, predicate.start - BEFORE) : predicate.start]
    if predicate.voice is Voice.PASSIVE:
        return WORDS.was.search(before) is not None
    return predicate.voice is Voice.PERFECT and not WORDS.have.search(before)


def match_past_year(sentence: str) -> re.Match[str] | None:
    """Match a sentence that tells what was done in a year: `In May 2029 the Ministry placed …`."""
    return WORDS.in_year.match(sentence.strip())


def list_announced(sentence: str) -> list[Predicate]:
    """List what a sentence announces by a noun: `announces the addition of X to the list`,
    `approved the removal of Y`.
    """
    return [
        Predicate(
            Action(str(match.lastgroup)),
            "list",
            match[0],
            Voice.PRESENT,
            after.strip(),
            after,
            match.start(),
        )
        for match in WORDS.announced.finditer(sentence)
        if not gate.find_bar(sentence, match.start(), GATE)
        for after in (sentence[match.end() :],)
    ]


def _list_marks(sentence: str) -> Iterator[tuple[re.Match[str], Voice, str, Action]]:
    last: Voice | None = None
    patterns = (WORDS.aside, WORDS.relative)
    spans = [[found.span() for found in pattern.finditer(sentence)] for pattern in patterns]
    for match in VERB.finditer(sentence):
        if WORDS.idiom.match(sentence, match.end()) or _is_described(sentence, match, spans):
            continue
        kind, verb, action = next(
            (kind, verb, action) for form, kind, verb, action in FORMS if form.fullmatch(match[0])
        )
        if verb == "put" and WORDS.on_hold.match(sentence, match.end()):
            verb, action = "suspend", Action.SUSPEND
        if verb in ("take", "strike") and WORDS.off.match(sentence, match.end()):
            verb, action = "remove", Action.REMOVE
        if kind == "done" and (
            WORDS.reduced.match(sentence, match.start() - 2)
            or (
                WORDS.published.match(sentence, match.start())
                and WORDS.act.search(sentence[: match.start()])
            )
        ):
            continue
        before = sentence[max(0, match.start() - BEFORE) : match.start()]
        voice = _find_voice(kind, verb, before, last) or _find_concluded_voice(
            kind, sentence, match
        )
        if voice:
            yield match, voice, verb, action
            last = voice


def _is_described(
    sentence: str, match: re.Match[str], spans: Sequence[list[tuple[int, int]]]
) -> bool:
    """Return whether a verb only says where something stands, or by what it was done before."""
    aside, relative = (
        any(begin < match.start() < end for begin, end in within) for within in spans
    )
    return relative or (aside and WORDS.stands.match(sentence, match.end()) is not None)


def _find_concluded_voice(kind: str, sentence: str, match: re.Match[str]) -> Voice | None:
    """Return the form of a verb that says what follows for those of whom something was found."""
    behind = kind == "third" and WORDS.pronoun_behind.match(sentence, match.end())
    found = behind and WORDS.concludes.search(sentence, 0, match.start())
    return Voice.PRESENT if found else None


# What rules and people do all the time: `they include`, `they issue`, `they make`.
AMBIGUOUS = frozenset({"include", "place", "list", "make", "take", "issue", "put", "identify"})


def _find_voice(kind: str, verb: str, before: str, last: Voice | None) -> Voice | None:
    """Return the form of a verb behind these words; None if it decides nothing: `the list`, `firms
    added last year`.
    """
    if kind == NO_MORE:
        return Voice.PASSIVE
    if kind == "done":
        return _find_participle_voice(before, last)
    if kind == "ing":
        acts = WORDS.by.search(before) or WORDS.issues.search(before)
        return (
            Voice.GERUND
            if acts or (last is Voice.GERUND and WORDS.and_word.search(before))
            else None
        )
    if kind == "third":
        return (
            Voice.PRESENT
            if _is_speaking(before) or (last is Voice.PRESENT and WORDS.and_word.search(before))
            else None
        )
    return _find_base_voice(verb, before, last)


def _find_base_voice(verb: str, before: str, last: Voice | None) -> Voice | None:
    if WORDS.resolves.search(before) or (last is not None and WORDS.and_to.search(before)):
        return Voice.INFINITIVE
    # `We add …`, `The Regulations add …`, `They revoke …`
    speaks = WORDS.we.search(before) or (verb not in AMBIGUOUS and WORDS.they.search(before))
    return Voice.PRESENT if speaks else None


def _find_participle_voice(before: str, last: Voice | None) -> Voice | None:
    if WORDS.be.search(before):
        return Voice.PASSIVE
    if WORDS.have.search(before) or _is_speaking(before):
        return Voice.PERFECT
    return (
        last if last in (Voice.PASSIVE, Voice.PERFECT) and WORDS.and_word.search(before) else None
    )


def _is_speaking(before: str) -> bool:
    """Return whether these words end in the deciding body, or in the act itself."""
    return bool(
        WORDS.act.search(before) or WORDS.speaker.search(before)
    ) or issuers.has_issuer_at_end(before)


def _make_predicate(
    sentence: str,
    match: re.Match[str],
    voice: Voice,
    does: tuple[str, Action],
    until: int,
    last: Predicate | None,
) -> Predicate:
    verb, action = does
    after = sentence[match.end() : until]
    if voice is not Voice.PASSIVE:
        return Predicate(action, verb, match[0], voice, after.strip(), after, match.start())
    since = last.start + len(last.form) if last else 0
    whole = WORDS.aside.sub(lambda aside: " " * len(aside[0]), sentence)
    begins = max(
        (mark.end() for mark in WORDS.clause.finditer(whole, since, match.start())),
        default=since,
    )
    before = sentence[begins : match.start()]
    be = list(
        re.finditer(
            r"\b(?:is|are|was|were|has been|have been|shall be|will be|be|been|being)\b", before
        )
    )
    what = before[: be[-1].start()] if be else before if verb == NO_MORE else ""
    if last and last.voice is Voice.PASSIVE:
        what = (
            last.what
            if not be or WORDS.pronoun.fullmatch(what)
            else _cut_behind_list(what, last.what)
        )
    return Predicate(action, verb, match[0], voice, what.strip(), after, match.start())


def _cut_behind_list(between: str, before: str) -> str:
    """Return the object of the second verb without the first one's list: `… are added to the items
    and 3 are removed`.

    If nothing follows the list (`… and is no longer …`), it is the first verb's object, `before`.
    """
    if not WORDS.on_its_list.match(between):
        return between
    if WORDS.nothing_behind.search(between):
        return before
    begins = max((match.end() for match in WORDS.list.finditer(between)), default=0)
    return between[begins:].partition(" and ")[2] or between
