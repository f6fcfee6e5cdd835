"""A scraper author's whole vocabulary, loaded when it is used so that `monitor --help` answers at once."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.errors import LayoutChanged, NotThePage
    from monitor.model import Action, Announcement, Entity, Item, Listing, Measure, Report
    from monitor.source.page import Link, Page, Request
    from monitor.source.register import Record, Register
    from monitor.source.scraper import Busy, source

__all__ = [
    "Action",
    "Announcement",
    "Busy",
    "Entity",
    "Item",
    "LayoutChanged",
    "Link",
    "Listing",
    "Measure",
    "NotThePage",
    "Page",
    "Record",
    "Register",
    "Report",
    "Request",
    "source",
]

_HOME = {
    "LayoutChanged": "errors",
    "NotThePage": "errors",
    "Busy": "source.scraper",
    "Link": "source.page",
    "Page": "source.page",
    "Record": "source.register",
    "Register": "source.register",
    "Request": "source.page",
    "source": "source.scraper",
}

# The decorator has the name of a package. An import gives it to the package only once, which is now.
import_module("monitor.source")
del globals()["source"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'monitor' has no attribute {name!r}")
    return getattr(import_module(f"monitor.{_HOME.get(name, 'model')}"), name)
