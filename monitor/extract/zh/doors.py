"""What others ask of the Chinese grammar."""

from monitor.document import Document
from monitor.extract import referee
from monitor.extract.zh import annexes, net, pages
from monitor.model import Fact


def facts(document: Document, *, url: str = "", authority: str | None = None) -> list[Fact]:
    """What a Chinese page announces, repeats or reports; nothing where it does neither."""
    return referee.judge_facts(pages.facts(document, url=url, authority=authority), f"{document.title}\n{document.text}")


def may_concern(title: str) -> bool:
    """Whether a page of this title could be on our subjects: it says so, or it is only a number."""
    return net.may_concern(title)


def own_number(title: str) -> tuple[str, str] | None:
    """The key and the printed number of the act whose title opens with its number; None where it opens with none."""
    return net.own_number(title)


def may_list(title: str) -> bool:
    """Whether an annex with this title can list anything; a form or a guide need not be fetched."""
    return annexes.may_list(title)


def annex(document: Document, *, of: str, url: str) -> list[Fact]:
    """What an annex in a file of its own lists, as a part of the act with the key `of`; nothing where it is a form or a guide."""
    return referee.judge_facts(annexes.annex(document, of=of, url=url), "")
