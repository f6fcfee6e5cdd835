"""Why a reader found nothing in an issuer's own page: it names no register that is known, or nothing is done with one. Pure."""

import re

from monitor import vocabulary
from monitor.vocabulary import NamedRegister

CALLED_LIST = re.compile(
    r"[“《]([\u3400-\u9fff“”]{2,24}(?:清单|名单|目录|リスト))[”》]|(?<![\w'-])((?:[A-Z][\w'-]*+\s){1,5}(?:List|Register|Schedule)\b)"
)
MOST = 3


def why(text: str) -> str:
    """In words for whoever keeps the reader; what a page on another subject gives is none of their business, and they say so."""
    known = [register for register in vocabulary.current().registers.values() if _names(register, text)]
    strange = [found[1] or found[2].strip() for found in CALLED_LIST.finditer(text)]
    if known:
        called = ", ".join(register.name for register in known[:MOST])
        return f"it names {called}, and no verb that is known does anything there"
    if strange:
        called = ", ".join(dict.fromkeys(strange[: MOST * 3]))
        return f"it names no register that is known, but perhaps a new one ({called}): declare a NamedRegister"
    return "it names no register that is known, and controls no goods in words that are known"


def _names(register: NamedRegister, text: str) -> bool:
    words = (register.own, *register.written)
    return any(word and word in text for word in words) or any(
        re.search(phrase, text) for phrase in register.phrases or (re.escape(register.name),)
    )
