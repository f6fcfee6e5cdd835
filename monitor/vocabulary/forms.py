"""Legal forms as names end in them: a comma before one does not end the name. What forms mean, and which are alike, is in
`monitor.watch.forms`. Pure.
"""

import re

ENDINGS = (
    "Inc", "Incorporated", "Ltd", "Limited", "Co", "Company", "Corp", "Corporation",
    "LLC", "LLP", "LP", "PLC", "Pte", "Pvt", "Pty",
    "GmbH", "AG", "KG", "SA", "SAL", "SAS", "SARL", "SRL", "SpA", "S de RL", "de CV", "BV", "NV", "AB", "AS", "OY",
    "JSC", "PJSC", "OJSC", "CJSC", "OOO", "OAO", "ZAO", "AO", "PAO",
    "KK", "Sdn", "Bhd", "FZ", "FZE", "FZC", "FZCO", "FZ-LLC", "FZLLC", "DMCC", "WLL",
)  # fmt: skip


def _spelt(ending: str) -> str:
    """`LLC` with and without its points; `Ltd` has none but the last."""
    return r"\.? ".join(re.escape(word) if word[1:].islower() or len(word) == 1 else _pointed(word) for word in ending.split())


def _pointed(word: str) -> str:
    return r"\.?".join(re.escape(letter) for letter in word)


# One of them, with the points and spaces behind it; names in capitals want re.IGNORECASE.
ENDING = r"(?:" + "|".join(_spelt(ending) for ending in sorted(ENDINGS, key=len, reverse=True)) + r")\b[. ]*"
_ENDING = re.compile(ENDING)


def is_ending(text: str) -> bool:
    """Whether this is a legal form alone: `Inc.`, `S.A.`"""
    return _ENDING.fullmatch(text) is not None
