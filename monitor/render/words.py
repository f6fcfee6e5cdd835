"""The English of the trade: acts, actions, countries, numbers of things."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from monitor import vocabulary
from monitor.model import Action, Announcement, Measure, frozen
from monitor.names import numerals
from monitor.render.text import cut, join_words
from monitor.vocabulary import countries
from monitor.watch.glosses import list_families

# By what an act does: what is done to what it changes, to names that it counts, to a register; that
# as a noun, of an act to come and of a part of one; what happens to the acts that it changes.
_ACTIONS = """
add | extended | listed | extended |  | extension of |
remove | listing ended | delisted | shortened | end | removal from |
amend | amended | amended | amended | amendment | amendment of | will be applied as amended
replace | replaced | replaced | replaced | replacement | replacement of | will give way to this act
repeal | ended | ended | ended | end | end of | will no longer be applied
suspend | suspended | suspended | suspended | suspension | suspension of | will not be applied
resume | resumed | resumed | resumed | resumption | resumption of | will be applied again
restrict | restricted further | restricted | restricted |  | restriction of |
investigate | under investigation | under investigation | under investigation |  | investigation of |
"""
_BY_ACTION = {
    Action(name): said
    for name, *said in (
        [*map(str.strip, line.split("|"))] for line in _ACTIONS.strip().splitlines()
    )
}
DONE, TALLIED, CHANGED, NOUNS, NOUNS_OF, DONE_TO = (
    {action: said[at] for action, said in _BY_ACTION.items() if said[at]} for at in range(6)
)


def name_done(measure: Measure, act: Announcement) -> str:
    """Word what a measure does to the acts that it changes: `ended`, `ended in part`."""
    in_part = act.find_partial_deed(measure)
    return f"{DONE[in_part]} in part" if in_part else DONE[measure.action]


# Countries by the names that headlines use.
SHORT = {"EU": "EU", "GB": "UK", "UN": "UN", "US": "US"}
NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
LARGEST_FIRST = (("day", 86_400), ("hour", 3_600), ("minute", 60))

_NUMERAL = re.compile("[〇零○一二三四五六七八九十百]{1,12}")
_BRACKETS = str.maketrans("（）", "()", "、")

_KIND = re.compile("公告|令|通知|决定")
_KEY = re.compile(r"(?P<series>.+)-(?P<year>\d{4})-(?P<number>\d+)")


name_destination = countries.name_destination


def get_country_name(code: str) -> str:
    """`US` as `United States`."""
    return countries.name(code) or code


def name_country_of(authority: str) -> str:
    """Name the country of an authority, for a headline: `China`, `US`."""
    code = vocabulary.country_of(authority).upper()
    return SHORT.get(code) or get_country_name(code)


def name_who(authority: str) -> str:
    """Name the country of an authority as one that does something: `China`, `the US`."""
    articled = vocabulary.country_of(authority).upper() in countries.ARTICLED
    return f"{'the ' if articled else ''}{name_country_of(authority)}"


def name_register_of(authority: str, register: str) -> str:
    """Name a register with its country: `China's Unreliable Entity List`, `the US Entity List`."""
    whose = name_country_of(authority)
    if register.startswith(whose):
        return register if register.startswith(f"{whose}'") else f"the {register}"
    return f"{whose}'s {register}"


def spell_number(count: int) -> str:
    """Up to twelve in words, as prose has it."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def format_mark(clause: str) -> str:
    """The mark of a clause in figures: `1(2)` for 一（二）; a mark that is no numeral stays as it
    is.
    """
    figures = _NUMERAL.sub(
        lambda numeral: str(numerals.parse_number(numeral[0]) or numeral[0]), clause
    )
    return figures.translate(_BRACKETS)


def format_count(number: int, noun: str) -> str:
    """`1 name`, `24 names`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def format_rough_duration(seconds: float) -> str:
    """A duration in the largest unit that it fills, rounded: `5 minutes`, `2 hours`."""
    unit, size = next(
        ((unit, size) for unit, size in LARGEST_FIRST if seconds >= 0.95 * size), ("second", 1)
    )
    return format_count(max(round(seconds / size), 1), unit)


def format_age(since: datetime, now: datetime) -> str:
    """Format how long ago something was, in whole days: `387 days ago`; below one, `2
    hours ago`.
    """
    age = now - since
    length = format_count(age.days, "day") if age.days > 0 else ""
    return f"{length or format_rough_duration(age.total_seconds())} ago"


def count_entries(number: int) -> str:
    """`1 entry`, `14 entries`."""
    return "1 entry" if number == 1 else f"{number:,} entries"


def name_act(announcement: Announcement) -> str:
    """Name an act: series and number in English, else its own number, else its title."""
    if _split_key(announcement.key):
        return name_acts((announcement.key,))
    return cut(announcement.number or announcement.title or announcement.key, 60)


def name_joint_issuers(act: Announcement) -> str:
    """`MOFCOM and China Customs`: by the head of its number or title, where there are several."""
    heads = (_KIND.split(text)[0] for text in (act.number or "", act.title))
    issuers = max(map(vocabulary.find_issuers, heads), key=len)
    return join_words([*map(vocabulary.authority, issuers)]) if len(issuers) > 1 else ""


def name_act_as_read(act: Announcement) -> str:
    """Name an act, and say if a person completed or corrected its reading."""
    stale = ", before its page changed" if act.reviewed and act.reviewed.stale else ""
    return (
        f"{name_act(act)} (reviewed by {act.reviewed.by}{stale})" if act.reviewed else name_act(act)
    )


def name_acts(keys: Iterable[str], *, named: str = "", dated: str = "") -> str:
    """Name acts: `MOFCOM No. 55, 56 and 57 of 2025`, without a series in `named` or a year in
    `dated`.
    """
    by_year: dict[tuple[str, str], list[str]] = {}
    for key in dict.fromkeys(keys):
        parts = _split_key(key)
        label, year, number = parts or ("", "", key)
        by_year.setdefault((label, year), []).append(number)
    return join_words(
        [
            _join_numbers(label, year, numbers, named, dated)
            for (label, year), numbers in by_year.items()
        ]
    )


def _join_numbers(label: str, year: str, numbers: list[str], named: str, dated: str) -> str:
    if not year:
        return join_words(numbers)
    prefix = "" if label == named else f"{label} "
    return f"{prefix}No. {join_words(numbers)}{'' if year == dated else f' of {year}'}"


def _split_key(key: str) -> tuple[str, str, str] | None:
    match = _KEY.fullmatch(key)
    label = vocabulary.series(match["series"]) if match else ""
    return (label, match["year"], match["number"]) if match and label else None


# What an alert is made of, before any channel gives it a look.

ANNEX = "Annex"


@frozen
class Line:
    """A label and what it says; the label may be empty, and so may the address behind the text."""

    label: str
    text: str
    url: str = ""


@frozen
class Table:
    """Rows of cells under columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def keep_filled_tables(*tables: Table) -> tuple[Table, ...]:
    """The tables in which something stands, without their empty columns."""
    return tuple(table for table in map(_drop_empty_columns, tables) if table.columns)


def _drop_empty_columns(table: Table) -> Table:
    kept = [at for at in range(len(table.columns)) if any(row[at] for row in table.rows)]
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)


def name_goods(act: Announcement) -> tuple[str, ...]:
    """Name the goods of an act for a headline: `rare earths`; from its title, else from
    its items.
    """
    names = [
        name for measure in act.measures for item in measure.items for name in item.names.values()
    ]
    return list_families(act.title) or tuple(
        dict.fromkeys(word for name in names for word in list_families(name))
    )


def join_goods(names: tuple[str, ...] | list[str], most: int = 3) -> str:
    """`rare earths, batteries and graphite`; of many the first ones, and that there are more."""
    return join_words([*names[:most], *(["more"] if len(names) > most else [])])
