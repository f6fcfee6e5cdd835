"""Find criteria beyond a name by which an act controls goods, and check whether our goods meet
them. Pure.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import ge, gt, le, lt

from monitor.model import Item, frozen
from monitor.names.scripts import simplify_han

BEYOND = "by the criteria quoted in the act: not only by the name"
NAMED = 3  # goods that are named with their amounts
MORE = "and further criteria quoted in the act"
NUMBER = r"\d(?:[\d,]{0,12}\d)?(?:\.\d{1,6})?"
UNIT = r"(?:[%℃Ω]|[°µμA-Za-z][A-Za-zµμ]{0,5}[23²³]?(?:/[A-Za-zµμ]{1,4}[23²³]?)?)(?![A-Za-z])"
AMOUNT = rf"{NUMBER}(?: ?{UNIT})?"
# the words that compare with the amount behind them, the longest first
BEFORE = (
    (
        "≥",
        (
            r"≧|>=|大于[或及]?等于|不[小低少]于|至少|at least|(?:not|no) less than"
            r"|(?:greater|more|higher|larger) than or equal to"
            r"|equal to or (?:greater|more|higher|larger) than"
        ),
    ),
    (
        "≤",
        (
            r"≦|<=|小于[或及]?等于|不[大高多]于|不超过|至多|at most|(?:not|no) more than|not exceeding"
            r"|(?:less|lower|smaller) than or equal to|equal to or (?:less|lower|smaller) than"
        ),
    ),
    (">", r"大于|高于|多于|超过|(?:greater|more|higher|larger) than|exceed(?:ing|s)?"),
    ("<", r"小于|低于|少于|不足|(?:less|lower|smaller) than"),
)
# and with the one before them
BEHIND = (
    ("≥", r"[及或]?以上|이상|or (?:more|greater|higher)"),
    ("≤", r"[及或]?以[下内]|이하|or (?:less|lower|smaller)"),
    (">", r"超(?!过)|초과"),
    ("<", r"未满|미만"),
)
SIGNED = tuple((sign, re.compile(rf"(?:{words}) ?", re.IGNORECASE)) for sign, words in BEFORE)
SIGNED_BEHIND = tuple(
    (sign, re.compile(rf"(?<![A-Za-z0-9.±])({AMOUNT}) ?(?:{words})", re.IGNORECASE))
    for sign, words in BEHIND
)
BETWEEN = re.compile(rf"({NUMBER})( ?{UNIT})? ?[~～] ?({NUMBER})( ?{UNIT})?")
LIMIT = re.compile(rf"([≥≤><±]) ?({AMOUNT})")
PARTS = re.compile(rf"(?<![\w.])({NUMBER}) ?({UNIT})")
HOLDS = {"≥": ge, "≤": le, ">": gt, "<": lt}
# what goods are for, and what is told of them elsewhere: no amount says whether ours are these
UNTOLD = re.compile(
    r"用于|以下|下列|特性|(?:specially|specifically) designed|\bfollowing\b|\bcapable of\b",
    re.IGNORECASE,
)
COMPARED = re.compile("|".join(words for _, words in BEFORE) + "|[≥≤±]", re.IGNORECASE)
EXEMPT = re.compile(
    r"不(?:管制|适用|包括|包含)|除外|\b(?:does|do|is|are) not (?:control|apply|include)|\bexcept",
    re.IGNORECASE,
)
# printed beside goods, and no criterion: tariff and CAS numbers, what another entry controls
BESIDE = re.compile(
    r"[(（](?:[^()（）]{0,20})(?:税则|海关|编号|编码|CAS|HS|[Tt]ariff)[^()（）]{0,200}[)）]"
    r"|非[0-9A-Z.]{4,16}项?所?管制的"
)


@frozen
class Criteria:
    """The criteria of an act beyond the name of goods: the amounts, and whether these are all."""

    limits: tuple[str, ...]
    is_measured: bool

    @property
    def said(self) -> str:
        """`≥ 300 Wh/kg`; where amounts do not say all, that there is more than a name."""
        told = ", ".join(self.limits)
        return told if self.is_measured else f"{told} {MORE}" if told else BEYOND

    @property
    def asked(self) -> str:
        """The criteria as a sentence."""
        return f"the act asks for {self.said}" if self.limits else f"the act controls it {BEYOND}"


def read_printed(item: Item) -> str:
    """The words of an act that name goods with their criteria; empty where it prints no more
    than a name of them.
    """
    cells = re.split(r"[\t\n]", item.quote)
    names = [name for name in item.names.values() if name in item.quote]
    whole = next((cell for cell in cells for name in names if name in cell), item.quote)
    return "" if whole in item.names.values() else " ".join(BESIDE.sub("", whole).split())


@lru_cache(maxsize=4096)
def _put_signs(text: str) -> str:
    """A text with a sign before each amount that words compare with."""
    plain = simplify_han(text)
    for sign, words in SIGNED_BEHIND:
        plain = words.sub(rf"{sign}\1", plain)
    for sign, words in SIGNED:
        plain = words.sub(sign, plain)
    return BETWEEN.sub(_sign_both, plain)


def _sign_both(ends: re.Match[str]) -> str:
    """Rewrite `0.5~14.2 m3` as two amounts; both get the one unit."""
    least, unit, most, other = ends.groups(default="")
    return f"≥{least}{unit or other}, ≤{most}{other or unit}"


def list_limits(text: str) -> tuple[str, ...]:
    """The amounts that a text sets: `≥ 300 Wh/kg`."""
    found = LIMIT.findall(_put_signs(text))
    return tuple(dict.fromkeys(f"{sign} {amount}" for sign, amount in found))


def find_criteria(item: Item) -> Criteria | None:
    """Find the criteria of goods; None if an act controls all goods of the name."""
    return _compare_words(tuple(item.names.values()), read_printed(item), item.note)


@lru_cache(maxsize=4096)  # one alert asks for the same goods in several of its parts
def _compare_words(names: tuple[str, ...], printed: str, note: str) -> Criteria | None:
    """Find the criteria of goods by their names, what an act prints of them, and its note."""
    text = simplify_han("\n".join((*names, printed)))
    goes_on = printed.endswith((":", "："))
    is_exempt = EXEMPT.search(simplify_han(note)) is not None
    limits, untold = list_limits(text), UNTOLD.search(text) is not None
    if not (
        limits
        or goes_on
        or is_exempt
        or untold
        or COMPARED.search(text)
        or _is_narrowing(names, printed)
    ):
        return None
    return Criteria(limits, bool(limits) and not (goes_on or is_exempt or untold))


def _is_narrowing(names: tuple[str, ...], printed: str) -> bool:
    """Return whether words before a name narrow it to some goods of the name."""
    return any(
        printed.partition(name)[0].rstrip().endswith(("的", "之", "用"))
        for name in names
        if name and name in printed
    )


def describe_criteria(item: Item) -> str:
    """Describe the criteria of goods; "" if there are none."""
    criteria = find_criteria(item)
    return criteria.said if criteria else ""


def add_criteria(named: str, item: Item) -> str:
    """A name of goods, with what an act asks of them beyond it."""
    return ", ".join(filter(None, (named, describe_criteria(item))))


def gather_criteria(items: Iterable[Item]) -> str:
    """Describe which of several goods have criteria: the first with their amounts, then how many
    more.
    """
    known = [(item, found) for item in items if (found := find_criteria(item))]
    told = [
        f"{' '.join(item.codes[:1]) or next(iter(item.names.values()), '')} {found.said}"
        for item, found in known
        if found.limits
    ][:NAMED]
    rest = len(known) - len(told)
    more = f"{rest:,} {'more ' * bool(told)}item{'s' * (rest != 1)} {BEYOND}"
    return "; ".join([*told, *([more] if rest else [])])


def is_met(criteria: Criteria, ours: str) -> bool | None:
    """Return whether our words state that goods meet criteria; None if they do not say."""
    answers = [_is_limit_kept(limit, ours) for limit in criteria.limits]
    if False in answers:
        return False
    return True if criteria.is_measured and all(answers) else None


def _is_limit_kept(limit: str, ours: str) -> bool | None:
    """Return whether the amounts in a text keep a limit of this unit; None without such amounts."""
    sign, amount = limit[0], PARTS.search(limit)
    if amount is None or sign not in HOLDS:
        return None
    same = [
        float(number.replace(",", ""))
        for number, unit in PARTS.findall(ours)
        if _normalize_unit(unit) == _normalize_unit(amount[2])
    ]
    bound = float(amount[1].replace(",", ""))
    return all(HOLDS[sign](one, bound) for one in same) if same else None


def _normalize_unit(unit: str) -> str:
    return unit.casefold().replace("µ", "μ")
