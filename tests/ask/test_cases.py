"""How events stand and what was done with them, as lines."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acts import listing
from arrivals import arrive

from monitor.ask.cases import (
    CaseLine,
    describe_case_state,
    explain_case,
    join_handling_words,
    make_case_line,
    make_case_row,
    make_done_line,
)
from monitor.store import History, handling
from monitor.triage.values import Handled, Handling, Stage, Verb

NOW = datetime(2025, 12, 1, 6, 0, tzinfo=UTC)
LINE = CaseLine(
    event="uel-2025-10",
    what="China lists firms",
    stage="open",
    severity="high",
    opened="2025-10-09T01:00:30Z",
)


def with_(**more: object) -> CaseLine:
    return CaseLine(**{name: getattr(LINE, name) for name in LINE.__struct_fields__} | more)


@pytest.mark.parametrize(
    ("told_line", "is_", "since", "told"),
    [
        (LINE, "open", "2025-10-09 01:00", ""),
        (with_(stage="closed", decision="relevant"), "closed: relevant", "2025-10-09 01:00", ""),
        (
            with_(until="2025-12-24T00:00:00Z"),
            "open, rests until 2025-12-24 00:00",
            "2025-10-09 01:00",
            "",
        ),
        (with_(since="2025-11-01T02:03:04Z"), "open", "2025-11-01 02:03", ""),
        (
            with_(told={"alerts": "2025-10-09T01:00:00Z", "desk": ""}, untold={"night": "muted"}),
            *("open", "2025-10-09 01:00", "alerts, desk (owed), night (not told)"),
        ),
    ],
)
def test_an_event_is_a_row_with_how_it_stands_since_when_and_who_was_told(
    told_line: CaseLine, is_: str, since: str, told: str
):
    assert make_case_row(told_line) == (
        "uel-2025-10",
        is_,
        "",
        since,
        "high",
        told,
        "China lists firms",
    )


@pytest.mark.parametrize(
    ("handled", "words"),
    [
        (Handled(), "open"),
        (Handled(Stage.OPEN, "Li Wei"), "open by Li Wei"),
        (
            Handled(Stage.OPEN, "Li Wei", decision="relevant", until="2025-12-24"),
            "open: relevant by Li Wei, rests until 2025-12-24",
        ),
    ],
)
def test_an_event_stands_in_a_few_words(handled: Handled, words: str):
    assert describe_case_state(handled) == words


def test_what_was_done_says_a_decision_a_destination_an_end_and_a_reason_as_far_as_there_are():
    who = (1, "k", "uel-2025-10", NOW, next(iter(Verb)), "slack", "Li Wei", "U1")
    bare = Handling(*who, "", Handled(), Handled())
    full = Handling(
        *who,
        "desk",
        Handled(),
        Handled(),
        decision="relevant",
        text="why",
        until="2025-12-24",
        to="legal",
    )

    assert join_handling_words(bare) == ""
    assert join_handling_words(full) == "relevant; legal; until 2025-12-24; why"
    assert (make_done_line(full).at, make_done_line(full).role, make_done_line(full).said) == (
        "2025-12-01T06:00:00Z",
        "desk",
        join_handling_words(full),
    )


def test_an_event_is_what_people_were_told_and_of_one_nobody_was_told_of_its_key(tmp_path: Path):
    with History(tmp_path) as history:
        arrive(history, listing(10, "Alpha Ltd"))
        case = history(handling.find_case, "uel-2025-10")
        assert case
        told, untold = (
            make_case_line(history, case),
            make_case_line(history, replace(case, message=0)),
        )
        why_told = explain_case(history, replace(case, why={"alerts": "rule 1", "ops": ""}))
        bare = explain_case(history, replace(case, evidence=None))

    assert (told.what, untold.what) == (
        "China adds Alpha Ltd to the Unreliable Entity List",
        "UEL Notice No. 10 of 2025",
    )
    assert (told.told, told.opened, told.since) == ({"alerts": ""}, "2025-10-09T01:00:00Z", "")
    assert (why_told.rules, why_told.sha256, why_told.url) == (
        {"alerts": "rule 1"},
        "0" * 64,
        case.evidence.url,
    )
    assert (bare.sha256, bare.url, bare.done, bare.matches) == ("", "", (), ())
