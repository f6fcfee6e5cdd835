"""Compare how words sound and how they may be misspelt, to tell a slip from another name. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA, Levenshtein, Opcode

# Hanyu Pinyin: each initial with its finals (ISO 7098).
PINYIN = """
b a ai an ang ao ei en eng i ian iao ie in ing o u|p a ai an ang ao ei en eng i ian iao ie in ing o ou u
m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u|f a an ang ei en eng o ou u
d a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo
t a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo ue v
l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo ue v
g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo|k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo
h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo|j i ia ian iang iao ie in ing iong iu u uan ue un
q i ia ian iang iao ie in ing iong iu u uan ue un|x i ia ian iang iao ie in ing iong iu u uan ue un
zh a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo|ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo|r an ang ao e en eng i ong ou u uan ui un uo
z a ai an ang ao e ei en eng i ong ou u uan ui un uo|c a ai an ang ao e en eng i ong ou u uan ui un uo
s a ai an ang ao e en eng i ong ou u uan ui un uo|y a an ang ao e i in ing o ong ou u uan ue un|w a ai an ang ei en eng o u
"""
SYLLABLES = {
    initial + final
    for cell in PINYIN.replace("\n", "|").strip("|").split("|")
    for initial, *finals in (cell.split(),)
    for final in finals
} | {"a", "ai", "an", "ang", "ao", "e", "en", "er", "o", "ou"}
LONGEST_SYLLABLE = max(map(len, SYLLABLES))
Spellings = Sequence[tuple[re.Pattern[str], str]]


def parse_spellings(table: str) -> Spellings:
    """Patterns, each with what is written for it, in their order; two spaces part them."""
    pairs = (cell.partition(" ") for cell in re.split(r"  |\n", table.strip()))
    return [(re.compile(pattern), letters) for pattern, _, letters in pairs]


def respell_word(word: str, spellings: Spellings) -> str:
    """Replace all of these spellings in a word."""
    for pattern, letters in spellings:
        word = pattern.sub(letters, word)
    return word


# What the same letters of another script become, depending on who transliterates.
SAME_SOUND = parse_spellings(r"""
^ye e  ^[yij]u u  shch|sch sh  tch ch  dj j  kh|ch(?=$|[nm]) h  gh g  ph f  x ks  q|c(?!h) k  w v  ou|oo u  ee i  [jy] i
ei|(?<=[bcdfghklmnprstvz])ie i  (?<=[aeiou])z(?=[aeiou]) s  (.)\1 \1
""")
# What is written for one sound, in this order.
SPELT = parse_spellings("""
shch|sch|sh s  tch|ch c  zh z  kh|gh|g|q|ck|c(?![eiyc]) k  ph f  dzh|dj j  dz d  c(?=[eiy]) s  th t  dh d
x ks  w v  (?:[aeo]u|[aoe]v)(?=$|na$|sk) av
""")
# How German, and French, spell Cyrillic letters, and what English has for it: Uralwagonsawod.
TONGUES = (
    parse_spellings("schtsch shç  tsch ç  sch š  ch kh  w v  z ts  j y  ç ch  š sh"),
    parse_spellings("tch ç  ch sh  ou u  j zh  ç ch"),
)
UNSURE = re.compile("[aeiouyhj]")  # what writers of other languages hear and spell otherwise
VOWELS = frozenset("aeiouy")
SHORTEST = 5  # letters; below, another letter is another word
LONG = 9  # letters; from here on two slips may be one writer's
TWO_SLIPS = 0.80  # for a person to see
# Readings in names that a table of single characters gets wrong.
READINGS = {
    ord(word[0]): f"{word[1:]} "
    for word in "长chang 乐le 行hang 重zhong 曾zeng 单shan 仇qiu 地di 都du 拓tuo 埔pu 仔zai 厦xia 勒le 晟sheng 偲si".split()  # noqa: SIM905 -- in a row
}


@lru_cache(maxsize=16384)
def make_phonetic_key(word: str) -> str:
    """Make one key for the usual transliterations of a word: Sergey and Sergei, Mohammed and
    Mohamed.
    """
    return respell_word(word, SAME_SOUND)


def spell_in_english(word: str) -> frozenset[str]:
    """Spell a word in English that German or French spells otherwise, in each way it may be."""
    return frozenset(respell_word(word, tongue) for tongue in TONGUES) - {word}


def is_spelt_in_tongues(one: str, other: str) -> bool:
    """Return whether one of two words is the other as German or French spells it."""
    return any(
        _hear_loosely(word) in map(_hear_loosely, spell_in_english(written))
        for word, written in ((one, other), (other, one))
    )


def _hear_loosely(word: str) -> str:
    """Make the key of a word for writers to whom z and s are one letter."""
    return make_phonetic_key(word).replace("z", "s")


@lru_cache(maxsize=16384)
def strip_vowels(part: str) -> str:
    """Reduce a part to what all writers keep: its consonants, and whether it begins
    with a vowel.
    """
    single = simplify_spelling(part)
    begins = "a" if single[:1] in "aeiouy" else ""
    return begins + re.sub(r"(.)\1", r"\1", UNSURE.sub("", single))


def simplify_spelling(part: str) -> str:
    """Reduce a part to one letter for each sound that writers spell differently."""
    return respell_word(re.sub(r"(.)\1", r"\1", part), SPELT)


def romanize_word(text: str) -> str:
    """Put a word of another script into Latin letters: Chinese in pinyin without tones, others by
    letter.
    """
    return "".join(
        letter for letter in anyascii(text.translate(READINGS)).casefold() if letter.isalnum()
    )


@lru_cache(maxsize=16384)
def is_pinyin(word: str) -> bool:
    """Return whether a word reads as Chinese syllables, where one letter makes another word."""
    ends = {0}
    for place in range(len(word)):
        if place in ends:
            ends.update(
                end
                for end in range(place + 1, place + LONGEST_SYLLABLE + 1)
                if word[place:end] in SYLLABLES
            )
    return bool(word) and len(word) in ends


@lru_cache(maxsize=16384)
def rate_misspelling(one: str, other: str) -> float:
    """Rate how likely a word is the other one misspelt: a factor, 0 if it is not.

    A wrong vowel, or a dropped, doubled or swapped letter, is a slip. Another consonant makes
    another name, unless the word is long.
    """
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST or any(letter.isdigit() for letter in one + other):
        return 0.0
    distance = OSA.distance(one, other, score_cutoff=2)
    if distance > (2 if len(shorter) >= LONG else 1) or (
        one[0] != other[0] and (distance > 1 or len(longer) < LONG)
    ):
        return 0.0  # Northgate, Southgate
    if is_pinyin(one) and is_pinyin(other):
        return 0.80
    return _rate_one_slip(shorter, longer) if distance == 1 else TWO_SLIPS


def _rate_one_slip(shorter: str, longer: str) -> float:
    if len(shorter) < len(longer):
        return 0.95 if VOWELS.issuperset(set(longer) - set(shorter)) else 0.93
    wrong = [(mine, theirs) for mine, theirs in zip(shorter, longer, strict=True) if mine != theirs]
    if len(wrong) > 1 or all(letter in VOWELS for letter in wrong[0]):
        return 0.95
    return 0.88 if len(shorter) >= LONG else 0.78


def show_difference(one: str, other: str) -> str:
    """Show two spellings of a word, and the letters in which they differ, unless all do."""
    edits = [edit for edit in Levenshtein.opcodes(one, other) if edit.tag != "equal"]
    if not 0 < len(edits) <= 2 or one.isspace():
        return f"“{one}” and “{other}”"
    return f"“{one}” and “{other}” ({', '.join(_show_edit(one, other, edit) for edit in edits)})"


def _show_edit(one: str, other: str, edit: Opcode) -> str:
    mine, theirs = one[edit.src_start : edit.src_end], other[edit.dest_start : edit.dest_end]
    if mine.isspace() or theirs.isspace():
        return "spaced otherwise"
    return f"{mine} for {theirs}" if mine and theirs else f"with and without {mine or theirs}"


# A word in katakana and the English word it was made of, both as Japanese has them; their
# consonants are the surest part. Pure.
#
# ブリヂストン is Bridgestone: vowels are added, l is r, v is b, th is s, and an r that is not spoken is
# not written.

HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}  # the same syllables
KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]{2,}")
SMALL = frozenset("ァィゥェォャュョヮ")  # it takes the place of the vowel before it
NOT_HEARD = re.compile("[ッー・]")
ROMAJI = parse_spellings("sh s  ch t  ts t  mb nb  mp np")
ENGLISH = parse_spellings("""
ph f  tion sn  dg j  kh k  ck k  th s  sh s  qu k  x ks  ts t  mb nb  mp np  ee i  oo u
""")
HARD = re.compile("ch(?=[nrl])")
SOFT = re.compile("c(?=[eiy])")
NOT_SPOKEN = re.compile("(?<=[aeiou])r(?=[^aeiouy]|e?$)|(?<=[aeiou])h(?=[^aeiou]|$)")
DOUBLE = re.compile(r"(.)\1+")
GLIDE = re.compile("(?<=[^aeiou])y")
LETTERS = str.maketrans("vlzqcy", "brskki")
VOWELS_GONE = str.maketrans(dict.fromkeys("aeiouhw"))
ADDED = re.compile("(?<=[^aeiou])[uo]$")  # a vowel that Japanese adds
LEAST, SURE = 3, 5  # consonants


@lru_cache(maxsize=16384)
def hear_english(word: str) -> str:
    """Spell a word in Latin letters as Japanese hears it."""
    word = respell_word(word, ENGLISH)
    if "c" in word:
        word = SOFT.sub("s", HARD.sub("k", word).replace("ch", "t"))
    word = NOT_SPOKEN.sub("", word)
    return DOUBLE.sub(r"\1", word.translate(LETTERS))


def hear_katakana(text: str) -> str:
    """Spell the kana of a name in the same letters; "" if it has other script, or too few."""
    if not KATAKANA.fullmatch(text.translate(HIRAGANA).replace("・", "")):
        return ""
    spelt = GLIDE.sub("", romanize_kana(text))
    return DOUBLE.sub(r"\1", respell_word(spelt, ROMAJI).translate(LETTERS))


def strip_heard_vowels(heard: str) -> str:
    """Keep the consonants of what Japanese hears."""
    return DOUBLE.sub(r"\1", heard.translate(VOWELS_GONE))


def make_heard_key(heard: str) -> str:
    """Make the key of a heard word: its consonants, or all of it if they are few."""
    left = strip_heard_vowels(heard)
    return left if len(left) >= LEAST else ADDED.sub("", heard).replace("ei", "e")


# Japanese in Latin letters: one spelling for all ways to write it.
HEPBURN = parse_spellings("""
[^a-z0-9]  ou|oh(?![aeiou])|oo o  uu|uh(?![aeiou]) u  tch|cch ch  m(?=[bpm]) n  sy sh  ty ch  [zj]y j  si shi  ti chi
tu tsu  hu fu  [zd]i ji  dz?u zu  wo o  l r  v b  (.)\\1 \\1
""")
SMALL_Y = {"\u30e3": "a", "\u30e5": "u", "\u30e7": "o"}


def level_romaji(spelt: str) -> str:
    """Level the ways to spell Japanese: Ohkawara, \u014ckawara and Okawara; dempa and denpa."""
    return respell_word(spelt if spelt.isascii() else anyascii(spelt).casefold(), HEPBURN)


def romanize_kana(text: str) -> str:
    """Spell kana in Latin letters."""
    spelt = ""
    for kana in NOT_HEARD.sub("", text.translate(HIRAGANA)):
        letters = anyascii(kana).casefold()
        if kana in SMALL_Y and spelt.endswith("i"):
            glide = "" if spelt.endswith(("shi", "chi", "ji")) else "y"
            spelt = spelt[:-1] + glide + SMALL_Y[kana]
        else:
            spelt = spelt[:-1] + letters[-1:] if kana in SMALL else spelt + letters
    return spelt
