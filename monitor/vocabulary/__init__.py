"""Authorities, registers and countries, said once: what they are called, what standing on a register means, in which time zone
an authority counts its days. A scraper may declare more; who loads scrapers says so with `use`.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.errors import ConfigError
from monitor.vocabulary import countries
from monitor.vocabulary.authorities import AUTHORITIES, ISSUERS, Authority, NamedRegister, Series, Term, country_of
from monitor.vocabulary.registers import REGISTERS

__all__ = ["Authority", "NamedRegister", "Series", "Term", "country_of"]  # beside what stands here

T = TypeVar("T")
UNKNOWN = "nobody knows the authority %r any more: its days are those of UTC; name the package that declares it in config.toml"
log = logging.getLogger(__name__)


class Vocabulary:
    """Authorities, registers and series of acts by their codes, each declared once.

    Raises:
        ConfigError: a code that is declared twice, an authority whose days we can't count, a register of an issuer nobody knows.
    """

    def __init__(self, declared: Iterable[Term] = ()) -> None:
        self.declared = tuple(declared)
        ours = _by_code((*AUTHORITIES, *(term for term in self.declared if isinstance(term, Authority))))
        self.authorities: Mapping[str, Authority] = ours | {
            issuer.code: _completed(ours.get(issuer.code, issuer), issuer) for issuer in ISSUERS
        }
        self.registers: Mapping[str, NamedRegister] = _by_code(
            (*REGISTERS, *(term for term in self.declared if isinstance(term, NamedRegister)))
        )
        self.series: Mapping[str, Series] = _by_code([one for known in self.authorities.values() for one in known.series])
        self._issuers = {one.code: known.code for known in self.authorities.values() for one in known.series}
        self._zones: dict[str, tzinfo | None] = {
            term.code: _zone(self.authorities[term.code]) for term in self.declared if isinstance(term, Authority)
        }
        for known in self.registers.values():
            if known.issuer not in self.authorities:
                raise ConfigError(
                    f"the register {known.code!r} is of {known.issuer!r}, an authority that nobody knows; declare that as well"
                )

    def zone(self, code: str) -> tzinfo:
        """Where an authority, or the issuer of a register, counts its days; an act without an issuer counts them in UTC.

        Of one that is declared no more (its package is gone from config.toml) its country tells; where that is none, a line in
        the log says that its days are those of UTC.
        """
        return self.known_zone(code) or UTC

    def known_zone(self, code: str) -> tzinfo | None:
        """Where an authority, or the issuer of a register, counts its days; None where nobody knows."""
        if code not in self._zones:
            if authority := self.authorities.get(code):
                self._zones[code] = _zone(authority)
            elif known := self.registers.get(code):
                self._zones[code] = self.known_zone(known.issuer)
            else:
                name = countries.zone_of(country_of(code))
                if not name and code:
                    log.warning(UNKNOWN, code)
                self._zones[code] = ZoneInfo(name) if name else None
        return self._zones[code]

    def issuer(self, key: str) -> str:
        """Whose act a key names, by its series or by the authority that it begins with; "" where that is nobody known."""
        series = key.rsplit("-", 2)[0]
        return self._issuers.get(series) or next((code for code in self.authorities if key.startswith(f"{code}-")), "")


def _completed(declared: Authority, known: Authority) -> Authority:
    """What a scraper declares of an authority that we know by its acts alone, and what we know beside."""
    stated = {field.name: getattr(declared, field.name) for field in fields(declared)}
    return replace(known, **{name: value for name, value in stated.items() if value})


def _by_code(terms: Iterable[T]) -> dict[str, T]:
    known: dict[str, T] = {}
    for term in terms:
        code = term.code  # type: ignore[attr-defined]  # each kind of term has one
        if known.setdefault(code, term) != term:
            raise ConfigError(f"{code!r} is declared twice, with different words: as {known[code]} and as {term}")
    return known


def _zone(authority: Authority) -> tzinfo:
    name = authority.zone or countries.zone_of(authority.country)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        unknown = f"{authority.country!r} is no country whose time zone is known"
        cause = f"{authority.zone!r} is no time zone" if authority.zone else unknown
        remedy = f'Authority("{authority.code}", "{authority.name}", zone="Area/City")'
        raise ConfigError(f"the authority {authority.code!r}: {cause}; declare it as {remedy}") from error


class _Current:
    """Which vocabulary counts: one for all threads of a process."""

    vocabulary = OURS = Vocabulary()


def use(declared: Iterable[Term] = ()) -> None:
    """From now on know ours and what is `declared`, and nothing that was declared before.

    Raises:
        ConfigError: see `Vocabulary`; what was known stays known.
    """
    terms = tuple(declared)
    if terms != _Current.vocabulary.declared:
        _Current.vocabulary = Vocabulary(terms) if terms else _Current.OURS


def current() -> Vocabulary:
    """What is known now."""
    return _Current.vocabulary


class PerVocabulary(Generic[T]):
    """Something made of the vocabulary, made anew when another one counts."""

    def __init__(self, make: Callable[[Vocabulary], T]) -> None:
        self._make = lru_cache(1)(make)

    def __call__(self) -> T:
        """What it is now."""
        return self._make(_Current.vocabulary)


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
        if "T" not in on:
            return date.fromisoformat(on)
        moment = datetime.fromisoformat(on)
    except ValueError:
        return None
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
