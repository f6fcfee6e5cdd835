"""The line that says who has an event, or what was decided."""

from dataclasses import replace

import pytest
from notices import act, of_act

from monitor.render.handling import lines
from monitor.render.sanitize import sanitized
from monitor.triage.values import Handled, Stage

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
            Handled(Stage.TAKEN, "Li Wei", AT, until="2025-11-08T00:00:00Z"),
            ["Taken by Li Wei, 9 Oct 2025, 03:10 Berlin", "Rests until 8 Nov 2025, 01:00 Berlin"],
        ),
    ],
)
def test_a_line_says_who_and_when_by_the_clock_of_its_readers(handled: Handled | None, says: list[str]):
    assert list(lines(handled, "Europe/Berlin")) == says


def test_what_people_write_can_do_nothing_but_be_read():
    handled = Handled(Stage.DONE, "Li\x1b[31m\u202eWei", AT, "no\neffect", "x" * 500)

    (line,) = lines(sanitized(replace(of_act(act()), handled=handled)).handled)

    assert "\x1b" not in line
    assert "\u202e" not in line
    assert "\n" not in line
    assert len(line) < 300
