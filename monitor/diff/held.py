"""Which removals to believe at once. Pure.

A register that proves its own end is believed up to half of its rows: the UN once took 84 of 946 off in a day. More is held until
a second read agrees, for a publisher may serve a whole file of a part. One that can't prove its end may be a page that was cut or
filled half: what seems to have gone is held until a second read agrees, and where much has gone until a person does. Two reads
agree where they lie some minutes apart: what is asked twice at once is one answer.

Of the few rows that are left it is the same with less patience. Where the register says itself that it is a later edition they
are gone. Else one of several servers may be behind: nothing of the read is believed before a second one, a minute later.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import dropwhile, takewhile

from monitor import vocabulary
from monitor.errors import ErrorKind, NotThePage
from monitor.model import Announcement, FieldValue, RowAction, RowChange
from monitor.source.page import Register, parse_publication

FEWEST = 0.8  # of the rows of the last good read
MOST_AT_ONCE = 0.05  # of the rows: more that seem to have gone of a register that can't prove its end are held
MOST_ROWS = 5  # ditto, rows: of a small register these few are no cause for it
MOST_UNASKED = 0.25  # of the rows: of more a second read proves nothing, and a person is asked
MOST_PROVEN = 0.5  # of the rows of one that proves its end: more are held
APART = timedelta(minutes=10)  # between two reads that agree: what is asked twice at once is one answer
SHORTLY = timedelta(seconds=45)  # ditto, where few rows are missing; the second read comes a minute later


@dataclass(frozen=True, slots=True)
class Standing:
    """A register as it was last believed: its rows, when it was published, which of its rows are held, and since when."""

    rows: int
    published: str | None = None
    held: frozenset[str] = frozenset()
    held_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to believe and what to hold; `asks` where only a person can say that what is held is true.

    `unconfirmed`: it is held because it was missing once. It `waits` where nothing of the read is believed before that is known.
    """

    believed: tuple[RowChange, ...]
    held: tuple[RowChange, ...] = ()
    asks: bool = False
    unconfirmed: bool = False
    waits: bool = False


def split_removals(
    register: Register,
    count: int,
    changes: tuple[RowChange, ...],
    standing: Standing,
    now: datetime,
    *,
    released: bool = False,
    handed: bool = False,
    returns: bool = False,
) -> Verdict:
    """The changes that a read of `count` rows brought, told apart; all of them are believed where a person `released` them.

    What a person `handed` in is no server's answer. Where the register `returns` to what it said within a day, that is weighed by
    itself (`flaps.py`).

    Raises:
        NotThePage: it is an older edition than the one we know.
    """
    published, known = _published(register, standing)
    if changes and published and known and published < known:
        text = f"{register.register}: an older edition, of {register.published}, after that of {standing.published}"
        raise NotThePage(text, kind=ErrorKind.OLDER)
    removals = tuple(change for change in changes if change.action == RowAction.REMOVE)
    if released or not removals:
        return Verdict(changes)
    rows, gone = standing.rows, len(removals)
    suspicious = gone > MOST_PROVEN * rows
    if not register.proven:
        suspicious = count < FEWEST * rows or gone > max(MOST_ROWS, MOST_AT_ONCE * rows)
    if not suspicious:
        certain = handed or returns or is_later(register, standing)
        return Verdict(changes) if certain else _confirmed(changes, removals, standing, now)
    asks = not register.proven and gone > MOST_UNASKED * rows
    agree = _long_ago(standing, now, APART) and {change.id for change in removals} == standing.held
    if not asks and agree:  # an earlier read missed the same rows, long enough ago
        return Verdict(changes)
    return Verdict(tuple(change for change in changes if change.action != RowAction.REMOVE), removals, asks)


def _confirmed(changes: tuple[RowChange, ...], removals: tuple[RowChange, ...], standing: Standing, now: datetime) -> Verdict:
    """What is believed of a read in which few rows are missing. At first nothing; a page that lacks others each time is believed
    from then on in all else.
    """
    missed = standing.held if _long_ago(standing, now, SHORTLY) else frozenset()
    doubted = tuple(change for change in removals if change.id not in missed)
    if not doubted:
        return Verdict(changes)
    if not standing.held:
        return Verdict((), removals, unconfirmed=True, waits=True)
    believed = tuple(change for change in changes if change.action != RowAction.REMOVE or change.id in missed)
    return Verdict(believed, doubted, unconfirmed=True)


def _long_ago(standing: Standing, now: datetime, patience: timedelta) -> bool:
    """Whether rows have been held for so long; of a moment to come, as after a clock that was set back, one can't wait."""
    since = standing.held_since
    return since is not None and not timedelta() <= now - since < patience


def is_later(register: Register, standing: Standing) -> bool:
    """Whether the register says of itself that it was published after the one we know."""
    published, known = _published(register, standing)
    return published is not None and known is not None and published > known


def _published(register: Register, standing: Standing) -> tuple[datetime | None, datetime | None]:
    """When the register was published, and when the one we know."""
    return (parse_publication(register.published or ""), parse_publication(standing.published or ""))


BEHIND = timedelta(days=3)  # what is signed on a Friday stands on many a site on Monday


def is_back_dated(act: Announcement, absent_at: datetime) -> bool:
    """Whether it bears a day more than three before the one on which its source was read well, without it."""
    day = vocabulary.day(act.published or "", act.authority)
    return day is not None and vocabulary.today(act.authority, absent_at) - day > BEHIND


# Which entries came up from below the end of a list because others were taken out of it: old ones, and no news. Pure.
#
# Nothing is concluded where the list may have the newest at its end, since that one would be taken for the oldest: what
# came after
# the first read has to stand at its top, the last that came first.


def find_resurfaced(before: Sequence[int], now: Sequence[int], new: Collection[int], later: Collection[int]) -> list[int]:
    """Of the entries of a list, in its order, those `new` ones that stand below all that are known and fill the places of such
    as were taken out from between others. An entry that was seen later has the higher number; `later` are those that came
    after the first read.
    """
    below = list(takewhile(lambda entry: entry in new, reversed(now)))
    came = sum(entry in new for entry in now) - len(below)
    # Those above the first that is still there may have made way, as in a list of the last.
    there = {*now}
    kept = list(dropwhile(lambda entry: entry not in there, before))
    taken_out = sum(entry not in there for entry in kept)
    newest = [entry for entry in before if entry in later]
    first = bool(newest) and newest == list(before[: len(newest)]) == sorted(newest, reverse=True)
    return below if first and len(now) <= len(before) and len(below) <= taken_out - came else []


# Letters that became question marks before they reached us: damage on the way, and no change of what a register says. Pure.

MARKS = re.compile(r"\?+")  # one letter may become several, by its bytes


def is_garbled(changes: Iterable[RowChange]) -> bool:
    """Whether a row says what it said, with question marks for letters, or stands under a name of such."""
    changes = tuple(changes)
    amended = (values for change in changes if change.action is RowAction.AMEND for values in change.fields.values())
    went = {_lost(change.name) for change in changes if change.action is RowAction.REMOVE and not change.name.isascii()}
    came = (_lost(change.name) for change in changes if change.action is RowAction.ADD and "?" in change.name)
    return any(_is_ruin(before, after) for before, after in amended) or not went.isdisjoint(came)


def _is_ruin(before: FieldValue, after: FieldValue) -> bool:
    was, now = (" ".join(value) if isinstance(value, tuple) else value for value in (before, after))
    return not was.isascii() and "?" in now and _lost(was) == _lost(now) and len(MARKS.findall(now)) > len(MARKS.findall(was))


def _lost(text: str) -> str:
    return MARKS.sub("?", "".join(letter if letter.isascii() else "?" for letter in text))
