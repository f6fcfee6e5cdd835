"""Find the issuers of acts in English, by the names that they print."""

import re
from collections.abc import Callable
from functools import lru_cache

from monitor import vocabulary
from monitor.extract.en import places
from monitor.model import frozen
from monitor.vocabulary import Authority, PerVocabulary, country_of


@frozen
class Known:
    """An issuer that a text names, and where."""

    authority: str
    start: int
    end: int


def _split_alternatives(phrase: str) -> list[str]:
    """The alternatives of a phrase; a `|` within brackets separates none."""
    depth, parts = 0, [""]
    for sign in phrase:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _compile_phrase(phrase: str) -> re.Pattern[str]:
    """Headings are set in capitals; an acronym in small letters is another word (`bis`)."""
    return re.compile(
        "|".join(
            f"(?i:{alternative})" if " " in alternative else alternative
            for alternative in _split_alternatives(phrase)
        )
    )


PATTERNS = PerVocabulary(
    lambda known: [
        (_compile_phrase(phrase), authority.code)
        for authority in known.authorities.values()
        for phrase in authority.signs or authority.phrases
    ]
)


def make_name_pattern(by: Callable[[Authority], bool] = bool, *, but: str = "\n") -> str:
    """A pattern for the names of those issuers that `by` takes, `but` those that have this word.

    A name of several words stands in any case, but begins with no small letter: so most words of a
    text need not be compared.
    """
    known = vocabulary.current().authorities
    alternatives = (
        pattern.pattern
        for pattern, code in PATTERNS()
        if by(known[code]) and but not in pattern.pattern
    )
    return rf"(?<!\w)(?![\sa-z])(?:{'|'.join(alternatives)})"


def is_chinese(authority: Authority) -> bool:
    """Return whether an issuer is of China."""
    return authority.country == "cn"


def find_first_issuer(text: str) -> Known | None:
    """The issuer that a text names first; of those that begin there, the one with the longest
    name.
    """
    return FIRST()(text)


def _find_first_issuer(text: str) -> Known | None:
    named = [
        Known(authority, match.start(), match.end())
        for pattern, authority in PATTERNS()
        if (match := pattern.search(text))
    ]
    return min(named, key=lambda known: (known.start, -known.end), default=None)


KEPT = 500  # texts: a page's lines are asked about several times, and there are many patterns
FIRST = PerVocabulary(lambda _: lru_cache(KEPT)(_find_first_issuer))


def list_known(text: str) -> list[Known]:
    """All issuers that a text names, in its order; a name within a longer one is none."""
    found = sorted(
        (
            Known(authority, match.start(), match.end())
            for pattern, authority in PATTERNS()
            for match in pattern.finditer(text)
        ),
        key=lambda known: (known.start, -known.end),
    )
    named: list[Known] = []
    for known in found:
        if not named or known.end > named[-1].end:
            named.append(known)
    return named


def is_of_others(text: str, verb: int, of: str) -> bool:
    """Return whether a deed in a text of `of` is another country's.

    The doer stands behind `by`, else it is the last body before the verb.
    """
    before = text[max(0, verb - LONGEST_BEFORE) : verb]
    if state := STATE().search(before):
        return bool(of) and (places.coded(state["state"]) or "EU").lower() != country_of(of)
    by = BY.match(text, verb)
    doers = list_known(by["who"])[:1] if by else []
    doers = doers or [
        known
        for known in list_known(before)
        if not ASIDE.search(before[max(0, known.start - LONGEST_ASIDE) : known.start])
        and not before.startswith(("'s", "’s"), known.end)
    ]
    return bool(of and doers) and country_of(doers[-1].authority) != country_of(of)


# a state that does it: `The United States has removed`, `, Japan decided to add`
STATE = PerVocabulary(
    lambda _: re.compile(
        rf"(?:\A|[.;:,]\s|\b(?:that|while|and|but)\s)(?:\w{{1,3}}[.)]\s)?(?:[Tt]he\s)?"
        rf"(?P<state>{places.country_pattern()}|\b(?:US|UK|EU|European Union)\b),?\s"
        r"(?:(?:has|have|had|also|now|today|\w{2,14}ly|decided|agreed|chose|to)\s){0,5}$"
    )
)
LONGEST_BEFORE, LONGEST_ASIDE = 600, 30  # characters
BY = re.compile(r"[^.;:]{0,200}?\sby (?P<who>(?:the )?[A-Z][^.;:,]{2,90})")
ASIDE = re.compile(
    r"\b(?:against|on|of|to|from|with|for|under|in|at|following|after|and)\s+(?:the\s+|a\s+)?$",
    re.IGNORECASE,
)


def list_issuers(text: str) -> set[str]:
    """All issuers that a text names."""
    return {authority for pattern, authority in PATTERNS() if pattern.search(text)}


def is_issuer(text: str) -> bool:
    """Return whether a text is nothing but an issuer's name."""
    return any(pattern.fullmatch(text) for pattern, _ in PATTERNS())


ENDS = PerVocabulary(
    lambda _: [
        re.compile(
            rf"(?:{pattern.pattern})(?:,?"
            r" \([A-Z]+\))?,?\s+(?:(?:hereby|also|now|today|\w{2,14}ly)\s+){0,2}$"
        )
        for pattern, _ in PATTERNS()
    ]
)


def has_issuer_at_end(text: str) -> bool:
    """Return whether a text ends in an issuer's name, as before its verb."""
    return any(pattern.search(text) for pattern in ENDS())


# Bodies with words like ours, and acts on other subjects.
OTHERS = re.compile(
    r"Food and Drug Administration|Securities and Exchange Commission|Federal Aviation"
    r" Administration|Fish and Wildlife Service|"
    r"Department of Agriculture|Environmental Protection Agency|Federal Trade Commission|Department"
    r" of Labor|Coast Guard"
)


def is_of_foreign_body(text: str) -> bool:
    """Return whether a text opens with a foreign body."""
    other, ours = OTHERS.search(text), find_first_issuer(text)
    return other is not None and (ours is None or other.start() < ours.start)
