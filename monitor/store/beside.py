"""What a session carries beside its transaction: where the store is, what this process remembers of it, what follows a commit.

So a function that takes a session looks at no file, and nothing is remembered or done of what was not kept.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import Session

T = TypeVar("T")
FOLDER, MEMORY, AFTER = OWN = ("folder", "memory", "after")


def make_session_info(folder: Path, memory: dict[type, Any], after: list[Callable[[], None]]) -> dict[Any, Any]:
    """What a session of a store in this folder carries; `memory` outlives it, and `after` is what follows its commit."""
    return {FOLDER: folder, MEMORY: memory, AFTER: after}


def get_store_folder(session: Session) -> Path:
    """The store's folder."""
    path: Path = session.info[FOLDER]
    return path


def run_after_commit(session: Session, act: Callable[[], None]) -> None:
    """Let something follow, once all that this session wrote is kept."""
    session.info[AFTER].append(act)


def remember(session: Session, known: object) -> None:
    """Let the process know this in place of what it knew of its type: here at once, elsewhere once all is kept."""
    session.info[type(known)] = known
    run_after_commit(session, partial(session.info[MEMORY].__setitem__, type(known), known))


def recall_known(session: Session, what: type[T]) -> T | None:
    """What the process knows of this type."""
    known: T | None = session.info.get(what) or session.info[MEMORY].get(what)
    return known


def forget(session: Session) -> None:
    """Let go of what was asked in it, which knows it."""
    for what in session.info.keys() - OWN:
        del session.info[what]
