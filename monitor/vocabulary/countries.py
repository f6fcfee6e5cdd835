"""Countries by their codes: what CLDR knows of them, and what it lacks for the trade. Pure."""

from functools import cache

from babel import Locale
from babel.core import get_global

# What issues acts and is no country of CLDR, or has several zones: the zone of the capital, or of the seat.
CAPITALS = {
    "ar": "America/Argentina/Buenos_Aires",
    "au": "Australia/Sydney",
    "br": "America/Sao_Paulo",
    "ca": "America/Toronto",
    "cl": "America/Santiago",
    "cn": "Asia/Shanghai",
    "cy": "Asia/Nicosia",
    "de": "Europe/Berlin",
    "es": "Europe/Madrid",
    "eu": "Europe/Brussels",
    "id": "Asia/Jakarta",
    "kz": "Asia/Almaty",
    "mx": "America/Mexico_City",
    "my": "Asia/Kuala_Lumpur",
    "nz": "Pacific/Auckland",
    "pt": "Europe/Lisbon",
    "ru": "Europe/Moscow",
    "ua": "Europe/Kyiv",
    "un": "America/New_York",
    "us": "America/New_York",
    "uz": "Asia/Tashkent",
}
NO_COUNTRIES = frozenset({"QO", "XA", "XB", "ZZ"})  # CLDR's own: the rest of Oceania, two for tests, an unknown region


@cache
def names(language: str) -> dict[str, str]:
    """The code of each country (`EU` and `UN` among them) → its name in a language, as CLDR has it."""
    territories = Locale(language).territories.items()
    return {code: str(name) for code, name in territories if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES}


def name(code: str, language: str = "en") -> str:
    """`US` as `United States`; "" for what is no country."""
    return names(language).get(code.upper(), "")


def zone_of(country: str) -> str:
    """`sg` → `Asia/Singapore`: the only zone of a country, or its capital's; "" where neither is known."""
    zones = get_global("territory_zones").get(country.upper(), [])
    return CAPITALS.get(country) or (zones[0] if len(zones) == 1 and name(country) else "")
