"""The words of Chinese acts, as `words.toml` has them: subjects, the gate, and what acts do in forms of their own."""

import re
from dataclasses import dataclass

from monitor.extract import codes
from monitor.extract.named import names_of
from monitor.extract.words import Language
from monitor.extract.zh import issuers, places
from monitor.extract.zh.numerals import NUMERAL
from monitor.extract.zh.tables import GOODS, LISTS
from monitor.model import Action
from monitor.vocabulary import registers
from monitor.vocabulary.letters import HAN_RANGE

CONTROLLED_GOODS = (registers.DUAL_USE.code, registers.CATALOGUE.code)
WORDS = Language(
    "zh",
    {
        "country": places.country_pattern(),
        "lists": lambda: names_of(LISTS),
        "our_lists": lambda: names_of((*LISTS, *(title for title, register in GOODS.items() if register in CONTROLLED_GOODS))),
        "dual_use_lists": lambda: names_of((registers.DUAL_USE.own, *registers.DUAL_USE.written)),
        "issuers": issuers.names,
        "our_issuers": issuers.ours,
        "numeral": NUMERAL,
        "han": HAN_RANGE,
        "entry": codes.ENTRY,
    },
)
SUBJECTS = WORDS.table("subjects")
GATE = WORDS.table("gate")


@dataclass(frozen=True, slots=True)
class Wording:
    """A form in which an act does something. `abroad`: to whom goods go is told beside it."""

    action: Action
    register: str | None
    phrase: re.Pattern[str]
    on: re.Pattern[str] | None
    abroad: bool = False
    duty: bool = False
    amounts: bool = False  # it says of each thing how much of it there may be
    needs: bool = False  # without goods or names it says too little
    listing: bool = False  # whether names without a verb of their own, or lines below, are those it is for


WORDINGS = [
    Wording(
        Action(form.pop("does")),
        form.pop("register", None),
        WORDS.compile(form.pop("words")),
        WORDS.compile(form.pop("on")) if "on" in form else None,
        **form,
    )
    for form in WORDS.tables["forms"]
]
TABLES = WORDS.table("")
CATALOGUES = [(pattern, register or None) for register, pattern in TABLES.table_of("catalogues").items()]
CHANGED = [(Action(action), pattern) for action, pattern in TABLES.table_of("changed").items()]
RATIONED = WORDS.table("parts").rationed
