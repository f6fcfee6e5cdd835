"""The grammar of US rules, which is loaded when a rule is read."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.extract.us.documents import federal_register

__all__ = ["federal_register"]
HOMES = {"federal_register": "documents"}


def __getattr__(name: str) -> object:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
