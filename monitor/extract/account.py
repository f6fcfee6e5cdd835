"""Account for an act: each sentence gave a fact or is known to decide nothing.

Each day in it is in a fact, or lies before the act. Only such an act is `full`. What is not
accounted for is reported with its quote, and the act is understood in part.

The tables list what a whole sentence may say without its end, with known names as ○, as learnt from
acts. `nothing` decides nothing in any act. `for_somebody` says what a list means for those on it,
`for_goods` how a control is carried out. The same holds for a sentence with only `neutral` words
beside `nominal` uses of verbs and without `operative` ones. It also holds for one that `binds` a
class of persons or an office beside the measure. A sentence that `begins` an act needs no fact if
the act's facts have a start. Days in a `past` sentence do not count now. An entry of a list of
goods does not `oblige`. A sentence with one of the `deeds` needs a fact of its own beside a term.
Words of `decides_still` allow no excuse but such an entry. `idle` has the words that every act says
beside its measures, part by part of a sentence. `reasons` say why somebody is listed. Neither
excuses a sentence that `does` or `did` something. A day that a sentence `narrates` lies before the
act.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from monitor import vocabulary
from monitor.extract import why
from monitor.extract.words import Words
from monitor.model import ONLY_QUOTED, Measure, Unread, frozen

LONGEST = 600  # characters of a sentence that is known as a whole


def excuse(words: str, known: Words, *, on_somebody: bool, on_goods: bool, is_entry: bool) -> bool:
    """Return whether a sentence is known to decide nothing of its own in an act on somebody or on
    goods.
    """
    words = words.strip(known.as_written["ends"])
    if len(words) > LONGEST or (not is_entry and _decides_still(words, known)):
        return False
    return (
        (on_somebody and known.for_somebody.fullmatch(words) is not None)
        or (on_goods and known.for_goods.fullmatch(words) is not None)
        or (is_entry and known.obliges.search(words) is None)
        or known.nothing.fullmatch(words) is not None
        or _only_carries_out(words, known)
        or _is_idle(words, known, on_somebody)
    )


def _decides_still(words: str, known: Words) -> bool:
    return "decides_still" in known.as_written and known.decides_still.search(words) is not None


def _only_carries_out(words: str, known: Words) -> bool:
    """Return whether a sentence only says how an act is carried out, or binds somebody
    beside it.
    """
    if "neutral" not in known.as_written:
        return False
    seen = known.nominal.sub("", words)
    if any(map(known.binds.fullmatch, (words, seen))):
        return True
    return known.neutral.fullmatch(seen) is not None and known.operative.search(seen) is None


def _is_idle(words: str, known: Words, on_somebody: bool) -> bool:
    """Return whether each part of a sentence is what acts say beside their measures, and does
    nothing.
    """
    if "idle" not in known.as_written or known.does.search(words) or known.did.search(words):
        return False
    return all(
        known.idle.search(_main(part, known)) or (on_somebody and known.reasons.match(part.strip()))
        for part in PARTS.split(words)
    )


def _main(part: str, known: Words) -> str:
    """A part of a sentence without what it says in brackets and clauses beside its main one."""
    return known.aside.sub("", part) if "aside" in known.as_written else part


PARTS = re.compile(r";\s")


NO_FACT = "not understood"
NO_DAY = "a day in it was not understood"
NO_START = "when it begins was not understood"
LETTERS = re.compile(r"[^\w%]+")


@frozen
class Said:
    """A sentence: its `words`, levelled and without the mark that it opens with; its `quote`; the
    days that it prints for now.

    An entry opens with the mark of a list. `clause` is the mark of the clause it belongs to
    (`一(三)`).
    """

    words: str
    quote: str
    days: frozenset[str] = frozenset()
    is_entry: bool = False
    clause: str = ""


def find_of_before(
    sentences: Iterable[Said], measures: Sequence[Measure], known: Words, published: str | None
) -> frozenset[str]:
    """The sentences that tell only what was done on days before the act, and gave no fact."""
    bounds = [on.on for each in measures for on in (each.starts, each.ends) if on]
    # an act that does not say its own day begins within a month
    first = published or min(map(_month_before, bounds), default="")
    gave = "\n".join(measure.quote for measure in measures)
    return frozenset(
        each.quote
        for each in sentences
        if each.days and max(each.days) < first and each.quote not in gave
        if known.narrates.search(each.words) and not known.does.search(each.words)
    )


def _month_before(on: str) -> str:
    return (date.fromisoformat(on[:10]) - timedelta(days=31)).isoformat()


def unaccounted(
    sentences: Iterable[Said],
    measures: Sequence[Measure],
    known: Words,
    *,
    published: str | None,
    unread: Sequence[Unread],
    apart: bool = False,
) -> Iterator[Unread]:
    """Yield what no fact has and is not known to decide nothing; `unread` is already reported."""
    taken = _Taken(measures, published, apart=apart)
    told = _bare("\n".join(part.quote for part in unread if part.quote))[:FURTHEST]
    for sentence in sentences:
        bare = _bare(sentence.quote)
        if not bare or taken.lists(bare) or bare in told:
            continue
        if left := _left(sentence, bare, taken, known):
            why.sentence(left, sentence.quote)
            yield Unread("sentence", left, sentence.quote)


def _left(sentence: Said, bare: str, taken: "_Taken", known: Words) -> str:
    words = taken.without_names(sentence.words)
    # where a sentence that says nothing is known by its idle words, a name may open an entry
    named = words.startswith("○") and "idle" in known.as_written
    is_entry = (sentence.is_entry or named) and taken.may_hold(words)
    excused = excuse(
        words, known, on_somebody=taken.on_somebody, on_goods=taken.on_goods, is_entry=is_entry
    )
    if taken.holds(bare) and not known.obliges.search(words):
        return ""
    if sentence.days - taken.days and not known.past.search(words):
        return NO_DAY
    if len(words) <= LONGEST and known.begins.fullmatch(words.strip(known.as_written["ends"])):
        return "" if taken.begins else NO_START
    stated = taken.states(bare) and not ("deeds" in known.as_written and known.deeds.search(words))
    return "" if excused or stated or taken.gave(bare) else NO_FACT


class _Taken:
    """The parts of an act that its facts have taken.

    An act that is published on another day than its own begins on a day that it does not state.
    """

    def __init__(self, measures: Sequence[Measure], published: str | None, *, apart: bool) -> None:
        self.begins = apart or all(measure.starts for measure in measures)
        spans = [bound for measure in measures for bound in (measure.starts, measure.ends) if bound]
        terms = [term for measure in measures for term in measure.terms]
        dated = {str(term.value) for term in terms if term.unit == "date"}
        self.days = frozenset(bound.on[:10] for bound in spans) | {published} | dated
        self.on_somebody = any(measure.entities or measure.stated for measure in measures)
        self.on_goods = any(
            measure.items or measure.destinations or _is_on_goods(measure) for measure in measures
        )
        entities = [entity for measure in measures for entity in measure.entities]
        names = {name for entity in entities for name in entity.spellings if len(name) > 1}
        self._names = re.compile(
            "|".join(map(re.escape, sorted(names, key=len, reverse=True)[:MOST])) or "(?!)"
        )
        self._heads = {head for measure in measures if len(head := _bare(measure.quote)) < SHORTEST}
        quotes = [measure.quote for measure in measures] + [bound.quote or "" for bound in spans]
        # How applications for a list of uses are decided says nothing of what it lists.
        told = (
            term.quote
            for term in terms
            if ONLY_QUOTED not in term.text
            and (term.kind != "presumption" or term.quote.rstrip()[-1:] not in (":", "："))
        )
        self._terms = frozenset(map(_bare, told))
        items = [item for measure in measures for item in measure.items]
        entries = (*(each.quote for each in entities), *(item.quote for item in items))
        self._listed = dict.fromkeys(_bare(quote) for quote in entries if quote)
        self._entries = "\n".join(self._listed)[:FURTHEST]
        quotes += [item.quote for item in items if item.quote and len(item.quote) >= SURE]
        self._quotes = dict.fromkeys(quote for quote in map(_bare, quotes) if quote)
        self._all = "\n".join(sorted(self._quotes | self._listed, key=len, reverse=True))[:FURTHEST]

    def lists(self, bare: str) -> bool:
        """Return whether a sentence is an entry of a list with a read name, or is in one."""
        return bare in self._listed or (len(bare) > SURE and bare in self._entries)

    def may_hold(self, words: str) -> bool:
        """Return whether words may be an entry of a list: they have a name, or the act
        has goods.
        """
        return (self.on_goods and bool(self._listed)) or "○" in words

    def holds(self, bare: str) -> bool:
        """Return whether a sentence contains such an entry beside other words."""
        return any(entry in bare for entry in islice(self._listed, MOST))

    def gave(self, bare: str) -> bool:
        """Return whether a sentence gave a fact: one quotes it, or it contains a fact's quote.

        A quote that only heads a list (`移出`) does not count.
        """
        return bare in self._all or any(
            quote in bare and quote not in self._heads for quote in islice(self._quotes, MOST)
        )

    def states(self, bare: str) -> bool:
        """Return whether a sentence states a term of a measure."""
        return bare in self._terms

    def without_names(self, words: str) -> str:
        """The words, with ○ for each name that a fact has."""
        return self._names.sub("○", words)


def is_bare(measure: Measure) -> bool:
    """Return whether a measure names neither a subject nor an act."""
    about = (measure.amends, measure.entities, measure.items, measure.destinations, measure.stated)
    return not any(about)


def _is_on_goods(measure: Measure) -> bool:
    known = vocabulary.current().registers.get(measure.register or "")
    return known is not None and known.goods


# quotes that are looked for in each sentence, and characters: an act may list thousands
MOST, FURTHEST = 400, 100_000
SHORTEST = 4  # characters of the quote of a measure that is a sentence
SURE = 8  # characters of the quote of an item that stands in one sentence alone


def _bare(words: str) -> str:
    return LETTERS.sub("", unicodedata.normalize("NFKC", words))
