"""The main text of a page of which nothing is known: without menus, banners, footers."""

import logging
import re
from functools import cache
from importlib.metadata import version

logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)  # what it can't read is said by who asked, of which page

RULE = re.compile(r"[\s:|]*-[\s:|-]*")


def main_text(html: str, url: str) -> list[str]:
    """The paragraphs, items and rows of the main text, in their order; nothing where the page has none."""
    import trafilatura  # noqa: PLC0415 - a large library

    text = trafilatura.extract(html, url=url or None, include_comments=False, include_tables=True, favor_recall=True)
    return [line.strip(" |") for line in (text or "").splitlines() if line.strip(" |") and not RULE.fullmatch(line.strip())]


@cache
def release() -> str:
    """Which trafilatura finds it: another one may find otherwise."""
    return version("trafilatura")
