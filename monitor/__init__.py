"""A scraper author's whole vocabulary. It is loaded when a scraper asks for it, so that `monitor
--help` answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.scraping import (
        Action,
        Announcement,
        At,
        Authority,
        Busy,
        Document,
        Entity,
        EntityKind,
        ErrorKind,
        FieldValue,
        Item,
        LayoutChanged,
        Link,
        Listing,
        Measure,
        NamedRegister,
        NotThePage,
        Page,
        Record,
        Register,
        Report,
        Request,
        Series,
        Start,
        Target,
        Unread,
        Unreadable,
    )
    from monitor.source.scraper import source

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
    "Series",
    "Start",
    "Target",
    "Unread",
    "Unreadable",
    "source",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return (
        import_module("monitor.source")
        if name == "source"
        else getattr(import_module("monitor.scraping"), name)
    )
