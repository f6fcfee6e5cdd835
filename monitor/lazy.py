"""Modules that are loaded when they are first used, for one reason: who asks for help, or polls a page that has not moved, must
not wait for a database, a grammar or a parser.

Type checkers and the contracts of imports see a plain import:

    if TYPE_CHECKING:
        from lxml import etree
    else:
        etree = lazy("lxml.etree")
"""

import gc
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


class _Lazy(ModuleType):
    def __getattr__(self, name: str) -> Any:
        # Asked for anew where it is there: another thread may still be loading it, and is waited for.
        module = import_module(self.__name__) if self.__name__ in sys.modules else _loaded(self.__name__)
        return getattr(module, name)


def _loaded(name: str) -> ModuleType:
    """The module, loaded without looking for garbage: what is loaded is none, and each look walks all that was loaded before."""
    looked_for = gc.isenabled()
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()  # else the first look after it would walk them all the same
        if looked_for:
            gc.enable()


def lazy(name: str) -> ModuleType:
    """The module of this full name, loaded when something in it is asked for."""
    return _Lazy(name)


def load(*names: str) -> None:
    """Load modules of these full names that are not, for whoever knows that they will be needed, and has to wait anyway."""
    for name in names:
        if name not in sys.modules:
            _loaded(name)


def exports(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package that exports names of its modules, each by its module's name there."""

    def find(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return find
