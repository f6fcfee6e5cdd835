"""A scraper author's whole vocabulary, loaded when it is used so that `monitor --help` answers at once."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.errors import LayoutChanged, NotThePage
    from monitor.model import Action, Announcement, Entity, Item, Listing, Measure, Report
    from monitor.page import Link, Page, Request
    from monitor.register import Record, Register
    from monitor.scraper import Busy, source

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
    "Busy": "scraper",
    "Link": "page",
    "Page": "page",
    "Record": "register",
    "Register": "register",
    "Request": "page",
    "source": "scraper",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'monitor' has no attribute {name!r}")
    return getattr(import_module(f"monitor.{_HOME.get(name, 'model')}"), name)
