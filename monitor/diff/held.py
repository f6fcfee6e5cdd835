"""Which removals to believe at once. Pure.

A register that proves its own end is believed whatever it says: the UN once took 84 of 946 off in a day. One that can't prove it
may be a page that was cut or filled half: what seems to have gone is held until a second read agrees, and where much has gone
until a person does.
"""

from dataclasses import dataclass

from monitor.errors import NotThePage
from monitor.model import RowChange
from monitor.register import Register, instant

FEWEST = 0.8  # of the rows of the last good read
MOST_AT_ONCE = 0.05
MOST_ROWS = 5
MOST_UNASKED = 0.25


@dataclass(frozen=True, slots=True)
class Standing:
    """A register as it was last believed: its rows, when it was published, which of its rows are held."""

    rows: int
    published: str | None = None
    held: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to believe and what to hold; `asks` where only a person can say that what is held is true."""

    believed: tuple[RowChange, ...]
    held: tuple[RowChange, ...] = ()
    asks: bool = False


def judged(
    register: Register, count: int, changes: tuple[RowChange, ...], standing: Standing, *, released: bool = False
) -> Verdict:
    """The changes that a read of `count` rows brought, told apart; all of them are believed where a person `released` them.

    Raises:
        NotThePage: it is an older edition than the one we know.
    """
    if changes and (earlier := _earlier(register, standing)):
        raise NotThePage(f"{register.register}: an older edition, of {earlier}, after that of {standing.published}", kind="older")
    removals = tuple(change for change in changes if change.action == "remove")
    if released or register.proven or not _suspicious(count, len(removals), standing.rows):
        return Verdict(changes)
    asks = len(removals) > MOST_UNASKED * standing.rows
    if not asks and {change.id for change in removals} == standing.held:
        return Verdict(changes)
    return Verdict(tuple(change for change in changes if change.action != "remove"), removals, asks)


def _suspicious(count: int, removals: int, rows: int) -> bool:
    return bool(removals) and (count < FEWEST * rows or removals > max(MOST_ROWS, MOST_AT_ONCE * rows))


def _earlier(register: Register, standing: Standing) -> str | None:
    """The edition's day where it is before the one we know."""
    if not (register.published and standing.published):
        return None
    found, known = instant(register.published), instant(standing.published)
    return register.published if found and known and found < known else None
