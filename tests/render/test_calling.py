"""What calls people to an event, and the word of the week."""

from dataclasses import replace

import pytest
from notices import act, company, listing, of_act, saved

from monitor.alert.event import NoticeKind, Week
from monitor.render.alert import compose_alert
from monitor.render.keepers import compose_week_headline, describe_waiting, summarize_week
from monitor.triage.values import Handled, Stage

AT, LATER = "2025-10-09T01:10:00Z", "2025-11-08T00:00:00Z"
TOLD = of_act(act(listing(company("甲", "Alpha"))))


def week(
    told: int = 0, taken: int = 0, decided: int = 0, waits: int = 0, kept_back: int = 0, **more
) -> Week:
    return Week(told, taken, decided, waits, kept_back, **more)


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (week(), "This week no new alert was sent; none waits"),
        (
            week(1, 1, 0, 1),
            "This week 1 new alert was told: 0 decided, 1 taken, 0 not taken; 1 waits in all",
        ),
        (
            week(1_200, 5, 4, 2),
            "This week 1,200 new alerts were told: 4 decided, 5 taken, 1,191 not taken; 2 wait in all",
        ),
    ],
)
def test_the_week_is_told_in_numbers(of, said):
    assert compose_week_headline(of) == said


@pytest.mark.parametrize(
    ("kept_back", "said"),
    [
        (0, "Nothing was kept back for being muted."),
        (1, "1 message was not told, being muted."),
        (2, "2 messages were not told, being muted."),
    ],
)
def test_what_was_kept_back_is_counted(kept_back, said):
    assert summarize_week(week(kept_back=kept_back)) == said


@pytest.mark.parametrize(
    ("handled", "said"),
    [
        (Handled(), "nobody has it"),
        (Handled(until=LATER), "nobody has it, snoozed until 8 Nov 2025, 01:00 Berlin"),
        (Handled(Stage.TAKEN, "Li Wei", AT), "Li Wei has it since 9 Oct 2025, 03:10 Berlin"),
        (
            Handled(Stage.TAKEN, "Li Wei", AT, until=LATER),
            "Li Wei has it since 9 Oct 2025, 03:10 Berlin, snoozed until 8 Nov 2025, 01:00 Berlin",
        ),
    ],
)
def test_what_waits_is_told_with_whoever_has_it(handled, said):
    assert describe_waiting(handled, "Europe/Berlin") == said


def test_the_week_names_what_waits_how_many_more_and_what_is_muted_until_when():
    waiting = ((TOLD, Handled()), (TOLD, Handled(Stage.TAKEN, "Li Wei", AT)))
    muted = (("register:us-ofac-sdn", LATER),)
    notices = [
        replace(
            saved("weekly-smallest"),
            zone="Europe/Berlin",
            body=week(2, waits=waits, waiting=waiting, muted=muted),
        )
        for waits in (2, 3, 4)
    ]
    alone, one, two = map(compose_alert, notices)

    assert [line.label for line in alone.acts] == [
        "🔴 China adds Alpha to the Unreliable Entity List"
    ] * 2
    assert [line.text for line in alone.acts] == [
        "nobody has it",
        "Li Wei has it since 9 Oct 2025, 03:10 Berlin",
    ]
    assert [line.text for line in (*one.acts[2:], *two.acts[2:])] == [
        "… and 1 more alert",
        "… and 2 more alerts",
    ]
    assert [(line.label, line.text) for line in alone.facts] == [
        ("Muted", "register:us-ofac-sdn until 8 Nov 2025, 01:00 Berlin")
    ]


@pytest.mark.parametrize(
    ("kind", "headline", "summary"),
    [
        (
            NoticeKind.UNTAKEN,
            "Not taken yet",
            "Nobody has it: take it.",
        ),
        (
            NoticeKind.DUE,
            "To decide",
            "Nothing is decided: decide it, or snooze it again.",
        ),
    ],
)
def test_people_are_called_by_the_headline_that_they_were_told_it_with(kind, headline, summary):
    call = replace(saved("untaken-smallest"), kind=kind, gathered=(TOLD,), event="uel-2025-4")
    told, bare = compose_alert(call), compose_alert(replace(call, gathered=()))

    assert told.headline == f"{headline}: China adds Alpha to the Unreliable Entity List"
    assert told.summary == bare.summary == summary
    assert bare.headline == f"{headline}: uel-2025-4"
