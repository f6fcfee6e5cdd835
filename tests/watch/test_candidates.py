"""Which names of many may be the one that is asked for: by words, sound, initials and slips."""

import pytest

from monitor.watch.index import Index, Spelling


def found(kept: str, asked: str, *, person: bool = False) -> bool:
    """Whether a name is among the candidates, beside others that share nothing with it."""
    index = Index([Spelling(0, "Quixotic Zymurgy"), Spelling(1, kept, person=person), Spelling(2, "乙丙丁")])
    candidates = index.candidates(asked, person=person)
    assert 0 not in candidates
    assert 2 not in candidates
    return candidates == [1]


@pytest.mark.parametrize(
    ("kept", "asked", "is_one"),
    [
        ("Vega Optics", "Vega Lasers", True),
        ("Vega Optics", "Zenit Optics", True),
        ("Vega Group", "Zenit Group", False),  # what every second firm is
        ("Vega Works", "Zenit Plant", True),  # one word in two forms
        ("Sun Rise", "Sunrise", True),
        ("Sunrise Vega", "Sun Rise Lasers", True),  # written apart
        ("Peng Fei", "鹏飞", True),
        ("Peng Vega", "鹏威", False),
        ("海康威视", "康威", True),
        ("海康威", "海信达", False),  # one character says nothing
        ("鹏飞", "Pengfei Trading", True),
        ("王小明", "Xiaoming Wang", True),  # the family name last
        ("海康威视贸易达", "Da Haikangweishi", True),
        ("China Electronics Technology Group Corporation", "CETC", True),
        ("CETC", "China Electronics Technology Group Corporation", True),
        ("China Electronics Technology Group Corporation", "CETC Vega", False),  # initials stand alone
        ("China Electronics Technology Group Corporation", "CE TC", False),
        ("Philip", "Filip", True),  # one sound
        ("Bridgestone", "ブリヂストン", True),
        ("ブリヂストン", "Bridgestone", True),
        ("Trusco", "トラスコ", True),
        ("トラスコ", "Trusco", True),
    ],
)
def test_a_name_is_a_candidate_by_what_it_shares(kept: str, asked: str, is_one: bool):
    assert found(kept, asked) is is_one


@pytest.mark.parametrize(
    ("kept", "asked", "is_one"),
    [
        ("Vegar", "Vexar", True),  # beginning and end are the same
        ("Vegard", "Vexard", True),
        ("Vegard", "Degard", True),
        ("Vegard", "Vegarx", True),
        ("Vega", "Vego", False),  # too short
        ("Hydrobet", "Hydrobek", True),
        ("Hydrobet", "Hydrodek", False),  # two slips
        ("Hydrometa", "Hydronepa", True),  # in nine letters
        ("Hydrometal", "Hodrometel", True),  # neither is as it was at its beginning, but the consonants are
        ("Trading", "Trabing", False),  # a word that many have
        ("Vega 12345", "Zenit 12346", False),
    ],
)
def test_a_word_of_the_firms_own_is_found_misspelt_where_it_is_long(kept: str, asked: str, is_one: bool):
    assert found(kept, asked) is is_one


@pytest.mark.parametrize(("kept", "asked"), [("Mohammed", "Muhamad"), ("محمد", "Muhamad")])
def test_a_person_is_found_by_consonants_a_firm_is_not(kept: str, asked: str):
    assert found(kept, asked, person=True)
    assert not found(kept, asked)
    assert Index([Spelling(0, kept)]).candidates(asked, person=True) == []
    assert Index([Spelling(0, kept, person=True)]).candidates(asked) == []


def test_a_word_that_more_than_two_hundred_have_brings_no_candidates_of_itself():
    crowd = [Spelling(number, f"Vega {number}x") for number in range(200)]

    assert Index(crowd).candidates("Vega") != []
    assert Index([*crowd, Spelling(200, "Vega 200x")]).candidates("Vega") == []
    assert Index([*crowd, Spelling(200, "Vega")]).candidates("Vega") == [200]


def test_of_forty_candidates_each_is_compared_and_of_more_those_that_look_most_alike():
    crowd = [Spelling(number, f"Vega {'x' * (65 - number)}") for number in range(60)]
    asked = "Vega Nova"

    assert Index(crowd[:40]).candidates(asked) == list(range(40))
    many = Index([*crowd, Spelling(60, "Vega Novi")]).candidates(asked)
    assert many[:11] == [*range(10), 60]
    assert len(many) < 61


def test_a_rare_word_weighs_more_than_a_frequent_one():
    frequent = [Spelling(number, f"Vega {number}x") for number in range(20)]

    assert Index([*frequent, Spelling(20, "Zenit")]).candidates("Vega Zenit")[0] == 20
