"""The door to the English grammars, which are loaded when a page is read: a poll that finds nothing new never waits for them."""

from typing import TYPE_CHECKING

from monitor.model import Fact

if TYPE_CHECKING:
    from monitor.document import Document


def facts(document: "Document", *, url: str = "", authority: str | None = None, publisher: str = "") -> list[Fact]:
    """What an English page announces; where it announces nothing, what it reports of our registers and acts."""
    from monitor.extract.en import pages  # noqa: PLC0415

    return pages.facts(document, url=url, authority=authority, publisher=publisher)


def may_concern(title: str) -> bool:
    """Whether a page of this title could be on our subjects: it says so, or it is only a number."""
    from monitor.extract import subject  # noqa: PLC0415
    from monitor.extract.en.subjects import SUBJECTS  # noqa: PLC0415

    return subject.may_concern(title, SUBJECTS)


def report(document: "Document", *, url: str = "", publisher: str = "") -> list[Fact]:
    """What an English article reports of our registers and acts; nothing where it speaks of none."""
    from monitor.extract.en import pages  # noqa: PLC0415

    return pages.report(document, url=url, publisher=publisher)
