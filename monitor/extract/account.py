"""Account for an act: each sentence is in a fact, or decides nothing.

An act is `full` if no sentence is left that may add to its facts or change them. Such a sentence
- does something to a list, an act or a time (`touches`),
- names somebody, a place, a code or an act that no fact has (`fresh`),
- prints a day, not before the act, that no fact has,
- frees or binds trade (`eases`, `burdens`, `trade`) in another direction than the act, or on
  something that it does not take up (`again`),
- or is a row of a table or an entry of a list, without a verb (`speaks`).
It is reported with its quote, and the act is understood in part. A sentence that is left without
any of these is quoted `beside` the facts, and the act stays full.

The other tables of a language:
- `cited`, `nominal`: what others do, what an act rests on, deeds as nouns. These words are cut out
  before the search; so are `powers`, what somebody may do, from the search for deeds, and `freed`,
  burdens that are no longer borne, from that for deeds and burdens.
- `nothing`: whole sentences that decide nothing in any act; `for_somebody`: what a list means for
  those on it; `for_goods`: how a control is carried out; `heading`. Known names are ○ in them. A
  sentence with a word that decides still is not one of them, unless it is an entry of a list.
- `begins`: whole sentences that begin the act, if its facts have a start; `since`: a sentence that
  gave a fact says since when it holds, and the fact needs that start.
- `past`: the days of such a sentence do not count; `narrates`: it tells what was done on days
  before the act.
- `obliges`: such a sentence is more than an entry; `deeds`: it does more than state a term.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from monitor import vocabulary
from monitor.extract import why
from monitor.extract.words import Words
from monitor.model import ONLY_QUOTED, Action, Measure, Term, Unread, frozen
from monitor.vocabulary import registers

LONGEST = 600  # characters of a sentence that is known as a whole
Closed = tuple[list[Measure], list[Unread]]  # measures with their terms, and what is left


def close_act(measures: Sequence[Measure], close: Callable[[Sequence[Measure]], Closed]) -> Closed:
    """Close the account of an act: what `close` finds left in its text beside these measures.

    Acts in all languages pass here.
    """
    closed, left = close(measures)
    why.explain_measures(closed)
    return closed, left


def is_excused(
    words: str, known: Words, *, on_somebody: bool, on_goods: bool, is_entry: bool
) -> bool:
    """Return whether a whole sentence is known to decide nothing of its own in an act on somebody
    or on goods.
    """
    words = words.strip(known.as_written["ends"])
    if len(words) > LONGEST or (not is_entry and _has_match("decides_still", words, known)):
        return False
    return (
        (on_somebody and known.for_somebody.fullmatch(words) is not None)
        or (on_goods and known.for_goods.fullmatch(words) is not None)
        or (is_entry and known.obliges.search(words) is None)
        or known.nothing.fullmatch(words) is not None
    )


def _has_match(table: str, words: str, known: Words) -> bool:
    """Return whether words have one of a table, which not every language needs."""
    return table in known.as_written and getattr(known, table).search(words) is not None


NO_FACT = "not understood"
NO_DAY = "a day in it was not understood"
BESIDE = "beside what the act does: only quoted"
NO_START = "when it begins was not understood"
LEADS = (":", "：")  # what only leads to the next line is not quoted
LETTERS = re.compile(r"[^\w%]+")
BLANKS = re.compile(r" {2,}")  # columns of a copy: `4   Name`


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
    first = published or min(map(_subtract_month, bounds), default="")
    gave = "\n".join(measure.quote for measure in measures)
    return frozenset(
        each.quote
        for each in sentences
        if each.days and max(each.days) < first and each.quote not in gave
        if known.narrates.search(each.words) and not known.touches.search(each.words)
    )


def _subtract_month(on: str) -> str:
    return (date.fromisoformat(on[:10]) - timedelta(days=31)).isoformat()


def list_unaccounted(
    sentences: Iterable[Said],
    measures: Sequence[Measure],
    known: Words,
    *,
    published: str | None,
    unread: Sequence[Unread],
    apart: bool = False,
    licensed: str = "",
) -> Iterator[Unread]:
    """Yield what no fact has, with whether it may add to them; `unread` is already reported, and
    `licensed` what a licence allows by its heading.
    """
    taken = _Taken(measures, published, apart=apart)
    if licensed:
        taken.quotes, taken.directions = f"{taken.quotes}\n{_strip_to_letters(licensed)}", EASES
    told = _strip_to_letters("\n".join(part.quote for part in unread if part.quote))[:FURTHEST]
    for sentence in sentences:
        bare = _strip_to_letters(sentence.quote)
        if not bare or bare in told:
            continue
        if taken.lists(bare) and not (taken.decides(bare) and taken.lacks_day(sentence)):
            continue
        if left := _explain_startless(sentence, bare, taken, known) or _explain_left(
            sentence, bare, taken, known
        ):
            why.explain_sentence(left, sentence.quote)
            yield Unread("sentence", left, sentence.quote)


def _explain_startless(sentence: Said, bare: str, taken: "_Taken", known: Words) -> str:
    """Explain that a sentence says since when it holds, where no fact has a start."""
    may_begin = taken.published and not taken.starts and taken.decides(bare)
    return NO_START if may_begin and known.since.search(sentence.words) else ""


def _explain_left(sentence: Said, bare: str, taken: "_Taken", known: Words) -> str:
    words = BLANKS.sub(" ", taken.without_names(sentence.words))
    is_entry = sentence.is_entry and taken.may_hold(words)
    if taken.holds(bare) and not known.obliges.search(words):
        return ""
    if taken.lacks_day(sentence) and not known.past.search(words):
        return NO_DAY
    if len(words) <= LONGEST and known.begins.fullmatch(words.strip(known.as_written["ends"])):
        return "" if taken.begins or taken.dates(bare) else NO_START
    stated = taken.states(bare) and not _has_match("deeds", words, known)
    excused = is_excused(
        words, known, on_somebody=taken.on_somebody, on_goods=taken.on_goods, is_entry=is_entry
    )
    if stated or excused or taken.gave(bare) or _is_heading(words, known):
        return ""
    if _may_add(sentence, words, taken, known):
        return NO_FACT
    return "" if words.rstrip().endswith(LEADS) else BESIDE


def _may_add(sentence: Said, words: str, taken: "_Taken", known: Words) -> bool:
    """Return whether a sentence may add to the facts of its act: a row, an entry of a list, or
    words that do.
    """
    # any mark may open the entry of a list: `三、某某，编辑。`
    is_marked = sentence.is_entry or sentence.quote.strip()[:1] != sentence.words[:1]
    is_silent = is_marked and not _has_match("speaks", words, known)
    return (
        "\t" in sentence.quote
        or (is_silent and "speaks" in known.as_written)
        or may_add(words, known, taken.directions, told=taken.quotes)
    )


def _is_heading(words: str, known: Words) -> bool:
    return "heading" in known.as_written and known.heading.fullmatch(words.strip()) is not None


def may_add(words: str, known: Words, directions: frozenset[str], told: str = "") -> bool:
    """Return whether words may add to the facts of an act of these `directions`, or change them.

    They do not if they have no deed, name nothing that is not `told`, and bid or free only as the
    act itself does, and of what it is on.
    """
    if len(words) > LONGEST:
        return True
    plain = _drop_matches("nominal", _drop_matches("cited", words, known), known)
    bound = _drop_matches("freed", plain, known)
    done = _drop_matches("powers", bound, known)
    if known.touches.search(done) or _has_news_names(plain, known, told):
        return True
    eases, burdens = _has_match("eases", plain, known), _has_match("burdens", bound, known)
    if eases and directions != EASES:
        return True
    only_burdens = BURDENS <= directions <= BURDENS | EITHER
    same = _has_match("again", words, known) and (only_burdens or not burdens)
    return _has_match("trade", words, known) and (eases or burdens) and not same


def _drop_matches(table: str, words: str, known: Words) -> str:
    return getattr(known, table).sub("", words) if table in known.as_written else words


def _has_news_names(words: str, known: Words, told: str) -> bool:
    named = known.fresh.finditer(words) if "fresh" in known.as_written else ()
    return any(_strip_to_letters(name[0]) not in told for name in named)


# what is added to them is allowed
LICENCES = frozenset({registers.GENERAL_LICENCES.code, "us-ofac-licences"})
EASES, BURDENS, EITHER = (frozenset({each}) for each in ("eases", "burdens", "either"))
DIRECTIONS = {
    **dict.fromkeys((Action.REMOVE, Action.SUSPEND, Action.REPEAL), "eases"),
    **dict.fromkeys((Action.ADD, Action.RESTRICT, Action.RESUME, Action.INVESTIGATE), "burdens"),
}


def find_directions(measures: Sequence[Measure]) -> frozenset[str]:
    """Find whether measures ease, burden, or do what may be either.

    What keeps an earlier act in step with a list that names are put on or taken off does neither.
    """
    named = {measure.register for measure in measures if measure.entities}
    return frozenset(
        "eases" if measure.register in LICENCES else DIRECTIONS.get(measure.action, "either")
        for measure in measures
        if not (measure.action is Action.AMEND and measure.register in named and is_step(measure))
    )


def is_step(measure: Measure) -> bool:
    """Return whether a measure is on earlier acts alone."""
    return not (measure.entities or measure.items or measure.destinations or measure.stated)


def _is_told(term: Term) -> bool:
    """Return whether a term says all that its sentence does. How applications for a list of uses
    are decided says nothing of what it lists.
    """
    heads_list = term.kind == "presumption" and term.quote.rstrip()[-1:] in (":", "：")
    return ONLY_QUOTED not in term.text and not heads_list


class _Taken:
    """The parts of an act that its facts have taken.

    An act that is published on another day than its own begins on a day that it does not state.
    """

    def __init__(self, measures: Sequence[Measure], published: str | None, *, apart: bool) -> None:
        self.begins = apart or all(measure.starts for measure in measures)
        spans = [bound for measure in measures for bound in (measure.starts, measure.ends) if bound]
        terms = [term for measure in measures for term in measure.terms]
        dated = {str(term.value) for term in terms if term.unit == "date"}
        self.published = published
        self.days = frozenset(bound.on[:10] for bound in spans) | {published} | dated
        self.on_somebody = any(measure.entities or measure.stated for measure in measures)
        self.on_goods = any(
            measure.items or measure.destinations or is_on_goods(measure) for measure in measures
        )
        entities = [entity for measure in measures for entity in measure.entities]
        names = {name for entity in entities for name in entity.spellings if len(name) > 1}
        self.directions = find_directions(measures)
        self._names = re.compile(
            "|".join(map(re.escape, sorted(names, key=len, reverse=True)[:MOST])) or "(?!)"
        )
        self._heads = {
            head for measure in measures if len(head := _strip_to_letters(measure.quote)) < SHORTEST
        }
        quotes = [measure.quote for measure in measures] + [bound.quote or "" for bound in spans]
        self._terms = frozenset(_strip_to_letters(term.quote) for term in terms if _is_told(term))
        items = [item for measure in measures for item in measure.items]
        self._listed = _strip_each(
            [each.quote for each in entities] + [each.quote for each in items]
        )
        self._entries = "\n".join(self._listed)[:FURTHEST]
        quotes += [item.quote for item in items if item.quote and len(item.quote) >= SURE]
        self.starts = any(measure.starts for measure in measures)
        self._decided = {_strip_to_letters(each.quote) for each in measures} - self._heads - {""}
        self._dated = {_strip_to_letters(measure.quote) for measure in measures if measure.starts}
        self._parts = _strip_each(quotes)
        self.quotes = "\n".join(sorted(self._parts | self._listed, key=len, reverse=True))[
            :FURTHEST
        ]

    def lacks_day(self, sentence: Said) -> bool:
        """Return whether a sentence prints a day, not before the act, that no fact has."""
        return any(day >= (self.published or "") for day in sentence.days - self.days)

    def decides(self, bare: str) -> bool:
        """Return whether a sentence is, or contains, that of a measure."""
        return any(quote in bare for quote in self._decided)

    def dates(self, bare: str) -> bool:
        """Return whether a sentence gave a measure that begins on a day."""
        return bare in self._dated

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
        return bare in self.quotes or any(
            quote in bare and quote not in self._heads for quote in islice(self._parts, MOST)
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


def is_on_goods(measure: Measure) -> bool:
    """Return whether a measure is on a list of goods."""
    known = vocabulary.current().registers.get(measure.register or "")
    return known is not None and known.goods


# quotes that are looked for in each sentence, and characters: an act may list thousands
MOST, FURTHEST = 400, 100_000
SHORTEST = 4  # characters of the quote of a measure that is a sentence
SURE = 8  # characters of the quote of an item that stands in one sentence alone


def _strip_each(quotes: Iterable[str]) -> dict[str, None]:
    """Strip quotes to their letters, each once: what stands in a row shares its sentence."""
    return dict.fromkeys(filter(None, map(_strip_to_letters, dict.fromkeys(quotes))))


def _strip_to_letters(words: str) -> str:
    return LETTERS.sub("", unicodedata.normalize("NFKC", words))
