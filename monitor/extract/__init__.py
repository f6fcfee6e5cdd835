"""Words → meaning: which language a page is in, and what its grammar makes of it."""

import re
from typing import TYPE_CHECKING

from monitor.extract import en, us, zh
from monitor.model import Fact
from monitor.vocabulary.letters import HAN

if TYPE_CHECKING:
    from monitor.document import Document

__all__ = ["en", "may_concern", "understand", "us", "zh"]

LATIN = re.compile(r"[A-Za-z]")


def may_concern(title: str) -> bool:
    """Whether a page of this title has to be read to know what it announces, whatever its language."""
    return zh.may_concern(title) if HAN.search(title) else en.may_concern(title)


def understand(document: "Document", *, url: str = "", authority: str | None = None) -> list[Fact]:
    """What a page announces or reports, whatever its language; nothing where it does neither."""
    text = f"{document.title}\n{document.text}"
    if len(HAN.findall(text)) * 4 > len(LATIN.findall(text)):
        return zh.facts(document, url=url, authority=authority)
    return en.facts(document, url=url, authority=authority)
