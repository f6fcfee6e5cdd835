"""The words of English acts, as `words.toml` has them."""

import re
from collections.abc import Callable

from monitor import vocabulary
from monitor.days import MONTHS, SEPT, SHORT_MONTHS, WEEKDAYS
from monitor.extract.en import dates, issuers, places
from monitor.extract.en.numerals import NUMBER
from monitor.extract.words import Language, Names
from monitor.vocabulary import NamedRegister, forms
from monitor.vocabulary.authorities import UEL_MECHANISM
from monitor.vocabulary.letters import HAN_RANGE
from monitor.vocabulary.registers import COMMERCE_CONTROL, UNRELIABLE


def _map_register_names(*, by: Callable[[NamedRegister], bool]) -> Names[str]:
    """The patterns that name the registers of some issuers, by their own words or else by their
    name.
    """
    return Names(
        lambda known: {
            phrase: register.code
            for register in known.registers.values()
            if by(register) and not register.imposed
            for phrase in register.phrases or (rf"\b{re.escape(register.name)}\b",)
        }
    )


# only where the text speaks of China
REGISTERS = _map_register_names(by=lambda register: register.country == "cn")
FOREIGN = _map_register_names(  # the press names the Commerce Control List in passing
    by=lambda register: register.country != "cn" and register is not COMMERCE_CONTROL
)
EVERY = _map_register_names(by=bool)
ACTS = _map_register_names(
    by=lambda register: register.country != "us"
)  # whose acts are read by `us`
ISSUERS = Names(
    lambda known: {
        phrase: authority.code
        for authority in known.authorities.values()
        if authority.country != "us"
        for phrase in authority.phrases
    }
)


def make_ours_pattern() -> str:
    """A pattern for China, and for who issues announcements there; of another country are
    ministries of other names too.
    """
    return rf"\b(?:China|Chinese|Beijing)\b|{make_called_pattern(UNRELIABLE.issuer)}"


def make_called_pattern(*authorities: str) -> str:
    """A pattern for these authorities as the press names them."""
    return "|".join(
        phrase for code in authorities for phrase in vocabulary.current().authorities[code].phrases
    )


def make_list_pattern() -> str:
    """A pattern for any list of entities that the acts of ours name."""
    goods = {
        register.code for register in vocabulary.current().registers.values() if register.goods
    }
    return (
        "(?:" + "|".join(phrase for phrase, register in ACTS.items() if register not in goods) + ")"
    )


# a `List` with a capital is a noun, also where the case of letters is left open
PUT = r"(?!(?-i:Lists?\b))(?:includ|add|plac|list)(?:e|es|ed|ing|s)?|put(?:s|ting)?"
OFF = r"(?:remov|delet)(?:e|es|ed|ing)|withdraw(?:n|s|ing)?"


ENGLISH = Language(
    "en",
    {
        "issuers": issuers.make_name_pattern,
        "chinese_issuers": lambda: issuers.make_name_pattern(issuers.is_chinese, but="Mechanism"),
        "lists": make_list_pattern,
        "every_list": lambda: "|".join(EVERY),
        "foreign_lists": lambda: "|".join(FOREIGN),
        "china": make_ours_pattern,
        "put": PUT,
        "off": OFF,
        "country": places.country_pattern(),
        "day": dates.DAY,
        "day_month": dates.DAY_MONTH,
        "full_day": dates.FULL_DAY.pattern,
        "month": dates.MONTH,
        "unended": dates.UNENDED,
        "mechanism_of_list": UEL_MECHANISM,
        "lapses": dates.LAPSES,
        "number": NUMBER,
        "legal_form": forms.FORM,
        "legal_ending": forms.ENDING,
        "abbreviated": forms.ABBREVIATED,
        "small_form": forms.SMALL,
        "chinese": lambda: issuers.make_name_pattern(issuers.is_chinese),
        "han": HAN_RANGE,
    },
)
SUBJECTS = ENGLISH.table("subjects")
GATE = ENGLISH.table("gate")
TABLES = ENGLISH.table("tables")
BEFORE_NAMES = frozenset((*WEEKDAYS, *MONTHS, *SHORT_MONTHS, SEPT, *TABLES.as_written["no_names"]))
NO_NAMES = BEFORE_NAMES.union(TABLES.as_written["places_of_states"])
