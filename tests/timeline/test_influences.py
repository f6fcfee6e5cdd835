"""What of all that touches a measure decides on a day, and which measures are named as the
reason.
"""

from datetime import date

import pytest
from statutes import act, all_on, measure, on_day, timeline

from monitor.model import Announcement

A = act("a", measure("restrict", starts="2025-11-10"), published="2025-11-01")
ENDING = act("a", measure("restrict", starts="2025-11-10", ends="2026-04-30"))


def later(key: str, action: str, target: str, starts: str, ends: str = "") -> Announcement:
    return act(key, measure(action, target, starts=starts, ends=ends), published=starts)


def on(day: str, *acts: Announcement, key: str) -> str:
    """How an act's only measure stands on a day, and the acts that made it so."""
    (found,) = all_on(timeline(*acts), key, date.fromisoformat(day))
    return f"{found.span.status}: {' '.join(cause.act.key for cause in found.span.because)}"


# What comes after the act, by key, action, target, first and last day; then day by day how it
# stands, and because of which acts.
@pytest.mark.parametrize(
    ("first", "after", "stands"),
    [
        pytest.param(
            ENDING,
            ["x amend a 2026-05-01 2027-04-30"],
            {"2026-04-30": "in force: a", "2026-05-01": "in force: a", "2027-05-01": "ended: x"},
            id="a later day that begins to hold the day after the last one leaves no gap",
        ),
        pytest.param(
            A,
            ["x amend a 2026-01-01 2027-04-30", "y amend a 2026-02-01 2026-06-30"],
            {"2026-06-30": "in force: a", "2026-07-01": "ended: y"},
            id="of two last days that were given one after the other the newer counts",
        ),
        pytest.param(
            ENDING,
            ["x amend a 2026-07-01 2027-04-30"],
            {"2026-06-30": "ended: a", "2026-07-01": "in force: a"},
            id="what expired may be given a later day and is in force again",
        ),
        pytest.param(
            A,
            ["s suspend a 2025-12-01 2026-11-10", "r resume a 2026-02-01"],
            {
                "2026-01-31": "suspended: s",
                "2026-02-01": "in force: a r",
                "2026-11-11": "in force: a r",
            },
            id="from the day on which it is resumed the resumption is named beside the act",
        ),
        pytest.param(
            A,
            ["s suspend a 2025-12-01 2026-01-31", "r resume a 2026-03-01"],
            {"2026-02-28": "suspension ended: s", "2026-03-01": "in force: a r"},
            id="a resumption after the last day of a suspension says that the act applies again",
        ),
        pytest.param(
            A,
            ["s suspend a 2025-12-01 2026-01-31", "r resume a 2026-02-01"],
            {"2026-01-31": "suspended: s", "2026-02-01": "in force: a r"},
            id="a resumption on the day after the last of a suspension leaves nobody in doubt",
        ),
        pytest.param(
            A,
            [
                "s suspend a 2025-12-01 2026-01-31",
                "r resume a 2026-03-01",
                "t suspend a 2026-04-01 2026-05-31",
            ],
            {"2026-04-01": "suspended: t", "2026-06-01": "suspension ended: t"},
            id=(
                "a resumption from before a suspension ends nothing of it and says nothing of what"
                " follows"
            ),
        ),
        pytest.param(
            A,
            ["s suspend a 2025-12-01 2026-11-10", "r resume a 2026-02-01", "q resume a 2026-03-01"],
            {"2026-02-28": "in force: a r", "2026-03-01": "in force: a q"},
            id="of two resumptions the first ends a suspension and the last is named",
        ),
        pytest.param(
            A,
            ["b suspend a 2026-02-01 2026-11-10", "c resume a 2026-02-01"],
            {"2026-02-01": "in force: a c"},
            id=(
                "a suspension that begins on the day of a resumption is ended by it if the"
                " resumption comes later"
            ),
        ),
        pytest.param(
            A,
            ["0 resume a 2026-02-01", "b suspend a 2026-02-01 2026-11-10"],
            {"2026-02-01": "suspended: b"},
            id="and not if the resumption comes earlier",
        ),
        *(
            pytest.param(
                A,
                ["s suspend a 2025-12-01 2026-11-10", f"r {action} s 2026-02-01"],
                {"2026-02-01": "in force: a r"},
                id=(
                    f"the {action} that ended its suspension is named beside the act that applies"
                    " again"
                ),
            )
            for action in ("repeal", "remove", "replace")
        ),
        pytest.param(
            A,
            ["s suspend a 2025-12-01 2026-11-10", "t suspend s 2026-02-01 2026-02-28"],
            {
                "2026-02-01": "in force: a t",
                "2026-03-01": "suspended: s",
                "2026-11-11": "suspension ended: s",
            },
            id="while its suspension is suspended that is named beside the act",
        ),
        pytest.param(
            A,
            ["s suspend a 2025-12-01 2026-11-10", "x amend s 2026-10-01 2027-11-10"],
            {"2027-11-10": "suspended: s", "2027-11-11": "suspension ended: s x"},
            id="a suspension that others gave a later day ends by theirs",
        ),
        pytest.param(
            A,
            ["s suspend a 2025-12-01 2026-06-30", "t suspend a 2026-01-01 2026-03-31"],
            {
                "2026-01-01": "suspended: s t",
                "2026-04-01": "suspended: s",
                "2026-07-01": "suspension ended: s",
            },
            id="of two suspensions that end one after the other the later says what follows",
        ),
        *(
            pytest.param(
                A,
                [f"s suspend a 2025-11-05 {last}"],
                {
                    "2025-11-04": "announced: a",
                    last: "suspended: s",
                    next_day: after,
                    "2025-11-11": next_to_last,
                },
                id=f"a suspension that is over on {last}, before or on the first day",
            )
            for last, next_day, after, next_to_last in (
                ("2025-11-08", "2025-11-09", "announced: a", "in force: a"),
                ("2025-11-09", "2025-11-10", "in force: a", "in force: a"),
                ("2025-11-10", "2025-11-11", "suspension ended: s", "suspension ended: s"),
            )
        ),
        pytest.param(
            A,
            ["s suspend a 2025-12-01 2026-11-10", "r repeal a 2026-02-01", "q remove a 2026-03-01"],
            {"2026-01-31": "suspended: s", "2026-02-01": "ended: r", "2026-06-01": "ended: r"},
            id="what is repealed is ended from that day whatever else is said of it",
        ),
        pytest.param(
            A,
            ["s suspend a 2025-12-01 2026-01-31", "r resume a 2026-01-31"],
            {
                "2026-01-30": "suspended: s",
                "2026-01-31": "in force: a r",
                "2026-02-01": "in force: a r",
            },
            id=(
                "it is in force on the day from which it is resumed though its suspension names"
                " that as its last"
            ),
        ),
        pytest.param(
            A,
            ["b resume a 2026-02-01", "c suspend a 2026-02-01 2026-02-01"],
            {"2026-02-01": "suspended: c", "2026-02-02": "suspension ended: c"},
            id=(
                "a suspension of one day that comes after a resumption of that day is not ended"
                " by it"
            ),
        ),
        pytest.param(
            A,
            [],
            {"9999-12-31": "in force: a"},
            id="what nobody ends lasts to the last day there is",
        ),
        pytest.param(
            A, ["s suspend a 2025-12-01"], {"9999-12-31": "suspended: s"}, id="as does a suspension"
        ),
        pytest.param(
            None,
            ["s suspend u 2025-12-01 2026-01-31", "r resume u 2026-03-01"],
            {"2026-02-01": "suspension ended: s", "2026-03-01": "in force: r"},
            id="of an act nobody has read nothing is said beyond what others say",
        ),
        pytest.param(
            None,
            ["s suspend u 2025-12-01", "q repeal s 2026-02-01"],
            {"2026-02-01": "in force: q"},
            id="of an act nobody has read whose suspension is repealed the repeal is named alone",
        ),
    ],
)
def test_how_an_act_stands_follows_from_all_that_came_after_it(
    first: Announcement | None, after: list[str], stands: dict
):
    acts, key = (
        [*filter(None, [first]), *(later(*each.split()) for each in after)],
        "a" if first else "u",
    )

    assert {day: on(day, *acts, key=key) for day in stands} == stands


def test_an_act_nobody_has_read_does_not_stand_before_others_speak_of_it():
    assert on_day([later("s", "suspend", "u", "2025-12-01", "2026-01-31")], "u", "2025-11-30") == []
    assert on_day([later("r", "resume", "u", "2026-03-01")], "u", "2026-02-28") == []


def test_what_is_repealed_says_so():
    acts = [A, later("r", "repeal", "a", "2026-02-01"), later("q", "remove", "a", "2026-03-01")]

    assert on_day(acts, "a", "2026-06-01") == [("", "ended: repealed")]


def test_a_repeal_that_is_itself_repealed_before_its_first_day_does_nothing():
    repeals = act("r", measure("repeal", "a", starts="2026-06-01"), published="2026-01-01")

    assert (
        on("2026-06-01", A, repeals, later("q", "repeal", "r", "2026-02-01"), key="a")
        == "in force: a"
    )


def test_stretches_in_which_nothing_changes_are_one():
    acts = [A, later("x", "amend", "a", "2026-01-01", "2027-04-30")]
    (lifecycle,) = timeline(*acts).of_act("a")

    assert [(span.since.isoformat(), str(span.status)) for span in lifecycle.spans] == [
        ("2025-11-01", "announced"),
        ("2025-11-10", "in force"),
        ("2027-05-01", "ended"),
    ]
    assert [span.until for span in lifecycle.spans] == [
        date(2025, 11, 9),
        date(2027, 4, 30),
        date.max,
    ]
