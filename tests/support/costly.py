"""Which tests take much of a processor.

`python -m tests.support.costly` runs all that are not marked long, and writes `costly.txt` anew.
Those named there are left to `make long` as well: the others have to be through within some two
minutes.
Which files may hold such tests, and those marked so, is asked before they are loaded.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

LIST = Path(__file__).with_name("costly.txt")
TESTS = LIST.parent.parent
BOTH = TESTS / "store"  # whose tests are asked of a second engine in the long run
SAID = re.compile(r"\bmark\.(?:long|sweep|both)\b|\b(?:long|sweep)\(")
LEFT = pytest.StashKey[set[Path]]()  # files with what longer runs take
MOST = 0.1  # seconds of a processor that a test may take, by the median of its cases
# the variable that names a folder for what each process of a run has measured
MEASURED = "TESTS_MEASURED_INTO"


@cache
def named() -> frozenset[str]:
    """The tests of the list, as `file::name`; none while all are measured."""
    return frozenset() if MEASURED in os.environ else frozenset(LIST.read_text().split())


def name_of(item: pytest.Item) -> str:
    """A test, without which of its cases it is."""
    return item.nodeid.partition("[")[0]


def cases_within(item: pytest.Item) -> int:
    """How many cases a test goes through by itself (`each.py`): many that are cheap cost little."""
    return max(getattr(getattr(item, "function", None), "cases", 1), 1)


def is_costly(item: pytest.Item) -> bool:
    """Whether a test is long for what it costs, not for what it does."""
    return name_of(item) in named()


def may_be_long(file: Path) -> bool:
    """Whether some test of a file may be left to `make long` or `make sweep`: by its folder, the
    list or its words.
    """
    listed = BOTH in file.parents or file in _files_named()
    return listed or bool(SAID.search(file.read_text(encoding="utf-8")))


@cache
def _files_named() -> frozenset[Path]:
    return frozenset(TESTS.parent / name.partition("::")[0] for name in named())


def _spent() -> float:
    ours, waited_for = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    return ours.ru_utime + ours.ru_stime + waited_for.ru_utime + waited_for.ru_stime


class Measuring:
    """A plug-in that keeps what each test takes, and what is made for it alone; what it shares
    with others is theirs as well.
    """

    def __init__(self, folder: Path) -> None:
        self._kept = folder / f"{os.getpid()}.jsonl"
        self._made = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[object]:
        """Count the seconds of a processor that what is made for one test alone takes."""
        before = _spent()
        made = yield
        if fixturedef.scope == "function":
            self._made += _spent() - before
        return made

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Write down the seconds of a processor that a test took, and what was made for it."""
        before, made, self._made = _spent(), self._made, 0.0
        yield
        with self._kept.open("a") as kept:
            took = (made + _spent() - before) / cases_within(item)
            kept.write(json.dumps([name_of(item), took]) + "\n")


def cases(folder: Path) -> dict[str, list[float]]:
    """By test, what each of its cases took by what was measured into a folder, in seconds of a
    processor.
    """
    measured = defaultdict[str, list[float]](list)
    for kept in folder.glob("*.jsonl"):
        for line in kept.read_text().splitlines():
            test, took = json.loads(line)
            measured[test].append(took)
    return measured


def main() -> None:
    """Run them, and keep the names of those that take too much. One that fails, as some may that
    are slow, stops nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "3",
            "--ignore",
            "tests/test_costly.py",
        ]
        subprocess.run(command, check=False, env=os.environ | {MEASURED: folder})
        measured = cases(Path(folder))
    LIST.write_text(
        "".join(f"{test}\n" for test, seconds in sorted(measured.items()) if median(seconds) > MOST)
    )


if __name__ == "__main__":
    main()
