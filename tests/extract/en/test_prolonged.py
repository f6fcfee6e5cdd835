"""Acts of the Union that are prolonged and change a list in one, and names in marks and brackets."""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.extract.en import forms, names

ACT = """COUNCIL DECISION (CFSP) 2031/90 of 5 May 2031 amending Decision 2029/7/CFSP concerning \
restrictive measures in view of the situation in Ruritania
THE COUNCIL OF THE EUROPEAN UNION,
HAS ADOPTED THIS DECISION:
Article 1
Decision 2029/7/CFSP is amended as follows:
(1) in Article 9, paragraph 2 is replaced by the following:{}
(2) {}
Article 2
This Decision shall enter into force on 6 May 2031.
Done at Brussels, 5 May 2031.
"""
UNTIL = "'2. This Decision shall apply until 20 May 2032.';"
DELETED = "in the Annex, the entry for the following entity is deleted: 'North Hill Bearings Ltd'."


def read(behind, deleted):
    (fact,) = extract.understand(read_text(ACT.format(behind, deleted)))
    measures = [
        (each.action.value, each.ends and each.ends.on, [dict(who.names) for who in each.entities])
        for each in fact.measures
    ]
    return fact.understood, measures


@pytest.mark.parametrize("behind", [f" {UNTIL}", f"\n{UNTIL}", f"\n{UNTIL.replace('2. ', '')}"])
@pytest.mark.parametrize(
    "deleted",
    [
        DELETED,
        "in the Annex, the following entry is deleted:\n'North Hill Bearings Ltd (Chad)'.",
        (
            "in Annex I, under the heading 'II. Entities', the entry concerning the entity"
            " 'North Hill Bearings Ltd' is deleted."
        ),
        DELETED.replace("'North", "'418. North"),
    ],
)
def test_what_is_prolonged_ends_and_who_is_removed_beside_it_stays_so(behind, deleted):
    assert read(behind, deleted) == (
        "full",
        [("amend", "2032-05-20", []), ("remove", None, [{"en": "North Hill Bearings Ltd"}])],
    )


@pytest.mark.parametrize(
    "behind",
    [
        "\n'2. The measures shall not apply to South Hill Bearings Ltd.';",
        f"\n{UNTIL}\nin Annex II, the table is replaced by the following:",
    ],
)
def test_words_that_are_replaced_by_others_than_an_end_are_left(behind):
    assert read(behind, DELETED)[0] == "part"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (
            "Acme Ltd. (People's Republic of China (PRC)) and any subsidiary thereof; Zhao Wen",
            ["Acme Ltd.", "Zhao Wen"],
        ),
        ("Hill Works (Private) Limited (Türkiye); Hill (HK) Ltd", None),
    ],
)
def test_a_bracket_behind_a_name_is_none_of_it_and_one_within_it_is(words, named):
    named = named or ["Hill Works (Private) Limited", "Hill (HK) Ltd"]

    assert [each.names["en"] for each in forms.list_bare_names(words)] == named


def test_the_number_of_a_quoted_entry_is_none_of_its_name():
    found = names.read_entities("the following persons: '41. Jane Ann Doe'; '1007. John Roe'")

    assert [each.names["en"] for each in found] == ["Jane Ann Doe", "John Roe"]
    assert [each.names["en"] for each in names.read_entities("'Hill 22 Ltd'")] == ["Hill 22 Ltd"]


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("1. Hill Data Co., Ltd. (a subsidiary of Hill Group Co., Ltd.)", "Hill Data Co., Ltd."),
        ("1. Hill Data Co., Ltd. (owned by Hill Group Co., Ltd.)", "Hill Data Co., Ltd."),
        ("1. Hill (Zenda) Data Co., Ltd.", "Hill (Zenda) Data Co., Ltd."),
    ],
)
def test_whose_an_entry_is_stands_in_brackets_behind_its_name(entry, name):
    text = (
        "Counter Proliferation Designations\nDepartment of the Treasury, Office of Foreign Assets"
        " Control (OFAC). 11/03/2031.\nThe following entities have been added to the SDN List:\n"
        f"{entry}\n2. Hill Group Co., Ltd.\n"
    )
    (fact,) = extract.understand(read_text(text))

    assert [each.names["en"] for each in fact.measures[0].entities] == [
        name,
        "Hill Group Co., Ltd.",
    ]
    assert fact.understood == "full"
