"""Words → meaning: which language a page is in, and what its grammar makes of it."""

import re
from dataclasses import replace

from monitor.document import Document
from monitor.extract import en, other_languages, us, verb_final, zh
from monitor.model import Announcement, Fact
from monitor.vocabulary import letters

__all__ = ["en", "may_concern", "own_number", "understand", "us", "zh"]

LATIN = re.compile(r"[A-Za-z]")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
HANGUL = re.compile(r"[\uac00-\ud7af]")
FIGURES = re.compile(r"\d{4,20}|\d[A-E]\d{3}")  # by which a line and its translation are known
SHARE = 10  # one letter in so many tells the script


def may_concern(title: str) -> bool:
    """Whether a page of this title has to be read to know what it announces, whatever its
    language.
    """
    if HANGUL.search(title):
        return verb_final.may_concern(title, verb_final.KOREAN)
    if KANA.search(title):
        return verb_final.may_concern(title, verb_final.JAPANESE)
    return zh.may_concern(title) if letters.HAN.search(title) else en.may_concern(title)


def own_number(title: str, authority: str) -> tuple[str, str] | None:
    """The key and the printed number of the act whose title opens with its number; None where it
    opens with none.
    """
    return (
        zh.own_number(title, authority)
        if letters.HAN.search(title)
        else en.own_number(title, authority)
    )


def _without_translation(document: Document) -> Document:
    """An act that prints each line in Chinese and then in English, without what it so says
    again; all others as they are.
    """
    above, blocks = "", []
    for block in document.blocks:
        again = set(FIGURES.findall(block.text)) if not letters.HAN.search(block.text) else None
        if (
            block.rows
            or not again
            or not letters.HAN.search(above)
            or again != set(FIGURES.findall(above))
        ):
            above = block.text
            blocks.append(block)
    return (
        replace(document, blocks=tuple(blocks)) if letters.HAN.search(document.title) else document
    )


def understand(document: Document, *, url: str = "", authority: str | None = None) -> list[Fact]:
    """What a page announces or reports, whatever its language; nothing where it does neither."""
    document = _without_translation(document)
    text = f"{document.title}\n{document.text}"
    han, latin = len(letters.HAN.findall(text)), len(LATIN.findall(text))
    if len(HANGUL.findall(text)) * 4 > latin + han:
        return verb_final.facts(document, verb_final.KOREAN, url=url, authority=authority)
    kana = len(KANA.findall(text))
    if kana * SHARE > han and (han + kana) * 4 > latin:
        return verb_final.facts(document, verb_final.JAPANESE, url=url, authority=authority)
    if han * 4 > latin:
        return zh.facts(document, url=url, authority=authority)
    found = en.facts(document, url=url, authority=authority)
    unread = None if any(isinstance(fact, Announcement) for fact in found) else other_languages.act
    act = unread(document, url=url, authority=authority) if unread else None
    return [act] if act else found
