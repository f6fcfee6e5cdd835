"""Orders that deny export privileges, renew, modify or end that: to whom, as the title names them, and for how long."""

import re

from monitor.extract.en import dates
from monitor.model import Action, End, Entity, Measure, Start
from monitor.vocabulary.forms import FORM
from monitor.vocabulary.registers import DENIED_PERSONS

DENIED = DENIED_PERSONS.code
NAME = r"(?P<name>[^;:]+?)"
# What follows a name in a title: an address, a prison, the end.
END = r"(?=\s*(?:,\s*(?:(?:[A-Z][a-z]+ ){0,3}Order\b|Inmate|FCI|P\.?O\.?|Floor|Suite|No\.|a/k/a|\d)|;|$))"
TITLES = (
    re.compile(rf"\bIn the Matter of:?\s+{NAME}{END}"),
    re.compile(rf"\bDenying Export Privileges(?: of|:| to)\s+{NAME}{END}"),
    re.compile(rf"\bDenial of Export Privileges(?: as to [Rr]elated [Pp]ersons?)?(?: of|:)\s+{NAME}{END}"),
    re.compile(rf"\bDenial Order(?: as to| issued (?:to|against)| against| of|:)\s+{NAME}{END}"),
    # Before the order stands the name, with an address behind it.
    re.compile(rf"^(?!Order\b|In the Matter\b|Notice\b)(?P<name>[^;:,]+(?:,\s*{FORM}\b\.?)*)[,;].*;[^;]*\bOrders?\b"),
    re.compile(rf"^(?!Order\b|In the Matter\b|Notice\b)(?P<name>[^;:,]+(?:,\s*{FORM}\b\.?)*);[^;]*\bOrders?\b"),
)
DENIES = re.compile(
    r"\b(?:Deny|Denial)\w*\b[^;]{0,40}\bExport Privileges\b|\bDenial Order\b|\bexport privileges (?:are|is) (?:hereby )?denied\b"
)
NO_ORDER = re.compile(r"\bAppeal\w*|\b(?:Denying|Denial of) (?:\w+ )?(?:Motion|Petition|Request)\b", re.IGNORECASE)
ACTIONS = (  # the first whose words stand in the title; else it denies
    (Action.ADD, re.compile(r"\b(?:Renew|Extend|Reinstat)\w*", re.IGNORECASE)),
    (Action.REMOVE, re.compile(r"\b(?:Vacat|Terminat|Rescind|Rescission|Revok|Revocation|Remov)\w*", re.IGNORECASE)),
    (Action.AMEND, re.compile(r"\b(?:Modif|Amend|Correct)\w*", re.IGNORECASE)),
)
INMATE = re.compile(r"\bInmate\b")
# What follows behind a semicolon without naming somebody: what kind of order it is, or where somebody is.
NO_NAME = re.compile(r"\s*(?:$|In the Matter of\b|(?:[A-Z][a-z]+ )*Order\b|(?:Inmate|FCI|P\.?O\.?|Floor|Suite|No\.)|\d)")
SEVERAL = re.compile(rf"\bet al\b|\b{FORM}\.?,?\s+(?:and|&)\s+(?=[A-Z])")
TERM = re.compile(
    rf"{dates.UNENDED}{{0,400}}\bfor (?:a (?:further )?period of |a further |an additional |another )?[\w-]{{1,20}} "
    rf"(?:days?|months?|years?)\b{dates.UNENDED}*\.?"
)


def measure(title: str, text: str, published: str | None = None) -> Measure | None:
    """What an order does to a denial; nothing where it is none, or names nobody in its title. `published` is its own day."""
    if NO_ORDER.search(title) or not DENIES.search(f"{title}. {text}"):
        return None
    person = entity_denied(title)
    if person is None:
        return None
    action = next((action for action, words in ACTIONS if words.search(title)), Action.ADD)
    starts, ends = _term(text, published) if action is not Action.REMOVE else (None, None)
    return Measure(action=action, register=DENIED, starts=starts, ends=ends, entities=(person,), quote=title)


def _term(text: str, published: str | None) -> tuple[Start | None, End | None]:
    """From when an order counts and until when: of the sentences that say how long, the first that says since when."""
    for term in (match[0] for match in TERM.finditer(text)):
        starts = dates.start(term, None, term.strip(), authority=DENIED) or _of_order(term, published)
        if starts:
            return starts, dates.end(term, starts.on, term.strip())
    return None, None


def _of_order(term: str, published: str | None) -> Start | None:
    on = published if published and FROM_ORDER.search(term) else None
    return Start(on=on, basis="publication", quote=term.strip()) if on else None


FROM_ORDER = re.compile(r"\bfrom the (?:date|day) (?:of (?:this|the) [Oo]rder|on which this [Oo]rder)\b")


def entity_denied(title: str) -> Entity | None:
    """Whom the title of an order on export privileges names first."""
    match = _named(title) if PRIVILEGES.search(title) else None
    return match and Entity(
        names={"en": match["name"].strip(" ,")}, kind="person" if INMATE.search(title) else "org", quote=match[0]
    )


PRIVILEGES = re.compile(r"\bExport Privileges\b|\bDenial Order\b")


def names_more(title: str) -> bool:
    """Whether the title of an order names others beside the one whom `measure` reads."""
    named = _named(title)
    if named is None:
        return False
    return bool(SEVERAL.search(title)) or any(not NO_NAME.match(name) for name in title[named.end() :].split(";")[1:])


def _named(title: str) -> re.Match[str] | None:
    return next((match for pattern in TITLES if (match := pattern.search(title))), None)
