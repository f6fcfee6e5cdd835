"""Which titles could concern trade control: only those are followed where most of a publisher's
news are on other subjects.

The grammar's own tables say so, the same that decide what is told of a page: a title that is only a
number is followed, and so is one on our subjects; tariffs, trade defence, staffing and the like are
not.
"""

from collections.abc import Callable, Iterator
from typing import Any

from monitor import Link, Page, extract


def concerns_trade_control(*words: str) -> bool:
    """Return whether a title, with or without its summary, may be on controls or listed
    entities.
    """
    return any(extract.may_concern(text) for text in words if text.strip())


def feed_links(page: Page, read: Callable[[Page], Any]) -> Iterator[Link]:
    """The entries of a feed that could concern trade controls."""
    for entry in page.feed():
        if concerns_trade_control(entry.title, entry.summary):
            yield Link(entry.url, read=read, title=entry.title)
