"""Guess a text's language by its script and its most common words; and its width. No I/O."""

import re
import unicodedata

from monitor.vocabulary import countries

OWN_GRAMMAR = ("zh", "en")  # a scraper calls it by its name
READ = (*OWN_GRAMMAR, "ja", "ko")  # languages of our grammars
UNKNOWN = "und"  # as ISO 639-2 has it
LETTER = re.compile(r"[^\W\d_]")
SHARE = 10  # one letter in so many, menus included, decides the script
SCRIPTS = {
    "HANGUL": "ko",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "THAI": "th",
    "GREEK": "el",
    "HEBREW": "he",
}
OTHERS = {
    "CYRILLIC",
    "ARABIC",
    "DEVANAGARI",
    "ARMENIAN",
    "GEORGIAN",
    "BENGALI",
    "TAMIL",
    "KHMER",
    "LAO",
    "MYANMAR",
}
LATIN = "LATIN"
WORD = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset(WORD.findall("the of and to by with from that on its has"))
NO_ENGLISH = frozenset(
    WORD.findall(
        "de la le les des du et aux el los las y en un une del der die das den und von zu zur mit"
        " het een van voor met di il per con dei delle da do dos em para e o og på av om som til"
        " att för och är w z na się nie i ve ile için ya ja ei și că az és hogy dan yang untuk"
        " của và"
    )
)


def language_of(text: str, stated: str = "") -> str:
    """Return the language code (ISO 639); `stated` is the page's own statement, which may be
    wrong.
    """
    stated = stated.strip().lower().partition("-")[0]
    letters = LETTER.findall(text)
    counts = dict.fromkeys([*SCRIPTS, *OTHERS], 0)
    for letter in letters:
        script = unicodedata.name(letter, "").partition(" ")[0]
        if script in counts:
            counts[script] += 1
    most = max(counts, key=lambda script: counts[script])
    kana = counts["HIRAGANA"] + counts["KATAKANA"]
    if most == "CJK" and kana * SHARE > counts["CJK"]:
        return "ja"
    if counts[most] * SHARE <= len(letters):
        return _of_latin(text, stated)
    return SCRIPTS.get(most) or (stated if stated not in ("", *OWN_GRAMMAR) else UNKNOWN)


def _of_latin(text: str, stated: str) -> str:
    words = [word.casefold() for word in WORD.findall(text)]
    english, other = (sum(word in common for word in words) for common in (ENGLISH, NO_ENGLISH))
    if stated not in ("", *OWN_GRAMMAR) and english <= max(other, 1):
        return stated
    if english > other:
        return "en"
    return "en" if not other and (stated == "en" or text.isascii()) else UNKNOWN


def describe_language(code: str) -> str:
    """`Korean` of `ko`."""
    return (
        countries.get_language_name(code)
        if code != UNKNOWN
        else "in a language that is not recognised"
    )


def measure_width(text: str) -> int:
    """Return a text's width in columns: an East Asian letter fills two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
