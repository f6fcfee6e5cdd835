"""A word in katakana and the English word it was made of: what is left of both when Japanese spelling is done with them. Pure.

ブリヂストン is Bridgestone: vowels are added, l is r, v is b, th is s, and an r that is not spoken is not written.
"""

import re
from functools import lru_cache

from anyascii import anyascii

KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]{3,}")
TWO_LETTERS = (
    ("ph", "f"), ("tion", "sn"), ("dg", "j"), ("kh", "k"), ("ck", "k"), ("th", "s"), ("sh", "s"), ("qu", "k"), ("x", "ks"),
    ("mb", "nb"), ("mp", "np"),
)  # fmt: skip
HARD = re.compile("ch(?=[nrl])")
SOFT = re.compile("c(?=[eiy])")
SOFT_G = re.compile("g(?=[ei])")
NOT_SPOKEN = re.compile("(?<=[aeiou])r(?=[^aeiouy]|e?$)")
DOUBLE = re.compile(r"(.)\1+")
LETTERS = str.maketrans({"v": "b", "l": "r", "z": "s", "q": "k", "c": "k"} | dict.fromkeys("aeiouyhw"))
LEAST, SURE = 4, 5  # consonants


@lru_cache(maxsize=16384)
def of_english(word: str) -> str:
    """What Japanese leaves of a word in Latin letters."""
    for two, one in TWO_LETTERS:
        if two in word:
            word = word.replace(two, one)
    if "c" in word:
        word = SOFT.sub("s", HARD.sub("k", word).replace("ch", "t"))
    if "g" in word:
        word = SOFT_G.sub("j", word)
    if "r" in word:
        word = NOT_SPOKEN.sub("", word)
    return DOUBLE.sub(r"\1", word.translate(LETTERS))


def of_katakana(text: str) -> str:
    """The same of the katakana of a name; empty where there is little."""
    if len(text) < 3 or not KATAKANA.fullmatch(text):
        return ""
    spelt = "".join(filter(str.isalpha, anyascii(text.replace("ッ", "")).casefold()))  # it doubles what follows
    for two, one in (("ch", "t"), ("sh", "s"), ("mb", "nb"), ("mp", "np")):
        spelt = spelt.replace(two, one)
    return DOUBLE.sub(r"\1", spelt.translate(LETTERS))
