"""Pages, registers, the contract of a scraper; sources, their schedules and health.

The package is also its decorator: `from monitor import source` and `import monitor.source.page`
name the same object in any order. A name can't be a function for one importer and a package for the
next.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Declaring(ModuleType):
    """A package that declares a source when it is called: `source` of `monitor.source.scraper`."""

    def __call__(self, **declared: Any) -> Any:
        return import_module("monitor.source.scraper").source(**declared)


sys.modules[__name__].__class__ = _Declaring
