"""How many small faults in our code the tests find: `python tests/support/strength.py [--faults
150] [--seed 0] [--rooms …]`.

Cosmic Ray plants one fault at a time in a copy of the tree. The tests of that module, then those of
its room and of those where it is seen what the room does (`SEEN_IN`), then their long ones are run
until one fails that passes without the fault. Which faults are planted hangs on their own lines
only: elsewhere the code may change. What is no fault, since nothing that the code does can tell it
from what stands there, is named in `equivalent/` with the reason, and not planted.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import unified_diff
from functools import cache
from itertools import islice, zip_longest
from pathlib import Path
from queue import SimpleQueue

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).parent.parent.parent
EQUIVALENT = Path(__file__).with_name("equivalent")
# Numbers are left alone: most are measures that were tuned (a byte, a second, a share more), of
# which no single step is a fault.
ROOMS = (
    *("alert", "ask", "poll", "run", "deliver", "diff", "extract"),
    *("fetch", "render", "source", "store", "timeline", "watch", "names"),
)
OPERATORS = (
    "AddNot",
    "ReplaceAndWithOr",
    "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBreakWithContinue",
    "ReplaceComparisonOperator_Eq_NotEq",
    "ReplaceComparisonOperator_GtE_Gt",
    "ReplaceComparisonOperator_Gt_GtE",
    "ReplaceComparisonOperator_Is_IsNot",
    "ReplaceComparisonOperator_LtE_Lt",
    "ReplaceComparisonOperator_Lt_LtE",
    "ReplaceFalseWithTrue",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ZeroIterationForLoop",
)
# Where else it is seen what a room does, the quick ones first: a walk of registers is tried by the
# scrapers that walk, a decision what to tell by what a poll then owes, a wording by the message.
# All tests would find hardly more, and take minutes a fault.
SEEN_IN = {
    "alert": ("render", "poll/test_recording.py poll/test_poll.py poll/test_register_delta.py"),
    "deliver": ("slack/test_injection.py slack/test_packages.py slack/test_secrets.py",),
    "diff": (
        "scrapers store/test_reviews.py render/test_marks.py",
        "poll/test_register_delta.py poll/test_alternating.py poll/test_recording.py",
    ),
    "extract": ("test_pages.py scrapers test_hostile_words.py",),
    "fetch": ("poll/test_poll.py",),
    "store": (
        "deliver/test_deliver.py poll/test_recording.py poll/test_poll.py ask/test_answers.py",
        "poll/test_troubles.py poll/test_unread_pages.py",
    ),
    "ask": (
        "cli/test_review.py cli/test_app.py cli/test_answers.py",
        "cli/test_triage_record.py cli/test_screening_record.py",
        "run/test_desk_day.py store/test_erasing.py",
    ),
    "poll": ("run cli/test_app.py",),
    "run": ("poll/test_poll.py poll/test_round.py cli/test_app.py cli/test_answers.py",),
    "render": (
        "deliver/slack/test_blocks.py test_alert_pictures.py",
        "cli/test_answers.py cli/test_answer_tables.py",
    ),
    "source": ("test_pages.py scrapers", "poll/test_poll.py"),
    "timeline": ("render", "poll/test_calendar_file.py cli/test_answers.py"),
    "names": ("watch",),
    "watch": ("ask/test_screen.py poll/test_watchlist.py",),
}
# What starts processes by the dozen takes most of a room's time: it is asked about its own module
# only.
SLOW = (
    "store/test_disk.py",
    "store/test_identity.py",
    "run/test_daemon.py",
    "run/test_daemon_signals.py",
)
SLOW += (
    "poll/test_private_scraper.py",
    "poll/test_readers.py",
    "poll/test_replay.py",
    "run/test_watchdog.py",
)
LONGEST = 480  # seconds of one run of tests; what hangs because of a fault is found
NOTHING_TO_RUN = 5  # what pytest says of files whose tests are all `long`
FAILURE = re.compile(r"^(?:FAILED|ERROR) (tests/[^\[\s]+)", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    """One change in a module: by which operator of Cosmic Ray, at which of the places it could
    change, and what the line is.
    """

    module: Path
    operator: str
    occurrence: int
    line: str

    def rank(self, seed: int) -> str:
        """A place in an order that is the same wherever the line stands."""
        return hashlib.sha256(
            f"{seed} {self.module} {self.operator} {self.line}".encode()
        ).hexdigest()

    def planted_in(self, code: str) -> str:
        """The module with the fault."""
        changed = mutate_code(code, get_operator(f"core/{self.operator}")(), self.occurrence)
        assert changed is not None, f"{self.module}: {self.operator} has no place {self.occurrence}"
        return changed

    def is_python(self) -> bool:
        """Whether the module can still be compiled: what Python itself refuses proves nothing of
        the tests.
        """
        try:
            compile(self.planted_in((ROOT / self.module).read_text()), self.module, "exec")
        except SyntaxError:
            return False
        return True

    def is_equivalent(self) -> bool:
        """Whether it is said of this change why it is none."""
        return (
            any(str(self.module) == module for module, _ in equivalent())
            and self.named() in equivalent()
        )

    def named(self) -> tuple[str, str]:
        """What it is called in `equivalent/`: the module, and the change without the places of
        its lines.
        """
        changed = self.shown().splitlines()[1:]
        return str(self.module), "\n".join(
            f"{line[0]} {line[1:].strip()}" for line in changed if line.strip()
        )

    def shown(self) -> str:
        """What it changes, as a diff has it."""
        code = (ROOT / self.module).read_text()
        diff = unified_diff(
            code.splitlines(keepends=True), self.planted_in(code).splitlines(keepends=True), n=0
        )
        return "".join(diff).partition("\n@@")[2]


@cache
def equivalent() -> dict[tuple[str, str], str]:
    """Why each change named in `equivalent/` changes nothing: a module, the lines that go and
    come, and after = the why.
    """
    why = {}
    blocks = "\n\n".join(path.read_text() for path in EQUIVALENT.glob("*.txt")).split("\n\n")
    for module, *lines in (block.strip().splitlines() for block in blocks if block.strip()):
        change = "\n".join(line for line in lines if line[0] in "-+")
        why[module, change] = " ".join(line[2:] for line in lines if line[0] == "=")
    return why


def faults(rooms: tuple[str, ...] = ROOMS) -> Iterator[Fault]:
    """Every fault that can be planted, in no order."""
    for room in rooms:
        for path in sorted((ROOT / "monitor" / room).rglob("*.py")):
            if "upgrades" not in path.parts:
                yield from faults_of(path)


def faults_of(path: Path) -> Iterator[Fault]:
    """Those that can be planted in a module."""
    code = path.read_text()
    nodes, lines = [*ast_nodes(get_ast(code))], code.splitlines()
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        places = (place for node in nodes for place in operator.mutation_positions(node))
        for occurrence, ((row, _), _) in enumerate(places):
            line = lines[row - 1].strip()
            if not _is_for_linters(name, line):
                yield Fault(path.relative_to(ROOT), name, occurrence, line)


def _is_for_linters(operator: str, line: str) -> bool:
    """Whether mypy and ruff watch it: what is frozen, what is imported for a type, that two
    lists are of one length.
    """
    return line.startswith(("@", "class ", "if TYPE_CHECKING")) or (
        operator == "ReplaceTrueWithFalse" and "strict=True" in line
    )


def chosen(count: int, seed: int, rooms: tuple[str, ...] = ROOMS) -> list[Fault]:
    """So many of them, at most one in a line, the same number from each room as far as there are
    as many.
    """
    by_room: dict[str, list[Fault]] = {room: [] for room in rooms}
    seen: set[tuple[Path, str]] = set()
    for fault in sorted(faults(rooms), key=lambda fault: fault.rank(seed)):
        if (fault.module, fault.line) not in seen:
            seen.add((fault.module, fault.line))
            by_room[fault.module.parts[1]].append(fault)
    in_turn = (
        fault
        for row in zip_longest(*by_room.values())
        for fault in row
        if fault and fault.is_python()
    )
    return list(islice((fault for fault in in_turn if not fault.is_equivalent()), count))


class Workshop:
    """A copy of the tree in which faults are planted."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "tree"
        shutil.copytree(
            ROOT,
            self.root,
            ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis"),
        )

    def finds(self, fault: Fault, *, long_tests: bool) -> str | None:
        """The test that fails once the fault is there, and only then; None where there is none."""
        planted = self.root / fault.module
        sound = planted.read_text()
        for tests in self._tests_of(fault, long_tests=long_tests):
            planted.write_text(fault.planted_in(sound))
            try:
                failing = self._failing(*tests)
            finally:
                planted.write_text(sound)
            if failing and not self._failing(*([failing] if "::" in failing else tests)):
                return failing
        return None

    def _tests_of(self, fault: Fault, *, long_tests: bool) -> Iterator[list[str]]:
        inside = fault.module.relative_to("monitor")
        own, room = Path("tests") / inside.parent / f"test_{inside.stem}.py", inside.parts[0]
        near = [[f"tests/{room}", *(f"--ignore=tests/{path}" for path in SLOW)]]
        near += [[f"tests/{path}" for path in paths.split()] for paths in SEEN_IN[room]]
        if (self.root / own).exists():
            yield [str(own)]
        yield from near
        if long_tests:
            yield from (
                [*tests, "-m", "long"] for tests in near[1:] + near[:1]
            )  # what costs much, or needs a browser, is asked last

    def _failing(self, *tests: str) -> str | None:
        """The first test that fails, or what keeps them from ending."""
        pytest = str(Path(sys.executable).with_name("pytest"))
        command = [pytest, "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *tests]
        ours = os.environ | {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            run = subprocess.run(
                command,
                cwd=self.root,
                env=ours,
                capture_output=True,
                text=True,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "tests that do not end"
        if run.returncode in {0, NOTHING_TO_RUN}:
            return None
        failure = FAILURE.search(run.stdout)
        return failure[1] if failure else "tests that cannot even begin"


def measured(planted: list[Fault], *, workers: int = 2, long_tests: bool = False) -> list[Fault]:
    """Those of the faults that no test found, each printed; so many copies of the tree are tried
    at a time.
    """
    missed = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        free = SimpleQueue[Workshop]()
        for number in range(workers):
            free.put(Workshop(Path(folder) / str(number)))

        def found_by(fault: Fault) -> str | None:
            workshop = free.get()
            try:
                return workshop.finds(fault, long_tests=long_tests)
            finally:
                free.put(workshop)

        for fault, test in zip(planted, pool.map(found_by, planted), strict=True):
            print(
                f"{fault.module}"
                f" {f'found by {test}' if test else f'MISSED{chr(10)}{fault.shown()}'}",
                flush=True,
            )
            missed += [] if test else [fault]
    return missed


def main() -> None:
    """Plant, look, and say how many were found, room by room."""
    parser = argparse.ArgumentParser(prog="python tests/support/strength.py", description=__doc__)
    parser.add_argument("--faults", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rooms", nargs="*", default=ROOMS)
    asked = parser.parse_args()
    planted = chosen(asked.faults, asked.seed, tuple(asked.rooms))
    missed = measured(planted, long_tests=True)
    by_room, missed_by_room = (
        Counter(fault.module.parts[1] for fault in some) for some in (planted, missed)
    )
    for room, count in sorted(by_room.items()):
        print(f"{room:10} {count - missed_by_room[room]:3} of {count}")
    print(
        f"found {len(planted) - len(missed)} of {len(planted)}"
        f" ({(len(planted) - len(missed)) / len(planted):.0%})"
    )


if __name__ == "__main__":
    main()
