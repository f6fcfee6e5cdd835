"""Check a page that came: whether it is the one that was asked for, and whether it is whole."""

import asyncio
from collections.abc import Awaitable, Callable

from monitor.document import error_pages
from monitor.errors import ErrorKind, EvidenceLost, NotThePage, SourceError
from monitor.fetch import Fetched
from monitor.source.habits import get_path
from monitor.source.page import Found, Page, Register
from monitor.store.archive import Archive


def refuse_replaced(url: str, content: list[Found] | Register, page: Page) -> None:
    """Pass a good read, and an empty one.

    Raises:
        SourceError: another page stands in the place of this one.
    """
    if not isinstance(content, Register) and not content and (refusal := find_refusal(url, page)):
        raise refusal


def find_refusal(url: str, page: Page) -> SourceError | None:
    """Explain why a page without content is another one in its place; None if it may be the
    right one.
    """
    if get_path(url) and not get_path(page.url):
        return NotThePage(f"{url}: leads to the home page", kind=ErrorKind.GONE)
    try:
        if page.body.whole.lstrip()[:1] in (b"<", b"{"):
            error_pages.refuse(page.text)
    except SourceError as error:
        return error
    return None


# A page that came whole by what carried it, and was cut where it was made: HTML that never closes.

LARGEST = 8 * 1024 * 1024  # what is larger is a register, which proves its end by itself
BEGINNING, END = 1024, 65_536  # bytes that begin HTML, and bytes that close it


async def fetch_whole_page(
    fetched: Fetched, before: str | None, archive: Archive, again: Callable[[], Awaitable[Fetched]]
) -> Fetched:
    """Return the page if its HTML closes, else fetch it `again`. Some publishers close none. So an
    unclosed page passes if it comes twice alike, or if the one `before` (a SHA-256) was unclosed
    too.

    Raises:
        NotThePage: it is truncated.
    """
    page = fetched.page
    if page.handed or page.companions or not _is_open(page):
        return fetched
    closed = before is not None and await asyncio.to_thread(_has_closed, archive, before)
    if closed:
        raise NotThePage(
            f"{page.url}: ends without </html>, as it did not before: it is cut",
            kind=ErrorKind.TRUNCATED,
        )
    second = await again()
    if second.page.identity == page.identity:
        return fetched
    if _is_open(second.page):
        raise NotThePage(
            f"{page.url}: ends without </html>, each time elsewhere: it is cut",
            kind=ErrorKind.TRUNCATED,
        )
    return second


def _is_open(page: Page) -> bool:
    return page.body.size <= LARGEST and _is_unclosed(page.body.whole)


def _has_closed(archive: Archive, sha256: str) -> bool:
    """Return whether the page's earlier body closes; unknown if it was not archived."""
    try:
        return not _is_unclosed(archive.get(sha256))
    except EvidenceLost:
        return False


def _is_unclosed(body: bytes) -> bool:
    """Return whether it begins as HTML and never closes: truncated, or the publisher closes
    none.
    """
    head = body[:BEGINNING].lower()
    return (b"<html" in head or b"<!doctype html" in head) and b"</html" not in body[-END:].lower()
