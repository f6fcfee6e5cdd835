"""Find the language of a page, and read the page by its grammar.

Some acts have no grammar (German, French, Polish, Ukrainian, India's English …): they are
published, not understood. Such a page is an act if an issuer of ours heads or signs it, and it
calls itself an act. It must be on our subjects and say that something is done. In a language
without a table, a numbered page on an issuer's own channel is one.
"""

import re
from collections.abc import Iterator

from monitor.document import Document
from monitor.extract import en, site, subject, translations, verb_final, why, zh
from monitor.extract.words import Language
from monitor.model import Announcement, Fact
from monitor.vocabulary import country_of, current, letters

LATIN = re.compile(r"[A-Za-z]")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
HANGUL = re.compile(r"[\uac00-\ud7af]")
SHARE = 10  # one letter in so many tells the script
TABLE = Language("").table("other_languages")
HEAD, TAIL, SHORT = 10, 5, 90
READ_BY_NOBODY = {"in-dgft"}  # its English is of its own
LONGEST = 20_000  # characters that are looked at


def may_concern(title: str) -> bool:
    """Return whether a page of this title must be read to know what it announces, in
    any language.
    """
    if HANGUL.search(title):
        return verb_final.may_concern(title, verb_final.KOREAN)
    if KANA.search(title):
        return verb_final.may_concern(title, verb_final.JAPANESE)
    return zh.may_concern(title) if letters.HAN.search(title) else en.may_concern(title)


def own_number(title: str, authority: str) -> tuple[str, str] | None:
    """Return the key and printed number of an act from the beginning of its title; None without
    one.
    """
    return (
        zh.own_number(title, authority)
        if letters.HAN.search(title)
        else en.own_number(title, authority)
    )


def understand(document: Document, *, url: str = "", authority: str | None = None) -> list[Fact]:
    """Read what a page announces or reports, in any language; nothing if it does neither."""
    document = site.drop_menus(translations.drop_translations(document), may_concern)
    document = site.put_annex_last(site.drop_chrome(document))
    text = f"{document.title}\n{document.text}"
    han, latin = len(letters.HAN.findall(text)), len(LATIN.findall(text))
    if len(HANGUL.findall(text)) * 4 > latin + han:
        return verb_final.read_facts(document, verb_final.KOREAN, url=url, authority=authority)
    kana = len(KANA.findall(text))
    if kana * SHARE > han and (han + kana) * 4 > latin:
        return verb_final.read_facts(document, verb_final.JAPANESE, url=url, authority=authority)
    if han * 4 > latin:
        return zh.facts(document, url=url, authority=authority)
    found = en.facts(document, url=url, authority=authority)
    unread = None if any(isinstance(fact, Announcement) for fact in found) else read_unread_act
    told = unread(document, url=url, authority=authority) if unread else None
    return [told] if told else found


def guess_language(text: str) -> str:
    """The language of a text by its most common words; `en` where none is more common, `mis`
    where none of them is common at all and its letters are others.
    """
    counts, total = translations.count_common(text[:LONGEST])
    best = max(counts, key=lambda language: counts[language])
    if counts[best] * 2 * SHARE < total:
        found = list(filter(str.isalpha, text[:LONGEST]))
        foreign = sum(not letter.isascii() for letter in found)
        return "mis" if foreign * 3 * SHARE > len(found) else "en"
    return best if counts[best] > 2 * counts["en"] else "en"


def read_unread_act(document: Document, *, url: str, authority: str | None) -> Announcement | None:
    """The act that a page in another language prints, not understood; nothing where it prints
    none of ours.
    """
    text = f"{document.title}\n{document.text}"[:LONGEST]
    language = guess_language(text)
    stripped = (line.strip() for line in text.splitlines())
    # what is asked is not done
    lines = [line for line in stripped if line and not line.endswith("?")]
    issuer = authority or _find_issuer("\n".join([*lines[:HEAD], *lines[-TAIL:]]))
    title = document.title.strip()
    if not issuer or (language == "en" and issuer not in READ_BY_NOBODY):
        return None
    if not _is_act(lines, language, authority):
        return None
    quote = next(
        (line for line in lines if TABLE.deeds.search(line) and len(line) > len(title)), title
    )
    why.explain_page(subject.NOT_UNDERSTOOD, quote)
    published = document.published or (
        en.day(document) if language == "en" else _find_signed_day(lines[:HEAD] + lines[-TAIL:])
    )
    return Announcement(
        key=subject.make_key(issuer, published, document.text),
        number=_find_own_number(title, lines[:HEAD], issuer),
        authority=issuer,
        title=_find_title(lines[:HEAD]) or title,
        url=url,
        published=published,
        language=language,
        understood="none",
        not_read=(subject.make_unread(quote),),
    )


def _is_act(lines: list[str], language: str, authority: str | None) -> bool:
    """Return whether a page is an act on our subjects; where its words say nothing to us, only an
    issuer's own page with a number is.
    """
    head, text = "\n".join(lines[:HEAD]), "\n".join(lines)
    if language == "mis":
        return bool(authority and TABLE.numbered.search(head))
    return bool(
        not TABLE.no_act.search("\n".join(lines[:3]))
        and TABLE.ours.search(text)
        and TABLE.deeds.search(text)
        and _is_called_act(lines[:HEAD], text)
        and (TABLE.day.search(text) or TABLE.number.search(head))
    )


def _is_called_act(head: list[str], text: str) -> bool:
    """Return whether a page calls itself an act: its title does, or a line of its head that is no
    sentence; or it says so before its articles.
    """
    named = (line for line in head[1:] if not line.endswith("."))
    return bool(
        any(map(TABLE.kind.search, head[:1]))
        or any(map(TABLE.kind.match, named))
        or TABLE.formula.search(text)
    )


def _find_title(head: list[str]) -> str | None:
    """The line of a head that calls itself an act, where the journal's name stands above it; with
    the next, where it is only a kind.
    """
    if not head or not TABLE.journal.match(head[0]):
        return None
    places = (at for at, line in enumerate(head) if at and TABLE.kind.match(line))
    at = next(places, None)
    return " ".join(head[at : at + (1 if " " in head[at] else 2)]) if at else None


def _find_own_number(title: str, lines: list[str], issuer: str) -> str | None:
    """The act's own number: in its title, else it opens a line; one of the Union is its own only
    where the Union issues it.
    """
    union = country_of(issuer) == "eu"
    found = [TABLE.number.search(title), *map(TABLE.number.match, lines)]
    own = (match[0] for match in found if match and (union or match[0][0] != "("))
    return next(own, None)


def _find_signed_day(lines: list[str]) -> str | None:
    """The day of an act; that of the journal which prints it is another, and stands for it only
    where no line has the act's own.
    """
    return _find_last_day([line for line in lines if not TABLE.journal.match(line)]) or (
        _find_last_day(lines)
    )


def _ends_sentence(line: str, above: str) -> bool:
    """Return whether a line that a day opens closes the sentence that the line above begins."""
    is_open = above.rstrip()[-1:] not in ("", ".", ":", ";")
    return is_open and line[:1].isdigit() and line.endswith(".")


def _find_last_day(lines: list[str]) -> str | None:
    """The last of the days in the act's own title, and of those that close a short line of a head
    or an end without saying a deed: an act is signed before it is published. A line that is only a
    day and a full stop ends the sentence of the line above, if that has no end of its own.
    """
    heads = (TABLE.own_day.search("\n".join(lines[at : at + 3])) for at in range(3))
    own = next(filter(None, heads), None)
    ends = (
        TABLE.date.search(line)
        for above, line in zip(["", *lines], lines, strict=False)
        if not (TABLE.deeds.search(line) or _ends_sentence(line, above))
    )
    days = [*filter(None, [own]), *(day for day in ends if day and day.end() < SHORT)]
    return max((on for day in days for on in _read_day(day)), default=None)


def _read_day(day: re.Match[str]) -> Iterator[str]:
    for month, called in TABLE.table_of("months").items():
        if called.match(day["month"]):
            yield f"{day['year']}-{int(month):02}-{int(day['day']):02}"


def _find_issuer(text: str) -> str:
    known = current().authorities.values()
    found = [
        (match.start(), each.code)
        for each in known
        for called in each.abroad
        if (match := re.search(called, text))
    ]
    return min(found)[1] if found else ""
