"""Countries that an English text names → ISO codes."""

import re
from functools import cache

from monitor.vocabulary.countries import OF_FIRMS, demonyms, spelt


def countries() -> dict[str, str]:
    """English names of countries, with a plain apostrophe, and what they are coded."""
    return spelt("en")


FORM_OF_STATE = re.compile(r"(?:.*\b(?:REPUBLIC|STATE|KINGDOM) OF )?(?:THE )?(.+)")


def coded(place: str) -> str | None:
    """The code of a country that stands alone, in any case: `CHINA, PEOPLE'S REPUBLIC OF`,
    `State of Israel`, `AE`.
    """
    name = " ".join(place.replace("’", "'").upper().replace("İ", "I").split())
    codes = _map_codes()
    bare = FORM_OF_STATE.fullmatch(name)
    return codes.get(name) or (codes.get(bare[1]) if bare else None)


@cache
def _map_codes() -> dict[str, str]:
    by_name = {name.upper(): code for name, code in countries().items()}
    return {code: code for code in by_name.values()} | by_name


@cache
def country_pattern() -> str:
    """A pattern for any country's name, longest first."""
    names = sorted(countries(), key=len, reverse=True)
    return r"(?:\b(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w))"


@cache
def _compile_countries() -> re.Pattern[str]:
    return re.compile(country_pattern())


@cache
def _compile_nations() -> re.Pattern[str]:
    names = sorted(_map_nations(), key=len, reverse=True)
    return re.compile(r"(?<![\w.])(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)")


@cache
def _map_nations() -> dict[str, str]:
    """Countries by their names and by what their firms are called after."""
    return demonyms() | OF_FIRMS | countries()


def all_in(text: str) -> list[str]:
    """All countries a text names, in order, each once."""
    return list(
        dict.fromkeys(countries()[match[0]] for match in _compile_countries().finditer(text))
    )


def nation(text: str) -> str | None:
    """The one country that a text names or calls something after; nothing where it names
    several.
    """
    nations = {_map_nations()[match[0]] for match in _compile_nations().finditer(text)}
    return nations.pop() if len(nations) == 1 else None
