"""Countries by their codes: their time zones, and the languages that CLDR knows. `monitor.names`
has their names. Pure.
"""

import tomllib
from pathlib import Path

from monitor.names.countries import CHINA, OF_FIRMS, cldr, demonyms, in_names, name, names, spelt

__all__ = ["CHINA", "OF_FIRMS", "cldr", "demonyms", "in_names", "name", "names", "spelt"]

_TABLES = tomllib.loads(Path(__file__).with_name("countries.toml").read_text(encoding="utf-8"))
CAPITALS, TOWNS, ABBREVIATIONS, AMBIGUOUS, IN_WORDS = _TABLES.values()
ARTICLED = {"AE", "EU", "GB", "NL", "PH", "UN", "US"}


def name_destination(code: str) -> str:
    """A country after `to`: `the United States`, `Japan`; a code that nobody knows as it is."""
    return f"{'the ' if code in ARTICLED else ''}{name(code) or code}"


def get_language_name(code: str) -> str:
    """`ko` as `Korean`; a code that nobody knows as it is."""
    try:
        return cldr().Locale.parse(code).english_name or code
    except (cldr().UnknownLocaleError, ValueError):
        return code


def zones(country: str) -> list[str]:
    """The names of all zones of a country: `mn` has `Asia/Hovd` and others."""
    return sorted(cldr().get_global("territory_zones").get(country.upper(), []))


def zone_of(country: str) -> str:
    """`sg` → `Asia/Singapore`: the only zone of a country, or its capital's; "" where neither is
    known.
    """
    own = [] if country in CAPITALS else zones(country)
    return CAPITALS.get(country) or (own[0] if len(own) == 1 and name(country) else "")
