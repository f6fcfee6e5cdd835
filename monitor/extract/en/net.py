"""Turn an English page that was not understood into an act without facts, or say why it is none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.document import Document
from monitor.extract import gate, subject, terms, why
from monitor.extract.en import acts, corrigenda, dates, entries, issuers, places, sections
from monitor.extract.en.operations import register_of
from monitor.extract.en.references import (
    LONGEST,
    MECHANISM,
    SENTENCE_END,
    find_numbering,
)
from monitor.extract.en.verbs import VERB, list_predicates
from monitor.extract.en.words import ENGLISH, GATE, SUBJECTS
from monitor.extract.subject import Shape
from monitor.extract.us import documents, orders
from monitor.extract.words import make_phrase
from monitor.model import Announcement, Measure, Term, Unread
from monitor.vocabulary import Authority, country_of
from monitor.vocabulary.authorities import EXTRATERRITORIAL_NOTICES, UEL_NOTICES

WORDS = ENGLISH.table("net")


def may_concern(title: str) -> bool:
    """Return whether a page of this title may be on our subjects: it says so, or is
    only a number.
    """
    return subject.may_concern(title, SUBJECTS)


def own_number(title: str, authority: str) -> tuple[str, str] | None:
    """Return the key and printed number of an act from the beginning of its title; a later number
    is another act's.
    """
    number, key = _read_own_number(title, authority)
    if not number or not key:
        return None
    before = title[: title.index(number)]
    opens = WORDS.before_number.fullmatch(before) or len(before) < len(title) - len(
        subject.drop_number(title, SUBJECTS)
    )
    return (key, number) if opens else None


def read_act_by_shape(
    document: Document, *, url: str, authority: str | None
) -> Announcement | None:
    """Make an act of the page from number, title and quote; None without an act's shape, or on
    another subject.
    """
    if orders.is_order(document) and authority in (None, "us-bis"):
        return _make_act(replace(document, title=orders.compose_title(document)), url, "us-bis")
    if issuer := find_headline_issuer(document, authority) or _find_list_issuer(
        document, authority
    ):
        return _read_headline_act(document, url, issuer)
    form = find_shape(document, authority)
    reason = form.missing or subject.explain_caught(
        form,
        subject.find_act_subject(
            WORDS.beside.sub("", document.title),
            _list_deciding(document),
            SUBJECTS,
            near=subject.is_near(form.issuer),
        ),
    )
    if reason:
        why.explain_page(reason, document.title)
        return None
    return _make_act(document, url, form.issuer)


def _find_list_issuer(document: Document, authority: str | None) -> str:
    """Return the issuer of a page that has its own list's name as title; the title tells what may
    change.
    """
    on = register_of(document.title, "", authority, entities=True) if authority else None
    return authority or "" if on and on.issuer == authority else ""


def _is_own_list_change(document: Document, issuer: str) -> bool:
    """Return whether a title adds names to or removes them from its issuer's list, above lines with
    possible names.
    """
    title = document.title.strip()
    on = register_of(title, "", issuer, entities=True)
    done = SHAPE.listed.search(title) or list_predicates(_lower_verbs(title))
    return bool(on and on.issuer == issuer and done and any(list_sentences(document)))


def _list_deciding(document: Document) -> Iterator[str]:
    """Its sentences; of a rule that is in force without those that ask for comments on it."""
    final = WORDS.final.search(document.text)
    return (
        sentence
        for sentence in list_sentences(document)
        if not (final and WORDS.comments.search(sentence))
    )


def _read_headline_act(document: Document, url: str, issuer: str) -> Announcement | None:
    """Read a page under a press-like headline of an issuer; it counts only if its text does
    something.
    """
    published = day(document)
    its_subject = subject.find_act_subject(
        document.title, list_sentences(document), SUBJECTS, near=subject.is_near(issuer)
    )
    understood = (
        entries.is_printed_by(issuer, document.text)
        or _understand_act(document, issuer, published)[0]
    )
    if not (its_subject.ours and understood) and not _is_own_list_change(document, issuer):
        why.explain_page("a headline whose text does nothing we know", document.title)
        return None
    return _make_act(document, url, issuer)


def _make_act(document: Document, url: str, issuer: str) -> Announcement:
    published = day(document)
    measures, unread = _understand_act(document, issuer, published)
    if not measures:
        quote = _find_telling_sentence(document)
        why.explain_page(subject.NOT_UNDERSTOOD, quote)
        unread = [subject.make_unread(quote)]
    number, key = _read_own_number(document.title, issuer)
    if key is None and (made := WORDS.promulgated.search("\n".join(document.lines[:HEAD]))):
        number, key = _read_own_number(f"{made['act']} of {made['year']}", issuer)
    if (
        key is None
        and country_of(issuer) == "us"
        and (printed := WORDS.federal.search(document.text))
    ):
        own = printed["number"].replace("–", "-")
        number, key = f"FR Doc. {own}", f"fr-{own}"
    if key is None and (page := sections.read_sections(document, issuer)) and page.reference:
        number, key = f"No. {page.reference.number} of {page.reference.year}", page.reference.key
    return Announcement(
        key=key or subject.make_key(issuer, published, document.text),
        number=number,
        authority=issuer,
        title=document.title.strip(),
        url=url,
        published=published,
        language="en",
        measures=tuple(measures),
        terms=() if measures else _find_terms(document, issuer, published),
        understood="none" if not measures else "part" if unread else "full",
        not_read=tuple(unread),
    )


def _find_terms(document: Document, issuer: str, published: str | None) -> tuple[Term, ...]:
    page = sections.read_plain_act(document, issuer, published)
    return terms.find_terms(acts.list_sentences(page), ENGLISH)


def _understand_act(
    document: Document, issuer: str, published: str | None
) -> tuple[list[Measure], list[Unread]]:
    """Read what an act does; rules of the Bureau of Industry and Security also as in the Federal
    Register.
    """
    title, text = document.title, document.text
    corrected, left_of_it = corrigenda.read_corrigendum(document)
    if corrected:
        return corrected, left_of_it
    if issuer == "us-bis" and orders.is_order(document):
        ordered, left = orders.read_order(document, published)
        return ([ordered], left) if ordered else ([], [])
    if issuer == "us-bis" and (denial := documents.measure_of_denial(title, text, published)):
        return [denial], list(_list_denial_gaps(denial, title))
    return acts.understand_act(sections.read_plain_act(document, issuer, published))


def _list_denial_gaps(denial: Measure, title: str) -> Iterator[Unread]:
    if documents.has_more_names(title):
        yield Unread("names", "the order names more than one", title)
    if not denial.starts:
        yield Unread("term", "from when it counts was not understood", title)


def _read_own_number(title: str, authority: str) -> tuple[str | None, str | None]:
    """Return the act's own number in its title, and its key; a translation has the key of its
    original.
    """
    match = TRANSLATED.search(title)
    year = (match["after"] or match["before"] or match["inner"]) if match else None
    if (
        match
        and year
        and (
            series := _find_series(
                title, authority, orders=match["kind"].lower() in ("order", "decree")
            )
        )
    ):
        return match[0], f"{series}-{year}-{int(match['number'])}"
    if corrigenda.is_corrigendum(title):
        return None, None  # a correction has a key of its own, never that of what it corrects
    for series, pattern in WORDS.table_of("own_number").items():
        match = pattern.search(title)
        if match and not WORDS.rests_on.search(title, 0, match.start()):
            return match[0], f"{series}-{match['year']}-{int(match['number'])}"
    return None, None


def _find_series(title: str, authority: str, *, orders: bool) -> str:
    """The series of a Chinese issuer's numbers, those of its announcements or of its orders."""
    if MECHANISM.search(title):
        return UEL_NOTICES.code
    if "xtraterritorial" in title:
        return EXTRATERRITORIAL_NOTICES.code
    return find_numbering(authority, orders=orders)


def _find_telling_sentence(document: Document) -> str:
    """The sentence that says most: on our subject and binding, else on our subject, else the
    title.
    """
    on_it = [
        sentence.strip() for sentence in list_sentences(document) if SUBJECTS.ours.search(sentence)
    ]
    binding = (sentence for sentence in on_it if SUBJECTS.binding.search(sentence))
    return next(binding, on_it[0] if on_it else document.title.strip())


# The shape of a page: what of an act it has, whatever its words mean.

SHAPE = ENGLISH.table("shape")


def _is_self_naming(issuer: Authority) -> bool:
    """Return whether an issuer names itself when it says what it did; of China's only the press
    does.
    """
    return not issuers.is_chinese(issuer)


# Only who decides speaks so: an act in its own voice, not a report of one.
OWN_VOICE = make_phrase(
    lambda: (
        r"\bhereby\b|\bI, [^.;:]{3,120}, (?:grant|make|issue|exempt|revoke)\b|\bI am \w+ing\b|\bI (?:find it necessary"
        r" to|order|determine|designate|direct|revoke|renew)\b|"
        r"(?:\b(?:Secretary of State|Minister|Task Force|Committee|Council|Commission|"
        r"(?:Department|Ministry|Office|Bureau) (?:of|for) [A-Z][\w ]{2,40}?)|"
        + issuers.make_name_pattern(_is_self_naming)
        + r") (?:has )?(?:revoked|amended|revised|issued|published|made|"
        r"granted|added|removed|extended|renewed|suspended|designated|delisted|lifted|replaced)\b|"
        r"\bThis (?:final rule|interim final rule|rule|order|notice|regulation|decision|"
        r"announcement|instrument|"
        r"licen[cs]e)\b|"
        r"\b(?:is|are)"
        r" (?:amending|adding|removing|issuing|revising|suspending|extending|imposing|designating|publishing|"
        r"renewing|correcting)\b|"
        r"\bshall (?:enter into force|apply|be|not|take effect|require|come into)\b|\bArticle 1\b|"
        r"\bWith effect from\b|\bDone at\b|"
        r"\b(?:Final|Interim final) rule\b|"
        r"\b(?:is|are) (?:hereby )?(?:replaced by|amended (?:as follows|by)|added to|removed"
        r" from|revoked|suspended|"
        r"prohibited|denied)\b|"
        r"\b(?:has|have) (?:accordingly |therefore |now )(?:decided|determined)\b|"
        r"\b(?:has|have) been (?:designated|added to|removed"
        r" from|issued|revoked|debarred|amended)\b|\bhas (?:issued|"
        r"revoked|amended|removed|added|suspended|extended|renewed|"
        r"determined|decided|designated)\b|"
        r"\bmay not\b|\bmust apply\b|\btakes? effect\b|\b(?:comes?|[Cc]oming|enters?) into"
        r" (?:force|effect|operation)\b|"
        r"\b(?:is|are|remains?) in force\b|\bmakes? (?:these|this|the following)\b|"
        r"\bfollowing (?:persons|individuals|"
        r"entities|vessels|changes|(?:additions|deletions|removals) have been made)\b"
    )
)
TRANSLATED = SHAPE.translated
HEAD, TAIL = 6, 5
LONGEST_HEAD = 220


def find_headline_issuer(document: Document, authority: str | None) -> str:
    """Return the issuer that says in a headline on its own page what it does (`METI adds 11
    entities`); "" if none.

    The page is its own if it is on its channel, or opens with its name.
    """
    title = document.title.strip()
    first = next(
        (line for block in document.blocks if (line := block.text.strip()) and line != title), ""
    )
    opening = issuers.find_first_issuer(first)
    known = issuers.find_first_issuer(title)
    if press := _find_press_issuer(document):
        return press
    if (
        known is None
        or known.start
        or not (
            SHAPE.announcing.search(title)
            or any(predicate.start < EARLY for predicate in list_predicates(_lower_verbs(title)))
        )
    ):
        return ""
    own = (
        authority == known.authority
        or entries.is_printed_by(known.authority, document.text)
        or (
            opening is not None
            and opening.start == 0
            and opening.authority == known.authority
            and ALONE.match(first, opening.end)
        )
    )
    return known.authority if own else ""


# a state or its council that does something in a headline: `Iran: Council prolongs sanctions`
STATE_DOES = make_phrase(
    lambda: (
        r"(?:\A|[:–—]\s)(?:The\s)?(?P<who>EU|European Union|(?:Federal )?Council|"
        + places.country_pattern()
        + r")\s(?P<verb>[a-z]{3,14}s)\b"
    )
)


def _find_press_issuer(document: Document) -> str:
    """Return the office that stands alone in the head of a page whose headline says what its
    state does, or which its foot says has published it; "" if none. What the press of the
    United States tells is in their register.
    """
    said = STATE_DOES.search(document.title.strip())
    verb = said["verb"] if said else ""
    if not said or not VERB.fullmatch(verb):
        return ""
    state = {"EU": "eu", "European Union": "eu", "Council": "eu", "Federal Council": "ch"}.get(
        said["who"], (places.coded(said["who"]) or "").lower()
    )
    texts = [block.text.strip() for block in document.blocks]
    foot = (by["who"] for line in texts[-TAIL:] if (by := SHAPE.publisher.fullmatch(line)))
    lines = (*texts[:HEAD], *foot)
    offices = (issuers.find_first_issuer(line) for line in lines if issuers.is_issuer(line))
    return next(
        (
            each.authority
            for each in offices
            if each and country_of(each.authority) == state not in ("us", "cn", "")
        ),
        "",
    )


def _lower_verbs(title: str) -> str:
    """A title set in capitals with its verbs in small letters: `METI Adds Two Entities` says
    what `METI adds …` does.
    """
    return CAPITALIZED.sub(
        lambda word: word[0].lower() if VERB.fullmatch(word[0].lower()) else word[0], title
    )


CAPITALIZED = re.compile(r"\b[A-Z][a-z]+\b")


EARLY = 80  # characters of a title before which its verb stands
ALONE = re.compile(r"(?:,[^.]{0,80})?(?: \([A-Z]+\))?\s*(?:[.:]|$)")


def find_shape(document: Document, authority: str | None) -> Shape:
    """Find the form of the page as an act; `authority` is the owner of its channel, if any."""
    texts = (block.text.strip() for block in document.blocks)
    lines = [line for line in texts if line and not SHAPE.filed.fullmatch(line)]
    title = document.title.strip()
    head = [title, *(line for line in lines[:HEAD] if _is_heading(line))]
    orders = [line[:LONGEST] for line in lines if SHAPE.orders.match(line)][:1]
    known = issuers.find_first_issuer("\n".join([*orders, *head, *lines[-TAIL:]])) or _find_seal(
        lines
    )
    headline = any(SHAPE.headline.search(line) or SHAPE.told.search(line) for line in head[:2])
    kind = (
        None if headline else (SHAPE.kind.search("\n".join(head)) or SHAPE.any_kind.search(title))
    )
    decides = (
        authority is not None
        and (not headline or SHAPE.decides.match(title) is not None)
        and _has_decision(document)
    )
    cut = (line[:LONGEST] for line in lines)
    own = any(OWN_VOICE.search(line) or SHAPE.done.search(line) for line in cut) or any(
        _is_issuer_opening(line) or SHAPE.preamble.match(line) for line in lines[:HEAD]
    )
    numbered = any(SHAPE.numbered.search(line) for line in head) and not headline
    return Shape(
        issuer=(
            ""
            if issuers.is_of_foreign_body("\n".join([title, *lines[:HEAD]]))
            else authority or (known.authority if known else "")
        ),
        numbered=bool(numbered and (own or decides or TRANSLATED.search(title)))
        or corrigenda.is_corrigendum(title),
        kind=kind[0] if kind else "decision" if decides or orders else "",
        signed=own or decides or bool(orders),
        dated=False,
    )


def _find_seal(lines: Sequence[str]) -> issuers.Known | None:
    """Find the office that stands alone in a line above the day, where notes follow below."""
    alone = (
        line
        for line, below in pairwise(lines)
        if SHAPE.alone_day.fullmatch(below) and issuers.is_issuer(line)
    )
    return issuers.find_first_issuer("\n".join(alone))


def _has_decision(document: Document) -> bool:
    """Return whether a sentence on our subjects says that its issuer decides, or what holds from
    now on.

    The form of the page makes no difference.
    """
    from_now = SHAPE.from_now.search(document.text) is not None
    titled = subject.find_title_subject(document.title, SUBJECTS)
    on_it = titled is not None and titled.ours
    for sentence in list_sentences(document):
        ours = SUBJECTS.ours.search(sentence)
        found = SHAPE.decides.search(sentence) if ours else None
        found = found or (SHAPE.binds.search(sentence) if from_now and (ours or on_it) else None)
        told = SHAPE.told.search(sentence) or SHAPE.of_before.search(sentence)
        if found and not told and not gate.find_bar(sentence, found.start(), GATE):
            return True
    return False


def _is_heading(line: str) -> bool:
    """Return whether a line is a heading, or opens like a preamble, instead of stating
    something.
    """
    return (
        (len(line) < LONGEST_HEAD and not line.endswith((".", "?", '"', "”")))
        or bool(SHAPE.preamble.match(line))
        or _is_issuer_opening(line)
    )


def _is_issuer_opening(line: str) -> bool:
    known = issuers.find_first_issuer(line)
    return known is not None and known.start == 0


def day(document: Document) -> str | None:
    """The day of the act: the one it is dated with, else its page's."""
    if said := sections.find_own_day(document):
        return said
    lines = document.lines
    out = sections.find_journal_day("\n".join(lines[: 2 * HEAD]))
    if out and corrigenda.is_corrigendum(document.title.strip()):
        return out
    ours = [line for line in lines if not sections.LETTERHEAD.site.fullmatch(line)]
    for line in [*ours[-TAIL:][::-1], *ours[:HEAD]]:
        if dated := DATED.search(line):
            return dated["iso"] or (
                f"{dated['y']}-{dated['m']}-{dated['d']}" if dated["y"] else dates.day(dated["day"])
            )
        if headed := _read_head_day(line):
            return headed
        if len(line) < LONGEST_HEAD and (
            alone := SHAPE.alone_day.fullmatch(SHAPE.weekday.sub("", line).rstrip("."))
        ):
            return dates.first_day(alone[0])
    # a page may print no day but that of its last change
    changed = (dates.first_day(line) for line in lines if sections.LETTERHEAD.site.fullmatch(line))
    return document.published or next(filter(None, changed), None)


def _read_head_day(line: str) -> str | None:
    """Read the day behind an issuer that opens a line: `Office of X. 04/11/2029.`; in the United
    States the month first.
    """
    known = issuers.find_first_issuer(line)
    if (
        known is None
        or (known.start and not SHAPE.preamble.match(line))
        or not (day := HEAD_DAY.match(line, known.end))
    ):
        return None
    if not day["y"]:
        return dates.first_day(day["day"])
    american = country_of(known.authority) == "us" and int(day["m"]) <= DECEMBER
    return dates.day(f"{day['y']}-{day['m']}-{day['d']}") if american else None


DECEMBER = 12
HEAD_DAY = re.compile(
    r"(?:\s\([A-Z]+\))?[.,:]?\s(?:(?P<m>\d\d)/(?P<d>\d\d)/(?P<y>\d{4})|(?P<day>"
    + dates.FULL_DAY.pattern.replace("(?P<day>", "(?:")
    + r"))(?=\.|$)",
    re.IGNORECASE,
)
DATED = re.compile(
    r"^(?:Date|Issued|Published|Release date):?\s*(?P<iso>\d{4}-\d\d-\d\d)$|"
    r"\bRecent Actions[: ]*(?P<m>\d\d)/(?P<d>\d\d)/(?P<y>\d{4})|"
    r"\b(?:Done at [A-Z]\w+,?|(?<![a-z,]\s)Dated(?: at [A-Z]\w+,?)?(?: this)?:?|"
    r"^Date:|Made|Signed|Date of issuance:?|Recent Actions\s*[—–-]|\[Date of"
    r" Issuance\])\s*(?P<day>" + dates.FULL_DAY.pattern.replace("(?P<day>", "(?:") + ")",
    re.IGNORECASE,
)


def list_sentences(document: Document) -> Iterator[str]:
    """The sentences of the page."""
    for block in document.blocks:
        if block.text.strip() != document.title.strip():
            yield from (
                part[:LONGEST] for part in SENTENCE_END.split(block.text) if part and part.strip()
            )
