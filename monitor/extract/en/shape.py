"""The shape of an English page: what of an act it has, whatever its words mean."""

import re
from collections.abc import Iterator

from monitor.document import Document
from monitor.extract.en import dates, entries, issuers, letterhead
from monitor.extract.en.references import LONGEST, SENTENCE_END
from monitor.extract.en.verbs import VERB, predicates
from monitor.extract.en.words import ENGLISH
from monitor.extract.named import phrase
from monitor.extract.subject import Shape
from monitor.vocabulary import Authority, country_of

WORDS = ENGLISH.table("shape")


def _speaks_so(issuer: Authority) -> bool:
    """Whether an issuer says of itself by its name what it has done: of those of China the press does."""
    return not issuers.is_chinese(issuer)


# Only who decides speaks so: an act in its own voice, not a report of one.
OWN_VOICE = phrase(
    lambda: (
        r"\bhereby\b|\bI am \w+ing\b|\bI (?:find it necessary to|order|determine|designate|direct|revoke|renew)\b|"
        r"(?:\b(?:Secretary of State|Minister|Task Force|Committee|Council|Commission|"
        r"(?:Department|Ministry|Office|Bureau) (?:of|for) [A-Z][\w ]{2,40}?)|"
        + issuers.names(_speaks_so)
        + r") (?:has )?(?:revoked|amended|issued|published|made|"
        r"granted|added|removed|extended|renewed|suspended|designated|delisted|lifted|replaced)\b|"
        r"\bThis (?:final rule|interim final rule|rule|order|notice|regulation|decision|"
        r"announcement|instrument|"
        r"licen[cs]e)\b|"
        r"\b(?:is|are) (?:amending|adding|removing|issuing|revising|suspending|extending|imposing|designating|publishing|"
        r"renewing|correcting)\b|"
        r"\bshall (?:enter into force|apply|be|not|take effect|require|come into)\b|\bArticle 1\b|"
        r"\bWith effect from\b|\bDone at\b|"
        r"\b(?:Final|Interim final) rule\b|"
        r"\b(?:is|are) (?:hereby )?(?:replaced by|amended (?:as follows|by)|added to|removed from|revoked|suspended|"
        r"prohibited|denied)\b|"
        r"\b(?:has|have) (?:accordingly |therefore |now )(?:decided|determined)\b|"
        r"\b(?:has|have) been (?:designated|added to|removed from|issued|revoked|debarred|amended)\b|\bhas (?:issued|"
        r"revoked|amended|removed|added|suspended|extended|renewed|"
        r"determined|decided|designated)\b|"
        r"\bmay not\b|\bmust apply\b|\btakes? effect\b|\b(?:comes?|[Cc]oming|enters?) into (?:force|effect|operation)\b|"
        r"\b(?:is|are|remains?) in force\b|\bmakes? (?:these|this|the following)\b|"
        r"\bfollowing (?:persons|individuals|"
        r"entities|vessels|changes)\b"
    )
)
TRANSLATED = WORDS.translated
HEAD, TAIL = 6, 5
LONGEST_HEAD = 220


def headline(document: Document, authority: str | None) -> str:
    """Who says by a headline on a page of its own what it does (`METI adds 11 entities`); "" where no issuer does.

    Its own is the page that stands on its channel, or that opens with its name.
    """
    title = document.title.strip()
    if said_today := _today(document):
        return said_today
    first = next((line for block in document.blocks if (line := block.text.strip()) and line != title), "")
    opening = issuers.first(first)
    known = issuers.first(title) or (opening if opening and _short(title, first[: opening.end]) else None)
    if (
        known is None
        or (known.start and known is not opening)
        or not (WORDS.announcing.search(title) or any(predicate.start < EARLY for predicate in predicates(_uncapitalized(title))))
    ):
        return ""
    own = (
        authority == known.authority
        or entries.printed_by(known.authority, document.text)
        or (
            opening is not None
            and opening.start == 0
            and opening.authority == known.authority
            and ALONE.match(first, opening.end)
        )
    )
    return known.authority if own else ""


def _today(document: Document) -> str:
    """Who says of itself on its own page that it does something today, as the offices of the United States do."""
    lines = [line.strip() for block in document.blocks[: HEAD + 2] for line in block.text.splitlines()]
    if not (any(WORDS.release.match(line) for line in lines) or WORDS.its_action.search(document.text)):
        return ""
    for line in lines:
        opening = WORDS.today.match(line)
        known = issuers.first(line[:LONGEST_HEAD]) if opening else None
        if known and country_of(known.authority) == "us":
            return known.authority
    return ""


def _uncapitalized(title: str) -> str:
    """A title set in capitals with its verbs in small letters: `METI Adds Two Entities` says what `METI adds …` does."""
    return CAPITALIZED.sub(lambda word: word[0].lower() if VERB.fullmatch(word[0].lower()) else word[0], title)


CAPITALIZED = re.compile(r"\b[A-Z][a-z]+\b")


def _short(title: str, name: str) -> bool:
    """Whether a title opens with the first letters of a name: `ITA announces …` above `International Trade Administration`."""
    initials = "".join(word[0] for word in name.partition(",")[0].split() if word[0].isupper())
    return len(initials) > 1 and title.startswith(f"{initials} ")


EARLY = 80  # characters of a title before which its verb stands
ALONE = re.compile(r"(?:,[^.]{0,80})?(?: \([A-Z]+\))?\s*[.:]")


def shape(document: Document, authority: str | None) -> Shape:
    """What the page has of an act; `authority` is whose channel it stands on, if it stands on one."""
    lines = [block.text.strip() for block in document.blocks if block.text.strip()]
    title = document.title.strip()
    head = [title, *(line for line in lines[:HEAD] if _heads(line))]
    known = issuers.first("\n".join([*head, *lines[-TAIL:]]))
    headline = any(WORDS.headline.search(line) or WORDS.told.search(line) for line in head[:2])
    kind = None if headline else (WORDS.kind.search("\n".join(head)) or WORDS.any_kind.search(title))
    own = any(OWN_VOICE.search(line[:LONGEST]) or WORDS.done.search(line[:LONGEST]) for line in lines)
    own = own or any(_opens(line) or WORDS.preamble.match(line) for line in lines[:HEAD])
    numbered = any(WORDS.numbered.search(line) for line in head) and not headline
    return Shape(
        issuer="" if issuers.others("\n".join([title, *lines[:HEAD]])) else authority or (known.authority if known else ""),
        numbered=bool(numbered and (own or TRANSLATED.search(title))),
        kind=kind[0] if kind else "",
        signed=own,
        dated=False,
    )


def _heads(line: str) -> bool:
    """Whether a line is a heading, or opens as the preamble of an act does, rather than tell something."""
    return (
        (len(line) < LONGEST_HEAD and not line.endswith((".", "?", '"', "”"))) or bool(WORDS.preamble.match(line)) or _opens(line)
    )


def _opens(line: str) -> bool:
    known = issuers.first(line)
    return known is not None and known.start == 0


def day(document: Document) -> str | None:
    """The day of the act: the one it is dated with, else its page's."""
    if said := letterhead.own_day(document):
        return said
    lines = [line.strip() for block in document.blocks for line in block.text.splitlines() if line.strip()]
    for line in [*lines[-TAIL:][::-1], *lines[:HEAD]]:
        if dated := DATED.search(line):
            return f"{dated['y']}-{dated['m']}-{dated['d']}" if dated["y"] else dates.day(dated["day"])
        if headed := _day_of_head(line):
            return headed
        if len(line) < LONGEST_HEAD and (alone := WORDS.alone_day.fullmatch(WORDS.weekday.sub("", line).rstrip("."))):
            return dates.first_day(alone[0])
    return document.published


def _day_of_head(line: str) -> str | None:
    """The day behind the issuer with whose name a line opens: `Office of X. 04/11/2029.`, months first in the United States."""
    known = issuers.first(line)
    if known is None or (known.start and not WORDS.preamble.match(line)) or not (day := HEAD_DAY.match(line, known.end)):
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
    r"\bRecent Actions[: ]*(?P<m>\d\d)/(?P<d>\d\d)/(?P<y>\d{4})|"
    r"\b(?:Done at [A-Z]\w+,?|Dated:?|Made|Signed|Date of issuance:?|\[Date of Issuance\])\s*(?P<day>"
    + dates.FULL_DAY.pattern.replace("(?P<day>", "(?:")
    + ")",
    re.IGNORECASE,
)


def spoken(document: Document) -> Iterator[str]:
    """The sentences of the page."""
    for block in document.blocks:
        if block.text.strip() != document.title.strip():
            yield from (part[:LONGEST] for part in SENTENCE_END.split(block.text) if part and part.strip())
