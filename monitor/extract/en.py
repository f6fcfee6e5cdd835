"""The door to the English grammar, which is loaded when a page is read: a poll that finds nothing new never waits for it."""

from typing import TYPE_CHECKING

from monitor.model import Fact

if TYPE_CHECKING:
    from monitor.document import Document


def report(document: "Document", *, url: str = "", publisher: str = "") -> list[Fact]:
    """What an English article reports of our registers and acts; nothing where it speaks of none."""
    from monitor.extract import english  # noqa: PLC0415

    return english.report(document, url=url, publisher=publisher)
