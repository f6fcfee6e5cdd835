"""The line that says who has an event, or what was decided."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from notices import act, of_act

from monitor.model import Evidence, Severity
from monitor.render.frame import sanitize_notice
from monitor.render.keepers import explain_event, format_moment, list_handling_lines
from monitor.triage.values import Case, Handled, Stage
from monitor.watch.values import Match, MatchVerdict, Relation

AT = "2025-10-09T01:10:00Z"


@pytest.mark.parametrize(
    ("handled", "says"),
    [
        (None, []),
        (Handled(), []),
        (Handled(Stage.TAKEN, "Li Wei", AT), ["Taken by Li Wei, 9 Oct 2025, 03:10 Berlin"]),
        (
            Handled(Stage.DONE, "Li Wei", AT, "no effect"),
            ["No effect (decided by Li Wei, 9 Oct 2025, 03:10 Berlin)"],
        ),
        (
            Handled(Stage.DONE, "Li Wei", AT, "no effect", "we buy none"),
            ["No effect: we buy none (decided by Li Wei, 9 Oct 2025, 03:10 Berlin)"],
        ),
        (
            Handled(until="2025-11-08T00:00:00Z"),
            ["Snoozed until 8 Nov 2025, 01:00 Berlin (the whole thread)"],
        ),
        (
            Handled(Stage.TAKEN, "Li Wei", AT, until="2025-11-08T00:00:00Z"),
            [
                "Taken by Li Wei, 9 Oct 2025, 03:10 Berlin",
                "Snoozed until 8 Nov 2025, 01:00 Berlin (the whole thread)",
            ],
        ),
    ],
)
def test_a_line_says_who_and_when_by_the_clock_of_its_readers(handled, says):
    assert list(list_handling_lines(handled, "Europe/Berlin")) == says


def test_what_people_write_can_do_nothing_but_be_read():
    handled = Handled(Stage.DONE, "Li\x1b[31m\u202eWei", AT, "no\neffect", "x" * 500)

    (line,) = list_handling_lines(sanitize_notice(replace(of_act(act()), handled=handled)).handled)

    assert "\x1b" not in line
    assert "\u202e" not in line
    assert "\n" not in line
    assert len(line) < 300


@pytest.mark.parametrize(
    ("at", "zone", "told"),
    [
        (AT, "", "9 Oct 2025, 01:10 UTC"),
        (AT, "America/New_York", "8 Oct 2025, 21:10 New York"),
        ("", "America/New_York", ""),
    ],
)
def test_a_moment_has_the_place_whose_clock_it_is(at, zone, told):
    assert format_moment(at, zone) == told


def test_why_an_event_was_told_is_explained_with_whom_it_reached_and_whom_not():
    match = Match(
        kind="exact",
        score=0.987,
        verdict=MatchVerdict.MATCH,
        reason="same name",
        entry="Motor",
        key="m",
        relation=Relation.SUPPLIER,
        subject="Motor AG",
    )
    case = Case(
        "uel-2025-4",
        "cn-mofcom",
        datetime(2025, 10, 9, 1, 10, tzinfo=UTC),
        Severity.HIGH,
        Handled(),
        told={"desk": datetime(2025, 10, 9, 1, 12, tzinfo=UTC), "legal": None},
        untold={"ops": "it is muted"},
        matches=(match,),
        why={"desk": "rule 2"},
        evidence=Evidence(url="https://e.cn/1", sha256="ab" * 32, fetched_at=AT),
    )

    assert list(explain_event(case, "China adds Motor AG")) == [
        "China adds Motor AG",
        "First seen 2025-10-09 01:10 UTC, event uel-2025-4; it matters: high.",
        "Told to desk, 2025-10-09 01:12 UTC: rule 2.",
        "Told to legal, not yet: all goes there that no rule sends elsewhere.",
        "Not sent to ops: it is muted.",
        "Evidence: https://e.cn/1, SHA-256 abababababab.",
        "Touches Motor, which is Motor AG (0.99, same name).",
    ]
    assert list(explain_event(replace(case, matches=(), evidence=None, told={}, untold={}), "x"))[
        2:
    ] == ["No match with your watch list was recorded with it."]
