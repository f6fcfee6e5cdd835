"""Join what one act says in several sentences: those counted in one are named in another."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain, takewhile

from monitor import vocabulary
from monitor.extract import account
from monitor.extract.en import dates, entries, goods_tables
from monitor.extract.en.operations import Operation, register_of
from monitor.extract.en.sections import Sections
from monitor.extract.en.words import ENGLISH
from monitor.model import Action, Entity, Item, Measure, Start
from monitor.vocabulary import country_of
from monitor.vocabulary.registers import EU_SANCTIONS

WORDS = ENGLISH.table("gathered")
MEANS_ENDED = ENGLISH.table("acts").means_ended
ON_THOSE = ENGLISH.table("acts").on_those
FOR_SOME = ENGLISH.table("acts").for_some

INFORMS = ENGLISH.table("forms").informs

SPECIALLY_DESIGNATED = "us-ofac-sdn"
LISTING = (Action.ADD, Action.REMOVE)
AS_FOLLOWS = WORDS.as_follows


def gather_measures(
    measures: Sequence[Measure], authority: str, past: Collection[str] = ()
) -> tuple[list[Measure], frozenset[str]]:
    """The measures, each said once, on the list that its issuer keeps where no sentence names
    one; what says one again. Those of `past` quotes only name whom others mean.
    """
    listed = [_add_own_list(measure, authority) for measure in measures]
    named = _drop_listed_before(_name_counted(_drop_mere_amendments(listed)))
    kept = _merge_repeated([each for each in named if each.quote not in past])
    kept = _drop_moot(_join_places(kept))
    told = {
        quote.strip()
        for measure in kept
        for quote in (measure.quote, *(entity.quote for entity in measure.entities))
    }
    again = frozenset(measure.quote.strip() for measure in measures) - told
    return kept, again


def _drop_listed_before(measures: Sequence[Measure]) -> list[Measure]:
    """Remove additions of those whose entries the act corrects, and which print the day of that
    addition: `Listed on: 30/04/2031`.
    """
    corrected = [
        name
        for each in measures
        if each.action is Action.AMEND
        for entity in each.entities
        for name in entity.names.values()
    ]
    return [each for each in measures if not _tells_of_before(each, corrected)]


def _tells_of_before(measure: Measure, corrected: Collection[str]) -> bool:
    starts = measure.starts.on[:10] if measure.starts else None
    return (
        measure.action is Action.ADD
        and bool(measure.entities)
        and all(
            dates.in_figures(WORDS.listed_on.search(each.quote or "")) == starts
            and any(name in (each.quote or "") for name in corrected)
            for each in measure.entities
        )
        and starts is not None
    )


def _join_places(measures: Sequence[Measure]) -> list[Measure]:
    """The measures without one that only says where those are whom the one other on that list
    names: that has the places then.
    """
    kept = list(measures)
    for placed in measures:
        if not placed.destinations or not account.is_bare(placed.replace(destinations=())):
            continue
        alike = [
            each
            for each in kept
            if each.entities and (each.action, each.register) == (placed.action, placed.register)
        ]
        if placed.register and not placed.ends and len(alike) == 1 and not alike[0].destinations:
            kept.remove(placed)
            kept[kept.index(alike[0])] = alike[0].replace(destinations=placed.destinations)
    return kept


def _drop_moot(measures: Sequence[Measure]) -> list[Measure]:
    """Remove measures without a subject, if another one does the same on that list to named ones.

    An amendment for those who are removed is none either: `the measures no longer apply to X`.
    """
    removals = [each for each in measures if each.action is REMOVE]
    named = {
        (each.action, each.register)
        for each in measures
        if each.action in LISTING and (each.entities or each.items)
    }
    replaces = any(each.action is Action.REPLACE for each in measures)
    kept = [
        measure
        for measure in measures
        if not (_is_moot(measure, named, removals) or (replaces and _announces_order(measure)))
    ]
    moot = [each for each in measures if each.starts and not any(each is other for other in kept)]
    since = {(each.action, each.register): each.starts for each in reversed(moot)}
    return [
        each.replace(starts=each.starts or since.get((each.action, each.register))) for each in kept
    ]


def list_removed(measures: Iterable[Measure]) -> list[str]:
    """The names of those whom an act takes off a list."""
    taken = (each for measure in measures for each in measure.entities if measure.action is REMOVE)
    return [name for each in taken for name in each.names.values()]


REMOVE = Action.REMOVE


def says_end(words: str, names: Iterable[str]) -> bool:
    """Return whether words only say what it means for those of these names that they are removed:
    `the asset freeze no longer applies to Ivan Doe`.
    """
    name = "|".join(map(re.escape, names)) or "(?!)"
    called = re.compile(rf"(?:{name})(?:(?:,? and |, )(?:{name}))*", re.IGNORECASE)
    return MEANS_ENDED.fullmatch(called.sub("them", words.strip())) is not None


def _announces_order(measure: Measure) -> bool:
    """Return whether it only says that an order is out, as circulars do; another sentence of them
    says in whose place it comes.
    """
    bare = measure.action is Action.AMEND and account.is_bare(measure)
    return bare and INFORMS.match(measure.quote.strip()) is not None


Doing = tuple[Action, str | None]  # what is done, on which list


def _is_moot(measure: Measure, named: set[Doing], removals: Sequence[Measure]) -> bool:
    """Check that a measure adds nothing to those on the `named`, says what the `removals` mean, or
    that a list is kept up to date.
    """
    bare, quote = account.is_bare(measure), measure.quote.strip()
    if WORDS.kept_up.fullmatch(quote) or _says_what_removals_mean(measure, removals):
        return True
    if any(
        measure.action is action and measure.register in (register, None)
        for action, register in named
    ):
        return bare and not measure.ends
    # where they stood: `these entities are listed under the destination of Chad`
    if not measure.entities and any(measure.register == register for _, register in named):
        return LISTED_UNDER.search(measure.quote) is not None
    return False


def _says_what_removals_mean(measure: Measure, removals: Sequence[Measure]) -> bool:
    """Return whether a measure is on nobody and on no act but those of the removals, and only says
    what they mean: `the measures of Regulation (EU) 2030/1 no longer apply to X and Y`.
    """
    removed = list_removed(removals)
    if not removed or (measure.action in LISTING and measure.entities):
        return False
    acts = {target.key for each in removals for target in each.amends}
    beside = measure.replace(
        amends=tuple(each for each in measure.amends if each.key not in acts),
        entities=tuple(
            each for each in measure.entities if not {*each.names.values()} <= {*removed}
        ),
    )
    return account.is_bare(beside) and says_end(measure.quote, removed)


def _merge_repeated(measures: Sequence[Measure]) -> list[Measure]:
    """The measures without those that do the same to the same names as one before, as a summary,
    its text and an annex do.
    """
    kept: dict[object, Measure] = {}
    for place, measure in enumerate(measures):
        names = str(sorted(map(sort_name_words, measure.entities)))
        key = (
            (measure.action, measure.register, names)
            if measure.entities and not measure.amends
            else place
        )
        first = kept.setdefault(key, measure)
        if first is not measure:
            told = {str(sort_name_words(each)): each for each in first.entities}
            kept[key] = first.replace(
                starts=first.starts or measure.starts,
                ends=first.ends or measure.ends,
                entities=tuple(
                    _join_told(told[str(sort_name_words(each))], each, measure.quote)
                    for each in measure.entities
                ),
            )
    return _drop_retold(list(kept.values()))


def _drop_retold(measures: list[Measure]) -> list[Measure]:
    """The measures without those on nobody but whom others do the same to, as a rule says it again
    to its printers, a country at a time.
    """
    named = [
        {
            (each.action, each.register, each.starts and each.starts.on, str(sort_name_words(whom)))
            for whom in each.entities
        }
        for each in measures
    ]
    told = Counter(chain(*named))
    kept = list[Measure]()
    for measure, names in zip(reversed(measures), reversed(named), strict=True):
        plain = names and not (measure.items or measure.amends or measure.ends)
        if plain and all(told[name] > 1 for name in names):
            told.subtract(names)
        else:
            kept.append(measure)
    return kept[::-1]


def sort_name_words(entity: Entity) -> list[str]:
    """The words of a name in any order and case: `DOE, John` is `John Doe`."""
    return sorted(re.findall(r"\w+", entity.names["en"].lower()))


def _join_told(first: Entity, again: Entity, quote: str) -> Entity:
    """Whom an act names twice, with what it says of them in either place."""
    return again.replace(
        kind=first.kind if first.kind == "person" else again.kind,
        aliases=again.aliases or first.aliases,
        addresses=again.addresses or first.addresses,
        quote=max(first.quote or "", quote, key=len),
    )


LISTED_UNDER = WORDS.listed_under


def _add_own_list(measure: Measure, authority: str) -> Measure:
    """Add to a measure on names the one list of names that its issuer keeps, unless it names
    another list.
    """
    if (
        measure.register
        or (country_of(authority) != "eu" and WORDS.named_list.search(measure.quote))
        or not (measure.entities or measure.stated)
        or measure.action not in (*LISTING, Action.AMEND)
    ):
        return measure
    if country_of(authority) == "eu":
        return measure.replace(register=EU_SANCTIONS.code)
    if (
        authority == "us-ofac"
        and measure.action in LISTING
        and WORDS.designates.search(measure.quote)
    ):
        return measure.replace(register=SPECIALLY_DESIGNATED)
    own = vocabulary.find_only_list(country_of(authority))
    return measure.replace(register=own) if own else measure


def _drop_mere_amendments(measures: Sequence[Measure]) -> list[Measure]:
    """Without what says only that an annex is amended, where another measure says how: that has
    the earlier act then. What amends a further act stays.
    """
    specific = [
        measure
        for measure in measures
        if (measure.action in LISTING and (measure.entities or measure.items or measure.stated))
        or (measure.action is Action.AMEND and (measure.entities or measure.stated))
    ]
    frames = [
        measure
        for measure in measures
        if specific
        and measure.action is Action.AMEND
        and not (measure.entities or measure.stated)
        and (AS_FOLLOWS.search(measure.quote) or WORDS.updated.search(measure.quote))
    ]
    amends = tuple(dict.fromkeys(target for frame in frames for target in frame.amends))
    register = next((frame.register for frame in frames if frame.register), None)
    starts = next((frame.starts for frame in frames if frame.starts), None)
    told = {target for measure in specific for target in measure.amends or amends}
    if frames and frames[0].ends and any(each.action is Action.REMOVE for each in specific):
        return [_end_nothing(each) for each in measures]
    return [
        measure.replace(
            amends=measure.amends or amends,
            register=measure.register or register,
            starts=measure.starts or starts,
        )
        if any(measure is each for each in specific)
        else measure
        for measure in measures
        if not any(measure is frame and {*frame.amends} <= told for frame in frames)
    ]


def _end_nothing(measure: Measure) -> Measure:
    """Leave a removal without an end where an act is prolonged beside it: that is its own."""
    return measure.replace(ends=None) if measure.action is Action.REMOVE else measure


def _name_counted(measures: Sequence[Measure]) -> list[Measure]:
    """Give those who are only counted the names from another sentence, if deed and number agree."""
    kept = list(measures)
    for counted in measures:
        count = counted.stated.entities if counted.stated and not counted.entities else None
        named = [
            measure
            for measure in kept
            if measure.entities
            and measure.action is counted.action
            and measure.register in (None, counted.register)
        ]
        entities = tuple(
            {str(entity.names): entity for measure in named for entity in measure.entities}.values()
        )
        if count and len(entities) == count:
            quoted = {
                str(entity.names): measure.quote
                for measure in named
                for entity in measure.entities
                if (entity.quote or "") in measure.quote
            }
            entities = tuple(
                entity.replace(quote=quoted.get(str(entity.names), entity.quote))
                for entity in entities
            )
            whole = counted.replace(
                entities=entities,
                register=counted.register or named[0].register,
                starts=_find_own_start([counted, *named]) or counted.starts,
            )
            place = min(kept.index(counted), *(kept.index(measure) for measure in named))
            kept = [
                measure
                for measure in kept
                if measure is not counted and not any(measure is each for each in named)
            ]
            kept.insert(place, whole)
    return kept


def _find_own_start(measures: Sequence[Measure]) -> Start | None:
    """The first start that a measure's own sentence prints, instead of one of the whole act."""
    starts = (each.starts for each in measures if each.starts and each.starts.quote == each.quote)
    return next(starts, None)


def complete_operations(
    done: list[Operation], page: Sections, before: list[Operation]
) -> list[Operation]:
    """Operations of a sentence with the entries that the page prints below it, and with the list
    of those before them.
    """
    done = _add_goods_below(done, page)
    if not any(operation.entities or operation.items for operation in done):
        done = _add_entries_below(done, page, before)
    lists = [
        operation.register for operation in before if operation.register and operation.entities
    ]
    return [
        replace(operation, register=lists[-1])
        if operation.entities
        and not operation.register
        and lists
        and not WORDS.named_list.search(operation.quote)
        else operation
        for operation in done
    ]


def _add_entries_below(
    done: list[Operation], page: Sections, before: Sequence[Operation]
) -> list[Operation]:
    """Give the operation of a sentence that introduces entries those that it heads."""
    if not done or not entries.is_introduction(done[0].quote):
        return done
    listing = next((each for each in done if each.action is not Action.AMEND), done[0])
    again = sum(each.quote == done[0].quote for each in before)
    printed = entries.read_entries_below(page.body, done[0].quote, again=again)
    on = register_of(listing.quote, page.title, page.authority, entities=True)
    register = listing.register or (on.code if on and printed else None)
    changed = printed and all(map(entries.is_changed, printed))
    if entries.heads_changes(listing.quote) and not changed:
        return []  # headings below it say what is done
    ended = printed and listing.action is Action.REPEAL  # a listing, not an act
    action = Action.REMOVE if ended else listing.action
    made = replace(listing, action=action, entities=printed, register=register)
    return [made if each is listing else each for each in done]


def _add_goods_below(done: list[Operation], page: Sections) -> list[Operation]:
    """Give the operation of a sentence that names nothing the goods below it: entries that open with
    their codes, or a table.
    """
    if len(done) == 1 and not done[0].items:
        done = [replace(done[0], items=_read_coded(done[0], page))]
    if not done or any(operation.entities or operation.items for operation in done):
        return done
    listing = next((each for each in done if each.action is not Action.AMEND), done[0])
    goods = goods_tables.read_goods_below(page.body, listing.quote)
    return [
        replace(each, goods=False, items=goods) if goods and each is listing else each
        for each in done
    ]


def _read_coded(operation: Operation, page: Sections) -> tuple[Item, ...]:
    heads = operation.action in LISTING and operation.quote.rstrip().endswith(":")
    told = operation.goods or operation.entities or not heads
    return () if told else goods_tables.read_coded_below(page.body, operation.quote)


def name_counted(operations: list[Operation], page: Sections) -> list[Operation]:
    """Give an operation that only counts its names the entries below another sentence, if the
    number agrees; beside another such one, those of a sentence that tells its deed.
    """
    quotes = {each.quote for each in operations}
    bare = [
        each for each in operations if each.action in LISTING and not (each.entities or each.who)
    ]
    heads = [line for line in page.body if line not in quotes and line.rstrip().endswith(":")]
    heads = [line for line in heads if bare and entries.is_introduction(line)]
    named = dict[int, Sequence[Entity]]()
    for counted in bare:
        own = [line for line in heads if len(bare) == 1 or DEEDS[counted.action].search(line)]
        lists = [entries.read_entries_below(page.body, line) for line in own]
        count = counted.stated.entities if counted.stated else None
        fits = (each for each in (*lists, (*chain(*lists),)) if len(each) == count)
        named[id(counted)] = next(fits, ())
    return [
        replace(each, entities=tuple(whom)) if (whom := named.get(id(each))) else each
        for each in operations
    ]


DEEDS = {Action.ADD: re.compile(r"\b[Aa]dd"), Action.REMOVE: re.compile(r"\b(?:[Rr]emov|[Dd]elet)")}


def name_those(operations: list[Operation], page: Sections) -> list[Operation]:
    """Give the only addition, which is on `these persons`, those whom the sentence before it
    brings in.
    """
    bare = [each for each in operations if each.action is Action.ADD]
    meant = ON_THOSE.search(bare[0].quote) if len(bare) == 1 else None
    if not meant or bare[0].who:
        return operations
    before = takewhile(lambda line: bare[0].quote.strip() not in line, page.body)
    heads = [line for line in before if line.endswith(":") and entries.is_introduction(line)]
    named = entries.read_entries_below(page.body, heads[-1]) if heads else ()
    if not named:
        return operations
    whole = replace(bare[0], entities=named, quote=f"{heads[-1].strip()} {bare[0].quote.strip()}")
    return [whole if each is bare[0] else each for each in operations]


def _is_of_the_same(last: Operation, first: Operation) -> bool:
    """Return whether an operation does the same to `those licences`, of which the one before
    tells.
    """
    bare = not (first.entities or first.items or first.amends or first.stated)
    same = (last.action, last.register) == (first.action, first.register)
    return bare and same and WORDS.those.match(first.quote.strip()) is not None


def join_counted(before: list[Operation], done: list[Operation]) -> list[Operation]:
    """Join an operation on `these entities` with the one before that has only counted them."""
    last, first = (before[-1] if before else None), (done[0] if done else None)
    if last and first and _is_of_the_same(last, first):
        quote = f"{last.quote.strip()}. {first.quote.strip()}"
        return [
            *before[:-1],
            replace(last, quote=quote, zone=f"{last.zone} {first.zone}"),
            *done[1:],
        ]
    if (
        not last
        or not first
        or last.entities
        or not first.entities
        or not WORDS.these.match(first.quote.strip())
    ):
        return [*before, *done]
    if (last.action, last.register) != (first.action, first.register):
        return [*before, *done]
    whole = replace(
        last, entities=first.entities, destinations=last.destinations or first.destinations
    )
    return [
        *before[:-1],
        replace(whole, quote=f"{last.quote.strip()}. {first.quote.strip()}"),
        *done[1:],
    ]
