"""The words of a page that should be a register, or why they are none."""

from typing import TYPE_CHECKING

from monitor.errors import ErrorKind, NotThePage

if TYPE_CHECKING:
    from monitor.source.page import Page


def words(page: "Page") -> str:
    """A page's text.

    Raises:
        NotThePage: it is empty, an error, a maintenance page, a wall against robots.
        Unreadable: it is no text, or XML that is not whole.
    """
    from monitor.document.error_pages import refuse  # noqa: PLC0415

    if not page.body.whole.strip():
        raise NotThePage(f"{page.url}: the page is empty", kind=ErrorKind.EMPTY)
    refuse(page.text)
    return page.text
