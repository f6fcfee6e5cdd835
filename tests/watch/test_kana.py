"""What Japanese spelling leaves of a word, in katakana and in English."""

import pytest

from monitor.watch.sounds import of_english, of_katakana


@pytest.mark.parametrize(
    ("katakana", "english"),
    [
        ("ブリヂストン", "bridgestone"),
        ("コンピュータ", "computer"),
        ("コンビ", "combi"),
        ("シャープ", "sharp"),
        ("トラスコ", "trusco"),
    ],
)
def test_a_word_and_its_katakana_leave_the_same(katakana: str, english: str):
    assert of_katakana(katakana) == of_english(english) != ""


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("chrome", "krm"), ("church", "t"), ("cesar", "s"), ("circle", "skr"), ("casio", "ks"), ("gemini", "jmn"),
        ("gamma", "gm"), ("nation", "nsn"), ("philips", "frps"), ("theta", "st"), ("queen", "kn"), ("xerox", "ksrks"),
        ("karl", "kr"), ("door", "d"), ("letter", "rt"), ("vega", "bg"), ("sugar", "sg"),
    ],
)  # fmt: skip
def test_of_an_english_word_what_is_spoken_is_left(word: str, left: str):
    assert of_english(word) == left


@pytest.mark.parametrize(
    ("text", "left"), [("ホッケー", "k"), ("アイ", ""), ("カナ", ""), ("漢字カナ", ""), ("カナa", ""), ("トヨタ", "t")]
)
def test_katakana_alone_is_read_and_what_doubles_a_sound_is_none(text: str, left: str):
    assert of_katakana(text) == left
