"""Country names in English → ISO codes, from CLDR with the names official texts use instead."""

import re
from functools import cache

from babel import Locale

ALIASES = {
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
}
ADJECTIVES = {
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


@cache
def countries() -> dict[str, str]:
    """English names of countries, with a plain apostrophe, and what they are coded."""
    cldr = {
        name.replace("’", "'"): code
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha() and not code.startswith(("XA", "XB", "ZZ", "QO"))
    }
    return cldr | ALIASES


FORM_OF_STATE = re.compile(r"(?:.*\b(?:REPUBLIC|STATE|KINGDOM) OF )?(?:THE )?(.+)")


def coded(place: str) -> str | None:
    """The code of a country that stands alone, in any case: `CHINA, PEOPLE'S REPUBLIC OF`, `State of Israel`, `AE`."""
    told = " ".join(place.replace("’", "'").upper().split())
    codes = _codes()
    bare = FORM_OF_STATE.fullmatch(told)
    return codes.get(told) or (codes.get(bare[1]) if bare else None)


@cache
def _codes() -> dict[str, str]:
    by_name = {name.upper(): code for name, code in countries().items()}
    return {code: code for code in by_name.values()} | by_name


@cache
def country_pattern() -> str:
    """A pattern for any country's name, longest first."""
    names = sorted(countries(), key=len, reverse=True)
    return r"(?:\b(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w))"


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(country_pattern())


@cache
def _adjective() -> re.Pattern[str]:
    names = sorted(ADJECTIVES | countries(), key=len, reverse=True)
    return re.compile(r"(?<![\w.])(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)")


def all_in(text: str) -> list[str]:
    """All countries a text names, in order, each once."""
    return list(dict.fromkeys(countries()[match[0]] for match in _anywhere().finditer(text)))


def nation(text: str) -> str | None:
    """The one country that a text names or calls something after; nothing where it names several."""
    found = {(ADJECTIVES | countries())[match[0]] for match in _adjective().finditer(text)}
    return found.pop() if len(found) == 1 else None
