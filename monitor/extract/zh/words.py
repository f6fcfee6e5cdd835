"""The words of Chinese acts, as `words.toml` has them: subjects, the gate, and what acts do in
forms of their own.
"""

from monitor.extract import codes
from monitor.extract.words import Language, Names, make_names_pattern, make_phrase
from monitor.extract.zh import dates, issuers, places
from monitor.extract.zh.lines import NUMERAL, WRITTEN, make_line
from monitor.model import Action
from monitor.vocabulary import NamedRegister, letters, registers
from monitor.vocabulary.letters import HAN_RANGE

UNRELIABLE = registers.UNRELIABLE.code
CONTROLLED = registers.CONTROLLED.code
COUNTERED = registers.COUNTERED.code
DUAL_USE = registers.DUAL_USE.code
BLOCKED = registers.BLOCKED.code
CATALOGUE = registers.CATALOGUE.code
TECHNOLOGIES = registers.TECHNOLOGIES.code
GENERAL_LICENCES = registers.GENERAL_LICENCES.code
STATE_TRADING = registers.STATE_TRADING.code
PORT_MEASURES = registers.PORT_MEASURES.code
HONG_KONG = registers.HONG_KONG.code


def _list_titles(register: NamedRegister) -> tuple[str, ...]:
    """List the names of a list in Chinese texts, as `lines` levels them."""
    own = () if register.imposed else (register.own,)
    return tuple(
        make_line(name).text for name in (*own, *register.written) if letters.HAN.search(name)
    )


LISTS = Names(  # lists of entities
    lambda known: {
        name: register.code
        for register in known.registers.values()
        if not register.goods
        for name in _list_titles(register)
    }
)
# What bears the name of a list and is none: the body that keeps it, the law that it rests on.
NAMESAKE = make_phrase(
    lambda: rf"(?:{make_names_pattern(LISTS)})工作机制|《(?:{make_names_pattern(LISTS)})规定》"
)
LABELS = Names(  # what one who stands on such a list is called
    lambda known: {
        make_line(name).text: register.code
        for register in known.registers.values()
        for name in register.called
    }
)
IMPOSED = Names(  # what an authority imposes where it names no list
    lambda known: {
        register.issuer: register.code for register in known.registers.values() if register.imposed
    }
)


def has_list_name(text: str, register: str) -> bool:
    """Return whether a text has the name of a list of entities."""
    return any(name in text for name, code in LISTS.items() if code == register)


MEASURES = {  # measures that put an entity on a list without naming the list
    f"{registers.UNRELIABLE.own}处理": UNRELIABLE,
    registers.UNRELIABLE.own: UNRELIABLE,
    "反制裁": COUNTERED,
    "反制": COUNTERED,
    "制裁": COUNTERED,
}
NOT_FOLLOWED = (
    "出口许可证管理货物目录",
    "商用密码进口许可清单",
    "易制毒化学品管理目录",
    "军品出口管理清单",
)  # no registers of ours
GOODS: Names[str | None] = Names(  # lists of goods, by their titles
    lambda known: (
        {
            name: register.code
            for register in known.registers.values()
            if register.goods
            for name in _list_titles(register)
        }
        | dict.fromkeys(NOT_FOLLOWED)
    )
)

CONTROLLED_GOODS = (registers.DUAL_USE.code, registers.CATALOGUE.code)
CHINESE = Language(
    "zh",
    {
        "country": places.country_pattern(),
        "lists": lambda: make_names_pattern(LISTS),
        "our_lists": lambda: make_names_pattern(
            (*LISTS, *(title for title, register in GOODS.items() if register in CONTROLLED_GOODS))
        ),
        "dual_use_lists": lambda: make_names_pattern(
            (registers.DUAL_USE.own, *registers.DUAL_USE.written)
        ),
        "issuers": issuers.make_name_pattern,
        "our_issuers": issuers.make_ours_pattern,
        "numeral": NUMERAL,
        "han": HAN_RANGE,
        "entry": codes.ENTRY,
        "code": codes.CODE,
        "codes": codes.CODES,
        "tariff_label": codes.LABEL,
        "written": WRITTEN,
        "labels": lambda: make_names_pattern(LABELS),
        "goods_lists": lambda: make_names_pattern(GOODS),
        "measures": make_names_pattern(MEASURES),
        "changing": lambda: make_names_pattern(CHANGES),
        "full_day": dates.FULL_DAY.pattern,
        "unreliable": registers.UNRELIABLE.own,
        "signed": issuers.make_signed_pattern,
        "known_issuers": issuers.make_known_pattern,
    },
)
SUBJECTS = CHINESE.table("subjects")
GATE = CHINESE.table("gate")


# The verbs that change an earlier act; those that of a suspension make a new one with another end.
TABLES = CHINESE.table("tables")
CHANGES: dict[str, Action] = {
    verb: Action(action)
    for action, verbs in TABLES.as_written["changed_by"].items()
    for verb in verbs
}
EXTENDS = frozenset(TABLES.as_written["extends"])
CALLS_IT = (TABLES.calls_it, TABLES.publishes_as)


def blot_titles(text: str) -> str:
    """Blot out titles in 《》, which may hold any verb, but not the names of registers."""
    return TABLES.titled.sub(
        lambda match: f'"{match[1]}"' if match[1] in LISTS else "\x00" * len(match[0]), text
    )


def is_uncertain(text: str) -> bool:
    """Return whether a sentence mentions a plan or a condition."""
    return bool(TABLES.doubt.search(text) or TABLES.future.search(text))


def is_foreign(text: str) -> bool:
    """Return whether a sentence mentions another government."""
    return bool(TABLES.stranger.search(text))


def is_doubtful(text: str) -> bool:
    """Return whether a sentence mentions a plan, a condition or another country's doings."""
    return is_uncertain(text) or (is_foreign(text) and "中方" not in text)
