"""Turn a Chinese page that was not understood into an act without facts, or say why it is none."""

import re
from collections.abc import Iterator

from monitor import vocabulary
from monitor.extract import subject, why
from monitor.extract.subject import Shape
from monitor.extract.zh import dates, issuers, references, sections
from monitor.extract.zh.lines import Line, make_line
from monitor.extract.zh.operations import split_sentences
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, SUBJECTS
from monitor.model import Announcement
from monitor.vocabulary import country_of
from monitor.vocabulary.authorities import EXTRATERRITORIAL_NOTICES

WORDS = CHINESE.table("net")

NEAR_SERIES = {EXTRATERRITORIAL_NOTICES.code}  # of an authority whose other acts are on everything


def may_concern(title: str) -> bool:
    """Return whether a page of this title may be on our subjects: it says so, or is
    only a number.
    """
    text = make_line(title).text
    issuer = issuers.find_opening_issuer(text)
    near = issuer is not None and _is_near(issuer.authority, issuer.numbers())
    return subject.may_concern(text, SUBJECTS, near=near)


def own_number(title: str, authority: str = "") -> tuple[str, str] | None:
    """Return the key and printed number of an act from the beginning of its title; a later number
    is another act's.
    """
    text = make_line(title).text
    opening = len(text) - len(subject.drop_number(text, SUBJECTS))
    first = next(iter(references.find_references(text)), None)
    if not first or not first.key or first.start >= opening:
        return None
    return (first.key, text[: first.end]) if sections.is_own_key(first.key, authority) else None


def _is_near(authority: str, series: str) -> bool:
    """Return whether the issuer, or the series of its number, is near to our subjects."""
    return series in NEAR_SERIES or subject.is_near(authority)


def read_act_by_shape(page: Sections, url: str) -> Announcement | None:
    """Make an act of the page from number, title and quote; None without an act's shape, or on
    another subject.
    """
    form = read_shape(page)
    if _has_only_titles(page):
        why.explain_page("a list of titles", page.title.raw)
        return None
    near = _is_near(vocabulary.issuer(page.key) if page.key else form.issuer, page.series)
    reason = form.missing or subject.explain_caught(
        form, subject.find_act_subject(page.title.text, list_sentences(page), SUBJECTS, near=near)
    )
    if reason:
        why.explain_page(reason, page.title.raw)
        return None
    return make_published_act(page, url, authority=page.authority or form.issuer)


def _has_only_titles(page: Sections) -> bool:
    """Return whether a page only names acts, as an index, a column of links and a
    search result do.
    """
    cited = (
        reference for line in page.body for reference in references.find_references(line.text)[:1]
    )
    several = len({reference.number for reference in cited if reference.start < FIRST}) > 1
    return several and not any(
        line.text.endswith(("。", ";", ":")) and not WORDS.cut.match(line.text)
        for line in page.body
    )


def is_found(page: Sections) -> bool:
    """Return whether a page is a search result: titles of acts with some of their words below."""
    cut = sum(WORDS.cut.match(line.text) is not None for line in page.body)
    return cut > 1 and _has_only_titles(page)


FIRST = 12  # characters of a line in which the number begins that it opens with


def make_published_act(
    page: Sections, url: str, *, authority: str, quote: str = ""
) -> Announcement:
    """The act as far as it is known: who, when, which number, and the words that say most."""
    quote = quote or _find_telling_line(page).raw.strip()
    why.explain_page(subject.NOT_UNDERSTOOD, quote)
    return Announcement(
        key=page.known_as(authority),
        number=page.number,
        authority=authority,
        title=page.title.raw.strip(),
        url=url,
        published=page.published,
        language="zh",
        attachments=page.attachments,
        understood="none",
        not_read=(subject.make_unread(quote),),
    )


def _find_telling_line(page: Sections) -> Line:
    """The line that says most: on our subject and binding, else on our subject, else the title."""
    lines = [line for line in page.body if line.text != page.title.text]
    on_it = [line for line in lines if SUBJECTS.ours.search(line.text)]
    return next(
        (line for line in on_it if SUBJECTS.binding.search(line.text)),
        on_it[0] if on_it else page.title,
    )


# The shape of a Chinese page: what of an act it has, whatever its words mean.

LAST = 8  # lines from the end of the body in which somebody signs


def read_shape(page: Sections) -> Shape:
    """Find the form of the page as an act."""
    opener = issuers.find_opening_issuer(page.title.text)
    signer = next(
        (
            issuer
            for line in page.body[-LAST:]
            if (issuer := issuers.find_signing_issuer(_strip_date(line.text)))
        ),
        None,
    )
    field = sections.has_number_field(page.body) or any(
        WORDS.number_line.fullmatch(line.text) for line in page.body[:LAST]
    )
    alone = issuers.find_signing_issuer(page.title.text) is not None
    headings = ((line, _find_kind_heading(line, alone=alone)) for line in page.body[:4])
    heading, headed = next((each for each in headings if each[1]), (page.title, None))
    kind = WORDS.kind.search(page.title.text) or headed
    signed = bool(signer) or any(WORDS.signer.fullmatch(line.text) for line in page.body[-LAST:])
    issuer = opener or signer or issuers.find_opening_issuer(heading.text)
    abroad = _is_own_abroad(page) or _is_gazetted(page, opener)
    return Shape(
        issuer=(issuer.authority if issuer else "")
        or (page.authority if page.key or field or abroad else ""),
        numbered=bool(page.key or field or abroad),
        kind=kind[0] if kind else "",
        signed=signed,
        # a long list may stand below the day of what an issuer heads
        dated=any(
            sections.SIGNATURE.match(line.text) for line in page.body[0 if opener else -LAST :]
        )
        or any(WORDS.dated.match(line.text) for line in page.body[:6]),
    )


def _is_gazetted(page: Sections, opener: issuers.Issuer | None) -> bool:
    """Return whether Hong Kong's gazette prints a page, or its government tells what it prints."""
    told = any(WORDS.told_in_hong_kong.fullmatch(line.text) for line in page.body[-LAST:])
    ours = opener is not None and country_of(opener.authority) == "hk"
    ours |= told and country_of(page.authority) == "hk"
    return any(WORDS.gazette.fullmatch(line.text) for line in page.body[:4]) or (
        ours and any(WORDS.gazetted.search(line.text) for line in page.body)
    )


def _is_own_abroad(page: Sections) -> bool:
    """Return whether an act of a foreign authority, perhaps without a Chinese name here, has a
    number in its title.
    """
    of = country_of(page.authority)
    number = WORDS.own_number.search(page.title.text)
    return of not in ("", "cn") and bool(number) and not is_of_china_abroad(page)


def is_of_china_abroad(page: Sections) -> bool:
    """Return whether a page of a foreign authority prints an act of a body of China."""
    if country_of(page.authority) in ("", "cn"):
        return False
    head = issuers.find_opening_issuer(page.title.text)
    return head is not None and country_of(head.authority) == "cn"


def _drop_grounds(text: str) -> str:
    """Remove from a sentence the laws that it cites, except those that tell its subject."""
    return WORDS.cited.sub(lambda cited: cited[0] if WORDS.telling.search(cited[0]) else "", text)


def _strip_date(text: str) -> str:
    return WORDS.office.sub("", dates.FULL_DAY.sub("", text).strip(" ,、"))


def _find_kind_heading(line: Line, *, alone: bool) -> re.Match[str] | None:
    """A line that only names issuer and kind (`商务部公告`), perhaps with day and number behind it, as
    Taiwan's gazette prints them; the kind alone below a title that names only the issuer.
    """
    names_both = alone or issuers.find_opening_issuer(line.text)
    bare = WORDS.day_and_number.sub("", line.text)
    return WORDS.kind.search(bare) if len(bare) < 30 and names_both and "。" not in bare else None


def list_sentences(page: Sections) -> Iterator[str]:
    """Yield the sentences of a page, without the laws that they cite as their grounds."""
    for each in page.body:
        if each.text != page.title.text:
            for sentence in split_sentences(each):
                yield _drop_grounds(sentence.text)
