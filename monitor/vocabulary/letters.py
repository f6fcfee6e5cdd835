"""Texts without printers' variations, and which letters are wide. Chinese is up to
`monitor.names.scripts`. No I/O.
"""

import re
import unicodedata

from monitor.names.scripts import HAN, HAN_RANGE, SPACELESS_RANGE, bare

__all__ = ["HAN", "HAN_RANGE", "SPACELESS_RANGE", "bare"]
# All characters as wide as a Chinese one, marks and letters too: no space goes beside them.
WIDE_RANGE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
EAST_ASIAN = re.compile(rf"[{SPACELESS_RANGE}\uac00-\ud7af]")  # hangul as well

LIKE_LATIN = str.maketrans("АВСЕавсеΑΒΕ", "ABCEabceABE")
BETWEEN_PARTS = re.compile(r"[\s\u2010-\u2015\u2212-]+")


def fold_code(text: str) -> str:
    """A code as acts print it: without blanks, dashes, full width and letters that look alike."""
    return BETWEEN_PARTS.sub("", unicodedata.normalize("NFKC", text).translate(LIKE_LATIN))


def folded(text: str) -> str:
    """Text without what is of no importance: full width, case, runs of white space. Its
    punctuation stays.
    """
    return " ".join(unicodedata.normalize("NFKC", text).upper().split())
