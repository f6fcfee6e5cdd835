import json
from pathlib import Path

from coverage import CoverageData
from reach import ROOT, Reach

MODULE = Path("monitor/diff/rows.py")


def _traced(folder: Path, lines_of: dict[str, list[int]], seconds: dict[str, float]) -> Reach:
    kept = CoverageData(str(folder / "1.traced"))
    for test, lines in lines_of.items():
        kept.set_context(test)
        kept.add_lines({str(ROOT / MODULE): lines})
    kept.write()
    (folder / "1.jsonl").write_text("".join(json.dumps([test, took]) + "\n" for test, took in seconds.items()))
    return Reach(folder)


def test_of_the_tests_that_run_a_line_those_of_its_room_come_first_and_of_these_the_quick_ones(tmp_path: Path):
    near, nearer, other, afar = (
        f"tests/{name}::test" for name in ("diff/test_a.py", "diff/test_b.py", "diff/test_c.py", "cli/test_d.py")
    )
    reach = _traced(tmp_path, {near: [7, 8], nearer: [8], other: [9], afar: [8]}, {near: 2, nearer: 1, other: 0.1, afar: 0.1})

    assert reach.tests_of(MODULE, range(8, 9)) == [[nearer, near, afar]]


def test_what_takes_long_is_asked_later_and_no_more_than_a_minute_of_it(tmp_path: Path):
    tests = [f"tests/diff/test_{number}.py::test" for number in range(9)]
    reach = _traced(tmp_path, {test: [8] for test in tests}, {test: 4 * (number + 1) for number, test in enumerate(tests)})

    assert reach.tests_of(MODULE, range(8, 9)) == [tests[:1], tests[1:5]]


def test_of_a_line_that_was_run_when_its_module_was_loaded_no_test_is_known(tmp_path: Path):
    assert _traced(tmp_path, {"": [8], "tests/diff/test_a.py::test": [9]}, {}).tests_of(MODULE, range(8, 9)) == []
