import pytest
from strength import ROOMS, ROOT, SEEN_IN, chosen, measured


def test_the_tests_beside_those_of_a_room_are_there():
    named = {path for rows in SEEN_IN.values() for paths in rows for path in paths.split()}

    assert SEEN_IN.keys() == {*ROOMS}
    assert [path for path in sorted(named) if not (ROOT / "tests" / path).exists()] == []


def test_the_same_faults_are_planted_wherever_their_lines_stand():
    planted = chosen(22, seed=0)

    assert len({(fault.module, fault.line) for fault in planted}) == 22
    assert {fault.module.parts[1] for fault in planted} == {*ROOMS}
    assert chosen(11, seed=0) == planted[:11] != chosen(11, seed=1)


@pytest.mark.long
def test_of_two_dozen_faults_the_tests_find_all_but_two():
    missed = measured(chosen(24, seed=2))

    assert len(missed) <= 2, "\n".join(fault.shown() for fault in missed)
