"""A scraper author's whole vocabulary, loaded when it is used so that `monitor --help` answers at once."""

from importlib import import_module
from typing import TYPE_CHECKING

from monitor.lazy import exports

if TYPE_CHECKING:
    from monitor.document import Document
    from monitor.errors import ErrorKind, LayoutChanged, NotThePage, Unreadable
    from monitor.model import (
        Action,
        Announcement,
        Entity,
        EntityKind,
        FieldValue,
        Item,
        Listing,
        Measure,
        Report,
        Start,
        Target,
        Unread,
    )
    from monitor.source.hours import At, Busy
    from monitor.source.page import Link, Page, Request
    from monitor.source.register import Record, Register
    from monitor.source.scraper import source
    from monitor.vocabulary import Authority, NamedRegister

__all__ = [
    "Action",
    "Announcement",
    "At",
    "Authority",
    "Busy",
    "Document",
    "Entity",
    "EntityKind",
    "ErrorKind",
    "FieldValue",
    "Item",
    "LayoutChanged",
    "Link",
    "Listing",
    "Measure",
    "NamedRegister",
    "NotThePage",
    "Page",
    "Record",
    "Register",
    "Report",
    "Request",
    "Start",
    "Target",
    "Unread",
    "Unreadable",
    "source",
]

_HOMES = {
    "ErrorKind": "errors",
    "LayoutChanged": "errors",
    "NotThePage": "errors",
    "Unreadable": "errors",
    "Document": "document.model",
    "Authority": "vocabulary",
    "NamedRegister": "vocabulary",
    "At": "source.hours",
    "Busy": "source.hours",
    "Link": "source.page",
    "Page": "source.page",
    "Record": "source.register",
    "Register": "source.register",
    "Request": "source.page",
}
_find = exports(__name__, {name: _HOMES.get(name, "model") for name in __all__ if name != "source"})


def __getattr__(name: str) -> object:
    return import_module("monitor.source") if name == "source" else _find(name)  # that package is the decorator
