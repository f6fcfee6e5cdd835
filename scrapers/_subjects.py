"""Which titles could concern trade control: only those are followed where most of a publisher's news are on other subjects.

What a page says is decided where it is read, so both tables may be generous. The names of lists are in the vocabulary.
"""

import re

from monitor.extract.named import Phrase, names_of
from monitor.extract.zh.tables import LISTS

CHINESE = (
    "出口管制",
    "出口管理",
    "两用物项",
    "不可靠实体",
    "反外国制裁",
    "反制",
    "顽固分子",
    "制裁",
    "恶意实体",
    "许可证管理",
    "(?:禁止|限制).*(?:进口|出口)",
    # An act that suspends others is titled with their numbers only.
    "(?:暂停|恢复|停止|终止|取消|废止).*(?:公告|措施|决定|进口|出口)",
    "无人机",
    "商用密码",
    "稀土",
    "[镓锗锑钨碲铋钼铟]",
    "石墨",
    "超硬材料",
    "易制毒",
)
ENGLISH = (
    r"export (?:ban|control|curb|licen[cs]|restriction)",
    r"rare[- ]earth",
    r"critical mineral",
    r"dual[- ]use",
    r"entity list",
    r"unreliable entit",
    r"blacklist",
    r"sanction",
    r"countermeasure",
    r"trade (?:ban|curb|restriction)",
)
TRADE_CONTROL = Phrase(lambda: "|".join((names_of(LISTS), *CHINESE, *ENGLISH)), re.IGNORECASE)


def concerns_trade_control(*words: str) -> bool:
    """Whether a title, or a title and its summary, could be on controls or listed entities."""
    return bool(TRADE_CONTROL.search(" ".join(words)))
