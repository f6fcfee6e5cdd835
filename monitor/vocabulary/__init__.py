"""Authorities, registers and countries, defined once: their names, the meaning of a listing, an
authority's time zone. A scraper may declare more; the loader of scrapers calls `use`.
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.errors import ConfigError
from monitor.names.scripts import load_simplified
from monitor.vocabulary import countries
from monitor.vocabulary.authorities import (
    AUTHORITIES,
    ISSUERS,
    Authority,
    NamedRegister,
    Series,
    Term,
    country_of,
)
from monitor.vocabulary.registers import REGISTERS

__all__ = ["Authority", "NamedRegister", "Series", "Term", "country_of"]  # beside what stands here

T = TypeVar("T")
UNKNOWN = (
    "nobody knows the authority %r any more: its days are those of UTC; name the package that"
    " declares it in config.toml"
)
log = logging.getLogger(__name__)


class Vocabulary:
    """Authorities, registers and series of acts by their codes, each declared once.

    Raises:
        ConfigError: a code declared twice, an authority without a known zone, a register of an
            unknown issuer.
    """

    def __init__(self, declared: Iterable[Term] = ()) -> None:
        self.declared = tuple(declared)
        own = (term for term in self.declared if isinstance(term, Authority))
        named = map(_simplify_names, map(_add_phrases, own))
        ours = _map_by_code((*AUTHORITIES, *named))
        self.authorities: Mapping[str, Authority] = ours | {
            issuer.code: _complete_authority(ours.get(issuer.code, issuer), issuer)
            for issuer in ISSUERS
        }
        self.registers: Mapping[str, NamedRegister] = _map_by_code(
            (*REGISTERS, *(term for term in self.declared if isinstance(term, NamedRegister)))
        )
        self.series: Mapping[str, Series] = _map_by_code(
            [one for known in self.authorities.values() for one in known.series]
        )
        self._issuers = {
            one.code: known.code for known in self.authorities.values() for one in known.series
        }
        self._zones: dict[str, tzinfo | None] = {
            term.code: _find_zone(self.authorities[term.code])
            for term in self.declared
            if isinstance(term, Authority)
        }
        for known in self.registers.values():
            if known.issuer not in self.authorities:
                raise ConfigError(
                    f"the register {known.code!r} is of {known.issuer!r}, an authority that nobody"
                    " knows; declare that as well"
                )

    def zone(self, code: str) -> tzinfo:
        """Return the zone of an authority's days, or a register's issuer's; UTC for an act without
        an issuer. An authority no longer declared (its package is gone from config.toml) has its
        country's zone. Without one it is UTC, with a line in the log.
        """
        return self.known_zone(code) or UTC

    def known_zone(self, code: str) -> tzinfo | None:
        """Return the zone of an authority, or a register's issuer; None if unknown."""
        if code not in self._zones:
            if authority := self.authorities.get(code):
                self._zones[code] = _find_zone(authority)
            elif known := self.registers.get(code):
                self._zones[code] = self.known_zone(known.issuer)
            else:
                name = countries.zone_of(country_of(code))
                if not name and code:
                    log.warning(UNKNOWN, code)
                self._zones[code] = ZoneInfo(name) if name else None
        return self._zones[code]

    def issuer(self, key: str) -> str:
        """Find a key's authority, by its series or its prefix; "" if unknown."""
        series = key.rsplit("-", 2)[0]
        return self._issuers.get(series) or next(
            (code for code in self.authorities if key.startswith(f"{code}-")), ""
        )


def _add_phrases(declared: Authority) -> Authority:
    """Give an authority its name as the pattern of its names, where its scraper states none."""
    stated = declared.phrases or declared.signs or declared.abroad
    return declared if stated else replace(declared, phrases=(rf"\b{re.escape(declared.name)}\b",))


def _simplify_names(declared: Authority) -> Authority:
    """Write the Chinese names of an authority in simplified characters, in which acts are read."""
    if not (declared.own or any(one.own for one in declared.series)):
        return declared
    own = tuple(name.translate(load_simplified()) for name in declared.own)
    series = (replace(one, own=one.own.translate(load_simplified())) for one in declared.series)
    return replace(declared, own=own, series=tuple(series))


def _complete_authority(declared: Authority, known: Authority) -> Authority:
    """Merge a scraper's declaration of an authority that we know from its acts only."""
    stated = {field.name: getattr(declared, field.name) for field in fields(declared)}
    return replace(known, **{name: value for name, value in stated.items() if value})


def _map_by_code(terms: Iterable[T]) -> dict[str, T]:
    known: dict[str, T] = {}
    for term in terms:
        code = term.code  # type: ignore[attr-defined]  # each kind of term has one
        if known.setdefault(code, term) != term:
            raise ConfigError(
                f"{code!r} is declared twice, with different words: as {known[code]} and as {term}"
            )
    return known


def _find_zone(authority: Authority) -> tzinfo:
    name = authority.zone or countries.zone_of(authority.country)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        unknown = f"{authority.country!r} is no country whose time zone is known"
        cause = f"{authority.zone!r} is no time zone" if authority.zone else unknown
        remedy = f'Authority("{authority.code}", "{authority.name}", zone="Area/City")'
        raise ConfigError(
            f"the authority {authority.code!r}: {cause}; declare it as {remedy}"
        ) from error


class _Current:
    """The vocabulary in use: one for all threads of a process."""

    vocabulary = OURS = Vocabulary()


def use(declared: Iterable[Term] = ()) -> None:
    """Replace the vocabulary by ours and the `declared` one.

    Raises:
        ConfigError: see `Vocabulary`; then the old one stays.
    """
    terms = tuple(declared)
    if terms != _Current.vocabulary.declared:
        _Current.vocabulary = Vocabulary(terms) if terms else _Current.OURS


def current() -> Vocabulary:
    """Return the present vocabulary."""
    return _Current.vocabulary


class PerVocabulary(Generic[T]):
    """A value computed from the vocabulary, and again when another one is in use."""

    def __init__(self, make: Callable[[Vocabulary], T]) -> None:
        self._make = lru_cache(1)(make)

    def __call__(self) -> T:
        """Return the present value."""
        return self._make(_Current.vocabulary)


def zone(code: str) -> tzinfo:
    """`cn-mofcom`, and a register of its, counts its days in Asia/Shanghai; what has no issuer
    in UTC.
    """
    return current().zone(code)


def zones() -> list[tzinfo]:
    """Every zone in which an authority that is known counts its days."""
    return list(dict.fromkeys(zone(code) for code in current().authorities))


def today(authority: str, now: datetime) -> date:
    """The day that it is for `authority` at this instant."""
    return now.astimezone(zone(authority)).date()


def day(on: str, authority: str) -> date | None:
    """The day that a date or a clock time with offset is for `authority`; None where `on` is
    neither.
    """
    try:
        if "T" not in on:
            return date.fromisoformat(on)
        moment = datetime.fromisoformat(on)
    except ValueError:
        return None
    # A clock time without offset is already the authority's own: astimezone() would take it for
    # this machine's.
    return moment.date() if moment.tzinfo is None else today(authority, moment)


def authority(code: str) -> str:
    """Return the usual name of `cn-mofcom`; the last part of the code for an unknown one."""
    known = current().authorities.get(code)
    return known.name if known else code.rpartition("-")[2].upper()


def issuer(key: str) -> str:
    """Find a key's authority (`mfa-order-2024-15` has `cn-mfa`); "" if unknown."""
    return current().issuer(key)


def series(code: str) -> str:
    """Return the name of a series' acts, `mofcom-order` → `MOFCOM Order`; "" for an unknown
    series.
    """
    known = current().series.get(code)
    return known.label if known else ""


def numbered_as(code: str, *, orders: bool) -> str:
    """The series in which the body of a series numbers its orders, or its announcements:
    `mofcom-order` beside `mofcom`.

    "" where it has none.
    """
    known = current().series
    head = known[code].head if code in known else ""
    return next(
        (one.code for one in known.values() if head and (one.head, one.orders) == (head, orders)),
        "",
    )


def register(code: str, *, own: bool = False) -> str:
    """Return a register's English name, on request with its own name; the code of one no longer
    declared.
    """
    known = current().registers.get(code)
    if known is None:
        return code
    return f"{known.name} ({known.own})" if own and known.own else known.name


def keeper(code: str) -> str:
    """Return the authority that keeps a register; "" for a register no longer declared."""
    known = current().registers.get(code)
    return known.issuer if known else ""


def find_only_list(keeper: str) -> str | None:
    """Find the one list of names that an authority or a country keeps; None where it has several."""
    kept = [
        each.code
        for each in current().registers.values()
        if not each.goods and keeper in (each.issuer, each.country)
    ]
    return kept[0] if len(kept) == 1 else None


def find_issuers(text: str) -> list[str]:
    """The authorities that a text calls by their Chinese names, in its order."""
    named = {name: known.code for known in current().authorities.values() for name in known.own}
    places: dict[int, str] = {}
    for name in sorted(named, key=len, reverse=True):  # an office has that of its ministry in it
        if (at := text.find(name)) >= 0:
            places[at] = named[name]
            text = text.replace(name, " " * len(name))
    return list(dict.fromkeys(places[at] for at in sorted(places)))


def find_registers(text: str) -> list[str]:
    """The registers that a text calls by a name of theirs."""
    return [
        code
        for code, known in current().registers.items()
        if any(called and called in text for called in (known.own, *known.written, known.name))
    ]


def allows(code: str) -> bool:
    """Return whether a register's meaning is only what an act may do to whom it lists."""
    known = current().registers.get(code)
    return known is not None and known.allows


def meaning(code: str) -> str:
    """Return the meaning of a listing on a register, or nothing."""
    known = current().registers.get(code)
    return known.meaning if known else ""
