"""What a test needs and this machine lacks."""

import os
from typing import NoReturn

import pytest


def lacking(why: str) -> NoReturn:
    """Pass the test over; in CI, where all that a test needs is there, it fails."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
