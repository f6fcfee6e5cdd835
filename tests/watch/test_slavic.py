"""Words of Slavic languages as the common words that they mean."""

import pytest

from monitor.watch.slavic import same_stem, translated


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("zavoda", ("factory",)),
        ("zavo", ()),
        ("tekhnicheskiy", ("technical",)),
        ("technicheskii", ("technical",)),  # whichever way it is put into Latin letters
        ("sudoremontnyi", ("ship", "repair")),  # the longer stem of two
        ("remontnyi", ("repair",)),
        ("vega", ()),
    ],
)
def test_a_word_is_known_by_its_stem_also_where_it_stands_alone(word: str, meant: tuple[str, ...]):
    assert translated(word, alone=False) == translated(word, alone=True) == meant


@pytest.mark.parametrize(("acronym", "meant"), [("npo", ("research", "production", "association")), ("im", ("named", "after"))])
def test_an_acronym_is_known_beside_other_words_alone_it_is_a_name(acronym: str, meant: tuple[str, ...]):
    assert translated(acronym, alone=False) == meant
    assert translated(acronym, alone=True) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("dubna", "dubnensky", True),
        ("dubna", "dubnenskogo", True),  # six letters more
        ("dubna", "dubnenskogorod", False),
        ("kolomna", "kolomensky", True),  # a vowel that comes and goes
        ("tula", "tulsky", True),
        ("ivanovo", "ivanovskiy", True),
        ("tambov", "tambovskoe", True),
        ("tambov", "tombovskoe", False),  # another beginning
        ("vinogradovskaya", "vinogradovsky", True),
        ("abcd", "abcdsky", True),
        ("abc", "abcsky", False),  # too short
        ("ural", "urals", True),  # an -s, also of a short word
        ("perm", "perms", True),
        ("perm", "perma", False),  # another ending of a short word is another word
        ("vegan", "vegana", True),
        ("vega", "vegan", False),
        ("ivanovo", "ivanova", False),
    ],
)
def test_a_place_is_the_same_as_noun_and_as_adjective(one: str, other: str, same: bool):
    assert same_stem(one, other) is same_stem(other, one) is same
