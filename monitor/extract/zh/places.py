"""Countries that a Chinese text names → ISO codes."""

import re
from functools import cache

from monitor.vocabulary.countries import spelt

HOME = frozenset({"CN", "HK", "MO"})


@cache
def countries() -> dict[str, str]:
    """Chinese names of countries and what they are coded."""
    known = spelt("zh")
    return {name: code for name, code in known.items() if code not in HOME and len(name) > 1}


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
