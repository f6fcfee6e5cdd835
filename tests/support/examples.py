"""How many examples a law is tried with: many in CI, few and always the same ones otherwise. No
example has a deadline.

And which cases of a sweep are left to `make long`.
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
    return [
        _long(case if isinstance(case, ParameterSet) else pytest.param(*_values(case)))
        for case in cases
    ]


def _long(case: ParameterSet) -> ParameterSet:
    return pytest.param(*case.values, marks=(*case.marks, pytest.mark.long), id=case.id)


def _values(case: Any) -> tuple[Any, ...]:
    return case if isinstance(case, tuple) else (case,)


def examples(most: int) -> settings:
    """As many as `most` in CI."""
    return settings(max_examples=most if FULL else max(most // FEW, LEAST))
