"""Two persons' names → how alike they are: part by part, in any order, in any spelling. Pure.

A part is the other's when it has the same consonants and vowels that writers of other languages
would use for them; a patronymic, a title or an article may be missing. A part on each side without
a counterpart makes them two persons.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations, product

from anyascii import anyascii
from rapidfuzz.distance import OSA

from monitor.names.alignment import NOTHING, Likeness
from monitor.names.sounds import (
    UNSURE,
    is_pinyin,
    show_difference,
    simplify_spelling,
    strip_vowels,
)
from monitor.names.transliterations import (
    SEMITIC,
    is_spelt,
    list_semitic_units,
    make_skeletons,
    split_semitic,
)

MOST_PARTS = 9
TITLES = frozenset(
    """
    mr mrs ms dr prof professor sir sheikh shaikh shaykh sheik mullah maulvi mawlawi haji hajji hajj hadji general gen colonel col
    major capt captain engineer eng ayatollah imam ustad sayyid sayyed sayed seyed seyyed syed prince
    سيد شيخ حاج حاجي دكتور مهندس ملا مولوي آقا آیت‌الله רב דר
    """.split()  # noqa: SIM905 -- in a row
)
ARTICLES = frozenset(
    "al el ul bin ibn ben bint binti von van der den de di da du dos la le".split()  # noqa: SIM905 -- in a row
)
SERVANTS = frozenset("abd abdal abdel abdol abdul abdu".split())  # noqa: SIM905 -- in a row
ARTICLE = re.compile(r"(?<![a-z])(?:al|el|ul|as|ash|ad|ar|an|at|az)[-'’`]\s?(?=[a-z]{2})")
# Abd al-Karim
SERVANT = re.compile(
    r"(?<![a-z])[`'ʿ‘]?(abd)(?:[aeou]l?|)[\s'’-]+(?:(?:[aeu]l|[ae][rsdnzt])[\s'’-]+)?(?=[a-z])"
)
SERVANT_JOINED = (
    re.compile(r"^abd[aeou]([a-z])\1"),
    re.compile(r"^abd[aeou]l?(?=[b-df-hj-np-tv-z])"),
)
PATRONYMIC = re.compile(
    r"(?:[oaeiy]v?[iy](?:t?ch|c)|[oe]vn?a|ivna|[aeo]una|ichna|oglu|ogly|kyzy|qizi)$"
)
APOSTROPHES = re.compile(r"['’`ʼ‘ʿʾ\u200c]")
PART = re.compile(r"[a-z]+")
# one consonant before and behind the first vowel
TWICE = re.compile(r"([b-df-gj-np-tv-z])[aeiouhy]+\1")
UMLAUT = re.compile("[äöüøåœæ]")
ANYWHERE = 0.5  # what parts that sound alike have in common of their letters at least
SERVANT_ALONE = 0.87  # Hanif for Abdul Hanif
SERVANT_LONG = 4  # consonants of a servant's name of which the last part is enough
SAME_SOUND, SAME_SHORT, SHORT_VOWEL, SLIP, INITIAL, AS_SYLLABLE = 0.95, 0.90, 0.80, 0.90, 0.80, 0.80
TURNED, MIXED = 0.98, 0.95  # the family name elsewhere; the parts in another order
NO_PATRONYMIC, NO_TITLE, ONE_MORE, MORE = 0.93, 0.97, 0.87, 0.78
WITHOUT_VOWELS, FEW_CONSONANTS = 0.90, 0.78  # a name from a script that writes no vowels
ENOUGH = 11  # letters in common; Gatluak Nyang Hoth may be Gatluak Nyang, Ali Hassan is many
SURE_CONSONANTS = 9
SPELT_SO = "it is spelt so in Latin letters; the script writes no vowels"
ENOUGH_SHARED = 3  # parts
WITH_ARTICLE = 5  # letters of a name before which an article may be written on: Alharbi
OTHER_UMLAUT = 0.80
OTHER_SOUND = 0.84  # Ahmed and Hamed, Hansen and Jansen, Bauer and Brauer: for a person to see
SWAPPED_H = re.compile("h[aeiou]"), re.compile("[aeiou]h")


# One first name in Russian, Ukrainian and Belarusian, as passports of each print it.
OF_SLAVS = """
yevgeny yevgeniy evgeny evgeni evgeniy yevgeni eugene yevhen yevheniy yevhenii yauhen yauheni
vladimir uladzimir volodymyr wladimir|oleg aleh oleh|sergey sergei serguei serhiy serhii siarhei siarhey
alexander aleksandr aleksander alexandr oleksandr aliaksandr alyaksandr|alexey aleksey alexei aleksei oleksiy oleksii aliaksei
nikolay nikolai mykola mikalai mikola|dmitry dmitri dmitriy dmitrii dmytro dzmitry|pavel pavlo|mikhail mykhailo mikhailo mikhayl
igor ihor ihar|elena yelena olena alena|anna hanna|grigory grigoriy hryhoriy hryhorii ryhor|yury yuri yuriy yurii iurii
andrey andrei andriy andrii|konstantin kostiantyn kanstantsin|viktor victor viktar|vasily vasiliy vasyl vasil|artem artyom artsiom
svetlana svitlana sviatlana|ekaterina yekaterina kateryna katsiaryna|natalia natalya nataliya natallia|denis denys dzianis
ivan ivan|petr pyotr petro piotr|roman raman|maxim maksim maksym|gennady gennadiy hennadiy henadz|filipp pylyp
"""
FIRST_NAMES = {
    name: row.split()[0] for row in OF_SLAVS.replace("\n", "|").split("|") for name in row.split()
}


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name: its `parts`, which of them are `titles`, and whether its script writes no
    vowels.
    """

    parts: tuple[str, ...]
    titles: frozenset[str]
    without_vowels: bool


def split_person(text: str) -> Person:
    """Split a name into its parts without articles, in plain letters or in a script
    without vowels.
    """
    if without_vowels := bool(SEMITIC.search(text)):
        parts = tuple(split_semitic(text))[:MOST_PARTS]
    else:
        plain = anyascii(APOSTROPHES.sub("'", text)).casefold()
        printed = PART.findall(re.sub(r"['`]", "", ARTICLE.sub("", SERVANT.sub(r"\1", plain))))
        kept = [part for part in printed if part not in ARTICLES]
        parts = tuple(map(_join_servant, kept if len(kept) > 1 else printed))[:MOST_PARTS]
    named = [part for part in parts if part not in TITLES]
    return Person(
        parts, frozenset(parts) & TITLES if len(named) > 1 else frozenset(), without_vowels
    )


def _join_servant(part: str) -> str:
    for pattern, replaced in zip(SERVANT_JOINED, (r"abd\1", "abd"), strict=True):
        if pattern.search(part):
            return pattern.sub(replaced, part)
    return part


def make_person_keys(text: str) -> Iterable[str]:
    """Make keys of a person's name; two spellings of one person share at least one."""
    parts = list_person_parts(text)
    if SEMITIC.search(text):
        return {skeleton for part in parts for skeleton in make_skeletons(part)} - {""}
    served = (
        part.removeprefix("abd")
        for part in parts
        if part.startswith("abd") and len(strip_vowels(part)) > SERVANT_LONG
    )
    known = (FIRST_NAMES[part] for part in parts if part in FIRST_NAMES)
    every = (*add_without_article(parts), *served, *known)
    return {strip_vowels(part).lstrip("a") for part in every} - {""}


def add_without_article(parts: Iterable[str]) -> Iterator[str]:
    """Words in Latin letters, and those again without an Arabic article that may be written on."""
    for part in parts:
        yield part
        if part.startswith(("al", "el")) and len(part) > 4:
            yield part[2:]


def list_person_parts(text: str) -> Sequence[str]:
    """List the parts of a name; in a script without vowels also two as one, as others
    write them.
    """
    person = split_person(text)
    return list_semitic_units([*person.parts]) if person.without_vowels else person.parts


def compare_persons(one: str, other: str) -> Likeness:
    """Rate how alike two persons' names are; their order makes no difference."""
    mine, theirs = split_person(one), split_person(other)
    if not mine.parts or not theirs.parts:
        return NOTHING
    if mine.without_vowels != theirs.without_vowels:
        return _compare_without_vowels(mine, theirs)
    found = _compare_parts_of(mine, theirs)
    if found.score > OTHER_UMLAUT and (umlauts := _show_other_umlauts(one, other)):
        return Likeness(
            OTHER_UMLAUT, reasons=(*found.reasons, f"{umlauts}, both as they are written")
        )
    return found


def _show_other_umlauts(one: str, other: str) -> str:
    """Word two parts with different umlauts: Müller is not Möller; "" if there are none."""
    mine, theirs = map(_list_umlaut_parts, (one, other))
    pairs = ((part, their_part) for part in mine - theirs for their_part in theirs - mine)
    return next(
        (
            show_difference(*pair)
            for pair in sorted(pairs)
            if UMLAUT.sub("_", pair[0]) == UMLAUT.sub("_", pair[1])
        ),
        "",
    )


def _list_umlaut_parts(name: str) -> set[str]:
    return {
        part
        for part in unicodedata.normalize("NFC", name).casefold().split()
        if UMLAUT.search(part)
    }


def _compare_parts_of(mine: Person, theirs: Person) -> Likeness:
    left, right = list(mine.parts), list(theirs.parts)
    score, reasons, places = 1.0, [], []
    syllables = all(map(is_pinyin, (*left, *right)))
    pairs = _pair_parts(left, right, syllables=syllables)
    for worth, one, other in pairs:
        left[left.index(one)] = ""
        right[right.index(other)] = ""
        places.append((mine.parts.index(one), theirs.parts.index(other)))
        score *= worth
        if one != other:
            reasons.append(show_difference(one, other))
    rest, more = [part for part in left if part], [part for part in right if part]
    if joined := _rate_joined(rest, more):
        score *= joined
        reasons.append(show_difference(" ".join(rest), " ".join(more)))
        places.append((0, 0))
        rest, more = [], []
    if not places or (
        rest and more and not (mine.titles.issuperset(rest) or theirs.titles.issuperset(more))
    ):
        return NOTHING
    if (rest or more) and any(worth == SERVANT_ALONE for worth, *_ in pairs):
        return NOTHING  # Wali Mohammad is not Abdul Mohammad
    order = _rate_order(places, whole=len(places) == len(mine.parts) == len(theirs.parts))
    if order < 1:
        reasons.append("the parts in another order")
    return _rate_further_names(
        Likeness(score * order, reasons=tuple(reasons)), mine, theirs, [*rest, *more], len(places)
    )


def _pair_parts(
    left: Sequence[str], right: Sequence[str], *, syllables: bool
) -> list[tuple[float, str, str]]:
    """Pair the parts of two names, the surest pair first; no part twice."""
    free, others, pairs = list(left), list(right), []
    ranked = sorted(
        (
            (compare_parts(one, other, syllables=syllables), one, other)
            for one in left
            for other in right
        ),
        key=lambda pair: -pair[0],
    )
    for worth, one, other in ranked:
        if worth and one in free and other in others:
            free.remove(one)
            others.remove(other)
            pairs.append((worth, one, other))
    return pairs


@lru_cache(maxsize=16384)
def compare_parts(one: str, other: str, *, syllables: bool = False) -> float:
    """Rate how likely one part is another spelling of the other: a factor, 0 if it is not.

    `syllables`: both names are Chinese or Korean syllables, where one letter makes another name.
    """
    shorter, longer = sorted((one, other), key=len)
    if one == other:
        return 1.0
    if len(shorter) == 1:
        return INITIAL if longer.startswith(shorter) else 0.0
    if bool(PATRONYMIC.search(one)) != bool(PATRONYMIC.search(other)) or {one[-1], other[-1]} == {
        "a",
        "o",
    }:
        return 0.0  # Maria is not Mario
    if syllables:
        return (
            AS_SYLLABLE
            if strip_vowels(one) == strip_vowels(other) and OSA.distance(one, other) == 1
            else 0.0
        )
    near = OSA.normalized_similarity(shorter, longer)
    spoken = (
        max(_rate_as_spoken(shorter, longer, near), _rate_slip(shorter, longer))
        if near >= ANYWHERE or longer[-1] == "s"
        else 0.0
    )
    if spoken > OTHER_SOUND and _has_other_sound(shorter, longer):
        spoken = OTHER_SOUND
    return max(_rate_as_known(shorter, longer), spoken)


def _rate_as_known(shorter: str, longer: str) -> float:
    """Rate two parts as one name with a servant's word or an article, or in two languages."""
    if longer == f"abd{shorter}":
        return SERVANT_ALONE  # the servant of what is his name alone
    if longer in (f"al{shorter}", f"el{shorter}") and len(shorter) >= WITH_ARTICLE:
        return SAME_SOUND
    home = FIRST_NAMES.get(shorter)
    return SAME_SOUND if home and home == FIRST_NAMES.get(longer) else 0.0


def _has_other_sound(one: str, other: str) -> bool:
    """Return whether only one part has a consonant that is heard, although both have the same key.

    It is an h at the beginning, or one of two consonants with a vowel between them.
    """
    is_swapped = any(h.match(one) and ah.match(other) for h, ah in (SWAPPED_H, SWAPPED_H[::-1]))
    mine, theirs = (UNSURE.sub("", simplify_spelling(part)) for part in (one, other))
    is_less = len(mine) != len(theirs) and strip_vowels(one) == strip_vowels(other)
    return (
        is_swapped or {one[0], other[0]} == {"h", "j"} or (is_less and sorted(one) != sorted(other))
    )


def _rate_as_spoken(shorter: str, longer: str, near: float) -> float:
    """Rate parts with equal consonants and other vowels, as another listener hears them; Hassan is
    not Hussein.
    """
    mine, theirs = strip_vowels(shorter), strip_vowels(longer)
    if near < ANYWHERE or (
        near < 0.6 and _is_opening_with_a(shorter) != _is_opening_with_a(longer)
    ):
        return 0.0
    if len({bool(TWICE.match(simplify_spelling(part))) for part in (shorter, longer)}) > 1:
        return 0.0  # Hamed is not Mohammed, though both are m and d
    if mine == theirs:
        return SHORT_VOWEL if len(shorter) < 5 else SAME_SOUND
    return (
        SAME_SHORT
        if mine.lstrip("a") == theirs.lstrip("a") and len(shorter) > 4 and near >= 0.6
        else 0.0
    )


def _rate_slip(shorter: str, longer: str) -> float:
    """Rate a slip, or the -s that Latvian adds."""
    if shorter.startswith("abd") != longer.startswith("abd"):
        return 0.0  # Abu Rahmah is no servant
    distance = OSA.distance(shorter, longer, score_cutoff=2)
    if (distance == 1 and len(shorter) >= 6) or (distance == 2 and len(shorter) >= 9):
        return SLIP
    latvian = len(shorter) >= 6 and longer.endswith("s") and not shorter.endswith("s")
    return (
        SLIP if latvian and strip_vowels(shorter) == strip_vowels(longer.removesuffix("s")) else 0.0
    )


def _is_opening_with_a(part: str) -> bool:
    """Return whether the first vowel is an a; o and u, e and i replace each other."""
    return next((letter for letter in part if letter in "aeiou"), "") == "a"


def _rate_joined(rest: Sequence[str], more: Sequence[str]) -> float:
    """Gholamreza and Gholam Reza: parts that only a space parts."""
    if not rest or not more or len(rest) == len(more) or len(rest) + len(more) > 5:
        return 0.0
    return max(
        compare_parts("".join(mine), "".join(theirs))
        for mine in permutations(rest)
        for theirs in permutations(more)
    )


def _rate_order(places: Sequence[tuple[int, int]], *, whole: bool) -> float:
    """Rate the order of the parts: equal, turned or mixed. With a part missing, turned and mixed
    look alike.
    """
    others = [other for _, other in sorted(places)]
    if others == sorted(others):
        return 1.0
    turns = (others[place:] + others[:place] for place in range(1, len(others)))
    return TURNED if not whole or any(turn == sorted(turn) for turn in turns) else MIXED


def _rate_further_names(
    so_far: Likeness, mine: Person, theirs: Person, rest: Sequence[str], shared: int
) -> Likeness:
    """Rate the further names of one of the two."""
    titles = mine.titles | theirs.titles
    others = [part for part in rest if part not in titles]
    score = so_far.score
    if len(others) < len(rest):
        score *= NO_TITLE
    if not others:
        return so_far._replace(score=score)
    reasons = (*so_far.reasons, f"only one has “{' '.join(others)}”")
    if shared < 2:
        return Likeness(score * (0.6 if len(others) == 1 else 0.4), reasons=reasons)
    if all(PATRONYMIC.search(part) for part in others) and len(others) == 1:
        return Likeness(score * NO_PATRONYMIC, reasons=reasons)
    letters = min(len("".join(mine.parts)), len("".join(theirs.parts)))
    once = ONE_MORE if letters >= ENOUGH else MORE
    return Likeness(score * once * 0.92 ** (len(others) - 1), reasons=reasons)


def _compare_without_vowels(mine: Person, theirs: Person) -> Likeness:
    """Compare a name in a script without vowels with one in Latin letters.

    Each part may be spelt so, two at times as one.
    """
    bare, full = (mine, theirs) if mine.without_vowels else (theirs, mine)
    left, right = list(bare.parts), list(full.parts)
    shared = 0
    for size, others in ((1, 1), (2, 1), (1, 2)):
        for here, there in product(range(len(left) - size + 1), range(len(right) - others + 1)):
            some, same = left[here : here + size], right[there : there + others]
            if all(some) and all(same) and is_spelt("".join(some), "".join(same)):
                left[here : here + size], right[there : there + others] = [""] * size, [""] * others
                shared += 1
    rest, more = ([part for part in parts if part] for parts in (left, right))
    if not shared or any(
        part not in bare.titles | full.titles
        for part in ([*rest, *more] if shared < ENOUGH_SHARED else rest and more)
    ):
        return NOTHING  # of two parts without vowels too little is left to tell with a part less
    sure = sum(map(len, bare.parts)) >= SURE_CONSONANTS
    found = Likeness(WITHOUT_VOWELS if sure else FEW_CONSONANTS, reasons=(SPELT_SO,))
    return _rate_further_names(found, bare, full, [*rest, *more], shared)
