"""That an act came long after the day it bears."""

from notices import act, of_act

from monitor.alert.event import BackDated
from monitor.render.provenance import list_back_dated_lines

ONE, TWO = act(key="mofcom-2025-57"), act(key="mofcom-2025-58")
LATE = BackDated(ONE.key, "2025-10-01", "cn_mofcom.announcements", "2025-10-08T01:00:00Z")
SAID = (
    "it bears the day 1 Oct 2025, but it was not there yet when cn_mofcom.announcements was read on"
    " 8 Oct 2025 01:00 UTC."
)


def test_an_act_that_was_not_there_on_its_day_says_so():
    assert list(list_back_dated_lines(of_act(ONE, back_dated=(LATE,)))) == [f"Back-dated: {SAID}"]
    assert list(list_back_dated_lines(of_act(ONE, acts=(), back_dated=(LATE,)))) == [
        f"Back-dated: {SAID}"
    ]
    assert list(list_back_dated_lines(of_act(ONE))) == []


def test_of_several_acts_it_is_said_which():
    assert list(list_back_dated_lines(of_act(TWO, acts=(ONE, TWO), back_dated=(LATE,)))) == [
        f"MOFCOM No. 57 of 2025: back-dated: {SAID}"
    ]
    assert list(list_back_dated_lines(of_act(TWO, acts=(TWO, TWO), back_dated=(LATE,)))) == [
        f"Back-dated: {SAID}"
    ]
