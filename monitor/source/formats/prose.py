"""The words of a page that should be a register, or why they are none."""

from monitor.document import error_pages
from monitor.errors import ErrorKind, NotThePage
from monitor.source.page import Page


def words(page: Page) -> str:
    """A page's text.

    Raises:
        NotThePage: it is empty, an error, a maintenance page, a wall against robots.
        Unreadable: it is no text, or XML that is not whole.
    """
    if not page.body.whole.strip():
        raise NotThePage(f"{page.url}: the page is empty", ErrorKind.EMPTY)
    error_pages.refuse(page.text)
    return page.text
