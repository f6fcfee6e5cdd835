"""Orders that deny somebody export privileges: whom, as the title names them, from when and until when, as the text says."""

import re

from monitor.extract.en import dates
from monitor.model import Action, Entity, Measure

DENIED = "us-bis-denied-persons"
NAME = r"(?P<name>[^;:]+?)"
# What follows a name in a title: an address, a prison, the end.
END = r"(?=\s*(?:,\s*(?:Inmate|FCI|P\.?O\.?|Floor|Suite|No\.|a/k/a|\d)|;|$))"
TITLES = (
    re.compile(rf"\bIn the Matter of:?\s+{NAME}{END}"),
    re.compile(rf"\bDenying Export Privileges(?: of|:| to)\s+{NAME}{END}"),
    re.compile(rf"\bDenial of Export Privileges(?: of|:)\s+{NAME}{END}"),
)
DENIES = re.compile(r"\b(?:Deny|Denial)\w*\b[^;]{0,40}\bExport Privileges\b|\bexport privileges (?:are|is) (?:hereby )?denied\b")
ENDED = re.compile(r"\b(?:Vacat|Terminat|Rescind|Rescission|Modif|Remov|Correct|Appeal|Reinstat)\w*", re.IGNORECASE)
INMATE = re.compile(r"\bInmate\b")
# What follows behind a semicolon without naming somebody: what kind of order it is, or where somebody is.
NO_NAME = re.compile(r"\s*(?:$|In the Matter of\b|(?:[A-Z][a-z]+ )*Order\b|(?:Inmate|FCI|P\.?O\.?|Floor|Suite|No\.)|\d)")
SEVERAL = re.compile(r"\bet al\b|\b(?:Inc|Ltd|LLC|Co|Corp|GmbH|FZE|FZCO|Limited)\b\.?,?\s+(?:and|&)\s+(?=[A-Z])")
TERM = re.compile(
    r"[^.]{0,400}\bfor (?:a (?:further )?period of |a further |an additional |another )?[\w-]{1,20} "
    r"(?:days?|months?|years?)\b[^.]*\.?"
)


def measure(title: str, text: str) -> Measure | None:
    """The denial that an order prints; nothing where it is none, or names nobody in its title."""
    if ENDED.search(title) or not DENIES.search(f"{title}. {text}"):
        return None
    person = named(title)
    if person is None:
        return None
    term = TERM.search(text)
    starts = dates.start(term[0], None, term[0].strip()) if term else None
    ends = dates.end(term[0], starts.on, term[0].strip()) if term and starts else None
    return Measure(action=Action.ADD, register=DENIED, starts=starts, ends=ends, entities=(person,), quote=title)


def named(title: str) -> Entity | None:
    """Whom the title of an order on export privileges names first."""
    match = _named(title) if PRIVILEGES.search(title) else None
    return match and Entity(
        names={"en": match["name"].strip(" ,")}, kind="person" if INMATE.search(title) else "org", quote=match[0]
    )


PRIVILEGES = re.compile(r"\bExport Privileges\b")


def names_more(title: str) -> bool:
    """Whether the title of an order names others beside the one whom `measure` reads."""
    named = _named(title)
    if named is None:
        return False
    return bool(SEVERAL.search(title)) or any(not NO_NAME.match(each) for each in title[named.end() :].split(";")[1:])


def _named(title: str) -> re.Match[str] | None:
    return next((match for pattern in TITLES if (match := pattern.search(title))), None)
