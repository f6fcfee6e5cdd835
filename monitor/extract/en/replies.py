"""What a spokesperson of an authority answers in English: the act itself where it changes named acts from a day that it names.

A reply that tells again what an announcement says, explains or comments is none.
"""

import hashlib
import re
from collections.abc import Iterator

from monitor import vocabulary
from monitor.document import Document
from monitor.extract import why
from monitor.extract.en import acts, issuers, leftovers, sections, shape
from monitor.extract.en import operations as grammar
from monitor.extract.en.objects import Context
from monitor.extract.en.operations import Operation
from monitor.extract.en.references import LONGEST, SENTENCE_END
from monitor.extract.en.verbs import Voice, predicates
from monitor.extract.named import Phrase
from monitor.model import Action, Announcement

REPLY_HEAD = 4  # lines in which a page says who answers
SPEAKS = re.compile(
    r"\b[Ss]pokes(?:person|man|woman)\b(?:['’]s)?[^.]{0,60}?\b(?:answer|remark|comment|respon|repl|statement|Q\s?&\s?A|on\b)",
    re.IGNORECASE,
)
QUESTION = re.compile(r"\s*(?:Q\s*[:.]|Question\b|An? (?:\w+ )?(?:reporter|journalist)\b|[A-Z][\w ]{2,30}:\s.*\?\s*$)")
DECIDES = Phrase(
    lambda: (
        rf"(?:\b(?:China|Ministry|Mechanism|we|side)\b|{issuers.names(issuers.is_chinese)})"
        r"[^.;]{0,60}\b(?:has|have)?\s*(?:decided|decides|determined)\b"
    )
)
CHANGES = frozenset({Action.SUSPEND, Action.RESUME, Action.REMOVE, Action.REPEAL, Action.AMEND})


def act(document: Document, *, url: str, authority: str | None) -> Announcement | None:
    """The act that a reply is; nothing where the page is none, or its answers change no act by themselves."""
    issuer = _speaker(document)
    if not issuer or (authority and authority != issuer):
        return None
    published = shape.day(document)
    page = sections.plain(document, issuer, published)
    key = f"{issuer}-{published or 'undated'}-{hashlib.sha256(document.text.encode()).hexdigest()[:8]}"
    operations = [operation for sentence in _answers(page.body) for operation in _decided(sentence, page, key)]
    if not operations:
        why.page("a reply that repeats an act, or announces none", document.title)
        return None
    measures = acts.measures_of(operations, page)
    unread = leftovers.leftovers((sentence for sentence in _answers(page.body) if DECIDES.search(sentence)), measures, page)
    return Announcement(
        key=key,
        authority=issuer,
        title=_title(document),
        url=url,
        published=published,
        language="en",
        measures=tuple(measures),
        understood="part" if unread else "full",
        not_read=tuple(unread),
    )


def _speaker(document: Document) -> str:
    """Of whose spokesperson one of the first lines says that it answers."""
    lines = [line for block in document.blocks[:REPLY_HEAD] if (line := block.text.strip())]
    for line in (document.title.strip(), *lines):
        known = issuers.first(line)
        if known and known.start < len("The Chinese ") and SPEAKS.search(line) and _country(known.authority) == "cn":
            return known.authority
    return ""


def _country(authority: str) -> str:
    known = vocabulary.current().authorities.get(authority)
    return known.country if known else ""


def _title(document: Document) -> str:
    lines = [document.title.strip(), *(block.text.strip() for block in document.blocks[:REPLY_HEAD])]
    return next((line for line in lines if SPEAKS.search(line)), lines[0])


def _answers(body: tuple[str, ...]) -> Iterator[str]:
    for line in body:
        if not QUESTION.match(line):
            yield from (sentence[:LONGEST] for sentence in SENTENCE_END.split(line) if sentence and sentence.strip())


def _decided(sentence: str, page: sections.Sections, key: str) -> Iterator[Operation]:
    """What a sentence of an answer decides on acts that it names; nothing without a day."""
    if not DECIDES.search(sentence) or not any(
        predicate.voice in (Voice.INFINITIVE, Voice.GERUND) for predicate in predicates(sentence)
    ):
        return
    context = Context(page.authority, page.title, key, page.published)
    operations = [
        operation for operation in grammar.operations(sentence, context) if operation.action in CHANGES and operation.amends
    ]
    if operations and acts.begins(sentence, page):
        yield from operations
