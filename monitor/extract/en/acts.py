"""English acts of our authorities → announcements with the same keys as their Chinese."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from monitor import vocabulary
from monitor.document import Block, Document
from monitor.extract import account, change_tables, terms
from monitor.extract.en import (
    dates,
    entries,
    forms,
    gathered,
    items,
    leftovers,
    own_acts,
    places,
    restrictions,
    sections,
)
from monitor.extract.en import operations as grammar
from monitor.extract.en.names import read_prose_entities
from monitor.extract.en.numerals import parse_number
from monitor.extract.en.operations import Operation, register_of
from monitor.extract.en.past import is_history
from monitor.extract.en.periods import Whole, find_period, find_whole
from monitor.extract.en.sections import Annex, Context, Sections
from monitor.extract.en.words import ENGLISH, TABLES
from monitor.model import (
    Action,
    Announcement,
    Attachment,
    Entity,
    Item,
    Measure,
    Stated,
    Unread,
)
from monitor.vocabulary import country_of

WORDS = ENGLISH.table("acts")


def read_act(
    document: Document, *, url: str = "", authority: str | None = None
) -> Announcement | None:
    """The act a page prints; nothing where it prints none, or one on another subject."""
    page = sections.read_sections(document, authority)
    if not page:
        return None
    measures, unread = understand_act(page)
    return _make_announcement(page, url, measures, unread) if measures else None


def understand_act(
    page: Sections, *, with_past: bool = False
) -> tuple[list[Measure], list[Unread]]:
    """Read what the act does, and what of it was not understood; nothing if no sentence decides
    anything known. `with_past`: also what it tells was done months ago.
    """
    told = _read_body(page)
    operations = _merge_repeated(told)
    if not operations:
        return [], []
    unread: list[Unread] = []
    whole = find_whole(page)
    measures = _drop_echoes(
        [(operation, _make_measure(operation, page, whole, unread)) for operation in operations]
    )
    past = {each.quote for each in operations if each.is_past}
    past -= {each.quote for each in operations if not each.is_past}
    dropped = frozenset[str]() if with_past else past
    measures, again = gathered.gather_measures(measures, page.authority, dropped)
    unread += _list_unlisted_goods(operations, measures, page)
    return account.close_act(measures, partial(_close_act, page, told, again, unread))


def _close_act(
    page: Sections,
    told: Sequence[Operation],
    again: frozenset[str],
    unread: Sequence[Unread],
    measures: Sequence[Measure],
) -> account.Closed:
    left = [*unread, *_list_unread_files(page, measures), *_list_untaken_annex(page, measures)]
    left += [*_list_blank(measures), *_list_unread_headings(page, measures)]
    left += leftovers.list_coded_left(measures, page)
    known = ENGLISH.table("account")
    again |= account.find_of_before(list_sentences(page), measures, known, page.published)
    again |= {
        each.quote
        for each in list_sentences(page)
        if _is_consequence(each.words, measures) or _is_lead(each.words, measures, page)
    }
    again |= _list_restated(told, measures) | _list_leads_to_end(measures, page)
    said = [each for each in list_sentences(page) if each.quote not in again]
    measures = terms.give_terms(measures, terms.read_terms(said, ENGLISH))
    left += leftovers.list_leftovers(
        (each for each in page.sentences if each.strip() not in again), measures, page
    )
    left += _list_nameless(measures, {each.quote for each in left})
    left += account.list_unaccounted(
        said,
        measures,
        known,
        published=page.published,
        unread=left,
        apart=page.published_apart,
        licensed=leftovers.read_licensed(page),
    )
    return measures, left


def _is_consequence(words: str, measures: Sequence[Measure]) -> bool:
    """Return whether a sentence only says what a listing, or its end, means for those named."""
    means = WORDS.means.fullmatch(words.strip())
    ended = gathered.says_end(words, gathered.list_removed(measures))
    if ended and any(each.action is Action.REPEAL for each in measures):
        return True  # of all whom the repealed act lists
    action = means.lastgroup if means else Action.REMOVE if ended else None
    return any(each.action == action and each.entities for each in measures)


def _is_lead(words: str, measures: Sequence[Measure], page: Sections) -> bool:
    """Return whether a sentence that gave no measure only leads to the changes of an act that the
    measures name.
    """
    lead = words.strip()
    if not WORDS.leads.fullmatch(lead) or any(lead in each.quote for each in measures):
        return False
    context = Context(page.authority, page.title, page.key, page.published)
    led = {target.key for target in grammar.list_earlier(words, context)}
    return bool(led) and led <= {target.key for each in measures for target in each.amends}


def _list_leads_to_end(measures: Sequence[Measure], page: Sections) -> frozenset[str]:
    """The sentences that only bring in the words below them, which say when all ends: `in Article
    9, paragraph 2 is replaced by the following:`.
    """
    ends = {measure.ends.quote.strip() for measure in measures if measure.ends}
    lines = [sentence.strip() for sentence in page.sentences]
    return frozenset(
        lead
        for lead, below in pairwise(lines)
        if below in ends and WORDS.of_words_below.fullmatch(lead)
    )


def list_sentences(page: Sections) -> Iterator[account.Said]:
    """The sentences of an act for its account."""
    for sentence in page.sentences:
        if entries.is_column_heading(sentence) or entries.is_subheading(sentence):
            continue
        mark = WORDS.inserts.match(sentence.strip()) or WORDS.mark.match(sentence.strip())
        words = sentence.strip()[mark.end() if mark else 0 :]
        found = WORDS.found_on.match(words)
        now = (
            day
            for day in dates.FULL_DAY.finditer(
                dates.drop_replaced(words), found.end() if found else 0
            )
            if not WORDS.of_before.search(words[: day.start()][-LONGEST_BEFORE:])
        )
        days = {dates.day(day["day"]) for day in now}
        is_entry = mark is not None or WORDS.entry.match(words) is not None
        yield account.Said(
            words, sentence.strip(), frozenset(on[:10] for on in days if on), is_entry=is_entry
        )


# What stands before the day of an earlier act.
LONGEST_BEFORE = 40


def _list_untaken_annex(page: Sections, measures: Sequence[Measure]) -> Iterator[Unread]:
    """Report an annex with a name that no measure has.

    It counts if no measure has goods, or if some names of the act were read.
    """
    taken = [gathered.sort_name_words(each) for measure in measures for each in measure.entities]
    if page.annex and (taken or not any(measure.items for measure in measures)):
        listed_there = sections.read_annex(page.annex, None).entities
        if left := next(
            (each for each in listed_there if gathered.sort_name_words(each) not in taken), None
        ):
            yield Unread("annex", "whom it lists was not understood", left.quote)


def _list_nameless(measures: Sequence[Measure], told: Collection[str | None]) -> Iterator[Unread]:
    """Changes of a list of names by a count, or by numbers of its items, alone."""
    alone = (each.quote for each in measures if each.action in LISTING and _is_nameless(each))
    for quote in dict.fromkeys(alone):
        if quote not in told:
            yield Unread("list", "whom it lists was not understood", quote)


def _is_nameless(measure: Measure) -> bool:
    counted = measure.stated and measure.stated.entities and not measure.entities
    nobody = not (measure.entities or measure.items or measure.destinations)
    return bool(counted or (nobody and WORDS.items.search(measure.quote)))


def _list_blank(measures: Sequence[Measure]) -> Iterator[Unread]:
    """Measures on nothing whose own words name an order or leave something out of a list, and
    those on a list within a sentence.
    """
    for measure in measures:
        bare = account.is_bare(measure)
        if WORDS.leads_within.search(measure.quote) or (bare and UNNAMED.search(measure.quote)):
            yield Unread("measure", "on what it is was not understood", measure.quote)


def _list_unlisted_goods(
    operations: Sequence[Operation], measures: Sequence[Measure], page: Sections
) -> Iterator[Unread]:
    """Goods of a list that was not found, or of several lists."""
    on_goods = [operation for operation in operations if operation.goods]
    if len({operation.action for operation in on_goods}) > 1:
        yield Unread(
            "items",
            "which goods are whose was not understood",
            on_goods[-1].quote.strip(),
        )
    elif on_goods and not page.titles and not any(measure.items for measure in measures):
        yield Unread("items", "the text does not list them", on_goods[0].quote.strip())


LISTING = (Action.ADD, Action.REMOVE)
UNNAMED = re.compile(f"{WORDS.order.pattern}|{ENGLISH.table('forms').left_out.pattern}")


def make_measures(operations: list[Operation], page: Sections) -> list[Measure]:
    """The measures of operations that a page's sentences tell."""
    whole = replace(find_whole(page), begins=None)
    return _drop_echoes(
        [
            (operation, _make_measure(operation, page, whole, []))
            for operation in _merge_repeated(operations)
        ]
    )


def _read_body(page: Sections) -> list[Operation]:
    """Read what the sentences do; if they do nothing to a subject, also what they forbid."""
    whole = Context(page.authority, page.title, page.key, page.published, _find_determined(page))
    operations: list[Operation] = []
    instructed = forms.read_instructions(page.sentences, whole)
    for sentence in page.sentences:
        done = _read_sentence(sentence, page, whole, instructed.get(sentence))
        done = gathered.complete_operations(done, page, operations)
        operations = gathered.join_counted(operations, done)
    forbidden = (restrictions.read_restriction(sentence, whole) for sentence in page.sentences)
    if all(each.action is Action.AMEND and _is_empty(each) for each in operations):
        operations = [*(operation for operation in forbidden if operation), *operations]
    elif all(each.action is Action.REPEAL for each in operations):  # the licence before this one
        granted = (each for each in forbidden if each and each.action is Action.ADD)
        operations = [*granted, *operations]
    operations += _read_change_tables(page)
    named = gathered.name_those(gathered.name_counted(operations, page), page)
    operations = _drop_consequences(named)
    told = any(WORDS.listed.search(sentence) for sentence in page.sentences)
    return operations if told else [*operations, *_read_annex_headings(page)]


def _read_sentence(
    sentence: str, page: Sections, whole: Context, instructed: list[Operation] | None
) -> list[Operation]:
    """Read what a sentence does in any of its forms; nothing if it tells of reasons or the past."""
    found = WORDS.determined.search(sentence)
    context = replace(whole, determined=found["who"]) if found else whole
    if (
        sentence in page.reasons
        or _tells_earlier_act(sentence, page)
        or is_history(sentence, context)
    ):
        return []
    is_ours = country_of(page.authority) == "cn"
    return (
        (list(own_acts.read_act_operations(sentence, page)) if is_ours else [])
        or instructed
        or list(forms.read_form_operations(sentence, context))
        or list(grammar.read_operations(sentence, context))
        or _read_past_grounds(sentence, context)
        or _read_heading(sentence, page)
    )


def _read_past_grounds(sentence: str, context: Context) -> list[Operation]:
    """Read what an issuer does behind the grounds that stand between it and its verb: `The
    Secretary, in exercise of its powers under the Act, revokes …`; nothing that is done to
    nobody and nothing.
    """
    words = WORDS.grounds_between.sub("", sentence)
    done = grammar.read_operations(words, context) if words != sentence else ()
    return [replace(each, quote=sentence) for each in done if not _is_empty(each)]


def _drop_consequences(operations: list[Operation]) -> list[Operation]:
    """The operations without what a listing only means for the listed: `any existing such licenses
    are suspended`.
    """
    if not any(each.action is Action.ADD and (each.entities or each.who) for each in operations):
        return operations
    lists = {each.register for each in operations if each.entities or each.who}
    return [
        each
        for each in operations
        if not (_is_on_licences(each) or _is_on_those(each) or _is_on_list(each, lists))
    ]


def _is_on_list(operation: Operation, lists: Collection[str | None]) -> bool:
    """Return whether an operation only says what those on a list may not do, who are named."""
    bare = _is_empty(replace(operation, register=None)) and not operation.goods
    return operation.action is Action.RESTRICT and bare and operation.register in (None, *lists)


def _is_on_licences(operation: Operation) -> bool:
    """Return whether nothing but licences that somebody has is suspended or revoked."""
    return (
        operation.action in (Action.SUSPEND, Action.REPEAL)
        and _is_empty(replace(operation, register=None))
        and WORDS.of_holders.search(operation.zone) is not None
    )


def _is_on_those(operation: Operation) -> bool:
    """Return whether an operation only says what is imposed on those whom another one names."""
    found = WORDS.on_those.search(operation.quote)
    if not found or operation.action is not Action.ADD or operation.who:
        return False
    named = [each.quote or "" for each in operation.entities]
    in_denials = found["denials"] is not None and all(each in operation.quote for each in named)
    return not named or in_denials


def _find_list(page: Sections) -> str | None:
    """Find the list of names that a title names, else the only one of the issuer's country."""
    on = register_of(page.title, "", page.authority, entities=True)
    return on.code if on else vocabulary.find_only_list(country_of(page.authority))


def _read_change_tables(page: Sections) -> Iterator[Operation]:
    """Read the tables that say in a column what is done to whom: an operation for each deed."""
    for line in page.body:
        rows = [entries.split_cells(row) for row in line.split("\n")]
        for action, whom in change_tables.read_one_list(rows, "en").items():
            quote = "\n".join(entity.quote for entity in whom)
            yield Operation(action, _find_list(page), quote, entities=tuple(whom))


def _read_annex_headings(page: Sections) -> Iterator[Operation]:
    """Read what the headings of an annex do to the entries below them, of which no sentence tells:
    `AMENDMENTS`, `DELISTINGS`.
    """
    register = _find_list(page)
    for block in page.annex if register else ():
        heading = sections.WORDS.change.fullmatch(block.text.strip())
        action = Action(str(heading.lastgroup)) if heading else None
        if action:
            below = sections.choose_changed_blocks(page.annex, action)
            if listed := sections.read_annex(below, None).entities:
                yield Operation(action, register, block.text, entities=tuple(listed))


def _tells_earlier_act(sentence: str, page: Sections) -> bool:
    """Return whether a sentence tells what an earlier act did: it names it, or ends with its
    number in brackets behind a day before this one, or tells of a notice of such a day.
    """
    words = sentence.strip()
    cited, noticed = WORDS.did_by.fullmatch(words), WORDS.earlier_notice.match(words)
    told = cited["on"] if cited else noticed[0] if noticed else ""
    on = dates.first_day(told)
    return WORDS.other_did.match(sentence) is not None or bool(on and on < (page.published or ""))


def _list_restated(told: Sequence[Operation], measures: Sequence[Measure]) -> frozenset[str]:
    """The sentences that only say once more what another has said, and nothing beside it."""
    known, quotes = ENGLISH.table("account"), {each.quote for each in _merge_repeated(told)}
    again = {each.quote for each in told if each.quote not in quotes and not _is_empty(each)}
    directions = account.find_directions(measures)
    return frozenset(
        quote.strip()
        for quote in again
        if not account.may_add(known.is_changed.sub("", quote), known, directions)
    )


def _read_heading(sentence: str, page: Sections) -> list[Operation]:
    """Read what a heading does to the entries below it: `Additions`, `Deletions`; or to those
    behind its colon.
    """
    heading = WORDS.change.fullmatch(sentence.strip())
    if heading is None and (inline := WORDS.change_of.fullmatch(sentence.strip())):
        return _read_named_change(sentence, inline, page)
    printed = entries.read_entries_below(page.body, sentence) if heading else ()
    if heading and heading["amend"] and not _stand_below(printed, sentence, page):
        return []  # of the articles that amend a law
    register = _find_list(page)
    return (
        [Operation(Action(str(heading.lastgroup)), register, sentence, entities=printed)]
        if heading and printed and register
        else []
    )


def _read_named_change(sentence: str, inline: re.Match[str], page: Sections) -> list[Operation]:
    """Read what a heading does to those whom it names behind its colon, where each is surely a
    name: behind `persons`, before a country, or in a legal form.
    """
    whom = tuple(forms.list_bare_names(inline["who"]))
    persons = WORDS.of_persons.match(sentence.strip())
    parts = re.split(r";\s+(?:and\s+)?", inline["who"].strip(" ."))
    sure = len(parts) == len(whom) and all(WORDS.surely_named.search(part) for part in parts)
    if not whom or not (persons or sure) or any(places.coded(each.names["en"]) for each in whom):
        return []
    on = register_of(page.title, "", page.authority, entities=True)
    action = Action(next(key for key in ("add", "remove", "amend") if inline[key]))
    return [Operation(action, on.code if on else None, sentence, entities=whom)]


def _list_unread_headings(page: Sections, measures: Sequence[Measure]) -> Iterator[Unread]:
    """Headings with something behind their colon, and orders to change a text, of which no measure
    came.
    """
    nothing = ENGLISH.table("account").nothing
    gave = "\n".join(each.quote for each in measures)
    for sentence in (each.strip() for each in page.sentences):
        heading = WORDS.change_of.fullmatch(sentence) and not nothing.fullmatch(sentence)
        unread = heading or WORDS.orders_change.search(sentence)
        named = any(sentence in (e.quote or "") for each in measures for e in each.entities)
        if unread and sentence not in gave and not named:
            yield Unread("sentence", account.NO_FACT, sentence)


def _stand_below(printed: Sequence[Entity], heading: str, page: Sections) -> bool:
    """Return whether the first of these entries stands in the very line below a heading."""
    lines = [line.strip() for line in page.body]
    below = lines[lines.index(heading.strip()) + 1 :] if heading.strip() in lines else []
    return bool(printed and below) and (printed[0].quote or "\n") in below[0]


def _find_determined(page: Sections) -> str:
    """Find those of whom the act says that something was found, before it says what follows for
    them.
    """
    return next(
        (
            match["who"]
            for sentence in page.sentences
            if (match := WORDS.determined.search(sentence))
        ),
        "",
    )


def _make_announcement(
    page: Sections, url: str, measures: list[Measure], unread: list[Unread]
) -> Announcement:
    return Announcement(
        key=page.key,
        number=f"No. {page.reference.number} of {page.reference.year}" if page.reference else None,
        authority=page.authority,
        title=page.title,
        url=url,
        published=page.published,
        language="en",
        measures=tuple(measures),
        legal_basis=_list_laws(page),
        attachments=tuple(Attachment(title=title) for title in page.titles),
        understood="part" if unread else "full",
        not_read=tuple(unread),
    )


def _merge_repeated(operations: Iterable[Operation]) -> list[Operation]:
    """Each operation once: the first sentence that says it; goods are controlled once; one that
    names nothing adds nothing.
    """
    kept: dict[tuple[object, ...], Operation] = {}
    for operation in operations:
        names = (
            [entity.names for entity in read_prose_entities(operation.who)] if operation.who else []
        )
        own = str((names, operation.entities, operation.items, operation.stated))
        # those named are told once when all is gathered, and each sentence is theirs
        own += operation.quote if operation.entities and not operation.amends else ""
        kept.setdefault(
            (operation.action, operation.register, operation.amends, operation.destinations, own),
            operation,
        )
    unique = list(kept.values())
    return [
        operation
        for place, operation in enumerate(unique)
        if not _is_empty(operation)
        or all(operation.action is not earlier.action for earlier in unique[:place])
    ]


def _drop_echoes(done: list[tuple[Operation, Measure]]) -> list[Measure]:
    """The measures without those that only say, as a title does, what another one names: that
    has their list.
    """
    echoes = [measure for operation, measure in done if _is_echo(operation, measure)]
    on = {measure.action: measure.register for measure in echoes if measure.register}
    measures = [
        measure.replace(register=measure.register or on.get(measure.action))
        if measure.entities
        else measure
        for _, measure in done
    ]
    named_there = {(measure.action, measure.register) for measure in measures if measure.entities}
    return [
        measure
        for measure in measures
        if measure not in echoes or (measure.action, measure.register) not in named_there
    ]


def _is_echo(operation: Operation, measure: Measure) -> bool:
    """Return whether it is about somebody, but names no subject, here or in an annex."""
    return (
        bool(operation.who)
        and account.is_bare(measure)
        and WORDS.in_annex.search(measure.quote) is None
    )


def _is_empty(operation: Operation) -> bool:
    parts = (
        operation.who,
        operation.amends,
        operation.destinations,
        operation.entities,
        operation.items,
        operation.stated,
    )
    return not any(parts) and not operation.goods and operation.register is None


def _make_measure(
    operation: Operation, page: Sections, whole: Whole, unread: list[Unread]
) -> Measure:
    stated, country = (
        _read_stated_count(operation.who) if operation.who else (operation.stated, None)
    )
    lists = (
        operation.who
        or (operation.stated and not operation.entities)
        or _is_in_annex(operation, page)
    )
    of_it = sections.choose_changed_blocks(
        sections.choose_cited_annex(page.annex, operation.quote), operation.action
    )
    listing = sections.read_annex(of_it, country) if lists else Annex()
    unread += [line for line in listing.unread if line not in unread]
    starts, ends = find_period(operation, page, whole)
    entities = (
        operation.entities
        or _choose_counted(listing.entities, stated, starts.on if starts else "")
        or (tuple(_list_prose_entities(operation.who, country)))
    )
    return Measure(
        operation.action,
        operation.register
        or (own_acts.find_own_register(page) if operation.entities or operation.who else None),
        amends=operation.amends,
        starts=starts,
        ends=ends,
        destinations=operation.destinations,
        stated=stated,
        entities=entities,
        items=_read_items(page) if operation.goods else operation.items,
        quote=operation.quote.strip(),
    )


def _choose_counted(
    listed: Sequence[Entity], stated: Stated | None, begins: str
) -> tuple[Entity, ...]:
    """Choose of an annex as many as a sentence counts: where it lists more, each with its day,
    those of the day on which all begins, for the others were listed before; nobody where these are
    not as many.
    """
    count = stated.entities if stated else None
    days = [dates.first_day(each.quote or "") for each in listed]
    if not count or len(listed) <= count or not all(days) or len(set(days)) == 1:
        return tuple(listed)
    new = tuple(each for each, day in zip(listed, days, strict=True) if day == begins[:10])
    return new if len(new) == count else ()


def _is_in_annex(operation: Operation, page: Sections) -> bool:
    """Return whether an operation names nobody itself, but says that an annex lists them, or that
    they follow where a heading of the annex says the same (`ADDITIONS`).
    """
    if operation.entities or operation.items:
        return False
    of_list = ENTRIES if operation.action is Action.AMEND else LIST
    follow = of_list.search(operation.quote) and WORDS.follow.search(operation.quote)
    return WORDS.in_annex.search(operation.quote) is not None or bool(
        follow and sections.is_headed(page.annex, operation.action)
    )


LIST, ENTRIES = re.compile(r"\b[Ll]ist\b"), re.compile(r"\bentr(?:y|ies)\b")


def _read_stated_count(who: str) -> tuple[Stated | None, str | None]:
    match = WORDS.counted.search(who)
    count = parse_number(match["count"]) if match else None
    if not match or not count or re.match(r"\s*(?:other|more)", who[match.end("count") :]):
        return None, None
    return Stated(entities=count), places.nation(match["of"])


def _list_prose_entities(who: str, country: str | None) -> Iterator[Entity]:
    for entity in read_prose_entities(who):
        yield Entity(entity.names, entity.kind, country=country, quote=entity.quote)


def _read_items(page: Sections) -> tuple[Item, ...]:
    return tuple(
        items.read_items(
            [
                *(part for line in page.body for part in INLINE.split(line)),
                *(line for block in page.annex for line in _split_block_lines(block)),
            ]
        )
    )


# where an entry begins in the midst of a line
INLINE = re.compile(r"(?<=[:;])\s(?=\(?\d{1,2}[.)]\s)")


def _split_block_lines(block: Block) -> list[str]:
    """The lines of a block; a table's row as one."""
    return [items.join_row(row) for row in block.rows] if block.rows else block.text.split("\n")


def _list_unread_files(page: Sections, measures: Sequence[Measure]) -> Iterator[Unread]:
    if not any(measure.entities or measure.items for measure in measures):
        yield from (Unread("attachment", "it is a file of its own", title) for title in page.titles)


def _list_laws(page: Sections) -> tuple[str, ...]:
    basis = [
        line
        for line in page.body
        if re.search(r"\b(?:accordance with|pursuant to|based on)\b", line, re.IGNORECASE)
    ]
    return tuple(dict.fromkeys(name for line in basis[:2] for name in TABLES.law.findall(line)))
