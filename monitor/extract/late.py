"""Packages whose names are loaded from their modules when somebody asks for them."""

from collections.abc import Callable, Mapping
from importlib import import_module


def load_late(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a package: each name of `homes` is that of the module it names."""

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return load
