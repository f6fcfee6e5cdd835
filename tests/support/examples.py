"""How many examples a law is tried with: many in CI, few and always the same ones otherwise. No
example has a deadline.

And which cases are left to `make long` or `make sweep`.
"""

import os
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from hypothesis import settings

FULL = bool(os.environ.get("CI"))
FEW = 8  # of so many, one
LEAST = 5

settings.register_profile("few", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("full", deadline=None, max_examples=60)
settings.load_profile("full" if FULL else "few")


def long(*cases: Any) -> list[ParameterSet]:
    """Cases of a sweep that only `make long` goes through; one that is like them stands before
    them.
    """
    return [_marked(case, pytest.mark.long) for case in cases]


def sweep(*cases: Any) -> list[ParameterSet]:
    """Cases that only `make sweep` goes through; some that are like them stand before them."""
    return [_marked(case, pytest.mark.sweep) for case in cases]


def _marked(case: Any, mark: pytest.MarkDecorator) -> ParameterSet:
    if isinstance(case, ParameterSet):
        return pytest.param(*case.values, marks=(*case.marks, mark), id=case.id)
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=mark)


def examples(most: int) -> settings:
    """As many as `most` in CI."""
    return settings(max_examples=most if FULL else max(most // FEW, LEAST))
