"""What the keepers of a supplier list write into names that is no name: locks, numbers, addressees. Pure."""

import re
from dataclasses import dataclass

LOCKED = (
    r"do not use|don'?t use|not in use|no longer used?|inactive|obsolete|blocked|on hold|closed|dormant|deleted|deactivated"
    r"|duplicate|dupl?\.?|old vendor|use (?:vendor )?\d+|nicht (?:mehr )?(?:verwenden|benutzen)|gesperrt|inaktiv|gelöscht"
    r"|ne pas utiliser|no usar|停用|已停用|作废|已作废|冻结|禁用|勿用|重复|使用禁止|使用不可|取引停止"
)
# A name comes with single spaces; what it repeats otherwise is bounded: each place where a pattern begins costs what it runs.
RULES = (
    (
        "a lock",
        re.compile(
            rf"[\s\-–—_:;,/]{{0,9}}[(\[（【*#<{{]{{1,9}}\s?(?:{LOCKED})[^()\[\]（）【】*#<>{{}}]{{0,40}}[)\]）】*#>}}]{{1,9}}",
            re.IGNORECASE,
        ),
    ),
    (
        "a lock",
        re.compile(
            rf"(?:^|[\s\-–—_:;,/]{{1,9}})(?:{LOCKED})\s?(?:[!*]{{1,9}}|$)|^(?:{LOCKED})(?:\s?[–—_:!*]{{1,9}}\s?|\s-{{1,9}}\s?|-{{1,9}}\s)",
            re.IGNORECASE,
        ),
    ),
    (
        "an account number",
        re.compile(
            r"^(?:(?:vendor|supplier|customer|lieferant|kreditor|account|acct|供应商)[\s.#:no-]{0,9}\d{2,12}"
            r"|[vscka]?-?\d{4,12}(?=\s?[\-–—:/|_])|[vscka]-?\d{4,12}(?=\s|$)|\d{5,12}(?=\s|$))(?:\s?[\-–—:/|_]\s?|\s|$)",
            re.IGNORECASE,
        ),
    ),
    (
        "an account number",
        re.compile(r"\s?[(\[#]\s?(?:vendor|supplier|acct|id|no)?[\s.#:]{0,9}\d{4,12}\s?[)\]]?$", re.IGNORECASE),
    ),
    (
        "an addressee",
        re.compile(
            r"[\s,;\-–—/]{1,9}(?:c\s?/\s?o|attn\.?|(?:for the )?attention(?: of\b|\s?:)|z\.\s?hd?\.?|zu händen)[\s.:]{1,9}.*$",
            re.IGNORECASE,
        ),
    ),
    (
        "a mark of the stock exchange",
        re.compile(r"\s?/\s?(?:adr|ads|gdr|fi|new|de|nv|md|pa|oh|ny)\s?/?$|\s-\s(?:adr|ads|gdr)$", re.IGNORECASE),
    ),
    ("a currency", re.compile(r"\s?[\-–—_/(\[]\s?(?:usd|eur|gbp|cny|rmb|jpy|chf|hkd)\s?[)\]]?$", re.IGNORECASE)),
    (
        "marks",
        re.compile(r"_x000d_|(?<![*#])[*#]++\s?$|^\s?[*#'=]+\s?|\s?(?<![\-–—_:;,/])[\-–—_:;,/]++$", re.IGNORECASE),
    ),
)
NOBODY = re.compile(
    r"(?:one[\s-]?time|cpd|dummy|test|misc(?:ellaneous)?|various|sundry|diverse)\b\W{0,3}(?:(?:domestic|foreign|local|account|cpd)\W{1,3})?(?:vendor|supplier|customer|lieferant|kreditor)s?"
    r"|(?:vendor|supplier|customer|lieferant|供应商)?[\s.#:-]*\d*|n/?a|tbd|unknown|unbekannt|无|-+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A name without what is none, and what that was, a few words each."""

    name: str
    removed: tuple[str, ...] = ()


def cleaned(written: str) -> Cleaned:
    """A name as it stands in a list; empty where it is nobody's."""
    name, removed = " ".join(written.split()), []
    for what, pattern in RULES:
        if (shorter := pattern.sub(" ", name).strip()) != name:
            removed.append(f"{what}: {_lost(name, shorter)}")
            name = " ".join(shorter.split())
    return Cleaned("" if NOBODY.fullmatch(name) else name, tuple(removed))


def _lost(before: str, after: str) -> str:
    """What is in the one and not in the other."""
    start = before.find(after)
    if start < 0 or not after:
        return f"“{before}”"
    return f"“{(before[:start] + before[start + len(after) :]).strip()}”"
