"""What is costly to make and only looked at: one process of a test run makes it, the others take
what it made.
"""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from command import FAR, eventually

T = TypeVar("T")


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], T]
) -> tuple[Path, T]:
    """The folder `name` that all processes share, in which `make` was called by one of them, and
    what it answered.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    answer = folder.with_suffix(".made")
    try:
        folder.mkdir()
    except FileExistsError:
        eventually(answer.exists, 3 * FAR)
    else:
        unfinished = folder.with_suffix(".making")
        unfinished.write_bytes(pickle.dumps(_made(make, folder)))
        unfinished.rename(answer)
    made = pickle.loads(answer.read_bytes())
    if isinstance(made, Failed):
        raise made
    return folder, made


class Failed(Exception):
    """Nobody could make it: all who wait are told why."""


def _made(make: Callable[[Path], T], folder: Path) -> T | Failed:
    try:
        return make(folder)
    except Exception as error:  # noqa: BLE001 - whatever it is: it is raised in each of them
        return Failed(f"{type(error).__name__}: {error}")
