"""Find when what an act does begins and ends: by its sentence, else by what the act
says of itself.
"""

import re
from collections.abc import Sequence

from monitor.extract.en import dates
from monitor.extract.en.operations import WORDS as OPERATIONS
from monitor.extract.en.operations import Operation
from monitor.extract.en.sections import Sections
from monitor.extract.en.words import ENGLISH, TABLES
from monitor.model import Action, End, Start, frozen
from monitor.vocabulary import country_of

WORDS = ENGLISH.table("acts")

# an end that their sentence tells is that of something else
LASTING = (Action.REPEAL, Action.RESUME)
# what a licence says of itself
AUTHORISES = OPERATIONS.authorises
LICENCE = re.compile(r"\blicen[cs]es?\b", re.IGNORECASE)
LICENSES = re.compile(
    rf"{TABLES.expires.pattern}|\bauthori[sz]e[sd]?\b[^.;]{{0,120}}?\b(?:through|until)\b"
)


@frozen
class Whole:
    """The period of a whole act: its start, and the sentences that say how long it lasts."""

    begins: Start | None
    expiring: tuple[str, ...]

    def expiry(self, since: str | None, operation: Operation) -> End | None:
        """Find the last day that a sentence of its own gives the whole act.

        A licence's last day holds for no other licence, and not for names on a list.
        """
        own = (each for each in self.expiring if not _is_of_another(each, operation))
        return next((end for each in own if (end := dates.end(each, since, each.strip()))), None)


def _is_of_another(expiring: str, operation: Operation) -> bool:
    """Return whether a sentence states the end of a licence that an operation is not about."""
    ends = {match["number"] for match in WORDS.licence.finditer(expiring)} - {None}
    about = {match["number"] for match in WORDS.licence.finditer(operation.quote)} - {None}
    licenses = LICENCE.search(operation.quote) or AUTHORISES.search(operation.quote)
    if LICENCE.search(expiring) and not licenses:
        return True
    return bool(ends and about and not ends & about) or bool(ends and operation.entities)


def find_whole(page: Sections) -> Whole:
    """Find what an act says of all that it does."""
    sentences = [*page.sentences, page.title]
    lasts = LICENSES if WORDS.licence.search(page.title) else TABLES.expires
    return Whole(
        _find_start(page, sentences), tuple(each for each in sentences[:-1] if lasts.search(each))
    )


def _find_start(page: Sections, sentences: Sequence[str]) -> Start | None:
    """Find when the act says that it takes effect."""
    is_dated_so = country_of(page.authority) == "ca"
    registered = page.published if is_dated_so else _find_registered_day(page)
    # what stands in brackets is on what stands before them
    whole = (WORDS.bracketed_start.sub(" ", sentence) for sentence in sentences)
    effect_sentences = [sentence for sentence in whole if TABLES.effect.search(sentence)]
    applied = next(filter(None, map(_read_application, effect_sentences)), None)
    # when what it stays begins again comes last
    effect_sentences.sort(key=lambda sentence: WORDS.again.search(sentence) is not None)
    starts = (
        _read_start(sentence, page, sentence.strip())
        or _read_start_in_figures(sentence)
        or dates.since_out(sentence, page.out)
        or dates.since_registration(sentence, registered)
        for sentence in effect_sentences
    )
    first = (start for start in starts if start)
    return applied or next(first, None) or _read_table_start(page)


def _read_application(sentence: str) -> Start | None:
    """Read the day from which an act applies that comes into force on another: `shall enter into
    force on the day of its publication and shall apply from 1 May 2031`.
    """
    applies = WORDS.applies_from.search(sentence)
    on = dates.first_day(sentence[applies.end() :]) if applies else None
    return Start(on, "explicit", sentence.strip()) if on else None


def _find_registered_day(page: Sections) -> str | None:
    """Find the day that a line prints on which the act was registered; an earlier act's is none."""
    lines = (match for line in page.body if (match := WORDS.registered.match(line)))
    days = (
        dates.in_figures(each if each["day"] else None) or dates.first_day(each[0])
        for each in lines
    )
    return next((day for day in days if day and day >= (page.published or "")), None)


# a row of a table of commencement: `The whole of this instrument | The day after … | 4 May 2031`
ROW = re.compile(
    r"\bThe whole of (?:this|the) [\w ]{3,30}[|\t]\s?(?:[^|\t\n]{3,120}[|\t]\s?)?"
    + dates.FULL_DAY.pattern,
    re.IGNORECASE,
)


def _read_table_start(page: Sections) -> Start | None:
    """Read the day that a table prints for the whole act."""
    row = next((match for line in page.body if (match := ROW.search(line))), None)
    on = dates.day(row["day"]) if row else None
    return Start(on, "explicit", row[0].strip()) if row and on else None


def _read_start_in_figures(sentence: str) -> Start | None:
    """Read a start with its day in figures: `with effect from 05.05.2028`."""
    on = dates.in_figures(WORDS.figures.search(sentence))
    return Start(on, "explicit", sentence.strip()) if on else None


def find_period(
    operation: Operation, page: Sections, whole: Whole
) -> tuple[Start | None, End | None]:
    """Find the start and end of an operation: by its own words, else by the act's."""
    quote = operation.quote.strip()
    own = _read_start(operation.zone, page, quote) or (
        _read_start(quote, page, quote)
        if not operation.who or WORDS.from_word.search(quote)
        else None
    )
    starts = own or whole.begins or _read_opening_day(quote)
    if operation.who or operation.action in LASTING:
        return starts, None
    since = starts.on if starts else page.published
    if WORDS.delays.search(quote):
        # when the rule begins that was to begin, which is no day on which this act ends
        return starts, None
    ends, of_whole = (
        dates.end(operation.zone or quote, since, quote),
        whole.expiry(since, operation),
    )
    if operation.action is Action.SUSPEND and not (ends and ends.basis == "explicit"):
        of_whole = of_whole or _read_stayed_until(page, since)
    if ends and ends.basis == "computed" and of_whole and of_whole.basis == "explicit":
        return starts, of_whole  # `for one year`, and the very days
    return starts, ends or of_whole


def _read_stayed_until(page: Sections, since: str | None) -> End | None:
    """Read the last day of a stay, where a sentence of its own says until when it lasts."""
    said = (each for each in page.sentences if WORDS.stayed_until.search(each))
    return next((end for each in said if (end := dates.end(each, since, each.strip()))), None)


def _read_opening_day(quote: str) -> Start | None:
    """Read the day that opens a sentence about what was done on it: `On 6 June 2030 the following
    entries were added`.
    """
    opening = WORDS.on_day.match(quote)
    on = dates.first_day(opening[0]) if opening else None
    return Start(on, "explicit", quote) if on else None


def _read_start(words: str, page: Sections, quote: str) -> Start | None:
    """Read a start, as far as its day is printed."""
    start = dates.start(words, page.published, quote, authority=page.authority) if words else None
    return None if start and start.basis == "publication" and page.published_apart else start


def has_period(sentence: str, page: Sections) -> bool:
    """Return whether a sentence says from or until when something counts."""
    start = _read_start(sentence, page, sentence)
    return start is not None or dates.end(sentence, page.published, sentence) is not None
