"""Documents of the Federal Register, and orders that deny export privileges → announcements with
their measures.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from html import unescape
from itertools import pairwise
from typing import Any

from monitor.document import Block, BlockKind, Document
from monitor.extract import account, gate, referee, subject, terms, why
from monitor.extract.en import acts, dates, numerals, sections
from monitor.extract.en.words import ENGLISH, GATE, SUBJECTS
from monitor.extract.us import rules
from monitor.extract.us.rules import Operation
from monitor.extract.words import Names
from monitor.model import (
    Action,
    Announcement,
    End,
    Entity,
    Fact,
    Item,
    Measure,
    Start,
    Stated,
    Target,
    Unread,
)
from monitor.vocabulary.registers import DENIED_PERSONS

WORDS = ENGLISH.table("us_documents")

DENIED = DENIED_PERSONS.code


# What follows a name in a title: an address, a prison, the end.
def measure_of_denial(title: str, text: str, published: str | None = None) -> Measure | None:
    """Read what an order does to a denial; None if it is no order, or its title names nobody.

    `published` is its own day.
    """
    if WORDS.no_order.search(title) or not WORDS.denies.search(f"{title}. {text}"):
        return None
    person = read_denied_entity(title) or _read_denied_below(title, text)
    if person is None:
        return None
    action = next(
        (Action(done) for done, words in WORDS.table_of("actions").items() if words.search(title)),
        Action.ADD,
    )
    starts, ends = _read_term(text, published) if action is not Action.REMOVE else (None, None)
    return Measure(action, DENIED, starts=starts, ends=ends, entities=(person,), quote=title)


def _read_term(text: str, published: str | None) -> tuple[Start | None, End | None]:
    """Read from when until when an order counts: from the first sentence on its length that states
    a start.
    """
    for term in (
        sentence[0] for sentence in WORDS.sentence.finditer(text) if WORDS.lasts.search(sentence[0])
    ):
        signed = WORDS.signed.search(text)
        ordered = dates.day(signed["day"]) if signed else published
        starts = dates.start(term, ordered, term.strip(), authority=DENIED) or _start_on_order(
            term, published
        )
        if starts:
            return starts, dates.end(term, starts.on, term.strip())
    return None, None


def _start_on_order(term: str, published: str | None) -> Start | None:
    on = published if published and WORDS.from_order.search(term) else None
    return Start(on, "publication", term.strip()) if on else None


def read_denied_entity(title: str) -> Entity | None:
    """Read the first name in the title of an order on export privileges."""
    match = _find_named(title) if WORDS.privileges.search(title) else None
    return match and Entity(
        {"en": match["name"].strip(" ,")},
        "person" if WORDS.inmate.search(title) else "org",
        quote=match[0],
    )


def _read_denied_below(title: str, text: str) -> Entity | None:
    """Read the name in the line of an address below the title of an order that names nobody."""
    lines = text.splitlines()[:HEAD]
    below = (line for above, line in pairwise(lines) if above == title)
    addressed = (line for line in below if WORDS.addressee.fullmatch(line))
    return next(filter(None, (read_denied_entity(f"{each}; {title}") for each in addressed)), None)


HEAD = 20  # lines in which the title of an order stands


def has_more_names(title: str) -> bool:
    """Return whether the title of an order names others beside the one in `read_order`."""
    named = _find_named(title)
    if named is None:
        return False
    return bool(WORDS.several.search(title)) or any(
        not WORDS.no_name.match(name) for name in title[named.end() :].split(";")[1:]
    )


def _find_named(title: str) -> re.Match[str] | None:
    return next(
        (
            match
            for pattern in WORDS.table_of("titles").values()
            if (match := pattern.search(title))
        ),
        None,
    )


AGENCIES = Names(
    lambda known: {
        authority.agency: authority.code
        for authority in known.authorities.values()
        if authority.agency
    }
)
SPEAKERS = Names(
    lambda known: {
        phrase: authority.code
        for authority in known.authorities.values()
        if authority.agency
        for phrase in (*authority.phrases, *authority.signs)
    }
)
NUMBER = re.compile(r"(?:[A-Z]\d-)?[A-Z]?\d{1,4}-\d{2,6}")  # a correction is `C1-2030-00001`
IN_ADDRESS = re.compile(r"\b(\d{4}-\d{5})\b")
CHANGES_NOTHING = re.compile(rules.WITHOUT_LAW, re.IGNORECASE)
NAMES = {Action.ADD, Action.REMOVE}  # of a list: somebody is named


def federal_register(loaded: object) -> list[Fact]:
    """The rules and notices in the JSON of the Federal Register: a document, a listing, or an
    object of documents by number.
    """
    return referee.judge_facts(
        [fact for document in list_documents(loaded) for fact in read_rule(document)], ""
    )


def list_documents(loaded: object) -> Iterator[Mapping[str, Any]]:
    """Yield the documents in an answer of the API, or in a file of its answers."""
    if isinstance(loaded, Mapping) and "document_number" in loaded:
        yield loaded
    elif isinstance(loaded, Mapping):
        results = loaded.get("results")
        yield from _list_all(results if isinstance(results, list) else loaded.values())
    elif isinstance(loaded, list):
        yield from _list_all(loaded)


def _list_all(documents: Iterable[object]) -> Iterator[Mapping[str, Any]]:
    yield from (
        document
        for document in documents
        if isinstance(document, Mapping) and "document_number" in document
    )


def read_rule(document: Mapping[str, Any]) -> list[Fact]:
    """Read one rule or notice; nothing for a proposal, another agency or subject, or a paper
    without change.

    A document of an unknown type is reported as not understood: it may be law, or not.
    """
    field = partial(_read_field, document)
    number, title, abstract = map(field, ("document_number", "title", "abstract"))
    authority = _find_authority(document, f"{abstract} {title}")
    if not authority or not number:
        why.explain_page("no agency of ours, or no number", title)
        return []
    if reason := _explain_no_act(document, authority, title, abstract):
        why.explain_page(reason, title)
        return []
    if _read_kind(document) in KINDS:
        measures, left = _understand_rule(document, authority, title, abstract)
    else:
        measures, left = (), tuple(_list_unread(document, [], (), abstract, title))
    unread = (*_list_strange_fields(document, number, title), *left)
    return [
        Announcement(
            key=f"fr-{number}",
            number=number,
            authority=authority,
            title=title,
            url=field("html_url"),
            published=field("publication_date") or None,
            language="en",
            measures=measures,
            terms=() if measures else tuple(found.term for found in _read_terms(abstract)),
            understood="none" if not measures else "part" if unread else "full",
            not_read=unread,
        )
    ]


def _understand_rule(
    document: Mapping[str, Any], authority: str, title: str, abstract: str
) -> tuple[tuple[Measure, ...], tuple[Unread, ...]]:
    """Read what a document does, with names that only its abstract's prose has; and list what is
    left.
    """
    operations = _read_operations(abstract, title)
    found = _list_measures(operations, document, abstract or title, authority)
    measures = tuple(terms.give_terms(list(found), _read_terms(abstract)))
    why.explain_measures(measures)
    if not measures and abstract:
        return _read_in_prose(document, authority, title, abstract)
    told: list[Unread] = []
    if abstract and any(map(_is_nameless, measures)):
        prose, left = _read_prose(document, authority, title, abstract)
        past = prose
        if any(each.action is Action.SUSPEND for each in prose):  # whom an earlier rule added
            past, _ = _read_prose(document, authority, title, abstract, past=True)
        measures, told = _add_names(measures, prose, left, past)
    return measures, (*_list_unread(document, operations, measures, abstract, title), *told)


def _read_terms(abstract: str) -> list[terms.Found]:
    said = [account.Said(sentence, sentence) for sentence in rules.split_sentences(abstract)]
    return terms.read_terms(said, ENGLISH)


def _read_in_prose(
    document: Mapping[str, Any], authority: str, title: str, abstract: str
) -> tuple[tuple[Measure, ...], tuple[Unread, ...]]:
    """Read what a document that changes no list of rules does to those whom it names."""
    measures, unread = _read_prose(document, authority, title, abstract)
    if not all(measure.entities for measure in measures):
        measures = []  # a paper that speaks of lists
    if not measures and (amends := _list_corrected(document)):
        sentences = rules.split_sentences(abstract)[::-1]
        quote = next(filter(WORDS.corrects.search, sentences), abstract)
        on, starts = rules.find_register(title), _read_start(document)
        left = Unread("sentence", "what it corrects stands in the document", quote)
        return (Measure(Action.AMEND, on, amends=amends, starts=starts, quote=quote),), (left,)
    return tuple(measures), (
        tuple(unread) if measures else tuple(_list_unread(document, [], (), abstract, title))
    )


def _read_prose(
    document: Mapping[str, Any], authority: str, title: str, abstract: str, *, past: bool = False
) -> tuple[list[Measure], list[Unread]]:
    """Read what a document does by the sentences of its abstract and its dates."""
    lines = (abstract, *(line for line in (_read_field(document, "dates"),) if line))
    page = Document(
        title=title,
        blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in (title, *lines)),
    )
    act = sections.read_plain_act(
        page, authority, _read_field(document, "publication_date") or None
    )
    return acts.understand_act(act, with_past=past)


def _is_nameless(measure: Measure) -> bool:
    """Return whether a measure changes a list of names without a name, or counts its entries."""
    stayed = measure.action is Action.SUSPEND and measure.register is not None
    listed = measure.action in NAMES or measure.stated is not None or stayed
    return listed and measure.register not in rules.GOODS and not measure.entities


def _add_names(
    measures: tuple[Measure, ...], prose: list[Measure], unread: list[Unread], past: list[Measure]
) -> tuple[tuple[Measure, ...], list[Unread]]:
    """Add to measures the names in the abstract, and its changes of entries; list what it leaves
    unread.
    """
    named = {(each.action, each.register): each.entities for each in prose}
    named |= _name_stayed(measures, past)
    whole = tuple(
        measure.replace(entities=entities)
        if _is_nameless(measure)
        and (entities := named.get((measure.action, measure.register), ()))
        and (measure.stated is None or measure.stated.entities in (None, len(entities)))
        else measure
        for measure in measures
    )
    known = {each.action for each in measures}
    revised = tuple(
        each
        for each in prose
        if each.entities and each.action is Action.AMEND and each.action not in known
    )
    return (*whole, *revised), unread if whole != measures or revised else []


def _name_stayed(
    measures: tuple[Measure, ...], prose: list[Measure]
) -> dict[tuple[Action, str | None], tuple[Entity, ...]]:
    """Whose entries are stayed: `the two entries` are those of an addition that the abstract tells
    as done before.
    """
    adds = any(each.action is Action.ADD for each in measures)
    told = {} if adds else {each.register: each.entities for each in prose if _is_added(each)}
    stays = (each for each in prose if each.action is Action.SUSPEND)
    return {
        (Action.SUSPEND, stay.register): entities if _counts_entries(stay, len(entities)) else ()
        for stay in stays
        for entities in (told.get(stay.register, ()),)
    }


def _is_added(measure: Measure) -> bool:
    return measure.action is Action.ADD and bool(measure.entities)


def _counts_entries(stay: Measure, named: int) -> bool:
    """Return whether a stay is of `the` entries just told, as many as are named."""
    counted = stay.stated.entities if stay.stated else None
    return counted == named and WORDS.the_entries.search(stay.quote) is not None


def _read_field(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    return (
        " ".join(LETTER.sub(lambda letter: unescape(f"&{letter[1]};"), value).split())
        if isinstance(value, str)
        else ""
    )


LETTER = re.compile(r"\[(\w{3,8})\](?=\w)")  # the API writes `T[uuml]rkiye`


def _find_authority(document: Mapping[str, Any], text: str) -> str | None:
    agencies = document.get("agencies")
    if isinstance(agencies, list) and agencies:
        slugs = [str(agency.get("slug")) for agency in agencies if isinstance(agency, Mapping)]
        return next((AGENCIES[slug] for slug in slugs if slug in AGENCIES), None)
    named = (
        (match.start(), code)
        for speaker, code in SPEAKERS.items()
        if (match := re.search(speaker, text))
    )
    _, first = min(named, default=(0, "us-bis" if rules.find_register(text) else None))
    return first


def _explain_no_act(document: Mapping[str, Any], authority: str, title: str, abstract: str) -> str:
    """Explain why a document of our agencies changes nothing; "" if it is an act, rule
    or notice.
    """
    kind = _read_kind(document)
    if kind in NO_ACTS:
        return f"its type: {kind}"
    sentences = rules.split_sentences(abstract)
    if CHANGES_NOTHING.search(title) or _is_on_comments(sentences):
        return "a paper that changes nothing"
    if kind != "notice" and subject.is_near(authority):
        return ""
    its_subject = subject.find_act_subject(title, sentences, SUBJECTS)
    return "" if its_subject.ours else f"its subject: {its_subject.why}"


def _is_on_comments(sentences: Iterable[str]) -> bool:
    """Return whether sentences only give more time for comments on a rule of before."""
    now = " ".join(each for each in sentences if not rules.WORDS.history.match(each))
    beside = WORDS.on_comments.sub("", now)
    decides = SUBJECTS.binding.search(beside) or rules.VERB.search(beside)
    return beside != now and not decides


def _read_kind(document: Mapping[str, Any]) -> str:
    return _read_field(document, "type").lower()


def _list_strange_fields(document: Mapping[str, Any], number: str, title: str) -> Iterator[Unread]:
    """Yield the fields of a document that have an unknown form."""
    if (kind := _read_kind(document)) not in KINDS:
        yield Unread("type", f"it is no type that we know: {kind}", title)
    if not NUMBER.fullmatch(number):
        yield Unread("number", f"it has a form that we do not know: {number}", title)


def _read_operations(abstract: str, title: str) -> list[Operation]:
    return (
        rules.read_rule_operations(abstract, title)
        if abstract
        else rules.read_title_operations(title)
    )


KINDS = {"", "rule", "notice", "presidential document"}
NO_ACTS = {"proposed rule", "sunshine act document", "sunshine act"}


def _list_measures(
    operations: list[Operation], document: Mapping[str, Any], text: str, authority: str
) -> Iterator[Measure]:
    starts = _read_start(document)
    amends = _list_corrected(document)
    for operation in operations:
        if operation.register != rules.NOT_FOLLOWED:
            yield _make_measure(operation, starts, amends)
    said = (
        dates.end(_read_field(document, "dates"), starts.on, _read_field(document, "dates"))
        if starts
        else None
    )
    for suspended in _list_suspensions(text, starts, authority):
        yield suspended.replace(ends=said) if said and said.basis == "explicit" else suspended
    if denial := measure_of_denial(_read_field(document, "title"), text):
        yield denial


def _list_corrected(document: Mapping[str, Any]) -> tuple[Target, ...]:
    corrected = IN_ADDRESS.search(_read_field(document, "correction_of"))
    return (Target(f"fr-{corrected[1]}"),) if corrected else ()


def _make_measure(
    operation: Operation, starts: Start | None, amends: tuple[Target, ...]
) -> Measure:
    counted = operation.entities is not None or operation.entries is not None or operation.shares
    goods = operation.register in rules.GOODS
    return Measure(
        operation.action,
        operation.register,
        amends=amends,
        starts=starts,
        destinations=operation.destinations,
        stated=(
            Stated(
                entities=operation.entities,
                entries=operation.entries,
                by_destination=operation.shares,
            )
            if counted
            else None
        ),
        items=(
            tuple(
                Item({"en": code}, (code,), quote=operation.quote)
                for code in dict.fromkeys(rules.ECCN.findall(operation.quote))
            )
            if goods
            else ()
        ),
        quote=operation.quote,
    )


def _read_start(document: Mapping[str, Any]) -> Start | None:
    """The day the register itself names as effective."""
    on = _read_field(document, "effective_on")
    return (
        Start(on, "explicit", _read_field(document, "dates"))
        if re.fullmatch(r"\d{4}-\d\d-\d\d", on)
        else None
    )


def _list_suspensions(text: str, starts: Start | None, authority: str) -> Iterator[Measure]:
    for sentence in rules.split_sentences(text):
        done = WORDS.suspends.search(sentence)
        told = done and not re.search(r"\bwould\b|\bpropos", sentence)
        if done and told and not gate.find_bar(sentence, done.start(), GATE):
            ends = dates.end(sentence, starts.on if starts else None)
            begun = WORDS.begins.search(sentence)
            begins = starts or (
                dates.start(begun[0], None, sentence, authority=authority) if begun else None
            )
            on = rules.find_register(text) if WORDS.stays_entries.search(sentence) else None
            yield Measure(Action.SUSPEND, on, starts=begins, ends=ends, quote=sentence)
            return


def _list_unread(
    document: Mapping[str, Any],
    operations: list[Operation],
    measures: tuple[Measure, ...],
    abstract: str,
    title: str,
) -> Iterator[Unread]:
    if not abstract:
        reason = (
            "it is printed without an abstract"
            if "abstract" in document
            else "only the title is published yet"
        )
        yield Unread("abstract", reason, title)
    if not measures:
        yield subject.make_unread(abstract or title)
    if long := next(
        (sentence for sentence in rules.split_sentences(abstract) if len(sentence) > rules.LONGEST),
        "",
    ):
        yield Unread(
            "sentence",
            "it is longer than what is read of a sentence",
            long[: rules.LONGEST],
        )
    for measure in measures:
        yield from numerals.list_count_gaps(measure.stated, (), measure.quote)
        if measure.register == DENIED and has_more_names(title):
            yield Unread("names", "the order names more than one", title)
        if _is_nameless(measure):
            yield Unread("names", "the abstract names nobody; the rule does", measure.quote)
    for operation in operations:
        if operation.register == rules.NOT_FOLLOWED:
            yield Unread("list", "it is a list we do not follow", operation.quote)
