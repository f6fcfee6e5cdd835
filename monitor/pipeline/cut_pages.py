"""A page that came whole by what carried it, and was cut where it was made: HTML that never closes."""

import asyncio
from collections.abc import Awaitable, Callable

from monitor.errors import ErrorKind, EvidenceLost, NotThePage
from monitor.fetch import Fetched
from monitor.history.archive import Archive
from monitor.source.page import Page

LARGEST = 8 * 1024 * 1024  # what is larger is a register, which proves its end by itself
BEGINNING, END = 1024, 65_536  # bytes in which HTML says that it is, and in which it closes


async def with_its_end(
    fetched: Fetched, before: str | None, archive: Archive, again: Callable[[], Awaitable[Fetched]]
) -> Fetched:
    """The page, or where it does not close the one that comes when it is asked for `again`. Some publishers close none: what does
    not close is believed where it comes twice alike, and what is known from `before` (a SHA-256) did not either.

    Raises:
        NotThePage: it is cut.
    """
    page = fetched.page
    if page.handed or page.companions or not _is_open(page):
        return fetched
    closed = before is not None and await asyncio.to_thread(_closed, archive, before)
    if closed:
        raise NotThePage(f"{page.url}: ends without </html>, as it did not before: it is cut", kind=ErrorKind.TRUNCATED)
    second = await again()
    if second.page.identity == page.identity:
        return fetched
    if _is_open(second.page):
        raise NotThePage(f"{page.url}: ends without </html>, each time elsewhere: it is cut", kind=ErrorKind.TRUNCATED)
    return second


def _is_open(page: Page) -> bool:
    return page.body.size <= LARGEST and _lacks_its_end(page.body.whole)


def _closed(archive: Archive, sha256: str) -> bool:
    """Whether the page as it was closes; of one that was not kept nothing is known."""
    try:
        return not _lacks_its_end(archive.get(sha256))
    except EvidenceLost:
        return False


def _lacks_its_end(body: bytes) -> bool:
    """Whether it begins as HTML and never closes: it was cut where it was made, or its publisher closes none of his."""
    head = body[:BEGINNING].lower()
    return (b"<html" in head or b"<!doctype html" in head) and b"</html" not in body[-END:].lower()
