"""Tables of the Union that stand between quotation marks, a cell a line."""

import pytest

from monitor import extract
from monitor.document import read_text

ACT = """COUNCIL IMPLEMENTING REGULATION (EU) 2031/90 of 5 May 2031 implementing Regulation (EU) \
2029/7 concerning restrictive measures in view of the situation in Ruritania
THE COUNCIL OF THE EUROPEAN UNION,
HAS ADOPTED THIS REGULATION:
Article 1
Annex I to Regulation (EU) 2029/7 is amended in accordance with the Annex to this Regulation.
Article 2
This Regulation shall enter into force on 6 May 2031.
Done at Brussels, 5 May 2031.
ANNEX
Annex I to Regulation (EU) 2029/7 is amended as follows:
"""
PERSON = "23.\nJane Ann DOE\n(Жана Доу)\nNationality: Ruritanian\nShe runs Hill Mining Ltd."
FIRMS = "7.\nNorth Hill Bearings Ltd\na.k.a. NHB; Hill Works\n8. South Hill LLC\nAddress: Zenda"
HEAD = "Name\nIdentifying information\nReasons"


def read(*parts):
    (fact,) = extract.understand(read_text(ACT + "\n".join(parts)))
    measures = [
        (each.action.value, [(who.names["en"], who.kind) for who in each.entities])
        for each in fact.measures
        if each.entities
    ]
    return fact.understood, measures


@pytest.mark.parametrize("marks", ["''", "‘’", "“”"])
@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("(1) in section A, the following entries are added:", "add"),
        ("(1) the following entries are inserted in Part B:", "add"),
        ("(1) in section B, entries 7 and 8 are replaced by the following:", "replace"),
    ],
)
def test_entries_open_with_their_number_and_all_below_them_is_theirs(marks, sentence, action):
    table = f"{marks[0]}\n{HEAD}\n{FIRMS}\n{PERSON}\n5.5.2031\n{marks[1]}"

    assert read(sentence, table) == (
        "full",
        [
            (
                action,
                [
                    ("North Hill Bearings Ltd", "org"),
                    ("South Hill LLC", "org"),
                    ("Jane Ann DOE", "person"),
                ],
            )
        ],
    )


def test_each_table_belongs_to_the_sentence_above_it():
    told = read(
        "(1) in section A, the following entry is added:",
        f"'\n{HEAD}\n{PERSON}\n'",
        "(2) in section B, the entry for the following person is deleted:",
        "'9. John ROE'.",
    )

    assert told[0] == "full"
    assert [(action, [name for name, _ in who]) for action, who in told[1]] == [
        ("add", ["Jane Ann DOE"]),
        ("remove", ["John ROE"]),
    ]


@pytest.mark.parametrize(
    "table",
    [
        f"'\n{HEAD}\n{FIRMS}",
        "'\n2. The measures shall apply to South Hill Bearings Ltd as well.\n'",
        f"{HEAD}\n'\nNorth Hill Bearings Ltd\n'",
    ],
)
def test_a_table_without_an_end_or_a_name_behind_its_number_is_not_called_read(table):
    assert read("(1) in section A, the following entries are added:", table)[0] == "part"
