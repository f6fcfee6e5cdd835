"""Everything that a scraper may use, in one place; `from monitor import …` finds each name here."""

from monitor.document.model import Document
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
from monitor.source.page import Link, Page, Record, Register, Request
from monitor.source.scraper import At, Busy
from monitor.vocabulary import Authority, NamedRegister, Series

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
]
