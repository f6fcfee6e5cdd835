"""Words → meaning: which language a page is in, and what its grammar makes of it."""

import re
from typing import TYPE_CHECKING

from monitor.extract import en, us, zh
from monitor.model import Fact
from monitor.vocabulary.letters import HAN

if TYPE_CHECKING:
    from monitor.document import Document

__all__ = ["en", "understand", "us", "zh"]

LATIN = re.compile(r"[A-Za-z]")


def understand(document: "Document", *, url: str = "", authority: str | None = None) -> list[Fact]:
    """What a page announces or reports, whatever its language; nothing where it does neither."""
    text = f"{document.title}\n{document.text}"
    if len(HAN.findall(text)) * 4 > len(LATIN.findall(text)):
        return zh.facts(document, url=url, authority=authority)
    return en.facts(document, url=url, authority=authority)
