"""How a word sounds, and which words are one misspelt."""

import pytest

from monitor.watch.sounds import is_pinyin, romanised, slip, sound, written


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("metal", "metel", 0.95),  # a vowel
        ("metal", "metall", 0.95),  # a letter doubled
        ("metla", "metal", 0.95),  # two swapped
        ("sirius", "sirus", 0.95),  # a vowel left out
        ("metal", "metals", 0.93),  # a consonant more
        ("sunrise", "sunrixe", 0.78),  # another consonant
        ("hydromet", "hydromek", 0.78),
        ("hydrometal", "hydromekal", 0.88),  # in a long word
        ("hydrovent", "hydrobent", 0.88),
        ("vostokmet", "vastakmet", 0.88),  # two slips in a long word
        ("hydrometrix", "hydrometrixes", 0.88),
        ("vostokme", "vastakme", 0),
        ("hydrometals", "hidromital", 0),  # three
        ("meta", "mete", 0),  # too short
        ("zetacom", "betacom", 0),  # another beginning
        ("zetacomet", "betacomet", 0.88),  # ditto of a long word
        ("ostokme", "astokme", 0),
        ("zetacom1", "zetacam1", 0),  # with a number in it
        ("zetacom", "zetacom1", 0),
        ("zhangwei", "zhengwei", 0.8),  # another syllable of Chinese
    ],
)
def test_a_slip_is_likelier_the_less_it_changes(one: str, other: str, found: float):
    assert slip(one, other) == slip(other, one) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sergey", "sergei"), ("yelena", "elena"), ("shchukin", "shukin"), ("sukhoi", "suhoj"), ("philips", "filips"),
        ("maxim", "maksim"), ("qatar", "katar"), ("tchaikov", "chaikov"), ("boulos", "boolos"), ("mohammed", "mohamed"),
        ("marie", "mari"), ("ghani", "gani"), ("wolf", "volf"), ("cesar", "kesar"), ("djamal", "jamal"), ("keenan", "kinan"),
    ],
)  # fmt: skip
def test_what_others_write_for_one_sound_sounds_alike(one: str, other: str):
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("chan", "kan"), ("sergey", "sergo"), ("metal", "medal")])
def test_another_sound_does_not(one: str, other: str):
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("word", "found"),
    [("zhang", True), ("zhangwei", True), ("xian", True), ("er", True), ("a", True), ("zz", False), ("huaweix", False),
     ("xhuawei", False), ("metal", False), ("ng", False), ("", False)],
)  # fmt: skip
def test_a_word_is_pinyin_if_all_of_it_is_syllables(word: str, found: bool):
    assert is_pinyin(word) is found


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("maher", "mahir", "“maher” and “mahir” (e for i)"),
        ("technologie", "technology", "“technologie” and “technology” (i for y, with and without e)"),
        ("kvant", "quant", "“kvant” and “quant” (kv for qu)"),
        ("metal", "metals", "“metal” and “metals” (with and without s)"),
        ("metals", "metal", "“metals” and “metal” (with and without s)"),
        ("micro chip", "microchip", "“micro chip” and “microchip” (spaced otherwise)"),
        ("microchip", "micro chip", "“microchip” and “micro chip” (spaced otherwise)"),
        ("sun rise", "sunrize", "“sun rise” and “sunrize” (spaced otherwise, s for z)"),
        ("kalaminova", "kolomenova", "“kalaminova” and “kolomenova”"),  # too many to be told
        ("abc", "abc", "“abc” and “abc”"),
    ],
)
def test_the_letters_in_which_two_words_differ_are_said(one: str, other: str, said: str):
    assert written(one, other) == said


def test_a_character_of_a_name_is_read_as_names_have_it_and_only_letters_and_digits_are_kept():
    assert [romanised(text) for text in ("长城", "Ångström-2", "乐 凯")] == ["changcheng", "angstrom2", "lekai"]
