"""Find what an English act prints that belongs into facts but is in none: the act is understood in
part.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from monitor.extract import account, why
from monitor.extract.en import dates, entries, gathered, places
from monitor.extract.en.items import CODE, COUNTED_GOODS, is_coded
from monitor.extract.en.numerals import parse_number
from monitor.extract.en.references import SENTENCE_END, is_cut
from monitor.extract.en.sections import Sections
from monitor.extract.en.verbs import NO_MORE, Predicate, list_predicates
from monitor.extract.en.words import ENGLISH, TABLES
from monitor.model import Action, Entity, Measure, Unread, frozen

WORDS = ENGLISH.table("leftovers")

# `amends the rule by adding`, `is replaced by`
JOINED = frozenset({Action.AMEND, Action.REPLACE})
LICENCE = ENGLISH.table("acts").licence
ALIKE = WORDS.as_written["alike"]


@frozen
class TakenFacts:
    """The parts of an act of `authority` that its facts have taken.

    `published` is its day; `published_apart`: it is published on another day. `licensed` is what a
    licence allows by its heading, `behind_names` what entries say of those whom they name.
    """

    measures: Sequence[Measure]
    starts: frozenset[str]
    ends: frozenset[str]
    openings: frozenset[str]
    printed: re.Pattern[str]
    published: str | None
    published_apart: bool
    authority: str
    licensed: str
    behind_names: frozenset[str]

    def has(self, name: str) -> bool:
        """Return whether some tail of `name` is the beginning of a known name."""
        words = name.split()
        return any(" ".join(words[begin:]) in self.openings for begin in range(len(words)))

    def of(self, sentence: str) -> list[Measure]:
        """The measures that a sentence gave."""
        return [
            measure
            for measure in self.measures
            if sentence in measure.quote
            or measure.quote in sentence
            or (measure.ends and measure.ends.quote == sentence)
        ]

    def names_from(self, sentence: str) -> bool:
        """Return whether a sentence gave a name to another sentence's measure."""
        return any(
            sentence in entity.quote for measure in self.measures for entity in measure.entities
        )

    @property
    def without_start(self) -> bool:
        """Return whether some measure has no start."""
        return any(measure.starts is None for measure in self.measures)


def list_leftovers(
    sentences: Iterable[str], measures: Sequence[Measure], page: Sections
) -> list[Unread]:
    """List the sentences that no measure has taken, each once, and what only the title says."""
    taken = _collect_taken(measures, page)
    unread: list[Unread] = []
    for sentence in (raw.strip() for raw in sentences):
        if left := next(_list_reasons(sentence, taken), None):
            why.explain_sentence(left, sentence)
            unread.append(Unread("sentence", left, sentence))
    return [*unread, *_list_title_left(page.title, measures)]


def list_coded_left(measures: Sequence[Measure], page: Sections) -> Iterator[Unread]:
    """Report the rows that open with a control code which no item of an act on goods has."""
    codes = {code for each in measures for item in each.items for code in item.codes}
    rows = (row.strip() for line in page.body for row in line.split("\n")) if codes else ()
    for row in filter(is_coded, rows):
        if (own := re.search(CODE, row)) and own.group() not in codes:
            yield Unread("items", "an entry of the list was not read", row)


def _collect_taken(measures: Sequence[Measure], page: Sections) -> TakenFacts:
    return TakenFacts(
        measures=measures,
        starts=frozenset(measure.starts.on[:10] for measure in measures if measure.starts)
        | _collect_term_days(measures, page.title),
        ends=frozenset(measure.ends.on for measure in measures if measure.ends)
        | _collect_term_days(measures, page.title),
        openings=frozenset(
            chain.from_iterable(
                _list_openings(entity) for measure in measures for entity in measure.entities
            )
        ),
        printed=re.compile("|".join(map(re.escape, _list_names(measures))) or "(?!)"),
        published=page.published,
        published_apart=page.published_apart,
        authority=page.authority,
        licensed=read_licensed(page),
        behind_names=frozenset(_list_behind_names(measures)),
    )


def _list_behind_names(measures: Iterable[Measure]) -> Iterator[str]:
    """Yield what entries say in further sentences, and which does nothing: `NSF), Trust Company
    House; passport 12 expires 5 May 2031`.
    """
    for measure in measures:
        for entity in measure.entities:
            if entity.quote and entity.quote not in measure.quote:
                further = SENTENCE_END.split(entity.quote)[1:]
                parts = (part.strip() for part in further if part)
                yield from (part for part in parts if not entries.TELLS.search(part))


def read_licensed(page: Sections) -> str:
    """Read what a licence says in its own heading that it allows; "" of other acts."""
    if not LICENCE.search(page.title):
        return ""
    headings = (line for line in page.body if WORDS.licensing.fullmatch(line))
    return "\n".join([page.title.partition(": ")[2], *headings])


def _collect_term_days(measures: Iterable[Measure], title: str) -> frozenset[str]:
    """The days from or until which terms count; that of a licence is its own."""
    dated = (term for measure in measures for term in measure.terms if term.unit == "date")
    return frozenset() if LICENCE.search(title) else frozenset(str(term.value) for term in dated)


def _list_names(measures: Iterable[Measure]) -> list[str]:
    """The names that the measures have, the longest first."""
    entities = [each for measure in measures for each in measure.entities]
    items = [each for measure in measures for each in measure.items]
    named = [
        *(name for each in entities for name in each.spellings),
        *(name for each in items for name in each.names.values()),
    ]
    return sorted(named, key=len, reverse=True)[:MOST]


MOST = 400  # names that are blotted out in each sentence: an act may list thousands


def _list_openings(entity: Entity) -> Iterator[str]:
    """Yield how a subject's names may begin: their first word, their first two, and so on."""
    for words in (name.replace(",", "").split() for name in entity.spellings):
        yield from (" ".join(words[:length]) for length in range(1, len(words) + 1))


def _list_reasons(sentence: str, taken: TakenFacts) -> Iterator[str]:
    if sentence in taken.behind_names:
        return
    gave = taken.of(sentence)
    if is_cut(sentence):
        yield (
            "it is longer than what is read of a sentence: what stands at its end was not"
            " understood"
        )
    yield from _list_days_left(sentence, gave, taken)
    current = gave or not (
        WORDS.follows.search(sentence) or WORDS.past.search(sentence)
    )  # what was before says nothing of what is done now
    untitled = taken.printed.sub(" ", TITLE.sub(" ", sentence))
    if current and not all(taken.has(name["name"]) for name in WORDS.name.finditer(untitled)):
        yield "a name was not understood"
    yield from _list_deeds_left(sentence, gave, taken)
    if gave and any(_list_other_names(sentence, taken)):
        yield "a name was not understood"
    if gave and WORDS.by_annex.search(sentence) and all(map(account.is_step, taken.measures)):
        yield "what it changes by its annex was not understood"
    if gave:
        yield from _list_objects_left(sentence, gave)


def _list_other_names(sentence: str, taken: TakenFacts) -> Iterator[str]:
    """Yield what looks like a name in a sentence that gave a fact, and is in none."""
    words = WORDS.law.sub(" ", ASIDE.sub(" ", taken.printed.sub(" ", sentence)))
    words = WORDS.issuer.sub(" ", words)
    words = re.sub(places.country_pattern(), " ", words, flags=re.IGNORECASE)
    for run in WORDS.run.finditer(words):
        if not WORDS.no_run.search(run[0]) and run[0] not in taken.licensed:
            yield run[0]


ASIDE = re.compile(r"\([^()]*\)|[“\"][^“”\"]*(?:[”\"]|$)|\bI, [^,;]{2,60},")
# the quoted title of a licence: `"Authorizing Transactions Involving Acme Company"`
TITLE = re.compile(r"[“\"][A-Z][a-z]{2,20}ing\b[^“”\"]*(?:[”\"]|$)")
UNMARKED = re.compile(r"\A\(?(?:\d{1,3}|[a-z])[.)]?\s")


def _list_deeds_left(sentence: str, gave: Sequence[Measure], taken: TakenFacts) -> Iterator[str]:
    """Yield what a sentence does beyond its measures."""
    predicates = () if WORDS.follows.search(sentence) else list_predicates(sentence)
    done = {each.action for each in predicates if _is_change(each, sentence)}
    somebody = any(each.entities or each.stated for each in taken.measures)
    goods = any(each.items for each in taken.measures)
    words, table = taken.printed.sub("○", UNMARKED.sub("", sentence)), ENGLISH.table("account")
    known = account.is_excused(words, table, on_somebody=somebody, on_goods=goods, is_entry=False)
    if not gave and (known or taken.names_from(sentence)):
        return
    of_list = somebody and not gave and gathered.WORDS.updated.search(sentence)
    if of_list or gathered.AS_FOLLOWS.search(sentence) or gathered.LISTED_UNDER.search(sentence):
        return  # another measure says how, or whose list it is
    if _is_term_inserted(sentence, taken):
        return
    if done and not gave and account.may_add(words, table, account.find_directions(taken.measures)):
        yield "what it changes was not understood"
    alike = {action for each in gave for action in (each.action, *ALIKE.get(each.action, ()))}
    if gave and done - alike - JOINED:
        yield "not all that it does was understood"


def _is_change(predicate: Predicate, sentence: str) -> bool:
    """Return whether a predicate changes something; "ceases to apply" is the act's end instead."""
    return predicate.verb not in ("subject", "make") and not (
        predicate.verb == NO_MORE and TABLES.expires.search(sentence)
    )


def _is_term_inserted(sentence: str, taken: TakenFacts) -> bool:
    """Return whether a sentence writes into an earlier act only who or what is exempt from it."""
    terms = (each for made in taken.measures for each in made.terms if each.kind == "exemption")
    inserts = INSERTS.match(sentence.strip()) is not None
    return inserts and any(sentence.strip() in (term.quote or "") for term in terms)


INSERTS = ENGLISH.table("acts").inserts


def _list_objects_left(sentence: str, gave: Sequence[Measure]) -> Iterator[str]:
    """Yield the acts, lists and subjects of a sentence that its measures lack."""
    if WORDS.cited.search(sentence) and not any(
        each.register or not account.is_bare(each) for each in gave
    ):
        yield "which act it changes was not understood"
    if WORDS.several_lists.search(sentence) and len({measure.register for measure in gave}) == 1:
        yield "not every list that it names was understood"
    prolongs = sentence.endswith(":") and any(each.ends for each in gave)  # told below it
    if WORDS.elsewhere.search(sentence) and not (
        prolongs or any(measure.entities or measure.items for measure in gave)
    ):
        yield "what it lists stands in an annex that is not on the page"
    codes = {code for each in gave for item in each.items for code in item.codes}
    if set(re.findall(CODE, WHERE.sub("", sentence))) - codes:
        yield "a code in it was not understood"
    behind = COUNTED_GOODS.search(sentence)
    many = (parse_number(behind["count"]) or 0) if behind else 0
    if any(0 < len(each.items) < _count_goods(sentence) for each in gave) or many > max(
        len(each.items) for each in gave
    ):
        yield "not all that it counts are named"
    if any(0 < len(measure.entities) < _count_stated(measure) for measure in gave):
        yield "not all whom it counts are named"
    if any(0 < _count_stated(measure) < _count_own(measure) for measure in gave):
        yield "more are named than it counts"
    if any(_count_stated(measure) and not measure.entities for measure in gave) and (
        _has_names_behind(sentence)
    ):
        yield "a name was not understood"
    introduces = WORDS.following.search(sentence) or entries.is_introduction(sentence)
    if introduces and not any(each.entities or _has_goods_below(each) for each in gave):
        yield "whom it lists was not understood"


def _has_goods_below(measure: Measure) -> bool:
    """Return whether the goods of a measure stand below its sentence, as in a table."""
    return any(item.quote and item.quote not in measure.quote for item in measure.items)


def _count_goods(sentence: str) -> int:
    """Read how many goods a sentence is about; 0 if it says none, or several numbers."""
    counted = list(WORDS.counted_goods.finditer(sentence))
    return (parse_number(counted[0]["count"]) or 0) if len(counted) == 1 else 0


# where an entry is put: `after item 3A001.z insert`
WHERE = re.compile(
    rf"\b(?:[Aa]fter|[Bb]efore|[Ff]ollowing) (?:the )?(?:(?:items?|entry|ECCNs?|paragraph) )?(?:for )?[“\"‘]?{CODE}"
)


def _has_names_behind(sentence: str) -> bool:
    """Return whether a sentence that counts has names, not only countries, behind its colon."""
    behind = WORDS.behind.search(sentence)
    return (
        behind is not None
        and NAMED.search(re.sub(places.country_pattern(), "", behind["names"])) is not None
    )


NAMED = re.compile(r"\b[A-Z][\w&-]{1,30} [A-Z][\w&-]{1,30}\b")


def _count_stated(measure: Measure) -> int:
    """Return how many names a measure states; 0 if it does not say."""
    return (measure.stated.entities or 0) if measure.stated else 0


def _count_own(measure: Measure) -> int:
    """Return how many names a measure has, without those that stand below another's."""
    return sum(entity.parent is None for entity in measure.entities)


def _list_days_left(sentence: str, gave: Sequence[Measure], taken: TakenFacts) -> Iterator[str]:
    begun = (
        dates.start(sentence, taken.published) if gave or TABLES.effect.search(sentence) else None
    )
    on = begun.on[:10] if begun else _find_start_day(sentence)
    known = {*taken.starts, taken.published}
    if on and on not in known and not _is_only_current(sentence, taken):
        yield "a day on which something begins was not understood"
    if begun and dates.is_clock_unknown(sentence, taken.published, taken.authority):
        yield "by whose clock it begins was not understood"
    if TABLES.expires.search(sentence) and not any(measure.ends for measure in taken.measures):
        yield "when it ends was not understood"
    if not on and _is_start_unprinted(sentence, taken):
        yield "it begins on a day that is not printed"
    sentence = dates.drop_replaced(sentence)
    last = dates.END.search(sentence)
    if last and dates.WOULD.search(sentence, 0, last.start()):
        return
    if last and not WORDS.follows.search(sentence):
        on = dates.day(last["day"], (taken.published or "")[:4])
        if on and on not in taken.ends:
            yield "when it ends was not understood"
    elif (
        gave
        and (dates.DURATION.search(sentence) or dates.LONGER.search(sentence))
        and not any(measure.ends for measure in gave)
    ):
        yield "when it ends was not understood"


def _is_only_current(sentence: str, taken: TakenFacts) -> bool:
    """Return whether a sentence only dates a list whose changes have starts of their own."""
    return WORDS.updated_as_of.search(sentence) is not None and not taken.without_start


def _is_start_unprinted(sentence: str, taken: TakenFacts) -> bool:
    """Return whether a sentence states a start without printing the day.

    EU acts are published on another day than their own; for them an unprinted start is no gap.
    """
    event = (
        WORDS.without_day.search(sentence)
        if taken.without_start and TABLES.effect.search(sentence)
        else None
    )
    return event is not None and not (
        (event["published"] or event["counted"]) and taken.published_apart
    )


def _find_start_day(sentence: str) -> str | None:
    """The day from which a sentence that gave nothing says that something counts; of what was
    before it says nothing.
    """
    begun = dates.BEGUN.search(sentence)
    return (
        dates.first_day(begun[0])
        if begun and not WORDS.past.search(sentence[: begun.start()])
        else None
    )


def _list_title_left(title: str, measures: Sequence[Measure]) -> Iterator[Unread]:
    actions = {measure.action for measure in measures}
    if any(
        said.search(title) and not actions & {*ALIKE[done]}
        for done, said in WORDS.table_of("titles").items()
    ):
        yield Unread("title", "the title says more than was understood", title)
        return
    counted = [parse_number(each["count"]) or 0 for each in WORDS.title_counts.finditer(title)]
    if 0 < sum(len(measure.entities) for measure in measures) < sum(counted):
        yield Unread("title", "not all whom the title counts are named", title)
