"""Countries by their codes: what CLDR knows of them, and what it lacks for the trade. Pure."""

from functools import cache
from typing import TYPE_CHECKING

from monitor.lazy import lazy

if TYPE_CHECKING:
    import babel
    from babel import core
else:
    babel, core = lazy("babel"), lazy("babel.core")

CHINA = frozenset({"CN", "HK", "MO"})  # by the codes of its parts: a firm of it may be printed under any
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
# Capitals that count their days by a zone which is called after another town.
TOWNS = {
    "ae": "Abu Dhabi",
    "au": "Canberra",
    "br": "Brasília",
    "ca": "Ottawa",
    "ch": "Bern",
    "cn": "Beijing",
    "in": "New Delhi",
    "kz": "Astana",
    "nz": "Wellington",
    "tr": "Ankara",
    "un": "New York",
    "us": "Washington",
    "vn": "Hanoi",
}
# Names that texts use and CLDR has not, in their languages.
ALSO: dict[str, dict[str, str]] = {
    "en": {
        "People's Republic of China": "CN",
        "Peoples Republic of China": "CN",
        "PRC": "CN",
        "China, People's Republic of": "CN",
        "Hong Kong": "HK",
        "Macau": "MO",
        "Macao": "MO",
        "Burma": "MM",
        "Myanmar": "MM",
        "Turkey": "TR",
        "Turkiye": "TR",
        "Russian Federation": "RU",
        "Crimea Region of Ukraine": "UA-43",
        "Crimea": "UA-43",
        "Czech Republic": "CZ",
        "U.A.E.": "AE",
        "UAE": "AE",
        "U.K.": "GB",
        "UK": "GB",
        "U.S.": "US",
        "Democratic Republic of the Congo": "CD",
        "Republic of the Congo": "CG",
        "Ivory Coast": "CI",
        "Cote d'Ivoire": "CI",
        "Kyrgyz Republic": "KG",
        "Macedonia": "MK",
        "Republic of Korea": "KR",
        "Democratic People's Republic of Korea": "KP",
        "Swaziland": "SZ",
        "Cape Verde": "CV",
        "Trinidad and Tobago": "TT",
        "Bosnia and Herzegovina": "BA",
        "Antigua and Barbuda": "AG",
        "Saint Kitts and Nevis": "KN",
        "West Bank": "PS",
        "European Union": "EU",
    },
    "zh": {
        "台湾地区": "TW",
        "中国台湾地区": "TW",
        "中国台湾": "TW",
        "台湾": "TW",
        "欧盟": "EU",
        "联合国": "UN",
        "韩国": "KR",
        "朝鲜": "KP",
        "捷克": "CZ",
        "英国": "GB",
        "阿联酋": "AE",
        "俄罗斯联邦": "RU",
    },
}
ADJECTIVES = {  # in English: whose a firm is
    "American": "US",
    "US": "US",
    "Japanese": "JP",
    "Canadian": "CA",
    "Taiwanese": "TW",
    "European": "EU",
    "British": "GB",
    "South Korean": "KR",
    "Korean": "KR",
    "Ukrainian": "UA",
    "Dutch": "NL",
    "German": "DE",
}
NO_COUNTRIES = frozenset({"QO", "XA", "XB", "ZZ"})  # CLDR's own: the rest of Oceania, two for tests, an unknown region


@cache
def names(language: str) -> dict[str, str]:
    """The code of each country (`EU` and `UN` among them) → its name in a language, as CLDR has it."""
    territories = babel.Locale(language).territories.items()
    return {code: str(name) for code, name in territories if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES}


def name(code: str, language: str = "en") -> str:
    """`US` as `United States`; "" for what is no country."""
    return names(language).get(code.upper(), "")


@cache
def spelt(language: str) -> dict[str, str]:
    """Each name of a country in a language, those included that CLDR lacks, with plain apostrophes → its code."""
    return {name.replace("’", "'"): code for code, name in names(language).items()} | ALSO.get(language, {})


def zones(country: str) -> list[str]:
    """The names of all zones of a country: `mn` has `Asia/Hovd` and others."""
    return sorted(core.get_global("territory_zones").get(country.upper(), []))


def zone_of(country: str) -> str:
    """`sg` → `Asia/Singapore`: the only zone of a country, or its capital's; "" where neither is known."""
    own = zones(country)
    return CAPITALS.get(country) or (own[0] if len(own) == 1 and name(country) else "")
