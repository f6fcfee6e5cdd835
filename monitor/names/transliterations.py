"""Match Latin spellings of names in scripts without vowels, and of Korean names. Pure.

A part in Arabic or Hebrew becomes a pattern. It has each letter's usual spellings, an optional
short vowel between consonants, and written long vowels. A Korean name becomes classes of sounds
that all romanizations share: 이명박 is Lee Myung-bak.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise

from monitor.names.sounds import parse_spellings, respell_word, strip_vowels

SEMITIC = re.compile(r"[\u0590-\u06ff\u0750-\u077f]")
# Letters | how they are spelt ~ and seldom. What ends a word is written behind `$`.
LETTERS = """
ب|b ~ p v;پ|p;ت ط|t;ث|th s t;ج|j dj g ~ c;چ|ch tch ~ c;ح|h;خ|kh x ~ h ch k;د|d;ذ|dh d z th;ر|r;ز|z ~ s;ژ|zh j
س ص|s ~ c;ش|sh ch sch ~ s;ض|d dh z dz;ظ|z dh d th;غ|gh g ~ gu r;ف|f ph ~ v;ق|q k g gh ~ gu c;ک ك|k c q ck
گ|g gh gu;ل|l;م|m ~ n;ن|n ~ m;ه|h $ h a ah e eh ;ة|t $ a ah e eh at et ;ى|a i y;ב|b v bb;ג|g j gu;ד|d
ה|h $ h a ah e eh ;ז|z ~ s;ח|h ch kh;ט ת|t th;כ ך|k ch kh c;ל|l;מ ם|m;נ ן|n;ס|s ~ c;פ ף|p f ph
צ ץ|tz ts z ~ c s;ק|k q ~ c;ר|r;ש|sh s ~ sch ch
"""
VOWEL = "(?:ou|[aeiou]|)"  # a short one, which is not written
LONG = {
    **dict.fromkeys("وו", "(?:[aeo]?[vwu]+[aeiou]?|oo?u?)"),
    **dict.fromkeys("يیי", "(?:[aei]?[iyj]+[aeiou]?|ee?)"),
    "ا": "(?:[aeo]|)(?<=[aeo])",
    **dict.fromkeys("أإآءئؤעעאעع", VOWEL),
}
LATE = {"ع": "a?", "ی": "?a?"}  # at the end of a word: Rafea, Isa
SERVANT = re.compile("^عبد(?:ال)?")
ARTICLE = re.compile("^ال(?=..)")
SONS = frozenset({"بن", "ابن", "בן"})
MARKS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670'’\u200c\u05f3\u05f4]")
FOLDED = str.maketrans("أإآٱةىیکۀ", "ااااهييكه")
# what is written on to a word in front: the, and, for, in
ARTICLES_ON = re.compile("^(?:و?ال|لل)(?=...)")
PREFIXES = re.compile("^(?:و?(?:بال|ال|لل|ل|ب)|و|[והלב]{1,2})(?=..)")
# letters that may be vowels, or are not heard
WEAK = re.compile(f"[{''.join(LONG)}هةىה]")
TWICE = re.compile(r"([^eiou])\1")
LONGEST = 16  # letters of a part, or of two
LONG_RUN = re.compile("[aeiou]{5}")
MOST_KEYS = 32


def split_semitic(text: str) -> list[str]:
    """Split a name in Arabic or Hebrew into parts without articles and `son of`.

    `servant of` is one part with what follows.
    """
    parts: list[str] = []
    for word in MARKS.sub("", text).split():
        letters = "".join(filter(SEMITIC.match, word))
        bare = ARTICLE.sub("", letters)
        if parts and parts[-1] == "عبد":
            parts[-1] += bare
        elif letters and letters not in SONS:
            parts.append(SERVANT.sub("عبد", bare) if len(bare) > len("عبد") + 1 else bare)
    return parts


def fold_letters(text: str) -> str:
    """Strip a text of vowel marks, and level the shapes of each letter."""
    return MARKS.sub("", text).translate(FOLDED)


def count_consonants(part: str) -> int:
    """Count the letters of a part that are surely no vowels."""
    return len(WEAK.sub("", part))


@cache
def _load_spellings(
    *, only_usual: bool = False
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The spellings of each consonant in a word, and at its end; or `only_usual` ones."""
    rows = (row.partition("|") for row in LETTERS.strip().replace("\n", ";").split(";"))
    table = {}
    for letters, _, spelt in rows:
        within, ends, at_end = spelt.partition(" $ ")
        usual, _, seldom = (ways.split() for ways in within.partition(" ~ "))
        inside = tuple(usual if only_usual else (*usual, *seldom))
        for letter in letters.split():
            table[letter] = inside, (*at_end.split(), "") if ends else inside
    return table


@lru_cache(maxsize=16384)
def _compile_part(part: str, *, only_usual: bool) -> re.Pattern[str]:
    table = _load_spellings(only_usual=only_usual)
    letters, spelt, before = re.sub(r"(.)\1+", r"\1", part), "", False
    for place, letter in enumerate(letters):
        if letter in LONG:
            initial = letter == "ا" and letters[:place] in ("", "عبد")
            ends = only_usual and letter == "ا" and place == len(letters) - 1
            spelt += VOWEL if initial else "ah?" if ends else LONG[letter]
            before = False
        elif letter in table:
            ways = table[letter][place == len(letters) - 1 and place > 0]
            spelt += f"{VOWEL if before else ''}(?:{'|'.join(sorted(ways, key=len, reverse=True))})"
            spelt += "l?" if letters[: place + 1] == "عبد" and place < len(letters) - 1 else ""
            before = True
    if letters[-1:] in LATE:
        spelt += LATE[letters[-1]]
    article = "(?:[ae]l(?=...))?" if len(letters) > 2 else ""  # some write it on: Alharbi
    return re.compile(f"{article}{spelt}{'e?' if before else ''}")  # in French it is silent


def is_spelt(part: str, latin: str, *, only_usual: bool = False) -> bool:
    """Return whether a Latin part may be, or usually is, the spelling of this one in Arabic or
    Hebrew.
    """
    if len(part) > LONGEST or len(latin) > 2 * LONGEST or LONG_RUN.search(latin):
        return False
    return _compile_part(part, only_usual=only_usual).fullmatch(TWICE.sub(r"\1", latin)) is not None


def make_skeletons(part: str) -> set[str]:
    """Make the consonants that spellings of a part may have, by each way of writing."""
    skeletons = {""}
    for place, letter in enumerate(part[:LONGEST]):
        within, at_end = _load_spellings().get(
            letter, (("", "v") if letter in "وו" else ("",), ("",))
        )
        ways = {
            strip_vowels(way).lstrip("a") for way in (at_end if place == len(part) - 1 else within)
        }
        # before e or i, ch is another letter than before others
        ways |= {"s"} if "ch" in within else set()
        if part[: place + 1] == "عبد":
            ways.add("dl")  # Abdelaziz
        skeletons = {
            one if one.endswith(way) else one + way
            for one in sorted(skeletons)[:MOST_KEYS]
            for way in ways
        }
    return skeletons


def list_semitic_units(parts: list[str]) -> list[str]:
    """List the parts of a name, and two as one: some write نصر الله as one word."""
    served = [
        part.removeprefix("عبد")
        for part in parts
        if part.startswith("عبد") and len(part) > len("عبد") + 1
    ]
    return [*parts, *map("".join, pairwise(parts)), *served]


# Korean.

HANGUL = re.compile("[\uac00-\ud7af]")
INITIALS = "k k n t t l m p p s s - c c c k t p h".split()  # noqa: SIM905 -- in the order of Unicode
MEDIALS = "a e a e o e o e o a e e o o o e i o o i i".split()  # noqa: SIM905 -- ditto
FINALS = "- k k k n n n t l k m l l l p l m p p t t N t t k t p t".split()  # noqa: SIM905 -- ditto
FROM_LATIN = parse_spellings(r"""
[^a-z]  ^(?:park)$ pak  ng(?![aeiouyw])|ng$ N  (?<=[aeiou])h(?![aeiouyw])  kk|g|q k  tch|ch|jj|j c  tt|th|d t
pp|ph|b p  ss|sh s  wh|hw h  kh k  rh|r l  ll l  ^l(?=i|y|ee)|(?<=[^aeiouyw])l(?=y)  ^l n
""")
VOWELS = re.compile("[aeiouyw]+")
NOT_KOREAN = re.compile("[fvxz]", re.IGNORECASE)  # no romanization has these
KOREAN = re.compile("(?:[kntlmpsch]?[aeio][klmnptN]?){2,4}")


def _fold_vowels(found: re.Match[str]) -> str:
    """Return the class that a vowel has in all romanizations: Jeong, Jung and Jong are one."""
    spelt = found[0].replace("y", "i") if set(found[0]) == {"y"} else found[0].strip("yw") or "o"
    if "a" in spelt:
        return "e" if re.search("ae|a[iy]", found[0]) else "a"
    if re.search("eo|eu(?!i)|u(?!i)|^o+(?![ei])|w?o$", spelt):
        return "o"
    return (
        "e"
        if "e" in spelt.replace("ee", "").replace("eui", "")
        or "oi" in found[0]
        or re.search("[ao]y$", found[0])
        else "i"
    )


@lru_cache(maxsize=16384)
def _fold_part(part: str) -> str:
    return VOWELS.sub(_fold_vowels, respell_word(part, FROM_LATIN))


def fold_korean(text: str) -> tuple[str, ...]:
    """Fold a Korean name into the classes of its sounds.

    A name in Latin letters is also returned with its last part first, because the family name may
    stand last.
    """
    if HANGUL.search(text):
        return ("".join(map(_fold_syllable, HANGUL.findall(text), range(len(text)))),)
    if NOT_KOREAN.search(text):
        return ()
    parts = [_fold_part(part) for part in re.split(r"[\s\-]+", text.casefold()) if part]
    ways = ("".join(parts), "".join((*parts[-1:], *parts[:-1])))
    return tuple(dict.fromkeys(way for way in ways if KOREAN.fullmatch(way)))


def _fold_syllable(syllable: str, place: int) -> str:
    code = ord(syllable) - 0xAC00
    initial, medial, final = INITIALS[code // 588], MEDIALS[code // 28 % 21], FINALS[code % 28]
    # before i and y it is silent, as in the South
    if initial == "l" and code // 28 % 21 in (2, 3, 6, 7, 12, 17, 20):
        initial = "-"
    elif initial == "l" and not place:
        initial = "n"
    return f"{initial}{medial}{final}".replace("-", "")
