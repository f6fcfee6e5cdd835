"""Acts that no grammar reads (German, French, Dutch, Italian, Spanish, Russian, India's English …):
published, not understood.

A page is one where an issuer of ours heads or signs it, it names itself an act, on our subjects,
and says that something is done.
"""

import re
from collections import Counter

from monitor.document import Document
from monitor.extract import subject, why
from monitor.extract.words import Language
from monitor.model import Announcement
from monitor.vocabulary import current

TABLE = Language("").table("other_languages")
WORDS = {
    language: frozenset(words.split()) for language, words in TABLE.as_written["common"].items()
}
WORD = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
HEAD, TAIL = 10, 5
READ_BY_NOBODY = {"in-dgft"}  # whose English is of its own
LONGEST = 20_000  # characters that are looked at


def language_of(text: str) -> str:
    """The language of a text by its script or its most common words; `en` where none is more
    common.
    """
    if len(CYRILLIC.findall(text[:LONGEST])) * 4 > len(text[:LONGEST]):
        return "ru"
    words = Counter(word.casefold() for word in WORD.findall(text[:LONGEST]))
    counts = {language: sum(words[word] for word in common) for language, common in WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > 2 * counts["en"] else "en"


def act(document: Document, *, url: str, authority: str | None) -> Announcement | None:
    """The act that a page in another language prints, not understood; nothing where it prints
    none of ours.
    """
    text = f"{document.title}\n{document.text}"[:LONGEST]
    language = language_of(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    head = "\n".join(lines[:HEAD])
    issuer = authority or _issuer("\n".join([head, *lines[-TAIL:]]))
    title = document.title.strip()
    if language == "en" and issuer not in READ_BY_NOBODY:
        return None
    if (
        not issuer
        or TABLE.no_act.search("\n".join(lines[:3]))
        or not (TABLE.ours.search(text) and TABLE.deeds.search(text))
    ):
        return None
    if not TABLE.kind.search(head) or not (TABLE.day.search(text) or TABLE.number.search(head)):
        return None
    quote = next(
        (line for line in lines if TABLE.deeds.search(line) and len(line) > len(title)), title
    )
    why.page(subject.NOT_UNDERSTOOD, quote)
    return Announcement(
        key=subject.key_of(issuer, document.published, document.text),
        number=next((match[0] for match in TABLE.number.finditer(head)), None),
        authority=issuer,
        title=title,
        url=url,
        published=document.published,
        language=language,
        understood="none",
        not_read=(subject.unread(quote),),
    )


def _issuer(text: str) -> str:
    known = current().authorities.values()
    found = [
        (match.start(), each.code)
        for each in known
        for called in each.abroad
        if (match := re.search(called, text))
    ]
    return min(found)[1] if found else ""
