"""How many examples a law is tried with: many in CI, few and always the same ones otherwise. No example has a deadline."""

import os

from hypothesis import settings

FULL = bool(os.environ.get("CI"))
FEW = 8  # of so many, one
LEAST = 5

settings.register_profile("few", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("full", deadline=None, max_examples=100)
settings.load_profile("full" if FULL else "few")


def examples(most: int) -> settings:
    """As many as `most` in CI."""
    return settings(max_examples=most if FULL else max(most // FEW, LEAST))
