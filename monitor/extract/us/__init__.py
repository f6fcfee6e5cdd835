"""The door to the grammar of US rules, which is loaded when a rule is read."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.extract.us.doors import federal_register

__all__ = ["federal_register"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("monitor.extract.us.doors"), name)
