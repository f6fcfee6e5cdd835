"""How a word sounds, and which words are one misspelt."""

import pytest
from cases import read_cases

from monitor.names.sounds import romanize_word, show_difference


@pytest.mark.parametrize(
    ("one", "other", "said"),
    read_cases(
        """
        maher | mahir | “maher” and “mahir” (e for i)
        technologie | technology | “technologie” and “technology” (i for y, with and without e)
        kvant | quant | “kvant” and “quant” (kv for qu)
        metal | metals | “metal” and “metals” (with and without s)
        metals | metal | “metals” and “metal” (with and without s)
        micro chip | microchip | “micro chip” and “microchip” (spaced otherwise)
        microchip | micro chip | “microchip” and “micro chip” (spaced otherwise)
        sun rise | sunrize | “sun rise” and “sunrize” (spaced otherwise, s for z)
        kalaminova | kolomenova | “kalaminova” and “kolomenova”  # too many to be told
        abc | abc | “abc” and “abc”
        """
    ),
)
def test_the_letters_in_which_two_words_differ_are_said(one: str, other: str, said: str):
    assert show_difference(one, other) == said


def test_a_character_of_a_name_is_read_as_names_have_it_and_only_letters_and_digits_are_kept():
    assert [romanize_word(text) for text in ("长城", "Ångström-2", "乐 凯")] == [
        "changcheng",
        "angstrom2",
        "lekai",
    ]
