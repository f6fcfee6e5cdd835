"""The main text of a page of which nothing is known: without menus, banners, footers."""

import logging
import re
from functools import cache
from importlib.metadata import version

# the caller reports unreadable parts, with the page
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)

RULE = re.compile(r"[\s:|]*-[\s:|-]*")


def extract_main_text(html: str, url: str) -> list[str]:
    """The paragraphs, items and rows of the main text, in their order; nothing where the page
    has none.
    """
    import trafilatura  # noqa: PLC0415 - a large library

    text = trafilatura.extract(
        html, url=url or None, include_comments=False, include_tables=True, favor_recall=True
    )
    return [
        line.strip(" |")
        for line in (text or "").splitlines()
        if line.strip(" |") and not RULE.fullmatch(line.strip())
    ]


@cache
def release() -> str:
    """The version of trafilatura: another one may find another article."""
    return version("trafilatura")
