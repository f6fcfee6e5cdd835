"""An English page of which nothing was understood → an act that was published and not understood, or why it is none."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from monitor import vocabulary
from monitor.document import Document
from monitor.extract import subject, why
from monitor.extract.en import acts, entries, sections, shape
from monitor.extract.en.operations import register_of
from monitor.extract.en.references import MECHANISM
from monitor.extract.en.words import ENGLISH, SUBJECTS
from monitor.extract.us import denial_orders, documents
from monitor.model import Announcement, Measure, Unread
from monitor.vocabulary import country_of
from monitor.vocabulary.authorities import EU_ACTS, EXTRATERRITORIAL_NOTICES, NOTICES_TO_EXPORTERS, STATUTORY_ORDERS, UEL_NOTICES

WORDS = ENGLISH.table("net")

OWN_NUMBER = (  # of a title: what it is printed as, and the series whose key it gives
    (
        re.compile(
            r"\b(?:Regulation|Decision|Directive)[^.]{0,12}?\((?:EU|CFSP|EU, Euratom)\)\s*(?:No\s*)?"
            r"(?P<year>20\d\d)/(?P<number>\d+)",
            re.IGNORECASE,
        ),
        EU_ACTS.code,
    ),
    (
        re.compile(r"\b(?:Notices? to exporters|NTE)\s*(?P<year>\d{4})\s*/\s*(?P<number>\d+)", re.IGNORECASE),
        NOTICES_TO_EXPORTERS.code,
    ),
    (re.compile(r"\bSOR/(?P<year>\d{4})-(?P<number>\d+)"), STATUTORY_ORDERS.code),
)


def may_concern(title: str) -> bool:
    """Whether a page of this title could be on our subjects: it says so, or it is only a number."""
    return subject.may_concern(title, SUBJECTS)


def own_number(title: str, authority: str) -> tuple[str, str] | None:
    """The key and the printed number of the act whose title opens with its number; a number further on is another act's."""
    number, key = _number(title, authority)
    if not number or not key:
        return None
    before = title[: title.index(number)]
    opens = WORDS.before_number.fullmatch(before) or len(before) < len(title) - len(subject.behind_number(title, SUBJECTS))
    return (key, number) if opens else None


def act(document: Document, *, url: str, authority: str | None) -> Announcement | None:
    """The act, told by number, title and quote; nothing where the page has no act's shape or is on another subject."""
    if denial_orders.is_order(document) and authority in (None, "us-bis"):
        return _act(replace(document, title=denial_orders.title(document)), url, "us-bis")
    if issuer := shape.headline(document, authority) or _of_own_list(document, authority):
        return _of_headline(document, url, issuer)
    form = shape.shape(document, authority)
    reason = form.missing or subject.caught(
        form, subject.of_act(WORDS.beside.sub("", document.title), _deciding(document), SUBJECTS, near=_near(form.issuer))
    )
    if reason:
        why.page(reason, document.title)
        return None
    return _act(document, url, form.issuer)


def _of_own_list(document: Document, authority: str | None) -> str:
    """Whose page bears the name of a list of its own issuer as its title: that tells what is done to the list, if anything is."""
    on = register_of(document.title, "", authority, entities=True) if authority else None
    return authority or "" if on and on.issuer == authority else ""


def _deciding(document: Document) -> Iterator[str]:
    """Its sentences; of a rule that is in force without those that ask for comments on it."""
    final = WORDS.final.search(document.text)
    return (sentence for sentence in shape.spoken(document) if not (final and WORDS.comments.search(sentence)))


def _of_headline(document: Document, url: str, issuer: str) -> Announcement | None:
    """What an issuer says under a headline like those of the press is only told where its text does something."""
    published = shape.day(document)
    its_subject = subject.of_act(document.title, shape.spoken(document), SUBJECTS, near=_near(issuer))
    understood = entries.printed_by(issuer, document.text) or _understood(document, issuer, published)[0]
    if not its_subject.ours or not understood:
        why.page("a headline whose text does nothing we know", document.title)
        return None
    return _act(document, url, issuer)


def _act(document: Document, url: str, issuer: str) -> Announcement:
    published = shape.day(document)
    measures, unread = _understood(document, issuer, published)
    if not measures:
        quote = _telling(document)
        why.page(subject.NOT_UNDERSTOOD, quote)
        unread = [subject.unread(quote)]
    number, key = _number(document.title, issuer)
    if key is None and country_of(issuer) == "us" and (printed := WORDS.federal.search(document.text)):
        number, key = printed[0], f"fr-{printed['number']}"
    if key is None and (page := sections.read(document, issuer)) and page.reference:
        number, key = f"No. {page.reference.number} of {page.reference.year}", page.reference.key
    return Announcement(
        key=key or _hashed(document, issuer, published),
        number=number,
        authority=issuer,
        title=document.title.strip(),
        url=url,
        published=published,
        language="en",
        measures=tuple(measures),
        understood="none" if not measures else "part" if unread else "full",
        not_read=tuple(unread),
    )


def _near(issuer: str) -> bool:
    known = vocabulary.current().authorities.get(issuer)
    return known is not None and known.near


def _understood(document: Document, issuer: str, published: str | None) -> tuple[list[Measure], list[Unread]]:
    """What an act does; rules of the Bureau of Industry and Security are also read as the Federal Register prints them."""
    title, text = document.title, document.text
    if issuer == "us-bis" and denial_orders.is_order(document):
        ordered, left = denial_orders.measure(document, published)
        return ([ordered], left) if ordered else ([], [])
    if issuer == "us-bis" and (denial := documents.measure_of_denial(title, text, published)):
        return [denial], list(_of_denial(denial, title))
    measures, unread = acts.understood(sections.plain(document, issuer, published))
    if measures or issuer != "us-bis" or not WORDS.final.search(text):
        return measures, unread
    rules = list(documents.of_text(text, title, issuer))
    return rules, [subject.unread(_telling(document))]


def _of_denial(denial: Measure, title: str) -> Iterator[Unread]:
    if documents.names_more(title):
        yield Unread(what="names", why="the order names more than one", quote=title)
    if not denial.starts:
        yield Unread(what="term", why="from when it counts was not understood", quote=title)


def _number(title: str, authority: str) -> tuple[str | None, str | None]:
    """The act's own number as its title prints it, and the key of it; a translation has the key of its original."""
    match = shape.TRANSLATED.search(title)
    year = (match["after"] or match["before"] or match["inner"]) if match else None
    if match and year and (series := _series(title, authority, orders=match["kind"].lower() in ("order", "decree"))):
        return match[0], f"{series}-{year}-{int(match['number'])}"
    if WORDS.corrigendum.match(title):
        return None, None  # a correction has a key of its own, never that of what it corrects
    for pattern, series in OWN_NUMBER:
        if match := pattern.search(title):
            return match[0], f"{series}-{match['year']}-{int(match['number'])}"
    return None, None


def _series(title: str, authority: str, *, orders: bool) -> str:
    """The series of a Chinese issuer's numbers, those of its announcements or of its orders."""
    if MECHANISM.search(title):
        return UEL_NOTICES.code
    if "xtraterritorial" in title:
        return EXTRATERRITORIAL_NOTICES.code
    known = vocabulary.current().authorities.get(authority)
    own_series = known.series if known else ()
    announced = next((series.code for series in own_series if series.own.endswith("公告") and series != UEL_NOTICES), "")
    return vocabulary.numbered_as(announced, orders=True) if orders else announced


def _hashed(document: Document, authority: str, published: str | None) -> str:
    return f"{authority}-{published or 'undated'}-{hashlib.sha256(document.text.encode()).hexdigest()[:8]}"


def _telling(document: Document) -> str:
    """The sentence that says most: on our subject and binding, else on our subject, else the title."""
    on_it = [sentence.strip() for sentence in shape.spoken(document) if SUBJECTS.ours.search(sentence)]
    binding = (sentence for sentence in on_it if SUBJECTS.binding.search(sentence))
    return next(binding, on_it[0] if on_it else document.title.strip())
