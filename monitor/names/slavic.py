"""Tell adjectives of places, cases and parts of words in names of Russia and its neighbours. Pure."""

import re
from functools import cache

ADJECTIVE = re.compile(r"(?:sk|ck|zk)(?:iy|yy|ij|ii|i|y|oy|oi|oe|oye|oie|aya|aia|oho|ogo|omu|om)?$")
ENDING = re.compile(r"[aeiouys]$")
LINKING = re.compile(r"(?:en|in|on|n|ov|ev|e|o|i|l)$")
INFLECTED = re.compile(r"(?<=[sc]k)(?:iy|yy|ij|ii|i|y|oy|oi|oe|oye|oie|aya|aia)$")  # Omskiy, Omsk
SOFTENED = re.compile("zh$")  # Kaluga, Kaluzhsky
FLEETING = re.compile("[eo]n$")  # Kolomna, Kolomensky
OF_PLACE = re.compile(
    "(.{3,})s[kc](?:iy|yy|ij|ii|yi|i|y|oy|oi|oe|oye|oie|aya|aia|oho|ogo|omu|om|a|e|ae|aye)"
)
SHORTEST_STEM, SHORTEST_WORD = 3, 4
# parts of which a firm's name is made up: of two names of other parts, neither is the other misspelt
PARTS = """
prom tekh tekhn tech techn mash snab energo montazh elektro elektron electro electron komplekt stroy stroi servis service
spets spec spetz neft gaz khim metall metal trans eksport export import torg avto avia selkhoz agro radio pribor lit stal
kabel svyaz sviaz svet teplo vod les dor most invest opt sib ural volga don sev yug vostok zapad ros bel ukr kaz mos len
gor lab med farm bio eko inform soft sistem system kontakt resurs proekt remont nalad vent apparat detal mekh gidro hydro
pnevmo termo termin trakt tyazh legk top plast stan instrument konsult marin flot sud ship alyans group grupp
""".split()  # noqa: SIM905 -- in a row


def level_letters(word: str) -> str:
    """Level the ways to put a word's letters into Latin ones: tekhnich, technich."""
    level = word.replace("kh", "h").replace("ch", "h").replace("ck", "k").replace("c", "k")
    return level.replace("y", "i").replace("ii", "i")


@cache
def _compile_compounds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    parts = "|".join(sorted(map(level_letters, PARTS), key=len, reverse=True))
    return re.compile(f"(?:(?:{parts})[oe]?)+"), re.compile(f"({parts})[oe]?")


def are_other_compounds(one: str, other: str) -> bool:
    """Return whether two words are made up of other parts: Promtekhsnab, Prommashsnab."""
    whole, part = _compile_compounds()
    levelled = [level_letters(word).replace("x", "ks") for word in (one, other)]
    mine, theirs = (part.findall(word) if whole.fullmatch(word) else [] for word in levelled)
    return min(len(mine), len(theirs)) > 1 and mine != theirs


def is_adjective(word: str) -> bool:
    """Return whether a word ends like an adjective of a place: Kolomensky."""
    return "k" in word[-5:] and ADJECTIVE.search(word) is not None


def list_nouns(word: str) -> tuple[str, ...]:
    """List the names of places of which a word may be the adjective: Tulskiy is of Tula."""
    adjective = OF_PLACE.fullmatch(word)
    if not adjective:
        return ()
    stem = adjective[1]
    return f"{stem}sk", stem, f"{stem}a", stem.removesuffix("ov")


def has_same_stem(one: str, other: str) -> bool:
    """Return whether two words are one place or name, as noun and adjective or in two cases: Dubna,
    Dubnensky.
    """
    if (
        one[:2] != other[:2]
        or min(len(one), len(other)) < SHORTEST_WORD
        or abs(len(one) - len(other)) > 6
    ):
        return False
    mine, theirs = ADJECTIVE.sub("", one), ADJECTIVE.sub("", other)
    if mine == one and theirs == other:
        shorter, longer = sorted((one, other), key=len)
        return ENDING.sub("", longer) == shorter and (
            len(shorter) > SHORTEST_WORD or longer.endswith("s")
        )
    return bool(_list_stems(one, mine) & _list_stems(other, theirs))


def _list_stems(word: str, bare: str) -> set[str]:
    stems = {bare, ENDING.sub("", bare), INFLECTED.sub("", word)}
    if bare != word:
        stems |= {LINKING.sub("", stem) for stem in tuple(stems)} | {FLEETING.sub("n", bare)}
        stems |= {ENDING.sub("", stem) for stem in tuple(stems)}
        stems |= {SOFTENED.sub("g", stem) for stem in tuple(stems)}
    return {stem for stem in stems if len(stem) >= SHORTEST_STEM}
