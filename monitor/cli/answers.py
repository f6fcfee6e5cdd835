"""How answers look on a terminal: lines for people, tab-separated for pipes, one JSON object a line for programs. It only shows
what it is given.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from rich.console import Console

from monitor.cli.records import print_named, print_standings
from monitor.cli.tables import legible, print_json, print_table
from monitor.config.outward import note
from monitor.errors import MonitorError
from monitor.pipeline import lines, rows
from monitor.pipeline.answers import AsOf, KeyDates, State
from monitor.pipeline.standing import of_period


def show_asof(answer: AsOf, *, as_json: bool, whole: bool = False) -> None:
    """How everything stood that was asked for; `whole`: with all names and goods, which who asks for a register wants."""
    if as_json:
        print_lines(lines.of_asof(answer))
        return
    print_standings([rows.on_day_row(on_day, answer.hits) for on_day in answer.on_day])
    if whole:
        print_named(rows.names_of_parts(((on_day.lifecycle, on_day.span) for on_day in answer.on_day), answer.hits))
    print_standings([(of_period(period), ()) for period in answer.periods])
    if not answer.on_day and not answer.periods:
        Console().print(legible("of what is asked nothing on record stood on that day"))


def show_key_dates(days: KeyDates, *, as_json: bool) -> None:
    """The days on which the law changes by itself."""
    if as_json:
        print_lines(days.dates)
    else:
        print_some(rows.DATES, [rows.key_date(day, days.acts, days.stale.get(day.authority)) for day in days.dates])


def note_no_day(days: KeyDates, first: date) -> None:
    """No such day is known, and whose would not have been seen."""
    for line in rows.unseen_days(days):
        note(f"monitor: {line}")
    note(f"monitor: no day from {first} on is known on which the law changes by itself")


def write_ics(file: Path, days: KeyDates, now: datetime) -> None:
    """The same days as a calendar file.

    Raises:
        MonitorError: it can't be written.
    """
    from monitor.render import ics

    try:
        file.write_bytes(ics.ics(days.dates, days.acts, now))
    except OSError as error:
        raise MonitorError(f"{file}: can't be written: {error.strerror}") from error


def show_state(state: State, *, as_json: bool) -> None:
    """How each source is doing, what is owed, the newest acts."""
    if as_json:
        print_lines(lines.of_state(state))
        return
    print_some(rows.TROUBLES, list(map(rows.trouble, state.troubles)))
    print_table(rows.STATES, map(rows.source, state.sources))
    print_some(rows.REGISTERS, list(map(rows.register, state.registers)))
    owed = ", ".join(f"{number} {outbox_state}" for outbox_state, number in sorted(state.messages.items()))
    Console().print(legible(f"messages: {owed or 'none yet'}"))
    print_some(rows.NEWEST, list(map(rows.newest, state.newest)))


def print_lines(values: Iterable[object]) -> None:
    """One JSON object a line."""
    for value in values:
        print_json(value)


def print_some(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under their heads; nothing where there are none."""
    if rows:
        print_table(heads, rows)
