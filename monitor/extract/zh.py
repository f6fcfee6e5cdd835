"""The door to the Chinese grammar, which is loaded when a page is read: a poll that finds nothing new never waits for it."""

from typing import TYPE_CHECKING

from monitor.model import Fact

if TYPE_CHECKING:
    from monitor.document import Document


def facts(document: "Document", *, url: str = "", authority: str | None = None) -> list[Fact]:
    """What a Chinese page announces, repeats or reports; nothing where it does neither."""
    from monitor.extract import chinese  # noqa: PLC0415

    return chinese.facts(document, url=url, authority=authority)
