"""Scripts, and names and texts without what printers vary. Pure."""

import re
import unicodedata

HAN_RANGE = r"\u3400-\u9fff"  # Chinese characters, for use in the brackets of a pattern
HAN = re.compile(f"[{HAN_RANGE}]")
SPACELESS_RANGE = rf"\u3040-\u30ff{HAN_RANGE}"  # kana as well: what writes no spaces between words
# All that is as wide as a Chinese character, marks and letters too: no space stands beside it.
WIDE_RANGE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
EAST_ASIAN = re.compile(rf"[{SPACELESS_RANGE}\uac00-\ud7af]")  # hangul as well


def every_han() -> str:
    """All Chinese characters of `HAN`, in their order."""
    return "".join(filter(HAN.match, map(chr, range(0x10000))))


def folded(text: str) -> str:
    """Text without what is of no importance: full width, case, runs of white space. Its punctuation stays."""
    return " ".join(unicodedata.normalize("NFKC", text).upper().split())


def bare(name: str) -> str:
    """A name by its letters and digits alone, in one width and case: `ＡＣＭＥ Co., Ltd.` as `acmecoltd`."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))
