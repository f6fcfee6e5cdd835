import pytest

from monitor.document import read_text
from monitor.extract import en

HEAD = (
    "Monday, May 6, 2030\nMOFCOM Spokesperson answered questions on export control measures.\nQ:"
    " What will China do?\n"
)


def facts(answer):
    return en.facts(read_text(HEAD + answer))


def test_a_reply_that_changes_named_acts_from_a_day_is_the_act():
    (fact,) = facts(
        "A: China has decided to continue suspending the measures of Announcement No. 7 of the"
        " Working Mechanism for the Unreliable Entities List [2029] for another year, effective May"
        " 10, 2030, and to terminate the measures of Announcement No. 13 of 2029."
    )

    assert (fact.authority, fact.published, fact.understood) == ("cn-mofcom", "2030-05-06", "full")
    assert [
        (
            each.action.value,
            [target.key for target in each.amends],
            each.starts.on,
            each.ends and each.ends.on,
        )
        for each in fact.measures
    ] == [
        ("suspend", ["uel-2029-7"], "2030-05-10", "2031-05-10"),
        ("repeal", ["mofcom-2029-13"], "2030-05-10", None),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "A: On May 4, MOFCOM issued Announcement No. 7 of 2030, imposing export controls on alpha.",
        "A: China has decided to suspend the measures of Announcement No. 7 of 2030.",
        (
            "A: The United States has decided to suspend its rule from May 10, 2030. We have noted"
            " that."
        ),
        (
            "A: China may decide to suspend the measures of Announcement No. 7 of 2030 from May 10,"
            " 2030."
        ),
        "Q: Has China decided to suspend Announcement No. 7 of 2030 from May 10, 2030?",
    ],
)
def test_a_reply_that_tells_again_or_names_no_day_is_none(answer):
    assert not [fact for fact in facts(answer) if hasattr(fact, "measures")]


def test_a_reply_of_which_a_part_was_not_understood_says_so():
    (fact,) = facts(
        "A: China has decided to suspend the measures of Announcement No. 7 of 2030 for one year"
        " from May 10, 2030, and to add Alpha Works to the Unreliable Entity List."
    )

    assert [
        (each.action.value, [target.key for target in each.amends]) for each in fact.measures
    ] == [("suspend", ["mofcom-2030-7"])]
    assert (fact.understood, [part.why for part in fact.not_read]) == (
        "part",
        ["not all that it does was understood"],
    )


DECIDED = (
    "A: China has decided to suspend the measures of Announcement No. 7 of 2030 for one year from"
    " May 10, 2030"
)


@pytest.mark.parametrize(
    "more",
    [
        ", and will announce it in the near future.",
        ". The specific arrangements will be published shortly.",
        ". MOFCOM will soon issue an announcement.",
    ],
)
def test_an_act_that_is_still_to_be_published_suspends_nothing(more):
    (fact,) = facts(DECIDED + more)

    assert (fact.understood, fact.measures) == ("none", ())
    assert [part.quote for part in fact.not_read if part.quote.startswith(DECIDED)]


def test_what_another_country_will_publish_leaves_the_reply_as_it_is():
    (fact,) = facts(f"{DECIDED}. The United States will publish its rule shortly.")

    assert fact.understood == "full"
