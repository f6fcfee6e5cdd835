import pytest

from monitor.document import read_text
from monitor.extract import en


def mentions(words):
    return [
        fact.mentions for fact in en.report(read_text(f"Headline\n{words}"), publisher="Agency")
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "China on Monday announced sanctions on Alpha Corp. and Beta Systems over arms sales.",
            ["Alpha Corp.", "Beta Systems"],
        ),
        (
            (
                "Beijing has imposed sanctions on 28 U.S. officials, including Jane Roe and Max"
                " Doe, it said."
            ),
            ["Jane Roe", "Max Doe"],
        ),
        (
            (
                "China's foreign ministry said on Friday that it had taken countermeasures against"
                " Alpha, Inc. and Beta LLC."
            ),
            ["Alpha, Inc.", "Beta LLC"],
        ),
        ("China sanctions Alpha Dynamics over a visit.", ["Alpha Dynamics"]),
        (
            "Alpha Dynamics and Beta's defence arm were sanctioned by Beijing.",
            ["Alpha Dynamics", "Beta"],
        ),
    ],
)
def test_sanctions_without_a_list_count_as_countermeasures(words, names):
    (told,) = mentions(words)

    assert told.registers == ("cn-countermeasures",)
    assert [entity.names["en"] for entity in told.entities] == names


@pytest.mark.parametrize(
    "words",
    [
        "China condemned U.S. sanctions on Alpha Corp.",
        "China threatens sanctions on Alpha Corp.",
        "The United States imposed sanctions on Alpha Corp., and China vowed to respond.",
        "China lifted its ban on seafood.",
    ],
)
def test_what_china_condemns_or_threatens_is_no_sanction_of_its(words):
    assert mentions(words) == []


@pytest.mark.parametrize(
    ("words", "register"),
    [
        ("DHS added Alpha Cotton Co., Ltd. to its Entity List.", "us-dhs-uflpa"),
        (
            "The Commerce Department added Alpha Cotton Co., Ltd. to the Entity List.",
            "us-bis-entity-list",
        ),
    ],
)
def test_a_list_belongs_to_its_owner(words, register):
    (told,) = mentions(words)

    assert told.registers == (register,)
    assert [entity.names["en"] for entity in told.entities] == ["Alpha Cotton Co., Ltd."]


def test_a_post_with_the_title_of_a_denial_names_whom_it_denies():
    (told,) = mentions(
        "# Order Denying Export Privileges; In the Matter of: Jane Roe, Inmate Number: 1-2, FCI"
        " Somewhere"
    )

    assert told.registers == ("us-bis-denied-persons",)
    assert [(entity.names["en"], entity.kind) for entity in told.entities] == [
        ("Jane Roe", "person")
    ]


def test_bodies_lists_and_acronyms_are_no_names():
    (told,) = mentions(
        "Beijing put Alpha Ltd., MOFCOM and the UFLPA on its unreliable entity list."
    )

    assert [entity.names["en"] for entity in told.entities] == ["Alpha Ltd."]
