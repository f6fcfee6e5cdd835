"""How a part of a measure stands, in words."""

from datetime import date

import pytest
from acts import control, listing, suspension

from monitor.model import Measure, Start
from monitor.render.lifecycle import because, during, part, said
from monitor.timeline import Cause, Lifecycle, Span, Status

CONTROL, SUSPENSION = control(57, "1C909.a"), suspension(70, "mofcom-2025-57")
FIRST, LAST = date(2025, 11, 7), date(2026, 11, 10)


def span(status: Status, until: date = date.max, **more) -> Span:
    return Span(FIRST, until, status, (), **more)


@pytest.mark.parametrize(
    ("stretch", "words"),
    [
        (span(Status.IN_FORCE), "in force"),
        (span(Status.ENDED, why="repealed"), "ended: repealed"),
        (span(Status.SUSPENSION_ENDED, last=LAST), "suspension ended on 10 Nov 2026 with no extension seen"),
    ],
)
def test_a_status_is_said_with_what_was_not_seen(stretch: Span, words: str):
    assert said(stretch) == words


def test_a_stretch_whose_last_day_nobody_knows_only_begins():
    assert during(span(Status.SUSPENDED, LAST)) == "from 2025-11-07 to 2026-11-10"
    assert during(span(Status.IN_FORCE)) == "from 2025-11-07"


def test_a_part_is_told_by_its_clauses_its_operation_and_what_it_names():
    (measure,) = CONTROL.measures
    some = Lifecycle(Cause(CONTROL, measure), clauses=("一",), items=measure.items, destinations=("US", "JP"))

    assert part(some) == "clause 1 · add · dual-use export control list · 1 item (1C909) · to US, JP"


def test_the_rest_of_an_act_is_told_by_the_clauses_that_have_a_life_of_their_own():
    (measure,) = SUSPENSION.measures

    assert part(Lifecycle(Cause(SUSPENSION, measure), apart=("二", "三"))) == (
        "all but clauses 2 and 3 · suspend · of MOFCOM No. 57 of 2025"
    )


def test_of_an_act_that_was_not_seen_nothing_is_claimed_that_it_does():
    (measure,) = listing(10, "Dedrone").measures

    assert part(Lifecycle(Cause(CONTROL, measure), entities=measure.entities, seen=False)).startswith("act not seen · ")


def test_words_that_hold_the_day_already_are_quoted_once():
    measure = Measure(
        action="add", quote="自公布之日起施行", starts=Start(on="2025-10-09", basis="publication", quote="公布之日")
    )
    apart = Measure(action="add", quote="决定实施管制", starts=Start(on="2025-10-09", basis="explicit", quote="10月9日"))

    assert because(Cause(CONTROL, measure)) == "MOFCOM No. 57 of 2025: “自公布之日起施行”"
    assert because(Cause(CONTROL, apart)) == "MOFCOM No. 57 of 2025: “决定实施管制 … 10月9日”"
