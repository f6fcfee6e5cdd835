"""Authorities, registers and countries, said once: what they are called, what standing on a register means, in which time zone
an authority counts its days. A scraper may declare more; who loads scrapers says so with `use`.
"""

from datetime import date, datetime, tzinfo

from monitor.vocabulary.known import PerVocabulary, Vocabulary, current, use
from monitor.vocabulary.terms import Authority, NamedRegister, Series, Term, country_of

__all__ = [
    "Authority",
    "NamedRegister",
    "PerVocabulary",
    "Series",
    "Term",
    "Vocabulary",
    "authority",
    "country_of",
    "current",
    "day",
    "issuer",
    "meaning",
    "numbered_as",
    "register",
    "series",
    "today",
    "use",
    "zone",
    "zones",
]


def zone(code: str) -> tzinfo:
    """`cn-mofcom`, and a register of its, counts its days in Asia/Shanghai; what has no issuer in UTC."""
    return current().zone(code)


def zones() -> list[tzinfo]:
    """Every zone in which an authority that is known counts its days."""
    return list(dict.fromkeys(zone(code) for code in current().authorities))


def today(authority: str, now: datetime) -> date:
    """The day that it is for `authority` at this instant."""
    return now.astimezone(zone(authority)).date()


def day(on: str, authority: str) -> date | None:
    """The day that a date or a clock time with offset is for `authority`; None where `on` is neither."""
    try:
        return date.fromisoformat(on) if "T" not in on else _day(datetime.fromisoformat(on), authority)
    except ValueError:
        return None


def _day(moment: datetime, authority: str) -> date:
    # A clock time without offset is already the authority's own: astimezone() would take it for this machine's.
    return moment.date() if moment.tzinfo is None else today(authority, moment)


def authority(code: str) -> str:
    """`cn-mofcom` as people call it; one that is declared no more by its last part."""
    known = current().authorities.get(code)
    return known.name if known else code.rpartition("-")[2].upper()


def issuer(key: str) -> str:
    """Whose act a key names (`mfa-order-2024-15` is of `cn-mfa`); "" where that is nobody known."""
    return current().issuer(key)


def series(code: str) -> str:
    """`mofcom-order` as its acts are called, `MOFCOM Order`; "" for no series of ours."""
    known = current().series.get(code)
    return known.label if known else ""


def numbered_as(code: str, *, orders: bool) -> str:
    """The series in which the body of a series numbers its orders, or its announcements: `mofcom-order` beside `mofcom`.

    "" where it has none.
    """
    known = current().series
    head = known[code].head if code in known else ""
    return next((one.code for one in known.values() if head and (one.head, one.orders) == (head, orders)), "")


def register(code: str, *, own: bool = False) -> str:
    """A register's English name, with its own name behind it where that is asked for; one declared no more by its code."""
    known = current().registers.get(code)
    if known is None:
        return code
    return f"{known.name} ({known.own})" if own and known.own else known.name


def meaning(code: str) -> str:
    """What standing on a register means, or nothing."""
    known = current().registers.get(code)
    return known.meaning if known else ""
