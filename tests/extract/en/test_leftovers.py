import pytest

from monitor import extract
from monitor.document import read_text

BIS = "Bureau of Industry and Security, 15 CFR Part 744. Final rule."
ADDS = "BIS adds Alpha Optics Co., Ltd. to the Entity List."


def understood(body, title="Additions to the Entity List"):
    (fact,) = extract.understand(read_text(f"{title}\n{BIS} {body}"))
    return fact.understood, [each.why for each in fact.not_read]


def test_an_act_of_which_nothing_is_left_is_understood_in_full():
    assert understood(
        f"{ADDS} Exporters must apply for a licence. This rule is effective May 6, 2030."
    ) == ("full", [])


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (f"{ADDS} The review runs until May 6, 2031.", "when it ends was not understood"),
        (
            (
                "BIS adds Alpha Optics Co., Ltd. at the request of Beta Holdings LLC to the Entity"
                " List."
            ),
            "a name was not understood",
        ),
        (
            "BIS adds the persons listed in the Annex to the Entity List.",
            "what it lists stands in an annex that is not on the page",
        ),
        (
            "Supplement No. 4 to part 744 is amended in accordance with the Annex to this rule.",
            "what it changes by its annex was not understood",
        ),
        (
            "The following entities are added to the Entity List.",
            "whom it lists was not understood",
        ),
        (
            f"{ADDS} From 6 May 2031 fees are higher.",
            "a day on which something begins was not understood",
        ),
        (
            f"{ADDS} As of June 1, 2031 forms are new.",
            "a day on which something begins was not understood",
        ),
        (
            f"{ADDS} This rule takes effect on the day after it is registered.",
            "it begins on a day that is not printed",
        ),
        (
            f"{ADDS} This rule comes into force on registration.",
            "it begins on a day that is not printed",
        ),
        (
            f"{ADDS} This rule takes effect thirty days after publication.",
            "it begins on a day that is not printed",
        ),
        (f"{ADDS} A savings clause applies until June 6, 2030.", "when it ends was not understood"),
        (
            f"{ADDS} This rule lapses six months after it takes effect.",
            "when it ends was not understood",
        ),
        (
            f"{ADDS[:-1]} and the Military End User List.",
            "not every list that it names was understood",
        ),
        (f"{ADDS} Gamma Marine GmbH leaves that list.", "a name was not understood"),
        (
            "BIS is extending the temporary general license by six months.",
            "when it ends was not understood",
        ),
        (f"{ADDS} It supersedes Order No. 5 of 2029.", "which act it changes was not understood"),
        ("The effective date is delayed until May 6, 2031.", "when it ends was not understood"),
    ],
)
def test_what_no_fact_has_taken_makes_it_part(body, why):
    told, reasons = understood(body)

    assert (told, why in reasons) == ("part", True)


def test_a_title_that_says_more_than_the_text_makes_it_part():
    told = understood(ADDS, title="Additions to the Entity List; Removal of Two Entities")

    assert told == ("part", ["the title says more than was understood"])


@pytest.mark.parametrize(
    ("issuer", "told"),
    [
        ("The Council of the European Union", "full"),
        ("Global Affairs Canada. The Governor in Council", "part"),
    ],
)
def test_that_an_act_begins_when_it_is_published_is_left_only_where_it_comes_out_on_its_own_day(
    issuer, told
):
    words = (
        "Alpha Ltd. is added to the list. This Regulation enters into force on the day following"
        " that of its publication."
    )
    (fact,) = extract.understand(
        read_text(f"Regulation 2030/9 on restrictive measures\n{issuer} has adopted it. {words}")
    )

    assert (fact.measures[0].starts, fact.understood) == (None, told)


def test_a_firm_whose_name_ends_as_that_of_another_is_not_taken_for_it():
    body = (
        "BIS adds Alpha Optics Co., Ltd. to the Entity List. Exports to Beta Optics Co., Ltd. are"
        " concerned as well."
    )

    assert understood(body) == ("part", ["a name was not understood"])


def test_an_end_at_an_hour_is_an_end():
    body = (
        f"{ADDS} The listing of Alpha shall last through 12:01 a.m. eastern daylight"
        " time, June 19, 2031."
    )

    assert understood(body) == ("part", ["when it ends was not understood"])
