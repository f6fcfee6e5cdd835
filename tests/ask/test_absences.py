"""What is not there is said in one place, after whose sources were not read lately, and only as
far as it goes.
"""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from command import ROOT

from monitor.ask.absences import Absence, word_absence
from monitor.ask.answers import KeyDates
from monitor.ask.coverage import load_coverage
from monitor.ask.rows import PAST_DAYS, list_day_remarks
from monitor.model import Action, KeyDate, KeyDateKind, LastRead, Target

OURS = ROOT / "monitor/ask/absences.py"
WORDED = (
    *(ROOT / "monitor/ask").glob("*.py"), *(ROOT / "monitor/console").glob("*.py"),
    *(ROOT / "monitor/render").glob("*.py"),
    ROOT / "monitor/cli/ask.py", ROOT / "monitor/cli/screen.py",
)  # fmt: skip
CLAIM = re.compile(
    r"\b(nothing|none|no|nobody)\b[^.;:]*"
    r"\b(on record|stood|alike|was found|is known on which|touche[sd]|changed a row|was told yet)\b",
    re.IGNORECASE,
)
# What is said of a question or of a file, and not of the law.
ASKED = {
    "nothing alike",  # the state of a row, beside which the sentence stands
    "nothing alike in what was read",  # of a row with a cell that was not understood
    ": nothing was on record by then; the nearest day is ",
    ": nothing on record is as old; the nearest day is ",
    "nothing is on record yet: compared with ",
    "nothing on record rests on bytes with this SHA-256",
    "Nothing new was found.",  # while a source was in trouble
    # that something is there still
    "nothing that is on record: no listing and no control was found in it",
}


def texts(file: Path) -> Iterator[str]:
    """What a module says, but for its docstrings."""
    nodes = list(ast.walk(ast.parse(file.read_text())))
    docstrings = {node.value for node in nodes if isinstance(node, ast.Expr)}
    constants = (
        node for node in nodes if isinstance(node, ast.Constant) and node not in docstrings
    )
    yield from (node.value for node in constants if isinstance(node.value, str))


def test_no_other_place_says_that_something_is_not_there():
    said = [
        (file.name, text)
        for file in WORDED
        if file != OURS
        for text in texts(file)
        if CLAIM.search(text)
    ]
    shown = [
        (file.name, claim[0])
        for file in (ROOT / "monitor/console/templates").glob("*.html")
        for claim in CLAIM.finditer(re.sub(r"<[^>]*>", ". ", file.read_text()))
    ]

    assert {text for _, text in said} == ASKED
    assert shown == []
    assert all(
        CLAIM.search(absence)
        for absence in (Absence.STOOD, Absence.ABOUT, Absence.DAY, Absence.NAME, Absence.ROW_CHANGE)
    )


STALE = {"cn-mofcom": LastRead(of="cn-mofcom", at="2025-11-07T08:00:00Z")}
NOW = datetime(2025, 11, 29, tzinfo=UTC)
FRESH = msgspec.structs.replace(
    load_coverage(None, (), NOW, timedelta(minutes=30)), sources=3, read=3
)


@pytest.mark.parametrize(
    ("stale", "covered", "said"),
    [
        ({}, None, "no read between these days changed a row"),
        ({}, FRESH, "no read between these days changed a row"),
        (
            STALE,
            FRESH,
            (
                "MOFCOM was last read on 7 Nov 2025: a measure would not have been seen; no read"
                " between these days changed a row"
            ),
        ),
        (
            {},
            msgspec.structs.replace(FRESH, stale=("toy.acts",), never=("toy.list",)),
            "no read between these days changed a row, as far as 1 of 3 sources say",
        ),
        (
            {f"cn-{number}": LastRead(of="cn-mofcom", has_source=False) for number in range(5)},
            None,
            "; ".join(
                (
                    *["no source of MOFCOM is switched on: a measure would not have been seen"] * 3,
                    "2 other publishers not read lately either",
                    "no read between these days changed a row",
                )
            ),
        ),
    ],
)
def test_who_was_not_read_lately_comes_first_and_how_far_it_goes_last(stale, covered, said):
    assert word_absence(Absence.ROW_CHANGE, stale, covered) == said


def test_a_suspension_that_ran_out_is_said_also_where_other_days_are_known():
    ran_out = KeyDate(
        kind=KeyDateKind.SUSPENSION_END, on="2026-11-10", act="mofcom-2025-70", authority="cn-mofcom", action=Action.SUSPEND,
        amends=(Target(key="mofcom-2025-57"),),
    )  # fmt: skip
    ahead = msgspec.structs.replace(
        ran_out, kind=KeyDateKind.START, on="2026-12-01", act="mofcom-2026-9", amends=()
    )
    first = date(2026, 11, 29)
    days = [
        list_day_remarks(
            KeyDates(dates, {}, ran_out=(ran_out,), asked_on=first.isoformat()), first, last
        )
        for dates, last in (((ahead,), date.max), ((), date.max), ((), date(2026, 12, 29)))
    ]
    said = "10 Nov 2026 (Beijing): Suspension of MOFCOM No. 57 of 2025 under No. 70 of 2025 ended"

    assert days == [
        [said],
        [said, "no day from 29 Nov 2026 on is known on which the law changes by itself"],
        [
            said,
            "no day from 29 Nov 2026 to 29 Dec 2026 is known on which the law changes by itself",
        ],
    ]


def test_of_past_days_only_some_are_key_dates_which_is_said():
    told = [
        list_day_remarks(KeyDates((), {}, asked_on="2026-11-29"), date(2026, 11, day), date.max)[1:]
        for day in (28, 29)
    ]

    assert told == [[PAST_DAYS], []]
