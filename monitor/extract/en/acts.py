"""English acts of our authorities → announcements with the same keys as their Chinese."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.document import Block, Document
from monitor.extract import account, frame, gate, terms, why
from monitor.extract.en import (
    dates,
    entries,
    gathered,
    issuers,
    items,
    leftovers,
    places,
    restrictions,
    sections,
    words,
)
from monitor.extract.en import operations as grammar
from monitor.extract.en.names import entities_named, listed, subjects
from monitor.extract.en.numerals import number
from monitor.extract.en.operations import Context, Operation, register_of
from monitor.extract.en.references import SENTENCE_END, cut, references
from monitor.extract.en.sections import Annex, Sections
from monitor.extract.en.words import ENGLISH, GATE, TABLES
from monitor.extract.words import phrase
from monitor.model import (
    Action,
    Announcement,
    Attachment,
    End,
    Entity,
    Item,
    Measure,
    Start,
    Stated,
    Target,
    Unread,
)
from monitor.vocabulary import country_of
from monitor.vocabulary.authorities import MOFCOM_ANNOUNCEMENTS, UEL_NOTICES
from monitor.vocabulary.countries import CHINA
from monitor.vocabulary.registers import DUAL_USE, UNRELIABLE

WORDS, FORMS = ENGLISH.table("acts"), ENGLISH.table("forms")
IN_YEAR = ENGLISH.table("verbs").in_year

LONGEST_WHO = 900  # characters
WHO = rf"(?P<who>[^;]{{2,{LONGEST_WHO}}}?)(?<!\s)"
IS = r"(?<=\S)\s++(?:is|are|shall be)"


def _to_list(opening: str) -> re.Pattern[str]:
    """These words, and then a list of ours by its name."""
    return phrase(
        lambda: (
            rf"{opening}\s++(?:the|its|China's)\s++(?:[\w' -]{{0,40}}?)(?P<list>{words.any_list()})"
        ),
        re.IGNORECASE,
    )


PUTS_ON = _to_list(rf"\b(?:{words.PUT})\b\s++{WHO}\s*+\b(?:in|on|to|into|onto)")
TAKES_OFF = _to_list(rf"\b(?:{words.OFF})\b\s++{WHO}\s*+\bfrom")
IS_PUT_ON = _to_list(
    rf"{IS}\s++(?:hereby\s++)?(?:included|added|placed|listed|put)\s++(?:in|on|to|into)"
)
IS_TAKEN_OFF = _to_list(
    rf"{IS}\s++(?:hereby\s++)?(?:(?:removed|deleted)\s++from|(?:taken|struck)\s++off)"
)
ACTIVE = ((PUTS_ON, Action.ADD), (TAKES_OFF, Action.REMOVE))
PASSIVE = ((IS_PUT_ON, Action.ADD), (IS_TAKEN_OFF, Action.REMOVE))


def announcement(
    document: Document, *, url: str = "", authority: str | None = None
) -> Announcement | None:
    """The act a page prints; nothing where it prints none, or one on another subject."""
    page = sections.read(document, authority)
    if not page:
        return None
    measures, unread = understood(page)
    return _act(page, url, measures, unread) if measures else None


@dataclass(frozen=True)
class Whole:
    """What an act says of all that it does: when that begins, and the sentences that say how
    long it lasts.
    """

    begins: Start | None
    expiring: tuple[str, ...]

    def expiry(self, since: str | None, operation: Operation) -> End | None:
        """The last day that a sentence of its own says of the whole act: a licence's is none of
        another licence, nor of those whom a list names.
        """
        own = (each for each in self.expiring if not _is_of_another(each, operation))
        return next((end for each in own if (end := dates.end(each, since, each.strip()))), None)


def _is_of_another(expiring: str, operation: Operation) -> bool:
    """Whether a sentence says until when a licence lasts that an operation is not about."""
    ends = {match["number"] for match in WORDS.licence.finditer(expiring)} - {None}
    about = {match["number"] for match in WORDS.licence.finditer(operation.quote)} - {None}
    return bool(ends and about and not ends & about) or bool(ends and operation.entities)


def understood(page: Sections) -> tuple[list[Measure], list[Unread]]:
    """What the act does, and what of it was not understood; nothing where no sentence of it
    decides anything we know.
    """
    operations = _of_body(page)
    from_body = bool(operations)
    if not operations and country_of(page.authority) == "cn":
        operations = _once(_operations(page.title, page))
    if not operations:
        return [], []
    unread = [] if from_body else [Unread("body", "only the title could be understood", page.title)]
    whole = _whole(page)
    measures = _without_echoes(
        [(operation, _measure(operation, page, whole, unread)) for operation in operations]
    )
    measures, again = gathered.gather(measures, page.authority, list(_sentences(page)))
    unread += _files(page, measures)
    unread += _untaken(page, measures)
    unread += _unlisted(operations, measures, page)
    unread += _nobody(measures)
    known = ENGLISH.table("account")
    again |= account.find_of_before(list_sentences(page), measures, known, page.published)
    again |= {each.quote for each in list_sentences(page) if _follows(each.words, measures)}
    said = [each for each in list_sentences(page) if each.quote not in again]
    measures = terms.give_terms(measures, terms.read_terms(said, ENGLISH))
    unread += leftovers.leftovers(
        (each for each in _sentences(page) if each.strip() not in again), measures, page
    )
    unread += account.unaccounted(
        said,
        measures,
        known,
        published=page.published,
        unread=unread,
        apart=page.published_apart,
    )
    why.facts(measures)
    return measures, unread


def _follows(words: str, measures: Sequence[Measure]) -> bool:
    """Whether a sentence says only what it means for those named that they are listed or not."""
    means, ended = (each.fullmatch(words.strip()) for each in (WORDS.means, WORDS.means_ended))
    action = means.lastgroup if means else Action.REMOVE if ended else None
    return any(each.action == action and each.entities for each in measures)


def list_sentences(page: Sections) -> Iterator[account.Said]:
    """The sentences of an act for its account."""
    for sentence in _sentences(page):
        mark = WORDS.mark.match(sentence.strip())
        words = sentence.strip()[mark.end() if mark else 0 :]
        found = WORDS.found_on.match(words)
        now = (
            day
            for day in dates.FULL_DAY.finditer(words, found.end() if found else 0)
            if not WORDS.of_before.search(words[: day.start()][-LONGEST_BEFORE:])
        )
        days = {dates.day(day["day"]) for day in now}
        is_entry = mark is not None or WORDS.entry.match(words) is not None
        yield account.Said(
            words, sentence.strip(), frozenset(on[:10] for on in days if on), is_entry=is_entry
        )


# What stands before the day of an earlier act.
LONGEST_BEFORE = 40


def _untaken(page: Sections, measures: Sequence[Measure]) -> Iterator[Unread]:
    """An annex that lists somebody whom no measure names, where none has anything, or several have
    each their own.
    """
    taken = [str(each.names) for measure in measures for each in measure.entities]
    if page.annex and (taken or not any(measure.items for measure in measures)):
        listed_there = sections.annex(page.annex, None).entities
        if left := next((each for each in listed_there if str(each.names) not in taken), None):
            yield Unread("annex", "whom it lists was not understood", left.quote)


def _nobody(measures: Sequence[Measure]) -> Iterator[Unread]:
    """Changes of a list of names by numbers of its items alone."""
    for measure in measures:
        nobody = not (measure.entities or measure.stated or measure.items or measure.destinations)
        if measure.action in LISTING and nobody and WORDS.items.search(measure.quote):
            yield Unread("list", "whom it lists was not understood", measure.quote)


def _unlisted(
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
# an end that their sentence tells is that of something else
LASTING = (Action.REPEAL, Action.RESUME)


def measures_of(operations: list[Operation], page: Sections) -> list[Measure]:
    """The measures of operations that a page's sentences tell."""
    whole = replace(_whole(page), begins=None)
    measures = _without_echoes(
        [(operation, _measure(operation, page, whole, [])) for operation in _once(iter(operations))]
    )
    why.facts(measures)
    return measures


def begins(sentence: str, page: Sections) -> bool:
    """Whether a sentence says from or until when something counts."""
    start = _start(sentence, page, sentence)
    return start is not None or dates.end(sentence, page.published, sentence) is not None


def _of_body(page: Sections) -> list[Operation]:
    """What its sentences do; where they do nothing to somebody or something, also what they
    forbid.
    """
    whole = Context(page.authority, page.title, page.key, page.published, _determined(page))
    operations: list[Operation] = []
    for sentence in _sentences(page):
        found = WORDS.determined.search(sentence)
        context = replace(whole, determined=found["who"]) if found else whole
        if WORDS.other_did.match(sentence):
            continue
        ours = list(_operations(sentence, page)) if country_of(page.authority) == "cn" else []
        done = (
            ours or list(_in_form(sentence, context)) or list(grammar.operations(sentence, context))
        )
        done = done or _under_heading(sentence, page)
        done = gathered.complete(done, page, operations)
        operations = gathered.join_counted(operations, done)
    if all(each.action is Action.AMEND and _says_nothing(each) for each in operations):
        forbidden = (restrictions.restriction(sentence, whole) for sentence in _sentences(page))
        operations = [*(operation for operation in forbidden if operation), *operations]
    return _once(iter(gathered.join_partial(gathered.name_counted(operations, page))))


def _under_heading(sentence: str, page: Sections) -> list[Operation]:
    """What a heading says is done to the entries below it: `Additions`, `Deletions`."""
    heading = WORDS.change.fullmatch(sentence.strip())
    printed = entries.below(page.body, sentence) if heading else ()
    on = register_of(page.title, "", page.authority, entities=True) if printed else None
    return (
        [Operation(Action(str(heading.lastgroup)), on.code, sentence, entities=printed)]
        if heading and on
        else []
    )


def _determined(page: Sections) -> str:
    """Of whom the act says that something was found, before it says what that means for them."""
    return next(
        (
            match["who"]
            for sentence in _sentences(page)
            if (match := WORDS.determined.search(sentence))
        ),
        "",
    )


def _act(page: Sections, url: str, measures: list[Measure], unread: list[Unread]) -> Announcement:
    return Announcement(
        key=page.key,
        number=f"No. {page.reference.number} of {page.reference.year}" if page.reference else None,
        authority=page.authority,
        title=page.title,
        url=url,
        published=page.published,
        language="en",
        measures=tuple(measures),
        legal_basis=_laws(page),
        attachments=tuple(Attachment(title=title) for title in page.titles),
        understood="part" if unread else "full",
        not_read=tuple(unread),
    )


def _sentences(page: Sections) -> Iterator[str]:
    for line in page.body:
        if line != page.title:
            yield from (
                cut(sentence)
                for sentence in SENTENCE_END.split(WORDS.signs.sub("\n", line))
                if sentence and sentence.strip()
            )


def _operations(sentence: str, page: Sections) -> Iterator[Operation]:
    listed = list(_listings(sentence))
    yield from listed
    controls = TABLES.controls.search(sentence)
    ban = TABLES.prohibits.search(sentence)
    if (listed and not ban) or _barred(sentence, controls or ban):
        return
    if probe := TABLES.probes.search(sentence):
        yield Operation(
            Action.INVESTIGATE,
            _register(sentence) or _own_register(page),
            sentence,
            who=probe["who"],
        )
    yield from _changes(sentence, page)
    verb = (controls.start() if controls["kept"] else controls.end() - 1) if controls else 0
    if controls and (
        action := frame.settled(Action.ADD, sentence, verb, ENGLISH.table("frame"), goods=True)
    ):
        named = grammar.controlled(sentence)
        yield Operation(action, DUAL_USE.code, sentence, items=named, goods=not named)
    elif ban and (to := _abroad(ban["where"] or ban["there"])):
        named, below = (
            restrictions.goods_of(sentence),
            grammar.FOLLOWING.search(sentence) is not None,
        )
        action = frame.settled(
            Action.RESTRICT, sentence, ban.start(), ENGLISH.table("frame"), goods=True
        )
        if action:
            yield Operation(
                action, DUAL_USE.code, sentence, destinations=tuple(to), items=named, goods=below
            )


def _abroad(words: str) -> list[str]:
    """The places an act of ours can forbid exports to: `activities related to China` are none."""
    return [place for place in places.all_in(words) if place not in CHINA]


def _listings(sentence: str) -> Iterator[Operation]:
    if not WORDS.on_list.search(sentence):
        return
    before = IN_YEAR.match(sentence.strip())  # `In May 2030 the Ministry placed …`
    listings = [
        (match["who"], match, action)
        for pattern, action in ACTIVE
        for match in pattern.finditer(sentence)
        if not (before and match[0].split()[0].endswith("ed")) and not _barred(sentence, match)
    ]
    listings += [
        (who, match, action)
        for pattern, action in PASSIVE
        for who, match in subjects(pattern, sentence, len(sentence))
    ]
    for who, match, done in listings:
        action = frame.settled(done, sentence, match.start() + 1, ENGLISH.table("frame"))
        if action and not WORDS.said_before.search(who):
            names = _behind(sentence, match) if WORDS.follow.search(who) else ()
            yield Operation(action, _register(match["list"]), sentence, who=who, entities=names)


def _behind(sentence: str, match: re.Match[str]) -> tuple[Entity, ...]:
    """The names behind the colon of those who follow: `places the following entities on the
    list: A and B`.
    """
    _, colon, behind = sentence[match.end() :].partition(":")
    return tuple(listed(f":{behind}")) if colon else ()


def _barred(sentence: str, verb: re.Match[str] | None) -> bool:
    """Whether the words before a verb keep it from being decided, here and now; a sentence
    without one decides as it stands.
    """
    bar = gate.bar(sentence, verb.start(), GATE) if verb else None
    if bar:
        why.sentence(bar, sentence.strip())
    return bar is not None


def _decided(pattern: re.Pattern[str], clause: str) -> bool:
    match = pattern.search(clause)
    return match is not None and not _barred(clause, match)


def _register(text: str) -> str | None:
    return next(
        (
            register
            for called, register in words.ACTS.items()
            if re.search(called, text, re.IGNORECASE)
        ),
        None,
    )


def _own_register(page: Sections) -> str | None:
    return UNRELIABLE.code if sections.is_mechanism(page) else None


def _changes(sentence: str, page: Sections) -> Iterator[Operation]:
    """What happens to earlier acts, a clause at a time."""
    year = page.published
    for clause in re.split(r";\s*|,\s*(?:and\s+)?while\s+", sentence):
        verb = next(
            (
                done
                for done, pattern in TABLES.table_of("changes").items()
                if _decided(pattern, clause)
            ),
            None,
        )
        cited = references(clause, year, of=page.authority)
        keys = dict.fromkeys(
            _own_series(reference.key, clause, page)
            for reference in cited
            if reference.key != page.key
        )
        if verb and keys:
            on = WORDS.against.search(clause)
            entities = tuple(listed(f": {on['who']}")) if on else ()
            yield Operation(
                Action.AMEND if WORDS.for_some.search(clause) else Action(verb),
                _own_register(page),
                sentence,
                amends=tuple(Target(key) for key in keys),
                entities=entities,
            )


def _own_series(key: str, clause: str, page: Sections) -> str:
    """The key of an act that the mechanism cites by its number alone, which is one of its own."""
    if (
        not sections.is_mechanism(page)
        or not key.startswith(f"{MOFCOM_ANNOUNCEMENTS.code}-")
        or WORDS.ministry.search(clause)
    ):
        return key
    return f"{UEL_NOTICES.code}-{key.removeprefix(f'{MOFCOM_ANNOUNCEMENTS.code}-')}"


def _once(operations: Iterator[Operation]) -> list[Operation]:
    """Each operation once: the first sentence that says it; goods are controlled once; one that
    names nothing adds nothing.
    """
    kept: dict[tuple[object, ...], Operation] = {}
    for operation in operations:
        names = [entity.names for entity in entities_named(operation.who)] if operation.who else []
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
        if not (_says_nothing(operation) and _same(operation, unique[:place]))
    ]


def _without_echoes(done: list[tuple[Operation, Measure]]) -> list[Measure]:
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
    """Whether it speaks of somebody, and names nobody and nothing, here or in an annex."""
    return (
        bool(operation.who)
        and account.is_bare(measure)
        and WORDS.in_annex.search(measure.quote) is None
    )


def _says_nothing(operation: Operation) -> bool:
    parts = (
        operation.who,
        operation.amends,
        operation.destinations,
        operation.entities,
        operation.items,
        operation.stated,
    )
    return not any(parts) and not operation.goods and operation.register is None


def _same(operation: Operation, before: list[Operation]) -> bool:
    return any(operation.action is earlier.action for earlier in before)


def _measure(operation: Operation, page: Sections, whole: Whole, unread: list[Unread]) -> Measure:
    stated, country = _stated(operation.who) if operation.who else (operation.stated, None)
    lists = operation.who or (operation.stated and not operation.entities) or _in_annex(operation)
    listing = (
        sections.annex(sections.cited(page.annex, operation.quote), country) if lists else Annex()
    )
    unread += [line for line in listing.unread if line not in unread]
    entities = (
        operation.entities
        or tuple(listing.entities)
        or (tuple(_from_prose(operation.who, country)))
    )
    starts, ends = _time(operation, page, whole)
    return Measure(
        operation.action,
        operation.register
        or (_own_register(page) if operation.entities or operation.who else None),
        amends=operation.amends,
        starts=starts,
        ends=ends,
        destinations=operation.destinations,
        stated=stated,
        entities=entities,
        items=_items(page) if operation.goods else operation.items,
        quote=operation.quote.strip(),
    )


def _in_annex(operation: Operation) -> bool:
    """Whether an operation names nobody itself, but says that they stand in an annex."""
    return (
        not (operation.entities or operation.items)
        and WORDS.in_annex.search(operation.quote) is not None
    )


def _stated(who: str) -> tuple[Stated | None, str | None]:
    match = WORDS.counted.search(who)
    count = number(match["count"]) if match else None
    if not match or not count or re.match(r"\s*(?:other|more)", who[match.end("count") :]):
        return None, None
    return Stated(entities=count), places.nation(match["of"])


def _from_prose(who: str, country: str | None) -> Iterator[Entity]:
    for entity in entities_named(who):
        yield Entity(entity.names, entity.kind, country=country, quote=entity.quote)


def _items(page: Sections) -> tuple[Item, ...]:
    return tuple(
        items.items(
            [
                *(part for line in page.body for part in INLINE.split(line)),
                *(line for block in page.annex for line in _printed(block)),
            ]
        )
    )


# where an entry begins in the midst of a line
INLINE = re.compile(r"(?<=[:;])\s(?=\(?\d{1,2}[.)]\s)")


def _printed(block: Block) -> list[str]:
    """The lines of a block; a table's row as one."""
    return [items.row(row) for row in block.rows] if block.rows else block.text.split("\n")


def _whole(page: Sections) -> Whole:
    sentences = [*_sentences(page), page.title]
    lasts = LICENSES if WORDS.licence.search(page.title) else TABLES.expires
    return Whole(
        _begins(page, sentences), tuple(each for each in sentences[:-1] if lasts.search(each))
    )


# what a licence says of itself
LICENSES = re.compile(rf"{TABLES.expires.pattern}|\bauthori[sz]ed (?:through|until)\b")


def _begins(page: Sections, sentences: Sequence[str]) -> Start | None:
    """When the act says that it takes effect."""
    effect_sentences = (sentence for sentence in sentences if TABLES.effect.search(sentence))
    starts = (
        _start(sentence, page, sentence.strip())
        or _in_figures(sentence)
        or dates.since_out(sentence, page.out)
        for sentence in effect_sentences
    )
    return next((start for start in starts if start), None)


def _in_figures(sentence: str) -> Start | None:
    """A start whose day is printed in figures: `with effect from 05.05.2028`."""
    on = dates.in_figures(WORDS.figures.search(sentence))
    return Start(on, "explicit", sentence.strip()) if on else None


def _time(operation: Operation, page: Sections, whole: Whole) -> tuple[Start | None, End | None]:
    """When it bites and until when: as its own words say, else as the act says of itself."""
    quote = operation.quote.strip()
    own = _start(operation.zone, page, quote) or (
        _start(quote, page, quote) if not operation.who or WORDS.from_word.search(quote) else None
    )
    starts = own or whole.begins or _on_day(quote, page.published)
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
    if ends and ends.basis == "computed" and of_whole and of_whole.basis == "explicit":
        return starts, of_whole  # `for one year`, and the very days
    return starts, ends or of_whole


def _on_day(quote: str, published: str | None) -> Start | None:
    """The day with which a sentence opens that tells what was done on it: `On 6 June 2030 the
    following entries were added`.
    """
    if published and WORDS.today.match(quote):
        return Start(published, "immediate", quote)
    opening = WORDS.on_day.match(quote)
    on = dates.first_day(opening[0]) if opening else None
    return Start(on, "explicit", quote) if on else None


def _start(words: str, page: Sections, quote: str) -> Start | None:
    """When it begins, as far as its day is printed."""
    start = dates.start(words, page.published, quote, authority=page.authority) if words else None
    return None if start and start.basis == "publication" and page.published_apart else start


def _files(page: Sections, measures: list[Measure]) -> Iterator[Unread]:
    if not any(measure.entities or measure.items for measure in measures):
        yield from (Unread("attachment", "it is a file of its own", title) for title in page.titles)


def _laws(page: Sections) -> tuple[str, ...]:
    basis = [
        line
        for line in page.body
        if re.search(r"\b(?:accordance with|pursuant to|based on)\b", line, re.IGNORECASE)
    ]
    return tuple(dict.fromkeys(name for line in basis[:2] for name in TABLES.law.findall(line)))


def _in_form(sentence: str, context: Context) -> Iterator[Operation]:
    """What a sentence of such a form does; the first that fits."""
    text = sentence.strip()
    for row in FORMS.as_written["rows"]:
        match = ENGLISH.compile(row["words"], "forms").search(text)
        if match is None or issuers.is_of_others(text, match.start(), context.issuer):
            continue
        if "title" in row and not ENGLISH.compile(row["title"]).search(context.title):
            continue
        groups = match.groupdict()
        on = register_of(text, context.title, context.issuer, entities="goods" not in row)
        yield Operation(
            Action(row["does"]),
            on.code if on else None,
            sentence,
            entities=tuple(_bare_names(groups["who"])) if groups.get("who") else (),
            destinations=tuple(places.all_in(groups["place"])) if groups.get("place") else (),
            items=tuple(items.coded(groups["goods"], text)) if groups.get("goods") else (),
        )
        return


def _bare_names(words: str) -> Iterator[Entity]:
    """The names among words that hold nothing else, without `any successor thereof` and the
    countries in brackets.
    """
    bare = FORMS.under.sub("", FORMS.words.sub("", words)).strip(" .")
    yield from listed(f": {bare}")
