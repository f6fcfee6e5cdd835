"""Authorities and registers as values. Ours are in the tables beside (`authorities.toml`,
`registers.toml`), a private scraper declares its own in its module.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Series:
    """Acts that an authority numbers: the code in their keys (`mofcom-order`), what they are
    called here, and by itself in Chinese; without that they are those that it numbers in English.
    """

    code: str
    label: str
    own: str = ""

    @property
    def orders(self) -> bool:
        """Return whether these are orders, by their own name (`商务部令`), and no announcements."""
        return self.own.endswith("令") or (not self.own and self.label.endswith("Order"))

    @property
    def head(self) -> str:
        """Return the start of its own name: the issuer (`商务部`)."""
        return self.own.removesuffix("公告").removesuffix("令")


def numbered(code: str, label: str, own: str) -> tuple[Series, Series]:
    """The announcements and orders of a Chinese issuer by its `own` name, each with its own series
    of numbers.
    """
    return Series(code, label, f"{own}公告"), Series(f"{code}-order", f"{label} Order", f"{own}令")


@dataclass(frozen=True, slots=True)
class Authority:
    """An issuer of acts or registers, or a publisher of reports on them: `Authority("sg-customs",
    "Singapore Customs")`.

    The code begins with its country (ISO 3166-1, `eu`, `un`); `name` is its usual English name.
    `zone` is that of its days; optional if the country has one zone, or its capital's is known.
    `own` are its names in Chinese acts, the surest first; a name without a series uses the first
    one's. `phrases` are patterns of its English names; by default
    a scraper's authority has its `name`. `signs` are those by which an English act
    names its issuer, if different; `abroad` those of acts in other languages. `agency` is its name
    in the Federal Register. `near`: its acts are mostly on trade control, sanctions or
    countermeasures.
    """

    code: str
    name: str
    zone: str = ""
    series: tuple[Series, ...] = ()
    own: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()
    agency: str = ""
    near: bool = False

    @property
    def country(self) -> str:
        """The first part of its code: `cn`."""
        return country_of(self.code)


@dataclass(frozen=True, slots=True)
class NamedRegister:
    """A register: its name, its issuer, and the meaning of a listing in plain words.

    One act's text is no list's meaning: the list's rules are, with their date, if each act states
    its own measures. `own` is its name in its issuer's language, `written` are others in Chinese
    texts, `called` is their word for a listed one. `phrases` are patterns of its English names; by
    default its `name`. `goods`: it lists goods, not entities. `imposed`: it is a measure without a
    list's name, and `own` is its word, not a title. `allows`: its meaning is what may be done to
    the listed, and each act chooses of that.
    """

    code: str
    name: str
    issuer: str
    own: str = ""
    meaning: str = ""
    written: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    goods: bool = False
    imposed: bool = False
    allows: bool = False

    @property
    def country(self) -> str:
        """The country of its issuer."""
        return country_of(self.issuer)


Term = Authority | NamedRegister


def country_of(code: str) -> str:
    """The country that the code of an authority or a register begins with: `cn` of `cn-mofcom`."""
    return code.partition("-")[0]


def read_table(file: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Read a table of terms; lists become the tuples of values."""
    tables = tomllib.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    return {
        kind: [
            {name: tuple(word) if isinstance(word, list) else word for name, word in row.items()}
            for row in rows
        ]
        for kind, rows in tables.items()
    }


def _make_authority(
    numbered_as: tuple[str, ...] = (), series: Sequence[Sequence[str]] = (), **words: Any
) -> Authority:
    first = numbered(*numbered_as) if numbered_as else ()
    return Authority(series=(*first, *(Series(*one) for one in series)), **words)


# Those with pages that we read, and those with acts that we read only on other pages.
AUTHORITIES, ISSUERS = (
    tuple(_make_authority(**row) for row in rows)
    for rows in read_table("authorities.toml").values()
)
_named = {one.code: one for known in (*AUTHORITIES, *ISSUERS) for one in known.series}
MOFCOM_ANNOUNCEMENTS, UEL_NOTICES = _named["mofcom"], _named["uel"]
# a series that the acts themselves spell otherwise than by a Chinese name: `NTE 2025/07`
NOTICES_TO_EXPORTERS = _named["gb-nte"]
EXTRATERRITORIAL_NOTICES = _named["extraterritorial"]
UEL_MECHANISM = AUTHORITIES[0].phrases[0]
