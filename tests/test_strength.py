import pytest
from strength import ROOMS, ROOT, SEEN_IN, SLOW, chosen, equivalent, faults_of, measured


def test_the_tests_beside_those_of_a_room_are_there():
    named = {path for rows in SEEN_IN.values() for paths in rows for path in paths.split()} | {
        *SLOW
    }

    assert SEEN_IN.keys() == {*ROOMS}
    assert [path for path in sorted(named) if not (ROOT / "tests" / path).exists()] == []


def test_the_same_faults_are_planted_each_time_one_in_a_line_and_in_each_room_as_many():
    planted = chosen(8, seed=0, rooms=("alert", "fetch"))

    assert len({(fault.module, fault.line) for fault in planted}) == 8
    assert [fault.module.parts[1] for fault in planted] == ["alert", "fetch"] * 4
    assert (
        chosen(4, seed=0, rooms=("alert", "fetch"))
        == planted[:4]
        != chosen(4, seed=1, rooms=("alert", "fetch"))
    )


@pytest.mark.long
def test_what_is_called_no_fault_could_be_planted_and_has_a_reason():
    named = equivalent()
    could_be = {
        fault.named()
        for module in {module for module, _ in named}
        for fault in faults_of(ROOT / module)
        if any(f"- {fault.line}" in change for where, change in named if where == module)
    }

    assert [
        change for change, why in named.items() if change not in could_be or len(why.split()) < 5
    ] == []


@pytest.mark.long
def test_a_fault_of_a_small_room_is_planted_and_found():
    missed = measured(chosen(1, seed=0, rooms=("alert",)), workers=1)

    # in all rooms, `make strength` measures
    assert missed == [], "\n".join(fault.shown() for fault in missed)
