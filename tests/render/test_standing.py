"""How an act stands now, by what later acts have done to it."""

import pytest
from notices import act, company, listing

from monitor.model import Action, End, Measure, Start, Target
from monitor.render.lifecycle import describe_act_status, describe_effects

ONE, TWO = (
    act(listing(company("甲")), key="mofcom-2025-57"),
    act(listing(company("乙")), key="mofcom-2025-58"),
)


def start(on: str) -> Start:
    return Start(on=on, basis="explicit")


def later(*measures: Measure, published: str | None = "2025-11-07", key: str = "mofcom-2025-70"):
    return act(*measures, key=key, published=published)


def suspends(*targets: Target, **more) -> Measure:
    return Measure(
        action=Action.SUSPEND,
        amends=targets,
        **{"ends": End(on="2026-11-10", basis="explicit"), **more},
    )


WHOLE, OTHER, PART = Target(key=ONE.key), Target(key=TWO.key), Target(key=ONE.key, clauses=("二",))


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (suspends(WHOLE), "Suspended until 10 Nov 2026"),
        (suspends(WHOLE, starts=start("2025-11-07")), "Suspended until 10 Nov 2026"),
        (
            suspends(WHOLE, starts=start("2025-11-10")),
            "Suspended from 10 Nov 2025 until 10 Nov 2026",
        ),
        (suspends(WHOLE, ends=None), "Suspended, no end date stated,"),
        (Measure(action=Action.REPEAL, amends=(WHOLE,)), "Ended"),
        (suspends(PART), "Clause 2: suspended until 10 Nov 2026"),
        (suspends(WHOLE, PART), "MOFCOM No. 57 of 2025 and clause 2: suspended until 10 Nov 2026"),
    ],
)
def test_what_was_done_to_an_act_is_told_with_its_days_where_they_are_not_those_of_the_later_one(
    measure, said
):
    assert describe_act_status((ONE,), (later(measure),)) == (f"{said} by MOFCOM No. 70 of 2025",)


@pytest.mark.parametrize("published", ["2025-11-07T16:00:00+08:00", None])
def test_a_day_is_compared_with_the_day_of_publication(published):
    begun = suspends(WHOLE, starts=start("2025-11-07T00:00+08:00"))
    (said,) = describe_act_status((ONE,), (later(begun, published=published),))

    assert ("from" in said) == (published is None)


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ((WHOLE, OTHER), "MOFCOM No. 57 and 58 of 2025: suspended"),
        ((WHOLE,), "MOFCOM No. 57 of 2025: suspended"),
        ((OTHER, PART), "MOFCOM No. 58 of 2025 and clause 2 of MOFCOM No. 57 of 2025: suspended"),
        ((PART,), "Clause 2 of MOFCOM No. 57 of 2025: suspended"),
    ],
)
def test_of_several_acts_it_is_said_which(targets, said):
    assert describe_act_status((ONE, TWO), (later(suspends(*targets)),)) == (
        f"{said} until 10 Nov 2026 by MOFCOM No. 70 of 2025",
    )


def test_what_happens_to_other_acts_or_comes_from_the_act_itself_is_no_news_of_it():
    assert (
        describe_act_status((ONE,), (later(suspends(OTHER)), later(suspends(WHOLE), key=ONE.key)))
        == ()
    )
    assert list(describe_effects((ONE,), later(suspends(OTHER), suspends(WHOLE, OTHER)))) == [
        "Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025"
    ]


def test_the_same_is_said_once():
    assert (
        len(
            describe_act_status(
                (ONE,), (later(suspends(WHOLE), suspends(WHOLE)), later(suspends(WHOLE)))
            )
        )
        == 1
    )
