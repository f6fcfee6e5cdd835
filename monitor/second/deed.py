"""Check whether a quote states a deed, by the verbs of its sentence and the grammar's tables. Pure.

A verb does not count in a title, a history, a state or an open question. The frame of its sentence
then tells what it does.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from monitor.extract import frame, verb_final
from monitor.extract.en.words import ENGLISH
from monitor.extract.frame import Turn
from monitor.extract.verb_final.sentences import list_deeds
from monitor.extract.words import Language, Words
from monitor.extract.zh.words import CHINESE
from monitor.model import Action
from monitor.second.page import ASKS, OTHER
from monitor.vocabulary.letters import HAN

LATIN = re.compile(r"[A-Za-z]")
HANGUL = re.compile(r"[\uac00-\ud7af]")
TURNED = {  # what may turn a deed of this kind; of the others nothing may
    Action.SUSPEND: ({Turn.STAYED}, {Turn.STAYED, Turn.PROLONGED}),
    Action.RESUME: (
        {Turn.RESUMED},
        {Turn.STAYED, Turn.LIFTED},
        {Turn.STAYED, Turn.RESUMED},
        {Turn.STAYED, Turn.LIFTED, Turn.RESUMED},
    ),
    Action.AMEND: (  # what changes how long something holds turns nothing round
        set(),
        {Turn.STAYED},
        {Turn.PROLONGED},
        {Turn.LIFTED},
        {Turn.STAYED, Turn.PROLONGED},
        {Turn.STAYED, Turn.LIFTED},
    ),
    Action.REPLACE: (set(), {Turn.LIFTED}),
}
ISSUED = re.compile("予以?(?:公布|发布)")
LIFTS = frozenset({Action.REMOVE, Action.REPEAL})
PARTLY = re.compile(r"一部改正|일부\s?개정")  # a title that amends
TITLED = re.compile("(?<=[るう])件$")  # a title: `甲を指定する件`
INNER = re.compile("〈[^〈〉]*〉")  # a title in a title
GROUND = re.compile(r"(?:따라|의거하여|의하여|근거하여|基づ[きい]て?|により|によって)[\s,、]*$")
BOOK = re.compile("《[^《》]*》")  # what a title forbids nobody forbids here
BLANK = "\x00"
BETWEEN = f"{BLANK} 、,和及与"  # titles of acts, and what joins them
DOES = re.compile("(?:实施|执行|适用|施行)$")  # behind a verb that stays or ends it
MOST_VERBS = 20  # of a stretch: no sentence of a law has more, and each is compared with all of it


def refuse_stretch(
    action: Action, sentence: str, begins: int, ends: int, *, today: bool = False
) -> str:
    """Explain why a stretch of a sentence does not state this deed; "" if it does.

    `today`: the past of an English sentence is the day of the act.
    """
    quote = sentence[begins:ends]
    if ISSUED.search(quote):  # the sentence says what
        begins = 0
    if not (HAN.search(quote) or LATIN.search(quote) or OTHER.search(quote)):
        return "its quote has no words"
    if any(tongue.table("second").addresses.search(sentence) for tongue in (CHINESE, ENGLISH)):
        return "its quote speaks to its reader"
    if OTHER.search(sentence):
        return (
            "its quote is a ground"
            if GROUND.search(quote)
            else _refuse_verb_final(action, sentence)
        )
    reading = _Reading(language_of(sentence), action, sentence, begins, ends)
    reading.is_today = today
    return reading.refuse()


def _refuse_verb_final(action: Action, sentence: str) -> str:
    """Explain why a Japanese or Korean sentence states no such deed, or another one too."""
    told = TITLED.sub("", sentence)
    done = {deed.action for deed in list_deeds(told, verb_final_of(sentence))}
    fits = done in ({action}, {action, Action.AMEND}) or (
        action is Action.AMEND and not done and PARTLY.search(sentence)
    )
    return "" if fits else "the verbs of its sentence say something else"


def verb_final_of(words: str) -> Words:
    """Return the table of the language of Japanese or Korean words."""
    return verb_final.KOREAN if HANGUL.search(words) else verb_final.JAPANESE


def is_within(pattern: re.Pattern[str], words: str, place: int) -> bool:
    """Return whether a place in some words is within a match of a pattern."""
    return any(found.start() <= place < found.end() for found in pattern.finditer(words))


def language_of(words: str) -> Language:
    """Find the language of words, as far as the tables have verbs for it."""
    return CHINESE if HAN.search(words) else ENGLISH


def find_clause(marks: re.Pattern[str], words: str, begins: int, ends: int) -> tuple[int, int]:
    """Find the clause of some words that holds a stretch."""
    first = max((mark.end() for mark in marks.finditer(words, 0, begins)), default=0)
    stop = marks.search(words, ends)
    return first, stop.start() if stop else len(words)


def blot_asides(language: Language, sentence: str) -> str:
    """Blank the asides of a sentence letter for letter; what it issues is no aside."""
    issues = language.table("second").issues
    return language.table("referee").aside.sub(
        lambda aside: (
            INNER.sub(lambda title: BLANK * len(title[0]), aside[0])
            if issues.match(sentence, aside.start())
            else BLANK * len(aside[0])
        ),
        sentence,
    )


@cache
def _turns_of(outer: Words) -> dict[str, re.Pattern[str]]:
    """Return the verbs that bend a deed; titles are written in capitals."""
    known = outer.table_of("outer").items()
    return {turn: re.compile(each.pattern, re.IGNORECASE) for turn, each in known}


class _Reading:
    """A deed, and the stretch of a sentence that is said to do it."""

    def __init__(
        self, language: Language, action: Action, sentence: str, begins: int, ends: int
    ) -> None:
        self._judge, self._outer, self._own = map(language.table, ("referee", "frame", "second"))
        self._action, self._sentence, self._begins, self._ends = action, sentence, begins, ends
        self._plain = blot_asides(language, sentence)
        self.is_today = False

    def refuse(self) -> str:
        """Explain why the deed is not stated; "" if it is."""
        self._begins = self._find_verb_before()
        places = [*islice(self._list_verbs(), MOST_VERBS + 1)]
        if len(places) > MOST_VERBS:
            return "it has too many verbs to tell"
        if not places:
            lifts = self._action in LIFTS
            return "its quote lifts nothing" if lifts else "its quote has no word of such a deed"
        refused = [self._refuse_verb(place) for place in places]
        counted = [place for place, why in zip(places, refused, strict=True) if not why]
        return self._refuse_turns(counted) if counted else refused[0]

    def _find_verb_before(self) -> int:
        """Find where a stretch begins with the verb whose next object it is: `暂停《甲》和 | 《乙》`."""
        before = DOES.sub("", self._plain[: self._begins].rstrip(BETWEEN))
        if not self._plain.startswith(BLANK, self._begins) or not before:
            return self._begins
        verbs = (verb for each in self._patterns() for verb in each.finditer(before))
        return next((verb.start() for verb in verbs if verb.end() == len(before)), self._begins)

    def _list_verbs(self) -> Iterator[int]:
        """Find the places of the verbs for such a deed."""
        for pattern in self._patterns():
            for match in pattern.finditer(self._sentence, self._begins, self._ends):
                if self._action not in LIFTS or not self._is_denial(match):
                    yield match.start()

    def _is_denial(self, verb: re.Match[str]) -> bool:
        """Return whether a verb revokes a right, which lifts nothing, or a lifting verb
        is denied, or ends an act where somebody would be removed.
        """
        if is_within(self._own.revokes, self._sentence, verb.start()):
            return True
        if self._action is Action.REMOVE and is_within(
            self._own.ends_acts, self._sentence, verb.start()
        ):
            return True
        return self._action in LIFTS and bool(self._own.denies.match(verb[0]))

    def _patterns(self) -> list[re.Pattern[str]]:
        if says := self._own.table_of("says").get(self._action):
            return [says]
        if self._action in LIFTS:
            return [self._judge.eases, self._own.lifts]
        return [*_turns_of(self._outer).values()]

    def _is_beside(self, verb: re.Match[str], places: list[int]) -> bool:
        """Return whether a verb has its own clause and object, without any of the given verbs."""
        first, stop = self._find_clause(verb.start(), verb.end())
        has_own = self._own.beside.search(self._plain, first, stop)
        return bool(has_own) and not any(first <= place < stop for place in places)

    def _refuse_verb(self, place: int) -> str:
        """Explain why a verb states no deed that is done now."""
        first, stop = self._find_clause(place, place + 1)
        before, clause = self._plain[first:place], self._plain[first:stop]
        in_title = self._action is Action.RESTRICT and is_within(BOOK, self._sentence, place)
        if in_title or self._plain[place] == BLANK:
            return "it stands in a title or aside"
        led = self._own.joined.search(self._plain, 0, place)
        since = self._find_clause(led.start(), place)[0] if led else first
        if self._judge.asks.search(clause) or self._own.opens.search(self._plain[since:place]):
            return "its quote leaves it open, or tells what somebody keeps doing"
        if self._own.state.search(clause) or self._recounts(first, stop):
            return "it tells what goes on"
        if ASKS.search(self._sentence):
            return "it asks"
        if self._own.others.search(self._plain):
            return "it is done by others"
        return "its sentence tells of an earlier act" if self._is_history(place, before) else ""

    def _recounts(self, begins: int, ends: int) -> bool:
        """Return whether an English clause sums up what was done: `has listed 20 since 2030`."""
        is_known = "recounts" in self._own.as_written
        return is_known and bool(self._own.recounts.search(self._sentence, begins, ends))

    def _is_history(self, place: int, before: str) -> bool:
        decided = [found.end() for found in self._own.decides.finditer(self._plain, 0, place)]
        since = self._plain[max(decided, default=0) : place]
        if is_within(self._own.thing, self._sentence, place) or self._own.earlier.search(since):
            return True
        return "narrates" in self._own.as_written and self._narrates(place, before)

    def _narrates(self, place: int, before: str) -> bool:
        """Return whether an English verb is in the past: `was added`, `the Bureau added
        … in June.`
        """
        if self.is_today or self._own.now.search(self._sentence):
            return False
        if self._own.narrates.search(before):
            return True
        verb = re.compile(r"\w+").match(self._sentence, place)
        if not verb or not verb[0].endswith("ed") or self._own.helps.search(self._plain[:place]):
            return False
        return self._sentence.rstrip().endswith(".")

    def _refuse_turns(self, places: list[int]) -> str:
        """Explain why the verbs of a sentence turn the quote into another deed."""
        lifts = any(
            not (self._is_denial(verb) or self._is_beside(verb, places) or verb.start() in places)
            for pattern in (self._judge.eases, self._own.lifts, self._own.allows)
            for verb in pattern.finditer(self._plain, self._begins, self._ends)
        )
        if self._action in LIFTS:
            return self._refuse_lifting(places)
        if self._action in frame.BURDENS:
            named = self._own.thing.sub(lambda thing: BLANK * len(thing[0]), self._sentence)
            turned = {frame.find_turn(named, place, self._outer) for place in places}
            return (
                ""
                if turned <= {None, Turn.RESUMED} and not lifts
                else "its sentence lifts, stays or denies it"
            )
        first, stop = self._find_clause(self._begins, self._ends)
        turns = {
            Turn(turn)
            for turn, pattern in _turns_of(self._outer).items()
            if pattern.search(self._plain[first:stop])
        }
        if self._action is Action.SUSPEND and self._own.lasts.search(self._plain):
            turns = {Turn.STAYED if turn is Turn.LIFTED else turn for turn in turns}
        fits = turns in TURNED.get(self._action, (set(),))
        return "" if fits else "the verbs of its sentence say something else"

    def _refuse_lifting(self, places: list[int]) -> str:
        """Explain why a quote with a lifting verb lifts nothing: it only stays, or also adds."""
        stays = self._outer.table_of("outer")[Turn.STAYED]
        lasts = self._own.lasts.search(self._plain, self._find_stay())
        if self._own.unstays.search(self._plain):
            return "it ends a stay"
        if lasts or all(stays.match(self._sentence, place) for place in places):
            return "it only stays it"
        unbent = any(
            frame.find_turn(self._sentence, adds.start(), self._outer) is None
            for adds in self._judge.adds.finditer(self._plain, self._begins, self._ends)
            if not (self._refuse_verb(adds.start()) or self._is_beside(adds, places))
        )
        return "its quote adds something as well" if unbent else ""

    def _find_stay(self) -> int:
        """Find where the words begin that may limit a stay: behind the clause of another stay."""
        first, _ = self._find_clause(self._begins, self._ends)
        stays = self._outer.table_of("outer")[Turn.STAYED]
        return first if stays.search(self._plain, 0, first) else 0

    def _find_clause(self, begins: int, ends: int) -> tuple[int, int]:
        """Find the clause of a sentence that holds a stretch."""
        return find_clause(self._judge.clause, self._plain, begins, ends)
