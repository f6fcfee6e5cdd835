"""Country names in Chinese → ISO codes, from CLDR with the names it lacks."""

import re
from functools import cache

from babel import Locale

ALIASES = {
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
}
HOME = frozenset({"CN", "HK", "MO"})


@cache
def countries() -> dict[str, str]:
    """Chinese names of countries and what they are coded."""
    cldr = {
        name: code for code, name in Locale("zh").territories.items() if len(code) == 2 and code.isalpha() and code not in HOME
    }
    return {name: code for name, code in (cldr | ALIASES).items() if code and len(name) > 1}


@cache
def country_pattern() -> str:
    """A pattern for any country's name, longest first."""
    return "(?:" + "|".join(re.escape(name) for name in sorted(countries(), key=len, reverse=True)) + ")"


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(country_pattern())


def leading(text: str) -> tuple[str | None, int]:
    """The country a text begins with, and where its name ends."""
    match = _leading().match(text)
    return (countries()[match[0]], match.end()) if match else (None, 0)


def first(text: str) -> str | None:
    """The first country a text names."""
    match = _leading().search(text)
    return countries()[match[0]] if match else None


def all_in(text: str) -> list[str]:
    """All countries a text names, in order."""
    return [countries()[match[0]] for match in _leading().finditer(text)]
