"""The tests as pytest loads them, with what it writes behind each `assert`: of a fresh clone each
process of a run would make all of them, which takes as long as to run a thousand.
"""

import sys
from pathlib import Path

import pytest
from _pytest.assertion import rewrite
from _pytest.assertion.rewrite import PYC_TAIL, assertstate_key, get_cache_dir

TESTS = Path(__file__).parent.parent


def rewrite_share(config: pytest.Config) -> None:
    """Make those of which the cache has none yet, each process of a run its share."""
    given = getattr(config, "workerinput", None)
    if given is None or sys.dont_write_bytecode:
        return
    first, step = int(given["workerid"].removeprefix("gw")), given["workercount"]
    for file in sorted(TESTS.rglob("test_*.py"))[first::step]:
        _rewrite(file, config)


def _rewrite(file: Path, config: pytest.Config) -> None:
    state, kept = config.stash[assertstate_key], get_cache_dir(file) / (file.stem + PYC_TAIL)
    if rewrite._read_pyc(file, kept, state.trace) is None:
        kept.parent.mkdir(exist_ok=True)
        source, code = rewrite._rewrite_test(file, config)
        rewrite._write_pyc(state, code, source, kept)
