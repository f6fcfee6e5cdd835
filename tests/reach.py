"""Which tests run which lines of ours, as Coverage.py traces them: `python tests/reach.py FOLDER` runs those that are not marked
long, and those of `costly.txt`, and keeps it in that folder. What a test does in another process is not seen.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import costly
import coverage
import pytest

TRACED = "TESTS_TRACED_INTO"  # the variable that names a folder for what each process of a run has traced
ROOT = Path(__file__).parent.parent
NEAREST, AT_MOST = 5, 60  # seconds that the tests asked first take together, and all that are asked


class Tracing:
    """A plug-in that keeps under the name of each test which lines it ran."""

    def __init__(self, folder: Path) -> None:
        kept = folder / f"{os.getpid()}.traced"
        self._coverage = coverage.Coverage(data_file=str(kept), source=[str(ROOT / "monitor")], config_file=False)
        self._coverage.set_option("run:disable_warnings", ["no-data-collected"])  # where others run the tests for this process
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """What is run from the preparation of a test to its end is run for it."""
        self._coverage.switch_context(costly.name_of(item))
        return (yield)

    def pytest_unconfigure(self) -> None:
        """Write down what this process has seen."""
        self._coverage.stop()
        self._coverage.save()


class Reach:
    """What was traced into a folder, read at once: the folder may go."""

    def __init__(self, folder: Path) -> None:
        self._seconds = {test: sum(cases) for test, cases in costly.cases(folder).items()}
        self._by_line: dict[tuple[str, int], set[str]] = {}
        for kept in folder.glob("*.traced"):
            traced = coverage.CoverageData(str(kept))
            traced.read()
            for file in traced.measured_files():
                module = str(Path(file).relative_to(ROOT))
                for row, tests in traced.contexts_by_lineno(file).items():
                    self._by_line.setdefault((module, row), set()).update(filter(None, tests))

    def tests_of(self, module: Path, rows: Iterable[int]) -> list[list[str]]:
        """The tests that run one of these lines of a module: first the nearest to it, then others, of each the quick ones first.
        Nothing where none does, as of a line that is run when the module is loaded.
        """
        room = f"tests/{module.parts[1]}/"
        reaching = set[str]().union(*(self._by_line.get((str(module), row), ()) for row in rows))
        asked: list[list[str]] = [[], []]
        spent = 0.0
        for test in sorted(reaching, key=lambda test: (not test.startswith(room), self._seconds.get(test, 0), test)):
            spent += self._seconds.get(test, 0)
            if spent > AT_MOST:
                break
            asked[spent > NEAREST].append(test)
        return [tests for tests in asked if tests]


def trace(folder: Path) -> None:
    """Run the tests, and keep there what they reach. One that fails, as some may that are slow when traced, stops nothing."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:randomly", "--ignore", "tests/test_costly.py"]
    subprocess.run(command, check=False, cwd=ROOT, env=os.environ | {costly.MEASURED: str(folder), TRACED: str(folder)})


if __name__ == "__main__":
    trace(Path(sys.argv[1]))
