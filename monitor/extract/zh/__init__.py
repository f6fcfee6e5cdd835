"""The door to the Chinese grammar, which is loaded when a page is read: a poll that finds nothing new never waits for it."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.extract.zh.doors import annex, facts, may_concern, may_list, own_number

__all__ = ["annex", "facts", "may_concern", "may_list", "own_number"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("monitor.extract.zh.doors"), name)
