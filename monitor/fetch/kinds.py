"""What kind of page came: one that a browser shows, or the tree that one had."""

from monitor.source.body import Body
from monitor.source.page import Page

HTML = ("text/html", "application/xhtml+xml")
MARK = b"<!-- rendered: this page as a browser had it after its scripts ran, not the publisher's own bytes -->\n"


def is_html(page: Page) -> bool:
    """Whether a browser would show it as a page: a PDF, a feed or JSON is what it is."""
    kind = page.content_type.partition(";")[0].strip().lower()
    return kind in HTML or (not kind and page.body.whole.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")))


def is_rendered(body: Body) -> bool:
    """Whether it is the tree that a browser had, and not what a publisher sent."""
    return body.whole.startswith(MARK)
