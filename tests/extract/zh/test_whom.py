"""Whom a sentence means: the names that it prints, and those of earlier ones that a pronoun
points back to.
"""

import pytest

from monitor.extract.zh import names
from monitor.extract.zh.lines import make_line

BEFORE = [
    make_line("甲公司（Alpha）、乙公司（Beta）违规。"),
    make_line("丙公司（Gamma）总裁某·某（John）违规。"),
]


def piece(text):
    each = make_line(text)
    return names.Piece(each, 0, len(each.text))


def zh(entities):
    return [entity.names.get("zh") for entity in entities]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("其", ["丙公司", "某·某"]),
        ("该企业", ["丙公司"]),
        ("其本人", ["某·某"]),
        ("其本人及该公司", ["某·某", "丙公司"]),
        ("上述企业", ["丙公司", "某·某"]),
        ("上述2家企业", ["丙公司", "某·某"]),
        ("上述3家企业", ["乙公司", "丙公司", "某·某"]),
        ("上述4家企业和人员", ["甲公司", "乙公司", "丙公司", "某·某"]),
    ],
)
def test_words_that_point_back_mean_the_nearest_and_as_many_as_they_count(words, meant):
    assert names.is_pointing_back(piece(words))
    assert zh(names.find_meant_entities(piece(words), BEFORE)) == meant


@pytest.mark.parametrize("words", ["甲公司", "该公司及其高管甲", "有关企业"])
def test_a_name_points_nowhere(words):
    assert not names.is_pointing_back(piece(words))


def test_in_its_own_line_those_before_the_words_are_nearer_and_where_nobody_is_named_nobody_is_meant():
    text = piece("丁公司（Delta）违规，对其")

    assert zh(names.find_meant_entities(text.part(len(text.text) - 1, len(text.text)), BEFORE)) == [
        "丁公司"
    ]
    assert names.find_meant_entities(piece("其"), [make_line("无人违规。")]) == []
    assert zh(names.find_before(piece("现决定"), BEFORE)) == ["丙公司", "某·某"]
    assert names.find_before(piece("现决定"), []) == []


@pytest.mark.parametrize(
    ("text", "named", "country"),
    [
        ("经查，甲公司（Alpha Inc.）和乙公司（Beta）", ["甲公司", "乙公司"], None),
        ("参与对台军售的美国企业甲公司（Alpha Co.）", ["甲公司"], "US"),
        ("第3号公告对甲公司（Alpha）", ["甲公司"], None),
        ("甲甲公司已停止合作", ["甲甲公司"], None),
        ("违规。乙乙研究所未履行承诺", ["乙乙研究所"], None),
        ("两家公司已改正", [], None),
        ("甲甲公司很大", [], None),
    ],
)
def test_names_in_prose_have_a_latin_form_or_open_their_sentence(text, named, country):
    found = names.read_in_prose(piece(text))

    assert (zh(found), {entity.country for entity in found} - {None}) == (named, {country} - {None})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("境外组织", []),
        ("甲研究所和有关企业", ["甲研究所"]),
        ("甲公司（Alpha）", ["甲公司"]),
    ],
)
def test_firms_are_those_that_are_nothing_but_firms(text, named):
    assert zh(names.read_firms(piece(text))) == named
