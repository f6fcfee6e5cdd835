"""Scripts, and names without what printers vary. Pure."""

import re
import unicodedata

HAN_RANGE = r"\u3400-\u9fff"  # Chinese characters, for use in the brackets of a pattern
HAN = re.compile(f"[{HAN_RANGE}]")
EAST_ASIAN = re.compile(rf"[{HAN_RANGE}\u3040-\u30ff\uac00-\ud7af]")  # kana and hangul as well


def bare(name: str) -> str:
    """A name by its letters and digits alone, in one width and case: `ＡＣＭＥ Co., Ltd.` as `acmecoltd`."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).casefold() if letter.isalnum())
