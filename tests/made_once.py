"""What is costly to make and only looked at: one process of a test run makes it, the others take what it made."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from command import eventually

T = TypeVar("T")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], T]) -> tuple[Path, T]:
    """The folder `name` that all processes share, in which `make` was called by one of them, and what it answered."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    answer = folder.with_suffix(".made")
    try:
        folder.mkdir()
    except FileExistsError:
        eventually(answer.exists)
    else:
        unfinished = folder.with_suffix(".making")
        unfinished.write_bytes(pickle.dumps(make(folder)))
        unfinished.rename(answer)
    return folder, pickle.loads(answer.read_bytes())
