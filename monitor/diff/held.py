"""Decide which removals to report and which to withhold. No I/O.

A register that proves its own end may lose up to a quarter of its rows, a small one half: the UN
once removed 84 of 946 in a day. More waits for a second read, because a publisher may serve part of
a file as whole. A register without such proof may be a truncated or half-filled page: its removals
wait for a second read, and many of them for a person. Two reads agree if some minutes lie between
them: two at once are one answer.

A few missing rows in a register with proof of its end have a quicker rule. If the register
states a later edition, the rows are gone. If not, a server may be behind: nothing of the read
counts before a second one, a minute later.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import dropwhile, starmap, takewhile

from monitor import vocabulary
from monitor.errors import ErrorKind, NotThePage
from monitor.model import Announcement, FieldValue, RowAction, RowChange, frozen
from monitor.source.page import Register, parse_publication

FEWEST = 0.8  # of the rows of the last good read
# of the rows: more apparent removals are withheld in a register without proof of its end
MOST_AT_ONCE = 0.05
MOST_ROWS = 5  # ditto, rows: of a small register these few are no cause for it
MOST_UNASKED = 0.25  # of the rows: above this a second read proves nothing, and a person decides
MOST_PROVEN = 0.25  # of the rows in a register with proof of its end: more are withheld
APART = timedelta(minutes=10)  # between two agreeing reads: two at once are one answer
# ditto, where few rows are missing; the second read comes a minute later
SHORTLY = timedelta(seconds=45)


@frozen
class Standing:
    """A register as last confirmed: its rows, its publication, and its withheld rows since when."""

    rows: int
    published: str | None = None
    held: frozenset[str] = frozenset()
    held_since: datetime | None = None


@frozen
class Verdict:
    """The confirmed and the withheld changes; `asks` if only a person can confirm. `unconfirmed`:
    withheld because it was missing once. It `waits` if nothing of the read counts before that is
    known.
    """

    believed: tuple[RowChange, ...]
    held: tuple[RowChange, ...] = ()
    asks: bool = False
    unconfirmed: bool = False
    waits: bool = False


def _refuse_older_edition(register: Register, standing: Standing) -> None:
    published, known = _load_publications(register, standing)
    if published and known and published < known:
        text = (
            f"{register.register}: an older edition, of {register.published}, after that of"
            f" {standing.published}"
        )
        raise NotThePage(text, ErrorKind.OLDER)


def _is_suspicious(register: Register, count: int, rows: int, gone: int) -> bool:
    """Return whether a read of `count` rows out of `rows` lacks too many for an
    immediate report.
    """
    if register.proven:
        return gone > min(rows / 2, max(MOST_ROWS, MOST_PROVEN * rows))
    return count < FEWEST * rows or gone > max(MOST_ROWS, MOST_AT_ONCE * rows)


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
    """Split the changes of a read with `count` rows; all are confirmed if a person `released` them.
    A page `handed` in is no server's answer. A register that `returns` to an earlier content within
    a day is judged separately (`flaps.py`).

    Raises:
        NotThePage: it is an older edition than the known one.
    """
    if changes:
        _refuse_older_edition(register, standing)
    removals = tuple(change for change in changes if change.action == RowAction.REMOVE)
    if released or not removals:
        return Verdict(changes)
    rows, gone = standing.rows, len(removals)
    if not _is_suspicious(register, count, rows, gone):
        certain = handed or returns or is_later(register, standing)
        return (
            Verdict(changes) if certain else _split_few_removals(changes, removals, standing, now)
        )
    asks = not register.proven and gone > MOST_UNASKED * rows
    agrees = {change.id for change in removals} == standing.held
    if not asks and agrees and _is_long_ago(standing, now, APART):
        return Verdict(changes)  # an earlier read missed the same rows
    others = tuple(change for change in changes if change.action != RowAction.REMOVE)
    return Verdict(others, removals, asks)


def _split_few_removals(
    changes: tuple[RowChange, ...],
    removals: tuple[RowChange, ...],
    standing: Standing,
    now: datetime,
) -> Verdict:
    """Split a read with few missing rows. At first nothing counts; if other rows are missing each
    time, all else counts from then on.
    """
    missed = standing.held if _is_long_ago(standing, now, SHORTLY) else frozenset()
    doubted = tuple(change for change in removals if change.id not in missed)
    if not doubted:
        return Verdict(changes)
    if not standing.held:
        return Verdict((), removals, unconfirmed=True, waits=True)
    believed = tuple(
        change for change in changes if change.action != RowAction.REMOVE or change.id in missed
    )
    return Verdict(believed, doubted, unconfirmed=True)


def _is_long_ago(standing: Standing, now: datetime, patience: timedelta) -> bool:
    """Return whether rows have been withheld so long; a future time, as after a clock change,
    counts as long ago.
    """
    since = standing.held_since
    return since is not None and not timedelta() <= now - since < patience


def is_later(register: Register, standing: Standing) -> bool:
    """Return whether the register states a later publication than the known one."""
    published, known = _load_publications(register, standing)
    return published is not None and known is not None and published > known


def _load_publications(
    register: Register, standing: Standing
) -> tuple[datetime | None, datetime | None]:
    """Return the publication of the register, and that of the known one."""
    return (
        parse_publication(register.published or ""),
        parse_publication(standing.published or ""),
    )


BEHIND = timedelta(days=3)  # many sites publish on Monday what was signed on Friday


def is_back_dated(act: Announcement, absent_at: datetime) -> bool:
    """Return whether its day is over three days before a good read of its source without it."""
    day = vocabulary.day(act.published or "", act.authority)
    return day is not None and vocabulary.today(act.authority, absent_at) - day > BEHIND


# Find entries that came up from below a list's end after removals: old ones, and no news. No I/O.
# No conclusion for a list with the newest at its end, which would look oldest: all that came after
# the first read must be on top, the last added first.


def find_resurfaced(
    before: Sequence[int], now: Sequence[int], new: Collection[int], later: Collection[int]
) -> list[int]:
    """Find the `new` entries below all known ones that fill the places of removed ones. A later
    entry has a higher number; `later` are those after the first read.
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


# Letters replaced by question marks, or encoded twice, before they reached us: damage on the way, no
# change of the register. No I/O.

OTHERS = re.compile("[^A-Za-z0-9\xc0-\xff]")
MARKS = re.compile(r"\?+")  # one letter may become several, by its bytes


def is_garbled(changes: Iterable[RowChange]) -> bool:
    """Return whether a row is unchanged, except for question marks in its text or name."""
    changes = tuple(changes)
    amended = (
        values
        for change in changes
        if change.action is RowAction.AMEND
        for values in change.fields.values()
    )
    went = {
        _blank_damage(change.name)
        for change in changes
        if change.action is RowAction.REMOVE and not change.name.isascii()
    }
    came = (
        _blank_damage(change.name)
        for change in changes
        if change.action is RowAction.ADD and "?" in change.name
    )
    return any(_is_ruin(before, after) for before, after in amended) or not went.isdisjoint(came)


def _is_ruin(before: FieldValue, after: FieldValue) -> bool:
    was, now = (" ".join(value) if isinstance(value, tuple) else value for value in (before, after))
    return (
        not was.isascii()
        and "?" in now
        and _blank_damage(was) == _blank_damage(now)
        and len(MARKS.findall(now)) > len(MARKS.findall(was))
    )


def is_encoded_twice(changes: Iterable[RowChange]) -> bool:
    """Return whether most changed rows are as before, but in UTF-8 that was read as another charset
    and encoded again.
    """
    changes = tuple(changes)
    went = {
        twice
        for change in changes
        if change.action is RowAction.REMOVE
        for twice in _encode_twice(change.name)
    }
    spoilt = [
        any(starmap(_is_twice, change.fields.values())) or _keep_letters(change.name) in went
        for change in changes
        if change.action is not RowAction.REMOVE
    ]
    return sum(spoilt) * 2 > len(spoilt)


def _is_twice(before: FieldValue, after: FieldValue) -> bool:
    return _keep_letters(after) in _encode_twice(before)


def _encode_twice(value: FieldValue) -> list[frozenset[str]]:
    """Encode a value twice, in each way in which servers do; none if it has plain letters alone."""
    texts = (value,) if isinstance(value, str) else value
    return [
        _keep_letters(tuple(text.encode(errors="replace").decode(way, "ignore") for text in texts))
        for way in ("cp1252", "latin-1")
        if not all(map(str.isascii, texts))
    ]


def _keep_letters(value: FieldValue) -> frozenset[str]:
    """Keep what no reader changes of texts that were encoded twice: other letters may be lost."""
    texts = (value,) if isinstance(value, str) else value
    return frozenset(OTHERS.sub("", unicodedata.normalize("NFKC", text)) for text in texts)


def _blank_damage(text: str) -> str:
    return MARKS.sub("?", "".join(letter if letter.isascii() else "?" for letter in text))
