"""How events stand and what was done with them, as lines."""

from datetime import UTC, datetime

import pytest

from monitor.pipeline.case_lines import CaseLine, done, row, said, silence_line, stands
from monitor.triage.values import About, Handled, Handling, Silence, Stage, Verb

NOW = datetime(2025, 12, 1, 6, 0, tzinfo=UTC)
LINE = CaseLine(event="uel-2025-10", what="China lists firms", stage="open", severity="high", opened="2025-10-09T01:00:30Z")


def with_(**more: object) -> CaseLine:
    return CaseLine(**{name: getattr(LINE, name) for name in LINE.__struct_fields__} | more)


@pytest.mark.parametrize(
    ("line", "is_", "since", "told"),
    [
        (LINE, "open", "2025-10-09 01:00", ""),
        (with_(stage="closed", decision="relevant"), "closed: relevant", "2025-10-09 01:00", ""),
        (with_(until="2025-12-24T00:00:00Z"), "open, rests until 2025-12-24 00:00", "2025-10-09 01:00", ""),
        (with_(since="2025-11-01T02:03:04Z"), "open", "2025-11-01 02:03", ""),
        (
            with_(told={"alerts": "2025-10-09T01:00:00Z", "desk": ""}, untold={"night": "muted"}),
            *("open", "2025-10-09 01:00", "alerts, desk (owed), night (not told)"),
        ),
    ],
)
def test_an_event_is_a_row_with_how_it_stands_since_when_and_who_was_told(line: CaseLine, is_: str, since: str, told: str):
    assert row(line) == ("uel-2025-10", is_, "", since, "high", told, "China lists firms")


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
    assert stands(handled) == words


def test_what_was_done_says_a_decision_a_destination_an_end_and_a_reason_as_far_as_there_are():
    who = (1, "k", "uel-2025-10", NOW, next(iter(Verb)), "slack", "Li Wei", "U1")
    bare = Handling(*who, "", Handled(), Handled())
    full = Handling(*who, "desk", Handled(), Handled(), decision="relevant", text="why", until="2025-12-24", to="legal")

    assert said(bare) == ""
    assert said(full) == "relevant; legal; until 2025-12-24; why"
    assert (done(full).at, done(full).role, done(full).said) == ("2025-12-01T06:00:00Z", "desk", said(full))


def test_what_is_muted_is_a_line_with_until_when_by_whom_and_why():
    line = silence_line(Silence(About.REGISTER, "un-sc", NOW, "Li Wei", NOW, "noise"))

    assert (line.subject, line.until, line.by, line.reason) == ("register:un-sc", "2025-12-01T06:00:00Z", "Li Wei", "noise")
