"""What a sentence of an English act does, in whatever order of words."""

import pytest

from monitor.extract.en import operations, verbs
from monitor.extract.en.operations import Context

CONTEXT = Context("us-bis", "Additions to the Entity List", "k", "2030-05-06")


def done(sentence):
    """(action, voice, what it is done to, what kind of thing that is) of each predicate."""
    told = []
    for predicate in verbs.list_predicates(sentence) or verbs.list_announced(sentence):
        words = operations.find_object(predicate)
        told.append(
            (
                predicate.action.value,
                predicate.voice.value,
                words,
                operations.find_kind(words, predicate, CONTEXT),
            )
        )
    return told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Alpha Ltd. is added to the Entity List.", ("add", "passive", "Alpha Ltd.", "who")),
        (
            "BIS adds Alpha Ltd. to the Entity List under the destination of Chad.",
            ("add", "present", "Alpha Ltd.", "who"),
        ),
        ("Alpha is no longer available.", ("remove", "passive", "Alpha", "who")),
        (
            "BIS announces the addition of Alpha Ltd. to the list.",
            ("add", "present", "Alpha Ltd.", "who"),
        ),
        (
            "BIS approved the removal of Alpha Ltd. from the list.",
            ("remove", "present", "Alpha Ltd.", "who"),
        ),
        ("We add Alpha.", ("add", "present", "Alpha", "who")),
        ("The Ministry has revoked licence 5.", ("repeal", "perfect", "licence 5", "licence")),
        (
            "OFAC hereby revokes General License 9",
            ("repeal", "present", "General License 9", "licence"),
        ),
        (
            "The Office of Foreign Assets Control today removed Alpha.",
            ("remove", "perfect", "Alpha", "who"),
        ),
        ("Order No. 5 of 2030 repeals the rule.", ("repeal", "present", "the rule", "rule")),
        ("Exports to Chad are prohibited.", ("restrict", "passive", "Exports to Chad", "place")),
        ("Chad is moved to Country Group A.", ("amend", "passive", "Chad", "place")),
        (
            "These entities are added: Alpha Ltd.; Beta.",
            ("add", "passive", "These entities: Alpha Ltd.; Beta", "who"),
        ),
        (
            "Two entities, namely Alpha and Beta, are added.",
            ("add", "passive", "Two entities, namely Alpha and Beta", "who"),
        ),
        (
            "Two entities are added, namely Alpha and Beta.",
            ("add", "passive", "Two entities, namely Alpha and Beta", "who"),
        ),
        ("The date is replaced by 3 May 2031.", ("replace", "passive", "The date", "date")),
        (
            "ECCN 3A001 is added to the Commerce Control List.",
            ("add", "passive", "ECCN 3A001", "goods"),
        ),
    ],
)
def test_one_deed_is_read_with_what_it_is_done_to(sentence, told):
    assert done(sentence) == [told]


@pytest.mark.parametrize(
    "sentence",
    [
        "Alpha is added to the list and Beta is removed from it.",
        "BIS amends nothing by adding Alpha and removing Beta.",
        "It is decided to add Alpha, to remove Beta.",
        "It is decided to add Alpha and to remove Beta.",
        "The order adds Alpha and removes Beta.",
        "The Ministry has added Alpha and removed Beta.",
    ],
)
def test_the_second_of_two_deeds_stands_as_the_first_does(sentence):
    assert [(action, words) for action, _, words, kind in done(sentence) if kind == "who"] == [
        ("add", "Alpha"),
        ("remove", "Beta"),
    ]


def test_two_deeds_may_be_done_to_the_same():
    assert [
        (action, words) for action, _, words, _ in done("Alpha was suspended and it was removed.")
    ] == [
        ("suspend", "Alpha"),
        ("remove", "Alpha"),
    ]
    assert [
        words for *_, words, _ in done("Twelve items are added to the list and 3 are removed.")
    ] == ["Twelve items", "3"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Two firms were added in 2029.",
        "In May 2029 two firms were added.",
        "Effective May 6, 2030, the rule takes effect.",
        "The list has no end.",
        "The firms added last year pay.",
        "It was to add Alpha.",
        "The firms that add Alpha to a lawsuit.",
        "BIS may announce the addition of Alpha Ltd.",
    ],
)
def test_what_was_done_before_or_only_describes_is_no_deed(sentence):
    assert done(sentence) == []


def test_the_list_of_a_text_may_be_one_of_goods_unless_those_of_entities_are_asked_for():
    words = "ECCN 3A001 on the Commerce Control List"

    assert operations.register_of(words, "", "us-bis").code == "us-ccl"
    assert operations.register_of(words, "", "us-bis", entities=True) is None
    assert (
        operations.register_of("nothing", "Rule on the Entity List", "us-bis").code
        == "us-bis-entity-list"
    )
    assert operations.register_of(words, "", "cn-mofcom") is None
    assert operations.register_of(words, "", "nobody") is None
