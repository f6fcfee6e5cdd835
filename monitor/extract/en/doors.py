"""What others ask of the English grammars."""

from monitor.document import Document
from monitor.extract import referee
from monitor.extract.en import net, pages
from monitor.model import Fact


def facts(document: Document, *, url: str = "", authority: str | None = None, publisher: str = "") -> list[Fact]:
    """What an English page announces; where it announces nothing, what it reports of our registers and acts."""
    found = pages.facts(document, url=url, authority=authority, publisher=publisher)
    return referee.judge_facts(found, f"{document.title}\n{document.text}")


def may_concern(title: str) -> bool:
    """Whether a page of this title could be on our subjects: it says so, or it is only a number."""
    return net.may_concern(title)


def own_number(title: str, authority: str) -> tuple[str, str] | None:
    """The key and the printed number of the act whose title opens with its number; None where it opens with none."""
    return net.own_number(title, authority)


def report(document: Document, *, url: str = "", publisher: str = "") -> list[Fact]:
    """What an English article reports of our registers and acts; nothing where it speaks of none."""
    return pages.report(document, url=url, publisher=publisher)
