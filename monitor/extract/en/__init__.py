"""The door to the English grammars, which are loaded when a page is read: a poll that finds nothing new never waits for them."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.extract.en.doors import facts, may_concern, own_number, report

__all__ = ["facts", "may_concern", "own_number", "report"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("monitor.extract.en.doors"), name)
