"""A Japanese or Korean firm against its name in letters: by readings, meanings and sounds."""

import pytest
from cases import read_cases
from each import for_each

from monitor.names.eastern import compare_by_reading
from monitor.names.hangul import hear_hangul, hear_loan
from monitor.names.lexicon import load_lexicon
from monitor.names.name import read_name
from monitor.names.sounds import level_romaji, romanize_kana


@for_each(
    ("one", "other", "score"),
    read_cases("""
        西岡精機株式会社 | Nishioka Seiki | 0.87  # a trade as it is read
        西岡精機株式会社 | Nishioka Precision Machinery | 0.87  # and translated
        西岡精機株式会社 | Nishioka | 0.696  # a family without its trade is anybody's
        西岡精機株式会社 | Nishioka Paint | 0.6
        西岡精機株式会社 | Nishiyama Seiki | 0
        西岡製作所 | Nishioka Corporation | 0.8  # works are often not translated
        須見精機 | Sumi Seiki | 0.8  # character by character: another name may be read so
        須見 | Sumi | 0.74
        西岡留精機 | Nishioka-Tome Seiki | 0.8
        広島真空 | Hiroshima Vacuum | 0.87
        広島真空 | Hiroshima Shipping | 0  # a place alone is no name
        東レ | Toray Industries | 0.96
        日立製作所 | Hitachi | 0.96  # a firm known in letters
        日立製作所 | Hitachi Metals | 0.672  # another firm of its group
        日本電気 | NEC (Nippon Electric Company) | 0.96
        DMG西岡 | DMG Nishioka | 0.8
        에스디케이정밀 | SDK Precision | 0.87  # letters that Hangul spells out
        하람에어로스페이스 | Haram Aerospace | 0.87
        하람정밀 | Haram Foods | 0.6
        태평양정밀 | Pacific Precision | 0.87
        에스디케이 | SDK | 0.8
        성림정밀 | Sunglim Precision | 0.8  # a sound that is not spoken everywhere
        노바정밀 | Nova Precision | 0.8
        오션정밀 | Nissin Precision | 0  # that would be Korean as well
        アール・エス・ケー精機 | RSK Seiki | 0.87
        西岡コスタ精機 | Nishioka Costa Seiki | 0.8
        日本興業 | Japan Radio Industry | 0
        실렉스전자 | Silex Electronics | 0.8  # an English word as Korean hears it
        폭스정밀 | Fox Precision | 0.8
        설정밀 | Cell Precision | 0  # of a syllable alone that may be chance
        막정밀 | Mark Precision | 0
        """),
)
def test_a_firm_is_known_by_how_it_is_read(one: str, other: str, score: float):
    assert compare_by_reading(read_name(one), read_name(other)).score == pytest.approx(
        score, abs=0.001
    )


def test_a_trade_that_only_one_of_the_two_has_is_told():
    found = compare_by_reading(read_name("西岡精機工業"), read_name("Nishioka Seiki Paint"))

    assert found.reasons == (
        "“Nishioka Seiki Paint” is how “西岡精機工業” is read",
        "only one has the trade “paint”",
    )


def test_a_chinese_firm_is_not_read_in_japanese():
    assert compare_by_reading(read_name("西岡精机有限公司"), read_name("Nishioka Seiki")).score == 0


@pytest.mark.parametrize(
    "spelt", ["ohkawara", "ōkawara", "ookawara", "Oukawara".lower(), "o-kawara"]
)
def test_long_vowels_are_levelled(spelt: str):
    assert level_romaji(spelt) == "okawara"


@pytest.mark.parametrize(
    ("kana", "spelt"), [("シャ", "sha"), ("キョウ", "kyou"), ("ティ", "ti"), ("マッハ", "maha")]
)
def test_kana_are_spelt(kana: str, spelt: str):
    assert romanize_kana(kana) == spelt


@pytest.mark.parametrize(("hangul", "word"), [("하이닉스", "hynix"), ("세미켐", "semichem")])
def test_an_english_word_in_hangul_has_its_consonants(hangul: str, word: str):
    assert hear_hangul(hangul) == hear_loan(word)


@pytest.mark.parametrize("language", ["japanese", "korean"])
def test_every_known_word_has_a_way_in_letters(language: str):
    lexicon = load_lexicon(language)

    assert all(says.isascii() for says in lexicon.in_letters)
    assert len(lexicon.in_letters) > 300
    assert lexicon.omitted
