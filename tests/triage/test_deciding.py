"""What becomes of an event, by what a person asks."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.clock import format_instant
from monitor.triage.values import (
    NOT_OURS,
    OPEN,
    Pair,
    Person,
    Stage,
    State,
    TriageRequest,
    Verb,
    decide,
)

NOW = datetime(2026, 10, 9, 9, 0, tzinfo=UTC)
LI, ANA = 1, 2
FIRST, SECOND = Pair("supplier:acme", "acme"), Pair("supplier:borealis", "borealis")
TAKEN = State(Stage.TAKEN, LI, format_instant(NOW))


def asked(verb: Verb, **more) -> TriageRequest:
    return TriageRequest(key="k", verb=verb, event="e", person=Person("login:li", "Li"), **more)


def stage_after(state: State, verb: Verb, person: int = LI, **more) -> State:
    return decide(state, asked(verb, **more), person, (), NOW).after


def test_who_takes_it_has_it_until_another_does():
    mine = stage_after(OPEN, Verb.TAKE)
    theirs = stage_after(mine, Verb.TAKE, ANA)

    assert (mine.stage, mine.owner) == (Stage.TAKEN, LI)
    assert (theirs.stage, theirs.owner) == (Stage.TAKEN, ANA)


def test_who_has_it_already_has_it_since_they_took_it_first():
    assert decide(TAKEN, asked(Verb.TAKE), LI, (), NOW + timedelta(hours=1)).after == TAKEN


def test_what_is_decided_is_open_again_once_somebody_takes_it():
    done = stage_after(TAKEN, Verb.DONE, decision="no effect")

    assert (done.stage, done.decision) == (Stage.DONE, "no effect")
    assert stage_after(done, Verb.TAKE, ANA) == State(Stage.TAKEN, ANA, format_instant(NOW))


def test_what_rests_stays_with_whoever_has_it_and_comes_back_to_them():
    rests = stage_after(TAKEN, Verb.SNOOZE, until=format_instant(NOW + timedelta(days=3)))

    assert (rests.stage, rests.owner, rests.until) == (Stage.TAKEN, LI, "2026-10-12T09:00:00Z")
    assert stage_after(rests, Verb.RETURNED) == TAKEN
    assert stage_after(rests, Verb.TAKE) == TAKEN


@pytest.mark.parametrize(("meant", "stage"), [((), Stage.DONE), ((FIRST.digest,), Stage.OPEN)])
def test_an_event_is_decided_once_none_of_its_matches_is_left(meant, stage):
    decided = decide(OPEN, asked(Verb.NOT_OURS, pairs=meant), LI, (FIRST, SECOND), NOW)

    assert decided.dismissed == ((FIRST, SECOND) if not meant else (FIRST,))
    assert (decided.after.stage, decided.after.decision) == (
        stage,
        NOT_OURS if stage is Stage.DONE else "",
    )


@pytest.mark.parametrize(
    ("verb", "more", "why"),
    [
        (Verb.DONE, {"decision": "  "}, "give the decision"),
        (Verb.SNOOZE, {}, "give an end"),
        (Verb.SNOOZE, {"until": format_instant(NOW)}, "is over"),
        (Verb.SNOOZE, {"until": format_instant(NOW + timedelta(days=400))}, "more than 366 days"),
        (Verb.MUTE, {"to": "topic:rare-earths"}, "give an end"),
        (
            Verb.MUTE,
            {"to": "topic:rare-earths", "until": format_instant(NOW + timedelta(days=100))},
            "more than 92 days",
        ),
        (
            Verb.MUTE,
            {"to": "rare-earths", "until": format_instant(NOW + timedelta(days=1))},
            "name the subject of the mute",
        ),
        (Verb.NOT_OURS, {"pairs": (SECOND.digest,)}, "none of this event"),
        (Verb.TELL, {}, "name the destination"),
        (Verb.UNMUTE, {}, "`monitor mute` lists them"),
        (Verb.TAKE, {"refused": "not permitted"}, "not permitted"),
    ],
)
def test_what_can_t_be_done_changes_nothing_and_says_why(verb, more, why):
    decided = decide(TAKEN, asked(verb, **more), LI, (FIRST,), NOW)

    assert why in decided.refused
    assert (decided.after, decided.dismissed) == (TAKEN, ())
