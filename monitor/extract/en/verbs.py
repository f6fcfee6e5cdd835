"""What a sentence of an English act does: its verbs of deciding, in whatever order of words, with what stands on either side.

`X is added to the list`, `BIS adds X`, `by adding X`, `has been added`, `has decided to add X`: one predicate.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from monitor.extract import gate, why
from monitor.extract.en import dates, issuers, tables
from monitor.extract.en.words import GATE
from monitor.model import Action


class Voice(StrEnum):
    """How a verb stands in its sentence."""

    PASSIVE = "passive"
    PERFECT = "perfect"
    PRESENT = "present"
    GERUND = "gerund"
    INFINITIVE = "infinitive"


@dataclass(frozen=True, slots=True)
class Predicate:
    """One verb that decides, in its `form` as printed: `what` it is done to, the words `after` it, where the verb stands."""

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


def _forms(verb: str) -> dict[str, str]:
    """The forms of a verb, and in which voices they stand: `s`, `ing`, `ed`, and itself."""
    stem = verb[:-1] if verb.endswith("e") else verb + verb[-1] if verb in DOUBLED else verb
    yields = verb.endswith("y") and verb[-2] not in "aeiou"
    third = verb[:-1] + "ies" if yields else verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    done = IRREGULAR.get(verb) or (verb[:-1] + "ied" if yields else stem + "ed")
    return {"base": verb, "third": third, "ing": stem + "ing", "done": done}


FORMS = [
    (re.compile(form), kind, verb, action)
    for action, verbs in tables.DECIDING.items()
    for verb in verbs.split()
    for kind, form in _forms(verb).items()
] + [(re.compile(tables.NO_MORE), NO_MORE, NO_MORE, Action.REMOVE)]
VERB = re.compile(r"\b(?:" + "|".join(sorted((form.pattern for form, *_ in FORMS), key=len, reverse=True)) + r")\b")
ADVERBS = r"(?:(?:hereby|also|further|now|today|thereby|therefore|\w{2,14}ly)\s+){0,3}$"
BE = re.compile(rf"\b(?:is|are|was|were|be|been|being)\s+{ADVERBS}")
HAVE = re.compile(rf"\b(?:has|have)\s+{ADVERBS}")
# `promulgated an order adding`, `has published a notice removing`: the act does what its issuer says of it.
ISSUES = re.compile(
    r"\b(?:promulgat|issu|publish|adopt|made|makes|sign|approv)\w*\b[^.;:]{0,70}\b(?:order|rule|regulations?|notice|notification|"
    rf"ordinance|amendments?|decision|instrument|decree)\s+{ADVERBS}",
    re.IGNORECASE,
)
BY = re.compile(rf"\b(?:by|is|are|am|continu\w+)\s+{ADVERBS}")
RESOLVES = re.compile(
    r"\b(?:decid|determin|amend|revis|resolv|agree|approv|order|necessary)\w*\b(?P<aside>[^.;:]{0,70}?)\bto\s+" + ADVERBS
)
AND_TO = re.compile(rf"(?:,|;|\band)\s+to\s+(?:continue\s+to\s+)?{ADVERBS}")
AND = re.compile(rf"(?:,|;|\band)\s+(?:to\s+)?{ADVERBS}")
ACT = re.compile(
    rf"\b(?:[Tt]his|[Tt]he|[Aa])\s+(?:[\w-]+\s+){{0,4}}?(?:[Rr]ule|[Oo]rder|[Nn]otice|[Aa]nnouncement|[Rr]egulation|[Dd]ecision|"
    rf"[Oo]rdinance|[Ii]nstrument|[Ll]icen[cs]e|[Cc]ircular|[Nn]otification)\s+{ADVERBS}|"
    rf"\b(?:Order|Notice|Announcement|Ordinance|Regulation|Decree|Circular)\s+No\.?\s?\d{{1,5}}(?:\s+of\s+\d{{4}})?\s+{ADVERBS}"
)
SPEAKER = re.compile(
    rf"\b(?:(?:[Tt]he|[Ii]t)\s+)?(?:Secretary|Ministry|Department|Commission|Council|Bureau|Office|Mechanism|Minister|Committee|"
    rf"Force|Government|Unit|China|It|it|We|I|Task Force)(?:\s++of(?:\s++[A-Z]\w++){{1,4}})?\s++{ADVERBS}"
)
IDIOM = re.compile(
    r"\s+(?:(?:(?:no|all|any|appropriate|reasonable|further|due|necessary)\s)?(?:effect|into account|place|part|steps|note|"
    r"care)|over the)\b"
)  # `takes effect` takes nothing
BEFORE = 140  # characters before a verb that show how it stands
CLAUSE = re.compile(
    r"[;:]\s+|\.\s+(?=[A-Z])|,\s+(?:and|while|which|who|but)\s+|"
    r"\b(?:given|determin\w+|announce\w*|decid\w+|order\w+|found)\s+that\s+|\A\s*(?:Article \d+[.:]?\s*)"
)
PRONOUN = re.compile(r"\s*+(?:and\b\s*+)?(?:it|they|these|this|which|who)?\s*+(?:also\s*+)?", re.IGNORECASE)


def predicates(sentence: str) -> list[Predicate]:
    """What a sentence does, in its order; what the gate bars is none."""
    marks = list(_marks(sentence))
    done: list[Predicate] = []
    for place, (match, voice, verb, action) in enumerate(marks):
        until = marks[place + 1][0].start() if place + 1 < len(marks) else len(sentence)
        predicate = _predicate(sentence, match, voice, (verb, action), until, done[-1] if done else None)
        bar = gate.bar(sentence, match.start(), GATE) or _told_again(sentence, match.start(), predicate)
        bar = bar or (gate.Bar.PAST if BECAUSE.search(sentence, max(0, match.start() - 4 * BEFORE), match.start()) else None)
        if bar := bar or (gate.Bar.PLAN if CONDITION.match(sentence) else None):
            why.sentence(bar, sentence.strip())
        else:
            done.append(predicate)
    return done


def _told_again(sentence: str, verb: int, predicate: Predicate) -> gate.Bar | None:
    """Whether it was done in a year or a month, as only what was done before is told: `In 2029, two firms were added`."""
    was = predicate.voice is Voice.PASSIVE and WAS.search(sentence, max(0, verb - BEFORE), verb)
    return gate.Bar.PAST if was and (IN_YEAR.search(sentence[:verb]) or IN_YEAR.search(predicate.after)) else None


# A sentence that opens with a condition tells what would be done.
CONDITION = re.compile(r"\s*(?:\(?\w{1,3}[.)]\s)?(?:Should [A-Za-z]|If |In the event |Unless )")
# What a sentence gives as its reason was so before.
BECAUSE = re.compile(r"\bbecause\b[^;]*$")
WAS = re.compile(rf"\b(?:was|were)\s+{ADVERBS}")
IN_YEAR = re.compile(rf"\b[Ii]n\s(?:{dates.MONTH}\s)?(?:19|20)\d\d\b(?!/)", re.IGNORECASE)


def announced(sentence: str) -> list[Predicate]:
    """What a sentence announces by its noun: `announces the addition of X to the list`, `approved the removal of Y`."""
    return [
        Predicate(Action(str(match.lastgroup)), "list", match[0], Voice.PRESENT, after.strip(), after, match.start())
        for match in ANNOUNCED.finditer(sentence)
        if not gate.bar(sentence, match.start(), GATE)
        for after in (sentence[match.end() :],)
    ]


ANNOUNCED = re.compile(
    r"\b(?:announc(?:es|ed|ing)|approv(?:es|ed)|gives? notice of|decided on|notif(?:ies|ied) of)\s(?:the\s)?(?:immediate\s)?"
    r"(?:(?P<add>additions?|designations?|inclusion|listing)|(?P<remove>removals?|deletions?|delisting))\s(?:of\s)?"
)


def _marks(sentence: str) -> Iterator[tuple[re.Match[str], Voice, str, Action]]:
    last: Voice | None = None
    for match in VERB.finditer(sentence):
        if IDIOM.match(sentence, match.end()):
            continue
        kind, verb, action = next((kind, verb, action) for form, kind, verb, action in FORMS if form.fullmatch(match[0]))
        if verb == "put" and ON_HOLD.match(sentence, match.end()):
            verb, action = "suspend", Action.SUSPEND
        if verb in ("take", "strike") and OFF.match(sentence, match.end()):
            verb, action = "remove", Action.REMOVE
        if kind == "done" and IN_A_RELATIVE.search(sentence, max(0, match.start() - BEFORE), match.start()):
            continue
        if kind == "done" and PUBLISHED.match(sentence, match.start()) and ACT.search(sentence[: match.start()]):
            continue
        if voice := _voice(kind, sentence[max(0, match.start() - BEFORE) : match.start()], last):
            yield match, voice, verb, action
            last = voice


def _voice(kind: str, before: str, last: Voice | None) -> Voice | None:
    """How a form stands behind these words; nothing where it decides nothing, as in `the list` or `firms added last year`."""
    if kind == NO_MORE:
        return Voice.PASSIVE
    if kind == "done":
        return _of_participle(before, last)
    if kind == "ing":
        acts = BY.search(before) or ISSUES.search(before)
        return Voice.GERUND if acts or (last is Voice.GERUND and AND.search(before)) else None
    if kind == "third":
        return Voice.PRESENT if _speaks(before) or (last is Voice.PRESENT and AND.search(before)) else None
    return _of_base(before, last)


# `the controls which Announcement No. 5 placed on …`, `the rule published at 90 FR 1`: what was done before.
IN_A_RELATIVE = re.compile(
    r"\b(?:which|that)\s(?:the\s)?(?:Announcement|Order|Notice|Rule|Regulation|Decree|Decision)\b[^,;]{0,60}$"
)
PUBLISHED = re.compile(r"(?:published|issued|adopted)\s(?:at|in|on|under|by)\b")
OFF = re.compile(r"(?:\s(?!to\b|on\b|measures\b|steps\b)[^;:]{1,200}?)?\soff\s(?:the|its|their|this)\b|\soff\b")
ON_HOLD = re.compile(r"\son hold\b")
WE = re.compile(rf"\b(?:(?:I|We|we)\s+|I, [^.;:]{{2,90}},\s+){ADVERBS}")


def _of_base(before: str, last: Voice | None) -> Voice | None:
    if RESOLVES.search(before) or (last is not None and AND_TO.search(before)):
        return Voice.INFINITIVE
    return Voice.PRESENT if WE.search(before) else None


def _of_participle(before: str, last: Voice | None) -> Voice | None:
    if BE.search(before):
        return Voice.PASSIVE
    if HAVE.search(before) or _speaks(before):
        return Voice.PERFECT
    return last if last in (Voice.PASSIVE, Voice.PERFECT) and AND.search(before) else None


def _speaks(before: str) -> bool:
    """Whether these words end in who decides, or in the act itself."""
    return bool(ACT.search(before) or SPEAKER.search(before)) or issuers.ends(before)


def _predicate(
    sentence: str, match: re.Match[str], voice: Voice, does: tuple[str, Action], until: int, last: Predicate | None
) -> Predicate:
    verb, action = does
    after = sentence[match.end() : until]
    if voice is not Voice.PASSIVE:
        return Predicate(action, verb, match[0], voice, after.strip(), after, match.start())
    since = last.start + len(last.form) if last else 0
    begins = max((mark.end() for mark in CLAUSE.finditer(sentence, since, match.start())), default=since)
    before = sentence[begins : match.start()]
    be = list(re.finditer(r"\b(?:is|are|was|were|has been|have been|shall be|will be|be|been|being)\b", before))
    what = before[: be[-1].start()] if be else before if verb == NO_MORE else ""
    if last and last.voice is Voice.PASSIVE:
        what = last.what if not be or PRONOUN.fullmatch(what) else _behind_its_list(what, last.what)
    return Predicate(action, verb, match[0], voice, what.strip(), after, match.start())


def _behind_its_list(between: str, before: str) -> str:
    """What the second of two verbs is done to, without the list of the first: `… are added to the items and 3 are removed`.

    Where nothing stands behind the list (`… and is no longer …`) it is what the first is done to, `before`.
    """
    if not ON_ITS_LIST.match(between):
        return between
    if NOTHING_BEHIND.search(between):
        return before
    begins = max((match.end() for match in LIST.finditer(between)), default=0)
    return between[begins:].partition(" and ")[2] or between


NOTHING_BEHIND = re.compile(r"\s(?:and|and also|but)\s*$")
ON_ITS_LIST = re.compile(r"\s*+(?:to|from|on|in|into|onto)\s")
LIST = re.compile(r"\b[Ll]ist\b")
