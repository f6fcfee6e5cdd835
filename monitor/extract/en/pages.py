"""English pages → facts: an act that they print or a reply that is one, else what the press
reports of our acts and registers.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from monitor.document import Document
from monitor.extract import account, referee, subject, terms, why
from monitor.extract.en import acts, issuers, leftovers, net, no_act, periods, sections, words
from monitor.extract.en import operations as grammar
from monitor.extract.en.names import list_subjects, read_prose_entities
from monitor.extract.en.operations import Operation
from monitor.extract.en.references import LONGEST, OURS, SENTENCE_END, find_references
from monitor.extract.en.sections import Context
from monitor.extract.en.verbs import Voice, list_predicates
from monitor.extract.en.words import ENGLISH
from monitor.extract.us import documents
from monitor.extract.words import make_phrase
from monitor.model import (
    Action,
    Announcement,
    Entity,
    Fact,
    Measure,
    Mentions,
    Report,
    Unread,
)
from monitor.vocabulary import PerVocabulary, country_of, current
from monitor.vocabulary.registers import COUNTERED, ENTITY_LIST, UNRELIABLE

WORDS = ENGLISH.table("pages")

REPLY_HEAD = 4  # lines in which a page says who answers
CHANGES = frozenset({Action.SUSPEND, Action.RESUME, Action.REMOVE, Action.REPEAL, Action.AMEND})


def read_reply(document: Document, *, url: str, authority: str | None) -> Announcement | None:
    """The act that a reply is; nothing where the page is none, or its answers change no act by
    themselves.
    """
    issuer = _find_speaker(document)
    if not issuer or (authority and authority != issuer):
        return None
    published = net.day(document)
    page = sections.read_plain_act(document, issuer, published)
    key = subject.make_key(issuer, published, document.text)
    answers = list(_list_answers(page.body))
    operations = [
        operation for sentence in answers for operation in _read_decided(sentence, page, key)
    ]
    if not operations:
        why.explain_page("a reply that repeats an act, or announces none", document.title)
        return None
    measures, unread = _read_answers(answers, operations, page)
    return Announcement(
        key=key,
        authority=issuer,
        title=_find_speech_title(document),
        url=url,
        published=published,
        language="en",
        measures=tuple(measures),
        understood="none" if not measures else "part" if unread else "full",
        not_read=tuple(unread),
    )


def _read_answers(
    answers: Sequence[str], operations: list[Operation], page: sections.Sections
) -> tuple[list[Measure], list[Unread]]:
    """The measures of a reply, and what of it was not read: of an act to come, all of it."""
    if any(WORDS.to_come.search(sentence) for sentence in answers):
        quotes = (answer.strip() for answer in answers if WORDS.decides.search(answer))
        return [], [subject.make_unread(quote) for quote in quotes]
    return account.close_act(
        acts.make_measures(operations, page), partial(_close_answers, answers, page)
    )


def _close_answers(
    answers: Sequence[str], page: sections.Sections, measures: Sequence[Measure]
) -> account.Closed:
    said = [account.Said(sentence, sentence.strip()) for sentence in answers]
    measures = terms.give_terms(measures, terms.read_terms(said, ENGLISH))
    decided = (sentence for sentence in answers if WORDS.decides.search(sentence))
    return measures, leftovers.list_leftovers(decided, measures, page)


def _find_speaker(document: Document) -> str:
    """Find the authority that has its spokesperson answer in one of the first lines."""
    lines = [line for block in document.blocks[:REPLY_HEAD] if (line := block.text.strip())]
    for line in (document.title.strip(), *lines):
        known = issuers.find_first_issuer(line)
        if (
            known
            and known.start < len("The Chinese ")
            and WORDS.speaks.search(line)
            and country_of(known.authority) == "cn"
        ):
            return known.authority
    return ""


def _find_speech_title(document: Document) -> str:
    lines = [
        document.title.strip(),
        *(block.text.strip() for block in document.blocks[:REPLY_HEAD]),
    ]
    return next((line for line in lines if WORDS.speaks.search(line)), lines[0])


def _list_answers(body: tuple[str, ...]) -> Iterator[str]:
    for line in body:
        if not WORDS.question.match(line):
            yield from (
                sentence[:LONGEST]
                for sentence in SENTENCE_END.split(line)
                if sentence and sentence.strip()
            )


def _read_decided(sentence: str, page: sections.Sections, key: str) -> Iterator[Operation]:
    """Read what a sentence of an answer decides on acts that it names; nothing without a day."""
    if not WORDS.decides.search(sentence) or not any(
        predicate.voice in (Voice.INFINITIVE, Voice.GERUND)
        for predicate in list_predicates(sentence)
    ):
        return
    context = Context(page.authority, page.title, key, page.published)
    operations = [
        operation
        for operation in grammar.read_operations(sentence, context)
        if operation.action in CHANGES and operation.amends
    ]
    if operations and periods.has_period(sentence, page):
        yield from operations


CHINESE = PerVocabulary(
    lambda _: [
        (re.compile(called, re.IGNORECASE), code) for called, code in words.REGISTERS.items()
    ]
)
FOREIGN = PerVocabulary(
    lambda _: [(re.compile(called), code) for called, code in words.FOREIGN.items()]
)
LONGEST_WHO = 600  # characters
FIRST = 5  # lines in which a page calls itself a digest, or counts what it found
LONGEST_LINE = 300  # characters of such a line that are looked at
LONGEST_HEAD = 3_000  # in which a draft says that it is one


def facts(
    document: Document, *, url: str = "", authority: str | None = None, publisher: str = ""
) -> list[Fact]:
    """Read what an English page announces; if nothing, what it reports on our registers
    and acts.
    """
    document = sections.set_title(document)
    if _has_only_titles(document, authority):
        why.explain_page("a list of titles", document.title)
        return []
    act = None
    if not _is_no_act(document, authority):
        act = _read_act(document, url=url, authority=authority, publisher=publisher)
    found = [act] if act else report(document, url=url, publisher=publisher, authority=authority)
    return referee.judge_facts(found, f"{document.title}\n{document.text}")


def _is_no_act(document: Document, authority: str | None) -> bool:
    """Return whether the form of a page, or its words, say that it decides nothing itself."""
    head = f"{document.title}\n{document.text}"[:LONGEST_HEAD]
    if WORDS.drafts.search(head):
        return True
    if authority is None and (
        WORDS.comments.search(document.text) or _is_digest(document) or _is_retold(document)
    ):
        return True
    form = no_act.find_form(document)
    if form and not _find_speaker(document):
        why.explain_page(form, document.title)
        return True
    return False


def _read_act(
    document: Document, *, url: str, authority: str | None, publisher: str
) -> Announcement | None:
    """Read the act of a page; none if it does nothing to anybody under a title of no act."""
    act = acts.read_act(document, url=url, authority=authority)
    if act is None and not publisher:
        act = read_reply(document, url=url, authority=authority) or net.read_act_by_shape(
            document, url=url, authority=authority
        )
    titled = no_act.find_titled_form(document.title.strip())
    if act and titled and all(map(account.is_bare, act.measures)):
        why.explain_page(titled, document.title)
        return None
    return act


def _list_first_lines(document: Document) -> list[str]:
    lines = [document.title.strip(), *document.lines[:FIRST]]
    return [line[:LONGEST_LINE] for line in lines]


def _is_digest(document: Document) -> bool:
    """Return whether a page calls itself a digest of news, and says that it comes out regularly:
    what it lists are the acts of others.
    """
    calls = any(map(WORDS.digest.fullmatch, _list_first_lines(document)))
    return calls and WORDS.again.search(document.text) is not None


def _is_retold(document: Document) -> bool:
    """Return whether a page tells who published the act of its title, and does not say it itself."""
    own = [found.key for found in find_references(document.title, None, of="cn-mofcom")[:1]]
    retold = (
        found.key
        for match in WORDS.retold.finditer(document.text)
        for found in find_references(match[0], None, of="cn-mofcom")
    )
    return any(key in own for key in retold) and not WORDS.own_words.search(document.text)


def _has_only_titles(document: Document, authority: str | None) -> bool:
    """Return whether a page only names acts, as an index, a column of links or a search does."""
    if WORDS.search.search(document.title) or WORDS.counted_titles.search(document.text):
        return True
    if any(map(WORDS.counted_head.fullmatch, _list_first_lines(document))):
        return True
    cited = {
        found[0].key
        for line in document.lines
        if (found := find_references(line, document.published, of=authority or "cn-mofcom"))
    }
    return len(cited) > 1 and not any(
        line.endswith((".", ";", ":", "?")) for line in document.lines
    )


def report(
    document: Document,
    *,
    url: str = "",
    publisher: str = "",
    authority: str | None = None,
) -> list[Fact]:
    """Read what an English article, or a page of an `authority`, says of our registers; nothing if
    it names none.
    """
    text = f"{document.title}.\n{document.text}"
    registers = dict.fromkeys(_list_registers(text))
    if not registers:
        why.explain_page("it speaks of no register of ours", document.title)
        return []
    cited = find_references(text, document.published, of=authority or "")
    named = {str(entity.names): entity for entity in _list_press_entities(text)}
    mentions = Mentions(
        keys=tuple(dict.fromkeys(reference.key for reference in cited)),
        registers=tuple(registers),
        entities=tuple(named.values()),
    )
    return [
        Report(
            kind="restatement" if authority else "press",
            title=document.title,
            url=url,
            publisher=publisher,
            published=document.published,
            mentions=mentions,
        )
    ]


def _list_registers(text: str) -> Iterator[str]:
    for sentence in (part[:LONGEST] for part in SENTENCE_END.split(text) if part):
        named = [
            (match.start(), match.end(), register)
            for phrase, register in FOREIGN()
            if (match := phrase.search(sentence))
        ]
        yield from (
            _choose_register(register, sentence)
            for start, end, register in named
            # `End-User List` within `Restricted End-User List` is no list
            if not any(a <= start and end <= b and end - start < b - a for a, b, _ in named)
        )
        if is_of_sanctions(sentence):
            yield COUNTERED.code
    if _find_denied(text):
        yield documents.DENIED
    if OURS.search(text):
        yield from (register for phrase, register in CHINESE() if phrase.search(text))


def _find_denied(text: str) -> Entity | None:
    """Find the name in a post with the title of an order that denies export privileges."""
    denied = (
        documents.read_denied_entity(line[:LONGEST].strip(" #"))
        for line in text.splitlines()[:HEAD]
    )
    return next((entity for entity in denied if entity), None)


HEAD = 20  # lines of a post in which its title stands


def _choose_register(register: str, sentence: str) -> str:
    """Choose among registers of one name by the issuer in the sentence: the Entity List of DHS is
    not BIS's.
    """
    known = current().registers
    if not known[register].name.lower().endswith(SHARED):
        return register
    alike = [
        candidate
        for candidate in known.values()
        if candidate.name.lower().endswith(SHARED) and candidate.country != "cn"
    ]
    owned = [
        candidate.code for candidate in alike if candidate.issuer in issuers.list_issuers(sentence)
    ]
    return register if register in owned or not owned else owned[0]


SHARED = ENTITY_LIST.name.removeprefix("US ").lower()


def _list_press_entities(text: str) -> Iterator[Entity]:
    """Yield those whom a sentence on a register names as listed, and those in a next one with `They
    include`.
    """
    if denied := _find_denied(text):
        yield denied
    listing = False
    for sentence in (
        raw.strip()[:LONGEST] for raw in SENTENCE_END.split(text) if raw and raw.strip()
    ):
        on_register = any(phrase.search(sentence) for phrase, _ in (*CHINESE(), *FOREIGN()))
        yield from list_sanctioned(sentence)
        they = WORDS.they.match(sentence) if listing or on_register else None
        if they:
            yield from read_prose_entities(they["who"])
        elif on_register:
            yield from (
                entity for who in _list_name_words(sentence) for entity in read_prose_entities(who)
            )
        listing = bool(on_register or they)


def _list_name_words(sentence: str) -> list[str]:
    """The words that hold the names: before `were added`, else after `added`."""
    before = [who for who, _ in list_subjects(WORDS.passive, sentence, LONGEST_WHO, "\n")]
    return before or [match["who"] for match in WORDS.listed.finditer(sentence)]


# Those under China's sanctions, if the press names no list. They count as under countermeasures.
#
# The verb decides, and who its subject is; what China condemns, threatens or demands is no sanction
# of China's.


def _make_china_pattern() -> str:
    """Make a pattern for China as the sanctioning side, in the words of the press and by its
    authorities' names.
    """
    whose = r"(?:China['’]s|the|Chinese|The|its)\s(?:Chinese\s)?"
    ministry = rf"{whose}(?:foreign|commerce|Foreign|Commerce)\s(?:affairs\s)?[Mm]inistry"
    return rf"(?:{ministry}|China|Beijing|{words.make_called_pattern(UNRELIABLE.issuer, COUNTERED.issuer)})"


BETWEEN = (
    r"(?:\s(?:on|has|have|had|also|says?|said|announced|that|it|was|is|will|would|late|early|\w{3,6}day|[A-Z][a-z]{2}\.?|"
    r"\d{1,2}|today|"
    r"formally|in response|immediately)){0,8}?"
)
MEASURES = (
    r"(?:(?:\w+\s){0,3}?(?:sanctions|counter-?measures|asset freezes?|entry bans?|visa bans?))"
)
ON = r"(?:on|against|targeting|upon)"
SANCTIONS = make_phrase(
    lambda: (
        rf"\b{_make_china_pattern()}{BETWEEN}\s(?:"
        rf"(?:impos\w+|announc\w+|slap\w*|levi\w+|levy|took|takes?|taken|taking|adopt\w*|unveil\w*|plac\w+|"
        rf"put)\s{MEASURES}\s{ON}\s|"
        r"(?:sanctions|sanctioned|sanction|sanctioning)\s(?!on\b|against\b|imposed\b|regime\b|law\b)"
        r")(?P<who>[^;:\n]{2,400})"
    )
)
SANCTIONED = make_phrase(
    lambda: (
        rf"\s(?:was|were|has been|have been|are|is)\s(?:\w+\s)?sanctioned\sby\s{_make_china_pattern()}"
    )
)
LONGEST_NAMES = 400  # characters of those before a passive verb


def list_sanctioned(sentence: str) -> Iterator[Entity]:
    """Yield those whom China sanctions by a sentence."""
    for match in SANCTIONS.finditer(sentence):
        end = WORDS.until.search(match["who"])
        yield from read_prose_entities(match["who"][: end.start()] if end else match["who"])
    for who, _ in list_subjects(SANCTIONED, sentence, LONGEST_NAMES):
        yield from read_prose_entities(who)


def is_of_sanctions(sentence: str) -> bool:
    """Return whether a sentence says that China sanctions somebody, by name or not."""
    return bool(SANCTIONS.search(sentence) or SANCTIONED.search(sentence))
