"""Nationalities as registers print them, demonyms and names of countries alike → ISO codes."""

import re

from monitor.extract.en import places
from monitor.vocabulary.countries import demonyms

KNOWN = {name.casefold(): code for name, code in demonyms().items()}
APART = re.compile(r"[,;:/|\n]|(?:^|(?<=\s))[a-z]\)", re.IGNORECASE)
AND = re.compile(r"(?<!\s)\s++(?:and|&)\s", re.IGNORECASE)
NONE_TOLD = {"", "NA", "N/A", "UNKNOWN", "NOT KNOWN", "-"}


def country(words: str) -> str | None:
    """Find the country of a nationality: `Russian`, `DPRK`, `Syrian Arab Republic`; None for none
    or several.
    """
    told = " ".join(words.replace("’", "'").split())
    return None if told.upper() in NONE_TOLD else KNOWN.get(told.casefold()) or places.coded(told)


def countries(words: str) -> tuple[str, ...] | None:
    """The countries of `Russian and Ukrainian`, `Russia, Georgia`, in alphabetical order; None
    where one is not understood.
    """
    if one := country(words):
        return (one,)
    told = [
        part
        for piece in APART.split(words)
        for part in ([piece] if country(piece) else AND.split(piece))
    ]
    codes = [country(name) for name in told if name.strip().upper() not in NONE_TOLD]
    known = [code for code in codes if code is not None]
    return tuple(sorted(set(known))) if len(known) == len(codes) else None
